//! One face: its names, its metrics, its glyphs and their ink.

use std::fmt;
use std::sync::OnceLock;

use skrifa::font::attribute::Style;
use skrifa::font::glyph::GlyphSourceOrder;
use skrifa::font::{Blob, Font, Source};
use skrifa::raw::types::{NameId, Tag};
use skrifa::raw::{FileRef, TableProvider};
use skrifa::{FontRef, GlyphId};

use crate::geom::{Em, Logical};

use super::glyph::InkBox;
use super::grapheme::is_unseen;
use super::memory::{Remembered, Shaper};
use super::role::Weight;

/// Weight (OS/2 `usWeightClass`) from which a face counts as bold.
const BOLD_FROM: u16 = 600;

/// Characters of the basic plane, whose glyphs are remembered: all but the rarest.
pub(super) const BASIC_PLANE: u32 = 0x1_0000;

/// Characters whose ink fills the em-box evenly, as far as a face has one of them.
const FILLING: [char; 7] = ['田', '国', '國', '口', '一', 'ロ', '한'];

/// Tables of coloured pictures.
const COLOURS: [&[u8; 4]; 4] = [b"COLR", b"CBDT", b"sbix", b"SVG "];

/// No collection holds more faces than this; what tells more is broken.
const MOST_FACES: u32 = 256;

/// One face of a font file, at one weight.
///
/// All measures are in thousandths of the em; `y` points up, from the horizontal baseline. A face
/// may be used from many threads at once; what it remembers never changes what it answers.
///
/// ```
/// use banxin::font::{FaceRole, Faces, Weight};
/// let faces = Faces::bundled();
/// let id = faces.pick(FaceRole::Body, Weight::Regular, "版").unwrap();
/// let face = faces.face(id);
/// let glyph = face.glyph('版').unwrap();
/// assert_eq!(face.advance(glyph).milli(), 1000);
/// assert_eq!(face.vertical_origin(glyph).block.milli(), 880);
/// ```
pub struct Face {
    font: Font,
    index: u32,
    names: Names,
    weight: u16,
    italic: bool,
    bundled: bool,
    instance: bool,
    tells_heights: bool,
    turns_by_vrt2: bool,
    nominal: Remembered<Option<u16>>,
    ink: Remembered<Option<InkBox>>,
    origins: Remembered<i32>,
    middle: OnceLock<Em>,
    shaper: Shaper,
}

struct Names {
    postscript: String,
    family: String,
    subfamily: String,
}

impl fmt::Debug for Face {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Face")
            .field("postscript_name", &self.names.postscript)
            .field("index", &self.index)
            .field("weight", &self.weight)
            .finish_non_exhaustive()
    }
}

impl Face {
    /// A face that travels inside the program.
    pub(super) fn bundled(file: &'static [u8]) -> Option<Self> {
        Self::new(Font::new(Blob::Static(file), 0)?, 0, true)
    }

    /// How many faces a font file holds; 1 where it is no collection.
    pub(super) fn count(blob: &Blob) -> u32 {
        match FileRef::new(blob) {
            Ok(FileRef::Collection(collection)) => collection.len().min(MOST_FACES),
            _ => 1,
        }
    }

    /// Face `index` of a font file, a variable one at `weight`; `None` where the file is no font
    /// or lacks what setting needs.
    pub(super) fn open(blob: Blob, index: u32, weight: Weight) -> Option<Self> {
        let font = Font::new(blob, index)?;
        let wish: f32 = match weight {
            Weight::Regular => 400.0,
            Weight::Bold => 700.0,
        };
        let axis = font.axes().get_by_tag(Tag::new(b"wght"));
        let Some(axis) = axis.filter(|axis| axis.min_value() <= axis.max_value()) else {
            return Self::new(font, index, false);
        };
        let at = wish.clamp(axis.min_value(), axis.max_value());
        let instance = font.instance_builder().variations([("wght", at)]).build();
        let mut face = Self::new(instance, index, false)?;
        face.weight = at as u16;
        face.instance = true;
        // Each weight is embedded as a face of its own and needs a name of its own.
        let style = match face.weight {
            400 => "Regular".into(),
            700 => "Bold".into(),
            other => format!("W{other}"),
        };
        let stem = face.names.postscript.split('-').next().unwrap_or("");
        face.names.postscript = format!("{stem}-{style}");
        face.names.subfamily = style;
        Some(face)
    }

    /// A single face of a font file.
    pub(super) fn from_bytes(bytes: Vec<u8>) -> Option<Self> {
        Self::new(Font::new(bytes, 0)?, 0, false)
    }

    /// A face of an open font, at the location in its design space that `font` has.
    fn new(font: Font, index: u32, bundled: bool) -> Option<Self> {
        // Without a character map, widths and outlines nothing can be set.
        let tables = font.tables();
        let glyphs = font.num_glyphs();
        if glyphs == 0
            || tables.head().is_err()
            || tables.hmtx().is_err()
            || !font.charmap().has_unicode()
            || font.outline_glyphs().is_empty()
        {
            return None;
        }
        let attributes = font.default_attributes();
        Some(Self {
            names: Names::of(&font),
            index,
            weight: attributes.weight.value().clamp(1.0, 1000.0) as u16,
            italic: attributes.style != Style::Normal,
            bundled,
            instance: false,
            tells_heights: tables.vmtx().is_ok(),
            nominal: Remembered::new(BASIC_PLANE),
            turns_by_vrt2: has_only_vrt2(&font),
            ink: Remembered::new(glyphs),
            origins: Remembered::new(glyphs),
            middle: OnceLock::new(),
            shaper: Shaper::new(glyphs),
            font,
        })
    }

    /// Whether its alternates for vertical lines are reached by `vrt2` alone.
    pub(super) fn turns_by_vrt2(&self) -> bool {
        self.turns_by_vrt2
    }

    /// The PostScript name, as PDF needs it.
    #[must_use]
    pub fn postscript_name(&self) -> &str {
        &self.names.postscript
    }

    /// The family name.
    #[must_use]
    pub fn family(&self) -> &str {
        &self.names.family
    }

    /// The name of the style inside the family, as `Bold`.
    #[must_use]
    pub fn style_name(&self) -> &str {
        &self.names.subfamily
    }

    /// The weight, 1 to 1000; 400 is regular, 700 bold.
    #[must_use]
    pub fn weight(&self) -> u16 {
        self.weight
    }

    /// Whether it is a bold face.
    #[must_use]
    pub fn is_bold(&self) -> bool {
        self.weight >= BOLD_FROM
    }

    /// Whether it is an italic or oblique face.
    #[must_use]
    pub fn is_italic(&self) -> bool {
        self.italic
    }

    /// The whole font file that the face is in.
    #[must_use]
    pub fn data(&self) -> &[u8] {
        match self.font.source() {
            Source::Blob(blob) => blob,
            Source::TableFunction(_) => &[],
        }
    }

    /// A table of the font file as it stands there.
    pub(super) fn table(&self, tag: &[u8; 4]) -> Option<&[u8]> {
        let font = FontRef::from_index(self.data(), self.index).ok()?;
        Some(font.table_data(Tag::new(tag))?.as_bytes())
    }

    /// Which face of its file it is; 0 but in collections.
    #[must_use]
    pub fn index(&self) -> u32 {
        self.index
    }

    /// Design units of the font file in one em.
    #[must_use]
    pub fn units_per_em(&self) -> u16 {
        self.font.units_per_em()
    }

    /// How many glyphs it has.
    #[must_use]
    pub fn glyph_count(&self) -> u32 {
        self.font.num_glyphs()
    }

    /// Whether its outlines are cubic (`CFF `), which some subsetters cannot read.
    #[must_use]
    pub fn is_cff(&self) -> bool {
        self.font.tables().glyf().is_err()
    }

    /// Whether it is one weight of a variable font.
    pub(super) fn is_instance(&self) -> bool {
        self.instance
    }

    /// Whether it is one weight of a variable font, or has outlines (`CFF2`) that print subsets
    /// cannot hold.
    pub(super) fn is_varied(&self) -> bool {
        let tables = self.font.tables();
        !self.font.axes().is_empty() || (tables.glyf().is_err() && tables.cff().is_err())
    }

    /// Whether its outlines are already what web subsets hold: `glyf`, not variable.
    pub(super) fn is_plain(&self) -> bool {
        !self.is_cff() && self.font.axes().is_empty()
    }

    /// Whether its outlines are wrong without their instructions, as those of some old CJK faces.
    pub(super) fn needs_hints(&self) -> bool {
        self.font.is_hint_reliant()
    }

    /// Whether a font file holds coloured pictures (OpenType, "Color fonts").
    pub(super) fn has_colours(blob: &Blob, index: u32) -> bool {
        FontRef::from_index(blob, index).is_ok_and(|font| {
            let mut tags = COLOURS.iter();
            tags.any(|tag| font.table_data(Tag::new(tag)).is_some())
        })
    }

    /// Whether it draws its signs in colours alone: their glyphs by themselves are empty.
    pub(super) fn is_colour_only(&self) -> bool {
        let tables = COLOURS.iter();
        if tables.clone().all(|tag| self.table(tag).is_none()) {
            return false;
        }
        let signs = self.characters();
        let mut signs = signs
            .iter()
            .filter(|c| **c >= '\u{2190}' && !is_unseen(**c))
            .take(16)
            .filter_map(|c| self.glyph(*c))
            .peekable();
        signs.peek().is_some() && signs.all(|glyph| self.ink(glyph).is_none())
    }

    /// Whether it travels inside the program.
    #[must_use]
    pub fn is_bundled(&self) -> bool {
        self.bundled
    }

    /// The upper edge of the em-box over the baseline (OS/2 `sTypoAscender`).
    #[must_use]
    pub fn ascent(&self) -> Em {
        self.em(self.line().0)
    }

    /// The lower edge of the em-box, negative below the baseline (OS/2 `sTypoDescender`).
    #[must_use]
    pub fn descent(&self) -> Em {
        self.em(self.line().1)
    }

    fn line(&self) -> (f64, f64) {
        let metrics = self.font.metrics();
        metrics
            .typo_line
            .or(metrics.hhea_line)
            .map(|line| (line.ascender.to_f64(), line.descender.to_f64()))
            .filter(|(up, down)| up - down > 0.0)
            .unwrap_or_else(|| {
                // The em-box of CJK faces that name none.
                let em = f64::from(self.units_per_em());
                (0.88 * em, -0.12 * em)
            })
    }

    /// Middle of the em-box over the baseline: of the box that a CJK face tells, else of the ink
    /// of a character that fills it; of capitals in a face without CJK characters.
    #[must_use]
    pub fn middle(&self) -> Em {
        *self.middle.get_or_init(|| {
            let (up, down) = (self.ascent().milli(), self.descent().milli());
            let told = Em::from_milli((up + down) / 2);
            let Some(full) = FILLING.iter().find_map(|c| self.glyph(*c)) else {
                return match self.glyph('H') {
                    Some(_) => Em::from_milli(self.cap_height().milli() / 2),
                    None => told,
                };
            };
            if (up - down - 1000).abs() <= 2 {
                return told;
            }
            self.ink(full).map_or(told, |ink| {
                Em::from_milli((ink.y_min.milli() + ink.y_max.milli()) / 2)
            })
        })
    }

    /// Height of a Latin capital.
    #[must_use]
    pub fn cap_height(&self) -> Em {
        self.height(self.font.metrics().cap_height.map(|h| h.to_f64()), 'H', 700)
    }

    /// Height of a Latin small letter without ascender.
    #[must_use]
    pub fn x_height(&self) -> Em {
        self.height(self.font.metrics().x_height.map(|h| h.to_f64()), 'x', 500)
    }

    /// A height that the font tells, else that of a letter's ink, else a usual one.
    fn height(&self, told: Option<f64>, letter: char, usual: i32) -> Em {
        told.filter(|height| *height > 0.0)
            .map(|height| self.em(height))
            .or_else(|| Some(self.ink(self.glyph(letter)?)?.y_max))
            .unwrap_or(Em::from_milli(usual))
    }

    /// The box around the ink of all its glyphs.
    #[must_use]
    pub fn bbox(&self) -> InkBox {
        let bounds = self.font.metrics().bounds;
        InkBox {
            x_min: self.em(bounds.x_min.to_f64()),
            y_min: self.em(bounds.y_min.to_f64()),
            x_max: self.em(bounds.x_max.to_f64()),
            y_max: self.em(bounds.y_max.to_f64()),
        }
    }

    /// Slant in thousandths of a degree, counter-clockwise; negative leans to the right.
    #[must_use]
    pub fn italic_angle(&self) -> i32 {
        self.font
            .style_metrics()
            .italic_angle
            .map_or(0, |angle| (angle.to_f64() * 1000.0).round() as i32)
    }

    /// Whether the file tells the advances of vertical setting (`vmtx`).
    #[must_use]
    pub fn has_vertical_metrics(&self) -> bool {
        self.tells_heights
    }

    /// The glyph of a character, before any feature.
    #[inline]
    #[must_use]
    pub fn glyph(&self, character: char) -> Option<u16> {
        self.nominal.get(u32::from(character), || {
            let glyph = self.font.charmap().map_unicode(character)?.to_u32();
            let glyph = Some(glyph).filter(|glyph| *glyph < self.glyph_count())?;
            u16::try_from(glyph).ok()
        })
    }

    /// Whether the face draws this character in this variant (`selector` U+FE00–FE0F,
    /// U+E0100–E01EF).
    pub(super) fn has_variant(&self, character: char, selector: char) -> bool {
        self.font
            .charmap()
            .map_unicode_variant(character, selector)
            .is_some()
    }

    /// Every character that has a glyph, in order.
    #[must_use]
    pub fn characters(&self) -> Vec<char> {
        let mut all: Vec<char> = self
            .font
            .charmap()
            .unicodes()
            .filter_map(|(code, _)| char::from_u32(code))
            .collect();
        all.sort_unstable();
        all.dedup();
        all
    }

    /// The advance width of a glyph.
    #[must_use]
    pub fn advance(&self, glyph: u16) -> Em {
        self.em(self
            .font
            .glyph_metrics()
            .h_advance_exact(GlyphId::from(glyph))
            .to_f64())
    }

    /// The advance height of a glyph; positive, and one em in a face that does not tell.
    #[must_use]
    pub fn vertical_advance(&self, glyph: u16) -> Em {
        if !self.has_vertical_metrics() {
            return Em::ONE;
        }
        self.em(self
            .font
            .glyph_metrics()
            .v_advance_exact(GlyphId::from(glyph))
            .to_f64())
    }

    /// Where the vertical origin of a glyph lies from its horizontal origin: `inline` to the
    /// right (half the advance width), `block` **up** from the baseline (`VORG`, else `vmtx` and
    /// the ink, else the ascent).
    #[must_use]
    pub fn vertical_origin(&self, glyph: u16) -> Logical<Em> {
        let (x, y) = self.origin_units(GlyphId::from(glyph));
        Logical::new(self.em(f64::from(x)), self.em(f64::from(y)))
    }

    /// The vertical origin in design units; remembered, because without `VORG` it is read from
    /// the outline.
    pub(super) fn origin_units(&self, glyph: GlyphId) -> (i32, i32) {
        let metrics = self.font.glyph_metrics();
        let width = metrics.h_advance_exact(glyph).to_f64().round() as i32;
        let y = self
            .origins
            .get(glyph.to_u32(), || self.origin_height(glyph));
        (width / 2, y)
    }

    /// The height of a glyph's vertical origin: of `VORG`, else its ink's top and the bearing of
    /// `vmtx` over it, else the upper edge of the em-box around its middle.
    fn origin_height(&self, glyph: GlyphId) -> i32 {
        let tables = self.font.tables();
        let metrics = self.font.glyph_metrics();
        let has_outline = tables.glyf().is_ok();
        match tables.vmtx() {
            Ok(_) if tables.vorg().is_ok() || has_outline => {
                metrics.v_origin_y_exact(glyph).to_f64().round() as i32
            }
            Ok(vmtx) => {
                let bearing = vmtx.side_bearing(glyph).unwrap_or(0);
                let ink = metrics.extents_exact(glyph);
                let top = ink.map_or(0.0, |ink| ink.y_bearing.to_f64());
                i32::from(bearing) + top.round() as i32
            }
            // One em around the middle of the em-box.
            Err(_) => {
                let top = f64::from((self.middle() + Em::HALF).milli());
                (top * f64::from(self.units_per_em()) / 1000.0).round() as i32
            }
        }
    }

    /// The box around a glyph's ink; `None` for a glyph without ink.
    #[must_use]
    pub fn ink(&self, glyph: u16) -> Option<InkBox> {
        self.ink.get(u32::from(glyph), || {
            let ink = self
                .font
                .glyph_metrics()
                .with_extents_source_order(GlyphSourceOrder::OUTLINES)
                .extents_exact(GlyphId::from(glyph))?;
            let (left, top) = (ink.x_bearing.to_f64(), ink.y_bearing.to_f64());
            let (width, height) = (ink.width.to_f64(), ink.height.to_f64());
            (width > 0.0 && height > 0.0).then(|| InkBox {
                x_min: self.em(left),
                y_min: self.em(top - height),
                x_max: self.em(left + width),
                y_max: self.em(top),
            })
        })
    }

    /// Design units as thousandths of the em, rounded to the nearest.
    pub(super) fn em(&self, units: f64) -> Em {
        let milli = (units * 1000.0 / f64::from(self.units_per_em())).round();
        Em::from_milli(milli as i32)
    }

    pub(super) fn font(&self) -> &Font {
        &self.font
    }

    pub(super) fn shaper(&self) -> &Shaper {
        &self.shaper
    }
}

/// Whether a font has alternates for vertical lines under `vrt2` and none under `vert`.
fn has_only_vrt2(font: &Font) -> bool {
    let Some(features) = font
        .tables()
        .gsub()
        .ok()
        .and_then(|t| t.feature_list().ok())
    else {
        return false;
    };
    let has = |tag: &[u8; 4]| {
        let mut records = features.feature_records().iter();
        records.any(|record| record.feature_tag() == Tag::new(tag))
    };
    has(b"vrt2") && !has(b"vert")
}

impl Names {
    fn of(font: &Font) -> Self {
        let name = |ids: &[NameId]| {
            ids.iter().find_map(|id| {
                let name = font.names().get(*id)?.english_or_first()?;
                let text: String = name.name().chars().filter(|c| !c.is_control()).collect();
                let text = text.trim().to_owned();
                (!text.is_empty()).then_some(text)
            })
        };
        let family = name(&[NameId::TYPOGRAPHIC_FAMILY_NAME, NameId::FAMILY_NAME])
            .unwrap_or_else(|| "Unnamed".into());
        let subfamily = name(&[NameId::TYPOGRAPHIC_SUBFAMILY_NAME, NameId::SUBFAMILY_NAME])
            .unwrap_or_else(|| "Regular".into());
        // PostScript names are printable ASCII without white space and delimiters
        // (OpenType `name`, id 6).
        let postscript: String = name(&[NameId::POSTSCRIPT_NAME])
            .unwrap_or_else(|| format!("{family}-{subfamily}"))
            .chars()
            .filter(|c| c.is_ascii_graphic() && !"[](){}<>/%".contains(*c))
            .take(63)
            .collect();
        Self {
            postscript: if postscript.is_empty() {
                "Unnamed".into()
            } else {
                postscript
            },
            family,
            subfamily,
        }
    }
}
