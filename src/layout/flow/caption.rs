//! Captions of pictures: where they stand, the pointer that shows where the picture lies, the credit.

use crate::diag::Sink;
use crate::geom::{Length, Point, Size, WritingMode};
use crate::layout::frame::{Frame, FrameKind, Item};
use crate::layout::grid::PageGrid;
use crate::layout::inline::TextAlign;
use crate::layout::line::Line;
use crate::model::{Figure, Inline, Tradition};
use crate::rules::words::picture_credit;

use super::desk::{Desk, Job, Voice, words};
use super::opening::span_of;

/// Captions are set at this part of the body size, in thousandths: one to two sizes smaller
/// (composition rules §15).
pub(crate) const CAPTION_SIZE: i64 = 850;
/// Line pitch of captions in thousandths of their size.
const CAPTION_PITCH: i64 = 1500;
/// A caption is no narrower than this many of its characters, even under a narrow picture.
pub(super) const FEWEST_CAPTION_EM: i32 = 12;

/// Where a caption stands from its picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum CaptionAt {
    /// Below it, in horizontal lines.
    Below,
    /// Above it, in horizontal lines.
    Above,
    /// At its right, in lines of either direction.
    Right(WritingMode),
    /// At its left, in lines of either direction.
    Left(WritingMode),
}

impl CaptionAt {
    /// The direction of its lines.
    pub(crate) fn mode(self) -> WritingMode {
        match self {
            Self::Below | Self::Above => WritingMode::HorizontalTb,
            Self::Right(mode) | Self::Left(mode) => mode,
        }
    }

    /// The pointer from the caption to the picture.
    pub(crate) fn pointer(self) -> &'static str {
        match self {
            Self::Below => "▲",
            Self::Above => "▼",
            Self::Right(_) => "◀",
            Self::Left(_) => "▶",
        }
    }
}

/// How a caption is to be set.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Wording {
    /// Where it stands.
    pub(crate) at: CaptionAt,
    /// Length of its lines.
    pub(crate) measure: Length,
    /// Size of the text that it belongs to; its own is one to two sizes smaller.
    pub(crate) size: Length,
}

/// Size of a caption's characters beside text of a size.
pub(crate) fn caption_size(body: Length) -> Length {
    body.scale(CAPTION_SIZE, 1000)
}

/// Pointer, caption and credit, ragged and without indent, in a frame as large as they are: of
/// horizontal lines as wide as the measure, of vertical ones as high. Without words it has no
/// extent across its lines.
pub(crate) fn caption(desk: &Desk<'_>, figure: &Figure, wanted: Wording, sink: &mut Sink) -> Frame {
    let size = caption_size(wanted.size);
    let pitch = size.scale(CAPTION_PITCH, 1000);
    let mode = wanted.at.mode();
    let mut frame = Frame::new(FrameKind::Caption, Size::default());
    frame.source = Some(span_of(&figure.caption, figure.span));
    let whole = Job {
        text: &[],
        measure: wanted.measure,
        mode,
        size,
        voice: Voice::Caption,
        indent: Length::ZERO,
        align: TextAlign::Start,
    };
    let mut hang = Length::ZERO;
    let mut pointer = None;
    if !figure.caption.is_empty() {
        let mark = words(wanted.at.pointer(), figure.span);
        pointer = desk.label(&mark, &whole, sink);
        hang = size;
    }
    let job = Job {
        measure: (wanted.measure - hang).max(size),
        ..whole
    };
    let lines = worded(desk, figure, &job, sink);
    let count = i32::try_from(lines.len()).unwrap_or(i32::MAX);
    let depth = pitch * count;
    frame.size = match mode {
        WritingMode::HorizontalTb => Size::new(wanted.measure, depth),
        WritingMode::VerticalRl => Size::new(depth, wanted.measure),
    };
    // The axis of the nth line, and its head at a distance along the line.
    let place = |nth: i32, along: Length| {
        let middle = pitch * nth + pitch / 2;
        let axis = PageGrid::axis(middle, size, mode);
        match mode {
            WritingMode::HorizontalTb => Point::new(along, axis),
            WritingMode::VerticalRl => Point::new(depth - axis, along),
        }
    };
    if let Some(line) = pointer.filter(|_| count > 0) {
        let box_size = match mode {
            WritingMode::HorizontalTb => Size::new(size, pitch),
            WritingMode::VerticalRl => Size::new(pitch, size),
        };
        let mut mark = Frame::new(FrameKind::Pointer, box_size);
        let corner = match mode {
            WritingMode::HorizontalTb => Point::ORIGIN,
            WritingMode::VerticalRl => Point::new(depth - pitch, Length::ZERO),
        };
        let origin = place(0, Length::ZERO);
        let at = Point::new(origin.x - corner.x, origin.y - corner.y);
        mark.push(at, Item::Line(line));
        frame.push(corner, Item::Group(mark));
    }
    for (nth, line) in (0..).zip(lines) {
        frame.push(place(nth, hang), Item::Line(line));
    }
    frame
}

/// The lines of a caption with its credit. A credit is not parted: where it does not stand whole on
/// the last line, it takes one of its own, at the end of the measure.
fn worded(desk: &Desk<'_>, figure: &Figure, job: &Job<'_>, sink: &mut Sink) -> Vec<Line> {
    let alone = |text: &[Inline], align: TextAlign, sink: &mut Sink| {
        let job = Job {
            text,
            align,
            ..*job
        };
        desk.lines(&job, sink)
    };
    let Some(credit) = &figure.credit else {
        return alone(&figure.caption, TextAlign::Start, sink);
    };
    // Without a caption before it a credit stands in brackets everywhere.
    let tradition = match figure.caption.is_empty() {
        true => Tradition::HongKong,
        false => desk.style.tradition,
    };
    let credit = words(picture_credit(credit, tradition), figure.span);
    let mut text = figure.caption.clone();
    text.extend_from_slice(&credit);
    let mut met = Sink::new();
    let lines = alone(&text, TextAlign::Start, &mut met);
    let whole = Inline::plain(&credit);
    let is_whole = lines
        .last()
        .is_some_and(|line| line.text.trim_end().ends_with(whole.trim()));
    if is_whole || figure.caption.is_empty() {
        sink.extend(met.into_inner());
        return lines;
    }
    let mut lines = alone(&figure.caption, TextAlign::Start, sink);
    lines.extend(alone(&credit, TextAlign::End, sink));
    lines
}
