//! Readings beside their base as data: their sizes and places, and how far they may stand over
//! what is next to them.

use crate::geom::Em;

use super::class::CharClass as K;

/// Ruby is half as large as its base (jlreq #choice_of_size_for_ruby; clreq
/// #positioning_of_interlinear_comments).
pub const SIZE: Em = Em::HALF;
/// From the axis of a vertical line, or the baseline of a horizontal one, to that of the ruby: their
/// em-boxes touch (jlreq #choice_of_sides_with_respect_to_base_characters).
pub const RIGHT: Em = Em::from_milli(-750);
/// The same over a horizontal line.
pub const OVER: Em = Em::from_milli(-940);
/// How much further out words stand, whose letters reach below their em-box, in em of the reading.
pub const WORDS_OUT: Em = Em::from_milli(125);
/// How far in the ends of a reading stand at most that is spread over a longer base, in em of the
/// reading (jlreq #adjustments_of_ruby_with_length_shorter_than_that_of_the_base_characters).
pub const END_GAP_MAX: Em = Em::ONE;
/// Readings of more characters than this over one Han character of a word (熟語) are laid over the
/// word (jlreq #jukugo_ruby).
pub const MONO_MAX: Em = Em::from_milli(2000);
/// How far such a reading may stand over the neighbour in its word, in em of the reading.
pub const OVER_SIBLING: Em = Em::ONE;
/// The least size of text whose readings are still read, in thousandths of a point (composition
/// rules §12.1).
pub const LEAST_BASE: i32 = 7000;

/// Bopomofo symbols are three tenths of their base (clreq #zhuyin_size).
pub const BOPOMOFO_SIZE: Em = Em::from_milli(300);
/// The strip on the right of a base that holds its bopomofo.
pub const STRIP: Em = Em::HALF;
/// From the edge of the base to the axis of the symbols.
pub const STRIP_AXIS: Em = Em::from_milli(160);
/// From the axis of the symbols to the middle of a tone at their right.
pub const TONE_RIGHT: Em = Em::from_milli(230);
/// The height of the neutral tone over the first symbol: with three symbols it fills one em.
pub const NEUTRAL_HEIGHT: Em = Em::from_milli(100);

/// What a reading is written in: how it is spread, and how it keeps away from others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Script {
    /// Kana, Han: characters of one em.
    Square,
    /// A syllable or a word: romanisation, foreign words.
    Roman,
    /// Several such words: the space between them is no more than a quarter em.
    Phrase,
}

impl Script {
    /// What a reading is written in.
    ///
    /// ```
    /// use banxin::rules::ruby::Script;
    /// assert_eq!(Script::of("bǎn"), Script::Roman);
    /// assert_eq!(Script::of("type area"), Script::Phrase);
    /// assert_eq!(Script::of("ばん"), Script::Square);
    /// ```
    #[must_use]
    pub fn of(reading: &str) -> Self {
        let roman = reading
            .chars()
            .any(|c| c.is_alphabetic() && c < '\u{2e80}' || c.is_ascii_digit());
        match (roman, reading.trim().contains(' ')) {
            (true, true) => Self::Phrase,
            (true, false) => Self::Roman,
            (false, _) => Self::Square,
        }
    }

    /// Whether it is written in words.
    #[must_use]
    pub const fn is_words(self) -> bool {
        matches!(self, Self::Roman | Self::Phrase)
    }

    /// The least distance between two readings over a shared neighbour, in em of the reading
    /// (composition rules §12.1; §12.2: a quarter em, half an em between words).
    #[must_use]
    pub const fn apart(self) -> Em {
        match self {
            Self::Square => Em::ONE,
            Self::Roman => Em::QUARTER,
            // More than between their own words.
            Self::Phrase => Em::HALF,
        }
    }

    /// The least distance between the readings of two neighbouring bases, in em of the reading.
    #[must_use]
    pub const fn between_neighbours(self) -> Em {
        match self {
            Self::Square => Em::ZERO,
            Self::Roman => Em::QUARTER,
            Self::Phrase => Em::HALF,
        }
    }
}

/// On which side of a reading's base a neighbour stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Side {
    /// Before it.
    Before,
    /// After it.
    After,
}

/// How far a reading may stand over a neighbour, in em of the reading: over the neighbour's blank
/// that lies next to the base, as it is set, and further over its body.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Overhang {
    /// Over blank.
    pub blank: Em,
    /// Over the body that follows that blank.
    pub body: Em,
}

const NOT: Overhang = over(0, 0);

const fn over(blank: i32, body: i32) -> Overhang {
    Overhang {
        blank: Em::from_milli(blank),
        body: Em::from_milli(body),
    }
}

/// By class: over a neighbour before the base, and over one after it (jlreq #ruby_overhang, table;
/// composition rules §12.1). What has no row is never stood over.
const OVERHANGS: &[(K, Overhang, Overhang)] = &[
    (K::Opening, over(0, 1000), over(1000, 0)),
    (K::Closing, over(1000, 0), over(0, 1000)),
    (K::Comma, over(1000, 0), over(0, 1000)),
    (K::FullStop, over(1000, 0), over(0, 1000)),
    (K::Colon, over(1000, 500), over(1000, 500)),
    (K::Semicolon, over(1000, 500), over(1000, 500)),
    (K::MiddleDot, over(1000, 500), over(1000, 500)),
    (K::Interpunct, over(1000, 500), over(1000, 500)),
    (K::Dash, over(0, 1000), over(0, 1000)),
    (K::Leader, over(0, 1000), over(0, 1000)),
    (K::Iteration, over(0, 1000), over(0, 1000)),
    (K::Prolonged, over(0, 1000), over(0, 1000)),
    (K::SmallKana, over(0, 1000), over(0, 1000)),
    (K::WideSpace, over(0, 1000), over(0, 1000)),
];

/// Kana, which share the class of Han (jlreq cl-15, cl-16).
const KANA: Overhang = over(0, 1000);
/// Romanisation may stand over neighbouring characters of any kind as long as readings keep apart
/// (clreq #positioning_of_romanization).
const ROMAN: Overhang = over(1000, 1000);

/// How far a reading may stand over a neighbour of a class, whose first character is `first`.
///
/// ```
/// use banxin::geom::Em;
/// use banxin::rules::class::CharClass;
/// use banxin::rules::ruby::{Script, Side, overhang};
/// let over = |c| overhang(Script::Square, (CharClass::Ideograph, c), Side::After).body;
/// assert_eq!((over('漢'), over('の')), (Em::ZERO, Em::ONE));
/// ```
#[must_use]
pub fn overhang(script: Script, (class, first): (K, char), side: Side) -> Overhang {
    if script.is_words() {
        return if class.is_cjk() { ROMAN } else { NOT };
    }
    if class == K::Ideograph {
        return if ('\u{3041}'..='\u{30ff}').contains(&first) {
            KANA
        } else {
            NOT
        };
    }
    let row = OVERHANGS.binary_search_by_key(&class, |row| row.0);
    row.map_or(NOT, |i| {
        let (_, before, after) = OVERHANGS[i];
        match side {
            Side::Before => before,
            Side::After => after,
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_sorted() {
        assert!(OVERHANGS.windows(2).all(|pair| pair[0].0 < pair[1].0));
    }

    #[test]
    fn phrases_keep_further_apart_than_their_words() {
        assert_eq!(Script::of("gāo xióng").apart(), Em::HALF);
        assert_eq!(Script::of("Báng-kah").apart(), Em::QUARTER);
        assert_eq!(Script::of("しんばん ").apart(), Em::ONE);
    }

    #[test]
    fn brackets_lend_their_blank_or_themselves() {
        let lent = |class, side| overhang(Script::Square, (class, ' '), side);
        assert_eq!(lent(K::Closing, Side::Before), over(1000, 0));
        assert_eq!(lent(K::Closing, Side::After), over(0, 1000));
        assert_eq!(lent(K::Opening, Side::Before), over(0, 1000));
        assert_eq!(lent(K::Western, Side::Before), NOT);
    }
}
