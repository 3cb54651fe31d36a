//! A story dressed for its shape: the head, the sizes and the places that fill it with the least fault.

use super::cost::{self, hole};
use super::form::Head;
use super::item::{Choice, End, Item, parts_after, pieces_before};
use super::known::Ways;
use super::plan::{JUMP_LINES, Part};
use super::seat::{Guest, Manner, seat, seat_head};
use super::shape::Shape;

/// A part of a story in its place, with what it costs there.
#[derive(Debug, Clone)]
pub(super) struct Dressed {
    /// The part.
    pub(super) part: Part,
    /// How many pieces stand in it.
    pub(super) pieces: usize,
    /// What it costs, its slack included.
    pub(super) cost: u64,
}

/// Choices that are seated before the best is taken.
const SEATED: usize = 18;

/// One way to fill a shape, before it is known whether its pieces have room.
struct Trial {
    choice: Choice,
    /// Where it stands among all ways.
    nth: usize,
    /// How many pieces.
    pieces: usize,
    /// Lines of text.
    text: u32,
    /// What it would cost, places apart.
    cost: u64,
}

/// Dresses an item for a shape; nothing where its text or its pieces do not go in.
pub(super) fn dress(
    item: &Item<'_>,
    ways: &Ways,
    shape: &Shape,
    steps: &mut u64,
) -> Option<Dressed> {
    let mut trials = trials(item, ways, shape);
    // No more than these are seated.
    let rank = |trial: &Trial| (trial.cost, trial.choice.slots, trial.nth);
    if trials.len() > 2 * SEATED {
        trials.select_nth_unstable_by_key(2 * SEATED, rank);
        trials.truncate(2 * SEATED);
    }
    trials.sort_unstable_by_key(rank);
    let mut best: Option<Dressed> = None;
    for (manner, many) in [(Manner::Strict, SEATED), (Manner::Lenient, 2 * SEATED)] {
        for trial in trials.iter().take(many) {
            if best.as_ref().is_some_and(|best| best.cost <= trial.cost) {
                break;
            }
            *steps += 1;
            if let Some(dressed) = fit(item, shape, trial, manner)
                && best.as_ref().is_none_or(|best| dressed.cost < best.cost)
            {
                best = Some(dressed);
            }
        }
        if best.is_some() {
            break;
        }
    }
    best
}

fn trials(item: &Item<'_>, ways: &Ways, shape: &Shape) -> Vec<Trial> {
    let slots = shape.slots();
    let lines = shape.spans.iter().map(|(a, b)| b - a).max().unwrap_or(0);
    let fits = |choice: &&Choice| choice.reach.0 <= shape.tiers() && choice.reach.1 <= lines;
    let mut found = Vec::new();
    for (pieces, choices) in ways.iter(item) {
        for choice in choices.iter().filter(fits).copied() {
            let free = shape.parted(choice.head_tiers, item.parting) * u32::from(item.parting);
            let taken = choice.slots + free;
            let (text, spent) = match item.end {
                End::Whole => {
                    let Some(slack) = slots.checked_sub(item.text + taken) else {
                        continue;
                    };
                    (item.text, hole(u64::from(slack), 1))
                }
                End::Turned => {
                    let text = slots.saturating_sub(taken + JUMP_LINES);
                    if !parts_after(item, text) {
                        continue;
                    }
                    let stray = pieces_before(item, text).abs_diff(pieces) as u64;
                    (text, cost::STRAY * stray)
                }
            };
            found.push(Trial {
                choice,
                nth: found.len(),
                pieces,
                text,
                cost: choice.cost + spent,
            });
        }
    }
    found
}

/// Seats head and pieces of one choice and counts what is left.
fn fit(item: &Item<'_>, shape: &Shape, trial: &Trial, manner: Manner) -> Option<Dressed> {
    let mut head = None;
    let partings = shape.partings(trial.choice.head_tiers, item.parting);
    let inner = shape.without(&partings);
    let slots = inner.slots();
    let mut content = trial.choice.slots;
    if let Some(n) = trial.choice.head {
        let own = item.heads[n];
        let form = Head {
            lines: own.lines + trial.choice.grown,
            ..own
        };
        let area = seat_head(shape, form)?;
        content += area.slots() - slots_of(form.tiers, form.lines);
        head = Some((n, area));
    }
    let mut text = trial.text;
    if item.end == End::Turned {
        text = slots.checked_sub(content + JUMP_LINES)?;
        if !parts_after(item, text) {
            return None;
        }
    }
    let jump = if item.end == End::Turned {
        JUMP_LINES
    } else {
        0
    };
    let slack = slots.checked_sub(content + text + jump)?;
    let guests: Vec<Guest> = (0..trial.pieces)
        .map(|i| {
            let piece = &item.pieces[i];
            let size = piece.sizes[trial.choice.sizes.of(i)];
            Guest {
                kind: piece.kind,
                tiers: size.tiers,
                lines: size.lines,
                tier: own_tier(item.reference(piece), text, shape.tiers()),
            }
        })
        .collect();
    let seating = seat(&inner, head.map(|(_, area)| area), &guests, manner)?;
    let stray = trial.cost - trial.choice.cost;
    let spent = if item.end == End::Turned {
        stray
    } else {
        hole(u64::from(slack), 1)
    };
    Some(Dressed {
        cost: trial.choice.cost + spent + seating.cost,
        pieces: trial.pieces,
        part: Part {
            story: item.story,
            nth: item.nth,
            shape: shape.areas(),
            head,
            pieces: seating
                .places
                .iter()
                .enumerate()
                .map(|(i, place)| (item.piece + i, trial.choice.sizes.of(i), *place))
                .collect(),
            partings,
            text: (item.from, item.from + text),
            slack,
            jumps: item.end == End::Turned,
        },
    })
}

fn slots_of(tiers: u16, lines: u16) -> u32 {
    u32::from(tiers) * u32::from(lines)
}

/// The tier of a shape in which a line of its text falls, as far as can be told beforehand.
fn own_tier(line: u32, text: u32, tiers: u16) -> u16 {
    let at = u64::from(line) * u64::from(tiers) / u64::from(text.max(1));
    u16::try_from(at)
        .unwrap_or(tiers)
        .min(tiers.saturating_sub(1))
}
