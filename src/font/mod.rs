//! Faces: which file draws which character, how wide, and in which direction.

mod absent;
mod bundled;
mod cluster;
pub mod coverage;
mod embed;
mod error;
mod face;
mod faces;
mod fit;
mod glyph;
pub(crate) mod grapheme;
mod id;
mod memory;
mod open;
mod outline;
mod redraw;
mod role;
mod shape;
pub mod subset;

pub use error::FontError;
pub use face::Face;
pub use faces::{Faces, Fitted};
pub use fit::{Fit, Fitting};
pub use glyph::{InkBox, ShapedGlyph};
pub use id::FaceId;
pub use outline::{Outline, OutlineStep};
pub use role::{FaceRole, Weight};
pub use shape::{Direction, Shaping};

#[cfg(test)]
mod sequences;
#[cfg(test)]
mod tests;
