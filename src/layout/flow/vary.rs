//! Paragraphs in a line more or less than look best, wider blanks, where a page ends better for it.

use std::collections::BTreeMap;

use crate::geom::Length;
use crate::layout::inline::TextAlign;
use crate::layout::line::Line;

use super::desk::{Desk, Job};
use super::galley::{Content, Cut, Galley, Strip, Taken};
use super::strips::paragraph_strips;

/// By how much.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Lines {
    /// One line more.
    OneMore,
    /// One line less.
    OneLess,
    /// Of a blank before a heading or after a headline: one line more.
    Blank,
}

impl Lines {
    /// Paragraphs of fewer lines hardly ever come out so.
    const fn fewest(self) -> usize {
        match self {
            Self::OneMore => 3,
            Self::OneLess => 2,
            Self::Blank => 0,
        }
    }

    /// Neither does one whose other lines would each have to give or take more than this, in
    /// thousandths of an em: of the paragraphs of two long novels that came out so, none had to.
    const fn most(self) -> i64 {
        match self {
            Self::OneMore => 1000,
            Self::OneLess => 3500,
            Self::Blank => 0,
        }
    }
}

/// What is put on every line, in thousandths of a unit of badness, the most first: weaker ones are
/// tried where a paragraph comes out in too many lines or too few. All are under what a last line of
/// a single character costs, so that none is bought.
const MORE: [i32; 3] = [-11_000, -4_000, -700];
const LESS: [i32; 3] = [11_000, 4_000, 1_500];

/// No line is stretched by more than this part of its measure for it, in thousandths, where the
/// paragraph has none that already is: one character in a line of twenty-four.
const MOST_STRETCHED: i64 = 42;

/// A paragraph by its place in the galley, or a blank by its group, and how it is to come out.
pub(crate) type Varied = (usize, Lines);

/// What paragraphs look like the other way: what stands in the galley changes places with it.
#[derive(Default)]
pub(crate) struct Variants {
    /// Nothing where a paragraph does not come out so with decent lines.
    known: BTreeMap<Varied, Option<Vec<Strip>>>,
}

impl Variants {
    /// Sets a paragraph, from a strip of the galley on, in a line more or less; whether it comes
    /// out so.
    pub(crate) fn set(
        &mut self,
        galley: &mut Galley<'_>,
        (varied, from): (Varied, usize),
        desk: &Desk<'_>,
    ) -> bool {
        if varied.1 == Lines::Blank {
            return widen(galley, (varied.0, from), desk.grid.pitch);
        }
        let Some((start, end)) = range(galley, varied.0, from) else {
            return false;
        };
        let strips = match self.known.remove(&varied) {
            Some(known) => known,
            None => made(galley, (varied, (start, end)), desk),
        };
        let Some(strips) = strips else {
            self.known.insert(varied, None);
            return false;
        };
        let old = galley.strips.splice(start..end, strips).collect();
        self.known.insert(varied, Some(old));
        true
    }

    /// Sets it back.
    pub(crate) fn undo(
        &mut self,
        galley: &mut Galley<'_>,
        (varied, from): (Varied, usize),
        desk: &Desk<'_>,
    ) {
        if varied.1 == Lines::Blank {
            widen(galley, (varied.0, from), -desk.grid.pitch);
            return;
        }
        let Some((start, end)) = range(galley, varied.0, from) else {
            return;
        };
        if let Some(Some(old)) = self.known.remove(&varied) {
            let strips: Vec<Strip> = galley.strips.splice(start..end, old).collect();
            // Lines that were set anew beside a picture are no use elsewhere.
            if strips.iter().all(|strip| strip.taken == Taken::NOTHING) {
                self.known.insert(varied, Some(strips));
            }
        }
    }
}

/// Whether a strip is a blank that stands by itself on the page and may be wider.
pub(super) fn is_elastic(galley: &Galley<'_>, strip: &Strip) -> bool {
    matches!(strip.content, Content::Space | Content::Padding)
        && strip.advance > Length::ZERO
        && galley.groups[strip.group.0].parent.is_none()
        && galley.is_plain(strip.group)
}

/// Makes the blank of a group wider by so much; whether there is one from a strip on.
fn widen(galley: &mut Galley<'_>, (group, from): (usize, usize), by: Length) -> bool {
    let blank = galley.strips[from..]
        .iter_mut()
        .find(|strip| strip.group.0 == group);
    let Some(blank) = blank else {
        return false;
    };
    blank.advance += by;
    if !blank.is_space() {
        blank.body += by;
    }
    true
}

/// How much each of the other lines of a paragraph would have to give or take, in thousandths of
/// an em; `None` where it cannot come out so.
pub(super) fn need(lines: &[&Strip], by: Lines) -> Option<i64> {
    let count = lines.len();
    if count < by.fewest() {
        return None;
    }
    let last = lines.last()?;
    let Content::Lines(set) = &last.content else {
        return None;
    };
    let line = &set.last()?.line;
    let size = line.size.wide().max(1);
    let (length, over) = match by {
        // At least two characters move to the new line.
        Lines::OneMore => (last.measure.wide() - line.set.wide() + size * 2, count),
        Lines::OneLess => (line.set.wide(), count - 1),
        Lines::Blank => return None,
    };
    let each = length * 1000 / size / i64::try_from(over).unwrap_or(i64::MAX);
    (each <= by.most()).then_some(each)
}

/// By how much a line is longer than its cells are of themselves.
fn stretched(line: &Line) -> Length {
    (line.set - line.natural).at_least_zero()
}

/// By how much the most stretched line is.
fn worst(lines: &[Line]) -> Length {
    lines.iter().map(stretched).max().unwrap_or(Length::ZERO)
}

/// The strips of a paragraph in a line more or less.
fn made(
    galley: &Galley<'_>,
    ((paragraph, by), (start, end)): (Varied, (usize, usize)),
    desk: &Desk<'_>,
) -> Option<Vec<Strip>> {
    let old = &galley.strips[start..end];
    // A list's marker stands in its item's first line.
    let is_plain = matches!(&old[0].content, Content::Lines(lines) if lines.len() == 1);
    let is_whole = old[0].text.is_some_and(|text| text.nth == 0);
    if !is_plain || !is_whole {
        return None;
    }
    let count = old.len();
    let (wanted, costs) = match by {
        Lines::OneMore => (count + 1, MORE),
        Lines::OneLess => (count.checked_sub(1)?, LESS),
        Lines::Blank => return None,
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
    let set = |strip: &Strip| match &strip.content {
        Content::Lines(lines) => lines
            .last()
            .map_or(Length::ZERO, |placed| stretched(&placed.line)),
        _ => Length::ZERO,
    };
    let most = old.iter().map(set).max().unwrap_or(Length::ZERO);
    let most = most.max(source.place.measure.scale(MOST_STRETCHED, 1000));
    let found = desk.leaning(&job, (&costs, wanted));
    let found = found.filter(|lines| worst(lines) <= most);
    let place = source.place;
    let state = (paragraph, 0, Taken::NOTHING);
    let mut strips = paragraph_strips(desk, found?, (&place, old[0].group), state);
    // What follows a heading stays with it, and ids of its own stay with the paragraph.
    for (new, old) in strips.iter_mut().zip(old).take(2) {
        if old.cut == Cut::Keep {
            new.cut = Cut::Keep;
        }
    }
    let ids = old[0].anchors.iter().filter(|id| !desk.is_back_anchor(id));
    let ids: Vec<String> = ids.cloned().collect();
    strips[0].anchors.extend(ids);
    Some(strips)
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
