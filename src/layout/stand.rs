//! Where on the page lies what is in frames, turned ones too.

use crate::geom::{Length, Point, Size};

use super::frame::{Frame, Turn};

/// Where the inside of a frame lies on the page: at a place, turned or not. A turned frame holds
/// none that is turned again.
///
/// ```
/// use banxin::geom::{Length, Point, Size};
/// use banxin::layout::{Frame, FrameKind, Stand, Turn};
/// let mut frame = Frame::new(FrameKind::Table, Size::new(Length::pt(30), Length::pt(80)));
/// frame.turn = Turn::Right;
/// let inside = Stand::PAGE.inside(Point::new(Length::pt(5), Length::pt(5)), &frame);
/// // Where it is read from, its head lies at the right.
/// assert_eq!(inside.point(Point::ORIGIN), Point::new(Length::pt(35), Length::pt(5)));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stand {
    origin: Point,
    /// How it is turned.
    pub turn: Turn,
}

impl Stand {
    /// The page itself.
    pub const PAGE: Self = Self {
        origin: Point::ORIGIN,
        turn: Turn::None,
    };

    /// The inside of a frame whose corner is at a place of this one.
    #[must_use]
    pub fn inside(self, at: Point, frame: &Frame) -> Self {
        let corner = self.corner(at, frame.size);
        match frame.turn {
            Turn::None => Self {
                origin: self.point(at),
                turn: self.turn,
            },
            Turn::Right => Self {
                origin: Point::new(corner.x + frame.size.width, corner.y),
                turn: Turn::Right,
            },
            Turn::Left => Self {
                origin: Point::new(corner.x, corner.y + frame.size.height),
                turn: Turn::Left,
            },
        }
    }

    /// A place on the page.
    #[must_use]
    pub fn point(self, at: Point) -> Point {
        let Point { x, y } = at;
        let moved = match self.turn {
            Turn::None => at,
            Turn::Right => Point::new(Length::ZERO - y, x),
            Turn::Left => Point::new(y, Length::ZERO - x),
        };
        self.origin + moved
    }

    /// The upper left corner on the page of a box with its corner at a place.
    #[must_use]
    pub fn corner(self, at: Point, size: Size) -> Point {
        let far = match self.turn {
            Turn::None => at,
            Turn::Right => Point::new(at.x, at.y + size.height),
            Turn::Left => Point::new(at.x + size.width, at.y),
        };
        self.point(far)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::frame::FrameKind;

    #[test]
    fn what_is_inside_stays_inside() {
        let size = Size::new(Length::pt(30), Length::pt(80));
        let at = Point::new(Length::pt(7), Length::pt(9));
        for turn in [Turn::None, Turn::Right, Turn::Left] {
            let mut frame = Frame::new(FrameKind::Table, size);
            frame.turn = turn;
            let stand = Stand::PAGE.inside(at, &frame);
            let inner = turn.extent(size);
            assert_eq!(stand.corner(Point::ORIGIN, inner), at, "{turn:?}");
            // A box at the foot of what is read.
            let foot = Size::new(inner.width, Length::pt(1));
            let low = Point::new(Length::ZERO, inner.height - Length::pt(1));
            let corner = stand.corner(low, foot);
            let lies = turn.extent(foot);
            assert!(corner.x >= at.x && corner.x + lies.width <= at.x + size.width);
            assert!(corner.y >= at.y && corner.y + lies.height <= at.y + size.height);
        }
    }

    #[test]
    fn the_head_of_what_is_turned_right_lies_at_the_right() {
        let size = Size::new(Length::pt(30), Length::pt(80));
        let mut frame = Frame::new(FrameKind::Table, size);
        frame.turn = Turn::Right;
        let stand = Stand::PAGE.inside(Point::ORIGIN, &frame);
        let head = Size::new(Length::pt(80), Length::pt(1));
        assert_eq!(stand.corner(Point::ORIGIN, head).x, Length::pt(29));
        frame.turn = Turn::Left;
        let stand = Stand::PAGE.inside(Point::ORIGIN, &frame);
        assert_eq!(stand.corner(Point::ORIGIN, head).x, Length::ZERO);
    }
}
