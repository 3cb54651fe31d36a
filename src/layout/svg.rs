//! A page as SVG for the eyes of whoever works on it: frames, baselines, em-boxes, outlines.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use skrifa::instance::{LocationRef, Size as FontSize};
use skrifa::outline::{DrawSettings, OutlinePen};
use skrifa::{FontRef, GlyphId, MetadataProvider};

use crate::font::{FaceId, Faces};
use crate::geom::{Length, Point, WritingMode};

use super::frame::{Frame, FrameKind, Item, Page, Turn};
use super::line::{Decoration, Line, Orientation, SetGlyph};
use super::stand::Stand;

/// Colours of frames: text, headline matter, pictures and tables, furniture, what is set apart.
const TEXT: &str = "#3b82c4";
const HEAD: &str = "#c4473b";
const ISLAND: &str = "#2f9e5b";
const FURNITURE: &str = "#8a8a8a";
const APART: &str = "#a25bc4";
/// Colours of em-boxes and baselines.
const CELL: &str = "#e3d5b8";
const BASELINE: &str = "#f0a35e";

/// A page as an SVG document, in points.
///
/// Every frame is outlined in the colour of its kind and named by a title that viewers show under
/// the pointer; under the glyphs lie their cells and the axes of their lines.
#[must_use]
pub fn page(page: &Page, faces: &Faces) -> String {
    let mut drawing = Drawing {
        faces,
        outlines: BTreeMap::new(),
        body: String::new(),
    };
    drawing.frame(&page.frame, Point::ORIGIN);
    let (width, height) = (pt(page.trim.width), pt(page.trim.height));
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}pt\" height=\"{height}pt\" \
         viewBox=\"0 0 {width} {height}\">\n<title>{}</title>\n\
         <rect width=\"{width}\" height=\"{height}\" fill=\"#fff\"/>\n<defs>\n",
        escaped(&page.number)
    );
    for ((face, glyph), path) in &drawing.outlines {
        let _ = writeln!(out, "<path id=\"f{}g{glyph}\" d=\"{path}\"/>", face.0);
    }
    out.push_str("</defs>\n");
    out.push_str(&drawing.body);
    out.push_str("</svg>\n");
    out
}

struct Drawing<'f> {
    faces: &'f Faces,
    /// Each glyph's outline in font units, drawn once.
    outlines: BTreeMap<(FaceId, u16), String>,
    body: String,
}

impl Drawing<'_> {
    fn frame(&mut self, frame: &Frame, corner: Point) {
        if frame.kind != FrameKind::Page {
            self.rect((corner, frame.size.width, frame.size.height), |out| {
                let colour = colour(frame.kind);
                let _ = write!(
                    out,
                    "fill=\"{colour}\" fill-opacity=\".05\" stroke=\"{colour}\" \
                     stroke-width=\".3\"><title>{}</title></rect>",
                    frame.kind.name()
                );
            });
        }
        for (at, item) in &frame.items {
            let at = corner + *at;
            match item {
                Item::Group(inner) if inner.turn == Turn::None => self.frame(inner, at),
                Item::Group(inner) => self.turned(inner, at),
                Item::Line(line) => self.line(line, at),
                Item::Rule(rule) => self.rect((at, rule.size.width, rule.size.height), |out| {
                    let tint = 255 - u32::from(rule.ink.0.min(1000)) * 255 / 1000;
                    let _ = write!(out, "fill=\"rgb({tint},{tint},{tint})\"/>");
                }),
                Item::Image { path, size, .. } => {
                    self.rect((at, size.width, size.height), |out| {
                        let _ = write!(
                            out,
                            "fill=\"#d8e8dd\"><title>{}</title></rect>",
                            escaped(path)
                        );
                    });
                }
                Item::Anchor(_) => {
                    let _ = writeln!(
                        self.body,
                        "<circle cx=\"{}\" cy=\"{}\" r=\"1.2\" fill=\"{HEAD}\"/>",
                        pt(at.x),
                        pt(at.y)
                    );
                }
            }
        }
    }

    /// A turned frame, drawn upright in a group that is turned.
    fn turned(&mut self, frame: &Frame, at: Point) {
        let inside = Stand::PAGE.inside(at, frame);
        let origin = inside.point(Point::ORIGIN);
        let degrees = if inside.turn == Turn::Right { 90 } else { -90 };
        let _ = writeln!(
            self.body,
            "<g transform=\"translate({} {}) rotate({degrees})\">",
            pt(origin.x),
            pt(origin.y)
        );
        let upright = Frame {
            size: frame.turn.extent(frame.size),
            turn: Turn::None,
            ..frame.clone()
        };
        self.frame(&upright, Point::ORIGIN);
        self.body.push_str("</g>\n");
    }

    fn rect(
        &mut self,
        (at, width, height): (Point, Length, Length),
        rest: impl FnOnce(&mut String),
    ) {
        let _ = write!(
            self.body,
            "<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" ",
            pt(at.x),
            pt(at.y),
            pt(width.at_least_zero()),
            pt(height.at_least_zero())
        );
        rest(&mut self.body);
        self.body.push('\n');
    }

    fn line(&mut self, line: &Line, origin: Point) {
        let along = |inline: Length, block: Length| shifted(line.mode, origin, inline, block);
        let from = along(line.start, Length::ZERO);
        let to = along(line.start + line.set, Length::ZERO);
        let _ = writeln!(
            self.body,
            "<path d=\"M{} {}L{} {}\" stroke=\"{BASELINE}\" stroke-width=\".25\"/>",
            pt(from.x),
            pt(from.y),
            pt(to.x),
            pt(to.y)
        );
        for glyph in &line.glyphs {
            self.cell(line, glyph, origin);
        }
        for decoration in &line.decorations {
            self.decoration(line, decoration, origin);
        }
        for glyph in &line.glyphs {
            self.glyph(line, glyph, origin);
        }
        for (offset, beside) in &line.beside {
            self.line(beside, along(offset.inline, offset.block));
        }
    }

    /// The em-box of a glyph's cell.
    fn cell(&mut self, line: &Line, glyph: &SetGlyph, origin: Point) {
        let half = glyph.size / 2;
        let (corner, width, height) = match line.mode {
            WritingMode::VerticalRl => (
                Point::new(origin.x - half, origin.y + glyph.at),
                glyph.size,
                glyph.advance,
            ),
            WritingMode::HorizontalTb => (
                Point::new(origin.x + glyph.at, origin.y - glyph.size.scale(880, 1000)),
                glyph.advance,
                glyph.size,
            ),
        };
        self.rect((corner, width, height), |out| {
            let _ = write!(out, "fill=\"none\" stroke=\"{CELL}\" stroke-width=\".2\"/>");
        });
    }

    fn glyph(&mut self, line: &Line, glyph: &SetGlyph, origin: Point) {
        let pen = shifted(
            line.mode,
            origin,
            glyph.at + glyph.offset.inline,
            glyph.offset.block,
        );
        if glyph.face == FaceId::MISSING {
            self.rect((pen, glyph.size, glyph.size), |out| {
                let _ = write!(out, "fill=\"none\" stroke=\"{HEAD}\" stroke-width=\".5\"/>");
            });
            return;
        }
        let face = self.faces.face(glyph.face);
        self.outlines
            .entry((glyph.face, glyph.id))
            .or_insert_with(|| outline(face.data(), face.index(), glyph.id));
        let upright = line.mode.is_vertical() && glyph.orientation == Orientation::Upright;
        let pen = if upright {
            let at = face.vertical_origin(glyph.id);
            Point::new(
                pen.x - at.inline.of(glyph.size),
                pen.y + at.block.of(glyph.size),
            )
        } else {
            pen
        };
        let turned = line.mode.is_vertical() && glyph.orientation == Orientation::Rotated;
        let turn = if turned { "rotate(90) " } else { "" };
        // One font unit in millionths of a point: sizes are thousandths of one.
        let units = i64::from(face.units_per_em()).max(1);
        let down = glyph.size.wide() * 1000 / units;
        let across = down * i64::from(glyph.width.milli()) / 1000;
        let _ = writeln!(
            self.body,
            "<use href=\"#f{}g{}\" transform=\"translate({} {}) {turn}scale({}e-6 -{down}e-6)\"/>",
            glyph.face.0,
            glyph.id,
            pt(pen.x),
            pt(pen.y),
            across
        );
    }

    fn decoration(&mut self, line: &Line, decoration: &Decoration, origin: Point) {
        let along = |inline: Length, block: Length| shifted(line.mode, origin, inline, block);
        match *decoration {
            Decoration::Dot { centre, diameter } | Decoration::Sesame { centre, diameter } => {
                let at = along(centre.inline, centre.block);
                let _ = writeln!(
                    self.body,
                    "<circle cx=\"{}\" cy=\"{}\" r=\"{}\"/>",
                    pt(at.x),
                    pt(at.y),
                    pt(diameter / 2)
                );
            }
            Decoration::Field {
                from,
                to,
                block,
                extent,
            } => {
                self.stroke((along(from, block), along(to, block)), extent, "#eee");
            }
            Decoration::Rule {
                from,
                to,
                block,
                weight,
            }
            | Decoration::Dash {
                from,
                to,
                block,
                weight,
            } => {
                self.stroke((along(from, block), along(to, block)), weight, "#000");
            }
            Decoration::Wave {
                from,
                to,
                block,
                weight,
            } => {
                let (from, to) = (along(from, block), along(to, block));
                let _ = writeln!(
                    self.body,
                    "<path d=\"M{} {}L{} {}\" stroke=\"#000\" stroke-width=\"{}\" \
                     stroke-dasharray=\"2 1\"/>",
                    pt(from.x),
                    pt(from.y),
                    pt(to.x),
                    pt(to.y),
                    pt(weight)
                );
            }
        }
    }

    fn stroke(&mut self, (from, to): (Point, Point), weight: Length, colour: &str) {
        let _ = writeln!(
            self.body,
            "<path d=\"M{} {}L{} {}\" stroke=\"{colour}\" stroke-width=\"{}\"/>",
            pt(from.x),
            pt(from.y),
            pt(to.x),
            pt(to.y),
            pt(weight)
        );
    }
}

/// A place along and across a line that starts at `origin`.
fn shifted(mode: WritingMode, origin: Point, inline: Length, block: Length) -> Point {
    match mode {
        WritingMode::VerticalRl => Point::new(origin.x - block, origin.y + inline),
        WritingMode::HorizontalTb => Point::new(origin.x + inline, origin.y + block),
    }
}

fn colour(kind: FrameKind) -> &'static str {
    match kind {
        FrameKind::Heading
        | FrameKind::Headline
        | FrameKind::Kicker
        | FrameKind::Deck
        | FrameKind::Lead
        | FrameKind::Byline
        | FrameKind::Dateline => HEAD,
        FrameKind::Figure
        | FrameKind::Caption
        | FrameKind::Pointer
        | FrameKind::Table
        | FrameKind::Code => ISLAND,
        FrameKind::RunningHead | FrameKind::Folio | FrameKind::SectionHead | FrameKind::Jump => {
            FURNITURE
        }
        FrameKind::Box | FrameKind::Sidebar | FrameKind::PullQuote | FrameKind::Quote => APART,
        _ => TEXT,
    }
}

/// A length in points.
fn pt(length: Length) -> String {
    let milli = length.milli();
    let sign = if milli < 0 { "-" } else { "" };
    format!(
        "{sign}{}.{:03}",
        milli.unsigned_abs() / 1000,
        milli.unsigned_abs() % 1000
    )
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}

/// A glyph's outline as SVG path data in font units.
fn outline(data: &[u8], index: u32, glyph: u16) -> String {
    let mut pen = Pen(String::new());
    if let Ok(font) = FontRef::from_index(data, index)
        && let Some(found) = font.outline_glyphs().get(GlyphId::from(glyph))
    {
        let settings = DrawSettings::unhinted(FontSize::unscaled(), LocationRef::default());
        // A glyph that cannot be drawn leaves its cell empty.
        let _ = found.draw(settings, &mut pen);
    }
    pen.0
}

/// Writes outlines as path data; the numbers are printed as they come.
struct Pen(String);

impl OutlinePen for Pen {
    fn move_to(&mut self, x: f32, y: f32) {
        let _ = write!(self.0, "M{x} {y}");
    }
    fn line_to(&mut self, x: f32, y: f32) {
        let _ = write!(self.0, "L{x} {y}");
    }
    fn quad_to(&mut self, cx0: f32, cy0: f32, x: f32, y: f32) {
        let _ = write!(self.0, "Q{cx0} {cy0} {x} {y}");
    }
    fn curve_to(&mut self, cx0: f32, cy0: f32, cx1: f32, cy1: f32, x: f32, y: f32) {
        let _ = write!(self.0, "C{cx0} {cy0} {cx1} {cy1} {x} {y}");
    }
    fn close(&mut self) {
        self.0.push('Z');
    }
}
