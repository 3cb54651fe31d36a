//! Ids: unique in the publication, of ASCII, and the references that lead to them.

use std::collections::{BTreeMap, BTreeSet};

use crate::diag::{Code, Diagnostic, Sink, Span};
use crate::files::join;
use crate::model::{Article, Block, Inline, LinkTarget, Part};

/// Between the article's number and the author's id in a reference that is not yet resolved; no
/// id holds it.
const PENDING: char = '\u{0}';

/// All ids given so far, and what authors call them.
#[derive(Debug, Default)]
pub(crate) struct Ids {
    used: BTreeSet<String>,
    /// By article and author's name: the id given, and where.
    named: BTreeMap<(usize, String), (String, Span)>,
    /// By article and slug of a heading, as other programs make anchors: the id.
    slugs: BTreeMap<(usize, String), String>,
    /// The article of each file, by path.
    articles: BTreeMap<String, usize>,
    /// Each article's id.
    article_ids: Vec<String>,
    counts: BTreeMap<(usize, &'static str), usize>,
}

impl Ids {
    /// Makes the id of the next article.
    pub(crate) fn article(&mut self, path: &str) -> String {
        let number = self.article_ids.len();
        let id = self.unused(format!("a{:02}", number + 1));
        self.articles.insert(path.to_owned(), number);
        self.article_ids.push(id.clone());
        id
    }

    /// Makes an id of a kind (`h`, `fig`, `table`, `note`) in an article.
    pub(crate) fn make(&mut self, article: usize, kind: &'static str) -> String {
        let count = self.counts.entry((article, kind)).or_insert(0);
        *count += 1;
        let holder = self.article_ids.get(article).map_or("a", String::as_str);
        let id = format!("{holder}-{kind}{count}");
        self.unused(id)
    }

    fn unused(&mut self, wanted: String) -> String {
        let mut id = wanted.clone();
        let mut copy = 1;
        while !self.used.insert(id.clone()) {
            copy += 1;
            id = format!("{wanted}-{copy}");
        }
        id
    }

    /// The id for a name that the author gave; a name given twice in one article is told.
    pub(crate) fn name(
        &mut self,
        (article, kind): (usize, &'static str),
        name: &str,
        span: Span,
        sink: &mut Sink,
    ) -> String {
        let key = (article, name.to_owned());
        if let Some((_, first)) = self.named.get(&key) {
            sink.push(twice(name, span, *first));
            return self.make(article, kind);
        }
        let id = if is_portable(name) && !self.used.contains(name) {
            self.unused(name.to_owned())
        } else {
            self.make(article, kind)
        };
        self.named.insert(key, (id.clone(), span));
        id
    }

    /// Lets an id that is given already be found under a name of the author's as well.
    pub(crate) fn alias(
        &mut self,
        article: usize,
        name: &str,
        (id, span): (&str, Span),
        sink: &mut Sink,
    ) {
        let key = (article, name.to_owned());
        if let Some((_, first)) = self.named.get(&key) {
            sink.push(twice(name, span, *first));
            return;
        }
        self.named.insert(key, (id.to_owned(), span));
    }

    /// How many articles there are so far.
    pub(crate) fn articles(&self) -> usize {
        self.article_ids.len()
    }

    /// Lets a heading be found by its text, as mdBook and other programs make anchors.
    pub(crate) fn heading(&mut self, article: usize, text: &str, id: &str) {
        self.slugs
            .entry((article, slug(text)))
            .or_insert_with(|| id.to_owned());
    }

    /// A reference to be resolved when every article has been read.
    pub(crate) fn pending(article: usize, name: &str) -> String {
        format!("{article}{PENDING}{name}")
    }

    /// Where an address inside the publication leads: an article, or a place in it. `None` for
    /// what is no article of it.
    pub(crate) fn internal(article: usize, path: &str, address: &str) -> Option<String> {
        let (file, anchor) = address.split_once('#').unwrap_or((address, ""));
        if file.is_empty() {
            return (!anchor.is_empty()).then(|| Self::pending(article, &percent_decode(anchor)));
        }
        let file = join(path, &percent_decode(file))?;
        let is_text = [".md", ".markdown"].iter().any(|end| file.ends_with(end));
        is_text.then(|| Self::pending(article, &format!("{file}#{}", percent_decode(anchor))))
    }

    /// Resolves every reference; what leads nowhere is told.
    pub(crate) fn resolve(&self, parts: &mut [Part], sink: &mut Sink) {
        for article in parts.iter_mut().flat_map(|part| &mut part.articles) {
            self.resolve_article(article, sink);
        }
    }

    fn resolve_article(&self, article: &mut Article, sink: &mut Sink) {
        for run in [
            &mut article.kicker,
            &mut article.title,
            &mut article.deck,
            &mut article.byline,
            &mut article.dateline,
            &mut article.lead,
        ] {
            self.resolve_inlines(run, sink);
        }
        self.resolve_blocks(&mut article.body, sink);
        for note in &mut article.notes {
            self.resolve_blocks(&mut note.blocks, sink);
        }
    }

    fn resolve_blocks(&self, blocks: &mut [Block], sink: &mut Sink) {
        for block in blocks {
            match block {
                Block::Heading(heading) => self.resolve_inlines(&mut heading.content, sink),
                Block::Paragraph(paragraph) => self.resolve_inlines(&mut paragraph.content, sink),
                Block::List(list) => {
                    for item in &mut list.items {
                        self.resolve_blocks(&mut item.blocks, sink);
                    }
                }
                Block::Definitions(list) => {
                    for entry in &mut list.entries {
                        for term in &mut entry.terms {
                            self.resolve_inlines(term, sink);
                        }
                        for meaning in &mut entry.meanings {
                            self.resolve_blocks(meaning, sink);
                        }
                    }
                }
                Block::Quote(quote) => self.resolve_blocks(&mut quote.blocks, sink),
                Block::Verse(verse) => {
                    if let Some(title) = &mut verse.title {
                        self.resolve_inlines(&mut title.content, sink);
                    }
                    for line in verse.stanzas.iter_mut().flatten() {
                        self.resolve_inlines(line, sink);
                    }
                }
                Block::Figure(figure) => self.resolve_inlines(&mut figure.caption, sink),
                Block::Table(table) => {
                    self.resolve_inlines(&mut table.caption, sink);
                    for row in table.head.iter_mut().chain(&mut table.rows) {
                        for cell in &mut row.cells {
                            self.resolve_inlines(&mut cell.content, sink);
                        }
                    }
                }
                Block::Boxed(boxed) => {
                    self.resolve_inlines(&mut boxed.title.content, sink);
                    self.resolve_blocks(&mut boxed.blocks, sink);
                }
                Block::Code(_) | Block::Break { .. } => {}
            }
        }
    }

    fn resolve_inlines(&self, run: &mut Vec<Inline>, sink: &mut Sink) {
        let mut lost = false;
        for inline in run.iter_mut() {
            match inline {
                Inline::Mark(mark) => self.resolve_inlines(&mut mark.children, sink),
                Inline::Link {
                    target,
                    children,
                    span,
                } => {
                    self.resolve_inlines(children, sink);
                    if let LinkTarget::Internal { id, .. } = target {
                        match self.find(id) {
                            Ok(found) => *id = found,
                            Err(name) => {
                                sink.push(self.nowhere(&name, *span));
                                id.clear();
                                lost = true;
                            }
                        }
                    }
                }
                _ => {}
            }
        }
        if lost {
            // A link to nowhere is its text.
            *run = std::mem::take(run)
                .into_iter()
                .flat_map(|inline| match inline {
                    Inline::Link {
                        target: LinkTarget::Internal { id, .. },
                        children,
                        ..
                    } if id.is_empty() => children,
                    other => vec![other],
                })
                .collect();
        }
    }

    /// The id that a pending reference leads to, else the author's words for it.
    fn find(&self, pending: &str) -> Result<String, String> {
        let Some((article, name)) = pending.split_once(PENDING) else {
            return Ok(pending.to_owned());
        };
        let lost = || name.to_owned();
        let article: usize = article.parse().map_err(|_| lost())?;
        let in_file = name
            .split_once('#')
            .and_then(|(file, anchor)| Some((*self.articles.get(file)?, anchor)));
        if let Some((other, anchor)) = in_file {
            return if anchor.is_empty() {
                self.article_ids.get(other).cloned().ok_or_else(lost)
            } else {
                self.place(other, anchor).ok_or_else(lost)
            };
        }
        if let Some(id) = self.place(article, name) {
            return Ok(id);
        }
        // A name of another article, when one article alone gives it.
        let mut others = self.named.iter().filter(|((_, n), _)| n == name);
        match (others.next(), others.next()) {
            (Some((_, (id, _))), None) => Ok(id.clone()),
            _ => Err(lost()),
        }
    }

    fn place(&self, article: usize, name: &str) -> Option<String> {
        self.named
            .get(&(article, name.to_owned()))
            .map(|(id, _)| id.clone())
            .or_else(|| self.slugs.get(&(article, slug(name))).cloned())
    }

    fn nowhere(&self, name: &str, span: Span) -> Diagnostic {
        let name = name.strip_suffix('#').unwrap_or(name);
        let fault = Diagnostic::error(
            Code::ReferenceUndefined,
            span,
            format!("`{name}` leads nowhere in this publication"),
        );
        let known: Vec<&str> = if name.contains(".md") {
            self.articles.keys().map(String::as_str).collect()
        } else {
            self.named.keys().map(|(_, n)| n.as_str()).collect()
        };
        match super::keys::nearest(name, &known) {
            Some(near) => fault.hint(format!("did you mean `{near}`?")),
            None => fault.hint("give the heading or the picture an id: `{#name}`"),
        }
    }
}

fn twice(name: &str, span: Span, first: Span) -> Diagnostic {
    Diagnostic::error(
        Code::ReferenceTwice,
        span,
        format!("the id `{name}` is given twice"),
    )
    .label(first, "first here")
    .hint("give one of them another id")
}

/// A name that may stand as an id in XHTML and in a PDF.
fn is_portable(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name.len() <= 64
        && name
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.'))
}

/// An anchor as mdBook and GitHub make it: letters and digits in lower case, spaces as hyphens.
fn slug(text: &str) -> String {
    text.trim()
        .chars()
        .filter_map(|c| match c {
            ' ' => Some('-'),
            '-' | '_' => Some(c),
            c if c.is_alphanumeric() => Some(c),
            _ => None,
        })
        .flat_map(char::to_lowercase)
        .collect()
}

/// `%20` and its like to characters; what is no UTF-8 stays as typed.
pub(crate) fn percent_decode(text: &str) -> String {
    if !text.contains('%') {
        return text.to_owned();
    }
    let bytes = text.as_bytes();
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let pair = text
            .get(at + 1..at + 3)
            .filter(|_| bytes[at] == b'%')
            .and_then(|hex| u8::from_str_radix(hex, 16).ok());
        match pair {
            Some(byte) => {
                decoded.push(byte);
                at += 3;
            }
            None => {
                decoded.push(bytes[at]);
                at += 1;
            }
        }
    }
    String::from_utf8(decoded).unwrap_or_else(|_| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_ascii_and_unique() {
        let mut ids = Ids::default();
        let mut sink = Sink::new();
        let span = Span::default();
        assert_eq!(ids.article("articles/01.md"), "a01");
        assert_eq!(ids.name((0, "fig"), "map", span, &mut sink), "map");
        assert_eq!(ids.name((0, "fig"), "圖一", span, &mut sink), "a01-fig1");
        ids.article("articles/02.md");
        assert_eq!(ids.name((1, "fig"), "map", span, &mut sink), "a02-fig1");
        assert!(!sink.has_errors());
        ids.name((1, "fig"), "map", span, &mut sink);
        assert!(sink.has_errors());
    }

    #[test]
    fn references_find_their_place() {
        let mut ids = Ids::default();
        let mut sink = Sink::new();
        ids.article("articles/01.md");
        ids.article("articles/02.md");
        let map = ids.name((1, "fig"), "map", Span::default(), &mut sink);
        ids.heading(0, "The Way Here", "a01-h1");
        assert_eq!(ids.find(&Ids::pending(0, "map")).unwrap(), map);
        assert_eq!(
            ids.find(&Ids::pending(0, "the-way-here")).unwrap(),
            "a01-h1"
        );
        let other = Ids::internal(0, "articles/01.md", "02.md").unwrap();
        assert_eq!(ids.find(&other).unwrap(), "a02");
        let place = Ids::internal(0, "articles/01.md", "./02.md#map").unwrap();
        assert_eq!(ids.find(&place).unwrap(), map);
        assert!(ids.find(&Ids::pending(0, "nothing")).is_err());
        assert!(Ids::internal(0, "articles/01.md", "paper.pdf").is_none());
    }

    #[test]
    fn percent_signs_are_read() {
        assert_eq!(percent_decode("a%20b%E5%9C%96"), "a b圖");
        assert_eq!(percent_decode("100%"), "100%");
        assert_eq!(percent_decode("%FF"), "%FF");
    }
}
