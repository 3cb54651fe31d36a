//! Where a line may end: the classes' rules for Chinese and Japanese, UAX #14 for other text,
//! hyphens in words, and places of need.

use std::ops::Range;

use icu_properties::CodePointMapData;
use icu_properties::props::LineBreak;
use icu_segmenter::LineSegmenter;
use icu_segmenter::options::LineBreakOptions;

use crate::rules::class::CharClass;
use crate::rules::house::House;

use super::cell::{BREAKS, Cell, FORCED, JOINED, NARROW, SOFT_HYPHEN};
use super::words::{Divider, addresses, parts_address};

/// Why a line may end at a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Why {
    /// Between two characters or words.
    Plain,
    /// Where the author lets a headline break.
    Hint,
    /// Before …… , which some houses forbid.
    Leader,
    /// Inside a cluster of closing marks.
    Escape,
    /// Inside an address.
    Address,
    /// Inside a word, with a hyphen.
    Hyphen,
    /// Anywhere, because nothing else is left.
    Need,
    /// By the author, or at the end of the paragraph.
    Forced,
}

/// A place where a line may end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Break {
    /// The cell before which it lies.
    pub(super) cell: u32,
    pub(super) why: Why,
}

/// What finding breaks needs to know.
pub(super) struct Finder<'a> {
    pub(super) house: &'a House,
    pub(super) text: &'a str,
    pub(super) leader_at_head: bool,
    /// Whether a cluster of three closing marks may part in need.
    pub(super) cluster_escape: bool,
    /// How Western words are hyphenated.
    pub(super) divider: Divider<'a>,
    pub(super) hints: &'a [u32],
}

impl Finder<'_> {
    /// Every place where a line may end, in order; the end of the paragraph is the last.
    pub(super) fn breaks(&self, cells: &[Cell]) -> Vec<Break> {
        let mut found = Vec::with_capacity(cells.len() + 1);
        let mut i = 0;
        while i < cells.len() {
            if is_word_cell(&cells[i]) {
                let start = i;
                while i < cells.len()
                    && (is_word_cell(&cells[i]) || cells[i].class == CharClass::WordSpace)
                {
                    i += 1;
                }
                self.stretch(cells, start, i, &mut found);
            } else {
                i += 1;
            }
            if i < cells.len()
                && let Some(why) = self.between(cells, i)
            {
                found.push(at(i, why));
            }
        }
        found.push(at(cells.len(), Why::Forced));
        if !self.hints.is_empty() {
            self.mark_hints(cells, &mut found);
        }
        found
    }

    /// Whether a line may end before cell `i`, by the classes on both sides.
    fn between(&self, cells: &[Cell], i: usize) -> Option<Why> {
        let (a, b) = (&cells[i - 1], &cells[i]);
        if a.has(FORCED) {
            return Some(Why::Forced);
        }
        if a.has(BREAKS) {
            return Some(Why::Plain);
        }
        if a.has(JOINED) || vanishes(b) {
            return None;
        }
        // What stands before spaces decides for them.
        let mut before = i - 1;
        while before > 0 && vanishes(&cells[before]) && !cells[before].has(JOINED) {
            before -= 1;
        }
        let spaced = before + 1 < i;
        let a = &cells[before];
        if a.has(JOINED) && !spaced {
            return None;
        }
        let (last, first) = ((a.last, a.class), (b.first, b.class));
        if !spaced && self.house.binds(last, first) || self.ends_badly(a, spaced) {
            return None;
        }
        if self.starts_badly(b, spaced) {
            let escapes = self.cluster_escape && !spaced && self.in_cluster(cells, i);
            return escapes.then_some(Why::Escape);
        }
        if b.class == CharClass::Leader && !self.leader_at_head {
            // Between two of a kind only some levels let a line end.
            let parts = a.class == CharClass::Leader && !self.house.inseparable(first, first);
            return Some(if parts { Why::Plain } else { Why::Leader });
        }
        // A range of numbers parts only where nothing else helps.
        let range = a.class == CharClass::WesternMark
            && !spaced
            && before > 0
            && is_number(a, b)
            && is_number(a, &cells[before - 1]);
        Some(if range { Why::Address } else { Why::Plain })
    }

    fn ends_badly(&self, a: &Cell, spaced: bool) -> bool {
        self.house.forbids_end(a.class)
            || a.class == CharClass::WesternOpening
            || !spaced && matches!(a.first, '"' | '\'') && a.class == CharClass::WesternMark
    }

    fn starts_badly(&self, b: &Cell, spaced: bool) -> bool {
        if self.house.forbids_head(b.class) {
            return true;
        }
        match b.class {
            CharClass::WesternClosing => true,
            CharClass::WesternMark if matches!(b.first, '"' | '\'') => !spaced,
            CharClass::WesternMark => forbids_head(b.first),
            _ => false,
        }
    }

    /// Whether the place before cell `i` lies in a run of three closing marks or more.
    fn in_cluster(&self, cells: &[Cell], i: usize) -> bool {
        let closes = |i: usize| {
            cells
                .get(i)
                .is_some_and(|cell| cell.class.is_mark() && self.house.forbids_head(cell.class))
        };
        closes(i) && closes(i - 1) && (closes(i + 1) || i >= 2 && closes(i - 2))
    }

    /// Breaks inside a stretch of Western text, by UAX #14, with hyphens and addresses.
    fn stretch(&self, cells: &[Cell], start: usize, end: usize, found: &mut Vec<Break>) {
        let from = cells[start].start as usize;
        let to = cells[end - 1].end as usize;
        let text = &self.text[from..to];
        let segmenter = LineSegmenter::new_for_non_complex_scripts(LineBreakOptions::default());
        let mut boundaries = segmenter.segment_str(text).peekable();
        let addresses = addresses(cells, start..end);
        let mut address = addresses.iter().peekable();
        let mut word = start;
        for i in start + 1..end {
            while address.next_if(|a| a.end <= i).is_some() {}
            let addressed = address.peek().is_some_and(|a| a.start < i);
            let here = cells[i].start as usize - from;
            while boundaries.next_if(|b| *b < here).is_some() {}
            let allowed = boundaries.peek() == Some(&here);
            let a = &cells[i - 1];
            let why = if a.has(FORCED) {
                Some(Why::Forced)
            } else if a.has(SOFT_HYPHEN) {
                Some(Why::Hyphen)
            } else if a.has(JOINED) || cells[i].is_space() {
                None
            } else if addressed && !a.has(BREAKS) {
                parts_address(a, &cells[i]).then_some(Why::Address)
            } else if allowed || a.has(BREAKS) {
                // A number, a range or a date parts only where nothing else helps.
                let figure = is_digit(cells.get(i)) && i >= 2 && is_digit(cells.get(i - 2));
                let joint = a.class == CharClass::WesternMark;
                Some(if figure && joint {
                    Why::Address
                } else {
                    Why::Plain
                })
            } else {
                None
            };
            if let Some(why) = why {
                self.hyphens(cells, (word..i, addressed), found);
                word = i;
                found.push(at(i, why));
            }
        }
        let addressed = addresses.last().is_some_and(|a| a.end == end);
        self.hyphens(cells, (word..end, addressed), found);
    }

    /// Hyphens in a stretch without other breaks; an address takes none.
    fn hyphens(
        &self,
        cells: &[Cell],
        (range, addressed): (Range<usize>, bool),
        found: &mut Vec<Break>,
    ) {
        if !addressed {
            self.divider
                .hyphens(cells, range, |cell| found.push(at(cell, Why::Hyphen)));
        }
    }

    /// Breaks at the author's hints come before others.
    fn mark_hints(&self, cells: &[Cell], found: &mut [Break]) {
        for hint in self.hints {
            let cell = cells.partition_point(|cell| cell.start < *hint);
            if let Ok(i) = found.binary_search_by_key(&cell, |b| b.cell as usize)
                && found[i].why != Why::Forced
            {
                found[i].why = Why::Hint;
            }
        }
    }
}

/// Whether a cell is lost at a line's edge, so that breaks lie after it.
fn vanishes(cell: &Cell) -> bool {
    cell.is_space() || cell.class == CharClass::WideSpace
}

/// Whether a cell is set in Western stretches.
fn is_word_cell(cell: &Cell) -> bool {
    cell.class.is_western()
        || matches!(cell.class, CharClass::Prefix | CharClass::Suffix)
            && (cell.first.is_ascii() || cell.has(NARROW))
}

/// Whether the mark `mark` may stand between numbers of which `cell` is one.
fn is_number(mark: &Cell, cell: &Cell) -> bool {
    matches!(cell.class, CharClass::Digit | CharClass::Combined)
        && !matches!(mark.first, '!' | '?' | ';')
}

/// Whether UAX #14 keeps a narrow mark off the head of a line that no space precedes (LB13, LB19,
/// LB21, LB22).
fn forbids_head(c: char) -> bool {
    // U+2010 has a class of its own in newer data.
    c == '\u{2010}'
        || matches!(
            CodePointMapData::<LineBreak>::new().get(c),
            LineBreak::Exclamation
                | LineBreak::InfixNumeric
                | LineBreak::BreakSymbols
                | LineBreak::ClosePunctuation
                | LineBreak::CloseParenthesis
                | LineBreak::Quotation
                | LineBreak::BreakAfter
                | LineBreak::Hyphen
                | LineBreak::Nonstarter
                | LineBreak::Inseparable
        )
}

fn is_digit(cell: Option<&Cell>) -> bool {
    cell.is_some_and(|cell| cell.class == CharClass::Digit)
}

fn at(cell: usize, why: Why) -> Break {
    Break {
        cell: u32::try_from(cell).unwrap_or(u32::MAX),
        why,
    }
}
