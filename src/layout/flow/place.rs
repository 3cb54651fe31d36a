//! Where blocks are set: measure, size, voice and the group that holds them, narrowed block by block.

use crate::geom::Length;
use crate::layout::frame::FrameKind;
use crate::layout::grid::PageGrid;
use crate::layout::inline::TextAlign;

use super::desk::Voice;

/// A list nested deeper than the measure allows is not indented further than this many em of text.
const FEWEST_EM: i32 = 8;

/// A group of a galley, by its place there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct GroupId(pub(crate) usize);

/// Where blocks are set.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Place {
    /// The group around them.
    pub(crate) group: Option<GroupId>,
    /// From the head of the type area to the head of their lines.
    pub(crate) inset: Length,
    /// Length of their lines.
    pub(crate) measure: Length,
    /// Size of their text.
    pub(crate) size: Length,
    /// Their voice.
    pub(crate) voice: Voice,
    /// What a paragraph is called.
    pub(crate) kind: FrameKind,
    /// How far their lines lie apart.
    pub(crate) pitch: Pitch,
    /// Whether paragraphs have a first-line indent.
    pub(crate) indent: Indent,
    /// What becomes of their ends where lines are short.
    pub(crate) short: Short,
    /// How many lists are around them.
    pub(crate) lists: usize,
    /// How deep a heading set here stands, the article's own headline being 1.
    pub(crate) level: u8,
    /// Over so many em a title of two or three Han characters is spread; nought for not at all.
    pub(crate) spread: i32,
    /// What they are set on.
    pub(crate) ground: Ground,
}

/// What blocks are set on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ground {
    /// The type area of pages: what is large may have a page of its own.
    Page,
    /// A type area inside a frame of a page, as a newspaper's boxes have.
    Frame,
}

/// What becomes of the ends of lines too short to be justified well.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Short {
    /// They end alike all the same: running text.
    Justified,
    /// They end as they come: notes, boxes.
    Ragged,
}

/// How far lines lie apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Pitch {
    /// So many lines of the page's grid each.
    Grid(i32),
    /// A pitch of their own, for text smaller than the body's.
    Own(Length),
}

/// Whether paragraphs have a first-line indent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Indent {
    /// As the house has it.
    House,
    /// So far, for a marker that found no room before the lines.
    By(Length),
    /// None.
    None,
}

/// Lines of fewer em than this are short: newspapers set their notes, boxes and captions ragged,
/// where a Western word would else leave gaps.
const RAGGED_UNDER: i32 = 12;

impl Place {
    /// How lines stand in the measure.
    pub(crate) fn align(&self) -> TextAlign {
        if self.short == Short::Ragged && self.measure < self.size * RAGGED_UNDER {
            TextAlign::Start
        } else {
            TextAlign::Justify
        }
    }

    /// The type area of a page.
    pub(crate) fn page(grid: &PageGrid) -> Self {
        Self {
            group: None,
            inset: Length::ZERO,
            measure: grid.measure(),
            size: grid.size,
            voice: Voice::BODY,
            kind: FrameKind::Paragraph,
            pitch: Pitch::Grid(1),
            indent: Indent::House,
            short: Short::Justified,
            lists: 0,
            level: 0,
            spread: 0,
            ground: Ground::Page,
        }
    }

    /// Whether it is on a page and in no group: what is set here may have a page of its own.
    pub(crate) fn is_free(&self) -> bool {
        self.group.is_none() && self.ground == Ground::Page
    }

    /// The place inside a group.
    pub(crate) fn inside(self, group: GroupId) -> Self {
        Self {
            group: Some(group),
            ..self
        }
    }

    /// The place moved in at the lines' head, as far as enough of the measure is left.
    pub(crate) fn moved_in(self, by: Length) -> Self {
        let most = (self.measure - self.size * FEWEST_EM).at_least_zero();
        let by = by.min(most);
        Self {
            inset: self.inset + by,
            measure: self.measure - by,
            ..self
        }
    }

    /// The place of what hangs behind a marker so wide. Where too little of the measure would be
    /// left, first lines alone begin behind it.
    pub(crate) fn hung(self, by: Length) -> Self {
        let inner = self.moved_in(by);
        let rest = by - (inner.inset - self.inset);
        let indent = if rest > Length::ZERO {
            Indent::By(rest)
        } else {
            Indent::None
        };
        Self { indent, ..inner }
    }

    /// How far first lines begin behind a marker that found no room before the lines.
    pub(crate) fn first_indent(&self) -> Length {
        match self.indent {
            Indent::By(marker) => marker,
            Indent::House | Indent::None => Length::ZERO,
        }
    }

    /// The place narrowed at both ends of the lines.
    pub(crate) fn narrowed(self, by: Length) -> Self {
        let inner = self.moved_in(by);
        let moved = inner.inset - self.inset;
        if inner.measure - moved < self.size * FEWEST_EM {
            return inner;
        }
        Self {
            measure: inner.measure - moved,
            ..inner
        }
    }

    /// From one line's start to the next one's.
    pub(crate) fn advance(&self, grid: &PageGrid) -> Length {
        match self.pitch {
            Pitch::Grid(lines) => grid.pitch * lines,
            Pitch::Own(pitch) => pitch,
        }
    }

    /// The part of an advance that must fit on the page.
    pub(crate) fn body(&self, grid: &PageGrid) -> Length {
        match self.pitch {
            Pitch::Grid(lines) => grid.depth_of(lines),
            Pitch::Own(_) => self.size,
        }
    }
}

/// A count of a theme, which is never large.
pub(crate) fn whole(count: u32) -> i32 {
    i32::try_from(count).unwrap_or(i32::MAX)
}

/// A length rounded up to whole em.
pub(crate) fn whole_em(length: Length, size: Length) -> Length {
    let em = size.wide().max(1);
    Length::from_wide((length.wide() + em - 1).div_euclid(em) * em)
}
