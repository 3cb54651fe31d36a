//! Greedy lines: one after the other, each as full as it can be, in natural lengths.

use crate::rules::css::trim::{self, Mark};
use crate::rules::uax14::Chance;

use super::cell::Cell;
use super::justify::{SetCell, SetLine};

/// A place where a line may end: before a cell.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place {
    pub(super) cell: usize,
    pub(super) chance: Chance,
}

/// A line that was chosen: its cells, spaces at its edges included, those that are set, and
/// whether the blank of its last mark is cut.
#[derive(Debug, Clone, Copy)]
pub(super) struct Taken {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) head: usize,
    pub(super) tail: usize,
    pub(super) cut: bool,
    pub(super) last: bool,
}

/// Sums of the cells' lengths, up to but not including the cell at their place.
pub(super) fn sums(cells: &[Cell]) -> Vec<i64> {
    let mut sum = 0;
    let mut sums = Vec::with_capacity(cells.len() + 1);
    sums.push(0);
    for cell in cells {
        sum += i64::from(cell.length());
        sums.push(sum);
    }
    sums
}

/// Lines of a paragraph, each as full as it can be.
pub(super) struct Greedy<'c> {
    pub(super) cells: &'c [Cell],
    pub(super) sums: &'c [i64],
    pub(super) room: i64,
    /// What the first line has less.
    pub(super) indent: i64,
}

impl Greedy<'_> {
    pub(super) fn lines(&self, places: &[Place]) -> Vec<Taken> {
        let mut lines: Vec<Taken> = Vec::new();
        let mut start = 0;
        // The end of the line that fits so far.
        let mut kept: Option<(Place, Taken)> = None;
        let mut next = 0;
        while let Some(place) = places.get(next) {
            let fit = self.fit(start, place.cell, lines.is_empty());
            let last = |mut taken: Taken, place: &Place| {
                taken.last = place.chance == Chance::Mandatory;
                taken
            };
            match (fit, kept.take()) {
                // It does not fit: the line ends at the place before, which is looked at no more.
                ((_, false), Some((before, taken))) => {
                    lines.push(last(taken, &before));
                    start = before.cell;
                    continue;
                }
                ((taken, fits), _) if !fits || place.chance == Chance::Mandatory => {
                    lines.push(last(taken, place));
                    start = place.cell;
                }
                ((taken, _), _) => kept = Some((*place, taken)),
            }
            next += 1;
        }
        lines
    }

    /// The line from cell `start` to before `end`, and whether it fits.
    fn fit(&self, start: usize, end: usize, first: bool) -> (Taken, bool) {
        let space = |at: usize| is_collapsible(&self.cells[at]);
        // An ideographic space hangs outside the line as others do (CSS Text 4 #hanging-spaces).
        let hangs = |at: usize| space(at) || self.cells[at].first == '\u{3000}';
        let mut tail = end;
        while tail > start && hangs(tail - 1) {
            tail -= 1;
        }
        let mut head = start;
        while head < tail && space(head) {
            head += 1;
        }
        let mut taken = Taken {
            start,
            end,
            head,
            tail,
            cut: false,
            last: false,
        };
        let Some(mark) = self.cells[head..tail].last() else {
            return (taken, true);
        };
        let opening = &self.cells[head];
        let length = self.sums[tail] - self.sums[head] - i64::from(mark.gap)
            + i64::from(opening.full_pre - opening.pre)
            + i64::from(mark.full_post - mark.post);
        let room = self.room - if first { self.indent } else { 0 };
        if length <= room {
            return (taken, true);
        }
        let closes = matches!(trim::mark(mark.first), Mark::Close | Mark::CloseQuote);
        // A bracket at the end gives its blank where the line would not fit (#text-spacing-trim;
        // browsers leave pauses and stops as they are).
        taken.cut = closes && length - i64::from(mark.full_post) <= room;
        (taken, taken.cut)
    }
}

/// Lays a line out in natural lengths.
pub(super) fn lay(cells: &[Cell], taken: &Taken, set: &mut SetLine) {
    let own = &cells[taken.head..taken.tail];
    set.cells.clear();
    set.cells.extend(own.iter().map(|cell| SetCell {
        pre: cell.pre,
        body: cell.body,
        post: cell.post,
        after: cell.gap,
        moved: 0,
    }));
    if let (Some(first), Some(cell)) = (set.cells.first_mut(), own.first()) {
        first.pre = cell.full_pre;
    }
    let mut blank = 0;
    if let (Some(last), Some(cell)) = (set.cells.last_mut(), own.last()) {
        last.post = if taken.cut { 0 } else { cell.full_post };
        last.after = 0;
        blank = i64::from(cell.full_post - last.post);
    }
    set.set = set.cells.iter().map(|cell| i64::from(cell.length())).sum();
    set.natural = set.set + blank;
    set.loosest = 0;
}

/// Whether a cell is a space that collapses, and goes at a line's edges.
pub(super) const fn is_collapsible(cell: &Cell) -> bool {
    matches!(cell.first, ' ' | '\t' | '\n' | '\r')
}
