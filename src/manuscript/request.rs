//! What is asked of the reader, what it gives, and how the machine may fail it.

use crate::diag::Sources;
use crate::model::Book;

/// Which manuscript is read, and how.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Request {
    /// A folder or a single file.
    pub entry: Entry,
    /// Keys of `book.toml` set from outside, each a dotted path and a value: TOML, else text.
    pub overrides: Vec<(String, String)>,
    /// Name of the publication's folder, or of the single file without its extension: the
    /// outputs are named after it where the author gives no `file-name`.
    pub folder_name: String,
    /// `SOURCE_DATE_EPOCH`: seconds since 1970, for a publication without a date.
    pub source_date_epoch: Option<i64>,
}

/// Where reading starts.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Entry {
    /// A folder with `book.toml`, or an mdBook folder.
    #[default]
    Folder,
    /// A single Markdown file, by its name inside the folder that the port opens.
    SingleFile(String),
}

/// A publication as read, with the texts that its spans point into.
#[derive(Debug, Clone)]
pub struct Reading {
    /// The publication.
    pub book: Book,
    /// Its files of text.
    pub sources: Sources,
}

/// Why a manuscript could not be read at all. Faults of what is written in it are
/// [`Diagnostic`](crate::diag::Diagnostic)s instead.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A folder or file that is there cannot be read by this machine.
    #[error("cannot read {path}: {why}")]
    Unreadable {
        /// Which, from the publication's folder.
        path: String,
        /// What the machine says.
        why: String,
    },
}
