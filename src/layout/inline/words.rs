//! Places inside words where a line may end: hyphens by the language of the word, and the marks
//! of addresses and paths.

use std::ops::Range;

use hypher::Lang;

use crate::model::Language;
use crate::rules::class::CharClass;

use super::cell::{CODE, Cell};

/// The shortest word that is hyphenated, in letters.
const SHORTEST_HYPHENATED: usize = 6;
/// Characters after which an address may break (composition rules §9.4).
const ADDRESS_MARKS: &[char] = &['#', '%', '&', '-', '.', '/', ':', '=', '?', '\\', '_', '~'];
/// The shortest run without a space that is broken as an address.
const SHORTEST_ADDRESS: usize = 12;

/// The languages by which the words of a paragraph are divided.
pub(super) struct Divider<'a> {
    text: &'a str,
    /// The patterns of each stretch of the text by its last byte, in order.
    stretches: Vec<(u32, Option<Lang>)>,
}

impl<'a> Divider<'a> {
    /// Divides the words of each stretch by its own language; a stretch is told by where it ends.
    pub(super) fn new<'l>(
        text: &'a str,
        stretches: impl Iterator<Item = (u32, &'l Language)>,
    ) -> Self {
        Self {
            text,
            stretches: stretches
                .map(|(end, language)| (end, patterns(language)))
                .collect(),
        }
    }

    /// Divides none.
    pub(super) const fn none(text: &'a str) -> Self {
        Self {
            text,
            stretches: Vec::new(),
        }
    }

    fn patterns_at(&self, byte: u32) -> Option<Lang> {
        let stretch = self.stretches.partition_point(|(end, _)| *end <= byte);
        self.stretches.get(stretch)?.1
    }

    /// Tells the cells before which a hyphen may stand in the words of `range`.
    pub(super) fn hyphens(&self, cells: &[Cell], range: Range<usize>, mut tell: impl FnMut(usize)) {
        if self.stretches.is_empty() {
            return;
        }
        let mut at = range.start;
        while at < range.end {
            let is_letter = |cell: &Cell| {
                cell.class == CharClass::Western && cell.first.is_alphabetic() && !cell.has(CODE)
            };
            if !is_letter(&cells[at]) {
                at += 1;
                continue;
            }
            let from = at;
            while at < range.end && is_letter(&cells[at]) {
                at += 1;
            }
            let around = (
                from.checked_sub(1).map(|i| cells[i].last),
                cells.get(at).map(|cell| cell.first),
            );
            if at - from >= SHORTEST_HYPHENATED && stands_as_word(around) {
                self.word(cells, from..at, &mut tell);
            }
        }
    }

    fn word(&self, cells: &[Cell], range: Range<usize>, tell: &mut impl FnMut(usize)) {
        let (first, last) = (&cells[range.start], &cells[range.end - 1]);
        let Some(patterns) = self.patterns_at(first.start) else {
            return;
        };
        // Names in capitals and codes are not divided.
        let word = &self.text[first.start as usize..last.end as usize];
        if !word.chars().skip(1).all(char::is_lowercase) {
            return;
        }
        let mut byte = first.start;
        let mut at = range.start;
        let mut syllables = hypher::hyphenate(word, patterns).peekable();
        while let Some(syllable) = syllables.next() {
            if syllables.peek().is_none() {
                break;
            }
            byte += u32::try_from(syllable.len()).unwrap_or(0);
            while at < range.end && cells[at].start < byte {
                at += 1;
            }
            if at < range.end && cells[at].start == byte {
                tell(at);
            }
        }
    }
}

/// Whether letters between these characters are a word, and no part of a code or an address.
fn stands_as_word((before, after): (Option<char>, Option<char>)) -> bool {
    let part = |c: Option<char>| {
        c.is_some_and(|c| c.is_ascii_digit() || matches!(c, '_' | '@' | '#' | '\\' | '='))
    };
    !part(before) && !part(after)
}

/// The patterns of a language: Western words in Chinese and Japanese text that the author has not
/// marked are taken for English.
fn patterns(language: &Language) -> Option<Lang> {
    if language.is_cjk() {
        return Some(Lang::English);
    }
    let primary = language.primary();
    let code: [u8; 2] = primary.as_bytes().try_into().ok()?;
    Lang::from_iso(code)
}

/// The addresses and paths in a stretch of Western cells: runs without spaces that hold `://`,
/// `www.`, `@` or several solidi, back strokes or low lines.
pub(super) fn addresses(cells: &[Cell], stretch: Range<usize>) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut start = stretch.start;
    for at in stretch.start..=stretch.end {
        let goes_on = at < stretch.end && cells[at].class != CharClass::WordSpace;
        if goes_on {
            continue;
        }
        if at - start >= SHORTEST_ADDRESS && is_address(&cells[start..at]) {
            found.push(start..at);
        }
        start = at + 1;
    }
    found
}

fn is_address(cells: &[Cell]) -> bool {
    let starts = |at: usize, text: &str| {
        let mut cells = cells[at..].iter().map(|cell| cell.first);
        text.chars().all(|c| cells.next() == Some(c))
    };
    let mut strokes = 0;
    for (at, cell) in cells.iter().enumerate() {
        match cell.first {
            '@' => return true,
            ':' if starts(at, "://") => return true,
            'w' if starts(at, "www.") => return true,
            '/' | '\\' | '_' => strokes += 1,
            _ => {}
        }
    }
    strokes >= 2
}

/// Whether an address may break between two cells: after a mark, never between two of them.
pub(super) fn parts_address(a: &Cell, b: &Cell) -> bool {
    ADDRESS_MARKS.contains(&a.last) && !ADDRESS_MARKS.contains(&b.first)
}
