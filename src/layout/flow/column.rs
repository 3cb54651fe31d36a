//! Columns of a table: how wide each must be, would like to be, and is.

use crate::geom::Length;
use crate::layout::inline::TextAlign;
use crate::model::Align;

/// A column of running text is no narrower than this many em where it has the choice.
const FEWEST_EM: i32 = 4;

/// A column's measures, padding included.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Column {
    align: Align,
    pad: Length,
    /// Width at which nothing unbreakable is cut.
    pub(crate) least: Length,
    /// Width at which every cell stands on one line.
    pub(crate) most: Length,
    /// Width as set.
    pub(crate) width: Length,
    /// Whether every cell with text is a number, and there is one.
    numbers: Option<bool>,
    /// Widest text before the decimal point.
    whole: Length,
    /// Widest text from the decimal point on.
    part: Length,
}

impl Column {
    /// A column without cells.
    pub(crate) fn new(align: Align, pad: Length) -> Self {
        Self {
            align,
            pad,
            least: pad * 2,
            most: pad * 2,
            width: Length::ZERO,
            numbers: None,
            whole: Length::ZERO,
            part: Length::ZERO,
        }
    }

    /// Takes a head cell's extents in.
    pub(crate) fn head(&mut self, extent: (Length, Length), size: Length) {
        self.take(extent, size);
    }

    /// Takes a body cell in: its text, its extents, the extent of what stands before its decimal
    /// point.
    pub(crate) fn cell(
        &mut self,
        plain: &str,
        extent: (Length, Length),
        whole: Length,
        size: Length,
    ) {
        self.take(extent, size);
        if plain.trim().is_empty() {
            return;
        }
        let number = is_number(plain);
        self.numbers = Some(self.numbers.unwrap_or(true) && number);
        if number {
            self.whole = self.whole.max(whole);
            self.part = self.part.max(extent.1 - whole);
            self.least = self.least.max(self.whole + self.part + self.pad * 2);
            self.most = self.most.max(self.least);
        }
    }

    fn take(&mut self, (least, most): (Length, Length), size: Length) {
        let least = least.max(most.min(size * FEWEST_EM));
        self.least = self.least.max(least + self.pad * 2);
        self.most = self.most.max(most + self.pad * 2);
    }

    /// Whether its cells stand on their decimal point.
    pub(crate) fn is_numeric(&self) -> bool {
        self.align == Align::Auto && self.numbers == Some(true)
    }

    /// From the head of the cell's measure to a number with so much before its decimal point: the
    /// numbers of the column stand on one another as a block in the middle of it.
    pub(crate) fn shift(&self, whole: Length, measure: Length) -> Length {
        let free = (measure - self.whole - self.part).at_least_zero();
        free / 2 + (self.whole - whole).at_least_zero()
    }

    /// How body text stands.
    pub(crate) fn text_align(&self) -> TextAlign {
        match self.align {
            Align::Auto | Align::Start => TextAlign::Start,
            Align::Centre => TextAlign::Centre,
            Align::End => TextAlign::End,
        }
    }

    /// How head text stands: over numbers in the middle.
    pub(crate) fn head_align(&self) -> TextAlign {
        if self.is_numeric() {
            TextAlign::Centre
        } else {
            self.text_align()
        }
    }
}

/// Whether a cell is a number, with its sign, unit or percent sign, or a dash for no data.
fn is_number(text: &str) -> bool {
    let text = text.trim();
    if matches!(text, "—" | "——" | "－" | "-" | "–" | "…") {
        return true;
    }
    let digits = text.chars().filter(char::is_ascii_digit).count();
    let rest = text.chars().filter(|c| {
        !c.is_ascii_digit()
            && !matches!(
                c,
                '.' | ',' | '+' | '-' | '−' | '－' | '±' | '%' | '％' | '‰' | '$' | '¥' | '€' | ' '
            )
    });
    digits > 0 && rest.count() == 0
}

/// Gives each column its width: what it would like where all fit, else its least and a share of
/// the rest by what it lacks; where not even that fits, all are narrowed alike.
pub(crate) fn share(columns: &mut [Column], available: Length) {
    let least: i64 = columns.iter().map(|c| c.least.wide()).sum();
    let most: i64 = columns.iter().map(|c| c.most.wide()).sum();
    let available = available.wide();
    if most <= available {
        for column in columns.iter_mut() {
            column.width = column.most;
        }
        return;
    }
    if least >= available {
        for column in columns.iter_mut() {
            column.width = Length::from_wide(column.least.wide() * available / least.max(1));
        }
        return;
    }
    let (rest, lack) = (available - least, (most - least).max(1));
    for column in columns.iter_mut() {
        let wish = column.most.wide() - column.least.wide();
        let more = i128::from(wish) * i128::from(rest) / i128::from(lack);
        column.width = Length::from_wide(column.least.wide() + i64::try_from(more).unwrap_or(rest));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn column(least: i32, most: i32) -> Column {
        let mut column = Column::new(Align::Auto, Length::ZERO);
        column.least = Length::pt(least);
        column.most = Length::pt(most);
        column
    }

    #[test]
    fn widths_never_exceed_the_measure() {
        for (columns, available) in [
            (vec![column(10, 20), column(10, 400)], 100),
            (vec![column(10, 20), column(10, 30)], 100),
            (vec![column(80, 90), column(90, 400)], 100),
        ] {
            let mut columns = columns;
            share(&mut columns, Length::pt(available));
            let sum: Length = columns.iter().map(|c| c.width).sum();
            assert!(sum <= Length::pt(available));
            assert!(columns.iter().all(|c| c.width > Length::ZERO));
        }
    }

    #[test]
    fn numbers_are_known() {
        for text in ["12", "1,500", "−3.5 %", "—", "+7", "$3.20"] {
            assert!(is_number(text), "{text}");
        }
        for text in ["十二", "", "約 12", "A8", "."] {
            assert!(!is_number(text), "{text}");
        }
    }
}
