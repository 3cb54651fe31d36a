//! CSS `line-break`: what its levels set over UAX #14, for Chinese and Japanese and for other text.

use icu_properties::CodePointMapData;
use icu_properties::props::{EastAsianWidth, LineBreak as Property};

use crate::model::Language;
use crate::model::style::LineBreak;
use crate::rules::uax14::{Item, Lb, Tailoring};

/// A level of `line-break` in a language (CSS Text 3 #line-break-property, composition rules
/// §6.2).
#[derive(Debug, Clone, Copy)]
pub(crate) struct Level {
    level: LineBreak,
    /// Whether the text is Chinese or Japanese, for which the levels allow more.
    han: bool,
    /// Whether “ ” are brackets, as browsers have it in Chinese and Japanese.
    brackets: bool,
    /// Whether small kana and ー may start a line.
    kana: bool,
}

/// Since when a character may start a line: from which level on, and whether in Chinese and
/// Japanese only. Sorted.
const FREE: &[(char, char, LineBreak, bool)] = &[
    ('\u{203c}', '\u{203c}', LineBreak::Loose, true),
    ('\u{2047}', '\u{2049}', LineBreak::Loose, true),
    ('\u{3005}', '\u{3005}', LineBreak::Loose, false),
    ('\u{301c}', '\u{301c}', LineBreak::Normal, true),
    ('\u{303b}', '\u{303b}', LineBreak::Loose, false),
    ('\u{309d}', '\u{309e}', LineBreak::Loose, false),
    ('\u{30a0}', '\u{30a0}', LineBreak::Normal, true),
    ('\u{30fb}', '\u{30fb}', LineBreak::Loose, true),
    ('\u{30fd}', '\u{30fe}', LineBreak::Loose, false),
    ('\u{ff01}', '\u{ff01}', LineBreak::Loose, true),
    ('\u{ff1a}', '\u{ff1b}', LineBreak::Loose, true),
    ('\u{ff1f}', '\u{ff1f}', LineBreak::Loose, true),
    ('\u{ff65}', '\u{ff65}', LineBreak::Loose, true),
];

/// Classes that browsers still take from Unicode 17, where our data are newer. Sorted.
const OLDER: &[(char, Lb)] = &[
    ('\u{b7}', Lb::AL),
    ('\u{2012}', Lb::HH),
    ('\u{2013}', Lb::HH),
    ('\u{fe51}', Lb::ID),
];

impl Level {
    /// A level; without one `line-break: auto`, which browsers take for `normal`, but in Japanese
    /// for `strict` with kana free.
    pub(crate) fn of(level: Option<LineBreak>, language: &Language) -> Self {
        let han = language.is_cjk();
        let own = match level {
            Some(level) => level,
            None if language.is_japanese() => LineBreak::Strict,
            None => LineBreak::Normal,
        };
        Self {
            level: own,
            han,
            brackets: han && own != LineBreak::Strict,
            kana: level != Some(LineBreak::Strict),
        }
    }

    /// Whether what is free from `level` on is free here.
    fn reaches(self, level: LineBreak) -> bool {
        match self.level {
            LineBreak::Loose => true,
            LineBreak::Normal => level != LineBreak::Loose,
            LineBreak::Strict => false,
        }
    }
}

impl Tailoring for Level {
    fn class(&self, c: char, property: Property, class: Lb) -> Lb {
        if property == Property::ConditionalJapaneseStarter {
            return if self.kana { Lb::ID } else { Lb::NS };
        }
        if let Ok(row) = OLDER.binary_search_by_key(&c, |(c, _)| *c) {
            return OLDER[row].1;
        }
        match c {
            '\u{201c}' if self.brackets => Lb::OP,
            '\u{201d}' if self.brackets => Lb::CL,
            '\t' if self.han => Lb::SP,
            _ => class,
        }
    }

    fn before(&self, items: &[Item], i: usize) -> Option<bool> {
        let (a, b) = (&items[i - 1], &items[i]);
        if self.han {
            // Browsers break at every space, whatever follows, and have LB12a of Unicode 17.
            if a.class == Lb::SP || a.class == Lb::BA && b.class == Lb::GL {
                return Some(true);
            }
            let alone = b.start == a.start + 1;
            if alone && a.first.is_ascii_graphic() && b.first.is_ascii_graphic() {
                let before = i.checked_sub(2).map(|at| items[at].first);
                return Some(ascii(before, a.first, b.first));
            }
        }
        let settled = a.is_joined()
            || a.binds()
            || matches!(a.class, Lb::SP | Lb::ZW | Lb::OP | Lb::WJ | Lb::GL)
            || b.class == Lb::WJ;
        if settled || self.level == LineBreak::Strict {
            return None;
        }
        if self.is_free(b.first) {
            return Some(true);
        }
        if self.level == LineBreak::Normal {
            return None;
        }
        match (a.class, b.class) {
            (Lb::IN, Lb::IN) | (Lb::ID, Lb::HH) => Some(true),
            (Lb::HH, Lb::AL | Lb::HL) if i > 1 && items[i - 2].class == Lb::ID => Some(false),
            (before, Lb::PO) if self.han && !matches!(before, Lb::AL | Lb::HL) => {
                parts(b.first, before)
            }
            (Lb::AL | Lb::HL, Lb::PR) if self.han => parts(b.first, a.class),
            (Lb::PR, after) if self.han && is_text(after) => parts(a.first, after),
            _ => None,
        }
    }
}

impl Level {
    /// Whether the character may start a line at this level though UAX #14 forbids it.
    fn is_free(self, c: char) -> bool {
        let row = FREE.partition_point(|(_, last, ..)| *last < c);
        FREE.get(row).is_some_and(|&(first, _, level, han)| {
            first <= c && (self.han || !han) && self.reaches(level)
        })
    }
}

/// Whether a class is of letters, digits, ideographs or what opens them.
const fn is_text(class: Lb) -> bool {
    matches!(
        class,
        Lb::NU
            | Lb::ID
            | Lb::EB
            | Lb::EM
            | Lb::AL
            | Lb::HL
            | Lb::OP
            | Lb::H2
            | Lb::H3
            | Lb::JL
            | Lb::JV
            | Lb::JT
    )
}

/// Whether a prefix or suffix parts from its neighbour at the loosest level: where it is wide or of
/// ambiguous width. ° and ± stay with their number in browsers.
fn parts(sign: char, neighbour: Lb) -> Option<bool> {
    match CodePointMapData::<EastAsianWidth>::new().get(sign) {
        EastAsianWidth::Fullwidth | EastAsianWidth::Wide => Some(true),
        EastAsianWidth::Ambiguous if sign > '\u{ff}' || neighbour != Lb::NU => Some(true),
        _ => None,
    }
}

/// Breaks between two ASCII characters that browsers take from a table of their own instead of
/// UAX #14 (CSS Text 3 §5.1 leaves them to the user agent): before opening brackets, after hyphens
/// and question marks, and nowhere else.
fn ascii(before: Option<char>, a: char, b: char) -> bool {
    const CLOSE: &str = "!\"'),./:;?]}";
    match (a, b) {
        ('-', '0'..='9') => before.is_some_and(|c| c.is_ascii_alphanumeric()),
        ('-', '"' | '\'') => true,
        ('-', '$') => false,
        ('-' | '?', b) => !CLOSE.contains(b),
        (a, '(' | '<' | '[' | '{') => !a.is_ascii_alphanumeric() && !"$'(/<@[^_`{".contains(a),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::uax14::tailored;

    #[test]
    fn tables_are_sorted() {
        assert!(FREE.windows(2).all(|pair| pair[0].1 < pair[1].0));
        assert!(OLDER.is_sorted_by_key(|(c, _)| *c));
    }

    /// Whether a line may start with a character at each level, strictest first.
    fn starts(c: char, language: &str) -> [bool; 3] {
        let language = Language::new(language);
        [LineBreak::Strict, LineBreak::Normal, LineBreak::Loose].map(|level| {
            let text = format!("字{c}字");
            tailored(&text, &Level::of(Some(level), &language))
                .iter()
                .any(|(at, _)| *at == '字'.len_utf8())
        })
    }

    #[test]
    fn levels_allow_more_and_more() {
        let rows = [
            ('ぁ', [false, true, true]),
            ('ー', [false, true, true]),
            ('〜', [false, true, true]),
            ('々', [false, false, true]),
            ('・', [false, false, true]),
            ('！', [false, false, true]),
            ('℃', [false, false, true]),
            ('‐', [false, false, true]),
            ('…', [false, false, false]),
            ('。', [false, false, false]),
            ('～', [true, true, true]),
            ('·', [true, true, true]),
        ];
        for (c, expected) in rows {
            assert_eq!(starts(c, "zh-HK"), expected, "{c}");
            assert_eq!(starts(c, "ja"), expected, "{c}");
        }
        let auto = |text, language| {
            let language = Language::new(language);
            tailored(text, &Level::of(None, &language)).len()
        };
        assert_eq!(auto("字〜字", "zh-HK"), 3);
        assert_eq!(auto("字〜字", "ja"), 2);
        assert_eq!(auto("字っ字", "ja"), 3);
        assert_eq!(starts('〜', "en"), [false, false, false]);
        assert_eq!(starts('々', "en"), [false, false, true]);
    }
}
