//! Rules between tiers and between stories: hairlines inside a story, heavier ones around it, none through what spans them.

use crate::geom::{Length, Logical, Point, Size};
use crate::layout::frame::{Frame, FrameKind, Ink, Item, Rule};
use crate::model::theme::RuleTheme;

use super::area::Area;
use super::plan::PlannedPage;
use super::tiers::Tiers;

/// Where a rule between two lines stands in the blank between them, in thousandths of it: lower in
/// horizontal pages, whose emphasis dots and underlines stand under their line.
const BETWEEN: i64 = 500;
const BETWEEN_HORIZONTAL: i64 = 680;
/// A rule between tiers along fewer lines than this looks like a mark that got lost.
const SHORTEST: usize = 3;

/// What stands in a slot of the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Slot {
    /// Nothing.
    Empty,
    /// Text of a part.
    Text(usize),
    /// A line of a part that nothing fills.
    Blank(usize),
    /// Head or piece of a part, counted over the page.
    Block(usize, usize),
}

impl Slot {
    fn part(self) -> Option<usize> {
        match self {
            Self::Empty => None,
            Self::Text(part) | Self::Blank(part) | Self::Block(part, _) => Some(part),
        }
    }
}

/// The page as slots.
struct Map {
    tiers: usize,
    lines: usize,
    slots: Vec<Slot>,
}

impl Map {
    fn new(page: &PlannedPage, blank: &[(usize, Area)], (tiers, lines): (u16, u16)) -> Self {
        let (tiers, lines) = (usize::from(tiers), usize::from(lines));
        let mut map = Self {
            tiers,
            lines,
            slots: vec![Slot::Empty; tiers * lines],
        };
        let mut blocks = 0;
        for (nth, part) in page.parts.iter().enumerate() {
            for area in &part.shape {
                map.put(*area, Slot::Text(nth));
            }
            for area in part.taken() {
                map.put(area, Slot::Block(nth, blocks));
                blocks += 1;
            }
        }
        for (part, area) in blank {
            map.put(*area, Slot::Blank(*part));
        }
        map
    }

    fn put(&mut self, area: Area, slot: Slot) {
        for tier in usize::from(area.tier)..usize::from(area.end_tier()).min(self.tiers) {
            for line in usize::from(area.line)..usize::from(area.end_line()).min(self.lines) {
                self.slots[tier * self.lines + line] = slot;
            }
        }
    }

    fn at(&self, tier: usize, line: usize) -> Slot {
        self.slots[tier * self.lines + line]
    }
}

/// The rule between two neighbouring slots, of which `tier` parts tiers of running text.
fn between(a: Slot, b: Slot, (story, tier): (Length, Option<Length>)) -> Option<Length> {
    match (a.part(), b.part()) {
        (None, None) => None,
        (Some(a), Some(b)) if a == b => None,
        _ => Some(story),
    }
    .or(match (a, b) {
        // Tiers of running text are parted by a hairline, lines by nothing.
        (Slot::Text(a), Slot::Text(b)) if a == b => tier,
        _ => None,
    })
}

/// Draws the rules of a page; `blank` are lines of its parts that nothing fills.
pub(crate) fn draw(
    frame: &mut Frame,
    page: &PlannedPage,
    (tiers, weights): (&Tiers, RuleTheme),
    blank: &[(usize, Area)],
) {
    let map = Map::new(page, blank, (tiers.tiers, tiers.lines));
    let step = tiers.measure() + tiers.gap;
    let in_tiers = (weights.story, Some(weights.tier));
    let in_lines = (weights.story, None);
    // Between tiers, along the page's block axis.
    for tier in 1..map.tiers {
        let middle = step * to_count(tier) - tiers.gap / 2;
        let rules = (0..map.lines)
            .map(|line| between(map.at(tier - 1, line), map.at(tier, line), in_tiers));
        for (from, to, weight) in runs(rules) {
            if weight == weights.tier && weight != weights.story && to - from < SHORTEST {
                continue;
            }
            let start = tiers.pitch * to_count(from);
            let end = tiers.pitch * to_count(to) - tiers.between();
            let at = Logical::new(middle - weight / 2, start);
            put(frame, (at, Logical::new(weight, end - start)), tiers);
        }
    }
    // Between lines, along the lines.
    let part = tiers.between().scale(
        match tiers.mode.is_vertical() {
            true => BETWEEN,
            false => BETWEEN_HORIZONTAL,
        },
        1000,
    );
    for line in 1..map.lines {
        let middle = tiers.pitch * to_count(line) - tiers.between() + part;
        let rules = (0..map.tiers)
            .map(|tier| between(map.at(tier, line - 1), map.at(tier, line), in_lines));
        for (from, to, weight) in runs(rules) {
            let start = step * to_count(from);
            let end = step * to_count(to) - tiers.gap;
            let at = Logical::new(start, middle - weight / 2);
            put(frame, (at, Logical::new(end - start, weight)), tiers);
        }
    }
}

fn to_count(at: usize) -> i32 {
    i32::try_from(at).unwrap_or(i32::MAX)
}

/// Stretches of one weight: first, one after the last, weight.
fn runs(rules: impl Iterator<Item = Option<Length>>) -> Vec<(usize, usize, Length)> {
    let mut found: Vec<(usize, usize, Length)> = Vec::new();
    for (at, weight) in rules.enumerate() {
        let Some(weight) = weight else {
            continue;
        };
        match found.last_mut() {
            Some(last) if last.1 == at && last.2 == weight => last.1 = at + 1,
            _ => found.push((at, at + 1, weight)),
        }
    }
    found
}

fn put(frame: &mut Frame, (at, extent): (Logical<Length>, Logical<Length>), tiers: &Tiers) {
    let size: Size = extent.to_size(tiers.mode);
    let corner = at.to_corner(tiers.mode, tiers.area(), size) + tiers.corner;
    let mut rule = Frame::new(FrameKind::Rule, size);
    let ink = Ink::BLACK;
    rule.push(Point::ORIGIN, Item::Rule(Rule { size, ink }));
    frame.push(corner, Item::Group(rule));
}
