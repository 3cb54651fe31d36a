//! What a face remembers, so that nothing is asked of its file twice; it never changes an answer.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock, RwLock};

use harfrust::ShapePlan;

use super::glyph::ShapedGlyph;

/// The first Han character of the basic plane, and how many places there are from it to the last.
pub(super) const FIRST_HAN: u32 = 0x3400;
const BASIC_HAN: u32 = 0xa000 - FIRST_HAN;

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
    #[inline]
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
    /// Of bundled faces: the glyph of each Han character of the basic plane, by its place among
    /// them, across and down.
    pub(super) han: [Remembered<Option<ShapedGlyph>>; 2],
    /// The same of other planes, by the nominal glyph.
    pub(super) rare_han: [Remembered<Option<ShapedGlyph>>; 2],
    /// Of bundled faces: short runs between ideographs, mostly marks, across and down.
    pub(super) short: [RwLock<Runs>; 2],
}

/// Runs as they were shaped.
type Runs = BTreeMap<Box<str>, Arc<[ShapedGlyph]>>;

impl Shaper {
    pub(super) fn new(glyphs: u32) -> Self {
        Self {
            plans: RwLock::default(),
            han: [Remembered::new(BASIC_HAN), Remembered::new(BASIC_HAN)],
            rare_han: [Remembered::new(glyphs), Remembered::new(glyphs)],
            short: Default::default(),
        }
    }
}
