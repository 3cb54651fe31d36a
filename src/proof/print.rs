//! The print: every glyph and rule of a frame drawn on a canvas and packed as PNG.

use image::codecs::png::{CompressionType, FilterType, PngEncoder};
use image::{ExtendedColorType, ImageEncoder};

use crate::font::{FaceId, Faces};
use crate::geom::{Length, Point};
use crate::layout::{Frame, Ink, Item, Line, Orientation, SetGlyph};

use super::canvas::{Canvas, Placed};

/// A frame as a PNG file so many pixels wide, in shades of grey.
///
/// Lines and rules are drawn, pictures and marks beside the lines are not: it is made for covers
/// of letters.
///
/// # Errors
/// The picture cannot be packed.
pub fn png(frame: &Frame, faces: &Faces, width: u32) -> Result<Vec<u8>, image::ImageError> {
    let scale = width as f32 / frame.size.width.milli().max(1) as f32;
    let height = (frame.size.height.milli() as f32 * scale).round() as u32;
    let mut press = Press {
        canvas: Canvas::new(width, height.max(1), u8::MAX),
        faces,
        scale,
    };
    press.frame(frame, Point::ORIGIN);
    let mut out = Vec::new();
    PngEncoder::new_with_quality(&mut out, CompressionType::Best, FilterType::Adaptive)
        .write_image(
            press.canvas.pixels(),
            width,
            height.max(1),
            ExtendedColorType::L8,
        )?;
    Ok(out)
}

struct Press<'f> {
    canvas: Canvas,
    faces: &'f Faces,
    /// Pixels of a thousandth of a point.
    scale: f32,
}

impl Press<'_> {
    fn frame(&mut self, frame: &Frame, corner: Point) {
        for (at, item) in &frame.items {
            let at = corner + *at;
            match item {
                Item::Group(inner) => self.frame(inner, at),
                Item::Line(line) => self.line(line, at),
                Item::Rule(rule) => {
                    let to = Point::new(at.x + rule.size.width, at.y + rule.size.height);
                    let (from, to) = (self.pixel(at), self.pixel(to));
                    self.canvas.rectangle(from, to, shade(rule.ink));
                }
                Item::Image { .. } | Item::Anchor(_) => {}
            }
        }
    }

    fn pixel(&self, at: Point) -> [f32; 2] {
        [self.length(at.x), self.length(at.y)]
    }

    fn length(&self, length: Length) -> f32 {
        length.milli() as f32 * self.scale
    }

    fn line(&mut self, line: &Line, origin: Point) {
        for glyph in &line.glyphs {
            self.glyph(line, glyph, origin);
        }
    }

    fn glyph(&mut self, line: &Line, glyph: &SetGlyph, origin: Point) {
        if glyph.face == FaceId::MISSING {
            return;
        }
        let face = self.faces.face(glyph.face);
        let Some(outline) = face.outline(glyph.id) else {
            return;
        };
        let along = glyph.at + glyph.offset.inline;
        let vertical = line.mode.is_vertical();
        let mut pen = if vertical {
            Point::new(origin.x - glyph.offset.block, origin.y + along)
        } else {
            Point::new(origin.x + along, origin.y + glyph.offset.block)
        };
        if vertical && glyph.orientation == Orientation::Upright {
            let at = face.vertical_origin(glyph.id);
            pen.x -= at.inline.of(glyph.size);
            pen.y += at.block.of(glyph.size);
        }
        let placed = Placed {
            origin: self.pixel(pen),
            size: self.length(glyph.size),
            width: glyph.width.milli() as f32 / 1000.0,
            turned: vertical && glyph.orientation == Orientation::Rotated,
        };
        self.canvas.fill(&outline, placed, shade(Ink::BLACK));
    }
}

/// Black letters on screens are a little lighter than the blackest black.
const DARKEST: u32 = 24;

fn shade(ink: Ink) -> u8 {
    let light = u32::from(1000 - ink.0.min(1000));
    u8::try_from(DARKEST + light * (255 - DARKEST) / 1000).unwrap_or(u8::MAX)
}
