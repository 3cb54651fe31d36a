//! Where the notes of a book stand, by the direction of its lines and by tradition.

use crate::geom::WritingMode;
use crate::model::Tradition;

/// Where notes stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum NotePlace {
    /// At the foot of the page of their mark (腳註).
    PageFoot,
    /// At the left of the odd page, for the marks of both pages of the spread (傍注).
    SpreadEnd,
    /// After the chapter (章末註).
    ChapterEnd,
}

/// Vertical books by tradition; horizontal ones have their notes at the foot everywhere.
///
/// Side notes: composition rules §15 (jlreq). Vertical books of the Mainland are editions of the
/// classics above all, whose notes follow each chapter.
#[rustfmt::skip]
const VERTICAL: [(Tradition, NotePlace); 4] = [
    (Tradition::HongKong, NotePlace::SpreadEnd),
    (Tradition::Taiwan,   NotePlace::SpreadEnd),
    (Tradition::Mainland, NotePlace::ChapterEnd),
    (Tradition::Japan,    NotePlace::SpreadEnd),
];

impl NotePlace {
    /// Where a tradition's books have their notes in lines of a direction.
    ///
    /// ```
    /// use banxin::{geom::WritingMode, model::Tradition, rules::notes::NotePlace};
    /// let place = |mode| NotePlace::of(Tradition::Japan, mode);
    /// assert_eq!(place(WritingMode::HorizontalTb), NotePlace::PageFoot);
    /// assert_eq!(place(WritingMode::VerticalRl), NotePlace::SpreadEnd);
    /// ```
    #[must_use]
    pub fn of(tradition: Tradition, mode: WritingMode) -> Self {
        if !mode.is_vertical() {
            return Self::PageFoot;
        }
        VERTICAL
            .iter()
            .find(|row| row.0 == tradition)
            .map_or(Self::ChapterEnd, |row| row.1)
    }
}
