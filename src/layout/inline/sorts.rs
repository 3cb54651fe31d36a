//! Sorts: a character that was set once is set again from the same mould, wherever it stands.

use crate::font::{Direction, ShapedGlyph, Shaping};
use crate::rules::class::{CharClass, is_attached};

use super::cell::{Cell, Glyph};
use super::itemize::Run;

/// How many sorts are kept: the marks and the Western letters of a text.
const KEPT: usize = 64;

/// An OpenType feature and its value.
pub(super) type Feature = ([u8; 4], u32);

/// What the cell of a character depends upon, its neighbours and its place left out.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Mould {
    c: char,
    class: CharClass,
    /// Its run, at no place of the text.
    run: Run,
    /// How it was shaped, or is to be.
    shape: Shape,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Shape {
    Known(ShapedGlyph),
    Asked(Direction, [Option<Feature>; 2]),
}

impl Mould {
    fn new(c: char, class: CharClass, run: &Run, shape: Shape) -> Self {
        let run = Run {
            start: 0,
            end: 0,
            first: 0,
            ..*run
        };
        Self {
            c,
            class,
            run,
            shape,
        }
    }

    /// The mould of a shaped character.
    pub(super) fn shaped(c: char, class: CharClass, run: &Run, glyph: &ShapedGlyph) -> Self {
        let glyph = ShapedGlyph {
            cluster: 0,
            ..*glyph
        };
        Self::new(c, class, run, Shape::Known(glyph))
    }

    /// The mould of a character that is shaped by itself; `None` where it stands in one way here
    /// and in another there.
    pub(super) fn alone(c: char, class: CharClass, run: &Run, how: &Shaping<'_>) -> Option<Self> {
        if is_attached(c) || how.features.len() > 2 {
            return None;
        }
        let features = [how.features.first().copied(), how.features.get(1).copied()];
        let shape = Shape::Asked(how.direction, features);
        Some(Self::new(c, class, run, shape))
    }

    /// Where it is kept: marks and letters of one block seldom share a place.
    const fn place(&self) -> usize {
        let code = self.c as usize;
        (code ^ code >> 8) % KEPT
    }
}

/// The cells of characters of one glyph each, by their moulds.
#[derive(Debug, Default)]
pub(super) struct Sorts {
    kept: Vec<Option<(Mould, Cell, Glyph)>>,
}

impl Sorts {
    pub(super) fn find(&self, mould: &Mould) -> Option<(Cell, Glyph)> {
        match self.kept.get(mould.place()) {
            Some(Some((known, cell, glyph))) if known == mould => Some((*cell, *glyph)),
            _ => None,
        }
    }

    pub(super) fn keep(&mut self, mould: Mould, cell: Cell, glyph: Glyph) {
        if self.kept.is_empty() {
            self.kept.resize(KEPT, None);
        }
        self.kept[mould.place()] = Some((mould, cell, glyph));
    }
}
