//! Tests of whole paragraphs in the bundled faces.

use crate::diag::{FileId, Span};
use crate::files::Memory;
use crate::font::subset::web_subset;
use crate::font::{FaceId, Faces};
use crate::geom::{Length, WritingMode};
use crate::layout::line::{Line, Orientation};
use crate::model::style::{FontChoice, FontName, Grid, Hanging, Kinsoku, MarkPosition};
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

#[test]
fn first_vector_glyph_by_glyph() {
    for tradition in [Tradition::HongKong, Tradition::Mainland, Tradition::Japan] {
        for mode in MODES {
            let lines = lines("「香港」（九龍）、『新界』。", 100, mode, &style(tradition));
            let advances: Vec<i32> = lines[0]
                .glyphs
                .iter()
                .map(|glyph| glyph.advance.milli() / 10)
                .collect();
            assert_eq!(
                advances,
                [
                    1000, 1000, 1000, 1000, 500, 1000, 1000, 500, 1000, 500, 1000, 1000, 500, 1000
                ],
                "{tradition:?} {mode:?}"
            );
        }
    }
}

/// From the start of a cell to its glyph's ink, from that ink to the end of the cell, and the
/// middle of the ink above the baseline of a horizontal line, in thousandths of an em.
fn ink_in_cell(line: &Line, number: usize) -> (i32, i32, i32) {
    let faces = Faces::bundled();
    let glyph = &line.glyphs[number];
    let ink = faces.face(glyph.face).ink(glyph.id).unwrap();
    let moved = glyph.offset.inline.milli() / 10;
    let before = moved + ink.x_min.milli();
    let after = glyph.advance.milli() / 10 - moved - ink.x_max.milli();
    let middle = (ink.y_min.milli() + ink.y_max.milli()) / 2 - glyph.offset.block.milli() / 10;
    (before, after, middle)
}

#[test]
fn dashes_that_join_stand_clear_and_on_the_axis() {
    // GB/T 15834 §5.1.6: half an em, 上下居中; a whole one in Hong Kong and Taiwan.
    for (tradition, least) in [
        (Tradition::HongKong, 200),
        (Tradition::Mainland, 30),
        (Tradition::Japan, 30),
    ] {
        for mode in MODES {
            let lines = lines("九–十", 100, mode, &style(tradition));
            let (before, after, middle) = ink_in_cell(&lines[0], 1);
            assert!(before >= least && after >= least, "{tradition:?} {mode:?}");
            assert!((before - after).abs() <= 10, "{tradition:?} {mode:?}");
            if mode == WritingMode::HorizontalTb {
                assert!((middle - 380).abs() <= 80, "{tradition:?} at {middle}");
            }
        }
    }
}

#[test]
fn line_ends_give_way_by_tradition() {
    // Composition rules §19: measure 11 em, head trimmed, natural 11.5 (CN 11).
    let words = "「香港」（九龍）、『新界』。";
    for (tradition, natural, stop) in [
        (Tradition::HongKong, 115_000, 500),
        (Tradition::Mainland, 110_000, 500),
        (Tradition::Japan, 115_000, 500),
    ] {
        let mut style = Style::of(tradition);
        style.body_size = Length::pt(10);
        let lines = lines(words, 11, WritingMode::HorizontalTb, &style);
        assert_eq!(lines.len(), 1, "{tradition:?}");
        assert_eq!(lines[0].natural.milli(), natural, "{tradition:?}");
        assert_eq!(lines[0].set.milli(), 110_000, "{tradition:?}");
        let last = lines[0].glyphs.last().unwrap();
        assert_eq!(last.advance.milli() / 10, stop, "{tradition:?}");
        assert_eq!(lines[0].glyphs[0].advance.milli(), 5000, "{tradition:?}");
    }
}

#[test]
fn spaces_stay_in_the_text_and_gaps_do_not_enter_it() {
    let style = style(Tradition::HongKong);
    for (words, em) in [("用AI寫", 2500), ("用 AI 寫", 2500), ("用  AI寫", 2500)] {
        let lines = lines(words, 100, WritingMode::HorizontalTb, &style);
        assert_eq!(lines[0].text, words);
        let letters: i32 = lines[0]
            .glyphs
            .iter()
            .filter(|g| words[g.range()].chars().all(|c| c.is_ascii_alphabetic()))
            .map(|g| Faces::bundled().face(g.face).advance(g.id).milli())
            .sum();
        assert!(
            (lines[0].natural.milli() / 10 - (em + letters)).abs() <= 20,
            "{words}: {} {letters}",
            lines[0].natural.milli()
        );
    }
}

/// Text that no typesetter would meet, set in a time that grows with its length.
#[test]
fn hostile_text_is_set() {
    const MANY: usize = 20_000;
    let style = style(Tradition::HongKong);
    let rows = [
        "「",
        "」",
        "。」",
        "—",
        "…",
        "a",
        "9",
        " ",
        "\u{3000}",
        "\u{200b}",
        "\u{301}",
        "甲\u{301}",
        "a/",
        "甲 ",
        "a ",
        "1,",
        "％",
        "“",
        "’",
        "\u{ad}",
        "\u{e000}",
        "\u{202e}",
        "א",
        "!?",
        "(",
        "😀\u{200d}",
    ];
    for unit in rows {
        let count = unit.chars().count();
        for mode in MODES {
            let words = unit.repeat(MANY / count);
            let lines = lines(&words, 20, mode, &style);
            let set: String = lines.iter().map(|line| line.text.as_str()).collect();
            assert_eq!(set.len(), words.len(), "{unit} {mode:?}");
        }
    }
}

/// Ten thousand marks in a row, under the keys that give marks a way out: every line but the
/// forced ones fits, and nothing is lost.
#[test]
fn ten_thousand_marks_are_set() {
    let plain = |tradition, kinsoku| Style {
        kinsoku,
        cluster_escape: true,
        body_size: Length::pt(10),
        ..Style::of(tradition)
    };
    let hanging = Style {
        hanging: Hanging::Force,
        ..plain(Tradition::Japan, Kinsoku::VeryStrict)
    };
    let squares = Style {
        grid: Grid::Strict,
        ..plain(Tradition::Taiwan, Kinsoku::Strict)
    };
    let styles = [
        plain(Tradition::HongKong, Kinsoku::Strict),
        plain(Tradition::Mainland, Kinsoku::Gb),
        hanging,
        squares,
    ];
    for (number, unit) in ["。」", "、", "「", "—…", "，！？", "〳〵"]
        .iter()
        .enumerate()
    {
        let words = unit.repeat(10_000 / unit.chars().count());
        for (i, style) in styles.iter().enumerate() {
            let measure = [1, 20][(number + i) % 2];
            let lines = lines(&words, measure, MODES[i % 2], style);
            let set: String = lines.iter().map(|line| line.text.as_str()).collect();
            assert!(set == words, "{unit} {i}");
            if measure == 20 {
                let longest = lines.iter().map(|line| line.set.milli()).max();
                assert!(longest <= Some(200_000), "{unit} {i}: {longest:?}");
            }
        }
    }
}

#[test]
fn a_measure_of_nothing_is_survived() {
    let style = style(Tradition::HongKong);
    for em in [-1, 0, 1] {
        for mode in MODES {
            let words = "「版心」，AI 2025年——好……";
            let lines = lines(words, em, mode, &style);
            let set: String = lines.iter().map(|line| line.text.as_str()).collect();
            assert_eq!(set, words);
        }
    }
}

#[test]
fn extents_are_the_longest_piece_and_the_whole() {
    let faces = Faces::bundled();
    let style = style(Tradition::HongKong);
    let language = language(Tradition::HongKong);
    let setting = Setting::new(&style, &language, Length::pt(100));
    let composer = Composer::new(&faces, &style);
    let extent = |words: &str| composer.extent(&[text(words)], &setting);
    assert_eq!(extent(""), super::setting::Extent::default());
    assert_eq!(extent("一二三").min, Length::pt(10));
    assert_eq!(extent("一二三").max, Length::pt(30));
    assert_eq!(extent("一二三。").min, Length::pt(20));
    assert_eq!(extent("一——二").min, Length::pt(20));
}

/// The middle of a mark's ink between two Han characters, in thousandths of an em: along its cell
/// from its start, and across the line from its middle (upwards, or to the right). And its cell.
fn ink_of(mark: char, mode: WritingMode, tradition: Tradition) -> (i32, i32, i32) {
    let faces = Faces::bundled();
    let lines = lines(&format!("版{mark}版"), 100, mode, &style(tradition));
    let glyph = lines[0].glyphs[1];
    let face = faces.face(glyph.face);
    let ink = face.ink(glyph.id).unwrap();
    let x = (ink.x_min.milli() + ink.x_max.milli()) / 2;
    let y = (ink.y_min.milli() + ink.y_max.milli()) / 2;
    let (inline, block) = (
        glyph.offset.inline.milli() / 10,
        glyph.offset.block.milli() / 10,
    );
    let (along, across) = if !mode.is_vertical() {
        (inline + x, y - block - 380)
    } else if glyph.orientation == Orientation::Rotated {
        (inline + x, y - block)
    } else {
        let origin = face.vertical_origin(glyph.id);
        (
            inline + origin.block.milli() - y,
            x - origin.inline.milli() - block,
        )
    };
    (along, across, glyph.advance.milli() / 10)
}

#[test]
fn ink_stands_where_the_tradition_wants_it() {
    // Composition rules §3, by column: cell, middle along it, and across it where a place is
    // asked for (in horizontal lines most marks keep to the baseline of their face).
    const ANY: i32 = i32::MAX;
    type Row = (&'static str, [(i32, i32, i32); 6]);
    let centre = (1000, 500, 0);
    let line = (1000, 500, ANY);
    let (low, right) = ((1000, 200, -320), (1000, 200, 310));
    let (start, half) = ((1000, 250, ANY), (500, 250, ANY));
    let fixed_right = (1000, 500, 250);
    // HK/TW H, HK/TW V, CN H, CN V, JP H, JP V.
    let rows: &[Row] = &[
        ("，、。．", [line, centre, low, right, low, right]),
        ("：", [line, centre, start, fixed_right, line, centre]),
        ("；", [line, centre, start, fixed_right, line, centre]),
        ("！？", [line, centre, start, fixed_right, line, centre]),
        ("‼⁇⁈⁉", [line, centre, line, centre, line, centre]),
        ("·‧•", [line, centre, half, half, line, centre]),
        ("・", [centre, centre, centre, centre, centre, centre]),
        ("–", [line, centre, half, half, half, half]),
        ("゠", [line, centre, half, half, half, half]),
        ("～〜—…", [centre, centre, centre, centre, centre, centre]),
        ("／", [line, centre, half, half, line, centre]),
        ("°′", [line, line, line, line, line, line]),
    ];
    let columns: Vec<(Tradition, WritingMode)> =
        [Tradition::HongKong, Tradition::Mainland, Tradition::Japan]
            .into_iter()
            .flat_map(|tradition| MODES.map(|mode| (tradition, mode)))
            .collect();
    for (marks, wanted) in rows {
        for mark in marks.chars() {
            for ((tradition, mode), (cell, along, across)) in columns.iter().zip(wanted) {
                let found = ink_of(mark, *mode, *tradition);
                let at = format!("{mark} {tradition:?} {mode:?} {found:?}");
                assert_eq!(found.2, *cell, "{at}");
                assert!((found.0 - along).abs() <= 100, "{at}");
                assert!(*across == ANY || (found.1 - across).abs() <= 100, "{at}");
            }
        }
    }
}

#[test]
fn marks_move_where_the_author_asks() {
    for mode in MODES {
        let mut corner = style(Tradition::HongKong);
        corner.mark_position = MarkPosition::Corner;
        // A corner mark gives its blank to the next one, a centred one does not.
        let natural = |style: &Style| lines("好。）", 100, mode, style)[0].natural.milli();
        assert_eq!(natural(&corner), 25_000);
        assert_eq!(natural(&style(Tradition::HongKong)), 30_000);
        let mut centre = style(Tradition::Japan);
        centre.mark_position = MarkPosition::Centre;
        assert_eq!(natural(&centre), 30_000);
    }
}

#[test]
fn marks_of_chinese_text_stand_in_its_face() {
    let own: std::collections::BTreeSet<char> = "Ab12—“”…’".chars().collect();
    let bundled = Faces::bundled();
    let western = web_subset(bundled.face(FaceId(0)), &own).unwrap();
    let choice = FontChoice {
        body: vec![FontName {
            name: "a.ttf".to_owned(),
            span: None,
        }],
        ..FontChoice::default()
    };
    let faces = Faces::open(&choice, &Memory::new([("a.ttf", western)]))
        .unwrap()
        .value;
    let style = style(Tradition::HongKong);
    for mode in MODES {
        let language = language(Tradition::HongKong);
        let setting = Setting {
            mode,
            ..Setting::new(&style, &language, Length::pt(400))
        };
        let words = "甲“Ab12”乙——丙…丁A’b";
        let composer = Composer::new(&faces, &style);
        let line = composer.paragraph(&[text(words)], &setting).value.remove(0);
        let of_western: String = line
            .glyphs
            .iter()
            .filter(|glyph| glyph.face == FaceId(4))
            .map(|glyph| &line.text[glyph.range()])
            .collect();
        assert_eq!(of_western, "Ab12A’b", "{mode:?}");
    }
}
