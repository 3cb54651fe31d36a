//! Faults of the machine that keep a PDF from being written.

use crate::font::FontError;

/// Why a PDF could not be written.
#[derive(Debug, thiserror::Error)]
pub enum PdfError {
    /// A face cannot be embedded.
    #[error(transparent)]
    Font(#[from] FontError),
    /// The document could not be put together: a fault of this program or of a library under it.
    #[error("the PDF cannot be assembled: {0}")]
    Assembly(&'static str),
    /// Its target could not be written.
    #[error("cannot write the PDF: {0}")]
    Write(#[from] std::io::Error),
}
