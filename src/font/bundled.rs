//! The four Hong Kong faces that travel inside the program.

use std::sync::{Arc, OnceLock};

use crate::bundle::FONTS;

use super::face::Face;

/// How many there are; the author's faces are numbered from here.
pub(super) const COUNT: u16 = FONTS.len() as u16;

/// Place of the serif regular among the bundled faces, and so on.
pub(super) const SERIF: u16 = 0;
/// See [`SERIF`].
pub(super) const SERIF_BOLD: u16 = 1;
/// See [`SERIF`].
pub(super) const SANS: u16 = 2;
/// See [`SERIF`].
pub(super) const SANS_BOLD: u16 = 3;

/// The bundled faces, read once in the life of the program.
pub(super) fn faces() -> &'static [Arc<Face>; 4] {
    static FACES: OnceLock<[Arc<Face>; 4]> = OnceLock::new();
    FACES.get_or_init(|| {
        FONTS.map(|file| {
            Arc::new(Face::bundled(file).expect("a face committed with the source is sound"))
        })
    })
}
