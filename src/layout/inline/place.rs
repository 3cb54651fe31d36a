//! Where the ink of a mark stands: moved by its measured box to the place of the tables, whatever
//! the face draws.

use crate::font::Face;
use crate::geom::{Em, Length};
use crate::layout::line::Orientation;
use crate::rules::body::{Body, Place};

use super::cell::{Cell, Glyph};

/// Middle of the em-box above the baseline: CJK em-boxes reach from −0.12 to 0.88 em.
pub(super) const MIDDLE: Em = Em::from_milli(380);
/// Middle of a corner mark's ink from the cell's start (measured on Noto Serif SC: 0.19 em).
const CORNER_INLINE: Em = Em::from_milli(200);
/// Middle of a corner mark's ink above the baseline (the same: 0.06 em).
const CORNER_ABOVE: Em = Em::from_milli(60);
/// Middle of a corner mark's ink right of the axis of a vertical line (the same: 0.31 em).
const CORNER_RIGHT: Em = Em::from_milli(310);
/// Middle of a mark that stands right of the axis.
const RIGHT: Em = Em::from_milli(250);
/// How far ink may stand from where a table wants it before it is moved: less than the least
/// difference between two places of the tables, more than what a design corrects by eye.
const TOLERANCE: Em = Em::from_milli(80);
/// The same across horizontal lines, where marks keep to the baseline of their face.
const TOLERANCE_ABOVE: Em = Em::from_milli(200);
/// How far ink may stand from a corner and still be in it.
const CORNER_REACH: Em = Em::from_milli(120);

/// Middle of the second half of a cell, and how far ink may stand from it and still be in that half.
const THREE_QUARTERS: Em = Em::from_milli(750);
const HALF_REACH: Em = Em::from_milli(300);

/// A mark as the face draws it.
#[derive(Clone, Copy)]
pub(super) struct Drawn<'a> {
    pub(super) cell: &'a Cell,
    pub(super) body: Body,
    /// Its advance in the face.
    pub(super) natural: i32,
    pub(super) face: &'a Face,
    pub(super) vertical: bool,
}

/// Moves the ink of a glyph to where the table wants it.
pub(super) fn place(drawn: &Drawn<'_>, glyph: &mut Glyph) {
    let Drawn {
        cell,
        body,
        natural,
        face,
        vertical,
    } = *drawn;
    if body.place == Place::AsDrawn {
        return;
    }
    let Some(ink) = face.ink(glyph.id) else {
        return;
    };
    let size = cell.size;
    let half = |a: Em, b: Em| Em::from_milli((a.milli() + b.milli()) / 2);
    let (x, y) = (half(ink.x_min, ink.x_max), half(ink.y_min, ink.y_max));
    // Where the ink's middle stands now: along the cell from its uncut start, and across it.
    let upright = vertical && cell.orientation != Orientation::Rotated;
    let (along, across) = if !upright {
        (
            glyph.inline + x.of(glyph.size),
            glyph.block - y.of(glyph.size),
        )
    } else {
        let origin = face.vertical_origin(glyph.id);
        (
            glyph.inline + (origin.block - y).of(glyph.size),
            glyph.block - (x - origin.inline).of(glyph.size),
        )
    };
    // The tables speak of an uncut cell of one em, or of the cell where it is shorter.
    let whole = if body.cut > Em::ZERO {
        size.milli()
    } else {
        cell.full_pre + cell.body + cell.full_post
    };
    let middle = Length::from_milli(whole / 2);
    let off_size = (natural - whole).abs() > size.milli() / 50;
    let tolerance = if off_size {
        Length::ZERO
    } else {
        TOLERANCE.of(size)
    };
    let moved = |now: Length, wanted: Length, tolerance: Length| {
        if (now - wanted).abs() <= tolerance {
            Length::ZERO
        } else {
            wanted - now
        }
    };
    let axis = if vertical {
        Length::ZERO
    } else {
        -MIDDLE.of(size)
    };
    let beside = if vertical {
        TOLERANCE.of(size)
    } else {
        TOLERANCE_ABOVE.of(size)
    };
    let (inline, block) = match body.place {
        Place::AsDrawn => (Length::ZERO, Length::ZERO),
        Place::Middle => (moved(along, middle, tolerance), Length::ZERO),
        Place::Centre => (moved(along, middle, tolerance), moved(across, axis, beside)),
        Place::Axis => (
            moved(along, middle, tolerance),
            moved(across, axis, Length::ZERO),
        ),
        Place::Start => (
            moved(along, Em::QUARTER.of(size), CORNER_REACH.of(size)),
            Length::ZERO,
        ),
        Place::End => (
            moved(along, THREE_QUARTERS.of(size), HALF_REACH.of(size)),
            Length::ZERO,
        ),
        Place::Corner => {
            let wanted = if vertical {
                -CORNER_RIGHT.of(size)
            } else {
                -CORNER_ABOVE.of(size)
            };
            (
                moved(along, CORNER_INLINE.of(size), CORNER_REACH.of(size)),
                moved(across, wanted, CORNER_REACH.of(size)),
            )
        }
        Place::Right => (
            moved(along, middle, TOLERANCE.of(size)),
            if vertical {
                moved(across, -RIGHT.of(size), CORNER_REACH.of(size))
            } else {
                Length::ZERO
            },
        ),
    };
    glyph.inline += inline;
    glyph.block += block;
}
