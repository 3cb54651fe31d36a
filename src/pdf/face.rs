//! Subset faces: which glyphs a document uses, their codes, their metrics and what they read as.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use crate::font::{Face, FaceId, Faces, FontError, subset};
use crate::geom::{Em, Logical};
use crate::layout::{Frame, Item, Layout, Line};

use super::missing;
use super::sfnt::{Sketch, font_program};
use super::sorts::{Shape, Sort, own_outline, sorts, stamped_advance, stamped_outline};

/// Ascent, descent and vertical origin of the em-box of CJK faces, in thousandths.
pub(super) const ASCENT: i64 = 880;
pub(super) const DESCENT: i64 = -120;

/// What a space reads as.
const SPACE: &str = " ";

/// Every face that a document uses, subset once for the whole file.
#[derive(Debug)]
pub(crate) struct PrintedFaces<'a> {
    faces: &'a Faces,
    printed: BTreeMap<(FaceId, Kind), PrintedFace>,
    /// A face with a glyph that also reads as a space, for places where nothing is seen.
    space: Option<(FaceId, u16)>,
}

/// Whether a font program holds glyphs of its face or such as were made of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Kind {
    /// A subset of the face.
    Own,
    /// Glyphs made for columns.
    Stamped,
    /// Glyphs on wider bodies.
    Wide,
}

/// One face as it goes into the file.
#[derive(Debug)]
pub(crate) struct PrintedFace {
    /// PostScript name with the subset's tag.
    pub(crate) name: String,
    /// The font program.
    pub(crate) program: Vec<u8>,
    /// What the descriptor tells.
    pub(crate) look: Look,
    /// Glyphs by code; code 0 is `.notdef` and never shown.
    pub(crate) glyphs: Vec<PrintedGlyph>,
    codes: Codes,
}

/// How codes are found.
#[derive(Debug)]
enum Codes {
    /// By the glyph's number in the face; 0 where it is not used.
    Glyphs(Vec<u16>),
    /// By shape and text; of characters that no face has by the text alone.
    Made(BTreeMap<(Shape, String), u16>),
}

/// A glyph as it goes into the file. Metrics are in thousandths of the em.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct PrintedGlyph {
    /// What it reads as. More than one where one shape serves several characters: each is a font
    /// resource of its own over the same font program.
    pub(crate) readings: Vec<String>,
    /// Advance width.
    pub(crate) width: i64,
    /// Advance height; positive.
    pub(crate) height: i64,
    /// Vertical origin, right and up from the horizontal one.
    pub(crate) origin: (i64, i64),
}

/// The look of a face, for programs that must stand in for it. In thousandths of the em.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Look {
    /// Edges of all its ink: left, lower, right, upper.
    pub(crate) bounds: [i64; 4],
    /// Height of a Latin capital.
    pub(crate) cap_height: i64,
    /// Slant in thousandths of a degree, counter-clockwise.
    pub(crate) italic_angle: i64,
    /// Weight, 1 to 1000.
    pub(crate) weight: i64,
}

/// A font resource: a face as it is used for one direction and one set of readings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct FontKey {
    /// The face.
    pub(crate) face: FaceId,
    /// Which of its programs.
    pub(crate) kind: Kind,
    /// Whether it runs downwards.
    pub(crate) vertical: bool,
    /// Which reading of its glyphs.
    pub(crate) reading: u16,
    /// What its vertical advances have beyond those of the face, in thousandths of the em: the
    /// space after a glyph belongs to its advance, or readers would take it for a word space.
    pub(crate) lead: u16,
}

/// A glyph found in the subset.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Found<'a> {
    /// Which program of its face it is in.
    pub(crate) kind: Kind,
    /// Its code.
    pub(crate) code: u16,
    /// Which of its readings is the one asked for.
    pub(crate) reading: u16,
    /// Its metrics.
    pub(crate) glyph: &'a PrintedGlyph,
}

impl<'a> PrintedFaces<'a> {
    /// Subsets every face of a layout to the glyphs that it uses.
    ///
    /// # Errors
    /// A face forbids embedding or cannot be subset.
    pub(crate) fn of(layout: &Layout, faces: &'a Faces) -> Result<Self, FontError> {
        let mut uses = BTreeMap::<(FaceId, Kind), Uses>::new();
        for page in &layout.pages {
            frame_uses(&page.frame, faces, &mut uses);
        }
        let space = uses.iter_mut().find_map(|((id, kind), uses)| {
            if *kind != Kind::Own || *id == FaceId::MISSING {
                return None;
            }
            // One with ink: PDFium passes over what has no extent.
            let inked = ['一', 'x'].into_iter();
            let glyph = inked.filter_map(|c| faces.face(*id).glyph(c)).next()?;
            uses.read(glyph, SPACE);
            Some((*id, glyph))
        });
        let printed = uses
            .into_par_iter()
            .map(|(key, uses)| {
                let face = match key {
                    (FaceId::MISSING, _) => boxes(uses),
                    (id, Kind::Own) => print(faces.face(id), uses)?,
                    (id, kind) => make(faces.face(id), kind, uses)?,
                };
                Ok((key, face))
            })
            .collect::<Result<_, FontError>>()?;
        Ok(Self {
            faces,
            printed,
            space,
        })
    }

    /// The open faces behind them.
    pub(crate) fn faces(&self) -> &'a Faces {
        self.faces
    }

    /// Every font program of the file.
    pub(crate) fn iter(&self) -> impl Iterator<Item = ((FaceId, Kind), &PrintedFace)> {
        self.printed.iter().map(|(key, face)| (*key, face))
    }

    /// A font program of the file.
    pub(crate) fn get(&self, key: (FaceId, Kind)) -> Option<&PrintedFace> {
        self.printed.get(&key)
    }

    /// What reads as a space and must not be seen: its font, of horizontal lines, and its code.
    pub(crate) fn pause(&self) -> Option<(FontKey, u16)> {
        let (face, glyph) = self.space?;
        let printed = self.printed.get(&(face, Kind::Own))?;
        let Codes::Glyphs(codes) = &printed.codes else {
            return None;
        };
        let code = *codes.get(usize::from(glyph))?;
        let readings = &printed.glyphs.get(usize::from(code))?.readings;
        let reading = readings.iter().position(|text| text == SPACE)?;
        let font = FontKey {
            face,
            kind: Kind::Own,
            vertical: false,
            reading: reading as u16,
            lead: 0,
        };
        Some((font, code))
    }

    /// The glyph of a sort.
    pub(crate) fn find(&self, sort: &Sort<'_>) -> Option<Found<'_>> {
        let kind = kind(sort);
        let face = self.printed.get(&(sort.face, kind))?;
        let code = match (&face.codes, &sort.shape) {
            (Codes::Glyphs(codes), Shape::Glyph(id)) => *codes.get(usize::from(*id))?,
            (Codes::Glyphs(_), _) => return None,
            (Codes::Made(codes), shape) => *codes.get(&(shape.clone(), sort.text.to_string()))?,
        };
        let glyph = face.glyphs.get(usize::from(code))?;
        let reading = glyph.readings.iter().position(|text| *text == sort.text)?;
        Some(Found {
            kind,
            code,
            reading: reading as u16,
            glyph,
        })
    }
}

fn kind(sort: &Sort<'_>) -> Kind {
    match sort.shape {
        Shape::Glyph(_) => Kind::Own,
        Shape::Stamped(_) => Kind::Stamped,
        Shape::Wide(..) => Kind::Wide,
    }
}

/// What is used of one face, each with what it reads as.
#[derive(Debug, Default)]
struct Uses {
    /// By glyph, in the order of first use.
    readings: Vec<Vec<String>>,
    /// What is made.
    made: BTreeSet<(Shape, String)>,
}

impl Uses {
    /// A glyph of the face reads as a text.
    fn read(&mut self, id: u16, text: &str) {
        let id = usize::from(id);
        if self.readings.len() <= id {
            self.readings.resize_with(id + 1, Vec::new);
        }
        if !self.readings[id].iter().any(|known| known == text) {
            self.readings[id].push(text.to_owned());
        }
    }

    fn add(&mut self, sort: &Sort<'_>) {
        match &sort.shape {
            Shape::Glyph(id) if sort.face != FaceId::MISSING => self.read(*id, &sort.text),
            shape => {
                self.made.insert((shape.clone(), sort.text.to_string()));
            }
        }
    }
}

fn frame_uses(frame: &Frame, faces: &Faces, uses: &mut BTreeMap<(FaceId, Kind), Uses>) {
    for (_, item) in &frame.items {
        match item {
            Item::Line(line) => line_uses(line, faces, uses),
            Item::Group(frame) => frame_uses(frame, faces, uses),
            _ => {}
        }
    }
}

fn line_uses(line: &Line, faces: &Faces, uses: &mut BTreeMap<(FaceId, Kind), Uses>) {
    for sort in sorts(line, faces) {
        uses.entry((sort.face, kind(&sort))).or_default().add(&sort);
    }
    for (_, beside) in &line.beside {
        line_uses(beside, faces, uses);
    }
}

fn milli(em: Em) -> i64 {
    i64::from(em.milli())
}

/// Subsets a face to its uses.
fn print(face: &Face, uses: Uses) -> Result<PrintedFace, FontError> {
    let used: Vec<u16> = (0_u16..)
        .zip(&uses.readings)
        .filter_map(|(id, readings)| (!readings.is_empty()).then_some(id))
        .collect();
    let subset = subset::print_subset(face, &used)?;
    let mut codes = vec![0; uses.readings.len()];
    let last = subset.remap.values().max().copied().unwrap_or(0);
    let mut glyphs = vec![PrintedGlyph::default(); usize::from(last) + 1];
    for (id, readings) in (0_u16..).zip(uses.readings) {
        let (false, Some(code)) = (readings.is_empty(), subset.remap.get(&id)) else {
            continue;
        };
        codes[usize::from(id)] = *code;
        let Logical { inline, block } = face.vertical_origin(id);
        glyphs[usize::from(*code)] = PrintedGlyph {
            readings,
            width: milli(face.advance(id)),
            height: milli(face.vertical_advance(id)),
            origin: (milli(inline), milli(block)),
        };
    }
    let tag = subset.tag.map_or_else(String::new, |tag| tag + "+");
    Ok(PrintedFace {
        name: tag + face.postscript_name(),
        program: subset.bytes,
        look: look(face),
        glyphs,
        codes: Codes::Glyphs(codes),
    })
}

fn look(face: &Face) -> Look {
    let bounds = face.bbox();
    Look {
        bounds: [bounds.x_min, bounds.y_min, bounds.x_max, bounds.y_max].map(milli),
        cap_height: milli(face.cap_height()),
        italic_angle: i64::from(face.italic_angle()),
        weight: i64::from(face.weight()),
    }
}

/// Makes the glyphs that lines use beyond those of a face.
fn make(face: &Face, kind: Kind, uses: Uses) -> Result<PrintedFace, FontError> {
    if !face.may_embed() {
        // The subsetter has the words for it.
        subset::print_subset(face, &[])?;
    }
    let suffix = if kind == Kind::Wide { "Wide" } else { "Turned" };
    let name = format!("{}-{suffix}", face.postscript_name());
    Ok(made(&name, look(face), uses, |shape, _| match shape {
        Shape::Glyph(id) | Shape::Wide(id, _) => {
            let lead = if let Shape::Wide(_, lead) = shape {
                *lead
            } else {
                0
            };
            let width = milli(face.advance(*id)) + i64::from(lead);
            let sketch = Sketch {
                contours: own_outline(*id, face),
                advance: width,
            };
            (sketch, milli(face.vertical_advance(*id)))
        }
        Shape::Stamped(stamps) => {
            let sketch = Sketch {
                contours: stamped_outline(stamps, face),
                advance: 1000,
            };
            (sketch, stamped_advance(stamps, face))
        }
    }))
}

/// A face of boxes for texts that no face can set; a box tells the first character's code point.
fn boxes(uses: Uses) -> PrintedFace {
    let look = Look {
        bounds: [0, DESCENT, 1000, ASCENT],
        cap_height: 700,
        italic_angle: 0,
        weight: 400,
    };
    made("MissingCharacters", look, uses, |_, text| {
        let first = text.chars().next().unwrap_or(char::REPLACEMENT_CHARACTER);
        (missing::box_sketch(first.into()), 1000)
    })
}

/// A face of made glyphs, each drawn by `draw` with its advance height.
fn made(
    name: &str,
    look: Look,
    uses: Uses,
    draw: impl Fn(&Shape, &str) -> (Sketch, i64),
) -> PrintedFace {
    let mut sketches = vec![Sketch::default()];
    let mut glyphs = vec![PrintedGlyph::default()];
    for (shape, text) in &uses.made {
        let (sketch, height) = draw(shape, text);
        glyphs.push(PrintedGlyph {
            readings: vec![text.clone()],
            width: sketch.advance,
            height,
            origin: (500, ASCENT),
        });
        sketches.push(sketch);
    }
    let program = font_program(&sketches);
    PrintedFace {
        name: format!("{}+{name}", tag(&program)),
        program,
        look,
        glyphs,
        codes: Codes::Made(uses.made.into_iter().zip(1..).collect()),
    }
}

/// Six letters from a font program (FNV-1a), as the tag of a subset (ISO 32000-2, 9.9.2).
fn tag(program: &[u8]) -> String {
    let hash = program
        .iter()
        .fold(0xCBF2_9CE4_8422_2325_u64, |hash, byte| {
            (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01B3)
        });
    (0..6)
        .map(|place| char::from(b'A' + (hash / 26_u64.pow(place) % 26) as u8))
        .collect()
}
