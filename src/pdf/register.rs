//! Faces put into the document: by printpdf as horizontal fonts, from which all others are made.

use std::collections::{BTreeMap, BTreeSet};

use lopdf::{Dictionary, Document, Object, ObjectId, Stream};
use printpdf::{
    Codepoint, FontId, FontMetrics, FontType, Op, ParsedFont, PdfDocument, PdfFont, PdfFontHandle,
    PdfFontMetricsStub, PdfPage, Pt, TextItem, ToUnicodeCMap,
};

use crate::font::FaceId;

use super::error::PdfError;
use super::face::{ASCENT, DESCENT, FontKey, Kind, PrintedFace, PrintedFaces, PrintedGlyph};
use super::text::resource_name;

/// Symbolic is bit 3, italic bit 7 (ISO 32000-2, table 121). A subset keyed by its own codes has
/// none but its own characters.
const SYMBOLIC: i64 = 1 << 2;
const ITALIC: i64 = 1 << 6;

/// Gives every face to printpdf, with all its glyphs on a last page that is dropped again: only
/// glyphs that it sees are embedded.
pub(crate) fn register(document: &mut PdfDocument, faces: &PrintedFaces<'_>) {
    let mut ops = Vec::new();
    for (id, face) in faces.iter() {
        let name = FontId(base_name(id));
        document
            .resources
            .fonts
            .map
            .insert(name.clone(), PdfFont::new(parsed(face)));
        ops.push(Op::SetFont {
            font: PdfFontHandle::External(name),
            size: Pt(1.0),
        });
        let glyphs = (0_u16..).zip(&face.glyphs).filter_map(|(code, glyph)| {
            let text = glyph.readings.first()?;
            Some(Codepoint::with_cid(code, 0.0, text.clone()))
        });
        ops.push(Op::ShowText {
            items: vec![TextItem::GlyphIds(glyphs.collect())],
        });
    }
    document
        .pages
        .push(PdfPage::new(printpdf::Mm(1.0), printpdf::Mm(1.0), ops));
}

fn base_name((face, kind): (FaceId, Kind)) -> String {
    resource_name(FontKey {
        face,
        kind,
        vertical: false,
        reading: 0,
        lead: 0,
    })
}

/// The face as printpdf's bare build knows it. Metrics are told in thousandths of the em, whatever
/// the program's own units are.
fn parsed(face: &PrintedFace) -> ParsedFont {
    let narrow =
        |value: i64| i16::try_from(value).unwrap_or(if value < 0 { i16::MIN } else { i16::MAX });
    let [x_min, y_min, x_max, y_max] = face.look.bounds.map(narrow);
    ParsedFont {
        original_bytes: face.program.clone(),
        font_index: 0,
        font_name: Some(face.name.clone()),
        codepoint_to_glyph: BTreeMap::new(),
        glyph_widths: (0_u16..)
            .zip(&face.glyphs)
            .map(|(code, glyph)| (code, u16::try_from(glyph.width).unwrap_or(0)))
            .collect(),
        units_per_em: 1000,
        font_metrics: FontMetrics {
            ascent: narrow(ASCENT),
            descent: narrow(DESCENT),
        },
        // Whether outlines are cubic is read from the program itself.
        font_type: FontType::TrueType,
        pdf_font_metrics: PdfFontMetricsStub {
            units_per_em: 1000,
            x_min,
            y_min,
            x_max,
            y_max,
            us_weight_class: u16::try_from(face.look.weight).unwrap_or(400),
            ..PdfFontMetricsStub::default()
        },
    }
}

/// Makes every font that pages use of those that printpdf made, and gives the dictionary of all of
/// them under their names.
///
/// # Errors
/// printpdf wrote a font in another way than this version is known to.
pub(crate) fn make_fonts(
    document: &mut Document,
    made: &Dictionary,
    faces: &PrintedFaces<'_>,
    used: &BTreeSet<FontKey>,
) -> Result<Dictionary, PdfError> {
    let mut fonts = Dictionary::new();
    let mut bases = BTreeMap::new();
    for (id, face) in faces.iter() {
        let base = made
            .get(base_name(id).as_bytes())
            .and_then(Object::as_reference)
            .map_err(|_| PdfError::Assembly("a face was not embedded"))?;
        bases.insert(id, Base::take(document, base, face)?);
    }
    for font in used {
        let (Some(base), Some(face)) = (
            bases.get_mut(&(font.face, font.kind)),
            faces.get((font.face, font.kind)),
        ) else {
            continue;
        };
        let type0 = base.font(document, *font, face);
        fonts.set(resource_name(*font), type0);
    }
    Ok(fonts)
}

/// A face's font as printpdf made it, taken apart.
struct Base {
    type0: Dictionary,
    descendant: Dictionary,
    descriptor: Dictionary,
    readings: BTreeMap<u16, ObjectId>,
    descendants: BTreeMap<u16, ObjectId>,
}

impl Base {
    fn take(document: &mut Document, id: ObjectId, face: &PrintedFace) -> Result<Self, PdfError> {
        let odd = |_| PdfError::Assembly("printpdf wrote a font in an unknown way");
        let Some(Object::Dictionary(mut type0)) = document.objects.remove(&id) else {
            return Err(PdfError::Assembly("a font is no dictionary"));
        };
        let descendants = type0
            .get(b"DescendantFonts")
            .and_then(Object::as_array)
            .map_err(odd)?;
        let mut descendant = descendants
            .first()
            .ok_or(PdfError::Assembly("a font without descendant"))?
            .as_dict()
            .map_err(odd)?
            .clone();
        let id = descendant
            .get(b"FontDescriptor")
            .and_then(Object::as_reference)
            .map_err(odd)?;
        let Some(Object::Dictionary(mut descriptor)) = document.objects.remove(&id) else {
            return Err(PdfError::Assembly("a font descriptor is no dictionary"));
        };
        describe(&mut descriptor, face);
        descendant.remove(b"FontDescriptor");
        descendant.set("DW2", vec![ASCENT.into(), Object::Integer(-1000)]);
        let reading = type0
            .get(b"ToUnicode")
            .and_then(Object::as_reference)
            .map_err(odd)?;
        type0.remove(b"ToUnicode");
        Ok(Self {
            type0,
            descendant,
            descriptor,
            readings: BTreeMap::from([(0, reading)]),
            descendants: BTreeMap::new(),
        })
    }

    /// The font of a key. Fonts of one face share the program; those of one reading its ToUnicode,
    /// those of one lead the descendant with its metrics. The descriptor is not shared: pdf.js
    /// takes fonts of one descriptor, encoding and ToUnicode for one font, whatever their metrics.
    fn font(&mut self, document: &mut Document, key: FontKey, face: &PrintedFace) -> ObjectId {
        let reading = *self.readings.entry(key.reading).or_insert_with(|| {
            let mappings = (0_u32..)
                .zip(&face.glyphs)
                .filter_map(|(code, glyph)| {
                    let text = glyph.readings.get(usize::from(key.reading))?;
                    Some((code, text.chars().map(u32::from).collect()))
                })
                .collect();
            let name = resource_name(FontKey {
                vertical: false,
                lead: 0,
                ..key
            });
            let map = ToUnicodeCMap { mappings }.to_cmap_string(&name);
            document.add_object(Stream::new(Dictionary::new(), map.into_bytes()))
        });
        let (base, descriptor) = (&self.descendant, &self.descriptor);
        let descendant = *self.descendants.entry(key.lead).or_insert_with(|| {
            let mut descendant = base.clone();
            descendant.set("FontDescriptor", document.add_object(descriptor.clone()));
            let lead = i64::from(key.lead);
            if lead > 0 {
                descendant.set("DW2", vec![ASCENT.into(), Object::Integer(-1000 - lead)]);
            }
            let own = vertical_metrics(&face.glyphs, lead);
            if !own.is_empty() {
                descendant.set("W2", own);
            }
            document.add_object(descendant)
        });
        let mut type0 = self.type0.clone();
        type0.set(
            "Encoding",
            if key.vertical {
                "Identity-V"
            } else {
                "Identity-H"
            },
        );
        type0.set("DescendantFonts", vec![Object::Reference(descendant)]);
        type0.set("ToUnicode", reading);
        document.add_object(type0)
    }
}

/// Sets what a face looks like; printpdf's bare build knows little of it.
fn describe(descriptor: &mut Dictionary, face: &PrintedFace) {
    let slant = if face.look.italic_angle == 0 {
        0
    } else {
        ITALIC
    };
    descriptor.set("Flags", SYMBOLIC | slant);
    descriptor.set("Ascent", ASCENT);
    descriptor.set("Descent", DESCENT);
    descriptor.set("CapHeight", face.look.cap_height);
    // lopdf writes reals from single precision, which thousandths of a degree fit.
    let angle = face.look.italic_angle;
    if angle % 1000 == 0 {
        descriptor.set("ItalicAngle", angle / 1000);
    } else {
        descriptor.set("ItalicAngle", Object::Real(angle as f32 / 1000.0));
    }
}

/// W2 for the glyphs that differ from DW2 (ISO 32000-2, 9.7.4.3), neighbours in one array.
///
/// pdf.js takes the width for the height of a glyph that W2 does not name, so one whose width is
/// not its height is named too, and in a font with a lead every one. Ranges of equal metrics, which
/// would be shorter, poppler finds for their last glyph only.
fn vertical_metrics(glyphs: &[PrintedGlyph], lead: i64) -> Vec<Object> {
    let mut arrays: Vec<(i64, Vec<Object>)> = Vec::new();
    let mut next = None;
    for (code, glyph) in (0_i64..).zip(glyphs) {
        if glyph.readings.is_empty() {
            continue;
        }
        // The default origin is half the width, which need not be whole.
        let centred = (glyph.origin.0 * 2 - glyph.width).abs() <= 1;
        let plain = glyph.height == 1000 && glyph.width == 1000 && glyph.origin.1 == ASCENT;
        if plain && centred && lead == 0 {
            continue;
        }
        if next != Some(code) {
            arrays.push((code, Vec::new()));
        }
        next = Some(code + 1);
        if let Some((_, array)) = arrays.last_mut() {
            let own = [-glyph.height - lead, glyph.origin.0, glyph.origin.1];
            array.extend(own.map(Object::Integer));
        }
    }
    arrays
        .into_iter()
        .flat_map(|(first, array)| [Object::Integer(first), Object::Array(array)])
        .collect()
}
