//! What stands around a book's text: running heads, folios and the colophon.

use banxin::geom::Length;
use banxin::layout::{FrameKind, Side};

use crate::press::{Printed, lines, print};

/// Two parts; the second's chapter has two sections that go over pages and a picture on a page.
fn published(mode: &str, furniture: &str) -> Printed {
    let prose = format!("{}\n\n", "船家搖着櫓，慢慢地往下游去。".repeat(60));
    let one = format!("---\ntitle: 源頭\n---\n\n{prose}{prose}{prose}{prose}");
    let two = format!(
        "---\ntitle: 入海\nfigures:\n  - {{ src: page.png, caption: 圖, place: page }}\n---\n\n\
         ## 碼頭\n\n{prose}{prose}![圖](page.png)\n\n{prose}## 燈塔\n\n{prose}{prose}{prose}{prose}"
    );
    let summary = "# 目錄\n\n# 上游\n\n- [源頭](one.md)\n\n# 下游\n\n- [入海](two.md)\n";
    let config = format!(
        "[book]\ntitle = \"河\"\nlanguage = \"zh-Hant-HK\"\n[output.pdf]\nlayout = \"book\"\n\
         page = \"A6\"\ntheme = \"mine.toml\"\n[typography]\nwriting-mode = \"{mode}\"\n"
    );
    let theme = format!("base = \"book\"\n[furniture]\n{furniture}");
    let files = [
        ("SUMMARY.md", summary),
        ("one.md", &one),
        ("two.md", &two),
        ("mine.toml", &theme),
    ];
    print(&config, &files)
}

/// The words of one kind on each page, by its number.
fn words(printed: &Printed, kind: FrameKind) -> Vec<(String, String)> {
    lines(&printed.layout)
        .iter()
        .filter(|line| line.frame.kind == kind)
        .map(|line| {
            let number = printed.layout.pages[line.page].number.clone();
            (number, line.line.text.clone())
        })
        .collect()
}

#[test]
fn higher_titles_stand_on_even_pages_and_lower_ones_on_odd_pages() {
    // jlreq, 2.6.3: the running heads of even pages name the higher level.
    let printed = published("vertical-rl", "even = \"part\"\nodd = \"section\"\n");
    let heads = words(&printed, FrameKind::RunningHead);
    assert!(heads.len() > 6, "{heads:?}");
    let mut said = Vec::new();
    for (number, head) in &heads {
        let number: u32 = number.parse().unwrap();
        let expected: &[&str] = match number % 2 {
            0 => &["上游", "下游"],
            _ => &["源頭", "碼頭", "燈塔"],
        };
        assert!(expected.contains(&head.as_str()), "{number} {head}");
        said.push(head.as_str());
    }
    said.dedup();
    for title in ["上游", "下游", "源頭", "碼頭", "燈塔"] {
        assert!(said.contains(&title), "{title} {said:?}");
    }
    // Titles come in the order of the book.
    let place = |title| said.iter().position(|said| *said == title).unwrap();
    assert!(place("碼頭") < place("燈塔") && place("上游") < place("下游"));
}

#[test]
fn blanks_title_pages_and_plates_have_no_margins_words() {
    let printed = published("vertical-rl", "");
    let folios: Vec<String> = words(&printed, FrameKind::Folio)
        .into_iter()
        .map(|(number, _)| number)
        .collect();
    for page in &printed.layout.pages {
        let kinds: Vec<FrameKind> = page
            .frame
            .items
            .iter()
            .filter_map(|(_, item)| match item {
                banxin::layout::Item::Group(inner) => Some(inner.kind),
                _ => None,
            })
            .collect();
        let is_text = kinds
            .iter()
            .any(|kind| matches!(kind, FrameKind::Paragraph | FrameKind::Toc));
        let is_plate = kinds.first() == Some(&FrameKind::Figure);
        let has_folio = folios.contains(&page.number);
        assert_eq!(has_folio, is_text && !is_plate, "{} {kinds:?}", page.number);
    }
    let cover = &printed.layout.pages[0];
    assert_eq!((cover.number.as_str(), cover.side), ("封面", Side::Left));
    assert_eq!(printed.layout.pages[2].number, "i");
}

#[test]
fn han_folios_stand_in_the_fore_edge_of_vertical_pages() {
    let settings = "running-head = \"fore-edge\"\nfolio = \"fore-edge\"\nnumerals = \"han\"\n";
    for mode in ["vertical-rl", "horizontal-tb"] {
        let printed = published(mode, settings);
        let folios = words(&printed, FrameKind::Folio);
        let ten = folios.iter().find(|(number, _)| number == "12").unwrap();
        assert_eq!(ten.1, "一二");
        let area = |side| {
            let style = &printed.book.style;
            let mut sink = banxin::diag::Sink::new();
            let mut style = style.clone();
            style.body_size = printed.book.output.pdf.theme.body.0;
            style.line_pitch = printed.book.output.pdf.theme.pitch.of(style.body_size);
            let grid =
                banxin::layout::PageGrid::of_book(&printed.book.output.pdf, &style, &mut sink);
            let left = grid.corner(side).x;
            (left, left + grid.area().to_size(grid.mode).width)
        };
        let mut seen = 0;
        for line in lines(&printed.layout) {
            if !matches!(line.frame.kind, FrameKind::Folio | FrameKind::RunningHead) {
                continue;
            }
            seen += 1;
            let page = &printed.layout.pages[line.page];
            let (left, right) = area(page.side);
            let half = line.line.size / 2;
            match (mode, page.side) {
                ("vertical-rl", Side::Left) => {
                    assert!(line.origin.x + half < left && line.origin.x > half);
                }
                ("vertical-rl", Side::Right) => {
                    assert!(line.origin.x - half > right);
                    assert!(line.origin.x + half < page.trim.width);
                }
                // Horizontal pages have them above the type area.
                _ => assert!(line.origin.x >= left - Length::pt(1)),
            }
            assert_eq!(line.line.mode.is_vertical(), mode == "vertical-rl");
        }
        assert!(seen > 12);
        // The contents name pages as they are numbered.
        let toc = words(&printed, FrameKind::Toc);
        assert!(toc.iter().any(|(_, text)| text.contains('一')), "{toc:?}");
    }
}

#[test]
fn the_colophon_is_framed_and_tells_every_credit_once() {
    let config = "[book]\ntitle = \"河\"\nsubtitle = \"水路\"\npublisher = \"版心社\"\n\
        rights = \"版權所有\"\nidentifier = \"urn:isbn:9789620000000\"\nlanguage = \"zh-Hant-HK\"\n\
        articles = [\"one.md\"]\n\
        [[book.credits]]\nrole = \"printer\"\nname = \"印務社\"\n\
        [[book.credits]]\nrole = \"editor\"\nname = \"甲\"\nlabel = \"責任編輯\"\n\
        [[book.credits]]\nrole = \"designer\"\nname = \"乙\"\n\
        [output.pdf]\nlayout = \"book\"\npage = \"A5\"\n[typography]\nwriting-mode = ";
    let article =
        "---\ntitle: 一\ncredits:\n  - { role: editor, name: 甲, label: 責任編輯 }\n---\n\n文。\n";
    for mode in ["vertical-rl", "horizontal-tb"] {
        let printed = print(&format!("{config}\"{mode}\"\n"), &[("one.md", article)]);
        let all = lines(&printed.layout);
        let rows: Vec<&str> = all
            .iter()
            .filter(|line| line.page + 1 == printed.layout.pages.len())
            .map(|line| {
                assert_eq!(line.path.first(), Some(&FrameKind::Box), "{mode}");
                line.line.text.as_str()
            })
            .collect();
        let expected = [
            "河",
            "水路",
            "責任編輯",
            "甲",
            "設計",
            "乙",
            "出版",
            "版心社",
            "印刷",
            "印務社",
            "ISBN",
            "9789620000000",
            "版權",
            "版權所有",
        ];
        assert_eq!(rows, expected, "{mode}");
        // Labels are spread to one length.
        let label = |text: &str| all.iter().find(|line| line.line.text == text).unwrap();
        assert_eq!(label("設計").line.set, label("責任編輯").line.set);
    }
}
