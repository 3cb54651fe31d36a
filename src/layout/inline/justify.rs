//! Setting a line to its measure: blank is taken and given step by step, in the tradition's order.

use crate::rules::adjust::{Giver, Stretch};
use crate::rules::class::CharClass;
use crate::rules::edges::{EndBlank, FirstLine};

use super::measure::Measured;

/// A cell as it is set.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct SetCell {
    pub(super) pre: i32,
    pub(super) body: i32,
    pub(super) post: i32,
    /// How far its ink is moved at the head of the line.
    pub(super) moved: i32,
    /// Gap and stretching after it.
    pub(super) after: i32,
}

impl SetCell {
    pub(super) const fn length(&self) -> i32 {
        self.pre + self.body + self.post + self.after
    }
}

/// A line as it is set.
#[derive(Debug, Default)]
pub(super) struct SetLine {
    /// One a cell of the line.
    pub(super) cells: Vec<SetCell>,
    pub(super) natural: i64,
    pub(super) set: i64,
    /// The most that was added at one place between characters.
    pub(super) loosest: i32,
}

/// The line to be set: cells from `head` to before `tail`.
#[derive(Debug, Clone, Copy)]
pub(super) struct Slot {
    pub(super) head: usize,
    pub(super) tail: usize,
    pub(super) first: FirstLine,
    pub(super) room: i64,
    /// Whether it is stretched to its room.
    pub(super) stretch: bool,
    /// The most that is added early at one place; `i64::MAX` where a tradition states none.
    pub(super) early_max: i64,
}

/// What of a cell gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Pre,
    Post,
    Space,
    Gap,
}

#[derive(Debug, Clone, Copy)]
struct Gift {
    cell: usize,
    part: Part,
    step: u8,
    /// Whether it gives only after the others of its step.
    inner: bool,
    amount: i64,
}

/// Sets lines; its lists are used again from line to line.
#[derive(Debug, Default)]
pub(super) struct Justifier {
    pub(super) line: SetLine,
    gifts: Vec<Gift>,
}

impl Justifier {
    /// Sets one line; the result stands in [`Justifier::line`].
    pub(super) fn set(&mut self, measured: &Measured<'_>, slot: &Slot) {
        self.lay(measured, slot);
        self.line.natural = self.total();
        self.line.loosest = 0;
        let over = self.line.natural - slot.room;
        if over > 0 {
            self.shrink(measured, slot, over);
        }
        let short = slot.room - self.total();
        if short > 0 && slot.stretch {
            self.stretch(measured, slot, short);
        }
        self.line.set = self.total();
    }

    fn total(&self) -> i64 {
        self.line.cells.iter().map(|c| i64::from(c.length())).sum()
    }

    /// The cells in their natural lengths, edges trimmed.
    fn lay(&mut self, measured: &Measured<'_>, slot: &Slot) {
        let cells = &measured.cells[slot.head..slot.tail];
        self.line.cells.clear();
        self.line.cells.extend(cells.iter().map(|cell| SetCell {
            pre: cell.pre,
            body: cell.body,
            post: cell.post,
            moved: 0,
            after: cell.gap,
        }));
        // A note is as long as what of it stands in this line; its last cell has all its length.
        for fragment in measured.fragments(slot.head, slot.tail) {
            for number in fragment.cells.clone() {
                self.line.cells[number - slot.head].body = 0;
            }
            self.line.cells[fragment.cells.end - 1 - slot.head].body = fragment.length;
        }
        if let (Some(cell), Some(set)) = (cells.first(), self.line.cells.first_mut()) {
            set.pre = measured.head_blank(cell, slot.first);
            set.body += cell.at_head;
            // The blank before a widened base goes, its ink stays in the line.
            set.moved = if cell.class.is_mark() {
                cell.at_head
            } else {
                cell.at_head.max(cell.lead.min(0))
            };
        }
        if let (Some(cell), Some(set)) = (cells.last(), self.line.cells.last_mut()) {
            let (before, after) = measured.tail_blank(cell);
            if cells.len() > 1 {
                set.pre = before;
            }
            set.post = after;
            set.body += cell.at_tail;
            set.after = 0;
        }
        let line = &mut self.line.cells;
        measured.pad(slot.head, slot.tail, &mut |cell, more| {
            line[cell].after += i32::try_from(more).unwrap_or(0);
        });
    }

    fn shrink(&mut self, measured: &Measured<'_>, slot: &Slot, over: i64) {
        self.gather(measured, slot);
        let mut over = over;
        let whole = self.whole(measured, slot);
        for step in 0..crate::rules::adjust::SHRINK_STEPS as u8 {
            if over <= 0 {
                break;
            }
            if whole == Some(step) {
                if let Some(last) = self.line.cells.last_mut() {
                    over -= i64::from(last.pre + last.post);
                    last.pre = 0;
                    last.post = 0;
                }
                continue;
            }
            over -= self.take((step, false), over);
            over -= self.take((step, true), over.max(0));
        }
    }

    /// The step in which the blank of the last mark goes whole; `None` where it gives by degrees.
    fn whole(&self, measured: &Measured<'_>, slot: &Slot) -> Option<u8> {
        let last = &measured.cells[slot.tail.checked_sub(1)?];
        (measured.house.at_end(last.class) == EndBlank::WholeOrNot)
            .then(|| measured.house.end_step(last.class))
    }

    /// Everything that gives in this line.
    fn gather(&mut self, measured: &Measured<'_>, slot: &Slot) {
        self.gifts.clear();
        let cells = &measured.cells[slot.head..slot.tail];
        let space_step = measured.step_of(Giver::WordSpace);
        let gap_step = measured.step_of(Giver::WesternGap);
        let last = cells.len().saturating_sub(1);
        for (i, (cell, set)) in cells.iter().zip(&self.line.cells).enumerate() {
            let mut step = cell.step;
            // At a line's end the blank outside a mark goes first (composition rules §5).
            let mut inner = false;
            if i == last {
                match measured.house.at_end(cell.class) {
                    EndBlank::GivesWay => {
                        step = measured.house.end_step(cell.class);
                        inner = true;
                    }
                    EndBlank::WholeOrNot | EndBlank::Kept => step = u8::MAX,
                    EndBlank::Goes | EndBlank::OuterGoes | EndBlank::Stays => {}
                }
            }
            let mut give = |part, step, amount: i32| {
                if amount > 0 && step != u8::MAX {
                    self.gifts.push(Gift {
                        cell: i,
                        part,
                        step,
                        inner: inner && part == Part::Pre,
                        amount: i64::from(amount),
                    });
                }
            };
            give(Part::Pre, step, set.pre);
            give(Part::Post, step, set.post);
            give(Part::Space, space_step, cell.space_shrink);
            if i != last {
                give(Part::Gap, gap_step, cell.gap_shrink);
            }
        }
    }

    /// Takes up to `wanted` in one part of a step, from all givers alike; gives what was taken.
    fn take(&mut self, part: (u8, bool), wanted: i64) -> i64 {
        let all: i64 = self
            .gifts
            .iter()
            .filter(|gift| (gift.step, gift.inner) == part)
            .map(|gift| gift.amount)
            .sum();
        if all == 0 {
            return 0;
        }
        let wanted = wanted.min(all);
        // Each gives in proportion; what rounding leaves is taken from the earliest.
        let mut given = 0;
        let mut passed = 0;
        for gift in self
            .gifts
            .iter()
            .filter(|gift| (gift.step, gift.inner) == part)
        {
            passed += gift.amount;
            let due = (passed * wanted + all - 1) / all;
            let share = i32::try_from((due - given).min(gift.amount)).unwrap_or(0);
            given += i64::from(share);
            let set = &mut self.line.cells[gift.cell];
            match gift.part {
                Part::Pre => set.pre -= share,
                Part::Post => set.post -= share,
                Part::Space => set.body -= share,
                Part::Gap => set.after -= share,
            }
        }
        given
    }

    fn stretch(&mut self, measured: &Measured<'_>, slot: &Slot, short: i64) {
        let cells = &measured.cells[slot.head..slot.tail];
        let last = cells.len().saturating_sub(1);
        let mut short = short;
        // Word spaces first, then gaps, each to its limit.
        let mut add = |line: &mut SetLine, amount: &dyn Fn(usize) -> i32| {
            let all: i64 = (0..cells.len()).map(|i| i64::from(amount(i))).sum();
            if all == 0 || short <= 0 {
                return;
            }
            let wanted = short.min(all);
            let (mut given, mut passed) = (0, 0);
            for (i, set) in line.cells.iter_mut().enumerate() {
                passed += i64::from(amount(i));
                let share = (passed * wanted + all - 1) / all - given;
                given += share;
                set.after += i32::try_from(share).unwrap_or(0);
            }
            short -= wanted;
        };
        let gap_space = |i: usize| cells[i].has(super::cell::GAP_SPACE);
        let word = |i: usize| {
            if gap_space(i) {
                0
            } else {
                cells[i].space_stretch
            }
        };
        let gap = |i: usize| {
            let own = if i == last { 0 } else { cells[i].gap_stretch };
            own + if gap_space(i) {
                cells[i].space_stretch
            } else {
                0
            }
        };
        add(&mut self.line, &word);
        add(&mut self.line, &gap);
        if short <= 0 {
            return;
        }
        let early = |i: usize| i != last && cells[i].stretch == Stretch::Early;
        let any = |i: usize| {
            i != last
                && (cells[i].stretch != Stretch::Never
                    || cells[i].class == CharClass::WordSpace && cells[i].body > 0)
        };
        let early_count = (0..cells.len()).filter(|i| early(*i)).count() as i64;
        if early_count > 0 {
            let most = early_count.saturating_mul(slot.early_max);
            let wanted = short.min(most);
            self.spread(wanted, early_count, &early);
            short -= wanted;
        }
        if short > 0 {
            let count = (0..cells.len()).filter(|i| any(*i)).count() as i64;
            if count > 0 {
                self.spread(short, count, &any);
            }
        }
    }

    /// Adds `amount` to `count` places alike; what division leaves goes to the earliest.
    fn spread(&mut self, amount: i64, count: i64, at: &dyn Fn(usize) -> bool) {
        let (each, mut left) = (amount / count, amount % count);
        for (i, set) in self.line.cells.iter_mut().enumerate() {
            if !at(i) {
                continue;
            }
            let share = each + i64::from(left > 0);
            left -= i64::from(left > 0);
            set.after = set
                .after
                .saturating_add(i32::try_from(share).unwrap_or(i32::MAX));
        }
        let loosest = i32::try_from(each + 1).unwrap_or(i32::MAX);
        self.line.loosest = self.line.loosest.saturating_add(loosest);
    }
}
