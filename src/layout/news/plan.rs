//! A plan of newspaper pages: which story stands where, with its head, its pieces and its text.

use super::area::Area;

/// Lines that a jump line takes at the end of a part that goes on elsewhere.
pub(crate) const JUMP_LINES: u32 = 1;

/// Planned pages.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Plan {
    /// The pages, in order.
    pub(crate) pages: Vec<PlannedPage>,
    /// What it costs, in the classes of newspaper costs; the sum that was made least.
    pub(crate) cost: u64,
    /// Steps that the search took.
    pub(crate) steps: u64,
    /// What could not be kept or found room for, by story.
    pub(crate) faults: Vec<(usize, PlanFault)>,
}

/// What the press has to tell the author about a story.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum PlanFault {
    /// So many lines in one place that nothing fills, more than three: by how much to lengthen the
    /// story (or to cut it, where that leaves a whole tier).
    Hole(u32),
    /// The page that was asked for could not be given: it stands on this one.
    Page(u16),
    /// The tiers that were asked for could not be given: it stands in so many.
    Tiers(u16),
    /// It was to be whole and so many of its lines went on to another page.
    Parted(u32),
    /// A piece, by its number, that has no size for such a page and was left out of the plan.
    Piece(usize),
    /// No headline has a size for such a page: this part has none.
    Headless,
}

/// One page of a plan.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct PlannedPage {
    /// The parts of stories on it, in reading order.
    pub(crate) parts: Vec<Part>,
    /// What is left of it at its foot, or nothing: the last tiers of a vertical page, the last
    /// lines of all tiers of a horizontal one.
    pub(crate) rest: Option<Area>,
}

/// A story, or as much of it as a page holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Part {
    /// The story, by its place in the problem.
    pub(crate) story: usize,
    /// Which part of it this is, from zero.
    pub(crate) nth: u16,
    /// The rectangles that it takes; more than one where a corner is missing. They share edges and
    /// do not overlap; text fills them as one shape, tier by tier.
    pub(crate) shape: Vec<Area>,
    /// Its head: which of the form's `heads` (of `turns` for a later part), and where. It may be
    /// given more lines than it needs, and then stands in their middle.
    pub(crate) head: Option<(usize, Area)>,
    /// Its pieces: which piece, which of its sizes, and where.
    pub(crate) pieces: Vec<(usize, usize, Area)>,
    /// Lines of its shape that stay free, each in one tier: a rule parts it there from the story
    /// before it.
    pub(crate) partings: Vec<Area>,
    /// The lines of running text that it holds: first, and the one after the last.
    pub(crate) text: (u32, u32),
    /// Lines at its end that nothing fills, as planned.
    pub(crate) slack: u32,
    /// Whether it goes on on a later page: then [`JUMP_LINES`] follow the text for the jump line.
    pub(crate) jumps: bool,
}

impl Part {
    /// What is taken of its shape by head and pieces, and what stays free.
    pub(crate) fn taken(&self) -> Vec<Area> {
        self.head
            .iter()
            .map(|(_, area)| *area)
            .chain(self.pieces.iter().map(|(_, _, area)| *area))
            .chain(self.partings.iter().copied())
            .collect()
    }

    /// Runs of lines for its running text, in reading order: tier by tier, each from its first line.
    pub(crate) fn runs(&self) -> Vec<Area> {
        let taken = self.taken();
        let mut runs: Vec<Area> = self
            .shape
            .iter()
            .flat_map(|area| area.free(&taken))
            .collect();
        runs.sort_by_key(|run| (run.tier, run.line));
        // Where two rectangles of the shape meet, their runs are one.
        let mut joined: Vec<Area> = Vec::with_capacity(runs.len());
        for run in runs {
            match joined.last_mut() {
                Some(last) if last.tier == run.tier && last.end_line() == run.line => {
                    last.lines += run.lines;
                }
                _ => joined.push(run),
            }
        }
        joined
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_runs_of_an_angled_shape_are_joined() {
        let part = Part {
            story: 0,
            nth: 0,
            shape: vec![Area::new((0, 0), (1, 10)), Area::new((0, 10), (2, 5))],
            head: Some((0, Area::new((0, 0), (1, 3)))),
            pieces: Vec::new(),
            partings: Vec::new(),
            text: (0, 17),
            slack: 0,
            jumps: false,
        };
        assert_eq!(
            part.runs(),
            [Area::new((0, 3), (1, 12)), Area::new((1, 10), (1, 5))]
        );
    }
}
