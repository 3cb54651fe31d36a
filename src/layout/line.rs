//! One composed line: glyphs in their cells, with what stands beside them, measured and set.

use std::ops::Range;

use crate::diag::Span;
use crate::font::FaceId;
use crate::geom::{Em, Length, Logical, WritingMode};
use crate::model::{Language, LinkTarget};

/// A line of text, measured and justified.
///
/// Its origin is the start of its baseline: in vertical lines the **middle** of the em-box at the
/// line's head, in horizontal lines the **alphabetic** baseline at the line's left. `inline` runs
/// along the line, `block` towards the next line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Which way it runs.
    pub mode: WritingMode,
    /// Size of its paragraph's text; the em-box of the line.
    pub size: Length,
    /// The characters set, in reading order, without soft breaks.
    pub text: String,
    /// Its glyphs, in reading order.
    pub glyphs: Vec<SetGlyph>,
    /// Rules, waves and dots beside its glyphs.
    pub decorations: Vec<Decoration>,
    /// Readings and interlinear notes: each a line, by the offset of its origin from this one's.
    pub beside: Vec<(Logical<Length>, Line)>,
    /// Stretches that lead somewhere.
    pub links: Vec<LinkRange>,
    /// Stretches of its text that are read in another way than the rest, in order.
    pub voices: Vec<(Range<u32>, Voice)>,
    /// Distance from the head of the measure to its first cell (indent or alignment).
    pub start: Length,
    /// Length of its cells before shrinking and stretching.
    pub natural: Length,
    /// Length of its cells as set.
    pub set: Length,
    /// How far a hanging mark stands outside the measure.
    pub hang: Length,
    /// Whether it is the last of its paragraph or ends with a break that the author asked for.
    pub last: bool,
    /// Where its text stands in the source.
    pub span: Span,
    /// Of a reading: the bytes of the line beside it over which it stands.
    pub base: Range<u32>,
    /// Whether it is the marker of a list's item or of a note.
    pub label: bool,
}

/// A glyph in its cell.
///
/// The pen stands at `at + offset.inline` along the line and `offset.block` across it. What the
/// pen means follows the orientation: the glyph's vertical origin (`Upright` in a vertical line),
/// its horizontal origin turned with the glyph (`Rotated`), or its horizontal origin (`Combined`,
/// and every glyph of a horizontal line).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SetGlyph {
    /// Its face; [`FaceId::MISSING`] for a character that no face has: a framed box with the code
    /// point, one em square, is drawn in its cell.
    pub face: FaceId,
    /// Its number in the face.
    pub id: u16,
    /// Its size.
    pub size: Length,
    /// Width as drawn in thousandths of its own: 1000 but in a squeezed 縱中橫.
    pub width: Em,
    /// How it stands.
    pub orientation: Orientation,
    /// Where its cell starts, from the line's origin.
    pub at: Length,
    /// Length of its cell as set, with the space that follows it.
    pub advance: Length,
    /// From the cell's start and the baseline to the pen.
    pub offset: Logical<Length>,
    /// First byte in [`Line::text`] of the characters it stands for.
    pub start: u32,
    /// One past their last byte. Equal to `start` for a second glyph of one cluster.
    pub end: u32,
}

impl SetGlyph {
    /// The bytes of [`Line::text`] that it stands for.
    #[must_use]
    pub fn range(&self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// How a glyph stands in its line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Orientation {
    /// Upright.
    Upright,
    /// Turned a quarter clockwise.
    Rotated,
    /// Upright inside 縱中橫.
    Combined,
}

impl Orientation {
    /// The name in `inspect`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Upright => "upright",
            Self::Rotated => "rotated",
            Self::Combined => "combined",
        }
    }
}

/// Ink beside glyphs that is no text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decoration {
    /// A straight rule along the line (專名號, 傍線, strike, underline).
    Rule {
        /// Its start along the line.
        from: Length,
        /// Its end along the line.
        to: Length,
        /// Its middle across the line.
        block: Length,
        /// Its thickness.
        weight: Length,
    },
    /// A wavy rule along the line (書名號).
    Wave {
        /// Its start along the line.
        from: Length,
        /// Its end along the line.
        to: Length,
        /// Its middle across the line.
        block: Length,
        /// Its thickness.
        weight: Length,
    },
    /// A filled dot (着重號).
    Dot {
        /// Its middle.
        centre: Logical<Length>,
        /// Its diameter.
        diameter: Length,
    },
    /// A filled dot like a sesame seed (圏点 of vertical lines), its point at the upper left.
    Sesame {
        /// Its middle.
        centre: Logical<Length>,
        /// Its height.
        diameter: Length,
    },
    /// A tinted field behind glyphs (`<mark>`).
    Field {
        /// Its start along the line.
        from: Length,
        /// Its end along the line.
        to: Length,
        /// Its middle across the line.
        block: Length,
        /// Its extent across the line.
        extent: Length,
    },
    /// A drawn dash of the length of its characters, where a face leaves a gap.
    Dash {
        /// Its start along the line.
        from: Length,
        /// Its end along the line.
        to: Length,
        /// Its middle across the line.
        block: Length,
        /// Its thickness.
        weight: Length,
    },
}

/// How a stretch of a line is read, where it is not as the rest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Voice {
    /// In another language than its paragraph.
    Language(Language),
    /// As a note between the lines (割注): the bytes of the line within its brackets.
    Interlinear(Range<u32>),
}

/// A stretch of a line that leads somewhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LinkRange {
    /// Its start along the line.
    pub from: Length,
    /// Its end along the line.
    pub to: Length,
    /// Where it leads.
    pub target: LinkTarget,
}
