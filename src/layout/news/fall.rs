//! How the text of every story falls into the runs that a plan gives it, line by line.

use std::collections::BTreeSet;

use crate::geom::Length;
use crate::layout::flow::galley::{Content, Strip};
use crate::layout::grid::PageGrid;

use super::area::Area;
use super::cost;
use super::fill::{Filled, Keeps, fill, measure};
use super::plan::{Part, Plan, PlannedPage};
use super::story::Story;
use super::subhead::give;
use super::tiers::Tiers;

/// What a part of a story holds: its runs with what fills each.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct FallenPart {
    /// The page.
    pub(crate) page: usize,
    /// Which part of the page.
    pub(crate) part: usize,
    /// Its runs.
    pub(crate) runs: Vec<(Area, Filled)>,
}

/// How a story's text falls.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Fall {
    /// Its parts.
    pub(crate) parts: Vec<FallenPart>,
    /// The first strip that has no place.
    pub(crate) next: usize,
    /// Lines for which there is no room.
    pub(crate) over: u32,
    /// Lines that stay empty at its end.
    pub(crate) empty: u32,
    /// Lines that stay empty at the ends of all its runs.
    pub(crate) blank: u32,
    /// How well its headings keep to their text.
    pub(crate) keeps: Keeps,
}

/// Lets the text of every story fall into its runs. Headings give up lines where a story would
/// else be too long by a few, and take some where it leaves a few empty; what belongs together is
/// kept so as well as can be, and no worse than is allowed.
pub(crate) fn settle(
    stories: &mut [Story<'_>],
    plan: &Plan,
    (grid, loosest): (&PageGrid, Keeps),
) -> Vec<Fall> {
    stories
        .iter_mut()
        .enumerate()
        .map(|(at, story)| {
            let parts = parts_of(plan, at);
            settled(story, &parts, (grid, loosest))
        })
        .collect()
}

/// The parts of a story, each with its page and its place on it.
pub(super) fn parts_of(plan: &Plan, story: usize) -> Vec<(usize, usize, &Part)> {
    plan.pages
        .iter()
        .enumerate()
        .flat_map(|(page, planned)| {
            let parts = planned.parts.iter().enumerate();
            parts.map(move |(nth, part)| (page, nth, part))
        })
        .filter(|(_, _, part)| part.story == story)
        .collect()
}

fn settled(
    story: &mut Story<'_>,
    parts: &[(usize, usize, &Part)],
    (grid, loosest): (&PageGrid, Keeps),
) -> Fall {
    story.keeps = Keeps::Kept;
    let heads = story.subheads.clone();
    for head in &heads {
        give(&mut story.galley, grid, (head, head.asked));
    }
    let mut fallen = fall(story, parts, grid);
    if fallen.over > 0 {
        for head in heads.iter().rev() {
            give(&mut story.galley, grid, (head, head.least));
            fallen = fall(story, parts, grid);
            if fallen.over == 0 {
                return fallen;
            }
        }
        for keeps in [Keeps::Headings, Keeps::Loose] {
            if fallen.over > 0 && keeps <= loosest {
                story.keeps = keeps;
                fallen = fall(story, parts, grid);
            }
        }
        return fallen;
    }
    for head in &heads {
        if fallen.blank == 0 {
            break;
        }
        give(&mut story.galley, grid, (head, head.asked + 1));
        let wider = fall(story, parts, grid);
        if wider.over == 0 && wider.blank < fallen.blank && wider.empty <= fallen.empty {
            fallen = wider;
        } else {
            give(&mut story.galley, grid, (head, head.asked));
        }
    }
    fallen
}

/// How a story's text falls in its parts. A last part of fewer lines than are worth a jump takes
/// some from the part before it.
pub(super) fn fall(story: &Story<'_>, parts: &[(usize, usize, &Part)], grid: &PageGrid) -> Fall {
    let strips = &story.galley.strips;
    let fallen = fall_short(story, parts, (grid, 0));
    if parts.len() < 2 || fallen.over > 0 || !is_stub(&fallen, (strips, grid)) {
        return fallen;
    }
    (1..=u16::try_from(cost::SHORT_PART * 2).unwrap_or(u16::MAX))
        .map(|held| fall_short(story, parts, (grid, held)))
        .take_while(|other| other.over == 0)
        .find(|other| {
            let before = &other.parts[parts.len() - 2];
            !is_stub(other, (strips, grid)) && is_worth(before, (strips, grid))
        })
        .unwrap_or(fallen)
}

/// Whether the last part holds text, and too little of it for a part of its own.
fn is_stub(fallen: &Fall, (strips, grid): (&[Strip], &PageGrid)) -> bool {
    let last = fallen.parts.last();
    last.is_some_and(|part| lines_in(part, grid) > 0 && !is_worth(part, (strips, grid)))
}

/// Whether a part is worth a jump: it takes enough lines of the grid, and not for headings alone.
fn is_worth(part: &FallenPart, (strips, grid): (&[Strip], &PageGrid)) -> bool {
    let slots = part.runs.iter().flat_map(|(_, run)| &run.slots);
    let printed: usize = slots.map(|slot| printed(&strips[slot.index])).sum();
    lines_in(part, grid) >= i64::from(cost::SHORT_PART) && printed >= usize::from(cost::SHORT_RUN)
}

/// How many lines of its runs a part's text takes.
fn lines_in(part: &FallenPart, grid: &PageGrid) -> i64 {
    let pitch = grid.pitch.wide().max(1);
    let used = part.runs.iter().map(|(_, run)| run.end.wide());
    used.map(|end| (end + pitch - 1) / pitch).sum()
}

/// How many lines are printed in a strip, a picture or a table being as many as are worth a jump.
fn printed(strip: &Strip) -> usize {
    match &strip.content {
        Content::Lines(lines) => {
            let axes: BTreeSet<Length> = lines.iter().map(|placed| placed.axis).collect();
            axes.len()
        }
        Content::Island(_) => usize::from(cost::SHORT_RUN),
        Content::Space | Content::Padding => 0,
    }
}

/// How a story's text falls in its parts, so many lines of the last but one held back.
fn fall_short(
    story: &Story<'_>,
    parts: &[(usize, usize, &Part)],
    (grid, held): (&PageGrid, u16),
) -> Fall {
    let strips = &story.galley.strips;
    let mut fallen = Fall::default();
    for (at, (page, nth, part)) in parts.iter().enumerate() {
        let held = if at + 2 == parts.len() { held } else { 0 };
        let (runs, next) = pour(strips, fallen.next, (part, grid, story.keeps), held);
        fallen.next = next;
        fallen.empty = empty(&runs, grid);
        fallen.blank += runs
            .iter()
            .map(|(area, run)| left((area, run), grid))
            .sum::<u32>();
        fallen.parts.push(FallenPart {
            page: *page,
            part: *nth,
            runs,
        });
    }
    fallen.over = rest(strips, fallen.next, grid);
    fallen.keeps = story.keeps;
    fallen
}

/// One part's runs, filled from a strip on; so many lines at their end stay empty.
fn pour(
    strips: &[Strip],
    first: usize,
    (part, grid, keeps): (&Part, &PageGrid, Keeps),
    held: u16,
) -> (Vec<(Area, Filled)>, usize) {
    let areas = part.runs();
    let count = areas.len();
    let mut next = first;
    let mut runs = Vec::with_capacity(count);
    // What is held back is taken from the last runs.
    let mut later: u16 = areas.iter().map(|area| area.lines).sum();
    for (at, area) in areas.into_iter().enumerate() {
        later = later.saturating_sub(area.lines);
        // The last line of a part that goes on elsewhere says where.
        let kept = u16::from(part.jumps && at + 1 == count);
        let lines = area.lines.saturating_sub(kept + held.saturating_sub(later));
        let (filled, index) = fill(strips, next, lines, (grid, keeps));
        next = index;
        runs.push((area, filled));
    }
    (runs, next)
}

/// Lines that the text after a strip takes.
fn rest(strips: &[Strip], next: usize, grid: &PageGrid) -> u32 {
    strips.get(next..).map_or(0, |rest| measure(rest, grid).0)
}

/// Empty lines at the end of a part.
fn empty(runs: &[(Area, Filled)], grid: &PageGrid) -> u32 {
    runs.iter()
        .rev()
        .scan(true, |open, (area, filled)| {
            if !*open {
                return None;
            }
            *open = filled.slots.is_empty();
            Some(left((area, filled), grid))
        })
        .sum()
}

/// Lines left empty in the middle of a story, a run at a time: how many, and the strip that did not
/// fit in them.
pub(crate) fn holes(fall: &Fall, grid: &PageGrid) -> Vec<(u32, usize)> {
    let runs: Vec<&(Area, Filled)> = fall.parts.iter().flat_map(|part| &part.runs).collect();
    let next = |at: usize| {
        let later = runs[at + 1..].iter();
        later.flat_map(|(_, filled)| &filled.slots).next()
    };
    let found = runs.iter().enumerate();
    found
        .filter_map(|(at, (area, filled))| Some((left((area, filled), grid), next(at)?.index)))
        .collect()
}

/// Empty lines at the end of a run.
pub(super) fn left((area, filled): (&Area, &Filled), grid: &PageGrid) -> u32 {
    let pitch = grid.pitch.wide().max(1);
    let used = (filled.end.wide() + pitch - 1) / pitch;
    u32::from(area.lines).saturating_sub(u32::try_from(used).unwrap_or(u32::MAX))
}

/// Takes parts into which nothing fell from the ends of stories, and the pages that hold nothing
/// then: text of large blocks may take less than it was given.
pub(crate) fn close_up(
    stories: &[Story<'_>],
    plan: &mut Plan,
    fallen: &mut [Fall],
    grid: &PageGrid,
) {
    let mut emptied = BTreeSet::new();
    for (at, fall) in fallen.iter_mut().enumerate() {
        while let [.., before, last] = fall.parts.as_slice() {
            // An end mark is no text: rather none than a page of its own.
            let strips = &stories[at].galley.strips;
            let slots =
                |filled: &Filled| filled.slots.iter().all(|slot| strips[slot.index].is_bare());
            let bare = last.runs.iter().all(|(_, filled)| slots(filled));
            let nth = fall.parts.len() - 1;
            let own = |part: &Part| part.story == at && usize::from(part.nth) == nth;
            let parts = &mut plan.pages[last.page].parts;
            let Some(found) = parts.iter().position(own) else {
                break;
            };
            if !bare || !parts[found].pieces.is_empty() {
                break;
            }
            parts.remove(found);
            let blank = if parts.is_empty() {
                emptied.insert(last.page);
                0
            } else {
                last.runs.iter().map(|(area, _)| area.slots()).sum()
            };
            fall.empty = blank + empty(&before.runs, grid);
            for part in &mut plan.pages[before.page].parts {
                part.jumps &= part.story != at;
            }
            fall.parts.pop();
        }
    }
    for page in emptied.into_iter().rev() {
        plan.pages.remove(page);
        let later = fallen.iter_mut().flat_map(|fall| &mut fall.parts);
        for part in later.filter(|part| part.page > page) {
            part.page -= 1;
        }
    }
}

/// Gives heads and pieces that the plan has left out pages of their own at the end.
pub(crate) fn left_out(stories: &[Story<'_>], plan: &mut Plan, tiers: &Tiers) {
    for (at, story) in stories.iter().enumerate() {
        let parts = || {
            let all = plan.pages.iter().flat_map(|page| &page.parts);
            all.filter(move |part| part.story == at)
        };
        let headed = parts().any(|part| part.nth == 0 && part.head.is_some());
        let known: Vec<usize> = parts()
            .flat_map(|part| &part.pieces)
            .map(|piece| piece.0)
            .collect();
        let mut more = Vec::new();
        let part = |head: Option<(usize, Area)>, pieces| Part {
            story: at,
            // Text is given by the part's number: there is none with this one.
            nth: if head.is_none() { u16::MAX } else { 0 },
            shape: vec![tiers.page()],
            head,
            pieces,
            partings: Vec::new(),
            text: (0, 0),
            slack: 0,
            jumps: false,
        };
        if !headed && !story.heads.is_empty() {
            more.push(part(Some((0, tiers.page())), Vec::new()));
        }
        for piece in (0..story.pieces.len()).filter(|piece| !known.contains(piece)) {
            more.push(part(None, vec![(piece, 0, tiers.page())]));
        }
        plan.pages.extend(more.into_iter().map(|part| PlannedPage {
            parts: vec![part],
            rest: None,
        }));
    }
}

/// Ends the last part of a story with the line that leads on, and leaves as many lines after it as
/// are worth a jump.
fn lead_on(story: &Story<'_>, (plan, at): (&mut Plan, usize), fall: &mut Fall, grid: &PageGrid) {
    let strips = &story.galley.strips;
    let Some(last) = fall.parts.last_mut() else {
        return;
    };
    let parts = plan.pages[last.page].parts.iter_mut();
    let Some(part) = parts.rev().find(|part| part.story == at) else {
        return;
    };
    part.jumps = true;
    let first = last.runs.iter().flat_map(|(_, run)| &run.slots).next();
    let first = first.map_or(fall.next, |slot| slot.index);
    for held in 0..=u16::try_from(cost::SHORT_PART).unwrap_or(u16::MAX) {
        let (runs, next) = pour(strips, first, (part, grid, story.keeps), held);
        (last.runs, fall.next) = (runs, next);
        if rest(strips, next, grid) >= cost::SHORT_PART {
            break;
        }
    }
}

/// Gives text that still has no place pages of its own at the end: nothing is lost.
pub(crate) fn spill(stories: &[Story<'_>], plan: &mut Plan, fallen: &mut [Fall], tiers: &Tiers) {
    let grid = tiers.tier();
    for (at, (story, fall)) in stories.iter().zip(fallen).enumerate() {
        let strips = &story.galley.strips;
        // Blank at a story's end needs no page.
        let bare = |next: usize| strips[next..].iter().all(Strip::is_bare);
        if !bare(fall.next) {
            lead_on(story, (plan, at), fall, &grid);
        }
        while !bare(fall.next) {
            let before = fall.next;
            let lines = rest(&story.galley.strips, fall.next, &grid).max(1);
            // A few lines more, as headings may leave some empty.
            let needed = u16::try_from(lines / u32::from(tiers.lines.max(1)) + 1);
            let needed = needed.unwrap_or(u16::MAX).clamp(1, tiers.tiers);
            let nth = u16::try_from(fall.parts.len()).unwrap_or(u16::MAX);
            let shape = Area::new((0, 0), (needed, tiers.lines));
            let head = story.turns.first().filter(|_| nth > 0).map(|turn| {
                let lines = turn.form.lines.min(tiers.lines / 2);
                (0, Area::new((0, 0), (1, lines)))
            });
            let part = Part {
                story: at,
                nth,
                shape: vec![shape],
                head,
                pieces: Vec::new(),
                partings: Vec::new(),
                text: (0, 0),
                slack: 0,
                jumps: false,
            };
            let (mut runs, next) = pour(
                &story.galley.strips,
                fall.next,
                (&part, &grid, story.keeps),
                0,
            );
            fall.next = next;
            if fall.next == before {
                // A strip larger than any tier stands in the first one all the same.
                if let Some((_, filled)) = runs.first_mut() {
                    filled.force(before);
                }
                fall.next += 1;
            }
            fall.empty = empty(&runs, &grid);
            fall.parts.push(FallenPart {
                page: plan.pages.len(),
                part: 0,
                runs,
            });
            let rest = tiers.tiers - needed;
            plan.pages.push(PlannedPage {
                parts: vec![part],
                rest: (rest > 0).then(|| Area::new((needed, 0), (rest, tiers.lines))),
            });
        }
        fall.over = 0;
    }
}
