//! Running heads (柱) and folios: set horizontally above the type area, towards the fore-edge.

use crate::diag::{Sink, Span};
use crate::geom::{Length, Point, Size, WritingMode};
use crate::layout::flow::desk::{Desk, Job, words};
use crate::layout::frame::{Frame, FrameKind, Item, Side};
use crate::layout::inline::TextAlign;
use crate::layout::line::Line;
use crate::model::theme::Part;

/// Between folio and running head, in em of the body (composition rules §14: 1½ to 2).
const BETWEEN: i32 = 2;
/// Between running head and type area, in em of the body.
const ABOVE: i32 = 1;

/// The words in a section's margins, set once for all of its pages.
#[derive(Debug, Clone)]
pub(crate) struct Furniture {
    size: Length,
    head: Option<Line>,
}

impl Furniture {
    /// Sets a running head, shortened to the width that is there for it.
    pub(crate) fn new(desk: &Desk<'_>, text: &str, sink: &mut Sink) -> Self {
        let size = desk.look(Part::Furniture).size.of(desk.grid.size);
        let width = desk.grid.area().to_size(desk.grid.mode).width;
        let room = width - size * (BETWEEN + 4);
        let head = shortened(desk, text, (size, room), sink);
        Self { size, head }
    }

    /// The folio without a running head, for pages that open something.
    pub(crate) fn folio_only(desk: &Desk<'_>) -> Self {
        Self {
            size: desk.look(Part::Furniture).size.of(desk.grid.size),
            head: None,
        }
    }

    /// Puts the running head and the folio on a page.
    pub(crate) fn put(&self, desk: &Desk<'_>, page: &mut Frame, (label, side): (&str, Side)) {
        let grid = desk.grid;
        let above = grid.head - grid.size * ABOVE;
        if above < self.size * 2 {
            return;
        }
        let area = grid.area().to_size(grid.mode);
        let left = grid.corner(side).x;
        let folio = set(desk, label, self.size, &mut Sink::new());
        // The fore-edge is at the outer side; the folio stands outermost.
        let mut reach = Length::ZERO;
        let mut put = |line: Line, kind: FrameKind| {
            let width = line.set;
            let x = match side {
                Side::Left => left + reach,
                Side::Right => left + area.width - reach - width,
            };
            let mut frame = Frame::new(kind, Size::new(width, self.size));
            let axis = Point::new(Length::ZERO, self.size.scale(880, 1000));
            frame.push(axis, Item::Line(line));
            page.push(Point::new(x, above - self.size), Item::Group(frame));
            reach += width + grid.size * BETWEEN;
        };
        if let Some(folio) = folio {
            put(folio, FrameKind::Folio);
        }
        if let Some(head) = self.head.clone() {
            put(head, FrameKind::RunningHead);
        }
    }
}

fn set(desk: &Desk<'_>, text: &str, size: Length, sink: &mut Sink) -> Option<Line> {
    let text = words(text, Span::default());
    let job = Job {
        text: &text,
        measure: Length::ZERO,
        mode: WritingMode::HorizontalTb,
        size,
        voice: desk.voice(Part::Furniture),
        indent: Length::ZERO,
        align: TextAlign::Start,
    };
    desk.label(&text, &job, sink)
}

/// A line no longer than `room`: what is too long ends in ……
fn shortened(
    desk: &Desk<'_>,
    text: &str,
    (size, room): (Length, Length),
    sink: &mut Sink,
) -> Option<Line> {
    if text.trim().is_empty() {
        return None;
    }
    let mut shown: String = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut characters = shown.chars().count();
    loop {
        let line = set(desk, &shown, size, sink)?;
        if line.set <= room {
            return Some(line);
        }
        if characters <= 1 {
            return None;
        }
        // A tenth less a turn, so that even a hostile title takes few turns.
        characters -= (characters / 10).max(1);
        shown = text.chars().take(characters).chain("……".chars()).collect();
    }
}
