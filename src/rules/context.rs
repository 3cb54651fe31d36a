//! The classes of marks that Chinese, Japanese and Western text share, by what stands beside them
//! (composition rules §2).

use crate::model::Language;

use super::class::{CharClass, CharClass as K, class_of};

/// The classes of a whole text, those that depend on neighbours resolved (composition rules §2):
/// curly quotes between Western words are Western, and so are dashes, leaders and dots where no
/// Chinese or Japanese stands beside them and the text is not in such a language.
///
/// One class a character, in order.
#[must_use]
pub fn classes(text: &str, language: &Language) -> Vec<CharClass> {
    let mut found: Vec<CharClass> = Vec::with_capacity(text.len() / 3 + 8);
    let mut doubts = Vec::new();
    for (byte, c) in text.char_indices() {
        if is_doubtful(c) || is_typed_narrow(c) {
            doubts.push(Doubt {
                at: found.len(),
                c,
                around: [
                    text[..byte].chars().next_back(),
                    text[byte + c.len_utf8()..].chars().next(),
                ],
                sides: [Beside::Nothing; 2],
            });
        }
        found.push(class_of(c));
    }
    if !doubts.is_empty() {
        look_aside(&found, &mut doubts);
        resolve(&doubts, language, &mut found);
    }
    found
}

/// Whether the class of the character depends on what stands beside it.
const fn is_doubtful(c: char) -> bool {
    matches!(
        c,
        '\u{b7}' | '\u{2013}'..='\u{2015}' | '\u{2022}' | '\u{2025}'..='\u{2027}' | '\u{22ef}'
    ) || is_quote(c)
}

/// Curly quotes, which Chinese and Western text share.
const fn is_quote(c: char) -> bool {
    matches!(c, '\u{2018}' | '\u{2019}' | '\u{201c}' | '\u{201d}')
}

/// Western marks that stand for full-width ones between Chinese or Japanese characters.
const fn is_typed_narrow(c: char) -> bool {
    matches!(c, '/' | '~' | '\u{2010}')
}

/// What stands beside a doubtful character, over spaces and others like it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Beside {
    Nothing,
    Cjk,
    Western,
}

/// A character whose class depends on what stands beside it.
struct Doubt {
    /// Its number in the text.
    at: usize,
    c: char,
    /// The characters before and after it.
    around: [Option<char>; 2],
    /// What stands on both sides of it.
    sides: [Beside; 2],
}

impl Doubt {
    /// Whether the same character stands right beside it.
    fn is_paired(&self) -> bool {
        self.around.contains(&Some(self.c))
    }

    /// Whether it joins two numbers and belongs to them.
    fn is_between_digits(&self) -> bool {
        let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
        self.around.into_iter().all(digit)
    }
}

/// Finds what stands on both sides of each doubtful character, by the classes that all have by
/// themselves.
fn look_aside(found: &[CharClass], doubts: &mut [Doubt]) {
    let beside = |class: &CharClass| {
        if class.is_cjk() {
            Beside::Cjk
        } else {
            Beside::Western
        }
    };
    // One place before the other: each space is looked over once in each direction.
    let own = |doubt: &Doubt, over: Beside| {
        if is_doubtful(doubt.c) {
            over
        } else {
            beside(&found[doubt.at])
        }
    };
    let counts = |class: &&CharClass| **class != K::WordSpace;
    let (mut from, mut so_far) = (0, Beside::Nothing);
    for doubt in doubts.iter_mut() {
        let before = found[from..doubt.at].iter().rev().find(counts);
        doubt.sides[0] = before.map_or(so_far, beside);
        so_far = own(doubt, doubt.sides[0]);
        from = doubt.at + 1;
    }
    let (mut to, mut so_far) = (found.len(), Beside::Nothing);
    for doubt in doubts.iter_mut().rev() {
        let after = found[doubt.at + 1..to].iter().find(counts);
        doubt.sides[1] = after.map_or(so_far, beside);
        so_far = own(doubt, doubt.sides[1]);
        to = doubt.at;
    }
}

/// Whether any character is of Chinese or Japanese text beyond doubt.
fn has_cjk(found: &[CharClass], doubts: &[Doubt]) -> bool {
    let mut doubts = doubts
        .iter()
        .filter(|doubt| is_doubtful(doubt.c))
        .peekable();
    found.iter().enumerate().any(|(i, class)| {
        let doubtful = doubts.next_if(|doubt| doubt.at == i).is_some();
        class.is_cjk() && !doubtful
    })
}

fn resolve(doubts: &[Doubt], language: &Language, found: &mut [CharClass]) {
    let any_cjk = has_cjk(found, doubts);
    // Opening quotes that wait for their other half.
    let mut open: Vec<(usize, char)> = Vec::new();
    for doubt in doubts {
        let &Doubt {
            at: i, c, sides, ..
        } = doubt;
        if is_typed_narrow(c) {
            let cjk = |j: Option<usize>| j.and_then(|j| found.get(j)).is_some_and(|k| k.is_cjk());
            if cjk(i.checked_sub(1)) && cjk(Some(i + 1)) {
                found[i] = match c {
                    '/' => K::Solidus,
                    '~' => K::Connector,
                    _ => K::ShortConnector,
                };
            }
            continue;
        }
        let paired = doubt.is_paired();
        // Quotes and – go with words on both sides; other marks keep to the language.
        let by_words = is_quote(c) || c == '\u{2013}';
        let western = if !any_cjk && !paired {
            !language.is_cjk() || sides.contains(&Beside::Western)
        } else if language.is_cjk() {
            by_words && sides == [Beside::Western; 2] && !paired
        } else {
            !sides.contains(&Beside::Cjk)
        };
        // Between two letters ’ is an apostrophe, whatever the language.
        let apostrophe = c == '\u{2019}'
            && i > 0
            && found[i - 1] == K::Western
            && found.get(i + 1) == Some(&K::Western);
        if apostrophe || c == '\u{2013}' && doubt.is_between_digits() {
            found[i] = K::WesternMark;
        } else if is_quote(c) {
            quote(found, (i, c), western, &mut open);
        } else if western {
            found[i] = K::WesternMark;
        }
    }
}

/// How deep quotes are nested.
const DEEPEST: usize = 8;

/// Settles a curly quote: both halves of a pair are Chinese where one of them is.
fn quote(
    found: &mut [CharClass],
    (i, c): (usize, char),
    western: bool,
    open: &mut Vec<(usize, char)>,
) {
    let opens = matches!(c, '\u{2018}' | '\u{201c}');
    if western {
        found[i] = if opens {
            K::WesternOpening
        } else {
            K::WesternClosing
        };
    }
    if opens {
        open.push((i, c));
        return;
    }
    let half = if c == '\u{2019}' {
        '\u{2018}'
    } else {
        '\u{201c}'
    };
    // Quotes are not nested deeper than this: text that never closes its quotes costs no time.
    let from = open.len().saturating_sub(DEEPEST);
    let Some(at) = open[from..].iter().rposition(|&(_, c)| c == half) else {
        return;
    };
    let at = from + at;
    let (first, _) = open[at];
    open.truncate(at);
    if found[first] == K::Opening || found[i] == K::Closing {
        found[first] = K::Opening;
        found[i] = K::Closing;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_follow_their_neighbours() {
        let zh = Language::new("zh-Hant-HK");
        let class_at = |text: &str, n: usize| classes(text, &zh)[n];
        assert_eq!(class_at("他說“好”。", 2), K::Opening);
        assert_eq!(class_at("It’s good", 2), K::WesternMark);
        assert_eq!(class_at("他說“Hello”。", 2), K::Opening);
        assert_eq!(class_at("他說“Hello”。", 8), K::Closing);
        assert_eq!(class_at("甲 he said “no” twice 乙", 10), K::WesternOpening);
        assert_eq!(class_at("說“Hello” and 乙", 7), K::Closing);
        assert_eq!(class_at("AI—GPT 乙", 2), K::Dash);
        assert_eq!(class_at("It’s good—he said", 9), K::WesternMark);
        assert_eq!(class_at("J·K·羅琳", 1), K::Interpunct);
        assert_eq!(class_at("和/或", 1), K::Solidus);
        assert_eq!(class_at("km/h 甲", 2), K::WesternMark);
        assert_eq!(class_at("甲~乙", 1), K::Connector);
        assert_eq!(class_at("甲‐乙", 1), K::ShortConnector);
        assert_eq!(class_at("甲–乙", 1), K::HalfConnector);
        assert_eq!(class_at("AI——GPT", 2), K::Dash);
        assert_eq!(class_at("約翰·史密斯", 2), K::Interpunct);
        assert_eq!(class_at("10–20", 2), K::WesternMark);
    }
}
