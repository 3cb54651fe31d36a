//! 版權頁: every printed credit with its label, publisher, date, rights, identifier, issue.

use crate::diag::Span;
use crate::geom::Length;
use crate::layout::flow::collector::Collector;
use crate::layout::flow::desk::{Desk, Job, words};
use crate::layout::flow::galley::{Content, Cut, PlacedLine};
use crate::layout::flow::opening::credit_label;
use crate::layout::flow::place::whole_em;
use crate::layout::flow::place::{Pitch, Place};
use crate::layout::frame::FrameKind;
use crate::layout::inline::TextAlign;
use crate::model::Book;
use crate::model::credit::LabelScript;
use crate::rules::words::{Word, date};

use super::section::{Role, Section, Titles};

/// The id that leads to the colophon.
pub(crate) const COLOPHON_ID: &str = "colophon";

/// A label with what stands for it.
type Row = (String, String, Span);

/// The colophon.
pub(crate) fn colophon(desk: &Desk<'_>, book: &Book) -> Section {
    let script = desk.script();
    let mut to = Collector::new(*desk);
    let page = Place::page(desk.grid);
    let title = Place {
        size: page.size.scale(1100, 1000),
        kind: FrameKind::Heading,
        voice: desk.headline_voice(),
        pitch: Pitch::Grid(2),
        ..page
    };
    let name = words(&book.meta.title, Span::default());
    to.title(&name, &title, Span::default(), Some(COLOPHON_ID));
    let rows = rows(book, script);
    let small = Place {
        size: page.size.scale(900, 1000),
        kind: FrameKind::Credit,
        ..page
    };
    let label_width = rows
        .iter()
        .map(|(label, ..)| {
            let text = words(label, Span::default());
            to.desk.extent(&to.job(&text, &small)).1
        })
        .max()
        .unwrap_or(Length::ZERO);
    let hang = whole_em(label_width, small.size) + small.size;
    for (label, text, span) in &rows {
        row(&mut to, (label, text, *span), &small, hang);
    }
    Section::cut(Role::Colophon, Titles::default(), to)
}

/// Whether there is anything to print in a colophon beside the title.
pub(crate) fn is_wanted(book: &Book) -> bool {
    let meta = &book.meta;
    !meta.credits.is_empty()
        || meta.publisher.is_some()
        || meta.rights.is_some()
        || meta.issue.is_some()
        || meta.date.is_some()
        || book.articles().any(|a| !a.credits.is_empty())
        || book.articles().count() > 1
}

fn row(
    to: &mut Collector<'_>,
    (label, text, span): (&str, &str, Span),
    place: &Place,
    hang: Length,
) {
    let group = to.open(FrameKind::Credit, place, span);
    let place = place.inside(group);
    let inner = place.hung(hang);
    let text = words(text, span);
    let job = Job {
        align: TextAlign::Start,
        indent: inner.first_indent(),
        ..to.job(&text, &inner)
    };
    let lines = to.desk.lines(&job, &mut to.sink);
    let label = words(label, span);
    let label_job = to.job(&label, &place);
    let mut label = to.desk.label(&label, &label_job, &mut to.sink);
    for (at, line) in lines.into_iter().enumerate() {
        let cut = if at == 0 { Cut::Free } else { Cut::Keep };
        let mut strip = to.line(line, &inner, cut);
        if let (Some(label), Content::Lines(placed)) = (label.take(), &mut strip.content) {
            let axis = placed.first().map_or(Length::ZERO, |first| first.axis);
            placed.insert(
                0,
                PlacedLine {
                    inline: place.inset,
                    axis,
                    line: label,
                },
            );
        }
        to.push(strip);
    }
}

/// Every row in the order of print.
fn rows(book: &Book, script: LabelScript) -> Vec<Row> {
    let meta = &book.meta;
    let mut rows: Vec<Row> = Vec::new();
    let separator = if script == LabelScript::English {
        ", "
    } else {
        "、"
    };
    let all = meta
        .credits
        .iter()
        .chain(book.articles().flat_map(|article| &article.credits));
    for credit in all {
        let label = credit_label(credit, script);
        match rows.iter_mut().find(|row| row.0 == label) {
            Some(row) => {
                if !row.1.split(separator).any(|name| name == credit.name) {
                    row.1.push_str(separator);
                    row.1.push_str(&credit.name);
                }
            }
            None => rows.push((label, credit.name.clone(), credit.span)),
        }
    }
    let mut add = |word: Word, text: Option<String>| {
        if let Some(text) = text.filter(|text| !text.trim().is_empty()) {
            rows.push((word.text(script).to_owned(), text, Span::default()));
        }
    };
    add(Word::Publisher, meta.publisher.clone());
    if let Some(issue) = &meta.issue {
        add(Word::Newspaper, issue.publication.clone());
        add(Word::Number, issue.number.clone());
        let edition = [issue.edition.clone(), issue.section.clone()];
        let edition: Vec<String> = edition.into_iter().flatten().collect();
        add(Word::Edition, Some(edition.join("　")));
    }
    let lunar = meta.issue.as_ref().and_then(|issue| issue.lunar.clone());
    let day = meta.date.as_deref().map(|day| date(day, script));
    let day: Vec<String> = day.into_iter().chain(lunar).collect();
    add(Word::Date, Some(day.join("　")));
    add(Word::Rights, meta.rights.clone());
    for (prefix, label) in [("urn:isbn:", "ISBN"), ("urn:issn:", "ISSN")] {
        if let Some(number) = meta.identifier.strip_prefix(prefix) {
            rows.push((label.to_owned(), number.to_owned(), Span::default()));
        }
    }
    if let Some(issn) = meta.issue.as_ref().and_then(|issue| issue.issn.clone()) {
        rows.push(("ISSN".to_owned(), issn, Span::default()));
    }
    rows
}
