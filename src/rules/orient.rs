//! How text stands in a vertical line: upright, turned, stacked or combined, by whole tokens.

use std::ops::Range;

use icu_properties::CodePointMapData;
use icu_properties::props::VerticalOrientation;

use crate::model::style::{Acronym, LongDigits};
use crate::model::{Language, Style, Tradition};

use super::class::{CharClass as K, classes, is_attached, is_wide};

/// A stretch of text and how it stands in a vertical line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// Its bytes.
    pub range: Range<usize>,
    /// How it stands.
    pub setting: Setting,
}

/// How a token stands in a vertical line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Setting {
    /// Each character in its own cell, upright or turned as UAX #50 has it: Chinese and Japanese
    /// text.
    Upright,
    /// Turned a quarter clockwise as a whole: Western words, long numbers.
    Rotated,
    /// 縱中橫: side by side in one cell.
    Combined,
    /// Western characters upright, one a cell.
    Stacked,
}

/// Divides a text into tokens, each with the way in which it stands in a vertical line
/// (composition rules §10.5). The tokens cover the text in order.
///
/// ```
/// use banxin::model::{Language, Style};
/// use banxin::rules::orient::{Setting, tokens};
/// let found = tokens("3月16日", &Style::default(), &Language::default());
/// let settings: Vec<_> = found.iter().map(|t| t.setting).collect();
/// assert_eq!(settings, [Setting::Stacked, Setting::Upright, Setting::Combined, Setting::Upright]);
/// ```
#[must_use]
pub fn tokens(text: &str, style: &Style, language: &Language) -> Vec<Token> {
    tokens_of(text, &classes(text, language), style)
}

/// The same for a text whose classes are known, one a character.
pub(crate) fn tokens_of(text: &str, classes: &[K], style: &Style) -> Vec<Token> {
    let mut walk = Walk {
        style,
        found: Vec::new(),
    };
    // Chinese text without Western letters, the common case, is one token.
    let mut at = 0;
    let mut chars = text.char_indices().zip(classes).peekable();
    while let Some(((start, c), class)) = chars.next() {
        if !stands_in_words(c, *class) || is_attached(c) {
            continue;
        }
        walk.push(at..start, Setting::Upright);
        let mut end = start + c.len_utf8();
        let mut last = c;
        while let Some(&((i, c), class)) = chars.peek() {
            let inside = stands_in_words(c, *class) || is_attached(c);
            if !inside && *class != K::WordSpace {
                break;
            }
            if inside {
                end = i + c.len_utf8();
                last = c;
            }
            chars.next();
        }
        let suffix = chars
            .peek()
            .filter(|((i, c), class)| {
                *i == end && **class == K::Suffix && is_wide_suffix(*c) && last.is_ascii_digit()
            })
            .map(|((_, c), _)| c.len_utf8());
        walk.stretch(text, start..end, suffix);
        at = walk.found.last().map_or(end, |token| token.range.end);
        if at > end {
            chars.next();
        }
    }
    walk.push(at..text.len(), Setting::Upright);
    walk.found
}

/// Whether a character is set as part of a Western stretch.
fn stands_in_words(c: char, class: K) -> bool {
    class.is_western() && !is_wide(c) && !is_upright_sign(c, class)
        || matches!(class, K::Prefix | K::Suffix)
            && !is_wide_suffix(c)
            && !is_upright_sign(c, class)
}

/// Signs such as © and ½ that UAX #50 keeps upright stand in their own cell; digits and letters
/// are never such.
fn is_upright_sign(c: char, class: K) -> bool {
    !matches!(class, K::Digit)
        && !c.is_ascii()
        && CodePointMapData::<VerticalOrientation>::new().get(c) == VerticalOrientation::Upright
}

/// ％ ‰ ℃ and square units: upright in a cell of their own unless the number before them turns.
fn is_wide_suffix(c: char) -> bool {
    !c.is_ascii()
        && CodePointMapData::<VerticalOrientation>::new().get(c) != VerticalOrientation::Rotated
}

struct Walk<'a> {
    style: &'a Style,
    found: Vec<Token>,
}

impl Walk<'_> {
    /// Adds a token; one without text is left out, and upright text is joined.
    fn push(&mut self, range: Range<usize>, setting: Setting) {
        if range.is_empty() {
            return;
        }
        match self.found.last_mut() {
            Some(last) if setting == Setting::Upright && last.setting == setting => {
                last.range.end = range.end;
            }
            _ => self.found.push(Token { range, setting }),
        }
    }

    /// Decides a Western stretch as a whole; `suffix` is the length of a wide suffix after it.
    fn stretch(&mut self, text: &str, range: Range<usize>, suffix: Option<usize>) {
        let stretch = &text[range.clone()];
        let several = stretch.contains(char::is_whitespace);
        let worded = stretch.chars().any(char::is_alphabetic);
        if several && worded {
            self.push(
                range.start..range.end + suffix.unwrap_or(0),
                Setting::Rotated,
            );
            return;
        }
        let mut at = range.start;
        for word in stretch.split_inclusive(char::is_whitespace) {
            let bare = word.trim_end_matches(char::is_whitespace);
            let ends = at + bare.len() == range.end;
            self.word(bare, at, if ends { suffix } else { None });
            self.push(at + bare.len()..at + word.len(), Setting::Upright);
            at += word.len();
        }
    }

    /// Decides one word that starts at byte `at`.
    fn word(&mut self, word: &str, at: usize, suffix: Option<usize>) {
        let parts = parts(word, self.style);
        let turned = parts.is_none();
        let parts = parts.unwrap_or_else(|| vec![(word.len(), Setting::Rotated)]);
        let mut start = at;
        for (length, setting) in parts {
            self.push(start..start + length, setting);
            start += length;
        }
        if let Some(length) = suffix {
            let setting = if turned {
                Setting::Rotated
            } else {
                Setting::Upright
            };
            self.push(start..start + length, setting);
            // A turned suffix belongs to its number.
            if turned && let [.., number, sign] = &mut self.found[..] {
                number.range.end = sign.range.end;
                self.found.pop();
            }
        }
    }
}

/// The parts of a word with their lengths in bytes; `None` where the whole word turns.
fn parts(word: &str, style: &Style) -> Option<Vec<(usize, Setting)>> {
    let one = |setting| Some(vec![(word.len(), setting)]);
    if let Some(setting) = number(word, style) {
        return one(setting);
    }
    if let Some(sign) = PERCENT.iter().find(|sign| word.ends_with(**sign)) {
        let digits = &word[..word.len() - sign.len()];
        return match short_number(digits) {
            Some(setting) => {
                let sign_setting = if sign.chars().count() == 1 {
                    Setting::Stacked
                } else {
                    Setting::Combined
                };
                Some(vec![(digits.len(), setting), (sign.len(), sign_setting)])
            }
            None => None,
        };
    }
    if let Some((from, to, dash)) = range_of(word) {
        let dash_length = dash.len_utf8();
        return Some(vec![
            (from.len(), short_number(from)?),
            (dash_length, Setting::Rotated),
            (to.len(), short_number(to)?),
        ]);
    }
    let count = word.chars().filter(|c| !is_attached(*c)).count();
    let first = word.chars().next()?;
    if count == 1 {
        let upright = first.is_alphabetic() || matches!(first, '!' | '?' | '&' | '%' | '@' | '#');
        return upright.then(|| vec![(word.len(), Setting::Stacked)]);
    }
    if count == 2 && is_pair(word) {
        return one(Setting::Combined);
    }
    if word.bytes().all(|b| matches!(b, b'!' | b'?')) {
        return one(Setting::Stacked);
    }
    if word.bytes().all(|b| b.is_ascii_uppercase()) {
        return match style.acronym {
            Acronym::Tcy2 if count == 2 => one(Setting::Combined),
            Acronym::Stack if count <= MAX_STACKED_LETTERS => one(Setting::Stacked),
            Acronym::Tcy2 | Acronym::Stack | Acronym::Rotate => None,
        };
    }
    None
}

/// Signs that stand under a short number in a cell of their own.
const PERCENT: &[&str] = &["%", "°C", "°F", "°"];
/// The longest acronym that is stacked (composition rules §10.3, §10.5).
const MAX_STACKED_LETTERS: usize = 4;
/// The longest number that is stacked.
const MAX_STACKED_DIGITS: usize = 6;

/// How a plain number stands; `None` where the word is none.
fn number(word: &str, style: &Style) -> Option<Setting> {
    if let Some(setting) = short_number(word) {
        return Some(setting);
    }
    let digits = !word.is_empty() && word.bytes().all(|b| b.is_ascii_digit());
    (digits && style.long_digits == LongDigits::Stack && word.len() <= MAX_STACKED_DIGITS)
        .then_some(Setting::Stacked)
}

/// How a number of at most three digits, or a decimal of three glyphs, stands.
fn short_number(word: &str) -> Option<Setting> {
    let bytes = word.as_bytes();
    if bytes.is_empty() || bytes.len() > 3 {
        return None;
    }
    if bytes.iter().all(u8::is_ascii_digit) {
        return Some(if bytes.len() == 1 {
            Setting::Stacked
        } else {
            Setting::Combined
        });
    }
    let decimal = bytes.len() == 3
        && bytes[0].is_ascii_digit()
        && bytes[1] == b'.'
        && bytes[2].is_ascii_digit();
    decimal.then_some(Setting::Combined)
}

/// `10–20`: both ends of at most two digits.
fn range_of(word: &str) -> Option<(&str, &str, char)> {
    let dash = word.chars().find(|c| matches!(c, '–' | '—'))?;
    let (from, to) = word.split_once(dash)?;
    let short = |s: &str| (1..=2).contains(&s.len()) && s.bytes().all(|b| b.is_ascii_digit());
    (short(from) && short(to)).then_some((from, to, dash))
}

/// A8, 5G, !!, ?!.
fn is_pair(word: &str) -> bool {
    let [a, b] = word.as_bytes() else {
        return false;
    };
    a.is_ascii_alphabetic() && b.is_ascii_digit()
        || a.is_ascii_digit() && b.is_ascii_alphabetic()
        || matches!(a, b'!' | b'?') && matches!(b, b'!' | b'?')
}

/// What is drawn for a curly quote in a vertical line where the house wants corner brackets
/// (`vertical-quotes = "corner"`, composition rules §10.2); the text keeps the quote.
///
/// ```
/// use banxin::rules::orient::corner_quote;
/// assert_eq!(corner_quote('“'), Some('「'));
/// ```
#[must_use]
pub const fn corner_quote(c: char) -> Option<char> {
    match c {
        '“' => Some('「'),
        '”' => Some('」'),
        '‘' => Some('『'),
        '’' => Some('』'),
        _ => None,
    }
}

/// How one character of Chinese or Japanese text stands in a vertical line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Stand {
    /// Upright, with the face's vertical alternate where it has one.
    Upright,
    /// With the face's vertical alternate; turned where it has none.
    AlternateOrTurned,
    /// Upright as in horizontal text: no alternate is taken.
    Plain,
    /// Turned.
    Turned,
}

/// How a character stands, by UAX #50 and what traditions set over it (composition rules §10.1,
/// §10.2).
#[must_use]
pub fn stand(c: char, class: K, tradition: Tradition) -> Stand {
    match (c, class) {
        // 〈ㄧ〉 lies in both directions in Taiwan and Hong Kong.
        ('\u{3127}', _) if tradition.is_centred() => return Stand::Plain,
        (_, K::Interpunct | K::Combined | K::Semicolon | K::Dividing) => return Stand::Upright,
        (_, K::Colon) if tradition != Tradition::Japan => return Stand::Upright,
        (_, K::Dash | K::Leader | K::Connector | K::HalfConnector | K::ShortConnector) => {
            return Stand::AlternateOrTurned;
        }
        (_, K::Opening | K::Closing) => return Stand::AlternateOrTurned,
        (_, K::Ideograph) if ('\u{4e00}'..='\u{9fff}').contains(&c) => return Stand::Upright,
        _ => {}
    }
    match CodePointMapData::<VerticalOrientation>::new().get(c) {
        VerticalOrientation::TransformedRotated => Stand::AlternateOrTurned,
        VerticalOrientation::Rotated => Stand::Turned,
        _ => Stand::Upright,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Tokens as `text/letter`, U R C S for how they stand.
    fn shown(text: &str, style: &Style) -> String {
        tokens(text, style, &Language::default())
            .iter()
            .map(|token| {
                let letter = match token.setting {
                    Setting::Upright => 'U',
                    Setting::Rotated => 'R',
                    Setting::Combined => 'C',
                    Setting::Stacked => 'S',
                };
                format!("{}/{letter}", &text[token.range.clone()])
            })
            .collect::<Vec<_>>()
            .join(" ")
    }

    #[test]
    fn tokens_of_vertical_text() {
        let style = Style::default();
        let rows = [
            ("三月", "三月/U"),
            ("3月16日", "3/S 月/U 16/C 日/U"),
            ("民國114年", "民國/U 114/C 年/U"),
            ("2025年", "2025/R 年/U"),
            ("升3.5成", "升/U 3.5/C 成/U"),
            ("約12.75元", "約/U 12.75/R 元/U"),
            ("共1,200人", "共/U 1,200/R 人/U"),
            ("跌50%後", "跌/U 50/C %/S 後/U"),
            ("跌50％後", "跌/U 50/C ％後/U"),
            ("佔100％", "佔/U 100/C ％/U"),
            ("佔12.75％的", "佔/U 12.75％/R 的/U"),
            ("約36°C。", "約/U 36/C °C/C 。/U"),
            ("-5度", "-5/R 度/U"),
            ("10–20人", "10/C –/R 20/C 人/U"),
            ("3～5月", "3/S ～/U 5/S 月/U"),
            ("A8版5G", "A8/C 版/U 5G/C"),
            ("T恤", "T/S 恤/U"),
            ("用AI的", "用/U AI/R 的/U"),
            ("GPT-4是", "GPT-4/R 是/U"),
            ("Hello World 你", "Hello World/R  你/U"),
            ("共 12 人", "共 /U 12/C  人/U"),
            ("真的!?", "真的/U !?/C"),
            ("①②", "①②/U"),
            ("HK$1.2億", "HK$1.2/R 億/U"),
        ];
        for (text, expected) in rows {
            assert_eq!(shown(text, &style), expected);
        }
    }

    #[test]
    fn houses_differ_in_acronyms_and_long_numbers() {
        let mut style = Style {
            acronym: Acronym::Stack,
            long_digits: LongDigits::Stack,
            ..Style::default()
        };
        assert_eq!(shown("GDP於2025年", &style), "GDP/S 於/U 2025/S 年/U");
        assert_eq!(shown("HKUST", &style), "HKUST/R");
        style.acronym = Acronym::Tcy2;
        assert_eq!(shown("AI與GDP", &style), "AI/C 與/U GDP/R");
    }

    #[test]
    fn tokens_cover_the_text() {
        let style = Style::default();
        for text in [
            "",
            "a",
            "甲 b c 乙",
            "12 34",
            "％",
            "5％5％",
            "甲\u{301}a\u{301}",
            " a ",
        ] {
            let mut at = 0;
            for token in tokens(text, &style, &Language::default()) {
                assert_eq!(token.range.start, at, "{text}");
                at = token.range.end;
            }
            assert_eq!(at, text.len(), "{text}");
        }
    }

    #[test]
    fn characters_stand_by_tradition() {
        assert_eq!(stand('：', K::Colon, Tradition::HongKong), Stand::Upright);
        assert_eq!(
            stand('：', K::Colon, Tradition::Japan),
            Stand::AlternateOrTurned
        );
        assert_eq!(stand('→', K::Ideograph, Tradition::HongKong), Stand::Turned);
        assert_eq!(
            stand('ー', K::Prolonged, Tradition::Japan),
            Stand::AlternateOrTurned
        );
        assert_eq!(stand('ㄧ', K::Ideograph, Tradition::Taiwan), Stand::Plain);
    }
}
