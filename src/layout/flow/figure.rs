//! A picture with its caption as one piece that nothing parts.

use crate::diag::{Code, Diagnostic};
use crate::geom::{Length, Logical, Point, Size, WritingMode};
use crate::layout::frame::{Frame, FrameKind, Ink, Item, Rule};
use crate::layout::inline::TextAlign;
use crate::model::{Figure, Inline, Placement};

use super::collector::{Collector, FINE_RULE};
use super::desk::{Job, Voice, words};
use super::galley::{Float, Island};
use super::place::Place;
use super::stack::{Stack, room};

/// Captions are set at this part of the body size, in thousandths: one to two sizes smaller
/// (composition rules §15).
pub(crate) const CAPTION_SIZE: i64 = 850;
/// Line pitch of captions in thousandths of their size.
const CAPTION_PITCH: i64 = 1500;
/// A picture in its column is no higher than this part of the type area, in thousandths, so that
/// lines under or above it are long enough to read.
const COLUMN_HEIGHT: i64 = 400;
/// A picture higher than wide is no wider than this part of a horizontal page, in thousandths:
/// text stands beside it.
const COLUMN_WIDTH: i64 = 420;
/// A caption is no narrower than this many of its characters, even under a narrow picture.
const FEWEST_CAPTION_EM: i32 = 12;
/// Under this part of its natural size, in thousandths, a picture's lettering becomes illegible.
const LEAST_SCALE: i64 = 250;
/// Pictures of a greater ratio of their sides than this are drawn at their least extent.
const LEAST_SIDE: Length = Length::pt(2);
/// Drawn for a picture that could not be had.
const STAND_IN: Size = Size::new(Length::pt(180), Length::pt(120));

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
fn bleed(to: &Collector<'_>, figure: &Figure) -> Island {
    let trim = to.desk.grid.trim;
    let natural = natural(to, figure);
    // Covers the page: what is too much on one side is cut by the trim.
    let by_width = scale_to_width(natural, trim.width);
    let size = if by_width.height >= trim.height {
        by_width
    } else {
        scale_to_height(natural, trim.height)
    };
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
    let natural = natural(to, figure);
    let limit = match figure.place {
        Placement::Column => column_limit(to.desk.grid.mode, natural, room),
        _ => room,
    };
    let wanted = match figure.place {
        Placement::Column => natural,
        _ => scale_to_width(natural, room.width),
    };
    let mut size = fit(wanted, limit);
    let mut caption = caption(to, figure, place, size.width.min(room.width));
    // A long caption takes its height from the picture, but never more than half of it.
    let over = size.height + caption.size.height - room.height;
    if over > Length::ZERO {
        let height = (size.height - over).max(size.height / 2);
        size = fit(size, Size::new(size.width, height));
        caption = self::caption(to, figure, place, size.width);
    }
    note_scale(to, figure, natural, size);
    let width = size.width.max(caption.size.width);
    let mut frame = Frame::new(
        FrameKind::Figure,
        Size::new(width, size.height + caption.size.height),
    );
    let left = (width - size.width) / 2;
    if to.desk.natural(&figure.image.path).is_some() {
        frame.push(Point::new(left, Length::ZERO), image(figure, size));
    } else {
        outline(&mut frame, left, size);
    }
    if !caption.items.is_empty() {
        let under = Point::new(Length::ZERO, size.height);
        frame.push(under, Item::Group(caption));
    }
    frame.source = Some(figure.span);
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

/// Pointer, caption and credit. The pointer shows where the picture lies: above.
fn caption(to: &mut Collector<'_>, figure: &Figure, place: &Place, width: Length) -> Frame {
    let size = place.size.scale(CAPTION_SIZE, 1000);
    let pitch = size.scale(CAPTION_PITCH, 1000);
    let room = room(to.desk.grid, place.measure);
    let width = width.max(size * FEWEST_CAPTION_EM).min(room.width);
    let mut frame = Frame::new(FrameKind::Caption, Size::new(width, Length::ZERO));
    frame.source = Some(super::opening::span_of(&figure.caption, figure.span));
    let mut text: Vec<Inline> = figure.caption.clone();
    if let Some(credit) = &figure.credit {
        text.extend(words(format!("（{credit}）"), figure.span));
    }
    if text.is_empty() {
        return frame;
    }
    let job = Job {
        text: &[],
        measure: width,
        mode: WritingMode::HorizontalTb,
        size,
        voice: Voice::Caption,
        indent: Length::ZERO,
        align: TextAlign::Start,
    };
    let mut stack = Stack {
        height: size / 2,
        ..Stack::default()
    };
    let mut hang = Length::ZERO;
    if !figure.caption.is_empty() {
        let mark = words(pointer(Lies::Above), figure.span);
        if let Some(line) = to.desk.label(&mark, &job, &mut to.sink) {
            hang = size;
            let mut pointer = Frame::new(FrameKind::Pointer, Size::new(size, pitch));
            let at = Point::new(Length::ZERO, super::stack::baseline(size, pitch));
            pointer.push(at, Item::Line(line));
            frame.push(Point::new(Length::ZERO, stack.height), Item::Group(pointer));
        }
    }
    let job = Job {
        text: &text,
        measure: (width - hang).max(size),
        ..job
    };
    let lines = to.desk.lines(&job, &mut to.sink);
    stack.lines(lines, hang, pitch);
    frame.items.append(&mut stack.items);
    frame.size.height = stack.height;
    frame
}

/// Where a picture lies from its caption.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Lies {
    /// Above it.
    Above,
    /// Below it.
    #[allow(
        dead_code,
        reason = "newspaper pages set captions above and beside pictures"
    )]
    Below,
}

/// The pointer printed before a caption.
pub(crate) fn pointer(lies: Lies) -> &'static str {
    match lies {
        Lies::Above => "▲",
        Lies::Below => "▼",
    }
}

fn natural(to: &Collector<'_>, figure: &Figure) -> Size {
    let size = to.desk.natural(&figure.image.path).unwrap_or(STAND_IN);
    Size::new(size.width.max(LEAST_SIDE), size.height.max(LEAST_SIDE))
}

fn image(figure: &Figure, size: Size) -> Item {
    Item::Image {
        path: figure.image.path.clone(),
        size,
        alt: figure.alt.clone(),
    }
}

/// An empty frame in place of a picture.
fn outline(frame: &mut Frame, left: Length, size: Size) {
    for (at, rule) in super::compose::outline(size, FINE_RULE, [true; 4]) {
        frame.push(
            Point::new(left + at.x, at.y),
            Item::Rule(Rule {
                size: rule,
                ink: Ink::BLACK,
            }),
        );
    }
}

fn note_scale(to: &mut Collector<'_>, figure: &Figure, natural: Size, set: Size) {
    let room = room(to.desk.grid, to.desk.grid.measure());
    let reduced = set.width.wide() * 1000 < natural.width.wide() * LEAST_SCALE;
    let long = natural.width.wide().max(1) / natural.height.wide().max(1);
    let high = natural.height.wide().max(1) / natural.width.wide().max(1);
    if reduced && (long > 8 || high > 8) {
        to.sink.push(
            Diagnostic::warning(
                Code::FigureTooLarge,
                figure.span,
                format!(
                    "picture {} is set at {} of its width to fit {} × {} pt",
                    figure.image.path,
                    percent(set.width, natural.width),
                    room.width.milli() / 1000,
                    room.height.milli() / 1000,
                ),
            )
            .hint("crop the picture to the part that is to be seen"),
        );
    }
}

fn percent(part: Length, whole: Length) -> String {
    let tenths = part.wide() * 1000 / whole.wide().max(1);
    format!("{}.{} %", tenths / 10, tenths % 10)
}

/// The size scaled down, never up, to fit in a limit.
fn fit(size: Size, limit: Size) -> Size {
    let mut size = size;
    if size.width > limit.width {
        size = scale_to_width(size, limit.width);
    }
    if size.height > limit.height {
        size = scale_to_height(size, limit.height);
    }
    Size::new(
        size.width.max(LEAST_SIDE).min(limit.width.max(LEAST_SIDE)),
        size.height
            .max(LEAST_SIDE)
            .min(limit.height.max(LEAST_SIDE)),
    )
}

fn scale_to_width(size: Size, width: Length) -> Size {
    Size::new(width, size.height.scale(width.wide(), size.width.wide()))
}

fn scale_to_height(size: Size, height: Length) -> Size {
    Size::new(size.width.scale(height.wide(), size.height.wide()), height)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pictures_of_any_ratio_fit() {
        let limit = Size::new(Length::pt(300), Length::pt(400));
        for (w, h) in [(1, 1), (30_000, 200), (200, 30_000), (600, 400)] {
            let set = fit(Size::new(Length::pt(w), Length::pt(h)), limit);
            assert!(set.width <= limit.width && set.height <= limit.height);
            assert!(set.width >= Length::pt(1) && set.height >= Length::pt(1));
        }
    }

    #[test]
    fn ratio_is_kept() {
        let limit = Size::new(Length::pt(300), Length::pt(400));
        let set = fit(Size::new(Length::pt(600), Length::pt(400)), limit);
        assert_eq!(set, Size::new(Length::pt(300), Length::pt(200)));
    }
}
