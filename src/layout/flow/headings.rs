//! Subheadings by their rank: how large they are, how many lines they take, how far they are indented.

/// How subheadings of one rank are set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct HeadingRow {
    /// Size in thousandths of the body's.
    pub(super) size: i64,
    /// Lines of the grid (行取り).
    pub(super) lines: i32,
    /// Indent in em in vertical lines.
    pub(super) indent: i32,
    /// Blank lines before it.
    pub(super) space: i32,
}

/// Subheadings by their rank in the article.
pub(crate) type Headings = [HeadingRow; 4];

const fn row(size: i64, lines: i32, indent: i32, space: i32) -> HeadingRow {
    HeadingRow {
        size,
        lines,
        indent,
        space,
    }
}

/// Of books: the indent grows with the rank (composition rules §15).
pub(crate) const BOOK_HEADINGS: Headings = [
    row(1250, 2, 2, 1),
    row(1100, 2, 3, 1),
    row(1000, 1, 4, 1),
    row(1000, 1, 4, 0),
];

/// Of newspapers: tiers are short, and the two lines of a subheading are all the blank it has.
pub(crate) const NEWS_HEADINGS: Headings = [
    row(1050, 2, 0, 0),
    row(1000, 2, 1, 0),
    row(1000, 1, 1, 0),
    row(1000, 1, 2, 0),
];
