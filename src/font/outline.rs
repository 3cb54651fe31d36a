//! The outline of a glyph as a path.

use std::fmt::Write as _;

use skrifa::GlyphId;
use skrifa::font::glyph::outline::{DrawMemory, DrawOptions, PathSink};

use super::face::Face;

/// One step of an outline. Coordinates are in thousandths of the em from the glyph's horizontal
/// origin, `y` **up**.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum OutlineStep {
    /// Starts a contour at `(x, y)`.
    Move([f32; 2]),
    /// A straight line to `(x, y)`.
    Line([f32; 2]),
    /// A quadratic curve: control point, end.
    Quad([f32; 2], [f32; 2]),
    /// A cubic curve: control points, end.
    Cubic([f32; 2], [f32; 2], [f32; 2]),
    /// Closes the contour.
    Close,
}

/// The outline of a glyph, filled by the non-zero rule.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Outline {
    /// Its steps.
    pub steps: Vec<OutlineStep>,
}

impl Outline {
    /// The outline as SVG path data in thousandths of the em, `y` up: scale it by
    /// `size / 1000` and `-size / 1000`.
    #[must_use]
    pub fn to_svg(&self) -> String {
        let mut data = String::new();
        for step in &self.steps {
            let (letter, points): (char, &[[f32; 2]]) = match step {
                OutlineStep::Move(p) => ('M', &[*p]),
                OutlineStep::Line(p) => ('L', &[*p]),
                OutlineStep::Quad(c, p) => ('Q', &[*c, *p]),
                OutlineStep::Cubic(c, d, p) => ('C', &[*c, *d, *p]),
                OutlineStep::Close => ('Z', &[]),
            };
            data.push(letter);
            for (place, [x, y]) in points.iter().enumerate() {
                if place > 0 {
                    data.push(' ');
                }
                // Half units are all that quadratic outlines add to whole ones.
                let _ = write!(data, "{} {}", tenth(*x), tenth(*y));
            }
        }
        data
    }
}

/// A number with at most one decimal.
fn tenth(value: f32) -> f32 {
    let rounded = (value * 10.0).round() / 10.0;
    // Minus zero prints as "-0".
    if rounded == 0.0 { 0.0 } else { rounded }
}

impl Face {
    /// The outline of a glyph; `None` for a glyph without ink or that the face does not have.
    ///
    /// ```
    /// use banxin::font::{FaceRole, Faces, Weight};
    /// let faces = Faces::bundled();
    /// let face = faces.face(faces.pick(FaceRole::Body, Weight::Regular, "一").unwrap());
    /// let outline = face.outline(face.glyph('一').unwrap()).unwrap();
    /// assert!(outline.to_svg().starts_with('M'));
    /// ```
    #[must_use]
    pub fn outline(&self, glyph: u16) -> Option<Outline> {
        let mut steps = Steps {
            scale: 1000.0 / f32::from(self.units_per_em()),
            steps: Vec::new(),
        };
        self.draw(GlyphId::from(glyph), &mut steps)?;
        (!steps.steps.is_empty()).then_some(Outline { steps: steps.steps })
    }

    /// Draws a glyph in design units.
    pub(super) fn draw(&self, glyph: GlyphId, sink: &mut dyn PathSink) -> Option<()> {
        let outline = self.font().outline_glyphs().get(glyph)?;
        outline
            .draw(&DrawOptions::new(), DrawMemory::Scratch, sink)
            .ok()?;
        Some(())
    }
}

struct Steps {
    scale: f32,
    steps: Vec<OutlineStep>,
}

impl Steps {
    fn at(&self, x: f32, y: f32) -> [f32; 2] {
        [x * self.scale, y * self.scale]
    }
}

impl PathSink for Steps {
    fn move_to(&mut self, x: f32, y: f32) {
        self.steps.push(OutlineStep::Move(self.at(x, y)));
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.steps.push(OutlineStep::Line(self.at(x, y)));
    }

    fn quad_to(&mut self, cx0: f32, cy0: f32, x: f32, y: f32) {
        self.steps
            .push(OutlineStep::Quad(self.at(cx0, cy0), self.at(x, y)));
    }

    fn curve_to(&mut self, cx0: f32, cy0: f32, cx1: f32, cy1: f32, x: f32, y: f32) {
        self.steps.push(OutlineStep::Cubic(
            self.at(cx0, cy0),
            self.at(cx1, cy1),
            self.at(x, y),
        ));
    }

    fn close(&mut self) {
        self.steps.push(OutlineStep::Close);
    }
}
