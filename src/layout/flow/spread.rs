//! A galley in pages: filled two by two, their notes set, pictures that came to stand far told.

use std::collections::VecDeque;

use crate::diag::{Code, Diagnostic, Sink};
use crate::geom::Length;

use super::desk::Desk;
use super::distribute::{Decided, Ease, Placed, Sheet, Slot, Work};
use super::even::Evener;
use super::foot::{self, Ledger};
use super::galley::{Float, Galley};

/// A picture stands no more pages than this after its place in the text.
const FARTHEST: usize = 2;

/// The first page of what is distributed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct FirstPage {
    /// Its number.
    pub(crate) number: u32,
    /// Whether notes of both pages of a spread stand on the odd one.
    pub(crate) spread_notes: bool,
}

/// Cuts a galley into pages. Every strip comes to stand on exactly one of them; what is too large
/// for any page stands on one alone.
pub(crate) fn distribute(
    galley: &mut Galley<'_>,
    first: FirstPage,
    desk: &Desk<'_>,
    sink: &mut Sink,
) -> Vec<Sheet> {
    let notes = Ledger::new(&galley.notes, desk);
    let mut work = Work {
        galley,
        desk,
        area: desk.grid.area().block,
        next: 0,
        waiting: VecDeque::new(),
        notes,
        spread_notes: first.spread_notes,
        heading_ends: false,
        ease: Ease::Strict,
    };
    let decided = Evener::default().decide(&mut work, first.number);
    tell_far(&work, &decided, sink);
    let notes = work.notes;
    for paragraph in &mut galley.paragraphs {
        sink.extend(paragraph.met.drain(..));
    }
    decided
        .into_iter()
        .map(|page| {
            let mut placed: Vec<Placed> = page
                .slots
                .into_iter()
                .map(|slot| Placed {
                    index: slot.index,
                    at: slot.at,
                    shift: slot.shift,
                    cut: slot.cut,
                    with_head: slot.with_head,
                    strip: galley.strips[slot.index].take(),
                })
                .collect();
            if !page.notes.is_empty() {
                let shape = (
                    page.notes.as_slice(),
                    notes.depth(&page.notes),
                    placed.is_empty(),
                );
                let set = foot::set(galley, shape, desk, sink);
                placed.extend(set.into_iter().map(|(at, mut strip)| {
                    let set = strip.take();
                    // Its like in the galley tells where its groups start and end.
                    let index = galley.strips.len();
                    galley.strips.push(strip);
                    Placed {
                        index,
                        at,
                        shift: Length::ZERO,
                        cut: Length::ZERO,
                        with_head: false,
                        strip: set,
                    }
                }));
            }
            Sheet {
                kind: page.kind,
                placed,
            }
        })
        .collect()
}

/// Tells of pictures more than two pages from the text before them.
fn tell_far(work: &Work<'_, '_>, pages: &[Decided], sink: &mut Sink) {
    // The pages on which text that stays in its place starts, by its strips.
    let mut places: Vec<(usize, usize)> = Vec::new();
    for (page, decided) in pages.iter().enumerate() {
        let stays = |slot: &&Slot| work.strip(slot.index).float() == Float::Stay;
        if let Some(first) = decided.slots.iter().find(stays) {
            places.push((first.index, page));
        }
    }
    for (page, decided) in pages.iter().enumerate() {
        for slot in &decided.slots {
            let strip = work.strip(slot.index);
            if strip.float() == Float::Stay {
                continue;
            }
            let at = places.partition_point(|(index, _)| *index <= slot.index);
            let Some((_, reference)) = at.checked_sub(1).map(|at| places[at]) else {
                continue;
            };
            let far = page.abs_diff(reference);
            let source = work.galley.groups[strip.group.0].source;
            if far > FARTHEST {
                sink.push(
                    Diagnostic::warning(
                        Code::FigureFar,
                        source,
                        format!("the picture stands {far} pages after its place in the text"),
                    )
                    .hint("move it up, set the pictures before it smaller, or use fewer of them"),
                );
            }
        }
    }
}
