//! The typographic cover: title, subtitle, writers and publisher set in the house's faces, for a
//! publication without a cover of its own.

use image::codecs::png::{CompressionType, FilterType, PngEncoder};
use image::{ExtendedColorType, ImageEncoder};

use crate::font::{Direction, Face, FaceRole, Faces, Shaping, Weight};
use crate::geom::Em;
use crate::model::{Book, Language, Style};
use crate::rules::class::class_of;
use crate::rules::kinsoku::{forbids_end, forbids_head};
use crate::rules::tokens::{Setting, tokens};

use super::error::Result;
use super::paint::{Canvas, Placed};

/// Pixels. Shops want 1600 on the short side; 5 : 8 is what Kindle and Apple show without bars.
const SIZE: (u32, u32) = (1600, 2560);
/// Blank around everything.
const MARGIN: f32 = 170.0;
/// The band at the head: a tone that keeps its contrast with black and white letters.
const BAND: (f32, u8) = (46.0, 60);
const PAPER: u8 = 246;
const INK: u8 = 24;
/// Space from line to line, in em.
const PITCH: f32 = 1.3;
/// Sizes of the title that are tried, from the largest; the last one is taken as it falls.
const TITLE_SIZES: [f32; 6] = [300.0, 250.0, 200.0, 160.0, 120.0, 90.0];
/// The middle of the em box over the baseline, of faces for Chinese and Japanese.
const MIDDLE: f32 = 0.38;
const SMALL_SIZES: [f32; 3] = [84.0, 66.0, 50.0];

/// The cover as a PNG file in shades of grey.
pub(crate) fn draw(book: &Book, faces: &Faces) -> Result<Vec<u8>> {
    let mut canvas = Canvas::new(SIZE.0, SIZE.1, PAPER);
    canvas.rectangle([0.0, 0.0], [SIZE.0 as f32, BAND.0], BAND.1);
    let meta = &book.meta;
    let publication = meta
        .issue
        .as_ref()
        .and_then(|issue| issue.publication.clone());
    let names: Vec<&str> = meta
        .credits
        .iter()
        .filter(|credit| credit.role.is_creator())
        .map(|credit| credit.name.as_str())
        .collect();
    let small = [meta.subtitle.clone(), Some(names.join("\u{3000}"))];
    let foot = meta.publisher.clone().or(publication);
    let setter = Setter {
        faces,
        style: &book.style,
        language: &meta.language,
        vertical: book.output.epub.writing_mode.is_vertical(),
    };
    let heavy = Type {
        role: FaceRole::Heading,
        weight: Weight::Bold,
    };
    let light = Type {
        role: FaceRole::Body,
        weight: Weight::Regular,
    };
    let (width, height) = (SIZE.0 as f32 - 2.0 * MARGIN, SIZE.1 as f32 - 2.0 * MARGIN);
    // Three fifths along the block axis for the title, the rest for what explains it.
    let (measure, room) = if setter.vertical {
        (height * 0.86, width)
    } else {
        (width, height)
    };
    let mut used = setter.set(
        &mut canvas,
        heavy,
        &Copy {
            text: &meta.title,
            sizes: &TITLE_SIZES,
            measure,
            room: room * 0.6,
            start: 0.0,
        },
    );
    used += 60.0;
    for text in small.iter().flatten().filter(|text| !text.is_empty()) {
        let room = (room - used).max(0.0);
        if room < SMALL_SIZES[2] {
            break;
        }
        used += setter.set(
            &mut canvas,
            light,
            &Copy {
                text,
                sizes: &SMALL_SIZES,
                measure,
                room: room * 0.5,
                start: used,
            },
        );
        used += 40.0;
    }
    if let Some(foot) = foot {
        setter.foot(&mut canvas, light, &foot);
    }
    let mut out = Vec::new();
    PngEncoder::new_with_quality(&mut out, CompressionType::Best, FilterType::Adaptive)
        .write_image(canvas.pixels(), SIZE.0, SIZE.1, ExtendedColorType::L8)?;
    Ok(out)
}

/// Which face is asked for.
#[derive(Clone, Copy)]
struct Type {
    role: FaceRole,
    weight: Weight,
}

/// Text with the room it may take.
struct Copy<'a> {
    text: &'a str,
    /// Sizes to try, from the largest.
    sizes: &'a [f32],
    /// Length of a line.
    measure: f32,
    /// Room across the lines.
    room: f32,
    /// Where its first line starts, across the lines.
    start: f32,
}

/// One character as it is drawn: its glyph and how far it moves the pen, in em.
struct Sort<'f> {
    face: &'f Face,
    glyph: u16,
    advance: f32,
    /// From the pen to the glyph's horizontal origin, in em; `y` up.
    offset: [f32; 2],
    /// Its size, in em of the line.
    scale: f32,
    /// Whether it is turned a quarter clockwise.
    turned: bool,
    is_space: bool,
    /// Whether it may start a line.
    may_start: bool,
    /// Whether it may end a line.
    may_end: bool,
}

struct Setter<'a> {
    faces: &'a Faces,
    style: &'a Style,
    language: &'a Language,
    vertical: bool,
}

impl<'a> Setter<'a> {
    /// Sets text in the largest size that fits and gives the room it took across the lines.
    fn set(&self, canvas: &mut Canvas, kind: Type, copy: &Copy<'_>) -> f32 {
        let sorts = self.sorts(copy.text, kind, self.vertical);
        let lines_at = |size: f32| broken(&sorts, copy.measure / size);
        let fits = |size: &f32| lines_at(*size).len() as f32 * PITCH * size <= copy.room;
        let last = copy.sizes.last().copied().unwrap_or(50.0);
        let size = copy.sizes.iter().copied().find(fits).unwrap_or(last);
        let mut at = copy.start;
        for line in lines_at(size) {
            if at + size > copy.start + copy.room.max(size * PITCH) {
                break;
            }
            self.line(canvas, &sorts[line], size, at);
            at += size * PITCH;
        }
        at - copy.start
    }

    /// Draws a line whose em boxes start `at` across the lines.
    fn line(&self, canvas: &mut Canvas, line: &[Sort<'_>], size: f32, at: f32) {
        let mut pen = MARGIN;
        for sort in line {
            let origin = if self.vertical {
                // The pen runs down the middle of the column.
                let middle = SIZE.0 as f32 - MARGIN - at - size / 2.0;
                [middle + sort.offset[0] * size, pen - sort.offset[1] * size]
            } else {
                let baseline = MARGIN + at + size * (0.5 + MIDDLE);
                [
                    pen + sort.offset[0] * size,
                    baseline - sort.offset[1] * size,
                ]
            };
            self.glyph(canvas, sort, origin, size);
            pen += sort.advance * size;
        }
    }

    fn glyph(&self, canvas: &mut Canvas, sort: &Sort<'_>, origin: [f32; 2], size: f32) {
        if let Some(outline) = sort.face.outline(sort.glyph) {
            let placed = Placed {
                origin,
                size: size * sort.scale,
                turned: sort.turned,
            };
            canvas.fill(&outline, placed, INK);
        }
    }

    /// The publisher at the foot, to the right from the left margin in both modes.
    fn foot(&self, canvas: &mut Canvas, kind: Type, text: &str) {
        let size = SMALL_SIZES[1];
        let sorts = self.sorts(text, kind, false);
        let first = broken(&sorts, (SIZE.0 as f32 - 2.0 * MARGIN) / size)
            .into_iter()
            .next();
        let mut pen = MARGIN;
        for sort in &sorts[first.unwrap_or(0..0)] {
            let baseline = SIZE.1 as f32 - MARGIN;
            let origin = [
                pen + sort.offset[0] * size,
                baseline - sort.offset[1] * size,
            ];
            self.glyph(canvas, sort, origin, size);
            pen += sort.advance * size;
        }
    }

    /// The characters of a text, in a vertical line standing as the same text does in print.
    fn sorts(&self, text: &str, kind: Type, vertical: bool) -> Vec<Sort<'a>> {
        if !vertical {
            return self.shaped(text, kind, Direction::Horizontal);
        }
        let mut out = Vec::new();
        for token in tokens(text, self.style, self.language) {
            let text = &text[token.range];
            match token.setting {
                Setting::Rotated | Setting::RotatedCapitals => {
                    let sorts = self.shaped(text, kind, Direction::Horizontal);
                    out.extend(sorts.into_iter().map(turned));
                }
                Setting::Combined => {
                    out.extend(combined(self.shaped(text, kind, Direction::Horizontal)));
                }
                // A wide one has an alternate for vertical lines.
                Setting::Connector if matches!(text, "–" | "~") => {
                    let sorts = self.shaped(text, kind, Direction::Horizontal);
                    out.extend(sorts.into_iter().map(turned));
                }
                Setting::Upright | Setting::Stacked | Setting::Connector => {
                    out.extend(self.shaped(text, kind, Direction::Vertical));
                }
            }
        }
        out
    }

    /// The characters of a text in the first face that has each; others are left out.
    fn shaped(&self, text: &str, kind: Type, direction: Direction) -> Vec<Sort<'a>> {
        let how = Shaping {
            direction,
            language: self.language.tag(),
            features: &[],
        };
        let em = |value: Em| value.milli() as f32 / 1000.0;
        let mut out = Vec::new();
        for run in self.runs(text, kind) {
            for glyph in run.face.shape(run.text, &how) {
                let c = run.text[glyph.cluster as usize..].chars().next();
                let class = c.map(class_of);
                let (kinsoku, tradition) = (self.style.kinsoku, self.style.tradition);
                let mut offset = [em(glyph.offset_x), em(glyph.offset_y)];
                if direction == Direction::Vertical {
                    let origin = run.face.vertical_origin(glyph.id);
                    offset[0] -= em(origin.inline);
                    offset[1] -= em(origin.block);
                }
                out.push(Sort {
                    face: run.face,
                    glyph: glyph.id,
                    advance: em(glyph.advance),
                    offset,
                    scale: 1.0,
                    turned: false,
                    is_space: c.is_some_and(char::is_whitespace),
                    may_start: !class.is_some_and(|c| forbids_head(c, kinsoku, tradition)),
                    may_end: !class.is_some_and(|c| forbids_end(c, kinsoku, tradition)),
                });
            }
        }
        out
    }

    /// Stretches of text that one face has.
    fn runs<'t>(&self, text: &'t str, kind: Type) -> Vec<Run<'a, 't>> {
        let mut runs: Vec<Run<'a, 't>> = Vec::new();
        let mut last = None;
        let mut start = 0;
        for (at, c) in text.char_indices() {
            let face = self
                .faces
                .pick(kind.role, kind.weight, c.encode_utf8(&mut [0; 4]));
            let end = at + c.len_utf8();
            match (face, runs.last_mut()) {
                (Some(_), Some(run)) if face == last => run.text = &text[start..end],
                (Some(id), _) => {
                    start = at;
                    runs.push(Run {
                        face: self.faces.face(id),
                        text: &text[at..end],
                    });
                }
                (None, _) => {}
            }
            last = face;
        }
        runs
    }
}

/// A horizontal character as it stands in a vertical line: turned, the middle of its em box on
/// the line's axis.
fn turned(sort: Sort<'_>) -> Sort<'_> {
    Sort {
        offset: [sort.offset[1] - MIDDLE, -sort.offset[0]],
        turned: true,
        ..sort
    }
}

/// Horizontal characters side by side in one cell of a vertical line, made smaller where they
/// are wider than it.
fn combined(sorts: Vec<Sort<'_>>) -> impl Iterator<Item = Sort<'_>> {
    let width: f32 = sorts.iter().map(|sort| sort.advance).sum();
    let scale = if width > 1.0 { 1.0 / width } else { 1.0 };
    let mut left = -width * scale / 2.0;
    let baseline = 0.5 + MIDDLE * scale;
    sorts.into_iter().enumerate().map(move |(place, sort)| {
        let x = left + sort.offset[0] * scale;
        left += sort.advance * scale;
        // The first one moves the pen over the cell, the others stand back in it.
        let (advance, back) = if place == 0 { (1.0, 0.0) } else { (0.0, 1.0) };
        Sort {
            may_start: place == 0,
            offset: [x, back - baseline + sort.offset[1] * scale],
            advance,
            scale,
            ..sort
        }
    })
}

struct Run<'a, 't> {
    face: &'a Face,
    text: &'t str,
}

/// Lines of at most `measure` em: broken behind a space where one is near, else anywhere.
fn broken(sorts: &[Sort<'_>], measure: f32) -> Vec<std::ops::Range<usize>> {
    let mut lines = Vec::new();
    let (mut start, mut width, mut space) = (0, 0.0, None);
    let mut at = 0;
    while at < sorts.len() {
        if width + sorts[at].advance > measure && at > start {
            let end = space.filter(|s| *s > start).unwrap_or(at);
            let kept = |at: &usize| sorts[*at].may_start && sorts[*at - 1].may_end;
            let end = (start + 1..=end).rev().find(kept).unwrap_or(end);
            lines.push(start..end);
            at = end;
            while at < sorts.len() && sorts[at].is_space {
                at += 1;
            }
            (start, width, space) = (at, 0.0, None);
            continue;
        }
        width += sorts[at].advance;
        if sorts[at].is_space {
            space = Some(at + 1);
        }
        at += 1;
    }
    if start < sorts.len() {
        lines.push(start..sorts.len());
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_break_behind_spaces_where_they_can() {
        let faces = Faces::bundled();
        let setter = Setter {
            faces: &faces,
            style: &Style::default(),
            language: &Language::default(),
            vertical: false,
        };
        let kind = Type {
            role: FaceRole::Body,
            weight: Weight::Regular,
        };
        let marks = setter.sorts("甲乙，「丙」", kind, false);
        assert_eq!(broken(&marks, 2.0), [0..1, 1..3, 3..5, 5..6]);
        let sorts = setter.sorts("版心　文字排版", kind, false);
        assert_eq!(broken(&sorts, 5.0), [0..3, 3..7]);
        assert_eq!(broken(&sorts, 2.0), [0..2, 3..5, 5..7]);
        assert_eq!(broken(&sorts, 0.1).len(), 6);
    }
}
