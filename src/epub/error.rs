//! Faults of the machine while an EPUB is made.

use thiserror::Error;

/// Why an EPUB could not be made. Faults of the manuscript are diagnostics, not errors.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum EpubError {
    /// The package could not be built.
    #[error("the package could not be built: {0}")]
    Package(#[from] epub_builder::Error),
    /// The package's XML could not be rewritten.
    #[error("the package's XML could not be rewritten: {0}")]
    Xml(#[from] quick_xml::Error),
    /// The container could not be written.
    #[error("the container could not be written: {0}")]
    Container(#[from] zip::result::ZipError),
    /// A face could not be subset.
    #[error(transparent)]
    Font(#[from] crate::font::FontError),
    /// Writing failed.
    #[error(transparent)]
    Io(#[from] std::io::Error),
}

/// What making an EPUB gives.
pub(crate) type Result<T> = std::result::Result<T, EpubError>;
