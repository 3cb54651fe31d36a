//! What catalogues and archives read of a document: the information dictionary and packets of XMP, which agree.

mod info;
mod issue;
mod packet;
mod picture;
mod schema;

pub(crate) use info::Info;
pub(crate) use issue::Pages;
pub(crate) use picture::{PictureWords, of_pictures};
