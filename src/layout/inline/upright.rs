//! Western characters and signs that stand upright in a vertical line: boxes of 縱中橫, characters
//! one a cell, and marks drawn in another form than typed.

use crate::diag::{Code, Diagnostic, Sink};
use crate::font::{Direction, Face, ShapedGlyph, Shaping};
use crate::geom::{Em, Length, round_div};
use crate::layout::line::Orientation;
use crate::rules::class::{CharClass, is_attached};
use crate::rules::orient;

use super::cell::{Cell, Glyph};
use super::collect::{Collected, PieceKind};
use super::itemize::{Run, Way};
use super::report::shortened;
use super::shape::Build;

/// The least width to which 縱中橫 is squeezed, and the most that it overhangs its cell in all
/// (composition rules §10.4).
const LEAST_WIDTH: Em = Em::from_milli(667);
const OVERHANG: Em = Em::QUARTER;

/// Tells of each request for 縱中橫 that its cell does not hold.
pub(super) fn report(collected: &Collected<'_>, cells: &[Cell], sink: &mut Sink) {
    for piece in &collected.pieces {
        if piece.kind != PieceKind::Upright {
            continue;
        }
        let cell = cells.partition_point(|cell| cell.start < piece.start);
        let held = cells
            .get(cell)
            .is_some_and(|cell| cell.end >= piece.end && cell.orientation != Orientation::Rotated);
        if held {
            continue;
        }
        let text = &collected.text[piece.start as usize..piece.end as usize];
        sink.push(
            Diagnostic::warning(
                Code::LineUncombined,
                piece.span,
                format!("\"{}\" is too wide to stand in one cell", shortened(text)),
            )
            .hint("ask for three digits or two letters at most, or leave the mark away"),
        );
    }
}

/// The same run, its characters upright.
const fn upright_run(run: &Run) -> Run {
    Run {
        way: Way::Upright,
        ..*run
    }
}

impl Build<'_, '_> {
    /// A character as it stands upright in a vertical line.
    fn upright(&self, c: char, run: &Run, face: &Face) -> Vec<ShapedGlyph> {
        face.shape(
            c.encode_utf8(&mut [0; 4]),
            &Shaping {
                direction: Direction::Vertical,
                language: self.language(run).tag(),
                features: &[],
            },
        )
    }

    /// A curly quote drawn as a corner bracket; its text stays.
    pub(super) fn quote(&mut self, run: &Run) {
        let face = self.shaper.faces.face(run.face);
        let bracket = self
            .text(run)
            .chars()
            .next()
            .and_then(|c| orient::corner_quote(c, self.shaper.house.tradition()))
            .filter(|c| face.glyph(*c).is_some());
        let Some(bracket) = bracket else {
            self.shaped(run, Direction::Vertical, &[]);
            return;
        };
        let glyphs = self.upright(bracket, run, face);
        let upright = Run {
            way: Way::Upright,
            ..*run
        };
        let class = self.classes[run.first as usize];
        self.cluster(&upright, (run.start, run.end), class, &glyphs);
    }

    /// Western characters one a cell, in their full-width forms where the face has them.
    pub(super) fn stacked(&mut self, run: &Run) {
        let face = self.shaper.faces.face(run.face);
        let own = upright_run(run);
        let text = &self.collected.text[run.start as usize..run.end as usize];
        let mut number = run.first as usize;
        let mut chars = text.char_indices().peekable();
        while let Some((at, c)) = chars.next() {
            let class = self.classes[number];
            let mut count = 1;
            while chars.next_if(|(_, mark)| is_attached(*mark)).is_some() {
                count += 1;
            }
            let end = chars.peek().map_or(text.len(), |(at, _)| *at);
            let (start, stop) = (run.start + at as u32, run.start + end as u32);
            let wide = orient::full_width(c).filter(|wide| face.glyph(*wide).is_some());
            match wide {
                Some(wide) if count == 1 => {
                    let glyphs = self.upright(wide, run, face);
                    self.cluster(&own, (start, stop), class, &glyphs);
                }
                _ => {
                    let alone = Run {
                        start,
                        end: stop,
                        first: u32::try_from(number).unwrap_or(u32::MAX),
                        ..own
                    };
                    self.shaped(&alone, Direction::Vertical, &[]);
                    if class == CharClass::Suffix {
                        self.centre(face);
                    }
                }
            }
            number += count;
        }
    }

    /// Puts the ink of the last cell in its middle: ° and its like have a cell of their own here
    /// (composition rules §3).
    fn centre(&mut self, face: &Face) {
        let (Some(cell), Some(glyph)) = (self.out.cells.last(), self.out.glyphs.last_mut()) else {
            return;
        };
        let Some(ink) = face.ink(glyph.id).filter(|_| cell.glyphs == 1) else {
            return;
        };
        let size = glyph.size;
        let origin = face.vertical_origin(glyph.id);
        let half = |a: Em, b: Em| Em::from_milli((a.milli() + b.milli()) / 2);
        let along = (origin.block - half(ink.y_min, ink.y_max)).of(size);
        let across = (origin.inline - half(ink.x_min, ink.x_max)).of(size);
        glyph.inline = Length::from_milli(cell.body) / 2 - along;
        glyph.block = -across;
    }

    /// 縱中橫: glyphs side by side in one cell, squeezed to one em; what is too wide for it is
    /// stacked, and what is longer is turned.
    pub(super) fn combined(&mut self, run: &Run) {
        let text = self.text(run);
        let digits = text.chars().all(|c| c.is_ascii_digit());
        let face = self.shaper.faces.face(run.face);
        let sign = orient::one_sign(text).filter(|sign| face.glyph(*sign).is_some());
        if let Some(sign) = sign {
            let glyphs = self.upright(sign, run, face);
            let class = self.classes[run.first as usize];
            return self.cluster(&upright_run(run), (run.start, run.end), class, &glyphs);
        }
        let shape = |features: &[([u8; 4], u32)]| {
            face.shape(
                text,
                &Shaping {
                    direction: Direction::Horizontal,
                    language: self.language(run).tag(),
                    features,
                },
            )
        };
        // A point of half an em would part its digits.
        let halves = text.len() > 1 && text.is_ascii() && !text.contains('.');
        let glyphs = if halves {
            shape(&[(*b"hwid", 1)])
        } else {
            shape(&[])
        };
        let natural: i64 = glyphs.iter().map(|g| i64::from(g.advance.milli())).sum();
        let size = run.size;
        let room = i64::from((Em::ONE + OVERHANG).milli());
        if natural * i64::from(LEAST_WIDTH.milli()) > room * 1000 {
            let short = digits && text.len() <= 3;
            if short {
                self.stacked(run);
            } else {
                let small = text.chars().any(char::is_lowercase);
                let way = if small {
                    Way::Turned
                } else {
                    Way::TurnedCapitals
                };
                self.shaped(&Run { way, ..*run }, Direction::Horizontal, &[]);
            }
            return;
        }
        let width = if natural <= 1000 {
            Em::ONE
        } else {
            Em::from_wide((1_000_000 / natural).max(i64::from(LEAST_WIDTH.milli())))
        };
        let set = Length::from_wide(round_div(
            natural * i64::from(width.milli()) * size.wide(),
            1_000_000,
        ));
        let mut cell = self.cell(run, run.start, run.end, CharClass::Combined);
        cell.orientation = Orientation::Combined;
        cell.body = run.em.milli();
        // The digits' own middle stands in the middle of the cell.
        let baseline = Em::HALF.of(run.em) + (face.cap_height().of(size)) / 2;
        let raise = self.collected.looks[usize::from(run.look)].raise;
        let mut pen = 0;
        for glyph in &glyphs {
            let x = round_div(
                (pen + i64::from(glyph.offset_x.milli())) * i64::from(width.milli()) * size.wide(),
                1_000_000,
            );
            pen += i64::from(glyph.advance.milli());
            self.out.glyphs.push(Glyph {
                face: run.face,
                id: glyph.id,
                size,
                width,
                inline: baseline - glyph.offset_y.of(size),
                block: set / 2 - Length::from_wide(x) - raise,
            });
        }
        cell.glyphs = u16::try_from(glyphs.len()).unwrap_or(u16::MAX);
        self.out.cells.push(cell);
    }

    /// The solidus and the short dash in half an em: the half-width forms that the face has of the
    /// Western ones, turned in vertical lines.
    pub(super) fn half_form(&mut self, run: &Run) {
        let class = self.classes[run.first as usize];
        let western = match class {
            CharClass::Solidus => "/",
            _ => "-",
        };
        let face = self.shaper.faces.face(run.face);
        let way = if self.shaper.vertical {
            Way::Turned
        } else {
            Way::Along
        };
        let own = Run { way, ..*run };
        let glyphs = face.shape(
            western,
            &Shaping {
                direction: Direction::Horizontal,
                language: self.language(run).tag(),
                features: &[(*b"hwid", 1)],
            },
        );
        let plain = western.chars().next().and_then(|c| face.glyph(c));
        let narrow = matches!(glyphs[..], [glyph] if glyph.id != 0
            && glyph.advance.milli() < 700
            // A hyphen that stays as it is is no half-width form: it is too short and too low.
            && (class == CharClass::Solidus || plain != Some(glyph.id)));
        if narrow && self.text(run).chars().count() == 1 {
            self.cluster(&own, (run.start, run.end), class, &glyphs);
        } else {
            self.shaped(&own, Direction::Horizontal, &[]);
        }
    }
}
