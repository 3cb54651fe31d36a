//! A set line becomes a [`Line`]: text, glyphs in their cells, links, and what stands beside.

use std::ops::Range;

use crate::diag::Span;
use crate::geom::{Em, Length, Logical, WritingMode};
use crate::layout::line::{Line, LinkRange, Orientation, SetGlyph, Voice};
use crate::model::LinkTarget;
use crate::rules::warichu::{self, Half};

use super::cell::{Cell, Cells, Glyph, SOLID, WARICHU};
use super::collect::{Collected, Piece};
use super::justify::SetLine;
use super::warichu::{Fragment, Notes};

/// From where a mark of a note stands in a vertical line to where it stands in the gap beside it.
const INTO_GAP: Em = Em::from_milli(600);

/// What of a paragraph a line is made of.
pub(super) struct Source<'a> {
    pub(super) collected: &'a Collected<'a>,
    pub(super) cells: &'a Cells,
    pub(super) notes: &'a Notes,
    /// The parts of notes in its line.
    pub(super) fragments: &'a [Fragment],
    pub(super) mode: WritingMode,
    pub(super) size: Length,
}

/// Where every cell of a paragraph stands in its line.
#[derive(Debug)]
pub(super) struct Placed<'a> {
    pub(super) cells: &'a [Cell],
    /// Start and end of each cell along its line, without the space that follows it.
    pub(super) stood: &'a [(i32, i32)],
    /// One past the last cell of each line.
    pub(super) ends: &'a [usize],
    /// The first cell of each line that is set, and one past the last.
    pub(super) edges: &'a [(usize, usize)],
    /// The parts of notes in all lines, in order.
    pub(super) fragments: &'a [Fragment],
}

impl Placed<'_> {
    /// The cells of a stretch of the text.
    pub(super) fn cells_of(&self, text: &Range<u32>) -> Range<usize> {
        let start = self.cells.partition_point(|cell| cell.start < text.start);
        let end = self.cells.partition_point(|cell| cell.start < text.end);
        start..end.max(start)
    }

    /// The bytes of a line's own text for which cells of that line stand.
    pub(super) fn bytes_of(&self, line: usize, cells: &Range<usize>) -> Range<u32> {
        let start_of = |cell: usize| self.cells.get(cell).map_or(0, |cell| cell.start);
        let first = line.checked_sub(1).map_or(0, |before| self.ends[before]);
        let end = cells
            .end
            .checked_sub(1)
            .and_then(|last| self.cells.get(last));
        let base = start_of(first);
        start_of(cells.start) - base..end.map_or(base, |cell| cell.end) - base
    }

    /// The lines in which cells stand, each with those that stand in it.
    pub(super) fn lines_of(
        &self,
        cells: &Range<usize>,
    ) -> impl Iterator<Item = (usize, Range<usize>)> + use<'_> {
        let (mut start, end) = (cells.start, cells.end);
        let mut line = self.ends.partition_point(|last| *last <= start);
        std::iter::from_fn(move || {
            let last = (*self.ends.get(line)?).min(end);
            if start >= last {
                return None;
            }
            let found = (line, start..last);
            start = last;
            line += 1;
            Some(found)
        })
    }

    /// As [`reach`](Self::reach), with what the cells have more at the edges of their line.
    pub(super) fn room_of(&self, cells: Range<usize>) -> Option<(i32, i32)> {
        let line = self.ends.partition_point(|end| *end <= cells.start);
        let (head, tail) = *self.edges.get(line)?;
        let (mut from, mut to) = self.reach(cells.clone())?;
        if cells.start == head {
            from -= self.cells[head].at_head.max(0);
        }
        if cells.end == tail && tail > 0 {
            to += self.cells[tail - 1].at_tail.max(0);
        }
        Some((from, to))
    }

    /// From where to where cells of one line stand; `None` where nothing of them is seen.
    pub(super) fn reach(&self, cells: Range<usize>) -> Option<(i32, i32)> {
        let stood = self.stood.get(cells)?;
        let (from, to) = (stood.first()?.0, stood.last()?.1);
        (to > from).then_some((from, to))
    }
}

/// Draws the links of a paragraph into its lines.
pub(super) fn link(placed: &Placed<'_>, links: &[(Range<u32>, &LinkTarget)], lines: &mut [Line]) {
    for (range, target) in links {
        let cells = placed.cells_of(range);
        for (number, part) in placed.lines_of(&cells) {
            let Some(line) = lines.get_mut(number) else {
                continue;
            };
            if let Some((from, to)) = placed.reach(part.clone()).or_else(|| {
                // The mark of a note at the line's end takes no room of it; a space is gone there.
                if part != cells {
                    return None;
                }
                let from = placed.stood.get(part)?.first()?.0;
                Some((from, from + line.size.milli() / 2))
            }) {
                line.links.push(LinkRange {
                    from: Length::from_milli(from),
                    to: Length::from_milli(to),
                    target: (*target).clone(),
                });
            }
        }
    }
}

/// The stretches of a line's text that are read in another way than the rest; `text` are the bytes
/// of the paragraph that are the line's.
fn voices(collected: &Collected<'_>, text: Range<u32>) -> Vec<(Range<u32>, Voice)> {
    let within = |range: Range<u32>| {
        let start = range.start.max(text.start);
        let end = range.end.min(text.end);
        (start < end).then(|| start - text.start..end - text.start)
    };
    let mut found = Vec::new();
    if collected.languages.len() > 1 {
        let language = |piece: &Piece| collected.looks[usize::from(piece.look)].language;
        for pieces in collected.pieces.chunk_by(|a, b| language(a) == language(b)) {
            let (Some(first), Some(last)) = (pieces.first(), pieces.last()) else {
                continue;
            };
            let own = language(first);
            if own > 0
                && let Some(range) = within(first.start..last.end)
            {
                let language = collected.languages[usize::from(own)].clone();
                found.push((range, Voice::Language(language)));
            }
        }
    }
    for note in &collected.notes {
        let bracket = u32::try_from('（'.len_utf8()).unwrap_or(0);
        let whole = note.start.saturating_sub(bracket)..note.end + bracket;
        if let (Some(whole), Some(inner)) = (within(whole), within(note.clone())) {
            found.push((whole, Voice::Interlinear(inner)));
        }
    }
    found
}

/// The stretch of cells that a line is made of.
#[derive(Debug, Clone, Copy)]
pub(super) struct Extract {
    /// All cells, with spaces that vanish at its edges.
    pub(super) start: usize,
    pub(super) end: usize,
    /// Those that are set.
    pub(super) head: usize,
    pub(super) tail: usize,
    /// Where the first one stands.
    pub(super) at: Length,
    pub(super) last: bool,
    /// Whether the cell at `tail` is a mark that hangs outside the measure.
    pub(super) hung: bool,
    /// What is left of its room.
    pub(super) spare: i32,
    /// A hyphen that the program sets at its end.
    pub(super) hyphen: Option<(Glyph, i32)>,
}

impl Source<'_> {
    /// Makes the line; where its cells stand is added to `stood`.
    pub(super) fn line(
        &self,
        extract: &Extract,
        set: &SetLine,
        stood: &mut Vec<(i32, i32)>,
    ) -> Line {
        let cells = &self.cells.cells;
        let first = cells.get(extract.start).map_or(0, |cell| cell.start);
        let last = extract
            .end
            .checked_sub(1)
            .and_then(|i| cells.get(i))
            .map_or(first, |cell| cell.end)
            .max(first);
        let mut line = Line {
            mode: self.mode,
            size: self.size,
            text: self.collected.text[first as usize..last as usize].to_owned(),
            glyphs: Vec::with_capacity(extract.end - extract.start + 1),
            decorations: Vec::new(),
            beside: Vec::new(),
            links: Vec::new(),
            voices: voices(self.collected, first..last),
            start: extract.at,
            natural: Length::from_wide(set.natural),
            set: Length::from_wide(set.set),
            hang: Length::ZERO,
            base: 0..0,
            label: false,
            last: extract.last,
            span: self.span(first, last),
        };
        let mut at = extract.at.milli();
        for (i, cell) in cells[extract.start..extract.end].iter().enumerate() {
            let number = extract.start + i;
            if extract.hung && number == extract.tail {
                self.glyphs(cell, first, (at, cell.body, -cell.lead), &mut line.glyphs);
                stood.push((at, at + cell.body));
                line.hang = Length::from_milli(cell.body);
                continue;
            }
            if number < extract.head || number >= extract.tail {
                if number >= extract.tail && cell.has(SOLID) {
                    // It stands in the blank of the mark that it follows.
                    let blank = set.cells.last().map_or(0, |last| last.post);
                    let blank = if extract.hung { 0 } else { blank };
                    self.note_mark(extract, (number, blank), (at, first), &mut line);
                } else {
                    self.glyphs(cell, first, (at, 0, 0), &mut line.glyphs);
                }
                stood.push((at, at));
                continue;
            }
            let own = &set.cells[number - extract.head];
            let length = own.length();
            if cell.has(WARICHU) {
                self.warichu(number, (at, first), &mut line, stood);
                at = at.saturating_add(length);
                continue;
            }
            self.glyphs(
                cell,
                first,
                (at, length, own.pre - cell.lead + own.moved),
                &mut line.glyphs,
            );
            let tail = if number + 1 == extract.tail {
                cell.at_tail.max(0)
            } else {
                0
            };
            let end = at + own.pre + own.body + own.post;
            stood.push((at + own.moved.max(0), end - tail));
            at = at.saturating_add(length);
        }
        if let Some((glyph, advance)) = extract.hyphen {
            let end = u32::try_from(line.text.len()).unwrap_or(u32::MAX);
            line.glyphs.push(placed(
                &glyph,
                if self.mode.is_vertical() {
                    Orientation::Rotated
                } else {
                    Orientation::Upright
                },
                (Length::from_milli(at), Length::from_milli(advance)),
                (end, end),
            ));
        }
        debug_assert!(
            covers(&line),
            "every character of a line is under a glyph: {:?}",
            line.text
        );
        line
    }

    /// A cell of a note in two half lines, whose fragment starts at `at`.
    fn warichu(
        &self,
        number: usize,
        (at, first): (i32, u32),
        line: &mut Line,
        stood: &mut Vec<(i32, i32)>,
    ) {
        let Some(fragment) = self.fragment_of(number) else {
            return;
        };
        let cell = &self.cells.cells[number];
        let (from, length, pre) = self.notes.place(fragment, number);
        let half = if number < fragment.split {
            Half::First
        } else {
            Half::Second
        };
        let around = self.collected.look_at(cell.start).size * 2;
        let across = warichu::across(self.mode, half, around);
        let start = line.glyphs.len();
        let place = (at + from, length, pre - cell.lead);
        self.glyphs(cell, first, place, &mut line.glyphs);
        for glyph in &mut line.glyphs[start..] {
            glyph.offset.block += across;
        }
        stood.push((at + from, at + from + length));
    }

    fn fragment_of(&self, cell: usize) -> Option<&Fragment> {
        let i = self.fragments.partition_point(|f| f.cells.end <= cell);
        self.fragments.get(i)
    }

    /// A mark of a note at the end of a line: in what is left of its room, in the gap beside a full
    /// vertical line, or beyond a full horizontal one (composition rules §11, §16.1).
    fn note_mark(
        &self,
        extract: &Extract,
        (number, blank): (usize, i32),
        (at, first): (i32, u32),
        line: &mut Line,
    ) {
        let length = |cells: &[Cell]| -> i32 {
            let marks = cells.iter().filter(|cell| cell.has(SOLID));
            marks.map(|cell| cell.body).sum()
        };
        let cells = &self.cells.cells;
        let before = length(&cells[extract.tail..number]);
        let whole = before + length(&cells[number..extract.end]);
        let cell = &cells[number];
        let full = whole > extract.spare.saturating_add(blank);
        let beside = full && self.mode.is_vertical() && whole <= at;
        let moved = if beside {
            before - whole
        } else {
            before - blank
        };
        let hung = if extract.hung {
            cells[extract.tail].body
        } else {
            0
        };
        let from = line.glyphs.len();
        let moved = moved + hung;
        self.glyphs(cell, first, (at, 0, moved - cell.lead), &mut line.glyphs);
        if beside {
            for glyph in &mut line.glyphs[from..] {
                glyph.offset.block -= INTO_GAP.of(self.size);
            }
        } else if full {
            let beyond = |to: i32| (to - blank).max(0);
            line.hang += Length::from_milli(beyond(before + cell.body) - beyond(before));
        }
    }

    /// The glyphs of one cell: where it starts, its length, and how its ink is moved.
    fn glyphs(
        &self,
        cell: &Cell,
        base: u32,
        (at, length, moved): (i32, i32, i32),
        out: &mut Vec<SetGlyph>,
    ) {
        let from = cell.glyph as usize;
        let glyphs = &self.cells.glyphs[from..from + usize::from(cell.glyphs)];
        let mut range = (cell.start - base, cell.end - base);
        let mut advance = Length::from_milli(length);
        for glyph in glyphs {
            let glyph = Glyph {
                inline: glyph.inline + Length::from_milli(moved),
                ..*glyph
            };
            out.push(placed(
                &glyph,
                cell.orientation,
                (Length::from_milli(at), advance),
                range,
            ));
            range.0 = range.1;
            advance = Length::ZERO;
        }
    }

    /// Where a stretch of the text stands in the source.
    pub(super) fn span(&self, from: u32, to: u32) -> Span {
        let pieces = &self.collected.pieces;
        let start = pieces.partition_point(|piece| piece.end <= from);
        let end = pieces
            .partition_point(|piece| piece.start < to)
            .max(start + 1);
        let (Some(a), Some(b)) = (
            pieces.get(start).or(pieces.last()),
            pieces.get(end - 1).or(pieces.last()),
        ) else {
            return Span::default();
        };
        // Only text without escapes has the length of its source.
        fn narrowed(piece: &Piece) -> Option<&Piece> {
            (piece.span.end - piece.span.start == piece.end - piece.start).then_some(piece)
        }
        let begin = narrowed(a).map_or(a.span, |piece| Span {
            start: piece.span.start + from.saturating_sub(piece.start),
            ..piece.span
        });
        let finish = narrowed(b).map_or(b.span, |piece| Span {
            end: piece.span.start + to.min(piece.end).saturating_sub(piece.start),
            ..piece.span
        });
        begin.to(finish)
    }
}

fn placed(
    glyph: &Glyph,
    orientation: Orientation,
    (at, advance): (Length, Length),
    (start, end): (u32, u32),
) -> SetGlyph {
    SetGlyph {
        face: glyph.face,
        id: glyph.id,
        size: glyph.size,
        width: glyph.width,
        orientation,
        at,
        advance,
        offset: Logical::new(glyph.inline, glyph.block),
        start,
        end,
    }
}

/// Whether the glyphs stand for every character, in order.
fn covers(line: &Line) -> bool {
    let mut at = 0;
    for glyph in &line.glyphs {
        if glyph.start != at {
            return false;
        }
        at = glyph.end;
    }
    at as usize == line.text.len()
}
