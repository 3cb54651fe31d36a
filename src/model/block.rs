//! Blocks: what stands under one another in an article.

use crate::diag::Span;

use super::inline::Inline;
use super::table::Table;

/// One block of an article's body.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Block {
    /// A subheading.
    Heading(Heading),
    /// A paragraph.
    Paragraph(Paragraph),
    /// A list, numbered or not.
    List(List),
    /// Terms with what they mean.
    Definitions(Definitions),
    /// A block quotation or an alert.
    Quote(Quote),
    /// Verse: lines kept as typed.
    Verse(Verse),
    /// Code: lines and spaces kept as typed.
    Code(CodeBlock),
    /// A picture with its caption.
    Figure(Figure),
    /// A table.
    Table(Table),
    /// A fact box, a sidebar or a pull quote.
    Boxed(Boxed),
    /// A break between scenes (`---`).
    Break {
        /// Where it stands in the source.
        span: Span,
    },
}

impl Block {
    /// Where this block stands in the source.
    #[must_use]
    pub fn span(&self) -> Span {
        match self {
            Self::Heading(b) => b.span,
            Self::Paragraph(b) => b.span,
            Self::List(b) => b.span,
            Self::Definitions(b) => b.span,
            Self::Quote(b) => b.span,
            Self::Verse(b) => b.span,
            Self::Code(b) => b.span,
            Self::Figure(b) => b.span,
            Self::Table(b) => b.span,
            Self::Boxed(b) => b.span,
            Self::Break { span } => *span,
        }
    }
}

/// A subheading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading {
    /// 1–6, as typed.
    pub level: u8,
    /// An id unique in the publication: the author's, else made from the article and a count.
    pub id: String,
    /// Its text.
    pub content: Vec<Inline>,
    /// Where it stands in the source.
    pub span: Span,
}

/// A paragraph.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paragraph {
    /// Its text.
    pub content: Vec<Inline>,
    /// Whether it goes on after an interruption (a list or a figure inside a sentence) and so
    /// takes no indent. Set by nothing but the parser.
    pub continued: bool,
    /// Where it stands in the source.
    pub span: Span,
}

/// A list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct List {
    /// The first number of a numbered list.
    pub start: Option<u64>,
    /// Whether its items are single paragraphs without space between them.
    pub tight: bool,
    /// Its items.
    pub items: Vec<ListItem>,
    /// Where it stands in the source.
    pub span: Span,
}

/// One item of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListItem {
    /// A task's tick box: done or not.
    pub task: Option<bool>,
    /// What the item holds.
    pub blocks: Vec<Block>,
    /// Where it stands in the source.
    pub span: Span,
}

/// A definition list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Definitions {
    /// Its entries.
    pub entries: Vec<Definition>,
    /// Where it stands in the source.
    pub span: Span,
}

/// One entry: terms and their meanings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Definition {
    /// The terms.
    pub terms: Vec<Vec<Inline>>,
    /// The meanings, each a run of blocks.
    pub meanings: Vec<Vec<Block>>,
}

/// A block quotation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quote {
    /// Plain, or one of the alerts.
    pub kind: QuoteKind,
    /// What it holds.
    pub blocks: Vec<Block>,
    /// Where it stands in the source.
    pub span: Span,
}

/// What a block quotation is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum QuoteKind {
    /// Somebody's words.
    Plain,
    /// `> [!NOTE]`
    Note,
    /// `> [!TIP]`
    Tip,
    /// `> [!IMPORTANT]`
    Important,
    /// `> [!WARNING]`
    Warning,
    /// `> [!CAUTION]`
    Caution,
}

/// Verse: stanzas of lines, never justified.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verse {
    /// Its heading, where the section has one.
    pub title: Option<Heading>,
    /// Stanzas; each is a run of lines.
    pub stanzas: Vec<Vec<Vec<Inline>>>,
    /// Where it stands in the source.
    pub span: Span,
}

/// A block of code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CodeBlock {
    /// The first word of the info string.
    pub language: Option<String>,
    /// The text, lines ended by `\n`, without a last one.
    pub text: String,
    /// Where it stands in the source.
    pub span: Span,
}

/// A path of an image inside the publication's folder.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ImageRef {
    /// The path from the publication's folder, `/` between its parts, without `.` and `..`.
    pub path: String,
    /// Where it was named.
    pub span: Span,
}

/// A picture with its caption.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figure {
    /// An id unique in the publication: the author's, else made from the article and a count.
    pub id: String,
    /// The picture.
    pub image: ImageRef,
    /// Words for a reader who cannot see it.
    pub alt: String,
    /// Its caption, without pointer and credit.
    pub caption: Vec<Inline>,
    /// Who made it, as printed, without brackets.
    pub credit: Option<String>,
    /// How large it is set.
    pub place: Placement,
    /// Where it stands in the source.
    pub span: Span,
}

/// How large a figure is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Placement {
    /// In its column.
    #[default]
    Column,
    /// Over several columns, or the whole measure.
    Wide,
    /// On a page of its own.
    Page,
    /// On a page of its own, to the trimmed edge.
    Bleed,
}

/// A section set apart with its heading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Boxed {
    /// Which kind.
    pub kind: BoxKind,
    /// Its heading; a pull quote's heading may be empty.
    pub title: Heading,
    /// What it holds.
    pub blocks: Vec<Block>,
    /// Where it stands in the source.
    pub span: Span,
}

/// What a section set apart is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum BoxKind {
    /// A fact box (方塊).
    Fact,
    /// A side story.
    Sidebar,
    /// A quotation set large.
    PullQuote,
}
