//! Tables: as tables, as horizontal islands in vertical text, or as lists of records.

use crate::model::{Align, Cell, Inline, Row, Table};

use super::scribe::Scribe;
use super::voice::Voice;

/// How a table is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shape {
    /// As a table whose rows follow the lines' own direction.
    Plain,
    /// As a horizontal table in vertical text.
    Island,
    /// Row by row, each cell under its column's head.
    Records,
}

/// More columns than this do not fit beside one another on a small screen that is read
/// vertically (EPUB profile).
const MOST_COLUMNS: usize = 4;
/// The screen that an island must fit whole, for it cannot be parted: em of width and lines of
/// height of a telephone at its usual text size.
const SCREEN: (usize, usize) = (18, 24);

fn shape(table: &Table, vertical: bool) -> Shape {
    if !vertical {
        return Shape::Plain;
    }
    if table.head.is_empty() || fits_screen(table) {
        Shape::Island
    } else {
        Shape::Records
    }
}

fn fits_screen(table: &Table) -> bool {
    let columns = table.columns.len().max(1);
    if columns > MOST_COLUMNS {
        return false;
    }
    // One em of each column goes to its padding.
    let width = (SCREEN.0 / columns).saturating_sub(1).max(1);
    let lines = |cell: &Cell| Inline::plain(&cell.content).chars().count().div_ceil(width);
    let rows = table.head.iter().chain(&table.rows);
    let height: usize = rows
        .map(|row| row.cells.iter().map(lines).max().unwrap_or(0).max(1))
        .sum();
    height <= SCREEN.1
}

impl<'a> Scribe<'a> {
    /// Writes a table.
    pub(crate) fn table(&mut self, table: &'a Table) {
        let before = self.out.speak(Voice::CAPTION);
        match shape(table, self.vertical) {
            Shape::Plain => self.table_proper(table, "table"),
            Shape::Island => {
                self.out.open_block("div", &[("class", "island")]);
                let vertical = std::mem::replace(&mut self.vertical, false);
                self.table_proper(table, "table");
                self.vertical = vertical;
                self.out.close_block("div");
            }
            Shape::Records => self.records(table),
        }
        self.out.speak(before);
    }

    fn table_proper(&mut self, table: &'a Table, class: &str) {
        let id = self.id(&table.id);
        self.out
            .open_block("table", &[("class", class), ("id", id)]);
        if !table.caption.is_empty() {
            self.out.open("caption", &[("class", "table-caption")]);
            self.inlines(&table.caption);
            self.out.close_block("caption");
        }
        let columns = Columns::of(table);
        if !table.head.is_empty() {
            self.out.open_block("thead", &[]);
            for row in &table.head {
                self.row(row, &columns, RowKind::Head);
            }
            self.out.close_block("thead");
        }
        if !table.rows.is_empty() {
            self.out.open_block("tbody", &[]);
            for row in &table.rows {
                self.row(row, &columns, RowKind::Body);
            }
            self.out.close_block("tbody");
        }
        self.out.close_block("table");
    }

    fn row(&mut self, row: &'a Row, columns: &Columns, kind: RowKind) {
        self.out.open("tr", &[("class", "row")]);
        for (at, cell) in row.cells.iter().enumerate() {
            let class = columns.classes.get(at).copied().unwrap_or("cell");
            // A head without text names nothing and would be read out as an empty head.
            let is_empty = Inline::plain(&cell.content).trim().is_empty();
            let scope = match kind {
                RowKind::Head if !is_empty => Some("col"),
                RowKind::Body if at == 0 && columns.first_is_head => Some("row"),
                _ => None,
            };
            let voice = self.out.voice();
            match scope {
                Some(scope) => {
                    self.out.speak(voice.bold());
                    self.out.open("th", &[("class", class), ("scope", scope)]);
                }
                None => self.out.open("td", &[("class", class)]),
            }
            self.inlines(&cell.content);
            self.out.close(if scope.is_some() { "th" } else { "td" });
            self.out.speak(voice);
        }
        self.out.close_block("tr");
    }

    /// Row by row: the first cell names the record where it can, the others follow their heads.
    fn records(&mut self, table: &'a Table) {
        let id = self.id(&table.id);
        let columns = Columns::of(table);
        self.out
            .open_block("div", &[("class", "records"), ("id", id)]);
        if !table.caption.is_empty() {
            self.out.open("p", &[("class", "table-caption")]);
            self.inlines(&table.caption);
            self.out.close_block("p");
        }
        for row in &table.rows {
            self.record(table, row, columns.first_is_head);
        }
        if table.rows.is_empty() {
            for row in &table.head {
                self.record_head(row.cells.iter());
            }
        }
        self.out.close_block("div");
    }

    fn record(&mut self, table: &'a Table, row: &'a Row, named: bool) {
        let skipped = usize::from(named);
        if let (true, Some(first)) = (named, row.cells.first()) {
            let heads = table.head.iter().filter_map(|head| head.cells.first());
            self.record_head(heads.chain([first]));
        }
        self.out.open_block("dl", &[("class", "record")]);
        for (at, cell) in row.cells.iter().enumerate().skip(skipped) {
            self.out.open("div", &[("class", "field")]);
            let voice = self.out.voice();
            self.out.speak(voice.bold());
            self.out.open("dt", &[("class", "field-name")]);
            let heads = table.head.iter().filter_map(|head| head.cells.get(at));
            self.joined(heads);
            self.out.close("dt");
            self.out.speak(voice);
            self.out.open("dd", &[("class", "field-value")]);
            self.inlines(&cell.content);
            self.out.close("dd");
            self.out.close_block("div");
        }
        self.out.close_block("dl");
    }

    fn record_head(&mut self, cells: impl Iterator<Item = &'a Cell>) {
        let voice = self.out.voice();
        self.out.speak(voice.bold());
        self.out.open("p", &[("class", "record-name")]);
        self.joined(cells);
        self.out.close_block("p");
        self.out.speak(voice);
    }

    /// Cells that are not empty, one after another.
    fn joined(&mut self, cells: impl Iterator<Item = &'a Cell>) {
        let mut first = true;
        for cell in cells.filter(|cell| !cell.content.is_empty()) {
            if !first {
                self.out.text("\u{3000}");
            }
            self.inlines(&cell.content);
            first = false;
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum RowKind {
    Head,
    Body,
}

/// What is the same for all rows of a table.
struct Columns {
    /// The class of each column's cells.
    classes: Vec<&'static str>,
    /// Whether the first cell of a row names the row.
    first_is_head: bool,
}

impl Columns {
    fn of(table: &Table) -> Self {
        let classes = table.columns.iter().enumerate().map(|(at, align)| {
            let is_number = || {
                let mut cells = table
                    .rows
                    .iter()
                    .filter_map(|row| row.cells.get(at))
                    .peekable();
                cells.peek().is_some() && cells.all(|cell| is_number(&Inline::plain(&cell.content)))
            };
            match align {
                Align::Auto if is_number() => "cell number",
                Align::Auto => "cell",
                Align::Start => "cell start",
                Align::Centre => "cell centre",
                Align::End => "cell end",
            }
        });
        Self {
            classes: classes.collect(),
            first_is_head: first_names_rows(table),
        }
    }
}

/// Whether the first column names the rows: there is something beside it, every row has words
/// in it that are no mere number, and no two rows have the same.
fn first_names_rows(table: &Table) -> bool {
    let mut names: Vec<String> = table
        .rows
        .iter()
        .filter_map(|row| row.cells.first())
        .map(|cell| Inline::plain(&cell.content).trim().to_owned())
        .collect();
    let named = names
        .iter()
        .all(|name| !name.is_empty() && !is_number(name));
    let count = names.len();
    names.sort_unstable();
    names.dedup();
    table.columns.len() > 1 && !table.head.is_empty() && count > 0 && named && names.len() == count
}

/// Whether a cell holds a figure: digits with signs, separators and units of money and share, or
/// one of the marks for no data.
fn is_number(text: &str) -> bool {
    let text = text.trim();
    let mut digits = false;
    let rest = text.chars().all(|c| {
        digits |= c.is_ascii_digit();
        c.is_ascii_digit() || "+-−–.,:/%％‰°$￥¥€£ ".contains(c)
    });
    rest && digits || matches!(text, "" | "—" | "–" | "-" | "——" | "…" | "……")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::Span;

    fn table(columns: usize, rows: &[&[&str]]) -> Table {
        let span = Span::default();
        let mut rows: Vec<Row> = rows
            .iter()
            .map(|cells| Row {
                cells: cells
                    .iter()
                    .map(|text| Cell {
                        content: vec![Inline::Text {
                            text: (*text).to_owned(),
                            span,
                        }],
                        span,
                    })
                    .collect(),
                span,
            })
            .collect();
        let head = vec![rows.remove(0)];
        Table {
            id: "t".into(),
            caption: Vec::new(),
            columns: vec![Align::Auto; columns],
            head,
            rows,
            span,
        }
    }

    #[test]
    fn a_column_of_names_heads_its_rows() {
        let named = table(2, &[&["項目", "數"], &["人才", "1"], &["資金", "2"]]);
        assert!(first_names_rows(&named));
        let numbered = table(2, &[&["號", "名"], &["1", "甲"], &["2", "乙"]]);
        assert!(!first_names_rows(&numbered));
        let repeated = table(2, &[&["區", "店"], &["東", "甲"], &["東", "乙"]]);
        assert!(!first_names_rows(&repeated));
    }

    #[test]
    fn a_table_that_fits_no_screen_becomes_records() {
        let small = table(2, &[&["項目", "數"], &["人才", "1"]]);
        assert_eq!(shape(&small, false), Shape::Plain);
        assert_eq!(shape(&small, true), Shape::Island);
        let wide = table(
            5,
            &[&["一", "二", "三", "四", "五"], &["1", "2", "3", "4", "5"]],
        );
        assert_eq!(shape(&wide, true), Shape::Records);
        let long = "字".repeat(200);
        let high = table(2, &[&["甲", "乙"], &["丙", &long]]);
        assert_eq!(shape(&high, true), Shape::Records);
    }

    #[test]
    fn figures_are_known() {
        for yes in ["1,500", "30%", "−2.5", "—", "$99"] {
            assert!(is_number(yes), "{yes}");
        }
        for no in ["約100", "A8", "人"] {
            assert!(!is_number(no), "{no}");
        }
    }
}
