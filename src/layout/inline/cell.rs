//! Cells: the units from which lines are made, each with its ink, its blank and what may follow.

use crate::font::FaceId;
use crate::geom::{Em, Length};
use crate::layout::line::Orientation;
use crate::rules::adjust::Stretch;
use crate::rules::class::CharClass;

/// A drawn glyph, by its distance from the start of its cell, nothing cut, and from the baseline.
#[derive(Debug, Clone, Copy)]
pub(super) struct Glyph {
    pub(super) face: FaceId,
    pub(super) id: u16,
    pub(super) size: Length,
    pub(super) width: Em,
    pub(super) inline: Length,
    pub(super) block: Length,
}

/// One unit along the line: a character, a cluster, a 縱中橫 box, a space.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cell {
    /// Its bytes in the text.
    pub(super) start: u32,
    pub(super) end: u32,
    /// Its glyphs in the arena.
    pub(super) glyph: u32,
    pub(super) glyphs: u16,
    pub(super) class: CharClass,
    /// Its first character.
    pub(super) first: char,
    /// Its last character that is not attached to another.
    pub(super) last: char,
    pub(super) orientation: Orientation,
    pub(super) size: Length,
    /// What the glyph draws before the body: the pen stands this much before it.
    pub(super) lead: i32,
    /// Blank before and after the body as the tables give it.
    pub(super) full_pre: i32,
    pub(super) full_post: i32,
    /// The same after its neighbours have taken theirs.
    pub(super) pre: i32,
    pub(super) post: i32,
    /// What is never taken.
    pub(super) body: i32,
    /// What the body has more at the head of a line, before the ink, and at a line's end: what a
    /// reading beside it loses there of its neighbours (less than nothing where it needs less).
    pub(super) at_head: i32,
    pub(super) at_tail: i32,
    /// Gap after it to Western text or from it, lost at a line's end.
    pub(super) gap: i32,
    /// How much a word space or the gap after it may shrink.
    pub(super) space_shrink: i32,
    pub(super) gap_shrink: i32,
    /// How much they may stretch before other places do.
    pub(super) space_stretch: i32,
    pub(super) gap_stretch: i32,
    /// The step of shrinking in which its blank gives; `u8::MAX` for never.
    pub(super) step: u8,
    /// When the place after it stretches.
    pub(super) stretch: Stretch,
    pub(super) flags: u16,
}

/// The cell and the next one never part.
pub(super) const JOINED: u16 = 1;
/// A break is allowed after it (U+200B).
pub(super) const BREAKS: u16 = 2;
/// A break with a hyphen is allowed after it (U+00AD).
pub(super) const SOFT_HYPHEN: u16 = 4;
/// Code: as typed, without gaps inside.
pub(super) const CODE: u16 = 8;
/// A space that stands for a gap.
pub(super) const GAP_SPACE: u16 = 16;
/// A narrow number sign or unit, set with its number.
pub(super) const NARROW: u16 = 32;
/// A page break of the author follows.
pub(super) const FORCED: u16 = 64;
/// A mark that stays with what is before it, without gaps: the mark of a note.
pub(super) const SOLID: u16 = 128;
/// Dashes that are drawn as a rule, because the face leaves gaps between them.
pub(super) const RULED: u16 = 256;
/// In a note of two half lines (割注).
pub(super) const WARICHU: u16 = 512;

impl Cell {
    /// Its length after its neighbours have taken theirs, with the gap after it.
    pub(super) const fn length(&self) -> i32 {
        self.pre + self.body + self.post + self.gap
    }

    pub(super) const fn has(&self, flag: u16) -> bool {
        self.flags & flag != 0
    }

    /// Whether it vanishes at a line's edge.
    pub(super) fn is_space(&self) -> bool {
        self.class == CharClass::WordSpace && !self.has(CODE)
    }
}

/// A paragraph as cells.
#[derive(Debug, Default)]
pub(super) struct Cells {
    pub(super) cells: Vec<Cell>,
    pub(super) glyphs: Vec<Glyph>,
}
