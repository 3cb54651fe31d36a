//! The theme: what a designer decides of pages, sizes, faces and rules, as one value.

use crate::geom::{Em, Length};

/// The look of a publication's pages, resolved, with nothing left open.
///
/// Sizes are parts of the body size (`1000` thousandths is the body itself), so that one theme
/// serves every page size.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Theme {
    /// Its name.
    pub name: String,
    /// Margins of the page.
    pub margins: ThemeMargins,
    /// Sizes of body text that may be chosen where the author names none: the least and the
    /// greatest. They are equal where the house's size is kept.
    pub body: (Length, Length),
    /// Pitch of body text where the author names none, in parts of its size.
    pub pitch: Em,
    /// Headlines.
    pub headline: HeadlineTheme,
    /// Subheadings, the highest first; lower ones look like the last.
    pub headings: [HeadingTheme; 4],
    /// Looks of everything else by [`Part`].
    pub looks: [Look; Part::COUNT],
    /// Rules.
    pub rules: RuleTheme,
    /// What only newspaper pages have.
    pub newspaper: NewspaperTheme,
}

impl Theme {
    /// The look of a part of the page.
    #[must_use]
    pub const fn look(&self, part: Part) -> Look {
        self.looks[part as usize]
    }
}

/// Margins in thousandths of the trimmed height (head, foot) or width (gutter, fore-edge).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ThemeMargins {
    /// 天頭.
    pub head: Em,
    /// 地腳.
    pub foot: Em,
    /// 訂口.
    pub gutter: Em,
    /// 切口.
    pub fore_edge: Em,
}

/// A face by the part that it plays.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ThemeFace {
    /// Running text.
    Body,
    /// Headlines and subheadings.
    Heading,
    /// Captions, tables and furniture.
    Caption,
    /// Code.
    Code,
}

impl ThemeFace {
    /// Every face with its name in themes.
    pub const VALUES: &'static [(&'static str, Self)] = &[
        ("body", Self::Body),
        ("heading", Self::Heading),
        ("caption", Self::Caption),
        ("code", Self::Code),
    ];
}

/// How one part of a page is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Look {
    /// Its size, in parts of the body's.
    pub size: Em,
    /// From line to line, in parts of its own size.
    pub pitch: Em,
    /// Its face.
    pub face: ThemeFace,
    /// Whether it is bold.
    pub bold: bool,
}

/// Declares [`Part`] with the names of its tables in a theme.
macro_rules! parts {
    ($($(#[$doc:meta])* $variant:ident = $name:literal,)*) => {
        /// A part of the page that a theme has a look for.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Part { $($(#[$doc])* $variant,)* }

        impl Part {
            /// Every part with the name of its table.
            pub const VALUES: &'static [(&'static str, Self)] = &[$(($name, Self::$variant),)*];
            /// How many there are.
            pub const COUNT: usize = Self::VALUES.len();
        }
    };
}

parts! {
    /// 肩題.
    Kicker = "kicker",
    /// 副題.
    Deck = "deck",
    /// Who wrote it, where and when.
    Byline = "byline",
    /// 導言.
    Lead = "lead",
    /// Captions and credits of pictures and tables.
    Caption = "caption",
    /// Cells of tables.
    Table = "table",
    /// Head cells of tables.
    TableHead = "table-head",
    /// Notes.
    Note = "note",
    /// Code.
    Code = "code",
    /// Running heads and folios.
    Furniture = "furniture",
    /// 報眉.
    SectionHead = "section-head",
    /// 下轉／上接.
    Jump = "jump",
}

/// How headlines are set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeadlineTheme {
    /// Sizes in parts of the body's, the largest first: the largest in which a headline takes few
    /// lines is taken.
    pub sizes: Vec<Em>,
    /// A headline of more lines than this is set in the next smaller size.
    pub lines: u32,
    /// Indent in vertical books, in em of the body.
    pub indent: u32,
    /// Its face.
    pub face: ThemeFace,
    /// Whether it is bold.
    pub bold: bool,
}

/// How one rank of subheadings is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HeadingTheme {
    /// Its size, in parts of the body's.
    pub size: Em,
    /// Lines of the page's grid that it takes (行取り).
    pub lines: u32,
    /// Indent in vertical pages, in em of the body.
    pub indent: u32,
    /// Its face.
    pub face: ThemeFace,
    /// Whether it is bold.
    pub bold: bool,
}

/// Weights of rules.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RuleTheme {
    /// 表罫: inside tables, between tiers.
    pub fine: Length,
    /// 中細: round boxes, between stories.
    pub medium: Length,
    /// 裏罫: at the head and foot of tables, under the section head.
    pub heavy: Length,
}

/// What only newspaper pages have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewspaperTheme {
    /// Characters of a tier that are wanted, in vertical pages and in horizontal ones.
    pub characters: (u32, u32),
    /// Between tiers, in em of the body.
    pub gap: Em,
    /// Sizes of headlines by the tiers that they span, from one, in parts of the body's.
    pub spans: Vec<Em>,
    /// ◆, or nothing.
    pub end_mark: String,
}
