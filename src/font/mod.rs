//! Faces: which file draws which character, how wide, and in which direction.

mod bundled;
mod face;
mod faces;
mod id;
mod role;
mod shape;

pub use face::{Face, InkBox};
pub use faces::Faces;
pub use id::FaceId;
pub use role::{FaceRole, Weight};
pub use shape::{Direction, ShapedGlyph, Shaping};
