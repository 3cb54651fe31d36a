//! The issue of a newspaper or magazine in the words of PRISM: its name, number, day, section and pages.

use crate::model::Metadata;

use super::packet::Packet;
use super::schema;

/// The pages of a document as they are printed.
#[derive(Debug)]
pub(crate) struct Pages<'a> {
    /// The number of the first.
    pub(crate) first: &'a str,
    /// The number of the last.
    pub(crate) last: &'a str,
    /// How many.
    pub(crate) count: usize,
    /// Whether they are those of a newspaper, else of a book.
    pub(crate) of_newspaper: bool,
}

/// Tells of the issue (PRISM 3.0, Basic Metadata Specification); `false` where it is of none.
pub(super) fn tell(out: &mut Packet, meta: &Metadata, pages: &Pages<'_>) -> bool {
    let Some(issue) = &meta.issue else {
        return false;
    };
    let of = |text: &Option<String>| text.clone().unwrap_or_default();
    out.open(&[(schema::ISSUE.prefix, schema::ISSUE.namespace)]);
    let kind = if pages.of_newspaper {
        "newspaper"
    } else {
        "magazine"
    };
    out.tell("prism:aggregationType", kind);
    out.tell("prism:publicationName", &of(&issue.publication));
    out.tell("prism:issn", &of(&issue.issn));
    out.tell("prism:number", &of(&issue.number));
    out.tell("prism:publicationDate", &of(&meta.date));
    out.tell("prism:coverDisplayDate", &of(&issue.lunar));
    out.tell("prism:section", &of(&issue.section));
    out.tell("prism:startingPage", pages.first);
    out.tell("prism:endingPage", pages.last);
    let range = if pages.first == pages.last {
        pages.first.to_owned()
    } else {
        format!("{}–{}", pages.first, pages.last)
    };
    out.tell("prism:pageRange", &range);
    out.tell("prism:pageCount", &pages.count.to_string());
    out.close();
    true
}
