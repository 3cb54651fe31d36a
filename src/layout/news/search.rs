//! The search that makes newspaper pages: a problem in tiers and lines becomes a plan.

use super::area::Area;
use super::bands::band_page;
use super::combine::Canvas;
use super::cost;
use super::form::Problem;
use super::item::{End, Item, Wanted};
use super::known::Known;
use super::plan::{Plan, PlanFault, PlannedPage};
use super::repair::repair;
use super::sheet::{Sheet, fill};

/// How often pages are made anew so that the last one ends better.
const REPAIRS: usize = 3;

/// Steps after which pages are not made anew.
const STEPS: u64 = 30_000;

/// Plans the pages of a newspaper. Every line of every story has its place in the plan, whatever
/// the problem; what could not be done well is told in its faults. What is known of the stories
/// already is not counted again.
pub(super) fn plan(problem: &Problem, known: &mut Known) -> Plan {
    let mut best = pages(problem, &[], known);
    let mut last = best.clone();
    for _ in 0..REPAIRS {
        if !problem.vertical || best.steps > STEPS {
            break;
        }
        let Some(wanted) = repair(problem, &last) else {
            break;
        };
        last = pages(problem, &wanted, known);
        let steps = best.steps + last.steps;
        if last.cost < best.cost {
            best = last.clone();
        }
        best.steps = steps;
    }
    tell(problem, &mut best);
    best
}

/// Makes page after page, each as good as it can be.
fn pages(problem: &Problem, wanted: &[Wanted], known: &mut Known) -> Plan {
    known.steps = 0;
    let mut plan = Plan::default();
    let mut queue: Vec<Item<'_>> = problem
        .stories
        .iter()
        .enumerate()
        .map(|(story, form)| Item {
            wanted: wanted.get(story).copied(),
            parting: problem.parting,
            ..Item::new(story, form)
        })
        .collect();
    while !queue.is_empty() {
        let page = u16::try_from(plan.pages.len()).unwrap_or(u16::MAX);
        let mut waiting = due(problem, &mut queue, page);
        match best_page(problem, &waiting, known) {
            Some((count, sheet, rest)) => {
                plan.cost += sheet.cost + cost::PAGE;
                let mut left = Vec::new();
                for (item, dressed) in chosen(&waiting, count).iter().zip(&sheet.dressed) {
                    let text = dressed.part.text.1 - dressed.part.text.0;
                    if dressed.part.jumps {
                        plan.cost += cost::JUMP;
                        left.push(item.rest(&problem.stories[item.story], text, dressed.pieces));
                    }
                }
                left.extend(waiting.drain(count..));
                waiting = left;
                plan.pages.push(PlannedPage {
                    parts: sheet
                        .dressed
                        .into_iter()
                        .map(|dressed| dressed.part)
                        .collect(),
                    rest,
                });
            }
            None => band_page(problem, &mut waiting, &mut plan, known),
        }
        waiting.append(&mut queue);
        queue = waiting;
    }
    plan.steps = known.steps;
    plan
}

/// Takes from the queue what may stand on a page: first what goes on from the page before, then
/// what the author wants there, then all that has no page of its own.
fn due<'a>(problem: &Problem, queue: &mut Vec<Item<'a>>, page: u16) -> Vec<Item<'a>> {
    let wish = |item: &Item<'_>| {
        problem.stories[item.story]
            .wish
            .page
            .filter(|_| item.nth == 0)
    };
    let (mut now, later): (Vec<_>, Vec<_>) = queue
        .drain(..)
        .partition(|item| wish(item).is_none_or(|wish| wish <= page));
    *queue = later;
    if now.is_empty() {
        now.append(queue);
    }
    now.sort_by_key(|item| (item.nth == 0, wish(item).is_none(), item.story));
    now
}

/// The first items of a queue, in the order of their rank.
fn chosen<'a>(waiting: &[Item<'a>], count: usize) -> Vec<Item<'a>> {
    let mut items = waiting[..count].to_vec();
    items.sort_by_key(|item| item.story);
    items
}

/// How a page is best filled from a queue: with how many of its items, how, and what is left of it.
fn best_page(
    problem: &Problem,
    waiting: &[Item<'_>],
    known: &mut Known,
) -> Option<(usize, Sheet, Option<Area>)> {
    let page = u32::from(problem.tiers) * u32::from(problem.lines);
    let room = (problem.tiers, problem.lines);
    // What stories take at least, and when set as they should be.
    let (mut least, mut ideal, mut most) = (0, 0, 0);
    let mut sums = vec![(0, 0, 0)];
    for item in waiting {
        let choices = known.choices(item, item.pieces.len(), room);
        let fewest = choices.iter().map(|choice| choice.slots).min()?;
        let best = choices.iter().min_by_key(|choice| choice.cost)?.slots;
        least += item.text + fewest;
        let largest = choices.iter().map(|choice| choice.slots).max()?;
        ideal += item.text + best;
        most += item.text + largest;
        sums.push((least, ideal, most));
        if least > 2 * page {
            break;
        }
    }
    let mut best: Option<(u64, usize, Sheet, Option<Area>)> = None;
    let mut consider = |count: usize, sheet: Option<Sheet>, extra: u64, rest: Option<Area>| {
        if let Some(sheet) = sheet {
            let cost = sheet.cost + extra;
            if best.as_ref().is_none_or(|(least, ..)| cost < *least) {
                best = Some((cost, count, sheet, rest));
            }
        }
    };
    let all = waiting.len();
    let after = |count: usize, sheet: &Option<Sheet>| {
        sheet
            .as_ref()
            .map_or(0, |sheet| towering(problem, waiting, count, sheet))
    };
    if sums.len() > all && least <= page {
        // Everything goes on this page: it may be the last, and end above its foot.
        let items = chosen(waiting, all);
        for used in ends(problem, least, ideal) {
            let (area, rest) = upper(problem, used);
            consider(
                all,
                fill(&items, canvas(problem, area), area, known),
                0,
                rest,
            );
        }
    }
    if ideal > page {
        let full = Area::new((0, 0), room);
        let canvas = canvas(problem, full);
        let first = sums.iter().position(|(_, ideal, _)| *ideal > page)?;
        for count in [first - 1, first, first + 1] {
            if count == 0 || count >= sums.len() {
                continue;
            }
            let items = chosen(waiting, count);
            let (least, ideal, most) = sums[count];
            if least <= page && most + page / 50 >= page && count < all {
                let sheet = fill(&items, canvas, full, known);
                let extra = cost::PAGE + after(count, &sheet);
                consider(count, sheet, extra, None);
            }
            if ideal <= page {
                continue;
            }
            let mut turns: Vec<usize> = (0..count)
                .filter(|at| {
                    let form = &problem.stories[items[*at].story];
                    !form.turns.is_empty() && !form.wish.whole
                })
                .collect();
            // The longest story bears it best.
            turns.sort_by_key(|at| std::cmp::Reverse(items[*at].text));
            for at in turns.into_iter().take(2) {
                let mut items = items.clone();
                items[at].end = End::Turned;
                let sheet = fill(&items, canvas, full, known);
                let extra = cost::PAGE + cost::JUMP + after(count, &sheet);
                consider(count, sheet, extra, None);
            }
        }
    }
    // Where nothing fills the page, fewer stories may fill a part of it.
    for count in (1..sums.len().min(all)).rev() {
        if best.is_some() {
            break;
        }
        let (least, ideal, _) = sums[count];
        let items = chosen(waiting, count);
        for used in ends(problem, least, ideal) {
            let (area, rest) = upper(problem, used);
            if let Some(sheet) = fill(&items, canvas(problem, area), area, known) {
                best = Some((sheet.cost, count, sheet, rest));
                break;
            }
        }
    }
    best.map(|(_, count, sheet, rest)| (count, sheet, rest))
}

/// What a page will leave unfilled on the next, because a piece that waits for it is longer than
/// the text that waits with it.
fn towering(problem: &Problem, waiting: &[Item<'_>], count: usize, sheet: &Sheet) -> u64 {
    let (mut slots, mut tallest) = (0, 0);
    let mut add = |item: &Item<'_>, text: u32, pieces: usize| {
        slots += item.text - text;
        for piece in &item.pieces[pieces..] {
            let least = piece
                .sizes
                .iter()
                .min_by_key(|size| (size.lines, size.tiers));
            if let Some(size) = least {
                slots += u32::from(size.tiers) * u32::from(size.lines);
                tallest = tallest.max(size.lines);
            }
        }
    };
    for (item, dressed) in chosen(waiting, count).iter().zip(&sheet.dressed) {
        let text = dressed.part.text.1 - dressed.part.text.0;
        add(item, text, dressed.pieces);
    }
    waiting[count..].iter().for_each(|item| add(item, 0, 0));
    let across = if problem.vertical { 1 } else { problem.tiers };
    let empty = u64::from((u32::from(tallest) * u32::from(across)).saturating_sub(slots));
    cost::hole(empty, 1)
}

/// How many tiers of a vertical page, or lines of a horizontal one, the last stories might fill.
fn ends(problem: &Problem, least: u32, ideal: u32) -> Vec<u16> {
    let (across, all) = if problem.vertical {
        (problem.lines, problem.tiers)
    } else {
        (problem.tiers, problem.lines)
    };
    let across = u32::from(across);
    let first = least.div_ceil(across);
    // Tiers are few and large, and filled by larger or smaller pictures; lines are many.
    let about = if problem.vertical {
        ideal / across
    } else {
        ideal.div_ceil(across)
    };
    let all_lines = u32::from(all);
    (about.min(all_lines)..=about + 1 + 2 * u32::from(problem.parting))
        .filter(|used| *used >= first && *used > 0)
        .filter_map(|used| u16::try_from(used).ok())
        .filter(|used| *used <= all)
        .collect()
}

/// The upper part of a page, and what is left of it.
fn upper(problem: &Problem, used: u16) -> (Area, Option<Area>) {
    let (tiers, lines) = (problem.tiers, problem.lines);
    let (area, rest) = if problem.vertical {
        (
            Area::new((0, 0), (used, lines)),
            Area::new((used, 0), (tiers - used, lines)),
        )
    } else {
        (
            Area::new((0, 0), (tiers, used)),
            Area::new((0, used), (tiers, lines - used)),
        )
    };
    (area, (!rest.is_empty()).then_some(rest))
}

fn canvas(problem: &Problem, area: Area) -> Canvas {
    // A page is about as 1 : √2.
    let lines = u32::from(problem.lines);
    let along = if problem.vertical {
        lines * 1414 / 1000
    } else {
        lines * 1000 / 1414
    };
    Canvas {
        tiers: area.tiers,
        lines: area.lines,
        pitch: (along / u32::from(problem.tiers).max(1)).max(1),
        vertical: problem.vertical,
        channel: problem.channel,
        parting: problem.parting,
    }
}

/// Tells what could not be done well: holes that are too large, and the author's keys not kept.
fn tell(problem: &Problem, plan: &mut Plan) {
    for (number, page) in plan.pages.iter().enumerate() {
        for part in &page.parts {
            let wish = problem.stories[part.story].wish;
            let mut tell = |fault| plan.faults.push((part.story, fault));
            if part.slack > cost::LARGE_HOLE {
                tell(PlanFault::Hole(part.slack));
            }
            if part.nth > 0 {
                if wish.whole {
                    tell(PlanFault::Parted(part.text.1 - part.text.0));
                }
                continue;
            }
            let number = u16::try_from(number).unwrap_or(u16::MAX);
            if wish.page.is_some_and(|page| page != number) {
                tell(PlanFault::Page(number));
            }
            let first = part.shape.iter().map(|area| area.tier).min();
            let last = part.shape.iter().map(|area| area.end_tier()).max();
            if let (Some(first), Some(last)) = (first, last)
                && wish.tiers.is_some_and(|tiers| tiers != last - first)
            {
                tell(PlanFault::Tiers(last - first));
            }
        }
    }
}
