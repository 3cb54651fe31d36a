//! What holds for any table on any page: all of it is there, inside the measure, no cell over another.

use proptest::prelude::*;

use banxin::diag::Sink;
use banxin::geom::{Length, Point, Size};
use banxin::layout::{Frame, FrameKind, Item, Layout, PageGrid, Stand};

use crate::press::{Printed, cells, lines, print};

const HAN: &str = "大灣區的人工智能近年受到各界關注，學者認為香港具備國際化的環境與人才優勢。";
const WORDS: [&str; 6] = ["AI", "OpenAI", "model", "infrastructure", "GPT-4", "a"];

/// The text of a cell from a kind and a length.
fn cell((kind, length): (u8, usize)) -> String {
    match kind % 7 {
        0 => String::new(),
        1 => format!("{}", length * 37),
        2 => format!("{},{:03}.{}", length, length * 7 % 1000, length % 10),
        3 => HAN.chars().cycle().take(length % 6 + 1).collect(),
        4 => HAN.chars().cycle().skip(length).take(length).collect(),
        5 => {
            let words: Vec<&str> = (0..length % 7 + 1)
                .map(|at| WORDS[(at + length) % 6])
                .collect();
            words.join(" ")
        }
        _ => format!("約{length}個{}", WORDS[length % 6]),
    }
}

fn table(rows: &[Vec<(u8, usize)>], columns: usize) -> String {
    let head: Vec<String> = (0..columns).map(|at| format!("第{at}欄")).collect();
    let mut text = format!("|{}|\n|{}\n", head.join("|"), "---|".repeat(columns));
    for row in rows {
        let cells: Vec<String> = row[..columns].iter().map(|kind| cell(*kind)).collect();
        text.push_str(&format!("|{}|\n", cells.join("|")));
    }
    text + "\n: 表一：隨意的表\n"
}

fn published(mode: &str, page: &str, text: &str) -> Printed {
    let config = format!(
        "[book]\ntitle = \"書名\"\narticles = [\"a.md\"]\n[output.pdf]\nlayout = \"book\"\npage = \
         \"{page}\"\n[typography]\nwriting-mode = \"{mode}\"\n"
    );
    let text = format!("---\ntitle: 題\n---\n\n開頭。\n\n{text}\n結尾。\n");
    print(&config, &[("a.md", &text)])
}

/// The boxes of a table's cells on each page.
fn boxes(layout: &Layout) -> Vec<Vec<(Point, Size)>> {
    fn walk(frame: &Frame, stand: Stand, inside: bool, found: &mut Vec<(Point, Size)>) {
        for (at, item) in &frame.items {
            let Item::Group(inner) = item else { continue };
            if inside && inner.kind == FrameKind::Paragraph {
                found.push((stand.corner(*at, inner.size), stand.turn.extent(inner.size)));
            }
            let inside = inside || inner.kind == FrameKind::Table;
            walk(inner, stand.inside(*at, inner), inside, found);
        }
    }
    layout
        .pages
        .iter()
        .map(|page| {
            let mut found = Vec::new();
            walk(&page.frame, Stand::PAGE, false, &mut found);
            found
        })
        .collect()
}

fn no_cells_overlap(printed: &Printed) {
    for page in boxes(&printed.layout) {
        for (at, one) in page.iter().enumerate() {
            for other in &page[at + 1..] {
                let across =
                    one.0.x + one.1.width > other.0.x && other.0.x + other.1.width > one.0.x;
                let down =
                    one.0.y + one.1.height > other.0.y && other.0.y + other.1.height > one.0.y;
                assert!(!(across && down), "{one:?} over {other:?}");
            }
        }
    }
}

fn tables_stand_in_the_type_area(printed: &Printed) {
    let output = &printed.book.output.pdf;
    let grid = PageGrid::of_book(output, &printed.book.style, &mut Sink::new());
    let area = grid.area().to_size(grid.mode);
    for stood in lines(&printed.layout) {
        if !stood.path.contains(&FrameKind::Table) {
            continue;
        }
        let corner = grid.corner(printed.layout.pages[stood.page].side);
        let (left, top, right, bottom) = cells(&stood);
        let near = stood.line.size / 2;
        let what = format!("{:?}: {}", stood.path, stood.line.text);
        assert!(
            left >= corner.x - near && right <= corner.x + area.width + near,
            "{what}"
        );
        assert!(
            top >= corner.y - near && bottom <= corner.y + area.height + near,
            "{what}"
        );
        // No line reaches out of its cell.
        if stood.path.last() == Some(&FrameKind::Paragraph) {
            let held = banxin::geom::Logical::from_size(stood.frame.size, stood.line.mode).inline;
            let reach = stood.line.start + stood.line.set - stood.line.hang;
            assert!(reach <= held + near, "{what}: {reach:?} in {held:?}");
        }
    }
}

fn every_cell_is_there(printed: &Printed, rows: &[Vec<(u8, usize)>], columns: usize) {
    let squeezed = |text: &str| {
        text.chars()
            .filter(|c| !c.is_whitespace())
            .collect::<String>()
    };
    let mut all = String::new();
    for stood in lines(&printed.layout) {
        all.push_str(&squeezed(&stood.line.text));
    }
    let mut counted = 0;
    for row in rows {
        for kind in &row[..columns] {
            let text = squeezed(&cell(*kind));
            counted += text.chars().count();
            // Cells deeper than a page are parted row by row: their text is counted below.
            assert!(
                all.contains(&text) || text.chars().count() > 20,
                "lost: {text}"
            );
        }
    }
    assert!(all.chars().count() >= counted);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_table_is_whole_and_inside(
        columns in 2usize..=10,
        rows in prop::collection::vec(prop::collection::vec((0u8..7, 0usize..90), 10), 1..24),
        vertical: bool,
        page in prop::sample::select(vec!["A5", "A4", "A6", "90mm x 120mm"]),
    ) {
        let mode = if vertical { "vertical-rl" } else { "horizontal-tb" };
        let printed = published(mode, page, &table(&rows, columns));
        every_cell_is_there(&printed, &rows, columns);
        no_cells_overlap(&printed);
        tables_stand_in_the_type_area(&printed);
    }
}

/// How the tables of a layout are turned and run.
fn directions(printed: &Printed) -> Vec<(bool, bool)> {
    let mut found = Vec::new();
    for stood in lines(&printed.layout) {
        if stood.path.first() == Some(&FrameKind::Table) {
            let turned = stood.stand.0.turn != banxin::layout::Turn::None;
            let way = (stood.line.mode.is_vertical(), turned);
            if !found.contains(&way) {
                found.push(way);
            }
        }
    }
    found
}

#[test]
fn short_han_runs_with_the_page_and_numbers_stay_horizontal() {
    let han = "| 城市 | 所長 |\n|---|---|\n| 香港 | 金融 |\n| 深圳 | 製造 |\n";
    let numbers = "| 城市 | 人口 |\n|---|---|\n| 香港 | 7,500 |\n| 深圳 | 17,790 |\n";
    for (mode, text, vertical) in [
        ("vertical-rl", han, true),
        ("vertical-rl", numbers, false),
        (
            "vertical-rl",
            "| 城市 | 家數 |\n|---|---|\n| 香港 | 12 |\n| 深圳 | 345 |\n",
            false,
        ),
        (
            "vertical-rl",
            "| 城市 | 規模 |\n|---|---|\n| 香港 | 約120家 |\n| 深圳 | 九十家 |\n",
            true,
        ),
        ("horizontal-tb", han, false),
    ] {
        let printed = published(mode, "A5", text);
        assert_eq!(directions(&printed), [(vertical, false)], "{mode} {text}");
        assert!(printed.found.is_empty(), "{:?}", printed.found);
    }
}

#[test]
fn a_table_too_wide_is_turned_and_one_far_too_wide_is_told_of() {
    let wide = |columns: usize| table(&vec![vec![(2, 12); columns]; 5], columns);
    for mode in ["vertical-rl", "horizontal-tb"] {
        let turned = published(mode, "A5", &wide(13));
        assert_eq!(directions(&turned), [(false, true)], "{mode}");
        assert!(turned.found.is_empty(), "{:?}", turned.found);
        let parted = published(mode, "A5", &wide(40));
        assert_eq!(directions(&parted), [(false, false)], "{mode}");
        assert_eq!(parted.found.len(), 1, "{:?}", parted.found);
        assert_eq!(parted.found[0].code.name(), "table::overfull");
        let smallest = lines(&parted.layout)
            .iter()
            .map(|stood| stood.line.size)
            .min();
        assert!(smallest >= Some(Length::from_milli(6500)), "{smallest:?}");
    }
}
