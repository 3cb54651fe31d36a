//! Layout: a publication and its faces become pages on which every glyph has its place.

mod cover;
pub mod dump;
mod flow;
pub mod frame;
pub mod grid;
pub mod inline;
pub mod line;
mod news;
mod pages;
mod stand;
pub mod svg;

pub use cover::cover;
pub use frame::{Bookmark, Frame, FrameKind, Ink, Item, Layout, Page, Rule, Side, Turn};
pub use grid::PageGrid;
pub use line::{Decoration, Line, LinkRange, Orientation, SetGlyph, Voice};
pub use stand::Stand;

use crate::art::Gallery;
use crate::diag::Warned;
use crate::font::Faces;
use crate::model::{Book, PageLayout};

/// Lays a publication out in the pages that it asks for: those of a book or of a newspaper.
///
/// Faults of the manuscript, as a page without room or a line that does not fit, come with the
/// layout; every text of the publication stands on some page all the same.
#[must_use]
pub fn layout(book: &Book, faces: &Faces, gallery: &Gallery) -> Warned<Layout> {
    match book.output.pdf.layout {
        PageLayout::Book => pages::layout(book, faces, gallery),
        PageLayout::Newspaper => news::layout(book, faces, gallery),
    }
}
