//! banxin (版心) typesets Chinese and Japanese Markdown as EPUB 3 and as print-ready PDF.

pub mod art;
mod bundle;
pub mod diag;
pub mod epub;
pub mod files;
pub mod font;
pub mod geom;
pub mod layout;
pub mod manuscript;
pub mod model;
pub mod pdf;
mod probe;
pub mod proof;
mod publication;
pub mod rules;
pub mod verify;

pub use probe::{Answer, Job, Markup, Probe, Rules};
pub use publication::{Error, Options, Publication, has_errors};
