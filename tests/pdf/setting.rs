//! A small compositor by hand: lines and pages as layout would give them, for what the PDF needs.

use banxin::diag::Span;
use banxin::font::{Direction, Face, FaceId, FaceRole, Faces, Shaping, Weight};
use banxin::geom::{Em, Length, Logical, Point, Size, WritingMode};
use banxin::layout::{Decoration, Frame, FrameKind, Item, Line, Orientation, Page, SetGlyph, Side};

/// Sets text at one size in one direction, without breaking it.
pub(crate) struct Setter {
    pub(crate) faces: Faces,
    pub(crate) mode: WritingMode,
    pub(crate) size: Length,
    /// Space between Han and Western text.
    pub(crate) gap: Em,
    /// Extra space after every glyph.
    pub(crate) stretch: Length,
}

impl Setter {
    pub(crate) fn new(mode: WritingMode) -> Self {
        Self {
            faces: Faces::bundled(),
            mode,
            size: Length::from_milli(10_500),
            gap: Em::QUARTER,
            stretch: Length::ZERO,
        }
    }

    pub(crate) fn line(&self, text: &str) -> Line {
        let mut setting = Setting {
            setter: self,
            at: Length::ZERO,
            glyphs: Vec::new(),
        };
        let mut rest = 0;
        while rest < text.len() {
            let western = text[rest..].chars().next().is_some_and(is_western);
            let end = text[rest..]
                .char_indices()
                .find(|(_, c)| is_western(*c) != western)
                .map_or(text.len(), |(at, _)| rest + at);
            let run = &text[rest..end];
            if western {
                // A typed space at the run's edge is the gap.
                let trimmed = run.trim_matches(' ');
                let skipped = run.len() - run.trim_start_matches(' ').len();
                if rest > 0 {
                    setting.at += self.gap.of(self.size);
                }
                setting.western(trimmed, rest + skipped);
                if end < text.len() {
                    setting.at += self.gap.of(self.size);
                }
            } else {
                setting.han(run, rest);
            }
            rest = end;
        }
        let (at, glyphs) = (setting.at, setting.glyphs);
        Line {
            mode: self.mode,
            size: self.size,
            text: text.into(),
            glyphs,
            decorations: Vec::new(),
            beside: Vec::new(),
            links: Vec::new(),
            voices: Vec::new(),
            start: Length::ZERO,
            natural: at,
            set: at,
            hang: Length::ZERO,
            base: 0..0,
            label: false,
            last: true,
            span: Span::default(),
        }
    }

    /// Lines of at most `count` characters, from the upper right or upper left corner of a frame.
    pub(crate) fn paragraph(&self, text: &str, count: usize, size: Size) -> Frame {
        let characters: Vec<char> = text.chars().collect();
        let mut frame = Frame::new(FrameKind::Paragraph, size);
        for (n, part) in (0..).zip(characters.chunks(count)) {
            let line = self.line(&part.iter().collect::<String>());
            frame.push(self.line_origin(n, size), Item::Line(line));
        }
        frame
    }

    /// Origin of line `n` in a frame, lines 1.75 em apart.
    pub(crate) fn line_origin(&self, n: i32, size: Size) -> Point {
        let pitch = self.size.scale(7, 4);
        match self.mode {
            WritingMode::VerticalRl => {
                Point::new(size.width - pitch * n - self.size / 2, Length::ZERO)
            }
            WritingMode::HorizontalTb => {
                Point::new(Length::ZERO, pitch * n + self.size.scale(880, 1000))
            }
        }
    }

    fn pick(&self, character: char) -> Option<(FaceId, &Face)> {
        let id = self
            .faces
            .pick(FaceRole::Body, Weight::Regular, &character.to_string())?;
        Some((id, self.faces.face(id)))
    }
}

struct Setting<'a> {
    setter: &'a Setter,
    at: Length,
    glyphs: Vec<SetGlyph>,
}

impl Setting<'_> {
    fn western(&mut self, run: &str, start: usize) {
        let Some((id, face)) = self.setter.pick('a') else {
            return;
        };
        let (mode, size) = (self.setter.mode, self.setter.size);
        let shaped = face.shape(run, &Shaping::default());
        let vertical = mode == WritingMode::VerticalRl;
        let combined = vertical && run.len() == 2 && run.bytes().all(|b| b.is_ascii_digit());
        let width: Length = shaped.iter().map(|glyph| glyph.advance.of(size)).sum();
        let mut across = width / 2;
        for (place, glyph) in shaped.iter().enumerate() {
            let advance = glyph.advance.of(size);
            let end = shaped
                .get(place + 1)
                .map_or(run.len(), |next| next.cluster as usize);
            let (offset, orientation, step) = if combined {
                let offset = Logical::new(size.scale(880, 1000), across);
                across -= advance;
                let step = if place == 0 { Length::ZERO } else { size };
                (offset, Orientation::Combined, step)
            } else if vertical {
                (
                    Logical::new(Length::ZERO, size.scale(380, 1000)),
                    Orientation::Rotated,
                    advance,
                )
            } else {
                (Logical::default(), Orientation::Upright, advance)
            };
            self.glyphs.push(SetGlyph {
                face: id,
                id: glyph.id,
                size,
                width: Em::ONE,
                orientation,
                at: self.at,
                advance: step,
                offset,
                start: (start + glyph.cluster as usize) as u32,
                end: (start + end) as u32,
            });
            self.at += step;
        }
    }

    fn han(&mut self, run: &str, start: usize) {
        let (mode, size) = (self.setter.mode, self.setter.size);
        let direction = match mode {
            WritingMode::VerticalRl => Direction::Vertical,
            WritingMode::HorizontalTb => Direction::Horizontal,
        };
        let how = Shaping {
            direction,
            ..Shaping::default()
        };
        let mut rest = 0;
        while let Some(first) = run[rest..].chars().next() {
            let mut end = rest + first.len_utf8();
            let Some((id, face)) = self.setter.pick(first) else {
                self.push(
                    FaceId::MISSING,
                    (0, Em::ONE, Logical::default()),
                    (start + rest, start + end),
                );
                rest = end;
                continue;
            };
            while run[end..]
                .chars()
                .next()
                .is_some_and(|c| self.setter.pick(c).is_some_and(|p| p.0 == id))
            {
                end += run[end..].chars().next().map_or(0, char::len_utf8);
            }
            let shaped = face.shape(&run[rest..end], &how);
            for (place, glyph) in shaped.iter().enumerate() {
                let after = shaped
                    .get(place + 1)
                    .map_or(end - rest, |next| next.cluster as usize);
                let (x, y) = (glyph.offset_x.of(size), glyph.offset_y.of(size));
                let offset = match mode {
                    WritingMode::VerticalRl => Logical::new(-y, -x),
                    WritingMode::HorizontalTb => Logical::new(x, -y),
                };
                let from = start + rest;
                self.push(
                    id,
                    (glyph.id, glyph.advance, offset),
                    (from + glyph.cluster as usize, from + after),
                );
            }
            rest = end;
        }
    }

    fn push(
        &mut self,
        face: FaceId,
        (id, advance, offset): (u16, Em, Logical<Length>),
        (start, end): (usize, usize),
    ) {
        let advance = advance.of(self.setter.size) + self.setter.stretch;
        self.glyphs.push(SetGlyph {
            face,
            id,
            size: self.setter.size,
            width: Em::ONE,
            orientation: Orientation::Upright,
            at: self.at,
            advance,
            offset,
            start: start as u32,
            end: end as u32,
        });
        self.at += advance;
    }
}

fn is_western(c: char) -> bool {
    c.is_ascii()
}

/// A page of these frames, each by its corner.
pub(crate) fn page(number: &str, trim: Size, frames: Vec<(Point, Frame)>) -> Page {
    let mut frame = Frame::new(FrameKind::Page, trim);
    for (at, inner) in frames {
        frame.push(at, Item::Group(inner));
    }
    Page {
        number: number.into(),
        side: Side::Left,
        trim,
        bleed: Length::ZERO,
        frame,
    }
}

/// One decoration of each sort, a em each from the head of the line.
pub(crate) fn decorations(size: Length, mode: WritingMode) -> Vec<Decoration> {
    let em = |n: i32| size * n;
    // To the right of a column, under a line.
    let block = if mode == WritingMode::VerticalRl {
        -size.scale(60, 100)
    } else {
        size.scale(25, 100)
    };
    let weight = Length::from_milli(500);
    vec![
        Decoration::Rule {
            from: em(0),
            to: em(2),
            block,
            weight,
        },
        Decoration::Wave {
            from: em(3),
            to: em(6),
            block,
            weight,
        },
        Decoration::Dot {
            centre: Logical::new(em(7) + size / 2, block),
            diameter: size / 5,
        },
        Decoration::Field {
            from: em(9),
            to: em(11),
            block: if mode == WritingMode::VerticalRl {
                Length::ZERO
            } else {
                -size.scale(38, 100)
            },
            extent: size,
        },
        Decoration::Dash {
            from: em(12),
            to: em(14),
            block: if mode == WritingMode::VerticalRl {
                Length::ZERO
            } else {
                -size.scale(38, 100)
            },
            weight,
        },
    ]
}
