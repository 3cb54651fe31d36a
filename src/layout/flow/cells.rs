//! The cells of one row set in their columns: decimals over one another, short heads spread to one length.

use crate::diag::{Sink, Span};
use crate::geom::{Length, Logical, WritingMode};
use crate::layout::frame::{Frame, FrameKind};
use crate::layout::inline::TextAlign;
use crate::layout::line::Line;
use crate::model::theme::Part;
use crate::model::{Cell, Inline, Row};

use super::column::{Asked, Column, is_digit, whole_part};
use super::desk::{Desk, Job, Voice, words};
use super::jidori::{FEW, han_em, spread};
use super::leaf::Leaf;
use super::stack::reach;

/// Heads of few characters are spread to the length of their neighbours (均排), up to this many em.
const SPREAD_EM: i32 = 4;

/// The type of a table.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Type {
    /// Which way its lines run.
    pub(crate) mode: WritingMode,
    /// Size of its characters.
    pub(crate) size: Length,
    /// From line to line inside a cell.
    pub(crate) pitch: Length,
    /// Blank on each side of a cell, along the lines.
    pub(crate) pad: Length,
    /// Blank between two rows.
    pub(crate) gap: Length,
}

/// A row, or the part of a row that one page holds.
#[derive(Debug, Clone)]
pub(crate) struct SetRow {
    /// Its extent across the lines, with the blank between rows.
    pub(crate) depth: Length,
    /// Its cells by their corners.
    pub(crate) cells: Vec<(Logical<Length>, Frame)>,
    /// Where it stands in the source.
    pub(crate) source: Span,
}

impl SetRow {
    /// Puts it after what is on a leaf, with so much more blank around it.
    pub(crate) fn put(self, leaf: &mut Leaf, more: Length) {
        let mut row = Leaf::new(leaf.mode, leaf.inline);
        for (at, frame) in self.cells {
            row.frame_at(Logical::new(at.inline, more / 2 + at.block), frame);
        }
        row.depth = self.depth + more;
        leaf.frame(Length::ZERO, row.finish(FrameKind::Row, Some(self.source)));
    }
}

/// A job for text of a table.
pub(crate) fn job(text: &[Inline], setting: Type, voice: Voice, measure: Length) -> Job<'_> {
    Job {
        text,
        measure,
        mode: setting.mode,
        size: setting.size,
        voice,
        indent: Length::ZERO,
        align: TextAlign::Start,
    }
}

/// What a cell asks for, given its plain text.
pub(crate) fn asked<'t>(
    desk: &Desk<'_>,
    cell: &Cell,
    plain: &'t str,
    (setting, part): (Type, Part),
) -> Asked<'t> {
    let free = Length::MAX / 4;
    let (least, most) = desk.extent(&job(&cell.content, setting, desk.voice(part), free));
    Asked {
        plain,
        least,
        most,
        whole: whole_length(desk, cell, plain, setting),
    }
}

/// Length of what stands before a cell's decimal point.
fn whole_length(desk: &Desk<'_>, cell: &Cell, plain: &str, setting: Type) -> Length {
    let whole = whole_part(plain.trim());
    if whole.is_empty() || !whole.ends_with(is_digit) {
        return Length::ZERO;
    }
    let text = words(whole, cell.span);
    desk.extent(&job(
        &text,
        setting,
        desk.voice(Part::Table),
        Length::MAX / 4,
    ))
    .1
}

/// One row as a part of a table, its head or its body, in parts where it is deeper than `limit`.
pub(crate) fn set_row(
    (desk, sink): (&Desk<'_>, &mut Sink),
    row: &Row,
    columns: &[Column],
    (setting, part, limit): (Type, Part, Length),
) -> Vec<SetRow> {
    let is_head = part == Part::TableHead;
    let voice = desk.voice(part);
    let mut left = Length::ZERO;
    let mut cells = Vec::with_capacity(row.cells.len());
    for (cell, column) in row.cells.iter().zip(columns) {
        let align = match (is_head, column.is_numeric()) {
            (true, _) => column.head_align(),
            // Numbers are moved to their point.
            (false, true) => TextAlign::Start,
            (false, false) => column.text_align(),
        };
        let mut measure = column.measure.max(setting.size);
        let job = Job {
            align,
            ..job(&cell.content, setting, voice, measure)
        };
        let lines = desk.lines(&job, sink);
        let mut shift = Length::ZERO;
        if !is_head && column.is_numeric() && lines.len() == 1 {
            let plain = Inline::plain(&cell.content);
            let whole = whole_length(desk, cell, &plain, setting);
            let most = (measure - reach(&lines)).at_least_zero();
            shift = match whole > Length::ZERO {
                true => column.shift(whole),
                false => column.dash(reach(&lines)),
            };
            shift = shift.min(most);
            measure -= shift;
        }
        cells.push(Set {
            inline: left + setting.pad + shift,
            measure,
            source: cell.span,
            count: lines.len(),
            lines: lines.into_iter(),
        });
        left += column.width;
    }
    if is_head {
        spread_heads(&mut cells, setting.size);
    }
    parted(cells, setting, (limit, is_head, row.span))
}

/// A cell's lines with their place in the row.
struct Set {
    inline: Length,
    measure: Length,
    source: Span,
    count: usize,
    lines: std::vec::IntoIter<Line>,
}

/// Distributes the lines of a row's cells over as many parts as `limit` asks for. Heads stand in
/// the middle of their row.
fn parted(
    mut cells: Vec<Set>,
    setting: Type,
    (limit, is_head, source): (Length, bool, Span),
) -> Vec<SetRow> {
    let Type { pitch, gap, .. } = setting;
    let most = cells
        .iter()
        .map(|cell| cell.count)
        .max()
        .unwrap_or(0)
        .max(1);
    let a_part = usize::try_from((limit - gap).wide() / pitch.wide().max(1))
        .unwrap_or(1)
        .max(1);
    let parts = most.div_ceil(a_part);
    (0..parts)
        .map(|part| {
            let count = (most - part * a_part).min(a_part);
            let depth = pitch * i32::try_from(count).unwrap_or(i32::MAX);
            let mut found = Vec::new();
            for cell in &mut cells {
                let mut leaf = Leaf::new(setting.mode, cell.measure);
                for line in cell.lines.by_ref().take(a_part) {
                    leaf.line(Length::ZERO, line, pitch);
                }
                let spare = match is_head && parts == 1 {
                    true => depth - leaf.depth,
                    false => Length::ZERO,
                };
                let at = Logical::new(cell.inline, gap / 2 + spare / 2);
                let kind = match is_head {
                    true => FrameKind::HeadCell,
                    false => FrameKind::Cell,
                };
                let frame = leaf.finish(kind, Some(cell.source));
                found.push((at, frame));
            }
            SetRow {
                depth: depth + gap,
                cells: found,
                source,
            }
        })
        .collect()
}

/// Spreads heads of two and three Han characters to the length of the longest short head beside
/// them, so that heads of one table look alike.
fn spread_heads(cells: &mut [Set], size: Length) {
    let em = |cell: &Set| match cell.lines.as_slice() {
        [line] => han_em(line, size),
        _ => None,
    };
    let longest = cells.iter().filter_map(em).max().unwrap_or(0);
    let target = longest.min(SPREAD_EM);
    for cell in cells {
        let Some(own) = em(cell) else { continue };
        if !FEW.contains(&own) || own >= target || size * target > cell.measure {
            continue;
        }
        let mut lines: Vec<Line> = cell.lines.by_ref().collect();
        if let [line] = lines.as_mut_slice() {
            spread(line, size * target);
            // One that stood at the end of its cell still ends there.
            let over = (line.start + line.set - cell.measure).at_least_zero();
            line.start -= over;
            for glyph in &mut line.glyphs {
                glyph.at -= over;
            }
        }
        cell.lines = lines.into_iter();
    }
}
