//! Paragraphs set in a line more where a tier would else end with empty lines.

use crate::layout::flow::desk::Desk;
use crate::layout::flow::vary::{Lines, Variants};

use super::fall::{Fall, fall, left};
use super::plan::Part;
use super::story::Story;

/// So many paragraphs of a story are set anew at most.
const MOST: usize = 12;
/// Paragraphs of fewer lines hardly ever come out so.
const FEWEST: usize = 6;

/// Sets paragraphs of a story in a line more, the longest first, in every tier that ends with empty
/// lines, as long as fewer lines stay empty for it and nothing else has no room.
pub(crate) fn even(
    story: &mut Story<'_>,
    parts: &[(usize, usize, &Part)],
    mut fallen: Fall,
    desk: &Desk<'_>,
) -> Fall {
    let mut tried = Vec::new();
    let mut variants = Variants::default();
    for _ in 0..MOST {
        let Some((paragraph, from)) = next(story, &fallen, desk, &tried) else {
            break;
        };
        tried.push(paragraph);
        let before = story.galley.strips.len();
        let varied = ((paragraph, Lines::OneMore), from);
        if !variants.set(&mut story.galley, varied, desk) {
            continue;
        }
        let more = story.galley.strips.len() - before;
        shift(story, from, |index| index + more);
        let longer = fall(story, parts, desk.grid);
        if longer.over == 0 && longer.blank < fallen.blank && longer.keeps <= fallen.keeps {
            fallen = longer;
        } else {
            variants.undo(&mut story.galley, varied, desk);
            shift(story, from, |index| index - more);
        }
    }
    fallen
}

/// Moves the place of the end mark, where it stands after a strip.
fn shift(story: &mut Story<'_>, from: usize, moved: impl Fn(usize) -> usize) {
    if let Some((index, ..)) = &mut story.end
        && *index > from
    {
        *index = moved(*index);
    }
}

/// The longest paragraph not yet tried that begins and ends in a run with empty lines at its end,
/// and its first strip.
fn next(
    story: &Story<'_>,
    fallen: &Fall,
    desk: &Desk<'_>,
    tried: &[usize],
) -> Option<(usize, usize)> {
    let strips = &story.galley.strips;
    let runs = fallen.parts.iter().flat_map(|part| &part.runs);
    let uneven =
        runs.filter(|(area, run)| !run.slots.is_empty() && left((area, run), desk.grid) > 0);
    uneven
        .filter_map(|(_, run)| {
            let first = run.slots.first()?.index;
            let last = run.slots.last()?.index;
            let end = story.end.as_ref().map_or(usize::MAX, |(index, ..)| *index);
            (first..=last)
                .filter_map(|at| Some((at, strips[at].text?)))
                .filter(|(at, text)| {
                    let after = at + count(story, *at);
                    text.nth == 0
                        && !tried.contains(&text.paragraph)
                        && after <= last + 1
                        && !(*at..after).contains(&end)
                })
                .map(|(at, text)| (count(story, at), at, text.paragraph))
                .filter(|(lines, ..)| *lines >= FEWEST)
                .max_by_key(|(lines, at, _)| (*lines, std::cmp::Reverse(*at)))
        })
        .map(|(_, at, paragraph)| (paragraph, at))
        .next()
}

/// The lines of the paragraph that begins with a strip.
fn count(story: &Story<'_>, at: usize) -> usize {
    let strips = &story.galley.strips;
    let paragraph = strips[at].text.map(|text| text.paragraph);
    strips[at..]
        .iter()
        .take_while(|strip| strip.text.map(|text| text.paragraph) == paragraph)
        .count()
}
