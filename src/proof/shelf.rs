//! The cover for shelves and shops: the typographic cover as a picture.

use crate::font::Faces;
use crate::geom::{Length, Size};
use crate::layout;
use crate::model::Book;

use super::print::png;

/// The form of the picture, 5 : 8 in points: what Kindle and Apple show without bars.
const FORM: (i32, i32) = (500, 800);
/// Its width in pixels: shops want 1600 on the short side.
const PIXELS: u32 = 1600;

/// The cover of a publication that names no picture of its own, as a PNG file.
///
/// ```
/// let publication = banxin::Publication::open("book", &Default::default())?.value;
/// let picture = banxin::proof::cover(&publication.book, &publication.faces)?;
/// assert_eq!(&picture[1..4], b"PNG");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// The picture cannot be packed.
pub fn cover(book: &Book, faces: &Faces) -> Result<Vec<u8>, image::ImageError> {
    let size = Size::new(Length::pt(FORM.0), Length::pt(FORM.1));
    let mode = book.output.epub.writing_mode;
    png(&layout::cover(book, faces, (mode, size)), faces, PIXELS)
}
