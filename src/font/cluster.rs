//! Which characters of a face stand for a cluster, by themselves or put together.

use std::collections::BTreeSet;

use harfrust::unicode::{Decomposed, compose, decompose};

use super::face::Face;
use super::grapheme::{binds, is_selector, is_unseen};

/// Spaces that shaping makes out of the plain one where a face lacks them.
const MADE_SPACES: [(char, char); 4] = [
    ('\u{A0}', '\u{A0}'),
    ('\u{2000}', '\u{200A}'),
    ('\u{202F}', '\u{202F}'),
    ('\u{205F}', '\u{205F}'),
];

/// The characters out of which shaping makes one that a face lacks.
fn made_of(character: char) -> Option<(char, Option<char>)> {
    if character == '\u{2011}' {
        return Some(('\u{2010}', None));
    }
    let spaces = MADE_SPACES.iter();
    if spaces
        .clone()
        .any(|(first, last)| (*first..=*last).contains(&character))
    {
        return Some((' ', None));
    }
    match decompose(character.into())? {
        Decomposed::Singleton(one) => Some((char::from_u32(one)?, None)),
        Decomposed::Pair(base, mark) => Some((char::from_u32(base)?, Some(char::from_u32(mark)?))),
    }
}

/// Whether a face sets a character, by its own glyph or by glyphs that shaping puts together.
fn has(face: &Face, character: char) -> bool {
    face.glyph(character).is_some()
        || made_of(character).is_some_and(|(base, mark)| {
            has(face, base) && mark.is_none_or(|mark| face.glyph(mark).is_some())
        })
}

/// Whether a face sets every character of a cluster. A letter and its mark may be one glyph.
pub(super) fn covers(face: &Face, cluster: &str) -> bool {
    let mut base = None;
    cluster.chars().filter(|c| !is_unseen(*c)).all(|character| {
        let joined = base
            .and_then(|base| joined(base, character))
            .filter(|joined| face.glyph(*joined).is_some());
        base = joined.or(Some(character));
        joined.is_some() || has(face, character)
    })
}

fn joined(base: char, mark: char) -> Option<char> {
    char::from_u32(compose(base.into(), mark.into())?)
}

/// The characters that stand for `chars` in a face: each that it has, what shaping puts together
/// for each that it lacks, and letters joined with the marks among them.
pub(super) fn standing_for(face: &Face, chars: &BTreeSet<char>) -> BTreeSet<char> {
    let mut all = chars.clone();
    let mut open: Vec<char> = chars.iter().copied().collect();
    while let Some(character) = open.pop() {
        if face.glyph(character).is_none()
            && let Some((base, mark)) = made_of(character)
        {
            let new = [Some(base), mark].into_iter().flatten();
            open.extend(new.filter(|c| all.insert(*c)));
        }
    }
    let marks: Vec<char> = all.iter().copied().filter(|c| binds(*c)).collect();
    let mut bases: Vec<char> = all.iter().copied().collect();
    while let Some(base) = bases.pop() {
        let new = marks.iter().filter_map(|mark| joined(base, *mark));
        let new: Vec<char> = new.filter(|c| all.insert(*c)).collect();
        bases.extend(new);
    }
    // A selector has no glyph: it leads to that of a variant.
    all.retain(|character| face.glyph(*character).is_some() || is_selector(*character));
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::font::{FaceRole, Faces, ShapedGlyph, Shaping, Weight};

    #[test]
    fn letters_and_marks_are_set_as_one() {
        let faces = Faces::bundled();
        let face = faces.face(faces.pick(FaceRole::Body, Weight::Regular, "e").unwrap());
        assert!(face.glyph('\u{302}').is_none());
        for cluster in [
            "e\u{302}",
            "e\u{302}\u{301}",
            "か\u{3099}",
            "a\u{304}",
            "\u{2009}",
            "\u{202F}",
        ] {
            assert!(covers(face, cluster), "{cluster}");
            let glyphs: Vec<ShapedGlyph> = face.shape(cluster, &Shaping::default());
            assert!(glyphs.iter().all(|glyph| glyph.id != 0), "{cluster}");
        }
        assert!(!covers(face, "版\u{302}"));
    }

    #[test]
    fn a_web_subset_has_what_shaping_puts_together() {
        let faces = Faces::bundled();
        let face = faces.face(faces.pick(FaceRole::Body, Weight::Regular, "e").unwrap());
        let found = standing_for(face, &"e\u{302}\u{301}\u{2009}".chars().collect());
        let found: String = found.into_iter().collect();
        assert_eq!(found, " eéê\u{301}ế");
    }
}
