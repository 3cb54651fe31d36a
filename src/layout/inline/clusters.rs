//! Clusters: a run is shaped, and each cluster of it becomes one cell; ideographs by the shortest
//! way.

use std::ops::Range;

use crate::font::grapheme::{binds, is_unified};
use crate::font::{Direction, Face, ShapedGlyph, Shaping};
use crate::rules::class::{CharClass, is_attached};

use super::cell::{Cell, Glyph};
use super::itemize::Run;
use super::shape::Build;
use super::sorts::{Feature, Mould};

/// The last ideograph that stood alone, and how it was shaped: the next one of its sort is set as
/// it is.
type Model = Option<(ShapedGlyph, Cell, Glyph)>;

impl Build<'_, '_> {
    /// Shapes a run, one cell a cluster.
    pub(super) fn shaped(&mut self, run: &Run, direction: Direction, features: &[Feature]) {
        let face = self.shaper.faces.face(run.face);
        let how = Shaping {
            direction,
            language: self.language(run).tag(),
            features,
        };
        let text = &self.collected.text[run.start as usize..run.end as usize];
        let mut number = run.first as usize;
        // What waits to be shaped: its first byte, and the number of its first character.
        let mut rest = (0, number);
        if face.tells_ideographs(&how) {
            // Most of a Chinese text is ideographs: they are looked up, and only what stands
            // between them is shaped.
            let mut model = None;
            let mut chars = text.char_indices().peekable();
            while let Some((at, c)) = chars.next() {
                let here = number;
                number += 1;
                let alone = is_unified(c)
                    && self.classes[here] == CharClass::Ideograph
                    && chars.peek().is_none_or(|(_, next)| !binds(*next));
                let Some(glyph) = alone.then(|| face.ideograph(c, &how)).flatten() else {
                    continue;
                };
                if rest.0 < at {
                    self.between(run, rest.0..at, rest.1, (face, &how));
                }
                self.ideograph(run, at, (c, &glyph), &mut model);
                rest = (at + c.len_utf8(), number);
            }
        }
        if rest.0 < text.len() {
            self.between(run, rest.0..text.len(), rest.1, (face, &how));
        }
    }

    /// An ideograph that stands alone.
    fn ideograph(
        &mut self,
        run: &Run,
        at: usize,
        (c, shaped): (char, &ShapedGlyph),
        model: &mut Model,
    ) {
        let start = run.start + at as u32;
        let end = start + c.len_utf8() as u32;
        if let Some((like, cell, glyph)) = model
            && shaped.id != 0
            && shaped.is_square_like(like)
        {
            let glyph = Glyph {
                id: shaped.id,
                ..*glyph
            };
            let cell = Cell {
                first: c,
                last: c,
                ..*cell
            };
            return self.set_again(start..end, cell, glyph);
        }
        self.cast(
            run,
            (start, end),
            CharClass::Ideograph,
            std::slice::from_ref(shaped),
        );
        if let (true, Some(cell), Some(glyph)) = (
            shaped.id != 0,
            self.out.cells.last(),
            self.out.glyphs.last(),
        ) {
            *model = Some((*shaped, *cell, *glyph));
        }
    }

    /// Shapes a part of a run, of which `number` is the first character.
    fn between(
        &mut self,
        run: &Run,
        part: Range<usize>,
        number: usize,
        (face, how): (&Face, &Shaping<'_>),
    ) {
        let start = run.start + part.start as u32;
        let range = start..run.start + part.end as u32;
        let mut chars = self.collected.text[range.start as usize..range.end as usize].chars();
        let class = self.classes[number];
        // The cell of a unit looks at what stands before it.
        let mould = match (chars.next(), chars.next()) {
            (Some(c), None) if class != CharClass::Suffix => Mould::alone(c, class, run, how),
            _ => None,
        };
        let Some(mould) = mould else {
            self.clusters(run, range, number, (face, how));
            return;
        };
        if let Some((cell, glyph)) = self.marks.find(&mould) {
            return self.set_again(range, cell, glyph);
        }
        let whole = self.clusters(run, range, number, (face, how));
        if let (true, Some(cell), Some(glyph)) =
            (whole, self.out.cells.last(), self.out.glyphs.last())
        {
            self.marks.keep(mould, *cell, *glyph);
        }
    }

    /// Shapes a part of a run, one cell a cluster; tells whether it is one drawn glyph.
    fn clusters(
        &mut self,
        run: &Run,
        range: Range<u32>,
        number: usize,
        (face, how): (&Face, &Shaping<'_>),
    ) -> bool {
        let text = &self.collected.text[range.start as usize..range.end as usize];
        let glyphs = face.shape(text, how);
        let mut number = number;
        let mut at = 0;
        let mut rest = &glyphs[..];
        let mut model = None;
        while let Some(first) = rest.first() {
            let count = rest
                .iter()
                .take_while(|g| g.cluster == first.cluster)
                .count();
            let (cluster, after) = rest.split_at(count);
            let end = after.first().map_or(text.len(), |g| g.cluster as usize);
            let end = end.clamp(at, text.len());
            if end == at {
                rest = after;
                continue;
            }
            let piece = &text[at..end];
            let (start, stop) = (range.start + at as u32, range.start + end as u32);
            let class = self.classes[number];
            let c = piece.chars().next().unwrap_or(' ');
            let one = c.len_utf8() == piece.len();
            match cluster {
                [shaped] if one && is_unified(c) && class == CharClass::Ideograph => {
                    let at = (start - run.start) as usize;
                    self.ideograph(run, at, (c, shaped), &mut model);
                }
                _ if piece.chars().all(is_attached) => {
                    self.attach(run, start, stop, cluster, face);
                }
                _ => self.cluster(run, (start, stop), class, cluster),
            }
            number += if one { 1 } else { piece.chars().count() };
            at = end;
            rest = after;
        }
        // Shaping failed or gave nothing for the end: the text stays, without ink.
        if at < text.len() {
            self.attach(run, range.start + at as u32, range.end, &[], face);
        }
        matches!(glyphs[..], [glyph] if glyph.id != 0)
    }

    /// One cluster becomes one cell.
    pub(super) fn cluster(
        &mut self,
        run: &Run,
        range: (u32, u32),
        class: CharClass,
        shaped: &[ShapedGlyph],
    ) {
        let text = &self.collected.text[range.0 as usize..range.1 as usize];
        let mut chars = text.chars();
        let mould = match (shaped, chars.next(), chars.next()) {
            // The cell of a unit looks at what stands before it.
            ([glyph], Some(c), None) if glyph.id != 0 && class != CharClass::Suffix => {
                Mould::shaped(c, class, run, glyph)
            }
            _ => return self.cast(run, range, class, shaped),
        };
        if let Some((cell, glyph)) = self.sorts.find(&mould) {
            return self.set_again(range.0..range.1, cell, glyph);
        }
        self.cast(run, range, class, shaped);
        if let (Some(cell), Some(glyph)) = (self.out.cells.last(), self.out.glyphs.last()) {
            self.sorts.keep(mould, *cell, *glyph);
        }
    }

    /// Sets a cell of one glyph at another place.
    fn set_again(&mut self, range: Range<u32>, cell: Cell, glyph: Glyph) {
        self.out.cells.push(Cell {
            start: range.start,
            end: range.end,
            glyph: u32::try_from(self.out.glyphs.len()).unwrap_or(u32::MAX),
            ..cell
        });
        self.out.glyphs.push(glyph);
    }
}
