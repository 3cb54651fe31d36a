//! Tables: GFM's rows and cells, and the three forms of a caption.

use std::ops::Range;

use crate::diag::{Code, Diagnostic, Span};
use crate::model::{Align, Block, Cell, Inline, Row, Table};

use super::attributes;
use super::desk::{Desk, Stretch};
use super::events::{Node, NodeKind};
use super::inlines::Setting;

impl Desk<'_> {
    /// A table with the caption before or behind it. Gives how many nodes it took.
    pub(crate) fn table(
        &mut self,
        nodes: &[Node<'_>],
        columns: &[Align],
        on: &Stretch<'_>,
        setting: Setting,
        out: &mut Vec<Block>,
    ) -> usize {
        let node = &nodes[0];
        let mut taken = 1;
        let inner = Setting {
            table: true,
            depth: setting.depth + 1,
            ..setting
        };
        let mut head = Vec::new();
        let mut rows = Vec::new();
        let mut caption: Option<(Vec<Inline>, Option<String>)> = None;
        let mut span = on.span(&node.range);
        let last = node.children.len().saturating_sub(1);
        for (index, row) in node.children.iter().enumerate() {
            let raw = on.text.get(row.range.clone()).unwrap_or("");
            if index == last && row.kind == NodeKind::Row && is_caption_line(raw) {
                // Without a blank line before it the parser takes the caption for a row.
                caption = Some(self.caption_line(&row.range, on, setting));
                continue;
            }
            let is_parted = self.check_bars(raw, &row.range, on);
            let mut cells = self.cells(row, columns.len(), on, inner);
            if !is_parted {
                cells.extend(self.cells_beyond(raw, &row.range, columns.len(), (on, inner)));
            }
            let row_span = on.span(&row.range);
            let made = Row {
                cells,
                span: row_span,
            };
            if row.kind == NodeKind::Head {
                head.push(made);
            } else {
                rows.push(made);
            }
        }
        if caption.is_none()
            && let Some(next) = nodes.get(1)
            && next.kind == NodeKind::Paragraph
            && is_caption_line(&on.text[next.range.clone()])
        {
            caption = Some(self.caption_line(&next.range, on, setting));
            span = span.to(on.span(&next.range));
            taken = 2;
        }
        let (caption, name) = match caption {
            Some(found) => found,
            None => (self.caption_before(out, &mut span), None),
        };
        let id = match name {
            Some(name) => self
                .ids
                .name((self.article, "table"), &name, span, self.sink),
            None => self.ids.make(self.article, "table"),
        };
        let mut table = Table {
            id,
            caption,
            columns: columns.to_vec(),
            head,
            rows,
            span,
        };
        fill(&mut table);
        out.push(Block::Table(table));
        taken
    }

    fn cells(
        &mut self,
        row: &Node<'_>,
        columns: usize,
        on: &Stretch<'_>,
        setting: Setting,
    ) -> Vec<Cell> {
        let mut cells: Vec<Cell> = Vec::new();
        for cell in &row.children {
            let content = self.inlines(&cell.children, on, setting);
            cells.push(Cell {
                content,
                span: on.span(&cell.range),
            });
        }
        let end = on.span(&(row.range.end..row.range.end));
        cells.resize_with(columns, || Cell {
            content: Vec::new(),
            span: end,
        });
        cells
    }

    /// Cells behind the last column, which GFM leaves out: they are told and kept.
    fn cells_beyond(
        &mut self,
        raw: &str,
        range: &Range<usize>,
        columns: usize,
        (on, setting): (&Stretch<'_>, Setting),
    ) -> Vec<Cell> {
        let all = split_cells(raw);
        let beyond = all.get(columns..).unwrap_or(&[]);
        let (Some(first), Some(last)) = (beyond.first(), beyond.last()) else {
            return Vec::new();
        };
        let place = on.span(&(range.start + first.start..range.start + last.end));
        self.tell(
            Diagnostic::warning(
                Code::TableShape,
                place,
                format!(
                    "a row of {} cells in a table of {columns} columns",
                    all.len()
                ),
            )
            .hint("give the head and the line under it as many cells, or write a bar as `\\|`"),
        );
        beyond
            .iter()
            .map(|cell| {
                let line = Stretch {
                    text: &raw[cell.clone()],
                    offset: on.offset.map(|offset| offset + range.start + cell.start),
                    ..*on
                };
                Cell {
                    content: self.line(&line, setting),
                    span: line.span(&(0..line.text.len())),
                }
            })
            .collect()
    }

    /// Ruby in a cell is parted by `\|`: a bare bar parts cells, and text behind the last column
    /// would be lost. Gives whether ruby was parted.
    fn check_bars(&mut self, raw: &str, range: &Range<usize>, on: &Stretch<'_>) -> bool {
        let mut told = false;
        let mut open: Option<usize> = None;
        let mut bar = false;
        let bytes = raw.as_bytes();
        let mut at = 0;
        while at < bytes.len() {
            match bytes[at] {
                b'\\' => at += 1,
                b'{' => {
                    open = Some(at);
                    bar = false;
                }
                b'|' => bar = open.is_some(),
                b'}' => {
                    if let (Some(start), true) = (open, bar) {
                        let place = on.span(&(range.start + start..range.start + at + 1));
                        told = true;
                        let text = raw[start..=at].replace('|', "\\|");
                        self.tell(
                            Diagnostic::error(
                                Code::RubySyntax,
                                place,
                                format!("the ruby `{}` is parted by the table", &raw[start..=at]),
                            )
                            .hint(format!("in a table write `{text}`")),
                        );
                    }
                    open = None;
                }
                _ => {}
            }
            at += 1;
        }
        told
    }

    /// The text of `: caption {#id}`.
    fn caption_line(
        &mut self,
        range: &Range<usize>,
        on: &Stretch<'_>,
        setting: Setting,
    ) -> (Vec<Inline>, Option<String>) {
        let raw = &on.text[range.clone()];
        let start = raw.len() - raw.trim_start_matches([':', ' ', '\t']).len();
        let text = raw[start..].trim_end();
        let (text, name) = match attributes::at_end(text) {
            Some((open, found)) => (text[..open].trim_end(), found.id),
            None => (text, None),
        };
        let line = Stretch {
            text,
            offset: on.offset.map(|offset| offset + range.start + start),
            ..*on
        };
        (self.line(&line, setting), name)
    }

    /// The caption in the paragraph just before, which is taken out of the text.
    fn caption_before(&mut self, out: &mut Vec<Block>, span: &mut Span) -> Vec<Inline> {
        let Some(Block::Paragraph(paragraph)) = out.last_mut() else {
            return Vec::new();
        };
        let plain = Inline::plain(&paragraph.content);
        let (is_caption, cut) = before_table(&plain);
        if !is_caption {
            return Vec::new();
        }
        let mut caption = std::mem::take(&mut paragraph.content);
        cut_start(&mut caption, cut);
        *span = paragraph.span.to(*span);
        out.pop();
        caption
    }
}

/// Gives every row as many cells as the widest has.
fn fill(table: &mut Table) {
    let rows = || table.head.iter().chain(&table.rows);
    let width = rows().map(|row| row.cells.len()).max().unwrap_or(0);
    table
        .columns
        .resize(width.max(table.columns.len()), Align::Auto);
    let width = table.columns.len();
    for row in table.head.iter_mut().chain(&mut table.rows) {
        let end = Span {
            start: row.span.end,
            ..row.span
        };
        row.cells.resize_with(width, || Cell {
            content: Vec::new(),
            span: end,
        });
    }
}

/// The cells of a row, without the blank around them (GFM 0.29, tables).
fn split_cells(raw: &str) -> Vec<Range<usize>> {
    let end = raw.trim_end().len();
    let start = raw.len() - raw.trim_start().len();
    let bytes = raw.as_bytes();
    let mut bars = Vec::new();
    let mut at = start;
    while at < end {
        match bytes[at] {
            b'\\' => at += 1,
            b'|' => bars.push(at),
            _ => {}
        }
        at += 1;
    }
    let mut edges = Vec::with_capacity(bars.len() + 2);
    if bars.first() != Some(&start) {
        edges.push(None);
    }
    edges.extend(bars.iter().copied().map(Some));
    if bars.last().is_none_or(|last| last + 1 != end) {
        edges.push(None);
    }
    edges
        .windows(2)
        .map(|pair| {
            let from = pair[0].map_or(start, |bar| bar + 1);
            let to = pair[1].unwrap_or(end).max(from);
            let text = &raw[from..to];
            let lead = text.len() - text.trim_start().len();
            let kept = text.trim().len();
            from + lead..from + lead + kept
        })
        .collect()
}

/// Whether a line is a caption in Pandoc's form.
fn is_caption_line(raw: &str) -> bool {
    raw.strip_prefix(':')
        .is_some_and(|rest| rest.starts_with([' ', '\t']) && !rest.trim().is_empty())
}

/// Whether the text before a table is its caption, and how many of its bytes are a mark that is
/// not printed.
fn before_table(text: &str) -> (bool, usize) {
    let text_start = text.trim_start();
    let lead = text.len() - text_start.len();
    if let Some(rest) = text_start.strip_prefix("Table:") {
        let blank = rest.len() - rest.trim_start().len();
        return (true, lead + "Table:".len() + blank);
    }
    let Some(rest) = text_start.strip_prefix('表') else {
        return (false, 0);
    };
    let is_number = |c: char| {
        c.is_ascii_digit()
            || matches!(c, '０'..='９' | '①'..='⑳' | ':' | '：')
            || "〇零一二三四五六七八九十百甲乙丙丁".contains(c)
    };
    (rest.trim_start().starts_with(is_number), 0)
}

/// Takes bytes off the start of a run of text.
fn cut_start(run: &mut Vec<Inline>, mut bytes: usize) {
    while bytes > 0 {
        let Some(Inline::Text { text, span }) = run.first_mut() else {
            return;
        };
        let cut = bytes.min(text.len());
        if !text.is_char_boundary(cut) {
            return;
        }
        if span.range().len() == text.len() {
            span.start += u32::try_from(cut).unwrap_or(0);
        }
        text.replace_range(..cut, "");
        bytes -= cut;
        if !text.is_empty() {
            return;
        }
        run.remove(0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn captions_before_a_table_have_a_number_or_a_colon() {
        for good in ["表一：人口", "表 2　人口", "表：人口", "Table: people"] {
            assert!(before_table(good).0, "{good}");
        }
        for bad in ["表示如下", "下表一", "人口"] {
            assert!(!before_table(bad).0, "{bad}");
        }
    }
}
