//! Neighbours settle their blank, gaps open between Han and Western text, and sums are laid over
//! the cells, so that any stretch of them is measured at once.

use crate::geom::{Em, Length};
use crate::layout::line::Orientation;
use crate::model::style::Hanging;
use crate::rules::adjust::{Giver, LIMITS, Stretch};
use crate::rules::body::Role;
use crate::rules::class::CharClass;
use crate::rules::edges::{EndBlank, FirstLine};
use crate::rules::house::House;
use crate::rules::kinsoku;
use crate::rules::spacing::Trim;

use super::cell::{CODE, Cell, Cells, FORCED, GAP_SPACE, JOINED, NARROW, SOLID, WARICHU};
use super::warichu::{Fragment, Notes};

/// What neighbours need to know of each other.
pub(super) struct Neighbours<'a> {
    pub(super) house: &'a House,
    pub(super) western_gap: Em,
    pub(super) vertical: bool,
    pub(super) japanese: bool,
}

impl Neighbours<'_> {
    /// Settles every pair of a paragraph.
    pub(super) fn settle(&self, cells: &mut Cells) {
        let cells = &mut cells.cells[..];
        self.spaces(cells);
        for i in 1..cells.len() {
            let (head, tail) = cells.split_at_mut(i);
            self.pair(&mut head[i - 1], &mut tail[0]);
        }
        group_pairs(cells);
        join_numbers(cells, self.house.sets_numerals_solid());
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
    fn spaces(&self, cells: &mut [Cell]) {
        let mut i = 0;
        while i < cells.len() {
            if !cells[i].is_space() {
                i += 1;
                continue;
            }
            let start = i;
            while i < cells.len() && cells[i].is_space() {
                i += 1;
            }
            let before = start.checked_sub(1).map(|b| cells[b]);
            let after = cells.get(i).copied();
            let (first, others) = cells[start..i].split_at_mut(1);
            for other in others {
                if matches!(other.first, ' ' | '\t' | '\n') {
                    other.body = 0;
                }
            }
            let space = &mut first[0];
            if space.first != ' ' {
                continue;
            }
            let (Some(before), Some(after)) = (before, after) else {
                continue;
            };
            if before.class.is_mark() || after.class.is_mark() {
                space.body = 0;
                continue;
            }
            let upright = |cell: &Cell| self.vertical && cell.orientation != Orientation::Rotated;
            // Upright, a number and its sign stand in cells of their own.
            if after.class == CharClass::Suffix && upright(&before) && upright(&after) {
                space.body = 0;
                continue;
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
                space.space_shrink =
                    (gap - LIMITS.western_gap_min.of(size).milli()).clamp(0, gap / 2);
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
}

/// A run of dashes or leaders is atomic by groups of two em only (composition rules §6.3).
fn group_pairs(cells: &mut [Cell]) {
    let mut odd = false;
    for i in 1..cells.len() {
        let (head, tail) = cells.split_at_mut(i);
        let (a, b) = (&mut head[i - 1], &tail[0]);
        let same = matches!(a.class, CharClass::Dash | CharClass::Leader)
            && a.class == b.class
            && a.last == b.first;
        if !same || !a.has(JOINED) {
            odd = false;
            continue;
        }
        odd = !odd && a.end - a.start <= u32::try_from(a.first.len_utf8()).unwrap_or(4);
        if !odd {
            a.flags &= !JOINED;
            a.stretch = Stretch::Never;
        }
    }
}

/// Numbers keep what belongs to them over more than two cells (composition rules §6.3): the symbol
/// of a unit after a space, the mark between two Han numerals, which may be `solid`.
fn join_numbers(cells: &mut [Cell], solid: bool) {
    for i in 1..cells.len().saturating_sub(1) {
        let (before, here, after) = (cells[i - 1], cells[i], cells[i + 1]);
        if kinsoku::parts_numerals(before.last, here.first, after.first) {
            cells[i - 1].flags |= JOINED;
            cells[i - 1].stretch = Stretch::Never;
            if solid {
                (cells[i].pre, cells[i].post) = (0, 0);
                cells[i].stretch = Stretch::Never;
            }
        } else if here.is_space()
            && matches!(before.class, CharClass::Digit | CharClass::Combined)
            && is_unit(&cells[i + 1..])
        {
            for cell in &mut cells[i - 1..=i] {
                cell.flags |= JOINED;
                cell.space_stretch = 0;
                cell.space_shrink = 0;
            }
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
            grid: None,
            notes,
        }
    }

    /// The same on 稿紙, of squares of `em`.
    pub(super) fn on_grid(self, em: i64) -> Self {
        Self {
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
        self.plain(head, tail)
    }

    /// The length of the stretch between two edges as a line, before anything shrinks.
    #[inline]
    pub(super) fn natural(&self, head: &HeadEdge, tail: &TailEdge) -> i64 {
        let simple = !head.noted && !tail.noted && tail.at >= head.at + 2;
        if simple && self.grid.is_none() {
            tail.sums.natural - head.sums.natural
        } else {
            self.between(head, tail).natural
        }
    }

    /// The same on 稿紙, where nothing shrinks or stretches.
    fn squared(&self, head: &HeadEdge, tail: &TailEdge) -> Fit {
        let mut natural = self.plain(head, tail).natural;
        self.pad(head.at, tail.at.max(head.at), &mut |_, more| {
            natural += more
        });
        Fit {
            natural,
            ..Fit::default()
        }
    }

    #[inline]
    fn plain(&self, head: &HeadEdge, tail: &TailEdge) -> Fit {
        if tail.at < head.at + 2 {
            return self.lone(head, tail);
        }
        let (a, z) = (&head.sums, &tail.sums);
        // A note that an edge parts is balanced anew.
        let excess = if head.noted || tail.noted {
            self.notes.excess(head.at, tail.at)
        } else {
            0
        };
        Fit {
            natural: z.natural - a.natural + excess,
            shrink: z.shrink - a.shrink,
            stops: z.stops - a.stops,
            whole: tail.whole,
            stretch: z.stretch - a.stretch,
            early: z.early - a.early,
            places: z.places - a.places,
        }
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

/// Notes where the author breaks lines: after the cell that ends there.
pub(super) fn force(cells: &mut [Cell], breaks: &[u32]) {
    for at in breaks {
        let after = cells.partition_point(|cell| cell.end <= *at);
        if after > 0 {
            cells[after - 1].flags |= FORCED;
        }
    }
}
