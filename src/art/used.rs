//! Which pictures a publication shows.

use crate::model::visit::{self, Visitor};
use crate::model::{Book, Figure, ImageRef, Inline};

/// Every image of a publication in reading order, the cover first; one shown twice is there twice.
///
/// ```
/// # fn count(book: &banxin::model::Book) -> usize {
/// banxin::art::images_of(book).len()
/// # }
/// ```
#[must_use]
pub fn images_of(book: &Book) -> Vec<&ImageRef> {
    let mut found = Found(book.meta.cover.iter().collect());
    visit::book(book, &mut found);
    found.0
}

struct Found<'a>(Vec<&'a ImageRef>);

impl<'a> Visitor<'a> for Found<'a> {
    fn figure(&mut self, figure: &'a Figure) {
        self.0.push(&figure.image);
    }

    fn inline(&mut self, inline: &'a Inline) {
        if let Inline::Image { image, .. } = inline {
            self.0.push(image);
        }
    }
}
