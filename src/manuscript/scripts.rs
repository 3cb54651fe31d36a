//! What a reader of Markdown asks of a character: East Asian or not, punctuation or not.

use icu_properties::CodePointMapData;
use icu_properties::props::{EastAsianWidth, GeneralCategory, GeneralCategoryGroup};

/// Marks of Chinese text whose width Unicode leaves ambiguous (East Asian Width `A` or `N`):
/// quotation marks, the dash, the ellipsis and the middle dot.
const SHARED_MARKS: &[char] = &[
    '\u{00B7}', '\u{2014}', '\u{2015}', '\u{2018}', '\u{2019}', '\u{201C}', '\u{201D}', '\u{2025}',
    '\u{2026}', '\u{2027}', '\u{22EF}', '\u{2E3A}', '\u{2E3B}',
];

/// Whether a mark belongs to Chinese and to Western text alike.
pub(crate) fn is_shared_mark(character: char) -> bool {
    SHARED_MARKS.binary_search(&character).is_ok()
}

/// Whether a character is wide, or a mark that Chinese shares with Western text.
pub(crate) fn is_east_asian(character: char) -> bool {
    is_wide(character) || is_shared_mark(character)
}

fn is_wide(character: char) -> bool {
    match character {
        '\0'..='\u{10FF}' => false,
        '\u{4E00}'..='\u{9FFF}' | '\u{3000}'..='\u{30FF}' => true,
        _ => matches!(
            CodePointMapData::<EastAsianWidth>::new().get(character),
            EastAsianWidth::Wide | EastAsianWidth::Fullwidth | EastAsianWidth::Halfwidth
        ),
    }
}

/// Whether a line break beside this character joins without a space. Hangul is wide and has
/// spaces between its words.
pub(crate) fn joins_lines(character: char) -> bool {
    is_wide(character)
        && !matches!(character,
            '\u{1100}'..='\u{11FF}' | '\u{3131}'..='\u{318E}' | '\u{A960}'..='\u{A97F}'
            | '\u{AC00}'..='\u{D7FF}' | '\u{FFA0}'..='\u{FFDC}')
}

/// Whether CommonMark counts a character as punctuation: Unicode P or S.
pub(crate) fn is_punctuation(character: char) -> bool {
    if character.is_ascii() {
        return character.is_ascii_punctuation();
    }
    if matches!(character, '\u{4E00}'..='\u{9FFF}') {
        return false;
    }
    let category = CodePointMapData::<GeneralCategory>::new().get(character);
    GeneralCategoryGroup::Punctuation.contains(category)
        || GeneralCategoryGroup::Symbol.contains(category)
}

/// Whether a character is bopomofo or one of its tone marks.
pub(crate) fn is_bopomofo(character: char) -> bool {
    matches!(character,
        '\u{3105}'..='\u{312F}' | '\u{31A0}'..='\u{31BF}'
        | 'ˉ' | 'ˊ' | 'ˇ' | 'ˋ' | '˙' | '\u{02EA}' | '\u{02EB}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shared_marks_are_sorted() {
        assert!(SHARED_MARKS.windows(2).all(|pair| pair[0] < pair[1]));
    }

    #[test]
    fn characters_fall_in_their_class() {
        assert!(is_east_asian('「') && is_east_asian('—') && is_east_asian('漢'));
        assert!(!is_east_asian('a') && !is_east_asian('('));
        assert!(is_punctuation('。') && is_punctuation('%') && !is_punctuation('漢'));
        assert!(joins_lines('あ') && !joins_lines('한') && !joins_lines('—'));
    }
}
