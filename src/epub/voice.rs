//! Voice: in which face and weight characters are set, and which characters each voice needs.

use std::collections::{BTreeMap, BTreeSet};

use crate::font::grapheme::{clusters, may_bind};
use crate::font::{FaceRole, Weight};

/// A role of the house's faces in one weight.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Voice {
    /// The part that the face plays.
    pub(crate) role: FaceRole,
    /// Its weight.
    pub(crate) weight: Weight,
}

impl Voice {
    /// Running text.
    pub(crate) const BODY: Self = Self::of(FaceRole::Body, Weight::Regular);
    /// Headlines and headings.
    pub(crate) const HEADING: Self = Self::of(FaceRole::Heading, Weight::Bold);
    /// Captions, credits, bylines and table cells.
    pub(crate) const CAPTION: Self = Self::of(FaceRole::Caption, Weight::Regular);
    /// Code.
    pub(crate) const CODE: Self = Self::of(FaceRole::Code, Weight::Regular);

    const fn of(role: FaceRole, weight: Weight) -> Self {
        Self { role, weight }
    }

    /// The same voice in bold.
    pub(crate) fn bold(self) -> Self {
        Self {
            weight: Weight::Bold,
            ..self
        }
    }
}

/// A set of characters that takes millions of insertions cheaply.
#[derive(Debug, Clone, Default)]
struct Characters(Vec<u64>);

impl Characters {
    fn insert(&mut self, c: char) {
        let (word, bit) = (c as usize / 64, c as u32 % 64);
        if word >= self.0.len() {
            self.0.resize(word + 1, 0);
        }
        self.0[word] |= 1 << bit;
    }

    fn iter(&self) -> impl Iterator<Item = char> {
        (0u32..).zip(&self.0).flat_map(|(word, bits)| {
            (0..64)
                .filter(move |bit| bits & (1 << bit) != 0)
                .filter_map(move |bit| char::from_u32(word * 64 + bit))
        })
    }

    fn merge(&mut self, other: &Self) {
        if other.0.len() > self.0.len() {
            self.0.resize(other.0.len(), 0);
        }
        for (mine, theirs) in self.0.iter_mut().zip(&other.0) {
            *mine |= theirs;
        }
    }
}

/// The characters that each voice needs, and those of them that belong together.
#[derive(Debug, Clone, Default)]
pub(crate) struct Used {
    characters: BTreeMap<Voice, Characters>,
    sequences: BTreeMap<Voice, BTreeSet<Box<str>>>,
}

impl Used {
    /// Notes the characters of `text`.
    pub(crate) fn add(&mut self, voice: Voice, text: &str) {
        let set = self.characters.entry(voice).or_default();
        let mut binds = false;
        for c in text.chars() {
            set.insert(c);
            binds |= may_bind(c);
        }
        if !binds {
            return;
        }
        for (_, cluster) in clusters(text) {
            if cluster.chars().nth(1).is_some() {
                let known = self.sequences.entry(voice).or_default();
                if !known.contains(cluster) {
                    known.insert(cluster.into());
                }
            }
        }
    }

    /// Takes over what another document needs.
    pub(crate) fn merge(&mut self, other: &Self) {
        for (voice, set) in &other.characters {
            self.characters.entry(*voice).or_default().merge(set);
        }
        for (voice, set) in &other.sequences {
            let known = self.sequences.entry(*voice).or_default();
            known.extend(set.iter().cloned());
        }
    }

    /// Every voice with its characters, sorted.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (Voice, BTreeSet<char>)> {
        self.characters
            .iter()
            .map(|(voice, set)| (*voice, set.iter().collect()))
    }

    /// Every sequence of characters that one face has to draw, with its voice, sorted.
    pub(crate) fn sequences(&self) -> impl Iterator<Item = (Voice, &str)> {
        self.sequences
            .iter()
            .flat_map(|(voice, set)| set.iter().map(|sequence| (*voice, &**sequence)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_come_back_sorted_and_once() {
        let mut used = Used::default();
        used.add(Voice::BODY, "版心版");
        let mut other = Used::default();
        other.add(Voice::BODY, "𠮷a");
        used.merge(&other);
        used.add(Voice::BODY, "葛\u{E0100}版e\u{302}葛\u{E0100}");
        let sequences: Vec<&str> = used.sequences().map(|(_, s)| s).collect();
        assert_eq!(sequences, ["e\u{302}", "葛\u{E0100}"]);
        let mut used = Used::default();
        used.add(Voice::BODY, "版心版");
        used.merge(&other);
        let (_, set) = used.iter().next().unwrap();
        assert_eq!(set.into_iter().collect::<String>(), "a心版𠮷");
    }
}
