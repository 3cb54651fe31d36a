//! What stands in boxes, lists and code keeps inside the frame that holds it.

use banxin::diag::Code;
use banxin::geom::Point;
use banxin::layout::{Frame, FrameKind, Item};

use crate::press::{Printed, lines, print};

const TEXT: &str = "大灣區的人工智能近年受到各界關注，學者認為香港具備國際化的環境。";
const FRONT: &str = "figures:\n  - { src: bleed.png, place: bleed }\n";
const TABLE: &str = "| 項目 | 說明 | 數 |\n|---|---|---|\n| 甲 | 這一格的字比較多 | 12.5 |\n| 乙 | 少 | 1,300 |\n\n: 表一：方塊裏的表";

fn published((layout, mode): (&str, &str), (page, front): (&str, &str), text: &str) -> Printed {
    let config = format!(
        "[book]\ntitle = \"書名\"\narticles = [\"a.md\"]\n[output.pdf]\nlayout = \"{layout}\"\npage = \
         \"{page}\"\n[typography]\nwriting-mode = \"{mode}\"\n"
    );
    print(
        &config,
        &[("a.md", &format!("---\ntitle: 題\n{front}---\n\n{text}\n"))],
    )
}

/// Each frame and picture that reaches over the edge of the frame of an article that holds it.
fn overhanging(printed: &Printed) -> Vec<String> {
    fn walk(frame: &Frame, page: &str, found: &mut Vec<String>) {
        for (Point { x, y }, item) in &frame.items {
            let size = match item {
                Item::Group(inner) => {
                    walk(inner, page, found);
                    inner.turn.extent(inner.size)
                }
                Item::Image { size, .. } => *size,
                _ => continue,
            };
            let past = [
                -*x,
                -*y,
                *x + size.width - frame.size.width,
                *y + size.height - frame.size.height,
            ];
            if frame.kind != FrameKind::Page && past.iter().any(|past| past.milli() > 1) {
                found.push(format!("page {page}: in {:?} by {past:?}", frame.kind));
            }
        }
    }
    let mut found = Vec::new();
    for page in &printed.layout.pages {
        walk(&page.frame, &page.number, &mut found);
    }
    found
}

#[test]
fn a_frame_reaches_to_the_end_of_what_it_holds() {
    let code = "let name = call(one, two, three);\n".repeat(40);
    for nth in 0..16 {
        let before = TEXT.repeat(nth);
        let text = format!(
            "{before}\n\n## 側欄 {{.sidebar}}\n\n{TEXT}\n\n{TABLE}\n\n{TEXT}\n\n{TABLE}\n\n## 後\n\n```\n{code}```"
        );
        for mode in ["vertical-rl", "horizontal-tb"] {
            let printed = published(("book", mode), ("100mm x 140mm", ""), &text);
            assert_eq!(overhanging(&printed), Vec::<String>::new(), "{mode} {nth}");
        }
    }
}

#[test]
fn a_picture_that_is_to_bleed_is_a_common_one_in_a_box() {
    for (kind, layout) in [
        ("box", "book"),
        ("sidebar", "book"),
        ("box", "newspaper"),
        ("sidebar", "newspaper"),
    ] {
        let text = format!(
            "{TEXT}\n\n## 方塊 {{.{kind}}}\n\n{TEXT}\n\n![圖](bleed.png)\n\n{TEXT}\n\n## 後\n\n{TEXT}"
        );
        for mode in ["vertical-rl", "horizontal-tb"] {
            let printed = published((layout, mode), ("A5", FRONT), &text);
            let what = format!("{kind} {layout} {mode}");
            assert_eq!(overhanging(&printed), Vec::<String>::new(), "{what}");
            let told = printed.found.iter().filter(|fault| {
                fault.code == Code::FigureTooLarge && fault.message.contains("in a box, a list")
            });
            assert_eq!(told.count(), 1, "{what}: {:?}", printed.found);
        }
    }
}

#[test]
fn the_end_mark_stands_on_the_axis_of_the_last_words() {
    for last in ["結尾的一段。", "## 小題", "### 又一個小題"] {
        for mode in ["vertical-rl", "horizontal-tb"] {
            let text = format!("{TEXT}\n\n## 開首\n\n{TEXT}\n\n{last}");
            let printed = published(("newspaper", mode), ("A5", ""), &text);
            let stood = lines(&printed.layout);
            let mark = stood
                .iter()
                .position(|stood| stood.frame.kind == FrameKind::EndMark)
                .unwrap();
            let (words, mark) = (&stood[mark - 1], &stood[mark]);
            assert!(last.contains(&words.line.text), "{}", words.line.text);
            let across = |at: Point| if mode == "vertical-rl" { at.x } else { at.y };
            assert_eq!(across(words.origin), across(mark.origin), "{mode} {last}");
        }
    }
}

#[test]
fn nothing_stands_over_the_line_that_leads_to_the_next_part() {
    let (mut jumps, row) = (0, "| 甲乙丙 | 丁戊己 | 12.5 |\n");
    for rows in 1..9 {
        let table = format!("- {TEXT}\n\n  | 項目 | 說明 | 數 |\n  |---|---|---|\n");
        let item = format!("{table}{}\n", format!("  {row}").repeat(rows));
        let text = item.repeat(14);
        for mode in ["vertical-rl", "horizontal-tb"] {
            let printed = published(("newspaper", mode), ("A5", ""), &text);
            for page in &printed.layout.pages {
                let frames: Vec<(Point, &Frame)> = page
                    .frame
                    .items
                    .iter()
                    .filter_map(|(at, item)| match item {
                        Item::Group(frame) => Some((*at, frame)),
                        _ => None,
                    })
                    .collect();
                for (at, jump) in frames.iter().filter(|(_, f)| f.kind == FrameKind::Jump) {
                    jumps += 1;
                    let over = frames.iter().find(|(corner, frame)| {
                        frame.kind != FrameKind::Jump
                            && corner.x < at.x + jump.size.width
                            && at.x < corner.x + frame.size.width
                            && corner.y < at.y + jump.size.height
                            && at.y < corner.y + frame.size.height
                    });
                    assert_eq!(
                        over.map(|(_, f)| f.kind),
                        None,
                        "{mode} {rows} {}",
                        page.number
                    );
                }
            }
        }
    }
    assert!(jumps > 10, "{jumps}");
}
