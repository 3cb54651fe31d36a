//! What may not start a line, what may not end one, and what may not part.

use crate::model::Tradition;
use crate::model::style::Kinsoku;

use super::class::CharClass as K;

/// A level of prohibition: what is kept from the head and from the end of a line.
#[derive(Debug, Clone, Copy)]
struct Level {
    head: &'static [K],
    end: &'static [K],
}

/// Closing marks and pauses, which no level but `none` lets start a line.
const VERY_LOOSE: Level = Level {
    head: &[K::Closing, K::Comma, K::FullStop],
    end: &[K::Opening],
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
        K::Solidus,
    ],
    end: &[K::Opening],
};
/// clreq, after GB/T 15834 §5.1.
const GB: Level = Level {
    head: BASIC.head,
    end: &[K::Opening, K::Solidus],
};
/// clreq, strict; 々 is kept off the head too (composition rules §6.1).
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
        K::Solidus,
        K::Dash,
        K::Leader,
        K::KanaRepeat,
        K::IdeographIteration,
        K::Iteration,
        K::Prolonged,
        K::SmallKana,
    ],
    end: GB.end,
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
};
/// jlreq, strict.
const JA_STRICT: Level = Level {
    head: &[
        K::Closing,
        K::Connector,
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
};
/// jlreq, very strict.
const JA_VERY_STRICT: Level = Level {
    head: &[
        K::Closing,
        K::Connector,
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
    end: &[K::Opening],
};
const NOTHING: Level = Level {
    head: &[],
    end: &[],
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

/// Whether two neighbours never part, at any level (composition rules §6.3): no break and no
/// stretching between them. `a` and `b` are characters with their classes.
#[must_use]
pub fn inseparable(a: (char, K), b: (char, K)) -> bool {
    match (a.1, b.1) {
        (K::Dash, K::Dash) | (K::Leader, K::Leader) => a.0 == b.0,
        (K::KanaRepeat, K::KanaRepeat) => true,
        (K::Prefix, K::Digit | K::Combined)
        | (K::Digit | K::Combined, K::Suffix)
        | (K::Digit, K::Digit) => true,
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
    fn numbers_keep_their_units() {
        assert!(inseparable(('6', K::Digit), ('月', K::Ideograph)));
        assert!(!inseparable(('6', K::Digit), ('版', K::Closing)));
        assert!(inseparable(('—', K::Dash), ('—', K::Dash)));
        assert!(!inseparable(('—', K::Dash), ('…', K::Leader)));
    }
}
