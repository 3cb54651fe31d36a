//! Shaping: a run of text becomes glyphs with advances and offsets, along or down the line.

use std::sync::{Arc, RwLock};

use harfrust::{
    Buffer, Direction as Way, Feature, FontFuncs, GlyphId, Language, Script, ShapeOptions,
    ShapePlan, ShapePlanKey, ShaperFont, Tag, shape,
};

use crate::geom::Em;

use super::face::{Face, PerGlyph};

/// The language under which the bundled faces are always shaped: they know the default and Hong
/// Kong only, and under any other a pair of dashes becomes one Latin dash.
const BUNDLED_LANGUAGE: &str = "zh-HK";

/// Which way a run is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Direction {
    /// To the right.
    #[default]
    Horizontal,
    /// Downwards, upright; `vert` alternates are taken.
    Vertical,
}

/// How a run is shaped.
#[derive(Debug, Clone, Copy, Default)]
pub struct Shaping<'a> {
    /// Which way it is set.
    pub direction: Direction,
    /// BCP 47 tag of its language; bundled faces take no notice of it.
    pub language: &'a str,
    /// OpenType features beyond those always on, each with its value (0 is off).
    pub features: &'a [([u8; 4], u32)],
}

/// A glyph of a shaped run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct ShapedGlyph {
    /// Its number in the face.
    pub id: u16,
    /// How far the pen moves along the run, in em; positive in both directions.
    pub advance: Em,
    /// To the right from the pen: to the glyph's horizontal origin in horizontal runs, to its
    /// vertical origin in vertical ones.
    pub offset_x: Em,
    /// **Up** from the pen, likewise.
    pub offset_y: Em,
    /// First byte in the text of the characters it stands for.
    pub cluster: u32,
}

/// What a face remembers of shaping.
pub(super) struct Shaper {
    plans: RwLock<Vec<Arc<ShapePlan>>>,
    han: [PerGlyph<Option<ShapedGlyph>>; 2],
}

impl Shaper {
    pub(super) fn new(glyphs: u32) -> Self {
        Self {
            plans: RwLock::default(),
            han: [PerGlyph::new(glyphs), PerGlyph::new(glyphs)],
        }
    }
}

impl Face {
    /// Shapes a run of one script in this face. A character that the face lacks gives glyph 0.
    ///
    /// Bundled faces are shaped as `zh-HK` whatever the language. A pair of dashes set vertically
    /// is one glyph of two em with one cluster.
    ///
    /// ```
    /// use banxin::font::{Direction, FaceRole, Faces, Shaping, Weight};
    /// let faces = Faces::bundled();
    /// let face = faces.face(faces.pick(FaceRole::Body, Weight::Regular, "—").unwrap());
    /// let down = Shaping { direction: Direction::Vertical, ..Shaping::default() };
    /// let glyphs = face.shape("——", &down);
    /// assert_eq!(glyphs.len(), 1);
    /// assert_eq!(glyphs[0].advance.milli(), 2000);
    /// ```
    #[must_use]
    pub fn shape(&self, text: &str, how: &Shaping<'_>) -> Vec<ShapedGlyph> {
        let mut glyphs = Vec::with_capacity(text.len() / 3 + 1);
        self.shape_run(text, 0, how, &mut glyphs);
        glyphs
    }

    /// Shapes through harfrust; `start` is added to every cluster.
    fn shape_run(&self, text: &str, start: u32, how: &Shaping<'_>, glyphs: &mut Vec<ShapedGlyph>) {
        let mut buffer = Buffer::new();
        buffer.push_str(text);
        let vertical = how.direction == Direction::Vertical;
        let way = if vertical {
            Way::TopToBottom
        } else {
            Way::LeftToRight
        };
        let language = Language::new(if self.is_bundled() {
            BUNDLED_LANGUAGE
        } else {
            how.language
        });
        let script = if self.is_bundled() {
            Some(Script::HAN)
        } else {
            script_of(&mut buffer)
        };
        let features: Vec<Feature> = how
            .features
            .iter()
            .map(|(tag, value)| Feature::new(Tag::new(tag), *value, ..))
            .collect();
        buffer.set_direction(way);
        buffer.set_script(script);
        buffer.set_language(language.clone());
        let plan = self.plan(script, way, language.as_ref(), &features);
        let origins = Origins { face: self };
        let font = ShaperFont::new(self.font()).with_font_funcs(Some(&origins));
        let options = ShapeOptions::new().plan(Some(&plan)).features(&features);
        if shape(&font, &mut buffer, options).is_err() {
            return;
        }
        for (info, place) in buffer.glyph_infos().iter().zip(buffer.glyph_positions()) {
            let id = GlyphId::new(info.glyph_id);
            let (advance, x, y) = if vertical {
                let (origin_x, origin_y) = self.origin_units(id);
                (
                    place.y_advance.saturating_neg(),
                    place.x_offset.saturating_add(origin_x),
                    place.y_offset.saturating_add(origin_y),
                )
            } else {
                (place.x_advance, place.x_offset, place.y_offset)
            };
            glyphs.push(ShapedGlyph {
                id: u16::try_from(info.glyph_id).unwrap_or(0),
                advance: self.em(f64::from(advance)),
                offset_x: self.em(f64::from(x)),
                offset_y: self.em(f64::from(y)),
                cluster: start + info.cluster,
            });
        }
    }

    /// The plan for these properties, made once.
    fn plan(
        &self,
        script: Option<Script>,
        way: Way,
        language: Option<&Language>,
        features: &[Feature],
    ) -> Arc<ShapePlan> {
        let key = ShapePlanKey::new(self.font(), script, way)
            .language(language)
            .features(features);
        let plans = &self.shaper().plans;
        if let Ok(known) = plans.read() {
            if let Some(plan) = known.iter().find(|plan| key.matches(plan)) {
                return Arc::clone(plan);
            }
        }
        let plan = Arc::new(ShapePlan::new(self.font(), way, script, language, features));
        if let Ok(mut known) = plans.write() {
            known.push(Arc::clone(&plan));
        }
        plan
    }
}

/// The script under which a run is shaped: its first that is not common to many, else Han, so
/// that a run of marks alone finds the language systems of CJK faces.
fn script_of(buffer: &mut Buffer) -> Option<Script> {
    buffer.guess_segment_properties();
    buffer.script().or(Some(Script::HAN))
}

/// Answers vertical origins from the face's own table.
struct Origins<'a> {
    face: &'a Face,
}

impl FontFuncs for Origins<'_> {
    fn glyph_v_origin(&self, _: &ShaperFont<'_, '_>, glyph: GlyphId) -> (i32, i32) {
        self.face.origin_units(glyph)
    }
}
