//! What the caller asks of a PDF.

use crate::geom::WritingMode;
use crate::model::{Book, Metadata, Part, PdfOutput};

use super::attached::Attached;

/// What a PDF says of its publication, and in which form it is made.
#[derive(Debug, Clone, Copy)]
pub struct PdfOptions<'a> {
    /// What catalogues ask for.
    pub meta: &'a Metadata,
    /// Colours, hints and standards.
    pub output: &'a PdfOutput,
    /// Which way the publication's lines run.
    pub writing_mode: WritingMode,
    /// The stories, for what is said of their people and pictures.
    pub parts: &'a [Part],
    /// The files that travel inside the document.
    pub attached: &'a [Attached<'a>],
}

impl<'a> PdfOptions<'a> {
    /// The options that a publication states for itself.
    #[must_use]
    pub fn of(book: &'a Book) -> Self {
        Self {
            meta: &book.meta,
            output: &book.output.pdf,
            writing_mode: book.style.writing_mode,
            parts: &book.parts,
            attached: &[],
        }
    }
}
