//! Horizontal lines stacked into a frame of their own: captions, cells, code.

use crate::geom::{Length, Point, Size, WritingMode};
use crate::layout::frame::Item;
use crate::layout::grid::PageGrid;
use crate::layout::line::Line;

/// Horizontal lines under one another.
#[derive(Debug, Default)]
pub(crate) struct Stack {
    /// Each line with its origin, and whatever stands with it.
    pub(crate) items: Vec<(Point, Item)>,
    /// Height taken.
    pub(crate) height: Length,
}

impl Stack {
    /// Puts one line under what is there.
    pub(crate) fn line(&mut self, line: Line, left: Length, pitch: Length) {
        let at = Point::new(left, self.height + baseline(line.size, pitch));
        self.height += pitch;
        self.items.push((at, Item::Line(line)));
    }
}

/// The baseline of a line of `size` that stands in the middle of a height of `pitch`.
pub(crate) fn baseline(size: Length, pitch: Length) -> Length {
    PageGrid::axis(pitch / 2, size, WritingMode::HorizontalTb)
}

/// Length of a line's text from the head of its measure.
pub(crate) fn reach(lines: &[Line]) -> Length {
    lines
        .iter()
        .map(|line| line.start + line.set)
        .max()
        .unwrap_or(Length::ZERO)
}

/// The part of the type area in which a horizontal island is set, on the sheet.
pub(crate) fn room(grid: &PageGrid, measure: Length) -> Size {
    match grid.mode {
        WritingMode::VerticalRl => Size::new(grid.area().block, measure),
        WritingMode::HorizontalTb => Size::new(measure, grid.area().block),
    }
}
