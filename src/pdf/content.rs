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
use super::tags::{HeadRows, Owner, PageTags, Piece, Walk};
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
    /// Its structure, where the document has one.
    pub(crate) tags: Option<PageTags>,
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
    (number, page): (usize, &Page),
    (faces, pictures): (&PrintedFaces<'_>, &PrintedPictures<'_>),
    colour: PdfColour,
    heads: Option<&HeadRows>,
) -> std::io::Result<PageContent> {
    let sheet = Sheet::new(page.trim, page.bleed);
    let mut writer = Writer {
        canvas: Canvas::new(sheet, colour),
        sheet,
        faces,
        pictures,
        fonts: BTreeSet::new(),
        links: Vec::new(),
        anchors: Vec::new(),
        stand: Stand::PAGE,
        walk: Walk::new(heads, number),
    };
    let root = writer.walk.root();
    writer.frame(&page.frame, Point::ORIGIN, root);
    let (operators, owners) = writer.canvas.finish();
    Ok(PageContent {
        sheet,
        deflated: deflate(&operators)?,
        fonts: writer.fonts,
        links: writer.links,
        anchors: writer.anchors,
        tags: writer.walk.finish(owners),
    })
}

struct Writer<'a> {
    canvas: Canvas,
    sheet: Sheet,
    faces: &'a PrintedFaces<'a>,
    pictures: &'a PrintedPictures<'a>,
    fonts: BTreeSet<FontKey>,
    links: Vec<PlacedLink>,
    anchors: Vec<(String, Point)>,
    /// Where on the page lies what is drawn now.
    stand: Stand,
    /// What it is in the structure.
    walk: Walk<'a>,
}

impl Writer<'_> {
    /// Draws a frame whose corner is at `corner` and whose content belongs to `owner`. Readings
    /// beside its lines follow after the last of them, so that its own text reads on without a
    /// break.
    fn frame(&mut self, frame: &Frame, corner: Point, owner: Owner) {
        let mut beside = Vec::new();
        for (at, item) in &frame.items {
            let at = corner + *at;
            match item {
                Item::Line(line) => self.line((line, at), owner, &mut beside),
                Item::Rule(rule) => {
                    self.furnish();
                    self.canvas.fill_rectangle(at, rule.size, rule.ink);
                }
                Item::Group(group) => {
                    let area = self.area(at, group.size);
                    let entered = self.walk.enter(group, owner, area);
                    match group.turn {
                        Turn::None => self.frame(group, at, entered.owner),
                        _ => self.turned(group, at, entered.owner),
                    }
                    self.walk.leave(&entered);
                }
                Item::Anchor(id) => {
                    self.walk.anchor(owner, id);
                    self.anchors.push((id.clone(), self.stand.point(at)));
                }
                Item::Image { path, size, alt } => {
                    if let Some(placed) = self.pictures.get(path) {
                        let own = self.walk.picture(owner, alt, self.area(at, *size));
                        self.canvas.belong(own, "Figure");
                        self.canvas.paint(placed.name(), at, *size, placed.turn());
                    }
                }
            }
        }
        for (at, line, owner) in beside {
            self.set((line, at), &[(0, owner.0, owner.1)]);
        }
    }

    /// What is drawn next is furniture.
    fn furnish(&mut self) {
        self.canvas.belong(self.walk.furniture(), "Artifact");
    }

    /// Where something lies on the sheet: left, bottom, right, top.
    fn area(&self, at: Point, size: Size) -> [i64; 4] {
        let corner = self.stand.corner(at, size);
        let size = self.stand.turn.extent(size);
        let sheet = self.sheet;
        [
            sheet.x(corner.x),
            sheet.y(corner.y + size.height),
            sheet.x(corner.x + size.width),
            sheet.y(corner.y),
        ]
    }

    /// Draws a turned frame whose corner is at `corner`.
    fn turned(&mut self, frame: &Frame, corner: Point, owner: Owner) {
        let around = self.stand;
        self.stand = around.inside(corner, frame);
        let origin = Stand::PAGE.inside(corner, frame).point(Point::ORIGIN);
        let state = self.canvas.begin_turn(origin, frame.turn);
        self.frame(frame, Point::ORIGIN, owner);
        self.canvas.end_turn(state);
        self.stand = around;
    }

    /// Draws a line; what stands beside it is kept for later.
    fn line<'l>(
        &mut self,
        (line, origin): (&'l Line, Point),
        owner: Owner,
        beside: &mut Vec<(Point, &'l Line, Tag)>,
    ) {
        let own = self.walk.line(line, owner, self.links.len());
        self.set((line, origin), &own.parts);
        for ((offset, reading), tag) in line.beside.iter().zip(own.beside) {
            let at = graphic::on_page(line.mode, origin, *offset);
            beside.push((at, reading, tag));
            collect_beside(reading, at, tag, beside);
        }
    }

    /// Draws a line's text and ink.
    fn set(&mut self, (line, origin): (&Line, Point), parts: &[Piece]) {
        self.furnish();
        graphic::draw_behind(&mut self.canvas, line, origin);
        let fonts = text::draw(&mut self.canvas, (line, origin), self.faces, parts);
        self.fonts.extend(fonts);
        self.furnish();
        graphic::draw_beside(&mut self.canvas, line, origin);
        for link in line.links.iter().filter(|link| link.to > link.from) {
            let mut placed = place_link(line, origin, (link.from, link.to), &link.target);
            placed.at = self.stand.corner(placed.at, placed.size);
            placed.size = self.stand.turn.extent(placed.size);
            self.links.push(placed);
        }
    }
}

/// To whom a line beside another belongs, by which tag.
type Tag = (Owner, &'static str);

/// The lines beside a reading and beside those, with their origins on the page.
fn collect_beside<'a>(
    line: &'a Line,
    origin: Point,
    tag: Tag,
    found: &mut Vec<(Point, &'a Line, Tag)>,
) {
    for (offset, beside) in &line.beside {
        let at = graphic::on_page(line.mode, origin, *offset);
        found.push((at, beside, tag));
        collect_beside(beside, at, tag, found);
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
