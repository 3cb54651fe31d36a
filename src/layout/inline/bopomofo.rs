//! Bopomofo: the column of symbols on the right of a base, with its tone.

use crate::font::{FaceId, FaceRole, Faces};
use crate::geom::{Em, Length, Logical, WritingMode};
use crate::layout::line::{Line, Orientation, SetGlyph};
use crate::rules::class::CharClass;
use crate::rules::ruby::{BOPOMOFO_SIZE, NEUTRAL_HEIGHT, STRIP, TONE_RIGHT};

use super::cell::{Cell, WARICHU};
use super::collect::{Look, Reading};
use super::setting::Setting;

/// Sets the bopomofo of one character: a column of symbols with its tone, downwards in either
/// direction. Symbols are taken one by one, since a face may move a tone over the symbol before it.
pub(super) fn column(reading: &Reading<'_>, look: &Look, faces: &Faces) -> Line {
    let base = look.size;
    let size = BOPOMOFO_SIZE.of(base);
    let mut line = Line {
        mode: WritingMode::VerticalRl,
        size,
        text: reading.text.to_owned(),
        glyphs: Vec::with_capacity(4),
        decorations: Vec::new(),
        beside: Vec::new(),
        links: Vec::new(),
        voices: Vec::new(),
        start: Length::ZERO,
        natural: Length::ZERO,
        set: Length::ZERO,
        hang: Length::ZERO,
        base: 0..0,
        label: false,
        last: true,
        span: reading.span,
    };
    // Strokes of one weight are still read at this size.
    let role = match look.role {
        FaceRole::Body => FaceRole::Caption,
        role => role,
    };
    let mut at = Length::ZERO;
    // A neutral tone typed last is still drawn above the first symbol.
    if reading.text.contains('˙') {
        at = NEUTRAL_HEIGHT.of(base);
    }
    for (start, c) in reading.text.char_indices() {
        let mut bytes = [0; 4];
        let text = c.encode_utf8(&mut bytes);
        let face = faces
            .pick(role, look.weight, text)
            .unwrap_or(FaceId::MISSING);
        let id = if face == FaceId::MISSING {
            0
        } else {
            faces.face(face).glyph(c).unwrap_or(0)
        };
        let sort = Sort {
            faces,
            face,
            id,
            size,
        };
        let (cell, advance, offset) = match tone_of(c) {
            None => (at, size, Logical::default()),
            Some(tone) => {
                // The middle of the ink stands beside or above the symbols: half of a tone's box
                // is over the upper edge of the last symbol, which is that symbol's first edge.
                let right = -TONE_RIGHT.of(base);
                let wanted = match tone {
                    Tone::Neutral => Logical::new(NEUTRAL_HEIGHT.of(base) / 2, Length::ZERO),
                    Tone::Beside => Logical::new((at - size).at_least_zero(), right),
                    Tone::Checked => Logical::new(at - size / 4, right),
                };
                let cell = if at > size { at - size } else { Length::ZERO };
                (cell, Length::ZERO, sort.ink_at(wanted, cell))
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

/// A glyph that is placed by its ink.
struct Sort<'f> {
    faces: &'f Faces,
    face: FaceId,
    id: u16,
    size: Length,
}

impl Sort<'_> {
    /// The pen's distance from `at` with which the ink's middle stands at `wanted`.
    fn ink_at(&self, wanted: Logical<Length>, at: Length) -> Logical<Length> {
        let plain = Logical::new(wanted.inline - at, wanted.block);
        if self.face == FaceId::MISSING {
            return plain;
        }
        let face = self.faces.face(self.face);
        let Some(ink) = face.ink(self.id) else {
            return plain;
        };
        let origin = face.vertical_origin(self.id);
        let middle = |a: Em, b: Em| Em::from_milli((a.milli() + b.milli()) / 2);
        let down = origin.block - middle(ink.y_min, ink.y_max);
        let right = middle(ink.x_min, ink.x_max) - origin.inline;
        Logical::new(
            plain.inline - down.of(self.size),
            plain.block + right.of(self.size),
        )
    }
}

/// Indents count characters: with their strips.
pub(super) fn indented<'a>(setting: &Setting<'a>) -> Setting<'a> {
    let with_strips = |indent: Length| indent + STRIP.of(indent);
    Setting {
        indent: with_strips(setting.indent),
        hanging_indent: with_strips(setting.hanging_indent),
        ..*setting
    }
}

/// Gives every character of a horizontal paragraph the strip in which bopomofo stands, so that they
/// stay on their grid: each mark, each Western word and each space too (clreq #zhuyin_size).
pub(super) fn widen(cells: &mut [Cell]) {
    for i in 0..cells.len() {
        let cell = &cells[i];
        let in_word = |cell: &Cell| cell.class.is_western() || cell.is_space();
        // A word has one strip, after its last letter.
        let ends = cell.class.is_cjk()
            || !cell.is_space()
                && cells[i + 1..]
                    .iter()
                    .find(|next| !next.is_space())
                    .is_none_or(|next| !in_word(next));
        if !ends || cell.has(WARICHU) {
            continue;
        }
        let cell = &mut cells[i];
        let strip = STRIP.of(cell.size).milli();
        cell.body += strip;
        // A bracket stays with what it opens.
        if cell.class == CharClass::Opening {
            cell.lead -= strip;
            cell.at_head -= strip;
        }
    }
}
