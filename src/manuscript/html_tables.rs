//! Tables of HTML to the model.

use std::ops::Range;

use crate::diag::{Code, Diagnostic, Span};
use crate::model::{Align, Block, Cell, Row, Table};

use super::desk::{Desk, Stretch};
use super::events::Node;
use super::html::Tag;
use super::html_tokens::{Token, gather, matching, text_nodes};
use super::inlines::Setting;

impl Desk<'_> {
    pub(crate) fn html_table(
        &mut self,
        tokens: &[Token],
        range: &Range<usize>,
        on: &Stretch<'_>,
        setting: Setting,
        out: &mut Vec<Block>,
    ) {
        let span = on.span(range);
        let mut table = Table {
            id: self.ids.make(self.article, "table"),
            caption: Vec::new(),
            columns: Vec::new(),
            head: Vec::new(),
            rows: Vec::new(),
            span,
        };
        let mut in_head = false;
        let mut at = 0;
        let mut row: Option<(Row, bool)> = None;
        while let Some(token) = tokens.get(at) {
            at += 1;
            match token {
                Token::Open(tag, range) => match tag.name.as_str() {
                    "thead" => in_head = true,
                    "tbody" | "tfoot" | "colgroup" | "col" => {}
                    "caption" => {
                        let end = matching(&tokens[at..], "caption").unwrap_or(tokens.len() - at);
                        let mut nodes = Vec::new();
                        gather(&tokens[at..at + end], on.text, &mut nodes);
                        table.caption = self.html_text(&nodes, on, setting);
                        at += end;
                    }
                    "tr" => {
                        close_row(&mut table, row.take(), in_head);
                        row = Some((
                            Row {
                                cells: Vec::new(),
                                span: on.span(range),
                            },
                            true,
                        ));
                    }
                    "td" | "th" => {
                        let end = cell_end(&tokens[at..]);
                        let mut nodes = Vec::new();
                        gather(&tokens[at..at + end], on.text, &mut nodes);
                        let content = self.html_text(&nodes, on, setting);
                        let cell_span = match nodes.last() {
                            Some(last) => on.span(&(range.start..last.range.end)),
                            None => on.span(range),
                        };
                        let (made, heads) = row.get_or_insert_with(|| {
                            (
                                Row {
                                    cells: Vec::new(),
                                    span: on.span(range),
                                },
                                true,
                            )
                        });
                        *heads &= tag.name == "th";
                        made.cells.push(Cell {
                            content,
                            span: cell_span,
                        });
                        self.spans_of_cell(tag, cell_span, made);
                        at += end;
                    }
                    other => self.unknown_tag(other, on.span(range)),
                },
                Token::Close(name, _) => match name.as_str() {
                    "thead" => {
                        close_row(&mut table, row.take(), true);
                        in_head = false;
                    }
                    "tr" | "tbody" => close_row(&mut table, row.take(), in_head),
                    _ => {}
                },
                Token::Text(range) => {
                    let mut nodes = Vec::new();
                    text_nodes(on.text, range.clone(), &mut nodes);
                    self.html_line_outside(nodes, on, setting, out);
                }
            }
        }
        close_row(&mut table, row.take(), in_head);
        let width = table
            .head
            .iter()
            .chain(&table.rows)
            .map(|row| row.cells.len())
            .max()
            .unwrap_or(0);
        if width == 0 {
            return;
        }
        table.columns = vec![Align::Auto; width];
        for row in table.head.iter_mut().chain(&mut table.rows) {
            let end = row.span;
            row.cells.resize_with(width, || Cell {
                content: Vec::new(),
                span: end,
            });
        }
        out.push(Block::Table(table));
    }

    /// Text between the cells of a table, which HTML sets before it.
    fn html_line_outside(
        &mut self,
        nodes: Vec<Node<'_>>,
        on: &Stretch<'_>,
        setting: Setting,
        out: &mut Vec<Block>,
    ) {
        let mut nodes = nodes;
        self.html_line(&mut nodes, on, setting, out);
    }

    /// The model has no cells over several columns or rows: empty cells stand in for the former,
    /// both are told.
    fn spans_of_cell(&mut self, tag: &Tag, span: Span, row: &mut Row) {
        let count = |name| tag.get(name).and_then(|n| n.trim().parse::<usize>().ok());
        let wide = count("colspan").unwrap_or(1);
        let high = count("rowspan").unwrap_or(1);
        if wide > 1 || high > 1 {
            self.tell(
                Diagnostic::warning(
                    Code::TableShape,
                    span,
                    "a cell over several columns or rows is set in the first of them",
                )
                .hint("write the table so that every row has all its cells"),
            );
        }
        // HTML holds `colspan` to 1000.
        for _ in 1..wide.min(1000) {
            row.cells.push(Cell {
                content: Vec::new(),
                span,
            });
        }
    }
}

fn close_row(table: &mut Table, row: Option<(Row, bool)>, in_head: bool) {
    let Some((row, all_heads)) = row.filter(|(row, _)| !row.cells.is_empty()) else {
        return;
    };
    if in_head || (all_heads && table.rows.is_empty()) {
        table.head.push(row);
    } else {
        table.rows.push(row);
    }
}

/// Where a cell ends: at its closing tag, or at the next cell or row, as HTML allows.
fn cell_end(tokens: &[Token]) -> usize {
    tokens
        .iter()
        .position(|token| match token {
            Token::Open(tag, _) => matches!(tag.name.as_str(), "td" | "th" | "tr"),
            Token::Close(name, _) => {
                matches!(
                    name.as_str(),
                    "td" | "th" | "tr" | "thead" | "tbody" | "table"
                )
            }
            Token::Text(_) => false,
        })
        .unwrap_or(tokens.len())
}
