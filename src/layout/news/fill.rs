//! Running text into runs of lines: a tier ends where its lines do, but never after a heading.

use crate::geom::Length;
use crate::layout::flow::distribute::{Placed, Sheet, SheetKind};
use crate::layout::flow::galley::{Content, Cut, Galley, Start, Strip};
use crate::layout::grid::PageGrid;

/// A strip in its place in a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Slot {
    /// The strip, by its place in the galley.
    pub(crate) index: usize,
    /// From the start of the run.
    pub(crate) at: Length,
    /// Whether the head of its table is repeated before it.
    with_head: bool,
}

/// Whether what belongs together stays so at the end of a tier.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub(crate) enum Keeps {
    /// It does: a heading with its text, and with two lines of it.
    #[default]
    Kept,
    /// A heading with one line of its text.
    Headings,
    /// It does not: every line is filled, where a story would else be parted for a few lines.
    Loose,
}

/// What one run holds.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Filled {
    /// Its strips, in order.
    pub(crate) slots: Vec<Slot>,
    /// Where the next one would start.
    pub(crate) end: Length,
}

impl Filled {
    /// Puts a strip at the run's start, whether there is room or not.
    pub(crate) fn force(&mut self, index: usize) {
        self.slots.push(Slot {
            index,
            at: Length::ZERO,
            with_head: false,
        });
    }
}

/// Fills one run of so many lines with the strips from `first` on; the place of the first strip
/// that it does not hold comes with it.
pub(crate) fn fill(
    strips: &[Strip],
    first: usize,
    lines: u16,
    (grid, keeps): (&PageGrid, Keeps),
) -> (Filled, usize) {
    let room = grid.depth_of(i32::from(lines));
    let mut run = Filled::default();
    let mut index = first;
    while let Some(strip) = strips.get(index) {
        let opens = run.slots.is_empty();
        if opens && strip.is_space() && strip.anchors.is_empty() {
            index += 1;
            continue;
        }
        let head = match (&strip.head, opens) {
            (Some(head), true) => head.advance,
            _ => Length::ZERO,
        };
        let at = match strip.start {
            Start::OnGrid => grid.align(run.end),
            Start::Anywhere => run.end,
        };
        if at + head + strip.body > room {
            let cut = match keeps {
                Keeps::Loose => None,
                keeps => cut(strips, &run, (index, keeps)),
            };
            if let Some(keep) = cut {
                run.slots.truncate(keep);
                index = run.slots.last().map_or(first, |slot| slot.index + 1);
            }
            break;
        }
        run.slots.push(Slot {
            index,
            at: at + head,
            with_head: head > Length::ZERO,
        });
        run.end = at + head + strip.advance;
        index += 1;
    }
    run.end = run
        .slots
        .last()
        .map_or(Length::ZERO, |slot| slot.at + strips[slot.index].advance);
    (run, index)
}

/// How many slots stay in a run that ends before the strip at `index`, where fewer than all do:
/// whatever stays with that strip goes with it, unless nothing would be left but a heading with a
/// line of its text; headings alone leave the run empty.
fn cut(strips: &[Strip], run: &Filled, (index, keeps): (usize, Keeps)) -> Option<usize> {
    let mut next = index;
    for keep in (1..=run.slots.len()).rev() {
        if !stays(strips, (next, keeps)) {
            return Some(keep);
        }
        next = run.slots[keep - 1].index;
    }
    let alone = (0..run.slots.len()).all(|at| {
        let next = run.slots.get(at + 1).map_or(index, |slot| slot.index);
        stays(strips, (next, Keeps::Headings))
    });
    (alone && !run.slots.is_empty()).then_some(0)
}

/// Whether a strip stays with the one before it in the same tier. A paragraph may be parted
/// anywhere, as newspapers do, but its second line stays with its first under a heading.
fn stays(strips: &[Strip], (index, keeps): (usize, Keeps)) -> bool {
    let strip = &strips[index];
    if strip.cut != Cut::Keep {
        return false;
    }
    match strip.text {
        Some(text) if text.nth == 1 => {
            keeps == Keeps::Kept && index > 0 && strips[index - 1].cut == Cut::Keep
        }
        Some(text) => text.nth == 0,
        None => true,
    }
}

/// How many lines running text takes in one endless run, and in which of them each strip starts.
pub(crate) fn measure(strips: &[Strip], grid: &PageGrid) -> (u32, Vec<u32>) {
    let mut end = Length::ZERO;
    let pitch = grid.pitch.wide().max(1);
    let line_at = |at: Length| u32::try_from(at.wide() / pitch).unwrap_or(0);
    let mut starts = Vec::with_capacity(strips.len());
    let mut last = Length::ZERO;
    for strip in strips {
        let at = match strip.start {
            Start::OnGrid => grid.align(end),
            Start::Anywhere => end,
        };
        starts.push(line_at(at));
        end = at + strip.advance;
        if !strip.is_space() {
            last = last.max(at + strip.body);
        }
    }
    let lines = if strips.is_empty() || last == Length::ZERO {
        0
    } else {
        u32::try_from(grid.lines_for(last)).unwrap_or(0)
    };
    (lines, starts)
}

/// The strips of a run, taken from the galley, ready to be composed.
pub(crate) fn sheet(galley: &mut Galley<'_>, run: &Filled) -> Sheet {
    Sheet {
        kind: SheetKind::Text,
        placed: run
            .slots
            .iter()
            .map(|slot| Placed {
                index: slot.index,
                at: slot.at,
                shift: Length::ZERO,
                cut: Length::ZERO,
                with_head: slot.with_head,
                strip: galley.strips[slot.index].take(),
            })
            .collect(),
    }
}

/// Where the last line of a strip ends, from the head of the measure.
pub(crate) fn reach(strip: &Strip) -> Option<Length> {
    match &strip.content {
        Content::Lines(lines) => lines
            .last()
            .map(|placed| placed.inline + placed.line.start + placed.line.set),
        _ => None,
    }
}
