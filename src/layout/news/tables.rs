//! A table on a newspaper page: in horizontal lines over as many tiers as it needs, its rows stretched to its rectangle.

use crate::diag::Sink;
use crate::geom::{Length, Point, Size, WritingMode};
use crate::layout::flow::collector::Collector;
use crate::layout::flow::column::Reach;
use crate::layout::flow::desk::Desk;
use crate::layout::flow::galley::Content;
use crate::layout::flow::place::Place;
use crate::layout::flow::table;
use crate::layout::flow::tabular::{Measured, Room};
use crate::layout::frame::{Frame, FrameKind, Item};
use crate::layout::grid::PageGrid;
use crate::model::Table;

use super::tiers::Tiers;

/// The fewest lines of a table on a vertical page.
const FEWEST_LINES: u16 = 4;
/// Longer than any line.
const ENDLESS: i32 = 20_000;

fn room(size: Size, tiers: &Tiers) -> Room {
    Room {
        mode: WritingMode::HorizontalTb,
        inline: size.width,
        block: size.height,
        size: tiers.size,
        reach: Reach::Whole,
    }
}

/// How many lines a table takes over so many tiers; `None` where it does not fit in them.
pub(crate) fn lines(rows: &Table, span: u16, (desk, tiers): (&Desk<'_>, &Tiers)) -> Option<u16> {
    let height = |width: Length| {
        let size = Size::new(width, Length::MAX / 4);
        let measured = Measured::new(desk, rows, room(size, tiers));
        measured
            .fits()
            .then(|| measured.set(desk, &mut Sink::new()).depth())
    };
    if !tiers.mode.is_vertical() {
        let depth = height(tiers.span(span))?;
        let lines = tiers.lines_for(depth + tiers.side_blank() * 2);
        return (lines <= tiers.lines).then_some(lines);
    }
    // The fewest lines in whose width the table is no higher than its tiers.
    let fits = |lines: u16| {
        let room = tiers.room((span, lines));
        height(room.width).is_some_and(|height| height <= room.height)
    };
    let (mut low, mut high) = (FEWEST_LINES.min(tiers.lines), tiers.lines);
    if !fits(high) {
        return None;
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
    parted(rows, size.width, desk, sink)
}

/// A table too wide for every page: in parts under one another.
fn parted(rows: &Table, width: Length, desk: &Desk<'_>, sink: &mut Sink) -> Frame {
    let size = desk.grid.size;
    // On a vertical ground of that width its parts are islands in horizontal lines.
    let ground = PageGrid {
        mode: WritingMode::VerticalRl,
        trim: Size::new(width, width),
        characters: ENDLESS,
        lines: 2,
        pitch: (width - size).max(size),
        ..*desk.grid
    };
    let desk = Desk {
        grid: &ground,
        ..*desk
    };
    let mut to = Collector::new(desk);
    table::collect(&mut to, rows, &Place::page(&ground));
    sink.extend(to.sink.into_inner());
    let mut whole = Frame::new(FrameKind::Table, Size::default());
    whole.source = Some(rows.span);
    for strip in to.galley.strips {
        if let Content::Island(island) = strip.content {
            let at = Point::new(Length::ZERO, whole.size.height);
            whole.size.width = whole.size.width.max(island.frame.size.width);
            whole.size.height += island.frame.size.height + size / 2;
            whole.push(at, Item::Group(island.frame));
        }
    }
    whole
}
