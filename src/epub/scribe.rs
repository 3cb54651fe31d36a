//! Scribe: the state of writing one document, shared by inline text, blocks and tables.

use std::collections::BTreeMap;

use crate::diag::Sink;
use crate::model::credit::LabelScript;
use crate::model::{Book, Language, Note};

use super::ids::Ids;
use super::xhtml::Markup;

/// What every document of the package is written from.
#[derive(Debug)]
pub(crate) struct Context<'a> {
    /// The publication.
    pub(crate) book: &'a Book,
    /// Names of what links can lead to.
    pub(crate) ids: Ids,
    /// Pictures of the package: path in the manuscript → path in the package.
    pub(crate) pictures: BTreeMap<String, String>,
    /// Words of the program.
    pub(crate) labels: LabelScript,
}

impl Context<'_> {
    /// Whether lines run downwards.
    pub(crate) fn is_vertical(&self) -> bool {
        self.book.output.epub.writing_mode.is_vertical()
    }

    /// The class of `html`, by the principal writing mode.
    pub(crate) fn mode(&self) -> &'static str {
        if self.is_vertical() {
            "vertical"
        } else {
            "horizontal"
        }
    }
}

/// Heading levels of one document, unbroken whatever levels were typed.
#[derive(Debug, Clone, Default)]
pub(crate) struct Outline(Vec<u8>);

/// The level of a document's title; headings of the text stand below it.
const TITLE_LEVEL: usize = 1;

impl Outline {
    /// The level at which a heading of the typed level stands: one below the nearest heading
    /// before it that was typed higher; never below six.
    pub(crate) fn level(&mut self, typed: u8) -> u8 {
        while self.0.last().is_some_and(|above| *above >= typed) {
            self.0.pop();
        }
        self.0.push(typed);
        u8::try_from((TITLE_LEVEL + self.0.len()).min(6)).unwrap_or(6)
    }
}

/// A heading that was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Heading {
    /// Its level in the document, from two.
    pub(crate) level: u8,
    /// Its id in the package.
    pub(crate) id: String,
    /// Its words, without marks.
    pub(crate) label: String,
}

/// The state of writing one document.
#[derive(Debug)]
pub(crate) struct Scribe<'a> {
    /// What it is written from.
    pub(crate) context: &'a Context<'a>,
    /// What is written.
    pub(crate) out: Markup,
    /// Heading levels.
    pub(crate) outline: Outline,
    /// The headings written so far.
    pub(crate) headings: Vec<Heading>,
    /// The language of the text now being written.
    pub(crate) language: &'a Language,
    /// Whether lines run downwards just here.
    pub(crate) vertical: bool,
    /// The notes that marks lead to.
    notes: &'a [Note],
    /// How many marks of each note stand already.
    marks: Vec<usize>,
    /// Whether the text is inside a link, which may hold no further link.
    pub(crate) in_link: bool,
    /// Marks of notes met inside a link, to be set behind it.
    pub(crate) held: Vec<usize>,
    /// Faults met on the way.
    pub(crate) sink: Sink,
}

impl<'a> Scribe<'a> {
    /// A scribe of a document in `language` with these notes.
    pub(crate) fn new(context: &'a Context<'a>, language: &'a Language, notes: &'a [Note]) -> Self {
        Self {
            context,
            out: Markup::new(),
            outline: Outline::default(),
            headings: Vec::new(),
            language,
            vertical: context.is_vertical(),
            notes,
            marks: vec![0; notes.len()],
            in_link: false,
            held: Vec::new(),
            sink: Sink::new(),
        }
    }

    /// The package's name of a model id. Every id that the model gives has one.
    pub(crate) fn id(&self, id: &str) -> &'a str {
        self.context.ids.get(id).unwrap_or("x-")
    }

    /// A note with its name, by its index.
    pub(crate) fn note(&self, index: usize) -> Option<(&'a Note, &'a str)> {
        let note = self.notes.get(index)?;
        Some((note, self.context.ids.get(&note.id)?))
    }

    /// Counts one more mark of a note and names it.
    pub(crate) fn next_mark(&mut self, index: usize, name: &str) -> String {
        let count = &mut self.marks[index];
        *count += 1;
        if *count == 1 {
            format!("{name}.ref")
        } else {
            format!("{name}.ref.{count}")
        }
    }

    /// Whether a mark of this note stands already.
    pub(crate) fn has_mark(&self, index: usize) -> bool {
        self.marks.get(index).is_some_and(|count| *count > 0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn heading_levels_are_unbroken() {
        let mut outline = Outline::default();
        let levels: Vec<u8> = [4, 2, 6, 3, 2, 1]
            .iter()
            .map(|&l| outline.level(l))
            .collect();
        assert_eq!(levels, [2, 2, 3, 3, 2, 2]);
    }
}
