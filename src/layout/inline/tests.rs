//! Tests of whole paragraphs in the bundled faces.

use crate::diag::{FileId, Span};
use crate::font::Faces;
use crate::geom::{Length, WritingMode};
use crate::layout::line::Line;
use crate::model::{Inline, Language, Style, Tradition};

use super::composer::Composer;
use super::setting::Setting;

fn text(text: &str) -> Inline {
    Inline::Text {
        text: text.to_owned(),
        span: Span::new(FileId(0), 0, text.len()),
    }
}

fn language(tradition: Tradition) -> Language {
    Language::new(match tradition {
        Tradition::HongKong => "zh-HK",
        Tradition::Taiwan => "zh-TW",
        Tradition::Mainland => "zh-CN",
        Tradition::Japan => "ja",
    })
}

const MODES: [WritingMode; 2] = [WritingMode::HorizontalTb, WritingMode::VerticalRl];

fn style(tradition: Tradition) -> Style {
    let mut style = Style::of(tradition);
    style.line_head = crate::model::style::LineHead::Keep;
    style.line_end = crate::model::style::LineEnd::Keep;
    style.body_size = Length::pt(10);
    style
}

fn lines(words: &str, em: i32, mode: WritingMode, style: &Style) -> Vec<Line> {
    let faces = Faces::bundled();
    let language = language(style.tradition);
    let setting = Setting {
        mode,
        ..Setting::new(style, &language, Length::pt(10 * em))
    };
    Composer::new(&faces, style)
        .paragraph(&[text(words)], &setting)
        .value
}

/// The natural length of a text in one line, in thousandths of an em.
fn advance(words: &str, mode: WritingMode, tradition: Tradition) -> i32 {
    let lines = lines(words, 100, mode, &style(tradition));
    assert_eq!(lines.len(), 1);
    lines[0].natural.milli() / 10
}

#[test]
fn vectors_of_neighbouring_marks() {
    // Composition rules §19: HK/TW H, HK/TW V, CN H, CN V, JP H, JP V.
    let rows: &[(&str, [i32; 6])] = &[
        ("「香港」（九龍）、『新界』。", [12000; 6]),
        ("他說：「好。」", [6500, 7000, 6000, 6500, 6000, 6000]),
        ("》《", [1500; 6]),
        ("）「", [1500; 6]),
        ("」」", [1500; 6]),
        ("「『", [1500; 6]),
        ("，「", [1500; 6]),
        ("。）", [2000, 2000, 1500, 1500, 1500, 1500]),
        ("』。」", [2500, 2500, 2000, 2000, 2000, 2000]),
        ("」。「", [2000; 6]),
        ("。・", [2000, 2000, 1500, 1500, 1500, 1500]),
        ("好！「", [3000; 6]),
        ("……」——", [5000; 6]),
        ("（一）、（二）", [6000; 6]),
    ];
    for (words, expected) in rows {
        let found = [Tradition::HongKong, Tradition::Mainland, Tradition::Japan]
            .map(|tradition| MODES.map(|mode| advance(words, mode, tradition)))
            .concat();
        assert_eq!(found, expected, "{words}");
    }
}
