//! A table set for a width: its type, its caption, its head and its rows, ready to be cut or stretched.

use crate::diag::{Sink, Span};
use crate::geom::{Length, Logical, WritingMode};
use crate::layout::frame::{Frame, FrameKind};
use crate::layout::inline::TextAlign;
use crate::model::theme::{Part, RuleTheme};
use crate::model::{Inline, Mark, MarkKind, Table};
use crate::rules::words::table_label;

use super::cells::{SetRow, Type, asked, job, set_row};
use super::column::{Column, Reach, Share, share};
use super::desk::{Desk, Job, Voice};
use super::leaf::Leaf;
use super::opening::span_of;

/// Table text is no smaller than this, but where the body is.
const LEAST_SIZE: Length = Length::from_milli(6500);
/// Between rows of one line: half an em; where cells turn, more, for there are no rules between
/// rows.
const ROW_GAP: i64 = 500;
const WIDE_ROW_GAP: i64 = 900;

/// What a table is set for.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Room {
    /// Which way its lines run.
    pub(crate) mode: WritingMode,
    /// Its greatest extent along the lines.
    pub(crate) inline: Length,
    /// Its greatest extent across the lines, on one page.
    pub(crate) block: Length,
    /// Size of the text around it.
    pub(crate) size: Length,
    /// How wide it is where it needs less.
    pub(crate) reach: Reach,
}

/// A table whose columns are measured.
#[derive(Debug, Clone)]
pub(crate) struct Measured<'t> {
    table: &'t Table,
    room: Room,
    /// At the size of `measured_at`.
    columns: Vec<Column>,
    measured_at: Length,
    /// Sizes and paddings that may be tried, the best first.
    ladder: Vec<(Length, Length)>,
}

/// A table whose lines are set.
#[derive(Debug)]
pub(crate) struct Tabular {
    /// Its id.
    pub(crate) id: String,
    /// Where it stands in the source.
    pub(crate) source: Span,
    /// Its extent along the lines.
    pub(crate) inline: Length,
    mode: WritingMode,
    rules: RuleTheme,
    /// The caption before it.
    pub(crate) caption: Option<Frame>,
    /// The heavy rule, the head rows and the rule under them.
    pub(crate) head: Frame,
    /// Its rows.
    pub(crate) rows: Vec<SetRow>,
}

impl<'t> Measured<'t> {
    /// Measures a table's columns for a room.
    pub(crate) fn new(desk: &Desk<'_>, table: &'t Table, room: Room) -> Self {
        let asked = desk.look(Part::Table).size.of(room.size);
        let first = asked.max(LEAST_SIZE.min(room.size));
        let last = LEAST_SIZE.min(first);
        let ladder = vec![
            (first, first / 2),
            ((first + last) / 2, (first + last) / 4),
            (last, last / 2),
            (last, last / 4),
        ];
        Self {
            table,
            room,
            columns: columns(desk, table, (first, room.mode)),
            measured_at: first,
            ladder,
        }
    }

    /// The same with another extent along the lines.
    pub(crate) fn within(&self, inline: Length) -> Self {
        let mut other = self.clone();
        other.room.inline = inline;
        other
    }

    /// The first size with its padding at which every column has its least width.
    fn fitting(&self) -> Option<(Length, Length)> {
        self.ladder
            .iter()
            .copied()
            .find(|step| self.least(*step) <= self.room.inline)
    }

    /// Whether every column has its least width at some size.
    pub(crate) fn fits(&self) -> bool {
        self.fitting().is_some()
    }

    /// Whether every cell stands on one line in type as large as can be.
    pub(crate) fn fits_in_lines(&self) -> bool {
        let pad = self.measured_at / 2;
        let most: Length = self.columns.iter().map(|c| c.most(pad)).sum();
        most <= self.room.inline
    }

    /// Whether a column is all numbers, which are compared by their decimals.
    pub(crate) fn has_numbers(&self) -> bool {
        self.columns.iter().any(Column::is_numeric)
    }

    /// The width that it needs at least, in the smallest type.
    pub(crate) fn least_width(&self) -> Length {
        self.ladder
            .last()
            .map_or(Length::ZERO, |step| self.least(*step))
    }

    fn least(&self, (size, pad): (Length, Length)) -> Length {
        self.columns
            .iter()
            .map(|column| column.scaled((size, self.measured_at)).least(pad))
            .sum()
    }

    /// Runs of columns that fit, each with the first column before it; all in one where they fit.
    pub(crate) fn groups(&self) -> Vec<Vec<usize>> {
        let count = self.columns.len();
        let Some(step) = self.ladder.last() else {
            return Vec::new();
        };
        let width = |at: usize| {
            self.columns[at]
                .scaled((step.0, self.measured_at))
                .least(step.1)
        };
        if self.fits() || count < 3 {
            return vec![(0..count).collect()];
        }
        let room = self.room.inline;
        // A first column that leaves too little for the others is not repeated.
        let repeats = width(0) * 2 <= room;
        let mut runs: Vec<Vec<usize>> = Vec::new();
        let mut run = vec![0];
        let mut used = width(0);
        for at in 1..count {
            let opens = run.last().is_none_or(|last| repeats && *last == 0);
            if used + width(at) > room && !opens {
                runs.push(std::mem::take(&mut run));
                used = Length::ZERO;
                if repeats {
                    run.push(0);
                    used = width(0);
                }
            }
            run.push(at);
            used += width(at);
        }
        runs.push(run);
        evened(runs, &|run| {
            run.iter().map(|at| width(*at)).sum::<Length>() <= room
        })
    }

    /// Sets the table; where it does not fit its columns are narrowed alike.
    pub(crate) fn set(mut self, desk: &Desk<'_>, sink: &mut Sink) -> Tabular {
        let room = self.room;
        let rules = desk.theme.rules;
        let last = self.ladder.last().copied().unwrap_or_default();
        let (size, pad) = self.fitting().unwrap_or(last);
        for column in &mut self.columns {
            *column = column.scaled((size, self.measured_at));
        }
        let by = Share {
            available: room.inline,
            pad,
            size,
            reach: room.reach,
        };
        let turned = self.columns.iter().map(|c| c.most(pad)).sum::<Length>() > room.inline;
        share(&mut self.columns, by);
        let gap = if turned { WIDE_ROW_GAP } else { ROW_GAP };
        let setting = Type {
            mode: room.mode,
            size,
            pitch: desk.look(Part::Table).pitch.of(size),
            pad,
            gap: size.scale(gap, 1000),
        };
        let table = self.table;
        let inline: Length = self.columns.iter().map(|c| c.width).sum();
        let caption = caption(desk, table, (room, inline), sink);
        let head = self.head((desk, sink), setting, inline);
        let taken = |frame: &Frame| Logical::from_size(frame.size, room.mode).block;
        let above = taken(&head) + caption.as_ref().map_or(Length::ZERO, taken);
        let limit = (room.block - above - rules.heavy * 2).max(setting.pitch * 2);
        let mut rows = Vec::with_capacity(table.rows.len());
        for row in &table.rows {
            let how = (setting, Part::Table, limit);
            rows.extend(set_row((desk, sink), row, &self.columns, how));
        }
        Tabular {
            id: table.id.clone(),
            source: table.span,
            inline,
            mode: room.mode,
            rules,
            caption,
            head,
            rows,
        }
    }

    /// The head rows between the heavy rule and the fine one; no deeper than half of the room.
    fn head(&self, (desk, sink): (&Desk<'_>, &mut Sink), setting: Type, inline: Length) -> Frame {
        let mut leaf = Leaf::new(setting.mode, inline);
        leaf.rule(desk.theme.rules.heavy);
        let how = (setting, Part::TableHead, self.room.block / 2);
        for row in &self.table.head {
            for part in set_row((desk, &mut *sink), row, &self.columns, how) {
                part.put(&mut leaf, Length::ZERO);
            }
        }
        if !self.table.head.is_empty() {
            leaf.rule(desk.theme.rules.fine);
        }
        let source = self.table.head.first().map(|row| row.span);
        leaf.finish(FrameKind::Table, source)
    }
}

/// Runs of columns about equally many each, as long as they fit.
fn evened(runs: Vec<Vec<usize>>, fits: &dyn Fn(&[usize]) -> bool) -> Vec<Vec<usize>> {
    let lead: Vec<usize> = match runs.get(1).and_then(|run| run.first()) {
        Some(0) => vec![0],
        _ => Vec::new(),
    };
    let last = runs.last().and_then(|run| run.last()).copied().unwrap_or(0);
    let own: Vec<usize> = (lead.len()..=last).collect();
    let each = own.len().div_ceil(runs.len().max(1)).max(1);
    let even: Vec<Vec<usize>> = own
        .chunks(each)
        .map(|chunk| [lead.as_slice(), chunk].concat())
        .collect();
    if even.iter().all(|run| fits(run)) {
        even
    } else {
        runs
    }
}

fn columns(desk: &Desk<'_>, table: &Table, (size, mode): (Length, WritingMode)) -> Vec<Column> {
    let setting = Type {
        mode,
        size,
        pitch: size,
        pad: Length::ZERO,
        gap: Length::ZERO,
    };
    table
        .columns
        .iter()
        .enumerate()
        .map(|(at, align)| {
            let mut column = Column::new(*align);
            for cell in table.head.iter().filter_map(|row| row.cells.get(at)) {
                let plain = Inline::plain(&cell.content);
                let asked = asked(desk, cell, &plain, (setting, Part::TableHead));
                column.head(asked, size);
            }
            for cell in table.rows.iter().filter_map(|row| row.cells.get(at)) {
                let plain = Inline::plain(&cell.content);
                let asked = asked(desk, cell, &plain, (setting, Part::Table));
                column.cell(asked, size);
            }
            column
        })
        .collect()
}

/// The caption before the table: its label bold, one line in the middle, more of them ragged.
fn caption(
    desk: &Desk<'_>,
    table: &Table,
    (room, inline): (Room, Length),
    sink: &mut Sink,
) -> Option<Frame> {
    if table.caption.is_empty() {
        return None;
    }
    let look = desk.look(Part::TableCaption);
    let size = look.size.of(room.size);
    let pitch = look.pitch.of(size);
    let text = match look.bold {
        true => labelled(&table.caption),
        false => table.caption.clone(),
    };
    // Without a label it is a title as a whole.
    let is_title = text.len() == table.caption.len();
    let voice = Voice::of(look.face, look.bold && is_title);
    let setting = Type {
        mode: room.mode,
        size,
        pitch,
        pad: Length::ZERO,
        gap: Length::ZERO,
    };
    let mut job: Job<'_> = job(&text, setting, voice, room.inline);
    let natural = desk.extent(&job).1 + Length::from_milli(10);
    if natural <= room.inline {
        job.align = TextAlign::Centre;
    }
    let measure = inline.max(natural.min(room.inline));
    job.measure = measure;
    let mut leaf = Leaf::new(room.mode, measure);
    for line in desk.lines(&job, sink) {
        leaf.line(Length::ZERO, line, pitch);
    }
    leaf.depth += size / 4;
    Some(leaf.finish(
        FrameKind::Caption,
        Some(span_of(&table.caption, table.span)),
    ))
}

/// A caption with its label, as 表一, in bold; as it is where it starts with none.
fn labelled(caption: &[Inline]) -> Vec<Inline> {
    let Some((Inline::Text { text, span }, rest)) = caption.split_first() else {
        return caption.to_vec();
    };
    let end = table_label(text);
    if end == 0 {
        return caption.to_vec();
    }
    // Where the source is as typed, each part keeps its own place.
    let (label, tail) = match span.range().len() == text.len() {
        true => {
            let cut = span.start + u32::try_from(end).unwrap_or(0);
            let (mut label, mut tail) = (*span, *span);
            (label.end, tail.start) = (cut, cut);
            (label, tail)
        }
        false => (*span, *span),
    };
    let mut parts = vec![
        Inline::Mark(Mark {
            kind: MarkKind::Strong,
            children: vec![Inline::Text {
                text: text[..end].to_owned(),
                span: label,
            }],
            span: label,
        }),
        Inline::Text {
            text: text[end..].to_owned(),
            span: tail,
        },
    ];
    parts.extend_from_slice(rest);
    parts
}

impl Tabular {
    fn block(&self, frame: &Frame) -> Length {
        Logical::from_size(frame.size, self.mode).block
    }

    /// Its extent across the lines, whole.
    pub(crate) fn depth(&self) -> Length {
        let rows: Length = self.rows.iter().map(|row| row.depth).sum();
        let caption = self
            .caption
            .as_ref()
            .map_or(Length::ZERO, |c| self.block(c));
        caption + self.block(&self.head) + rows + self.rules.heavy
    }

    /// The table whole, its rows stretched to a depth: no row by more than its own depth, so that
    /// a table far too small stays short of it.
    pub(crate) fn stretched(self, depth: Length) -> Frame {
        let spare = (depth - self.depth()).at_least_zero();
        let count = i64::try_from(self.rows.len()).unwrap_or(1).max(1);
        let least = self.rows.iter().map(|row| row.depth).min();
        let most = least.unwrap_or(Length::ZERO);
        let more = Length::from_wide(spare.wide() / count).min(most);
        let endless = Length::MAX / 4;
        let mut pieces = self.pieces_with(endless, more);
        pieces
            .pop()
            .unwrap_or_else(|| Frame::new(FrameKind::Table, crate::geom::Size::default()))
    }

    /// The table in frames no deeper than `limit`, at least one, each with the head; the caption
    /// stands on the first and is never parted from the first row. A fine rule closes a cut.
    pub(crate) fn pieces(self, limit: Length) -> Vec<Frame> {
        self.pieces_with(limit, Length::ZERO)
    }

    fn pieces_with(self, limit: Length, more: Length) -> Vec<Frame> {
        let bottom = limit - self.rules.heavy;
        let (mode, inline, source) = (self.mode, self.inline, self.source);
        let rules = self.rules;
        let mut rows = self.rows.into_iter().peekable();
        let mut pieces = Vec::new();
        let mut caption = self.caption;
        while rows.peek().is_some() || pieces.is_empty() {
            let mut leaf = Leaf::new(mode, inline);
            if let Some(caption) = caption.take() {
                let asked = Logical::from_size(caption.size, mode).inline;
                leaf.inline = leaf.inline.max(asked);
                leaf.frame(Length::ZERO, caption);
            }
            let left = (leaf.inline - inline) / 2;
            leaf.frame(left, self.head.clone());
            let mut first = true;
            let mut body = Leaf::new(mode, inline);
            let above = leaf.depth;
            while let Some(row) =
                rows.next_if(|row| first || above + body.depth + row.depth <= bottom)
            {
                row.put(&mut body, more);
                first = false;
            }
            match rows.peek() {
                None => body.rule(rules.heavy),
                Some(_) => body.rule(rules.fine),
            }
            leaf.frame(left, body.finish(FrameKind::Table, None));
            pieces.push(leaf.finish(FrameKind::Table, Some(source)));
        }
        pieces
    }
}
