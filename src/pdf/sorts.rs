//! Sorts (鉛字): what is set down a column or along a line, one piece for each glyph or for each
//! group set across a column.

use std::borrow::Cow;

use crate::font::{Face, FaceId, Faces, OutlineStep};
use crate::geom::{Length, Logical, WritingMode, round_div};
use crate::layout::{Line, Orientation};

use super::reading::{Cell, cells};
use super::sfnt::Contour;

/// Distance of the upper edge of the em-box from the alphabetic baseline, in thousandths of the em.
const ASCENT: i64 = 880;

/// Space after a sort from which on it belongs to the sort's own advance, in a column and in a
/// horizontal line. Readers take space between glyphs for a word space: in columns pdf.js from a
/// tenth of the em on, in horizontal lines poppler from 0.15 em on.
const GAP: (i64, i64) = (90, 150);

/// Steps of the advances that take the space in: what is left over stays between −100 and
/// [`GAP`], which no reader takes for anything, and which tears no run apart.
const STEP: i64 = 190;

/// No mark is moved further within its cell, in thousandths of the em.
const MOVED: i64 = 400;

/// Steps in which a turned letter stands across its column, in thousandths of the em: what is less
/// is not seen, and sizes of one face share their letters.
const ACROSS: i64 = 5;

/// The widest space that is taken in: a wider one is meant to be seen.
const MOST: i64 = 2000;

/// A piece of type placed in its line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Sort<'a> {
    /// Its face.
    pub(crate) face: FaceId,
    /// What is cast on it.
    pub(crate) shape: Shape,
    /// Its size.
    pub(crate) size: Length,
    /// Pen from the line's origin: at the vertical origin in a column, else at the horizontal one.
    pub(crate) pen: Logical<Length>,
    /// What it reads as; never empty.
    pub(crate) text: Cow<'a, str>,
    /// The first byte in the line of the cluster to which it belongs.
    pub(crate) start: u32,
    /// Text of a cluster that starts here and that only `ActualText` can tell.
    pub(crate) opens: Option<&'a str>,
    /// Whether such a cluster ends here.
    pub(crate) closes: bool,
    /// What the advance of a sort in a column has beyond its own, in thousandths of the em.
    pub(crate) lead: u16,
}

/// What is cast on a sort.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Shape {
    /// A glyph of the face; 0 for [`FaceId::MISSING`].
    Glyph(u16),
    /// Glyphs of the face stamped on a new one, for a column: turned Western letters, and groups
    /// set across it.
    ///
    /// A column is then one run of upright vertical type like any other, as in faces that carry
    /// turned alternates (`vrt2`). Turned runs of a horizontal font inside a column, which would
    /// look the same, are torn out of it by readers that work out lines from places: poppler takes
    /// a vertical glyph to stand one em higher than a horizontal one.
    Stamped(Vec<Stamp>),
    /// A glyph of the face cast on a wider body for a horizontal line: the glyph, and what its
    /// advance has beyond its own, in thousandths of the em.
    Wide(u16, u16),
}

/// A glyph as it is stamped. Lengths are in thousandths of the em.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Stamp {
    /// The glyph.
    pub(crate) id: u16,
    /// Whether it is turned a quarter clockwise.
    pub(crate) turned: bool,
    /// Its width in thousandths of its own.
    pub(crate) width: i64,
    /// From the middle of the em-box to its pen, across the column.
    pub(crate) x: i64,
}

/// The sorts of a line, in reading order.
pub(crate) fn sorts<'a>(line: &'a Line, faces: &Faces) -> Vec<Sort<'a>> {
    let cells = cells(line, faces);
    let mut sorts: Vec<Sort<'a>> = Vec::with_capacity(cells.len());
    // Where the glyphs of the last group stand along the column.
    let mut group = None;
    for cell in cells {
        let plain = line.mode == WritingMode::HorizontalTb
            || cell.orientation == Orientation::Upright
            || cell.face == FaceId::MISSING;
        let combined = (!plain && cell.orientation == Orientation::Combined).then_some((
            cell.face,
            cell.size,
            cell.pen.inline,
        ));
        match sorts.last_mut() {
            Some(Sort {
                shape: Shape::Stamped(stamps),
                text,
                closes,
                ..
            }) if combined.is_some() && combined == group && !*closes && cell.opens.is_none() => {
                stamps.push(across_stamp(&cell));
                text.to_mut().push_str(cell.text);
                *closes = cell.closes;
            }
            _ => {
                let mut sort = sort(&cell, plain);
                if line.mode.is_vertical() && cell.size == line.size {
                    put_on_axis(&mut sort, faces);
                }
                sorts.push(sort);
            }
        }
        group = combined;
    }
    take_in_space(&mut sorts, line.mode, faces);
    sorts
}

/// A mark that stands beside the axis of its column (a colon moved by its ink) becomes a sort of
/// its own on the axis, so that readers find it in its place among the others.
fn put_on_axis(sort: &mut Sort<'_>, faces: &Faces) {
    let Shape::Glyph(id) = sort.shape else {
        return;
    };
    let beside = round_div(-sort.pen.block.wide() * 1000, sort.size.wide());
    if beside == 0 || beside.abs() > MOVED || sort.face == FaceId::MISSING {
        return;
    }
    let face = faces.face(sort.face);
    let origin = face.vertical_origin(id);
    // A stamped sort is one em high, its origin where that of CJK faces is.
    let is_plain = i64::from(origin.block.milli()) == ASCENT
        && i64::from(face.vertical_advance(id).milli()) == 1000;
    if is_plain {
        let x = beside - i64::from(origin.inline.milli());
        sort.shape = Shape::Stamped(vec![Stamp {
            id,
            turned: false,
            width: 1000,
            x: round_div(x, ACROSS) * ACROSS,
        }]);
        sort.pen.block = Length::ZERO;
    }
}

/// Gives the space between sorts to the advance of the sort before it, so that no reader takes the
/// quarter em between Han and Western text, or the space of a stretched line, for a typed one.
fn take_in_space(sorts: &mut [Sort<'_>], mode: WritingMode, faces: &Faces) {
    let blank = |sort: &Sort<'_>| sort.text.chars().all(char::is_whitespace);
    for place in 1..sorts.len() {
        let next = sorts[place].pen.inline;
        let apart = sorts[place - 1].pen.block != sorts[place].pen.block;
        if (apart && !mode.is_vertical()) || blank(&sorts[place]) {
            continue;
        }
        let sort = &mut sorts[place - 1];
        let Some(advance) = advance(sort, mode, faces) else {
            continue;
        };
        let end = sort.pen.inline.wide() * 1000 + advance * sort.size.wide();
        let gap = round_div(next.wide() * 1000 - end, sort.size.wide());
        let least = if mode.is_vertical() { GAP.0 } else { GAP.1 };
        let lead = (gap - GAP.0 + STEP - 1) / STEP * STEP;
        if gap <= least || lead > MOST || blank(sort) {
            continue;
        }
        let lead = lead as u16;
        match sort.shape {
            _ if mode.is_vertical() => sort.lead = lead,
            // Its box is drawn as wide as it is.
            _ if sort.face == FaceId::MISSING => {}
            Shape::Glyph(id) => sort.shape = Shape::Wide(id, lead),
            Shape::Stamped(_) | Shape::Wide(..) => {}
        }
    }
}

/// How far a sort moves the pen along the line, in thousandths of the em.
fn advance(sort: &Sort<'_>, mode: WritingMode, faces: &Faces) -> Option<i64> {
    if sort.face == FaceId::MISSING {
        return Some(1000);
    }
    let face = faces.face(sort.face);
    Some(match &sort.shape {
        Shape::Glyph(id) if mode.is_vertical() => i64::from(face.vertical_advance(*id).milli()),
        Shape::Glyph(id) => i64::from(face.advance(*id).milli()),
        Shape::Stamped(stamps) => stamped_advance(stamps, face),
        Shape::Wide(..) => return None,
    })
}

fn sort<'a>(cell: &Cell<'a>, plain: bool) -> Sort<'a> {
    let (shape, pen) = match cell.orientation {
        _ if plain => (Shape::Glyph(cell.id), cell.pen),
        Orientation::Upright => (Shape::Glyph(cell.id), cell.pen),
        Orientation::Rotated => {
            // The pen stood on the baseline. Every sort of a column stands on its axis: PDFium puts
            // what follows within half an em in the order of x.
            let x = round_div(-cell.pen.block.wide() * 1000, cell.size.wide());
            let stamp = Stamp {
                id: cell.id,
                turned: true,
                width: i64::from(cell.width.milli()),
                x: round_div(x, ACROSS) * ACROSS,
            };
            (
                Shape::Stamped(vec![stamp]),
                Logical::new(cell.pen.inline, Length::ZERO),
            )
        }
        Orientation::Combined => {
            let inline = cell.pen.inline - cell.size.scale(ASCENT, 1000);
            (
                Shape::Stamped(vec![across_stamp(cell)]),
                Logical::new(inline, Length::ZERO),
            )
        }
    };
    Sort {
        face: cell.face,
        shape,
        size: cell.size,
        pen,
        text: Cow::Borrowed(cell.text),
        start: cell.start,
        opens: cell.opens,
        closes: cell.closes,
        lead: 0,
    }
}

fn across_stamp(cell: &Cell<'_>) -> Stamp {
    Stamp {
        id: cell.id,
        turned: false,
        width: i64::from(cell.width.milli()),
        // Across a column runs to the left, x to the right.
        x: round_div(-cell.pen.block.wide() * 1000, cell.size.wide()),
    }
}

/// How far a stamped sort moves the pen down, in thousandths of the em.
pub(crate) fn stamped_advance(stamps: &[Stamp], face: &Face) -> i64 {
    match stamps {
        [stamp] if stamp.turned => round_div(
            i64::from(face.advance(stamp.id).milli()) * stamp.width,
            1000,
        ),
        _ => 1000,
    }
}

/// The outline of a stamped sort, in an em-box from −120 to 880 whose vertical origin is at
/// (500, 880).
pub(crate) fn stamped_outline(stamps: &[Stamp], face: &Face) -> Vec<Contour> {
    let mut contours = Vec::new();
    for stamp in stamps {
        let Some(outline) = face.outline(stamp.id) else {
            continue;
        };
        let width = stamp.width as f32 / 1000.0;
        let pen = 500.0 + stamp.x as f32;
        let place = |[x, y]: [f32; 2]| {
            if stamp.turned {
                [pen + y, ASCENT as f32 - x * width]
            } else {
                [pen + x * width, y]
            }
        };
        trace(&outline.steps, place, &mut contours);
    }
    contours
}

/// The outline of a glyph as it is.
pub(crate) fn own_outline(id: u16, face: &Face) -> Vec<Contour> {
    let mut contours = Vec::new();
    if let Some(outline) = face.outline(id) {
        trace(&outline.steps, |point| point, &mut contours);
    }
    contours
}

/// Steps of an outline as contours of quadratic curves.
fn trace(steps: &[OutlineStep], place: impl Fn([f32; 2]) -> [f32; 2], contours: &mut Vec<Contour>) {
    let mut open = Contour::default();
    for step in steps {
        match *step {
            OutlineStep::Move(p) => {
                close(&mut open, contours);
                open.points.push((place(p), true));
            }
            OutlineStep::Line(p) => open.points.push((place(p), true)),
            OutlineStep::Quad(c, p) => {
                open.points.push((place(c), false));
                open.points.push((place(p), true));
            }
            OutlineStep::Cubic(c, d, p) => {
                let start = open.points.last().map_or(place(p), |(point, _)| *point);
                for (control, end) in quadratics(start, place(c), place(d), place(p)) {
                    open.points.push((control, false));
                    open.points.push((end, true));
                }
            }
            OutlineStep::Close => close(&mut open, contours),
        }
    }
    close(&mut open, contours);
}

fn close(open: &mut Contour, contours: &mut Vec<Contour>) {
    let mut contour = std::mem::take(open);
    // A contour closes by itself: a last point on the first says nothing.
    if contour.points.len() > 1 && contour.points.first() == contour.points.last() {
        contour.points.pop();
    }
    if contour.points.len() > 1 {
        contours.push(contour);
    }
}

/// Into how many quadratic curves a cubic one is divided: the error falls with the cube, and at
/// four is below a thousandth of the em for the curves of letters.
const PIECES: u8 = 4;

/// A cubic curve as quadratic ones, each with its control point and its end.
fn quadratics(a: [f32; 2], b: [f32; 2], c: [f32; 2], d: [f32; 2]) -> Vec<([f32; 2], [f32; 2])> {
    let point = |t: f32| {
        let (s, t2) = (1.0 - t, t * t);
        let weights = [s * s * s, 3.0 * s * s * t, 3.0 * s * t2, t2 * t];
        std::array::from_fn(|axis| {
            let parts = [a, b, c, d].map(|p: [f32; 2]| p[axis]);
            weights
                .iter()
                .zip(parts)
                .map(|(weight, part)| weight * part)
                .sum()
        })
    };
    // The control point that takes a quadratic curve through the middle of its piece.
    (0..PIECES)
        .map(|piece| {
            let at = |part: f32| point((f32::from(piece) + part) / f32::from(PIECES));
            let (start, middle, end): ([f32; 2], [f32; 2], [f32; 2]) = (at(0.0), at(0.5), at(1.0));
            let control =
                std::array::from_fn(|axis| 2.0 * middle[axis] - (start[axis] + end[axis]) / 2.0);
            (control, end)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_letter_turns_clockwise() {
        let steps = [
            OutlineStep::Move([0.0, 0.0]),
            OutlineStep::Line([600.0, 0.0]),
            OutlineStep::Line([0.0, 700.0]),
            OutlineStep::Close,
        ];
        let mut contours = Vec::new();
        trace(&steps, |[x, y]| [120.0 + y, 880.0 - x], &mut contours);
        let points: Vec<_> = contours[0].points.iter().map(|p| p.0).collect();
        assert_eq!(points, [[120.0, 880.0], [120.0, 280.0], [820.0, 880.0]]);
    }

    #[test]
    fn cubics_keep_their_ends_and_their_middle() {
        let pieces = quadratics([0.0, 0.0], [0.0, 400.0], [300.0, 700.0], [700.0, 700.0]);
        assert_eq!(pieces.len(), 4);
        assert_eq!(pieces[3].1, [700.0, 700.0]);
        let middle = pieces[1].1;
        assert!((middle[0] - 200.0).abs() < 0.01 && (middle[1] - 500.0).abs() < 0.01);
    }
}
