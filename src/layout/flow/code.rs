//! Code: lines as typed, in horizontal lines on pages of either direction, wrapped and marked.

use crate::geom::{Length, Point, Size, WritingMode};
use crate::layout::frame::{Frame, FrameKind, Ink, Item, Rule};
use crate::layout::inline::TextAlign;
use crate::layout::line::Line;
use crate::model::theme::Part;
use crate::model::{CodeBlock, Inline};

use super::collector::Collector;
use super::desk::Job;
use super::galley::{Float, Island};
use super::place::Place;
use super::stack::{Stack, room};

/// A wrapped line goes on this many em further in, under a short rule that marks it.
const TURN: i32 = 2;

/// Adds code to the galley, in as many pieces as pages ask for.
pub(crate) fn collect(to: &mut Collector<'_>, code: &CodeBlock, place: &Place) {
    let room = room(to.desk.grid, place.measure);
    let look = to.desk.look(Part::Code);
    let size = look.size.of(place.size);
    let pitch = look.pitch.of(size);
    let turn = (size * TURN).min(room.width / 4);
    let group = to.open(FrameKind::Code, place, code.span);
    let place = place.inside(group);
    let mut rows: Vec<(Option<Line>, bool)> = Vec::new();
    for text in code.text.split('\n') {
        if text.is_empty() {
            rows.push((None, false));
            continue;
        }
        let inlines = [Inline::Code {
            text: text.to_owned(),
            span: code.span,
        }];
        let job = Job {
            text: &inlines,
            measure: room.width - turn,
            mode: WritingMode::HorizontalTb,
            size,
            voice: to.desk.voice(Part::Code),
            indent: Length::ZERO,
            align: TextAlign::Start,
        };
        let lines = to.desk.lines(&job, &mut to.sink);
        rows.extend(
            lines
                .into_iter()
                .enumerate()
                .map(|(at, line)| (Some(line), at > 0)),
        );
    }
    let limit = match to.desk.grid.mode {
        WritingMode::VerticalRl => room.height,
        // In horizontal pages code is cut like text, a few lines a piece.
        WritingMode::HorizontalTb => pitch * 2,
    };
    let a_piece = usize::try_from(limit.wide() / pitch.wide().max(1))
        .unwrap_or(1)
        .max(1);
    to.space(1, &place);
    let mut rows = rows.into_iter().peekable();
    while rows.peek().is_some() {
        let mut stack = Stack::default();
        let mut width = Length::ZERO;
        for (line, turned) in rows.by_ref().take(a_piece) {
            let Some(line) = line else {
                stack.height += pitch;
                continue;
            };
            let left = if turned { turn } else { Length::ZERO };
            if turned {
                stack.items.push((
                    Point::new(turn / 4, stack.height + pitch / 2),
                    Item::Rule(Rule {
                        size: Size::new(turn / 2, to.desk.theme.rules.fine),
                        ink: Ink::BLACK,
                    }),
                ));
            }
            width = width.max(left + line.start + line.set);
            stack.line(line, left, pitch);
        }
        let mut frame = Frame::new(FrameKind::Code, Size::new(width, stack.height));
        frame.items = stack.items;
        frame.source = Some(code.span);
        let depth = match to.desk.grid.mode {
            WritingMode::VerticalRl => width,
            WritingMode::HorizontalTb => stack.height,
        };
        let island = Island {
            frame,
            inline: place.inset,
            depth,
            float: Float::Stay,
        };
        to.loose_island(group, island);
    }
    to.space(1, &place);
}
