//! Subheadings in running text: their lines stand close together, in the middle of whole lines of the grid.

use crate::geom::Length;
use crate::layout::flow::galley::{Content, Galley, Start, Strip};
use crate::layout::frame::FrameKind;
use crate::layout::grid::PageGrid;
use crate::model::theme::Theme;

/// From line to line of a subheading, in thousandths of its size: closer than text, since it is one
/// thing and stands apart from the text.
const LEADING: i64 = 1300;

/// A subheading of a galley.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Subhead {
    /// Its first strip, and the one after its last.
    strips: (usize, usize),
    /// From its first line to its last, both included.
    ink: Length,
    /// From one of its lines to the next.
    leading: Length,
    /// Lines of the grid that it takes of its own accord.
    pub(crate) asked: i32,
    /// The fewest that hold it.
    pub(crate) least: i32,
}

/// The subheadings of a galley, in order.
pub(crate) fn subheads(galley: &Galley<'_>, grid: &PageGrid, theme: &Theme) -> Vec<Subhead> {
    let strips = &galley.strips;
    let is_line = |strip: &Strip| size(strip).is_some() && strip.start == Start::OnGrid;
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(strip) = strips.get(at) {
        let group = &galley.groups[strip.group.0];
        if group.kind != FrameKind::Heading || !is_line(strip) {
            at += 1;
            continue;
        }
        let own = strips[at..].iter();
        let own = own.take_while(|other| other.group == strip.group && is_line(other));
        let count = own.clone().count();
        let size = own.filter_map(size).max().unwrap_or(grid.size);
        let leading = size.scale(LEADING, 1000);
        let lines = i32::try_from(count).unwrap_or(i32::MAX);
        let ink = size + leading * (lines - 1);
        let rank = usize::from(group.level.saturating_sub(2)).min(theme.headings.len() - 1);
        // What one line is given beside itself.
        let beside = i32::try_from(theme.headings[rank].lines).unwrap_or(1) - 1;
        let asked = grid.lines_for(ink - (size - grid.size).at_least_zero()) + beside.max(0);
        found.push(Subhead {
            strips: (at, at + count),
            ink,
            leading,
            asked: asked.max(grid.lines_for(ink - grid.gap() / 2)),
            least: grid.lines_for(ink - grid.gap() / 2),
        });
        at += count;
    }
    found
}

/// The size of a strip that holds lines.
fn size(strip: &Strip) -> Option<Length> {
    match &strip.content {
        Content::Lines(set) => set.iter().map(|placed| placed.line.size).max(),
        _ => None,
    }
}

/// Gives a subheading so many lines of the grid; it stands in their middle.
pub(crate) fn give(galley: &mut Galley<'_>, grid: &PageGrid, (head, lines): (&Subhead, i32)) {
    let (first, end) = head.strips;
    let Some(strips) = galley.strips.get_mut(first..end) else {
        return;
    };
    let blank = (grid.depth_of(lines) - head.ink) / 2;
    let count = strips.len();
    let mut from = Length::ZERO;
    for (nth, strip) in strips.iter_mut().enumerate() {
        // The first stands on the grid; the others follow it.
        let to = if nth + 1 == count {
            grid.pitch * lines
        } else if nth == 0 {
            blank + head.leading
        } else {
            from + head.leading
        };
        let before = if nth == 0 { blank } else { Length::ZERO };
        if let Content::Lines(set) = &mut strip.content {
            for placed in set {
                let own = placed.line.size;
                placed.axis = before + PageGrid::axis(own / 2, own, placed.line.mode);
            }
        }
        strip.start = match nth {
            0 => Start::OnGrid,
            _ => Start::Anywhere,
        };
        strip.advance = to - from;
        strip.body = if nth + 1 == count {
            (grid.depth_of(lines) - from).at_least_zero()
        } else {
            strip.advance
        };
        from = to;
    }
}
