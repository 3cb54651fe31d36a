//! Tests of authors' faces: cubic and variable outlines, collections, licences, broken files.

use std::collections::BTreeSet;

use skrifa::FontRef;
use skrifa::raw::TableProvider;
use skrifa::raw::types::Tag;
use write_fonts::FontBuilder;

use crate::diag::{Code, Diagnostic};
use crate::files::Memory;
use crate::model::style::{FontChoice, FontName};

use super::error::FontError;
use super::face::Face;
use super::faces::Faces;
use super::id::FaceId;
use super::outline::OutlineStep;
use super::role::{FaceRole, Weight};
use super::shape::{Direction, Shaping};
use super::subset;

const TEXT: &str = "版心「」（）——。Ab";

fn chars() -> BTreeSet<char> {
    TEXT.chars().collect()
}

fn down() -> Shaping<'static> {
    Shaping {
        direction: Direction::Vertical,
        language: "zh-HK",
        features: &[],
    }
}

/// A small font with the outlines of the bundled serif.
fn small() -> Vec<u8> {
    let faces = Faces::bundled();
    subset::web_subset(faces.face(FaceId(0)), &chars()).unwrap()
}

fn name(name: &str) -> FontName {
    FontName {
        name: name.into(),
        span: None,
    }
}

/// Opens one font of the publication for body text.
fn open(path: &str, files: &Memory) -> (Faces, Vec<Diagnostic>) {
    let choice = FontChoice {
        body: vec![name(path)],
        ..FontChoice::default()
    };
    let opened = Faces::open(&choice, files).unwrap();
    (opened.value, opened.diagnostics)
}

fn open_bytes(bytes: Vec<u8>) -> (Faces, Vec<Diagnostic>) {
    open("fonts/a.otf", &Memory::new([("fonts/a.otf", bytes)]))
}

/// The first of the author's faces.
fn own(faces: &Faces) -> &Face {
    faces.face(FaceId(4))
}

/// The font with one table put in the place of others.
fn with_table(font: &[u8], tag: &[u8; 4], table: Vec<u8>, without: &[&[u8; 4]]) -> Vec<u8> {
    let font = FontRef::new(font).unwrap();
    let mut builder = FontBuilder::new();
    for record in font.table_directory().table_records() {
        if !without.iter().any(|tag| record.tag() == Tag::new(tag)) {
            builder.add_raw(
                record.tag(),
                font.table_data(record.tag()).unwrap().as_bytes(),
            );
        }
    }
    builder.add_raw(Tag::new(tag), table);
    builder.build()
}

/// An INDEX of CFF (Adobe Technical Note 5176, §5).
fn index(items: &[Vec<u8>]) -> Vec<u8> {
    let mut bytes = (items.len() as u16).to_be_bytes().to_vec();
    if items.is_empty() {
        return bytes;
    }
    bytes.push(4);
    let mut end = 1u32;
    bytes.extend(end.to_be_bytes());
    for item in items {
        end += item.len() as u32;
        bytes.extend(end.to_be_bytes());
    }
    items.iter().for_each(|item| bytes.extend(item));
    bytes
}

/// The `CFF ` table with the outlines of a face, each quadratic curve as a cubic one.
fn cff_table(face: &Face) -> Vec<u8> {
    let number = |out: &mut Vec<u8>, value: f32| {
        out.push(28);
        out.extend((value.round() as i16).to_be_bytes());
    };
    let glyphs: Vec<Vec<u8>> = (0..face.glyph_count() as u16)
        .map(|glyph| {
            let mut out = Vec::new();
            let mut at = [0.0f32; 2];
            for step in face.outline(glyph).unwrap_or_default().steps {
                let (points, operator) = match step {
                    OutlineStep::Move(p) => (vec![p], 21),
                    OutlineStep::Line(p) => (vec![p], 5),
                    OutlineStep::Quad(c, p) => {
                        let mix = |a: [f32; 2]| {
                            [
                                a[0] + (c[0] - a[0]) * 2.0 / 3.0,
                                a[1] + (c[1] - a[1]) * 2.0 / 3.0,
                            ]
                        };
                        (vec![mix(at), mix(p), p], 8)
                    }
                    OutlineStep::Cubic(c, d, p) => (vec![c, d, p], 8),
                    OutlineStep::Close => continue,
                };
                for p in points {
                    let p = [p[0].round(), p[1].round()];
                    number(&mut out, p[0] - at[0]);
                    number(&mut out, p[1] - at[1]);
                    at = p;
                }
                out.push(operator);
            }
            out.push(14);
            out
        })
        .collect();
    let header = [1u8, 0, 4, 4];
    let names = index(&[b"Small".to_vec()]);
    let strings = index(&[]);
    // Top DICT: CharStrings (17) and Private (18), each number in five bytes.
    let top_length = 5 + 1 + 5 + 5 + 1;
    let body = header.len() + names.len() + 2 + 1 + 8 + top_length + strings.len() * 2;
    let mut top = Vec::new();
    let long = |out: &mut Vec<u8>, value: usize| {
        out.push(29);
        out.extend((value as i32).to_be_bytes());
    };
    long(&mut top, body);
    top.push(17);
    let charstrings = index(&glyphs);
    long(&mut top, 0);
    long(&mut top, body + charstrings.len());
    top.push(18);
    assert_eq!(top.len(), top_length);
    [
        header.to_vec(),
        names,
        index(&[top]),
        strings.clone(),
        strings,
        charstrings,
    ]
    .concat()
}

/// The small font with cubic outlines.
fn cubic() -> Vec<u8> {
    let small = small();
    let face = Face::from_bytes(small.clone()).unwrap();
    with_table(&small, b"CFF ", cff_table(&face), &[b"glyf", b"loca"])
}

/// A collection of fonts (OpenType, "Font collections").
fn collection(fonts: &[Vec<u8>]) -> Vec<u8> {
    let mut bytes = b"ttcf\0\x01\0\0".to_vec();
    bytes.extend((fonts.len() as u32).to_be_bytes());
    let mut start = 12 + 4 * fonts.len();
    for font in fonts {
        bytes.extend((start as u32).to_be_bytes());
        start += font.len();
    }
    let mut at = 12 + 4 * fonts.len();
    for font in fonts {
        let mut font = font.clone();
        let tables = usize::from(u16::from_be_bytes([font[4], font[5]]));
        for record in 0..tables {
            let place = 12 + record * 16 + 8;
            let offset = u32::from_be_bytes(font[place..place + 4].try_into().unwrap());
            font[place..place + 4].copy_from_slice(&(offset + at as u32).to_be_bytes());
        }
        at += font.len();
        bytes.extend(font);
    }
    bytes
}

/// Every character has ink, the vertical forms are others, and dashes join.
fn assert_shapes(bytes: Vec<u8>) -> Face {
    let face = Face::from_bytes(bytes).unwrap();
    for character in chars() {
        let glyph = face.glyph(character).unwrap();
        assert!(face.ink(glyph).is_some(), "{character}");
    }
    let glyphs = face.shape(TEXT, &down());
    let turned = glyphs[2];
    assert_ne!(Some(turned.id), face.glyph('「'));
    assert!(face.ink(turned.id).is_some());
    assert!(glyphs.iter().any(|g| g.advance.milli() == 2000));
    assert_eq!(face.vertical_origin(turned.id).block.milli(), 880);
    face
}

#[test]
fn vrt2_alone_turns_too() {
    let small = small();
    let font = FontRef::new(&small).unwrap();
    let mut table = font
        .table_data(Tag::new(b"GSUB"))
        .unwrap()
        .as_bytes()
        .to_vec();
    let places: Vec<usize> = (0..table.len() - 4)
        .filter(|at| &table[*at..at + 4] == b"vert")
        .collect();
    assert!(!places.is_empty());
    for at in places {
        table[at..at + 4].copy_from_slice(b"vrt2");
    }
    let (faces, _) = open_bytes(with_table(&small, b"GSUB", table, &[b"GSUB"]));
    let turned = |c: char| {
        let text = c.to_string();
        own(&faces).shape(&text, &down())[0].id != own(&faces).glyph(c).unwrap()
    };
    assert!(turned('「') && turned('（') && !turned('版'));
}

#[test]
fn cubic_outlines_become_quadratic_for_the_web() {
    let (faces, diagnostics) = open_bytes(cubic());
    assert!(diagnostics.is_empty(), "{diagnostics:?}");
    let face = own(&faces);
    assert!(face.is_cff());
    let web = assert_shapes(subset::web_subset(face, &chars()).unwrap());
    assert!(!web.is_cff());
    // Redrawn outlines keep to their ink within the tolerance and rounding.
    for character in chars() {
        let (a, b) = (
            face.glyph(character).unwrap(),
            web.glyph(character).unwrap(),
        );
        let (a, b) = (face.ink(a).unwrap(), web.ink(b).unwrap());
        for (x, y) in [
            (a.x_min, b.x_min),
            (a.y_min, b.y_min),
            (a.x_max, b.x_max),
            (a.y_max, b.y_max),
        ] {
            assert!((x - y).milli().abs() <= 2, "{character} {a:?} {b:?}");
        }
    }
}

#[test]
fn cubic_outlines_stay_cubic_in_print() {
    let (faces, _) = open_bytes(cubic());
    let face = own(&faces);
    let glyphs: Vec<u16> = face.shape(TEXT, &down()).iter().map(|g| g.id).collect();
    let font = subset::print_subset(face, &glyphs).unwrap();
    assert!(font.is_cff);
    let print = skrifa::Font::new(font.bytes, 0).unwrap();
    for glyph in glyphs {
        let outline = print
            .glyph_metrics()
            .extents(skrifa::GlyphId::from(font.remap[&glyph]));
        assert!(outline.is_some_and(|ink| ink.width > 0.0));
    }
}

/// `fvar` with one axis of weight, 200 to 900, at 200 by default.
fn weights() -> Vec<u8> {
    let mut table = Vec::new();
    for word in [1u16, 0, 16, 2, 1, 20, 0, 8] {
        table.extend(word.to_be_bytes());
    }
    table.extend(b"wght");
    for value in [200u32, 200, 900] {
        table.extend((value << 16).to_be_bytes());
    }
    table.extend([0, 0, 0, 1, 0, 0]);
    table
}

#[test]
fn a_variable_font_is_a_face_a_weight() {
    let (faces, diagnostics) = open_bytes(with_table(&small(), b"fvar", weights(), &[]));
    assert!(diagnostics.is_empty(), "{diagnostics:?}");
    let regular = faces.pick(FaceRole::Body, Weight::Regular, "版").unwrap();
    let bold = faces.pick(FaceRole::Body, Weight::Bold, "版").unwrap();
    assert_eq!(
        (faces.face(regular).weight(), faces.face(bold).weight()),
        (400, 700)
    );
    assert_ne!(
        faces.face(regular).postscript_name(),
        faces.face(bold).postscript_name()
    );
    let web = subset::web_subset(faces.face(bold), &chars()).unwrap();
    assert!(FontRef::new(&web).unwrap().fvar().is_err());
    assert_shapes(web);
    let glyph = faces.face(bold).glyph('版').unwrap();
    let print = subset::print_subset(faces.face(bold), &[glyph]).unwrap();
    assert!(FontRef::new(&print.bytes).unwrap().fvar().is_err());
    let print = skrifa::Font::new(print.bytes, 0).unwrap();
    assert!(
        print
            .glyph_metrics()
            .extents(skrifa::GlyphId::from(1u16))
            .unwrap()
            .width
            > 0.0
    );
}

#[test]
fn a_face_of_a_collection_is_picked_by_number_or_name() {
    let two = collection(&[cubic(), small()]);
    let files = Memory::new([("fonts/a.ttc", two)]);
    let (faces, diagnostics) = open("fonts/a.ttc#1", &files);
    assert!(diagnostics.is_empty(), "{diagnostics:?}");
    let face = own(&faces);
    assert_eq!((face.index(), face.is_cff()), (1, false));
    // What is embedded is one font, no collection.
    let web = subset::web_subset(face, &chars()).unwrap();
    assert!(!web.starts_with(b"ttcf"));
    assert_shapes(web);
    let (faces, _) = open("fonts/a.ttc#Noto Serif CJK HK", &files);
    assert_eq!(own(&faces).index(), 0);
    let (faces, diagnostics) = open("fonts/a.ttc#Nobody", &files);
    assert_eq!(
        (faces.ids().count(), diagnostics[0].code),
        (4, Code::FontMissing)
    );
}

#[test]
fn a_folder_of_fonts_is_a_family() {
    let bold = {
        let mut os2 = FontRef::new(&small())
            .unwrap()
            .table_data(Tag::new(b"OS/2"))
            .unwrap()
            .as_bytes()
            .to_vec();
        os2[4..6].copy_from_slice(&700u16.to_be_bytes());
        with_table(&small(), b"OS/2", os2, &[])
    };
    let files = Memory::new([
        ("type/b.ttf", bold),
        ("type/a.ttf", small()),
        ("type/readme.txt", b"words".to_vec()),
    ]);
    for folder in ["type", "type/", "./type"] {
        let (faces, diagnostics) = open(folder, &files);
        assert!(diagnostics.is_empty(), "{diagnostics:?}");
        assert_eq!(
            faces.pick(FaceRole::Body, Weight::Regular, "版"),
            Some(FaceId(4))
        );
        assert_eq!(
            faces.pick(FaceRole::Body, Weight::Bold, "版"),
            Some(FaceId(5))
        );
        // Characters that they lack come from the bundled faces.
        assert_eq!(
            faces.pick(FaceRole::Body, Weight::Regular, "書"),
            Some(FaceId(0))
        );
    }
}

#[test]
fn one_file_named_twice_is_one_face() {
    let choice = FontChoice {
        body: vec![name("a.ttf")],
        caption: vec![name("a.ttf")],
        ..FontChoice::default()
    };
    let opened = Faces::open(&choice, &Memory::new([("a.ttf", small())])).unwrap();
    assert_eq!(opened.value.ids().count(), 5);
    assert_eq!(
        opened.value.pick(FaceRole::Caption, Weight::Regular, "版"),
        Some(FaceId(4))
    );
    assert_eq!(
        opened.value.pick(FaceRole::Heading, Weight::Regular, "版"),
        Some(FaceId(3))
    );
}

fn licensed(bits: u16) -> Vec<u8> {
    let small = small();
    let mut os2 = FontRef::new(&small)
        .unwrap()
        .table_data(Tag::new(b"OS/2"))
        .unwrap()
        .as_bytes()
        .to_vec();
    os2[8..10].copy_from_slice(&bits.to_be_bytes());
    with_table(&small, b"OS/2", os2, &[])
}

#[test]
fn a_face_that_may_not_be_embedded_is_refused_by_name() {
    let (faces, diagnostics) = open_bytes(licensed(0x0002));
    assert_eq!(faces.ids().count(), 4);
    assert_eq!(diagnostics[0].code, Code::FontLicence);
    assert!(diagnostics[0].message.contains("NotoSerifCJKhk-Regular"));
    let face = Face::from_bytes(licensed(0x0002)).unwrap();
    assert!(matches!(
        subset::web_subset(&face, &chars()),
        Err(FontError::Licence { .. })
    ));
    assert!(matches!(
        subset::print_subset(&face, &[1]),
        Err(FontError::Licence { .. })
    ));
}

#[test]
fn a_face_that_may_not_be_cut_is_embedded_whole_and_told() {
    let (faces, diagnostics) = open_bytes(licensed(0x0100));
    assert_eq!(diagnostics[0].code, Code::FontWhole);
    let face = own(&faces);
    let web = Face::from_bytes(subset::web_subset(face, &"版".chars().collect()).unwrap()).unwrap();
    assert_eq!(web.glyph_count(), face.glyph_count());
    let print = subset::print_subset(face, &[1]).unwrap();
    assert_eq!(print.remap.len() as u32, face.glyph_count());
    assert_eq!(print.tag, None);
}

#[test]
fn missing_fonts_are_told() {
    for (path, code) in [
        ("a.ttf", Code::FontMissing),
        ("../a.ttf", Code::FileOutside),
        ("../fonts", Code::FileOutside),
        ("no/such/folder", Code::FontMissing),
        ("/no/such/file.ttf", Code::FontMissing),
        ("/no/such/folder", Code::FontMissing),
        ("No Such Family 版心", Code::FontMissing),
    ] {
        let (faces, diagnostics) = open(path, &Memory::default());
        assert_eq!(faces.ids().count(), 4, "{path}");
        assert_eq!(diagnostics[0].code, code, "{path}");
        assert_eq!(diagnostics.len(), 1);
        assert!(!diagnostics[0].hints.is_empty());
    }
}

#[test]
fn a_font_of_the_disk_is_opened_by_its_path() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.ttf");
    std::fs::write(&path, small()).unwrap();
    for name in [path.to_str().unwrap(), folder.path().to_str().unwrap()] {
        let (faces, diagnostics) = open(name, &Memory::default());
        assert!(diagnostics.is_empty(), "{diagnostics:?}");
        assert_eq!(own(&faces).family(), "Noto Serif CJK HK");
    }
}

/// Does with a face all that setting and writing do.
fn exercise(bytes: Vec<u8>) {
    let (faces, diagnostics) = open_bytes(bytes);
    if faces.ids().count() == 4 {
        assert!(!diagnostics.is_empty());
        return;
    }
    let face = own(&faces);
    let _ = (
        face.ascent(),
        face.descent(),
        face.cap_height(),
        face.x_height(),
        face.bbox(),
        face.italic_angle(),
    );
    let mut glyphs = Vec::new();
    for direction in [Direction::Horizontal, Direction::Vertical] {
        let how = Shaping {
            direction,
            language: "ja",
            features: &[(*b"palt", 1)],
        };
        glyphs.extend(face.shape(TEXT, &how).iter().map(|g| g.id));
    }
    for glyph in &glyphs {
        let _ = (
            face.ink(*glyph),
            face.outline(*glyph),
            face.vertical_origin(*glyph),
            face.vertical_advance(*glyph),
        );
    }
    let _ = faces.pick(FaceRole::Body, Weight::Regular, "版");
    let _ = subset::web_subset(face, &chars());
    let _ = subset::print_subset(face, &glyphs);
}

#[test]
fn cut_fonts_are_told_and_never_panic() {
    for whole in [
        small(),
        cubic(),
        with_table(&small(), b"fvar", weights(), &[]),
    ] {
        for end in (0..whole.len()).step_by(397).chain((0..100).step_by(3)) {
            exercise(whole[..end].to_vec());
        }
    }
}

#[test]
fn changed_fonts_never_panic() {
    let mut state = 7u32;
    let mut next = |below: usize| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 8) as usize % below
    };
    for whole in [
        small(),
        cubic(),
        with_table(&small(), b"fvar", weights(), &[]),
    ] {
        for _ in 0..60 {
            let mut bytes = whole.clone();
            for _ in 0..4 {
                let at = next(bytes.len());
                bytes[at] = [0, 0xFF, 0x7F, 0x80, 1][next(5)];
            }
            exercise(bytes);
        }
        // The table directory and the tables' heads break more than outlines do.
        for at in (0..whole.len().min(2000)).step_by(13) {
            let mut bytes = whole.clone();
            bytes[at] ^= 0xFF;
            exercise(bytes);
        }
    }
}

#[test]
fn fallback_goes_by_the_whole_cluster() {
    let faces = Faces::bundled();
    let pick = |cluster| faces.pick(FaceRole::Body, Weight::Regular, cluster);
    assert_eq!(pick("版\u{FE00}"), Some(FaceId(0)));
    assert_eq!(pick("e\u{200D}"), Some(FaceId(0)));
    assert_eq!(pick("版\u{D55C}"), None);
    let bold = faces
        .pick(FaceRole::Heading, Weight::Regular, "版")
        .unwrap();
    assert_eq!(faces.face(bold).postscript_name(), "NotoSansCJKhk-Bold");
    let caption = faces
        .pick(FaceRole::Caption, Weight::Regular, "版")
        .unwrap();
    assert_eq!(
        faces.face(caption).postscript_name(),
        "NotoSansCJKhk-Regular"
    );
}
