//! The outline of a story on its page: which lines of which tiers are its own.

use super::area::Area;

/// Tiers one after another, each with the lines from one to another. A plain rectangle has equal
/// spans; where a neighbour juts in, or the story runs on under one, they differ.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Shape {
    /// Its first tier.
    pub(super) tier: u16,
    /// The first line of each tier and the one after the last; none is empty.
    pub(super) spans: Vec<(u16, u16)>,
}

impl Shape {
    /// A rectangle.
    pub(super) fn rectangle(area: Area) -> Self {
        let tiers = if area.lines == 0 { 0 } else { area.tiers };
        Self {
            tier: area.tier,
            spans: vec![(area.line, area.end_line()); usize::from(tiers)],
        }
    }

    /// How many tiers it has.
    pub(super) fn tiers(&self) -> u16 {
        u16::try_from(self.spans.len()).expect("a page has fewer tiers than 65,536")
    }

    /// The tier after its last.
    pub(super) fn end_tier(&self) -> u16 {
        self.tier + self.tiers()
    }

    /// How many lines of text it would hold.
    pub(super) fn slots(&self) -> u32 {
        self.spans
            .iter()
            .map(|(from, to)| u32::from(to - from))
            .sum()
    }

    /// Its lines in a tier of the page.
    pub(super) fn span(&self, tier: u16) -> Option<(u16, u16)> {
        let at = tier.checked_sub(self.tier)?;
        self.spans.get(usize::from(at)).copied()
    }

    /// The lines that all of these tiers have.
    pub(super) fn common(&self, tier: u16, tiers: u16) -> Option<(u16, u16)> {
        let mut all = (0, u16::MAX);
        for at in tier..tier + tiers {
            let (from, to) = self.span(at)?;
            all = (all.0.max(from), all.1.min(to));
        }
        (all.0 < all.1).then_some(all)
    }

    /// The lines that stay free at the head of its tiers, so many in each, where another story
    /// stands before them; the head keeps away of itself in the first so many tiers.
    pub(super) fn partings(&self, head: u16, lines: u16) -> Vec<Area> {
        if lines == 0 {
            return Vec::new();
        }
        (self.tier..)
            .zip(&self.spans)
            .skip(usize::from(head))
            .filter(|(_, (from, _))| *from > 0)
            .map(|(tier, (from, to))| Area::new((tier, *from), (1, lines.min(to - from))))
            .collect()
    }

    /// How many of its tiers have lines that stay free at their head; see [`partings`](Self::partings).
    pub(super) fn parted(&self, head: u16, lines: u16) -> u32 {
        if lines == 0 {
            return 0;
        }
        let after = self.spans.iter().skip(usize::from(head));
        after.map(|(from, _)| u32::from(*from > 0)).sum()
    }

    /// It without what stays free at the head of its tiers.
    pub(super) fn without(&self, partings: &[Area]) -> Self {
        let mut inner = self.clone();
        for area in partings {
            inner.spans[usize::from(area.tier - self.tier)].0 = area.end_line();
        }
        inner
    }

    /// It in rectangles: tiers of equal lines are one.
    pub(super) fn areas(&self) -> Vec<Area> {
        let mut areas: Vec<Area> = Vec::new();
        for (tier, (from, to)) in (self.tier..).zip(self.spans.iter().copied()) {
            match areas.last_mut() {
                Some(last) if last.line == from && last.end_line() == to => last.tiers += 1,
                _ => areas.push(Area::new((tier, from), (1, to - from))),
            }
        }
        areas
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_angled_shape_is_two_rectangles() {
        let shape = Shape {
            tier: 2,
            spans: vec![(0, 10), (0, 10), (0, 14)],
        };
        assert_eq!(
            shape.areas(),
            [Area::new((2, 0), (2, 10)), Area::new((4, 0), (1, 14))]
        );
        assert_eq!(shape.slots(), 34);
        assert_eq!(shape.common(2, 3), Some((0, 10)));
    }
}
