//! Properties that hold for any text, in every tradition and direction.

use proptest::prelude::*;

use crate::diag::{Code, FileId, Span, Warned};
use crate::font::{FaceId, Faces};
use crate::geom::{Em, Length, WritingMode};
use crate::layout::line::{Line, Orientation, SetGlyph};
use crate::model::style::{
    Acronym, Grid, Hanging, Kinsoku, LineEnd, LineHead, LongDigits, MarkPosition, Punctuation,
    VerticalQuotes,
};
use crate::model::{Inline, Language, Style, Tradition};
use crate::rules::class::{CharClass, is_attached};
use crate::rules::context::classes;
use crate::rules::kinsoku;

use super::composer::Composer;
use super::itemize::has_ink;
use super::setting::Setting;

/// Characters of every class, those that are hard to place more often than prose has them.
const ALPHABET: &[char] = &[
    '版', '心', '之', '内', '字', '一', '二', 'の', 'カ', 'ー', 'っ', 'ㄅ', '々', 'ゝ', '「', '」',
    '『', '』', '（', '）', '《', '》', '、', '，', '。', '：', '；', '！', '？', '·', '・', '—',
    '—', '…', '…', '～', '／', '％', '$', '￥', '3', '1', '6', '月', 'a', 'b', 'T', 'é', ' ', ' ',
    '\u{3000}', '(', ')', '.', ',', '-', '"', '“', '”', '‘', '’', '\u{200b}', '\u{301}', '😀',
    '\u{ad}', '°', '①', '\u{fe0f}', '\u{e000}', '가', 'ב', '\t', '\u{2060}', '–', '⁉', '⸺', '⸻',
    '―', 'ㄧ', 'C', '℃', '%', '!', '?', '~', 'α', 'Ж', 'G', '﹁',
];

fn any_text() -> impl Strategy<Value = String> {
    prop::collection::vec(
        prop_oneof![
            6 => prop::sample::select(&ALPHABET[..14]),
            6 => prop::sample::select(ALPHABET),
            1 => any::<char>(),
        ],
        0..120,
    )
    .prop_map(|chars| chars.into_iter().collect())
}

fn any_style() -> impl Strategy<Value = Style> {
    let tradition = prop::sample::select(&[
        Tradition::HongKong,
        Tradition::Taiwan,
        Tradition::Mainland,
        Tradition::Japan,
    ]);
    let kinsoku = prop::sample::select(Kinsoku::VALUES);
    let marks = (
        prop::sample::select(Punctuation::VALUES),
        prop::sample::select(MarkPosition::VALUES),
    );
    let edges = (
        prop::sample::select(LineHead::VALUES),
        prop::sample::select(LineEnd::VALUES),
        prop::sample::select(Hanging::VALUES),
    );
    let flags = (any::<bool>(), any::<bool>(), any::<bool>());
    let stands = (
        prop::sample::select(Acronym::VALUES),
        prop::sample::select(LongDigits::VALUES),
        prop::sample::select(VerticalQuotes::VALUES),
    );
    (tradition, kinsoku, marks, edges, (flags, stands)).prop_map(
        |(tradition, kinsoku, marks, edges, ((own, escape, leader), stands))| {
            let mut style = Style::of(tradition);
            style.acronym = stands.0.1;
            style.long_digits = stands.1.1;
            style.vertical_quotes = stands.2.1;
            // Half of all styles are the tradition's own.
            if !own {
                style.kinsoku = kinsoku.1;
                style.punctuation = marks.0.1;
                style.mark_position = marks.1.1;
                style.line_head = edges.0.1;
                style.line_end = edges.1.1;
                style.hanging = edges.2.1;
                style.cluster_escape = escape;
                style.ellipsis_at_line_head = leader;
            }
            style.body_size = Length::pt(10);
            style
        },
    )
}

fn tag(tradition: Tradition) -> Language {
    Language::new(match tradition {
        Tradition::HongKong => "zh-HK",
        Tradition::Taiwan => "zh-TW",
        Tradition::Mainland => "zh-CN",
        Tradition::Japan => "ja",
    })
}

fn composed(words: &str, style: &Style, vertical: bool, measure: Length) -> Warned<Vec<Line>> {
    let faces = Faces::bundled();
    let language = tag(style.tradition);
    let text = [Inline::Text {
        text: words.to_owned(),
        span: Span::new(FileId(0), 0, words.len()),
    }];
    let setting = Setting {
        mode: if vertical {
            WritingMode::VerticalRl
        } else {
            WritingMode::HorizontalTb
        },
        indent: if measure > Length::pt(60) {
            Length::pt(20)
        } else {
            Length::ZERO
        },
        ..Setting::new(style, &language, measure)
    };
    Composer::new(&faces, style).paragraph(&text, &setting)
}

/// The glyphs of a line stand for all of its text, in order.
fn covers(line: &Line) -> bool {
    let mut at = 0;
    for glyph in &line.glyphs {
        if glyph.start != at || glyph.end < at {
            return false;
        }
        at = glyph.end;
    }
    at as usize == line.text.len()
}

/// Numbers between Han, each with its counter or sign.
fn counted() -> impl Strategy<Value = String> {
    let number = prop_oneof![
        (0..99_999u32).prop_map(|n| n.to_string()),
        (0..999u32, 0..99u32).prop_map(|(a, b)| format!("{a}.{b}")),
        (1..99u32, 1..99u32).prop_map(|(a, b)| format!("{a}～{b}")),
    ];
    let counter = prop::sample::select(&[
        "月", "年", "日", "元", "人", "％", "%", "億", "萬", "歲", "℃", "°C",
    ]);
    let part = ("[版心之內字]{0,9}", number, counter);
    prop::collection::vec(part.prop_map(|(a, b, c)| format!("{a}{b}{c}之")), 1..8)
        .prop_map(|parts| parts.concat())
}

/// How far the middle of a glyph's ink stands from the axis of its vertical line.
fn off_axis(glyph: &SetGlyph, faces: &Faces) -> Option<Length> {
    if glyph.face == FaceId::MISSING {
        return None;
    }
    let face = faces.face(glyph.face);
    let ink = face.ink(glyph.id)?;
    let middle = |a: Em, b: Em| Em::from_milli((a.milli() + b.milli()) / 2).of(glyph.size);
    let across = match glyph.orientation {
        Orientation::Upright => {
            middle(ink.x_min, ink.x_max) - face.vertical_origin(glyph.id).inline.of(glyph.size)
        }
        Orientation::Rotated => middle(ink.y_min, ink.y_max),
        Orientation::Combined => return None,
    };
    Some(across - glyph.offset.block)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_number_never_parts_from_what_it_counts(
        words in counted(),
        style in any_style(),
        vertical: bool,
        em in 12..30i32,
    ) {
        // The loosest levels let ％ start a line (composition rules §6.1).
        let style = Style { kinsoku: Style::of(style.tradition).kinsoku, ..style };
        let lines = composed(&words, &style, vertical, Length::pt(10 * em)).value;
        for pair in lines.windows(2) {
            let last = pair[0].text.chars().next_back();
            let first = pair[1].text.chars().next().unwrap();
            if last.is_some_and(|c| c.is_ascii_digit()) {
                prop_assert!(
                    !first.is_ascii_digit() && !kinsoku::is_counter(first) && !"％%℃°".contains(first),
                    "{:?} {:?}", pair[0].text, pair[1].text
                );
            }
        }
    }

    #[test]
    fn dashes_and_leaders_stand_on_the_axis(
        words in "[版心之—…～⸺⸻–]{1,30}",
        style in any_style(),
    ) {
        let faces = Faces::bundled();
        for line in composed(&words, &style, true, Length::pt(100)).value {
            for glyph in line.glyphs.iter().filter(|g| !line.text[g.range()].starts_with(['版', '心', '之'])) {
                if let Some(off) = off_axis(glyph, &faces) {
                    prop_assert!(off.abs() <= Length::from_milli(30), "{:?} {off:?}", &line.text[glyph.range()]);
                }
            }
        }
    }

    #[test]
    fn no_character_is_lost_added_or_replaced(
        words in any_text(),
        style in any_style(),
        vertical: bool,
        em in 1..30i32,
    ) {
        let lines = composed(&words, &style, vertical, Length::pt(10 * em)).value;
        let set: String = lines.iter().map(|line| line.text.as_str()).collect();
        prop_assert_eq!(set, words);
        for line in &lines {
            prop_assert!(covers(line), "{:?}", line.text);
            let cells: i64 = line.glyphs.iter().map(|g| g.advance.wide()).sum();
            prop_assert_eq!(cells, (line.set + line.hang).wide());
        }
    }

    #[test]
    fn lines_fill_their_measure(
        words in any_text(),
        style in any_style(),
        vertical: bool,
        em in 4..30i32,
    ) {
        let measure = Length::pt(10 * em);
        let found = composed(&words, &style, vertical, measure);
        let overfull = found.diagnostics.iter().any(|d| d.code == Code::LineOverfull);
        let count = found.value.len();
        for (i, line) in found.value.iter().enumerate() {
            let reach = line.start + line.set;
            prop_assert!(reach <= measure || overfull, "{} {:?}", line.text, reach);
            if i + 1 < count && !line.last && !overfull {
                let lone = line.glyphs.iter().filter(|g| g.advance > Length::ZERO).count() < 2;
                let words = style.tradition != Tradition::Japan && line.text.chars().any(|c| c == 'ב');
                let stiff = line.glyphs.len() < 8;
                prop_assert!(
                    reach == measure || lone || words || stiff,
                    "{:?} {:?} of {:?}", line.text, reach, measure
                );
            }
        }
    }

    #[test]
    fn no_forbidden_character_stands_at_a_line_edge(
        words in any_text(),
        style in any_style(),
        vertical: bool,
        em in 6..30i32,
    ) {
        let found = composed(&words, &style, vertical, Length::pt(10 * em));
        // Breaks of need and parted clusters are told.
        let told = [Code::LineOverfull, Code::LineEscape];
        prop_assume!(found.diagnostics.iter().all(|d| !told.contains(&d.code)));
        let language = tag(style.tradition);
        let all = classes(&words, &language);
        let chars: Vec<char> = words.chars().collect();
        let mut at = 0;
        for line in &found.value[..found.value.len().saturating_sub(1)] {
            at += line.text.chars().count();
            // A mark after a space has nothing to stand on, and is drawn on a circle.
            let circled = |i: usize| {
                i > 0 && all[i - 1] == CharClass::WordSpace && !is_attached(chars[i - 1])
                    && is_attached(chars[i]) && has_ink(chars[i])
            };
            let visible = |i: &usize| {
                !matches!(all[*i], CharClass::WordSpace | CharClass::WideSpace)
                    && (!is_attached(chars[*i]) || circled(*i))
            };
            // U+200B is a break by the author's own wish.
            let wished = chars[..at].iter().rev().take_while(|c| is_attached(**c)).any(|c| *c == '\u{200b}');
            let head = (at..chars.len()).find(visible);
            let end = (0..at).rev().find(visible);
            if wished {
                continue;
            }
            if let Some(head) = head {
                prop_assert!(
                    !kinsoku::forbids_head(all[head], style.kinsoku, style.tradition),
                    "{:?} | {:?}", line.text, chars[head]
                );
            }
            if let Some(end) = end {
                prop_assert!(
                    !kinsoku::forbids_end(all[end], style.kinsoku, style.tradition),
                    "{:?}", line.text
                );
            }
            if let (Some(head), Some(end)) = (head, end)
                && head == at
                && end + 1 == at
                && !matches!(all[end], CharClass::Dash | CharClass::Leader)
            {
                prop_assert!(
                    !kinsoku::inseparable(
                        (chars[end], all[end]),
                        (chars[head], all[head]),
                        (style.kinsoku, style.tradition)
                    ),
                    "{:?} | {:?}", line.text, chars[head]
                );
            }
        }
    }

    #[test]
    fn squares_are_kept_on_grid_paper(
        words in prop::collection::vec(
            prop::sample::select(&['版', '心', '「', '」', '，', '。', '・', '—', 'a', 'B', ' ', '3'][..]), 1..120,
        ).prop_map(|chars| chars.into_iter().collect::<String>()),
        style in any_style(),
        vertical: bool,
        em in 5..30i32,
    ) {
        let style = Style { grid: Grid::Strict, ..style };
        let square = style.body_size.milli();
        let found = composed(&words, &style, vertical, Length::pt(10 * em));
        for line in &found.value {
            for glyph in line.glyphs.iter().filter(|g| g.advance > Length::ZERO) {
                let text = &line.text[glyph.range()];
                let hung = line.hang > Length::ZERO && glyph.at.milli() >= (line.start + line.set).milli();
                if text.starts_with(['版', '心']) && !hung {
                    prop_assert_eq!(glyph.at.milli() % square, 0, "{} in {}", text, line.text);
                }
            }
        }
    }

    #[test]
    fn directions_break_alike_in_pure_chinese(
        words in prop::collection::vec(
            prop::sample::select(&['版', '心', '之', '字', '，', '。', '、', '「', '」'][..]), 1..150,
        ).prop_map(|chars| chars.into_iter().collect::<String>()),
        em in 5..30i32,
    ) {
        let mut style = Style::of(Tradition::HongKong);
        style.body_size = Length::pt(10);
        let measure = Length::pt(10 * em);
        let breaks = |vertical| -> Vec<String> {
            composed(&words, &style, vertical, measure).value.into_iter().map(|l| l.text).collect()
        };
        prop_assert_eq!(breaks(true), breaks(false));
    }
}
