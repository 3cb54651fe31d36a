//! What was written: a publication as a tree of articles, blocks and inline text, with no I/O.

pub mod block;
pub mod book;
pub mod credit;
pub mod inline;
pub mod language;
pub mod output;
pub mod style;
pub mod table;
pub mod theme;
pub mod visit;

pub use block::{
    Block, BoxKind, Boxed, CodeBlock, Definition, Definitions, Figure, Heading, ImageRef, List,
    ListItem, Paragraph, Placement, Quote, QuoteKind, Verse,
};
pub use book::{
    Accessibility, Article, Book, HeadlineSetting, Issue, Metadata, Note, PagePlan, Part,
};
pub use credit::{Bearer, Credit, Role};
pub use inline::{Inline, LinkTarget, Mark, MarkKind, Ruby, RubyKind, RubyPart};
pub use language::Language;
pub use output::{
    EpubOutput, EpubProfile, Margins, MissingPages, Output, PageLayout, PageSize, PdfColour,
    PdfMark, PdfOutput, PdfStandard,
};
pub use style::{Style, Tradition};
pub use table::{Align, Cell, Row, Table};
pub use theme::Theme;
