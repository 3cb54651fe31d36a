//! A canvas in shades of grey, filled by coverage: enough to draw letters on a cover.

use crate::font::{Outline, OutlineStep};

/// A picture of one byte a pixel.
pub(super) struct Canvas {
    width: usize,
    height: usize,
    pixels: Vec<u8>,
}

/// Where an outline is placed: its origin on the canvas, `y` down, and the length of its em.
#[derive(Debug, Clone, Copy)]
pub(super) struct Placed {
    /// The glyph's origin.
    pub(super) origin: [f32; 2],
    /// Pixels of an em.
    pub(super) size: f32,
    /// Its width in parts of what is drawn.
    pub(super) width: f32,
    /// Whether it is turned a quarter clockwise about its origin.
    pub(super) turned: bool,
}

/// How many straight lines stand for one curve: at the sizes of a cover the chord is within a
/// tenth of a pixel of the curve.
const CHORDS: u8 = 12;

impl Canvas {
    /// A canvas of one shade.
    pub(super) fn new(width: u32, height: u32, shade: u8) -> Self {
        let (width, height) = (width as usize, height as usize);
        Self {
            width,
            height,
            pixels: vec![shade; width * height],
        }
    }

    /// The bytes, row by row.
    pub(super) fn pixels(&self) -> &[u8] {
        &self.pixels
    }

    /// Fills an upright rectangle from corner to corner.
    pub(super) fn rectangle(&mut self, from: [f32; 2], to: [f32; 2], shade: u8) {
        let corners = [from, [to[0], from[1]], to, [from[0], to[1]], from];
        let edges: Vec<_> = corners.windows(2).map(|w| (w[0], w[1])).collect();
        self.fill_edges(&edges, shade);
    }

    /// Fills an outline.
    pub(super) fn fill(&mut self, outline: &Outline, placed: Placed, shade: u8) {
        let scale = placed.size / 1000.0;
        let at = |p: [f32; 2]| {
            let p = [p[0] * placed.width, p[1]];
            let [x, y] = if placed.turned { [p[1], -p[0]] } else { p };
            [placed.origin[0] + x * scale, placed.origin[1] - y * scale]
        };
        let mut edges = Vec::new();
        let (mut start, mut pen) = ([0.0; 2], [0.0; 2]);
        for step in &outline.steps {
            match *step {
                OutlineStep::Move(p) => {
                    start = at(p);
                    pen = start;
                }
                OutlineStep::Line(p) => {
                    edges.push((pen, at(p)));
                    pen = at(p);
                }
                OutlineStep::Quad(c, p) => {
                    let (c, p) = (at(c), at(p));
                    // A quadratic curve is the cubic whose control points lie at two thirds.
                    let third = |a: [f32; 2]| {
                        [
                            a[0] + (c[0] - a[0]) * 2.0 / 3.0,
                            a[1] + (c[1] - a[1]) * 2.0 / 3.0,
                        ]
                    };
                    curve([pen, third(pen), third(p), p], &mut edges);
                    pen = p;
                }
                OutlineStep::Cubic(c, d, p) => {
                    curve([pen, at(c), at(d), at(p)], &mut edges);
                    pen = at(p);
                }
                OutlineStep::Close => {
                    edges.push((pen, start));
                    pen = start;
                }
            }
        }
        self.fill_edges(&edges, shade);
    }

    /// Fills by the signed area that edges cover of each pixel, summed along its row.
    fn fill_edges(&mut self, edges: &[Edge], shade: u8) {
        let reach = |axis: usize| {
            let points = edges.iter().flat_map(|(a, b)| [a[axis], b[axis]]);
            points.fold((f32::MAX, f32::MIN), |(low, high), v| {
                (low.min(v), high.max(v))
            })
        };
        let ((left, right), (top, bottom)) = (reach(0), reach(1));
        let hold = |v: f32, most: usize| v.clamp(0.0, most as f32) as usize;
        let (x0, x1) = (
            hold(left.floor(), self.width),
            hold(right.ceil(), self.width),
        );
        let (y0, y1) = (
            hold(top.floor(), self.height),
            hold(bottom.ceil(), self.height),
        );
        if x0 >= x1 || y0 >= y1 {
            return;
        }
        let mut area = Area {
            width: x1 - x0 + 2,
            height: y1 - y0,
            cells: vec![0.0; (x1 - x0 + 2) * (y1 - y0)],
        };
        for (a, b) in edges {
            let near = |p: &[f32; 2]| [p[0] - x0 as f32, p[1] - y0 as f32];
            area.edge(near(a), near(b));
        }
        for (row, y) in (y0..y1).enumerate() {
            let mut sum = 0.0_f32;
            for (column, x) in (x0..x1).enumerate() {
                sum += area.cells[row * area.width + column];
                let cover = sum.abs().min(1.0);
                let pixel = &mut self.pixels[y * self.width + x];
                let mixed = f32::from(*pixel) * (1.0 - cover) + f32::from(shade) * cover;
                *pixel = mixed.round() as u8;
            }
        }
    }
}

type Edge = ([f32; 2], [f32; 2]);

fn curve(p: [[f32; 2]; 4], edges: &mut Vec<Edge>) {
    let mut last = p[0];
    for step in 1..=CHORDS {
        let t = f32::from(step) / f32::from(CHORDS);
        let u = 1.0 - t;
        let on = |axis: usize| {
            u * u * u * p[0][axis]
                + 3.0 * u * u * t * p[1][axis]
                + 3.0 * u * t * t * p[2][axis]
                + t * t * t * p[3][axis]
        };
        let next = [on(0), on(1)];
        edges.push((last, next));
        last = next;
    }
}

/// Signed area, cell by cell: what an edge adds to the pixels right of it.
struct Area {
    width: usize,
    height: usize,
    cells: Vec<f32>,
}

impl Area {
    fn edge(&mut self, a: [f32; 2], b: [f32; 2]) {
        let (way, top, bottom) = if a[1] <= b[1] {
            (1.0, a, b)
        } else {
            (-1.0, b, a)
        };
        let rise = bottom[1] - top[1];
        if rise <= 0.0 {
            return;
        }
        let slope = (bottom[0] - top[0]) / rise;
        let first = top[1].max(0.0);
        let last = bottom[1].min(self.height as f32);
        let mut y = first;
        while y < last {
            let row = y as usize;
            let next = ((row + 1) as f32).min(last);
            let x = |at: f32| top[0] + (at - top[1]) * slope;
            self.span(row, (next - y) * way, [x(y), x(next)]);
            if next <= y {
                break;
            }
            y = next;
        }
    }

    /// Adds an edge within one row that goes `height` down from the first `x` to the second.
    fn span(&mut self, row: usize, height: f32, x: [f32; 2]) {
        let most = (self.width - 2) as f32;
        let (low, high) = (x[0].min(x[1]), x[0].max(x[1]));
        let (low, high) = (low.clamp(0.0, most), high.clamp(0.0, most));
        let base = row * self.width;
        let (from, to) = (low as usize, high as usize);
        if from == to {
            let middle = (low + high) / 2.0 - from as f32;
            self.cells[base + from] += height * (1.0 - middle);
            self.cells[base + from + 1] += height * middle;
            return;
        }
        let run = high - low;
        let mut at = low;
        while at < high {
            let column = at as usize;
            let next = ((column + 1) as f32).min(high);
            let share = height * (next - at) / run;
            let middle = (at + next) / 2.0 - column as f32;
            self.cells[base + column] += share * (1.0 - middle);
            self.cells[base + column + 1] += share * middle;
            at = next;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rectangle_covers_half_a_pixel_by_half() {
        let mut canvas = Canvas::new(4, 2, 255);
        canvas.rectangle([1.0, 0.0], [2.5, 1.0], 55);
        assert_eq!(canvas.pixels(), [255, 55, 155, 255, 255, 255, 255, 255]);
    }

    #[test]
    fn what_lies_outside_is_cut_off() {
        let mut canvas = Canvas::new(2, 2, 255);
        canvas.rectangle([-5.0, -5.0], [1.0, 9.0], 0);
        assert_eq!(canvas.pixels(), [0, 255, 0, 255]);
    }
}
