//! Subsets: a web font for the EPUB that still shapes, and bare glyphs for the PDF.

use std::collections::{BTreeMap, BTreeSet};
use std::panic::AssertUnwindSafe;

use skera::{DEFAULT_DROP_TABLES, DEFAULT_LAYOUT_FEATURES, Plan, SubsetFlags, subset_font};
use skrifa::FontRef;
use skrifa::raw::collections::IntSet;
use skrifa::raw::types::{NameId, Tag};
use subsetter::GlyphRemapper;
use write_fonts::FontBuilder;

use super::cluster::standing_for;
use super::error::FontError;
use super::face::Face;
use super::redraw::redraw;

/// Features kept in web fonts beyond the subsetter's own: reading systems ask for them by CSS
/// (`font-variant-east-asian`, `text-combine-upright`, `text-spacing-trim`).
const WEB_FEATURES: [&[u8; 4]; 4] = [b"ruby", b"hwid", b"twid", b"qwid"];

/// Tables that describe other outlines than the redrawn ones.
const REPLACED: [&[u8; 4]; 13] = [
    b"CFF ", b"CFF2", b"VORG", b"fvar", b"gvar", b"avar", b"cvar", b"HVAR", b"VVAR", b"MVAR",
    b"STAT", b"vmtx", b"vhea",
];

/// Name of Windows' English in `name` records; the only language kept.
const ENGLISH: u16 = 0x0409;

/// A subset for the EPUB: the characters' glyphs and every glyph that their features lead to,
/// with `cmap`, `GSUB`, `GPOS` and vertical metrics. Always TrueType outlines.
///
/// Equal input gives equal bytes. A face whose licence forbids subsets comes back whole.
///
/// # Errors
/// The licence forbids embedding, or the face is too broken to be subset.
///
/// ```
/// use banxin::font::{FaceRole, Faces, Weight, subset};
/// let faces = Faces::bundled();
/// let face = faces.face(faces.pick(FaceRole::Body, Weight::Regular, "版").unwrap());
/// let font = subset::web_subset(face, &"版心「」".chars().collect()).unwrap();
/// assert!(font.len() < 20_000);
/// ```
pub fn web_subset(face: &Face, chars: &BTreeSet<char>) -> Result<Vec<u8>, FontError> {
    licensed(face)?;
    let broken = |reason: &str| FontError::Subset {
        face: face.postscript_name().to_owned(),
        reason: reason.to_owned(),
    };
    let font =
        FontRef::from_index(face.data(), face.index()).map_err(|e| broken(&e.to_string()))?;
    if !face.may_subset() {
        return Ok(FontBuilder::new().copy_missing_tables(font).build());
    }
    let (plan, bytes) = guarded(|| {
        let plan = plan(face, &font, chars);
        let bytes = subset_font(&font, &plan);
        (plan, bytes)
    })
    .ok_or_else(|| broken("its tables contradict each other"))?;
    let bytes = bytes.map_err(|e| broken(&e.to_string()))?;
    let bytes = if face.is_plain() {
        bytes
    } else {
        let mut order: Vec<(u32, u32)> = plan
            .old_to_new_glyph_mapping()
            .map(|(old, new)| (new.to_u32(), old.to_u32()))
            .collect();
        order.sort_unstable();
        let glyphs: Option<Vec<u16>> = order
            .iter()
            .map(|(_, old)| u16::try_from(*old).ok())
            .collect();
        let redrawn = glyphs
            .and_then(|glyphs| redraw(face, &glyphs))
            .ok_or_else(|| broken("its outlines cannot be drawn"))?;
        let rest = FontRef::new(&bytes).map_err(|e| broken(&e.to_string()))?;
        let mut builder = FontBuilder::new();
        redrawn
            .put(face, &mut builder)
            .ok_or_else(|| broken("its tables are too short"))?;
        builder.copy_missing_tables(rest).build()
    };
    // The subsetter drops outlines that it cannot read without a word: never let that out.
    if keeps_ink(face, &bytes, chars) {
        Ok(bytes)
    } else {
        Err(broken("its outlines were lost"))
    }
}

/// Runs a subsetter; `None` where it panics. Both count on tables that agree with each other and
/// overflow on fonts that were tampered with; a broken font must not end the program.
fn guarded<T>(work: impl FnOnce() -> T) -> Option<T> {
    std::panic::catch_unwind(AssertUnwindSafe(work)).ok()
}

fn licensed(face: &Face) -> Result<(), FontError> {
    if face.may_embed() {
        Ok(())
    } else {
        Err(FontError::Licence {
            face: face.postscript_name().to_owned(),
            bits: face.fs_type(),
        })
    }
}

fn plan(face: &Face, font: &FontRef<'_>, chars: &BTreeSet<char>) -> Plan {
    let stand = standing_for(face, chars);
    let unicodes: IntSet<u32> = stand.into_iter().map(u32::from).collect();
    let mut dropped: IntSet<Tag> = DEFAULT_DROP_TABLES.iter().copied().collect();
    if !face.is_plain() {
        dropped.extend(REPLACED.map(Tag::new));
    }
    let mut scripts = IntSet::<Tag>::empty();
    scripts.invert();
    let mut features: IntSet<Tag> = DEFAULT_LAYOUT_FEATURES.iter().copied().collect();
    features.extend(WEB_FEATURES.map(Tag::new));
    let mut names = IntSet::<NameId>::empty();
    // Copyright to PostScript name, and the licence with its address.
    names.insert_range(NameId::new(0)..=NameId::new(6));
    names.insert_range(NameId::new(13)..=NameId::new(14));
    let languages: IntSet<u16> = [ENGLISH].into_iter().collect();
    let mut flags =
        SubsetFlags::SUBSET_FLAGS_NOTDEF_OUTLINE | SubsetFlags::SUBSET_FLAGS_NO_BIDI_CLOSURE;
    if !face.needs_hints() {
        flags |= SubsetFlags::SUBSET_FLAGS_NO_HINTING;
    }
    Plan::new(
        &IntSet::empty(),
        &unicodes,
        font,
        flags,
        &dropped,
        &scripts,
        &features,
        &names,
        &languages,
    )
}

/// Whether every character that has ink in the face has ink in the subset.
fn keeps_ink(face: &Face, subset: &[u8], chars: &BTreeSet<char>) -> bool {
    let Some(small) = Face::from_bytes(subset.to_vec()) else {
        return !chars.iter().any(|c| has_ink(face, *c));
    };
    chars
        .iter()
        .all(|c| !has_ink(face, *c) || has_ink(&small, *c))
}

fn has_ink(face: &Face, character: char) -> bool {
    face.glyph(character)
        .is_some_and(|glyph| face.ink(glyph).is_some())
}

/// A subset for the PDF: bare glyphs, renumbered, without `cmap` and features.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PrintSubset {
    /// The font file.
    pub bytes: Vec<u8>,
    /// The number in the subset of each glyph of the face; glyph 0 stays 0.
    pub remap: BTreeMap<u16, u16>,
    /// Whether its outlines are cubic (`CFF `).
    pub is_cff: bool,
    /// Six capital letters from the face and its glyphs, for the name `ABCDEF+Name` (ISO 32000-2,
    /// 9.9.2); `None` where the licence forbids subsets and every glyph is there.
    pub tag: Option<String>,
}

/// A subset of the face with these glyphs and `.notdef`, for embedding in a PDF.
///
/// Glyphs are numbered in their old order, so equal sets give equal bytes.
///
/// # Errors
/// The licence forbids embedding, or the face is too broken to be subset.
///
/// ```
/// use banxin::font::{FaceRole, Faces, Weight, subset};
/// let faces = Faces::bundled();
/// let face = faces.face(faces.pick(FaceRole::Body, Weight::Regular, "版").unwrap());
/// let glyph = face.glyph('版').unwrap();
/// let font = subset::print_subset(face, &[glyph]).unwrap();
/// assert_eq!(font.remap[&glyph], 1);
/// ```
pub fn print_subset(face: &Face, glyphs: &[u16]) -> Result<PrintSubset, FontError> {
    licensed(face)?;
    let broken = |reason: String| FontError::Subset {
        face: face.postscript_name().to_owned(),
        reason,
    };
    let count = u16::try_from(face.glyph_count()).unwrap_or(u16::MAX);
    let whole = !face.may_subset();
    let kept: BTreeSet<u16> = if whole {
        (0..count).collect()
    } else {
        let known = glyphs.iter().copied().filter(|glyph| *glyph < count);
        known.chain([0]).collect()
    };
    let sorted: Vec<u16> = kept.into_iter().collect();
    let (bytes, remap) = if face.is_varied() {
        let bytes = drawn_font(face, &sorted)
            .ok_or_else(|| broken("its outlines cannot be drawn".into()))?;
        let remap = (0..).zip(&sorted).map(|(new, old)| (*old, new)).collect();
        (bytes, remap)
    } else {
        let mapper = GlyphRemapper::new_from_glyphs_sorted(&sorted);
        let bytes = guarded(|| subsetter::subset(face.data(), face.index(), &mapper))
            .ok_or_else(|| broken("its tables contradict each other".into()))?
            .map_err(|e| broken(e.to_string()))?;
        let remap = sorted
            .iter()
            .filter_map(|old| Some((*old, mapper.get(*old)?)))
            .collect();
        (bytes, remap)
    };
    let is_cff =
        FontRef::new(&bytes).is_ok_and(|font| font.table_data(Tag::new(b"CFF ")).is_some());
    Ok(PrintSubset {
        bytes,
        remap,
        is_cff,
        tag: (!whole).then(|| tag(face, &sorted)),
    })
}

/// A font of redrawn glyphs, with the tables that PDF asks of TrueType and no more.
fn drawn_font(face: &Face, glyphs: &[u16]) -> Option<Vec<u8>> {
    let mut builder = FontBuilder::new();
    redraw(face, glyphs)?.put(face, &mut builder)?;
    for tag in [b"OS/2", b"name"] {
        if let Some(data) = face.table(tag) {
            builder.add_raw(Tag::new(tag), data);
        }
    }
    Some(builder.build())
}

/// Six letters from the face's name and its glyphs (FNV-1a).
fn tag(face: &Face, glyphs: &[u16]) -> String {
    let ids = glyphs.iter().flat_map(|glyph| glyph.to_be_bytes());
    let mut hash = face
        .postscript_name()
        .bytes()
        .chain(ids)
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        });
    (0..6)
        .map(|_| {
            let letter = b'A' + (hash % 26) as u8;
            hash /= 26;
            char::from(letter)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::font::{Direction, FaceRole, Faces, Shaping, Weight};

    fn serif() -> (Faces, crate::font::FaceId) {
        let faces = Faces::bundled();
        let id = faces.pick(FaceRole::Body, Weight::Regular, "版").unwrap();
        (faces, id)
    }

    fn down() -> Shaping<'static> {
        Shaping {
            direction: Direction::Vertical,
            language: "zh-HK",
            features: &[],
        }
    }

    #[test]
    fn a_web_subset_shapes_vertically_as_its_face() {
        let (faces, id) = serif();
        let face = faces.face(id);
        let text = "「香港」（二〇二五）——版心……，。Ａb";
        let small = Face::from_bytes(web_subset(face, &text.chars().collect()).unwrap()).unwrap();
        let whole = face.shape(text, &down());
        let part = small.shape(text, &down());
        assert_eq!(whole.len(), part.len());
        for (a, b) in whole.iter().zip(&part) {
            assert_eq!(
                (a.advance, a.offset_x, a.offset_y, a.cluster),
                (b.advance, b.offset_x, b.offset_y, b.cluster)
            );
            assert_eq!(face.outline(a.id), small.outline(b.id));
            assert_eq!(face.vertical_origin(a.id), small.vertical_origin(b.id));
        }
        assert_ne!(whole[0].id, face.glyph('「').unwrap());
    }

    #[test]
    fn a_print_subset_keeps_its_outlines() {
        let (faces, id) = serif();
        let face = faces.face(id);
        let glyphs: Vec<u16> = "版心，".chars().filter_map(|c| face.glyph(c)).collect();
        let font = print_subset(face, &glyphs).unwrap();
        let small = skrifa::Font::new(font.bytes.clone(), 0).unwrap();
        assert_eq!(small.num_glyphs(), 4);
        for glyph in &glyphs {
            let new = skrifa::GlyphId::from(font.remap[glyph]);
            assert!(small.glyph_metrics().extents(new).unwrap().width > 0.0);
        }
        assert_eq!(
            font,
            print_subset(face, &[glyphs.clone(), glyphs].concat()).unwrap()
        );
        assert_eq!(font.tag.unwrap().len(), 6);
        assert!(!font.is_cff);
    }
}
