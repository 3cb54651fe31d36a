//! Drawings as form objects: the paths of an SVG as paths, on the unit square like any picture.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use printpdf::{DictItem, ExternalStream};

use crate::art::{
    Cap, Clip, Gradient, GradientStop, Join, Paint, PathStep, Rgb, Spread, Stroke, Vector,
    VectorItem, VectorPath, VectorRaster,
};

use super::deflate::deflate;
use super::entry::name;
use super::pixels::{self, Wish};
use super::xobject::ImageFault;

/// How often a repeated gradient is drawn beyond each of its ends.
const REPEATS: i32 = 8;

/// A drawing as a form whose matrix lays it on the unit square.
pub(crate) fn form(vector: &Vector, wish: Wish) -> Result<ExternalStream, ImageFault> {
    let mut form = Form {
        vector,
        ops: String::new(),
        states: BTreeMap::new(),
        patterns: BTreeMap::new(),
        pictures: BTreeMap::new(),
    };
    for item in &vector.items {
        match item {
            VectorItem::Path(path) => form.path(path),
            VectorItem::Raster(raster) => form.raster(raster, wish)?,
        }
    }
    let (width, height) = (
        vector.size.0.max(f32::MIN_POSITIVE),
        vector.size.1.max(f32::MIN_POSITIVE),
    );
    let mut resources = BTreeMap::new();
    for (key, map) in [
        ("ExtGState", form.states),
        ("Pattern", form.patterns),
        ("XObject", form.pictures),
    ] {
        if !map.is_empty() {
            resources.insert(key.to_owned(), DictItem::Dict { map });
        }
    }
    let dict = BTreeMap::from([
        ("Type".into(), name("XObject")),
        ("Subtype".into(), name("Form")),
        ("BBox".into(), reals(&[0.0, 0.0, width, height])),
        (
            "Matrix".into(),
            reals(&[1.0 / width, 0.0, 0.0, -1.0 / height, 0.0, 1.0]),
        ),
        ("Resources".into(), DictItem::Dict { map: resources }),
        ("Filter".into(), name("FlateDecode")),
    ]);
    Ok(ExternalStream {
        dict,
        content: deflate(form.ops.as_bytes())?,
        compress: false,
    })
}

struct Form<'a> {
    vector: &'a Vector,
    ops: String,
    states: BTreeMap<String, DictItem>,
    patterns: BTreeMap<String, DictItem>,
    pictures: BTreeMap<String, DictItem>,
}

impl Form<'_> {
    fn path(&mut self, path: &VectorPath) {
        self.ops.push_str("q\n");
        self.clip(&path.clips);
        if let Some(paint) = &path.fill {
            self.opacity("ca", paint);
            self.colour(paint, ["rg", "cs", "scn"]);
            self.steps(&path.steps);
            self.ops
                .push_str(if path.even_odd { "f*\n" } else { "f\n" });
        }
        if let Some(stroke) = &path.stroke {
            self.opacity("CA", &stroke.paint);
            self.colour(&stroke.paint, ["RG", "CS", "SCN"]);
            self.pen(stroke);
            self.steps(&path.steps);
            self.ops.push_str("S\n");
        }
        self.ops.push_str("Q\n");
    }

    fn raster(&mut self, raster: &VectorRaster, wish: Wish) -> Result<(), ImageFault> {
        let stream = pixels::pixels(&raster.picture, None, wish)?.stream()?;
        let key = format!("P{}", self.pictures.len());
        self.pictures
            .insert(key.clone(), DictItem::Stream { stream });
        self.ops.push_str("q\n");
        self.clip(&raster.clips);
        self.state("ca", raster.opacity);
        // From the unit square, y up, to pixels, y down, to the drawing.
        let (width, height) = (
            raster.picture.pixels.0 as f32,
            raster.picture.pixels.1 as f32,
        );
        let [a, b, c, d, e, f] = raster.matrix;
        let matrix = [
            a * width,
            b * width,
            -c * height,
            -d * height,
            c * height + e,
            d * height + f,
        ];
        self.numbers(&matrix);
        let _ = writeln!(self.ops, "cm /{key} Do Q");
        Ok(())
    }

    fn clip(&mut self, clips: &[usize]) {
        let vector = self.vector;
        for Clip { steps, even_odd } in clips.iter().filter_map(|clip| vector.clips.get(*clip)) {
            if steps.is_empty() {
                // Nothing is inside of nothing.
                self.ops.push_str("0 0 0 0 re ");
            }
            self.steps(steps);
            self.ops
                .push_str(if *even_odd { "W* n\n" } else { "W n\n" });
        }
    }

    fn steps(&mut self, steps: &[PathStep]) {
        for step in steps {
            match step {
                PathStep::Move(p) => self.step(&[p], "m"),
                PathStep::Line(p) => self.step(&[p], "l"),
                PathStep::Cubic(c, d, p) => self.step(&[c, d, p], "c"),
                PathStep::Close => self.step(&[], "h"),
            }
        }
    }

    fn step(&mut self, points: &[&[f32; 2]], operator: &str) {
        for point in points {
            self.numbers(*point);
        }
        self.ops.push_str(operator);
        self.ops.push('\n');
    }

    fn numbers(&mut self, values: &[f32]) {
        for value in values {
            number(&mut self.ops, *value);
            self.ops.push(' ');
        }
    }

    fn pen(&mut self, stroke: &Stroke) {
        self.numbers(&[stroke.width]);
        let cap = match stroke.cap {
            Cap::Butt => 0,
            Cap::Round => 1,
            Cap::Square => 2,
        };
        let join = match stroke.join {
            Join::Miter => 0,
            Join::Round => 1,
            Join::Bevel => 2,
        };
        let _ = write!(self.ops, "w {cap} J {join} j ");
        self.numbers(&[stroke.miter_limit.max(1.0)]);
        self.ops.push_str("M [");
        self.numbers(&stroke.dashes);
        self.ops.push_str("] ");
        self.numbers(&[stroke.dash_offset]);
        self.ops.push_str("d\n");
    }

    /// Sets how opaque a paint is; of a gradient the mean of its stops.
    fn opacity(&mut self, key: &str, paint: &Paint) {
        let (_, opacity) = paint.flat();
        self.state(key, opacity);
    }

    fn state(&mut self, key: &str, opacity: f32) {
        if opacity >= 1.0 {
            return;
        }
        let thousandths = (opacity.max(0.0) * 1000.0).round() as i64;
        let state = format!("{key}{thousandths}");
        let _ = writeln!(self.ops, "/{state} gs");
        let map = BTreeMap::from([(key.to_owned(), DictItem::Real(thousandths as f32 / 1000.0))]);
        self.states.insert(state, DictItem::Dict { map });
    }

    /// Selects a paint by the operators for a colour, a colour space and a pattern.
    fn colour(&mut self, paint: &Paint, [rgb, space, pattern]: [&str; 3]) {
        let (kind, ends, gradient) = match paint {
            Paint::Solid(Rgb(channels), _) => {
                self.numbers(&unit(*channels));
                self.ops.push_str(rgb);
                self.ops.push('\n');
                return;
            }
            Paint::Linear(ends, gradient) => (2, ends.to_vec(), gradient),
            Paint::Radial(ends, gradient) => (3, ends.to_vec(), gradient),
        };
        let key = format!("G{}", self.patterns.len());
        let _ = writeln!(self.ops, "/Pattern {space} /{key} {pattern}");
        self.patterns
            .insert(key, shading_pattern(kind, &ends, gradient));
    }
}

fn shading_pattern(kind: i64, ends: &[f32], gradient: &Gradient) -> DictItem {
    let (ends, stops) = unrolled(ends, gradient);
    let shading = BTreeMap::from([
        ("ShadingType".into(), DictItem::Int(kind)),
        ("ColorSpace".into(), name("DeviceRGB")),
        ("Coords".into(), reals(&ends)),
        (
            "Extend".into(),
            DictItem::Array(vec![DictItem::Bool(true), DictItem::Bool(true)]),
        ),
        ("Function".into(), stitched(&stops)),
    ]);
    let map = BTreeMap::from([
        ("PatternType".into(), DictItem::Int(2)),
        ("Shading".into(), DictItem::Dict { map: shading }),
        ("Matrix".into(), reals(&gradient.matrix)),
    ]);
    DictItem::Dict { map }
}

/// Ends and stops of a gradient with what repeats beyond its ends drawn out: PDF only knows to go
/// on with the colours of the ends.
fn unrolled(ends: &[f32], gradient: &Gradient) -> (Vec<f32>, Vec<GradientStop>) {
    if gradient.spread == Spread::Pad {
        return (ends.to_vec(), gradient.stops.clone());
    }
    let half = ends.len() / 2;
    // A radial gradient starts at its smallest circle.
    let before = if half == 2 { REPEATS } else { 0 };
    let count = (before + 1 + REPEATS) as f32;
    let (start, end) = ends.split_at(half);
    let along = |t: f32| start.iter().zip(end).map(move |(a, b)| a + (b - a) * t);
    let drawn: Vec<f32> = along(-(before as f32))
        .chain(along(1.0 + REPEATS as f32))
        .collect();
    let mut stops = Vec::new();
    for turn in -before..=REPEATS {
        let turned = gradient.spread == Spread::Reflect && turn.rem_euclid(2) == 1;
        let mut once = gradient.stops.clone();
        if turned {
            once.reverse();
        }
        for mut stop in once {
            let offset = if turned {
                1.0 - stop.offset
            } else {
                stop.offset
            };
            stop.offset = ((turn + before) as f32 + offset) / count;
            stops.push(stop);
        }
    }
    (drawn, stops)
}

/// A function from 0…1 to the colours of stops, straight between neighbours.
fn stitched(stops: &[GradientStop]) -> DictItem {
    let mut stops = stops.to_vec();
    if let (Some(first), Some(last)) = (stops.first().copied(), stops.last().copied()) {
        stops.insert(
            0,
            GradientStop {
                offset: 0.0,
                ..first
            },
        );
        stops.push(GradientStop {
            offset: 1.0,
            ..last
        });
    }
    // Bounds must rise; a stop at the place of the one before is a sharp change.
    let mut functions = Vec::new();
    let mut bounds = Vec::new();
    for pair in stops.windows(2) {
        let (from, to) = (pair[0], pair[1]);
        if to.offset - from.offset <= f32::EPSILON {
            continue;
        }
        if !functions.is_empty() {
            bounds.push(from.offset);
        }
        functions.push(straight(from.colour, to.colour));
    }
    match functions.len() {
        0 => {
            let colour = stops.last().map_or(Rgb([0; 3]), |stop| stop.colour);
            straight(colour, colour)
        }
        1 => functions.remove(0),
        count => DictItem::Dict {
            map: BTreeMap::from([
                ("FunctionType".into(), DictItem::Int(3)),
                ("Domain".into(), reals(&[0.0, 1.0])),
                ("Functions".into(), DictItem::Array(functions)),
                ("Bounds".into(), reals(&bounds)),
                ("Encode".into(), reals(&[0.0, 1.0].repeat(count))),
            ]),
        },
    }
}

fn straight(from: Rgb, to: Rgb) -> DictItem {
    DictItem::Dict {
        map: BTreeMap::from([
            ("FunctionType".into(), DictItem::Int(2)),
            ("Domain".into(), reals(&[0.0, 1.0])),
            ("C0".into(), reals(&unit(from.0))),
            ("C1".into(), reals(&unit(to.0))),
            ("N".into(), DictItem::Int(1)),
        ]),
    }
}

fn unit(channels: [u8; 3]) -> [f32; 3] {
    channels.map(|channel| (f32::from(channel) / 255.0 * 1000.0).round() / 1000.0)
}

fn reals(values: &[f32]) -> DictItem {
    DictItem::Array(values.iter().map(|value| DictItem::Real(*value)).collect())
}

/// A number with at most four decimals; what is no number or beyond any page is held to it.
fn number(out: &mut String, value: f32) {
    const FAR: f32 = 1.0e6;
    let value = if value.is_nan() {
        0.0
    } else {
        value.clamp(-FAR, FAR)
    };
    let text = format!("{value:.4}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    out.push_str(if text == "-0" { "0" } else { text });
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stop(offset: f32, grey: u8) -> GradientStop {
        GradientStop {
            offset,
            colour: Rgb([grey; 3]),
            opacity: 1.0,
        }
    }

    #[test]
    fn numbers_have_no_needless_digits() {
        let mut out = String::new();
        for value in [1.5, -0.00001, 100.0, f32::NAN, f32::INFINITY] {
            number(&mut out, value);
            out.push(' ');
        }
        assert_eq!(out, "1.5 0 100 0 1000000 ");
    }

    #[test]
    fn stops_are_stitched_with_rising_bounds() {
        let DictItem::Dict { map } =
            stitched(&[stop(0.2, 0), stop(0.5, 9), stop(0.5, 90), stop(0.9, 200)])
        else {
            panic!("no function");
        };
        assert_eq!(map["Bounds"], reals(&[0.2, 0.5, 0.9]));
    }

    #[test]
    fn reflected_gradients_turn_back() {
        let gradient = Gradient {
            stops: vec![stop(0.0, 0), stop(1.0, 255)],
            matrix: [1.0, 0.0, 0.0, 1.0, 0.0, 0.0],
            spread: Spread::Reflect,
        };
        let (ends, stops) = unrolled(&[0.0, 0.0, 10.0, 0.0], &gradient);
        assert_eq!(ends, [-80.0, 0.0, 90.0, 0.0]);
        assert_eq!(stops.len(), 34);
        let greys: Vec<u8> = stops[14..20].iter().map(|s| s.colour.0[0]).collect();
        assert_eq!(greys, [255, 0, 0, 255, 255, 0]);
    }
}
