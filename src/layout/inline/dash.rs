//! Dashes of two em and more: one glyph of the face, or a rule where the face leaves gaps.

use crate::font::{Direction, Face, FaceId, Faces, ShapedGlyph, Shaping};
use crate::geom::{Em, Length, WritingMode};
use crate::layout::line::{Decoration, Line};
use crate::rules::class::{CharClass, is_attached};

use super::cell::{Cells, RULED};
use super::commit::Placed;
use super::itemize::{Run, Way};
use super::place::MIDDLE;
use super::shape::Build;

/// Blank at each end of a drawn dash (composition rules §10.2: 0.05 to 0.1 em).
const BEARING: Em = Em::from_milli(70);
/// The widest gap between two glyphs that still look like one dash.
const JOINED_GAP: Em = Em::from_milli(20);
/// How far one dash's length may be from whole em.
const TOLERANCE: i32 = 50;
/// Thickness of a drawn dash where the face tells none.
const USUAL_WEIGHT: Em = Em::from_milli(40);

/// Dashes that stand as one: the bytes they take, what is drawn for them, and their length in em.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Group {
    start: usize,
    end: usize,
    /// Characters in it, with those attached to them.
    count: usize,
    typed: char,
    drawn: char,
    em: usize,
    /// Whether another group goes on right before or after it.
    continued: bool,
}

/// Divides a run of dashes into groups of two em, the last one of three where one is left over
/// (composition rules §6.3: longer runs part between pairs).
fn groups(text: &str) -> Vec<Group> {
    let mut found: Vec<Group> = Vec::new();
    for (at, c) in text.char_indices() {
        let end = at + c.len_utf8();
        match found.last_mut() {
            Some(last) if is_attached(c) => {
                last.end = end;
                last.count += 1;
            }
            Some(last) if last.typed == c && last.em == 1 => {
                last.end = end;
                last.count += 1;
                last.em = 2;
            }
            _ => {
                let (drawn, em) = match c {
                    '⸺' => ('—', 2),
                    '⸻' => ('—', 3),
                    c => (c, 1),
                };
                found.push(Group {
                    start: at,
                    end,
                    count: 1,
                    typed: c,
                    drawn,
                    em,
                    continued: false,
                });
            }
        }
    }
    // One that is left over goes with the pair before it.
    let mut i = 1;
    while i < found.len() {
        let (before, one) = (found[i - 1], found[i]);
        if one.em == 1 && before.em == 2 && one.drawn == before.drawn {
            found[i - 1].end = one.end;
            found[i - 1].count += one.count;
            found[i - 1].em = 3;
            found.remove(i);
        } else {
            i += 1;
        }
    }
    for i in 1..found.len() {
        let continued = found[i - 1].drawn == found[i].drawn;
        found[i - 1].continued |= continued;
        found[i].continued |= continued;
    }
    found
}

impl Build<'_, '_> {
    /// A run of dashes, one cell a group.
    pub(super) fn dashes(&mut self, run: &Run) {
        let face = self.shaper.faces.face(run.face);
        let text = self.text(run);
        let mut number = run.first as usize;
        for group in groups(text) {
            let range = (run.start + group.start as u32, run.start + group.end as u32);
            let own = Run {
                start: range.0,
                end: range.1,
                first: u32::try_from(number).unwrap_or(u32::MAX),
                way: if self.shaper.vertical {
                    Way::UprightOrTurned
                } else {
                    Way::Along
                },
                ..*run
            };
            number += group.count;
            match self.dash_glyphs(&own, face, &group) {
                Some(glyphs) => self.cluster(&own, range, CharClass::Dash, &glyphs),
                None => self.ruled(&own, group.em),
            }
        }
    }

    /// The glyphs of a group; `None` where they leave gaps, or where the face has none.
    fn dash_glyphs(&self, run: &Run, face: &Face, group: &Group) -> Option<Vec<ShapedGlyph>> {
        let how = Shaping {
            direction: if self.shaper.vertical {
                Direction::Vertical
            } else {
                Direction::Horizontal
            },
            language: self.language(run).tag(),
            features: &[],
        };
        let shape = |c: char| {
            let text: String = std::iter::repeat_n(c, group.em).collect();
            let glyphs = face.shape(&text, &how);
            glyphs.iter().all(|glyph| glyph.id != 0).then_some(glyphs)
        };
        let is_whole = |glyphs: &[ShapedGlyph]| {
            let length: i32 = glyphs.iter().map(|glyph| glyph.advance.milli()).sum();
            let wanted = i32::try_from(group.em * 1000).unwrap_or(i32::MAX);
            (length - wanted).abs() <= TOLERANCE
        };
        if group.em == 1 {
            // A lone dash of the Western kind is shorter and lower than those of a pair.
            let bar = || face.glyph('―').and_then(|_| shape('―'));
            return shape(group.drawn)
                .filter(|glyphs| is_whole(glyphs))
                .or_else(|| bar().filter(|glyphs| is_whole(glyphs)))
                .or_else(|| shape(group.drawn));
        }
        if group.continued {
            return None;
        }
        if group.typed != group.drawn && face.glyph(group.typed).is_some() {
            let glyphs = face.shape(group.typed.encode_utf8(&mut [0; 4]), &how);
            return Some(glyphs).filter(|glyphs| is_whole(glyphs));
        }
        let glyphs = shape(group.drawn).filter(|glyphs| is_whole(glyphs))?;
        let joined = glyphs.windows(2).all(|pair| {
            self.gap(face, &pair[0], &pair[1])
                .is_some_and(|gap| gap <= JOINED_GAP)
        });
        joined.then_some(glyphs)
    }

    /// The blank between the ink of two glyphs; `None` where that cannot be told, or where a glyph
    /// would have to be turned.
    fn gap(&self, face: &Face, a: &ShapedGlyph, b: &ShapedGlyph) -> Option<Em> {
        let (before, after) = (face.ink(a.id)?, face.ink(b.id)?);
        if !self.shaper.vertical {
            return Some(a.advance - before.x_max + after.x_min);
        }
        let tall = before.y_max - before.y_min > before.x_max - before.x_min;
        let end = face.vertical_origin(a.id).block - before.y_min;
        let start = face.vertical_origin(b.id).block - after.y_max;
        tall.then(|| a.advance - end + start)
    }

    /// A group without ink: a rule is drawn in its place, and its text stays.
    fn ruled(&mut self, run: &Run, em: usize) {
        let mut cell = self.cell(run, run.start, run.end, CharClass::Dash);
        cell.body = run
            .em
            .milli()
            .saturating_mul(i32::try_from(em).unwrap_or(1));
        cell.flags |= RULED;
        cell.glyphs = 1;
        self.inkless(run);
        self.out.cells.push(cell);
    }
}

/// Draws the dashes that are rules, those that follow each other as one.
pub(super) fn draw(
    placed: &Placed<'_>,
    (cells, faces): (&Cells, &Faces),
    mode: WritingMode,
    lines: &mut [Line],
) {
    let mut i = 0;
    while i < cells.cells.len() {
        let cell = &cells.cells[i];
        if !cell.has(RULED) {
            i += 1;
            continue;
        }
        let start = i;
        while i < cells.cells.len() && cells.cells[i].has(RULED) && cells.cells[i].size == cell.size
        {
            i += 1;
        }
        let size = cell.size;
        let face = cells.glyphs.get(cell.glyph as usize).map(|g| g.face);
        let weight = face
            .map_or(USUAL_WEIGHT, |face| weight(face, faces))
            .of(size);
        let bearing = BEARING.of(size);
        let block = match mode {
            WritingMode::VerticalRl => Length::ZERO,
            WritingMode::HorizontalTb => -MIDDLE.of(size),
        };
        for (number, part) in placed.lines_of(&(start..i)) {
            if let (Some(line), Some((from, to))) = (lines.get_mut(number), placed.reach(part)) {
                line.decorations.push(Decoration::Dash {
                    from: Length::from_milli(from) + bearing,
                    to: Length::from_milli(to) - bearing,
                    block,
                    weight,
                });
            }
        }
    }
}

/// How thick a face's own dash is.
fn weight(face: FaceId, faces: &Faces) -> Em {
    if face == FaceId::MISSING {
        return USUAL_WEIGHT;
    }
    let face = faces.face(face);
    // The bar is drawn as the pair is; the lone dash is of the Western kind.
    let bar = face.glyph('―').or_else(|| face.glyph('—'));
    let ink = bar.and_then(|id| face.ink(id));
    ink.map_or(USUAL_WEIGHT, |ink| {
        (ink.y_max - ink.y_min).min(ink.x_max - ink.x_min)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> Vec<(usize, usize, bool)> {
        groups(text)
            .iter()
            .map(|group| (group.end - group.start, group.em, group.continued))
            .collect()
    }

    #[test]
    fn dashes_go_in_pairs() {
        assert_eq!(shown("—"), [(3, 1, false)]);
        assert_eq!(shown("——"), [(6, 2, false)]);
        assert_eq!(shown("———"), [(9, 3, false)]);
        assert_eq!(shown("————"), [(6, 2, true), (6, 2, true)]);
        assert_eq!(shown("—————"), [(6, 2, true), (9, 3, true)]);
        assert_eq!(shown("⸺"), [(3, 2, false)]);
        assert_eq!(shown("⸻"), [(3, 3, false)]);
        assert_eq!(shown("——――"), [(6, 2, false), (6, 2, false)]);
        assert_eq!(shown("—\u{301}—"), [(8, 2, false)]);
    }
}
