//! What is known of a glyph: its ink, and its place in a shaped run.

use crate::geom::Em;

/// The box around a glyph's ink, in thousandths of the em from its horizontal origin, `y` up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct InkBox {
    /// Left edge.
    pub x_min: Em,
    /// Lower edge.
    pub y_min: Em,
    /// Right edge.
    pub x_max: Em,
    /// Upper edge.
    pub y_max: Em,
}

/// A glyph of a shaped run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct ShapedGlyph {
    /// Its number in the face.
    pub id: u16,
    /// How far the pen moves along the run, in em; positive in both directions.
    pub advance: Em,
    /// To the right from the pen: to the glyph's horizontal origin in horizontal runs, to its
    /// vertical origin in vertical ones.
    pub offset_x: Em,
    /// **Up** from the pen, likewise.
    pub offset_y: Em,
    /// First byte in the text of the characters it stands for.
    pub cluster: u32,
}

impl ShapedGlyph {
    /// Whether it is as long as an em and stands in its cell as another one does.
    pub(crate) fn is_square_like(&self, other: &Self) -> bool {
        let stands = |glyph: &Self| (glyph.advance, glyph.offset_x, glyph.offset_y);
        self.advance == Em::ONE && stands(self) == stands(other)
    }
}
