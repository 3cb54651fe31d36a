//! Figures in the galley: how large each placement is, where it may go, rows of portraits.

use crate::geom::{Length, Logical, Point, Size, WritingMode};
use crate::layout::frame::{Frame, FrameKind};
use crate::model::{Figure, Placement};

use super::caption::CaptionAt;
use super::collector::Collector;
use super::galley::{Float, Island};
use super::mount::{
    Mounted, Scale, Wanted, image, mount, natural, scale_to_height, scale_to_width, tell_size,
};
use super::place::Place;
use super::stack::room;

/// A picture in its column is no higher than this part of the type area, in thousandths, so that
/// lines under or above it are long enough to read.
const COLUMN_HEIGHT: i64 = 400;
/// A picture higher than wide is no wider than this part of a horizontal page, in thousandths:
/// text stands beside it.
const COLUMN_WIDTH: i64 = 420;

/// Adds a figure to the galley.
pub(crate) fn collect(to: &mut Collector<'_>, figure: &Figure, place: &Place) {
    let group = to.open(FrameKind::Figure, place, figure.span);
    if figure.place == Placement::Bleed && figure.caption.is_empty() && figure.credit.is_none() {
        let island = bleed(to, figure);
        to.island(group, island, vec![figure.id.clone()]);
        return;
    }
    let float = match figure.place {
        _ if place.group.is_some() => Float::Stay,
        Placement::Page | Placement::Bleed => Float::Plate,
        _ => Float::Head,
    };
    let frame = set(to, figure, place);
    let extent = Logical::from_size(frame.size, to.desk.grid.mode);
    let spare = (place.measure - extent.inline).at_least_zero();
    // Horizontal pages centre their pictures, vertical ones hang them from the head.
    let inline = match to.desk.grid.mode {
        WritingMode::HorizontalTb => place.inset + spare / 2,
        WritingMode::VerticalRl => place.inset,
    };
    let island = Island {
        inline,
        depth: extent.block,
        float,
        frame,
    };
    to.island(group, island, vec![figure.id.clone()]);
}

/// A picture over the whole trimmed page.
fn bleed(to: &mut Collector<'_>, figure: &Figure) -> Island {
    let trim = to.desk.grid.trim;
    let natural = natural(&to.desk, figure, to.desk.grid.size);
    // Covers the page: what is too much on one side is cut by the trim.
    let by_width = scale_to_width(natural, trim.width);
    let size = if by_width.height >= trim.height {
        by_width
    } else {
        scale_to_height(natural, trim.height)
    };
    tell_size(&to.desk, figure, size, &mut to.sink);
    let mut frame = Frame::new(FrameKind::Figure, trim);
    let at = Point::new(
        (trim.width - size.width) / 2,
        (trim.height - size.height) / 2,
    );
    frame.push(at, image(figure, size));
    Island {
        inline: Length::ZERO,
        depth: to.desk.grid.area().block,
        float: Float::Bleed,
        frame,
    }
}

/// The picture above its caption, scaled to fit.
fn set(to: &mut Collector<'_>, figure: &Figure, place: &Place) -> Frame {
    let room = room(to.desk.grid, place.measure);
    let natural = natural(&to.desk, figure, place.size);
    let (limit, scale) = match figure.place {
        Placement::Column => (
            column_limit(to.desk.grid.mode, natural, room),
            Scale::Natural,
        ),
        _ => (room, Scale::Fill),
    };
    let wanted = Wanted {
        width: limit.width,
        height: Some(limit.height),
        caption: CaptionAt::Below,
        size: place.size,
        scale,
    };
    let Mounted { frame, picture } = mount(&to.desk, figure, &wanted, &mut to.sink);
    tell_size(&to.desk, figure, picture, &mut to.sink);
    frame
}

/// How large a picture in its column may be.
fn column_limit(mode: WritingMode, natural: Size, room: Size) -> Size {
    let height = room.height.scale(COLUMN_HEIGHT, 1000);
    if mode == WritingMode::HorizontalTb && natural.height >= natural.width {
        Size::new(room.width.scale(COLUMN_WIDTH, 1000), height)
    } else {
        Size::new(room.width, height)
    }
}
