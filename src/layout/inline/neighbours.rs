//! What neighbouring cells settle between them: blank that marks share, gaps between Han and Western
//! text, word spaces, and what never parts.

use crate::geom::{Em, Length};
use crate::layout::line::Orientation;
use crate::rules::adjust::{LIMITS, Stretch};
use crate::rules::body::Role;
use crate::rules::class::CharClass;
use crate::rules::house::House;
use crate::rules::kinsoku;
use crate::rules::spacing::{IN_ONE_CELL, Trim};

use super::cell::{CODE, Cell, Cells, FORCED, GAP_SPACE, JOINED, NARROW, SOLID};

/// What neighbours need to know of each other.
pub(super) struct Neighbours<'a> {
    pub(super) house: &'a House,
    pub(super) western_gap: Em,
    pub(super) vertical: bool,
    pub(super) japanese: bool,
}

impl Neighbours<'_> {
    /// Settles every pair of a paragraph, in one pass over its cells.
    pub(super) fn settle(&self, cells: &mut Cells) {
        let cells = &mut cells.cells[..];
        let solid = self.house.sets_numerals_solid();
        // No two ideographs settle anything between them.
        let ideographs = self
            .house
            .stretch(CharClass::Ideograph, CharClass::Ideograph);
        let mut spaced = self.spaces(cells, 0);
        let mut odd = false;
        for i in 1..cells.len() {
            if i >= spaced && cells[i].is_space() {
                spaced = self.spaces(cells, i);
            }
            let (head, tail) = cells.split_at_mut(i);
            let (a, b) = (&mut head[i - 1], &mut tail[0]);
            if is_plain_ideograph(a) && is_plain_ideograph(b) {
                a.stretch = ideographs;
                odd = false;
            } else {
                self.pair(a, b);
                group(a, b, &mut odd);
            }
            if i >= 2 {
                join_number(cells, i - 1, solid);
            }
        }
        if self.house.pairs_dividing_marks() {
            pair_dividing(cells);
        }
    }

    fn pair(&self, a: &mut Cell, b: &mut Cell) {
        // Trim a close before an open only if the open is not smaller, and the reverse (CSS Text
        // 4 #text-spacing-trim).
        match self.house.trim(a.class, b.class) {
            Trim::First if b.size >= a.size => a.post = 0,
            Trim::Second if a.size >= b.size => b.pre = 0,
            // The smaller of two brackets back to back gives.
            Trim::Second
                if matches!(self.house.body(a.class).role, Role::Closing | Role::Corner) =>
            {
                a.post = 0;
            }
            _ => {}
        }
        if self
            .house
            .inseparable((a.last, a.class), (b.first, b.class))
        {
            a.flags |= JOINED;
        }
        match (a.has(SOLID), b.has(SOLID)) {
            // The mark of a note stands close at what it follows, and has no blank around it
            // (composition rules §11).
            (false, true) => (a.post, b.pre) = (0, 0),
            (true, false) => a.post = 0,
            _ => {}
        }
        let gapped = self.gaps(a, b);
        if gapped {
            let own = if takes_gap_as_western(a) {
                a.size
            } else {
                b.size
            };
            self.open(a, own);
        }
        a.stretch = if a.has(JOINED) {
            Stretch::Never
        } else if gapped && a.gap > 0 {
            // A gap has a step and a limit of its own (composition rules §7.2, step 2).
            Stretch::Late
        } else if a.has(CODE) && b.has(CODE) && b.class == CharClass::WordSpace {
            // The spaces of code stretch when all else is used up, its letters never.
            Stretch::Late
        } else {
            self.house.stretch(a.class, b.class)
        };
    }

    /// Opens a gap after `a`, in em of the Western side.
    fn open(&self, a: &mut Cell, size: Length) {
        let gap = self.western_gap.of(size).milli();
        a.gap = gap;
        a.gap_shrink = (gap - LIMITS.western_gap_min.of(size).milli()).clamp(0, gap / 2);
        a.gap_stretch = (LIMITS.western_gap_max.of(size).milli() - gap).max(0);
    }

    /// Whether a gap stands between two neighbours (composition rules §9.1).
    fn gaps(&self, a: &Cell, b: &Cell) -> bool {
        // Code is kept as typed, and keeps off the text around it.
        if a.has(SOLID) || b.has(SOLID) || a.has(CODE) && b.has(CODE) {
            return false;
        }
        let upright = |cell: &Cell| self.vertical && cell.orientation != Orientation::Rotated;
        let western = |cell: &Cell| takes_gap_as_western(cell) && !upright(cell);
        takes_gap_as_han(a) && western(b)
            || western(a) && takes_gap_as_han(b)
            || self.japanese && a.class == CharClass::Dividing && western(b)
    }

    /// Word spaces: one between Han and Western text stands for the gap, one beside a full-width
    /// mark gives way to the mark's blank, and no two stand together.
    /// Settles those from `start` on; gives the cell after them.
    fn spaces(&self, cells: &mut [Cell], start: usize) -> usize {
        let count = cells[start..].iter().take_while(|cell| cell.is_space());
        let end = start + count.count();
        if end > start {
            self.space(cells, start, end);
        }
        end
    }

    /// Settles the spaces `start..end`, which stand together.
    fn space(&self, cells: &mut [Cell], start: usize, end: usize) {
        let before = start.checked_sub(1).map(|b| cells[b]);
        let after = cells.get(end).copied();
        let (first, others) = cells[start..end].split_at_mut(1);
        for other in others {
            if matches!(other.first, ' ' | '\t' | '\n') {
                other.body = 0;
            }
        }
        let space = &mut first[0];
        if space.first != ' ' {
            return;
        }
        let (Some(before), Some(after)) = (before, after) else {
            return;
        };
        if before.class.is_mark() || after.class.is_mark() {
            space.body = 0;
            return;
        }
        let upright = |cell: &Cell| self.vertical && cell.orientation != Orientation::Rotated;
        // Upright, a number and its sign stand in cells of their own.
        if after.class == CharClass::Suffix && upright(&before) && upright(&after) {
            space.body = 0;
            return;
        }
        let han_and_western = takes_gap_as_han(&before) && !is_han(&after)
            || takes_gap_as_han(&after) && !is_han(&before);
        if han_and_western {
            let western = if is_han(&before) { &after } else { &before };
            space.flags |= GAP_SPACE;
            let gap = if upright(western) {
                0
            } else {
                self.western_gap.of(western.size).milli()
            };
            let size = western.size;
            space.body = gap;
            space.space_shrink = (gap - LIMITS.western_gap_min.of(size).milli()).clamp(0, gap / 2);
            space.space_stretch = if gap == 0 {
                0
            } else {
                (LIMITS.western_gap_max.of(size).milli() - gap).max(0)
            };
        } else {
            let size = space.size;
            space.space_shrink = (space.body - LIMITS.word_space_min.of(size).milli()).max(0);
            space.space_stretch = (LIMITS.word_space_max.of(size).milli() - space.body).max(0);
        }
    }
}

/// Whether a cell is an ideograph of running text, about which there is nothing else to say.
const fn is_plain_ideograph(cell: &Cell) -> bool {
    matches!(cell.class, CharClass::Ideograph) && cell.flags == 0
}

/// A run of dashes or leaders is atomic by groups of two em only (composition rules §6.3). `odd`
/// tells whether the first cell is the first half of a group.
fn group(a: &mut Cell, b: &Cell, odd: &mut bool) {
    let same = matches!(a.class, CharClass::Dash | CharClass::Leader)
        && a.class == b.class
        && a.last == b.first;
    if !same || !a.has(JOINED) {
        *odd = false;
        return;
    }
    *odd = !*odd && a.end - a.start <= u32::try_from(a.first.len_utf8()).unwrap_or(4);
    if !*odd {
        a.flags &= !JOINED;
        a.stretch = Stretch::Never;
    }
}

/// Two of ！ and ？ stand in one cell, half an em each; of an odd number the last keeps its own.
fn pair_dividing(cells: &mut [Cell]) {
    for run in cells.chunk_by_mut(|a, b| {
        (a.class, b.class) == (CharClass::Dividing, CharClass::Dividing) && a.size == b.size
    }) {
        for pair in run.chunks_exact_mut(IN_ONE_CELL) {
            for mark in &mut *pair {
                mark.post = 0;
                mark.full_post = 0;
            }
        }
        if let Some((_, others)) = run.split_last_mut() {
            others
                .iter_mut()
                .for_each(|mark| mark.stretch = Stretch::Never);
        }
    }
}

/// Numbers keep what belongs to them over more than two cells (composition rules §6.3): the symbol
/// of a unit after a space, the mark between two Han numerals, which may be `solid`. Settles what
/// cell `i` and its neighbours are to each other.
fn join_number(cells: &mut [Cell], i: usize, solid: bool) {
    let (before, here, after) = (&cells[i - 1], &cells[i], &cells[i + 1]);
    if here.is_space() {
        let joins = matches!(before.class, CharClass::Digit | CharClass::Combined)
            && is_unit(&cells[i + 1..]);
        if joins {
            for cell in &mut cells[i - 1..=i] {
                cell.flags |= JOINED;
                cell.space_stretch = 0;
                cell.space_shrink = 0;
            }
        }
    } else if kinsoku::parts_numerals(before.last, here.first, after.first) {
        cells[i - 1].flags |= JOINED;
        cells[i - 1].stretch = Stretch::Never;
        if solid {
            (cells[i].pre, cells[i].post) = (0, 0);
            cells[i].stretch = Stretch::Never;
        }
    }
}

/// The longest symbol of a unit, in characters.
const LONGEST_UNIT: usize = 4;

/// Whether cells start with the whole symbol of a unit.
fn is_unit(cells: &[Cell]) -> bool {
    let mut word = String::with_capacity(4 * LONGEST_UNIT);
    for cell in cells.iter().take(LONGEST_UNIT + 1) {
        let letter = cell.first.is_alphabetic() && !cell.class.is_cjk()
            || matches!(cell.first, '²' | '³' | '°' | '℃' | '℉');
        if !letter {
            break;
        }
        word.push(cell.first);
    }
    kinsoku::is_unit(&word)
}

/// Whether a character of Chinese or Japanese text takes a gap towards Western text: Han, kana and
/// bopomofo, no symbols, full-width letters or marks.
fn takes_gap_as_han(cell: &Cell) -> bool {
    match cell.class {
        CharClass::IdeographIteration
        | CharClass::Iteration
        | CharClass::Prolonged
        | CharClass::SmallKana => true,
        CharClass::Ideograph => matches!(
            cell.first,
            '\u{3005}'..='\u{3007}' | '\u{3021}'..='\u{3029}' | '\u{3038}'..='\u{303b}'
                | '\u{3041}'..='\u{312f}' | '\u{31a0}'..='\u{31ff}' | '\u{3400}'..='\u{4dbf}'
                | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}'
        ),
        _ => false,
    }
}

/// Whether a cell is of Chinese or Japanese text.
fn is_han(cell: &Cell) -> bool {
    cell.class.is_cjk()
}

/// Whether a cell takes a gap towards Han: letters, digits, and signs that belong to a number.
fn takes_gap_as_western(cell: &Cell) -> bool {
    matches!(cell.class, CharClass::Digit | CharClass::Western)
        || cell.has(NARROW)
        || cell.has(CODE) && cell.class.is_western()
}

/// Notes where the author breaks lines: after the cell that ends there.
pub(super) fn force(cells: &mut [Cell], breaks: &[u32]) {
    for at in breaks {
        let after = cells.partition_point(|cell| cell.end <= *at);
        if after > 0 {
            cells[after - 1].flags |= FORCED;
        }
    }
}
