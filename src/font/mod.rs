//! Faces: which file draws which character, how wide, and in which direction.

mod id;

pub use id::FaceId;
