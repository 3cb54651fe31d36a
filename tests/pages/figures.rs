//! Figures on book pages: how large each placement is, rows of portraits, pointers, resolution.

use banxin::diag::{Code, Sink};
use banxin::geom::{Length, Size};
use banxin::layout::{Frame, FrameKind, Item, PageGrid};

use crate::press::{Printed, lines, print};

const TEXT: &str = "大灣區的人工智能近年受到各界關注，學者認為香港具備國際化的環境與人才優勢。";

fn published(mode: &str, front: &str, text: &str) -> Printed {
    let config = format!(
        "[book]\ntitle = \"書名\"\narticles = [\"a.md\"]\n[output.pdf]\nlayout = \"book\"\npage = \
         \"A5\"\n[typography]\nwriting-mode = \"{mode}\"\n"
    );
    let text = format!("---\ntitle: 題\n{front}---\n\n{TEXT}\n\n{text}\n\n{TEXT}\n");
    print(&config, &[("a.md", &text)])
}

/// The pictures under a frame with their sizes.
fn pictures(frame: &Frame, found: &mut Vec<Size>) {
    for (_, item) in &frame.items {
        match item {
            Item::Image { size, .. } => found.push(*size),
            Item::Group(inner) => pictures(inner, found),
            _ => {}
        }
    }
}

fn all_pictures(printed: &Printed) -> Vec<Size> {
    let mut found = Vec::new();
    for page in &printed.layout.pages {
        pictures(&page.frame, &mut found);
    }
    found
}

/// The outermost figures of articles.
fn figures(printed: &Printed) -> Vec<&Frame> {
    let items = printed
        .layout
        .pages
        .iter()
        .flat_map(|page| &page.frame.items);
    items
        .filter_map(|(_, item)| match item {
            Item::Group(frame) if frame.kind == FrameKind::Figure && frame.article.is_some() => {
                Some(frame)
            }
            _ => None,
        })
        .collect()
}

#[test]
fn portraits_stand_in_a_row_of_one_height() {
    let text = "![甲](high.png \"甲先生\")\n\n![乙](high.png \"乙女士，校長\")\n\n![丙](high.png)";
    for mode in ["vertical-rl", "horizontal-tb"] {
        let printed = published(mode, "", text);
        let row = figures(&printed);
        assert_eq!(row.len(), 1, "{mode}");
        let sizes = all_pictures(&printed);
        assert_eq!(sizes.len(), 3);
        assert!(sizes.iter().all(|size| size.height == sizes[0].height));
        // Each stands at the head of the row, right of the one before.
        let lefts: Vec<Length> = row[0]
            .items
            .iter()
            .filter_map(|(at, item)| match item {
                Item::Group(_) => Some(at.x),
                _ => None,
            })
            .collect();
        assert!(
            lefts
                .windows(2)
                .all(|pair| pair[0] + sizes[0].width < pair[1])
        );
    }
}

#[test]
fn pictures_that_are_not_alike_stand_apart() {
    let text = "![甲](high.png \"甲先生\")\n\n![乙](wide.png \"山\")";
    assert_eq!(figures(&published("horizontal-tb", "", text)).len(), 2);
}

#[test]
fn pixels_that_are_too_few_are_told_with_the_size_that_is_good() {
    let figure = "![山](wide.png \"山\")";
    let column = published("horizontal-tb", "", figure);
    assert!(column.found.is_empty(), "{:?}", column.found);
    let wide = "figures:\n  - { src: wide.png, place: wide }\n";
    let printed = published("horizontal-tb", wide, figure);
    let [told] = printed.found.as_slice() else {
        panic!("{:?}", printed.found)
    };
    assert_eq!(told.code, Code::FigureResolution);
    // 300 pixels on a measure of 30 em of 10.5 pt.
    assert_eq!(
        told.message,
        "picture wide.png is printed at 68 dpi on 111 mm × 74 mm"
    );
    assert!(
        told.hints[0].contains("up to 38 mm × 25 mm"),
        "{:?}",
        told.hints
    );
}

#[test]
fn each_placement_is_larger_than_the_one_before() {
    let width = |place: &str| {
        let front = format!("figures:\n  - {{ src: wide.png, place: {place} }}\n");
        let printed = published("horizontal-tb", &front, "![山](wide.png)");
        all_pictures(&printed)[0].width
    };
    let trim = Length::micrometres(148_000);
    assert!(width("column") < width("wide"));
    assert!(width("wide") <= width("page"));
    // To the edge of the paper and beyond.
    assert!(width("page") < trim && width("bleed") >= trim);
}

#[test]
fn pointers_show_where_the_picture_lies() {
    let pointer = |mode: &str, caption: &str| {
        let printed = published(mode, "", &format!("![圖](tall.png \"{caption}\")"));
        let marks: Vec<String> = lines(&printed.layout)
            .iter()
            .filter(|stood| stood.frame.kind == FrameKind::Pointer)
            .map(|stood| stood.line.text.clone())
            .collect();
        assert_eq!(marks.len(), 1);
        marks[0].clone()
    };
    assert_eq!(pointer("horizontal-tb", "短的圖說"), "▲");
    assert_eq!(pointer("vertical-rl", "短的圖說"), "▲");
    // What would be a pillar of short lines stands at the picture's left.
    let long = "這一張照片攝於早晨的海邊，遠處是連綿的山，近處有人；海面上還有幾艘歸來的漁船，船頭掛着燈。";
    assert_eq!(pointer("vertical-rl", long), "▶");
    assert_eq!(pointer("horizontal-tb", long), "▲");
}

#[test]
fn extreme_pictures_are_drawn_inside_the_type_area_and_told_of() {
    for mode in ["vertical-rl", "horizontal-tb"] {
        let wide = "figures:\n  - { src: line.png, place: wide }\n";
        let printed = published(mode, wide, "![線](line.png \"極長\")");
        assert!(!printed.found.is_empty());
        let output = &printed.book.output.pdf;
        let grid = PageGrid::of_book(output, &printed.book.style, &mut Sink::new());
        let area = grid.area().to_size(grid.mode);
        for size in all_pictures(&printed) {
            assert!(
                size.width <= area.width && size.height >= Length::pt(2),
                "{size:?}"
            );
        }
    }
}
