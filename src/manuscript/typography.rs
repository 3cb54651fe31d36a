//! `[typography]`: every choice of composition, checked and resolved over a tradition's defaults.

use crate::diag::Sink;
use crate::geom::{Length, WritingMode};
use crate::model::style::{
    Acronym, DEFAULT_PITCH, FontChoice, FontName, Grid, Hanging, Kinsoku, LineBreak, LineEnd,
    LineHead, LongDigits, MarkPosition, MissingGlyphs, NoteMark, Punctuation, VerticalQuotes,
};
use crate::model::{Language, Style, Tradition};

use super::section::Section;
use super::tree::Kind;
use super::values::thousandths;

const TRADITIONS: &[(&str, Tradition)] = &[
    ("hong-kong", Tradition::HongKong),
    ("taiwan", Tradition::Taiwan),
    ("mainland", Tradition::Mainland),
    ("japan", Tradition::Japan),
];

/// Writing modes by name, also of `[output.epub]`.
pub(crate) const WRITING_MODES: &[(&str, WritingMode)] = &[
    ("vertical-rl", WritingMode::VerticalRl),
    ("horizontal-tb", WritingMode::HorizontalTb),
];

/// Sizes outside of these are slips: below 4 pt nobody reads, above 72 pt a line holds nothing.
const BODY_SIZES: std::ops::RangeInclusive<Length> = Length::pt(4)..=Length::pt(72);

/// Line pitch as a factor of the body size, in thousandths.
const PITCHES: std::ops::RangeInclusive<i32> = 1000..=4000;

/// The style of a publication in `language`.
pub(crate) fn read(section: Option<Section<'_>>, language: &Language, sink: &mut Sink) -> Style {
    let Some(mut section) = section else {
        return Style::of(language.tradition());
    };
    let tradition = section.choice("tradition", TRADITIONS, sink);
    let mut style = Style::of(tradition.unwrap_or_else(|| language.tradition()));

    macro_rules! set {
        ($field:ident, $read:expr) => {
            if let Some(value) = $read {
                style.$field = value;
            }
        };
    }
    let s = &mut section;
    set!(writing_mode, s.choice("writing-mode", WRITING_MODES, sink));
    set!(kinsoku, kinsoku(s, style.tradition, sink));
    set!(line_break, s.choice("line-break", LineBreak::VALUES, sink));
    set!(cluster_escape, s.truth("cluster-escape", sink));
    set!(
        ellipsis_at_line_head,
        s.truth("ellipsis-at-line-head", sink)
    );
    set!(
        punctuation,
        s.choice("punctuation", Punctuation::VALUES, sink)
    );
    set!(
        mark_position,
        s.choice("mark-position", MarkPosition::VALUES, sink)
    );
    set!(line_head, s.choice("line-head", LineHead::VALUES, sink));
    set!(line_end, s.choice("line-end", LineEnd::VALUES, sink));
    set!(hanging, s.choice("hanging", Hanging::VALUES, sink));
    set!(western_gap, s.em("western-gap", 0..=500, sink));
    set!(western_size, s.em("western-size", 500..=1500, sink));
    set!(western_shift, s.em("western-shift", -500..=500, sink));
    set!(indent, s.em("indent", 0..=10_000, sink));
    set!(grid, s.choice("grid", Grid::VALUES, sink));
    set!(
        long_digits,
        s.choice("long-digits", LongDigits::VALUES, sink)
    );
    set!(acronym, s.choice("acronym", Acronym::VALUES, sink));
    set!(
        vertical_quotes,
        s.choice("vertical-quotes", VerticalQuotes::VALUES, sink)
    );
    set!(note_mark, s.choice("note-mark", NoteMark::VALUES, sink));
    set!(justify, s.truth("justify", sink));
    set!(
        missing_glyphs,
        s.choice("missing-glyphs", MissingGlyphs::VALUES, sink)
    );
    if let Some(size) = s.length("body-size", BODY_SIZES, sink) {
        style.body_size = size;
        style.size_given = true;
        style.line_pitch = DEFAULT_PITCH.of(size);
    }
    if let Some(pitch) = pitch(s, style.body_size, sink) {
        style.line_pitch = pitch;
        style.pitch_given = true;
    }
    if let Some(fonts) = s.section("fonts", sink) {
        style.fonts = font_choice(fonts, sink);
    }
    section.finish(sink);
    style
}

/// Chinese and Japanese have their own levels; `strict` is a level of both.
fn kinsoku(section: &mut Section<'_>, tradition: Tradition, sink: &mut Sink) -> Option<Kinsoku> {
    let value = section.choice("kinsoku", Kinsoku::VALUES, sink)?;
    let fits = match value {
        Kinsoku::Strict => true,
        Kinsoku::None | Kinsoku::Basic | Kinsoku::Gb => tradition != Tradition::Japan,
        Kinsoku::VeryLoose | Kinsoku::Loose | Kinsoku::VeryStrict => tradition == Tradition::Japan,
    };
    if fits {
        return Some(value);
    }
    let span = section.get("kinsoku").and_then(|v| v.span);
    let why = format!(
        "is `{}`, which is no level of the tradition `{}`",
        value.name(),
        tradition.name()
    );
    let levels = if tradition == Tradition::Japan {
        "very-loose, loose, strict, very-strict"
    } else {
        "none, basic, gb, strict"
    };
    sink.push(
        section
            .refuse("kinsoku", span, &why)
            .hint(format!("use one of: {levels}")),
    );
    None
}

/// A pitch is a length or a factor of the body size.
fn pitch(section: &mut Section<'_>, body: Length, sink: &mut Sink) -> Option<Length> {
    let value = section.get("line-pitch")?;
    let (least, most) = (body.scale(i64::from(*PITCHES.start()), 1000), body * 4);
    match &value.kind {
        Kind::Whole(_, raw) | Kind::Decimal(raw) => {
            match thousandths(raw).filter(|n| PITCHES.contains(n)) {
                Some(factor) => Some(body.scale(i64::from(factor), 1000)),
                None => {
                    let why = format!("is {raw}, out of its range");
                    let fault = section.refuse("line-pitch", value.span, &why);
                    sink.push(fault.hint("write 1 to 4 (times the body size), or a length"));
                    None
                }
            }
        }
        _ => section.length("line-pitch", least..=most, sink),
    }
}

fn font_choice(mut section: Section<'_>, sink: &mut Sink) -> FontChoice {
    let mut names = |key: &'static str| -> Vec<FontName> {
        let mut names = Vec::new();
        for words in section.texts(key, sink).unwrap_or_default() {
            if words.text.trim().is_empty() {
                let fault = section.refuse(key, words.span, "names a face without a name");
                sink.push(fault.hint("write a family name or the path of a font file"));
            } else {
                names.push(FontName {
                    name: words.text.trim().to_owned(),
                    span: words.span,
                });
            }
        }
        names
    };
    let fonts = FontChoice {
        body: names("body"),
        bold: names("bold"),
        heading: names("heading"),
        caption: names("caption"),
        code: names("code"),
        emoji: names("emoji"),
    };
    section.finish(sink);
    fonts
}
