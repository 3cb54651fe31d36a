//! The desk on which one article is worked up: its texts, and the ledger of what was met in it.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use crate::diag::{Code, Diagnostic, FileId, Sink, Span, again};
use crate::files::Files;
use crate::model::Language;

use super::ids::Ids;
use super::listed::Listed;
use super::notes::Notes;

/// A text that is parsed, and where it stands in its file.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Stretch<'s> {
    /// The text.
    pub(crate) text: &'s str,
    /// The file.
    pub(crate) file: FileId,
    /// Its first byte in the file; `None` where it stands there in another form (quoted with
    /// escapes, folded), and every place in it is the whole.
    pub(crate) offset: Option<usize>,
    /// The place of the whole.
    pub(crate) whole: Span,
}

impl Stretch<'_> {
    /// The place of some of its bytes.
    pub(crate) fn span(&self, range: &Range<usize>) -> Span {
        match self.offset {
            Some(offset) => Span::new(self.file, offset + range.start, offset + range.end),
            None => self.whole,
        }
    }
}

/// What an article's parts share while they are built.
pub(crate) struct Desk<'d> {
    /// Where faults go.
    pub(crate) sink: &'d mut Sink,
    /// Ids of the whole publication.
    pub(crate) ids: &'d mut Ids,
    /// The publication's files.
    pub(crate) files: &'d dyn Files,
    /// Number of the article, from zero.
    pub(crate) article: usize,
    /// Its file from the publication's folder.
    pub(crate) path: &'d str,
    /// Its language.
    pub(crate) language: Language,
    /// Its notes.
    pub(crate) notes: Notes,
    /// Its pictures as the front matter lists them.
    pub(crate) listed: Vec<Listed>,
    /// HTML tags already told of, with how often they were met.
    pub(crate) tags: BTreeMap<String, (Span, usize)>,
    /// Marks without effect already told of.
    pub(crate) marks: BTreeSet<String>,
}

impl Desk<'_> {
    /// Takes a fault.
    pub(crate) fn tell(&mut self, fault: Diagnostic) {
        self.sink.push(fault);
    }

    /// Counts an HTML tag that is not understood.
    pub(crate) fn unknown_tag(&mut self, name: &str, span: Span) {
        self.tags.entry(name.to_owned()).or_insert((span, 0)).1 += 1;
    }

    /// Tells of the HTML tags that were not understood: one warning a tag.
    pub(crate) fn tell_tags(&mut self) {
        for (name, (span, times)) in std::mem::take(&mut self.tags) {
            let more = again(times);
            let fate = match name.as_str() {
                "script" | "style" => "it is left out",
                _ => "its text is kept",
            };
            self.sink.push(
                Diagnostic::warning(
                    Code::HtmlUnknown,
                    span,
                    format!("the HTML tag `<{name}>` is not understood{more}"),
                )
                .hint(fate),
            );
        }
    }
}
