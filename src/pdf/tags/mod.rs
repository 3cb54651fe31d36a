//! The structure of the document for readers who hear it and for archives: tags on the content of pages.

mod page;
mod repeated;
mod role;
mod tree;
mod walk;
mod write;

pub(crate) use page::{Owner, PageTags, Piece};
pub(crate) use repeated::HeadRows;
pub(crate) use tree::{Stories, build};
pub(crate) use walk::Walk;
pub(crate) use write::{Sheets, write};
