//! Lines become strips: how far they reach, and where a page may not end between them.

use crate::layout::grid::PageGrid;
use crate::layout::line::Line;

use super::desk::Desk;
use super::galley::{Content, Cut, PlacedLine, Start, Strip, Taken, TextLine};
use super::place::{GroupId, Pitch, Place};

/// One line as a strip of a group.
pub(crate) fn line_strip(
    desk: &Desk<'_>,
    line: Line,
    (place, group): (&Place, GroupId),
    cut: Cut,
) -> Strip {
    let grid = desk.grid;
    let body = place.body(grid);
    Strip {
        advance: place.advance(grid),
        body,
        start: match place.pitch {
            Pitch::Grid(_) => Start::OnGrid,
            Pitch::Own(_) => Start::Anywhere,
        },
        cut,
        anchors: desk.back_anchors(&line),
        notes: desk.notes_of(&line),
        content: Content::Lines(vec![PlacedLine {
            inline: place.inset,
            axis: PageGrid::axis(body / 2, line.size, line.mode),
            line,
        }]),
        ..Strip::empty(group, place)
    }
}

/// Whether a page may end before a paragraph's line: not before its second (no first line alone
/// at a page's end) and not before its last (none alone at a page's start).
pub(crate) fn paragraph_cut(nth: usize, count: usize) -> Cut {
    if nth == 1 || (nth > 0 && nth + 1 == count) {
        Cut::Keep
    } else {
        Cut::Free
    }
}

/// The lines of a paragraph from its `from`th on, as strips that can be set anew.
pub(crate) fn paragraph_strips(
    desk: &Desk<'_>,
    lines: Vec<Line>,
    (place, group): (&Place, GroupId),
    (paragraph, from, taken): (usize, usize, Taken),
) -> Vec<Strip> {
    let count = lines.len();
    let inner = Place {
        inset: place.inset + taken.head,
        measure: taken.from(place.measure),
        ..*place
    };
    lines
        .into_iter()
        .enumerate()
        .skip(from)
        .map(|(nth, line)| Strip {
            text: Some(TextLine { paragraph, nth }),
            taken,
            ..line_strip(desk, line, (&inner, group), paragraph_cut(nth, count))
        })
        .collect()
}
