//! Why a face cannot be used or written.

/// A fault of a font file or of the machine; a fault of the manuscript's choice of fonts is a
/// diagnostic.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FontError {
    /// A file that is there could not be read.
    #[error("cannot read the font {name}: {reason}")]
    Unreadable {
        /// The file.
        name: String,
        /// What the system said.
        reason: String,
    },
    /// The licence of the face forbids embedding (OS/2 `fsType`).
    #[error("the licence of the face {face} forbids embedding (fsType {bits:#06x})")]
    Licence {
        /// Its PostScript name.
        face: String,
        /// The bits as they stand in the file.
        bits: u16,
    },
    /// No subset of the face could be made.
    #[error("no subset of the face {face} can be made: {reason}")]
    Subset {
        /// Its PostScript name.
        face: String,
        /// What failed.
        reason: String,
    },
}
