//! Faces of the package: a subset of each face that a voice used, with only its characters.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use crate::font::subset::web_subset;
use crate::font::{FaceId, FaceRole, Faces};

use super::error::Result;
use super::voice::Used;

/// A face as it goes into the package.
#[derive(Debug, Clone)]
pub(crate) struct FontFile {
    /// Its path in the package.
    pub(crate) file: String,
    /// Its media type.
    pub(crate) media_type: &'static str,
    /// The family name in the style sheet.
    pub(crate) family: String,
    /// Its weight, in hundreds.
    pub(crate) weight: u16,
    /// The roles that it serves.
    pub(crate) roles: BTreeSet<FaceRole>,
    /// The font.
    pub(crate) bytes: Vec<u8>,
}

/// What is asked of one face.
#[derive(Default)]
struct Demand {
    roles: BTreeSet<FaceRole>,
    characters: BTreeSet<char>,
}

/// The subsets that a publication needs. A character that no face has is left to the reader's
/// device; it was reported when the text was checked.
pub(crate) fn subsets(faces: &Faces, used: &Used) -> Result<Vec<FontFile>> {
    let mut demands: BTreeMap<FaceId, Demand> = BTreeMap::new();
    let mut buffer = [0; 4];
    for (voice, characters) in used.iter() {
        for c in characters {
            let cluster = c.encode_utf8(&mut buffer);
            if let Some(face) = faces.pick(voice.role, voice.weight, cluster) {
                let demand = demands.entry(face).or_default();
                demand.roles.insert(voice.role);
                demand.characters.insert(c);
            }
        }
    }
    // A variant, a letter with its marks and a picture of several are drawn by one face, whichever
    // has their parts.
    for (voice, sequence) in used.sequences() {
        if let Some(face) = faces.pick(voice.role, voice.weight, sequence) {
            let demand = demands.entry(face).or_default();
            demand.roles.insert(voice.role);
            demand.characters.extend(sequence.chars());
        }
    }
    // Two faces with one family and weight would hide each other in the style sheet.
    let mut taken: BTreeSet<(String, u16)> = BTreeSet::new();
    let mut named = Vec::with_capacity(demands.len());
    for (number, (id, demand)) in demands.into_iter().enumerate() {
        let face = faces.face(id);
        let weight = if face.is_bold() { 700 } else { 400 };
        let mut family = face.family().to_owned();
        let mut count = 1;
        while !taken.insert((family.to_lowercase(), weight)) {
            count += 1;
            family = format!("{} {count}", face.family());
        }
        named.push((number + 1, id, family, weight, demand));
    }
    named
        .into_par_iter()
        .map(|(number, id, family, weight, demand)| {
            let bytes = web_subset(faces.face(id), &demand.characters)?;
            // A subset of a cubic face may come out quadratic: its own first bytes tell.
            let (extension, media_type) = if bytes.starts_with(b"OTTO") {
                ("otf", "font/otf")
            } else {
                ("ttf", "font/ttf")
            };
            Ok(FontFile {
                file: format!("fonts/face-{number}.{extension}"),
                media_type,
                family,
                weight,
                roles: demand.roles,
                bytes,
            })
        })
        .collect()
}
