//! Text divided into tokens, each with the way in which it stands in a vertical line as a whole.

use std::ops::Range;

use icu_properties::CodePointMapData;
use icu_properties::props::VerticalOrientation;

use crate::model::{Language, Style};

use super::class::{CharClass as K, is_attached, is_wide};
use super::context::classes;
use super::figures::{self, Part};

pub use super::figures::Setting;

/// A stretch of text and how it stands in a vertical line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// Its bytes.
    pub range: Range<usize>,
    /// How it stands.
    pub setting: Setting,
}

/// Divides a text into tokens, each with the way in which it stands in a vertical line
/// (composition rules §10.5). The tokens cover the text in order. A token stands as its own form
/// asks, wherever it occurs: so one term has one treatment through a publication.
///
/// ```
/// use banxin::model::{Language, Style};
/// use banxin::rules::tokens::{Setting, tokens};
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
        text,
        style,
        found: Vec::new(),
    };
    // Chinese text without Western letters, the common case, is one token.
    let mut at = 0;
    let mut chars = text.char_indices().zip(classes);
    while let Some(((start, c), class)) = chars.next() {
        if !is_of_stretches(*class) {
            continue;
        }
        let next = chars.clone().next().map(|((_, next), _)| next);
        if !starts_word(c, *class, next) {
            continue;
        }
        walk.push(at..start, Setting::Upright);
        let mut end = start + c.len_utf8();
        let mut last = c;
        while let Some(((i, c), class)) = chars.clone().next() {
            let after = text[i + c.len_utf8()..].chars().next();
            let inside =
                stands_in_words(c, *class) || is_attached(c) || i == end && goes_on(last, c, after);
            if !inside && *class != K::WordSpace {
                break;
            }
            if inside {
                end = i + c.len_utf8();
                last = c;
            }
            chars.next();
        }
        walk.stretch(start..end);
        at = end;
    }
    walk.push(at..text.len(), Setting::Upright);
    walk.found
}

/// Whether characters of the class may be set in Western stretches.
const fn is_of_stretches(class: K) -> bool {
    class.is_western() || matches!(class, K::Prefix | K::Suffix)
}

/// Whether a character is set as part of a Western stretch.
fn stands_in_words(c: char, class: K) -> bool {
    is_of_stretches(class) && !(class.is_western() && is_wide(c)) && !is_upright_sign(c, class)
}

/// Whether a Western stretch starts here: with a character of words, or with a wide currency sign
/// before a digit.
fn starts_word(c: char, class: K, next: Option<char>) -> bool {
    stands_in_words(c, class) && !is_attached(c)
        || class == K::Prefix && next.is_some_and(|c| c.is_ascii_digit())
}

/// Whether a wide character goes on with the number before it: ％ and its like, and a connector
/// between two numbers.
fn goes_on(last: char, c: char, after: Option<char>) -> bool {
    if figures::is_wide_sign(c) {
        return last.is_ascii_digit();
    }
    figures::is_connector(c)
        && (last.is_ascii_digit() || figures::is_sign_end(last))
        && after.is_some_and(|c| c.is_ascii_digit())
}

/// Signs such as © and ½ that UAX #50 keeps upright stand in their own cell; digits and letters
/// are never such.
fn is_upright_sign(c: char, class: K) -> bool {
    class != K::Digit
        && !c.is_ascii()
        && CodePointMapData::<VerticalOrientation>::new().get(c) != VerticalOrientation::Rotated
        && !(class.is_western() && is_turned_quote(c))
}

/// Curly quotes inside Western text turn with it.
const fn is_turned_quote(c: char) -> bool {
    matches!(c, '‘' | '’' | '“' | '”')
}

struct Walk<'a> {
    text: &'a str,
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

    /// Turns a stretch as a whole.
    fn turn(&mut self, range: Range<usize>) {
        let small = self.text[range.clone()].chars().any(char::is_lowercase);
        let setting = if small {
            Setting::Rotated
        } else {
            Setting::RotatedCapitals
        };
        self.push(range, setting);
    }

    /// Decides a Western stretch as a whole: a phrase with a word that turns is turned, spaces and
    /// numbers included; otherwise its words stand each by itself.
    fn stretch(&mut self, range: Range<usize>) {
        let mut words = Vec::new();
        let mut at = range.start;
        for word in self.text[range.clone()].split(char::is_whitespace) {
            if !word.is_empty() {
                words.push(at..at + word.len());
            }
            // Every white space is a separator of its own.
            at += word.len();
            at += self.text[at..].chars().next().map_or(0, char::len_utf8);
        }
        join_signs(self.text, &mut words);
        let parts: Vec<Option<Vec<Part>>> = words
            .iter()
            .map(|word| figures::parts(&self.text[word.clone()], self.style))
            .collect();
        let phrase = words.len() > 1
            && words.iter().zip(&parts).any(|(word, parts)| {
                parts.is_none() && self.text[word.clone()].chars().any(char::is_alphabetic)
            });
        if phrase {
            return self.turn(range);
        }
        let mut at = range.start;
        for (word, parts) in words.into_iter().zip(parts) {
            self.push(at..word.start, Setting::Upright);
            at = word.end;
            match parts {
                None => self.turn(word),
                Some(parts) => {
                    let mut start = word.start;
                    for part in parts {
                        match part.setting {
                            Setting::Rotated => self.turn(start..start + part.length),
                            setting => self.push(start..start + part.length, setting),
                        }
                        start += part.length;
                    }
                }
            }
        }
        self.push(at..range.end, Setting::Upright);
    }
}

/// A sign set off by a space belongs to the number before it.
fn join_signs(text: &str, words: &mut Vec<Range<usize>>) {
    let mut i = 1;
    while i < words.len() {
        let number = text[words[i - 1].clone()]
            .bytes()
            .all(|b| b.is_ascii_digit() || matches!(b, b'.' | b','));
        if number && figures::is_sign(&text[words[i].clone()]) {
            words[i - 1].end = words[i].end;
            words.remove(i);
        } else {
            i += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Tradition;
    use crate::model::style::{Acronym, LongDigits};

    /// Tokens as `text/letter`, U R r C S T for how they stand.
    fn shown(text: &str, style: &Style) -> String {
        tokens(text, style, &Language::default())
            .iter()
            .map(|token| {
                let letter = match token.setting {
                    Setting::Upright => 'U',
                    Setting::Rotated | Setting::RotatedCapitals => 'R',
                    Setting::Combined => 'C',
                    Setting::Stacked => 'S',
                    Setting::Connector => 'T',
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
            // Row 1.
            ("3月16日", "3/S 月/U 16/C 日/U"),
            ("民國114年", "民國/U 114/C 年/U"),
            // Row 2.
            ("2025年", "2025/R 年/U"),
            // Row 3.
            ("升3.5成", "升/U 3.5/C 成/U"),
            ("約12.75元", "約/U 12.75/R 元/U"),
            ("共1,200人", "共/U 1,200/R 人/U"),
            ("於12:30到", "於/U 12:30/R 到/U"),
            ("佔1/2強", "佔/U 1/2/R 強/U"),
            // Row 4.
            ("跌50%後", "跌/U 50/C %/S 後/U"),
            ("跌50％後", "跌/U 50/C ％後/U"),
            ("跌5%後", "跌/U 5/S %/S 後/U"),
            ("佔100％", "佔/U 100/C ％/U"),
            ("佔250％的", "佔/U 250％/R 的/U"),
            ("佔12.75％的", "佔/U 12.75％/R 的/U"),
            ("佔3.5‰的", "佔/U 3.5/C ‰的/U"),
            ("約36°C。", "約/U 36/C °C/C 。/U"),
            ("約36 °C。", "約/U 36/C  /U °C/C 。/U"),
            ("約36℃。", "約/U 36/C ℃。/U"),
            ("約1200℃。", "約/U 1200℃/R 。/U"),
            ("重5㎏的", "重/U 5/S ㎏的/U"),
            ("重1200㎏的", "重/U 1200/R ㎏的/U"),
            ("-5度", "-5/R 度/U"),
            ("−12度", "−12/R 度/U"),
            ("負5度", "負/U 5/S 度/U"),
            // Row 5.
            ("10–20人", "10/C –/T 20/C 人/U"),
            ("3～5月", "3/S ～/T 5/S 月/U"),
            ("3—5月", "3/S —/T 5/S 月/U"),
            ("3~5月", "3/S ~/T 5/S 月/U"),
            ("10%～20%", "10/C %/S ～/T 20/C %/S"),
            ("100～200人", "100～200/R 人/U"),
            ("1990–2000年", "1990–2000/R 年/U"),
            ("甲～5乙", "甲～/U 5/S 乙/U"),
            ("2025-03-06發", "2025-03-06/R 發/U"),
            ("電2345-6789號", "電/U 2345-6789/R 號/U"),
            ("ISBN 978-988-12345-6-7", "ISBN 978-988-12345-6-7/R"),
            ("見https://a.hk/b?c=1。", "見/U https://a.hk/b?c=1/R 。/U"),
            // Row 6.
            ("12月31日", "12/C 月/U 31/C 日/U"),
            ("第12屆", "第/U 12/C 屆/U"),
            ("二〇二五", "二〇二五/U"),
            // Row 7.
            ("A8版5G", "A8/C 版/U 5G/C"),
            ("T恤", "T/S 恤/U"),
            ("用AI的", "用/U AI/R 的/U"),
            ("GPT-4是", "GPT-4/R 是/U"),
            ("$500了", "$500/R 了/U"),
            ("HK$1.2億", "HK$1.2/R 億/U"),
            ("￥50元", "￥/U 50/C 元/U"),
            ("￥1,200元", "￥1,200/R 元/U"),
            // Words and phrases (§10.3).
            ("Hello World 你", "Hello World/R  你/U"),
            ("iPhone 15 Pro賣", "iPhone 15 Pro/R 賣/U"),
            ("共 12 人", "共 /U 12/C  人/U"),
            ("A B C三項", "A/S  /U B/S  /U C/S 三項/U"),
            ("說“good”了", "說“/U good/R ”了/U"),
            ("（12）", "（/U 12/C ）/U"),
            ("(12)", "(/R 12/C )/R"),
            // Boxes of marks (§10.4).
            ("真的!?", "真的/U !?/C"),
            ("真的???", "真的/U ???/S"),
            ("①②", "①②/U"),
            ("約½杯", "約½杯/U"),
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
        assert_eq!(shown("1990–2000年", &style), "1990/S –/T 2000/S 年/U");
        assert_eq!(shown("23456789", &style), "23456789/R");
        assert_eq!(shown("12.75元", &style), "12.75/R 元/U");
        style.acronym = Acronym::Tcy2;
        assert_eq!(shown("AI與GDP", &style), "AI/C 與/U GDP/R");
        style.tradition = Tradition::Japan;
        assert_eq!(shown("12.75円", &style), "12.75/S 円/U");
        style.tradition = Tradition::Mainland;
        assert_eq!(shown("真的???", &style), "真的/U ??/C ?/S");
    }

    #[test]
    fn one_term_has_one_treatment() {
        let contexts = [
            ("", ""),
            ("用", "的"),
            ("「", "」"),
            ("（", "），"),
            ("，", "。"),
            ("用 ", " 的"),
            ("——", "……"),
        ];
        for acronym in [Acronym::Tcy2, Acronym::Stack, Acronym::Rotate] {
            let style = Style {
                acronym,
                ..Style::default()
            };
            for term in [
                "5G",
                "A8",
                "AI",
                "GDP",
                "HKUST",
                "GPT-4",
                "12",
                "114",
                "3.5",
                "2025",
                "50%",
                "36°C",
                "10–20",
                "T",
                "$500",
                "iPhone 15",
            ] {
                let alone = tokens(term, &style, &Language::default());
                for (before, after) in contexts {
                    let text = format!("{before}{term}{after}");
                    let range = before.len()..before.len() + term.len();
                    let inside: Vec<Token> = tokens(&text, &style, &Language::default())
                        .into_iter()
                        .filter(|t| t.range.start >= range.start && t.range.end <= range.end)
                        .map(|t| Token {
                            range: t.range.start - range.start..t.range.end - range.start,
                            ..t
                        })
                        .collect();
                    assert_eq!(inside, alone, "{text}");
                }
            }
        }
    }

    #[test]
    fn capitals_are_known() {
        let setting = |text| tokens(text, &Style::default(), &Language::default())[0].setting;
        assert_eq!(setting("GPT-4"), Setting::RotatedCapitals);
        assert_eq!(setting("Hello"), Setting::Rotated);
    }

    #[test]
    fn tokens_cover_the_text() {
        let pool: Vec<char> =
            "甲乙年％℃～–—-.,:/%°C$￥!?()“”’ \u{3000}\u{a0}ABab0123é\u{301}\u{200b}①½—…"
                .chars()
                .collect();
        let mut state = 7_u32;
        let mut next = || {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 8) as usize
        };
        for tradition in [Tradition::HongKong, Tradition::Mainland, Tradition::Japan] {
            for stack in [LongDigits::Stack, LongDigits::Rotate] {
                let style = Style {
                    long_digits: stack,
                    ..Style::of(tradition)
                };
                for _ in 0..2000 {
                    let length = next() % 14;
                    let text: String = (0..length).map(|_| pool[next() % pool.len()]).collect();
                    let mut at = 0;
                    for token in tokens(&text, &style, &Language::default()) {
                        assert_eq!(token.range.start, at, "{text:?}");
                        assert!(token.range.end > at && text.is_char_boundary(token.range.end));
                        at = token.range.end;
                    }
                    assert_eq!(at, text.len(), "{text:?}");
                }
            }
        }
    }
}
