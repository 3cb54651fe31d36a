//! What a mark gives up at the head and at the end of a line.

use crate::model::Tradition;
use crate::model::style::{LineEnd, LineHead};

use super::class::CharClass as K;

/// What the blank of a mark does at a line's end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum EndBlank {
    /// It stays, and gives only in the step of its class.
    Stays,
    /// It stays and never gives.
    Kept,
    /// It goes always.
    Goes,
    /// What is outside the mark goes always, what is before it stays.
    OuterGoes,
    /// It gives way as far as needed, before all else: first outside the mark, then before it.
    GivesWay,
    /// It goes whole or not at all, when needed.
    WholeOrNot,
}

/// Which marks give up blank at a line's end, and how: by tradition, for `line-end = "if-needed"`.
///
/// Sources: clreq #compression_rules_for_punctuation_marks_at_line_end, GB/T 15834 §5.1.10, jlreq
/// #line_adjustment_by_reducing_the_amount_of_inter-character_spacing; composition rules §5.
const ENDS: &[(Tradition, &[K], EndBlank)] = &[
    (Tradition::HongKong, ZH_ENDS, EndBlank::GivesWay),
    (Tradition::Taiwan, ZH_ENDS, EndBlank::GivesWay),
    (Tradition::Mainland, CN_ENDS, EndBlank::GivesWay),
    (Tradition::Japan, JA_ENDS, EndBlank::WholeOrNot),
];
const ZH_ENDS: &[K] = &[K::Closing, K::Comma, K::FullStop, K::Colon, K::Semicolon];
const CN_ENDS: &[K] = &[
    K::Closing,
    K::Comma,
    K::FullStop,
    K::Colon,
    K::Semicolon,
    K::Dividing,
];
const JA_ENDS: &[K] = &[
    K::Closing,
    K::Comma,
    K::FullStop,
    K::Colon,
    K::Semicolon,
    K::MiddleDot,
    K::Interpunct,
];

/// What the blank of a class does at a line's end.
#[must_use]
pub fn at_end(class: K, tradition: Tradition, option: LineEnd) -> EndBlank {
    let Some((_, _, blank)) = ENDS
        .iter()
        .find(|(t, classes, _)| *t == tradition && classes.contains(&class))
    else {
        return EndBlank::Stays;
    };
    match option {
        LineEnd::IfNeeded => *blank,
        // JIS X 4051: the blank after a middle dot goes, the one before it stays.
        LineEnd::Always if tradition == Tradition::Japan && is_dot(class) => EndBlank::OuterGoes,
        LineEnd::Always => EndBlank::Goes,
        LineEnd::Keep => EndBlank::Kept,
    }
}

/// Whether Japanese lines take a class for a middle dot: blank on both sides of it.
#[must_use]
pub const fn is_dot(class: K) -> bool {
    matches!(
        class,
        K::MiddleDot | K::Interpunct | K::Colon | K::Semicolon
    )
}

/// Whether an opening mark loses the blank before it at the head of a line.
#[must_use]
pub const fn trims_head(option: LineHead, first_line: FirstLine) -> bool {
    match (option, first_line) {
        (LineHead::Trim, _) | (LineHead::KeepFirst, FirstLine::No) => true,
        (LineHead::Keep, _) | (LineHead::KeepFirst, FirstLine::Yes) => false,
    }
}

/// Whether a line is the first of its paragraph.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FirstLine {
    /// It is.
    Yes,
    /// It follows another.
    No,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ends_by_tradition() {
        let at = |class, tradition| at_end(class, tradition, LineEnd::IfNeeded);
        assert_eq!(at(K::FullStop, Tradition::HongKong), EndBlank::GivesWay);
        assert_eq!(at(K::FullStop, Tradition::Japan), EndBlank::WholeOrNot);
        assert_eq!(at(K::Dividing, Tradition::HongKong), EndBlank::Stays);
        assert_eq!(
            at_end(K::Dividing, Tradition::Mainland, LineEnd::Always),
            EndBlank::Goes
        );
        assert_eq!(
            at_end(K::Closing, Tradition::Japan, LineEnd::Keep),
            EndBlank::Kept
        );
    }
}
