//! Which marks `text-spacing-trim: normal` sets half beside which neighbours.

use icu_properties::CodePointMapData;
use icu_properties::props::GeneralCategory;

/// What a character is to `text-spacing-trim` (CSS Text 4 #text-spacing-classes).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Mark {
    /// A full-width opening mark: its first half is blank.
    Open,
    /// A full-width closing mark: its second half is blank.
    Close,
    /// A mark in the middle of its cell.
    Middle,
    /// 、，。．: closing marks where the face draws them in the corner, middle marks where it
    /// draws them in the middle.
    Dot,
    /// ：, which is of the class that its ink tells.
    Colon,
    /// ；, likewise.
    Semicolon,
    /// A curly quote that opens: a full-width mark where the face draws it as wide.
    OpenQuote,
    /// A curly quote that closes.
    CloseQuote,
    /// A narrow opening mark.
    OpenNarrow,
    /// A narrow closing mark.
    CloseNarrow,
    /// Anything else.
    Other,
}

/// Marks by their code points, sorted; other characters are narrow brackets by their general
/// category, or nothing.
#[rustfmt::skip]
const MARKS: &[(char, Mark)] = &[
    ('\u{b7}', Mark::Middle),
    ('\u{2018}', Mark::OpenQuote), ('\u{2019}', Mark::CloseQuote),
    ('\u{201c}', Mark::OpenQuote), ('\u{201d}', Mark::CloseQuote),
    ('\u{2027}', Mark::Middle),
    ('\u{3000}', Mark::Middle), ('、', Mark::Dot), ('。', Mark::Dot),
    ('〈', Mark::Open), ('〉', Mark::Close), ('《', Mark::Open), ('》', Mark::Close),
    ('「', Mark::Open), ('」', Mark::Close), ('『', Mark::Open), ('』', Mark::Close),
    ('【', Mark::Open), ('】', Mark::Close),
    ('〔', Mark::Open), ('〕', Mark::Close), ('〖', Mark::Open), ('〗', Mark::Close),
    ('〘', Mark::Open), ('〙', Mark::Close), ('〚', Mark::Open), ('〛', Mark::Close),
    ('〝', Mark::Open), ('〞', Mark::Close), ('〟', Mark::Close),
    ('・', Mark::Middle),
    ('（', Mark::Open), ('）', Mark::Close), ('，', Mark::Dot), ('．', Mark::Dot),
    ('：', Mark::Colon), ('；', Mark::Semicolon),
    ('［', Mark::Open), ('］', Mark::Close), ('｛', Mark::Open), ('｝', Mark::Close),
    ('｟', Mark::Open), ('｠', Mark::Close),
];

/// What a character is to `text-spacing-trim`, its face not asked.
pub(crate) fn mark(c: char) -> Mark {
    if c.is_ascii_alphanumeric() || matches!(c, '\u{3040}'..='\u{30fa}' | '\u{3400}'..='\u{9fff}') {
        return Mark::Other;
    }
    if let Ok(row) = MARKS.binary_search_by_key(&c, |(mark, _)| *mark) {
        return MARKS[row].1;
    }
    match CodePointMapData::<GeneralCategory>::new().get(c) {
        GeneralCategory::OpenPunctuation => Mark::OpenNarrow,
        GeneralCategory::ClosePunctuation => Mark::CloseNarrow,
        _ => Mark::Other,
    }
}

/// Which of two neighbours is set half.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Half {
    /// Neither.
    Neither,
    /// The first, without its second half.
    First,
    /// The second, without its first half.
    Second,
}

/// What two neighbours do (CSS Text 4 #fullwidth-collapsing). The ink of both is settled: none is
/// a dot, a colon or a quote.
pub(crate) fn between(first: Mark, second: Mark) -> Half {
    match (first, second) {
        (Mark::Open | Mark::Close | Mark::Middle | Mark::OpenNarrow, Mark::Open) => Half::Second,
        (Mark::Close, Mark::Close | Mark::Middle | Mark::CloseNarrow) => Half::First,
        _ => Half::Neither,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_sorted() {
        assert!(MARKS.is_sorted_by_key(|(mark, _)| *mark));
    }

    #[test]
    fn classes_of_characters() {
        assert_eq!(mark('「'), Mark::Open);
        assert_eq!(mark('('), Mark::OpenNarrow);
        assert_eq!(mark('｣'), Mark::CloseNarrow);
        assert_eq!(mark('！'), Mark::Other);
        assert_eq!(mark('字'), Mark::Other);
    }

    #[test]
    fn neighbours() {
        assert_eq!(between(Mark::Close, Mark::Open), Half::Second);
        assert_eq!(between(Mark::Close, Mark::Middle), Half::First);
        assert_eq!(between(Mark::Middle, Mark::Close), Half::Neither);
        assert_eq!(between(Mark::Other, Mark::Open), Half::Neither);
    }
}
