//! Emphasis beside East Asian characters: a copy of the text in which delimiter runs work.
//!
//! CommonMark looks at the two characters around a run of asterisks: beside punctuation the run
//! opens or closes only where white space or punctuation stands on its other side. Chinese has
//! no white space, so `**「走吧。」**然後` would keep its asterisks. In a copy of the same length
//! East Asian characters beside a run pass for letters, or for punctuation where ASCII
//! punctuation stands on the other side; the text itself is then taken by range from the
//! original. Ruby and attributes in braces pass for letters as a whole.

use std::borrow::Cow;
use std::ops::Range;

use super::scripts::{is_east_asian, is_punctuation};

/// A copy of `text` of the same length for the Markdown parser.
pub(crate) fn mask(text: &str) -> Cow<'_, str> {
    if !text.contains(['*', '~', '{']) {
        return Cow::Borrowed(text);
    }
    let mut copy = text.as_bytes().to_vec();
    mask_braces(text, &mut copy);
    mask_runs(text, &mut copy);
    String::from_utf8(copy).map_or(Cow::Borrowed(text), Cow::Owned)
}

/// Ruby and attributes in braces, whose own marks mean nothing to Markdown.
fn mask_braces(text: &str, copy: &mut [u8]) {
    let bytes = text.as_bytes();
    let mut open: Option<usize> = None;
    let mut at = 0;
    while at < bytes.len() {
        match bytes[at] {
            b'\\' => at += 1,
            b'\n' | b'`' => open = None,
            b'{' => open = Some(at),
            b'}' => {
                if let Some(start) = open.take()
                    && is_mark(&text[start + 1..at])
                {
                    mask_brace(copy, start..at + 1);
                }
            }
            _ => {}
        }
        at += 1;
    }
}

/// Whether what stands between braces is ruby or a list of attributes.
fn is_mark(inside: &str) -> bool {
    inside.contains('|') || super::attributes::parse(inside).is_some()
}

fn mask_brace(copy: &mut [u8], range: Range<usize>) {
    let mut at = range.start;
    while at < range.end {
        match copy[at] {
            // An escape and an entity are for the parser to read.
            b'\\' => at += 1,
            b'|' | b'&' | b'#' | b';' => {}
            byte if byte.is_ascii_punctuation() => copy[at] = b'a',
            _ => {}
        }
        at += 1;
    }
}

/// How CommonMark sees a neighbour of a delimiter run.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    White,
    Letter,
    Punctuation,
}

fn side(character: char) -> Side {
    if character.is_whitespace() {
        Side::White
    } else if is_punctuation(character) {
        Side::Punctuation
    } else {
        Side::Letter
    }
}

/// ASCII punctuation that begins what is emphasised.
const OPENING: &str = "([{<\"'`#$@+-!&\\^_~";
/// ASCII punctuation that ends what is emphasised.
const CLOSING: &str = ")]}>\"'`%.,;:!?+^_~";

fn mask_runs(text: &str, copy: &mut [u8]) {
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        let mark = bytes[at];
        if mark != b'*' && mark != b'~' {
            at += 1;
            continue;
        }
        let start = at;
        while at < bytes.len() && bytes[at] == mark {
            at += 1;
        }
        let before = text[..start].chars().next_back();
        let after = text[at..].chars().next();
        let (Some(before), Some(after)) = (before, after) else {
            continue;
        };
        let before_range = start - before.len_utf8()..start;
        let after_range = at..at + after.len_utf8();
        let (free_before, free_after) = (is_east_asian(before), is_east_asian(after));
        // A masked brace is a letter by now, and what another run has masked is what it put there.
        let seen = |character: char, range: &Range<usize>| {
            let put = std::str::from_utf8(&copy[range.clone()]).ok();
            let put = put.and_then(|text| text.chars().next());
            match put {
                Some('a') => Side::Letter,
                put => side(put.unwrap_or(character)),
            }
        };
        let (left, right) = (seen(before, &before_range), seen(after, &after_range));
        match (free_before, free_after) {
            (true, true) => {
                if left == Side::Punctuation {
                    put(copy, before_range, Side::Letter);
                }
                if right == Side::Punctuation {
                    put(copy, after_range, Side::Letter);
                }
            }
            (true, false) => match right {
                Side::Letter if left == Side::Punctuation => put(copy, before_range, Side::Letter),
                Side::Punctuation if left == Side::Letter && OPENING.contains(after) => {
                    put(copy, before_range, Side::Punctuation);
                }
                _ => {}
            },
            (false, true) => match left {
                Side::Letter if right == Side::Punctuation => put(copy, after_range, Side::Letter),
                Side::Punctuation if right == Side::Letter && CLOSING.contains(before) => {
                    put(copy, after_range, Side::Punctuation);
                }
                _ => {}
            },
            (false, false) => {}
        }
    }
}

/// Puts a letter or a punctuation mark of the same length in place of a character.
fn put(copy: &mut [u8], range: Range<usize>, side: Side) {
    let stand_in = match (side, range.len()) {
        (Side::Punctuation, 3) => "、",
        // U+10100 is punctuation of four bytes.
        (Side::Punctuation, 4) => "\u{10100}",
        (_, 2) => "é",
        (_, 3) => "一",
        (_, 4) => "\u{20000}",
        _ => return,
    };
    if stand_in.len() == range.len() {
        copy[range].copy_from_slice(stand_in.as_bytes());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn copies_keep_their_length() {
        for text in [
            "**「走吧。」**然後",
            "說**{漢字|かんじ}**後",
            "他**100%**的",
            "a*b*c",
            "{*a*}",
            "`{a|b`}",
            "\\{a|b}",
            "😀**！**😀",
        ] {
            assert_eq!(mask(text).len(), text.len(), "{text}");
        }
    }

    #[test]
    fn only_neighbours_of_runs_change() {
        assert_eq!(mask("「走」*「」*"), "「走一*一」*");
        assert_eq!(mask("（_foo_）"), "（_foo_）");
        assert_eq!(mask("{a_b|c*d}"), "aaab|cada");
    }

    #[test]
    fn a_mark_between_two_runs_serves_both() {
        // The stop after the first run is punctuation for the second, which a bracket follows.
        assert_eq!(mask("*走*；*[屈原]*"), "*走*、*[屈原]*");
    }
}
