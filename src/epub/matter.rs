//! Front and back matter: cover page, title page, part pages, colophon.

use crate::model::{Book, Inline, Role};
use crate::rules::words::{self, Word};

use super::credits::by_label;
use super::scribe::{Context, Scribe};
use super::voice::Voice;
use super::xhtml::Markup;

/// The id of the cover page.
pub(crate) const COVER_ID: &str = "cover.page";
/// The id of the publication's title on its title page.
pub(crate) const TITLE_ID: &str = "book.title";
/// The id of the colophon's heading.
pub(crate) const COLOPHON_ID: &str = "colophon.title";

/// The page that shows the cover's picture.
pub(crate) fn cover(context: &Context<'_>, picture: &str) -> Markup {
    let mut out = Markup::new();
    let title = &context.book.meta.title;
    let alt = format!(
        "{}{}{title}",
        Word::Cover.text(context.labels),
        Word::Colon.text(context.labels)
    );
    let section = [("class", "cover"), ("id", COVER_ID), ("epub:type", "cover")];
    out.open_block("section", &section);
    let attrs = [
        ("class", "cover-picture"),
        ("role", "doc-cover"),
        ("src", picture),
        ("alt", &alt),
    ];
    out.empty("img", &attrs);
    out.newline();
    out.close_block("section");
    out
}

/// The title page: newspaper, title, subtitle, writers, publisher, date.
pub(crate) fn title_page(context: &Context<'_>) -> Markup {
    let book = context.book;
    let meta = &book.meta;
    let mut scribe = Scribe::new(context, &meta.language, &[]);
    let attrs = [
        ("class", "title-page"),
        ("epub:type", "titlepage"),
        ("aria-labelledby", TITLE_ID),
    ];
    scribe.out.open_block("section", &attrs);
    scribe.out.speak(Voice::HEADING);
    if let Some(issue) = &meta.issue {
        let head = [
            &issue.publication,
            &issue.number,
            &issue.edition,
            &issue.section,
        ];
        let head: Vec<&str> = head.iter().filter_map(|part| part.as_deref()).collect();
        if !head.is_empty() {
            scribe.line("p", "kicker", &head.join("\u{3000}"));
        }
    }
    scribe
        .out
        .open("h1", &[("class", "book-title"), ("id", TITLE_ID)]);
    scribe.text(&meta.title);
    scribe.out.close_block("h1");
    if let Some(subtitle) = &meta.subtitle {
        let attrs = [("class", "deck"), ("role", "doc-subtitle")];
        scribe.out.open("p", &attrs);
        scribe.text(subtitle);
        scribe.out.close_block("p");
    }
    scribe.out.speak(Voice::CAPTION);
    let creators = meta
        .credits
        .iter()
        .filter(|credit| credit.role.is_creator());
    scribe.credit_lines(creators, "byline");
    if let Some(publisher) = &meta.publisher {
        scribe.line("p", "imprint", publisher);
    }
    if let Some(date) = &meta.date {
        scribe.line("p", "date", &words::date(date, context.labels));
    }
    scribe.out.close_block("section");
    scribe.out
}

/// A part's title page; `id` is where the contents lead.
pub(crate) fn part_page<'a>(context: &'a Context<'a>, title: &'a [Inline], id: &str) -> Markup {
    let mut scribe = Scribe::new(context, &context.book.meta.language, &[]);
    let attrs = [
        ("class", "part-page"),
        ("epub:type", "part"),
        ("role", "doc-part"),
        ("aria-labelledby", id),
    ];
    scribe.out.open_block("section", &attrs);
    scribe.out.speak(Voice::HEADING);
    scribe
        .out
        .open("h1", &[("class", "part-title"), ("id", id)]);
    scribe.inlines(title);
    scribe.out.close_block("h1");
    scribe.out.close_block("section");
    scribe.out
}

/// The colophon: who made the publication, when, under which rights and number.
pub(crate) fn colophon(context: &Context<'_>) -> Markup {
    let meta = &context.book.meta;
    let labels = context.labels;
    let mut scribe = Scribe::new(context, &meta.language, &[]);
    let attrs = [
        ("class", "colophon"),
        ("epub:type", "colophon"),
        ("role", "doc-colophon"),
        ("aria-labelledby", COLOPHON_ID),
    ];
    scribe.out.open_block("section", &attrs);
    scribe.out.speak(Voice::HEADING);
    scribe
        .out
        .open("h1", &[("class", "h2"), ("id", COLOPHON_ID)]);
    scribe.text(Word::Colophon.text(labels));
    scribe.out.close_block("h1");
    scribe.out.speak(Voice::CAPTION);
    scribe.out.open_block("dl", &[("class", "imprint-list")]);
    for (label, value) in imprint(context.book, context) {
        scribe.out.open("div", &[("class", "field")]);
        scribe.line_of("dt", "field-name", &label);
        scribe.line_of("dd", "field-value", &value);
        scribe.out.close_block("div");
    }
    scribe.out.close_block("dl");
    scribe.out.close_block("section");
    scribe.out
}

/// The rows of the colophon: label and value.
fn imprint(book: &Book, context: &Context<'_>) -> Vec<(String, String)> {
    let (meta, labels) = (&book.meta, context.labels);
    let mut rows = Vec::new();
    let mut row = |label: &str, value: &str| rows.push((label.to_owned(), value.to_owned()));
    let title = match &meta.subtitle {
        Some(subtitle) => format!("{}——{subtitle}", meta.title),
        None => meta.title.clone(),
    };
    row(Word::Title.text(labels), &title);
    if let Some(issue) = &meta.issue {
        let parts = [
            (Word::Newspaper, &issue.publication),
            (Word::Number, &issue.number),
            (Word::Edition, &issue.edition),
            (Word::Section, &issue.section),
            (Word::Lunar, &issue.lunar),
        ];
        for (word, value) in parts {
            if let Some(value) = value {
                row(word.text(labels), value);
            }
        }
        if let Some(issn) = &issue.issn {
            row("ISSN", issn);
        }
    }
    for (label, names) in by_label(&meta.credits, labels) {
        row(&label, &names.join(Word::Comma.text(labels)));
    }
    if let Some(publisher) = &meta.publisher {
        let role = Role::parse("publisher");
        let label = role.map_or_else(String::new, |role| role.label(labels));
        row(&label, publisher);
    }
    if let Some(date) = &meta.date {
        row(Word::Date.text(labels), &words::date(date, labels));
    }
    if let Some(rights) = &meta.rights {
        row(Word::Rights.text(labels), rights);
    }
    match meta.identifier.strip_prefix("urn:isbn:") {
        Some(isbn) => row("ISBN", isbn),
        None => row(Word::Identifier.text(labels), &meta.identifier),
    }
    rows
}

impl Scribe<'_> {
    /// A block of text that is no inline of the model.
    fn line(&mut self, tag: &str, class: &str, text: &str) {
        self.line_of(tag, class, text);
        self.out.newline();
    }

    fn line_of(&mut self, tag: &str, class: &str, text: &str) {
        self.out.open(tag, &[("class", class)]);
        self.text(text);
        self.out.close(tag);
    }
}
