//! Shaping: a run of text becomes glyphs with advances and offsets, along or down the line.

use std::sync::Arc;

use harfrust::{
    Buffer, Direction as Way, Feature, FontFuncs, GlyphId, Language, Script, ShapeOptions,
    ShapePlan, ShapePlanKey, ShaperFont, Tag, shape,
};

use super::face::{BASIC_PLANE, Face};
use super::glyph::ShapedGlyph;
use super::grapheme::{binds, is_unified};
use super::memory::FIRST_HAN;

/// The language under which the bundled faces are always shaped: they know the default and Hong
/// Kong only, and under any other a pair of dashes becomes one Latin dash.
const BUNDLED_LANGUAGE: &str = "zh-HK";

/// Bytes of the longest run that is remembered: two marks, or a number.
const SHORT_RUN: usize = 8;

/// Runs remembered of one face and direction.
const MOST_RUNS: usize = 4096;

/// Which way a run is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Direction {
    /// To the right.
    #[default]
    Horizontal,
    /// Downwards, upright; `vert` alternates are taken.
    Vertical,
    /// To the left; the glyphs come in the order in which they stand, the leftmost first.
    Leftward,
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
        if !self.tells_ideographs(how) {
            self.shape_run(text, 0, how, &mut glyphs);
            return glyphs;
        }
        // Most of a Chinese text is ideographs: they are looked up, and only what stands between
        // them is shaped.
        let mut rest = 0;
        let mut chars = text.char_indices().peekable();
        while let Some((at, character)) = chars.next() {
            let bound = chars.peek().is_some_and(|(_, next)| binds(*next));
            if bound || !is_unified(character) {
                continue;
            }
            if let Some(glyph) = self.ideograph(character, how) {
                if rest < at {
                    self.shape_between(&text[rest..at], offset(rest), how, &mut glyphs);
                }
                glyphs.push(ShapedGlyph {
                    cluster: offset(at),
                    ..glyph
                });
                rest = at + character.len_utf8();
            }
        }
        if rest < text.len() {
            self.shape_between(&text[rest..], offset(rest), how, &mut glyphs);
        }
        glyphs
    }

    /// Whether each ideograph that no mark follows is shaped as it is by itself, so that
    /// [`ideograph`](Self::ideograph) tells its glyph.
    pub(crate) fn tells_ideographs(&self, how: &Shaping<'_>) -> bool {
        self.is_bundled() && how.features.is_empty() && how.direction != Direction::Leftward
    }

    /// The glyph of a unified ideograph by itself, shaped once.
    #[inline]
    pub(crate) fn ideograph(&self, character: char, how: &Shaping<'_>) -> Option<ShapedGlyph> {
        let (code, way) = (u32::from(character), how.direction as usize);
        match code.checked_sub(FIRST_HAN) {
            Some(place) if code < BASIC_PLANE => {
                self.shaper().han[way].get(place, || self.shape_ideograph(character, how))
            }
            _ => {
                let nominal = self.glyph(character)?;
                let known = &self.shaper().rare_han[way];
                known.get(u32::from(nominal), || self.shape_ideograph(character, how))
            }
        }
    }

    fn shape_ideograph(&self, character: char, how: &Shaping<'_>) -> Option<ShapedGlyph> {
        self.glyph(character)?;
        let mut alone = Vec::new();
        self.shape_run(character.encode_utf8(&mut [0; 4]), 0, how, &mut alone);
        match alone[..] {
            [glyph] => Some(glyph),
            _ => None,
        }
    }

    /// Shapes what stands between ideographs; short runs come back again and again.
    fn shape_between(
        &self,
        text: &str,
        start: u32,
        how: &Shaping<'_>,
        glyphs: &mut Vec<ShapedGlyph>,
    ) {
        if text.len() > SHORT_RUN {
            return self.shape_run(text, start, how, glyphs);
        }
        let runs = &self.shaper().short[how.direction as usize];
        let known = runs.read().ok().and_then(|runs| runs.get(text).cloned());
        let run = known.unwrap_or_else(|| {
            let mut run = Vec::new();
            self.shape_run(text, 0, how, &mut run);
            let run: Arc<[ShapedGlyph]> = run.into();
            if let Ok(mut runs) = runs.write()
                && runs.len() < MOST_RUNS
            {
                runs.insert(text.into(), Arc::clone(&run));
            }
            run
        });
        glyphs.extend(run.iter().map(|glyph| ShapedGlyph {
            cluster: start + glyph.cluster,
            ..*glyph
        }));
    }

    /// Shapes through harfrust; `start` is added to every cluster.
    fn shape_run(&self, text: &str, start: u32, how: &Shaping<'_>, glyphs: &mut Vec<ShapedGlyph>) {
        let mut buffer = Buffer::new();
        buffer.push_str(text);
        let vertical = how.direction == Direction::Vertical;
        let way = match how.direction {
            Direction::Horizontal => Way::LeftToRight,
            Direction::Vertical => Way::TopToBottom,
            Direction::Leftward => Way::RightToLeft,
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
        // The shaper itself asks for `vert` only.
        let vrt2 =
            vertical && self.turns_by_vrt2() && !how.features.iter().any(|(tag, _)| tag == b"vrt2");
        let features: Vec<Feature> = how
            .features
            .iter()
            .chain(vrt2.then_some(&(*b"vrt2", 1)))
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
        if let Ok(known) = plans.read()
            && let Some(plan) = known.iter().find(|plan| key.matches(plan))
        {
            return Arc::clone(plan);
        }
        let plan = Arc::new(ShapePlan::new(self.font(), way, script, language, features));
        if let Ok(mut known) = plans.write() {
            known.push(Arc::clone(&plan));
        }
        plan
    }
}

/// A place in a text as clusters tell it.
fn offset(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
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
    fn glyph_v_advance(&self, font: &ShaperFont<'_, '_>, glyph: GlyphId) -> i32 {
        if self.face.has_vertical_metrics() {
            font.default_glyph_v_advance(glyph)
        } else {
            -i32::from(self.face.units_per_em())
        }
    }

    fn glyph_v_origin(&self, _: &ShaperFont<'_, '_>, glyph: GlyphId) -> (i32, i32) {
        self.face.origin_units(glyph)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::font::{FaceRole, Faces, Weight};
    use crate::geom::Em;

    fn faces() -> [Arc<Face>; 4] {
        crate::font::bundled::faces().clone()
    }

    fn how(direction: Direction) -> Shaping<'static> {
        Shaping {
            direction,
            language: "ja",
            features: &[],
        }
    }

    /// Text of all sorts, by a fixed sequence of numbers.
    fn jumble(seed: u32, length: usize) -> String {
        const POOL: &str = "一乙丁七万丈三上下不與專業叢東絲𠀋𡉴㐂，。、；：？！「」『』（）《》——……·～－＿／％０９Ａｚ\
            あいうえおがぱカーッゃㄅㄆˊˇabcfiTVAWoé012 .,-–—…‘’“”⿰⿱々〇〻\u{3000}\u{301}\u{3099}\u{FE00}\u{200D}";
        let pool: Vec<char> = POOL.chars().collect();
        let mut state = seed;
        (0..length)
            .map(|_| {
                state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                pool[(state >> 8) as usize % pool.len()]
            })
            .collect()
    }

    #[test]
    fn looking_ideographs_up_changes_nothing() {
        for face in faces() {
            for direction in [Direction::Horizontal, Direction::Vertical] {
                for seed in 0..200 {
                    let text = jumble(seed, 40);
                    let mut whole = Vec::new();
                    face.shape_run(&text, 0, &how(direction), &mut whole);
                    assert_eq!(face.shape(&text, &how(direction)), whole, "{text}");
                }
            }
        }
    }

    #[test]
    fn no_ideograph_has_an_alternate_for_its_neighbours() {
        // Every ideograph between two others is what it is alone.
        let face = &faces()[0];
        let han: Vec<char> = face
            .characters()
            .into_iter()
            .filter(|c| is_unified(*c))
            .collect();
        for direction in [Direction::Horizontal, Direction::Vertical] {
            for part in han.chunks(500) {
                let text: String = part.iter().collect();
                let mut whole = Vec::new();
                face.shape_run(&text, 0, &how(direction), &mut whole);
                assert_eq!(face.shape(&text, &how(direction)), whole);
            }
        }
    }

    #[test]
    fn marks_turn_and_stay_as_hong_kong_sets_them() {
        for face in faces() {
            let turned = |c: char| {
                let text = c.to_string();
                face.shape(&text, &how(Direction::Vertical))[0].id != face.glyph(c).unwrap()
            };
            assert!("「」『』（）《》〈〉【】…～".chars().all(turned));
            assert!(!"，。、：；！？一".chars().any(turned));
        }
    }

    #[test]
    fn a_pair_of_dashes_is_one_cluster_of_two_em() {
        for face in faces() {
            let glyphs = face.shape("中——文", &how(Direction::Vertical));
            let clusters: Vec<u32> = glyphs.iter().map(|g| g.cluster).collect();
            assert_eq!(clusters, [0, 3, 9]);
            let advances: Vec<i32> = glyphs.iter().map(|g| g.advance.milli()).collect();
            assert_eq!(advances, [1000, 2000, 1000]);
            assert!(
                glyphs
                    .iter()
                    .all(|g| (g.offset_x, g.offset_y) == (Em::ZERO, Em::ZERO))
            );
        }
    }

    #[test]
    fn features_are_applied() {
        let face = &faces()[0];
        let half = Shaping {
            direction: Direction::Vertical,
            language: "zh-HK",
            features: &[(*b"vhal", 1)],
        };
        assert_eq!(face.shape("「", &half)[0].advance, Em::HALF);
        assert_eq!(
            face.shape("「", &how(Direction::Vertical))[0].advance,
            Em::ONE
        );
    }

    #[test]
    fn threads_agree() {
        let faces = Faces::bundled();
        let face = faces.face(faces.pick(FaceRole::Body, Weight::Bold, "版").unwrap());
        let texts: Vec<String> = (0..40).map(|seed| jumble(seed, 200)).collect();
        let alone: Vec<_> = texts
            .iter()
            .map(|t| face.shape(t, &how(Direction::Vertical)))
            .collect();
        std::thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| {
                    for (text, glyphs) in texts.iter().zip(&alone) {
                        assert_eq!(&face.shape(text, &how(Direction::Vertical)), glyphs);
                        assert!(glyphs.iter().all(|g| face.ink(g.id) == face.ink(g.id)));
                    }
                });
            }
        });
    }

    #[test]
    fn an_unknown_character_is_glyph_zero() {
        let face = &faces()[0];
        let glyphs = face.shape("\u{1F600}한", &how(Direction::Horizontal));
        assert!(glyphs.iter().all(|g| g.id == 0));
    }
}
