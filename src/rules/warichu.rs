//! Notes in two half lines (割注, 夾注) as data: their size, and where their halves stand.

use crate::geom::{Em, Length, WritingMode};

/// A note is half as large as the text around it (jlreq #warichu; clreq
/// #positioning_of_interlinear_comments).
pub const SIZE: Em = Em::HALF;
/// The narrowest measure, in em of the text, in which a note is set in two lines.
pub const LEAST_MEASURE: Em = Em::from_milli(5000);

/// From the axis or baseline of the line to those of its halves, in em of the line: the two em-boxes
/// fill the em-box of the line, so that its pitch stays.
const VERTICAL: [Em; 2] = [Em::from_milli(-250), Em::from_milli(250)];
const HORIZONTAL: [Em; 2] = [Em::from_milli(-440), Em::from_milli(60)];

/// One of the halves of a note.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Half {
    /// The right one of a vertical line, the upper one of a horizontal line.
    First,
    /// The other one.
    Second,
}

/// How far across the line from the axis or baseline of text of `size` a half of a note stands.
///
/// ```
/// use banxin::geom::{Length, WritingMode};
/// use banxin::rules::warichu::{Half, across};
/// let right = across(WritingMode::VerticalRl, Half::First, Length::pt(10));
/// assert_eq!(right, Length::from_milli(-2500));
/// ```
#[must_use]
pub fn across(mode: WritingMode, half: Half, size: Length) -> Length {
    let halves = if mode.is_vertical() {
        VERTICAL
    } else {
        HORIZONTAL
    };
    halves[half as usize].of(size)
}
