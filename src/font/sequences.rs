//! Tests of what takes more than one character: variants, joined emoji, marks that find their letter.

use std::collections::BTreeSet;

use crate::diag::Code;
use crate::files::Memory;
use crate::model::style::{FontChoice, FontName};

use super::face::Face;
use super::faces::Faces;
use super::role::{FaceRole, Weight};
use super::shape::{Direction, Shaping};
use super::subset;

const VARIANTS: &[u8] = include_bytes!("../../tests/fonts/variants.ttf");
const EMOJI: &[u8] = include_bytes!("../../tests/fonts/emoji.ttf");
const COLOUR: &[u8] = include_bytes!("../../tests/fonts/colour.ttf");
const WORDS: &[u8] = include_bytes!("../../tests/fonts/words.ttf");

fn face(file: &[u8]) -> Face {
    Face::from_bytes(file.to_vec()).unwrap()
}

fn ids(face: &Face, text: &str, direction: Direction) -> Vec<u16> {
    let how = Shaping {
        direction,
        ..Shaping::default()
    };
    let glyphs = face.shape(text, &how);
    let drawn = glyphs.iter().filter(|g| face.ink(g.id).is_some());
    drawn.map(|g| g.id).collect()
}

/// The web subset for a text.
fn small(file: &[u8], text: &str) -> Face {
    let chars: BTreeSet<char> = text.chars().collect();
    face(&subset::web_subset(&face(file), &chars).unwrap())
}

#[test]
fn a_web_subset_keeps_the_variants_that_are_asked_for() {
    let whole = face(VARIANTS);
    let part = small(VARIANTS, "葛\u{E0101}神");
    for direction in [Direction::Horizontal, Direction::Vertical] {
        let usual = ids(&part, "葛", direction);
        let second = ids(&part, "葛\u{E0101}", direction);
        assert_eq!((usual.len(), second.len()), (1, 1));
        assert_ne!(usual, second);
        assert_eq!(
            part.outline(second[0]),
            whole.outline(ids(&whole, "葛\u{E0101}", direction)[0])
        );
    }
    assert!(!part.has_variant('葛', '\u{E0100}'));
    // Glyphs of variants that nobody asks for stay out: .notdef, two characters, one variant.
    assert_eq!(part.glyph_count(), 4);
}

#[test]
fn a_web_subset_keeps_joined_emoji() {
    let text = "👩\u{200D}🚀👍🏽🇭🇰1\u{20E3}";
    let part = small(EMOJI, text);
    let drawn = ids(&part, text, Direction::Horizontal);
    assert_eq!(drawn.len(), 4, "{drawn:?}");
    assert_eq!(ids(&part, "👩🚀", Direction::Horizontal).len(), 2);
}

#[test]
fn a_print_subset_keeps_the_glyph_of_a_variant() {
    let whole = face(VARIANTS);
    let glyph = ids(&whole, "神\u{FE00}", Direction::Vertical)[0];
    assert_ne!(Some(glyph), whole.glyph('神'));
    let print = subset::print_subset(&whole, &[glyph]).unwrap();
    assert_eq!(print.remap[&glyph], 1);
}

#[test]
fn a_web_subset_keeps_marks_on_their_letters() {
    let part = small(WORDS, "q\u{302}");
    let glyphs = part.shape("q\u{302}", &Shaping::default());
    assert_eq!(glyphs.len(), 2);
    assert_eq!(glyphs[1].advance.milli(), 0);
}

#[test]
fn a_face_without_heights_stands_in_the_middle_of_the_column() {
    let han = face(VARIANTS);
    assert_eq!(han.middle().milli(), 360);
    let glyph = han.glyph('田').unwrap();
    assert_eq!(han.vertical_advance(glyph).milli(), 1000);
    assert_eq!(han.vertical_origin(glyph).block.milli(), 860);
    let down = Shaping {
        direction: Direction::Vertical,
        ..Shaping::default()
    };
    assert_eq!(han.shape("田", &down)[0].advance.milli(), 1000);
}

#[test]
fn a_face_of_colours_alone_is_refused() {
    let choice = FontChoice {
        emoji: vec![FontName {
            name: "fonts/colour.ttf".into(),
            span: None,
        }],
        ..FontChoice::default()
    };
    let files = Memory::new([("fonts/colour.ttf", COLOUR.to_vec())]);
    let opened = Faces::open(&choice, &files).unwrap();
    assert_eq!(opened.diagnostics[0].code, Code::FontColour);
    assert!(opened.has_errors());
    let found = opened.value.pick(FaceRole::Body, Weight::Regular, "😀");
    assert_eq!(found, None);
}
