//! The search that makes newspaper pages: a problem in tiers and lines becomes a plan.

use super::bands::bands;
use super::cost;
use super::form::Problem;
use super::plan::{Plan, PlanFault};

/// Plans the pages of a newspaper. Every line of every story has its place in the plan, whatever
/// the problem; what could not be done well is told in its faults.
pub(crate) fn plan(problem: &Problem) -> Plan {
    let mut plan = bands(problem);
    tell_holes(&mut plan);
    plan
}

/// Tells every hole that is too large, by the story it follows.
fn tell_holes(plan: &mut Plan) {
    let holes: Vec<_> = plan
        .pages
        .iter()
        .flat_map(|page| &page.parts)
        .filter(|part| part.slack > cost::LARGE_HOLE)
        .map(|part| (part.story, PlanFault::Hole(part.slack)))
        .collect();
    plan.faults.extend(holes);
}
