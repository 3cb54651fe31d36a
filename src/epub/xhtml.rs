//! Markup of one content document: the only place that escapes text and writes tags.

use std::collections::BTreeMap;
use std::ops::Range;

use super::voice::{Used, Voice};

/// An attribute: name and value before escaping.
pub(crate) type Attr<'a> = (&'a str, &'a str);

/// Markup being written, with the places of its ids, links and cuts.
#[derive(Debug)]
pub(crate) struct Markup {
    out: String,
    /// Ids with the place where they were written.
    ids: Vec<(usize, String)>,
    /// Links to ids of this publication: the place before `#`, and the id.
    links: Vec<(usize, String)>,
    /// Where a document may be cut, and what begins there.
    cuts: Vec<(usize, Cut)>,
    voice: Voice,
    used: Used,
}

/// What begins at a cut.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Cut {
    /// The headline of a story; whether text goes with it.
    Head {
        /// Whether a lead stands in it.
        has_text: bool,
    },
    /// A heading of this typed level.
    Heading(u8),
    /// Any other block.
    Block,
    /// The note of this index.
    Note(usize),
}

/// A piece of markup between two cuts.
#[derive(Debug, Clone)]
pub(crate) struct Piece {
    /// What it is.
    pub(crate) cut: Cut,
    /// Its bytes.
    pub(crate) range: Range<usize>,
}

impl Markup {
    /// Nothing yet, in the voice of running text.
    pub(crate) fn new() -> Self {
        Self {
            out: String::new(),
            ids: Vec::new(),
            links: Vec::new(),
            cuts: Vec::new(),
            voice: Voice::BODY,
            used: Used::default(),
        }
    }

    /// A start tag.
    pub(crate) fn open(&mut self, tag: &str, attrs: &[Attr<'_>]) {
        self.tag(tag, attrs);
        self.out.push('>');
    }

    /// A start tag `a` that leads to an id of this publication.
    pub(crate) fn open_link(&mut self, id: &str, attrs: &[Attr<'_>]) {
        self.tag("a", attrs);
        self.out.push_str(" href=\"");
        self.links.push((self.out.len(), id.to_owned()));
        self.out.push('#');
        escape(&mut self.out, id);
        self.out.push_str("\">");
    }

    /// An end tag inside a line.
    pub(crate) fn close(&mut self, tag: &str) {
        self.out.push_str("</");
        self.out.push_str(tag);
        self.out.push('>');
    }

    /// An end tag of a block: the next one starts on a new source line.
    pub(crate) fn close_block(&mut self, tag: &str) {
        self.close(tag);
        self.out.push('\n');
    }

    /// A start tag of a block that holds blocks.
    pub(crate) fn open_block(&mut self, tag: &str, attrs: &[Attr<'_>]) {
        self.open(tag, attrs);
        self.out.push('\n');
    }

    /// A tag without content.
    pub(crate) fn empty(&mut self, tag: &str, attrs: &[Attr<'_>]) {
        self.tag(tag, attrs);
        self.out.push_str("/>");
    }

    /// Escaped text, noted for the fonts.
    pub(crate) fn text(&mut self, text: &str) {
        self.used.add(self.voice, text);
        escape(&mut self.out, text);
    }

    /// A block that holds only text.
    pub(crate) fn line(&mut self, tag: &str, attrs: &[Attr<'_>], text: &str) {
        self.open(tag, attrs);
        self.text(text);
        self.close_block(tag);
    }

    /// A new source line between blocks.
    pub(crate) fn newline(&mut self) {
        self.out.push('\n');
    }

    /// Speaks in another voice from here on; gives the one before.
    pub(crate) fn speak(&mut self, voice: Voice) -> Voice {
        std::mem::replace(&mut self.voice, voice)
    }

    /// The voice spoken now.
    pub(crate) fn voice(&self) -> Voice {
        self.voice
    }

    /// Notes characters that the reading system sets by itself (list numbers, emphasis dots).
    pub(crate) fn need(&mut self, characters: &str) {
        self.used.add(self.voice, characters);
    }

    /// Marks a place where the document may be cut.
    pub(crate) fn cut(&mut self, cut: Cut) {
        self.cuts.push((self.out.len(), cut));
    }

    /// The pieces between cuts, in order.
    pub(crate) fn pieces(&self) -> Vec<Piece> {
        let ends = self.cuts.iter().skip(1).map(|cut| cut.0);
        self.cuts
            .iter()
            .zip(ends.chain([self.out.len()]))
            .map(|(&(start, cut), end)| Piece {
                cut,
                range: start..end,
            })
            .collect()
    }

    /// The characters used, by voice.
    pub(crate) fn used(&self) -> &Used {
        &self.used
    }

    /// All bytes written so far.
    pub(crate) fn whole(&self) -> Range<usize> {
        0..self.out.len()
    }

    /// The ids written inside these bytes.
    pub(crate) fn ids(&self, range: &Range<usize>) -> impl Iterator<Item = &str> {
        within(&self.ids, range).iter().map(|(_, id)| id.as_str())
    }

    /// The ids led to from inside these bytes.
    pub(crate) fn links(&self, range: &Range<usize>) -> impl Iterator<Item = &str> {
        within(&self.links, range).iter().map(|(_, id)| id.as_str())
    }

    /// Copies these bytes to `out`; links to other files get their name.
    pub(crate) fn copy(&self, range: &Range<usize>, places: &Places, file: &str, out: &mut String) {
        let mut from = range.start;
        for (at, id) in within(&self.links, range) {
            out.push_str(&self.out[from..*at]);
            from = *at;
            match places.file(id) {
                Some(there) if there != file => out.push_str(there),
                _ => {}
            }
        }
        out.push_str(&self.out[from..range.end]);
    }

    fn tag(&mut self, tag: &str, attrs: &[Attr<'_>]) {
        self.out.push('<');
        self.out.push_str(tag);
        for (name, value) in attrs {
            if *name == "id" {
                self.ids.push((self.out.len(), (*value).to_owned()));
            }
            self.out.push(' ');
            self.out.push_str(name);
            self.out.push_str("=\"");
            escape(&mut self.out, value);
            self.out.push('"');
        }
    }
}

/// The rows of a list sorted by place that lie inside `range`.
fn within<'a>(rows: &'a [(usize, String)], range: &Range<usize>) -> &'a [(usize, String)] {
    let start = rows.partition_point(|row| row.0 < range.start);
    let end = rows.partition_point(|row| row.0 < range.end);
    &rows[start..end.max(start)]
}

/// Which file of the package holds which id.
#[derive(Debug, Default)]
pub(crate) struct Places(BTreeMap<String, String>);

impl Places {
    /// Notes that `file` holds `id`.
    pub(crate) fn put(&mut self, id: &str, file: &str) {
        self.0.insert(id.to_owned(), file.to_owned());
    }

    /// The file that holds an id.
    pub(crate) fn file(&self, id: &str) -> Option<&str> {
        self.0.get(id).map(String::as_str)
    }
}

/// A content document: what stands around its markup.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Document<'a> {
    /// Language tag.
    pub(crate) language: &'a str,
    /// What the document is called.
    pub(crate) title: &'a str,
    /// Class of `html`: the principal writing mode.
    pub(crate) mode: &'a str,
    /// Class of `body`.
    pub(crate) class: &'a str,
}

impl Document<'_> {
    /// The whole document around `body`, which is markup already.
    pub(crate) fn wrap(&self, body: &str) -> String {
        let mut out = String::with_capacity(body.len() + 512);
        out.push_str(concat!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!DOCTYPE html>\n",
            "<html xmlns=\"http://www.w3.org/1999/xhtml\" ",
            "xmlns:epub=\"http://www.idpf.org/2007/ops\" class=\"",
        ));
        escape(&mut out, self.mode);
        for name in ["\" lang=\"", "\" xml:lang=\""] {
            out.push_str(name);
            escape(&mut out, self.language);
        }
        out.push_str("\">\n<head>\n<meta charset=\"UTF-8\"/>\n<title>");
        escape(&mut out, self.title);
        out.push_str("</title>\n<link rel=\"stylesheet\" type=\"text/css\" href=\"");
        out.push_str(STYLE_SHEET);
        out.push_str("\"/>\n</head>\n<body class=\"");
        escape(&mut out, self.class);
        out.push_str("\">\n");
        out.push_str(body);
        out.push_str("</body>\n</html>\n");
        out
    }
}

/// The style sheet's file; the name that epub-builder links.
pub(crate) const STYLE_SHEET: &str = "stylesheet.css";

/// Appends text as XML: markup characters escaped, characters that XML 1.0 forbids (§2.2)
/// replaced. Good for text and for attribute values in double quotes.
fn escape(out: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            // A carriage return would be normalised away.
            '\r' => out.push_str("&#13;"),
            '\t' | '\n' => out.push(c),
            '\0'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => out.push('\u{fffd}'),
            _ => out.push(c),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_cannot_become_markup() {
        let mut markup = Markup::new();
        markup.open("p", &[("title", "a\"<b")]);
        markup.text("1 < 2 & ]]> \u{0}\u{fffe}");
        markup.close("p");
        let mut out = String::new();
        markup.copy(&markup.whole(), &Places::default(), "", &mut out);
        assert_eq!(
            out,
            "<p title=\"a&quot;&lt;b\">1 &lt; 2 &amp; ]]&gt; \u{fffd}\u{fffd}</p>"
        );
    }

    #[test]
    fn links_name_the_file_only_where_it_is_another() {
        let mut markup = Markup::new();
        markup.open_link("a", &[]);
        markup.close("a");
        let mut places = Places::default();
        places.put("a", "x.xhtml");
        let copy = |file: &str| {
            let mut out = String::new();
            markup.copy(&markup.whole(), &places, file, &mut out);
            out
        };
        assert_eq!(copy("x.xhtml"), "<a href=\"#a\"></a>");
        assert_eq!(copy("y.xhtml"), "<a href=\"x.xhtml#a\"></a>");
    }
}
