//! The four Hong Kong faces that travel inside the program.

use std::sync::{Arc, OnceLock};

use super::face::Face;

/// The bundled faces in the order of their ids: serif, serif bold, sans, sans bold.
static FILES: [&[u8]; 4] = [
    include_bytes!("../../fonts/NotoSerifCJKhk-Regular.ttf"),
    include_bytes!("../../fonts/NotoSerifCJKhk-Bold.ttf"),
    include_bytes!("../../fonts/NotoSansCJKhk-Regular.ttf"),
    include_bytes!("../../fonts/NotoSansCJKhk-Bold.ttf"),
];

/// How many there are; the author's faces are numbered from here.
pub(super) const COUNT: u16 = FILES.len() as u16;

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
        FILES.map(|file| {
            Arc::new(Face::bundled(file).expect("a face committed with the source is sound"))
        })
    })
}
