//! Which characters `text-autospace: normal` keeps apart.

use icu_properties::CodePointMapData;
use icu_properties::props::{EastAsianWidth, GeneralCategory, GeneralCategoryGroup};

use crate::geom::Em;

/// The gap (CSS Text 4 #text-autospace-property).
pub(crate) const GAP: Em = Em::from_milli(125);

/// What a character is to `text-autospace`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Side {
    /// An ideograph or kana.
    Ideograph,
    /// A letter, a digit or, in Chinese, a narrow mark.
    Word,
    /// Neither: no gap beside it.
    Neither,
}

/// Ideographs: characters of Han, kana, bopomofo, Hangul and Yi, punctuation left out; first and
/// last of each range, sorted (CSS Text 4 #text-spacing-classes).
const IDEOGRAPHS: &[(u32, u32)] = &[
    (0x02c7, 0x02c7),
    (0x02c9, 0x02cb),
    (0x02d9, 0x02d9),
    (0x02ea, 0x02eb),
    (0x1100, 0x11ff),
    (0x2e80, 0x2fdf),
    (0x3005, 0x3007),
    (0x3013, 0x3013),
    (0x3021, 0x3029),
    (0x3031, 0x3035),
    (0x3038, 0x303c),
    (0x3041, 0x3096),
    (0x309b, 0x309f),
    (0x30a1, 0x30fa),
    (0x30fc, 0x30ff),
    (0x3105, 0x318e),
    (0x31a0, 0x31e3),
    (0x31f0, 0x31ff),
    (0x3400, 0x4dbf),
    (0x4e00, 0xa4cf),
    (0xa960, 0xa97c),
    (0xac00, 0xd7fb),
    (0xf900, 0xfaff),
    (0x16fe0, 0x18cff),
    (0x1aff0, 0x1b2ff),
    (0x20000, 0x3ffff),
];

/// Narrow marks that take no gap in Chinese: quotes, asterisk, dots and daggers.
const MARKS_WITHOUT: &[char] = &[
    '"', '\'', '*', '\u{b7}', '\u{2020}', '\u{2021}', '\u{2026}', '\u{2028}',
];

/// What a character is; `chinese` text keeps narrow marks apart as well.
pub(crate) fn side(c: char, chinese: Chinese) -> Side {
    let code = u32::from(c);
    if matches!(code, 0x4e00..=0x9fff) {
        return Side::Ideograph;
    }
    let row = IDEOGRAPHS.partition_point(|(_, last)| *last < code);
    if IDEOGRAPHS.get(row).is_some_and(|(first, _)| *first <= code) {
        return Side::Ideograph;
    }
    if c.is_ascii_alphanumeric() {
        return Side::Word;
    }
    let category = CodePointMapData::<GeneralCategory>::new().get(c);
    let letter = GeneralCategoryGroup::Letter.contains(category)
        || GeneralCategoryGroup::Mark.contains(category)
        || category == GeneralCategory::DecimalNumber;
    let mark = chinese == Chinese::Yes
        && category == GeneralCategory::OtherPunctuation
        && !MARKS_WITHOUT.contains(&c);
    let wide = matches!(
        CodePointMapData::<EastAsianWidth>::new().get(c),
        EastAsianWidth::Fullwidth | EastAsianWidth::Wide | EastAsianWidth::Halfwidth
    );
    if (letter || mark) && !wide {
        Side::Word
    } else {
        Side::Neither
    }
}

/// Whether the text is Chinese.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Chinese {
    /// It is.
    Yes,
    /// It is not.
    No,
}

/// Whether a gap stands between two neighbours.
pub(crate) fn gap(before: Side, after: Side) -> bool {
    matches!(
        (before, after),
        (Side::Ideograph, Side::Word) | (Side::Word, Side::Ideograph)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_are_sorted() {
        assert!(IDEOGRAPHS.windows(2).all(|pair| pair[0].1 < pair[1].0));
        assert!(MARKS_WITHOUT.is_sorted());
    }

    #[test]
    fn sides_of_characters() {
        for c in ['字', 'あ', 'ー', '々', '〇', '한', 'ㄅ'] {
            assert_eq!(side(c, Chinese::Yes), Side::Ideograph, "{c}");
        }
        for c in ['a', '5', 'é', 'Ж'] {
            assert_eq!(side(c, Chinese::No), Side::Word, "{c}");
        }
        for c in ['，', '「', 'Ａ', '５', '·', '※', '$', '~'] {
            assert_eq!(side(c, Chinese::No), Side::Neither, "{c}");
        }
        assert_eq!(side('%', Chinese::Yes), Side::Word);
        assert_eq!(side('%', Chinese::No), Side::Neither);
        assert_eq!(side('*', Chinese::Yes), Side::Neither);
    }
}
