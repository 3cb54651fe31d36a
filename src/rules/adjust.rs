//! In which order blank is taken from a line that is too long and given to one that is too short.

use crate::geom::Em;
use crate::model::Tradition;

use super::class::CharClass as K;

/// How many steps of shrinking there are at most.
pub const SHRINK_STEPS: usize = 7;

/// What gives blank in a step of shrinking.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Giver {
    /// The mark at the line's end.
    LineEnd,
    /// A middle dot at the line's end, or a colon set as one.
    LineEndDot,
    /// Word spaces, down to [`Limits::word_space_min`].
    WordSpace,
    /// Marks of these classes, down to their body.
    Marks(&'static [K]),
    /// Gaps between Han and Western text, down to [`Limits::western_gap_min`].
    WesternGap,
}

/// The steps of Chinese composition (clreq #reduction_rules, composition rules §7.1).
const ZH: &[Giver] = &[
    Giver::LineEnd,
    Giver::WordSpace,
    Giver::Marks(&[K::MiddleDot, K::Interpunct]),
    Giver::Marks(&[K::Opening, K::Closing]),
    Giver::Marks(&[K::Comma, K::Semicolon, K::Colon]),
    Giver::WesternGap,
    Giver::Marks(&[K::FullStop, K::Dividing]),
];

/// The steps of Japanese composition (jlreq
/// #line_adjustment_by_reducing_the_amount_of_inter-character_spacing). The blank after a full
/// stop inside a line never gives.
const JA: &[Giver] = &[
    Giver::WordSpace,
    Giver::LineEnd,
    Giver::LineEndDot,
    Giver::Marks(&[K::MiddleDot, K::Interpunct, K::Colon, K::Semicolon]),
    Giver::Marks(&[K::Opening, K::Closing, K::Comma]),
    Giver::WesternGap,
];

/// The steps of a tradition, in order.
#[must_use]
pub const fn shrink_steps(tradition: Tradition) -> &'static [Giver] {
    match tradition {
        Tradition::Japan => JA,
        Tradition::HongKong | Tradition::Taiwan | Tradition::Mainland => ZH,
    }
}

/// The step, from zero, in which marks of a class give their blank; `None` where they never do.
///
/// ```
/// use banxin::model::Tradition;
/// use banxin::rules::{adjust, class::CharClass};
/// assert_eq!(adjust::step_of(CharClass::Comma, Tradition::HongKong), Some(4));
/// assert_eq!(adjust::step_of(CharClass::FullStop, Tradition::Japan), None);
/// ```
#[must_use]
pub fn step_of(class: K, tradition: Tradition) -> Option<usize> {
    shrink_steps(tradition)
        .iter()
        .position(|giver| matches!(giver, Giver::Marks(classes) if classes.contains(&class)))
}

/// The step, from zero, of a giver that is no mark.
#[must_use]
pub fn step_of_giver(giver: Giver, tradition: Tradition) -> Option<usize> {
    shrink_steps(tradition).iter().position(|g| *g == giver)
}

/// How far spaces shrink and stretch, in em.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// A word space is not set under this.
    pub word_space_min: Em,
    /// A word space is not set over this before other places stretch.
    pub word_space_max: Em,
    /// A gap is not set under this, nor under half its own.
    pub western_gap_min: Em,
    /// A gap is not set over this before other places stretch.
    pub western_gap_max: Em,
    /// Between characters no more is added than this before all places stretch; beyond it the
    /// line is loose.
    pub between_max: Em,
    /// On pages, lines of fewer than [`NARROW`] characters are told of as loose beyond this only.
    pub between_max_narrow: Em,
}

/// Lines of fewer characters than this have too few places for a long word to be shared among.
pub const NARROW: i32 = 20;

/// clreq #expansion_rules and jlreq #line_adjustment_by_increasing…: word space ¼ to ½ em, gap ⅛ to
/// ½ em, between characters ¼ em (no stated limit in Chinese, where a wider line is reported).
pub const LIMITS: Limits = Limits {
    word_space_min: Em::QUARTER,
    word_space_max: Em::HALF,
    western_gap_min: Em::from_milli(125),
    western_gap_max: Em::HALF,
    between_max: Em::QUARTER,
    between_max_narrow: Em::HALF,
};

/// When a place between two characters stretches.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Stretch {
    /// With the other characters (step 3).
    Early,
    /// Only when all else is used up (step 4).
    Late,
    /// Never.
    Never,
}

/// Classes beside which Japanese lines do not stretch early (jlreq table 6).
const JA_STIFF: &[K] = &[
    K::Opening,
    K::Closing,
    K::Comma,
    K::FullStop,
    K::MiddleDot,
    K::Interpunct,
    K::Colon,
    K::Semicolon,
    K::Connector,
    K::HalfConnector,
    K::ShortConnector,
    K::WideSpace,
];
/// Classes beside which Chinese lines do not stretch early (clreq #expansion_rules).
const ZH_STIFF: &[K] = &[
    K::Connector,
    K::HalfConnector,
    K::ShortConnector,
    K::Solidus,
];

/// When the place between two neighbours stretches, pairs that never part left out.
#[must_use]
pub fn stretch_between(a: K, b: K, tradition: Tradition) -> Stretch {
    // A currency sign or a per cent sign in a word is part of it, as in US$1,500 (UAX #14 LB24).
    let in_word = |class: K| class.is_western() || matches!(class, K::Prefix | K::Suffix);
    if in_word(a) && in_word(b) || a == K::WordSpace || b == K::WordSpace {
        return Stretch::Never;
    }
    let stiff = match tradition {
        Tradition::Japan => JA_STIFF,
        _ => ZH_STIFF,
    };
    let late = stiff.contains(&a)
        || stiff.contains(&b)
        || tradition == Tradition::Japan && a == K::Dividing && !b.is_western();
    if late { Stretch::Late } else { Stretch::Early }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_fit_their_number() {
        assert!(ZH.len() <= SHRINK_STEPS && JA.len() <= SHRINK_STEPS);
    }

    #[test]
    fn no_class_gives_twice() {
        for steps in [ZH, JA] {
            let mut seen = Vec::new();
            for giver in steps {
                if let Giver::Marks(classes) = giver {
                    for class in *classes {
                        assert!(!seen.contains(class), "{class:?}");
                        seen.push(*class);
                    }
                }
            }
        }
    }

    #[test]
    fn words_are_not_spaced() {
        for tradition in [Tradition::HongKong, Tradition::Japan] {
            assert_eq!(
                stretch_between(K::Western, K::Western, tradition),
                Stretch::Never
            );
            assert_eq!(
                stretch_between(K::Western, K::Prefix, tradition),
                Stretch::Never
            );
            assert_eq!(
                stretch_between(K::Ideograph, K::Ideograph, tradition),
                Stretch::Early
            );
        }
        assert_eq!(
            stretch_between(K::Ideograph, K::Comma, Tradition::Japan),
            Stretch::Late
        );
    }
}
