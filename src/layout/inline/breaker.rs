//! Choosing breaks: the set of lines with the least sum of badness over a whole paragraph (after
//! Knuth and Plass), in time linear in its length.

use std::collections::VecDeque;

use crate::geom::Em;
use crate::rules::adjust::LIMITS;
use crate::rules::class::CharClass;
use crate::rules::costs::COSTS;
use crate::rules::edges::FirstLine;

use super::breaks::{Break, Why};
use super::measure::{Ending, Fit, HeadEdge, Measured, TailEdge};
use super::setting::Breaking;

/// The room that lines have.
#[derive(Debug, Clone, Copy)]
pub(super) struct Room {
    /// For the first line and for others, in units of length.
    pub(super) first: i64,
    pub(super) other: i64,
    /// One em of the paragraph.
    pub(super) em: i64,
    /// Whether lines are set to the full measure.
    pub(super) justify: bool,
    /// What a hyphen costs more than in a narrow measure.
    pub(super) hyphen: i64,
    /// How lines are chosen.
    pub(super) breaking: Breaking,
}

/// A chosen line: cells from `start` to before `end`, spaces at its edges included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Chosen {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) why: Why,
}

const UNIT: i64 = COSTS.unit;
/// Room kept for a hyphen, in hundredths of an em.
const HYPHEN_WIDTH: i64 = 40;
/// How many starts are weighed for one end beyond the best one, once lines grow too short.
const WINDOW: usize = 3;
/// How many starts are weighed for one end at most, for text without any length.
const MOST: usize = 500;
/// How many lines are weighed for each place, on the average, before a paragraph is set line by
/// line instead: prose weighs ten, only text with next to no length weighs hundreds.
const STEPS_A_PLACE: usize = 64;
/// And how many for any paragraph.
const STEPS: usize = 50_000;
/// How many heads of lines are kept after the last line from them was weighed.
const PASSED_HEADS: usize = 1_000;

/// Chooses lines of which the first ones have rooms of their own, so many each. Each room's lines
/// are chosen as if the whole rest had it: lines before a change of room never depend on it.
pub(super) fn choose_shaped(
    measured: &Measured<'_>,
    breaks: &[Break],
    (first, rest): (&[(usize, Room)], Room),
) -> Vec<(Chosen, Room)> {
    let mut lines: Vec<(Chosen, Room)> = Vec::new();
    for (count, room) in first.iter().copied().chain([(usize::MAX, rest)]) {
        let start = lines.last().map_or(0, |(line, _)| line.end);
        let left = &breaks[breaks.partition_point(|b| (b.cell as usize) <= start)..];
        let from = (start, lines.is_empty());
        let chosen = choose(measured, left, (&room, from));
        lines.extend(chosen.into_iter().take(count).map(|line| (line, room)));
    }
    lines
}

/// Chooses lines between forced breaks, from a cell on that may be the paragraph's first.
fn choose(
    measured: &Measured<'_>,
    breaks: &[Break],
    (room, (start, is_first)): (&Room, (usize, bool)),
) -> Vec<Chosen> {
    let mut lines = Vec::new();
    let mut start = start;
    let mut rest = breaks;
    let mut scratch = Scratch::default();
    while !rest.is_empty() {
        let count = rest
            .iter()
            .position(|b| b.why == Why::Forced)
            .map_or(rest.len(), |i| i + 1);
        let (own, after) = rest.split_at(count);
        let first = is_first && lines.is_empty();
        scratch.paragraph(measured, start, own, &Part { room, first }, &mut lines);
        start = own.last().map_or(start, |b| b.cell as usize);
        rest = after;
    }
    lines
}

struct Part<'a> {
    room: &'a Room,
    /// Whether it holds the first line of its paragraph.
    first: bool,
}

impl Part<'_> {
    /// Whether the line from a place on is the first of its paragraph.
    fn line(&self, place: usize) -> FirstLine {
        if self.first && place == 0 {
            FirstLine::Yes
        } else {
            FirstLine::No
        }
    }

    fn room_of(&self, place: usize) -> i64 {
        match self.line(place) {
            FirstLine::Yes => self.room.first,
            FirstLine::No => self.room.other,
        }
    }
}

#[derive(Default)]
struct Scratch {
    /// Places where a line may start: the start of the part, then each of its breaks.
    places: Vec<Break>,
    /// The places that are weighed as heads of lines, from the first one on.
    heads: Vec<HeadEdge>,
    first_head: usize,
    /// The least badness up to each place, and from where.
    best: Vec<(i64, u32)>,
    /// The starts that are weighed, but for those with a later one that is no worse.
    least: VecDeque<usize>,
}

impl Scratch {
    fn paragraph(
        &mut self,
        measured: &Measured<'_>,
        start: usize,
        breaks: &[Break],
        part: &Part<'_>,
        lines: &mut Vec<Chosen>,
    ) {
        self.places.clear();
        self.places.reserve(breaks.len() + 1);
        self.places.push(Break {
            cell: u32::try_from(start).unwrap_or(u32::MAX),
            why: Why::Forced,
        });
        self.fill_places(measured, breaks, part.room);
        if part.room.breaking == Breaking::Greedy || !self.weigh(measured, part) {
            self.fill_lines(measured, part, lines);
            return;
        }
        let from = lines.len();
        let mut j = self.places.len() - 1;
        while j > 0 {
            let i = self.best[j].1 as usize;
            lines.push(Chosen {
                start: self.places[i].cell as usize,
                end: self.places[j].cell as usize,
                why: self.places[j].why,
            });
            j = i;
        }
        lines[from..].reverse();
    }

    /// Finds the best start for each place where a line may end; `false` where that takes too
    /// many steps.
    fn weigh(&mut self, measured: &Measured<'_>, part: &Part<'_>) -> bool {
        self.best.clear();
        self.best.reserve(self.places.len());
        self.best.push((0, 0));
        self.heads.clear();
        self.first_head = 0;
        self.least.clear();
        let most = STEPS.saturating_add(self.places.len().saturating_mul(STEPS_A_PLACE));
        let mut steps = 0;
        let mut low = 0;
        for j in 1..self.places.len() {
            self.heads.push(self.head(measured, j - 1, part));
            let end = self.end(measured, j, part);
            while low + 1 < j && !self.fits(measured, low, &end) {
                low += 1;
                steps += 1;
            }
            self.forget_heads(low);
            let least = self.least(low, j - 1);
            let mut best = (i64::MAX, 0);
            let mut worse = 0;
            for i in low..j.min(low + MOST) {
                let head = self.heads[i - self.first_head];
                let room = end.rooms[usize::from(i > 0)];
                let plain = measured.is_plain(&head, &end.tail);
                let over = if plain {
                    measured.plain_length(&head, &end.tail) - room
                } else {
                    self.line(measured, i, &end).natural - room
                };
                steps += 1;
                let before = self.best[i].0.saturating_add(end.cost);
                let looks = || {
                    let line = Weighed {
                        start: i,
                        over,
                        plain,
                    };
                    self.looks(measured, &line, &end, part)
                };
                // No line is better than a faultless one: where that is not good enough, how this
                // one looks need not be known.
                let total = if before < best.0 {
                    before.saturating_add(looks())
                } else {
                    i64::MAX
                };
                if total < best.0 {
                    best = (total, u32::try_from(i).unwrap_or(0));
                    worse = 0;
                } else if over < 0 && self.places[i].why <= Why::Hint {
                    // Later starts only give shorter lines. Where a last resort is at stake, every
                    // start that could still be better is weighed.
                    worse += 1;
                    if worse >= WINDOW && is_settled(best.0, least, || end.cost + looks()) {
                        break;
                    }
                }
            }
            self.best.push(best);
            if steps > most {
                return false;
            }
        }
        true
    }

    /// A place as the head of a line.
    fn head(&self, measured: &Measured<'_>, i: usize, part: &Part<'_>) -> HeadEdge {
        let cell = self.places[i].cell as usize;
        let head = measured.head(cell, measured.cells.len());
        measured.head_edge(head, part.line(i))
    }

    /// A place as the end of a line.
    fn end(&self, measured: &Measured<'_>, j: usize, part: &Part<'_>) -> End {
        let Break { cell, why } = self.places[j];
        let tail = measured.tail(self.places[0].cell as usize, cell as usize);
        let kept = if why == Why::Hyphen {
            part.room.em * HYPHEN_WIDTH / 100
        } else {
            0
        };
        End {
            place: j,
            why,
            tail: measured.tail_edge(tail),
            rooms: [part.room_of(0) - kept, part.room_of(1) - kept],
            cost: end_cost(why, part.room) + leaning(part.room),
        }
    }

    /// Lets go of heads before `low`, now and then: what is kept stays small in paragraphs of any
    /// length.
    fn forget_heads(&mut self, low: usize) {
        let passed = low - self.first_head;
        if passed >= PASSED_HEADS {
            self.heads.drain(..passed);
            self.first_head = low;
        }
    }

    /// The least badness up to any start from `low` on, of which `last` is the newest.
    fn least(&mut self, low: usize, last: usize) -> i64 {
        let own = self.best[last].0;
        while self.least.back().is_some_and(|i| self.best[*i].0 >= own) {
            self.least.pop_back();
        }
        self.least.push_back(last);
        while self.least.front().is_some_and(|i| *i < low) {
            self.least.pop_front();
        }
        self.least.front().map_or(own, |i| self.best[*i].0)
    }

    /// Fills line after line: each ends at the last break up to which it can be shrunk to its
    /// room (composition rules §7.2). Last resorts are taken where a line has no other break.
    fn fill_lines(&mut self, measured: &Measured<'_>, part: &Part<'_>, lines: &mut Vec<Chosen>) {
        let end = self.places.len() - 1;
        let mut i = 0;
        while i < end {
            self.heads.clear();
            self.heads.push(self.head(measured, i, part));
            self.first_head = i;
            let mut taken = None;
            let mut resort = None;
            for j in i + 1..=end {
                if !self.fits(measured, i, &self.end(measured, j, part)) {
                    break;
                }
                match self.places[j].why {
                    Why::Plain | Why::Hint | Why::Hyphen | Why::Forced => taken = Some(j),
                    _ => resort = Some(j),
                }
            }
            let j = taken.or(resort).unwrap_or(i + 1);
            lines.push(Chosen {
                start: self.places[i].cell as usize,
                end: self.places[j].cell as usize,
                why: self.places[j].why,
            });
            i = j;
        }
    }

    /// Takes over the breaks, and where a piece between two of them is longer than a line, every
    /// place inside it.
    fn fill_places(&mut self, measured: &Measured<'_>, breaks: &[Break], room: &Room) {
        let narrow = room.first.min(room.other);
        let mut from = self.places[0].cell as usize;
        for b in breaks {
            let to = b.cell as usize;
            if measured.at_most(from, to) > narrow
                && least(&measured.fit(from, measured.tail(from, to), FirstLine::No)) > narrow
            {
                for cell in from + 1..to {
                    if !measured.cells[cell].is_space() {
                        self.places.push(Break {
                            cell: u32::try_from(cell).unwrap_or(u32::MAX),
                            why: Why::Need,
                        });
                    }
                }
            }
            self.places.push(*b);
            from = to;
        }
    }

    /// The line from a place to an end, with what hangs at its end left out.
    #[inline]
    fn line(&self, measured: &Measured<'_>, i: usize, end: &End) -> Fit {
        let head = &self.heads[i - self.first_head];
        let tail = &end.tail;
        let fit = measured.between(head, tail);
        if measured.may_hang() {
            let ending = Ending {
                head: head.at,
                tail: tail.at,
                last: end.why == Why::Forced,
            };
            if measured.hangs(&ending, &fit, end.rooms[usize::from(i > 0)]) {
                return measured.between(head, &measured.tail_edge(tail.at - 1));
            }
        }
        fit
    }

    fn fits(&self, measured: &Measured<'_>, i: usize, end: &End) -> bool {
        let head = &self.heads[i - self.first_head];
        let least = if measured.is_plain(head, &end.tail) {
            measured.plain_least(head, &end.tail)
        } else {
            least(&self.line(measured, i, end))
        };
        least <= end.rooms[usize::from(i > 0)]
    }

    /// How bad a line up to an end looks, by how much it is over its room; never less than
    /// nothing.
    #[inline]
    fn looks(&self, measured: &Measured<'_>, line: &Weighed, end: &End, part: &Part<'_>) -> i64 {
        let em = part.room.em.max(1);
        let last = end.why == Why::Forced;
        let over = line.over;
        let fit = || {
            if line.plain {
                measured.plain_fit(&self.heads[line.start - self.first_head], &end.tail)
            } else {
                self.line(measured, line.start, end)
            }
        };
        if over > 0 {
            return shrinking(&fit(), over, em) + if last { COSTS.last_shrunk } else { 0 };
        }
        if last {
            let (start, stop) = (self.places[line.start].cell, self.places[end.place].cell);
            let lone = end.place + 1 == self.places.len()
                && line.start > 0
                && is_lone(measured, start as usize, stop as usize);
            return if lone { COSTS.orphan } else { 0 };
        }
        if part.room.justify {
            stretching(&fit(), -over, em)
        } else {
            square(-over * 10 / em)
        }
    }
}

/// Whether no line that is at least as bad as `badness` leads to less than `best`, or none at all
/// to so much less that it shows, where the best start has `least`.
fn is_settled(best: i64, least: i64, badness: impl FnOnce() -> i64) -> bool {
    best < least.saturating_add(COSTS.orphan) || least.saturating_add(badness()) >= best
}

/// A place as the end of lines.
struct End {
    place: usize,
    why: Why,
    tail: TailEdge,
    /// The room of the part's first line up to it, and of any other.
    rooms: [i64; 2],
    /// What a line costs for ending there.
    cost: i64,
}

/// A line that is weighed.
struct Weighed {
    /// The place where it starts.
    start: usize,
    /// By how much it is over its room, before anything shrinks.
    over: i64,
    /// Whether it is as long as its sums tell.
    plain: bool,
}

/// What every line costs alike, where more or fewer of them are wanted.
fn leaning(room: &Room) -> i64 {
    match room.breaking {
        Breaking::Leaning(by) => i64::from(by) * UNIT / 1000,
        Breaking::Optimum | Breaking::Greedy => 0,
    }
}

/// What a line costs for why it ends where it does.
fn end_cost(why: Why, room: &Room) -> i64 {
    match why {
        Why::Plain | Why::Forced => 0,
        Why::Hint => COSTS.hint,
        Why::Leader => COSTS.leader,
        Why::Escape => COSTS.escape,
        Why::Address => COSTS.address,
        Why::Hyphen => COSTS.hyphen + room.hyphen,
        Why::Need => COSTS.need,
    }
}

/// The least length to which a line can be shrunk.
fn least(fit: &Fit) -> i64 {
    fit.natural - fit.shrink - fit.stops - fit.whole
}

/// Badness of shrinking a line by `over`.
fn shrinking(fit: &Fit, over: i64, em: i64) -> i64 {
    let plenty = fit.shrink;
    if over <= plenty {
        return square(over * UNIT / plenty.max(1)) / UNIT;
    }
    if fit.whole > 0 && over <= fit.whole + plenty {
        // What is trimmed whole and not used up is stretched again.
        return COSTS.whole + square((fit.whole - over).abs() * 100 / em) / UNIT;
    }
    if over <= plenty + fit.stops + fit.whole {
        let part = (over - plenty) * UNIT / (fit.stops + fit.whole).max(1);
        return UNIT + COSTS.stops * part / UNIT;
    }
    COSTS.overfull + (over * UNIT / em).saturating_mul(UNIT)
}

/// The most that is added at a place before a line is loose, in thousandths of a tenth of an em.
const LOOSE: i64 = LIMITS.between_max.milli() as i64 * 10 * UNIT / Em::ONE.milli() as i64;

/// Badness of stretching a line by `short`.
fn stretching(fit: &Fit, short: i64, em: i64) -> i64 {
    if short <= fit.stretch {
        return square(short * UNIT / fit.stretch.max(1)) * COSTS.spaces / square(UNIT);
    }
    let rest = short - fit.stretch;
    let places = i64::from(if fit.early > 0 { fit.early } else { fit.places });
    // No stretching is worse than leaving the line short: so that with every character that a short
    // line gains it looks better, which the window of starts relies upon.
    let ragged = || COSTS.ragged + square(rest * 100 / em);
    if places <= 0 {
        return ragged();
    }
    // In thousandths of a tenth of an em a place.
    let each = rest * 10 * UNIT / (places * em);
    let late = if fit.early > 0 { 0 } else { COSTS.late };
    let loose = if each > LOOSE { COSTS.loose } else { 0 };
    let stretched = COSTS.between + square(each) / UNIT + late + loose;
    if stretched <= COSTS.ragged {
        stretched
    } else {
        stretched.min(ragged())
    }
}

fn square(value: i64) -> i64 {
    value.saturating_mul(value)
}

/// Whether a last line holds fewer than two characters, marks left out (孤字).
fn is_lone(measured: &Measured<'_>, start: usize, end: usize) -> bool {
    let mut count = 0;
    for cell in &measured.cells[start..end] {
        let counts =
            !cell.class.is_mark() && !cell.is_space() && cell.class != CharClass::WideSpace;
        count += usize::from(counts);
        if count >= 2 {
            return false;
        }
    }
    true
}
