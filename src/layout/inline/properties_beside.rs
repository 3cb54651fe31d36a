//! Properties of what stands beside lines, for any readings, marks and notes.

use proptest::prelude::*;

use crate::diag::{Code, Span, Warned};
use crate::font::Faces;
use crate::geom::{Length, WritingMode};
use crate::layout::line::{Decoration, Line};
use crate::model::{Inline, Language, Mark, MarkKind, Ruby, RubyKind, RubyPart, Style, Tradition};

use super::composer::Composer;
use super::setting::Setting;

const SPAN: Span = Span {
    file: crate::diag::FileId(0),
    start: 0,
    end: 0,
};

const TRADITIONS: [(Tradition, &str); 4] = [
    (Tradition::HongKong, "zh-HK"),
    (Tradition::Taiwan, "zh-TW"),
    (Tradition::Mainland, "zh-CN"),
    (Tradition::Japan, "ja"),
];

fn text(words: String) -> Inline {
    Inline::Text {
        text: words,
        span: SPAN,
    }
}

fn words() -> impl Strategy<Value = Inline> {
    const SOME: &[&str] = &[
        "漢", "字", "の", "は", "カ", "ー", "、", "。", "「", "」", "，", "：", "・", "　", "a",
        "B", "1", " ", "……",
    ];
    prop::collection::vec(prop::sample::select(SOME), 1..8).prop_map(|all| text(all.concat()))
}

fn any_ruby() -> impl Strategy<Value = Inline> {
    let base = || {
        const SOME: &[&str] = &["漢", "字", "志", "「", "の", "A"];
        prop::collection::vec(prop::sample::select(SOME), 1..4).prop_map(|all| all.concat())
    };
    let kana = || {
        prop::collection::vec(prop::sample::select(&["か", "ん", "し", "ょ"][..]), 1..7)
            .prop_map(|all| all.concat())
    };
    let roman = prop::sample::select(&["bǎn", "zhuāng", "xīn", "è"][..]).prop_map(str::to_owned);
    let spoken = prop::sample::select(&["ㄓㄨˋ", "˙ㄇㄚ", "ㄧ", "ㄔㄨㄤˊ"][..]);
    let part = |base: String, text: String| RubyPart { base, text };
    let ruby = |kind, parts| {
        Inline::Ruby(Ruby {
            kind,
            parts,
            span: SPAN,
        })
    };
    prop_oneof![
        (base(), kana()).prop_map(move |(b, t)| ruby(RubyKind::Group, vec![part(b, t)])),
        (base(), roman.clone()).prop_map(move |(b, t)| ruby(RubyKind::Group, vec![part(b, t)])),
        prop::collection::vec(prop_oneof![kana(), roman], 1..4).prop_map(move |texts| {
            let parts = texts.into_iter().map(|t| part("字".into(), t));
            ruby(RubyKind::Mono, parts.collect())
        }),
        prop::collection::vec(spoken, 1..3).prop_map(move |texts| {
            let parts = texts.into_iter().map(|t| part("音".into(), t.into()));
            ruby(RubyKind::Bopomofo, parts.collect())
        }),
    ]
}

fn any_mark() -> impl Strategy<Value = MarkKind> {
    prop::sample::select(vec![
        MarkKind::Emphasis,
        MarkKind::ProperName,
        MarkKind::BookTitle,
        MarkKind::SideLine,
        MarkKind::Strike,
        MarkKind::Warichu,
    ])
}

fn any_inlines() -> impl Strategy<Value = Vec<Inline>> {
    let leaf = prop_oneof![3 => words(), 2 => any_ruby()];
    let one = leaf.prop_recursive(2, 12, 4, |inner| {
        (any_mark(), prop::collection::vec(inner, 1..4)).prop_map(|(kind, children)| {
            Inline::Mark(Mark {
                kind,
                children,
                span: SPAN,
            })
        })
    });
    prop::collection::vec(one, 1..12)
}

/// The text as it is set, and its readings in order.
fn flattened(inlines: &[Inline], text: &mut String, readings: &mut Vec<String>) {
    for inline in inlines {
        match inline {
            Inline::Text { text: own, .. } => text.push_str(own),
            Inline::Ruby(ruby) => {
                for part in &ruby.parts {
                    text.push_str(&part.base);
                    readings.push(part.text.clone());
                }
            }
            Inline::Mark(mark) if mark.kind == MarkKind::Warichu => {
                text.push('（');
                flattened(&mark.children, text, readings);
                text.push('）');
            }
            Inline::Mark(mark) => flattened(&mark.children, text, readings),
            _ => {}
        }
    }
}

fn composed(
    inlines: &[Inline],
    tradition: usize,
    vertical: bool,
    measure: Length,
) -> Warned<Vec<Line>> {
    let (tradition, tag) = TRADITIONS[tradition];
    let mut style = Style::of(tradition);
    style.body_size = Length::pt(10);
    let (faces, language) = (Faces::bundled(), Language::new(tag));
    let setting = Setting {
        mode: if vertical {
            WritingMode::VerticalRl
        } else {
            WritingMode::HorizontalTb
        },
        indent: Length::pt(10),
        ..Setting::new(&style, &language, measure)
    };
    Composer::new(&faces, &style).paragraph(inlines, &setting)
}

/// Ends of a decoration along its line.
fn ends(decoration: &Decoration) -> (Length, Length) {
    match *decoration {
        Decoration::Rule { from, to, .. }
        | Decoration::Wave { from, to, .. }
        | Decoration::Field { from, to, .. }
        | Decoration::Dash { from, to, .. } => (from, to),
        Decoration::Dot { centre, .. } | Decoration::Sesame { centre, .. } => {
            (centre.inline, centre.inline)
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_character_and_no_reading_is_lost(
        inlines in any_inlines(), tradition in 0..4usize, vertical: bool, em in 6..30i32,
    ) {
        let lines = composed(&inlines, tradition, vertical, Length::pt(10 * em)).value;
        let (mut text, mut readings) = (String::new(), Vec::new());
        flattened(&inlines, &mut text, &mut readings);
        let set: String = lines.iter().map(|line| line.text.as_str()).collect();
        prop_assert_eq!(set, text);
        let mut told: Vec<char> = lines
            .iter()
            .flat_map(|line| &line.beside)
            .flat_map(|(_, beside)| beside.text.chars())
            .collect();
        let mut wanted: Vec<char> = readings.concat().chars().collect();
        told.sort_unstable();
        wanted.sort_unstable();
        prop_assert_eq!(told, wanted);
    }

    #[test]
    fn nothing_stands_outside_the_measure_or_over_another(
        inlines in any_inlines(), tradition in 0..4usize, vertical: bool, em in 6..30i32,
    ) {
        let measure = Length::pt(10 * em);
        let found = composed(&inlines, tradition, vertical, measure);
        let overfull = found.diagnostics.iter().any(|d| d.code == Code::LineOverfull);
        for line in &found.value {
            let reach = line.start + line.set;
            prop_assert!(reach <= measure || overfull, "{} {reach:?}", line.text);
            let bound = measure.max(reach);
            let mut spans: Vec<(Length, Length, &str)> = line
                .beside
                .iter()
                .filter(|(_, beside)| vertical || beside.mode == line.mode)
                .map(|(at, beside)| (at.inline, at.inline + beside.set, beside.text.as_str()))
                .collect();
            spans.sort_unstable();
            for (from, to, reading) in &spans {
                prop_assert!(*from >= Length::ZERO && *to <= bound, "{reading} {from:?} {to:?}");
            }
            for pair in spans.windows(2) {
                prop_assert!(pair[0].1 <= pair[1].0, "{} {pair:?}", line.text);
            }
            for decoration in &line.decorations {
                let (from, to) = ends(decoration);
                prop_assert!(from >= Length::ZERO && to <= bound && from <= to, "{decoration:?}");
            }
        }
    }

    #[test]
    fn characters_stand_one_after_the_other(
        inlines in any_inlines(), tradition in 0..4usize, vertical: bool, em in 6..30i32,
    ) {
        let found = composed(&inlines, tradition, vertical, Length::pt(10 * em));
        for line in &found.value {
            let mut last = Length::ZERO;
            // Those of a note stand in two rows, between its brackets.
            let whole = |size: Length| size > line.size.scale(7, 10);
            for glyph in line.glyphs.iter().filter(|g| whole(g.size) && g.start < g.end) {
                prop_assert!(glyph.at >= last, "{} {:?}", line.text, glyph);
                last = glyph.at + glyph.advance;
            }
            let reach = line.start + line.set;
            for glyph in line.glyphs.iter().filter(|g| !whole(g.size)) {
                prop_assert!(glyph.at + glyph.advance <= reach.max(glyph.at), "{}", line.text);
            }
        }
    }
}
