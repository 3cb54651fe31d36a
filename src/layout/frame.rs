//! What layout gives: pages of frames, each with everything in it placed.

use crate::diag::Span;
use crate::geom::{Length, Point, Size};

use super::line::Line;

/// Finished pages with what leads into them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Layout {
    /// The pages, in reading order.
    pub pages: Vec<Page>,
    /// The outline, in reading order.
    pub bookmarks: Vec<Bookmark>,
}

/// One page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// Its number as printed or as it would be; also its label in viewers.
    pub number: String,
    /// On which side of the spread it lies.
    pub side: Side,
    /// Trimmed size.
    pub trim: Size,
    /// Ink beyond the trimmed edge on every side.
    pub bleed: Length,
    /// Everything on it; the frame's corner is the trim's upper left.
    pub frame: Frame,
}

/// On which side of the spread a page lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Side {
    /// Left.
    Left,
    /// Right.
    Right,
}

/// An entry of the outline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bookmark {
    /// Its words.
    pub title: String,
    /// How deep it is nested, from zero.
    pub depth: u8,
    /// The page it leads to, from zero.
    pub page: usize,
    /// The place on that page.
    pub at: Point,
}

/// A box of placed items, which may be frames in their turn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Frame {
    /// What it holds, in a typesetter's words.
    pub kind: FrameKind,
    /// Its extent on the sheet.
    pub size: Size,
    /// How it is turned there.
    pub turn: Turn,
    /// What is in it, each by the place of its corner (or of a line's origin) from the frame's
    /// upper left corner, in reading order.
    pub items: Vec<(Point, Item)>,
    /// The id of its article.
    pub article: Option<String>,
    /// Where its content stands in the source.
    pub source: Option<Span>,
    /// Of a heading: how deep it stands, the article's own headline being 1; else 0.
    pub level: u8,
}

impl Frame {
    /// An empty frame.
    #[must_use]
    pub fn new(kind: FrameKind, size: Size) -> Self {
        Self {
            kind,
            size,
            turn: Turn::None,
            items: Vec::new(),
            article: None,
            source: None,
            level: 0,
        }
    }

    /// Puts an item at a place.
    pub fn push(&mut self, at: Point, item: Item) {
        self.items.push((at, item));
    }
}

/// How a frame is turned on the sheet. What is in a turned frame has its places from the corner
/// that is the upper left one when the frame is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Turn {
    /// Not at all.
    #[default]
    None,
    /// By a quarter clockwise: its top is at the right.
    Right,
    /// By a quarter the other way: its top is at the left.
    Left,
}

impl Turn {
    /// The name in `inspect`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Right => "right",
            Self::Left => "left",
        }
    }

    /// A size as it lies on the sheet, or back.
    #[must_use]
    pub const fn extent(self, size: Size) -> Size {
        match self {
            Self::None => size,
            Self::Right | Self::Left => Size::new(size.height, size.width),
        }
    }
}

/// Something placed in a frame.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Item {
    /// A line; its place is its origin.
    Line(Line),
    /// A filled rectangle: a rule or a field.
    Rule(Rule),
    /// A picture, filling its size.
    Image {
        /// Its path in the publication's folder.
        path: String,
        /// Its extent on the sheet.
        size: Size,
        /// Words for a reader who cannot see it.
        alt: String,
    },
    /// A frame.
    Group(Frame),
    /// The place where an id is found by links.
    Anchor(String),
}

/// A filled rectangle.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rule {
    /// Its extent on the sheet.
    pub size: Size,
    /// Its ink.
    pub ink: Ink,
}

/// Ink as the darkness of black, in thousandths: 1000 is black, 0 is paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Ink(pub u16);

impl Ink {
    /// Full black.
    pub const BLACK: Self = Self(1000);
}

/// Declares [`FrameKind`] with the names of `inspect`.
macro_rules! kinds {
    ($($(#[$doc:meta])* $variant:ident = $name:literal,)*) => {
        /// What a frame holds; the names are those of `inspect --format json`.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum FrameKind { $($(#[$doc])* $variant,)* }

        impl FrameKind {
            /// The name in `inspect`.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)* }
            }
        }
    };
}

kinds! {
    /// A whole page.
    Page = "page",
    /// A paragraph.
    Paragraph = "paragraph",
    /// A subheading.
    Heading = "heading",
    /// A headline.
    Headline = "headline",
    /// 肩題.
    Kicker = "kicker",
    /// 副題.
    Deck = "deck",
    /// 導言.
    Lead = "lead",
    /// Who wrote it.
    Byline = "byline",
    /// Where and when.
    Dateline = "dateline",
    /// A caption.
    Caption = "caption",
    /// Who made a picture, or one line of the colophon.
    Credit = "credit",
    /// ▲ ▼ ◀ ▶.
    Pointer = "pointer",
    /// A figure with its caption.
    Figure = "figure",
    /// A table.
    Table = "table",
    /// A row of a table.
    Row = "row",
    /// A cell at the head of its column.
    HeadCell = "head-cell",
    /// A cell.
    Cell = "cell",
    /// A fact box.
    Box = "box",
    /// A side story.
    Sidebar = "sidebar",
    /// A quotation set large.
    PullQuote = "pullquote",
    /// A list.
    List = "list",
    /// An item of a list, or a term with its meanings.
    Item = "item",
    /// A term that is explained.
    Term = "term",
    /// Verse.
    Verse = "verse",
    /// A block quotation.
    Quote = "quote",
    /// Code.
    Code = "code",
    /// A note.
    Note = "note",
    /// A line of the contents.
    Toc = "toc",
    /// 柱.
    RunningHead = "running-head",
    /// ノンブル.
    Folio = "folio",
    /// 報眉.
    SectionHead = "section-head",
    /// 下轉／上接.
    Jump = "jump",
    /// ◆.
    EndMark = "end-mark",
    /// A rule between things.
    Rule = "rule",
    /// A mark outside the trimmed page.
    CropMark = "crop-mark",
}
