//! Entries of the dictionaries that printpdf takes.

use printpdf::DictItem;

/// A name.
pub(crate) fn name(text: &str) -> DictItem {
    DictItem::Name(text.as_bytes().to_vec())
}
