//! Columns of a table: how wide each must be, would like to be, and is.

use crate::geom::Length;
use crate::layout::inline::TextAlign;
use crate::model::Align;

/// A column of running text is no narrower than this many em where it has the choice.
const FEWEST_EM: i32 = 4;
/// Units after a number have no more than this many characters.
const LONGEST_UNIT: usize = 2;

/// A column's measures, padding left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Column {
    align: Align,
    /// Length at which nothing unbreakable is cut.
    least: Length,
    /// Length at which every cell stands on one line.
    most: Length,
    /// Whether every cell with text is a number, and there is one.
    numbers: Option<bool>,
    /// Widest text before the decimal point.
    whole: Length,
    /// Widest text from the decimal point on.
    part: Length,
    /// Length of its cells' lines, as set.
    pub(crate) measure: Length,
    /// Width with the padding, as set.
    pub(crate) width: Length,
}

/// What a cell asks for.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Asked<'t> {
    /// Its text.
    pub(crate) plain: &'t str,
    /// Length of its longest unbreakable piece.
    pub(crate) least: Length,
    /// Its length on one line.
    pub(crate) most: Length,
    /// Length of what stands before its decimal point.
    pub(crate) whole: Length,
}

impl Column {
    /// A column without cells.
    pub(crate) fn new(align: Align) -> Self {
        Self {
            align,
            least: Length::ZERO,
            most: Length::ZERO,
            numbers: None,
            whole: Length::ZERO,
            part: Length::ZERO,
            measure: Length::ZERO,
            width: Length::ZERO,
        }
    }

    /// Takes a head cell in, in text of a size.
    pub(crate) fn head(&mut self, cell: Asked<'_>, size: Length) {
        let least = cell.least.max(cell.most.min(size * FEWEST_EM));
        self.least = self.least.max(least);
        self.most = self.most.max(cell.most);
    }

    /// Takes a body cell in, in text of a size.
    pub(crate) fn cell(&mut self, cell: Asked<'_>, size: Length) {
        self.head(cell, size);
        if cell.plain.trim().is_empty() {
            return;
        }
        let number = is_number(cell.plain);
        self.numbers = Some(self.numbers.unwrap_or(true) && number);
        if number {
            self.whole = self.whole.max(cell.whole);
            self.part = self.part.max(cell.most - cell.whole);
            self.least = self.least.max(self.whole + self.part);
            self.most = self.most.max(self.least);
        }
    }

    /// Its measures in text of another size.
    pub(crate) fn scaled(&self, (to, from): (Length, Length)) -> Self {
        // Lengths are rounded piece by piece: a hundredth of a point more is room for that.
        let scaled = |length: Length| length.scale(to.wide(), from.wide()) + Length::from_milli(10);
        Self {
            least: scaled(self.least),
            most: scaled(self.most),
            whole: scaled(self.whole),
            part: scaled(self.part),
            ..self.clone()
        }
    }

    /// Width at which nothing unbreakable is cut, with the padding of both sides.
    pub(crate) fn least(&self, pad: Length) -> Length {
        self.least + pad * 2
    }

    /// Width at which every cell stands on one line, with the padding of both sides.
    pub(crate) fn most(&self, pad: Length) -> Length {
        self.most + pad * 2
    }

    /// Whether its cells stand on their decimal point.
    pub(crate) fn is_numeric(&self) -> bool {
        matches!(self.align, Align::Auto | Align::End) && self.numbers == Some(true)
    }

    /// From the head of the cell's measure to a number with so much before its decimal point: the
    /// numbers of the column stand on one another as a block, in the middle of the column or, where
    /// the author asks for it, at its end.
    pub(crate) fn shift(&self, whole: Length) -> Length {
        self.block() + (self.whole - whole).at_least_zero()
    }

    /// From the head of the cell's measure to a dash for no data, which stands in the middle of
    /// the numbers.
    pub(crate) fn dash(&self, length: Length) -> Length {
        self.block() + (self.whole + self.part - length).at_least_zero() / 2
    }

    /// From the head of the cell's measure to the longest of its numbers.
    fn block(&self) -> Length {
        let free = (self.measure - self.whole - self.part).at_least_zero();
        match self.align {
            Align::End => free,
            _ => free / 2,
        }
    }

    /// How body text stands: ragged, for on short lines justifying shows holes.
    pub(crate) fn text_align(&self) -> TextAlign {
        match self.align {
            Align::Auto | Align::Start => TextAlign::Start,
            Align::Centre => TextAlign::Centre,
            Align::End => TextAlign::End,
        }
    }

    /// How head text stands: over numbers in the middle.
    pub(crate) fn head_align(&self) -> TextAlign {
        match self.align {
            Align::Auto if self.numbers == Some(true) => TextAlign::Centre,
            Align::Auto | Align::Start => TextAlign::Start,
            Align::Centre => TextAlign::Centre,
            Align::End => TextAlign::End,
        }
    }
}

/// What may stand before and among the digits of a number: points, signs, currencies, and brackets
/// and triangles for what is owed.
const BEFORE_DIGITS: &str = ".,+-−－±$¥€£ ．，＋(（△▲";

/// Whether a character is a digit, of either width.
pub(crate) fn is_digit(c: char) -> bool {
    c.is_ascii_digit() || ('０'..='９').contains(&c)
}

/// Whether a cell is a number, with its sign, unit or percent sign, or a dash for no data.
fn is_number(text: &str) -> bool {
    let text = text.trim();
    if matches!(text, "—" | "——" | "－" | "-" | "–" | "…") {
        return true;
    }
    let closed = text.ends_with([')', '）']);
    if closed != text.starts_with(['(', '（']) {
        return false;
    }
    let Some((last, digit)) = text.char_indices().rfind(|(_, c)| is_digit(*c)) else {
        return false;
    };
    let before = |c: char| is_digit(c) || BEFORE_DIGITS.contains(c);
    let unit = text[last + digit.len_utf8()..]
        .trim_end_matches([')', '）'])
        .trim();
    let is_unit = |c: char| "%％‰℃°".contains(c) || c.is_alphabetic();
    text[..last].chars().all(before)
        && unit.chars().count() <= LONGEST_UNIT
        && unit.chars().all(is_unit)
}

/// What of a number stands before its decimal point; without one, before its unit.
pub(crate) fn whole_part(text: &str) -> &str {
    let point = text
        .char_indices()
        .find(|(at, c)| matches!(c, '.' | '．') && text[at + c.len_utf8()..].starts_with(is_digit));
    let end = match point {
        Some((at, _)) => at,
        None => text
            .char_indices()
            .rfind(|(_, c)| is_digit(*c))
            .map_or(text.len(), |(last, digit)| last + digit.len_utf8()),
    };
    &text[..end]
}

/// How wide a table is where its columns need less than there is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reach {
    /// As they need; the whole width where they need most of it.
    AsNeeded,
    /// The whole width.
    Whole,
}

/// A table that needs this part of the width, in thousandths, takes all of it.
const MOST_OF_IT: i64 = 660;

/// What columns are shared out by.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Share {
    /// The width that there is.
    pub(crate) available: Length,
    /// Padding on each side of a cell.
    pub(crate) pad: Length,
    /// Size of the text.
    pub(crate) size: Length,
    /// How wide the table is where it needs less.
    pub(crate) reach: Reach,
}

/// Gives each column its width: what it would like where all fit. Else the short ones get what
/// they would like and the long ones share the rest by their length, so that all run to about as
/// many lines; their cells have whole em of text. Where not even the least widths fit, all are
/// narrowed alike.
pub(crate) fn share(columns: &mut [Column], by: Share) {
    let (pad, available) = (by.pad, by.available);
    let least: Length = columns.iter().map(|c| c.least(pad)).sum();
    let most: Length = columns.iter().map(|c| c.most(pad)).sum();
    if least >= available {
        for column in columns.iter_mut() {
            let asked = column.least(pad).wide();
            column.width = Length::from_wide(asked * available.wide() / least.wide().max(1));
            column.measure = (column.width - pad * 2).max(column.width / 2);
        }
        return;
    }
    if most <= available {
        for column in columns.iter_mut() {
            (column.measure, column.width) = (column.most, column.most(pad));
        }
        let is_wide = most.wide() * 1000 >= available.wide() * MOST_OF_IT;
        if by.reach == Reach::Whole || is_wide {
            spread(columns, available - most);
            for column in columns.iter_mut() {
                column.measure = column.width - pad * 2;
            }
        }
        return;
    }
    let long = keep_short(columns, by);
    let rest: Length = available
        - columns
            .iter()
            .zip(&long)
            .filter(|(_, long)| !**long)
            .map(|(c, _)| c.width)
            .sum();
    share_long(columns, &long, (rest, pad));
    for (column, long) in columns.iter_mut().zip(&long) {
        column.measure = column.width - pad * 2;
        if *long && column.measure < column.most {
            let em = by.size.wide().max(1);
            let whole = Length::from_wide(column.measure.wide() / em * em);
            column.measure = whole.max(column.least);
            column.width = column.measure + pad * 2;
        }
    }
    let used: Length = columns.iter().map(|c| c.width).sum();
    spread(columns, (available - used).at_least_zero());
}

/// Gives the short columns what they would like; tells which are long.
fn keep_short(columns: &mut [Column], by: Share) -> Vec<bool> {
    let pad = by.pad;
    let mut order: Vec<usize> = (0..columns.len()).collect();
    order.sort_by_key(|at| (columns[*at].most, *at));
    let mut long = vec![true; columns.len()];
    let mut rest = by.available;
    let mut needed: Length = columns.iter().map(|c| c.least(pad)).sum();
    for (done, at) in order.iter().enumerate() {
        let column = &mut columns[*at];
        let left = i32::try_from(columns_left(done, order.len())).unwrap_or(i32::MAX);
        needed -= column.least(pad);
        let wish = column.most(pad);
        if wish > rest / left || wish > rest - needed {
            break;
        }
        column.width = wish;
        long[*at] = false;
        rest -= wish;
    }
    long
}

fn columns_left(done: usize, count: usize) -> usize {
    (count - done).max(1)
}

/// Shares a width among the long columns by their length, none under its least.
fn share_long(columns: &mut [Column], long: &[bool], (rest, pad): (Length, Length)) {
    let mut open: Vec<usize> = (0..columns.len()).filter(|at| long[*at]).collect();
    let mut rest = rest;
    // Each round settles a column at least.
    loop {
        let whole: i64 = open.iter().map(|at| columns[*at].most(pad).wide()).sum();
        let part = |column: &Column| {
            let wish = i128::from(column.most(pad).wide()) * i128::from(rest.wide());
            Length::from_wide(i64::try_from(wish / i128::from(whole.max(1))).unwrap_or(0))
        };
        let narrow: Vec<usize> = open
            .iter()
            .copied()
            .filter(|at| part(&columns[*at]) < columns[*at].least(pad))
            .collect();
        if narrow.is_empty() {
            for at in open {
                columns[at].width = part(&columns[at]);
            }
            return;
        }
        for at in &narrow {
            columns[*at].width = columns[*at].least(pad);
            rest -= columns[*at].width;
        }
        open.retain(|at| !narrow.contains(at));
    }
}

/// Gives every column the same more; what does not divide goes to the first.
fn spread(columns: &mut [Column], more: Length) {
    let count = i64::try_from(columns.len()).unwrap_or(1).max(1);
    let each = Length::from_wide(more.wide() / count);
    for column in columns.iter_mut() {
        column.width += each;
    }
    if let Some(first) = columns.first_mut() {
        first.width += more - Length::from_wide(each.wide() * count);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn column(least: i32, most: i32) -> Column {
        let mut column = Column::new(Align::Auto);
        column.least = Length::pt(least);
        column.most = Length::pt(most);
        column
    }

    fn by(available: i32) -> Share {
        Share {
            available: Length::pt(available),
            pad: Length::pt(2),
            size: Length::pt(8),
            reach: Reach::AsNeeded,
        }
    }

    #[test]
    fn widths_never_exceed_the_measure() {
        for (columns, available) in [
            (vec![column(10, 20), column(10, 400)], 100),
            (vec![column(10, 20), column(10, 30)], 100),
            (vec![column(80, 90), column(90, 400)], 100),
            (vec![column(32, 900), column(32, 80), column(32, 33)], 150),
        ] {
            let mut columns = columns;
            share(&mut columns, by(available));
            let sum: Length = columns.iter().map(|c| c.width).sum();
            assert!(sum <= Length::pt(available));
            for column in &columns {
                assert!(column.measure > Length::ZERO && column.measure <= column.width);
            }
        }
    }

    #[test]
    fn numbers_are_known_in_every_dress() {
        for (text, whole) in [
            ("−１２.５", "−１２"),
            ("＋３", "＋３"),
            ("(1,000.5)", "(1,000"),
            ("（３００）", "（３００"),
            ("△20", "△20"),
            ("100.25%", "100"),
            ("５％", "５"),
            ("−20", "−20"),
            ("9℃", "9"),
        ] {
            assert!(is_number(text), "{text}");
            assert_eq!(whole_part(text), whole);
        }
        for text in ["A8", "十二", "第3節", "見（3）", "(3", "3)"] {
            assert!(!is_number(text), "{text}");
        }
    }

    #[test]
    fn short_columns_keep_to_one_line_beside_long_ones() {
        let mut columns = vec![column(32, 40), column(32, 900), column(10, 14)];
        share(&mut columns, by(300));
        assert_eq!(columns[0].measure, Length::pt(40));
        assert_eq!(columns[2].measure, Length::pt(14));
        // Whole em of text: what is left beside them is blank.
        assert_eq!(columns[1].measure.wide() % Length::pt(8).wide(), 0);
        let sum: Length = columns.iter().map(|c| c.width).sum();
        assert_eq!(sum, Length::pt(300));
    }

    #[test]
    fn a_table_that_needs_little_stays_small_unless_asked() {
        let mut columns = vec![column(10, 20), column(10, 20)];
        share(&mut columns, by(300));
        assert_eq!(columns[0].width, Length::pt(24));
        let whole = Share {
            reach: Reach::Whole,
            ..by(300)
        };
        share(&mut columns, whole);
        assert_eq!(columns[0].width, Length::pt(150));
    }

    #[test]
    fn numbers_are_known() {
        for text in [
            "12", "1,500", "−3.5 %", "—", "+7", "$3.20", "3.5億", "12 kg", "30℃",
        ] {
            assert!(is_number(text), "{text}");
        }
        for text in ["十二", "", "約 12", "A8", ".", "12個項目", "12 - 3）"] {
            assert!(!is_number(text), "{text}");
        }
    }

    #[test]
    fn numbers_part_at_their_point_or_before_their_unit() {
        for (text, whole) in [
            ("12.5", "12"),
            ("1,300", "1,300"),
            ("3.5 %", "3"),
            ("12 %", "12"),
            ("7億", "7"),
            ("—", "—"),
        ] {
            assert_eq!(whole_part(text), whole, "{text}");
        }
    }
}
