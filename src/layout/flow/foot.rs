//! The notes of pages: which a page holds while it is filled, where they are parted, where they lie.

use crate::diag::{Sink, Span};
use crate::geom::{Length, Logical};
use crate::layout::frame::{Frame, FrameKind, Ink, Item, Rule};
use crate::layout::inline::TextAlign;
use crate::model::theme;

use super::desk::{Desk, Job, words};
use super::galley::{
    Content, Cut, Dress, Float, Galley, Group, Island, PageNote, PlacedLine, Start, Strip,
};
use super::place::Place;

/// The rule over notes is this part of the measure (composition rules §15).
const RULE: (i64, i64) = (1, 3);
/// Notes that come from the page before take no more than this part of a page, in thousandths.
pub(super) const MOST_CARRIED: i64 = 667;

/// A note, or what is left of one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Rest {
    /// Its place among the galley's notes.
    note: usize,
    /// The first of its strips that is left.
    from: usize,
}

/// Strips of a note that stand on one page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Part {
    note: usize,
    from: usize,
    to: usize,
}

/// The measures of a note's strip.
#[derive(Debug, Clone, Copy)]
struct Piece {
    advance: Length,
    body: Length,
    /// Whether a page may end before it.
    parts: bool,
}

/// Which notes are told, and what waits.
pub(super) type Told = (Vec<bool>, Vec<Rest>);

/// What is known of an article's notes while its pages are filled.
pub(super) struct Ledger {
    /// By an article's note: its place among the galley's.
    places: Vec<Option<usize>>,
    notes: Vec<Vec<Piece>>,
    /// Which are on a page or wait for one.
    told: Vec<bool>,
    /// What the pages so far have left over.
    pub(super) waiting: Vec<Rest>,
    /// The blank with the rule over the notes.
    above: Length,
}

impl Ledger {
    /// The notes of a galley, none of them on a page.
    pub(super) fn new(notes: &[PageNote], desk: &Desk<'_>) -> Self {
        let mut places = vec![None; desk.notes.len()];
        for (at, note) in notes.iter().enumerate() {
            places[note.number] = Some(at);
        }
        Self {
            places,
            told: vec![false; notes.len()],
            waiting: Vec::new(),
            above: desk.grid.pitch,
            notes: notes
                .iter()
                .map(|note| {
                    note.strips
                        .iter()
                        .map(|strip| Piece {
                            advance: strip.advance,
                            body: strip.body,
                            parts: strip.cut != Cut::Keep,
                        })
                        .collect()
                })
                .collect(),
        }
    }

    /// The notes of a strip that are not yet on a page nor among `asked`, by number.
    pub(super) fn fresh(&self, strip: &Strip, asked: &[(usize, usize)]) -> Vec<usize> {
        let mut fresh = Vec::new();
        for number in &strip.notes {
            if let Some(note) = self.places.get(*number).copied().flatten()
                && !self.told[note]
                && !asked.iter().any(|(_, other)| *other == note)
                && !fresh.contains(&note)
            {
                fresh.push(note);
            }
        }
        // The caption of a table is written after its cells.
        fresh.sort_unstable();
        fresh
    }

    /// Depth of whole notes and parts with the rule over them.
    pub(super) fn depth(&self, parts: &[Part]) -> Length {
        let Some(last) = parts.last() else {
            return Length::ZERO;
        };
        let sum: Length = parts
            .iter()
            .flat_map(|part| &self.notes[part.note][part.from..part.to])
            .map(|piece| piece.advance)
            .sum();
        let tail = self.notes[last.note][..last.to]
            .last()
            .map_or(Length::ZERO, |piece| piece.advance - piece.body);
        self.above + sum - tail
    }

    /// A note from its start to its end.
    pub(super) fn whole(&self, note: usize) -> Part {
        Part {
            note,
            from: 0,
            to: self.notes[note].len(),
        }
    }

    /// What is left of a note, to its end.
    pub(super) fn rest(&self, rest: Rest) -> Part {
        Part {
            from: rest.from,
            ..self.whole(rest.note)
        }
    }

    /// The least part of a note with which it may start on a page.
    pub(super) fn start(&self, note: usize) -> Part {
        let pieces = &self.notes[note];
        let to = (1..pieces.len())
            .find(|at| pieces[*at].parts)
            .unwrap_or(pieces.len());
        Part { note, from: 0, to }
    }

    /// What fits in a depth after `before`, and what is left over.
    pub(super) fn share(
        &self,
        rests: impl IntoIterator<Item = Rest>,
        before: &[Part],
        room: Length,
    ) -> (Vec<Part>, Vec<Rest>) {
        let mut parts = before.to_vec();
        let mut left: Vec<Rest> = Vec::new();
        for rest in rests {
            if !left.is_empty() {
                left.push(rest);
                continue;
            }
            let pieces = &self.notes[rest.note];
            let fitting = (rest.from + 1..=pieces.len())
                .rev()
                .filter(|to| *to == pieces.len() || pieces[*to].parts)
                .find(|to| {
                    parts.push(Part {
                        note: rest.note,
                        from: rest.from,
                        to: *to,
                    });
                    let fits = self.depth(&parts) <= room;
                    if !fits {
                        parts.pop();
                    }
                    fits
                });
            match fitting {
                Some(to) if to == pieces.len() => {}
                Some(to) => left.push(Rest {
                    note: rest.note,
                    from: to,
                }),
                None => left.push(rest),
            }
        }
        (parts, left)
    }

    /// The first unbreakable piece of what is left over, whatever its depth: for a page that
    /// holds nothing else.
    pub(super) fn force(&self, rests: &[Rest]) -> (Vec<Part>, Vec<Rest>) {
        let Some(first) = rests.first() else {
            return (Vec::new(), Vec::new());
        };
        let pieces = &self.notes[first.note];
        let to = (first.from + 1..pieces.len())
            .find(|at| pieces[*at].parts)
            .unwrap_or(pieces.len());
        let part = Part {
            note: first.note,
            from: first.from,
            to,
        };
        let mut left = rests.to_vec();
        if to == pieces.len() {
            left.remove(0);
        } else {
            left[0].from = to;
        }
        (vec![part], left)
    }

    /// What is on pages and what waits.
    pub(super) fn told(&self) -> Told {
        (self.told.clone(), self.waiting.clone())
    }

    /// Goes back to what was told before.
    pub(super) fn restore(&mut self, told: &Told) {
        self.told.clone_from(&told.0);
        self.waiting.clone_from(&told.1);
    }

    /// Marks notes as told; what is not yet on a page waits.
    pub(super) fn tell(&mut self, asked: &[(usize, usize)]) -> Vec<Rest> {
        asked
            .iter()
            .map(|(_, note)| {
                self.told[*note] = true;
                Rest {
                    note: *note,
                    from: 0,
                }
            })
            .collect()
    }
}

/// Takes the parts of notes of one page out of the galley and puts them at the page's end under
/// their rule; on a page without text they stand at its start. Each strip comes with its distance
/// from the block start of the type area.
pub(super) fn set(
    galley: &mut Galley<'_>,
    (parts, depth, alone): (&[Part], Length, bool),
    desk: &Desk<'_>,
    sink: &mut Sink,
) -> Vec<(Length, Strip)> {
    let mut strips = Vec::new();
    let grid = desk.grid;
    let above = grid.pitch;
    let size = desk.look(theme::Part::Note).size.of(grid.size);
    let mut at = if alone {
        Length::ZERO
    } else {
        let at = grid.area().block - depth + above;
        // As far from the notes as they are high.
        strips.push((at - size, rule(galley, desk)));
        at
    };
    for part in parts {
        if part.from > 0
            && let Some(strip) = arrow(galley, (part, size), desk, sink)
        {
            strips.push((at, strip));
        }
        for strip in &mut galley.notes[part.note].strips[part.from..part.to] {
            let advance = strip.advance;
            strips.push((at, strip.take()));
            at += advance;
        }
    }
    strips
}

/// The rule over notes.
fn rule(galley: &mut Galley<'_>, desk: &Desk<'_>) -> Strip {
    let grid = desk.grid;
    let length = grid.measure().scale(RULE.0, RULE.1);
    let group = own_group(galley, FrameKind::Rule, length);
    let weight = desk.theme.rules.fine;
    let size = Logical::new(length, weight).to_size(grid.mode);
    let mut frame = Frame::new(FrameKind::Rule, size);
    frame.push(
        crate::geom::Point::ORIGIN,
        Item::Rule(Rule {
            size,
            ink: Ink::BLACK,
        }),
    );
    Strip {
        advance: weight + grid.gap(),
        body: weight,
        start: Start::Anywhere,
        content: Content::Island(Island {
            frame,
            inline: Length::ZERO,
            depth: weight,
            float: Float::Stay,
        }),
        ..Strip::empty(group, &Place::page(grid))
    }
}

/// An arrow at the head of a note that goes on from the page before.
fn arrow(
    galley: &mut Galley<'_>,
    (part, size): (&Part, Length),
    desk: &Desk<'_>,
    sink: &mut Sink,
) -> Option<Strip> {
    let first = &galley.notes[part.note].strips[part.from];
    let (body, axis) = match &first.content {
        Content::Lines(lines) => (first.body, lines.first()?.axis),
        _ => return None,
    };
    // It stands where the note's mark stood, and needs the room for it.
    if first.inset < size {
        return None;
    }
    let text = words("→", Span::default());
    let job = Job {
        text: &text,
        measure: size * 2,
        mode: desk.grid.mode,
        size,
        voice: desk.voice(theme::Part::Note),
        indent: Length::ZERO,
        align: TextAlign::Start,
    };
    let line = desk.label(&text, &job, sink)?;
    let group = own_group(galley, FrameKind::Pointer, size);
    Some(Strip {
        measure: size,
        body,
        start: Start::Anywhere,
        content: Content::Lines(vec![PlacedLine {
            inline: Length::ZERO,
            axis,
            line,
        }]),
        ..Strip::empty(group, &Place::page(desk.grid))
    })
}

fn own_group(galley: &mut Galley<'_>, kind: FrameKind, measure: Length) -> super::place::GroupId {
    galley.group(Group {
        kind,
        parent: None,
        source: None,
        inset: Length::ZERO,
        measure,
        dress: Dress::Plain,
        level: 0,
    })
}
