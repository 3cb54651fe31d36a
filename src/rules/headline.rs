//! Where a headline may break, and how good each place is (composition rules §16.1).

use crate::model::Tradition;
use crate::model::style::Kinsoku;

use super::class::{CharClass as K, class_of};
use super::kinsoku::{forbids_end, forbids_head};

/// What it costs to break a headline at a place; the differences of its lines are weighed against
/// it in squares of half an em.
pub mod cost {
    /// Where the author asks for it.
    pub const ASKED: u32 = 0;
    /// After a mark or a space.
    pub const PAUSE: u32 = 1;
    /// Between two kinds of letters: where a word often ends.
    pub const SEAM: u32 = 30;
    /// Elsewhere between two characters.
    pub const PLAIN: u32 = 45;
    /// Where a line would start or end with a word that leans on its neighbour.
    pub const LEANING: u32 = 140;
}

/// Classes after which a pause is heard.
const PAUSES: &[K] = &[
    K::Closing,
    K::Comma,
    K::FullStop,
    K::Colon,
    K::Semicolon,
    K::Dividing,
    K::MiddleDot,
    K::Interpunct,
    K::Dash,
    K::Leader,
    K::WideSpace,
    K::WordSpace,
];

/// The levels whose prohibitions a headline keeps, all of them: it is short, and read first.
const LEVELS: [(Kinsoku, Tradition); 2] = [
    (Kinsoku::Strict, Tradition::HongKong),
    (Kinsoku::VeryStrict, Tradition::Japan),
];

/// Classes that no line of a headline starts with besides: marks of Western text, and units.
const BOUND_BACK: &[K] = &[K::WesternClosing, K::WesternMark, K::Suffix];

/// Classes that no line of a headline ends with besides: signs that stand before numbers.
const BOUND_ON: &[K] = &[K::WesternOpening, K::Prefix];

/// Words that lean on the number after them.
const BEFORE_NUMBERS: &str = "第約约逾近每各";

/// Particles and endings that lean on the word before them.
const LEANS_BACK: &str = "的了嗎吗呢吧之者着著們们地得過过等性化年月日時时人個个名家項项次元";

/// Prepositions and negations that lean on the word after them.
const LEANS_ON: &str = "在對对與与和及於于被把向從从為为以不未無无將将由讓让比使";

/// Han numerals: a number and what it counts are not parted.
const NUMERALS: &str = "〇零一二三四五六七八九十百千萬万億亿兩两半幾几";

/// What a break between two characters costs; `None` where a headline never breaks.
#[must_use]
pub fn between(before: char, after: char) -> Option<u32> {
    let (first, next) = (class_of(before), class_of(after));
    let forbidden = LEVELS.iter().any(|&(level, tradition)| {
        forbids_head(next, level, tradition) || forbids_end(first, level, tradition)
    });
    if forbidden || BOUND_BACK.contains(&next) || BOUND_ON.contains(&first) {
        return None;
    }
    if PAUSES.contains(&first) {
        return Some(cost::PAUSE);
    }
    if first.is_western() && next.is_western()
        || BEFORE_NUMBERS.contains(before)
        || NUMERALS.contains(before)
        || first == K::Digit
        || is_katakana(before) && is_katakana(after)
        // A Japanese line starts with a word, and its particles and endings are hiragana.
        || is_hiragana(after)
    {
        return None;
    }
    if LEANS_BACK.contains(after) || LEANS_ON.contains(before) {
        return Some(cost::LEANING);
    }
    let seam = first.is_western() != next.is_western()
        || is_hiragana(before)
        || is_katakana(before) != is_katakana(after);
    Some(if seam { cost::SEAM } else { cost::PLAIN })
}

/// Opening and closing marks between which a headline never breaks.
pub const PAIRS: [(char, char); 10] = [
    ('「', '」'),
    ('『', '』'),
    ('《', '》'),
    ('〈', '〉'),
    ('（', '）'),
    ('(', ')'),
    ('【', '】'),
    ('〔', '〕'),
    ('“', '”'),
    ('‘', '’'),
];

fn is_hiragana(c: char) -> bool {
    matches!(c, '\u{3041}'..='\u{309F}')
}

fn is_katakana(c: char) -> bool {
    matches!(c, '\u{30A1}'..='\u{30FA}' | 'ー')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headlines_break_after_a_pause_first() {
        assert_eq!(between('，', '灣'), Some(cost::PAUSE));
        assert!(between('港', '潛') > between('　', '灣'));
    }

    #[test]
    fn numbers_words_and_marks_stay_whole() {
        for (before, after) in [
            ('A', 'I'),
            ('1', '項'),
            ('三', '者'),
            ('「', '六'),
            ('龍', '」'),
            ('ラ', 'イ'),
            ('東', 'へ'),
            ('港', ','),
            ('(', '港'),
            ('逾', '百'),
            ('元', '〕'),
            ('￥', '五'),
        ] {
            assert_eq!(between(before, after), None, "{before}{after}");
        }
        assert_eq!(between('港', '的'), Some(cost::LEANING));
        assert_eq!(between('の', '空'), Some(cost::SEAM));
    }
}
