//! Rectangles of a newspaper page, counted in tiers and line pitches.

/// A rectangle of a page: whole tiers (欄) by whole lines. Tier 0 and line 0 meet in the corner
/// where reading starts: the upper right of a vertical page, the upper left of a horizontal one.
/// Tiers follow one another along the lines, lines across them, so that one geometry serves both.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Area {
    /// First tier.
    pub(crate) tier: u16,
    /// First line.
    pub(crate) line: u16,
    /// How many tiers.
    pub(crate) tiers: u16,
    /// How many lines of each tier.
    pub(crate) lines: u16,
}

impl Area {
    /// A rectangle by its first tier and line and its extent.
    pub(crate) const fn new((tier, line): (u16, u16), (tiers, lines): (u16, u16)) -> Self {
        Self {
            tier,
            line,
            tiers,
            lines,
        }
    }

    /// The tier after its last.
    pub(crate) const fn end_tier(self) -> u16 {
        self.tier + self.tiers
    }

    /// The line after its last.
    pub(crate) const fn end_line(self) -> u16 {
        self.line + self.lines
    }

    /// How many lines of text it would hold.
    pub(crate) const fn slots(self) -> u32 {
        self.tiers as u32 * self.lines as u32
    }

    /// Whether it holds nothing.
    pub(crate) const fn is_empty(self) -> bool {
        self.tiers == 0 || self.lines == 0
    }

    /// Whether two rectangles share a slot.
    #[cfg(test)]
    pub(crate) const fn overlaps(self, other: Self) -> bool {
        self.tier < other.end_tier()
            && other.tier < self.end_tier()
            && self.line < other.end_line()
            && other.line < self.end_line()
            && !self.is_empty()
            && !other.is_empty()
    }

    /// Whether another rectangle lies inside.
    #[cfg(test)]
    pub(crate) const fn contains(self, other: Self) -> bool {
        self.tier <= other.tier
            && other.end_tier() <= self.end_tier()
            && self.line <= other.line
            && other.end_line() <= self.end_line()
    }

    /// What is left of it for running text beside what stands in it: runs of lines of one tier
    /// each, in reading order.
    pub(crate) fn free(self, taken: &[Self]) -> Vec<Self> {
        let mut runs = Vec::new();
        for tier in self.tier..self.end_tier() {
            let mut own: Vec<Self> = taken
                .iter()
                .copied()
                .filter(|t| t.tier <= tier && tier < t.end_tier() && !t.is_empty())
                .collect();
            own.sort_by_key(|t| t.line);
            let mut from = self.line;
            for t in own {
                if t.line > from {
                    let to = t.line.min(self.end_line());
                    runs.push(Self::new((tier, from), (1, to - from)));
                }
                from = from.max(t.end_line());
            }
            if from < self.end_line() {
                runs.push(Self::new((tier, from), (1, self.end_line() - from)));
            }
        }
        runs
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_free_goes_round_what_is_taken() {
        let whole = Area::new((1, 10), (2, 20));
        let head = Area::new((1, 10), (2, 4));
        let picture = Area::new((2, 20), (1, 5));
        let runs = whole.free(&[picture, head]);
        assert_eq!(
            runs,
            [
                Area::new((1, 14), (1, 16)),
                Area::new((2, 14), (1, 6)),
                Area::new((2, 25), (1, 5)),
            ]
        );
        let slots: u32 = runs.iter().map(|run| run.slots()).sum();
        assert_eq!(slots, whole.slots() - head.slots() - picture.slots());
    }

    #[test]
    fn neighbours_do_not_overlap() {
        let a = Area::new((0, 0), (2, 5));
        assert!(!a.overlaps(Area::new((2, 0), (1, 5))));
        assert!(!a.overlaps(Area::new((0, 5), (2, 5))));
        assert!(a.overlaps(Area::new((1, 4), (4, 4))));
        assert!(a.contains(a) && !a.contains(Area::new((0, 0), (2, 6))));
    }
}
