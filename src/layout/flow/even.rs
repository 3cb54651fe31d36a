//! Spreads whose pages end alike: paragraphs a line longer or shorter, both pages a line short.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use crate::geom::Length;
use crate::layout::frame::FrameKind;

use super::distribute::{Decided, Ease, SheetKind, Slot, Work};
use super::foot::Told;
use super::galley::{Content, Start, Strip, Taken, TextLine};
use super::vary::{Lines, Variants, Varied, is_elastic, need};

/// Faults of a spread are weighed by these: facing pages that do not end alike, by the line; a
/// page shorter than it may be, by the line beyond; a line that is short; a paragraph that is a
/// line longer or shorter than looks best; a first line alone at a page's end; a
/// blank a line wider.
const UNEVEN: i32 = 300;
const TOO_SHORT: i32 = 1000;
const SHORT: i32 = 10;
const VARIED: i32 = 6;
const LONE: i32 = 30;
const WIDER: i32 = 40;
/// A spread of less than this is good enough.
const GOOD: i32 = UNEVEN;
/// By how many lines both pages of a spread may be cut.
const CUTS: [i32; 2] = [0, 1];
/// So many settings of paragraphs are tried for a page.
const TRIED: usize = 8;
/// So many spreads before one that does not end well may be set in another way for its sake …
const BACK: usize = 8;
/// … and so many pages are filled to find one.
const MOST_FILLED: u32 = 1500;

/// Fills pages two by two so that facing pages end alike and none is short.
#[derive(Default)]
pub(super) struct Evener {
    variants: Variants,
}

/// A way to set a spread.
#[derive(Debug, Clone, Default)]
struct Choice {
    /// By how many lines its pages are cut.
    cut: i32,
    /// The paragraphs that are set in a line more or less, by the page on which they start.
    varied: [Vec<Varied>; 2],
    /// What each page may end with.
    ease: [Ease; 2],
    /// What is wrong with it.
    cost: i32,
}

/// A spread as it is set, with what led to it.
struct Spread {
    before: State,
    number: u32,
    choice: Choice,
    pages: Vec<Decided>,
}

/// What is known while the spreads before one are set in other ways.
struct Search {
    /// How many pages may still be filled.
    left: u32,
    /// Where spreads start from which the one in question does not come out well.
    dead: BTreeSet<Key>,
    /// The page at which it starts.
    goal: u32,
    /// What is wrong with those spreads before it that do not end well either.
    bad: BTreeMap<u32, i32>,
    /// What pages may end with.
    eases: &'static [Ease],
}

/// What pages may end with, the first that leads to a good spread.
const EASES: [&[Ease]; 2] = [&[Ease::Strict], &[Ease::Strict, Ease::Lenient]];

/// By how many lines a page is cut, and what it may end with.
type Way = (i32, Ease);

/// Where a spread starts: its number, the strips and the pictures that are left.
type Key = (u32, usize, usize);

impl Evener {
    /// One spread a turn until nothing is left.
    pub(super) fn decide(mut self, work: &mut Work<'_, '_>, first: u32) -> Vec<Decided> {
        let mut done: Vec<Spread> = Vec::new();
        let mut number = first;
        while !is_done(work) {
            let mut spread = self.set(work, (number, Choice::default()));
            if spread.choice.cost >= GOOD {
                self.take_back(work, &spread);
                spread = self.mend(work, &mut done, number);
            }
            number += count(&spread.pages);
            done.push(spread);
        }
        done.into_iter().flat_map(|spread| spread.pages).collect()
    }

    /// Sets a spread in one way.
    fn set(&mut self, work: &mut Work<'_, '_>, (number, choice): (u32, Choice)) -> Spread {
        let before = State::of(work);
        let mut pages = Vec::new();
        let mut shorts = Vec::new();
        let ways = choice.varied.iter().zip(choice.ease);
        for (varied, ease) in ways.take(pages_of(number)) {
            for one in varied {
                self.set_one(work, (*one, before.next));
            }
            let way = (choice.cut, ease);
            let Some(page) = fill(work, number + count(&pages), way) else {
                break;
            };
            shorts.push(Shortness::of(work, &page));
            pages.push(page);
        }
        let cost = weigh(&shorts, &choice.varied);
        Spread {
            before,
            number,
            choice: Choice { cost, ..choice },
            pages,
        }
    }

    /// Goes back to where a spread starts.
    fn take_back(&mut self, work: &mut Work<'_, '_>, spread: &Spread) {
        for varied in spread.choice.varied.iter().flatten().rev() {
            self.variants
                .undo(work.galley, (*varied, spread.before.next), work.desk);
        }
        spread.before.restore(work);
    }

    /// The best way to set a spread that does not end well of itself. Where it has no good one,
    /// the spreads before it are set in other ways that are good, the nearest first.
    fn mend(&mut self, work: &mut Work<'_, '_>, done: &mut Vec<Spread>, number: u32) -> Spread {
        let mut best = Choice {
            cost: i32::MAX,
            ..Choice::default()
        };
        for eases in EASES {
            let mut search = Search {
                left: MOST_FILLED,
                dead: BTreeSet::new(),
                goal: number,
                bad: BTreeMap::new(),
                eases,
            };
            let choices = self.choices(work, number, &mut search);
            if let Some(found) = choices.into_iter().next()
                && found.cost < best.cost
            {
                best = found;
            }
            if best.cost < GOOD {
                break;
            }
            if let Some(spread) = self.go_back(work, done, &mut search) {
                return spread;
            }
        }
        self.set(work, (number, best))
    }

    /// Sets the spreads before the one in question in other ways that are good, so that it is
    /// good too, and gives the last of them; all stays as it was where there are none.
    fn go_back(
        &mut self,
        work: &mut Work<'_, '_>,
        done: &mut Vec<Spread>,
        search: &mut Search,
    ) -> Option<Spread> {
        let number = search.goal;
        let mut taken: Vec<Choice> = Vec::new();
        let mut first = number;
        search.dead.insert(key(work, number));
        while taken.len() < BACK && search.left > 0 {
            let Some(spread) = done.pop() else { break };
            self.take_back(work, &spread);
            first = spread.number;
            if spread.choice.cost >= GOOD {
                search.bad.insert(first, spread.choice.cost);
            }
            taken.push(spread.choice);
            if let Some(mut found) = self.other(work, first, search) {
                let last = found.pop();
                done.extend(found);
                if last.is_some() {
                    return last;
                }
            }
        }
        // All stays as it was.
        while let Some(choice) = taken.pop() {
            let spread = self.set(work, (first, choice));
            first += count(&spread.pages);
            done.push(spread);
        }
        None
    }

    /// Spreads from here on to the one in question, all good.
    fn other(
        &mut self,
        work: &mut Work<'_, '_>,
        number: u32,
        search: &mut Search,
    ) -> Option<Vec<Spread>> {
        if search.left == 0 || !search.dead.insert(key(work, number)) {
            return None;
        }
        for choice in self.choices(work, number, search) {
            if choice.cost >= GOOD && search.bad.get(&number).is_none_or(|bad| choice.cost > *bad) {
                break;
            }
            let spread = self.set(work, (number, choice));
            if number >= search.goal || is_done(work) {
                return Some(vec![spread]);
            }
            let next = number + count(&spread.pages);
            if let Some(mut rest) = self.other(work, next, search) {
                rest.insert(0, spread);
                return Some(rest);
            }
            self.take_back(work, &spread);
        }
        None
    }

    /// The ways to set a spread, the best first: each with another end.
    fn choices(
        &mut self,
        work: &mut Work<'_, '_>,
        number: u32,
        search: &mut Search,
    ) -> Vec<Choice> {
        let start = State::of(work);
        let mut found: Vec<(Choice, Key)> = Vec::new();
        let mut note = |cut: i32, ends: &[&End]| {
            let shorts: Vec<Shortness> = ends.iter().map(|end| end.short).collect();
            let varied = [0, 1].map(|at| ends.get(at).map_or(Vec::new(), |end| end.varied.clone()));
            let ease = [0, 1].map(|at| ends.get(at).map_or(Ease::Strict, |end| end.ease));
            if let Some(last) = ends.last() {
                let cost = weigh(&shorts, &varied);
                let choice = Choice {
                    cut,
                    varied,
                    ease,
                    cost,
                };
                found.push((choice, last.key));
            }
        };
        for cut in CUTS {
            for first in self.ends(work, (number, cut), search) {
                for varied in &first.varied {
                    self.set_one(work, (*varied, start.next));
                }
                first.after.restore(work);
                if pages_of(number) == 1 || is_done(work) {
                    note(cut, &[&first]);
                } else {
                    for second in self.ends(work, (number + 1, cut), search) {
                        note(cut, &[&first, &second]);
                    }
                }
                for varied in first.varied.iter().rev() {
                    let undone = (*varied, start.next);
                    self.variants.undo(work.galley, undone, work.desk);
                }
                start.restore(work);
            }
        }
        found.sort_by_key(|(choice, _)| choice.cost);
        let mut ends = BTreeSet::new();
        found.retain(|(_, end)| ends.insert(*end));
        found.into_iter().map(|(choice, _)| choice).collect()
    }

    /// How a page may end, as deep as asked where it can be: as it comes, and with one of its
    /// paragraphs a line longer or shorter.
    fn ends(
        &mut self,
        work: &mut Work<'_, '_>,
        (number, cut): (u32, i32),
        search: &mut Search,
    ) -> Vec<End> {
        let mut keys = BTreeSet::new();
        let mut ends = Vec::new();
        for ease in search.eases {
            ends.extend(self.eased(work, (number, (cut, *ease)), &mut keys, search));
        }
        ends
    }

    /// The same with one choice of what the page may end with; those with ends that are not yet
    /// among the keys.
    fn eased(
        &mut self,
        work: &mut Work<'_, '_>,
        (number, way): (u32, Way),
        keys: &mut BTreeSet<Key>,
        search: &mut Search,
    ) -> Vec<End> {
        let (cut, ease) = way;
        let before = State::of(work);
        let Some(page) = fill(work, number, way) else {
            before.restore(work);
            return Vec::new();
        };
        search.left = search.left.saturating_sub(1);
        let natural = End::of(work, (&page, number), (Vec::new(), ease));
        before.restore(work);
        let is_new = keys.insert(natural.key);
        let mut ends = Vec::new();
        let mut come_out: Vec<Varied> = Vec::new();
        for varied in varying(work, &page, (before.next, ease)) {
            if let Some(end) = self.end(work, (number, way), &[varied], search) {
                come_out.push(varied);
                if end.short.is(cut) && keys.insert(end.key) {
                    ends.push(end);
                }
            }
        }
        // Two paragraphs make two lines.
        for (at, one) in come_out.iter().enumerate() {
            for other in come_out[at + 1..]
                .iter()
                .filter(|other| (other.1 == Lines::OneLess) == (one.1 == Lines::OneLess))
            {
                if let Some(end) = self.end(work, (number, way), &[*one, *other], search)
                    && end.short.is(cut)
                    && keys.insert(end.key)
                {
                    ends.push(end);
                }
            }
        }
        if is_new && (natural.short.is(cut) || ends.is_empty()) {
            ends.insert(0, natural);
        }
        ends
    }

    /// How a page ends with some of its paragraphs a line longer or shorter; `None` where they do
    /// not come out so. All stays as it was.
    fn end(
        &mut self,
        work: &mut Work<'_, '_>,
        (number, way): (u32, Way),
        varied: &[Varied],
        search: &mut Search,
    ) -> Option<End> {
        let before = State::of(work);
        let mut set = 0;
        for one in varied {
            if !self.set_one(work, (*one, before.next)) {
                break;
            }
            set += 1;
        }
        let mut end = None;
        if set == varied.len() && search.left > 0 {
            search.left -= 1;
            end = fill(work, number, way)
                .map(|page| End::of(work, (&page, number), (varied.to_vec(), way.1)));
        }
        for one in varied[..set].iter().rev() {
            let undone = (*one, before.next);
            self.variants.undo(work.galley, undone, work.desk);
        }
        before.restore(work);
        end
    }

    fn set_one(&mut self, work: &mut Work<'_, '_>, (varied, from): (Varied, usize)) -> bool {
        self.variants.set(work.galley, (varied, from), work.desk)
    }
}

/// How a page ends.
struct End {
    /// The paragraphs that are set in a line more or less for it.
    varied: Vec<Varied>,
    /// What it may end with.
    ease: Ease,
    short: Shortness,
    /// Where the next page starts.
    key: Key,
    after: State,
}

impl End {
    fn of(
        work: &Work<'_, '_>,
        (page, number): (&Decided, u32),
        (varied, ease): (Vec<Varied>, Ease),
    ) -> Self {
        Self {
            varied,
            ease,
            short: Shortness::of(work, page),
            key: key(work, number + 1),
            after: State::of(work),
        }
    }
}

/// By how much a page that has just been filled is short.
#[derive(Debug, Clone, Copy)]
struct Shortness {
    /// By how many lines; `None` for the last page, for plates, and for a page that notes fill.
    lines: Option<i32>,
    /// By how many it may be.
    allowed: i32,
    /// Whether a first line stands alone at its end.
    lone: bool,
}

impl Shortness {
    fn of(work: &Work<'_, '_>, page: &Decided) -> Self {
        Self {
            lines: short(work, page),
            allowed: if before_piece(work, page.next) { 2 } else { 1 },
            lone: work.parts_first_line(page.next),
        }
    }

    /// Whether it is just so much, or tells nothing.
    fn is(self, lines: i32) -> bool {
        self.lines.is_none_or(|own| own == lines)
    }
}

fn is_done(work: &Work<'_, '_>) -> bool {
    work.next >= work.galley.strips.len()
        && work.waiting.is_empty()
        && work.notes.waiting.is_empty()
}

/// How many pages a spread has that starts with a number: an odd one stands alone.
const fn pages_of(number: u32) -> usize {
    if number.is_multiple_of(2) { 2 } else { 1 }
}

fn count(pages: &[Decided]) -> u32 {
    u32::try_from(pages.len()).unwrap_or(0)
}

/// What tells one place in a galley from another, however many lines the text before it has.
fn key(work: &Work<'_, '_>, number: u32) -> Key {
    let left = work.galley.strips.len().saturating_sub(work.next);
    (number, left, work.waiting.len())
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

/// Fills a page, by so many lines less deep than it could be.
fn fill(work: &mut Work<'_, '_>, number: u32, (cut, ease): Way) -> Option<Decided> {
    let grid = work.desk.grid;
    let mut filled = None;
    while filled.is_none() && !is_done(work) {
        filled = work.plate();
        if filled.is_none() {
            work.area = grid.depth_of((grid.lines - cut).max(1));
            work.ease = ease;
            filled = Some(work.turn(number))
                .filter(|page| !page.slots.is_empty() || !page.notes.is_empty());
            work.area = grid.area().block;
            work.ease = Ease::Strict;
        }
    }
    filled
}

/// How badly the pages of a spread end.
fn weigh(pages: &[Shortness], varied: &[Vec<Varied>; 2]) -> i32 {
    let cost_of = |varied: &Varied| match varied.1 {
        Lines::OneMore | Lines::OneLess => VARIED,
        Lines::Blank => WIDER,
    };
    let mut cost: i32 = varied.iter().flatten().map(cost_of).sum();
    for page in pages {
        let short = page.lines.unwrap_or(0);
        cost += if page.lone { LONE } else { 0 };
        cost += short * SHORT + (short - page.allowed).max(0) * TOO_SHORT;
    }
    if let [one, other] = pages
        && let (Some(one), Some(other)) = (one.lines, other.lines)
    {
        cost += (one - other).abs() * UNEVEN;
    }
    cost
}

/// By how many lines a page that has just been filled is short.
fn short(work: &Work<'_, '_>, page: &Decided) -> Option<i32> {
    if is_done(work) || page.kind != SheetKind::Text || !page.notes.is_empty() {
        return None;
    }
    // Rows of tables and small print keep to no grid.
    let is_loose = |slot: &Slot| work.strip(slot.index).start == Start::Anywhere;
    if page.slots.last().is_some_and(is_loose) {
        return None;
    }
    let area = work.desk.grid.area().block;
    let reach: Length = page
        .slots
        .iter()
        // What has room for text beside it fills no page.
        .filter(|slot| !slot.beside)
        .map(|slot| (slot.at, work.strip(slot.index)))
        .filter(|(_, strip)| !strip.is_space())
        .map(|(at, strip)| match strip.content {
            // At the page's end its ink stands on the edge of the type area.
            Content::Island(_) if at + strip.advance >= area => area,
            _ => at + strip.body,
        })
        .max()
        .unwrap_or(Length::ZERO);
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

/// The paragraphs that start on a page with nothing beside them, with what they could be set in
/// instead: those first that give or take the least for it.
fn varying(work: &Work<'_, '_>, page: &Decided, (from, ease): (usize, Ease)) -> Vec<Varied> {
    let mut found: Vec<(i64, Varied)> = Vec::new();
    for slot in &page.slots {
        let is_start = |text: &TextLine| text.nth == 0 && slot.index >= from;
        let Some(text) = work.strip(slot.index).text.filter(is_start) else {
            continue;
        };
        let strips = work.galley.strips[slot.index..]
            .iter()
            .take_while(|strip| strip.text.is_some_and(|t| t.paragraph == text.paragraph));
        let lines: Vec<&Strip> = strips.collect();
        if lines.iter().any(|strip| strip.taken != Taken::NOTHING) {
            continue;
        }
        for by in [Lines::OneMore, Lines::OneLess] {
            if let Some(each) = need(&lines, by) {
                found.push((each, (text.paragraph, by)));
            }
        }
    }
    found.sort_unstable();
    found.truncate(TRIED);
    let mut found: Vec<Varied> = found.into_iter().map(|(_, varied)| varied).collect();
    if ease == Ease::Lenient {
        let blanks = page.slots.iter().filter(|slot| {
            let is_inside = slot.index >= from && slot.at > Length::ZERO;
            is_inside && is_elastic(work.galley, work.strip(slot.index))
        });
        found.extend(blanks.map(|slot| (work.strip(slot.index).group.0, Lines::Blank)));
    }
    found
}
