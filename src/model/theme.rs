//! The theme: what a designer decides of pages, sizes, faces and rules, as one value.

use crate::geom::{Em, Length, Size};

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
    /// Title pages of a book and of its parts.
    pub title_page: TitlePageTheme,
    /// The colophon of a book.
    pub colophon: ColophonTheme,
    /// Where running heads and folios of books stand, and what they say.
    pub furniture: FurnitureTheme,
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

/// Margins on a sheet that they are made for; other sheets scale them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ThemeMargins {
    /// The trimmed size of that sheet.
    pub sheet: Size,
    /// 天頭.
    pub head: Length,
    /// 地腳.
    pub foot: Length,
    /// 訂口.
    pub gutter: Length,
    /// 切口.
    pub fore_edge: Length,
}

/// Micrometres of so many thousandths of a point.
const MICROMETRES: (i64, i64) = (127, 360);

impl ThemeMargins {
    /// The margins on a sheet of another size: head and foot by its height, the others by its
    /// width.
    #[must_use]
    pub fn on(self, trim: Size) -> Self {
        // In whole micrometres, as margins are given; a side in thousandths of a point may be
        // half of one short of its millimetres.
        let scaled = |margin: Length, to: Length, from: Length| {
            let margin = margin.scale(MICROMETRES.0, MICROMETRES.1).wide();
            Length::micrometres(margin * (2 * to.wide() + 1) / (2 * from.wide()).max(1))
        };
        let down = |margin| scaled(margin, trim.height, self.sheet.height);
        let across = |margin| scaled(margin, trim.width, self.sheet.width);
        Self {
            sheet: trim,
            head: down(self.head),
            foot: down(self.foot),
            gutter: across(self.gutter),
            fore_edge: across(self.fore_edge),
        }
    }
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
    /// Its size, in parts of the body's; of the text around it, where that is smaller.
    pub size: Em,
    /// From line to line, in parts of its own size.
    pub pitch: Em,
    /// Its face.
    pub face: ThemeFace,
    /// Whether it is bold.
    pub bold: bool,
}

/// What a theme says of a part beside its face and whether it is bold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Measures {
    /// Nothing: its size is that of what it belongs to.
    Face,
    /// Its size; its lines stand on the page's grid.
    Size,
    /// Its size and its pitch.
    Pitch,
}

/// Declares [`Part`] with the names of its tables in a theme and what they say.
macro_rules! parts {
    ($($(#[$doc:meta])* $variant:ident = $name:literal $measures:ident,)*) => {
        /// A part of the page that a theme has a look for.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Part { $($(#[$doc])* $variant,)* }

        impl Part {
            /// Every part with the name of its table and what it says.
            pub const VALUES: &'static [(&'static str, Self, Measures)] =
                &[$(($name, Self::$variant, Measures::$measures),)*];
            /// How many there are.
            pub const COUNT: usize = Self::VALUES.len();
        }
    };
}

parts! {
    /// 肩題 of a book's article; the face also in newspapers.
    Kicker = "kicker" Size,
    /// 副題 of a book's article; the face also in newspapers.
    Deck = "deck" Size,
    /// The title alone on the leaf before the title page.
    HalfTitle = "half-title" Size,
    /// The subtitle on the title page, in parts of the title.
    Subtitle = "subtitle" Size,
    /// Who made the book, who published it and when, on the title page.
    Imprint = "imprint" Size,
    /// What stands over the contents.
    ContentsTitle = "contents-title" Size,
    /// Parts in the contents.
    ContentsPart = "contents-part" Face,
    /// Articles in the contents.
    Contents = "contents" Size,
    /// The book's title in the colophon.
    ColophonTitle = "colophon-title" Size,
    /// The colophon.
    Colophon = "colophon" Size,
    /// Who wrote it, where and when.
    Byline = "byline" Size,
    /// 導言.
    Lead = "lead" Size,
    /// Captions and credits of pictures.
    Caption = "caption" Pitch,
    /// Cells of tables.
    Table = "table" Pitch,
    /// Head cells of tables.
    TableHead = "table-head" Face,
    /// Captions of tables; bold is their label alone, where they have one.
    TableCaption = "table-caption" Pitch,
    /// Notes.
    Note = "note" Pitch,
    /// Code.
    Code = "code" Pitch,
    /// Text of boxes; the pitch in newspapers.
    Box = "box" Pitch,
    /// Titles of boxes, in parts of the box's text.
    BoxTitle = "box-title" Size,
    /// 金句; the pitch in newspapers.
    Quote = "quote" Pitch,
    /// Running heads and folios.
    Furniture = "furniture" Size,
    /// 報眉: number of the page, name of the section and of the newspaper.
    SectionName = "section-name" Size,
    /// 報眉: everything else.
    SectionHead = "section-head" Size,
    /// 下轉.
    Jump = "jump" Size,
    /// 上接.
    Continued = "continued" Size,
}

/// How headlines are set: the sizes in books, the face also in newspapers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeadlineTheme {
    /// Sizes in parts of the body's, the largest first: the largest in which a headline takes few
    /// lines is taken.
    pub sizes: Vec<Em>,
    /// A headline of more lines than this is set in the next smaller size.
    pub lines: u32,
    /// Indent in vertical books, in em of the body.
    pub indent: u32,
    /// One of two or three Han characters in a book is spread over so many em of its own (字取り);
    /// nought for not at all.
    pub spread: u32,
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
    /// Blank lines before it.
    pub space: u32,
    /// One of two or three Han characters is spread over so many em of its own (字取り); nought
    /// for not at all.
    pub spread: u32,
    /// Its face.
    pub face: ThemeFace,
    /// Whether it is bold.
    pub bold: bool,
}

/// Title pages of a book and of its parts; the face is that of headlines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TitlePageTheme {
    /// Sizes of the title in parts of the body's, the largest first: the largest in which it takes
    /// one line is taken.
    pub sizes: Vec<Em>,
    /// This part of the free space stands before the type, on vertical pages and on horizontal
    /// ones.
    pub before: (Em, Em),
}

/// The colophon (版權頁).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ColophonTheme {
    /// What is drawn around it.
    pub frame: ColophonFrame,
    /// This part of the free space stands before it.
    pub before: Em,
}

/// What is drawn around a colophon.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ColophonFrame {
    /// Rules on all four sides.
    Box,
    /// Rules before and after it.
    Rules,
    /// Nothing.
    Nothing,
}

impl ColophonFrame {
    /// Each with its name in themes.
    pub const VALUES: &'static [(&'static str, Self)] = &[
        ("box", Self::Box),
        ("rules", Self::Rules),
        ("none", Self::Nothing),
    ];
}

/// Running heads (柱) and folios of books.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FurnitureTheme {
    /// Where running heads stand.
    pub running_head: FurniturePlace,
    /// Where folios stand.
    pub folio: FurniturePlace,
    /// How folios, and the page numbers of contents and references, are written.
    pub numerals: Numerals,
    /// What the running heads of even pages say.
    pub even: RunningTitle,
    /// What those of odd pages say.
    pub odd: RunningTitle,
}

/// Where a running head or a folio stands, towards the fore-edge.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FurniturePlace {
    /// In a line above the type area.
    Head,
    /// In a line below the type area.
    Foot,
    /// In a column beside the type area of vertical pages; above it on horizontal ones.
    ForeEdge,
    /// Nowhere.
    Nowhere,
}

impl FurniturePlace {
    /// Every place with its name in themes.
    pub const VALUES: &'static [(&'static str, Self)] = &[
        ("head", Self::Head),
        ("foot", Self::Foot),
        ("fore-edge", Self::ForeEdge),
        ("none", Self::Nowhere),
    ];
}

/// How page numbers are written; those of front matter are Roman.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Numerals {
    /// 103.
    Arabic,
    /// 一〇三.
    Han,
}

impl Numerals {
    /// Each with its name in themes.
    pub const VALUES: &'static [(&'static str, Self)] =
        &[("arabic", Self::Arabic), ("han", Self::Han)];
}

/// Whose title a running head says; the next higher one where there is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RunningTitle {
    /// The book's.
    Book,
    /// The part's.
    Part,
    /// The article's.
    Article,
    /// That of the highest subheading in force at the page's start, else of the first on it.
    Section,
}

impl RunningTitle {
    /// Each with its name in themes.
    pub const VALUES: &'static [(&'static str, Self)] = &[
        ("book", Self::Book),
        ("part", Self::Part),
        ("article", Self::Article),
        ("section", Self::Section),
    ];
}

/// Weights of rules.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RuleTheme {
    /// 表罫: inside tables, over notes.
    pub fine: Length,
    /// 中細: round boxes.
    pub medium: Length,
    /// 裏罫: at the head and foot of tables, round side stories.
    pub heavy: Length,
    /// 欄線: between tiers of a newspaper.
    pub tier: Length,
    /// Between stories of a newspaper.
    pub story: Length,
    /// 天線: under the section head of a newspaper.
    pub head: Length,
}

/// What only newspaper pages have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewspaperTheme {
    /// Characters of a tier that are wanted, in vertical pages and in horizontal ones.
    pub characters: (u32, u32),
    /// Between tiers, in em of the body.
    pub gap: Em,
    /// ◆, or nothing.
    pub end_mark: String,
    /// Headlines.
    pub headline: NewspaperHeadline,
}

/// How large the headlines of newspaper pages are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewspaperHeadline {
    /// The leading story's title is this part of the page's height: one so-many-th …
    pub page_part: u32,
    /// … and no larger than this, in parts of the body's size; none is smaller than the second.
    pub bounds: (Em, Em),
    /// Sizes by the story's rank, in parts of the leading one's, which is the first.
    pub ranks: Vec<Em>,
    /// 肩題 in parts of its title's size.
    pub kicker: Em,
    /// 副題 in parts of its title's size.
    pub deck: Em,
    /// The least and the greatest size of kicker and deck, in parts of the body's.
    pub beside: (Em, Em),
}
