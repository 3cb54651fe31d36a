//! Which characters belong together: marks with letters, selectors with characters, pictures
//! joined to one, and letters of one word.

use icu_properties::props::{
    BidiClass, EmojiPresentation, ExtendedPictographic, GraphemeClusterBreak,
};
use icu_properties::{CodePointMapData, CodePointSetData};

use GraphemeClusterBreak as G;

/// Asks for the shape of letters, or for the coloured picture, of the character before it
/// (UTS #51, 1.4.3).
const TEXT_SELECTOR: char = '\u{FE0E}';
/// See [`TEXT_SELECTOR`].
const PICTURE_SELECTOR: char = '\u{FE0F}';
/// Joins what stands on both sides of it.
const JOINER: char = '\u{200D}';

/// Characters of the longest cluster; what binds more is cut.
const LONGEST: usize = 32;

/// Bytes of the first cluster of a text: what readers take for one character (UAX #29, extended
/// grapheme clusters, but for the conjuncts of Indic scripts, which shaping finds). 0 where it is
/// empty.
pub(crate) fn cluster_len(text: &str) -> usize {
    let mut chars = text.char_indices().peekable();
    let Some((_, first)) = chars.next() else {
        return 0;
    };
    if chars.peek().is_none_or(|(_, next)| stands_apart(*next)) {
        return first.len_utf8();
    }
    let breaks = CodePointMapData::<G>::new();
    let is_picture = |c: char| CodePointSetData::new::<ExtendedPictographic>().contains(c);
    let mut last = breaks.get(first);
    if matches!(last, G::Control | G::CR | G::LF) {
        return first.len_utf8();
    }
    let picture = is_picture(first);
    let mut flags = usize::from(last == G::RegionalIndicator);
    let mut end = first.len_utf8();
    for (at, c) in chars.take(LONGEST) {
        if stands_apart(c) && last != G::Prepend {
            break;
        }
        let next = breaks.get(c);
        let joined = match (last, next) {
            (_, G::Extend | G::ZWJ | G::SpacingMark) => true,
            (G::Prepend, _) => !matches!(next, G::Control | G::CR | G::LF),
            (G::L, G::L | G::V | G::LV | G::LVT)
            | (G::LV | G::V, G::V | G::T)
            | (G::LVT | G::T, G::T) => true,
            (G::RegionalIndicator, G::RegionalIndicator) => flags % 2 == 1,
            (G::ZWJ, _) => picture && is_picture(c),
            _ => false,
        };
        if !joined {
            break;
        }
        flags += usize::from(next == G::RegionalIndicator);
        last = next;
        end = at + c.len_utf8();
    }
    end
}

/// Whether a character may belong to the one before it; quick.
pub(crate) const fn may_bind(c: char) -> bool {
    !stands_apart(c)
}

/// Whether a character never belongs to the one before it; quick, and true for most text.
const fn stands_apart(c: char) -> bool {
    // FF9E and FF9F, which extend in Unicode, are marks of half an em with a place of their own.
    matches!(c,
        ..'\u{300}' | '\u{2010}'..='\u{2027}' | '\u{2E80}'..='\u{3029}' | '\u{3030}'..='\u{3098}'
        | '\u{309B}'..='\u{A66E}' | '\u{F900}'..='\u{FAFF}' | '\u{FF01}'..='\u{FFDF}'
        | '\u{20000}'..='\u{3FFFF}')
}

/// Whether a letter belongs to a script that runs to the left (UAX #9, classes R and AL).
pub(crate) fn runs_leftward(c: char) -> bool {
    // The blocks whose letters are such (DerivedBidiClass.txt).
    matches!(c,
        '\u{590}'..='\u{8FF}' | '\u{FB1D}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFE}'
        | '\u{10800}'..='\u{10FFF}' | '\u{1E800}'..='\u{1EFFF}')
        && matches!(
            CodePointMapData::<BidiClass>::new().get(c),
            BidiClass::RightToLeft | BidiClass::ArabicLetter
        )
}

/// The clusters of a text, each with its first byte.
pub(crate) fn clusters(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let length = cluster_len(&text[at..]);
        let start = at;
        at += length;
        (length > 0).then(|| (start, &text[start..at]))
    })
}

/// Bytes of the word at the start of a text: letters and digits of scripts that are set in words,
/// with their marks; 0 where there is none.
pub(crate) fn word_len(text: &str) -> usize {
    let mut end = 0;
    while text[end..].chars().next().is_some_and(is_of_words) {
        end += cluster_len(&text[end..]);
    }
    end
}

/// Whether a letter or digit is of a script that is set in words, and not in squares.
pub(crate) fn is_of_words(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_alphanumeric();
    }
    !matches!(c,
        '\u{1100}'..='\u{11FF}' | '\u{2E80}'..='\u{A4CF}' | '\u{A960}'..='\u{A97F}'
        | '\u{AC00}'..='\u{D7FF}' | '\u{F900}'..='\u{FAFF}' | '\u{FF00}'..='\u{FFEF}'
        | '\u{16FE0}'..='\u{18DFF}' | '\u{1AFF0}'..='\u{1B2FF}' | '\u{20000}'..='\u{3FFFF}')
        && c.is_alphanumeric()
}

/// Whether a cluster is asked for as a picture: by a selector, a colour of skin, a joiner or a
/// flag, or because the character is a picture unless a selector says otherwise (UTS #51, ED-6).
pub(crate) fn is_emoji(cluster: &str) -> bool {
    let mut chars = cluster.chars();
    let Some(first) = chars.next() else {
        return false;
    };
    if first < '\u{231A}' && chars.clone().next().is_none() || is_common(first) {
        return false;
    }
    if cluster.contains(TEXT_SELECTOR) {
        return false;
    }
    let pictures = CodePointSetData::new::<EmojiPresentation>();
    pictures.contains(first)
        || cluster.contains(PICTURE_SELECTOR)
        || cluster.contains(JOINER)
            && CodePointSetData::new::<ExtendedPictographic>().contains(first)
        || chars.any(|c| pictures.contains(c))
}

/// Han, kana and their marks.
const fn is_common(c: char) -> bool {
    matches!(c, '\u{2E80}'..='\u{3029}' | '\u{3031}'..='\u{303C}' | '\u{303E}'..='\u{3296}' | '\u{3300}'..='\u{FAFF}')
}

/// Whether a character chooses among the variants of the one before it.
pub(crate) const fn is_selector(c: char) -> bool {
    matches!(c, '\u{FE00}'..='\u{FE0F}' | '\u{E0100}'..='\u{E01EF}')
}

/// The character and the variation selector after it, where the cluster starts with both.
pub(super) fn variant(cluster: &str) -> Option<(char, char)> {
    let mut chars = cluster.chars();
    let (base, selector) = (chars.next()?, chars.next()?);
    is_selector(selector).then_some((base, selector))
}

/// Characters that set nothing of their own, so that no face need have them, as first and last
/// (Unicode 17, DerivedCoreProperties, Default_Ignorable_Code_Point).
const UNSEEN: [(char, char); 16] = [
    ('\u{AD}', '\u{AD}'),
    ('\u{34F}', '\u{34F}'),
    ('\u{61C}', '\u{61C}'),
    ('\u{115F}', '\u{1160}'),
    ('\u{17B4}', '\u{17B5}'),
    ('\u{180B}', '\u{180F}'),
    ('\u{200B}', '\u{200F}'),
    ('\u{202A}', '\u{202E}'),
    ('\u{2060}', '\u{206F}'),
    ('\u{3164}', '\u{3164}'),
    ('\u{FE00}', '\u{FE0F}'),
    ('\u{FEFF}', '\u{FEFF}'),
    ('\u{FFA0}', '\u{FFA0}'),
    ('\u{1BCA0}', '\u{1BCA3}'),
    ('\u{1D173}', '\u{1D17A}'),
    ('\u{E0000}', '\u{E0FFF}'),
];

/// Whether a character sets nothing of its own.
pub(crate) fn is_unseen(character: char) -> bool {
    UNSEEN
        .iter()
        .any(|(first, last)| (*first..=*last).contains(&character))
}

/// Combining marks by block, as first and last, beyond those of single scripts that these faces
/// never have (Unicode 17, Blocks).
const MARKS: [(char, char); 7] = [
    ('\u{300}', '\u{36F}'),
    ('\u{1AB0}', '\u{1AFF}'),
    ('\u{1DC0}', '\u{1DFF}'),
    ('\u{20D0}', '\u{20FF}'),
    ('\u{302A}', '\u{302F}'),
    ('\u{3099}', '\u{309A}'),
    ('\u{FE20}', '\u{FE2F}'),
];

/// Whether a character belongs to the one before it: marks, selectors and joiners.
#[inline]
pub(crate) fn binds(character: char) -> bool {
    // Most of a text: no such character stands in these blocks.
    let apart = matches!(character,
        ' '..='~' | '\u{2010}'..='\u{2027}' | '\u{3000}'..='\u{3029}' | '\u{3030}'..='\u{3098}'
        | '\u{309B}'..='\u{3163}' | '\u{3165}'..='\u{FDFF}' | '\u{FF01}'..='\u{FF9F}');
    !apart && binds_by_block(character)
}

fn binds_by_block(character: char) -> bool {
    let is_mark = MARKS
        .iter()
        .any(|(first, last)| (*first..=*last).contains(&character));
    is_mark || is_unseen(character)
}

/// Whether a character is an ideograph of the unified blocks (Unicode 17, Blocks). In the bundled
/// faces its glyph, advance and origin do not depend on its neighbours.
pub(crate) const fn is_unified(character: char) -> bool {
    matches!(character,
        '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{20000}'..='\u{2A6DF}'
        | '\u{2A700}'..='\u{2EBE0}' | '\u{30000}'..='\u{323AF}')
}

/// The dash as pairs or triplets of which a long one is set where no face has it (composition
/// rules §10.2).
pub(crate) const fn long_dash(character: char) -> Option<char> {
    match character {
        '\u{2E3A}' | '\u{2E3B}' => Some('—'),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clusters_are_what_readers_take_for_a_character() {
        for whole in [
            "版",
            "e\u{302}\u{301}",
            "か\u{3099}",
            "葛\u{E0100}",
            "❤\u{FE0F}",
            "👩\u{200D}🚀",
            "👍🏽",
            "🇭🇰",
            "1\u{FE0F}\u{20E3}",
            "\u{1112}\u{1161}\u{11AB}",
            "가\u{11A8}",
            "ก\u{E33}",
        ] {
            assert_eq!(cluster_len(&format!("{whole}版")), whole.len(), "{whole}");
            assert_eq!(cluster_len(whole), whole.len(), "{whole}");
        }
        let parts = |text: &'static str| clusters(text).map(|(_, c)| c).collect::<Vec<_>>();
        assert_eq!(parts("🇭🇰🇯🇵🇹"), ["🇭🇰", "🇯🇵", "🇹"]);
        assert_eq!(parts("ab，版本"), ["a", "b", "，", "版", "本"]);
        // No mark belongs to a break or a control.
        assert_eq!(parts("\u{200B}\u{301}"), ["\u{200B}", "\u{301}"]);
        assert_eq!(parts(""), [""; 0]);
    }

    #[test]
    fn the_quick_way_tells_what_the_blocks_tell() {
        for c in '\0'..=char::MAX {
            assert_eq!(binds(c), binds_by_block(c), "U+{:04X}", c as u32);
        }
    }

    #[test]
    fn words_end_at_marks_spaces_and_squares() {
        let word = |text: &'static str| &text[..word_len(text)];
        assert_eq!(word("naïve, yes"), "naïve");
        assert_eq!(word("e\u{302}a版"), "e\u{302}a");
        assert_eq!(word("版本"), "");
        assert_eq!(word("２a"), "");
        assert_eq!(word("שלום מה"), "שלום");
    }

    #[test]
    fn pictures_are_told_from_signs() {
        for picture in [
            "😀",
            "⌚",
            "❤\u{FE0F}",
            "🇭🇰",
            "1\u{FE0F}\u{20E3}",
            "☝🏽",
            "👩\u{200D}🚀",
        ] {
            assert!(is_emoji(picture), "{picture}");
        }
        for sign in [
            "a",
            "1",
            "版",
            "❤",
            "▶",
            "⌚\u{FE0E}",
            "©",
            "葛\u{E0100}",
            "㊙",
            "e\u{301}",
        ] {
            assert!(!is_emoji(sign), "{sign}");
        }
    }
}
