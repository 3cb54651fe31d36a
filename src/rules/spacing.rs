//! Which blank goes when two marks stand side by side.

use super::body::Role as R;

/// What neighbours take from each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Trim {
    /// Nothing.
    Keep,
    /// The blank after the first goes.
    First,
    /// The blank before the second goes.
    Second,
}

/// Pairs whose blank is trimmed; every other pair keeps its own.
///
/// Sources: clreq #punctuation_adjustment_space, jlreq #spacing_between_characters (table 5), CSS
/// Text 4 #text-spacing-trim; composition rules §4. Corner pauses give way to what follows,
/// centred ones to nothing.
const PAIRS: &[(R, R, Trim)] = &[
    (R::Opening, R::Opening, Trim::Second),
    (R::Closing, R::Opening, Trim::Second),
    (R::Closing, R::Closing, Trim::First),
    (R::Closing, R::Corner, Trim::First),
    (R::Closing, R::Centred, Trim::First),
    (R::Closing, R::Floating, Trim::First),
    (R::Closing, R::Space, Trim::First),
    (R::Closing, R::NarrowClosing, Trim::First),
    (R::Corner, R::Opening, Trim::Second),
    (R::Corner, R::Closing, Trim::First),
    (R::Corner, R::Corner, Trim::First),
    (R::Corner, R::Floating, Trim::First),
    (R::Centred, R::Opening, Trim::Second),
    (R::Floating, R::Opening, Trim::Second),
    (R::Space, R::Opening, Trim::Second),
    (R::NarrowOpening, R::Opening, Trim::Second),
];

/// What goes between `first` and `second`.
///
/// ```
/// use banxin::rules::body::Role;
/// use banxin::rules::spacing::{Trim, between};
/// assert_eq!(between(Role::Closing, Role::Opening), Trim::Second);
/// assert_eq!(between(Role::Centred, Role::Closing), Trim::Keep);
/// ```
#[must_use]
pub fn between(first: R, second: R) -> Trim {
    PAIRS
        .iter()
        .find(|(a, b, _)| (*a, *b) == (first, second))
        .map_or(Trim::Keep, |row| row.2)
}

/// How many ！ and ？ in a row share two halves of one cell on the Mainland, in horizontal lines: two
/// take one em and three take two, the last in a cell of its own. GB/T 15834-2011 §5.1.2 has it so
/// and clreq #exclamatory_question_marks repeats it; it says nothing of vertical lines.
pub const IN_ONE_CELL: usize = 2;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_pair_is_told_once() {
        for (i, row) in PAIRS.iter().enumerate() {
            assert!(
                !PAIRS[i + 1..].iter().any(|r| (r.0, r.1) == (row.0, row.1)),
                "{row:?}"
            );
        }
    }

    #[test]
    fn only_blank_that_is_there_is_trimmed() {
        for &(first, second, trim) in PAIRS {
            match trim {
                Trim::First => assert!(matches!(first, R::Closing | R::Corner)),
                Trim::Second => assert_eq!(second, R::Opening),
                Trim::Keep => panic!("a row that says nothing: {first:?} {second:?}"),
            }
        }
    }
}
