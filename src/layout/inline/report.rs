//! What is told of a line that does not fit, fits only badly, or was parted in need.

use std::ops::Range;

use crate::diag::{Code, Diagnostic};
use crate::layout::line::Line;

use super::breaks::Why;

/// A line as its faults are judged.
pub(super) struct Judged<'a> {
    pub(super) line: &'a Line,
    /// The text of its paragraph, and which part of it the line holds.
    pub(super) text: &'a str,
    pub(super) range: Range<usize>,
    /// How it ends.
    pub(super) why: Why,
    /// How much longer it is than its room.
    pub(super) over: i64,
    /// The most that was added between two of its characters, and the most that looks well.
    pub(super) loosest: i32,
    pub(super) limit: i32,
}

impl Judged<'_> {
    /// What is to be told of it, if anything.
    pub(super) fn fault(&self) -> Option<Diagnostic> {
        let (code, message, hint) = if self.over > 0 {
            (
                Code::LineOverfull,
                format!("{} is longer than its line", self.name()),
                "allow a break in it, reword it or widen the measure",
            )
        } else if self.why == Why::Need {
            (
                Code::LineOverfull,
                format!(
                    "{} has no place to break and is broken by force",
                    self.name()
                ),
                "allow a break in it, reword it or widen the measure",
            )
        } else if self.why == Why::Escape {
            (
                Code::LineEscape,
                format!("{} parts a cluster of marks", self.name()),
                "reword it; `cluster-escape = false` keeps such marks together",
            )
        } else if self.loosest > self.limit {
            (
                Code::LineLoose,
                format!("the line {} is stretched widely", self.name()),
                "reword it, or let a long word or number in it or after it break",
            )
        } else {
            return None;
        };
        Some(Diagnostic::warning(code, self.line.span, message).hint(hint))
    }

    /// The line in quotes, with its sentence where that is longer.
    fn name(&self) -> String {
        let line = self.line.text.trim();
        let sentence = sentence(self.text, self.range.clone()).trim();
        if sentence.len() <= line.len() {
            format!("\"{}\"", shortened(line))
        } else {
            format!("\"{}\" of \"{}\"", shortened(line), shortened(sentence))
        }
    }
}

/// How far, in bytes, the ends of a sentence are looked for.
const REACH: usize = 600;

/// The sentences of which a stretch is part.
fn sentence(text: &str, range: Range<usize>) -> &str {
    let ends = |c: char| matches!(c, '。' | '！' | '？' | '．' | '!' | '?' | '\n');
    let mut from = range.start.saturating_sub(REACH);
    while !text.is_char_boundary(from) {
        from += 1;
    }
    let start = text[from..range.start]
        .char_indices()
        .rev()
        .find(|(_, c)| ends(*c))
        .map_or(from, |(i, c)| from + i + c.len_utf8());
    // A line that ends its sentence needs nothing after it.
    let closes = |c: char| matches!(c, '」' | '』' | '”' | '’' | '）');
    let last = text[range.clone()]
        .trim_end_matches(closes)
        .char_indices()
        .next_back();
    let search = last.map_or(range.end, |(i, _)| range.start + i);
    let mut to = text.len().min(search + REACH);
    while !text.is_char_boundary(to) {
        to -= 1;
    }
    let end = text[search..to]
        .char_indices()
        .find(|(_, c)| ends(*c))
        .map_or(to, |(i, c)| search + i + c.len_utf8());
    // Marks that close after the end of a sentence belong to it.
    let rest: usize = text[end..]
        .chars()
        .take_while(|c| closes(*c))
        .map(char::len_utf8)
        .sum();
    let head: usize = text[start..range.start.max(start)]
        .chars()
        .take_while(|c| closes(*c))
        .map(char::len_utf8)
        .sum();
    &text[start + head..(end + rest).max(range.end)]
}

/// A text for a message: not more than its first and last characters.
pub(super) fn shortened(text: &str) -> String {
    const SHOWN: usize = 12;
    let count = text.chars().count();
    if count <= 2 * SHOWN + 1 {
        return text.to_owned();
    }
    let first: String = text.chars().take(SHOWN).collect();
    let last: String = text.chars().skip(count - SHOWN).collect();
    format!("{first}…{last}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_told_by_its_sentence() {
        let text = "好。「一二三四五六。」七八九";
        let at = |part: &str| {
            let start = text.find(part).unwrap();
            sentence(text, start..start + part.len())
        };
        assert_eq!(at("三四"), "「一二三四五六。」");
        assert_eq!(at("「一二"), "「一二三四五六。」");
        assert_eq!(at("五六。」"), "「一二三四五六。」");
        assert_eq!(at("七八九"), "七八九");
        assert_eq!(at("好。"), "好。");
    }
}
