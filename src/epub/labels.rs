//! Labels: the words that the program itself sets, in the language of the publication.

use crate::model::credit::LabelScript;
use crate::model::{Language, QuoteKind};

/// The words for one language.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Labels {
    /// In which form labels of roles are printed.
    pub(crate) script: LabelScript,
    words: &'static [&'static str; WORDS],
}

/// A word that the program sets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Word {
    /// The contents page.
    Contents,
    /// The cover.
    Cover,
    /// The title page.
    TitlePage,
    /// Where the text starts.
    Text,
    /// The colophon.
    Colophon,
    /// The landmarks.
    Landmarks,
    /// Title, in the colophon.
    Title,
    /// Date of publication.
    Date,
    /// Rights.
    Rights,
    /// Identifier.
    Identifier,
    /// The newspaper of an issue.
    Publication,
    /// Number of an issue.
    Number,
    /// 版次.
    Edition,
    /// 版名.
    Section,
    /// Lunar date.
    Lunar,
    /// A tick box that is ticked.
    Done,
    /// A tick box that is not.
    Open,
    /// Alerts.
    Note,
    /// Alerts.
    Tip,
    /// Alerts.
    Important,
    /// Alerts.
    Warning,
    /// Alerts.
    Caution,
    /// What is said of accessibility where the author says nothing, with pictures described.
    SummaryDescribed,
    /// The same without pictures.
    SummaryText,
    /// The same where some pictures lack words.
    SummaryUndescribed,
}

const WORDS: usize = Word::SummaryUndescribed as usize + 1;

#[rustfmt::skip]
const TRADITIONAL: [&str; WORDS] = [
    "目錄", "封面", "書名頁", "正文", "版權頁", "導覽", "書名", "出版日期", "版權", "識別碼",
    "刊名", "期號", "版次", "版名", "農曆", "已完成", "未完成", "註", "提示", "重要", "注意", "警告",
    "文字可重排、可朗讀，有目錄與標題結構，圖片附文字說明。",
    "文字可重排、可朗讀，有目錄與標題結構。",
    "文字可重排、可朗讀，有目錄與標題結構；部分圖片沒有文字說明。",
];
#[rustfmt::skip]
const SIMPLIFIED: [&str; WORDS] = [
    "目录", "封面", "书名页", "正文", "版权页", "导航", "书名", "出版日期", "版权", "标识符",
    "刊名", "期号", "版次", "版名", "农历", "已完成", "未完成", "注", "提示", "重要", "注意", "警告",
    "文字可重排、可朗读，有目录与标题结构，图片附文字说明。",
    "文字可重排、可朗读，有目录与标题结构。",
    "文字可重排、可朗读，有目录与标题结构；部分图片没有文字说明。",
];
#[rustfmt::skip]
const JAPANESE: [&str; WORDS] = [
    "目次", "表紙", "扉", "本文", "奥付", "ナビゲーション", "書名", "発行日", "著作権", "識別子",
    "紙名", "号数", "版", "面名", "旧暦", "済", "未", "注", "ヒント", "重要", "注意", "警告",
    "本文はリフロー・読み上げが可能で、目次と見出し構造があり、画像には代替テキストがあります。",
    "本文はリフロー・読み上げが可能で、目次と見出し構造があります。",
    "本文はリフロー・読み上げが可能で、目次と見出し構造がありますが、代替テキストのない画像があります。",
];
#[rustfmt::skip]
const ENGLISH: [&str; WORDS] = [
    "Contents", "Cover", "Title page", "Text", "Colophon", "Landmarks", "Title", "Date", "Rights", "Identifier",
    "Publication", "Number", "Edition", "Section", "Lunar date", "Done", "Open", "Note", "Tip", "Important", "Warning", "Caution",
    "The text reflows and can be read aloud; there are contents and headings, and pictures are described.",
    "The text reflows and can be read aloud; there are contents and headings.",
    "The text reflows and can be read aloud; there are contents and headings; some pictures are not described.",
];

impl Labels {
    /// The words for a language: its own script of Chinese, Japanese, else English.
    pub(crate) fn of(language: &Language) -> Self {
        let simplified =
            language.is_chinese() && language.tradition() == crate::model::Tradition::Mainland;
        let (script, words) = if language.is_japanese() {
            (LabelScript::Japanese, &JAPANESE)
        } else if simplified {
            (LabelScript::Simplified, &SIMPLIFIED)
        } else if language.is_chinese() {
            (LabelScript::Traditional, &TRADITIONAL)
        } else {
            (LabelScript::English, &ENGLISH)
        };
        Self { script, words }
    }

    /// A word.
    pub(crate) fn get(&self, word: Word) -> &'static str {
        self.words[word as usize]
    }

    /// The word over an alert; `None` for a plain quotation.
    pub(crate) fn alert(&self, kind: QuoteKind) -> Option<&'static str> {
        let word = match kind {
            QuoteKind::Plain => return None,
            QuoteKind::Note => Word::Note,
            QuoteKind::Tip => Word::Tip,
            QuoteKind::Important => Word::Important,
            QuoteKind::Warning => Word::Warning,
            QuoteKind::Caution => Word::Caution,
        };
        Some(self.get(word))
    }

    /// What stands between a label and its value in running text.
    pub(crate) fn colon(&self) -> &'static str {
        if self.script == LabelScript::English {
            ": "
        } else {
            "："
        }
    }

    /// What stands between two names.
    pub(crate) fn comma(&self) -> &'static str {
        if self.script == LabelScript::English {
            ", "
        } else {
            "、"
        }
    }

    /// An ISO date as it is printed; as it is where it is none.
    pub(crate) fn date(&self, iso: &str) -> String {
        if self.script == LabelScript::English {
            return iso.to_owned();
        }
        let mut out = String::new();
        for (part, unit) in iso.split('-').zip(["年", "月", "日"]) {
            let Ok(number) = part.parse::<u32>() else {
                return iso.to_owned();
            };
            out.push_str(&number.to_string());
            out.push_str(unit);
        }
        if iso.split('-').count() > 3 {
            return iso.to_owned();
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_printed_as_the_language_has_them() {
        let chinese = Labels::of(&Language::new("zh-Hant-HK"));
        assert_eq!(chinese.date("2025-03-06"), "2025年3月6日");
        assert_eq!(chinese.date("2025-03"), "2025年3月");
        assert_eq!(chinese.date("春"), "春");
        assert_eq!(Labels::of(&Language::new("en")).date("2025-03"), "2025-03");
    }

    #[test]
    fn scripts_follow_the_language() {
        let word = |tag| Labels::of(&Language::new(tag)).get(Word::Contents);
        assert_eq!(word("zh-Hans-CN"), "目录");
        assert_eq!(word("yue"), "目錄");
        assert_eq!(word("ja"), "目次");
        assert_eq!(word("fr"), "Contents");
    }
}
