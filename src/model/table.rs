//! Tables: columns with their alignment, head rows and body rows of cells.

use crate::diag::Span;

use super::inline::Inline;

/// A table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// An id unique in the publication.
    pub id: String,
    /// Its caption.
    pub caption: Vec<Inline>,
    /// One entry a column; every row has as many cells.
    pub columns: Vec<Align>,
    /// Head rows, repeated where the table is parted.
    pub head: Vec<Row>,
    /// Body rows.
    pub rows: Vec<Row>,
    /// Where it stands in the source.
    pub span: Span,
}

/// How a column's cells are set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Align {
    /// As its content asks: text at the start, numbers on their decimal.
    #[default]
    Auto,
    /// At the start.
    Start,
    /// In the middle.
    Centre,
    /// At the end.
    End,
}

/// One row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// As many cells as the table has columns.
    pub cells: Vec<Cell>,
    /// Where it stands in the source.
    pub span: Span,
}

/// One cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cell {
    /// Its text.
    pub content: Vec<Inline>,
    /// Where it stands in the source.
    pub span: Span,
}
