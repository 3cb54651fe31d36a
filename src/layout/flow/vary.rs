//! A paragraph in one line more or less than look best, where a page ends better for it.

use crate::layout::inline::TextAlign;

use super::desk::{Desk, Job};
use super::galley::{Content, Cut, Galley, Strip, Taken};
use super::strips::paragraph_strips;

/// By how much.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Lines {
    /// One line more.
    OneMore,
    /// One line less.
    OneLess,
}

impl Lines {
    /// Paragraphs of fewer lines hardly ever come out so.
    pub(super) const fn fewest(self) -> usize {
        match self {
            Self::OneMore => 3,
            Self::OneLess => 2,
        }
    }
}

/// What is put on every line, in thousandths of a unit of badness, the least first. All are far
/// under what a loose line costs, so that none is bought.
const MORE: [i32; 2] = [-700, -4000];
const LESS: [i32; 2] = [1500, 8000];

/// How the paragraph was set before.
pub(super) struct Before {
    paragraph: usize,
    strips: Vec<Strip>,
}

/// Sets a paragraph, from a strip of the galley on, in one line more or less; `None` where it
/// does not come out so with decent lines.
pub(super) fn vary(
    galley: &mut Galley<'_>,
    (paragraph, from): (usize, usize),
    by: Lines,
    desk: &Desk<'_>,
) -> Option<Before> {
    let (start, end) = range(galley, paragraph, from)?;
    let first = &galley.strips[start];
    // A list's marker stands in its item's first line.
    let is_plain = matches!(&first.content, Content::Lines(lines) if lines.len() == 1);
    if !is_plain || first.text.is_none_or(|text| text.nth > 0) {
        return None;
    }
    let count = end - start;
    let (wanted, costs) = match by {
        Lines::OneMore => (count + 1, MORE),
        Lines::OneLess => (count.checked_sub(1)?, LESS),
    };
    let source = &galley.paragraphs[paragraph];
    let job = Job {
        text: source.text,
        measure: source.place.measure,
        mode: desk.grid.mode,
        size: source.place.size,
        voice: source.place.voice,
        indent: source.indent,
        align: TextAlign::Justify,
    };
    let mut found = None;
    for cost in costs {
        let lines = desk.leaning(&job, cost);
        let over = match by {
            Lines::OneMore => lines.len() > wanted,
            Lines::OneLess => lines.len() < wanted,
        };
        if lines.len() == wanted {
            found = Some(lines);
            break;
        }
        if over {
            break;
        }
    }
    let place = source.place;
    let group = galley.strips[start].group;
    let state = (paragraph, 0, Taken::NOTHING);
    let mut strips = paragraph_strips(desk, found?, (&place, group), state);
    let old = &galley.strips[start..end];
    // What follows a heading stays with it, and ids of its own stay with the paragraph.
    for (new, old) in strips.iter_mut().zip(old).take(2) {
        if old.cut == Cut::Keep {
            new.cut = Cut::Keep;
        }
    }
    let ids = old[0].anchors.iter().filter(|id| !desk.is_back_anchor(id));
    let ids: Vec<String> = ids.cloned().collect();
    strips[0].anchors.extend(ids);
    Some(Before {
        paragraph,
        strips: galley.strips.splice(start..end, strips).collect(),
    })
}

/// Sets it back.
pub(super) fn undo(galley: &mut Galley<'_>, (before, from): (Before, usize)) {
    if let Some((start, end)) = range(galley, before.paragraph, from) {
        galley.strips.splice(start..end, before.strips);
    }
}

/// The strips of a paragraph, looked for from one of the galley's on.
fn range(galley: &Galley<'_>, paragraph: usize, from: usize) -> Option<(usize, usize)> {
    let is_of = |strip: &Strip| strip.text.is_some_and(|text| text.paragraph == paragraph);
    let start = from + galley.strips[from..].iter().position(is_of)?;
    let count = galley.strips[start..]
        .iter()
        .take_while(|s| is_of(s))
        .count();
    Some((start, start + count))
}
