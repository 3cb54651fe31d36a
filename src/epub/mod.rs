//! EPUB 3: the publication as a package that bookshops and reading systems take.

mod blocks;
mod container;
mod credits;
mod error;
mod fonts;
mod ids;
mod images;
mod inlines;
mod matter;
mod metadata;
mod nav;
mod ncx;
mod package;
mod scribe;
mod story;
mod style;
mod tables;
mod voice;
mod writer;
mod xhtml;

pub use error::EpubError;
pub use writer::{EpubOptions, EpubWriter};
