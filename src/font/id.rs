//! The name by which the rest of the program knows a face.

/// A face, by its place in the list of open faces.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FaceId(pub u16);

impl FaceId {
    /// Stands for the face of a character that no face has.
    pub const MISSING: Self = Self(u16::MAX);
}
