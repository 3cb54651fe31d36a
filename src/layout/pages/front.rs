//! Cover, title page and the title pages of parts.

use crate::diag::Span;
use crate::font::Faces;
use crate::geom::{Em, Length, Point, Size};
use crate::layout::flow::collector::Collector;
use crate::layout::flow::desk::{Desk, Job, words};
use crate::layout::flow::galley::{Content, Dress, Float, Galley, Group, Island, Strip};
use crate::layout::flow::opening::credit_label;
use crate::layout::flow::place::{Pitch, Place};
use crate::layout::frame::{Frame, FrameKind, Item};
use crate::layout::grid::PageGrid;
use crate::layout::inline::TextAlign;
use crate::model::theme::Part;
use crate::model::{Book, ImageRef, Inline};
use crate::rules::words::{Word, date};

use super::section::{Draft, Role, Section, Titles};

/// The cover's picture on a page of its own, whole.
pub(crate) fn cover(desk: &Desk<'_>, image: &ImageRef, title: &str) -> Section {
    let trim = desk.grid.trim;
    let natural = desk.natural(&image.path).unwrap_or(trim);
    let by_width = natural
        .height
        .scale(trim.width.wide(), natural.width.wide());
    let size = if by_width <= trim.height {
        Size::new(trim.width, by_width)
    } else {
        let width = natural
            .width
            .scale(trim.height.wide(), natural.height.wide());
        Size::new(width, trim.height)
    };
    let mut frame = Frame::new(FrameKind::Figure, trim);
    frame.source = Some(image.span);
    frame.push(
        Point::new(
            (trim.width - size.width) / 2,
            (trim.height - size.height) / 2,
        ),
        Item::Image {
            path: image.path.clone(),
            size,
            alt: title.to_owned(),
        },
    );
    let mut collector = Collector::new(*desk);
    collector.galley = whole_page(frame, desk.grid);
    Section::cut(Role::Cover, Titles::default(), collector)
}

/// The typographic cover of a publication that names no picture.
pub(crate) fn made_cover(desk: &Desk<'_>, book: &Book, faces: &Faces) -> Section {
    let frame = crate::layout::cover::cover(book, faces, (desk.grid.mode, desk.grid.trim));
    let mut collector = Collector::new(*desk);
    collector.galley = whole_page(frame, desk.grid);
    Section::cut(Role::Cover, Titles::default(), collector)
}

/// A galley that holds one frame over a whole trimmed page.
fn whole_page<'a>(frame: Frame, grid: &PageGrid) -> Galley<'a> {
    let depth = grid.area().block;
    let mut galley = Galley::default();
    let group = galley.group(Group {
        kind: frame.kind,
        parent: None,
        source: frame.source,
        inset: Length::ZERO,
        measure: Length::ZERO,
        dress: Dress::Plain,
        level: 0,
    });
    galley.strips.push(Strip {
        advance: depth,
        body: depth,
        content: Content::Island(Island {
            frame,
            inline: Length::ZERO,
            depth,
            float: Float::Bleed,
        }),
        ..Strip::empty(group, &Place::page(grid))
    });
    galley
}

/// The title page: title, subtitle, who wrote it, publisher, date.
pub(crate) fn title(desk: &Desk<'_>, book: &Book) -> Section {
    let meta = &book.meta;
    let mut to = Collector::new(*desk);
    let place = title_place(desk);
    if let Some(name) = book
        .meta
        .issue
        .as_ref()
        .and_then(|i| i.publication.as_ref())
    {
        one(&mut to, name, &place, (Part::Kicker, FrameKind::Kicker));
        to.padding(1, &place);
    }
    let size = display(&mut to, &words(&meta.title, Span::default()), &place);
    if let Some(subtitle) = &meta.subtitle {
        let text = words(subtitle, Span::default());
        let mut inner = Place {
            size: desk.look(Part::Subtitle).size.of(size).max(place.size),
            kind: FrameKind::Deck,
            voice: desk.voice(Part::Subtitle),
            ..place
        };
        // Smaller by an eighth at a time until it takes one line, but not smaller than text.
        while inner.size > place.size && desk.extent(&to.job(&text, &inner)).1 > inner.measure {
            inner.size = inner.size.scale(7, 8).max(place.size);
        }
        line(&mut to, &text, &inner, start_align(desk));
    }
    to.padding(2, &place);
    let script = desk.script();
    let colon = Word::Colon.text(script);
    // Those of one role share a line.
    let mut creators: Vec<(String, String, Span)> = Vec::new();
    for credit in meta.credits.iter().filter(|c| c.role.is_creator()) {
        let label = credit_label(credit, script);
        match creators.iter_mut().find(|known| known.0 == label) {
            Some(known) => {
                known.1.push('\u{3000}');
                known.1.push_str(&credit.name);
            }
            None => creators.push((label, credit.name.clone(), credit.span)),
        }
    }
    for (label, names, span) in creators {
        let text = format!("{label}{colon}{names}");
        far(&mut to, &words(text, span), FrameKind::Credit);
    }
    to.padding(1, &place);
    if let Some(publisher) = &meta.publisher {
        far(
            &mut to,
            &words(publisher, Span::default()),
            FrameKind::Credit,
        );
    }
    if let Some(day) = &meta.date {
        far(
            &mut to,
            &words(date(day, script), Span::default()),
            FrameKind::Dateline,
        );
    }
    let taken: Length = to.galley.strips.iter().map(|s| s.advance).sum();
    if taken > desk.grid.area().block + desk.grid.gap() {
        // On a small page all stands close, so that it stays on one.
        let strips = &mut to.galley.strips;
        strips.retain(|strip| !matches!(strip.content, Content::Padding));
    }
    centre(&mut to);
    Section::cut(Role::Title, Titles::default(), to)
}

/// The half-title: the book's title alone, small, on the leaf before the title page.
pub(crate) fn half_title(desk: &Desk<'_>, book: &Book) -> Section {
    let mut to = Collector::new(*desk);
    let place = title_place(desk);
    one(
        &mut to,
        &book.meta.title,
        &place,
        (Part::HalfTitle, FrameKind::Headline),
    );
    centre(&mut to);
    Section::cut(Role::HalfTitle, Titles::default(), to)
}

/// The title page of a part.
pub(crate) fn part<'a>(desk: &Desk<'a>, title: &[Inline], id: String) -> Draft<'a> {
    let mut to = Collector::new(*desk);
    let place = title_place(desk);
    display(&mut to, title, &place);
    if let Some(strip) = to.galley.strips.first_mut() {
        strip.anchors.push(id);
    }
    centre(&mut to);
    Draft {
        role: Role::Part,
        titles: Titles::own(Inline::in_one_line(title)),
        from: to,
    }
}

fn title_place(desk: &Desk<'_>) -> Place {
    let page = Place::page(desk.grid);
    if desk.is_vertical() {
        page.narrowed(page.size * 2)
    } else {
        page
    }
}

fn start_align(desk: &Desk<'_>) -> TextAlign {
    if desk.is_vertical() {
        TextAlign::Start
    } else {
        TextAlign::Centre
    }
}

/// Text in the largest size in which it takes one line.
fn display(to: &mut Collector<'_>, text: &[Inline], place: &Place) -> Length {
    let mut inner = *place;
    for size in &to.desk.theme.title_page.sizes {
        let size = size.of(place.size);
        inner = Place {
            size,
            kind: FrameKind::Headline,
            voice: to.desk.headline_voice(),
            pitch: Pitch::Grid(to.grid().lines_for(size) + 1),
            ..*place
        };
        if to.desk.extent(&to.job(text, &inner)).1 <= inner.measure {
            break;
        }
    }
    let align = start_align(&to.desk);
    line(to, text, &inner, align);
    inner.size
}

fn one(to: &mut Collector<'_>, text: &str, place: &Place, (part, kind): (Part, FrameKind)) {
    let inner = Place {
        size: to.desk.look(part).size.of(place.size),
        kind,
        voice: to.desk.voice(part),
        ..*place
    };
    let align = start_align(&to.desk);
    line(to, &words(text, Span::default()), &inner, align);
}

/// Text at the far end of a vertical page's lines, in the middle of a horizontal page's.
fn far(to: &mut Collector<'_>, text: &[Inline], kind: FrameKind) {
    let page = title_place(&to.desk);
    let place = Place {
        kind,
        size: to.desk.look(Part::Imprint).size.of(page.size),
        voice: to.desk.voice(Part::Imprint),
        ..page
    };
    let align = if to.desk.is_vertical() {
        TextAlign::End
    } else {
        TextAlign::Centre
    };
    line(to, text, &place, align);
}

fn line(to: &mut Collector<'_>, text: &[Inline], place: &Place, align: TextAlign) {
    let pitch = to.grid().lines_for(place.size);
    let place = Place {
        pitch: match place.pitch {
            Pitch::Grid(lines) => Pitch::Grid(lines.max(pitch)),
            own @ Pitch::Own(_) => own,
        },
        ..*place
    };
    let job = Job {
        align,
        ..to.job(text, &place)
    };
    let source = crate::layout::flow::opening::span_of(text, Span::default());
    to.text(&job, &place, source);
}

/// Moves a page's strips away from its start, so that they stand in its optical middle.
fn centre(to: &mut Collector<'_>) {
    let before = to.desk.theme.title_page.before;
    let part = if to.desk.is_vertical() {
        before.0
    } else {
        before.1
    };
    moved_on(to, part);
}

/// Moves a page's strips away from its start by a part of its free space, in whole lines.
pub(crate) fn moved_on(to: &mut Collector<'_>, part: Em) {
    let grid = to.grid();
    let taken: Length = to.galley.strips.iter().map(|s| s.advance).sum();
    // The gap after the last line may hang over the type area.
    let free = (grid.area().block + grid.gap() - taken).at_least_zero();
    let lines = part.of(free).milli() / grid.pitch.milli().max(1);
    if lines > 0 {
        // The blank has a frame of its own, else its neighbour's would reach to the page's start.
        let blank = to.galley.group(Group {
            kind: FrameKind::Paragraph,
            parent: None,
            source: None,
            inset: Length::ZERO,
            measure: Length::ZERO,
            dress: Dress::Plain,
            level: 0,
        });
        let strip = Strip {
            advance: grid.pitch * lines,
            ..Strip::empty(blank, &Place::page(grid))
        };
        to.galley.strips.insert(0, strip);
    }
}
