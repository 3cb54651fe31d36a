//! Running heads (柱) and folios: above, below or beside the type area, towards the fore-edge.

use std::collections::BTreeMap;

use crate::diag::{Sink, Span};
use crate::geom::{Length, Point, Size, WritingMode};
use crate::layout::flow::desk::{Desk, Job, words};
use crate::layout::frame::{Frame, FrameKind, Item, Side};
use crate::layout::inline::TextAlign;
use crate::layout::line::Line;
use crate::model::Inline;
use crate::model::theme::{FurniturePlace, Part};

/// Between folio and running head, in em of the body (composition rules §14: 1½ to 2).
const BETWEEN: i32 = 2;
/// Between the margins' words and the type area, in em of the body.
const AWAY: i32 = 1;
/// Beside the type area a running head starts so many em of the body under its head, and a folio
/// ends so many above its foot (composition rules §14).
const UNDER_HEAD: i32 = 4;
const ABOVE_FOOT: i32 = 5;
/// The numbers of pages take no more than so many em of their own.
const FOLIO: i32 = 4;

/// What stands in the margins of all pages: running heads are set once each.
pub(crate) struct Furniture<'d> {
    desk: Desk<'d>,
    size: Length,
    heads: BTreeMap<String, Option<Line>>,
}

/// What stands in the margins of one page.
pub(crate) struct Margins<'p> {
    /// The words of its running head.
    pub(crate) head: Option<&'p str>,
    /// Its number as printed.
    pub(crate) folio: &'p str,
    /// On which side of the spread it lies.
    pub(crate) side: Side,
}

/// A line on its way to the margin.
struct Piece {
    line: Line,
    kind: FrameKind,
    place: FurniturePlace,
}

impl<'d> Furniture<'d> {
    /// Sets the running heads that will be asked for, each shortened to the room that it has.
    pub(crate) fn new<'t>(desk: Desk<'d>, heads: impl Iterator<Item = &'t str>) -> Self {
        let size = desk.look(Part::Furniture).size.of(desk.grid.size);
        let mut furniture = Self {
            desk,
            size,
            heads: BTreeMap::new(),
        };
        let place = furniture.place(desk.theme.furniture.running_head);
        for text in heads {
            if place != FurniturePlace::Nowhere && !furniture.heads.contains_key(text) {
                let line = furniture.shortened(text, place);
                furniture.heads.insert(text.to_owned(), line);
            }
        }
        furniture
    }

    /// Puts running head and folio on a page; what a margin has no room for is left out.
    pub(crate) fn put(&self, page: &mut Frame, margins: &Margins<'_>) {
        let theme = &self.desk.theme.furniture;
        let place = self.place(theme.folio);
        let folio = match place {
            FurniturePlace::Nowhere => None,
            _ => self.set(&[upright(margins.folio, Span::default())], place),
        };
        let folio = folio.map(|line| Piece {
            line,
            kind: FrameKind::Folio,
            place,
        });
        let head = margins.head.and_then(|head| self.heads.get(head)?.clone());
        let head = head.map(|line| Piece {
            line,
            kind: FrameKind::RunningHead,
            place: self.place(theme.running_head),
        });
        // The folio stands outermost, a running head on the same line after it.
        let mut taken = Length::ZERO;
        for piece in [folio, head].into_iter().flatten() {
            match piece.place {
                FurniturePlace::ForeEdge => self.beside(page, piece, margins.side),
                _ => {
                    let width = piece.line.set;
                    let shared = theme.folio == theme.running_head;
                    let reach = if shared { taken } else { Length::ZERO };
                    self.across(page, piece, (margins.side, reach));
                    taken = width + self.desk.grid.size * BETWEEN;
                }
            }
        }
    }

    /// Where a piece stands on pages of this direction.
    fn place(&self, asked: FurniturePlace) -> FurniturePlace {
        match asked {
            FurniturePlace::ForeEdge if !self.desk.is_vertical() => FurniturePlace::Head,
            place => place,
        }
    }

    /// A horizontal line above or below the type area, so far from its outer edge.
    fn across(&self, page: &mut Frame, piece: Piece, (side, reach): (Side, Length)) {
        let grid = self.desk.grid;
        let area = grid.area().to_size(grid.mode);
        let corner = grid.corner(side);
        let away = grid.size * AWAY;
        let (margin, y) = match piece.place {
            FurniturePlace::Foot => (grid.foot, corner.y + area.height + away),
            _ => (grid.head, grid.head - away - self.size),
        };
        if margin < away + self.size * 2 {
            return;
        }
        let width = piece.line.set;
        let x = match side {
            Side::Left => corner.x + reach,
            Side::Right => corner.x + area.width - reach - width,
        };
        let mut frame = Frame::new(piece.kind, Size::new(width, self.size));
        let axis = Point::new(Length::ZERO, self.size.scale(880, 1000));
        frame.push(axis, Item::Line(piece.line));
        page.push(Point::new(x, y), Item::Group(frame));
    }

    /// A column in the fore-edge (小口): no nearer to the type area than its lines to each other,
    /// and an em at least, or it would be read as one of them.
    fn beside(&self, page: &mut Frame, piece: Piece, side: Side) {
        let grid = self.desk.grid;
        let area = grid.area().to_size(grid.mode);
        let corner = grid.corner(side);
        // In a narrow margin it stands in the middle.
        let wanted = grid.gap().max(grid.size * AWAY);
        let away = wanted.min((grid.fore_edge - self.size) / 2);
        if away < self.size / 2 {
            return;
        }
        let length = piece.line.set;
        let x = match side {
            Side::Left => corner.x - away - self.size,
            Side::Right => corner.x + area.width + away,
        };
        let y = match piece.kind {
            FrameKind::Folio => corner.y + area.height - grid.size * ABOVE_FOOT - length,
            _ => corner.y + grid.size * UNDER_HEAD,
        };
        let mut frame = Frame::new(piece.kind, Size::new(self.size, length));
        let axis = Point::new(self.size / 2, Length::ZERO);
        frame.push(axis, Item::Line(piece.line));
        page.push(Point::new(x, y.max(corner.y)), Item::Group(frame));
    }

    fn set(&self, text: &[Inline], place: FurniturePlace) -> Option<Line> {
        let job = Job {
            text,
            measure: Length::ZERO,
            mode: match place {
                FurniturePlace::ForeEdge => WritingMode::VerticalRl,
                _ => WritingMode::HorizontalTb,
            },
            size: self.size,
            voice: self.desk.voice(Part::Furniture),
            indent: Length::ZERO,
            align: TextAlign::Start,
        };
        self.desk.label(text, &job, &mut Sink::new())
    }

    /// The room for a running head.
    fn room(&self, place: FurniturePlace) -> Length {
        let grid = self.desk.grid;
        let area = grid.area().to_size(grid.mode);
        let folio = match self.place(self.desk.theme.furniture.folio) == place {
            true => self.size * FOLIO + grid.size * BETWEEN,
            false => Length::ZERO,
        };
        let whole = match place {
            FurniturePlace::ForeEdge => area.height - grid.size * (UNDER_HEAD + ABOVE_FOOT),
            _ => area.width,
        };
        whole - folio
    }

    /// A line no longer than its room: what is too long ends in ……
    fn shortened(&self, text: &str, place: FurniturePlace) -> Option<Line> {
        if text.trim().is_empty() {
            return None;
        }
        let room = self.room(place);
        let mut shown: String = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let mut characters = shown.chars().count();
        loop {
            let line = self.set(&words(shown, Span::default()), place)?;
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
}

/// The number of a page, which stands upright in a column.
pub(crate) fn upright(folio: &str, span: Span) -> Inline {
    let text = folio.to_owned();
    match folio.is_ascii() {
        true => Inline::Upright { text, span },
        false => Inline::Text { text, span },
    }
}
