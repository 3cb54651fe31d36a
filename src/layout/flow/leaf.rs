//! A frame built along its lines' own axes, so that one construction serves both directions.

use crate::diag::Span;
use crate::geom::{Length, Logical, Point, Size, WritingMode};
use crate::layout::frame::{Frame, FrameKind, Ink, Item, Rule};
use crate::layout::grid::PageGrid;
use crate::layout::line::Line;

/// Items by their places along the lines and across them, on as much room as they turn out to take.
#[derive(Debug, Clone)]
pub(crate) struct Leaf {
    /// Which way its lines run.
    pub(crate) mode: WritingMode,
    /// Its extent along the lines.
    pub(crate) inline: Length,
    /// Its extent across the lines, so far.
    pub(crate) depth: Length,
    items: Vec<(Logical<Length>, Logical<Length>, Item)>,
}

impl Leaf {
    /// An empty one of a length.
    pub(crate) fn new(mode: WritingMode, inline: Length) -> Self {
        Self {
            mode,
            inline,
            depth: Length::ZERO,
            items: Vec::new(),
        }
    }

    /// Puts a finished frame with its corner at a place; the depth stays as it is.
    pub(crate) fn frame_at(&mut self, at: Logical<Length>, frame: Frame) {
        let extent = Logical::from_size(frame.size, self.mode);
        self.items.push((at, extent, Item::Group(frame)));
    }

    /// Puts a finished frame after what is there.
    pub(crate) fn frame(&mut self, inline: Length, frame: Frame) {
        let extent = Logical::from_size(frame.size, self.mode);
        self.frame_at(Logical::new(inline, self.depth), frame);
        self.depth += extent.block;
    }

    /// Puts a line in the middle of a pitch that starts `top` across the lines.
    pub(crate) fn line_at(&mut self, (inline, top): (Length, Length), line: Line, pitch: Length) {
        let axis = top + PageGrid::axis(pitch / 2, line.size, self.mode);
        let nothing = Logical::new(Length::ZERO, Length::ZERO);
        self.items
            .push((Logical::new(inline, axis), nothing, Item::Line(line)));
    }

    /// Puts a line after what is there, in the middle of its pitch.
    pub(crate) fn line(&mut self, inline: Length, line: Line, pitch: Length) {
        self.line_at((inline, self.depth), line, pitch);
        self.depth += pitch;
    }

    /// Puts a rule along the lines after what is there, over its whole length.
    pub(crate) fn rule(&mut self, weight: Length) {
        let extent = Logical::new(self.inline, weight);
        let rule = Rule {
            size: extent.to_size(self.mode),
            ink: Ink::BLACK,
        };
        let at = Logical::new(Length::ZERO, self.depth);
        self.items.push((at, extent, Item::Rule(rule)));
        self.depth += weight;
    }

    /// The frame of what is on it.
    pub(crate) fn finish(self, kind: FrameKind, source: Option<Span>) -> Frame {
        let holder: Size = Logical::new(self.inline, self.depth).to_size(self.mode);
        let mut frame = Frame::new(kind, holder);
        frame.source = source;
        frame.items = self
            .items
            .into_iter()
            .map(|(at, extent, item)| {
                let size = extent.to_size(self.mode);
                let at: Point = at.to_corner(self.mode, holder, size);
                (at, item)
            })
            .collect();
        frame
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_follow_the_lines() {
        let build = |mode| {
            let mut leaf = Leaf::new(mode, Length::pt(100));
            leaf.rule(Length::pt(2));
            leaf.depth += Length::pt(10);
            leaf.rule(Length::pt(1));
            leaf.finish(FrameKind::Table, None)
        };
        let across = build(WritingMode::HorizontalTb);
        assert_eq!(across.size, Size::new(Length::pt(100), Length::pt(13)));
        assert_eq!(across.items[1].0, Point::new(Length::ZERO, Length::pt(12)));
        // The first of a vertical frame stands at the right.
        let down = build(WritingMode::VerticalRl);
        assert_eq!(down.size, Size::new(Length::pt(13), Length::pt(100)));
        assert_eq!(down.items[0].0, Point::new(Length::pt(11), Length::ZERO));
        assert_eq!(down.items[1].0, Point::ORIGIN);
    }
}
