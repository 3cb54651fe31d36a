//! The floor under the search: one story after another across the whole page, running on over pages.

use super::area::Area;
use super::cost;
use super::dress::{Dressed, dress};
use super::form::Problem;
use super::item::{End, Item};
use super::known::Known;
use super::plan::{JUMP_LINES, Part, Plan, PlanFault, PlannedPage};
use super::seat::{Guest, Manner, seat, seat_head};
use super::shape::Shape;

/// A page that is filled from its head to its foot.
pub(super) struct Foot {
    /// Tiers and lines of the page.
    page: (u16, u16),
    /// Whether lines are vertical.
    vertical: bool,
    /// Tiers, or lines of a horizontal page, that are filled.
    used: u16,
}

impl Foot {
    /// An empty page.
    pub(super) fn new(problem: &Problem, used: u16) -> Self {
        Self {
            page: (problem.tiers, problem.lines),
            vertical: problem.vertical,
            used,
        }
    }

    /// What a band may at most take, in tiers of a vertical page and lines of a horizontal one.
    fn left(&self) -> u16 {
        let all = if self.vertical {
            self.page.0
        } else {
            self.page.1
        };
        all - self.used
    }

    /// A band below what is filled.
    fn band(&self, many: u16) -> Area {
        if self.vertical {
            Area::new((self.used, 0), (many, self.page.1))
        } else {
            Area::new((0, self.used), (self.page.0, many))
        }
    }

    /// Slots of a band of one.
    fn across(&self) -> u32 {
        u32::from(if self.vertical {
            self.page.1
        } else {
            self.page.0
        })
    }

    /// What is left of the page.
    pub(super) fn rest(&self) -> Option<Area> {
        (self.left() > 0).then(|| self.band(self.left()))
    }
}

/// Fills one page with what comes first, each story a band of its own, and takes it from the queue;
/// always possible, and always some of the queue is set.
pub(super) fn band_page<'a>(
    problem: &'a Problem,
    queue: &mut Vec<Item<'a>>,
    plan: &mut Plan,
    known: &mut Known,
) {
    let mut page = PlannedPage::default();
    let mut foot = Foot::new(problem, 0);
    while let Some(item) = queue.first().copied() {
        let form = &problem.stories[item.story];
        if let Some((dressed, many)) = whole(&item, &foot, known) {
            plan.cost += dressed.cost;
            page.parts.push(dressed.part);
            foot.used += many;
            queue.remove(0);
            continue;
        }
        if foot.left() == 0 {
            break;
        }
        let shape = Shape::rectangle(foot.band(foot.left()));
        let turned = Item {
            end: End::Turned,
            ..item
        };
        let turns = !form.turns.is_empty() && !form.wish.whole;
        let dressed = if turns {
            let ways = known.ways(&turned, (problem.tiers, problem.lines));
            dress(&turned, &ways, &shape, &mut known.steps)
        } else {
            None
        };
        let dressed = match dressed {
            Some(dressed) => dressed,
            None if page.parts.is_empty() => force(&item, &shape, plan, known),
            None => break,
        };
        plan.cost += dressed.cost + cost::JUMP;
        let text = dressed.part.text.1 - dressed.part.text.0;
        if text == item.text && dressed.pieces == item.pieces.len() {
            queue.remove(0);
        } else {
            queue[0] = item.rest(form, text, dressed.pieces);
        }
        page.parts.push(dressed.part);
        foot.used += foot.left();
        break;
    }
    page.rest = foot.rest();
    plan.cost += cost::PAGE;
    plan.pages.push(page);
}

/// The lowest band that holds all of an item.
fn whole(item: &Item<'_>, foot: &Foot, known: &mut Known) -> Option<(Dressed, u16)> {
    let least = item.text.div_ceil(foot.across()).max(1);
    let least = u16::try_from(least).ok()?;
    let ways = known.ways(item, foot.page);
    let mut best: Option<(u64, Dressed, u16)> = None;
    for many in least..=foot.left() {
        let area = foot.band(many);
        if let Some(dressed) = dress(item, &ways, &Shape::rectangle(area), &mut known.steps) {
            let cost = dressed.cost;
            if best.as_ref().is_none_or(|(least, ..)| cost < *least) {
                best = Some((cost, dressed, many));
            }
            if many > best.as_ref().map_or(many, |(.., found)| found + 2) {
                break;
            }
        }
    }
    best.map(|(_, dressed, many)| (dressed, many))
}

/// Puts as much of an item on an empty page as goes in, whatever it looks like.
fn force(item: &Item<'_>, shape: &Shape, plan: &mut Plan, known: &mut Known) -> Dressed {
    let page = Area::new((0, 0), (shape.tiers(), shape.spans[0].1));
    let head = item
        .heads
        .iter()
        .enumerate()
        .filter_map(|(n, head)| Some((n, seat_head(shape, *head)?)))
        .min_by_key(|(n, area)| (area.slots(), *n));
    if head.is_none() && !item.heads.is_empty() {
        plan.faults.push((item.story, PlanFault::Headless));
    }
    let mut guests: Vec<Guest> = Vec::new();
    let mut chosen: Vec<(usize, usize)> = Vec::new();
    let mut places: Vec<Area> = Vec::new();
    let mut pieces = 0;
    for (i, piece) in item.pieces.iter().enumerate() {
        let fits = piece
            .sizes
            .iter()
            .enumerate()
            .filter(|(_, size)| size.tiers <= page.tiers && size.lines <= page.lines)
            .min_by_key(|(n, size)| (u32::from(size.tiers) * u32::from(size.lines), *n));
        let Some((n, size)) = fits else {
            // It stands nowhere: left out, and told.
            plan.faults
                .push((item.story, PlanFault::Piece(item.piece + i)));
            pieces = i + 1;
            continue;
        };
        guests.push(Guest {
            kind: piece.kind,
            tiers: size.tiers,
            lines: size.lines,
            tier: 0,
        });
        known.steps += 1;
        let Some(seating) = seat(shape, head.map(|(_, area)| area), &guests, Manner::Lenient)
        else {
            break;
        };
        places = seating.places;
        chosen.push((item.piece + i, n));
        pieces = i + 1;
    }
    let taken: u32 = head.iter().map(|(_, area)| area.slots()).sum::<u32>()
        + places.iter().map(|area| area.slots()).sum::<u32>();
    let room = shape.slots() - taken;
    let all = pieces == item.pieces.len() && item.text <= room;
    // Where there is room for one line only, text comes before the jump line.
    let jumps = !all && room > JUMP_LINES;
    let room = room - if jumps { JUMP_LINES } else { 0 };
    let text = item.text.min(room);
    let slack = room - text;
    if item.nth > 0 && head.is_some() && text == 0 && pieces == 0 {
        // A turn whose head leaves no room for what it should head would never end.
        let headless = Item {
            heads: &[],
            ..*item
        };
        return force(&headless, shape, plan, known);
    }
    Dressed {
        cost: cost::JUMP + cost::hole(u64::from(slack), 1),
        pieces,
        part: Part {
            story: item.story,
            nth: item.nth,
            shape: shape.areas(),
            head,
            pieces: chosen
                .into_iter()
                .zip(places)
                .map(|((piece, size), place)| (piece, size, place))
                .collect(),
            partings: Vec::new(),
            text: (item.from, item.from + text),
            slack,
            jumps,
        },
    }
}
