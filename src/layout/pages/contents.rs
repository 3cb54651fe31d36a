//! The contents: titles, leaders, page numbers.

use std::collections::BTreeMap;

use crate::diag::Span;
use crate::geom::{Length, Logical};
use crate::layout::flow::collector::Collector;
use crate::layout::flow::desk::{Desk, Job, words};
use crate::layout::flow::galley::{Content, Cut, PlacedLine};
use crate::layout::flow::place::{Pitch, Place, whole};
use crate::layout::frame::FrameKind;
use crate::layout::inline::TextAlign;
use crate::layout::line::{Decoration, Line};
use crate::model::theme::Part;
use crate::model::{Article, Book, Inline, LinkTarget};
use crate::rules::words::Word;

use super::furniture::upright;
use super::section::{Role, Section, Titles};

/// The id that leads to the contents.
pub(crate) const CONTENTS_ID: &str = "contents";
/// Diameter of a leader's dots in thousandths of the text's size.
const LEADER_DOT: i64 = 90;

/// The contents: parts and articles.
pub(crate) fn contents(
    desk: &Desk<'_>,
    book: &Book,
    page_of: &BTreeMap<String, String>,
) -> Section {
    let mut to = Collector::new(*desk);
    let grid = Place::page(desk.grid);
    let size = desk.look(Part::Contents).size.of(grid.size);
    let page = Place {
        size,
        voice: desk.voice(Part::Contents),
        pitch: Pitch::Grid(desk.grid.lines_for(size)),
        ..grid
    };
    let label = Word::Contents.text(desk.script());
    let size = desk.look(Part::ContentsTitle).size.of(grid.size);
    let heading = Place {
        size,
        kind: FrameKind::Heading,
        voice: desk.voice(Part::ContentsTitle),
        spread: whole(desk.theme.headline.spread),
        pitch: Pitch::Grid(desk.grid.lines_for(size) + 1),
        ..if desk.is_vertical() {
            grid.moved_in(grid.size * 2)
        } else {
            grid
        }
    };
    to.title(
        &words(label, Span::default()),
        &heading,
        Span::default(),
        Some(CONTENTS_ID),
    );
    to.keep_next(2);
    for (at, part) in book.parts.iter().enumerate() {
        let mut place = page;
        if let Some(title) = &part.title {
            to.space(1, &page);
            let bold = Place {
                voice: desk.voice(Part::ContentsPart),
                ..page
            };
            entry(&mut to, title, &part_id(at), (&bold, page_of));
            to.keep_next(1);
            place = page.moved_in(page.size);
        }
        for article in &part.articles {
            let place = place.moved_in(page.size * i32::from(article.depth.min(4)));
            entry(&mut to, &title_of(article), &article.id, (&place, page_of));
        }
    }
    Section::cut(Role::Contents, Titles::own(label), to)
}

/// The id of a part's title page.
pub(crate) fn part_id(at: usize) -> String {
    format!("part-{}", at + 1)
}

/// A title without what belongs to the article's page alone.
fn title_of(article: &Article) -> Vec<Inline> {
    words(Inline::in_one_line(&article.title), article.span)
}

/// One line of the contents: title, leader, page number.
fn entry(
    to: &mut Collector<'_>,
    title: &[Inline],
    id: &str,
    (place, page_of): (&Place, &BTreeMap<String, String>),
) {
    let span = title.first().map_or(Span::default(), Inline::span);
    let linked = |children: Vec<Inline>| {
        vec![Inline::Link {
            target: LinkTarget::Internal {
                id: id.to_owned(),
                with_page: false,
            },
            children,
            span,
        }]
    };
    let number = page_of.get(id).map_or("", String::as_str);
    let number = linked(vec![upright(number, span)]);
    let text = linked(title.to_vec());
    let title_job = Job {
        align: TextAlign::Start,
        measure: (place.measure - place.size * 5).max(place.size * 4),
        ..to.job(&text, place)
    };
    let lines = to.desk.lines(&title_job, &mut to.sink);
    let number_line = to.desk.label(&number, &title_job, &mut to.sink);
    let place = Place {
        kind: FrameKind::Toc,
        ..*place
    };
    let group = to.open(FrameKind::Toc, &place, span);
    let place = place.inside(group);
    let count = lines.len();
    let mut number_line = number_line;
    for (at, mut line) in lines.into_iter().enumerate() {
        let folio = if at + 1 == count {
            number_line.take()
        } else {
            None
        };
        if let Some(folio) = &folio {
            leader(&mut line, place.measure - folio.set, place.size);
        }
        let cut = if at == 0 { Cut::Free } else { Cut::Keep };
        let mut strip = to.line(line, &place, cut);
        if let (Some(folio), Content::Lines(placed)) = (folio, &mut strip.content) {
            let axis = placed.first().map_or(Length::ZERO, |first| first.axis);
            placed.push(PlacedLine {
                inline: place.inset + place.measure - folio.set,
                axis,
                line: folio,
            });
        }
        to.push(strip);
    }
}

/// Dots from a title's end to before its page number, on a grid that all lines share.
fn leader(line: &mut Line, end: Length, size: Length) {
    let step = size / 2;
    let diameter = size.scale(LEADER_DOT, 1000);
    let from = line.start + line.set + size / 2;
    let to = end - size / 2;
    let first = (from.wide() + step.wide() - 1) / step.wide().max(1);
    let block = if line.mode.is_vertical() {
        Length::ZERO
    } else {
        -diameter
    };
    let mut at = step.scale(first, 1);
    while at + diameter <= to {
        line.decorations.push(Decoration::Dot {
            centre: Logical::new(at, block),
            diameter,
        });
        at += step.max(Length::from_milli(1));
    }
}
