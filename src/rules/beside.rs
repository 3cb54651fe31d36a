//! Marks beside the line as data: on which side each stands, in which form and at which distance.

use crate::geom::{Em, WritingMode};

/// A mark drawn beside text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Beside {
    /// Emphasis dots: 著重號, 圏点.
    Dots,
    /// 專名號.
    ProperName,
    /// 書名號, wavy.
    BookTitle,
    /// Side line: 傍線.
    SideLine,
    /// Underline.
    Underline,
}

/// On which side of the line something stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Side {
    /// Right of a vertical line, over a horizontal one.
    Before,
    /// Left of a vertical line, under a horizontal one.
    After,
}

impl Side {
    /// The other side.
    #[must_use]
    pub const fn other(self) -> Self {
        match self {
            Self::Before => Self::After,
            Self::After => Self::Before,
        }
    }
}

/// The form of an emphasis dot.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Dot {
    /// A disc: ● and •.
    Disc,
    /// A sesame seed: ﹅.
    Sesame,
}

use Side::{After, Before};

/// Sides: Chinese vertical and horizontal, Japanese vertical and horizontal (clreq
/// #indication_punctuation_marks; jlreq #composition_of_emphasis_dots, #sidelines; composition rules
/// §11).
const SIDES: &[(Beside, [Side; 4])] = &[
    (Beside::Dots, [Before, After, Before, Before]),
    (Beside::ProperName, [After, After, After, After]),
    (Beside::BookTitle, [After, After, After, After]),
    (Beside::SideLine, [Before, After, Before, After]),
    (Beside::Underline, [After, After, Before, After]),
];

/// Forms and diameters of emphasis dots, in the same order: clreq has about a quarter em, jlreq the
/// sesame of half the size in vertical lines and the bullet in horizontal ones.
const DOTS: [(Dot, Em); 4] = [
    (Dot::Disc, Em::from_milli(250)),
    (Dot::Disc, Em::from_milli(250)),
    (Dot::Sesame, Em::from_milli(270)),
    (Dot::Disc, Em::from_milli(200)),
];

/// From the edge of the em-box to the middle of a rule.
pub const TO_RULE: Em = Em::from_milli(100);
/// From the edge of the em-box to the middle of a dot.
pub const TO_DOT: Em = Em::from_milli(200);
/// From the middle of a rule to that of another one on the same side, and a dot beyond rules is as
/// much further out (composition rules §11: line nearest, then dot).
pub const NEXT: Em = Em::from_milli(160);
/// Thickness of rules.
pub const RULE: Em = Em::from_milli(40);
/// How much each end of a name or title is shortened, so that neighbours part (composition rules
/// §11: a sixteenth to an eighth of an em).
pub const SHORTENED: Em = Em::from_milli(62);

const fn column(mode: WritingMode, japanese: bool) -> usize {
    let horizontal = !mode.is_vertical();
    2 * (japanese as usize) + horizontal as usize
}

/// The side on which a mark stands in lines of `mode`, in Japanese or Chinese text.
///
/// ```
/// use banxin::geom::WritingMode;
/// use banxin::model::Language;
/// use banxin::rules::beside::{Beside, Side, side};
/// let (zh, ja) = (Language::new("zh-TW"), Language::new("ja"));
/// assert_eq!(side(Beside::Dots, WritingMode::HorizontalTb, &zh), Side::After);
/// assert_eq!(side(Beside::Dots, WritingMode::HorizontalTb, &ja), Side::Before);
/// ```
#[must_use]
pub fn side(mark: Beside, mode: WritingMode, language: &crate::model::Language) -> Side {
    let row = SIDES.binary_search_by_key(&mark, |row| row.0);
    let sides = row.map_or([After; 4], |i| SIDES[i].1);
    sides[column(mode, language.is_japanese())]
}

/// The form and the diameter of emphasis dots, in em of the text.
#[must_use]
pub fn dot(mode: WritingMode, language: &crate::model::Language) -> (Dot, Em) {
    DOTS[column(mode, language.is_japanese())]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_sorted_and_whole() {
        assert!(SIDES.windows(2).all(|pair| pair[0].0 < pair[1].0));
        assert_eq!(SIDES.len(), Beside::Underline as usize + 1);
    }
}
