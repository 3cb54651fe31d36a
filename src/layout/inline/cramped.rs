//! What is told of readings and marks that do not fit beside their lines.

use crate::diag::{Code, Diagnostic, Sink, Span};
use crate::geom::{Em, Length, WritingMode};
use crate::layout::line::Line;
use crate::model::{Language, RubyKind};
use crate::rules::beside::{self, Beside, RULE, Side, TO_DOT, TO_RULE};
use crate::rules::ruby::{LEAST_BASE, SIZE, STRIP};

use super::collect::{Collected, Reading};

/// A paragraph with what stands beside it.
pub(super) struct Cramped<'a> {
    pub(super) collected: &'a Collected<'a>,
    /// Its readings as they are set.
    pub(super) readings: &'a [(&'a Reading<'a>, Line)],
    pub(super) mode: WritingMode,
    pub(super) language: &'a Language,
    pub(super) size: Length,
    /// Length of its shortest line.
    pub(super) room: i32,
    /// The blank between its lines; `None` where that is not known.
    pub(super) gap: Option<Length>,
}

impl Cramped<'_> {
    /// Tells what does not fit; of what a whole paragraph shares, once.
    pub(super) fn tell(&self, sink: &mut Sink) {
        for (reading, line) in self.readings {
            if reading.kind != RubyKind::Bopomofo && line.set.milli() > self.room {
                sink.push(
                    Diagnostic::warning(
                        Code::RubyTooLong,
                        reading.span,
                        format!("the reading \"{}\" is longer than a line", reading.text),
                    )
                    .hint("shorten it, or give each part of its base a reading of its own"),
                );
            }
        }
        let small = self.readings.iter().find(|(reading, _)| {
            self.collected.look_at(reading.base.start).size.milli() < LEAST_BASE
        });
        if let Some((reading, _)) = small {
            sink.push(
                Diagnostic::warning(
                    Code::RubyTooSmall,
                    reading.span,
                    format!(
                        "the reading \"{}\" stands over text of less than 7 pt",
                        reading.text
                    ),
                )
                .hint("set the text larger, or take the reading out"),
            );
        }
        self.tell_gap(sink);
    }

    fn tell_gap(&self, sink: &mut Sink) {
        let Some(gap) = self.gap else {
            return;
        };
        let mut needed = [(Em::ZERO, None), (Em::ZERO, None)];
        for (side, height, span) in self.heights() {
            let needed = &mut needed[usize::from(side == Side::After)];
            if height > needed.0 {
                *needed = (height, Some(span));
            }
        }
        let [before, after] = needed;
        let height = (before.0 + after.0).of(self.size);
        let Some(span) = before.1.or(after.1).filter(|_| height > gap) else {
            return;
        };
        let pitch = self.size + height;
        sink.push(
            Diagnostic::warning(
                Code::LineGap,
                span,
                format!(
                    "what stands beside this line is {} pt high, and the gap between lines {} pt",
                    points(height),
                    points(gap)
                ),
            )
            .hint(format!(
                "set `line-pitch` to \"{}pt\" or more",
                points(pitch)
            )),
        );
    }

    /// How far everything beside the lines stands out from their em-box, and where it was written.
    fn heights(&self) -> impl Iterator<Item = (Side, Em, Span)> + use<'_> {
        let vertical = self.mode.is_vertical();
        let readings = self.readings.iter().filter_map(move |(reading, _)| {
            let height = match reading.kind {
                RubyKind::Bopomofo if vertical => STRIP,
                // It stands in the line.
                RubyKind::Bopomofo => return None,
                _ => SIZE,
            };
            Some((Side::Before, height, reading.span))
        });
        let marks = self.collected.ornaments.iter().filter_map(move |mark| {
            let kind = mark.kind.beside()?;
            let height = match kind {
                Beside::Dots => {
                    let (_, diameter) = beside::dot(self.mode, self.language);
                    TO_DOT + Em::from_milli(diameter.milli() / 2)
                }
                Beside::BookTitle => TO_RULE + RULE + RULE,
                _ => TO_RULE + RULE,
            };
            let side = beside::side(kind, self.mode, self.language);
            Some((side, height, self.collected.span_at(mark.range.start)))
        });
        readings.chain(marks)
    }
}

/// Points with two decimals at most, rounded up.
fn points(length: Length) -> String {
    let hundredths = (length.milli() + 9) / 10;
    let text = format!("{}.{:02}", hundredths / 100, hundredths % 100);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}
