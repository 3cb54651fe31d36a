//! How the pages of a generated book end, in both directions.

use std::fmt::Write as _;

use banxin::diag::Sink;
use banxin::layout::{FrameKind, PageGrid};

use crate::press::{Printed, lines, print};
use crate::proof::{Figures, figures};

const CLAUSES: [&str; 8] = [
    "大灣區的人工智能近年受到各界關注，",
    "學者認為香港具備國際化的環境與人才優勢，",
    "但算力不足、資料分散的問題仍待解決。",
    "她說：「最要緊的是讓年輕人看見出路。」",
    "此事一時傳為佳話，街坊鄰里無不稱道；",
    "到了秋天，河上的霧一早便散了，",
    "船家搖着櫓，慢慢地往下游去。",
    "信到了，人未到。",
];

/// Numbers that look like chance and are the same each time.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % limit
    }

    fn text(&mut self, least: usize) -> String {
        let mut text = String::new();
        while text.chars().count() < least {
            text.push_str(CLAUSES[usize::try_from(self.below(8)).unwrap()]);
        }
        text
    }
}

/// A chapter of prose with headings, pictures, tables, lists and notes.
fn chapter(dice: &mut Dice, number: usize) -> String {
    let mut text = format!("---\ntitle: 第{number}章\n---\n\n");
    let mut notes = String::new();
    for at in 0..60 {
        let length = usize::try_from(20 + dice.below(240)).unwrap();
        let prose = dice.text(length);
        match dice.below(30) {
            0 | 1 => _ = writeln!(text, "## 第{at}節　水路\n"),
            2 => _ = writeln!(text, "![圖](wide.png \"說明。／攝影\")\n"),
            3 => _ = writeln!(text, "| 項 | 數 |\n|---|---|\n| 甲 | 12.5 |\n| 乙 | 3 |\n"),
            4 => _ = writeln!(text, "- {prose}\n- 二\n"),
            5 | 6 => {
                let note = usize::try_from(10 + dice.below(200)).unwrap();
                let note = dice.text(note);
                _ = writeln!(text, "{prose}又一句[^n{at}]。{prose}\n");
                _ = writeln!(notes, "[^n{at}]: {note}\n");
            }
            _ => {}
        }
        _ = writeln!(text, "{prose}\n");
    }
    text + &notes
}

fn printed(mode: &str) -> Printed {
    let mut dice = Dice(7);
    let names: Vec<String> = (1..=8).map(|at| format!("{at}.md")).collect();
    let texts: Vec<String> = (1..=8).map(|at| chapter(&mut dice, at)).collect();
    let list: Vec<String> = names.iter().map(|name| format!("\"{name}\"")).collect();
    let config = format!(
        "[book]\ntitle = \"江上的來信\"\narticles = [{}]\n[output.pdf]\nlayout = \"book\"\n\
         page = \"A5\"\n[typography]\nwriting-mode = \"{mode}\"\n",
        list.join(",")
    );
    let articles: Vec<(&str, &str)> = names
        .iter()
        .zip(&texts)
        .map(|(name, text)| (name.as_str(), text.as_str()))
        .collect();
    print(&config, &articles)
}

fn judged(mode: &str) -> (Printed, Figures) {
    let printed = printed(mode);
    let grid = PageGrid::of_book(
        &printed.book.output.pdf,
        &printed.book.style,
        &mut Sink::new(),
    );
    let found = figures(&printed.layout, &grid);
    (printed, found)
}

/// Every note starts on the page of its mark or, of a vertical spread, on its odd page.
fn notes_stand_by_their_marks(printed: &Printed) {
    let set = lines(&printed.layout);
    let vertical = printed.book.style.writing_mode.is_vertical();
    let mut seen = 0;
    for article in printed.book.articles() {
        for note in &article.notes {
            let mark = set.iter().find(|stood| {
                stood.line.links.iter().any(|link| {
                    matches!(&link.target, banxin::model::LinkTarget::Internal { id, .. }
                        if *id == note.id)
                })
            });
            let text = set.iter().find(|stood| {
                stood.path.contains(&FrameKind::Note)
                    && stood.line.links.iter().any(|link| {
                        matches!(&link.target, banxin::model::LinkTarget::Internal { id, .. }
                            if *id == format!("{}-ref", note.id))
                    })
            });
            let (mark, text) = (mark.expect("a mark"), text.expect("a note"));
            let number = printed.layout.pages[mark.page].number.parse::<usize>();
            let even = number.is_ok_and(|number| number.is_multiple_of(2));
            let later = text.page - mark.page;
            assert!(
                later == 0 || vertical && even && later == 1,
                "{}: {} to {}",
                note.id,
                mark.page,
                text.page
            );
            seen += 1;
        }
    }
    assert!(seen > 10, "{seen} notes");
}

#[test]
fn pages_end_well_in_both_directions() {
    for mode in ["vertical-rl", "horizontal-tb"] {
        let (printed, found) = judged(mode);
        let told = found.told.join("\n");
        assert!(found.pages > 60 && found.on_grid > 500, "{mode}: {found:?}");
        assert_eq!(found.widows + found.headings, 0, "{mode}:\n{told}");
        assert_eq!((found.off_grid, found.outside), (0, 0), "{mode}:\n{told}");
        assert_eq!(found.pictures[3], 0, "{mode}:\n{told}");
        // Facing pages end alike but for one spread in twenty, where a picture, a table or a note
        // every few paragraphs leaves none that gives or takes a line; a first line alone helps on
        // one page in eight at most.
        assert!(found.uneven * 20 <= found.spreads, "{mode}:\n{told}");
        assert!(found.orphans * 8 <= found.pages, "{mode}:\n{told}");
        // No page is more than a line short but for one in forty: those before a picture or a
        // heading, and a few of these that stand at a chapter's start.
        let more = found.short[2] + found.short[3];
        assert!(more * 40 <= found.pages, "{mode}:\n{told}");
        notes_stand_by_their_marks(&printed);
    }
}
