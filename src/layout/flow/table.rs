//! Tables in the galley: which way they run, whole or in pieces, in groups of columns where they are too wide.

use std::sync::Arc;

use crate::diag::{Code, Diagnostic, Sink};
use crate::geom::{Length, Logical, WritingMode};
use crate::layout::frame::{Frame, FrameKind, Turn};
use crate::model::{Cell, Inline, Row, Table};
use crate::rules::words::continued;

use super::collector::Collector;
use super::column::Reach;
use super::desk::{Desk, words};
use super::galley::{Cut, Dress, Float, Head, Island};
use super::leaf::Leaf;
use super::place::Place;
use super::stack::room;
use super::tabular::{Measured, Room, Tabular};

/// A vertical table holds cells of no more than this many characters.
const LONGEST_VERTICAL: usize = 14;
/// Digits that stand upright side by side in a vertical cell (composition rules §16.1).
const MOST_DIGITS: usize = 3;
/// A table that takes no more than this part of a page, in thousandths, is not parted: where it
/// does not fit it goes to the next page, and the text goes on.
const HELD: i64 = 500;
/// A table that keeps its place is not parted where it takes no more than this part.
const KEPT: i64 = 250;

/// Adds a table to the galley.
pub(crate) fn collect(to: &mut Collector<'_>, table: &Table, place: &Place) {
    if table.columns.is_empty() {
        return;
    }
    let grid = to.desk.grid;
    if to.desk.is_vertical() && reads_vertically(table) {
        let measured = Measured::new(&to.desk, table, vertical_room(to, place));
        if measured.fits_in_lines() && !measured.has_numbers() {
            let set = measured.set(&to.desk, &mut to.sink);
            return laid(to, set, (WritingMode::VerticalRl, place));
        }
    }
    let whole = room(grid, place.measure);
    let room = Room {
        mode: WritingMode::HorizontalTb,
        inline: whole.width,
        block: whole.height,
        size: place.size,
        reach: Reach::AsNeeded,
    };
    let measured = Measured::new(&to.desk, table, room);
    if measured.fits() {
        let set = measured.set(&to.desk, &mut to.sink);
        return laid(to, set, (WritingMode::HorizontalTb, place));
    }
    let upright = Room {
        inline: whole.height,
        block: whole.width,
        ..room
    };
    if place.is_free() {
        let measured = Measured::new(&to.desk, table, upright);
        if measured.fits() {
            let set = measured.set(&to.desk, &mut to.sink);
            return as_plates(to, set, (whole.width, place));
        }
    }
    for set in in_groups(&to.desk, table, room, &mut to.sink) {
        laid(to, set, (WritingMode::HorizontalTb, place));
    }
}

/// A table too wide for a room, set in groups of its columns, the first one repeated in each; told.
pub(crate) fn in_groups(
    desk: &Desk<'_>,
    table: &Table,
    room: Room,
    sink: &mut Sink,
) -> Vec<Tabular> {
    let measured = Measured::new(desk, table, room);
    let groups = measured.groups();
    tell_too_wide(table, (&measured, room), groups.len(), sink);
    groups
        .iter()
        .enumerate()
        .map(|(nth, group)| {
            let part = part(desk, table, group, nth);
            Measured::new(desk, &part, room).set(desk, sink)
        })
        .collect()
}

fn vertical_room(to: &Collector<'_>, place: &Place) -> Room {
    Room {
        mode: WritingMode::VerticalRl,
        inline: place.measure,
        block: to.desk.grid.area().block,
        size: place.size,
        reach: Reach::AsNeeded,
    }
}

/// Whether a table reads well in vertical lines: short cells of Han and kana, with numbers of three
/// digits at most.
fn reads_vertically(table: &Table) -> bool {
    let rows = || table.head.iter().chain(&table.rows);
    rows()
        .flat_map(|row| &row.cells)
        .all(|cell| is_vertical(&Inline::plain(&cell.content)))
}

fn is_vertical(text: &str) -> bool {
    let mut digits = 0;
    let mut count = 0;
    for c in text.chars() {
        count += 1;
        digits = if c.is_ascii_digit() { digits + 1 } else { 0 };
        let is_western = c.is_alphabetic() && u32::from(c) < 0x2E80 || c.is_ascii_punctuation();
        if digits > MOST_DIGITS || is_western {
            return false;
        }
    }
    count <= LONGEST_VERTICAL
}

fn tell_too_wide(
    table: &Table,
    (measured, room): (&Measured<'_>, Room),
    parts: usize,
    sink: &mut Sink,
) {
    let points = |length: Length| length.milli() / 1000;
    let (needed, given) = (measured.least_width(), room.inline);
    let what = match parts {
        0 | 1 => "its cells are narrowed".to_owned(),
        parts => format!("it is set in {parts} parts"),
    };
    sink.push(
        Diagnostic::warning(
            Code::TableOverfull,
            table.span,
            format!(
                "a table of {} columns needs {} pt and has {} pt: {what}",
                table.columns.len(),
                points(needed),
                points(given),
            ),
        )
        .hint("part the table, shorten its longest words, or choose a larger page"),
    );
}

/// A table of some of the columns of another; from the second on its caption says so.
fn part(desk: &Desk<'_>, table: &Table, columns: &[usize], nth: usize) -> Table {
    let pick = |rows: &[Row]| -> Vec<Row> {
        rows.iter()
            .map(|row| Row {
                cells: columns
                    .iter()
                    .filter_map(|at| row.cells.get(*at))
                    .map(Cell::clone)
                    .collect(),
                span: row.span,
            })
            .collect()
    };
    let head = pick(&table.head);
    // What goes on is a table of its own: it is known by its first own column.
    let own = head
        .first()
        .and_then(|row| row.cells.get(usize::from(columns.first() == Some(&0))));
    let span = own.map_or(table.span, |cell| cell.span);
    let mut caption = table.caption.clone();
    if nth > 0 && !caption.is_empty() {
        caption.extend(words(continued(desk.script()), table.span));
    }
    Table {
        id: if nth == 0 {
            table.id.clone()
        } else {
            String::new()
        },
        caption,
        columns: columns
            .iter()
            .filter_map(|at| table.columns.get(*at))
            .copied()
            .collect(),
        head,
        rows: pick(&table.rows),
        span: if nth == 0 { table.span } else { span },
    }
}

/// Puts a set table into the galley.
fn laid(to: &mut Collector<'_>, set: Tabular, (mode, place): (WritingMode, &Place)) {
    let grid = to.desk.grid;
    let area = grid.area().block;
    let runs_with_text = mode == grid.mode;
    let is_held = set.depth() <= area.scale(HELD, 1000);
    // Under a short vertical table there is room for text.
    let leaves_room = mode.is_vertical() && set.inline * 3 <= place.measure * 2;
    // Without a caption it belongs to the sentence before it and keeps its place.
    let stays = set.caption.is_none() && !mode.is_vertical();
    if runs_with_text && (stays || !is_held && !leaves_room) {
        as_strips(to, set, place);
        return;
    }
    let limit = match runs_with_text {
        true => area,
        false => place.measure,
    };
    as_islands(to, set, (limit, place));
}

/// The table in frames no deeper than a page.
fn as_islands(to: &mut Collector<'_>, set: Tabular, (limit, place): (Length, &Place)) {
    let (id, source) = (set.id.clone(), set.source);
    let mode = to.desk.grid.mode;
    let has_caption = set.caption.is_some();
    let pieces = set.pieces(limit);
    let float = match (to.is_outermost(place), has_caption) {
        (true, true) => Float::Head,
        // As wide as the page, as it often is, it would else leave a page before it half empty.
        (true, false) if mode.is_vertical() => Float::Section,
        _ => Float::Stay,
    };
    for (at, mut frame) in pieces.into_iter().enumerate() {
        // No text stands beside the tables of horizontal pages.
        if mode == WritingMode::HorizontalTb {
            centre(&mut frame, place.measure);
        }
        let group = to.open(FrameKind::Table, place, source);
        let island = Island {
            inline: place.inset,
            depth: Logical::from_size(frame.size, mode).block,
            float,
            frame,
        };
        let anchors = (at == 0 && !id.is_empty()).then(|| id.clone());
        to.island(group, island, anchors.into_iter().collect());
    }
}

/// The table turned by a quarter on pages of its own: its top towards the right in vertical books,
/// towards the left in horizontal ones (composition rules §15).
fn as_plates(to: &mut Collector<'_>, set: Tabular, (limit, place): (Length, &Place)) {
    let (id, source) = (set.id.clone(), set.source);
    let turn = match to.desk.is_vertical() {
        true => Turn::Right,
        false => Turn::Left,
    };
    for (at, mut frame) in set.pieces(limit).into_iter().enumerate() {
        frame.size = turn.extent(frame.size);
        frame.turn = turn;
        let group = to.open(FrameKind::Table, place, source);
        let island = Island {
            inline: place.inset,
            depth: Logical::from_size(frame.size, to.desk.grid.mode).block,
            float: Float::Plate,
            frame,
        };
        let anchors = (at == 0 && !id.is_empty()).then(|| id.clone());
        to.island(group, island, anchors.into_iter().collect());
    }
}

/// Widens a frame; what is in it stands in the middle.
fn centre(frame: &mut Frame, width: Length) {
    let left = (width - frame.size.width).at_least_zero() / 2;
    for (at, _) in &mut frame.items {
        at.x += left;
    }
    frame.size.width = frame.size.width.max(width);
}

/// The table row by row along the page's own lines.
fn as_strips(to: &mut Collector<'_>, set: Tabular, place: &Place) {
    let mode = to.desk.grid.mode;
    let spare = |inline: Length| (place.measure - inline).at_least_zero() / 2;
    let left = match mode {
        WritingMode::HorizontalTb => place.inset + spare(set.inline),
        WritingMode::VerticalRl => place.inset,
    };
    let inner = Place {
        inset: left,
        measure: set.inline,
        ..*place
    };
    to.space(1, place);
    let group = to.dressed(
        FrameKind::Table,
        &inner,
        Some(set.source),
        Dress::Cut(to.desk.theme.rules.fine),
    );
    let is_kept = set.depth() <= to.desk.grid.area().block.scale(KEPT, 1000);
    let start = to.galley.strips.len();
    if let Some(caption) = set.caption {
        let own = Logical::from_size(caption.size, mode).inline;
        let inline = match mode {
            WritingMode::HorizontalTb => place.inset + spare(own),
            WritingMode::VerticalRl => place.inset,
        };
        to.close_island(group, island(caption, inline, mode));
    }
    let repeated = Arc::new(Head {
        advance: Logical::from_size(set.head.size, mode).block,
        inline: left,
        frame: set.head.clone(),
    });
    to.close_island(group, island(set.head, left, mode));
    let body = to.galley.strips.len();
    let count = set.rows.len();
    for (at, row) in set.rows.into_iter().enumerate() {
        let mut leaf = Leaf::new(mode, set.inline);
        row.put(&mut leaf, Length::ZERO);
        if at + 1 == count {
            leaf.rule(to.desk.theme.rules.heavy);
        }
        let frame = leaf.finish(FrameKind::Table, None);
        to.close_island(group, island(frame, left, mode));
    }
    for (at, strip) in to.galley.strips.iter_mut().enumerate().skip(start) {
        // Never parted after the caption, inside or right after the head; the last row is not
        // alone.
        let is_last = at > body && at + 1 == body + count;
        if at > start && (at <= body || is_last || is_kept) {
            strip.cut = Cut::Keep;
        }
        if at > body {
            strip.head = Some(Arc::clone(&repeated));
        }
    }
    if let Some(strip) = to.galley.strips.get_mut(start)
        && !set.id.is_empty()
    {
        strip.anchors.push(set.id);
    }
    to.space(1, place);
}

fn island(frame: Frame, inline: Length, mode: WritingMode) -> Island {
    Island {
        inline,
        depth: Logical::from_size(frame.size, mode).block,
        float: Float::Stay,
        frame,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_han_reads_vertically() {
        for text in ["人口", "十二萬", "12月", "有，但不足", ""] {
            assert!(is_vertical(text), "{text}");
        }
        for text in [
            "2025年",
            "AI",
            "1,300",
            "café",
            "這一格實在是太長了不能直排",
        ] {
            assert_eq!(is_vertical(text), text.chars().count() == 13, "{text}");
        }
    }
}
