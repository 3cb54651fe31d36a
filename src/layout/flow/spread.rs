//! Spreads: pages are filled two by two, so that facing pages end alike and none is short.

use std::collections::VecDeque;

use crate::diag::{Code, Diagnostic, Sink};
use crate::geom::Length;
use crate::layout::frame::FrameKind;

use super::desk::Desk;
use super::distribute::{Decided, Placed, Sheet, SheetKind, Slot, Work};
use super::foot::{self, Ledger, Told};
use super::galley::{Float, Galley, Start, Taken};
use super::vary::{self, Lines};

/// Faults of a spread are weighed by these: facing pages that do not end alike, by the line; a
/// page shorter than it may be, by the line beyond; a line that is short.
const UNEVEN: i32 = 300;
const TOO_SHORT: i32 = 1000;
const SHORT: i32 = 10;
/// A spread of less than this is good enough.
const GOOD: i32 = UNEVEN;
/// A picture stands no more pages than this after its place in the text.
const FARTHEST: usize = 2;
/// So many paragraphs of a page are tried in one line more, and in one line less.
const TRIED: usize = 4;

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
    };
    let decided = decide(&mut work, first.number);
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

/// One spread a turn until nothing is left.
fn decide(work: &mut Work<'_, '_>, first: u32) -> Vec<Decided> {
    let mut pages: Vec<Decided> = Vec::new();
    let mut last: Option<Spread> = None;
    while !is_done(work) {
        let count: usize = pages.len() + last.as_ref().map_or(0, |last| last.pages.len());
        let number = first + u32::try_from(count).unwrap_or(0);
        let mut this = spread(work, number);
        if this.cost >= GOOD
            && let Some(before) = last.take()
        {
            let (earlier, now) = earlier(work, before, this);
            (last, this) = (Some(earlier), now);
        }
        pages.extend(last.replace(this).into_iter().flat_map(|last| last.pages));
    }
    pages.extend(last.into_iter().flat_map(|last| last.pages));
    pages
}

/// A spread with what led to it.
struct Spread {
    before: State,
    number: u32,
    /// By how many lines its pages are cut.
    cuts: [i32; 2],
    cost: i32,
    pages: Vec<Decided>,
}

/// A spread that does not end well may do so where both pages of the one before it end a line
/// earlier.
fn earlier(work: &mut Work<'_, '_>, before: Spread, this: Spread) -> (Spread, Spread) {
    let is_free = before.pages.len() == this.pages.len()
        && before.cuts == [0, 0]
        && before.pages.iter().all(|page| page.notes.is_empty());
    if !is_free {
        return (before, this);
    }
    before.before.restore(work);
    let cuts = [1, 1];
    let pages = fill(work, before.number, cuts);
    let cost = weigh(work, &pages);
    if cost < GOOD && pages.len() == before.pages.len() {
        let now = spread(work, this.number);
        if now.cost < this.cost {
            let last = Spread {
                cuts,
                cost,
                pages,
                ..before
            };
            return (last, now);
        }
    }
    before.before.restore(work);
    let pages = fill(work, before.number, before.cuts);
    let last = Spread { pages, ..before };
    let now = spread(work, this.number);
    (last, now)
}

fn is_done(work: &Work<'_, '_>) -> bool {
    work.next >= work.galley.strips.len()
        && work.waiting.is_empty()
        && work.notes.waiting.is_empty()
}

/// What changes while pages are filled, to fill them anew.
#[derive(Clone)]
struct State {
    next: usize,
    waiting: VecDeque<usize>,
    told: Told,
}

impl State {
    fn of(work: &Work<'_, '_>) -> Self {
        Self {
            next: work.next,
            waiting: work.waiting.clone(),
            told: work.notes.told(),
        }
    }

    fn restore(&self, work: &mut Work<'_, '_>) {
        work.next = self.next;
        work.waiting.clone_from(&self.waiting);
        work.notes.restore(&self.told);
    }
}

/// The pages of a spread, or the single page before the first one. Where they do not end well, a
/// few of their paragraphs are tried in a line more or less; then both pages may end a line early.
fn spread(work: &mut Work<'_, '_>, number: u32) -> Spread {
    let before = State::of(work);
    let mut best = fill(work, number, [0, 0]);
    let mut cost = weigh(work, &best);
    if cost < GOOD {
        return Spread {
            before,
            number,
            cuts: [0, 0],
            cost,
            pages: best,
        };
    }
    // A line more or less on the first page moves the end of the second one too.
    for page in (0..best.len()).rev() {
        for by in [Lines::OneMore, Lines::OneLess] {
            let Some(tried) = best.get(page).map(|page| paragraphs(work, page, by)) else {
                continue;
            };
            for paragraph in tried {
                if cost < GOOD {
                    break;
                }
                let Some(undo) = vary::vary(work.galley, (paragraph, before.next), by, work.desk)
                else {
                    continue;
                };
                before.restore(work);
                let pages = fill(work, number, [0, 0]);
                let now = weigh(work, &pages);
                if now < cost {
                    (best, cost) = (pages, now);
                } else {
                    vary::undo(work.galley, (undo, before.next));
                }
            }
        }
    }
    let mut chosen = [0, 0];
    if cost >= GOOD && best.iter().all(|page| page.notes.is_empty()) {
        for cuts in [[1, 0], [0, 1], [1, 1]] {
            before.restore(work);
            let pages = fill(work, number, cuts);
            let now = weigh(work, &pages);
            if now < cost {
                (cost, chosen) = (now, cuts);
            }
        }
    }
    before.restore(work);
    let pages = fill(work, number, chosen);
    Spread {
        before,
        number,
        cuts: chosen,
        cost,
        pages,
    }
}

/// Fills the pages of a spread, each so many lines less deep.
fn fill(work: &mut Work<'_, '_>, number: u32, cuts: [i32; 2]) -> Vec<Decided> {
    let count = if number.is_multiple_of(2) { 2 } else { 1 };
    let mut pages: Vec<Decided> = Vec::new();
    let grid = work.desk.grid;
    while pages.len() < count && !is_done(work) {
        if let Some(plate) = work.plate() {
            pages.push(plate);
            continue;
        }
        let at = u32::try_from(pages.len()).unwrap_or(0);
        work.area = grid.depth_of((grid.lines - cuts[pages.len()]).max(1));
        let page = work.turn(number + at);
        if !page.slots.is_empty() || !page.notes.is_empty() {
            pages.push(page);
        }
    }
    work.area = grid.area().block;
    pages
}

/// How badly the pages of a spread end.
fn weigh(work: &Work<'_, '_>, pages: &[Decided]) -> i32 {
    let shorts: Vec<Option<i32>> = (0..pages.len()).map(|at| short(work, pages, at)).collect();
    let mut cost = 0;
    for (page, short) in pages.iter().zip(&shorts) {
        if let Some(short) = short {
            let allowed = if before_piece(work, page.next) { 2 } else { 1 };
            cost += short * SHORT + (short - allowed).max(0) * TOO_SHORT;
        }
    }
    if let [Some(one), Some(other)] = shorts.as_slice() {
        cost += (one - other).abs() * UNEVEN;
    }
    cost
}

/// By how many lines a page is short; `None` for the last one, for plates, and for a page that
/// notes fill.
fn short(work: &Work<'_, '_>, pages: &[Decided], at: usize) -> Option<i32> {
    let page = &pages[at];
    let is_last = at + 1 == pages.len() && is_done(work);
    if is_last || page.kind != SheetKind::Text || !page.notes.is_empty() {
        return None;
    }
    // Rows of tables and small print keep to no grid.
    let is_loose = |slot: &Slot| work.strip(slot.index).start == Start::Anywhere;
    if page.slots.last().is_some_and(is_loose) {
        return None;
    }
    let reach: Length = page
        .slots
        .iter()
        .map(|slot| slot.at + work.strip(slot.index).body)
        .max()?;
    Some(work.desk.grid.lines - work.desk.grid.lines_for(reach))
}

/// Whether a heading, a picture or a table comes next.
fn before_piece(work: &Work<'_, '_>, next: usize) -> bool {
    let strips = work.galley.strips.get(next..).unwrap_or_default();
    strips
        .iter()
        .find(|strip| !strip.is_space())
        .is_some_and(|strip| {
            let kind = work.galley.groups[strip.group.0].kind;
            matches!(
                kind,
                FrameKind::Heading | FrameKind::Figure | FrameKind::Table | FrameKind::Code
            )
        })
}

/// The paragraphs that stand whole on a page with nothing beside them, the longest first.
fn paragraphs(work: &Work<'_, '_>, page: &Decided, by: Lines) -> Vec<usize> {
    let mut found: Vec<(usize, usize)> = Vec::new();
    for slot in &page.slots {
        let strip = work.strip(slot.index);
        let Some(text) = strip.text else { continue };
        if strip.taken != Taken::NOTHING {
            continue;
        }
        match found.last_mut() {
            Some((paragraph, lines)) if *paragraph == text.paragraph => *lines += 1,
            _ if text.nth == 0 => found.push((text.paragraph, 1)),
            _ => {}
        }
    }
    // What goes on on the next page cannot help this one.
    let goes_on = work
        .galley
        .strips
        .get(page.next)
        .and_then(|strip| strip.text);
    found.retain(|(paragraph, lines)| {
        *lines >= by.fewest() && goes_on.is_none_or(|text| text.paragraph != *paragraph)
    });
    found.sort_by_key(|(_, lines)| std::cmp::Reverse(*lines));
    found.truncate(TRIED);
    found.into_iter().map(|(paragraph, _)| paragraph).collect()
}
