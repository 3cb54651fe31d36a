//! Ink that is no text: rules, waves, dots and fields beside and behind the glyphs of a line.

use crate::geom::{Length, Logical, Point, WritingMode};
use crate::layout::{Decoration, Ink, Line};

use super::canvas::Canvas;

/// Ink of a field behind marked text: light enough for black to be read on it.
const FIELD: Ink = Ink(150);

/// Half a wave's length and its height over the middle, in thickness of its stroke. Between the
/// usual 書名號 of Hong Kong books and what a fine stroke still shows.
const HALF_WAVE: i32 = 4;
const CREST: (i64, i64) = (3, 2);

/// Most half waves of one wave: a hostile line may be long and its stroke thin.
const MOST_WAVES: i64 = 4000;

/// Draws what lies behind the glyphs of a line.
pub(crate) fn draw_behind(canvas: &mut Canvas, line: &Line, origin: Point) {
    for decoration in &line.decorations {
        if let Decoration::Field {
            from,
            to,
            block,
            extent,
        } = *decoration
        {
            bar(canvas, line, origin, [from, to, block, extent], FIELD);
        }
    }
}

/// Draws what lies beside the glyphs of a line.
pub(crate) fn draw_beside(canvas: &mut Canvas, line: &Line, origin: Point) {
    for decoration in &line.decorations {
        match *decoration {
            Decoration::Field { .. } => {}
            Decoration::Rule {
                from,
                to,
                block,
                weight,
            }
            | Decoration::Dash {
                from,
                to,
                block,
                weight,
            } => {
                bar(canvas, line, origin, [from, to, block, weight], Ink::BLACK);
            }
            Decoration::Wave {
                from,
                to,
                block,
                weight,
            } => {
                wave(canvas, line, origin, [from, to, block, weight]);
            }
            Decoration::Dot { centre, diameter } => {
                canvas.fill_disc(on_page(line.mode, origin, centre), diameter, Ink::BLACK);
            }
            Decoration::Sesame { centre, diameter } => {
                sesame(canvas, on_page(line.mode, origin, centre), diameter);
            }
        }
    }
}

/// A sesame seed in thousandths of half its height, from its point: control points and ends.
const SESAME: ([i64; 2], [[[i64; 2]; 3]; 3]) = (
    [-850, -950],
    [
        [[0, -800], [900, -250], [850, 450]],
        [[820, 950], [250, 1050], [0, 600]],
        [[-250, 150], [-600, -350], [-850, -950]],
    ],
);

fn sesame(canvas: &mut Canvas, centre: Point, diameter: Length) {
    let half = diameter / 2;
    let at = |[x, y]: [i64; 2]| centre + Point::new(half.scale(x, 1000), half.scale(y, 1000));
    let curves = SESAME.1.map(|points| points.map(at));
    canvas.fill_curves(at(SESAME.0), &curves, Ink::BLACK);
}

/// The place on the page of a place in a line.
pub(crate) fn on_page(mode: WritingMode, origin: Point, at: Logical<Length>) -> Point {
    match mode {
        WritingMode::HorizontalTb => Point::new(origin.x + at.inline, origin.y + at.block),
        WritingMode::VerticalRl => Point::new(origin.x - at.block, origin.y + at.inline),
    }
}

/// A bar along the line: from, to, middle across the line, thickness.
fn bar(
    canvas: &mut Canvas,
    line: &Line,
    origin: Point,
    [from, to, block, weight]: [Length; 4],
    ink: Ink,
) {
    let middle = on_page(line.mode, origin, Logical::new(from, block));
    let size = Logical::new(to - from, weight).to_size(line.mode);
    let half = weight / 2;
    let corner = match line.mode {
        WritingMode::HorizontalTb => Point::new(middle.x, middle.y - half),
        WritingMode::VerticalRl => Point::new(middle.x - half, middle.y),
    };
    canvas.fill_rectangle(corner, size, ink);
}

/// A wave along the line in whole half waves: from, to, middle across the line, thickness.
fn wave(canvas: &mut Canvas, line: &Line, origin: Point, [from, to, block, weight]: [Length; 4]) {
    let length = (to - from).wide();
    if length <= 0 || weight <= Length::ZERO {
        return;
    }
    let wanted = (weight * HALF_WAVE).wide().max(1);
    let count = ((length + wanted / 2) / wanted).clamp(1, MOST_WAVES);
    let place = |n: i64| from + (to - from).scale(n, count);
    let at =
        |inline: Length, block: Length| on_page(line.mode, origin, Logical::new(inline, block));
    // A cubic whose control points lie 4/3 of the crest off the middle peaks at the crest.
    let height = weight.scale(CREST.0, CREST.1).scale(4, 3);
    let curves: Vec<[Point; 3]> = (0..count)
        .map(|n| {
            let (start, end) = (place(n), place(n + 1));
            let inset = (end - start).scale(364, 1000);
            let off = if n % 2 == 0 {
                block - height
            } else {
                block + height
            };
            [at(start + inset, off), at(end - inset, off), at(end, block)]
        })
        .collect();
    canvas.stroke_curves(at(from, block), &curves, weight);
}
