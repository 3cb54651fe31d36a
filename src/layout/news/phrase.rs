//! The rows of a head: a phrase broken into lines by sense, measured, and set in its part of the stack.

use std::sync::Arc;

use crate::diag::{Sink, Span};
use crate::font::grapheme::clusters;
use crate::geom::{Length, Logical, Point, Size, WritingMode};
use crate::layout::flow::desk::{Desk, Job, Voice, words};
use crate::layout::flow::opening::span_of;
use crate::layout::frame::{Frame, FrameKind, Item};
use crate::layout::grid::PageGrid;
use crate::layout::inline::TextAlign;
use crate::layout::line::Line;
use crate::model::Inline;

use super::sense::{self, Broken};
use super::tracking::track;

/// Of what is too long for a head there are so many lines at most.
const MOST_LINES: usize = 60;
/// Size at which lengths are measured: thousandths of an em come out as thousandths of a point
/// times a hundred.
pub(super) const UNIT: Length = Length::pt(100);

/// A part of a head that is broken into lines of its own.
#[derive(Debug, Clone)]
pub(super) struct Phrase {
    pub(super) kind: FrameKind,
    pub(super) voice: Voice,
    pub(super) source: Span,
    /// The ways of breaking it: into one line, two, and so on, each with its lines' lengths at
    /// [`UNIT`].
    pub(super) ways: Vec<Vec<(Broken, Length)>>,
    /// The words as they were written.
    text: Vec<Inline>,
    /// So many lines are tried whatever the length.
    most: usize,
}

impl Phrase {
    pub(super) fn new(
        desk: &Desk<'_>,
        text: &[Inline],
        (kind, voice): (FrameKind, Voice),
        (most, fallback): (usize, Span),
    ) -> Option<Self> {
        let ways: Vec<Vec<(Broken, Length)>> = (1..=most)
            .map_while(|count| sense::lines(text, count))
            .map(|lines| measured(desk, lines, voice))
            .collect();
        if ways.is_empty() {
            return None;
        }
        Some(Self {
            kind,
            voice,
            source: span_of(text, fallback),
            ways,
            text: text.to_vec(),
            most,
        })
    }

    /// The same where no line of the smallest head may be longer than this at [`UNIT`]: what is too
    /// long for so few lines has as many as it needs.
    pub(super) fn within(self: &Arc<Self>, limit: Length, desk: &Desk<'_>) -> Arc<Self> {
        let last = self.ways.len() - 1;
        let whole = self.longest(0, UNIT).wide();
        let needed = usize::try_from(whole / limit.wide().max(1)).unwrap_or(0) + 2;
        if self.longest(last, UNIT) <= limit {
            return Arc::clone(self);
        }
        let mut longer = Self::clone(self);
        if needed > self.most {
            let lines = sense::lines(&self.text, needed.min(MOST_LINES));
            let lines = lines.map(|lines| measured(desk, lines, self.voice));
            longer.ways.extend(lines);
        }
        // A word longer than any line is broken by force, in a way of its own.
        let last = longer.ways.len() - 1;
        if longer.longest(last, UNIT) > limit {
            let lines = longer.ways[last].iter();
            let forced = lines.flat_map(|line| forced(desk, line, (self.voice, limit)));
            let forced = forced.collect();
            longer.ways.push(forced);
        }
        Arc::new(longer)
    }

    /// The longest line of a way, at a size.
    pub(super) fn longest(&self, way: usize, size: Length) -> Length {
        self.ways[way]
            .iter()
            .map(|(_, length)| length.scale(size.wide(), UNIT.wide()))
            .max()
            .unwrap_or(Length::ZERO)
    }

    /// The way of the fewest lines no longer than `room` at a size, else the one of most lines.
    pub(super) fn fitting(&self, size: Length, room: Length) -> usize {
        (0..self.ways.len())
            .find(|way| self.longest(*way, size) <= room)
            .unwrap_or(self.ways.len() - 1)
    }
}

/// A measured line, parted wherever it is longer than a limit.
fn forced(
    desk: &Desk<'_>,
    (line, own): &(Broken, Length),
    (voice, limit): (Voice, Length),
) -> Vec<(Broken, Length)> {
    if *own <= limit {
        return vec![(line.clone(), *own)];
    }
    let source = span_of(&line.text, Span::default());
    let plain = Inline::plain(&line.text);
    let mut found: Vec<(Broken, Length)> = Vec::new();
    let mut text = String::new();
    for (_, cluster) in clusters(&plain) {
        let part = |text: String| Broken {
            text: words(text, source),
            silent: String::new(),
        };
        let longer = part(format!("{text}{cluster}"));
        let own = length(desk, &longer.text, voice);
        match found.last_mut() {
            Some(last) if own <= limit && !text.is_empty() => *last = (longer, own),
            _ => {
                text.clear();
                let alone = part(cluster.to_owned());
                let own = length(desk, &alone.text, voice);
                found.push((alone, own));
            }
        }
        text.push_str(cluster);
    }
    if let Some((last, _)) = found.last_mut() {
        last.silent.clone_from(&line.silent);
    }
    found
}

/// Lines with their lengths at [`UNIT`].
fn measured(desk: &Desk<'_>, lines: Vec<Broken>, voice: Voice) -> Vec<(Broken, Length)> {
    let lines = lines.into_iter().map(|line| {
        let length = length(desk, &line.text, voice);
        (line, length)
    });
    lines.collect()
}

/// Length of a text on one line at [`UNIT`].
fn length(desk: &Desk<'_>, text: &[Inline], voice: Voice) -> Length {
    let job = Job {
        text,
        measure: Length::MAX / 4,
        mode: desk.grid.mode,
        size: UNIT,
        voice,
        indent: Length::ZERO,
        align: TextAlign::Start,
    };
    desk.extent(&job).1
}

/// A text on one line, or as much of its beginning as a room holds, and then an ellipsis.
pub(super) fn begun(desk: &Desk<'_>, job: &Job<'_>, room: Length) -> Option<Line> {
    let whole = desk.label(job.text, job, &mut Sink::new())?;
    if whole.set <= room {
        return Some(whole);
    }
    let plain = Inline::plain(job.text);
    let all: Vec<&str> = clusters(&plain).map(|(_, cluster)| cluster).collect();
    let cut = |many: usize| {
        let text = words(format!("{}…", all[..many].concat()), Span::default());
        let job = Job {
            text: &text,
            ..*job
        };
        desk.label(&text, &job, &mut Sink::new())
    };
    // Characters are of unlike widths: from what they take on the average downwards.
    let many = room.wide() * i64::try_from(all.len()).unwrap_or(1) / whole.set.wide().max(1);
    let many = usize::try_from(many).unwrap_or(0).min(all.len());
    (0..=many)
        .rev()
        .filter_map(cut)
        .find(|line| line.set <= room)
        .or(Some(whole))
}

/// A row of a stack.
pub(super) struct Row<'p> {
    pub(super) phrase: &'p Phrase,
    pub(super) size: Length,
    pub(super) way: usize,
    /// Blank before it.
    pub(super) before: Length,
    /// From one of its lines to the next.
    pub(super) pitch: Length,
}

impl Row<'_> {
    pub(super) fn extent(&self) -> Length {
        let more = i32::try_from(self.phrase.ways[self.way].len() - 1).unwrap_or(i32::MAX);
        self.size + self.pitch * more
    }
}

/// The part of a stack that a row's frame takes.
pub(super) struct Band {
    pub(super) mode: WritingMode,
    pub(super) length: Length,
    pub(super) from: Length,
    /// Where the row's first line starts.
    pub(super) at: Length,
    pub(super) to: Length,
}

impl Row<'_> {
    /// The row's frame: its lines in the middle of the stack; in vertical heads the kicker hangs
    /// from the head, deck and byline stand at the foot.
    pub(super) fn set(
        &self,
        band: &Band,
        (holder, corner): (Size, Point),
        desk: &Desk<'_>,
    ) -> Option<(Point, Frame)> {
        let (phrase, mode) = (self.phrase, band.mode);
        let mut lines: Vec<Line> = Vec::new();
        for (broken, _) in &phrase.ways[self.way] {
            let job = Job {
                text: &broken.text,
                measure: Length::MAX / 4,
                mode,
                size: self.size,
                voice: phrase.voice,
                indent: Length::ZERO,
                align: TextAlign::Start,
            };
            if let Some(mut line) = desk.label(&broken.text, &job, &mut Sink::new()) {
                line.text.push_str(&broken.silent);
                lines.push(line);
            }
        }
        let longest = lines.iter().map(|line| line.set).max()?;
        // Lines of a title that are all but equal are made equal, and fill what is all but full. A
        // head that runs across the page's lines keeps off the text beside it.
        let margin = if mode == desk.grid.mode {
            Length::ZERO
        } else {
            desk.grid.size
        };
        let target = (band.length - margin).max(longest);
        if phrase.kind == FrameKind::Headline {
            for line in &mut lines {
                if !track(line, target) {
                    track(line, longest);
                }
            }
        }
        let length = lines.iter().map(|line| line.set).max()?;
        let spare = (band.length - length).at_least_zero();
        let start = match (phrase.kind, mode) {
            (FrameKind::Headline, _) => spare / 2,
            (FrameKind::Kicker, WritingMode::VerticalRl) => Length::ZERO,
            (FrameKind::Deck | FrameKind::Byline, WritingMode::VerticalRl) => spare,
            _ => spare / 2,
        };
        let extent = Logical::new(band.length.max(length), band.to - band.from);
        let size = extent.to_size(mode);
        let place = Logical::new(Length::ZERO, band.from);
        let mut frame = Frame::new(phrase.kind, size);
        frame.source = (phrase.source != Span::default()).then_some(phrase.source);
        let mut at = band.at - band.from;
        for line in lines {
            let inside = match (phrase.kind, mode) {
                (FrameKind::Deck | FrameKind::Byline, WritingMode::VerticalRl) => length - line.set,
                (FrameKind::Kicker, WritingMode::VerticalRl) => Length::ZERO,
                _ => (length - line.set) / 2,
            };
            let axis = PageGrid::axis(at + self.size / 2, self.size, mode);
            let origin = Logical::new(start + inside, axis);
            frame.push(
                origin.to_corner(mode, size, Size::default()),
                Item::Line(line),
            );
            at += self.pitch;
        }
        Some((place.to_corner(mode, holder, size) + corner, frame))
    }
}
