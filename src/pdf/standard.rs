//! Which standards a document keeps, and what they ask of its parts.

use crate::model::{PdfOutput, PdfStandard};

/// The standards of one document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Conformance {
    /// The part of PDF/A and its level, as in 2a (ISO 19005-2, ISO 19005-3).
    pub(crate) archive: Option<(u8, char)>,
    /// Whether it is PDF/UA-1 (ISO 14289-1).
    pub(crate) accessible: bool,
}

impl Conformance {
    /// The standards that an output asks for.
    pub(crate) fn of(output: &PdfOutput) -> Self {
        let mut own = Self::default();
        for standard in &output.standard {
            match standard {
                PdfStandard::A2a => own.archive = Some((2, 'A')),
                PdfStandard::A2u => own.archive = Some((2, 'U')),
                PdfStandard::A2b => own.archive = Some((2, 'B')),
                PdfStandard::A3a => own.archive = Some((3, 'A')),
                PdfStandard::Ua1 => own.accessible = true,
                PdfStandard::X4 => {}
            }
        }
        // What travels inside may be of any kind in the third part alone (ISO 19005-2, 6.8).
        if output.attach_source
            && let Some((part, _)) = &mut own.archive
        {
            *part = 3;
        }
        own
    }

    /// Whether its content has a structure.
    pub(crate) fn is_tagged(self) -> bool {
        self.accessible || self.archive.is_some()
    }
}
