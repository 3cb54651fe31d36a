//! Tables: column widths from content, rows set horizontally, cut between rows with the head repeated.

use std::sync::Arc;

use crate::diag::{Code, Diagnostic, Span};
use crate::geom::{Length, Logical, Point, Size, WritingMode};
use crate::layout::frame::{Frame, FrameKind, Ink, Item, Rule};
use crate::layout::inline::TextAlign;
use crate::layout::line::Line;
use crate::model::{Inline, Row, Table};

use super::collector::{Collector, FINE_RULE, HEAVY_RULE, MEDIUM_RULE};
use super::column::{Column, share};
use super::desk::{Job, Voice};
use super::galley::{Cut, Float, Head, Island};
use super::opening::span_of;
use super::place::Place;
use super::stack::{baseline, reach, room};

/// Sizes of table text in thousandths of the body's, the first that fits: 7–8 on 9 (composition
/// rules §15), smaller only for tables that are too wide.
const SIZES: [i64; 4] = [850, 780, 700, 620];
/// Line pitch of cells in thousandths of their size.
const PITCH: i64 = 1450;

/// A table's measures at one size of text.
struct Setting<'t> {
    table: &'t Table,
    size: Length,
    pitch: Length,
    columns: Vec<Column>,
    width: Length,
    source: Span,
}

/// A row, or the part of a row that one page holds.
struct SetRow {
    height: Length,
    items: Vec<(Point, Item)>,
    /// Whether a rule may stand under it: it ends a row.
    ends: bool,
}

/// Adds a table to the galley.
pub(crate) fn collect(to: &mut Collector<'_>, table: &Table, place: &Place) {
    if table.columns.is_empty() {
        return;
    }
    let room = room(to.desk.grid, place.measure);
    let setting = measure(to, table, place, room.width);
    let caption = caption(to, &setting, place, room.width);
    let head = head(to, &setting, room.height / 2);
    let head_height = head.as_ref().map_or(Length::ZERO, |head| head.size.height);
    let caption_height = caption.as_ref().map_or(Length::ZERO, |c| c.size.height);
    let least = setting.pitch * 2;
    let limit = (room.height - head_height - caption_height - HEAVY_RULE * 2).max(least);
    let rows = rows(to, &setting, limit);
    let group = to.open(FrameKind::Table, place, table.span);
    let parts = Parts {
        setting: &setting,
        caption,
        head,
        rows,
    };
    let place = place.inside(group);
    if to.desk.is_vertical() {
        as_islands(to, parts, &place, room);
    } else {
        as_strips(to, parts, &place);
    }
}

/// What a table is made of.
struct Parts<'s> {
    setting: &'s Setting<'s>,
    caption: Option<Frame>,
    head: Option<Frame>,
    rows: Vec<SetRow>,
}

/// Text size and column widths: the largest size at which no word is broken.
fn measure<'t>(
    to: &mut Collector<'_>,
    table: &'t Table,
    place: &Place,
    available: Length,
) -> Setting<'t> {
    let mut chosen = None;
    for scale in SIZES {
        let size = place.size.scale(scale, 1000);
        let columns = columns(to, table, size);
        let fits = columns.iter().map(|c| c.least).sum::<Length>() <= available;
        chosen = Some((size, columns));
        if fits {
            break;
        }
    }
    let (size, mut columns) = chosen.unwrap_or((place.size, Vec::new()));
    let needed: Length = columns.iter().map(|c| c.least).sum();
    if needed > available {
        to.sink.push(
            Diagnostic::warning(
                Code::TableOverfull,
                table.span,
                format!(
                    "a table of {} columns needs {} pt and has {} pt",
                    columns.len(),
                    needed.milli() / 1000,
                    available.milli() / 1000
                ),
            )
            .hint("part the table, shorten its longest words, or choose a larger page"),
        );
    }
    share(&mut columns, available);
    let width = columns.iter().map(|c| c.width).sum();
    Setting {
        table,
        size,
        pitch: size.scale(PITCH, 1000),
        columns,
        width,
        source: table.span,
    }
}

fn columns(to: &Collector<'_>, table: &Table, size: Length) -> Vec<Column> {
    let pad = size / 2;
    let extent =
        |text: &[Inline], voice: Voice| to.desk.extent(&job(text, size, voice, Length::MAX / 4));
    table
        .columns
        .iter()
        .enumerate()
        .map(|(at, align)| {
            let mut column = Column::new(*align, pad);
            for row in &table.head {
                if let Some(cell) = row.cells.get(at) {
                    column.head(extent(&cell.content, Voice::CaptionBold), size);
                }
            }
            for row in &table.rows {
                if let Some(cell) = row.cells.get(at) {
                    let plain = Inline::plain(&cell.content);
                    let whole = plain.split(['.', '．']).next().unwrap_or("");
                    let text = super::desk::words(whole.trim_end(), cell.span);
                    let whole = extent(&text, Voice::Caption).1;
                    column.cell(&plain, extent(&cell.content, Voice::Caption), whole, size);
                }
            }
            column
        })
        .collect()
}

fn job(text: &[Inline], size: Length, voice: Voice, measure: Length) -> Job<'_> {
    Job {
        text,
        measure,
        mode: WritingMode::HorizontalTb,
        size,
        voice,
        indent: Length::ZERO,
        align: TextAlign::Start,
    }
}

/// The caption above the table.
fn caption(
    to: &mut Collector<'_>,
    setting: &Setting<'_>,
    place: &Place,
    room: Length,
) -> Option<Frame> {
    let text = &setting.table.caption;
    if text.is_empty() {
        return None;
    }
    let size = place.size.scale(super::caption::CAPTION_SIZE, 1000);
    let pitch = size.scale(PITCH, 1000);
    let width = setting.width.max(size * 12).min(room);
    let lines = to
        .desk
        .lines(&job(text, size, Voice::CaptionBold, width), &mut to.sink);
    let mut stack = super::stack::Stack::default();
    stack.lines(lines, Length::ZERO, pitch);
    let height = stack.height + size / 4;
    let mut frame = Frame::new(FrameKind::Caption, Size::new(width, height));
    frame.items = stack.items;
    frame.source = Some(span_of(text, setting.source));
    Some(frame)
}

/// The head rows between the top rule and the rule under the head.
fn head(to: &mut Collector<'_>, setting: &Setting<'_>, limit: Length) -> Option<Frame> {
    let mut frame = Frame::new(FrameKind::Table, Size::new(setting.width, Length::ZERO));
    rule(&mut frame, setting.width, HEAVY_RULE);
    for row in &setting.table.head {
        for part in set_row(to, setting, row, (Voice::CaptionBold, limit)) {
            append(&mut frame, part);
        }
    }
    if !setting.table.head.is_empty() {
        rule(&mut frame, setting.width, MEDIUM_RULE);
    }
    frame.source = setting.table.head.first().map(|row| row.span);
    Some(frame)
}

fn rows(to: &mut Collector<'_>, setting: &Setting<'_>, limit: Length) -> Vec<SetRow> {
    let table = setting.table;
    let mut rows = Vec::new();
    for row in &table.rows {
        rows.extend(set_row(to, setting, row, (Voice::Caption, limit)));
    }
    rows
}

/// One row, in parts where it is higher than `limit`.
fn set_row(
    to: &mut Collector<'_>,
    setting: &Setting<'_>,
    row: &Row,
    (voice, limit): (Voice, Length),
) -> Vec<SetRow> {
    let pad = setting.size / 2;
    let pitch = setting.pitch;
    let mut cells: Vec<(Length, Length, Span, std::vec::IntoIter<Line>)> = Vec::new();
    let mut left = Length::ZERO;
    let mut most = 1;
    for (cell, column) in row.cells.iter().zip(&setting.columns) {
        let measure = (column.width - pad * 2).max(setting.size);
        let align = if voice == Voice::CaptionBold {
            column.head_align()
        } else {
            column.text_align()
        };
        let job = Job {
            align,
            ..job(&cell.content, setting.size, voice, measure)
        };
        let mut lines = to.desk.lines(&job, &mut to.sink);
        let mut shift = Length::ZERO;
        if voice == Voice::Caption && column.is_numeric() && lines.len() == 1 {
            let plain = Inline::plain(&cell.content);
            let whole = plain.split(['.', '．']).next().unwrap_or("");
            let text = super::desk::words(whole.trim_end(), cell.span);
            let whole = to
                .desk
                .extent(&self::job(&text, setting.size, voice, measure))
                .1;
            shift = column.shift(whole, measure);
            if let Some(line) = lines.first()
                && shift + reach(std::slice::from_ref(line)) > measure
            {
                shift = (measure - reach(std::slice::from_ref(line))).at_least_zero();
            }
        }
        most = most.max(lines.len());
        lines.shrink_to_fit();
        cells.push((
            left + pad + shift,
            measure - shift,
            cell.span,
            lines.into_iter(),
        ));
        left += column.width;
    }
    let a_part = usize::try_from((limit - pad).wide() / pitch.wide().max(1))
        .unwrap_or(1)
        .max(1);
    let parts = most.div_ceil(a_part);
    (0..parts)
        .map(|part| {
            let lines = (most - part * a_part).min(a_part);
            let height = pitch * i32::try_from(lines).unwrap_or(i32::MAX) + pad;
            let mut items = Vec::new();
            for (left, measure, span, rest) in &mut cells {
                let mut frame = Frame::new(FrameKind::Paragraph, Size::new(*measure, height - pad));
                frame.source = Some(*span);
                let mut top = Length::ZERO;
                for line in rest.by_ref().take(a_part) {
                    let at = Point::new(Length::ZERO, top + baseline(line.size, pitch));
                    frame.push(at, Item::Line(line));
                    top += pitch;
                }
                if !frame.items.is_empty() {
                    items.push((Point::new(*left, pad / 2), Item::Group(frame)));
                }
            }
            SetRow {
                height,
                items,
                ends: part + 1 == parts,
            }
        })
        .collect()
}

/// Puts a row at the foot of a frame.
fn append(frame: &mut Frame, row: SetRow) {
    let top = frame.size.height;
    for (at, item) in row.items {
        frame.push(Point::new(at.x, at.y + top), item);
    }
    frame.size.height += row.height;
}

/// Puts a rule at the foot of a frame.
fn rule(frame: &mut Frame, width: Length, weight: Length) {
    let at = Point::new(Length::ZERO, frame.size.height);
    let size = Size::new(width, weight);
    frame.push(
        at,
        Item::Rule(Rule {
            size,
            ink: Ink::BLACK,
        }),
    );
    frame.size.height += weight;
}

/// The table in frames no higher than the page, for vertical pages.
fn as_islands(to: &mut Collector<'_>, parts: Parts<'_>, place: &Place, room: Size) {
    let Parts {
        setting,
        caption,
        head,
        rows,
    } = parts;
    let Some(head) = head else {
        return;
    };
    let mut rows = rows.into_iter().peekable();
    let mut pieces: Vec<Frame> = Vec::new();
    let mut caption = caption;
    while rows.peek().is_some() || pieces.is_empty() {
        let mut frame = Frame::new(FrameKind::Table, Size::new(setting.width, Length::ZERO));
        if let Some(caption) = caption.take() {
            frame.size = caption.size;
            frame.size.width = frame.size.width.max(setting.width);
            frame.push(Point::ORIGIN, Item::Group(caption));
        }
        let under = Point::new(Length::ZERO, frame.size.height);
        frame.size.height += head.size.height;
        frame.push(under, Item::Group(head.clone()));
        let bottom = room.height - HEAVY_RULE;
        let mut first = true;
        while let Some(row) = rows.next_if(|row| first || frame.size.height + row.height <= bottom)
        {
            let ends = row.ends;
            append(&mut frame, row);
            if ends
                && rows
                    .peek()
                    .is_some_and(|next| frame.size.height + next.height <= bottom)
            {
                let width = setting.width;
                let size = Size::new(width, FINE_RULE);
                let at = Point::new(Length::ZERO, frame.size.height);
                frame.push(
                    at,
                    Item::Rule(Rule {
                        size,
                        ink: Ink::BLACK,
                    }),
                );
            }
            first = false;
        }
        rule(&mut frame, setting.width, HEAVY_RULE);
        pieces.push(frame);
    }
    let float = if pieces.len() == 1 && to.is_outermost(place) {
        Float::Head
    } else {
        Float::Stay
    };
    for (at, frame) in pieces.into_iter().enumerate() {
        let group = place
            .group
            .unwrap_or_else(|| to.open(FrameKind::Table, place, setting.source));
        let depth = frame.size.width;
        let island = Island {
            frame,
            inline: place.inset,
            depth,
            float,
        };
        let anchors = if at == 0 {
            vec![setting.table.id.clone()]
        } else {
            Vec::new()
        };
        to.island(group, island, anchors);
    }
}

/// The table row by row, for horizontal pages.
fn as_strips(to: &mut Collector<'_>, parts: Parts<'_>, place: &Place) {
    let Parts {
        setting,
        caption,
        head,
        rows,
    } = parts;
    let Some(head) = head else {
        return;
    };
    let left = place.inset + (place.measure - setting.width).at_least_zero() / 2;
    let group = place
        .group
        .unwrap_or_else(|| to.open(FrameKind::Table, place, setting.source));
    to.space(1, place);
    let island = |frame: Frame| {
        let extent = Logical::from_size(frame.size, WritingMode::HorizontalTb);
        Island {
            inline: left,
            depth: extent.block,
            float: Float::Stay,
            frame,
        }
    };
    let start = to.galley.strips.len();
    if let Some(caption) = caption {
        to.loose_island(group, island(caption));
    }
    let repeated = Arc::new(Head {
        advance: head.size.height,
        inline: left,
        frame: head.clone(),
    });
    to.loose_island(group, island(head));
    let body = to.galley.strips.len();
    let count = rows.len();
    for (at, row) in rows.into_iter().enumerate() {
        let mut frame = Frame::new(FrameKind::Table, Size::new(setting.width, Length::ZERO));
        let ends = row.ends;
        append(&mut frame, row);
        if at + 1 == count {
            rule(&mut frame, setting.width, HEAVY_RULE);
        } else if ends {
            rule(&mut frame, setting.width, FINE_RULE);
        }
        to.loose_island(group, island(frame));
    }
    if count == 0
        && let Some(strip) = to.galley.strips.last_mut()
    {
        strip.cut = Cut::Keep;
    }
    for (at, strip) in to.galley.strips.iter_mut().enumerate().skip(start) {
        // Never parted after the caption, inside or right after the head.
        if at > start && at <= body {
            strip.cut = Cut::Keep;
        }
        if at > body {
            strip.head = Some(Arc::clone(&repeated));
        }
    }
    if let Some(strip) = to.galley.strips.get_mut(start) {
        strip.anchors.push(setting.table.id.clone());
    }
    to.space(1, place);
}
