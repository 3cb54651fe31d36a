//! What a search has found before: the choices of an item, which many ways of filling a page ask for.

use std::collections::BTreeMap;
use std::rc::Rc;

use super::item::{Choice, End, Item, Wanted, choices};

/// What is known of the stories of a problem. It serves every problem of the same heads and pieces,
/// however long their text is.
#[derive(Debug, Default)]
pub(super) struct Known {
    /// Steps that the search took.
    pub(super) steps: u64,
    choices: BTreeMap<Asked, Rc<[Choice]>>,
}

/// All that the choices of an item depend on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Asked {
    story: usize,
    /// Whether its head is that of the story, not of a turn.
    first: bool,
    /// How many ways of setting it there are: none where it has no head.
    heads: usize,
    /// The first of its pieces, and how many stand on the page.
    pieces: (usize, usize),
    /// Tiers and lines.
    room: (u16, u16),
    wanted: Option<Wanted>,
}

impl Known {
    /// The choices for an item's head and its first pieces; see [`choices`].
    pub(super) fn choices(
        &mut self,
        item: &Item<'_>,
        pieces: usize,
        room: (u16, u16),
    ) -> Rc<[Choice]> {
        let asked = Asked {
            story: item.story,
            first: item.nth == 0,
            heads: item.heads.len(),
            pieces: (item.piece, pieces),
            room,
            wanted: item.wanted,
        };
        let found = || Rc::from(choices(item, pieces, room));
        Rc::clone(self.choices.entry(asked).or_insert_with(found))
    }

    /// All choices for an item in at most so many tiers and lines.
    pub(super) fn ways(&mut self, item: &Item<'_>, room: (u16, u16)) -> Ways {
        let all = item.pieces.len();
        Ways(match item.end {
            End::Whole => vec![self.choices(item, all, room)],
            End::Turned => (0..=all)
                .map(|many| self.choices(item, many, room))
                .collect(),
        })
    }
}

/// All choices for an item on a page, by how many of its pieces stand there.
#[derive(Debug, Clone)]
pub(super) struct Ways(Vec<Rc<[Choice]>>);

impl Ways {
    /// What the cheapest of them costs.
    pub(super) fn cheapest(&self) -> u64 {
        let all = self.0.iter().flat_map(|own| own.iter());
        all.map(|choice| choice.cost).min().unwrap_or(0)
    }

    /// Each number of pieces with its choices.
    pub(super) fn iter(&self, item: &Item<'_>) -> impl Iterator<Item = (usize, &Rc<[Choice]>)> {
        let first = item.pieces.len() + 1 - self.0.len();
        (first..).zip(&self.0)
    }
}
