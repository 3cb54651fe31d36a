//! A page's frames become its content stream, in reading order, with the places of its links.

use std::collections::BTreeSet;

use crate::geom::{Length, Logical, Point, Size};
use crate::layout::{Frame, Item, Line, Page, Stand, Turn};
use crate::model::{LinkTarget, PdfColour};

use super::canvas::{Canvas, Sheet};
use super::deflate::deflate;
use super::face::{FontKey, PrintedFaces};
use super::graphic;
use super::image::PrintedPictures;
use super::text;

/// What a page gives to the document.
#[derive(Debug)]
pub(crate) struct PageContent {
    /// Its sheet.
    pub(crate) sheet: Sheet,
    /// Its operators, deflated.
    pub(crate) deflated: Vec<u8>,
    /// The fonts that they use.
    pub(crate) fonts: BTreeSet<FontKey>,
    /// Where its links lie.
    pub(crate) links: Vec<PlacedLink>,
    /// Where the ids on it are.
    pub(crate) anchors: Vec<(String, Point)>,
}

/// A stretch of a line that leads somewhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PlacedLink {
    /// Upper left corner of its area.
    pub(crate) at: Point,
    /// Extent of its area.
    pub(crate) size: Size,
    /// Where it leads.
    pub(crate) target: LinkTarget,
    /// Its words, for a reader who cannot see it.
    pub(crate) words: String,
}

/// Writes the content of a page.
///
/// # Errors
/// Memory for the compressed content is not to be had.
pub(crate) fn page_content(
    page: &Page,
    faces: &PrintedFaces<'_>,
    pictures: &PrintedPictures<'_>,
    colour: PdfColour,
) -> std::io::Result<PageContent> {
    let sheet = Sheet::new(page.trim, page.bleed);
    let mut writer = Writer {
        canvas: Canvas::new(sheet, colour),
        faces,
        pictures,
        fonts: BTreeSet::new(),
        links: Vec::new(),
        anchors: Vec::new(),
        stand: Stand::PAGE,
    };
    writer.frame(&page.frame, Point::ORIGIN);
    Ok(PageContent {
        sheet,
        deflated: deflate(&writer.canvas.finish())?,
        fonts: writer.fonts,
        links: writer.links,
        anchors: writer.anchors,
    })
}

struct Writer<'a> {
    canvas: Canvas,
    faces: &'a PrintedFaces<'a>,
    pictures: &'a PrintedPictures<'a>,
    fonts: BTreeSet<FontKey>,
    links: Vec<PlacedLink>,
    anchors: Vec<(String, Point)>,
    /// Where on the page lies what is drawn now.
    stand: Stand,
}

impl Writer<'_> {
    /// Draws a frame whose corner is at `corner`. Readings beside its lines follow after the last
    /// of them, so that its own text reads on without a break.
    fn frame(&mut self, frame: &Frame, corner: Point) {
        let mut beside = Vec::new();
        for (at, item) in &frame.items {
            let at = corner + *at;
            match item {
                Item::Line(line) => {
                    self.line(line, at);
                    collect_beside(line, at, &mut beside);
                }
                Item::Rule(rule) => self.canvas.fill_rectangle(at, rule.size, rule.ink),
                Item::Group(group) if group.turn == Turn::None => self.frame(group, at),
                Item::Group(group) => self.turned(group, at),
                Item::Anchor(id) => self.anchors.push((id.clone(), self.stand.point(at))),
                Item::Image { path, size, .. } => {
                    if let Some(placed) = self.pictures.get(path) {
                        self.canvas.paint(placed.name(), at, *size, placed.turn());
                    }
                }
            }
        }
        for (at, line) in beside {
            self.line(line, at);
        }
    }

    /// Draws a turned frame whose corner is at `corner`.
    fn turned(&mut self, frame: &Frame, corner: Point) {
        let around = self.stand;
        self.stand = around.inside(corner, frame);
        let origin = Stand::PAGE.inside(corner, frame).point(Point::ORIGIN);
        let state = self.canvas.begin_turn(origin, frame.turn);
        self.frame(frame, Point::ORIGIN);
        self.canvas.end_turn(state);
        self.stand = around;
    }

    fn line(&mut self, line: &Line, origin: Point) {
        graphic::draw_behind(&mut self.canvas, line, origin);
        let fonts = text::draw(&mut self.canvas, line, origin, self.faces);
        self.fonts.extend(fonts);
        graphic::draw_beside(&mut self.canvas, line, origin);
        for link in line.links.iter().filter(|link| link.to > link.from) {
            let mut placed = place_link(line, origin, (link.from, link.to), &link.target);
            placed.at = self.stand.corner(placed.at, placed.size);
            placed.size = self.stand.turn.extent(placed.size);
            self.links.push(placed);
        }
    }
}

/// The lines beside a line and beside those, with their origins on the page.
fn collect_beside<'a>(line: &'a Line, origin: Point, found: &mut Vec<(Point, &'a Line)>) {
    for (offset, beside) in &line.beside {
        let at = graphic::on_page(line.mode, origin, *offset);
        found.push((at, beside));
        collect_beside(beside, at, found);
    }
}

/// The em-box of a stretch of a line: in vertical lines around the line's middle, in horizontal
/// ones 0.88 em over the baseline and 0.12 under it.
fn place_link(
    line: &Line,
    origin: Point,
    (from, to): (Length, Length),
    target: &LinkTarget,
) -> PlacedLink {
    let over = if line.mode.is_vertical() {
        line.size / 2
    } else {
        line.size.scale(880, 1000)
    };
    let first = graphic::on_page(line.mode, origin, Logical::new(from, -over));
    let size = Logical::new(to - from, line.size).to_size(line.mode);
    let at = if line.mode.is_vertical() {
        Point::new(first.x - size.width, first.y)
    } else {
        first
    };
    let words = line
        .glyphs
        .iter()
        .filter(|glyph| glyph.at >= from && glyph.at < to)
        .filter_map(|glyph| line.text.get(glyph.range()))
        .collect();
    PlacedLink {
        at,
        size,
        target: target.clone(),
        words,
    }
}
