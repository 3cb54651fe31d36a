//! Where the ink of a mark stands in its cell, and which parts of the cell are blank.

use crate::geom::{Em, WritingMode};
use crate::model::Tradition;
use crate::model::style::MarkPosition;

use super::class::CharClass as K;

/// A cell: blank, body, blank along the line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Body {
    /// Blank before the body that may be taken away.
    pub pre: Em,
    /// Blank after the body that may be taken away.
    pub post: Em,
    /// Length of the whole cell; `None` where it is as long as the glyph.
    pub cell: Option<Em>,
    /// How much of the glyph's own blank before the body is already cut away.
    pub cut: Em,
    /// How the mark acts on its neighbours' blank.
    pub role: Role,
    /// Where the ink stands.
    pub place: Place,
}

/// How a character acts in the table of neighbours (composition rules §4).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum Role {
    /// Blank before.
    Opening,
    /// Blank after.
    Closing,
    /// A pause or stop in the corner: blank after.
    Corner,
    /// A pause or stop in the middle: blank on both sides, kept beside brackets.
    Centred,
    /// A middle dot, or a colon set as one.
    Floating,
    /// The ideographic space.
    Space,
    /// A Western bracket that opens.
    NarrowOpening,
    /// A Western bracket that closes.
    NarrowClosing,
    /// Anything else: gives no blank.
    Plain,
}

/// Where the ink of a mark stands in its cell, whatever the face draws.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Place {
    /// As the face draws it.
    AsDrawn,
    /// In the middle along the line.
    Middle,
    /// In the middle along the line and across it.
    Centre,
    /// The same, on the very axis: what joins two sides.
    Axis,
    /// In the first half along the line.
    Start,
    /// In the second half along the line, as drawn there.
    End,
    /// In the first half along the line, below in horizontal lines, at the right in vertical ones.
    Corner,
    /// At the right of a vertical line's middle.
    Right,
}

/// A column of the tables: a tradition in one direction.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum Column {
    /// Hong Kong and Taiwan, horizontal.
    CentredH,
    /// Hong Kong and Taiwan, vertical.
    CentredV,
    /// Mainland, horizontal.
    MainlandH,
    /// Mainland, vertical.
    MainlandV,
    /// Japan, horizontal.
    JapanH,
    /// Japan, vertical.
    JapanV,
}

impl Column {
    /// The column of a tradition in a direction.
    #[must_use]
    pub const fn of(tradition: Tradition, mode: WritingMode) -> Self {
        match (tradition, mode) {
            (Tradition::HongKong | Tradition::Taiwan, WritingMode::HorizontalTb) => Self::CentredH,
            (Tradition::HongKong | Tradition::Taiwan, WritingMode::VerticalRl) => Self::CentredV,
            (Tradition::Mainland, WritingMode::HorizontalTb) => Self::MainlandH,
            (Tradition::Mainland, WritingMode::VerticalRl) => Self::MainlandV,
            (Tradition::Japan, WritingMode::HorizontalTb) => Self::JapanH,
            (Tradition::Japan, WritingMode::VerticalRl) => Self::JapanV,
        }
    }

    /// Whether lines run downwards.
    #[must_use]
    pub const fn is_vertical(self) -> bool {
        matches!(self, Self::CentredV | Self::MainlandV | Self::JapanV)
    }

    /// The column whose rows stand for pause marks under `mark-position`.
    const fn for_pauses(self, position: MarkPosition) -> Self {
        match (position, self) {
            (MarkPosition::Corner, Self::CentredH) => Self::MainlandH,
            (MarkPosition::Corner, Self::CentredV) => Self::MainlandV,
            (MarkPosition::Centre, Self::MainlandH | Self::JapanH) => Self::CentredH,
            (MarkPosition::Centre, Self::MainlandV | Self::JapanV) => Self::CentredV,
            (_, own) => own,
        }
    }
}

const NONE: Em = Em::ZERO;
const QUARTER: Em = Em::QUARTER;
const HALF: Em = Em::HALF;
const ONE: Option<Em> = Some(Em::ONE);

const fn body(pre: Em, post: Em, cell: Option<Em>, role: Role, place: Place) -> Body {
    Body {
        pre,
        post,
        cell,
        cut: NONE,
        role,
        place,
    }
}

/// As long as the glyph, without blank of its own.
const PLAIN: Body = body(NONE, NONE, None, Role::Plain, Place::AsDrawn);
/// One em, filled.
const FULL: Body = body(NONE, NONE, ONE, Role::Plain, Place::AsDrawn);
/// One em, filled, its ink in the middle.
const FIXED: Body = body(NONE, NONE, ONE, Role::Plain, Place::Centre);
/// One em, filled, its ink right of the middle of a vertical line.
const FIXED_RIGHT: Body = body(NONE, NONE, ONE, Role::Plain, Place::Right);
/// Some faces draw the quotes “ and ‘ of vertical lines in the wrong half.
const OPENING: Body = body(HALF, NONE, ONE, Role::Opening, Place::End);
const CLOSING: Body = body(NONE, HALF, ONE, Role::Closing, Place::AsDrawn);
const CENTRED: Body = body(QUARTER, QUARTER, ONE, Role::Centred, Place::Centre);
const CORNER: Body = body(NONE, HALF, ONE, Role::Corner, Place::Corner);
/// The Mainland's ：； in horizontal lines: adjusted as a comma, on the baseline as drawn.
const START: Body = body(NONE, HALF, ONE, Role::Corner, Place::Start);
/// The Mainland's ！？ in horizontal lines: blank that neighbours leave alone.
const START_KEPT: Body = body(NONE, HALF, ONE, Role::Plain, Place::Start);
const FLOATING: Body = body(QUARTER, QUARTER, ONE, Role::Floating, Place::Centre);
const FLOATING_MIDDLE: Body = body(QUARTER, QUARTER, ONE, Role::Floating, Place::Middle);
/// Half an em, filled (GB/T 15834 §5.1.9: the solidus).
const HALF_CELL: Body = body(NONE, NONE, Some(HALF), Role::Plain, Place::Centre);
/// Dashes and tildes that join two sides: 上下居中 (GB/T 15834 §5.1.6).
const JOINS: Body = body(NONE, NONE, ONE, Role::Plain, Place::Axis);
/// The same in half an em: the short one.
const JOINS_HALF: Body = body(NONE, NONE, Some(HALF), Role::Plain, Place::Axis);
/// The same for the interpunct, which takes its neighbours' blank.
const HALF_DOT: Body = body(NONE, NONE, Some(HALF), Role::Floating, Place::Centre);
/// A quarter em (jlreq cl-03: the hyphen).
const JOINS_QUARTER: Body = body(NONE, NONE, Some(QUARTER), Role::Plain, Place::Axis);
/// One em along which the ink runs, in the middle where a face draws it shorter.
const RUN: Body = body(NONE, NONE, ONE, Role::Plain, Place::Middle);

/// A sign of a number that stands in a cell of its own, its height as drawn.
pub(crate) const SIGN: Body = body(NONE, NONE, ONE, Role::Plain, Place::Middle);
/// Two marks in one: they fill one em in every house.
const DOUBLES: &[char] = &['‼', '⁇', '⁈', '⁉'];

impl Body {
    /// The cell of the character itself, where it differs from that of its class.
    pub(crate) fn of(self, c: char) -> Self {
        if ('\u{203c}'..='\u{2049}').contains(&c) && DOUBLES.contains(&c) {
            FIXED
        } else {
            self
        }
    }
}

/// Rows by class, columns by [`Column`]; classes without a row fill one em ([`FULL`]) when they
/// are Chinese or Japanese, and are as long as their glyph ([`PLAIN`]) otherwise.
///
/// Sources: clreq #punctuation_position_and_size, jlreq #positioning_of_punctuation_marks, GB/T
/// 15834 §5.1; composition rules §3.
#[rustfmt::skip]
const TABLE: &[(K, [Body; 6])] = &[
    //             HK TW horizontal  vertical   CN horizontal vertical     JP horizontal    vertical
    (K::Opening,   [OPENING,         OPENING,   OPENING,      OPENING,     OPENING,         OPENING]),
    (K::Closing,   [CLOSING,         CLOSING,   CLOSING,      CLOSING,     CLOSING,         CLOSING]),
    (K::Comma,     [CENTRED,         CENTRED,   CORNER,       CORNER,      CORNER,          CORNER]),
    (K::FullStop,  [CENTRED,         CENTRED,   CORNER,       CORNER,      CORNER,          CORNER]),
    (K::Colon,     [FLOATING_MIDDLE, FIXED,     START,        FIXED_RIGHT, FLOATING_MIDDLE, FLOATING]),
    (K::Semicolon, [FLOATING_MIDDLE, FIXED,     START,        FIXED_RIGHT, FLOATING_MIDDLE, FIXED]),
    (K::Dividing,  [FIXED_MIDDLE,    FIXED,     START_KEPT,   FIXED_RIGHT, FIXED_MIDDLE,    FIXED]),
    (K::MiddleDot, [FLOATING,        FLOATING,  FLOATING,     FLOATING,    FLOATING,        FLOATING]),
    (K::Interpunct,[FLOATING,        FLOATING,  HALF_DOT,     HALF_DOT,    FLOATING,        FLOATING]),
    (K::Dash,      [RUN,             RUN,       RUN,          RUN,         RUN,             RUN]),
    (K::Leader,    [FIXED,           FIXED,     FIXED,        FIXED,       FIXED,           FIXED]),
    (K::Connector, [JOINS,           JOINS,     JOINS,        JOINS,       JOINS,           JOINS]),
    (K::HalfConnector,
                   [JOINS,           JOINS,     JOINS_HALF,   JOINS_HALF,  JOINS_HALF,      JOINS_HALF]),
    (K::ShortConnector,
                   [JOINS_HALF,      JOINS_HALF, JOINS_HALF,  JOINS_HALF,  JOINS_QUARTER,   JOINS_QUARTER]),
    (K::Solidus,   [FIXED,           FIXED,     HALF_CELL,    HALF_CELL,   FIXED,           FIXED]),
    (K::WideSpace, [SPACE,           SPACE,     SPACE,        SPACE,       SPACE,           SPACE]),
];

/// ！？ of Hong Kong, Taiwan and Japan in horizontal lines: on the baseline as drawn.
const FIXED_MIDDLE: Body = body(NONE, NONE, ONE, Role::Plain, Place::Middle);
const SPACE: Body = body(NONE, NONE, ONE, Role::Space, Place::AsDrawn);

/// The cell of a class.
#[must_use]
pub fn body_of(class: K, column: Column, position: MarkPosition) -> Body {
    let column = match class {
        K::Comma | K::FullStop => column.for_pauses(position),
        // Only the Mainland moves its colon with the comma.
        K::Colon | K::Semicolon if !matches!(column, Column::JapanH | Column::JapanV) => {
            column.for_pauses(position)
        }
        _ => column,
    };
    if let Some((_, row)) = TABLE.iter().find(|(k, _)| *k == class) {
        return row[column as usize];
    }
    match class {
        K::WesternOpening => Body {
            role: Role::NarrowOpening,
            ..PLAIN
        },
        K::WesternClosing => Body {
            role: Role::NarrowClosing,
            ..PLAIN
        },
        K::Combined => FULL,
        // Half-width forms and narrow dashes are as long as they are drawn; all others are one
        // em anyway.
        _ => PLAIN,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_is_blank_and_body() {
        for (class, row) in TABLE {
            for cell in row {
                let length = cell.cell.map_or(1000, Em::milli);
                assert!(
                    (cell.pre + cell.post).milli() <= length / 2,
                    "{class:?}: a body is at least half a cell"
                );
            }
        }
    }

    #[test]
    fn marks_move_with_the_option() {
        let stop = |column, position| body_of(K::FullStop, column, position).role;
        assert_eq!(stop(Column::CentredV, MarkPosition::Centre), Role::Centred);
        assert_eq!(stop(Column::CentredV, MarkPosition::Corner), Role::Corner);
        assert_eq!(stop(Column::JapanH, MarkPosition::Centre), Role::Centred);
        assert_eq!(
            body_of(K::Colon, Column::JapanV, MarkPosition::Corner).role,
            Role::Floating
        );
    }
}
