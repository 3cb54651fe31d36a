//! The pictures that an article's front matter lists.

use crate::diag::Span;
use crate::model::{ImageRef, Placement};

use super::section::Words;

/// A picture that the front matter lists.
#[derive(Debug, Clone)]
pub(crate) struct Listed {
    /// The path as resolved; `None` where it leaves the folder.
    pub(crate) image: Option<ImageRef>,
    /// Its caption.
    pub(crate) caption: Option<Words>,
    /// Its credit.
    pub(crate) credit: Option<String>,
    /// Words for a blind reader.
    pub(crate) alt: Option<String>,
    /// How large it is set.
    pub(crate) place: Option<Placement>,
    /// Where it is listed.
    pub(crate) span: Span,
    /// Whether the text shows it.
    pub(crate) shown: bool,
}
