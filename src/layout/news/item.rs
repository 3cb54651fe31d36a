//! A story, or what is left of it, as it comes to a page, with the ways in which it may be set.

use super::cost;
use super::form::{Form, Head, Piece};

/// A story, or what an earlier page has left of it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Item<'a> {
    /// The story, by its place in the problem.
    pub(super) story: usize,
    /// Which part of it this is, from zero.
    pub(super) nth: u16,
    /// The first line of running text that is left.
    pub(super) from: u32,
    /// Lines of running text that are left.
    pub(super) text: u32,
    /// The ways in which its head may be set: those of the story, or of a turn; empty for a part
    /// that simply goes on.
    pub(super) heads: &'a [Head],
    /// The pieces that are left.
    pub(super) pieces: &'a [Piece],
    /// The number of the first of them in the story.
    pub(super) piece: usize,
    /// How it ends on this page.
    pub(super) end: End,
    /// The tiers that the author wants it to take.
    pub(super) tiers: Option<u16>,
    /// The head and sizes that it ought to have, where that is known.
    pub(super) wanted: Option<Wanted>,
    /// Lines that stay free at the head of its tiers where another story stands before them.
    pub(super) parting: u16,
}

/// The head and the sizes that a story ought to have so that pages end well.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Wanted {
    head: Option<(usize, u16)>,
    sizes: Sizes,
}

impl Wanted {
    /// This head with so many lines beyond what it needs, these sizes.
    pub(super) fn new(head: Option<(usize, u16)>, sizes: Sizes) -> Self {
        Self { head, sizes }
    }

    /// The same with another size for one piece.
    pub(super) fn with(self, piece: usize, size: usize) -> Self {
        Self {
            sizes: self.sizes.with(piece, size),
            ..self
        }
    }
}

/// How a story ends on a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum End {
    /// All of it stands here.
    Whole,
    /// It goes on on the next page: its text fills whatever it is given.
    Turned,
}

impl<'a> Item<'a> {
    /// A story as it is before anything of it is set.
    pub(super) fn new(story: usize, form: &'a Form) -> Self {
        Self {
            story,
            nth: 0,
            from: 0,
            text: form.text,
            heads: &form.heads,
            pieces: &form.pieces,
            piece: 0,
            end: End::Whole,
            tiers: form.wish.tiers,
            wanted: None,
            parting: 0,
        }
    }

    /// What is left of it after so many lines of text and so many pieces.
    pub(super) fn rest(&self, form: &'a Form, text: u32, pieces: usize) -> Self {
        Self {
            nth: self.nth + 1,
            from: self.from + text,
            text: self.text - text,
            heads: &form.turns,
            pieces: &self.pieces[pieces..],
            piece: self.piece + pieces,
            end: End::Whole,
            tiers: None,
            ..*self
        }
    }

    /// The line of the text left on this page, from its first, at which a piece is referred to.
    pub(super) fn reference(&self, piece: &Piece) -> u32 {
        piece.reference.saturating_sub(self.from).min(self.text)
    }
}

/// One choice among the heads and sizes of an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Choice {
    /// Which head; none where the item has none.
    pub(super) head: Option<usize>,
    /// Lines that the head is given beyond what it needs.
    pub(super) grown: u16,
    /// Which size each piece has.
    pub(super) sizes: Sizes,
    /// The slots that head and pieces take.
    pub(super) slots: u32,
    /// The most tiers and the most lines that one of them takes.
    pub(super) reach: (u16, u16),
    /// The lines that the head takes of its first tier.
    pub(super) head_lines: u16,
    /// The tiers that it takes.
    pub(super) head_tiers: u16,
    /// How far all of it is from the ideal.
    pub(super) cost: u64,
}

impl Choice {
    fn reaching(&self, tiers: u16, lines: u16) -> (u16, u16) {
        (self.reach.0.max(tiers), self.reach.1.max(lines))
    }
}

/// The sizes chosen for the pieces of an item, by their place in its list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub(super) struct Sizes(u128);

impl Sizes {
    /// Pieces whose size is a choice: any further ones have their ideal size.
    const CHOSEN: usize = 32;
    /// Bits of each.
    const BITS: usize = 4;
    /// Sizes that a piece may have; any further ones are not tried.
    const MANY: usize = 1 << Self::BITS;

    /// The size of a piece.
    pub(super) fn of(self, piece: usize) -> usize {
        if piece < Self::CHOSEN {
            let size = self.0 >> (Self::BITS * piece) & (Self::MANY as u128 - 1);
            usize::try_from(size).expect("four bits are few")
        } else {
            0
        }
    }

    /// The same with another size for one piece.
    fn with(self, piece: usize, size: usize) -> Self {
        if piece < Self::CHOSEN {
            Self(self.0 | (size as u128) << (Self::BITS * piece))
        } else {
            self
        }
    }
}

/// A head of so many lines is large.
const LARGE_HEAD: u16 = 5;

/// The most choices that are kept for an item.
const CHOICES: usize = 40;

/// The choices for an item's head and its first pieces, for a shape of at most so many tiers:
/// the cheapest for each number of slots, the fewest slots first.
pub(super) fn choices(item: &Item<'_>, pieces: usize, (tiers, lines): (u16, u16)) -> Vec<Choice> {
    let mut all: Vec<Choice> = Vec::with_capacity(CHOICES);
    all.push(Choice {
        head: None,
        grown: 0,
        sizes: Sizes::default(),
        slots: 0,
        reach: (1, 1),
        head_lines: 0,
        head_tiers: 0,
        cost: 0,
    });
    for (i, piece) in item.pieces[..pieces].iter().enumerate() {
        let tried = if i < Sizes::CHOSEN { Sizes::MANY } else { 1 };
        let unwanted = |size: usize| match item.wanted {
            Some(wanted) if wanted.sizes.of(item.piece + i) != size => cost::UNWANTED,
            _ => 0,
        };
        let sizes: Vec<_> = piece
            .sizes
            .iter()
            .enumerate()
            .take(tried)
            .filter(|(_, size)| size.tiers <= tiers && size.lines <= lines)
            .collect();
        if sizes.is_empty() {
            return Vec::new();
        }
        all = all
            .iter()
            .flat_map(|choice| {
                sizes.iter().map(|(n, size)| Choice {
                    sizes: choice.sizes.with(i, *n),
                    slots: choice.slots + u32::from(size.tiers) * u32::from(size.lines),
                    reach: choice.reaching(size.tiers, size.lines),
                    cost: choice.cost + u64::from(size.cost) + unwanted(*n),
                    ..*choice
                })
            })
            .collect();
        thin(&mut all);
    }
    if item.heads.is_empty() {
        return all;
    }
    let unwanted = |head: usize, grown: u16| match item.wanted {
        Some(wanted) if item.nth == 0 && wanted.head != Some((head, grown)) => cost::UNWANTED,
        _ => 0,
    };
    // Space round a headline takes up what would be left over elsewhere.
    let heads = item
        .heads
        .iter()
        .enumerate()
        .flat_map(|(n, head)| (0..=most_grown(head)).map(move |grown| (n, head, grown)))
        .filter(|(_, head, grown)| head.tiers <= tiers && head.lines + grown <= lines);
    let mut all: Vec<Choice> = heads
        .flat_map(|(n, head, grown)| {
            let cost = u64::from(head.cost) + grown_cost(grown) + unwanted(n, grown);
            let taken = head.lines + grown;
            all.iter().map(move |choice| Choice {
                head: Some(n),
                grown,
                slots: choice.slots + u32::from(head.tiers) * u32::from(taken),
                reach: choice.reaching(head.tiers, taken),
                head_lines: taken,
                head_tiers: head.tiers,
                cost: choice.cost + cost,
                ..*choice
            })
        })
        .collect();
    all.sort_by_key(|choice| (choice.slots, choice.cost, choice.head));
    all
}

/// The most lines that a head is given beyond what it needs: a large one bears more.
pub(super) fn most_grown(head: &Head) -> u16 {
    if head.lines >= LARGE_HEAD { 2 } else { 1 }
}

/// What it costs that a head is given so many lines more than it needs.
pub(super) fn grown_cost(lines: u16) -> u64 {
    cost::GROWN * u64::from(lines) * u64::from(lines)
}

/// Keeps the cheapest choice for each number of slots, and of these as many as are tried: the
/// cheapest, with that of the fewest slots and that of the most.
fn thin(all: &mut Vec<Choice>) {
    all.sort_unstable_by_key(|choice| (choice.slots, choice.cost, choice.sizes.0));
    all.dedup_by_key(|choice| choice.slots);
    if all.len() <= CHOICES {
        return;
    }
    let ends = [all[0], all[all.len() - 1]];
    all.sort_by_key(|choice| (!ends.contains(choice), choice.cost, choice.slots));
    all.truncate(CHOICES);
    all.sort_by_key(|choice| choice.slots);
}

/// The pieces that belong to the first lines of an item: those referred to before them.
pub(super) fn pieces_before(item: &Item<'_>, text: u32) -> usize {
    item.pieces
        .iter()
        .take_while(|piece| item.reference(piece) < text)
        .count()
}

/// Whether an item may be parted after so many of its lines.
pub(super) fn parts_after(item: &Item<'_>, text: u32) -> bool {
    text >= cost::SHORT_PART && text + cost::SHORT_PART <= item.text
}
