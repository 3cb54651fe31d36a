//! The words that the program itself sets: labels, markers and numerals, by language.

use crate::model::credit::LabelScript;
use crate::model::{Language, QuoteKind, Tradition};

/// The script in which labels of a text in `language` are printed.
#[must_use]
pub fn script_of(language: &Language) -> LabelScript {
    if language.is_japanese() {
        LabelScript::Japanese
    } else if !language.is_chinese() {
        LabelScript::English
    } else if language.tradition() == Tradition::Mainland {
        LabelScript::Simplified
    } else {
        LabelScript::Traditional
    }
}

/// A label of the program's own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Word {
    /// Over end notes.
    Notes,
    /// Over the contents.
    Contents,
    /// Over the colophon.
    Colophon,
    /// The cover, as a page's label.
    Cover,
    /// Before the publisher's name.
    Publisher,
    /// Before the date of publication.
    Date,
    /// Before the rights.
    Rights,
    /// Before the name of the newspaper.
    Newspaper,
    /// Before the number of an issue.
    Number,
    /// Before the page or section of a newspaper.
    Edition,
    /// Between a label and what it stands for.
    Colon,
}

/// Each word in traditional and simplified Chinese, Japanese and English.
#[rustfmt::skip]
const WORDS: &[(Word, [&str; 4])] = &[
    (Word::Notes,     ["註釋", "注释", "注", "Notes"]),
    (Word::Contents,  ["目錄", "目录", "目次", "Contents"]),
    (Word::Colophon,  ["版權頁", "版权页", "奥付", "Colophon"]),
    (Word::Cover,     ["封面", "封面", "表紙", "Cover"]),
    (Word::Publisher, ["出版", "出版", "発行", "Published by"]),
    (Word::Date,      ["日期", "日期", "発行日", "Date"]),
    (Word::Rights,    ["版權", "版权", "権利", "Rights"]),
    (Word::Newspaper, ["刊登", "刊登", "掲載", "Publication"]),
    (Word::Number,    ["期號", "期号", "号数", "Issue"]),
    (Word::Edition,   ["版次", "版次", "版面", "Page"]),
    (Word::Colon,     ["：", "：", "：", ": "]),
];

impl Word {
    /// The word in a script.
    #[must_use]
    pub fn text(self, script: LabelScript) -> &'static str {
        WORDS
            .iter()
            .find(|row| row.0 == self)
            .map_or("", |row| row.1[column(script)])
    }
}

/// The label of an alert (`> [!NOTE]`); `None` for a plain quotation.
#[must_use]
pub fn alert(kind: QuoteKind, script: LabelScript) -> Option<&'static str> {
    let row = match kind {
        QuoteKind::Plain => return None,
        QuoteKind::Note => ["註", "注", "注記", "Note"],
        QuoteKind::Tip => ["提示", "提示", "ヒント", "Tip"],
        QuoteKind::Important => ["重要", "重要", "重要", "Important"],
        QuoteKind::Warning => ["警告", "警告", "警告", "Warning"],
        QuoteKind::Caution => ["注意", "注意", "注意", "Caution"],
    };
    Some(row[column(script)])
}

fn column(script: LabelScript) -> usize {
    match script {
        LabelScript::Traditional => 0,
        LabelScript::Simplified => 1,
        LabelScript::Japanese => 2,
        LabelScript::English => 3,
    }
}

/// A whole number in Han numerals: 一, 十二, 一百零三; from ten thousand on digit by digit.
#[must_use]
pub fn han(number: u64) -> String {
    const DIGITS: [char; 10] = ['〇', '一', '二', '三', '四', '五', '六', '七', '八', '九'];
    let digit = |n: u64| DIGITS[usize::try_from(n % 10).unwrap_or(0)];
    if number >= 10_000 {
        return number
            .to_string()
            .bytes()
            .map(|b| digit(u64::from(b - b'0')))
            .collect();
    }
    if number == 0 {
        return "〇".to_owned();
    }
    let mut text = String::new();
    let mut gap = false;
    for (unit, name) in [(1000, "千"), (100, "百"), (10, "十"), (1, "")] {
        let count = number / unit % 10;
        if count == 0 {
            gap = !text.is_empty();
            continue;
        }
        if gap {
            text.push('零');
            gap = false;
        }
        // 十二 and not 一十二, but 一百一十二.
        if !(unit == 10 && count == 1 && text.is_empty()) {
            text.push(digit(count));
        }
        text.push_str(name);
    }
    text
}

/// A whole number in lower-case Roman numerals, as front matter is numbered; from four thousand
/// on in Arabic ones.
#[must_use]
pub fn roman(number: u32) -> String {
    const STEPS: [(u32, &str); 13] = [
        (1000, "m"),
        (900, "cm"),
        (500, "d"),
        (400, "cd"),
        (100, "c"),
        (90, "xc"),
        (50, "l"),
        (40, "xl"),
        (10, "x"),
        (9, "ix"),
        (5, "v"),
        (4, "iv"),
        (1, "i"),
    ];
    if number == 0 || number >= 4000 {
        return number.to_string();
    }
    let mut rest = number;
    let mut text = String::new();
    for (value, letters) in STEPS {
        while rest >= value {
            text.push_str(letters);
            rest -= value;
        }
    }
    text
}

/// The marker of an item of a numbered list (composition rules §16.1): vertical 一、 → （一） →
/// 1、 → （1） → ①, horizontal 1. → (1) → ①. Circled numbers end at ㊿, beyond them （51）.
#[must_use]
pub fn number_marker(number: u64, depth: usize, vertical: bool) -> String {
    match (vertical, depth) {
        (true, 0) => format!("{}、", han(number)),
        (true, 1) => format!("（{}）", han(number)),
        (true, 2) => format!("{number}、"),
        (true, 3) => format!("（{number}）"),
        (false, 0) => format!("{number}."),
        (false, 1) => format!("({number})"),
        _ => circled(number),
    }
}

/// The marker of an item of a list without numbers.
#[must_use]
pub fn bullet(depth: usize, vertical: bool) -> &'static str {
    match (vertical, depth % 3) {
        (true, 0) => "・",
        (true, 1) | (false, 1) => "－",
        (false, 0) => "•",
        _ => "○",
    }
}

/// ① to ㊿.
fn circled(number: u64) -> String {
    let base = match number {
        1..=20 => 0x2460 - 1,
        21..=35 => 0x3251 - 21,
        36..=50 => 0x32B1 - 36,
        _ => return format!("（{number}）"),
    };
    u32::try_from(base + number)
        .ok()
        .and_then(char::from_u32)
        .map_or_else(|| format!("（{number}）"), String::from)
}

/// The mark of a note and of its text: 〔一〕 in vertical lines, 〔1〕 in horizontal ones.
#[must_use]
pub fn note_mark(number: u32, vertical: bool) -> String {
    if vertical {
        format!("〔{}〕", han(u64::from(number)))
    } else {
        format!("〔{number}〕")
    }
}

/// An ISO 8601 date as it is printed: 2025年3月6日; in English and for what is no such date as it
/// was written.
#[must_use]
pub fn date(iso: &str, script: LabelScript) -> String {
    if script == LabelScript::English {
        return iso.to_owned();
    }
    let parts: Option<Vec<u32>> = iso.split('-').map(|part| part.parse().ok()).collect();
    match parts.as_deref() {
        Some([year]) => format!("{year}年"),
        Some([year, month]) => format!("{year}年{month}月"),
        Some([year, month, day]) => format!("{year}年{month}月{day}日"),
        _ => iso.to_owned(),
    }
}

/// What is printed after a cross-reference: the page that it leads to, in brackets, or after a
/// comma where the reference already stands in brackets.
///
/// ```
/// use banxin::{model::Language, rules::words::page};
/// let language = Language::new("zh-HK");
/// assert_eq!(page("12", &language, "見圖"), "（第12頁）");
/// assert_eq!(page("12", &language, "約100家（見圖"), "，第12頁");
/// ```
#[must_use]
pub fn page(number: &str, language: &Language, before: &str) -> String {
    let opened = before.matches(['（', '(']).count() > before.matches(['）', ')']).count();
    match (script_of(language), opened) {
        (LabelScript::Traditional, false) => format!("（第{number}頁）"),
        (LabelScript::Traditional, true) => format!("，第{number}頁"),
        (LabelScript::Simplified, false) => format!("（第{number}页）"),
        (LabelScript::Simplified, true) => format!("，第{number}页"),
        (LabelScript::Japanese, false) => format!("（{number}頁）"),
        (LabelScript::Japanese, true) => format!("、{number}頁"),
        (LabelScript::English, false) => format!(" (p. {number})"),
        (LabelScript::English, true) => format!(", p. {number}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn han_numerals() {
        let rows = [
            (0, "〇"),
            (1, "一"),
            (10, "十"),
            (12, "十二"),
            (20, "二十"),
            (100, "一百"),
            (103, "一百零三"),
            (110, "一百一十"),
            (1005, "一千零五"),
            (2025, "二千零二十五"),
            (12_345, "一二三四五"),
        ];
        for (number, text) in rows {
            assert_eq!(han(number), text);
        }
    }

    #[test]
    fn roman_numerals() {
        assert_eq!(roman(4), "iv");
        assert_eq!(roman(1989), "mcmlxxxix");
        assert_eq!(roman(0), "0");
    }

    #[test]
    fn markers_change_with_depth() {
        assert_eq!(number_marker(2, 0, true), "二、");
        assert_eq!(number_marker(2, 1, true), "（二）");
        assert_eq!(number_marker(21, 4, true), "㉑");
        assert_eq!(number_marker(51, 2, false), "（51）");
        assert_eq!(number_marker(3, 0, false), "3.");
    }

    #[test]
    fn dates_as_printed() {
        assert_eq!(date("2025-03-06", LabelScript::Traditional), "2025年3月6日");
        assert_eq!(date("2025-03", LabelScript::Japanese), "2025年3月");
        assert_eq!(date("spring", LabelScript::Traditional), "spring");
    }
}
