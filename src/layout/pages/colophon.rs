//! 版權頁: every printed credit with its label, publisher, date, rights, identifier, issue.

use crate::diag::Span;
use crate::geom::Length;
use crate::layout::flow::collector::Collector;
use crate::layout::flow::desk::{Desk, Job, words};
use crate::layout::flow::galley::{Content, Cut, Dress, PlacedLine};
use crate::layout::flow::jidori::{han_em, spread};
use crate::layout::flow::opening::credit_label;
use crate::layout::flow::place::{Pitch, Place, whole_em};
use crate::layout::frame::FrameKind;
use crate::layout::inline::TextAlign;
use crate::model::credit::LabelScript;
use crate::model::theme::{ColophonFrame, Part};
use crate::model::{Book, Credit, Inline};
use crate::rules::words::{Word, date};

use super::front::moved_on;
use super::section::{Role, Section, Titles};

/// The id that leads to the colophon.
pub(crate) const COLOPHON_ID: &str = "colophon";

/// Labels of Han characters are spread to the length of the longest, up to this many em.
const LABEL_EM: i32 = 4;

/// A row's text has this many em at least, where the page is as long.
const FEWEST_EM: i32 = 8;

/// A label with what stands for it.
type Row = (String, String, Span);

/// The colophon: the title over its rows, in a frame that is no longer than they need.
pub(crate) fn colophon(desk: &Desk<'_>, book: &Book) -> Section {
    let theme = desk.theme.colophon;
    let mut to = Collector::new(*desk);
    let page = Place::page(desk.grid);
    let small = Place {
        kind: FrameKind::Credit,
        ..placed(desk, page, Part::Colophon)
    };
    let title = Place {
        kind: FrameKind::Heading,
        ..placed(desk, page, Part::ColophonTitle)
    };
    let name = words(&book.meta.title, Span::default());
    let subtitle = book.meta.subtitle.as_deref().unwrap_or_default();
    let subtitle = words(subtitle, Span::default());
    let rows = rows(book, desk.script());
    let extent = |text: &[Inline], place: &Place| desk.extent(&to.job(text, place)).1;
    let extents = |which: fn(&Row) -> &str| {
        let widths = rows
            .iter()
            .map(|row| extent(&words(which(row), Span::default()), &small));
        widths.max().unwrap_or(Length::ZERO)
    };
    let labels = extents(|row| row.0.as_str());
    let hang = whole_em(labels, small.size) + small.size;
    let longest = (hang + extents(|row| row.1.as_str()).max(small.size * FEWEST_EM))
        .max(extent(&name, &title))
        .max(extent(&subtitle, &small));
    let framed = within(desk, &page, whole_em(longest, page.size) + page.size * 2);
    let (dress, kind) = match theme.frame {
        ColophonFrame::Box => (Dress::Box(desk.theme.rules.medium), FrameKind::Box),
        ColophonFrame::Rules => (Dress::Rules(desk.theme.rules.medium), FrameKind::Box),
        ColophonFrame::Nothing => (Dress::Plain, FrameKind::Credit),
    };
    let group = to.dressed(kind, &framed, None, dress);
    let inside = framed.inside(group).narrowed(page.size);
    let inside = |place: &Place| Place {
        group: inside.group,
        inset: inside.inset,
        measure: inside.measure,
        ..*place
    };
    let (small, title) = (inside(&small), inside(&title));
    to.padding(1, &small);
    to.keep_next(1);
    to.title(&name, &title, Span::default(), Some(COLOPHON_ID));
    if book.meta.subtitle.is_some() {
        to.title(&subtitle, &small, Span::default(), None);
    }
    to.padding(1, &small);
    for (label, text, span) in &rows {
        row(&mut to, (label, text, *span), &small, (labels, hang));
    }
    to.padding(1, &small);
    if let Some(last) = to.galley.strips.last_mut() {
        last.cut = Cut::Keep;
    }
    moved_on(&mut to, theme.before);
    Section::cut(Role::Colophon, Titles::default(), to)
}

/// A place for a part of the colophon.
fn placed(desk: &Desk<'_>, page: Place, part: Part) -> Place {
    let size = desk.look(part).size.of(page.size);
    Place {
        size,
        voice: desk.voice(part),
        pitch: Pitch::Grid(desk.grid.lines_for(size)),
        ..page
    }
}

/// So much of the type area's measure: at the foot of vertical lines, in the middle of horizontal
/// ones.
fn within(desk: &Desk<'_>, page: &Place, length: Length) -> Place {
    let measure = length.min(page.measure);
    let free = page.measure - measure;
    let inset = match desk.is_vertical() {
        true => free,
        false => free / 2,
    };
    Place {
        inset: page.inset + inset,
        measure,
        ..*page
    }
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
    (labels, hang): (Length, Length),
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
    if let Some(line) = &mut label
        && han_em(line, place.size).is_some()
    {
        spread(line, labels.min(place.size * LABEL_EM));
    }
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
    let mut rows = Rows {
        script,
        found: Vec::new(),
    };
    let all = meta
        .credits
        .iter()
        .chain(book.articles().flat_map(|article| &article.credits));
    // Those who print the book stand after its publisher.
    let (printed, made): (Vec<_>, Vec<_>) = all.partition(|credit| credit.role.is_of_print());
    rows.credits(&made);
    rows.add(Word::Publisher, meta.publisher.clone());
    rows.credits(&printed);
    if let Some(issue) = &meta.issue {
        rows.add(Word::Newspaper, issue.publication.clone());
        rows.add(Word::Number, issue.number.clone());
        let edition = [issue.edition.clone(), issue.section.clone()];
        let edition: Vec<String> = edition.into_iter().flatten().collect();
        rows.add(Word::Edition, Some(edition.join("　")));
    }
    let lunar = meta.issue.as_ref().and_then(|issue| issue.lunar.clone());
    let day = meta.date.as_deref().map(|day| date(day, script));
    let day: Vec<String> = day.into_iter().chain(lunar).collect();
    rows.add(Word::Date, Some(day.join("　")));
    for (prefix, label) in [("urn:isbn:", "ISBN"), ("urn:issn:", "ISSN")] {
        let number = meta.identifier.strip_prefix(prefix);
        rows.named(label, number.map(str::to_owned));
    }
    rows.named(
        "ISSN",
        meta.issue.as_ref().and_then(|issue| issue.issn.clone()),
    );
    rows.add(Word::Rights, meta.rights.clone());
    rows.found
}

/// Rows as they are gathered.
struct Rows {
    script: LabelScript,
    found: Vec<Row>,
}

impl Rows {
    /// A row under a word of the program's own.
    fn add(&mut self, word: Word, text: Option<String>) {
        self.named(word.text(self.script), text);
    }

    /// A row, where there is anything to say.
    fn named(&mut self, label: &str, text: Option<String>) {
        if let Some(text) = text.filter(|text| !text.trim().is_empty()) {
            self.found.push((label.to_owned(), text, Span::default()));
        }
    }

    /// Credits by their labels, each name once under each.
    fn credits(&mut self, credits: &[&Credit]) {
        let separator = Word::Comma.text(self.script);
        for credit in credits {
            let label = credit_label(credit, self.script);
            match self.found.iter_mut().find(|row| row.0 == label) {
                Some(row) => {
                    if !row.1.split(separator).any(|name| name == credit.name) {
                        row.1.push_str(separator);
                        row.1.push_str(&credit.name);
                    }
                }
                None => self.found.push((label, credit.name.clone(), credit.span)),
            }
        }
    }
}
