//! The stretch of a source line that is shown under a diagnostic, however long the line is.

use std::ops::Range;

use banxin::diag::{Sources, Span};
use codespan_reporting::files::{Error, Files};

/// Terminal cells kept before the place, so that its sentence can be seen.
const CELLS_BEFORE: usize = 40;
/// Terminal cells shown in all: a line of 100 with its number and frame.
const CELLS_SHOWN: usize = 90;

/// One excerpt a place. A Chinese paragraph is one source line of hundreds of characters; shown
/// whole, its caret would stand in another row of the terminal than its character.
#[derive(Default)]
pub(super) struct Excerpts {
    list: Vec<Excerpt>,
}

struct Excerpt {
    name: String,
    text: String,
    line: usize,
    column: usize,
    place: usize,
}

impl Excerpts {
    /// Adds the place and gives the excerpt's id with the place's range in its text.
    pub(super) fn add(
        &mut self,
        name: String,
        sources: &Sources,
        span: Span,
    ) -> (usize, Range<usize>) {
        let place = sources.place(span.file, span.start);
        let source = sources.get(span.file).map_or("", |source| &source.text);
        let start = floor(source, span.start as usize);
        let end = floor(source, span.end as usize).max(start);
        let line_start = source[..start].rfind('\n').map_or(0, |i| i + 1);
        let line_end = source[start..]
            .find(['\n', '\r'])
            .map_or(source.len(), |i| start + i);
        let (text, at) = window(&source[line_start..line_end], start - line_start);
        let length = end.min(line_end) - start;
        let shown = floor(&text, (at + length).min(text.len())).max(at);
        self.list.push(Excerpt {
            name,
            text,
            line: place.line,
            column: place.column,
            place: at,
        });
        (self.list.len() - 1, at..shown)
    }
}

/// The last character boundary of `text` not after `byte`.
fn floor(text: &str, byte: usize) -> usize {
    let mut byte = byte.min(text.len());
    while !text.is_char_boundary(byte) {
        byte -= 1;
    }
    byte
}

fn cells(c: char) -> usize {
    if c >= '\u{1100}' { 2 } else { 1 }
}

/// Cuts a long line to the cells round byte `at`; gives the text and the byte in it.
fn window(line: &str, at: usize) -> (String, usize) {
    if line.chars().map(cells).sum::<usize>() <= CELLS_SHOWN {
        return (line.to_owned(), at);
    }
    let mut room = CELLS_BEFORE;
    let mut from = at;
    for (i, c) in line[..at].char_indices().rev() {
        if room < cells(c) {
            break;
        }
        room -= cells(c);
        from = i;
    }
    let mut room = CELLS_SHOWN;
    let mut to = from;
    for (i, c) in line[from..].char_indices() {
        if room < cells(c) {
            break;
        }
        room -= cells(c);
        to = from + i + c.len_utf8();
    }
    let head = if from > 0 { "…" } else { "" };
    let tail = if to < line.len() { "…" } else { "" };
    (
        format!("{head}{}{tail}", &line[from..to]),
        head.len() + at - from,
    )
}

impl<'a> Files<'a> for Excerpts {
    type FileId = usize;
    type Name = &'a str;
    type Source = &'a str;

    fn name(&'a self, id: usize) -> Result<&'a str, Error> {
        self.list
            .get(id)
            .map(|e| e.name.as_str())
            .ok_or(Error::FileMissing)
    }

    fn source(&'a self, id: usize) -> Result<&'a str, Error> {
        self.list
            .get(id)
            .map(|e| e.text.as_str())
            .ok_or(Error::FileMissing)
    }

    fn line_index(&'a self, _: usize, _: usize) -> Result<usize, Error> {
        Ok(0)
    }

    fn line_number(&'a self, id: usize, _: usize) -> Result<usize, Error> {
        self.list.get(id).map(|e| e.line).ok_or(Error::FileMissing)
    }

    fn column_number(&'a self, id: usize, _: usize, byte: usize) -> Result<usize, Error> {
        let excerpt = self.list.get(id).ok_or(Error::FileMissing)?;
        let further = excerpt
            .text
            .get(excerpt.place..byte)
            .map_or(0, |t| t.chars().count());
        Ok(excerpt.column + further)
    }

    fn line_range(&'a self, id: usize, _: usize) -> Result<Range<usize>, Error> {
        self.list
            .get(id)
            .map(|e| 0..e.text.len())
            .ok_or(Error::FileMissing)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_short_line_is_whole() {
        assert_eq!(window("一二三", 3), ("一二三".into(), 3));
    }

    #[test]
    fn a_long_line_is_cut_round_the_place() {
        let line = "一".repeat(200);
        let (text, at) = window(&line, 300);
        assert!(text.starts_with('…') && text.ends_with('…'));
        assert_eq!(text[..at].chars().count(), 21);
        assert_eq!(text.chars().count(), 47);
    }
}
