//! What a paragraph is set to: its measure, its size and what stands around its text.

use std::collections::BTreeMap;

use crate::font::{FaceRole, Weight};
use crate::geom::{Em, Length, WritingMode};
use crate::model::style::LineBreak;
use crate::model::{Language, Style};
use crate::rules::adjust::LIMITS;

/// How a line lies in its measure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum TextAlign {
    /// Set to the full measure, the last line at the head.
    #[default]
    Justify,
    /// At the head.
    Start,
    /// In the middle.
    Centre,
    /// At the end.
    End,
}

/// How the breaks of a paragraph are chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Breaking {
    /// The lines that look best together.
    #[default]
    Optimum,
    /// Line after line, each as full as it can be: what most programs do, to compare with.
    Greedy,
    /// As the best, with so much badness put on every line, in thousandths of a unit: more of it
    /// makes fewer lines, less than nothing makes more of them.
    Leaning(i32),
}

/// Whose rules a paragraph is set by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Profile {
    /// Print: optimum-fit lines, shrunk and stretched by the tradition's tables.
    #[default]
    Print,
    /// CSS Text 4 as browsers ship it: greedy lines in natural lengths.
    Css(Css),
}

/// What profile `css` leaves open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Css {
    /// Where marks stand in their cells.
    pub marks: MarksOf,
    /// `line-break`; `None` for `auto`.
    pub line_break: Option<LineBreak>,
}

/// Where profile `css` has the place of 、，。：； in their cells from (composition rules §1.4).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum MarksOf {
    /// From the language of the text.
    Language,
    /// From the ink of the face, as browsers do.
    Face,
}

/// What one paragraph is set to.
///
/// ```
/// use banxin::geom::Length;
/// use banxin::layout::inline::Setting;
/// use banxin::model::{Language, Style};
/// let (style, language) = (Style::default(), Language::default());
/// let setting = Setting::new(&style, &language, Length::pt(210));
/// assert_eq!(setting.size, style.body_size);
/// assert_eq!(setting.indent, Length::ZERO);
/// ```
#[derive(Debug, Clone, Copy)]
pub struct Setting<'a> {
    /// Whose rules it is set by.
    pub profile: Profile,
    /// Length available to a line.
    pub measure: Length,
    /// Which way lines run.
    pub mode: WritingMode,
    /// Size of the text.
    pub size: Length,
    /// The part that its face plays.
    pub role: FaceRole,
    /// How heavy it is.
    pub weight: Weight,
    /// Indent of the first line.
    pub indent: Length,
    /// Indent of every other line (lists, verse).
    pub hanging_indent: Length,
    /// How lines lie in their measure.
    pub align: TextAlign,
    /// A line to which more than this is added between two characters is told of as loose.
    pub loose: Em,
    /// The language of the text.
    pub language: &'a Language,
    /// The label of each note, by its index.
    pub note_labels: &'a [String],
    /// The printed page of each id that can be referred to.
    pub page_of: Option<&'a BTreeMap<String, String>>,
}

impl<'a> Setting<'a> {
    /// Body text as `style` asks, without indent, notes or pages.
    #[must_use]
    pub fn new(style: &Style, language: &'a Language, measure: Length) -> Self {
        Self {
            profile: Profile::Print,
            measure,
            mode: style.writing_mode,
            size: style.body_size,
            role: FaceRole::Body,
            weight: Weight::Regular,
            indent: Length::ZERO,
            hanging_indent: Length::ZERO,
            align: if style.justify {
                TextAlign::Justify
            } else {
                TextAlign::Start
            },
            loose: LIMITS.between_max,
            language,
            note_labels: &[],
            page_of: None,
        }
    }
}

/// The least and the greatest length that a text asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Extent {
    /// Its longest piece that does not break.
    pub min: Length,
    /// Its length in one line.
    pub max: Length,
}
