//! SVG files as drawings.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};

use usvg::tiny_skia_path::{Path as SkiaPath, PathSegment};
use usvg::{
    ClipPath, FillRule, Group, Image, ImageHrefResolver, ImageKind, LineCap, LineJoin, Node,
    Options, PaintOrder, Path, SpreadMethod, Text, Transform, Tree,
};

use crate::geom::{Length, Size};

use super::guard;
use super::lettering;
use super::picture::{ArtError, Picture, PictureKind, Vector, VectorItem, VectorRaster};
use super::pixels;
use super::vector::{
    Cap, Clip, Gradient, GradientStop, Join, Paint, PathStep, Rgb, Spread, Stroke, VectorPath,
};

/// User units of SVG in one inch (CSS Values 4, §6.2).
const UNITS_PER_INCH: f32 = 96.0;

/// Opens an SVG file; the words tell what of it print does not show as it should.
pub(super) fn open(path: &str, bytes: Arc<[u8]>) -> Result<(Picture, Vec<String>), ArtError> {
    let drawing = read(&bytes).map_err(ArtError::Unreadable)?;
    let (width, height) = drawing.vector.size;
    let mut picture = Picture::unread(path, PictureKind::Svg, bytes);
    picture.pixels = (width.ceil() as u32, height.ceil() as u32);
    picture.has_alpha = true;
    picture.natural = Size::new(from_units(width), from_units(height));
    picture.vector = Some(Arc::new(drawing.vector));
    Ok((picture, drawing.simplified))
}

fn from_units(units: f32) -> Length {
    // 72 000 milli-points in an inch; user units are floats by nature.
    Length::from_wide((f64::from(units) * 72_000.0 / f64::from(UNITS_PER_INCH)).round() as i64)
}

/// A drawing, and what of the file it does not show as it should.
struct Drawing {
    vector: Vector,
    simplified: Vec<String>,
}

/// Reads an SVG file. Nothing outside of it is ever opened, and no script is run.
fn read(bytes: &[u8]) -> Result<Drawing, String> {
    let text = std::str::from_utf8(bytes).map_err(|_| "it is not UTF-8")?;
    guard::check(text)?;
    let outside = Mutex::new(BTreeSet::new());
    let embedded = ImageHrefResolver::default_data_resolver();
    let options = Options {
        resources_dir: None,
        font_family: "sans-serif".into(),
        languages: vec!["zh-HK".into(), "zh".into(), "en".into()],
        image_href_resolver: ImageHrefResolver {
            resolve_data: Box::new(move |kind, data, options| {
                let drawn =
                    std::str::from_utf8(&data).is_ok_and(|text| guard::check(text).is_err());
                let pixels = ["image/png", "image/jpeg", "image/jpg"].contains(&kind);
                if drawn && !pixels {
                    return None;
                }
                embedded(kind, data, options)
            }),
            resolve_string: Box::new(|href, _| {
                if let Ok(mut outside) = outside.lock() {
                    outside.insert(href.to_owned());
                }
                None
            }),
        },
        font_resolver: lettering::resolver(),
        // The faces take time to open: only a drawing with letters asks for them.
        fontdb: if text.contains("<text") || text.contains(":text") {
            lettering::database()
        } else {
            Arc::default()
        },
        ..Options::default()
    };
    let tree = Tree::from_str(text, &options).map_err(|error| error.to_string())?;
    drop(options);
    let mut walk = Walk::default();
    for href in outside.into_inner().unwrap_or_default() {
        let href: String = href.chars().take(60).collect();
        walk.simplified
            .insert(format!("the linked picture {href} is left out"));
    }
    let size = (tree.size().width(), tree.size().height());
    walk.vector.size = size;
    // What lies outside of the drawing's own frame is not seen.
    let frame = Clip {
        steps: rectangle(size),
        even_odd: false,
    };
    walk.vector.clips.push(frame);
    let place = Place {
        matrix: Transform::identity(),
        opacity: 1.0,
        clips: vec![0],
    };
    walk.group(tree.root(), &place);
    Ok(Drawing {
        vector: walk.vector,
        simplified: walk.simplified.into_iter().collect(),
    })
}

fn rectangle((width, height): (f32, f32)) -> Vec<PathStep> {
    vec![
        PathStep::Move([0.0, 0.0]),
        PathStep::Line([width, 0.0]),
        PathStep::Line([width, height]),
        PathStep::Line([0.0, height]),
        PathStep::Close,
    ]
}

/// Where in the tree the walk is.
#[derive(Clone)]
struct Place {
    matrix: Transform,
    opacity: f32,
    clips: Vec<usize>,
}

#[derive(Default)]
struct Walk {
    vector: Vector,
    simplified: BTreeSet<String>,
}

impl Walk {
    fn simplify(&mut self, what: &str) {
        self.simplified.insert(what.to_owned());
    }

    fn group(&mut self, group: &Group, place: &Place) {
        let mut place = Place {
            matrix: place.matrix.pre_concat(group.transform()),
            opacity: place.opacity * group.opacity().get(),
            clips: place.clips.clone(),
        };
        if group.mask().is_some() {
            self.simplify("masks are ignored");
        }
        if !group.filters().is_empty() {
            self.simplify("filters are ignored");
        }
        if group.blend_mode() != usvg::BlendMode::Normal {
            self.simplify("blend modes are ignored");
        }
        let mut clip = group.clip_path();
        while let Some(path) = clip {
            let clip_matrix = place.matrix.pre_concat(path.transform());
            place.clips.push(self.vector.clips.len());
            let shape = self.clip(path, clip_matrix);
            self.vector.clips.push(shape);
            clip = path.clip_path();
        }
        for node in group.children() {
            match node {
                Node::Group(inner) => self.group(inner, &place),
                Node::Path(path) => self.path(path, &place),
                Node::Image(image) => self.image(image, &place),
                Node::Text(text) => {
                    self.letters(text);
                    self.group(text.flattened(), &place);
                }
            }
        }
    }

    /// Tells of characters that none of the faces has.
    fn letters(&mut self, text: &Text) {
        for glyph in text
            .layouted()
            .iter()
            .flat_map(|span| &span.positioned_glyphs)
        {
            if glyph.id.0 == 0 {
                self.simplified
                    .insert(format!("no bundled face has the letters {}", glyph.text));
            }
        }
    }

    /// The union of a clip's shapes.
    fn clip(&mut self, clip: &ClipPath, matrix: Transform) -> Clip {
        let mut shape = Clip {
            steps: Vec::new(),
            even_odd: false,
        };
        self.clip_shapes(clip.root(), matrix, &mut shape);
        shape
    }

    fn clip_shapes(&mut self, group: &Group, matrix: Transform, shape: &mut Clip) {
        let matrix = matrix.pre_concat(group.transform());
        if group.clip_path().is_some() {
            self.simplify("clips inside of clips are ignored");
        }
        for node in group.children() {
            match node {
                Node::Group(inner) => self.clip_shapes(inner, matrix, shape),
                Node::Path(path) => {
                    if let Some(fill) = path.fill().filter(|_| path.is_visible()) {
                        shape.even_odd |= fill.rule() == FillRule::EvenOdd;
                        shape.steps.extend(steps(path.data(), matrix));
                    }
                }
                Node::Text(text) => self.clip_shapes(text.flattened(), matrix, shape),
                Node::Image(_) => {}
            }
        }
    }

    fn path(&mut self, path: &Path, place: &Place) {
        if !path.is_visible() {
            return;
        }
        let outline = steps(path.data(), place.matrix);
        if outline.is_empty() {
            return;
        }
        let fill = path.fill().map(|fill| {
            let opacity = fill.opacity().get() * place.opacity;
            self.paint(fill.paint(), opacity, place.matrix)
        });
        let even_odd = path.fill().is_some_and(|f| f.rule() == FillRule::EvenOdd);
        let filled = fill.map(|fill| VectorPath {
            steps: outline.clone(),
            fill: Some(fill),
            even_odd,
            stroke: None,
            clips: place.clips.clone(),
        });
        let stroked = path
            .stroke()
            .and_then(|stroke| self.stroke(path, stroke, outline, place));
        match (filled, stroked) {
            (Some(mut both), Some(stroked))
                if path.paint_order() == PaintOrder::FillAndStroke && stroked.fill.is_none() =>
            {
                both.stroke = stroked.stroke;
                self.vector.items.push(VectorItem::Path(both));
            }
            (filled, stroked) => {
                let order = match path.paint_order() {
                    PaintOrder::FillAndStroke => [filled, stroked],
                    PaintOrder::StrokeAndFill => [stroked, filled],
                };
                let items = order.into_iter().flatten().map(VectorItem::Path);
                self.vector.items.extend(items);
            }
        }
    }

    fn stroke(
        &mut self,
        path: &Path,
        stroke: &usvg::Stroke,
        outline: Vec<PathStep>,
        place: &Place,
    ) -> Option<VectorPath> {
        let opacity = stroke.opacity().get() * place.opacity;
        let paint = self.paint(stroke.paint(), opacity, place.matrix);
        let m = place.matrix;
        let (across, down) = (m.sx.hypot(m.ky), m.kx.hypot(m.sy));
        let clips = place.clips.clone();
        // A pen pulled out of round cannot be told by one width: its mark becomes a shape.
        let is_even = (across - down).abs() <= 0.01 * across.max(down)
            && (m.sx * m.kx + m.ky * m.sy).abs() <= 0.01 * across * down;
        if !is_even {
            let mut pen = stroke.to_tiny_skia();
            let dashed = pen
                .dash
                .take()
                .and_then(|dash| path.data().dash(&dash, across.max(down)));
            let mark = dashed
                .as_ref()
                .unwrap_or(path.data())
                .stroke(&pen, across.max(down))?;
            return Some(VectorPath {
                steps: steps(&mark, m),
                fill: Some(paint),
                even_odd: false,
                stroke: None,
                clips,
            });
        }
        let scale = across;
        Some(VectorPath {
            steps: outline,
            fill: None,
            even_odd: false,
            stroke: Some(Stroke {
                paint,
                width: stroke.width().get() * scale,
                cap: match stroke.linecap() {
                    LineCap::Butt => Cap::Butt,
                    LineCap::Round => Cap::Round,
                    LineCap::Square => Cap::Square,
                },
                join: match stroke.linejoin() {
                    LineJoin::Miter | LineJoin::MiterClip => Join::Miter,
                    LineJoin::Round => Join::Round,
                    LineJoin::Bevel => Join::Bevel,
                },
                miter_limit: stroke.miterlimit().get(),
                dashes: stroke
                    .dasharray()
                    .unwrap_or_default()
                    .iter()
                    .map(|dash| dash * scale)
                    .collect(),
                dash_offset: stroke.dashoffset() * scale,
            }),
            clips,
        })
    }

    fn paint(&mut self, paint: &usvg::Paint, opacity: f32, matrix: Transform) -> Paint {
        match paint {
            usvg::Paint::Color(c) => Paint::Solid(Rgb([c.red, c.green, c.blue]), opacity),
            usvg::Paint::LinearGradient(linear) => Paint::Linear(
                [linear.x1(), linear.y1(), linear.x2(), linear.y2()],
                Gradient {
                    stops: stops(linear.stops(), opacity),
                    matrix: row(matrix.pre_concat(linear.transform())),
                    spread: spread(linear.spread_method()),
                },
            ),
            usvg::Paint::RadialGradient(radial) => Paint::Radial(
                [
                    radial.fx(),
                    radial.fy(),
                    radial.fr().get(),
                    radial.cx(),
                    radial.cy(),
                    radial.r().get(),
                ],
                Gradient {
                    stops: stops(radial.stops(), opacity),
                    matrix: row(matrix.pre_concat(radial.transform())),
                    spread: spread(radial.spread_method()),
                },
            ),
            usvg::Paint::Pattern(_) => {
                self.simplify("patterns are printed as plain grey");
                Paint::Solid(PATTERN_GREY, opacity)
            }
        }
    }

    fn image(&mut self, image: &Image, place: &Place) {
        if !image.is_visible() {
            return;
        }
        let (kind, data) = match image.kind() {
            ImageKind::JPEG(data) => (PictureKind::Jpeg, data),
            ImageKind::PNG(data) => (PictureKind::Png, data),
            ImageKind::SVG(tree) => return self.group(tree.root(), place),
            ImageKind::GIF(_) | ImageKind::WEBP(_) => {
                return self.simplify("an embedded picture that is no PNG or JPEG is left out");
            }
        };
        match pixels::read("", kind, data.as_slice().into()) {
            Ok(picture) => self.vector.items.push(VectorItem::Raster(VectorRaster {
                picture,
                matrix: row(place.matrix),
                opacity: place.opacity,
                clips: place.clips.clone(),
            })),
            Err(error) => {
                self.simplified
                    .insert(format!("an embedded picture is left out: {error}"));
            }
        }
    }
}

/// What a pattern is printed as.
const PATTERN_GREY: Rgb = Rgb([0xB0, 0xB0, 0xB0]);

fn spread(spread: SpreadMethod) -> Spread {
    match spread {
        SpreadMethod::Pad => Spread::Pad,
        SpreadMethod::Reflect => Spread::Reflect,
        SpreadMethod::Repeat => Spread::Repeat,
    }
}

fn row(m: Transform) -> [f32; 6] {
    [m.sx, m.ky, m.kx, m.sy, m.tx, m.ty]
}

fn stops(stops: &[usvg::Stop], opacity: f32) -> Vec<GradientStop> {
    stops
        .iter()
        .map(|stop| GradientStop {
            offset: stop.offset().get(),
            colour: Rgb([stop.color().red, stop.color().green, stop.color().blue]),
            opacity: stop.opacity().get() * opacity,
        })
        .collect()
}

/// A path's steps with a transform applied; none where a coordinate leaves all bounds.
fn steps(path: &SkiaPath, matrix: Transform) -> Vec<PathStep> {
    let Some(path) = path.clone().transform(matrix) else {
        return Vec::new();
    };
    let mut at = [0.0; 2];
    let mut steps = Vec::with_capacity(path.len());
    for segment in path.segments() {
        let step = match segment {
            PathSegment::MoveTo(p) => PathStep::Move([p.x, p.y]),
            PathSegment::LineTo(p) => PathStep::Line([p.x, p.y]),
            PathSegment::QuadTo(c, p) => {
                // A quadratic curve as the cubic one that is equal to it.
                let third = |from: f32, to: f32| from + (to - from) * 2.0 / 3.0;
                PathStep::Cubic(
                    [third(at[0], c.x), third(at[1], c.y)],
                    [third(p.x, c.x), third(p.y, c.y)],
                    [p.x, p.y],
                )
            }
            PathSegment::CubicTo(c, d, p) => PathStep::Cubic([c.x, c.y], [d.x, d.y], [p.x, p.y]),
            PathSegment::Close => PathStep::Close,
        };
        if let PathStep::Move(p) | PathStep::Line(p) | PathStep::Cubic(_, _, p) = step {
            at = p;
        }
        steps.push(step);
    }
    steps
}
