//! Faces: which file draws which character, how wide, and in which direction.

mod bundled;
mod cluster;
pub mod coverage;
mod embed;
mod error;
mod face;
mod faces;
mod id;
mod open;
mod outline;
mod redraw;
mod role;
mod shape;
pub mod subset;

pub use error::FontError;
pub use face::{Face, InkBox};
pub use faces::Faces;
pub use id::FaceId;
pub use outline::{Outline, OutlineStep};
pub use role::{FaceRole, Weight};
pub use shape::{Direction, ShapedGlyph, Shaping};

#[cfg(test)]
mod tests;
