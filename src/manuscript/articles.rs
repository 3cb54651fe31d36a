//! One article: front matter and body to the model.

use crate::diag::{Code, Diagnostic, FileId, Sink, Span};
use crate::files::Files;
use crate::model::{Article, Block, Inline, Language};

use super::blocks::cut_attributes;
use super::desk::{Desk, Stretch};
use super::events::{MAX_DEPTH, Node, NodeKind, parse};
use super::front;
use super::ids::Ids;
use super::inlines::Setting;
use super::notes::Notes;
use super::order::ListedArticle;
use super::section::Words;

/// An article's file.
pub(crate) struct Sheet<'s> {
    /// Its text.
    pub(crate) text: &'s str,
    /// Its id among the sources.
    pub(crate) file: FileId,
    /// Number of the article, from zero.
    pub(crate) number: usize,
    /// How it is listed.
    pub(crate) listed: &'s ListedArticle,
    /// Language of the publication.
    pub(crate) language: &'s Language,
}

/// Reads an article.
pub(crate) fn read(
    sheet: &Sheet<'_>,
    files: &dyn Files,
    ids: &mut Ids,
    sink: &mut Sink,
) -> Article {
    let (text, path) = (sheet.text, sheet.listed.path.as_str());
    let id = ids.article(path);
    let cut = front::cut(text);
    let mut front = front::read(text, &cut, (sheet.file, path, files), sink);
    let whole = Span::new(sheet.file, 0, text.len());
    let on = Stretch {
        text,
        file: sheet.file,
        offset: Some(0),
        whole,
    };
    let parsed = parse(text, cut.body);
    if let Some(range) = parsed.too_deep {
        let start = on.span(&(range.start..range.start));
        sink.push(
            Diagnostic::error(
                Code::NestingDepth,
                start,
                format!("the text is nested deeper than {MAX_DEPTH} levels"),
            )
            .hint("write lists, quotations and marks with fewer levels"),
        );
    }
    let notes = Notes::gather(&parsed.nodes, &|range| on.span(range), sink);
    let language = front
        .language
        .take()
        .unwrap_or_else(|| sheet.language.clone());
    let mut desk = Desk {
        sink,
        ids,
        files,
        article: sheet.number,
        path,
        language: language.clone(),
        notes,
        listed: std::mem::take(&mut front.figures),
        tags: std::collections::BTreeMap::new(),
        marks: std::collections::BTreeSet::new(),
    };
    let headline = Setting {
        headline: true,
        ..Setting::default()
    };
    let words = |desk: &mut Desk<'_>, words: &Option<Words>, setting| match words {
        Some(words) => desk.words(words, sheet.file, whole, setting),
        None => Vec::new(),
    };
    let kicker = words(&mut desk, &front.kicker, headline);
    let mut title = words(&mut desk, &front.title, headline);
    let deck = words(&mut desk, &front.deck, headline);
    let byline = words(&mut desk, &front.byline, Setting::default());
    let dateline = words(&mut desk, &front.dateline, Setting::default());
    let mut lead = words(&mut desk, &front.lead, Setting::default());

    let mut nodes = parsed.nodes.as_slice();
    if title.is_empty()
        && let Some((taken, rest)) = desk.title_heading(nodes, &on, &id)
    {
        title = taken;
        nodes = rest;
    } else if let Some(rest) = desk.repeated_title(nodes, &on, &title, &id) {
        nodes = rest;
    }
    if let Some((taken, rest)) = desk.lead(nodes, &on, !lead.is_empty()) {
        lead = taken;
        nodes = rest;
    }
    let mut body = desk.blocks(nodes, &on, Setting::default());
    let notes = desk.finish_notes(&parsed.nodes, &on);
    desk.unshown(&mut body);
    desk.tell_tags();

    if body.is_empty() && lead.is_empty() && nodes.len() == parsed.nodes.len() {
        desk.tell(empty(path, sheet, whole, cut.body));
    }
    if title.is_empty() {
        title = stand_in_title(&body, sheet, whole);
    }
    Article {
        id,
        path: path.to_owned(),
        depth: sheet.listed.depth,
        title,
        kicker,
        deck,
        lead,
        byline,
        dateline,
        date: front.date,
        section: front.section,
        language,
        credits: front.credits,
        plan: front.plan,
        body,
        notes,
        span: whole,
    }
}

fn empty(path: &str, sheet: &Sheet<'_>, whole: Span, body: usize) -> Diagnostic {
    let at = Span::new(sheet.file, body, body);
    let fault = Diagnostic::error(
        Code::ArticleEmpty,
        if sheet.text.is_empty() { whole } else { at },
        format!("`{path}` holds no text"),
    );
    let fault = match sheet.listed.span {
        Some(listed) => fault.label(listed, "listed here"),
        None => fault,
    };
    fault.hint("write the article, or take it out of the publication")
}

/// The first heading, the title that a summary gives, or the file's name.
fn stand_in_title(body: &[Block], sheet: &Sheet<'_>, whole: Span) -> Vec<Inline> {
    let at = Span::new(whole.file, 0, 0);
    let text = |text: &str| {
        vec![Inline::Text {
            text: text.to_owned(),
            span: at,
        }]
    };
    if let Some(title) = &sheet.listed.title {
        return text(title.trim());
    }
    let heading = body.iter().find_map(|block| match block {
        Block::Heading(heading) => Some(Inline::plain(&heading.content)),
        _ => None,
    });
    if let Some(heading) = heading.filter(|heading| !heading.trim().is_empty()) {
        return text(heading.trim());
    }
    let name = sheet.listed.path.rsplit('/').next().unwrap_or("");
    let name = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    text(if name.is_empty() { "—" } else { name })
}

impl Desk<'_> {
    /// Inline text of a value of the front matter.
    pub(crate) fn words(
        &mut self,
        words: &Words,
        file: FileId,
        whole: Span,
        setting: Setting,
    ) -> Vec<Inline> {
        let text = words.text.trim_end();
        let start = text.len() - text.trim_start().len();
        let on = Stretch {
            text: &text[start..],
            file,
            offset: words.verbatim.map(|at| at + start),
            whole: words.span.unwrap_or(whole),
        };
        self.line(&on, setting)
    }

    /// The heading that opens the body, for an article whose front matter gives no title.
    fn title_heading<'n, 's>(
        &mut self,
        nodes: &'n [Node<'s>],
        on: &Stretch<'_>,
        article: &str,
    ) -> Option<(Vec<Inline>, &'n [Node<'s>])> {
        let (first, rest) = nodes.split_first()?;
        let NodeKind::Heading(1) = first.kind else {
            return None;
        };
        let (children, attributes) = cut_attributes(&first.children, on.text);
        let attributes = attributes.unwrap_or_default();
        if !attributes.classes.is_empty() {
            return None;
        }
        let headline = Setting {
            headline: true,
            ..Setting::default()
        };
        let title = self.inlines(&children, on, headline);
        if title.is_empty() {
            return None;
        }
        let span = on.span(&first.range);
        if let Some(name) = &attributes.id {
            self.ids
                .alias(self.article, name, (article, span), self.sink);
        }
        self.ids
            .heading(self.article, &Inline::plain(&title), article);
        Some((title, rest))
    }

    /// What follows a first heading that says the front matter's title over again.
    fn repeated_title<'n, 's>(
        &mut self,
        nodes: &'n [Node<'s>],
        on: &Stretch<'_>,
        title: &[Inline],
        article: &str,
    ) -> Option<&'n [Node<'s>]> {
        let (first, rest) = nodes.split_first()?;
        let NodeKind::Heading(1) = first.kind else {
            return None;
        };
        let raw = on.text[first.range.clone()].trim().trim_matches('#').trim();
        let plain = Inline::plain(title);
        if title.is_empty() || raw != plain.trim() {
            return None;
        }
        self.ids.heading(self.article, &plain, article);
        Some(rest)
    }

    /// The first paragraph where it ends in `{.lead}`.
    fn lead<'n, 's>(
        &mut self,
        nodes: &'n [Node<'s>],
        on: &Stretch<'_>,
        given: bool,
    ) -> Option<(Vec<Inline>, &'n [Node<'s>])> {
        let (first, rest) = nodes.split_first()?;
        if first.kind != NodeKind::Paragraph {
            return None;
        }
        let (children, attributes) = cut_attributes(&first.children, on.text);
        if !attributes?.has("lead") {
            return None;
        }
        if given {
            self.tell(
                Diagnostic::error(
                    Code::MarkUnknown,
                    on.span(&first.range),
                    "the article has two leads: this one and `lead:` in its front matter",
                )
                .hint("keep one of them"),
            );
            return None;
        }
        Some((self.inlines(&children, on, Setting::default()), rest))
    }
}
