//! What a face remembers, so that nothing is asked of its file twice; it never changes an answer.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock, RwLock};

use harfrust::ShapePlan;

use super::glyph::ShapedGlyph;

/// One remembered answer a number (a glyph or a character) below a count.
pub(super) struct Remembered<T> {
    count: u32,
    slots: OnceLock<Box<[OnceLock<T>]>>,
}

impl<T: Copy> Remembered<T> {
    pub(super) fn new(count: u32) -> Self {
        Self {
            count,
            slots: OnceLock::new(),
        }
    }

    /// The answer for a number; asked once, but for numbers from the count on.
    pub(super) fn get(&self, number: u32, ask: impl FnOnce() -> T) -> T {
        let slots = self
            .slots
            .get_or_init(|| (0..self.count).map(|_| OnceLock::new()).collect());
        match slots.get(number as usize) {
            Some(slot) => *slot.get_or_init(ask),
            None => ask(),
        }
    }
}

/// What a face remembers of shaping.
pub(super) struct Shaper {
    pub(super) plans: RwLock<Vec<Arc<ShapePlan>>>,
    /// Of bundled faces: each Han character's glyph, by its nominal glyph, across and down.
    pub(super) han: [Remembered<Option<ShapedGlyph>>; 2],
    /// Of bundled faces: short runs between ideographs, mostly marks, across and down.
    pub(super) short: [RwLock<Runs>; 2],
}

/// Runs as they were shaped.
type Runs = BTreeMap<Box<str>, Arc<[ShapedGlyph]>>;

impl Shaper {
    pub(super) fn new(glyphs: u32) -> Self {
        Self {
            plans: RwLock::default(),
            han: [Remembered::new(glyphs), Remembered::new(glyphs)],
            short: Default::default(),
        }
    }
}
