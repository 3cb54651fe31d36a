//! Head rows of tables that are set again on a later page: they are read once.

use std::collections::BTreeMap;

use crate::diag::Span;
use crate::layout::{Frame, FrameKind, Item, Layout};

/// On which page each head row is set first, by its table and itself.
#[derive(Debug, Default)]
pub(crate) struct HeadRows {
    first: BTreeMap<(Option<Span>, Span), usize>,
}

impl HeadRows {
    /// The head rows of a layout.
    pub(crate) fn of(layout: &Layout) -> Self {
        let mut rows = Self::default();
        for (page, number) in layout.pages.iter().zip(0..) {
            rows.collect(&page.frame, None, number);
        }
        rows
    }

    fn collect(&mut self, frame: &Frame, table: Option<Span>, page: usize) {
        let table = table_of(frame, table);
        for (_, item) in &frame.items {
            if let Item::Group(inner) = item {
                if let Some(row) = head_row(inner) {
                    self.first.entry((table, row)).or_insert(page);
                }
                self.collect(inner, table, page);
            }
        }
    }

    /// Whether a row of a table was set on a page before this one.
    pub(crate) fn is_repeated(&self, table: Option<Span>, row: Span, page: usize) -> bool {
        self.first
            .get(&(table, row))
            .is_some_and(|first| *first < page)
    }
}

/// The table to which belongs what is in a frame.
pub(crate) fn table_of(frame: &Frame, around: Option<Span>) -> Option<Span> {
    match (frame.kind, frame.source) {
        (FrameKind::Table, Some(source)) => around.or(Some(source)),
        _ => around,
    }
}

/// Where a row of heads stands in the source; none for anything else.
pub(crate) fn head_row(frame: &Frame) -> Option<Span> {
    let is_head =
        |item: &Item| matches!(item, Item::Group(cell) if cell.kind == FrameKind::HeadCell);
    let found = frame.kind == FrameKind::Row && frame.items.iter().any(|(_, item)| is_head(item));
    frame.source.filter(|_| found)
}
