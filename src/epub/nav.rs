//! Navigation: the table of contents as a tree, and the navigation document that is also the
//! contents page.

use crate::model::Inline;
use crate::rules::words::Word;

use super::scribe::{Context, Heading, Scribe};
use super::voice::Voice;
use super::xhtml::Markup;

/// Headings of the text down to this level of their document stand in the contents.
const DEEPEST_HEADING: u8 = 3;

/// One line of the contents with the lines under it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Entry {
    /// Its words, without marks.
    pub(crate) label: String,
    /// The id that it leads to, as named in the package.
    pub(crate) id: String,
    /// What stands under it.
    pub(crate) under: Vec<Entry>,
}

/// A landmark: kind, words, and the file led to.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Landmark<'a> {
    /// The value of `epub:type`.
    pub(crate) kind: &'static str,
    /// Its words.
    pub(crate) label: Word,
    /// The id led to.
    pub(crate) id: &'a str,
}

/// The id of the contents.
pub(crate) const CONTENTS_ID: &str = "toc";

/// The id of a part's title page, by its place.
pub(crate) fn part_id(index: usize) -> String {
    format!("part.{}", index + 1)
}

/// Where a story's line of contents stands: its level and its headings.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Chapter<'a> {
    /// Its title.
    pub(crate) title: &'a [Inline],
    /// The id of its headline.
    pub(crate) id: &'a str,
    /// How deep it is nested among chapters.
    pub(crate) depth: u8,
    /// Its headings in order.
    pub(crate) headings: &'a [Heading],
}

/// The contents of a publication: parts with their chapters in their nesting, and headings.
pub(crate) fn contents(parts: &[(Option<&[Inline]>, Vec<Chapter<'_>>)]) -> Vec<Entry> {
    let mut rows = Rows::default();
    for (index, (title, chapters)) in parts.iter().enumerate() {
        if let Some(title) = title {
            rows.push(0, &Inline::in_one_line(title), &part_id(index));
        }
        for chapter in chapters {
            let level = usize::from(title.is_some()) + usize::from(chapter.depth);
            rows.push(level, &Inline::in_one_line(chapter.title), chapter.id);
            for heading in chapter.headings {
                if heading.level <= DEEPEST_HEADING && !heading.label.is_empty() {
                    // A document's first heading under its title has level two.
                    let depth = level + usize::from(heading.level) - 1;
                    rows.push(depth, &heading.label, &heading.id);
                }
            }
        }
    }
    rows.nest()
}

/// Rows of the contents with their levels, before they are nested.
#[derive(Default)]
struct Rows(Vec<(usize, Entry)>);

impl Rows {
    fn push(&mut self, level: usize, label: &str, id: &str) {
        let entry = Entry {
            label: label.to_owned(),
            id: id.to_owned(),
            under: Vec::new(),
        };
        self.0.push((level, entry));
    }

    /// Each row under the nearest one before it with a smaller level.
    fn nest(self) -> Vec<Entry> {
        let mut open: Vec<(usize, Entry)> = Vec::new();
        let mut top = Vec::new();
        let close = |open: &mut Vec<(usize, Entry)>, top: &mut Vec<Entry>| {
            if let Some((_, entry)) = open.pop() {
                match open.last_mut() {
                    Some((_, above)) => above.under.push(entry),
                    None => top.push(entry),
                }
            }
        };
        for (level, entry) in self.0 {
            while open.last().is_some_and(|(above, _)| *above >= level) {
                close(&mut open, &mut top);
            }
            open.push((level, entry));
        }
        while !open.is_empty() {
            close(&mut open, &mut top);
        }
        top
    }
}

/// The body of the navigation document.
pub(crate) fn document(
    context: &Context<'_>,
    entries: &[Entry],
    landmarks: &[Landmark<'_>],
) -> Markup {
    let labels = context.labels;
    let mut scribe = Scribe::new(context, &context.book.meta.language, &[]);
    let attrs = [
        ("class", "contents"),
        ("epub:type", "toc"),
        ("id", CONTENTS_ID),
        ("role", "doc-toc"),
        ("aria-labelledby", "toc.title"),
    ];
    scribe.out.open_block("nav", &attrs);
    scribe.out.speak(Voice::HEADING);
    scribe
        .out
        .open("h1", &[("class", "h2"), ("id", "toc.title")]);
    scribe.text(Word::Contents.text(labels));
    scribe.out.close_block("h1");
    scribe.out.speak(Voice::BODY);
    if entries.is_empty() {
        // A navigation document without a list is not valid; a publication without articles is
        // reported before it is written.
        scribe.out.open_block("ol", &[("class", "toc-list")]);
        scribe.out.open("li", &[]);
        scribe.out.open_link(super::matter::TITLE_ID, &[]);
        scribe.text(&context.book.meta.title);
        scribe.out.close("a");
        scribe.out.close_block("li");
        scribe.out.close_block("ol");
    } else {
        scribe.entries(entries);
    }
    scribe.out.close_block("nav");
    scribe.landmarks(landmarks);
    scribe.out
}

impl Scribe<'_> {
    fn entries(&mut self, entries: &[Entry]) {
        self.out.open_block("ol", &[("class", "toc-list")]);
        for entry in entries {
            self.out.open("li", &[("class", "toc-item")]);
            self.out.open_link(&entry.id, &[("class", "toc-link")]);
            self.text(&entry.label);
            self.out.close("a");
            if !entry.under.is_empty() {
                self.out.newline();
                self.entries(&entry.under);
            }
            self.out.close_block("li");
        }
        self.out.close_block("ol");
    }

    fn landmarks(&mut self, landmarks: &[Landmark<'_>]) {
        let label = Word::Landmarks.text(self.context.labels);
        let attrs = [
            ("epub:type", "landmarks"),
            ("id", "landmarks"),
            ("aria-label", label),
            ("hidden", "hidden"),
        ];
        self.out.open_block("nav", &attrs);
        self.out.open_block("ol", &[]);
        for landmark in landmarks {
            self.out.open("li", &[]);
            self.out
                .open_link(landmark.id, &[("epub:type", landmark.kind)]);
            self.out.text(landmark.label.text(self.context.labels));
            self.out.close("a");
            self.out.close_block("li");
        }
        self.out.close_block("ol");
        self.out.close_block("nav");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_nest_under_the_nearest_higher_one() {
        let mut rows = Rows::default();
        for (level, id) in [(1, "a"), (3, "b"), (2, "c"), (0, "d")] {
            rows.push(level, id, id);
        }
        let tree = rows.nest();
        let ids = |entries: &[Entry]| entries.iter().map(|e| e.id.clone()).collect::<Vec<_>>();
        assert_eq!(ids(&tree), ["a", "d"]);
        assert_eq!(ids(&tree[0].under), ["b", "c"]);
    }
}
