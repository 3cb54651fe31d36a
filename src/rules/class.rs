//! The class of a character: Unicode's data, overridden by the lists of composition.

use icu_properties::CodePointMapData;
use icu_properties::props::{EastAsianWidth, LineBreak, VerticalOrientation};

/// What a character is to the typesetter (jlreq cl-01 … cl-30 and clreq's groups).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum CharClass {
    /// Opening brackets and quotation marks 「（“ (cl-01).
    Opening,
    /// Closing brackets and quotation marks 」）” (cl-02).
    Closing,
    /// 、， (cl-07).
    Comma,
    /// 。． (cl-06).
    FullStop,
    /// ： (cl-05).
    Colon,
    /// ； (cl-05).
    Semicolon,
    /// ！？ (cl-04).
    Dividing,
    /// ・‧ and the like, of one em (cl-05).
    MiddleDot,
    /// · the interpunct, whose cell differs between houses.
    Interpunct,
    /// —— (cl-08).
    Dash,
    /// …… (cl-08).
    Leader,
    /// 〳〴〵 (cl-08).
    KanaRepeat,
    /// ～〜 of one em (cl-03).
    Connector,
    /// – and ゠, of half an em in some houses (cl-03).
    HalfConnector,
    /// ‐ between Chinese or Japanese characters (cl-03).
    ShortConnector,
    /// ／.
    Solidus,
    /// 々 and 〻, which some levels let start a line (cl-09).
    IdeographIteration,
    /// ゝヽ and ゛゜ (cl-09).
    Iteration,
    /// ー (cl-10).
    Prolonged,
    /// ぁっャ (cl-11).
    SmallKana,
    /// ￥$№ (cl-12).
    Prefix,
    /// ％℃ (cl-13).
    Suffix,
    /// The ideographic space (cl-14).
    WideSpace,
    /// Han, kana, bopomofo, Hangul, symbols and wide forms (cl-15, 16, 19).
    Ideograph,
    /// 0–9 (cl-24).
    Digit,
    /// Letters of Latin, Greek, Cyrillic and other scripts that are set in words (cl-27).
    Western,
    /// ( [ and the like, as wide as they are drawn.
    WesternOpening,
    /// ) ] and the like.
    WesternClosing,
    /// , . ; : ! ? and other narrow marks.
    WesternMark,
    /// A word space (cl-26).
    WordSpace,
    /// 縱中橫: one box (cl-30).
    Combined,
}

use CharClass as K;

impl CharClass {
    /// How many classes there are.
    pub const COUNT: usize = K::Combined as usize + 1;

    /// The place in tables by class.
    #[must_use]
    pub const fn index(self) -> usize {
        self as usize
    }

    /// Whether the character belongs to Chinese or Japanese text, one em square unless a table
    /// says otherwise.
    #[must_use]
    pub const fn is_cjk(self) -> bool {
        (self as u8) < K::Digit as u8 && !matches!(self, K::Prefix | K::Suffix)
    }

    /// Whether the character is a wide punctuation mark.
    #[must_use]
    pub const fn is_mark(self) -> bool {
        (self as u8) <= K::Solidus as u8
    }

    /// Whether the character is set in Western words: letters, digits and narrow marks.
    #[must_use]
    pub const fn is_western(self) -> bool {
        matches!(
            self,
            K::Digit | K::Western | K::WesternOpening | K::WesternClosing | K::WesternMark
        )
    }
}

/// Ranges whose class is not what Unicode's data give: first, last, class; sorted.
///
/// Sources: clreq #categories_and_usage_of_punctuation_marks, jlreq appendix A (cl-01 … cl-13),
/// UAX #14 PR and PO.
const OVERRIDES: &[(u32, u32, CharClass)] = &[
    (0x0020, 0x0020, K::WordSpace),
    (0x0021, 0x0022, K::WesternMark),
    (0x0023, 0x0024, K::Prefix),
    (0x0025, 0x0025, K::Suffix),
    (0x0026, 0x0027, K::WesternMark),
    (0x0028, 0x0028, K::WesternOpening),
    (0x0029, 0x0029, K::WesternClosing),
    (0x002a, 0x002f, K::WesternMark),
    (0x0030, 0x0039, K::Digit),
    (0x003a, 0x0040, K::WesternMark),
    (0x0041, 0x005a, K::Western),
    (0x005b, 0x005b, K::WesternOpening),
    (0x005c, 0x005c, K::WesternMark),
    (0x005d, 0x005d, K::WesternClosing),
    (0x005e, 0x0060, K::WesternMark),
    (0x0061, 0x007a, K::Western),
    (0x007b, 0x007b, K::WesternOpening),
    (0x007c, 0x007c, K::WesternMark),
    (0x007d, 0x007d, K::WesternClosing),
    (0x007e, 0x007e, K::WesternMark),
    (0x00a0, 0x00a0, K::WordSpace),
    (0x00a2, 0x00a2, K::Suffix),
    (0x00a3, 0x00a3, K::Prefix),
    (0x00a5, 0x00a5, K::Prefix),
    (0x00b0, 0x00b0, K::Suffix),
    (0x00b1, 0x00b1, K::Prefix),
    (0x00b7, 0x00b7, K::Interpunct),
    (0x2010, 0x2011, K::WesternMark),
    (0x2013, 0x2013, K::HalfConnector),
    (0x2014, 0x2015, K::Dash),
    (0x2018, 0x2018, K::Opening),
    (0x2019, 0x2019, K::Closing),
    (0x201c, 0x201c, K::Opening),
    (0x201d, 0x201d, K::Closing),
    (0x2022, 0x2022, K::Interpunct),
    (0x2025, 0x2026, K::Leader),
    (0x2027, 0x2027, K::Interpunct),
    (0x2030, 0x2030, K::Suffix),
    (0x2032, 0x2033, K::Suffix),
    (0x203c, 0x203c, K::Dividing),
    (0x2047, 0x2049, K::Dividing),
    (0x2103, 0x2103, K::Suffix),
    (0x2109, 0x2109, K::Suffix),
    (0x2113, 0x2113, K::Suffix),
    (0x2116, 0x2116, K::Prefix),
    (0x2212, 0x2212, K::Prefix),
    (0x22ef, 0x22ef, K::Leader),
    (0x2985, 0x2985, K::Opening),
    (0x2986, 0x2986, K::Closing),
    (0x2e28, 0x2e28, K::Opening),
    (0x2e29, 0x2e29, K::Closing),
    (0x2e3a, 0x2e3b, K::Dash),
    (0x3000, 0x3000, K::WideSpace),
    (0x3001, 0x3001, K::Comma),
    (0x3002, 0x3002, K::FullStop),
    (0x3005, 0x3005, K::IdeographIteration),
    (0x3008, 0x3008, K::Opening),
    (0x3009, 0x3009, K::Closing),
    (0x300a, 0x300a, K::Opening),
    (0x300b, 0x300b, K::Closing),
    (0x300c, 0x300c, K::Opening),
    (0x300d, 0x300d, K::Closing),
    (0x300e, 0x300e, K::Opening),
    (0x300f, 0x300f, K::Closing),
    (0x3010, 0x3010, K::Opening),
    (0x3011, 0x3011, K::Closing),
    (0x3014, 0x3014, K::Opening),
    (0x3015, 0x3015, K::Closing),
    (0x3016, 0x3016, K::Opening),
    (0x3017, 0x3017, K::Closing),
    (0x3018, 0x3018, K::Opening),
    (0x3019, 0x3019, K::Closing),
    (0x301a, 0x301a, K::Opening),
    (0x301b, 0x301b, K::Closing),
    (0x301c, 0x301c, K::Connector),
    (0x301d, 0x301d, K::Opening),
    (0x301e, 0x301f, K::Closing),
    (0x3030, 0x3030, K::Connector),
    (0x3031, 0x3032, K::Ideograph),
    (0x3033, 0x3035, K::KanaRepeat),
    (0x303b, 0x303b, K::IdeographIteration),
    (0x303c, 0x303c, K::Iteration),
    (0x309b, 0x309e, K::Iteration),
    (0x30a0, 0x30a0, K::HalfConnector),
    (0x30fb, 0x30fb, K::MiddleDot),
    (0x30fc, 0x30fc, K::Prolonged),
    (0x30fd, 0x30fe, K::Iteration),
    (0x3303, 0x3303, K::Suffix),
    (0x330d, 0x330d, K::Suffix),
    (0x3314, 0x3314, K::Suffix),
    (0x3318, 0x3318, K::Suffix),
    (0x3322, 0x3327, K::Suffix),
    (0x332b, 0x332b, K::Suffix),
    (0x3336, 0x3336, K::Suffix),
    (0x333b, 0x333b, K::Suffix),
    (0x3349, 0x334d, K::Suffix),
    (0x3351, 0x3351, K::Suffix),
    (0x3357, 0x3357, K::Suffix),
    (0x338e, 0x33c4, K::Suffix),
    (0x33cb, 0x33cb, K::Suffix),
    (0xfe10, 0xfe11, K::Comma),
    (0xfe12, 0xfe12, K::FullStop),
    (0xfe13, 0xfe13, K::Colon),
    (0xfe14, 0xfe14, K::Semicolon),
    (0xfe15, 0xfe16, K::Dividing),
    (0xfe17, 0xfe17, K::Opening),
    (0xfe18, 0xfe18, K::Closing),
    (0xfe19, 0xfe19, K::Leader),
    (0xfe30, 0xfe30, K::Leader),
    (0xfe31, 0xfe31, K::Dash),
    (0xfe32, 0xfe32, K::HalfConnector),
    (0xfe35, 0xfe35, K::Opening),
    (0xfe36, 0xfe36, K::Closing),
    (0xfe37, 0xfe37, K::Opening),
    (0xfe38, 0xfe38, K::Closing),
    (0xfe39, 0xfe39, K::Opening),
    (0xfe3a, 0xfe3a, K::Closing),
    (0xfe3b, 0xfe3b, K::Opening),
    (0xfe3c, 0xfe3c, K::Closing),
    (0xfe3d, 0xfe3d, K::Opening),
    (0xfe3e, 0xfe3e, K::Closing),
    (0xfe3f, 0xfe3f, K::Opening),
    (0xfe40, 0xfe40, K::Closing),
    (0xfe41, 0xfe41, K::Opening),
    (0xfe42, 0xfe42, K::Closing),
    (0xfe43, 0xfe43, K::Opening),
    (0xfe44, 0xfe44, K::Closing),
    (0xfe47, 0xfe47, K::Opening),
    (0xfe48, 0xfe48, K::Closing),
    (0xfe50, 0xfe51, K::Comma),
    (0xfe52, 0xfe52, K::FullStop),
    (0xfe54, 0xfe54, K::Semicolon),
    (0xfe55, 0xfe55, K::Colon),
    (0xfe56, 0xfe57, K::Dividing),
    (0xfe58, 0xfe58, K::Dash),
    (0xfe59, 0xfe59, K::Opening),
    (0xfe5a, 0xfe5a, K::Closing),
    (0xfe5b, 0xfe5b, K::Opening),
    (0xfe5c, 0xfe5c, K::Closing),
    (0xfe5d, 0xfe5d, K::Opening),
    (0xfe5e, 0xfe5e, K::Closing),
    (0xfe69, 0xfe69, K::Prefix),
    (0xfe6a, 0xfe6a, K::Suffix),
    (0xff01, 0xff01, K::Dividing),
    (0xff04, 0xff04, K::Prefix),
    (0xff05, 0xff05, K::Suffix),
    (0xff08, 0xff08, K::Opening),
    (0xff09, 0xff09, K::Closing),
    (0xff0c, 0xff0c, K::Comma),
    (0xff0d, 0xff0d, K::Connector),
    (0xff0e, 0xff0e, K::FullStop),
    (0xff0f, 0xff0f, K::Solidus),
    (0xff1a, 0xff1a, K::Colon),
    (0xff1b, 0xff1b, K::Semicolon),
    (0xff1f, 0xff1f, K::Dividing),
    (0xff3b, 0xff3b, K::Opening),
    (0xff3d, 0xff3d, K::Closing),
    (0xff5b, 0xff5b, K::Opening),
    (0xff5d, 0xff5d, K::Closing),
    (0xff5e, 0xff5e, K::Connector),
    (0xff5f, 0xff5f, K::Opening),
    (0xff60, 0xff60, K::Closing),
    (0xff61, 0xff61, K::FullStop),
    (0xff62, 0xff62, K::Opening),
    (0xff63, 0xff63, K::Closing),
    (0xff64, 0xff64, K::Comma),
    (0xff65, 0xff65, K::MiddleDot),
    (0xff67, 0xff6f, K::SmallKana),
    (0xff70, 0xff70, K::Prolonged),
    (0xff9e, 0xff9f, K::Iteration),
    (0xffe0, 0xffe0, K::Suffix),
    (0xffe1, 0xffe1, K::Prefix),
    (0xffe5, 0xffe6, K::Prefix),
    (0x1b132, 0x1b132, K::SmallKana),
    (0x1b150, 0x1b152, K::SmallKana),
    (0x1b155, 0x1b155, K::SmallKana),
    (0x1b164, 0x1b167, K::SmallKana),
];

/// The class of a character of Chinese or Japanese text, without regard to its neighbours.
///
/// ```
/// use banxin::rules::class::{CharClass, class_of};
/// assert_eq!(class_of('「'), CharClass::Opening);
/// assert_eq!(class_of('版'), CharClass::Ideograph);
/// ```
#[must_use]
pub fn class_of(c: char) -> CharClass {
    let code = c as u32;
    if matches!(code, 0x4e00..=0x9fff | 0x3400..=0x4dbf | 0x20000..=0x3ffff | 0xac00..=0xd7a3) {
        return K::Ideograph;
    }
    overridden(code).unwrap_or_else(|| derived(c))
}

/// The overrides of the blocks of Western text, of marks and of kana, laid out by character.
static LOW: [Option<CharClass>; 0x3400] = laid_out(0);
/// The same of the compatibility, small and full-width forms.
static FORMS: [Option<CharClass>; 0x200] = laid_out(FORMS_FROM);
const FORMS_FROM: u32 = 0xfe00;

const fn laid_out<const COUNT: usize>(from: u32) -> [Option<CharClass>; COUNT] {
    let mut table = [None; COUNT];
    let mut row = 0;
    while row < OVERRIDES.len() {
        let (first, last, class) = OVERRIDES[row];
        let mut code = first;
        while code <= last {
            if code >= from && ((code - from) as usize) < COUNT {
                table[(code - from) as usize] = Some(class);
            }
            code += 1;
        }
        row += 1;
    }
    table
}

/// The class that the overrides give.
fn overridden(code: u32) -> Option<CharClass> {
    if let Some(class) = LOW.get(code as usize) {
        return *class;
    }
    let form = code.checked_sub(FORMS_FROM);
    if let Some(class) = form.and_then(|code| FORMS.get(code as usize)) {
        return *class;
    }
    let row = OVERRIDES.partition_point(|&(_, last, _)| last < code);
    let (first, _, class) = OVERRIDES.get(row)?;
    (*first <= code).then_some(*class)
}

/// The class that Unicode's data give.
fn derived(c: char) -> CharClass {
    let line_break = CodePointMapData::<LineBreak>::new().get(c);
    // Han and kana, most of what is asked for.
    if line_break == LineBreak::Ideographic {
        return K::Ideograph;
    }
    let wide = is_wide(c);
    match line_break {
        LineBreak::EBase
        | LineBreak::EModifier
        | LineBreak::H2
        | LineBreak::H3
        | LineBreak::JL
        | LineBreak::JV
        | LineBreak::JT
        | LineBreak::Ambiguous => K::Ideograph,
        LineBreak::ConditionalJapaneseStarter => K::SmallKana,
        LineBreak::Nonstarter => K::Iteration,
        LineBreak::OpenPunctuation if wide => K::Opening,
        LineBreak::OpenPunctuation => K::WesternOpening,
        LineBreak::ClosePunctuation if wide => K::Closing,
        LineBreak::ClosePunctuation | LineBreak::CloseParenthesis => K::WesternClosing,
        LineBreak::Exclamation if wide => K::Dividing,
        LineBreak::Numeric => K::Digit,
        LineBreak::PrefixNumeric => K::Prefix,
        LineBreak::PostfixNumeric => K::Suffix,
        LineBreak::Inseparable => K::Leader,
        LineBreak::Space => K::WordSpace,
        LineBreak::BreakAfter if c.is_whitespace() => K::WordSpace,
        LineBreak::Alphabetic | LineBreak::RegionalIndicator
            if wide
                || CodePointMapData::<VerticalOrientation>::new().get(c)
                    != VerticalOrientation::Rotated
                    && !c.is_alphabetic() =>
        {
            K::Ideograph
        }
        LineBreak::Exclamation
        | LineBreak::InfixNumeric
        | LineBreak::BreakSymbols
        | LineBreak::BreakAfter
        | LineBreak::BreakBefore
        | LineBreak::BreakBoth
        | LineBreak::Quotation
        | LineBreak::Hyphen => K::WesternMark,
        _ if wide => K::Ideograph,
        _ => K::Western,
    }
}

/// Whether Unicode calls the character wide or full-width (UAX #11).
#[must_use]
pub fn is_wide(c: char) -> bool {
    matches!(
        CodePointMapData::<EastAsianWidth>::new().get(c),
        EastAsianWidth::Wide | EastAsianWidth::Fullwidth
    )
}

/// Whether the character is part of the one before it: combining marks, joiners, variation
/// selectors and other characters without a cell of their own.
#[must_use]
pub fn is_attached(c: char) -> bool {
    if c < '\u{300}' {
        return matches!(c, '\u{0}'..='\u{8}' | '\u{e}'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{ad}');
    }
    if matches!(c, '\u{2e80}'..='\u{3029}' | '\u{3030}'..='\u{3098}' | '\u{309b}'..='\u{d7ff}') {
        // Of the wide planes only 302A–302F and 3099–309A are left out here: a quick way for Han
        // and kana; the few marks inside are of scripts set in words.
        return matches!(c, '\u{a66f}'..='\u{abff}')
            && CodePointMapData::<LineBreak>::new().get(c) == LineBreak::CombiningMark;
    }
    matches!(
        CodePointMapData::<LineBreak>::new().get(c),
        LineBreak::CombiningMark | LineBreak::ZWJ | LineBreak::ZWSpace | LineBreak::WordJoiner
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn overrides_are_sorted_and_apart() {
        for pair in OVERRIDES.windows(2) {
            assert!(pair[0].1 < pair[1].0, "{:x} {:x}", pair[0].1, pair[1].0);
        }
        assert!(OVERRIDES.iter().all(|&(first, last, _)| first <= last));
    }

    #[test]
    fn tables_by_character_tell_what_the_ranges_tell() {
        for code in 0..0x2_0000 {
            let rows = OVERRIDES.iter();
            let row = rows.rev().find(|row| (row.0..=row.1).contains(&code));
            assert_eq!(overridden(code), row.map(|row| row.2), "U+{code:04X}");
        }
    }

    #[test]
    fn classes_of_single_characters() {
        let rows = [
            ("「（《〔【﹁", K::Opening),
            ("」）》〕】﹂", K::Closing),
            ("、，", K::Comma),
            ("。．", K::FullStop),
            ("！？‼", K::Dividing),
            ("—―⸺⸻︱", K::Dash),
            ("…‥⋯︙", K::Leader),
            ("～〜－〰", K::Connector),
            ("–゠", K::HalfConnector),
            ("ぁァㇰっ", K::SmallKana),
            (
                "版あア〇ㄅ①■＋ＡＢ１가😀々"[..].trim_end_matches('々'),
                K::Ideograph,
            ),
            ("々〻", K::IdeographIteration),
            ("ゝヾ゛", K::Iteration),
            ("％℃㎏", K::Suffix),
            ("￥$№", K::Prefix),
            ("abéΑЯ", K::Western),
            ("0９"[..1].trim(), K::Digit),
            (",.:;!?/-", K::WesternMark),
        ];
        for (text, class) in rows {
            for c in text.chars() {
                assert_eq!(class_of(c), class, "{c} U+{:04X}", c as u32);
            }
        }
    }

    #[test]
    fn attached_characters_have_no_cell() {
        for c in [
            '\u{301}',
            '\u{fe0f}',
            '\u{e0100}',
            '\u{200d}',
            '\u{200b}',
            '\u{ad}',
            '\u{3099}',
        ] {
            assert!(is_attached(c), "U+{:04X}", c as u32);
        }
        for c in ['a', '版', '\u{3000}', '、', 'が', '😀'] {
            assert!(!is_attached(c), "U+{:04X}", c as u32);
        }
    }
}
