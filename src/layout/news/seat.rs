//! Where the headline and the pieces of a story are seated in its shape.

use super::area::Area;
use super::cost;
use super::form::{Head, PieceKind};
use super::shape::Shape;

/// A piece to be seated, in the size chosen for it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Guest {
    /// What it is.
    pub(super) kind: PieceKind,
    /// Tiers that it takes.
    pub(super) tiers: u16,
    /// Lines that it takes of each of them.
    pub(super) lines: u16,
    /// The tier of the shape, from zero, in which the text refers to it.
    pub(super) tier: u16,
}

/// How strictly pieces are kept to the places where they look well.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Manner {
    /// At edges and corners, no run of text shorter than four lines.
    Strict,
    /// Wherever there is room.
    Lenient,
}

/// Which places are tried.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Where {
    /// At edges, in the middle, and beside what is seated.
    Edges,
    /// At every line.
    Anywhere,
}

/// Where everything was seated, and what is wrong with it.
#[derive(Debug, Clone)]
pub(super) struct Seating {
    /// The place of each guest, in the order in which they came.
    pub(super) places: Vec<Area>,
    /// What it costs.
    pub(super) cost: u64,
}

/// Places that are tried for a story's pieces before the best is taken.
const TRIES: u32 = 160;

/// The place of a headline: the corner where reading starts. A headline that runs across the
/// lines takes the few that would be left beside it as well.
pub(super) fn seat_head(shape: &Shape, head: Head) -> Option<Area> {
    let (from, _) = *shape.spans.first()?;
    let (first, to) = shape.common(shape.tier, head.tiers)?;
    let room = to - first;
    if first != from || room < head.lines {
        return None;
    }
    let beside = room - head.lines;
    let lines = if head.across && beside < cost::SHORT_RUN {
        room
    } else {
        head.lines
    };
    Some(Area::new((shape.tier, from), (head.tiers, lines)))
}

/// Seats pieces in a shape beside its headline; nothing where they do not go in.
pub(super) fn seat(
    shape: &Shape,
    head: Option<Area>,
    guests: &[Guest],
    manner: Manner,
) -> Option<Seating> {
    let mut order: Vec<usize> = (0..guests.len()).collect();
    order.sort_by_key(|i| {
        let guest = &guests[*i];
        (
            std::cmp::Reverse(u32::from(guest.tiers) * u32::from(guest.lines)),
            *i,
        )
    });
    let mut seats = Seats {
        shape,
        guests,
        order,
        manner,
        taken: head.into_iter().collect(),
        heads: usize::from(head.is_some()),
        tries: if manner == Manner::Strict {
            TRIES
        } else {
            TRIES / 4
        },
        best: None,
    };
    let own = if manner == Manner::Strict {
        head.map_or(Some(0), |head| seats.beside(head, &[]))?
    } else {
        0
    };
    seats.next(0, own);
    let (cost, taken) = seats.best?;
    let mut places = vec![Area::new((0, 0), (0, 0)); guests.len()];
    for (at, place) in seats.order.iter().zip(&taken[seats.heads..]) {
        places[*at] = *place;
    }
    Some(Seating { places, cost })
}

struct Seats<'a> {
    shape: &'a Shape,
    guests: &'a [Guest],
    /// Guests from the largest to the smallest.
    order: Vec<usize>,
    manner: Manner,
    /// The headline and the guests seated so far.
    taken: Vec<Area>,
    /// How many of them are headlines.
    heads: usize,
    tries: u32,
    best: Option<(u64, Vec<Area>)>,
}

impl Seats<'_> {
    /// Seats the guests from this one on in the best ways.
    fn next(&mut self, at: usize, so_far: u64) {
        if self.best.as_ref().is_some_and(|(cost, _)| *cost <= so_far) {
            return;
        }
        let Some(guest) = self.order.get(at).map(|i| self.guests[*i]) else {
            let cost = so_far + self.one_side();
            if self.best.as_ref().is_none_or(|(best, _)| cost < *best) {
                self.best = Some((cost, self.taken.clone()));
            }
            return;
        };
        let many = match self.guests.len() {
            0..=2 => 5,
            3..=4 => 3,
            _ => 2,
        };
        let mut places = self.places(guest, many, Where::Edges);
        if places.is_empty() && self.manner == Manner::Lenient {
            places = self.places(guest, many, Where::Anywhere);
        }
        for (cost, area) in places {
            if self.tries == 0 && self.best.is_some() {
                return;
            }
            self.tries = self.tries.saturating_sub(1);
            self.taken.push(area);
            self.next(at + 1, so_far + cost);
            self.taken.pop();
        }
    }

    /// The best places that a guest might take, with what each costs.
    fn places(&self, guest: Guest, many: usize, tried: Where) -> Vec<(u64, Area)> {
        let mut found: Vec<(u64, Area)> = Vec::with_capacity(many + 1);
        let last = self.shape.end_tier();
        if guest.tiers == 0 || guest.lines == 0 {
            return vec![(0, Area::new((self.shape.tier, 0), (0, 0)))];
        }
        for tier in self.shape.tier..(last + 1).saturating_sub(guest.tiers) {
            let Some((from, to)) = self.shape.common(tier, guest.tiers) else {
                continue;
            };
            if to - from < guest.lines {
                continue;
            }
            let (from, to) = (from, to - guest.lines);
            let mut consider = |line: u16| {
                let area = Area::new((tier, line), (guest.tiers, guest.lines));
                if !(from..=to).contains(&line) || found.iter().any(|(_, own)| *own == area) {
                    return;
                }
                let Some(beside) = self.beside(area, &self.taken) else {
                    return;
                };
                let place = (beside + self.place(guest, area), area);
                let at = found.partition_point(|own| *own < place);
                if at < many {
                    found.insert(at, place);
                    found.truncate(many);
                }
            };
            if tried == Where::Anywhere {
                (from..=to).for_each(consider);
                continue;
            }
            [from, to, from.midpoint(to)]
                .into_iter()
                .for_each(&mut consider);
            for taken in &self.taken {
                if taken.tier < tier + guest.tiers && tier < taken.end_tier() {
                    consider(taken.end_line());
                    consider(taken.end_line() + cost::SHORT_RUN);
                    let before = taken.line.checked_sub(guest.lines);
                    before.into_iter().for_each(&mut consider);
                    before
                        .and_then(|line| line.checked_sub(cost::SHORT_RUN))
                        .into_iter()
                        .for_each(&mut consider);
                }
            }
        }
        found
    }

    /// What the runs of text between a place and what is taken cost; nothing where it overlaps.
    fn beside(&self, area: Area, taken: &[Area]) -> Option<u64> {
        let mut cost = 0;
        for tier in area.tier..area.end_tier() {
            let (mut from, mut to) = self.shape.span(tier)?;
            for taken in taken {
                if taken.tier > tier || tier >= taken.end_tier() {
                    continue;
                }
                if taken.end_line() <= area.line {
                    from = from.max(taken.end_line());
                } else if taken.line >= area.end_line() {
                    to = to.min(taken.line);
                } else {
                    return None;
                }
            }
            for gap in [area.line - from, to - area.end_line()] {
                if (1..cost::SHORT_RUN).contains(&gap) {
                    if self.manner == Manner::Strict {
                        return None;
                    }
                    cost += cost::SLIVER;
                }
            }
        }
        Some(cost)
    }

    /// What a place costs by itself: its corner, its tier, its neighbours.
    fn place(&self, guest: Guest, area: Area) -> u64 {
        let (from, to) = self
            .shape
            .common(area.tier, area.tiers)
            .expect("a place is chosen inside the shape");
        let starts = area.line == from;
        let ends = area.end_line() == to;
        let top = area.tier == self.shape.tier;
        let foot = area.end_tier() == self.shape.end_tier();
        let mut cost = match (guest.kind, starts || ends) {
            (PieceKind::Quote, true) => cost::EDGE,
            (PieceKind::Quote, false) => 0,
            (_, true) if top || foot => 0,
            (_, true) => cost::EDGE,
            (_, false) => cost::AFLOAT,
        };
        let own = self.shape.tier + guest.tier;
        let far = if own < area.tier {
            area.tier - own
        } else {
            (own + 1).saturating_sub(area.end_tier())
        };
        cost += u64::from(far) * cost::FAR;
        for (i, taken) in self.taken.iter().enumerate() {
            if touches(*taken, area) {
                // A piece may stand at the foot of a headline's tiers, as long as text parts them.
                cost += if i < self.heads {
                    cost::TOUCH / 2
                } else {
                    cost::TOUCH
                };
            }
        }
        cost
    }

    /// What it costs that all pieces stand on one side.
    fn one_side(&self) -> u64 {
        let pieces = &self.taken[self.heads..];
        if pieces.len() < 2 {
            return 0;
        }
        let side = |start: bool| {
            pieces.iter().all(|area| {
                self.shape
                    .common(area.tier, area.tiers)
                    .is_some_and(|(from, to)| {
                        if start {
                            area.line == from
                        } else {
                            area.end_line() == to
                        }
                    })
            })
        };
        if side(true) || side(false) {
            cost::ONE_SIDE
        } else {
            0
        }
    }
}

/// Whether two rectangles share an edge.
fn touches(a: Area, b: Area) -> bool {
    let tiers = a.tier <= b.end_tier() && b.tier <= a.end_tier();
    let lines = a.line <= b.end_line() && b.line <= a.end_line();
    let corner = (a.tier == b.end_tier() || b.tier == a.end_tier())
        && (a.line == b.end_line() || b.line == a.end_line());
    tiers && lines && !corner && !a.is_empty() && !b.is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn picture(tiers: u16, lines: u16) -> Guest {
        Guest {
            kind: PieceKind::Picture,
            tiers,
            lines,
            tier: 1,
        }
    }

    #[test]
    fn a_picture_takes_a_corner_away_from_the_head() {
        let shape = Shape::rectangle(Area::new((0, 0), (4, 30)));
        let head = Area::new((0, 0), (2, 5));
        let seating = seat(&shape, Some(head), &[picture(2, 10)], Manner::Strict).unwrap();
        assert_eq!(seating.places, [Area::new((0, 20), (2, 10))]);
        assert_eq!(seating.cost, 0);
    }

    #[test]
    fn two_pictures_stand_apart() {
        let shape = Shape::rectangle(Area::new((0, 0), (5, 30)));
        let head = Area::new((0, 0), (2, 5));
        let guests = [picture(2, 10), picture(2, 12)];
        let seating = seat(&shape, Some(head), &guests, Manner::Strict).unwrap();
        assert!(!touches(seating.places[0], seating.places[1]));
        let sides: Vec<u16> = seating.places.iter().map(|place| place.line).collect();
        assert!(sides.contains(&0), "{sides:?}");
    }

    #[test]
    fn an_across_head_takes_what_is_left_beside_it() {
        let shape = Shape::rectangle(Area::new((0, 0), (3, 22)));
        let head = Head {
            tiers: 1,
            lines: 20,
            across: true,
            cost: 0,
        };
        assert_eq!(seat_head(&shape, head), Some(Area::new((0, 0), (1, 22))));
    }

    #[test]
    fn where_nothing_fits_nothing_is_seated() {
        let shape = Shape::rectangle(Area::new((0, 0), (2, 10)));
        assert!(seat(&shape, None, &[picture(3, 4)], Manner::Lenient).is_none());
        assert!(seat(&shape, None, &[picture(2, 8)], Manner::Strict).is_none());
        assert!(seat(&shape, None, &[picture(2, 8)], Manner::Lenient).is_some());
    }
}
