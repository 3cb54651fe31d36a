//! Captions of pictures: where they stand, the pointer that shows where the picture lies, the credit.

use crate::diag::Sink;
use crate::geom::{Length, Logical, WritingMode};
use crate::layout::frame::{Frame, FrameKind};
use crate::layout::inline::TextAlign;
use crate::layout::line::Line;
use crate::model::theme::Part;
use crate::model::{Figure, Inline, Tradition};
use crate::rules::words::picture_credit;

use super::desk::{Desk, Job, words};
use super::leaf::Leaf;
use super::opening::span_of;

/// A caption is no narrower than this many of its characters, even under a narrow picture.
pub(super) const FEWEST_CAPTION_EM: i32 = 12;

/// Where a caption stands from its picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum CaptionAt {
    /// Below it, in horizontal lines.
    Below,
    /// At its right, in lines of either direction.
    Right(WritingMode),
    /// At its left, in lines of either direction.
    Left(WritingMode),
}

impl CaptionAt {
    /// The direction of its lines.
    pub(crate) fn mode(self) -> WritingMode {
        match self {
            Self::Below => WritingMode::HorizontalTb,
            Self::Right(mode) | Self::Left(mode) => mode,
        }
    }

    /// The pointer from the caption to the picture.
    pub(crate) fn pointer(self) -> &'static str {
        match self {
            Self::Below => "▲",
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
    /// Size of the text that it belongs to; its own is a part of that.
    pub(crate) size: Length,
}

/// Size of a caption's characters beside text of a size.
pub(crate) fn caption_size(desk: &Desk<'_>, body: Length) -> Length {
    desk.look(Part::Caption).size.of(body)
}

/// Pointer, caption and credit, ragged and without indent, in a frame as large as they are: of
/// horizontal lines as wide as the measure, of vertical ones as high. Without words it has no
/// extent across its lines.
pub(crate) fn caption(desk: &Desk<'_>, figure: &Figure, wanted: Wording, sink: &mut Sink) -> Frame {
    let size = caption_size(desk, wanted.size);
    let pitch = desk.look(Part::Caption).pitch.of(size);
    let mode = wanted.at.mode();
    let whole = Job {
        text: &[],
        measure: wanted.measure,
        mode,
        size,
        voice: desk.voice(Part::Caption),
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
    let mut leaf = Leaf::new(mode, wanted.measure);
    if let Some(line) = pointer.filter(|_| !lines.is_empty()) {
        let mut mark = Leaf::new(mode, size);
        mark.line(Length::ZERO, line, pitch);
        let corner = Logical::new(Length::ZERO, Length::ZERO);
        leaf.frame_at(corner, mark.finish(FrameKind::Pointer, None));
    }
    for line in lines {
        leaf.line(hang, line, pitch);
    }
    let source = span_of(&figure.caption, figure.span);
    leaf.finish(FrameKind::Caption, Some(source))
}

/// Length of a caption with pointer and credit on one line.
pub(crate) fn caption_length(desk: &Desk<'_>, figure: &Figure, body: Length) -> Length {
    let size = caption_size(desk, body);
    let text = worded_text(desk, figure);
    let job = Job {
        text: &text,
        measure: Length::MAX / 4,
        mode: WritingMode::HorizontalTb,
        size,
        voice: desk.voice(Part::Caption),
        indent: Length::ZERO,
        align: TextAlign::Start,
    };
    // Rounding may take a little.
    desk.extent(&job).1 + size + Length::from_milli(10)
}

/// A caption with its credit.
fn worded_text(desk: &Desk<'_>, figure: &Figure) -> Vec<Inline> {
    let mut text = figure.caption.clone();
    text.extend(credit(desk, figure));
    text
}

/// A figure's credit as it is printed.
fn credit(desk: &Desk<'_>, figure: &Figure) -> Vec<Inline> {
    let Some(credit) = &figure.credit else {
        return Vec::new();
    };
    // Without a caption before it a credit stands in brackets everywhere.
    let tradition = match figure.caption.is_empty() {
        true => Tradition::HongKong,
        false => desk.style.tradition,
    };
    words(picture_credit(credit, tradition), figure.span)
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
    let credit = credit(desk, figure);
    if credit.is_empty() {
        return alone(&figure.caption, TextAlign::Start, sink);
    }
    let text = worded_text(desk, figure);
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
