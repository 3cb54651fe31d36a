//! Fit: how a face that stands in for another is brought to its size and its height on the line.

use crate::geom::Em;

use super::face::Face;

/// The sizes to which a face may be brought, in thousandths of what was asked: beyond them the
/// faces are too unlike for it to help.
const LEAST: i32 = 750;
const MOST: i32 = 1300;

/// What is brought together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Fitting {
    /// Letters on the baseline: their small letters are made equally high.
    Letters,
    /// Squares: their em-boxes are made equally large and centred on each other.
    Squares,
}

/// How a face is set beside the one that it stands in for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Fit {
    /// Its size in thousandths of the size that was asked for.
    pub scale: Em,
    /// How far it is raised in a horizontal line, in em of the size that was asked for.
    pub raise: Em,
}

impl Fit {
    /// As asked for.
    pub const NONE: Self = Self {
        scale: Em::ONE,
        raise: Em::ZERO,
    };

    /// How `face` sets a character beside text in `usual`.
    ///
    /// ```
    /// use banxin::font::{FaceRole, Faces, Fit, Fitting, Weight};
    /// let faces = Faces::bundled();
    /// let serif = faces.face(faces.pick(FaceRole::Body, Weight::Regular, "a").unwrap());
    /// let sans = faces.face(faces.pick(FaceRole::Caption, Weight::Regular, "a").unwrap());
    /// assert_eq!(Fit::of(serif, serif, Fitting::Letters, 'a'), Fit::NONE);
    /// // The small letters of the sans are higher: it is set smaller.
    /// assert!(Fit::of(sans, serif, Fitting::Letters, 'a').scale < Fit::NONE.scale);
    /// ```
    #[must_use]
    pub fn of(face: &Face, usual: &Face, fitting: Fitting, character: char) -> Self {
        if std::ptr::eq(face, usual) {
            return Self::NONE;
        }
        match fitting {
            Fitting::Letters => {
                // Script without small letters is fitted by its capitals or figures.
                let (wanted, has) = if face.glyph('x').is_some() {
                    (usual.x_height(), face.x_height())
                } else {
                    (usual.cap_height(), face.cap_height())
                };
                Self {
                    scale: scale(wanted, has),
                    raise: Em::ZERO,
                }
            }
            Fitting::Squares => {
                let glyph = face.glyph(character);
                let advance = glyph.map(|glyph| face.advance(glyph));
                let scale = advance.map_or(Em::ONE, |advance| scale(Em::ONE, advance));
                let middle = face.middle().milli() * scale.milli() / 1000;
                Self {
                    scale,
                    raise: usual.middle() - Em::from_milli(middle),
                }
            }
        }
    }
}

/// The size at which `has` is `wanted`; unchanged beyond what is sensible.
fn scale(wanted: Em, has: Em) -> Em {
    if has <= Em::ZERO {
        return Em::ONE;
    }
    let scale =
        (i64::from(wanted.milli()) * 1000 + i64::from(has.milli()) / 2) / i64::from(has.milli());
    let scale = Em::from_wide(scale);
    if (LEAST..=MOST).contains(&scale.milli()) {
        scale
    } else {
        Em::ONE
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_made_equal_within_reason() {
        let em = Em::from_milli;
        assert_eq!(scale(em(500), em(550)), em(909));
        assert_eq!(scale(em(1000), em(1245)), em(803));
        assert_eq!(scale(em(1000), em(600)), Em::ONE);
        assert_eq!(scale(em(1000), em(0)), Em::ONE);
    }
}
