//! Readings beside their base: mono and group ruby, and bopomofo with its tones.

use std::ops::Range;

use crate::font::{FaceId, Faces};
use crate::geom::{Em, Length, Logical, WritingMode};
use crate::layout::line::{Line, Orientation, SetGlyph};
use crate::model::RubyKind;
use crate::rules::class::CharClass;

use super::cell::{Cell, JOINED};
use super::collect::{Look, Reading};
use super::commit::Placed;

/// Ruby is half as large as its base (jlreq #ruby_character_size).
pub(super) const RUBY_SIZE: Em = Em::HALF;
/// From the line's own baseline or axis to the ruby's: their em-boxes touch.
const RUBY_RIGHT: Em = Em::from_milli(-750);
const RUBY_OVER: Em = Em::from_milli(-940);
/// Bopomofo symbols are 3/10 of their base, in a strip of half an em (clreq #zhuyin_size).
const BOPOMOFO: Em = Em::from_milli(300);
const STRIP: Em = Em::HALF;
/// The neutral tone stands in a tenth of an em above the first symbol.
const NEUTRAL: Em = Em::from_milli(100);
/// From the axis of the symbols to the middle of a tone at their right.
const TONE_RIGHT: Em = Em::from_milli(220);
/// From the base's edge to the axis of the symbols.
const TO_AXIS: Em = Em::from_milli(170);

/// A reading, set and waiting for its place.
#[derive(Debug)]
pub(super) struct SetReading {
    /// The cells that it is read over.
    pub(super) cells: Range<usize>,
    pub(super) kind: RubyKind,
    pub(super) line: Line,
    /// How far it may stand over its neighbours, before and after.
    overhang: (i32, i32),
}

/// Makes room for a reading over its base, and keeps the base together.
pub(super) fn seat(
    reading: &Reading<'_>,
    line: Line,
    cells: &mut [Cell],
    horizontal: bool,
) -> Option<SetReading> {
    let start = cells.partition_point(|cell| cell.start < reading.base.start);
    let end = cells.partition_point(|cell| cell.start < reading.base.end);
    if start >= end {
        return None;
    }
    for cell in &mut cells[start..end - 1] {
        cell.flags |= JOINED;
    }
    let mut overhang = (0, 0);
    if reading.kind == RubyKind::Bopomofo {
        if horizontal {
            let last = &mut cells[end - 1];
            last.body += STRIP.of(last.size).milli();
        }
    } else {
        let base: i32 = cells[start..end].iter().map(Cell::length).sum();
        let ruby_em = line.size.milli();
        overhang = (
            lent(start.checked_sub(1).map(|i| &cells[i]), ruby_em),
            lent(cells.get(end), ruby_em),
        );
        let over = line.set.milli() - base;
        let lent = overhang.0.min(over / 2).max(0) + overhang.1.min(over / 2).max(0);
        let over = over - lent;
        if over > 0 {
            // The base is spread 1 : 2 : 2 … 2 : 1 (jlreq #adjustments_of_ruby_with_length_longer).
            let count = i32::try_from(end - start).unwrap_or(1);
            for (i, cell) in (0i32..).zip(&mut cells[start..end]) {
                let own = over * (i + 1) / count - over * i / count;
                cell.body += own;
                cell.lead -= own / 2;
            }
        }
    }
    Some(SetReading {
        cells: start..end,
        kind: reading.kind,
        line,
        overhang,
    })
}

/// How far a reading may stand over a neighbour: one em of its own over kana (jlreq
/// #ruby_overhang).
fn lent(cell: Option<&Cell>, ruby_em: i32) -> i32 {
    cell.map_or(0, |cell| match cell.class {
        CharClass::SmallKana | CharClass::Prolonged => ruby_em.min(cell.length()),
        CharClass::Ideograph if ('\u{3041}'..='\u{30ff}').contains(&cell.first) => {
            ruby_em.min(cell.length())
        }
        _ => 0,
    })
}

/// Puts readings beside the lines of their bases.
pub(super) fn place(
    placed: &Placed<'_>,
    readings: Vec<SetReading>,
    measure: Length,
    lines: &mut [Line],
) {
    for reading in readings {
        let Some((number, part)) = placed.lines_of(&reading.cells).next() else {
            continue;
        };
        let (Some(line), Some((from, to))) = (lines.get_mut(number), placed.reach(part)) else {
            continue;
        };
        let size = placed.cells[reading.cells.start].size;
        let mut own = reading.line;
        let length = own.set.milli();
        let offset = if reading.kind == RubyKind::Bopomofo {
            let axis = (Em::HALF + TO_AXIS).of(size);
            if line.mode.is_vertical() {
                let middle = (from + to) / 2;
                Logical::new(Length::from_milli(middle - length / 2), -axis)
            } else {
                // The strip is part of the base's cell, on its right.
                let strip = STRIP.of(size).milli();
                let inline = to - strip + TO_AXIS.of(size).milli();
                let middle = Em::from_milli(-380).of(size).milli();
                Logical::new(
                    Length::from_milli(inline),
                    Length::from_milli(middle - length / 2),
                )
            }
        } else {
            let spare = to - from - length;
            let mut at = from + spare / 2;
            if spare > 0 && reading.kind == RubyKind::Group {
                at = from + spread(&mut own, spare);
            } else if spare < 0 {
                let (before, after) = reading.overhang;
                at = at.clamp(from - before.max(-spare - after), from.max(at));
            }
            let highest = (measure.milli() - own.set.milli()).max(0);
            at = at.clamp(0, highest.max(from.min(highest)));
            let block = if line.mode.is_vertical() {
                RUBY_RIGHT
            } else {
                RUBY_OVER
            };
            Logical::new(Length::from_milli(at), block.of(size))
        };
        line.beside.push((offset, own));
    }
}

/// Spreads a group reading over a longer base, 1 : 2 : 2 … 2 : 1, its ends no further in than one
/// em of its own; gives where it starts from the base's start. Words are not spread.
fn spread(line: &mut Line, spare: i32) -> i32 {
    let western = line
        .glyphs
        .iter()
        .any(|glyph| glyph.advance < line.size.scale(9, 10));
    let count = i32::try_from(line.glyphs.len()).unwrap_or(i32::MAX);
    if western || count < 1 {
        return spare / 2;
    }
    let end = (spare / (2 * count)).min(line.size.milli());
    let inner = spare - 2 * end;
    for (i, glyph) in (0i32..).zip(&mut line.glyphs) {
        if count > 1 {
            let moved = i64::from(inner) * i64::from(i) / i64::from(count - 1);
            let next = i64::from(inner) * i64::from((i + 1).min(count - 1)) / i64::from(count - 1);
            glyph.at += Length::from_wide(moved);
            glyph.advance += Length::from_wide(next - moved);
        }
    }
    if count > 1 {
        line.set += Length::from_milli(inner);
        end
    } else {
        spare / 2
    }
}

/// Sets the bopomofo of one character: a column of symbols with its tone, downwards in either
/// direction.
pub(super) fn bopomofo(reading: &Reading<'_>, look: &Look, faces: &Faces) -> Line {
    let base = look.size;
    let size = BOPOMOFO.of(base);
    let mut line = Line {
        mode: WritingMode::VerticalRl,
        size,
        text: reading.text.to_owned(),
        glyphs: Vec::with_capacity(4),
        decorations: Vec::new(),
        beside: Vec::new(),
        links: Vec::new(),
        start: Length::ZERO,
        natural: Length::ZERO,
        set: Length::ZERO,
        hang: Length::ZERO,
        last: true,
        span: reading.span,
    };
    let mut at = Length::ZERO;
    // A neutral tone typed last is still drawn above the first symbol.
    if reading.text.contains('˙') {
        at = NEUTRAL.of(base);
    }
    for (start, c) in reading.text.char_indices() {
        let mut bytes = [0; 4];
        let text = c.encode_utf8(&mut bytes);
        let face = faces
            .pick(look.role, look.weight, text)
            .unwrap_or(FaceId::MISSING);
        let id = if face == FaceId::MISSING {
            0
        } else {
            faces.face(face).glyph(c).unwrap_or(0)
        };
        let (cell, advance, offset) = match tone_of(c) {
            None => (at, size, Logical::default()),
            Some(tone) => {
                // The middle of the ink stands beside or above the symbols.
                let wanted = match tone {
                    Tone::Neutral => Logical::new(NEUTRAL.of(base) / 2, Length::ZERO),
                    Tone::Beside => Logical::new((at - size).at_least_zero(), -TONE_RIGHT.of(base)),
                    Tone::Checked => Logical::new(at - size / 4, -TONE_RIGHT.of(base)),
                };
                (at, Length::ZERO, ink_at(faces, face, id, size, wanted, at))
            }
        };
        line.glyphs.push(SetGlyph {
            face,
            id,
            size,
            width: Em::ONE,
            orientation: Orientation::Upright,
            at: cell,
            advance,
            offset,
            start: u32::try_from(start).unwrap_or(u32::MAX),
            end: u32::try_from(start + c.len_utf8()).unwrap_or(u32::MAX),
        });
        at += advance;
    }
    line.natural = at;
    line.set = at;
    line
}

enum Tone {
    Neutral,
    Beside,
    Checked,
}

const fn tone_of(c: char) -> Option<Tone> {
    match c {
        '˙' => Some(Tone::Neutral),
        'ˊ' | 'ˇ' | 'ˋ' | 'ˉ' | '˪' | '˫' => Some(Tone::Beside),
        '\u{31b4}'..='\u{31b7}' | '\u{31bb}' => Some(Tone::Checked),
        _ => None,
    }
}

/// The pen's distance from `at` with which the ink's middle stands at `wanted`.
fn ink_at(
    faces: &Faces,
    face: FaceId,
    id: u16,
    size: Length,
    wanted: Logical<Length>,
    at: Length,
) -> Logical<Length> {
    if face == FaceId::MISSING {
        return Logical::new(wanted.inline - at, wanted.block);
    }
    let face = faces.face(face);
    let Some(ink) = face.ink(id) else {
        return Logical::new(wanted.inline - at, wanted.block);
    };
    let origin = face.vertical_origin(id);
    let middle = |a: Em, b: Em| Em::from_milli((a.milli() + b.milli()) / 2);
    let down = origin.block - middle(ink.y_min, ink.y_max);
    let right = middle(ink.x_min, ink.x_max) - origin.inline;
    Logical::new(
        wanted.inline - at - down.of(size),
        wanted.block + right.of(size),
    )
}
