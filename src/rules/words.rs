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
    /// Over the contents.
    Contents,
    /// The cover.
    Cover,
    /// The inside of the cover.
    InsideCover,
    /// The title page.
    TitlePage,
    /// Where the text starts.
    Text,
    /// Over the colophon.
    Colophon,
    /// The landmarks.
    Landmarks,
    /// Over end notes.
    Notes,
    /// Before the title, in the colophon.
    Title,
    /// Before the publisher's name.
    Publisher,
    /// Before the date of publication.
    Date,
    /// Before the rights.
    Rights,
    /// Before the identifier.
    Identifier,
    /// Before the name of the newspaper.
    Newspaper,
    /// Before the number of an issue.
    Number,
    /// Before the page of a newspaper (版次).
    Edition,
    /// Before the section of a newspaper (版名).
    Section,
    /// Before the lunar date.
    Lunar,
    /// A tick box that is ticked.
    Done,
    /// A tick box that is not.
    Open,
    /// Over an alert (`> [!NOTE]`).
    Note,
    /// Over an alert.
    Tip,
    /// Over an alert.
    Important,
    /// Over an alert.
    Warning,
    /// Over an alert.
    Caution,
    /// Between a label and what it stands for.
    Colon,
    /// Between two names.
    Comma,
    /// What is said of accessibility where the author says nothing, with pictures described.
    SummaryDescribed,
    /// The same without pictures.
    SummaryText,
    /// The same where some pictures lack words.
    SummaryUndescribed,
}

/// Each word in traditional and simplified Chinese, Japanese and English, in the order of [`Word`].
#[rustfmt::skip]
const WORDS: [(Word, [&str; 4]); 30] = [
    (Word::Contents,   ["目錄", "目录", "目次", "Contents"]),
    (Word::Cover,      ["封面", "封面", "表紙", "Cover"]),
    (Word::InsideCover, ["封二", "封二", "表紙裏", "Inside cover"]),
    (Word::TitlePage,  ["書名頁", "书名页", "扉", "Title page"]),
    (Word::Text,       ["正文", "正文", "本文", "Text"]),
    (Word::Colophon,   ["版權頁", "版权页", "奥付", "Colophon"]),
    (Word::Landmarks,  ["導覽", "导航", "ナビゲーション", "Landmarks"]),
    (Word::Notes,      ["註釋", "注释", "注", "Notes"]),
    (Word::Title,      ["書名", "书名", "書名", "Title"]),
    (Word::Publisher,  ["出版", "出版", "発行", "Published by"]),
    (Word::Date,       ["出版日期", "出版日期", "発行日", "Date"]),
    (Word::Rights,     ["版權", "版权", "著作権", "Rights"]),
    (Word::Identifier, ["識別碼", "标识符", "識別子", "Identifier"]),
    (Word::Newspaper,  ["刊名", "刊名", "紙名", "Publication"]),
    (Word::Number,     ["期號", "期号", "号数", "Number"]),
    (Word::Edition,    ["版次", "版次", "版", "Edition"]),
    (Word::Section,    ["版名", "版名", "面名", "Section"]),
    (Word::Lunar,      ["農曆", "农历", "旧暦", "Lunar date"]),
    (Word::Done,       ["已完成", "已完成", "済", "Done"]),
    (Word::Open,       ["未完成", "未完成", "未", "Open"]),
    (Word::Note,       ["註", "注", "注", "Note"]),
    (Word::Tip,        ["提示", "提示", "ヒント", "Tip"]),
    (Word::Important,  ["重要", "重要", "重要", "Important"]),
    (Word::Warning,    ["警告", "警告", "警告", "Warning"]),
    (Word::Caution,    ["注意", "注意", "注意", "Caution"]),
    (Word::Colon,      ["：", "：", "：", ": "]),
    (Word::Comma,      ["、", "、", "、", ", "]),
    (Word::SummaryDescribed, [
        "文字可重排、可朗讀，有目錄與標題結構，圖片附文字說明。",
        "文字可重排、可朗读，有目录与标题结构，图片附文字说明。",
        "本文はリフロー・読み上げが可能で、目次と見出し構造があり、画像には代替テキストがあります。",
        "The text reflows and can be read aloud; there are contents and headings, and pictures are described.",
    ]),
    (Word::SummaryText, [
        "文字可重排、可朗讀，有目錄與標題結構。",
        "文字可重排、可朗读，有目录与标题结构。",
        "本文はリフロー・読み上げが可能で、目次と見出し構造があります。",
        "The text reflows and can be read aloud; there are contents and headings.",
    ]),
    (Word::SummaryUndescribed, [
        "文字可重排、可朗讀，有目錄與標題結構；部分圖片沒有文字說明。",
        "文字可重排、可朗读，有目录与标题结构；部分图片没有文字说明。",
        "本文はリフロー・読み上げが可能で、目次と見出し構造がありますが、代替テキストのない画像があります。",
        "The text reflows and can be read aloud; there are contents and headings; some pictures are not described.",
    ]),
];

impl Word {
    /// The word in a script.
    #[must_use]
    pub fn text(self, script: LabelScript) -> &'static str {
        WORDS[self as usize].1[column(script)]
    }
}

/// The label of an alert; `None` for a plain quotation.
#[must_use]
pub fn alert(kind: QuoteKind, script: LabelScript) -> Option<&'static str> {
    let word = match kind {
        QuoteKind::Plain => return None,
        QuoteKind::Note => Word::Note,
        QuoteKind::Tip => Word::Tip,
        QuoteKind::Important => Word::Important,
        QuoteKind::Warning => Word::Warning,
        QuoteKind::Caution => Word::Caution,
    };
    Some(word.text(script))
}

fn column(script: LabelScript) -> usize {
    match script {
        LabelScript::Traditional => 0,
        LabelScript::Simplified => 1,
        LabelScript::Japanese => 2,
        LabelScript::English => 3,
    }
}

/// The Han digits.
const DIGITS: [char; 10] = ['〇', '一', '二', '三', '四', '五', '六', '七', '八', '九'];

/// A whole number in Han digits, as folios are printed: 一二, 一〇三.
///
/// ```
/// assert_eq!(banxin::rules::words::han_digits(103), "一〇三");
/// ```
#[must_use]
pub fn han_digits(number: u64) -> String {
    let digits = number.to_string();
    digits
        .bytes()
        .map(|digit| DIGITS[usize::from(digit - b'0')])
        .collect()
}

/// A whole number in Han numerals: 一, 十二, 一百零三; from ten thousand on digit by digit.
#[must_use]
pub fn han(number: u64) -> String {
    let digit = |n: u64| DIGITS[usize::try_from(n % 10).unwrap_or(0)];
    if number >= 10_000 {
        return han_digits(number);
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

/// The days of the week from Monday in Chinese, Japanese and English.
const WEEKDAYS: [(&str, &str, &str); 7] = [
    ("星期一", "月曜日", "Monday"),
    ("星期二", "火曜日", "Tuesday"),
    ("星期三", "水曜日", "Wednesday"),
    ("星期四", "木曜日", "Thursday"),
    ("星期五", "金曜日", "Friday"),
    ("星期六", "土曜日", "Saturday"),
    ("星期日", "日曜日", "Sunday"),
];

/// Japanese eras by their first day, the latest first.
const ERAS: [((i64, i64, i64), &str); 5] = [
    ((2019, 5, 1), "令和"),
    ((1989, 1, 8), "平成"),
    ((1926, 12, 25), "昭和"),
    ((1912, 7, 30), "大正"),
    ((1868, 10, 23), "明治"),
];

/// Years of the Republic of China count from this one.
const REPUBLIC: i64 = 1911;

/// The day of the week of a date of the Gregorian calendar, Monday 0; `None` for what is none.
fn weekday((year, month, day): (i64, i64, i64)) -> Option<usize> {
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let length = match month {
        2 if leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        _ => return None,
    };
    if !(1..=length).contains(&day) || !(1..=9999).contains(&year) {
        return None;
    }
    // Sakamoto's table: days by which a month is shifted, March to February.
    const SHIFT: [i64; 12] = [0, 3, 2, 5, 0, 3, 5, 1, 4, 6, 2, 4];
    let shift = SHIFT[usize::try_from(month - 1).ok()?];
    let year = if month < 3 { year - 1 } else { year };
    let from_sunday = (year + year / 4 - year / 100 + year / 400 + shift + day) % 7;
    usize::try_from((from_sunday + 6) % 7).ok()
}

/// The date in a newspaper's section head (composition rules §16.1), weekday and era reckoned from
/// an ISO 8601 date; what is no whole date is printed as [`date`] does.
///
/// ```
/// use banxin::{model::{Language, Tradition}, rules::words::issue_date};
/// let date = |tag, tradition| issue_date("2025-03-06", &Language::new(tag), tradition);
/// assert_eq!(date("zh-HK", Tradition::HongKong), "2025年3月6日　星期四");
/// assert_eq!(date("zh-TW", Tradition::Taiwan), "中華民國114年3月6日　星期四");
/// assert_eq!(date("ja", Tradition::Japan), "2025年（令和7年）3月6日（木曜日）");
/// ```
#[must_use]
pub fn issue_date(iso: &str, language: &Language, tradition: Tradition) -> String {
    let script = script_of(language);
    let parts: Vec<i64> = iso.split('-').map_while(|part| part.parse().ok()).collect();
    let day = match parts.as_slice() {
        [year, month, day] => (*year, *month, *day),
        _ => return date(iso, script),
    };
    let Some(weekday) = weekday(day) else {
        return date(iso, script);
    };
    let (chinese, japanese, english) = WEEKDAYS[weekday];
    let (year, month, number) = day;
    match script {
        LabelScript::English => format!("{english} {}", date(iso, script)),
        LabelScript::Japanese => {
            let era = ERAS
                .iter()
                .find(|(first, _)| *first <= day)
                .map(|(first, name)| match year - first.0 + 1 {
                    1 => format!("（{name}元年）"),
                    count => format!("（{name}{count}年）"),
                });
            format!(
                "{year}年{}{month}月{number}日（{japanese}）",
                era.unwrap_or_default()
            )
        }
        _ if tradition == Tradition::Taiwan && year > REPUBLIC => {
            format!(
                "中華民國{}年{month}月{number}日　{chinese}",
                year - REPUBLIC
            )
        }
        _ => format!("{}　{chinese}", date(iso, script)),
    }
}

/// Whether a line tells where a story goes on or where it comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Jump {
    /// 下轉.
    To,
    /// 上接.
    From,
}

/// A jump line (composition rules §16.1); `page` is printed as it is, a bare number in Han numerals
/// where lines are `vertical`.
///
/// ```
/// use banxin::{model::{Language, Tradition}, rules::words::{Jump, jump}};
/// let to = |page, tag, tradition| jump(Jump::To, page, (&Language::new(tag), tradition), true);
/// assert_eq!(to("A9", "zh-HK", Tradition::HongKong), "下轉A9");
/// assert_eq!(to("3", "zh-TW", Tradition::Taiwan), "（下轉第三版）");
/// assert_eq!(to("2", "ja", Tradition::Japan), "（2面に続く）");
/// ```
#[must_use]
pub fn jump(
    which: Jump,
    page: &str,
    (language, tradition): (&Language, Tradition),
    vertical: bool,
) -> String {
    let shown = match page.parse::<u64>() {
        Ok(number) if vertical => han(number),
        _ => page.to_owned(),
    };
    let bare = page.parse::<u64>().is_ok();
    match (script_of(language), which) {
        (LabelScript::Japanese, Jump::To) => format!("（{page}面に続く）"),
        (LabelScript::Japanese, Jump::From) => format!("（{page}面から続く）"),
        (LabelScript::English, Jump::To) => format!("(continued on page {page})"),
        (LabelScript::English, Jump::From) => format!("(continued from page {page})"),
        (LabelScript::Simplified, Jump::To) => format!("（下转第{shown}版）"),
        (LabelScript::Simplified, Jump::From) => format!("（上接第{shown}版）"),
        (LabelScript::Traditional, Jump::To) if tradition == Tradition::Taiwan => {
            format!("（下轉第{shown}版）")
        }
        (LabelScript::Traditional, Jump::From) if tradition == Tradition::Taiwan => {
            format!("（文接第{shown}版）")
        }
        (LabelScript::Traditional, Jump::To) if bare => format!("下轉第{shown}版"),
        (LabelScript::Traditional, Jump::From) if bare => format!("上接第{shown}版"),
        (LabelScript::Traditional, Jump::To) => format!("下轉{page}"),
        (LabelScript::Traditional, Jump::From) => format!("上接{page}"),
    }
}

/// The number of a newspaper's page, `nth` from zero, where the first is called `edition`: A8, A9,
/// A10; 1, 2; and 1, 2 again where the first has no number of its own.
///
/// ```
/// use banxin::rules::words::edition;
/// assert_eq!(edition(Some("A9"), 1), "A10");
/// assert_eq!(edition(Some("第3版"), 1), "第4版");
/// assert_eq!(edition(None, 1), "2");
/// ```
#[must_use]
pub fn edition(first: Option<&str>, nth: u32) -> String {
    let name = first.map(str::trim).unwrap_or_default();
    let Some(start) = name.find(|c: char| c.is_ascii_digit()) else {
        return (nth + 1).to_string();
    };
    let digits = name[start..]
        .find(|c: char| !c.is_ascii_digit())
        .map_or(name.len(), |end| start + end);
    match name[start..digits].parse::<u32>() {
        Ok(number) => format!(
            "{}{}{}",
            &name[..start],
            number.saturating_add(nth),
            &name[digits..]
        ),
        Err(_) => (nth + 1).to_string(),
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

/// Before and after a picture's credit in each tradition (composition rules §16, captions); a
/// credit that says itself who did what takes the brackets alone.
const PICTURE_CREDITS: &[(Tradition, &str, &str, &str)] = &[
    (Tradition::HongKong, "（", "（", "）"),
    (Tradition::Taiwan, "（圖／", "（", "）"),
    (Tradition::Mainland, "（", "（", "）"),
    (Tradition::Japan, "＝", "＝", ""),
];

/// A picture's credit as it stands at its caption's end.
///
/// ```
/// use banxin::{model::Tradition, rules::words::picture_credit};
/// assert_eq!(picture_credit("新華社", Tradition::HongKong), "（新華社）");
/// assert_eq!(picture_credit("中央社", Tradition::Taiwan), "（圖／中央社）");
/// assert_eq!(picture_credit("陳大文攝", Tradition::Taiwan), "（陳大文攝）");
/// assert_eq!(picture_credit("山田太郎撮影", Tradition::Japan), "＝山田太郎撮影");
/// ```
#[must_use]
pub fn picture_credit(credit: &str, tradition: Tradition) -> String {
    let says = credit.contains(['攝', '摄', '圖', '图', '供', '／', '：', ':']);
    PICTURE_CREDITS
        .iter()
        .find(|row| row.0 == tradition)
        .map_or_else(
            || credit.to_owned(),
            |(_, plain, said, close)| {
                let open = if says { said } else { plain };
                format!("{open}{credit}{close}")
            },
        )
}

/// Length in bytes of the label at the head of a table's caption, with its number and the mark
/// after it: 表一：, 表 2, Table 3. Zero where there is none.
///
/// ```
/// use banxin::rules::words::table_label;
/// assert_eq!(table_label("表一：人口"), "表一：".len());
/// assert_eq!(table_label("Table 2. People"), "Table 2.".len());
/// assert_eq!(table_label("人口表"), 0);
/// ```
#[must_use]
pub fn table_label(caption: &str) -> usize {
    let named = ["附表", "表", "Table"]
        .iter()
        .find_map(|name| caption.strip_prefix(name));
    let Some(rest) = named else {
        return 0;
    };
    let is_number = |c: char| {
        c.is_ascii_digit()
            || matches!(c, '０'..='９' | '①'..='⑳' | '.' | '-' | '–' | '．')
            || "〇零一二三四五六七八九十百甲乙丙丁".contains(c)
    };
    let after = rest
        .trim_start_matches([' ', '　'])
        .trim_start_matches(is_number);
    let has_number = after.len() < rest.trim_start_matches([' ', '　']).len();
    let marked = after.strip_prefix(['：', ':']);
    match (has_number, marked) {
        (false, None) => 0,
        (_, Some(text)) => caption.len() - text.len(),
        (true, None) => caption.len() - after.len(),
    }
}

/// What stands after a caption where its table goes on.
#[must_use]
pub const fn continued(script: LabelScript) -> &'static str {
    match script {
        LabelScript::Traditional => "（續）",
        LabelScript::Simplified => "（续）",
        LabelScript::Japanese => "（続き）",
        LabelScript::English => " (continued)",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_stand_in_the_order_of_their_names() {
        for (place, (word, _)) in WORDS.iter().enumerate() {
            assert_eq!(*word as usize, place);
        }
        let contents = |tag| Word::Contents.text(script_of(&Language::new(tag)));
        assert_eq!(contents("zh-Hans-CN"), "目录");
        assert_eq!(contents("yue"), "目錄");
        assert_eq!(contents("ja"), "目次");
        assert_eq!(contents("fr"), "Contents");
    }

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
