//! Figures in the galley: how large each placement is, where it may go, rows of portraits.

use crate::diag::{Code, Diagnostic, Sink};
use crate::geom::{Length, Logical, Point, Size, WritingMode};
use crate::layout::frame::{Frame, FrameKind, Item};
use crate::model::{Block, Figure, Inline, Placement};

use super::caption::{CaptionAt, caption_size};
use super::collector::Collector;
use super::desk::Desk;
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

/// Portraits stand side by side where the ratios of their sides differ by no more than this, in
/// thousandths of the least …
const ALIKE: i64 = 1200;
/// … so many in a row …
const MOST_IN_A_ROW: usize = 4;
/// … and none narrower than this many em of the text, for its caption's sake.
const LEAST_PORTRAIT_EM: i32 = 6;
/// In vertical pages a caption stands vertically at its picture's side where it would run to more
/// than this many lines below it …
const MOST_LINES_BELOW: i64 = 2;
/// … and to no more than this at its side …
const MOST_LINES_BESIDE: i64 = 3;
/// … and no number in it has more digits than this.
const MOST_DIGITS: usize = 2;

/// In horizontal pages a caption of more lines than this under a narrow picture takes the whole
/// width.
const MOST_LINES_NARROW: i32 = 4;

/// A caption stands beside a large picture where so many em of its own are left there.
const LEAST_BESIDE_EM: i32 = 12;

/// The figures at the head of a run of blocks that stand in a row: column pictures, higher than
/// wide, alike in ratio.
pub(crate) fn portraits<'b>(
    desk: &Desk<'_>,
    blocks: &'b [Block],
    place: &Place,
) -> Vec<&'b Figure> {
    let ratio = |size: Size| size.height.wide() * 1000 / size.width.wide().max(1);
    let mut row: Vec<&Figure> = Vec::new();
    let (mut low, mut high) = (i64::MAX, 0);
    for block in blocks {
        let Block::Figure(figure) = block else { break };
        let size = natural(desk, figure, place.size);
        let own = ratio(size);
        let (least, most) = (low.min(own), high.max(own));
        let is_portrait = figure.place == Placement::Column && own > 1000 && own < 3000;
        if !is_portrait || most * 1000 > least * ALIKE {
            break;
        }
        (low, high) = (least, most);
        row.push(figure);
    }
    row
}

/// Adds portraits to the galley, in rows of equal height with a caption under each.
pub(crate) fn collect_row(to: &mut Collector<'_>, figures: &[&Figure], place: &Place) {
    let room = room(to.desk.grid, place.measure);
    let gap = place.size * 3 / 2;
    let fit = (room.width + gap).wide() / (place.size * LEAST_PORTRAIT_EM + gap).wide().max(1);
    let most = usize::try_from(fit).unwrap_or(1).clamp(1, MOST_IN_A_ROW);
    let rows = figures.len().div_ceil(most);
    for figures in figures.chunks(figures.len().div_ceil(rows)) {
        let frame = row(to, figures, (place, gap));
        let source = figures.first().map(|figure| figure.span);
        let group = to.open(FrameKind::Figure, place, source);
        let ids = figures.iter().map(|figure| figure.id.clone()).collect();
        let island = island(to, frame, place);
        to.island(group, island, ids);
    }
}

/// One row: as high as its pictures are good, as the room is wide, and no higher than a picture
/// in its column.
fn row(to: &mut Collector<'_>, figures: &[&Figure], (place, gap): (&Place, Length)) -> Frame {
    let room = room(to.desk.grid, place.measure);
    let sizes: Vec<Size> = figures
        .iter()
        .map(|figure| natural(&to.desk, figure, place.size))
        .collect();
    let gaps = gap * i32::try_from(figures.len().saturating_sub(1)).unwrap_or(0);
    let mut height = room.height.scale(COLUMN_HEIGHT, 1000);
    height = sizes
        .iter()
        .map(|size| size.height)
        .fold(height, Length::min);
    let width_at = |height: Length| -> Length {
        sizes
            .iter()
            .map(|size| scale_to_height(*size, height).width)
            .sum()
    };
    let (wide, free) = (width_at(height), (room.width - gaps).at_least_zero());
    if wide > free {
        height = height.scale(free.wide(), wide.wide());
    }
    let mut frame = Frame::new(FrameKind::Figure, Size::default());
    let mut left = Length::ZERO;
    for (figure, size) in figures.iter().zip(&sizes) {
        let size = scale_to_height(*size, height);
        let wanted = Wanted {
            width: size.width,
            height: None,
            caption: CaptionAt::Below,
            size: place.size,
            scale: Scale::Fill,
        };
        let mounted = mount(&to.desk, figure, &wanted, &mut to.sink);
        tell_size(&to.desk, figure, mounted.picture, &mut to.sink);
        let extent = mounted.frame.size;
        frame.push(Point::new(left, Length::ZERO), Item::Group(mounted.frame));
        frame.size.width = left + extent.width;
        frame.size.height = frame.size.height.max(extent.height);
        left = frame.size.width + gap;
    }
    frame
}

/// An island of a frame that may wait for the next page: in the middle of horizontal pages, from
/// the head of vertical ones.
fn island(to: &Collector<'_>, frame: Frame, place: &Place) -> Island {
    let extent = Logical::from_size(frame.size, to.desk.grid.mode);
    let spare = (place.measure - extent.inline).at_least_zero();
    Island {
        inline: match to.desk.grid.mode {
            WritingMode::HorizontalTb => place.inset + spare / 2,
            WritingMode::VerticalRl => place.inset,
        },
        depth: extent.block,
        float: match place.is_free() {
            false => Float::Stay,
            true => Float::Head,
        },
        frame,
    }
}

/// Adds a figure to the galley.
pub(crate) fn collect(to: &mut Collector<'_>, figure: &Figure, place: &Place) {
    let group = to.open(FrameKind::Figure, place, figure.span);
    if figure.place == Placement::Bleed && figure.caption.is_empty() && figure.credit.is_none() {
        if place.is_free() {
            let island = bleed(to, figure);
            to.island(group, island, vec![figure.id.clone()]);
            return;
        }
        tell_held(figure, &mut to.sink);
    }
    let frame = set(to, figure, place);
    let mut island = island(to, frame, place);
    if island.float == Float::Head && matches!(figure.place, Placement::Page | Placement::Bleed) {
        island.float = Float::Plate;
    }
    to.island(group, island, vec![figure.id.clone()]);
}

/// Tells of a picture that is to go over a whole page from inside something else.
fn tell_held(figure: &Figure, sink: &mut Sink) {
    sink.push(
        Diagnostic::warning(
            Code::FigureTooLarge,
            figure.span,
            format!(
                "picture {} stands in a box, a list or a quotation, where none bleeds: it is set to \
                 the measure",
                figure.image.path
            ),
        )
        .hint("move the picture out of it, to a page of its own"),
    );
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
    let (width, scale) = match figure.place {
        Placement::Column => {
            let limit = column_limit(to.desk.grid.mode, natural, room);
            (limit.width, Scale::Natural(limit.height))
        }
        _ => (room.width, Scale::Fill),
    };
    let wanted = Wanted {
        width,
        height: Some(room.height),
        caption: CaptionAt::Below,
        size: place.size,
        scale,
    };
    let wanted = Wanted {
        caption: caption_at(to, figure, &wanted),
        ..wanted
    };
    let wanted = widened(to, figure, (wanted, room.width));
    let Mounted { frame, picture } = mount(&to.desk, figure, &wanted, &mut to.sink);
    tell_size(&to.desk, figure, picture, &mut to.sink);
    frame
}

/// A caption that would be a pillar under a narrow picture takes the whole width, and no text
/// stands beside it.
fn widened(to: &Collector<'_>, figure: &Figure, (wanted, width): (Wanted, Length)) -> Wanted {
    if wanted.caption != CaptionAt::Below || wanted.width >= width {
        return wanted;
    }
    let narrow = mount(&to.desk, figure, &wanted, &mut Sink::new());
    let depth = narrow.frame.size.height - narrow.picture.height;
    let most = caption_size(&to.desk, wanted.size) * MOST_LINES_NARROW * 3 / 2;
    if depth <= most {
        return wanted;
    }
    let Scale::Natural(most) = wanted.scale else {
        return wanted;
    };
    // As large as with few words: a very long caption has squeezed it.
    let own = natural(&to.desk, figure, wanted.size);
    let height = scale_to_width(own, wanted.width).height;
    Wanted {
        width,
        scale: Scale::Natural(height.min(most)),
        ..wanted
    }
}

/// Where the caption reads best: below; at the left of a high picture in vertical pages where it
/// would run to many short lines below it; at the right of a picture that is to be as large as
/// can be and whose height leaves room there.
fn caption_at(to: &Collector<'_>, figure: &Figure, wanted: &Wanted) -> CaptionAt {
    let natural = natural(&to.desk, figure, wanted.size);
    if wanted.scale == Scale::Fill {
        let height = wanted.height.unwrap_or(Length::MAX);
        let free = wanted.width - scale_to_height(natural, height).width;
        let asked = caption_size(&to.desk, wanted.size) * LEAST_BESIDE_EM;
        return match free >= asked && !to.desk.is_vertical() {
            true => CaptionAt::Right(WritingMode::HorizontalTb),
            false => CaptionAt::Below,
        };
    }
    let is_high = natural.height > natural.width && figure.place == Placement::Column;
    if !to.desk.is_vertical() || !is_high || !stands(&Inline::plain(&figure.caption)) {
        return CaptionAt::Below;
    }
    let mut met = Sink::new();
    let below = mount(&to.desk, figure, wanted, &mut met);
    let size = caption_size(&to.desk, wanted.size);
    let lines = (below.frame.size.height - below.picture.height).wide() / size.wide().max(1);
    // Each line takes one and a half of its characters.
    if lines * 2 <= MOST_LINES_BELOW * 3 + 2 {
        return CaptionAt::Below;
    }
    let at = CaptionAt::Left(WritingMode::VerticalRl);
    let wanted = Wanted {
        caption: at,
        ..*wanted
    };
    let beside = mount(&to.desk, figure, &wanted, &mut met);
    let columns = (beside.frame.size.width - beside.picture.width).wide() / size.wide().max(1);
    match columns * 2 <= MOST_LINES_BESIDE * 3 + 2 {
        true => at,
        false => CaptionAt::Below,
    }
}

/// Whether words stand well in vertical lines: no Western ones, no long numbers.
fn stands(text: &str) -> bool {
    let mut digits = 0;
    text.chars().all(|c| {
        digits = if c.is_ascii_digit() { digits + 1 } else { 0 };
        digits <= MOST_DIGITS && !(c.is_alphabetic() && u32::from(c) < 0x2E80)
    })
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
