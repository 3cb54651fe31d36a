//! What each frame is in the structure of the document (ISO 32000-1, 14.8.4; ISO 14289-1).

use crate::layout::FrameKind;

/// What a structure element is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Role {
    /// The whole.
    Document,
    /// A story.
    Article,
    /// A heading with what stands under it; a box, a side story.
    Section,
    /// A figure with its caption.
    Division,
    /// A heading, the story's own being 1.
    Heading(u8),
    /// A paragraph.
    Paragraph,
    /// A paragraph with a name of a newspaper's, mapped to `P`.
    Named(&'static str),
    /// A list.
    List,
    /// Its item.
    Item,
    /// The marker of an item or a note; a term.
    Label,
    /// The text of an item.
    Body,
    /// A table.
    Table,
    /// Its row.
    Row,
    /// A cell at the head of its column.
    HeadCell,
    /// Any other cell.
    Cell,
    /// A picture.
    Figure,
    /// A caption.
    Caption,
    /// A note.
    Note,
    /// What leads elsewhere in the document.
    Reference,
    /// A link.
    Link,
    /// A quotation set apart.
    Quote,
    /// Code.
    Code,
    /// The contents.
    Contents,
    /// An entry of the contents.
    Entry,
    /// A base with its reading.
    Ruby,
    /// The base.
    RubyBase,
    /// The reading.
    RubyText,
    /// A note between the lines.
    Interlinear,
    /// Its opening bracket; empty where it stands on the line before.
    InterlinearOpen,
    /// Its text.
    InterlinearText,
    /// Its closing bracket; empty where it stands on the next line.
    InterlinearClose,
    /// A part of the publication with its stories.
    Part,
    /// Text of no structure of its own.
    Span,
}

/// The names that roles of a newspaper have here, and the standard ones for which they stand;
/// sorted.
pub(crate) const NAMED: &[(&str, &str)] = &[
    ("Byline", "P"),
    ("Credit", "P"),
    ("Dateline", "P"),
    ("Deck", "P"),
    ("Kicker", "P"),
    ("Lead", "P"),
    ("Verse", "P"),
];

impl Role {
    /// Its structure type.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Document => "Document",
            Self::Article => "Art",
            Self::Section => "Sect",
            Self::Division => "Div",
            Self::Heading(1) => "H1",
            Self::Heading(2) => "H2",
            Self::Heading(3) => "H3",
            Self::Heading(4) => "H4",
            Self::Heading(5) => "H5",
            Self::Heading(_) => "H6",
            Self::Paragraph => "P",
            Self::Named(name) => name,
            Self::List => "L",
            Self::Item => "LI",
            Self::Label => "Lbl",
            Self::Body => "LBody",
            Self::Table => "Table",
            Self::Row => "TR",
            Self::HeadCell => "TH",
            Self::Cell => "TD",
            Self::Figure => "Figure",
            Self::Caption => "Caption",
            Self::Note => "Note",
            Self::Reference => "Reference",
            Self::Link => "Link",
            Self::Quote => "BlockQuote",
            Self::Code => "Code",
            Self::Contents => "TOC",
            Self::Entry => "TOCI",
            Self::Ruby => "Ruby",
            Self::RubyBase => "RB",
            Self::RubyText => "RT",
            Self::Interlinear => "Warichu",
            Self::InterlinearOpen | Self::InterlinearClose => "WP",
            Self::InterlinearText => "WT",
            Self::Part => "Part",
            Self::Span => "Span",
        }
    }
}

/// What becomes of a frame in the structure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Treatment {
    /// It is an element.
    Element(Role),
    /// It is furniture: no reader reads it aloud.
    Artifact,
    /// What is in it belongs to what holds it.
    Through,
}

/// What becomes of a frame of a kind, at a level where it is a heading.
pub(crate) const fn treatment(kind: FrameKind, level: u8) -> Treatment {
    use Treatment::{Artifact, Element, Through};
    match kind {
        FrameKind::Page => Through,
        FrameKind::Heading => Element(Role::Heading(level)),
        FrameKind::Headline => Element(Role::Heading(1)),
        FrameKind::Kicker => Element(Role::Named("Kicker")),
        FrameKind::Deck => Element(Role::Named("Deck")),
        FrameKind::Lead => Element(Role::Named("Lead")),
        FrameKind::Byline => Element(Role::Named("Byline")),
        FrameKind::Dateline => Element(Role::Named("Dateline")),
        FrameKind::Credit => Element(Role::Named("Credit")),
        FrameKind::Verse => Element(Role::Named("Verse")),
        FrameKind::Caption => Element(Role::Caption),
        FrameKind::Figure => Element(Role::Division),
        FrameKind::Table => Element(Role::Table),
        FrameKind::Row => Element(Role::Row),
        FrameKind::HeadCell => Element(Role::HeadCell),
        FrameKind::Cell => Element(Role::Cell),
        FrameKind::Box | FrameKind::Sidebar => Element(Role::Section),
        FrameKind::PullQuote | FrameKind::Quote => Element(Role::Quote),
        FrameKind::List => Element(Role::List),
        FrameKind::Item => Element(Role::Item),
        FrameKind::Term => Element(Role::Label),
        FrameKind::Note => Element(Role::Note),
        FrameKind::Toc => Element(Role::Entry),
        // It leads to where the story goes on.
        FrameKind::Paragraph | FrameKind::Code | FrameKind::Jump => Element(Role::Paragraph),
        FrameKind::Pointer
        | FrameKind::RunningHead
        | FrameKind::Folio
        | FrameKind::SectionHead
        | FrameKind::EndMark
        | FrameKind::Rule
        | FrameKind::CropMark => Artifact,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_newspapers_are_sorted_and_mapped() {
        assert!(NAMED.windows(2).all(|pair| pair[0].0 < pair[1].0));
        for kind in [
            FrameKind::Kicker,
            FrameKind::Deck,
            FrameKind::Lead,
            FrameKind::Byline,
            FrameKind::Dateline,
            FrameKind::Credit,
            FrameKind::Verse,
        ] {
            let Treatment::Element(role) = treatment(kind, 0) else {
                panic!("{kind:?} is no element");
            };
            assert!(NAMED.iter().any(|row| row.0 == role.name()), "{role:?}");
        }
    }

    #[test]
    fn furniture_is_read_by_nobody() {
        for kind in [FrameKind::Folio, FrameKind::RunningHead, FrameKind::Rule] {
            assert_eq!(treatment(kind, 0), Treatment::Artifact);
        }
    }
}
