//! A table on a newspaper page: in horizontal lines over as many tiers as it needs, its rows stretched to its rectangle.

use crate::diag::Sink;
use crate::geom::{Length, Point, Size, WritingMode};
use crate::layout::flow::column::Reach;
use crate::layout::flow::desk::Desk;
use crate::layout::flow::table;
use crate::layout::flow::tabular::{Measured, Room};
use crate::layout::frame::{Frame, FrameKind, Item};
use crate::model::Table;

use super::tiers::Tiers;

/// The fewest lines of a table on a vertical page.
const FEWEST_LINES: u16 = 4;

fn room(size: Size, tiers: &Tiers) -> Room {
    Room {
        mode: WritingMode::HorizontalTb,
        inline: size.width,
        block: size.height,
        size: tiers.size,
        reach: Reach::Whole,
    }
}

/// How many lines a table takes over so many tiers; `None` where it does not fit in them, or takes
/// more than `most` lines.
pub(crate) fn lines(
    rows: &Table,
    (span, most): (u16, u16),
    (desk, tiers): (&Desk<'_>, &Tiers),
) -> Option<u16> {
    if rows.columns.is_empty() {
        return None;
    }
    let endless = |width: Length| Size::new(width, Length::MAX / 4);
    let columns = Measured::new(desk, rows, room(endless(tiers.span(span)), tiers));
    let height = |width: Length| {
        let size = endless(width);
        let measured = columns.within(width);
        if measured.fits() {
            return Some(measured.set(desk, &mut Sink::new()).depth());
        }
        // What fits on no page is parted on a whole one.
        let whole = span == tiers.tiers && width >= tiers.room((span, tiers.lines)).width;
        whole.then(|| {
            parted(rows, size, (desk, tiers), &mut Sink::new())
                .size
                .height
        })
    };
    if !tiers.mode.is_vertical() {
        let depth = height(tiers.span(span))?;
        let lines = tiers.lines_for(depth + tiers.side_blank() * 2);
        return (lines <= most.min(tiers.lines)).then_some(lines);
    }
    // The fewest lines in whose width the table is no higher than its tiers, and no more than are
    // asked for.
    let fits = |lines: u16| {
        let room = tiers.room((span, lines));
        height(room.width).is_some_and(|height| height <= room.height)
    };
    let (mut low, mut high) = (FEWEST_LINES.min(tiers.lines), most.min(tiers.lines));
    if low > high || !fits(high) {
        return None;
    }
    // Often little less than that is enough: steps grow from there.
    let mut step = 1;
    while low < high {
        let fewer = high.saturating_sub(step).max(low);
        if !fits(fewer) {
            low = fewer + 1;
            break;
        }
        high = fewer;
        step *= 2;
    }
    while low < high {
        let middle = low.midpoint(high);
        if fits(middle) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    Some(low)
}

/// Sets a table in a room.
pub(crate) fn set(
    rows: &Table,
    size: Size,
    (desk, tiers): (&Desk<'_>, &Tiers),
    sink: &mut Sink,
) -> Frame {
    let measured = Measured::new(desk, rows, room(size, tiers));
    if measured.fits() {
        return measured.set(desk, sink).stretched(size.height);
    }
    parted(rows, size, (desk, tiers), sink)
}

/// A table too wide for every page: in groups of columns under one another.
fn parted(rows: &Table, size: Size, (desk, tiers): (&Desk<'_>, &Tiers), sink: &mut Sink) -> Frame {
    let mut whole = Frame::new(FrameKind::Table, Size::default());
    whole.source = Some(rows.span);
    for set in table::in_groups(desk, rows, room(size, tiers), sink) {
        for frame in set.pieces(Length::MAX / 4) {
            let at = Point::new(Length::ZERO, whole.size.height);
            whole.size.width = whole.size.width.max(frame.size.width);
            whole.size.height += frame.size.height + desk.grid.size / 2;
            whole.push(at, Item::Group(frame));
        }
    }
    whole
}
