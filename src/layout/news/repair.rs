//! The last page made to end on a whole tier: other heads and sizes for stories of all pages.
//!
//! Every page but the last is filled by text that goes on overleaf, so what is left over gathers
//! at the end. What each story would take with its other heads and picture sizes is known, so the
//! cheapest change that fills the last tier, or does without it, is a knapsack over the stories.

use super::cost;
use super::form::Problem;
use super::item::{Choice, Item, Wanted, choices, grown_cost, most_grown};
use super::plan::Plan;

/// One change of a story's head and sizes.
struct Change {
    /// Slots more.
    more: i64,
    /// Cost more.
    cost: i64,
    wanted: Wanted,
}

/// The heads and sizes by which the last page of a plan would be filled better; nothing where it
/// is filled, or where no change helps.
pub(super) fn repair(problem: &Problem, plan: &Plan) -> Option<Vec<Wanted>> {
    let last = plan.pages.last()?;
    let hole: u32 = last.parts.iter().map(|part| part.slack).sum();
    let stories = i64::try_from(last.parts.len()).ok()?;
    let across = i64::from(problem.lines);
    let now = i64::from(hole);
    if now <= stories {
        return None;
    }
    let left = |more: i64| -> i64 {
        let left = (now - more).rem_euclid(across).unsigned_abs();
        i64::try_from(cost::hole(left, stories.unsigned_abs())).unwrap_or(i64::MAX)
    };
    let table: Vec<Vec<Change>> = (0..problem.stories.len())
        .map(|story| changes(problem, plan, story))
        .collect::<Option<_>>()?;
    let width = usize::try_from(2 * across + 1).ok()?;
    let none = i64::MAX / 4;
    let mut least = vec![none; width];
    least[width / 2] = 0;
    let mut picked: Vec<Vec<u16>> = Vec::with_capacity(table.len());
    for changes in &table {
        let mut next = vec![none; width];
        let mut pick = vec![0; width];
        for (at, cost) in least.iter().enumerate().filter(|(_, cost)| **cost < none) {
            for (n, change) in changes.iter().enumerate() {
                let to = i64::try_from(at).ok()? + change.more;
                if let Ok(to) = usize::try_from(to)
                    && to < width
                    && cost + change.cost < next[to]
                {
                    next[to] = cost + change.cost;
                    pick[to] = u16::try_from(n).ok()?;
                }
            }
        }
        least = next;
        picked.push(pick);
    }
    let more = |at: usize| i64::try_from(at).unwrap_or(0) - across;
    let (mut at, found) = (0..width)
        .filter(|at| least[*at] < none)
        .map(|at| (at, least[at] + left(more(at))))
        .min_by_key(|(at, cost)| (*cost, more(*at).abs()))?;
    if found >= left(0) || more(at) == 0 {
        return None;
    }
    let mut wanted = Vec::with_capacity(table.len());
    for (changes, pick) in table.iter().zip(&picked).rev() {
        let change = &changes[usize::from(pick[at])];
        wanted.push(change.wanted);
        at = usize::try_from(i64::try_from(at).ok()? - change.more).ok()?;
    }
    wanted.reverse();
    Some(wanted)
}

/// What a story takes in a plan and what it would take with other heads and sizes.
fn changes(problem: &Problem, plan: &Plan, story: usize) -> Option<Vec<Change>> {
    let form = &problem.stories[story];
    let item = Item::new(story, form);
    let parts = || {
        plan.pages
            .iter()
            .flat_map(|page| &page.parts)
            .filter(move |part| part.story == story)
    };
    let (mut slots, mut spent) = (0, 0);
    let mut tiers = 0;
    let mut head = None;
    for part in parts() {
        tiers = tiers.max(part.shape.iter().map(|area| area.tiers).sum());
        if let (0, Some((n, area))) = (part.nth, part.head) {
            // More than that is what an across head takes of its whole tier.
            let own = form.heads[n];
            let more = area.lines.saturating_sub(own.lines);
            let grown = if more <= most_grown(&own) { more } else { 0 };
            slots += u32::from(own.tiers) * u32::from(own.lines + grown);
            spent += u64::from(own.cost) + grown_cost(grown);
            head = Some((n, grown));
        }
        for (piece, size, _) in &part.pieces {
            let size = form.pieces[*piece].sizes[*size];
            slots += u32::from(size.tiers) * u32::from(size.lines);
            spent += u64::from(size.cost);
        }
    }
    let as_it_is = parts().flat_map(|part| &part.pieces).fold(
        Wanted::new(head, Default::default()),
        |wanted, (piece, size, _)| wanted.with(*piece, *size),
    );
    let mut found = vec![Change {
        more: 0,
        cost: 0,
        wanted: as_it_is,
    }];
    let all = choices(&item, form.pieces.len(), (tiers, problem.lines));
    found.extend(all.iter().map(|choice: &Choice| Change {
        more: i64::from(choice.slots) - i64::from(slots),
        cost: i64::try_from(choice.cost).unwrap_or(0) - i64::try_from(spent).unwrap_or(0),
        wanted: Wanted::new(choice.head.map(|head| (head, choice.grown)), choice.sizes),
    }));
    Some(found)
}
