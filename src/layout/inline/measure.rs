//! Sums over the cells of a paragraph, so that any stretch of them is measured as a line at once.

use crate::model::style::Hanging;
use crate::rules::adjust::{Giver, Stretch};
use crate::rules::body::Role;
use crate::rules::class::CharClass;
use crate::rules::edges::{EndBlank, FirstLine};
use crate::rules::house::House;

use super::cell::{Cell, FORCED, SOLID, WARICHU};
use super::warichu::{Fragment, Notes};

/// Sums over cells, up to but not including the cell at their place.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Sums {
    /// Length with gaps.
    pub(super) natural: i64,
    /// What marks, spaces and gaps may give in all steps but the last.
    pub(super) shrink: i64,
    /// What the last step may give (sentence ends).
    pub(super) stops: i64,
    /// What spaces and gaps may take.
    pub(super) stretch: i64,
    /// Places that stretch early, and all that stretch at all.
    pub(super) early: i32,
    pub(super) places: i32,
}

/// A paragraph whose stretches can be measured.
pub(super) struct Measured<'a> {
    pub(super) cells: &'a [Cell],
    pub(super) house: &'a House,
    sums: Vec<Sums>,
    /// The last step of shrinking, whose blank counts apart.
    stops_step: u8,
    hanging: Hanging,
    /// Whether lines are as long as their sums, notes apart: nothing hangs, and no grid.
    plain: bool,
    /// One em of the paragraph, where its lines keep to the squares of 稿紙.
    grid: Option<i64>,
    notes: &'a Notes,
}

/// Where a line ends, for the question whether its last mark hangs.
#[derive(Debug, Clone, Copy)]
pub(super) struct Ending {
    pub(super) head: usize,
    pub(super) tail: usize,
    /// Whether it is the last of its paragraph.
    pub(super) last: bool,
}

/// A stretch of cells as a line.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Fit {
    /// Its length as a line, before shrinking and stretching.
    pub(super) natural: i64,
    /// What it may give before the last step, and in it.
    pub(super) shrink: i64,
    pub(super) stops: i64,
    /// What goes whole or not at all at its end.
    pub(super) whole: i64,
    pub(super) stretch: i64,
    pub(super) early: i32,
    pub(super) places: i32,
}

/// The head of a line: the sums before it, with what the edge changes.
#[derive(Debug, Clone, Copy)]
pub(super) struct HeadEdge {
    pub(super) at: usize,
    /// The blank before its first cell.
    blank: i32,
    /// Whether its first cell is of a note between the lines.
    noted: bool,
    sums: Sums,
}

/// The end of a line: the sums up to it, with what the edge changes.
#[derive(Debug, Clone, Copy)]
pub(super) struct TailEdge {
    pub(super) at: usize,
    /// What goes whole or not at all.
    whole: i64,
    /// Whether its last cell is of a note between the lines.
    noted: bool,
    sums: Sums,
}

impl<'a> Measured<'a> {
    pub(super) fn new(
        (cells, notes): (&'a [Cell], &'a Notes),
        house: &'a House,
        hanging: Hanging,
    ) -> Self {
        let stops_step = house.step(CharClass::FullStop).unwrap_or(u8::MAX);
        let mut sums = Vec::with_capacity(cells.len() + 1);
        let mut sum = Sums::default();
        sums.push(sum);
        for cell in cells {
            sum.natural += i64::from(cell.length());
            let blank = i64::from(cell.pre + cell.post);
            if cell.step == stops_step && cell.step != u8::MAX {
                sum.stops += blank;
            } else if cell.step != u8::MAX {
                sum.shrink += blank;
            }
            sum.shrink += i64::from(cell.space_shrink + cell.gap_shrink);
            sum.stretch += i64::from(cell.space_stretch + cell.gap_stretch);
            match cell.stretch {
                Stretch::Early => {
                    sum.early += 1;
                    sum.places += 1;
                }
                Stretch::Late => sum.places += 1,
                Stretch::Never => {}
            }
            if cell.is_space() && cell.body > 0 {
                sum.places += 1;
            }
            sums.push(sum);
        }
        Self {
            cells,
            house,
            sums,
            stops_step,
            hanging,
            plain: hanging == Hanging::Off,
            grid: None,
            notes,
        }
    }

    /// The same on 稿紙, of squares of `em`.
    pub(super) fn on_grid(self, em: i64) -> Self {
        Self {
            plain: false,
            grid: Some(em.max(1)),
            ..self
        }
    }

    /// What is added around each stretch of cells that do not fill whole squares, so that what
    /// follows stands in its square again (composition rules §7.2): half before and half after,
    /// at a line's edge all on the other side. `add` is told the cell, counted from `head`, after
    /// which there is to be so much more.
    pub(super) fn pad(&self, head: usize, tail: usize, add: &mut dyn FnMut(usize, i64)) {
        let Some(em) = self.grid else {
            return;
        };
        let cells = &self.cells[head..tail];
        let off = |cell: &Cell| {
            cell.class.is_western() || cell.is_space() || i64::from(cell.length()) % em != 0
        };
        let mut i = 0;
        while i < cells.len() {
            let start = i;
            let mut length = 0;
            while i < cells.len() && off(&cells[i]) {
                length += i64::from(cells[i].length());
                i += 1;
            }
            if i == start {
                i += 1;
                continue;
            }
            let whole = (length + em - 1) / em * em - length;
            let before = match (start, i == cells.len()) {
                (0, _) => 0,
                (_, true) => whole,
                (_, false) => whole / 2,
            };
            if start > 0 {
                add(start - 1, before);
            }
            if i < cells.len() {
                add(i - 1, whole - before);
            }
        }
    }

    /// The parts of notes that stand in a line.
    pub(super) fn fragments(
        &self,
        head: usize,
        tail: usize,
    ) -> impl Iterator<Item = Fragment> + use<'_> {
        self.notes.fragments(head, tail)
    }

    /// What cells give before anything is decided of edges.
    fn blank_shrink(&self, cell: &Cell) -> (i64, i64) {
        let blank = i64::from(cell.pre + cell.post);
        match cell.step {
            u8::MAX => (0, 0),
            step if step == self.stops_step => (0, blank),
            _ => (blank, 0),
        }
    }

    /// The first cell from `start` that does not vanish at a line's head. An ideographic space
    /// typed as an indent is kept where a paragraph starts, or goes on after a break by its author.
    pub(super) fn head(&self, start: usize, end: usize) -> usize {
        let opens = start == 0 || self.cells[start - 1].has(FORCED);
        let mut at = start;
        while at < end
            && (self.cells[at].is_space() || self.cells[at].class == CharClass::WideSpace && !opens)
        {
            at += 1;
        }
        at
    }

    /// One past the last cell before `end` that does not vanish at a line's end.
    pub(super) fn tail(&self, start: usize, end: usize) -> usize {
        let mut at = end;
        let goes = |i: usize| {
            let cell = &self.cells[i];
            cell.is_space() || cell.class == CharClass::WideSpace || cell.has(SOLID) && i > start
        };
        while at > start && goes(at - 1) {
            at -= 1;
        }
        at
    }

    /// The blank before the first cell of a line.
    pub(super) fn head_blank(&self, cell: &Cell, first: FirstLine) -> i32 {
        if self.house.trims_head(cell.class, first) {
            0
        } else {
            cell.full_pre
        }
    }

    /// The blank before and after the last cell of a line.
    pub(super) fn tail_blank(&self, cell: &Cell) -> (i32, i32) {
        match self.house.at_end(cell.class) {
            EndBlank::Goes => (0, 0),
            EndBlank::OuterGoes => (cell.pre, 0),
            _ => (cell.pre, cell.full_post),
        }
    }

    /// The stretch `start..end`, both without vanishing cells, as a line.
    pub(super) fn fit(&self, start: usize, end: usize, first: FirstLine) -> Fit {
        self.between(&self.head_edge(start, first), &self.tail_edge(end))
    }

    /// The stretch between two edges as a line. What each edge changes of the sums is known
    /// beforehand, so that the many lines that are weighed cost one subtraction each.
    #[inline]
    pub(super) fn between(&self, head: &HeadEdge, tail: &TailEdge) -> Fit {
        if self.grid.is_some() {
            return self.squared(head, tail);
        }
        self.unsquared(head, tail)
    }

    /// Whether the line between two edges is what its sums tell: nothing hangs, no grid widens
    /// words, no note is parted.
    #[inline]
    pub(super) fn is_plain(&self, head: &HeadEdge, tail: &TailEdge) -> bool {
        self.plain && !head.noted && !tail.noted && tail.at >= head.at + 2
    }

    /// The length of a plain line before anything shrinks.
    #[inline]
    pub(super) fn plain_length(&self, head: &HeadEdge, tail: &TailEdge) -> i64 {
        tail.sums.natural - head.sums.natural
    }

    /// The least length to which a plain line can be shrunk.
    #[inline]
    pub(super) fn plain_least(&self, head: &HeadEdge, tail: &TailEdge) -> i64 {
        let kept = |sums: &Sums| sums.natural - sums.shrink - sums.stops;
        kept(&tail.sums) - kept(&head.sums) - tail.whole
    }

    /// A plain line.
    #[inline]
    pub(super) fn plain_fit(&self, head: &HeadEdge, tail: &TailEdge) -> Fit {
        let (a, z) = (&head.sums, &tail.sums);
        Fit {
            natural: z.natural - a.natural,
            shrink: z.shrink - a.shrink,
            stops: z.stops - a.stops,
            whole: tail.whole,
            stretch: z.stretch - a.stretch,
            early: z.early - a.early,
            places: z.places - a.places,
        }
    }

    /// The same on 稿紙, where nothing shrinks or stretches.
    fn squared(&self, head: &HeadEdge, tail: &TailEdge) -> Fit {
        let mut natural = self.unsquared(head, tail).natural;
        self.pad(head.at, tail.at.max(head.at), &mut |_, more| {
            natural += more
        });
        Fit {
            natural,
            ..Fit::default()
        }
    }

    fn unsquared(&self, head: &HeadEdge, tail: &TailEdge) -> Fit {
        if tail.at < head.at + 2 {
            return self.lone(head, tail);
        }
        let mut fit = self.plain_fit(head, tail);
        // A note that an edge parts is balanced anew.
        if head.noted || tail.noted {
            fit.natural += self.notes.excess(head.at, tail.at);
        }
        fit
    }

    /// A line of one cell, which is head and tail, or of none.
    fn lone(&self, head: &HeadEdge, tail: &TailEdge) -> Fit {
        if tail.at <= head.at {
            return Fit::default();
        }
        let cell = &self.cells[head.at];
        let (_, after) = self.tail_blank(cell);
        let blank = i64::from(head.blank + after);
        let mut fit = Fit {
            natural: blank
                + i64::from(cell.body + cell.at_head + cell.at_tail)
                + self.notes.excess(head.at, tail.at),
            shrink: i64::from(cell.space_shrink),
            stretch: i64::from(cell.space_stretch),
            places: i32::from(cell.is_space() && cell.body > 0),
            ..Fit::default()
        };
        let (shrink, stops, whole) = self.end_gives(cell, blank);
        fit.shrink += shrink;
        fit.stops = stops;
        fit.whole = whole;
        fit
    }

    /// A line's head at a cell.
    pub(super) fn head_edge(&self, at: usize, first: FirstLine) -> HeadEdge {
        let mut sums = self.sums[at];
        let Some(cell) = self.cells.get(at) else {
            return HeadEdge {
                at,
                blank: 0,
                noted: false,
                sums,
            };
        };
        let blank = self.head_blank(cell, first);
        let change = i64::from(blank - cell.pre);
        sums.natural -= change + i64::from(cell.at_head);
        if cell.step == self.stops_step && cell.step != u8::MAX {
            sums.stops -= change;
        } else if cell.step != u8::MAX {
            sums.shrink -= change;
        }
        HeadEdge {
            at,
            blank,
            noted: cell.has(WARICHU),
            sums,
        }
    }

    /// A line's end before a cell.
    pub(super) fn tail_edge(&self, at: usize) -> TailEdge {
        let mut sums = self.sums[at];
        let Some(cell) = at.checked_sub(1).map(|last| &self.cells[last]) else {
            return TailEdge {
                at,
                whole: 0,
                noted: false,
                sums,
            };
        };
        // Nothing follows the last cell: no gap, no place to stretch.
        sums.natural -= i64::from(cell.gap);
        sums.shrink -= i64::from(cell.gap_shrink);
        sums.stretch -= i64::from(cell.gap_stretch);
        match cell.stretch {
            Stretch::Early => {
                sums.early -= 1;
                sums.places -= 1;
            }
            Stretch::Late => sums.places -= 1,
            Stretch::Never => {}
        }
        let (before, after) = self.tail_blank(cell);
        sums.natural += i64::from(before + after - cell.pre - cell.post + cell.at_tail);
        let (shrink, stops) = self.blank_shrink(cell);
        let (gives, gives_late, whole) = self.end_gives(cell, i64::from(before + after));
        sums.shrink += gives - shrink;
        sums.stops += gives_late - stops;
        TailEdge {
            at,
            whole,
            noted: cell.has(WARICHU),
            sums,
        }
    }

    /// What the blank of a line's last cell gives: before the last step, in it, whole or not.
    fn end_gives(&self, cell: &Cell, blank: i64) -> (i64, i64, i64) {
        match self.house.at_end(cell.class) {
            EndBlank::Goes | EndBlank::OuterGoes | EndBlank::Kept => (0, 0, 0),
            EndBlank::GivesWay => (blank, 0, 0),
            EndBlank::WholeOrNot => (0, 0, blank),
            EndBlank::Stays => match cell.step {
                u8::MAX => (0, 0, 0),
                step if step == self.stops_step => (0, blank, 0),
                _ => (blank, 0, 0),
            },
        }
    }

    /// No less than the length of a stretch as a line, quickly.
    pub(super) fn at_most(&self, start: usize, end: usize) -> i64 {
        let head = self.cells.get(start);
        let tail = self.cells[..end].last();
        let before = head.map_or(0, |cell| cell.full_pre + cell.at_head.max(0));
        let after = tail.map_or(0, |cell| cell.full_post + cell.at_tail.max(0));
        let notes = self.notes.excess(start, end).max(0);
        self.sums[end].natural - self.sums[start].natural + i64::from(before + after) + notes
    }

    /// Whether marks hang at all.
    pub(super) fn may_hang(&self) -> bool {
        self.hanging != Hanging::Off
    }

    /// Whether the last mark of a line of this fit hangs outside its room (composition rules §8):
    /// a single 、，。 where it would start the next line, or always.
    pub(super) fn hangs(&self, line: &Ending, fit: &Fit, room: i64) -> bool {
        if self.hanging == Hanging::Off || line.tail < line.head + 2 {
            return false;
        }
        let (before, mark) = (&self.cells[line.tail - 2], &self.cells[line.tail - 1]);
        let pause = match mark.class {
            CharClass::Comma | CharClass::FullStop => true,
            // clreq: every pause mark that stands in the corner.
            CharClass::Colon | CharClass::Semicolon => {
                self.house.body(mark.class).role == Role::Corner
            }
            _ => false,
        };
        let goes_on = self.cells.get(line.tail).is_some_and(|next| {
            next.class.is_mark() && self.house.body(next.class).role != Role::Opening
        });
        let alone = pause && !mark.has(WARICHU) && !before.class.is_mark() && !goes_on;
        let full = fit.natural > room;
        alone && (full || self.hanging == Hanging::Force && !line.last)
    }

    /// The step of shrinking of a giver that is no mark.
    pub(super) fn step_of(&self, giver: Giver) -> u8 {
        self.house.step_of(giver)
    }
}
