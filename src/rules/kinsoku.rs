//! What may not start a line, what may not end one, and what may not part.

use crate::model::Tradition;
use crate::model::style::Kinsoku;

use super::class::CharClass as K;

/// A level of prohibition: what is kept from the head and from the end of a line.
#[derive(Debug, Clone, Copy)]
struct Level {
    /// Classes that never start a line.
    head: &'static [K],
    /// Classes that never end a line.
    end: &'static [K],
    /// When a unit (PO) is kept from the head.
    suffix: Bound,
    /// When a currency or number sign (PR) is kept from the end.
    prefix: Bound,
    /// Classes of which two of a kind may part.
    parting: &'static [K],
}

/// How firmly a sign of a number is kept with its neighbour, spaces apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Bound {
    /// Not at all, not even to a number.
    Free,
    /// To a number only.
    Number,
    /// To a number, to Han and kana (UAX #14 LB23a, LB25).
    Text,
    /// At every line edge; the per cent sign as [`Bound::Number`].
    Edge,
}

/// Closing marks, commas and stops, which no level but `none` lets start a line.
const CLOSERS: &[K] = &[K::Closing, K::Comma, K::FullStop];

/// Newspapers in Japan: pairs of cl-08 may part, signs of numbers are free.
const VERY_LOOSE: Level = Level {
    head: CLOSERS,
    end: &[K::Opening],
    suffix: Bound::Free,
    prefix: Bound::Free,
    parting: &[K::Dash, K::Leader, K::KanaRepeat],
};
/// clreq #prohibition_rules_for_line_start_end, basic.
const BASIC: Level = Level {
    head: &[
        K::Closing,
        K::Comma,
        K::FullStop,
        K::Colon,
        K::Semicolon,
        K::Dividing,
        K::MiddleDot,
        K::Interpunct,
        K::Connector,
        K::HalfConnector,
        K::ShortConnector,
        K::Solidus,
    ],
    end: &[K::Opening],
    suffix: Bound::Text,
    prefix: Bound::Text,
    parting: &[],
};
/// clreq, after GB/T 15834 §5.1.
const GB: Level = Level {
    end: &[K::Opening, K::Solidus],
    ..BASIC
};
/// clreq, strict; 々 and its like are kept off the head too (composition rules §6.1).
const ZH_STRICT: Level = Level {
    head: &[
        K::Closing,
        K::Comma,
        K::FullStop,
        K::Colon,
        K::Semicolon,
        K::Dividing,
        K::MiddleDot,
        K::Interpunct,
        K::Connector,
        K::HalfConnector,
        K::ShortConnector,
        K::Solidus,
        K::Dash,
        K::Leader,
        K::IdeographIteration,
        K::Iteration,
    ],
    ..GB
};
/// jlreq #possibilities_for_line_breaking, loose.
const JA_LOOSE: Level = Level {
    head: &[
        K::Closing,
        K::FullStop,
        K::Comma,
        K::Dividing,
        K::Colon,
        K::Semicolon,
        K::Iteration,
    ],
    end: &[K::Opening],
    suffix: Bound::Edge,
    prefix: Bound::Number,
    parting: &[K::Leader],
};
/// jlreq, strict.
const JA_STRICT: Level = Level {
    head: &[
        K::Closing,
        K::Connector,
        K::HalfConnector,
        K::ShortConnector,
        K::Dividing,
        K::MiddleDot,
        K::Interpunct,
        K::Colon,
        K::Semicolon,
        K::FullStop,
        K::Comma,
        K::Iteration,
    ],
    end: &[K::Opening],
    suffix: Bound::Text,
    prefix: Bound::Text,
    parting: &[],
};
/// jlreq, very strict.
const JA_VERY_STRICT: Level = Level {
    head: &[
        K::Closing,
        K::Connector,
        K::HalfConnector,
        K::ShortConnector,
        K::Dividing,
        K::MiddleDot,
        K::Interpunct,
        K::Colon,
        K::Semicolon,
        K::FullStop,
        K::Comma,
        K::Iteration,
        K::IdeographIteration,
        K::Prolonged,
        K::SmallKana,
    ],
    ..JA_STRICT
};
const NOTHING: Level = Level {
    head: &[],
    end: &[],
    suffix: Bound::Number,
    prefix: Bound::Number,
    parting: &[],
};

const fn level(kinsoku: Kinsoku, tradition: Tradition) -> Level {
    match (kinsoku, tradition) {
        (Kinsoku::None, _) => NOTHING,
        (Kinsoku::Basic, _) => BASIC,
        (Kinsoku::Gb, _) => GB,
        (Kinsoku::Strict, Tradition::Japan) => JA_STRICT,
        (Kinsoku::Strict, _) => ZH_STRICT,
        (Kinsoku::VeryLoose, _) => VERY_LOOSE,
        (Kinsoku::Loose, _) => JA_LOOSE,
        (Kinsoku::VeryStrict, _) => JA_VERY_STRICT,
    }
}

/// Whether a class may not start a line (composition rules §6.1). The first line of a paragraph
/// is never concerned.
///
/// ```
/// use banxin::model::{Tradition, style::Kinsoku};
/// use banxin::rules::{class::CharClass, kinsoku};
/// assert!(kinsoku::forbids_head(CharClass::Comma, Kinsoku::Basic, Tradition::HongKong));
/// ```
#[must_use]
pub fn forbids_head(class: K, kinsoku: Kinsoku, tradition: Tradition) -> bool {
    level(kinsoku, tradition).head.contains(&class)
}

/// Whether a class may not end a line.
#[must_use]
pub fn forbids_end(class: K, kinsoku: Kinsoku, tradition: Tradition) -> bool {
    level(kinsoku, tradition).end.contains(&class)
}

/// Whether a sign of a number is kept with its neighbour where no space stands between them: a
/// unit from the head of a line after `a`, a currency sign from the end of one before `b`
/// (composition rules §6.1, UAX #14 LB23a and LB25). `a` and `b` are characters with their
/// classes.
#[must_use]
pub fn binds(a: (char, K), b: (char, K), (kinsoku, tradition): (Kinsoku, Tradition)) -> bool {
    let level = level(kinsoku, tradition);
    let text = |k: K| {
        matches!(
            k,
            K::Ideograph | K::Western | K::SmallKana | K::Prolonged | K::Iteration
        ) || k == K::IdeographIteration
    };
    let held = |bound: Bound, other: (char, K), sign: char| match bound {
        Bound::Free => false,
        Bound::Number => is_number(other),
        Bound::Text => is_number(other) || text(other.1),
        Bound::Edge => is_number(other) || !matches!(sign, '%' | '％'),
    };
    b.1 == K::Suffix && held(level.suffix, a, b.0) || a.1 == K::Prefix && held(level.prefix, b, a.0)
}

/// Whether a character is part of a number: digits of any width, and Han numerals.
#[must_use]
pub fn is_number((c, class): (char, K)) -> bool {
    matches!(class, K::Digit | K::Combined)
        || class == K::Ideograph && (matches!(c, '０'..='９') || is_han_digit(c))
}

/// Han numerals and the powers of ten among them.
const fn is_han_digit(c: char) -> bool {
    matches!(
        c,
        '〇' | '零'
            | '一'
            | '二'
            | '三'
            | '四'
            | '五'
            | '六'
            | '七'
            | '八'
            | '九'
            | '十'
            | '百'
            | '千'
            | '萬'
            | '万'
            | '億'
            | '亿'
    )
}

/// Whether `mark` parts two Han numerals and stays with the one before it, at every level
/// (composition rules §6.3: 二、三 and 三・五).
#[must_use]
pub const fn parts_numerals(before: char, mark: char, after: char) -> bool {
    matches!(mark, '、' | '・' | '·') && is_han_digit(before) && is_han_digit(after)
}

/// Symbols of units that stay with the number before them, a word space between (composition
/// rules §6.3; SI, and what prose adds to it); sorted.
const UNITS: &[&str] = &[
    "A", "B", "Bq", "C", "F", "GB", "GHz", "GPa", "GW", "GWh", "Gbps", "GiB", "Gy", "H", "Hz", "J",
    "K", "KB", "KiB", "L", "MB", "MHz", "MPa", "MW", "MWh", "Mbps", "MiB", "MΩ", "N", "PB", "Pa",
    "Sv", "T", "TB", "TW", "TWh", "TiB", "V", "VA", "W", "Wb", "Wh", "bit", "bps", "cal", "cd",
    "cl", "cm", "cm²", "cm³", "dB", "dBA", "dl", "dm", "dpi", "eV", "em", "fps", "ft", "g", "h",
    "hPa", "ha", "hr", "kB", "kHz", "kJ", "kPa", "kV", "kW", "kWh", "kbps", "kcal", "kg", "kl",
    "km", "km²", "kn", "kt", "kΩ", "l", "lb", "lm", "lx", "m", "mA", "mAh", "mL", "mSv", "mV",
    "mW", "mg", "mi", "min", "ml", "mm", "mmHg", "mm²", "mol", "mph", "ms", "m²", "m³", "nm", "ns",
    "oz", "pH", "pc", "pm", "ppb", "ppm", "psi", "pt", "px", "rad", "rpm", "s", "sr", "t", "yd",
    "°C", "°F", "µg", "µm", "µs", "Ω", "μg", "μm", "μs", "℃", "℉",
];

/// Whether a word is the symbol of a unit, as `km` after a number.
#[must_use]
pub fn is_unit(word: &str) -> bool {
    UNITS.binary_search(&word).is_ok()
}

/// Units and counters that stay with the number before them (composition rules §10.5, row 8);
/// sorted.
const COUNTERS: &[char] = &[
    '万', '个', '亩', '人', '亿', '件', '位', '個', '倍', '億', '元', '兆', '克', '円', '冊', '册',
    '分', '千', '卷', '厘', '只', '号', '名', '吨', '噸', '回', '场', '块', '場', '塊', '天', '家',
    '层', '屆', '届', '層', '岁', '年', '度', '座', '张', '張', '成', '所', '折', '斤', '日', '时',
    '時', '月', '期', '本', '条', '條', '楼', '樓', '次', '歲', '点', '版', '畝', '百', '秒', '章',
    '節', '米', '級', '级', '节', '萬', '號', '週', '部', '間', '间', '隻', '頁', '項', '页', '项',
    '點',
];

/// Whether a character counts or measures the number before it.
#[must_use]
pub fn is_counter(c: char) -> bool {
    COUNTERS.binary_search(&c).is_ok()
}

/// Whether two neighbours never part (composition rules §6.3): no break and no stretching between
/// them. `a` and `b` are characters with their classes. Only the loose levels of Japan let some
/// pairs part.
#[must_use]
pub fn inseparable(a: (char, K), b: (char, K), (kinsoku, tradition): (Kinsoku, Tradition)) -> bool {
    let level = || level(kinsoku, tradition);
    match (a.1, b.1) {
        (K::Dash, K::Dash) | (K::Leader, K::Leader) => {
            a.0 == b.0 && !level().parting.contains(&a.1)
        }
        (K::KanaRepeat, K::KanaRepeat) => b.0 == '〵' && !level().parting.contains(&a.1),
        (K::Prefix, K::Digit | K::Combined) => level().prefix != Bound::Free,
        (K::Digit | K::Combined, K::Suffix) => level().suffix != Bound::Free,
        (K::Digit, K::Digit) => true,
        (K::Digit | K::Combined, K::Ideograph) => is_counter(b.0),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn levels_grow_stricter() {
        let order = [NOTHING, VERY_LOOSE, BASIC, GB, ZH_STRICT];
        for pair in order.windows(2) {
            assert!(pair[0].head.iter().all(|k| pair[1].head.contains(k)));
            assert!(pair[0].end.iter().all(|k| pair[1].end.contains(k)));
        }
        let order = [VERY_LOOSE, JA_LOOSE, JA_STRICT, JA_VERY_STRICT];
        for pair in order.windows(2) {
            assert!(pair[0].head.iter().all(|k| pair[1].head.contains(k)));
        }
    }

    #[test]
    fn closing_marks_never_start_a_line() {
        for (_, kinsoku) in Kinsoku::VALUES {
            for tradition in [Tradition::HongKong, Tradition::Mainland, Tradition::Japan] {
                let expected = *kinsoku != Kinsoku::None;
                for class in [K::Closing, K::Comma, K::FullStop] {
                    assert_eq!(forbids_head(class, *kinsoku, tradition), expected);
                }
                assert_eq!(forbids_end(K::Opening, *kinsoku, tradition), expected);
            }
        }
    }

    #[test]
    fn counters_are_sorted() {
        assert!(COUNTERS.is_sorted());
    }

    #[test]
    fn units_are_sorted() {
        assert!(UNITS.is_sorted());
        assert!(is_unit("km") && is_unit("°C") && !is_unit("kilometre"));
    }

    const HK: (Kinsoku, Tradition) = (Kinsoku::Basic, Tradition::HongKong);

    #[test]
    fn numbers_keep_their_units() {
        assert!(inseparable(('6', K::Digit), ('月', K::Ideograph), HK));
        assert!(!inseparable(('6', K::Digit), ('版', K::Closing), HK));
        assert!(inseparable(('—', K::Dash), ('—', K::Dash), HK));
        assert!(!inseparable(('—', K::Dash), ('…', K::Leader), HK));
    }

    #[test]
    fn loose_levels_part_pairs_and_signs() {
        let pair = |c, k, level| inseparable((c, k), (c, k), (level, Tradition::Japan));
        assert!(!pair('—', K::Dash, Kinsoku::VeryLoose));
        assert!(!pair('…', K::Leader, Kinsoku::Loose));
        assert!(pair('—', K::Dash, Kinsoku::Loose));
        assert!(pair('…', K::Leader, Kinsoku::Strict));
        let binds = |a, b, level| binds(a, b, (level, Tradition::Japan));
        let (five, yen) = (('5', K::Digit), ('￥', K::Prefix));
        let (per_cent, degree) = (('％', K::Suffix), ('℃', K::Suffix));
        let (kana, stop) = (('の', K::Ideograph), ('。', K::FullStop));
        assert!(!binds(five, per_cent, Kinsoku::VeryLoose));
        assert!(!binds(yen, five, Kinsoku::VeryLoose));
        assert!(binds(five, per_cent, Kinsoku::Loose));
        assert!(!binds(kana, per_cent, Kinsoku::Loose));
        assert!(binds(stop, degree, Kinsoku::Loose));
        assert!(!binds(stop, degree, Kinsoku::Strict));
        assert!(binds(('五', K::Ideograph), per_cent, Kinsoku::Strict));
    }

    #[test]
    fn numerals_keep_their_separator() {
        assert!(parts_numerals('二', '、', '三'));
        assert!(!parts_numerals('人', '、', '三'));
    }
}
