//! What planning knows of a story: how much text it has, and in which ways its head and its pieces may be set.

/// A newspaper to be planned: pages of so many tiers by so many lines, and what is to stand on them.
#[derive(Debug, Clone)]
pub(crate) struct Problem {
    /// Tiers of a page.
    pub(crate) tiers: u16,
    /// Lines of a tier.
    pub(crate) lines: u16,
    /// The stories, in the order of their weight: the first leads.
    pub(crate) stories: Vec<Form>,
    /// Whether lines are vertical: heads and gaps right across a page are weighed differently.
    pub(crate) vertical: bool,
    /// What a gap between tiers that runs right across the page costs (腹切り).
    pub(crate) channel: u32,
    /// Lines that stay free at the head of a story's tiers where another story stands before them.
    pub(crate) parting: u16,
}

/// One story in numbers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Form {
    /// Lines of running text at the measure of one tier, subheadings and their blanks included.
    pub(crate) text: u32,
    /// The ways in which its headline, with kicker, deck, byline and lead, may be set; never empty.
    pub(crate) heads: Vec<Head>,
    /// The short headline of a part that goes on elsewhere, jump line included; empty where the
    /// story may not be parted.
    pub(crate) turns: Vec<Head>,
    /// Pictures, tables, boxes and pull quotes, in the order of the text.
    pub(crate) pieces: Vec<Piece>,
    /// What the author asked for.
    pub(crate) wish: Wish,
}

/// One way of setting a headline. It stands in the corner of the story where reading starts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Head {
    /// Tiers that it takes.
    pub(crate) tiers: u16,
    /// Lines that it takes of each of these tiers.
    pub(crate) lines: u16,
    /// Whether its own lines run across the page's: a horizontal headline on a vertical page.
    pub(crate) across: bool,
    /// How far it is from what this headline ought to be: 0 is ideal.
    pub(crate) cost: u32,
}

/// Something set as one block inside a story.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Piece {
    /// What it is.
    pub(crate) kind: PieceKind,
    /// The ways in which it may be set, the ideal one first; never empty.
    pub(crate) sizes: Vec<PieceSize>,
    /// The line of the running text after which it was written.
    pub(crate) reference: u32,
}

/// What a piece is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum PieceKind {
    /// A picture, or a row of portraits.
    Picture,
    /// A table.
    Table,
    /// A fact box or a side story.
    Box,
    /// A quotation set large: best among the text.
    Quote,
}

/// One size of a piece.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct PieceSize {
    /// Tiers that it takes.
    pub(crate) tiers: u16,
    /// Lines that it takes of each of these tiers.
    pub(crate) lines: u16,
    /// How far it is from its ideal size: 0 is ideal.
    pub(crate) cost: u32,
}

/// What the author asked of a story's place; every key fixes a variable of the search.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Wish {
    /// Page, from zero.
    pub(crate) page: Option<u16>,
    /// Tiers that the story takes.
    pub(crate) tiers: Option<u16>,
    /// Whether it must not be parted.
    pub(crate) whole: bool,
}
