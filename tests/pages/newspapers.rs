//! What holds on any newspaper page: nothing lost, nothing over anything else, stories whole and in order.

use std::collections::BTreeMap;

use proptest::prelude::*;

use banxin::geom::{Length, Point, Size};
use banxin::layout::{Frame, FrameKind, Item};

use crate::generated::{nothing_is_lost, nothing_stands_outside};
use crate::press::{Printed, cells, lines, print};

/// Sentences of many lengths, so that stories break in many places.
const SENTENCES: [&str; 6] = [
    "大灣區的人工智能近年受到各界關注，學者認為香港具備國際化的環境與人才優勢。",
    "「算力好比水電。」他說，「要緊的是一開即有。」",
    "截至2024年9月，廣東有逾1,500家核心企業，專利授權量超過14萬件，居全國第一。",
    "至於資金、數據與人才如何流動，仍有待各方商議——這不是一朝一夕的事。",
    "HKGAI V1是首個在香港研發的大語言模型。",
    "編者按：本欄所載，只代表作者個人意見；歡迎讀者來函討論……",
];

/// One story of a newspaper as it is drawn by lot.
#[derive(Debug, Clone)]
struct Lot {
    /// Characters of running text.
    length: usize,
    /// Length of the headline.
    title: usize,
    /// Pictures: their widths and heights in pixels.
    pictures: Vec<(u32, u32)>,
    /// Columns of a table, or none.
    table: Option<usize>,
    /// What else it has: deck, kicker, lead, byline, box, pull quote, subheadings, note.
    parts: u8,
    /// Which of [`ODD`] it has.
    odd: u16,
}

/// Blocks that newspapers seldom have and authors write all the same.
const ODD: [&str; 12] = [
    "1. 第一項的文字比一行長得多，因此要轉行\n   - 其下一項\n     1. 再下一項，也比一行長得多\n        - 末一層的文字\n2. 第二項",
    "> 引用別人的話，說得頗長，用了許多字也未說完。\n>\n> 第二段。",
    "```\nfn main() { println!(\"hello\"); }\n\n        let a_long_name_in_one_line = another_long_name_in_one_line + 1;\n// 註\n// 註\n// 註\n// 註\n// 註\n```",
    "## 詩 {.verse}\n\n離離原上草，\n一歲一枯榮。\n\n野火燒不盡，\n春風吹又生。\n\n## 詩後",
    "見https://www.example.org/a/very/long/path/to/some/resource.html?query=one&other=two#fragment。",
    "甲\n: 甲的解釋比一行長得多，因此要轉行。\n: 又一解。",
    "![人](pic-300x400.png \"甲\")\n\n![人](pic-310x420.png \"乙的說明長一些\")\n\n![人](pic-305x410.png \"丙\")",
    "![圖](pic-240x300.png \"這張圖的說明特別長，長得不像說明，倒像一篇文章：畫的是什麼、在哪裏、是誰、什麼時候、為了什麼，一一道來，還要說到別處去；說完了畫面，又說畫外，說完了今日，又說往昔，說完了往昔，再說來日，看的人早已翻過去了，它還在說，說個不停，直到這裏才說完。／版心製圖\")",
    "> [!NOTE]\n> 提示一句。",
    "## 大方塊 {.sidebar}\n\n方塊裏有表。\n\n| 項目 | 說明 | 數 |\n|---|---|---|\n| 甲 | 這一格的字比較多，要轉行 | 12.5 |\n| 乙 | 少 | 1,300 |\n\n- 方塊裏有項\n- 又一項\n\n## 方塊之後",
    "## 這個小標題長得不像小標題一欄放不下要轉幾行才放得下 Pneumonoultramicroscopicsilicovolcanoconiosis",
    "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
];

/// A word in a title that no line holds.
const LONG_WORD: &str = "Pneumonoultramicroscopicsilicovolcanoconiosisandsoonandonandon";

impl Lot {
    fn markdown(&self, number: usize) -> String {
        let has = |bit: u8| self.parts & (1 << bit) != 0;
        let title: String = "灣區一群龍騰飛學者看好香港潛力生態齊備人才去留隨市場而動"
            .chars()
            .cycle()
            .skip(number * 3)
            .take(self.title)
            .collect();
        let word = if self.odd & (1 << 12) == 0 {
            ""
        } else {
            LONG_WORD
        };
        let mut text = format!("---\ntitle: {title}{word}\n");
        for (bit, line) in [
            (0, "kicker: 肩題在此"),
            (1, "deck: 副題說明其中緣由　分兩句道來"),
            (
                2,
                "lead: 導言先說大意：各地都在談人工智能，香港怎樣看？本報記者走訪多人。",
            ),
            (3, "byline: 本報記者　甲乙"),
        ] {
            if has(bit) {
                text.push_str(line);
                text.push('\n');
            }
        }
        text.push_str("---\n\n");
        let mut pictures = self.pictures.iter();
        let (mut written, mut paragraph, mut at) = (0, String::new(), number);
        while written < self.length {
            let sentence = SENTENCES[at % SENTENCES.len()];
            at += 1;
            written += sentence.chars().count();
            paragraph.push_str(sentence);
            if paragraph.chars().count() < 90 + (at * 37) % 120 && written < self.length {
                continue;
            }
            text.push_str(&paragraph);
            paragraph.clear();
            if has(7) && at % 11 == 0 && !text.contains("[^一]") {
                text.push_str("[^一]");
            }
            text.push_str("\n\n");
            if let Some((width, height)) = pictures.next() {
                text.push_str(&format!(
                    "![圖](pic-{width}x{height}.png \"說明{number}：這張圖畫的是什麼。／版心製圖\")\n\n"
                ));
            }
            if has(6) && at % 5 == 0 {
                text.push_str("## 小標題在這裏\n\n");
            }
        }
        for (nth, block) in ODD.iter().enumerate() {
            if self.odd & (1 << nth) != 0 {
                text.push_str(block);
                text.push_str("\n\n");
            }
        }
        for (width, height) in pictures {
            text.push_str(&format!("![圖](pic-{width}x{height}.png \"餘圖。\")\n\n"));
        }
        if let Some(columns) = self.table {
            let row = |cell: &str| format!("|{}\n", format!(" {cell} |").repeat(columns));
            text.push_str(&format!("{}{}", row("項目"), row("---")));
            for _ in 0..1 + self.odd % 40 {
                text.push_str(&row("一二三"));
                text.push_str(&row("12.5"));
            }
            text.push('\n');
        }
        if has(4) {
            text.push_str("## 資料 {.box}\n\n方塊裏的第一段文字，說明背景。\n\n第二段。\n\n");
        }
        if has(5) {
            text.push_str("## 語錄 {.pullquote}\n\n人才跟着市場走。\n\n");
        }
        if text.contains("[^一]") {
            text.push_str("[^一]: 註文在此，說明出處。\n");
        }
        text
    }
}

fn set(lots: &[Lot], (page, mode): (&str, &str)) -> Printed {
    let texts: Vec<(String, String)> = lots
        .iter()
        .enumerate()
        .map(|(at, lot)| (format!("{at:02}.md"), lot.markdown(at)))
        .collect();
    let list: Vec<String> = texts
        .iter()
        .map(|(name, _)| format!("\"{name}\""))
        .collect();
    let config = format!(
        "[book]\ntitle = \"灣區日報\"\ndate = \"2025-03-06\"\narticles = [{}]\n\
         issue = {{ publication = \"灣區日報\", edition = \"A8\", section = \"要聞\" }}\n\
         [output.pdf]\nlayout = \"newspaper\"\npage = \"{page}\"\n\
         [typography]\nwriting-mode = \"{mode}\"\n",
        list.join(",")
    );
    let articles: Vec<(&str, &str)> = texts
        .iter()
        .map(|(name, text)| (name.as_str(), text.as_str()))
        .collect();
    print(&config, &articles)
}

/// The frames that stand on a page directly, with their corners.
fn frames(printed: &Printed) -> Vec<(usize, Point, &Frame)> {
    let pages = printed.layout.pages.iter().enumerate();
    pages
        .flat_map(|(number, page)| {
            page.frame
                .items
                .iter()
                .filter_map(move |(at, item)| match item {
                    Item::Group(frame) => Some((number, *at, frame)),
                    _ => None,
                })
        })
        .collect()
}

fn overlap((a, one): (Point, Size), (b, other): (Point, Size)) -> bool {
    // Rules and marks of a quarter of a point may touch.
    let near = Length::from_milli(250);
    a.x + one.width > b.x + near
        && b.x + other.width > a.x + near
        && a.y + one.height > b.y + near
        && b.y + other.height > a.y + near
}

fn nothing_lies_over_anything(printed: &Printed) {
    let all = frames(printed);
    for (at, (page, corner, frame)) in all.iter().enumerate() {
        for (other_page, other_corner, other) in &all[at + 1..] {
            // An end mark stands in the last line of its story.
            let is_beside =
                |frame: &Frame| matches!(frame.kind, FrameKind::Rule | FrameKind::EndMark);
            if page != other_page || is_beside(frame) || is_beside(other) {
                continue;
            }
            assert!(
                !overlap((*corner, frame.size), (*other_corner, other.size)),
                "page {page}: {:?} {corner:?} {:?} of {:?} over {:?} {other_corner:?} {:?} of {:?}",
                frame.kind,
                frame.size,
                frame.article,
                other.kind,
                other.size,
                other.article
            );
        }
    }
}

/// The frames of a story follow one another, page by page in the order of the stories' first frames.
fn stories_stay_together(printed: &Printed) {
    let mut seen: BTreeMap<(usize, &str), usize> = BTreeMap::new();
    let mut last: Option<(usize, &str)> = None;
    for (page, _, frame) in frames(printed) {
        let Some(article) = frame.article.as_deref() else {
            continue;
        };
        let now = (page, article);
        if last != Some(now) {
            let count = seen.entry(now).or_default();
            *count += 1;
            assert_eq!(*count, 1, "page {page}: the frames of {article} are parted");
        }
        last = Some(now);
    }
}

/// The lines of running text in a frame.
fn text_lines(frame: &Frame) -> usize {
    let of = |item: &Item| match item {
        Item::Line(_) => 1,
        Item::Group(inner) => text_lines(inner),
        _ => 0,
    };
    frame.items.iter().map(|(_, item)| of(item)).sum()
}

/// No part of a story that is parted from the others is shorter than a jump is worth.
fn parts_are_worth_their_jump(printed: &Printed) {
    let mut parts: BTreeMap<(&str, usize), (usize, bool)> = BTreeMap::new();
    for (page, _, frame) in frames(printed) {
        let Some(article) = frame.article.as_deref() else {
            continue;
        };
        let (lines, jumps) = parts.entry((article, page)).or_default();
        match frame.kind {
            FrameKind::Jump => *jumps = true,
            FrameKind::Paragraph
            | FrameKind::Heading
            | FrameKind::List
            | FrameKind::Quote
            | FrameKind::Note => *lines += text_lines(frame),
            FrameKind::Figure
            | FrameKind::Table
            | FrameKind::Box
            | FrameKind::Sidebar
            | FrameKind::Code
            | FrameKind::PullQuote
            | FrameKind::Verse => *lines += 4,
            _ => {}
        }
    }
    for ((article, page), (lines, jumps)) in parts {
        let kinds: Vec<&str> = frames(printed)
            .into_iter()
            .filter(|(number, _, frame)| {
                (*number, frame.article.as_deref()) == (page, Some(article))
            })
            .map(|(_, _, frame)| frame.kind.name())
            .collect();
        assert!(
            !jumps || lines >= 4,
            "page {page}: {lines} lines of {article} are parted from the others: {kinds:?}"
        );
    }
}

/// No page holds heads and jump lines alone.
fn no_page_is_bare(printed: &Printed) {
    for (number, page) in printed.layout.pages.iter().enumerate() {
        let holds = page.frame.items.iter().any(|(_, item)| {
            let Item::Group(frame) = item else {
                return false;
            };
            !matches!(
                frame.kind,
                FrameKind::SectionHead
                    | FrameKind::Headline
                    | FrameKind::Jump
                    | FrameKind::Rule
                    | FrameKind::EndMark
            )
        });
        assert!(holds, "page {number} is bare");
    }
}

/// No line is printed over another: markers over their items, heads over text.
fn no_line_lies_over_another(printed: &Printed) {
    let all = lines(&printed.layout);
    let boxes: Vec<_> = all.iter().map(cells).collect();
    for (at, one) in all.iter().enumerate() {
        let (left, top, right, bottom) = boxes[at];
        for (other, (from, head, to, foot)) in all.iter().zip(&boxes).skip(at + 1) {
            let near = one.line.size.min(other.line.size) * 3 / 10;
            let apart = one.page != other.page
                || right.min(*to) - left.max(*from) <= near
                || bottom.min(*foot) - top.max(*head) <= near;
            assert!(
                apart || one.line.text.trim().is_empty() || other.line.text.trim().is_empty(),
                "page {}: `{}` {:?} over `{}` {:?}",
                one.page,
                one.line.text,
                one.path,
                other.line.text,
                other.path
            );
        }
    }
}

fn holds(printed: &Printed) {
    no_page_is_bare(printed);
    no_line_lies_over_another(printed);
    parts_are_worth_their_jump(printed);
    nothing_is_lost(printed);
    nothing_stands_outside(printed);
    nothing_lies_over_anything(printed);
    stories_stay_together(printed);
}

fn lot() -> impl Strategy<Value = Lot> {
    (
        200usize..4000,
        4usize..28,
        prop::collection::vec((20u32..900, 20u32..900), 0..4),
        prop::option::weighted(0.3, 2usize..11),
        any::<u8>(),
        prop_oneof![2 => Just(0), 1 => any::<u16>(), 1 => (0u16..13).prop_map(|bit| 1 << bit)],
    )
        .prop_map(|(length, title, pictures, table, parts, odd)| Lot {
            length,
            title,
            pictures,
            table,
            parts,
            odd,
        })
}

proptest! {
    // Each case takes seconds.
    #![proptest_config(ProptestConfig { cases: 6, max_shrink_iters: 40, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_stories_make_sound_pages(
        lots in prop::collection::vec(lot(), 1..13),
        vertical: bool,
        page in prop::sample::select(vec!["A3", "broadsheet", "tabloid", "A4", "285mm x 210mm", "A5"]),
    ) {
        let mode = if vertical { "vertical-rl" } else { "horizontal-tb" };
        holds(&set(&lots, (page, mode)));
    }
}

#[test]
fn absurd_stories_are_set_and_told_of() {
    let plain = Lot {
        length: 300,
        title: 10,
        pictures: Vec::new(),
        table: None,
        parts: 0,
        odd: 0,
    };
    let cases = [
        Lot {
            title: 200,
            ..plain.clone()
        },
        Lot {
            length: 1,
            ..plain.clone()
        },
        Lot {
            pictures: vec![(1, 1), (3000, 20), (20, 3000)],
            ..plain.clone()
        },
        Lot {
            table: Some(40),
            ..plain.clone()
        },
        Lot {
            pictures: vec![(300, 200); 12],
            ..plain.clone()
        },
    ];
    for lot in cases {
        for mode in ["vertical-rl", "horizontal-tb"] {
            for page in ["A3", "60mm x 60mm"] {
                let printed = set(&[lot.clone(), plain.clone()], (page, mode));
                nothing_is_lost(&printed);
            }
        }
    }
}

#[test]
fn pictures_of_any_ratio_stand_in_their_rectangles() {
    let pictures = [(20, 55), (60, 900), (900, 60), (40, 40), (20, 4000)];
    for picture in pictures {
        let lot = Lot {
            length: 900,
            title: 10,
            pictures: vec![picture],
            table: None,
            parts: 0,
            odd: 0,
        };
        for mode in ["vertical-rl", "horizontal-tb"] {
            let printed = set(&[lot.clone(), lot.clone()], ("A4", mode));
            holds(&printed);
            for (_, _, frame) in frames(&printed) {
                let words = frame.items.iter().filter_map(|(_, item)| match item {
                    Item::Group(words) if frame.kind == FrameKind::Figure => Some(words),
                    _ => None,
                });
                for words in words {
                    let across = words.items.iter().any(
                        |(_, item)| matches!(item, Item::Line(line) if !line.mode.is_vertical()),
                    );
                    assert!(
                        !across || words.size.height < words.size.width * 3,
                        "{mode} {picture:?}: a pillar {:?}",
                        words.size
                    );
                }
            }
        }
    }
}
