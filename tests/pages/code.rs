//! Code blocks: two letters are as wide as one Han character, lines as typed, turned ones marked.

use banxin::layout::{FrameKind, Item};

use crate::press::{lines, print};

const CODE: &str = "fn main() {\n    // 中文 fi 註解\n    let 名 = call(one, two, three, four, five, six, seven, eight, nine, ten);\n\n}";

fn published(mode: &str) -> crate::press::Printed {
    let config = format!(
        "[book]\ntitle = \"書名\"\narticles = [\"a.md\"]\n[output.pdf]\nlayout = \"book\"\npage = \
         \"A6\"\n[typography]\nwriting-mode = \"{mode}\"\n"
    );
    print(
        &config,
        &[(
            "a.md",
            &format!("---\ntitle: 題\n---\n\n```rust\n{CODE}\n```\n"),
        )],
    )
}

#[test]
fn letters_stand_in_half_em_cells() {
    for mode in ["vertical-rl", "horizontal-tb"] {
        let printed = published(mode);
        let mut seen = 0;
        for stood in lines(&printed.layout) {
            if stood.frame.kind != FrameKind::Code {
                continue;
            }
            let half = stood.line.size.wide() / 2;
            for glyph in &stood.line.glyphs {
                let cells = if stood.line.text[glyph.range()].is_ascii() {
                    1
                } else {
                    2
                };
                let off = glyph.advance.wide() - half * cells;
                assert!(off.abs() <= 2, "{}: {glyph:?}", stood.line.text);
                seen += 1;
            }
        }
        assert!(seen > 80, "{seen}");
    }
}

#[test]
fn a_turned_line_is_marked_and_moved_in() {
    let printed = published("horizontal-tb");
    let code: Vec<_> = lines(&printed.layout)
        .into_iter()
        .filter(|stood| stood.frame.kind == FrameKind::Code)
        .collect();
    // Four lines with text, of which one turns.
    assert!(code.len() >= 5, "{}", code.len());
    let left = code.iter().map(|stood| stood.origin.x).min().unwrap();
    let turned = code.iter().filter(|stood| stood.origin.x > left).count();
    assert_eq!(turned, code.len() - 4);
    let marks = code
        .iter()
        .flat_map(|stood| &stood.frame.items)
        .filter(|(_, item)| matches!(item, Item::Rule(_)))
        .count();
    assert!(marks >= turned);
}
