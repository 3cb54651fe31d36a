//! Readings beside their base: mono, group and 熟語 ruby seated in their cells, and every reading
//! put beside its line.

use std::ops::Range;

use crate::geom::{Em, Length, Logical};
use crate::layout::line::Line;
use crate::model::RubyKind;
use crate::rules::adjust::Stretch;
use crate::rules::ruby::{END_GAP_MAX, OVER, RIGHT, STRIP, STRIP_AXIS, Script, Side, WORDS_OUT};

use super::cell::{Cell, JOINED};
use super::collect::Reading;
use super::commit::Placed;
use super::jukugo::{Needs, Pair, lay, needs, shares};
use super::overhang::{Lent, hold, lent};

/// The most bases of a word that are set together.
const LONGEST_WORD: usize = 16;

/// How a reading is laid over its base.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Laid {
    /// Over or beside its base, alone or with the others of its word.
    Word,
    /// As `Word`, spread over a longer base.
    Spread,
    /// On the right of its base.
    Column,
}

/// Bases with their readings that are set together.
#[derive(Debug)]
pub(super) struct Unit {
    laid: Laid,
    script: Script,
    parts: Vec<Part>,
    /// What its neighbours lend; before it also at the head of a line (an indent).
    lent: (i32, i32),
    head_lent: i32,
    /// What keeps it from annotated neighbours.
    margin: (i32, i32),
}

/// A base and its reading.
#[derive(Debug)]
struct Part {
    cells: Range<usize>,
    line: Line,
    /// Length of the base before it is widened.
    base: i32,
}

/// The paragraph around readings.
#[derive(Debug, Clone, Copy)]
pub(super) struct Around {
    /// Indent of its first line.
    pub(super) indent: i32,
    /// Length of its shortest line.
    pub(super) room: i32,
    /// Whether bopomofo stands in the gap beside its lines, as other readings do.
    pub(super) vertical: bool,
}

/// Makes room for readings over their bases, and keeps each base together.
pub(super) fn seat(
    readings: Vec<(&Reading<'_>, Line)>,
    cells: &mut [Cell],
    around: Around,
) -> Vec<Unit> {
    let mut units = gather(readings, cells);
    for unit in &mut units {
        for part in &mut unit.parts {
            if part.base <= around.room {
                squeeze(&mut part.line, around.room);
            }
        }
        if unit.laid != Laid::Column {
            unit.hold_base(cells, around.room);
        }
    }
    for i in 0..units.len() {
        if units[i].laid == Laid::Column {
            continue;
        }
        let (before, after) = neighbours(&units, i, cells, around);
        let unit = &mut units[i];
        unit.widen(cells, (before, after));
        keep_apart(&units[..=i], cells, around);
    }
    units
}

/// Readings of one word together, others each for itself.
fn gather(readings: Vec<(&Reading<'_>, Line)>, cells: &[Cell]) -> Vec<Unit> {
    let mut units: Vec<Unit> = Vec::with_capacity(readings.len());
    let mut word = None;
    for (reading, line) in readings {
        let start = cells.partition_point(|cell| cell.start < reading.base.start);
        let end = cells.partition_point(|cell| cell.start < reading.base.end);
        let free = units.last().map_or(0, |unit| unit.cells().end);
        if start >= end || start < free {
            continue;
        }
        let script = Script::of(&line.text);
        let laid = match (reading.kind, script) {
            (RubyKind::Bopomofo, _) => Laid::Column,
            (RubyKind::Group, Script::Square) => Laid::Spread,
            _ => Laid::Word,
        };
        let part = Part {
            cells: start..end,
            base: base_length(&cells[start..end]),
            line,
        };
        let joins = reading.kind == RubyKind::Mono
            && script == Script::Square
            && word == Some(reading.span)
            && start == free;
        word = (reading.kind == RubyKind::Mono && script == Script::Square).then_some(reading.span);
        match units.last_mut() {
            Some(unit)
                if joins
                    && unit.laid == Laid::Word
                    && unit.script == script
                    && unit.parts.len() < LONGEST_WORD =>
            {
                unit.parts.push(part);
            }
            _ => units.push(Unit {
                laid,
                script,
                parts: vec![part],
                lent: (0, 0),
                head_lent: 0,
                margin: (0, 0),
            }),
        }
    }
    units
}

/// Keeps so much of what stands between the last unit and one right before it that their readings
/// stay apart however far its line shrinks.
fn keep_apart(units: &[Unit], cells: &mut [Cell], around: Around) {
    let [.., previous, unit] = units else {
        return;
    };
    let between = previous.cells().end;
    if between + 1 != unit.cells().start || previous.laid == Laid::Column && !around.vertical {
        return;
    }
    let kept = previous.needs(&previous.whole()).out.1
        + unit.apart(previous)
        + unit.needs(&unit.whole()).out.0;
    let Some(cell) = cells.get_mut(between) else {
        return;
    };
    for side in [Side::Before, Side::After] {
        let blank = match side {
            Side::Before => cell.post,
            Side::After => cell.pre,
        };
        hold(cell, side, blank.min(kept - cell.body));
    }
}

/// What the neighbours of a unit lend to it, shared with the units beyond them.
fn neighbours(units: &[Unit], i: usize, cells: &[Cell], around: Around) -> (Before, After) {
    let unit = &units[i];
    let em = unit.em();
    let rule = (unit.script, em);
    let own = unit.cells();
    let read = |unit: Option<&Unit>| {
        unit.filter(|unit| around.vertical || unit.laid != Laid::Column)
            .map(Unit::cells)
    };
    let (previous, next) = (
        read(i.checked_sub(1).and_then(|i| units.get(i))),
        read(units.get(i + 1)),
    );
    let margin = part_of(em, unit.script.between_neighbours()) / 2;
    let mut before = Before::default();
    if own.start == 0 {
        before.at_head = em.min(around.indent).max(0);
        before.lent.body = before.at_head;
    } else if previous.as_ref().is_some_and(|p| p.end == own.start) {
        before.margin = margin;
    } else {
        let cell = &cells[own.start - 1];
        before.lent = lent(cell, Side::Before, rule);
        if previous.is_some_and(|p| p.end + 1 == own.start) {
            let used = units[i - 1].needs(&units[i - 1].whole()).out.1;
            let apart = unit.apart(&units[i - 1]);
            before.lent = before.lent.limited(cell.length() - apart - used);
        }
    }
    let mut after = After::default();
    if next.as_ref().is_some_and(|n| n.start == own.end) {
        after.margin = margin;
    } else if let Some(cell) = cells.get(own.end) {
        after.lent = lent(cell, Side::After, rule);
        if next.is_some_and(|n| n.start == own.end + 1) {
            // Half of what is to be had stays for the next one, as far as it needs it.
            let room = (cell.length() - unit.apart(&units[i + 1])).max(0);
            let wanted = units[i + 1].wanted().min(room / 2);
            after.lent = after.lent.limited(room - wanted);
        }
    }
    (before, after)
}

#[derive(Debug, Clone, Copy, Default)]
struct Before {
    lent: Lent,
    at_head: i32,
    margin: i32,
}

#[derive(Debug, Clone, Copy, Default)]
struct After {
    lent: Lent,
    margin: i32,
}

/// Which parts of a unit stand in a line, and whether they start or end it.
#[derive(Debug, Clone)]
struct InLine {
    parts: Range<usize>,
    head: bool,
    tail: bool,
}

impl Unit {
    fn cells(&self) -> Range<usize> {
        let start = self.parts.first().map_or(0, |part| part.cells.start);
        start..self.parts.last().map_or(start, |part| part.cells.end)
    }

    /// One em of its readings.
    fn em(&self) -> i32 {
        self.parts.first().map_or(0, |part| part.line.size.milli())
    }

    /// The least distance of its readings from those of a unit over a shared neighbour.
    fn apart(&self, other: &Self) -> i32 {
        part_of(self.em(), self.script.apart().max(other.script.apart()))
    }

    /// Keeps bases whole: no break inside one, nothing that shrinks or stretches. A base longer than
    /// a line is left to break.
    fn hold_base(&self, cells: &mut [Cell], room: i32) {
        for (number, part) in self.parts.iter().enumerate() {
            let own = &mut cells[part.cells.clone()];
            let length: i32 = own.iter().map(Cell::length).sum();
            let last = own.len() - 1;
            for (i, cell) in own.iter_mut().enumerate() {
                // Blank inside a base stays, at the edges of lines too.
                cell.body += cell.pre + cell.post;
                cell.lead -= cell.pre;
                (cell.pre, cell.post) = (0, 0);
                (cell.full_pre, cell.full_post) = (0, 0);
                cell.step = u8::MAX;
                cell.space_shrink = 0;
                cell.space_stretch = 0;
                let inside = i < last || number + 1 < self.parts.len();
                if inside {
                    cell.gap_shrink = 0;
                    cell.gap_stretch = 0;
                    cell.stretch = Stretch::Never;
                }
                if i < last && length <= room {
                    cell.flags |= JOINED;
                }
            }
        }
    }

    /// Roughly how far its first reading would stand out before it.
    fn wanted(&self) -> i32 {
        self.parts
            .first()
            .map_or(0, |part| ((part.line.set.milli() - part.base) / 2).max(0))
    }

    /// The unit in the middle of a line.
    fn whole(&self) -> InLine {
        InLine {
            parts: 0..self.parts.len(),
            head: false,
            tail: false,
        }
    }

    /// What keeps the parts that stand in a line from annotated neighbours there.
    fn margins(&self, line: &InLine) -> (i32, i32) {
        (
            if line.head { 0 } else { self.margin.0 },
            if line.tail { 0 } else { self.margin.1 },
        )
    }

    /// What the parts that stand in a line need there.
    fn needs(&self, line: &InLine) -> Needs {
        let mut pairs: Vec<Pair> = self.parts[line.parts.clone()]
            .iter()
            .map(|part| Pair {
                base: part.base,
                reading: part.line.set.milli(),
            })
            .collect();
        // Margins towards annotated neighbours count as a part of the readings.
        let margins = self.margins(line);
        if let Some(first) = pairs.first_mut() {
            first.reading += margins.0;
        }
        if let Some(last) = pairs.last_mut() {
            last.reading += margins.1;
        }
        let before = match (line.parts.start, line.head) {
            (0, true) => self.head_lent,
            (0, false) => self.lent.0,
            _ => 0,
        };
        let after = if line.parts.end == self.parts.len() && !line.tail {
            self.lent.1
        } else {
            0
        };
        needs(&pairs, self.em(), (before, after))
    }

    /// Widens its bases, and tells their cells what they need at the edges of lines.
    fn widen(&mut self, cells: &mut [Cell], (before, after): (Before, After)) {
        self.lent = (before.lent.total(), after.lent.total());
        self.head_lent = before.at_head;
        self.margin = (before.margin, after.margin);
        let own = self.cells();
        let count = self.parts.len();
        let needed = self.needs(&self.whole());
        let (blank_before, blank_after) = (
            before.lent.limited(needed.out.0).blank,
            after.lent.limited(needed.out.1).blank,
        );
        if let Some(cell) = own.start.checked_sub(1).and_then(|i| cells.get_mut(i)) {
            hold(cell, Side::Before, blank_before);
        }
        if let Some(cell) = cells.get_mut(own.end) {
            hold(cell, Side::After, blank_after);
        }
        for (part, wider) in self.parts.iter().zip(&needed.wider) {
            spread_base(&mut cells[part.cells.clone()], *wider);
        }
        let total = |line: &InLine| self.needs(line).total();
        let wider = |parts: Range<usize>| needed.wider[parts].iter().sum::<i32>();
        for cut in 0..=count {
            // The parts from a cut on start a line; those before it end one.
            if cut < count && own.start > 0 {
                let starts = InLine {
                    parts: cut..count,
                    head: true,
                    tail: false,
                };
                let cell = &mut cells[self.parts[cut].cells.start];
                let most = -needed.wider[cut];
                cell.at_head = (total(&starts) - wider(cut..count)).max(most);
            }
            if cut > 0 {
                let ends = InLine {
                    parts: 0..cut,
                    head: false,
                    tail: true,
                };
                let cell = &mut cells[self.parts[cut - 1].cells.end - 1];
                let most = -needed.wider[cut - 1] / 2;
                cell.at_tail = (total(&ends) - wider(0..cut)).max(most);
            }
        }
    }
}

/// Length of a base without the gap after it.
fn base_length(cells: &[Cell]) -> i32 {
    let all: i32 = cells.iter().map(Cell::length).sum();
    all - cells.last().map_or(0, |cell| cell.gap)
}

/// Widens a base, 1 : 2 : 2 … 2 : 1 between its characters; words stay as they are (jlreq
/// #adjustments_of_ruby_with_length_longer_than_that_of_the_base_characters).
fn spread_base(cells: &mut [Cell], wider: i32) {
    if wider <= 0 {
        return;
    }
    let solid = |i: usize| {
        let in_word = |cell: &Cell| cell.class.is_western() || cell.is_space();
        i > 0 && in_word(&cells[i - 1]) && in_word(&cells[i])
    };
    let starts: Vec<usize> = (0..cells.len()).filter(|i| !solid(*i)).collect();
    for (n, own) in shares(wider, starts.len()).enumerate() {
        let last = starts.get(n + 1).map_or(cells.len(), |next| *next) - 1;
        let first = &mut cells[starts[n]];
        first.body += own / 2;
        first.lead -= own / 2;
        cells[last].body += own - own / 2;
    }
}

/// Sets a reading smaller that is longer than any line.
fn squeeze(line: &mut Line, room: i32) {
    let length = line.set.milli();
    if length <= room || room <= 0 {
        return;
    }
    let held = |of: Length| of.scale(i64::from(room), i64::from(length));
    for glyph in &mut line.glyphs {
        glyph.at = held(glyph.at);
        glyph.advance = held(glyph.advance);
        glyph.size = held(glyph.size);
        glyph.offset = Logical::new(held(glyph.offset.inline), held(glyph.offset.block));
    }
    line.set = Length::from_milli(room);
    line.natural = line.set;
}

fn part_of(em: i32, part: Em) -> i32 {
    i32::try_from(i64::from(em) * i64::from(part.milli()) / 1000).unwrap_or(i32::MAX)
}

/// Puts readings beside the lines of their bases; gives those that stand closer to others than
/// their lengths allow.
pub(super) fn place(placed: &Placed<'_>, units: Vec<Unit>, measure: Length, lines: &mut [Line]) {
    let mut track = Track {
        measure: measure.milli(),
        line: usize::MAX,
        waiting: Vec::new(),
    };
    for unit in units {
        if unit.laid == Laid::Column {
            columns(placed, unit, lines);
        } else {
            unit.place(placed, &mut track, lines);
        }
    }
    track.release(lines);
}

/// The readings of one line, in order, before they are put there.
struct Track {
    measure: i32,
    line: usize,
    waiting: Vec<(i32, Line)>,
}

impl Track {
    fn push(&mut self, line: usize, at: i32, reading: Line, lines: &mut [Line]) {
        if line != self.line {
            self.release(lines);
            self.line = line;
        }
        self.waiting.push((at, reading));
    }

    /// Puts them beside their line: none over another, none outside the measure.
    fn release(&mut self, lines: &mut [Line]) {
        let Some(line) = lines.get_mut(self.line) else {
            self.waiting.clear();
            return;
        };
        let mut least = 0;
        for (at, reading) in &mut self.waiting {
            *at = (*at).max(least);
            least = *at + reading.set.milli();
        }
        let mut most = self.measure.max(line.start.milli() + line.set.milli());
        for (at, reading) in self.waiting.iter_mut().rev() {
            *at = (*at).min(most - reading.set.milli());
            most = *at;
        }
        let block = if line.mode.is_vertical() { RIGHT } else { OVER };
        for (at, reading) in self.waiting.drain(..) {
            let mut out = block.of(reading.size * 2);
            if Script::of(&reading.text).is_words() {
                out -= WORDS_OUT.of(reading.size);
            }
            let at = Logical::new(Length::from_milli(at), out);
            line.beside.push((at, reading));
        }
    }
}

impl Unit {
    fn place(self, placed: &Placed<'_>, track: &mut Track, lines: &mut [Line]) {
        let own = self.cells();
        let (em, laid) = (self.em(), self.laid);
        let mut found: Vec<(usize, Vec<(i32, Line)>)> = Vec::new();
        for (number, cells) in placed.lines_of(&own) {
            let (head, tail) = placed.edges[number];
            let first = self.parts.partition_point(|p| p.cells.end <= cells.start);
            let last = self.parts.partition_point(|p| p.cells.start < cells.end);
            let here = InLine {
                parts: first..last,
                head: cells.start <= head,
                tail: cells.end >= tail,
            };
            if let [part] = &self.parts[here.parts.clone()]
                && part.cells.len() > cells.len()
            {
                // A base longer than a line: its reading parts with it.
                let (from, to) = (cells.start - part.cells.start, cells.end - part.cells.start);
                let mut own = share_of(&part.line, (from, to, part.cells.len()));
                own.base = placed.bytes_of(number, &cells);
                if let Some((start, end)) = placed.reach(cells) {
                    let spare = end - start - own.set.milli();
                    let at = if laid == Laid::Spread && spare > 0 {
                        start + spread(&mut own, spare, em)
                    } else {
                        start + spare.max(0) / 2
                    };
                    found.push((number, vec![(at, own)]));
                }
                continue;
            }
            let boxes: Vec<(i32, i32)> = self.parts[here.parts.clone()]
                .iter()
                .filter_map(|part| placed.room_of(part.cells.clone()))
                .collect();
            if boxes.len() != here.parts.len() {
                continue;
            }
            let readings: Vec<i32> = self.parts[here.parts.clone()]
                .iter()
                .map(|part| part.line.set.milli())
                .collect();
            let (Some(from), Some(to)) = (boxes.first(), boxes.last()) else {
                continue;
            };
            let out = self.needs(&here).out;
            let (before, after) = self.margins(&here);
            let bounds = (from.0 - out.0 + before, to.1 + out.1 - after);
            let places = lay(&boxes, &readings, bounds);
            let mut set = Vec::with_capacity(places.len());
            for ((part, place), (from, to)) in self.parts[here.parts.clone()]
                .iter()
                .zip(places)
                .zip(&boxes)
            {
                let mut line = part.line.clone();
                line.base = placed.bytes_of(number, &part.cells);
                let spare = to - from - line.set.milli();
                let at = if laid == Laid::Spread && spare > 0 {
                    from + spread(&mut line, spare, em)
                } else {
                    place
                };
                set.push((at, line));
            }
            found.push((number, set));
        }
        for (number, set) in found {
            for (at, line) in set {
                track.push(number, at, line, lines);
            }
        }
    }
}

/// The part of a reading that stands over some characters of its base: `from` to `to` of `of`.
fn share_of(line: &Line, (from, to, of): (usize, usize, usize)) -> Line {
    let count = line.glyphs.len();
    // Glyphs of one cluster stay together.
    let whole = |mut i: usize| {
        while i < count && line.glyphs[i].start == line.glyphs[i].end {
            i += 1;
        }
        i
    };
    let (first, last) = (
        whole(count * from / of.max(1)),
        whole(count * to / of.max(1)),
    );
    let text_at = |i: usize| {
        line.glyphs
            .get(i)
            .map_or(line.text.len(), |g| g.start as usize)
    };
    let text = text_at(first)..text_at(last);
    let start = line.glyphs.get(first).map_or(line.set, |glyph| glyph.at);
    let mut own = Line {
        text: line.text[text.clone()].to_owned(),
        glyphs: line.glyphs[first..last].to_vec(),
        ..line.clone()
    };
    let base = u32::try_from(text.start).unwrap_or(0);
    own.set = Length::ZERO;
    for glyph in &mut own.glyphs {
        glyph.at -= start;
        glyph.start -= base;
        glyph.end -= base;
        own.set = own.set.max(glyph.at + glyph.advance);
    }
    own.natural = own.set;
    own
}

/// Spreads a reading over a longer base, 1 : 2 : 2 … 2 : 1, its ends no further in than one em of
/// its own; gives where it starts from the base's start.
fn spread(line: &mut Line, spare: i32, em: i32) -> i32 {
    let count = i32::try_from(line.glyphs.len()).unwrap_or(i32::MAX);
    if count <= 1 {
        return spare / 2;
    }
    let end = (spare / (2 * count)).min(part_of(em, END_GAP_MAX));
    let inner = spare - 2 * end;
    for (i, glyph) in (0i32..).zip(&mut line.glyphs) {
        let moved = i64::from(inner) * i64::from(i) / i64::from(count - 1);
        let next = i64::from(inner) * i64::from((i + 1).min(count - 1)) / i64::from(count - 1);
        glyph.at += Length::from_wide(moved);
        glyph.advance += Length::from_wide(next - moved);
    }
    line.set += Length::from_milli(inner);
    end
}

/// Puts bopomofo beside its bases: in the gap at the right of a vertical line, in the strip at the
/// right of each base in a horizontal one.
fn columns(placed: &Placed<'_>, unit: Unit, lines: &mut [Line]) {
    for mut part in unit.parts {
        let Some((number, cells)) = placed.lines_of(&part.cells).next() else {
            continue;
        };
        part.line.base = placed.bytes_of(number, &cells);
        let size = placed.cells[part.cells.start].size;
        let (Some(line), Some((from, to))) = (lines.get_mut(number), placed.reach(cells)) else {
            continue;
        };
        let length = part.line.set;
        let at = if line.mode.is_vertical() {
            let middle = Length::from_milli((from + to) / 2);
            Logical::new(middle - length / 2, -(Em::HALF + STRIP_AXIS).of(size))
        } else {
            // The strip is part of the base's cell, on its right.
            let edge = Length::from_milli(to) - STRIP.of(size);
            let middle = -super::place::MIDDLE.of(size);
            Logical::new(edge + STRIP_AXIS.of(size), middle - length / 2)
        };
        line.beside.push((at, part.line));
    }
}
