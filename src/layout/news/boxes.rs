//! Fact boxes, side stories and pull quotes on a newspaper page: set on a ground of their own inside their rectangle.

use crate::diag::Sink;
use crate::geom::{Length, Logical, Size, WritingMode};
use crate::layout::flow::collector::Collector;
use crate::layout::flow::compose::{Sheets, compose, outline};
use crate::layout::flow::desk::{Desk, Job};
use crate::layout::flow::distribute::groups_of;
use crate::layout::flow::galley::Galley;
use crate::layout::flow::place::{Ground, Indent, Pitch, Place, Short};
use crate::layout::frame::{Frame, FrameKind, Ink, Item, Rule, Side};
use crate::layout::grid::PageGrid;
use crate::layout::inline::TextAlign;
use crate::model::theme::{Part, RuleTheme};
use crate::model::{Block, BoxKind, Boxed, Inline, Paragraph};

use super::fill;
use super::tiers::Tiers;

/// Who said it, in thousandths of the quote's size.
const SIGNED: i64 = 650;
/// Inside a frame, in thousandths of the body size: ½ to 1 em (§16).
const INSIDE: i64 = 800;
/// Titles of pull quotes in thousandths of the quote's size.
const QUOTE_TITLE: i64 = 700;
/// A box's lines are no longer than this many characters.
const LONGEST: i32 = 28;
/// More lines than any box has.
const ENDLESS: i32 = 20_000;

/// What a box's text is to the theme.
fn part(boxed: &Boxed) -> Part {
    match boxed.kind {
        BoxKind::PullQuote => Part::Quote,
        BoxKind::Fact | BoxKind::Sidebar => Part::Box,
    }
}

/// The ground of a box: a type area inside its frame.
fn ground(boxed: &Boxed, size: Size, (desk, tiers): (&Desk<'_>, &Tiers)) -> PageGrid {
    let look = desk.look(part(boxed));
    let text = look.size.of(tiers.size);
    let pitch = look.pitch.of(text);
    let inside = tiers.size.scale(INSIDE, 1000);
    let outer = Logical::from_size(size, tiers.mode);
    let inline = (outer.inline - inside * 2).max(text);
    let characters = i32::try_from(inline.wide() / text.wide().max(1))
        .unwrap_or(1)
        .max(1);
    let spare = (inline - text * characters).at_least_zero() / 2;
    let (along, across) = (inside + spare, inside);
    let (head, left) = match tiers.mode {
        WritingMode::VerticalRl => (along, across),
        WritingMode::HorizontalTb => (across, along),
    };
    PageGrid {
        mode: tiers.mode,
        trim: size,
        size: text,
        pitch,
        characters,
        lines: ENDLESS,
        head,
        foot: Length::ZERO,
        gutter: left,
        fore_edge: left,
    }
}

/// A box's text as strips.
fn galley<'a>(boxed: &'a Boxed, desk: &Desk<'a>, sink: &mut Sink) -> Galley<'a> {
    let mut to = Collector::new(*desk);
    let page = Place::page(desk.grid);
    let quote = boxed.kind == BoxKind::PullQuote;
    let place = Place {
        voice: desk.voice(part(boxed)),
        ground: Ground::Frame,
        short: Short::Ragged,
        indent: if quote { Indent::None } else { Indent::House },
        ..page
    };
    let (size, voice) = match quote {
        true => (
            page.size.scale(QUOTE_TITLE, 1000),
            desk.voice(Part::Box).bold(),
        ),
        false => (
            desk.look(Part::BoxTitle).size.of(page.size),
            desk.voice(Part::BoxTitle),
        ),
    };
    let title = Place {
        size,
        kind: FrameKind::Heading,
        voice,
        pitch: Pitch::Grid(desk.grid.lines_for(size)),
        ..page
    };
    to.title(
        &boxed.title.content,
        &title,
        boxed.title.span,
        Some(&boxed.title.id),
    );
    for block in &boxed.blocks {
        match block {
            Block::Paragraph(paragraph) if quote => quoted(&mut to, paragraph, &place),
            other => to.blocks(std::slice::from_ref(other), &place),
        }
    }
    sink.extend(to.sink.into_inner());
    to.galley
}

/// A paragraph of a pull quote, ragged; who said it, after a dash, in smaller type at the end.
fn quoted<'a>(to: &mut Collector<'a>, paragraph: &'a Paragraph, place: &Place) {
    let signed = Inline::plain(&paragraph.content).starts_with(['—', '－', '―', '─']);
    let place = if signed {
        Place {
            size: place.size.scale(SIGNED, 1000),
            voice: to.desk.voice(Part::Box),
            ..*place
        }
    } else {
        *place
    };
    let align = if signed {
        TextAlign::End
    } else {
        TextAlign::Start
    };
    let job = Job {
        align,
        ..to.job(&paragraph.content, &place)
    };
    to.text(&job, &place, paragraph.span);
}

/// How many lines a box takes over so many tiers; `None` where its lines would be too long.
pub(crate) fn lines(boxed: &Boxed, span: u16, (desk, tiers): (&Desk<'_>, &Tiers)) -> Option<u16> {
    let ground = ground(boxed, tiers.room((span, tiers.lines)), (desk, tiers));
    if ground.characters > LONGEST && span > 1 {
        return None;
    }
    let desk = Desk {
        grid: &ground,
        ..*desk
    };
    let galley = galley(boxed, &desk, &mut Sink::new());
    let depth = depth(&galley, &ground);
    let inside = tiers.size.scale(INSIDE, 1000) * 2 + tiers.side_blank() * 2;
    Some(tiers.lines_for(depth + inside))
}

/// The extent of a galley's strips, one after another.
fn depth(galley: &Galley<'_>, grid: &PageGrid) -> Length {
    let (run, _) = fill::fill(&galley.strips, 0, u16::MAX, (grid, fill::Keeps::Kept));
    run.slots
        .iter()
        .map(|slot| slot.at + galley.strips[slot.index].body)
        .max()
        .unwrap_or(Length::ZERO)
}

/// Sets a box in a room, its frame around it.
pub(crate) fn set(
    boxed: &Boxed,
    room: Size,
    (desk, tiers): (&Desk<'_>, &Tiers),
    sink: &mut Sink,
) -> Frame {
    let ground = ground(boxed, room, (desk, tiers));
    let inner = Desk {
        grid: &ground,
        ..*desk
    };
    let mut galley = galley(boxed, &inner, sink);
    let used = depth(&galley, &ground);
    // Sheets turn places by the type area: it ends where the text ends, and the text stands in
    // the middle of what is left.
    let (run, _) = fill::fill(&galley.strips, 0, u16::MAX, (&ground, fill::Keeps::Kept));
    let mut inner = PageGrid {
        lines: ground.lines_for(used),
        ..ground
    };
    let outer = Logical::from_size(room, tiers.mode).block;
    let lead = (outer - inner.depth_of(inner.lines)).at_least_zero() / 2;
    match tiers.mode {
        WritingMode::VerticalRl => (inner.gutter, inner.fore_edge) = (lead, lead),
        WritingMode::HorizontalTb => inner.head = lead,
    }
    let kind = match boxed.kind {
        BoxKind::Fact => FrameKind::Box,
        BoxKind::Sidebar => FrameKind::Sidebar,
        BoxKind::PullQuote => FrameKind::PullQuote,
    };
    let mut frame = Frame::new(kind, room);
    frame.source = Some(boxed.span);
    dress(&mut frame, (boxed.kind, desk.theme.rules), tiers.mode);
    let sheet = fill::sheet(&mut galley, &run);
    let groups = groups_of(galley);
    compose(
        &mut frame,
        sheet,
        &groups,
        &Sheets::new(&inner, Side::Right),
    );
    frame
}

/// Rules around a box: on all sides of a fact box, before and after the lines of the others.
fn dress(frame: &mut Frame, (kind, rules): (BoxKind, RuleTheme), mode: WritingMode) {
    let (weight, sides) = match (kind, mode) {
        (BoxKind::Fact, _) => (rules.medium, [true; 4]),
        (BoxKind::Sidebar, WritingMode::HorizontalTb) => (rules.heavy, [true, false, true, false]),
        (BoxKind::Sidebar, WritingMode::VerticalRl) => (rules.heavy, [false, true, false, true]),
        (BoxKind::PullQuote, WritingMode::HorizontalTb) => {
            (rules.medium, [true, false, true, false])
        }
        (BoxKind::PullQuote, WritingMode::VerticalRl) => (rules.medium, [false, true, false, true]),
    };
    for (at, size) in outline(frame.size, weight, sides) {
        let ink = Ink::BLACK;
        frame.push(at, Item::Rule(Rule { size, ink }));
    }
}
