//! A language by its BCP 47 tag, and what typography asks of it.

use super::style::Tradition;

/// A language tag (BCP 47), trimmed; letter case is kept as typed.
///
/// ```
/// use banxin::model::{Language, Tradition};
/// assert_eq!(Language::new("zh-Hant-HK").tradition(), Tradition::HongKong);
/// assert!(Language::new("ja").is_cjk());
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Language(String);

impl Default for Language {
    fn default() -> Self {
        Self::new("zh-Hant-HK")
    }
}

impl Language {
    /// A language from its tag; nothing is checked.
    #[must_use]
    pub fn new(tag: &str) -> Self {
        Self(tag.trim().to_owned())
    }

    /// The tag.
    #[must_use]
    pub fn tag(&self) -> &str {
        &self.0
    }

    /// Whether the tag has the shape of BCP 47: subtags of one to eight ASCII letters and
    /// digits, the first of two to eight letters.
    #[must_use]
    pub fn is_well_formed(&self) -> bool {
        let mut subtags = self.0.split('-');
        let first = subtags.next().unwrap_or("");
        (2..=8).contains(&first.len())
            && first.bytes().all(|b| b.is_ascii_alphabetic())
            && subtags
                .all(|s| (1..=8).contains(&s.len()) && s.bytes().all(|b| b.is_ascii_alphanumeric()))
    }

    /// The primary language, in lower case.
    #[must_use]
    pub fn primary(&self) -> String {
        self.0.split('-').next().unwrap_or("").to_ascii_lowercase()
    }

    /// Whether the text is Chinese.
    #[must_use]
    pub fn is_chinese(&self) -> bool {
        matches!(
            self.primary().as_str(),
            "zh" | "yue" | "cmn" | "nan" | "hak" | "wuu" | "lzh"
        )
    }

    /// Whether the text is Japanese.
    #[must_use]
    pub fn is_japanese(&self) -> bool {
        self.primary() == "ja"
    }

    /// Whether the text is Chinese or Japanese.
    #[must_use]
    pub fn is_cjk(&self) -> bool {
        self.is_chinese() || self.is_japanese()
    }

    /// The tradition of composition that the language follows (composition rules §1.4):
    /// `zh-HK`, `zh-MO`, `yue` and a bare `zh-Hant` Hong Kong; `zh-TW` Taiwan; `ja` Japan;
    /// other Chinese the Mainland; any other language Hong Kong.
    #[must_use]
    pub fn tradition(&self) -> Tradition {
        let lower = self.0.to_ascii_lowercase();
        let has = |subtag: &str| lower.split('-').skip(1).any(|s| s == subtag);
        if self.is_japanese() {
            Tradition::Japan
        } else if has("hk") || has("mo") || self.primary() == "yue" {
            Tradition::HongKong
        } else if has("tw") || self.primary() == "nan" {
            Tradition::Taiwan
        } else if has("cn") || has("sg") || has("my") || has("hans") {
            Tradition::Mainland
        } else if has("hant") || !self.is_chinese() {
            Tradition::HongKong
        } else {
            Tradition::Mainland
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_pick_their_tradition() {
        let rows = [
            ("zh-Hant-HK", Tradition::HongKong),
            ("zh-Hant", Tradition::HongKong),
            ("zh-TW", Tradition::Taiwan),
            ("zh", Tradition::Mainland),
            ("zh-Hans-SG", Tradition::Mainland),
            ("ja-JP", Tradition::Japan),
            ("en", Tradition::HongKong),
        ];
        for (tag, tradition) in rows {
            assert_eq!(Language::new(tag).tradition(), tradition, "{tag}");
        }
    }

    #[test]
    fn shapes_of_tags() {
        assert!(Language::new(" zh-Hant-HK ").is_well_formed());
        assert!(!Language::new("zh_HK").is_well_formed());
        assert!(!Language::new("").is_well_formed());
    }
}
