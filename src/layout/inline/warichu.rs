//! 割注 (夾注): a note set in two lines of half the size inside one line, balanced anew on each line
//! that it runs over.

use std::ops::Range;

use crate::rules::adjust::Stretch;

use super::breaks::{Break, Why};
use super::cell::{Cell, WARICHU};

/// The shortest note, in characters, whose parts on two lines have two characters each.
const SHORT: usize = 4;

/// The notes of a paragraph, in order.
#[derive(Debug, Default)]
pub(super) struct Notes {
    notes: Vec<Note>,
}

/// One note: its cells as they are set in a line of its size.
#[derive(Debug)]
struct Note {
    cells: Range<usize>,
    /// Sums of lengths up to each cell, and one past the last.
    sums: Vec<i64>,
    /// Blank before and after each cell's body, gap included.
    blank: Vec<(i32, i32)>,
    /// Cells before which a half line may part, in order.
    parts: Vec<usize>,
    /// Length of the whole note in two lines.
    whole: i32,
}

/// The part of a note that stands in a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Fragment {
    pub(super) cells: Range<usize>,
    /// The first cell of its second half.
    pub(super) split: usize,
    /// Its length.
    pub(super) length: i32,
}

/// Notes which cells belong to notes, before anything is done about their lengths.
pub(super) fn mark(cells: &mut [Cell], texts: &[Range<u32>]) {
    for text in texts {
        let start = cells.partition_point(|cell| cell.start < text.start);
        let end = cells.partition_point(|cell| cell.start < text.end);
        for cell in &mut cells[start..end.max(start)] {
            cell.flags |= WARICHU;
        }
    }
}

/// Takes the lengths of notes out of their cells: each note's last cell is as long as the whole note
/// in two lines, and all others are of no length. Breaks that would leave a single character or part
/// a word go.
pub(super) fn fold(cells: &mut [Cell], texts: &[Range<u32>], breaks: &mut Vec<Break>) -> Notes {
    let mut notes = Vec::with_capacity(texts.len());
    for text in texts {
        let start = cells.partition_point(|cell| cell.start < text.start);
        let end = cells.partition_point(|cell| cell.start < text.end);
        if start >= end {
            continue;
        }
        let own = start..end;
        let from = breaks.partition_point(|b| (b.cell as usize) <= start);
        let to = breaks.partition_point(|b| (b.cell as usize) < end);
        let parts = breaks[from..to]
            .iter()
            .filter(|b| !matches!(b.why, Why::Hyphen | Why::Need))
            .map(|b| b.cell as usize)
            .collect();
        let mut note = Note {
            cells: own.clone(),
            sums: Vec::with_capacity(own.len() + 1),
            blank: Vec::with_capacity(own.len()),
            parts,
            whole: 0,
        };
        let mut sum = 0;
        note.sums.push(0);
        for cell in &cells[own.clone()] {
            sum += i64::from(cell.length());
            note.sums.push(sum);
            let blank = if cell.is_space() {
                (0, cell.length())
            } else {
                (cell.pre, cell.post + cell.gap)
            };
            note.blank.push(blank);
        }
        note.whole = note.fragment(own.clone()).length;
        for cell in &mut cells[own.clone()] {
            cell.empty();
        }
        cells[end - 1].body = note.whole;
        if let Some(before) = start.checked_sub(1).and_then(|i| cells.get_mut(i)) {
            before.stretch = Stretch::Never;
        }
        let long = own.len() >= SHORT;
        breaks.retain(|b| {
            let at = b.cell as usize;
            let inside = own.start < at && at < own.end;
            !inside
                || b.why == Why::Forced
                || !matches!(b.why, Why::Hyphen | Why::Need)
                    && !(long && (at == own.start + 1 || at + 1 == own.end))
        });
        notes.push(note);
    }
    Notes { notes }
}

impl Cell {
    /// Leaves nothing of its lengths.
    fn empty(&mut self) {
        self.pre = 0;
        self.body = 0;
        self.post = 0;
        self.full_pre = 0;
        self.full_post = 0;
        self.gap = 0;
        self.space_shrink = 0;
        self.space_stretch = 0;
        self.gap_shrink = 0;
        self.gap_stretch = 0;
        self.at_head = 0;
        self.at_tail = 0;
        self.step = u8::MAX;
        self.stretch = Stretch::Never;
    }
}

impl Notes {
    /// How much longer the cells `start..end` are as a line than their sums tell, since a note
    /// parted by the line's edges is balanced anew.
    pub(super) fn excess(&self, start: usize, end: usize) -> i64 {
        if self.notes.is_empty() {
            return 0;
        }
        self.in_line(start, end)
            .map(|(note, part)| {
                let told = if part.end == note.cells.end {
                    note.whole
                } else {
                    0
                };
                i64::from(note.fragment(part).length - told)
            })
            .sum()
    }

    /// The parts of notes that stand in the line of cells `start..end`.
    pub(super) fn fragments(
        &self,
        start: usize,
        end: usize,
    ) -> impl Iterator<Item = Fragment> + use<'_> {
        self.in_line(start, end)
            .map(|(note, part)| note.fragment(part))
    }

    fn in_line(
        &self,
        start: usize,
        end: usize,
    ) -> impl Iterator<Item = (&Note, Range<usize>)> + use<'_> {
        let first = self.notes.partition_point(|note| note.cells.end <= start);
        self.notes[first..]
            .iter()
            .take_while(move |note| note.cells.start < end)
            .map(move |note| {
                let part = note.cells.start.max(start)..note.cells.end.min(end);
                (note, part)
            })
    }

    /// Where a cell of a fragment stands from the fragment's start, its length, and the blank before
    /// its body.
    pub(super) fn place(&self, fragment: &Fragment, cell: usize) -> (i32, i32, i32) {
        let number = self.notes.partition_point(|note| note.cells.end <= cell);
        let Some(note) = self.notes.get(number) else {
            return (0, 0, 0);
        };
        let start = if cell < fragment.split {
            fragment.cells.start
        } else {
            fragment.split
        };
        let i = cell - note.cells.start;
        let trimmed = note.blank[start - note.cells.start].0;
        let before = if cell == start { 0 } else { trimmed };
        let at = note.sums[i] - note.sums[start - note.cells.start] - i64::from(before);
        let own = if cell == start { trimmed } else { 0 };
        let last = cell + 1 == fragment.split || cell + 1 == fragment.cells.end;
        let cut = own + if last { note.blank[i].1 } else { 0 };
        let length = note.sums[i + 1] - note.sums[i] - i64::from(cut);
        (held(at), held(length), note.blank[i].0 - own)
    }
}

impl Note {
    /// A part of the note in two lines: as short as may be, the first not the shorter one where both
    /// ways are as good.
    fn fragment(&self, part: Range<usize>) -> Fragment {
        let whole = |split: usize| {
            let first = self.length(part.start, split);
            first.max(self.length(split, part.end))
        };
        let half = i64::midpoint(self.sum(part.start), self.sum(part.end));
        let near = self.parts.partition_point(|at| self.sum(*at) < half);
        let candidates = near.saturating_sub(2)..(near + 2).min(self.parts.len());
        let best = self.parts[candidates]
            .iter()
            .copied()
            .filter(|at| part.start < *at && *at < part.end)
            .chain([part.end])
            .min_by_key(|at| (whole(*at), std::cmp::Reverse(*at)));
        let split = best.unwrap_or(part.end);
        Fragment {
            length: held(whole(split)),
            split,
            cells: part,
        }
    }

    fn sum(&self, cell: usize) -> i64 {
        self.sums[cell - self.cells.start]
    }

    /// Length of cells as a half line, the blank at its edges trimmed.
    fn length(&self, start: usize, end: usize) -> i64 {
        if start >= end {
            return 0;
        }
        let before = self.blank[start - self.cells.start].0;
        let after = self.blank[end - 1 - self.cells.start].1;
        self.sum(end) - self.sum(start) - i64::from(before) - i64::from(after)
    }
}

fn held(length: i64) -> i32 {
    i32::try_from(length).unwrap_or(i32::MAX)
}
