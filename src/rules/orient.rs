//! How one character stands in a vertical line: UAX #50, and what traditions set over it.

use icu_properties::CodePointMapData;
use icu_properties::props::VerticalOrientation;

use crate::model::Tradition;

/// How one character of Chinese or Japanese text stands in a vertical line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Stand {
    /// Upright, with the face's vertical alternate where it has one.
    Upright,
    /// With the face's vertical alternate; turned where it has none, its ink on the line's axis.
    AlternateOrTurned,
    /// Upright as in horizontal text: no alternate is taken.
    Plain,
    /// Turned.
    Turned,
}

use Stand::{AlternateOrTurned as T, Plain as P, Upright as U};

/// Characters that do not stand as UAX #50 has them: first, last, and how they stand in Hong Kong
/// and Taiwan, on the Mainland, in Japan; sorted.
///
/// Sources: clreq #vertical_writing_mode and #positioning_of_punctuation_marks, jlreq
/// #directional_factors, GB/T 15834 §5.2; composition rules §10.2. Forms for vertical lines
/// (U+FE10–FE48) are upright by Unicode's own data.
#[rustfmt::skip]
const OVERRIDES: &[(char, char, [Stand; 3])] = &[
    //                      HK TW  CN  JP
    ('\u{b7}',   '\u{b7}',   [P, P, P]), // · an interpunct, in the middle of its cell
    ('\u{2010}', '\u{2010}', [T, T, T]), // ‐
    ('\u{2013}', '\u{2015}', [T, T, T]), // – — ―
    ('\u{2022}', '\u{2022}', [P, P, P]), // • between the parts of a name
    ('\u{2025}', '\u{2026}', [T, T, T]), // ‥ …
    ('\u{2027}', '\u{2027}', [P, P, P]), // ‧
    ('\u{22ef}', '\u{22ef}', [T, T, T]), // ⋯
    ('\u{2e3a}', '\u{2e3b}', [T, T, T]), // ⸺ ⸻
    ('\u{3127}', '\u{3127}', [P, T, U]), // ㄧ lies in Taiwan and Hong Kong, stands on the Mainland
    ('\u{ff01}', '\u{ff01}', [P, U, U]), // ！
    ('\u{ff0d}', '\u{ff0d}', [T, T, T]), // －
    ('\u{ff0f}', '\u{ff0f}', [P, T, U]), // ／ half an em on the Mainland
    ('\u{ff1a}', '\u{ff1a}', [P, U, T]), // ：
    ('\u{ff1b}', '\u{ff1b}', [P, U, P]), // ；
    ('\u{ff1f}', '\u{ff1f}', [P, U, U]), // ？
];

/// How a character stands (composition rules §10.1, §10.2).
///
/// ```
/// use banxin::model::Tradition;
/// use banxin::rules::orient::{Stand, stand};
/// assert_eq!(stand('版', Tradition::HongKong), Stand::Upright);
/// assert_eq!(stand('—', Tradition::HongKong), Stand::AlternateOrTurned);
/// assert_eq!(stand('：', Tradition::Taiwan), Stand::Plain);
/// ```
#[must_use]
pub fn stand(c: char, tradition: Tradition) -> Stand {
    // Most of a text.
    if matches!(c, '\u{4e00}'..='\u{9fff}' | '\u{3041}'..='\u{3096}') {
        return Stand::Upright;
    }
    let row = OVERRIDES.partition_point(|row| row.1 < c);
    if let Some((first, _, stands)) = OVERRIDES.get(row)
        && *first <= c
    {
        return stands[column(tradition)];
    }
    by_unicode(c)
}

const fn column(tradition: Tradition) -> usize {
    match tradition {
        Tradition::HongKong | Tradition::Taiwan => 0,
        Tradition::Mainland => 1,
        Tradition::Japan => 2,
    }
}

/// How Unicode has it stand (UAX #50).
fn by_unicode(c: char) -> Stand {
    match CodePointMapData::<VerticalOrientation>::new().get(c) {
        VerticalOrientation::TransformedRotated => Stand::AlternateOrTurned,
        VerticalOrientation::Rotated => Stand::Turned,
        _ => Stand::Upright,
    }
}

/// What is drawn for a curly quote in a vertical line where the house wants corner brackets
/// (`vertical-quotes = "corner"`, composition rules §10.2); the text keeps the quote.
///
/// ```
/// use banxin::model::Tradition;
/// use banxin::rules::orient::corner_quote;
/// assert_eq!(corner_quote('“', Tradition::HongKong), Some('「'));
/// assert_eq!(corner_quote('“', Tradition::Mainland), Some('『'));
/// ```
#[must_use]
pub const fn corner_quote(c: char, tradition: Tradition) -> Option<char> {
    // The Mainland sets the double ones outside (GB/T 15834 §5.2.3).
    let mainland = matches!(tradition, Tradition::Mainland);
    match c {
        '“' => Some(if mainland { '『' } else { '「' }),
        '”' => Some(if mainland { '』' } else { '」' }),
        '‘' => Some(if mainland { '「' } else { '『' }),
        '’' => Some(if mainland { '」' } else { '』' }),
        _ => None,
    }
}

/// What is drawn for a character that stands upright in a cell of its own: the full-width form of
/// a Western one, ・ for the point of a stacked decimal (composition rules §10.3, §10.5). The text
/// keeps what was typed.
///
/// ```
/// use banxin::rules::orient::full_width;
/// assert_eq!(full_width('G'), Some('Ｇ'));
/// assert_eq!(full_width('é'), None);
/// ```
#[must_use]
pub fn full_width(c: char) -> Option<char> {
    match c {
        '.' => Some('・'),
        '!'..='~' => char::from_u32(u32::from(c) + 0xfee0),
        _ => None,
    }
}

/// Signs of two characters that are drawn as one where they stand upright after a number
/// (composition rules §10.5).
///
/// ```
/// assert_eq!(banxin::rules::orient::one_sign("°C"), Some('℃'));
/// ```
#[must_use]
pub fn one_sign(text: &str) -> Option<char> {
    match text {
        "°C" => Some('℃'),
        "°F" => Some('℉'),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use icu_properties::props::GeneralCategory;

    use super::*;

    /// The watch lists of composition rules §10.1, by UAX #50's values.
    const WATCH: &[(VerticalOrientation, &[(u32, u32)])] = &[
        (
            VerticalOrientation::TransformedRotated,
            &[
                (0x2018, 0x2019),
                (0x201c, 0x201d),
                (0x2329, 0x232a),
                (0x3008, 0x3011),
                (0x3014, 0x301f),
                (0x3030, 0x3030),
                (0x30a0, 0x30a0),
                (0x30fc, 0x30fc),
                (0xfe59, 0xfe5e),
                (0xff08, 0xff09),
                (0xff1a, 0xff1b),
                (0xff3b, 0xff3b),
                (0xff3d, 0xff3d),
                (0xff3f, 0xff3f),
                (0xff5b, 0xff60),
                (0xffe3, 0xffe3),
            ],
        ),
        (
            VerticalOrientation::TransformedUpright,
            &[
                (0x3001, 0x3002),
                (0x3041, 0x3041),
                (0x3043, 0x3043),
                (0x3045, 0x3045),
                (0x3047, 0x3047),
                (0x3049, 0x3049),
                (0x3063, 0x3063),
                (0x3083, 0x3083),
                (0x3085, 0x3085),
                (0x3087, 0x3087),
                (0x308e, 0x308e),
                (0x3095, 0x3096),
                (0x309b, 0x309c),
                (0x30a1, 0x30a1),
                (0x30a3, 0x30a3),
                (0x30a5, 0x30a5),
                (0x30a7, 0x30a7),
                (0x30a9, 0x30a9),
                (0x30c3, 0x30c3),
                (0x30e3, 0x30e3),
                (0x30e5, 0x30e5),
                (0x30e7, 0x30e7),
                (0x30ee, 0x30ee),
                (0x30f5, 0x30f6),
                (0x3127, 0x3127),
                (0x31b4, 0x31b7),
                (0x31bb, 0x31bb),
                (0x31f0, 0x31ff),
                (0x32ff, 0x32ff),
                (0x3300, 0x3357),
                (0x337b, 0x337f),
                (0xfe50, 0xfe52),
                (0xff01, 0xff01),
                (0xff0c, 0xff0c),
                (0xff0e, 0xff0e),
                (0xff1f, 0xff1f),
                (0x1b132, 0x1b132),
                (0x1b150, 0x1b152),
                (0x1b155, 0x1b155),
                (0x1b164, 0x1b168),
                (0x1f200, 0x1f201),
            ],
        ),
        (
            VerticalOrientation::Rotated,
            &[
                (0x20, 0x7e),
                (0xb0, 0xb0),
                (0xb7, 0xb7),
                (0xc0, 0xd6),
                (0xd8, 0xf6),
                (0xf8, 0x2e9),
                (0x370, 0x52f),
                (0x2010, 0x2015),
                (0x2025, 0x2027),
                (0x2190, 0x21ff),
                (0x2212, 0x2212),
                (0x22ef, 0x22ef),
                (0x2500, 0x257f),
                (0x2e3a, 0x2e3b),
                (0xff0d, 0xff0d),
                (0xff1c, 0xff1e),
                (0xff61, 0xffdc),
            ],
        ),
        (
            VerticalOrientation::Upright,
            &[
                (0xa7, 0xa7),
                (0xa9, 0xa9),
                (0xae, 0xae),
                (0xb1, 0xb1),
                (0xbc, 0xbe),
                (0xd7, 0xd7),
                (0xf7, 0xf7),
                (0x2016, 0x2016),
                (0x2020, 0x2021),
                (0x2030, 0x2031),
                (0x203b, 0x203c),
                (0x2042, 0x2042),
                (0x2047, 0x2049),
                (0x2051, 0x2051),
                (0x2103, 0x2103),
                (0x2116, 0x2116),
                (0x2460, 0x24ff),
                (0x25a0, 0x2619),
                (0x266a, 0x266a),
                (0x3000, 0x3000),
                (0x3003, 0x3007),
                (0x3012, 0x3013),
                (0x3020, 0x302f),
                (0x3031, 0x3037),
                (0x30fb, 0x30fb),
                (0x3105, 0x3126),
                (0x3400, 0x4dbf),
                (0x4e00, 0x9fff),
                (0xac00, 0xd7a3),
                (0xf900, 0xfaff),
                (0xff04, 0xff05),
                (0xff0f, 0xff19),
                (0xff21, 0xff3a),
                (0xff3c, 0xff3c),
                (0xff3e, 0xff3e),
                (0xff40, 0xff5a),
                (0xffe5, 0xffe5),
                (0x1f300, 0x1f64f),
                (0x20000, 0x2a6df),
            ],
        ),
    ];

    /// Where Unicode's data are not what the watch lists say.
    const DIFFERENCES: &[(u32, VerticalOrientation)] = &[];

    #[test]
    fn overrides_are_sorted_and_apart() {
        for pair in OVERRIDES.windows(2) {
            assert!(pair[0].1 < pair[1].0, "{:?}", pair[1].0);
        }
    }

    #[test]
    fn watch_lists_are_unicodes() {
        let orientation = CodePointMapData::<VerticalOrientation>::new();
        let category = CodePointMapData::<GeneralCategory>::new();
        let mut found = Vec::new();
        for (expected, ranges) in WATCH {
            for c in ranges.iter().flat_map(|&(first, last)| first..=last) {
                let Some(c) = char::from_u32(c) else {
                    continue;
                };
                let value = orientation.get(c);
                if category.get(c) != GeneralCategory::Unassigned && value != *expected {
                    found.push((u32::from(c), value));
                }
            }
        }
        assert_eq!(found, DIFFERENCES);
    }

    #[test]
    fn every_character_stands_as_unicode_or_an_override_has_it() {
        let category = CodePointMapData::<GeneralCategory>::new();
        for c in
            ('\u{20}'..='\u{2ffff}').filter(|c| category.get(*c) != GeneralCategory::Unassigned)
        {
            let row = OVERRIDES.iter().find(|row| (row.0..=row.1).contains(&c));
            for (i, tradition) in [Tradition::HongKong, Tradition::Mainland, Tradition::Japan]
                .into_iter()
                .enumerate()
            {
                let found = stand(c, tradition);
                match row {
                    Some(row) => assert_eq!(found, row.2[i], "{c}"),
                    None => match CodePointMapData::<VerticalOrientation>::new().get(c) {
                        VerticalOrientation::Rotated => assert_eq!(found, Stand::Turned, "{c}"),
                        VerticalOrientation::TransformedRotated => {
                            assert_eq!(found, Stand::AlternateOrTurned, "{c}");
                        }
                        _ => assert_eq!(found, Stand::Upright, "{c}"),
                    },
                }
            }
        }
    }

    #[test]
    fn forms_for_vertical_lines_stay_upright() {
        for c in "︐︑︒︓︔︕︖︗︘︙︱︲︵︶︷︸︹︺︻︼︽︾︿﹀﹁﹂﹃﹄﹇﹈".chars()
        {
            assert_eq!(stand(c, Tradition::HongKong), Stand::Upright, "{c}");
        }
    }

    #[test]
    fn traditions_differ() {
        let rows = [
            ('：', [P, P, U, T]),
            ('；', [P, P, U, P]),
            ('！', [P, P, U, U]),
            ('ㄧ', [P, P, T, U]),
            ('→', [Stand::Turned; 4]),
            ('ー', [T; 4]),
            ('～', [T; 4]),
            ('“', [T; 4]),
        ];
        let traditions = [
            Tradition::HongKong,
            Tradition::Taiwan,
            Tradition::Mainland,
            Tradition::Japan,
        ];
        for (c, stands) in rows {
            assert_eq!(traditions.map(|t| stand(c, t)), stands, "{c}");
        }
    }
}
