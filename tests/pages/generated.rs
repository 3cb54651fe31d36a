//! What holds on the pages of any publication: nothing lost, nothing outside, lines on the grid.

use std::collections::BTreeMap;

use proptest::prelude::*;

use banxin::diag::{Sink, Span};
use banxin::geom::{Length, Point};
use banxin::layout::{FrameKind, Item, PageGrid, dump, svg};
use banxin::model::visit::{Visitor, book as visit_book};
use banxin::model::{Block, Inline};

use crate::press::{Printed, cells, lines, print};

const SENTENCE: &str = "大灣區的人工智能近年受到各界關注，學者認為香港具備國際化的環境與人才優勢。";

/// One block of Markdown from a kind and a length.
fn block((kind, length): (u8, usize)) -> String {
    let text: String = SENTENCE.chars().cycle().take(length.max(1)).collect();
    match kind % 14 {
        0..=3 => text,
        4 => format!("## 小標題\n\n### 目\n\n{text}"),
        5 => format!("### 次一級\n\n{text}"),
        6 => format!("- {text}\n- 二\n  1. {text}\n  2. 又"),
        7 => format!("> {text}"),
        8 => "![圖](wide.png \"說明文字。／攝影\")".to_owned(),
        9 => "![圖](high.png \"另一說明。\")".to_owned(),
        10 => format!(
            "| 項 | 優勢 | 數 |\n|---|---|---|\n| 人才 | {text} | 12.5 |\n| 資金 | 有 | 1,300 |"
        ),
        11 => format!("## 資料 {{.box}}\n\n{text}\n\n## 之後\n\n{text}"),
        12 => format!("一句[^a{length}]。\n\n[^a{length}]: {text}"),
        _ => "```\nlet a = 1;\n\nfn main() { println!(\"hello\"); }\n```".to_owned(),
    }
}

fn article(title: &str, blocks: &[(u8, usize)]) -> String {
    let mut text = format!(
        "---\ntitle: {title}\nkicker: 肩題\ndeck: 副題在此\nbyline: 記者 某\n---\n\n開頭一段。\n"
    );
    for (at, part) in blocks.iter().enumerate() {
        // One note of each name only: the length makes the name.
        let part = (part.0, part.1 + at * 1000 % 7);
        if part.0 % 14 == 12 && text.contains(&format!("[^a{}]", part.1)) {
            continue;
        }
        text.push('\n');
        text.push_str(&block(part));
        text.push('\n');
    }
    text + "\n結尾一段。\n"
}

fn published(mode: &str, page: &str, articles: &[String]) -> Printed {
    let names: Vec<String> = (0..articles.len()).map(|at| format!("{at}.md")).collect();
    let list: Vec<String> = names.iter().map(|name| format!("\"{name}\"")).collect();
    let config = format!(
        "[book]\ntitle = \"書名\"\nauthors = [\"某人\"]\narticles = [{}]\n[output.pdf]\n\
         layout = \"book\"\npage = \"{page}\"\n[typography]\nwriting-mode = \"{mode}\"\n",
        list.join(",")
    );
    let articles: Vec<(&str, &str)> = names
        .iter()
        .zip(articles)
        .map(|(name, text)| (name.as_str(), text.as_str()))
        .collect();
    print(&config, &articles)
}

/// Every run of the model's text, without white space.
#[derive(Default)]
struct Texts(Vec<String>);

impl<'a> Visitor<'a> for Texts {
    fn block(&mut self, block: &'a Block) {
        if let Block::Code(code) = block {
            self.0.extend(code.text.lines().map(squeezed));
        }
    }
    fn inline(&mut self, inline: &'a Inline) {
        if let Inline::Text { text, .. } | Inline::Code { text, .. } = inline {
            self.0.push(squeezed(text));
        }
    }
}

fn squeezed(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// The printed text of each place of the source, its pieces joined over pages.
fn printed_text(printed: &Printed) -> String {
    let mut order: Vec<Option<Span>> = Vec::new();
    let mut texts: BTreeMap<Option<Span>, String> = BTreeMap::new();
    for stood in lines(&printed.layout) {
        let key = stood.frame.source;
        if !texts.contains_key(&key) {
            order.push(key);
        }
        texts
            .entry(key)
            .or_default()
            .push_str(&squeezed(&stood.line.text));
    }
    order.iter().map(|key| texts[key].as_str()).collect()
}

pub(crate) fn nothing_is_lost(printed: &Printed) {
    let mut texts = Texts::default();
    visit_book(&printed.book, &mut texts);
    let all = printed_text(printed);
    for text in texts.0.iter().filter(|text| !text.is_empty()) {
        assert!(all.contains(text.as_str()), "lost: {text}");
    }
}

pub(crate) fn nothing_stands_outside(printed: &Printed) {
    for stood in lines(&printed.layout) {
        let page = &printed.layout.pages[stood.page];
        let (left, top, right, bottom) = cells(&stood);
        let near = Length::pt(1);
        assert!(
            left >= -near
                && top >= -near
                && right <= page.trim.width + near
                && bottom <= page.trim.height + near,
            "page {} {:?}: {}",
            page.number,
            stood.path,
            stood.line.text
        );
    }
}

fn lines_stand_in_the_type_area(printed: &Printed) {
    let grid = PageGrid::of_book(
        &printed.book.output.pdf,
        &printed.book.style,
        &mut Sink::new(),
    );
    let area = grid.area().to_size(grid.mode);
    for stood in lines(&printed.layout) {
        if matches!(
            stood.path.first(),
            Some(FrameKind::RunningHead | FrameKind::Folio)
        ) {
            continue;
        }
        let page = &printed.layout.pages[stood.page];
        let corner = grid.corner(page.side);
        let (left, top, right, bottom) = cells(&stood);
        // Punctuation trimmed at a line's head may start before it.
        let near = stood.line.size / 2 + Length::from_milli(20);
        let what = format!("page {} {:?}: {}", page.number, stood.path, stood.line.text);
        assert!(left >= corner.x - near, "{what}");
        assert!(right <= corner.x + area.width + near, "{what}");
        assert!(top >= corner.y - near, "{what}");
        assert!(bottom <= corner.y + area.height + near, "{what}");
        // Running text stands on the grid that all pages share.
        if stood.frame.kind == FrameKind::Paragraph
            && stood.line.size == grid.size
            && stood.line.mode == grid.mode
            && !stood.path.contains(&FrameKind::Note)
        {
            let middle = if grid.mode.is_vertical() {
                corner.x + area.width - stood.origin.x - grid.size / 2
            } else {
                stood.origin.y - corner.y - grid.size.scale(880, 1000)
            };
            assert_eq!(middle.milli() % grid.pitch.milli(), 0, "{what}");
        }
    }
}

fn no_last_line_stands_alone(printed: &Printed) {
    let mut parts: BTreeMap<Span, BTreeMap<usize, usize>> = BTreeMap::new();
    for stood in lines(&printed.layout) {
        if stood.frame.kind == FrameKind::Paragraph
            && stood.path == [FrameKind::Paragraph]
            && let Some(source) = stood.frame.source
        {
            *parts
                .entry(source)
                .or_default()
                .entry(stood.page)
                .or_default() += 1;
        }
    }
    for (source, pages) in parts {
        if pages.len() < 2 {
            continue;
        }
        // A first line may stand alone where facing pages end alike for it.
        let last = pages.values().last().unwrap();
        assert!(*last >= 2, "a last line alone: {source:?} {pages:?}");
    }
}

fn no_heading_ends_a_page(printed: &Printed) {
    let all = lines(&printed.layout);
    for (at, stood) in all.iter().enumerate() {
        if stood.path != [FrameKind::Heading] || stood.frame.article.is_none() {
            continue;
        }
        let more = all.iter().skip(at + 1).any(|next| {
            next.page == stood.page
                && !matches!(
                    next.path[0],
                    FrameKind::Heading | FrameKind::Folio | FrameKind::RunningHead
                )
        });
        // On the right of a vertical spread: its text goes on beside it.
        let number = printed.layout.pages[stood.page].number.parse::<u32>();
        let right = number.is_ok_and(|number| number.is_multiple_of(2))
            && printed.book.style.writing_mode.is_vertical();
        assert!(more || right, "a heading ends a page: {}", stood.line.text);
    }
}

/// No two frames of one page lie over each other.
fn no_frames_overlap(printed: &Printed) {
    for page in &printed.layout.pages {
        let boxes: Vec<(Point, _, FrameKind)> = page
            .frame
            .items
            .iter()
            .filter_map(|(at, item)| match item {
                Item::Group(frame) => Some((*at, frame.size, frame.kind)),
                _ => None,
            })
            .collect();
        let near = Length::from_milli(5);
        for (at, one) in boxes.iter().enumerate() {
            for other in &boxes[at + 1..] {
                let across = one.0.x + one.1.width > other.0.x + near
                    && other.0.x + other.1.width > one.0.x + near;
                let down = one.0.y + one.1.height > other.0.y + near
                    && other.0.y + other.1.height > one.0.y + near;
                assert!(
                    !(across && down),
                    "page {}: {one:?} over {other:?}",
                    page.number
                );
            }
        }
    }
}

fn holds(printed: &Printed) {
    nothing_is_lost(printed);
    nothing_stands_outside(printed);
    lines_stand_in_the_type_area(printed);
    no_last_line_stands_alone(printed);
    no_heading_ends_a_page(printed);
    no_frames_overlap(printed);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 32, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_publication_makes_sound_pages(
        articles in prop::collection::vec(prop::collection::vec((0u8..14, 1usize..400), 1..14), 1..3),
        vertical: bool,
        page in prop::sample::select(vec!["A5", "A6", "32開", "90mm x 120mm"]),
    ) {
        let texts: Vec<String> = articles
            .iter()
            .enumerate()
            .map(|(at, blocks)| article(&format!("題目{at}"), blocks))
            .collect();
        let mode = if vertical { "vertical-rl" } else { "horizontal-tb" };
        holds(&published(mode, page, &texts));
    }
}

#[test]
fn absurd_sizes_lose_nothing() {
    let text = article(
        &"題".repeat(200),
        &[
            (0, 600),
            (8, 1),
            (9, 1),
            (10, 900),
            (11, 500),
            (12, 900),
            (6, 300),
            (13, 1),
        ],
    );
    for page in ["30mm x 30mm", "20mm x 200mm", "200mm x 20mm"] {
        for mode in ["vertical-rl", "horizontal-tb"] {
            let printed = published(mode, page, std::slice::from_ref(&text));
            nothing_is_lost(&printed);
            assert!(!printed.found.is_empty(), "{page}: nothing is said");
        }
    }
}

#[test]
fn a_table_of_forty_columns_is_told_of_and_set() {
    let row = |text: &str| format!("|{}\n", format!(" {text} |").repeat(40));
    let rule = format!("|{}\n", "---|".repeat(40));
    let text = format!(
        "---\ntitle: 表\n---\n\n開頭。\n\n{}{rule}{}{}",
        row("項目"),
        row("一二三四"),
        row("12.5")
    );
    for mode in ["vertical-rl", "horizontal-tb"] {
        let printed = published(mode, "A5", std::slice::from_ref(&text));
        nothing_is_lost(&printed);
        let codes: Vec<String> = printed.found.iter().map(|d| d.code.to_string()).collect();
        assert!(
            codes.iter().any(|code| code == "table::overfull"),
            "{codes:?}"
        );
    }
}

#[test]
fn pages_of_references_come_to_rest() {
    let one = "---\ntitle: 甲\n---\n\n見[乙]{ref=there}。\n".to_owned();
    let two = format!(
        "---\ntitle: 乙\n---\n\n{}\n\n## 那裏 {{#there}}\n\n文。\n",
        SENTENCE.repeat(40)
    );
    let printed = published("horizontal-tb", "A6", &[one, two]);
    let heading = lines(&printed.layout)
        .into_iter()
        .find(|stood| stood.line.text.contains("那裏"))
        .unwrap();
    let number = printed.layout.pages[heading.page].number.clone();
    let reference = lines(&printed.layout)
        .into_iter()
        .find(|stood| stood.line.text.starts_with("見乙"))
        .unwrap();
    assert!(
        reference.line.text.contains(&number),
        "{} has no {number}",
        reference.line.text
    );
    assert!(printed.found.is_empty(), "{:?}", printed.found);
}

#[test]
fn front_matter_is_numbered_apart_and_the_outline_is_nested() {
    let articles = ["甲", "乙"]
        .map(|title| format!("---\ntitle: {title}\n---\n\n## 一節\n\n文。\n\n### 一目\n\n文。\n"));
    let printed = published("vertical-rl", "A5", &articles);
    let numbers: Vec<&str> = printed
        .layout
        .pages
        .iter()
        .map(|page| page.number.as_str())
        .collect();
    // Cover and its back, title page and contents, the body.
    assert_eq!(numbers, ["封面", "封二", "i", "ii", "1", "2", "3"]);
    let outline: Vec<(u8, &str)> = printed
        .layout
        .bookmarks
        .iter()
        .map(|mark| (mark.depth, mark.title.as_str()))
        .collect();
    let article = |title| [(0, title), (1, "一節"), (2, "一目")];
    let mut expected = vec![(0, "目錄")];
    expected.extend(article("甲"));
    expected.extend(article("乙"));
    expected.push((0, "版權頁"));
    assert_eq!(outline, expected);
}

#[test]
fn one_source_gives_one_layout() {
    let text = article("題", &[(0, 300), (8, 1), (10, 80), (0, 300), (6, 40)]);
    let first = published("vertical-rl", "A5", std::slice::from_ref(&text));
    let second = published("vertical-rl", "A5", std::slice::from_ref(&text));
    assert_eq!(first.layout, second.layout);
}

#[test]
fn inspect_tells_every_frame() {
    let text = article("題", &[(0, 300), (8, 1), (10, 80)]);
    let printed = published("vertical-rl", "A5", std::slice::from_ref(&text));
    let json: serde_json::Value =
        serde_json::from_str(&dump::json(&printed.layout, &printed.sources)).unwrap();
    let pages = json["pages"].as_array().unwrap();
    assert_eq!(pages.len(), printed.layout.pages.len());
    let frames: Vec<&serde_json::Value> = pages
        .iter()
        .flat_map(|page| page["frames"].as_array().unwrap())
        .collect();
    for kind in [
        "headline",
        "kicker",
        "deck",
        "byline",
        "paragraph",
        "figure",
        "caption",
        "pointer",
        "table",
        "folio",
    ] {
        let frame = frames.iter().find(|frame| {
            frame["kind"] == kind && (kind == "folio" || !frame["article"].is_null())
        });
        let frame = frame.unwrap_or_else(|| panic!("no {kind}"));
        assert!(frame["w_pt"].as_f64().unwrap() > 0.0, "{kind}");
        if !matches!(kind, "folio" | "pointer") {
            assert_eq!(frame["source"]["file"], "0.md", "{kind}");
        }
    }
    let drawn = |page| {
        let svg = svg::page(page, &printed.faces);
        let tree = roxmltree::Document::parse(&svg).unwrap();
        tree.descendants().filter(|n| n.has_tag_name("use")).count()
    };
    let uses = printed.layout.pages.iter().map(drawn).max().unwrap_or(0);
    assert!(uses > 20, "{uses} glyphs drawn");
}
