//! Outlines of any kind, at the face's own weight, redrawn as the quadratic glyphs of `glyf`.

use kurbo::{BezPath, CubicBez, PathEl, Point};
use skrifa::GlyphId;
use skrifa::font::glyph::outline::PathSink;
use skrifa::raw::types::Tag;
use write_fonts::FontBuilder;
use write_fonts::tables::glyf::{GlyfLocaBuilder, Glyph, SimpleGlyph};

use super::face::Face;

/// Largest distance between a cubic curve and its quadratics, in em: what the bundled faces were
/// made with, little more than rounding to whole units costs anyway (`fonts/otf2ttf.py`).
const TOLERANCE: f64 = 0.0006;

/// Coordinates are held to this, so that no difference of two overflows 16 bits.
const FARTHEST: f64 = 16_383.0;

/// The tables that change with the outlines, for a font with the given glyphs in this order.
pub(super) struct Redrawn {
    glyf: Vec<u8>,
    loca: Vec<u8>,
    long_loca: bool,
    hmtx: Vec<u8>,
    vmtx: Vec<u8>,
    maxp: Vec<u8>,
    count: u16,
    bounds: [i16; 4],
}

/// Redraws glyphs; `None` where one cannot be drawn or stored.
pub(super) fn redraw(face: &Face, glyphs: &[u16]) -> Option<Redrawn> {
    let count = u16::try_from(glyphs.len()).ok()?;
    let tolerance = TOLERANCE * f64::from(face.units_per_em());
    let metrics = face.font().glyph_metrics();
    let mut builder = GlyfLocaBuilder::new();
    let mut hmtx = Vec::with_capacity(glyphs.len() * 4);
    let mut vmtx = Vec::with_capacity(glyphs.len() * 4);
    let (mut points, mut contours) = (0usize, 0usize);
    let mut bounds: Option<[i16; 4]> = None;
    for id in glyphs {
        let glyph = GlyphId::from(*id);
        let mut pen = Pen {
            tolerance,
            ..Pen::default()
        };
        face.draw(glyph, &mut pen);
        let shape = pen.finish()?;
        let (mut left, mut top) = (0, None);
        match shape {
            Some(simple) => {
                points = points.max(simple.contours.iter().map(|c| c.len()).sum());
                contours = contours.max(simple.contours.len());
                let b = simple.bbox;
                (left, top) = (b.x_min, Some(b.y_max));
                let [x0, y0, x1, y1] = bounds.unwrap_or([b.x_min, b.y_min, b.x_max, b.y_max]);
                bounds = Some([
                    x0.min(b.x_min),
                    y0.min(b.y_min),
                    x1.max(b.x_max),
                    y1.max(b.y_max),
                ]);
                builder.add_glyph(&Glyph::Simple(simple)).ok()?;
            }
            None => {
                builder.add_glyph(&Glyph::Empty).ok()?;
            }
        }
        let advance = |units: f64| units.round().clamp(0.0, f64::from(u16::MAX)) as u16;
        hmtx.extend(advance(metrics.h_advance_exact(glyph).to_f64()).to_be_bytes());
        hmtx.extend(left.to_be_bytes());
        // In a face with `glyf` the vertical origin is the ink's top and this bearing over it.
        let origin = face.origin_units(glyph).1;
        let bearing = top.map_or(0, |top| origin - i32::from(top));
        vmtx.extend(advance(metrics.v_advance_exact(glyph).to_f64()).to_be_bytes());
        vmtx.extend((bearing.clamp(i16::MIN.into(), i16::MAX.into()) as i16).to_be_bytes());
    }
    let (glyf, loca, format) = builder.build();
    let held = |n: usize| u16::try_from(n).unwrap_or(u16::MAX);
    Some(Redrawn {
        glyf: write_fonts::dump_table(&glyf).ok()?,
        loca: write_fonts::dump_table(&loca).ok()?,
        long_loca: format == write_fonts::tables::loca::LocaFormat::Long,
        hmtx,
        vmtx,
        maxp: maxp(count, held(points), held(contours)),
        count,
        bounds: bounds.unwrap_or_default(),
    })
}

impl Redrawn {
    /// Puts the tables into `font`, with `head`, `hhea`, `vhea` and `OS/2` taken from `face` and
    /// made to agree; vertical metrics only where the face has them.
    pub(super) fn put<'a>(self, face: &Face, font: &mut FontBuilder<'a>) -> Option<()> {
        let table = |tag: &[u8; 4]| face.table(tag).map(<[u8]>::to_vec);
        let mut head = table(b"head")?;
        // head: xMin… at 36, indexToLocFormat at 50.
        for (at, value) in (36..).step_by(2).zip(self.bounds) {
            put_u16(&mut head, at, value as u16)?;
        }
        put_u16(&mut head, 50, u16::from(self.long_loca))?;
        let mut hhea = table(b"hhea")?;
        // hhea and vhea: the number of long metrics at 34.
        put_u16(&mut hhea, 34, self.count)?;
        if let (Some(mut vhea), true) = (table(b"vhea"), face.has_vertical_metrics()) {
            put_u16(&mut vhea, 34, self.count)?;
            font.add_raw(Tag::new(b"vhea"), vhea);
            font.add_raw(Tag::new(b"vmtx"), self.vmtx);
        }
        font.add_raw(Tag::new(b"head"), head);
        font.add_raw(Tag::new(b"hhea"), hhea);
        font.add_raw(Tag::new(b"hmtx"), self.hmtx);
        font.add_raw(Tag::new(b"maxp"), self.maxp);
        font.add_raw(Tag::new(b"glyf"), self.glyf);
        font.add_raw(Tag::new(b"loca"), self.loca);
        Some(())
    }
}

fn put_u16(table: &mut [u8], at: usize, value: u16) -> Option<()> {
    table
        .get_mut(at..at + 2)?
        .copy_from_slice(&value.to_be_bytes());
    Some(())
}

/// `maxp` of version 1.0 for glyphs without components and instructions.
fn maxp(glyphs: u16, points: u16, contours: u16) -> Vec<u8> {
    let mut table = vec![0, 1, 0, 0];
    // numGlyphs, maxPoints, maxContours, the same for composites, maxZones, then nine zeros.
    for value in [glyphs, points, contours, 0, 0, 2] {
        table.extend(value.to_be_bytes());
    }
    table.resize(32, 0);
    table
}

/// Gathers a path of lines and quadratic curves, rounded to whole units.
#[derive(Default)]
struct Pen {
    path: BezPath,
    at: Point,
    tolerance: f64,
    cubic: bool,
}

impl Pen {
    fn point(x: f32, y: f32) -> Point {
        let held = |v: f32| f64::from(v).clamp(-FARTHEST, FARTHEST);
        Point::new(held(x), held(y))
    }

    /// The glyph; `Some(None)` without ink, `None` where it cannot be stored.
    fn finish(mut self) -> Option<Option<SimpleGlyph>> {
        if !matches!(self.path.elements().last(), None | Some(PathEl::ClosePath)) {
            self.path.close_path();
        }
        // A contour that is one point has no ink and no place in `glyf`.
        let mut path = BezPath::new();
        for part in self.path.subpaths() {
            if part.len() > 2 {
                part.iter().for_each(|el| path.push(*el));
            }
        }
        if path.is_empty() {
            return Some(None);
        }
        if self.cubic {
            // Outer contours run counter-clockwise in PostScript, clockwise in TrueType.
            path = path.reverse_subpaths();
        }
        let glyph = SimpleGlyph::from_bezpath(&path).ok()?;
        Some(Some(glyph))
    }
}

impl PathSink for Pen {
    fn move_to(&mut self, x: f32, y: f32) {
        self.at = Self::point(x, y);
        self.path.move_to(self.at);
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.at = Self::point(x, y);
        self.path.line_to(self.at);
    }

    fn quad_to(&mut self, cx0: f32, cy0: f32, x: f32, y: f32) {
        self.at = Self::point(x, y);
        self.path.quad_to(Self::point(cx0, cy0), self.at);
    }

    fn curve_to(&mut self, cx0: f32, cy0: f32, cx1: f32, cy1: f32, x: f32, y: f32) {
        self.cubic = true;
        let end = Self::point(x, y);
        let curve = CubicBez::new(self.at, Self::point(cx0, cy0), Self::point(cx1, cy1), end);
        match curve.approx_spline(self.tolerance) {
            // Points between two control points need not be stored: the file is a third smaller.
            Some(spline) => spline
                .to_quads()
                .for_each(|quad| self.path.quad_to(quad.p1, quad.p2)),
            None => curve
                .to_quads(self.tolerance)
                .for_each(|(_, _, quad)| self.path.quad_to(quad.p1, quad.p2)),
        }
        self.at = end;
    }

    fn close(&mut self) {
        self.path.close_path();
    }
}
