//! Lines as text: runs of sorts of one font, size and direction, each where layout put it.

use std::collections::BTreeSet;

use crate::geom::{Length, Point, WritingMode, round_div};
use crate::layout::Line;

use super::canvas::{Canvas, Stand};
use super::face::{FontKey, Found, Kind, PrintedFaces};
use super::graphic::on_page;
use super::sorts::{Sort, sorts};

/// Space after a sort of a column from which on it belongs to the sort's own advance, in
/// thousandths of the em. Readers take more than a tenth for a word space.
const GAP: i64 = 90;

/// Steps of [`FontKey::lead`]; what is left over stays between −160 and [`GAP`], which no reader
/// takes for anything.
const LEAD_STEP: i64 = 250;

/// Greatest lead: a wider gap is one that is meant to be seen.
const LEAD_MOST: i64 = 2000;

/// Draws a line's text; its decorations are no text. `origin` is the line's origin on the page.
pub(crate) fn draw(
    canvas: &mut Canvas,
    line: &Line,
    origin: Point,
    faces: &PrintedFaces<'_>,
) -> BTreeSet<FontKey> {
    let stand = match line.mode {
        WritingMode::HorizontalTb => Stand::Across,
        WritingMode::VerticalRl => Stand::Down,
    };
    let sorts = sorts(line, faces.faces());
    let runs = runs(&sorts, (line.mode, origin), faces);
    // One string a column is sorted by PDFium as if the columns ran from left to right.
    let halve = stand == Stand::Down && runs.len() == 1;
    for run in &runs {
        if let Some(text) = run.opens {
            canvas.begin_actual_text(text);
        }
        canvas.place_run(&resource_name(run.font), stand, run.size, run.at);
        let shown = run.shown();
        let (head, tail) = shown.split_at(if halve { shown.len() / 2 } else { 0 });
        if !head.is_empty() {
            canvas.show(head, stand);
        }
        canvas.show(tail, stand);
        if run.closes {
            canvas.end_actual_text();
        }
    }
    runs.iter().map(|run| run.font).collect()
}

/// The name under which pages know a font.
pub(crate) fn resource_name(font: FontKey) -> String {
    let mut name = format!("F{}", font.face.0);
    if font.kind == Kind::Stamped {
        name.push('t');
    }
    if font.vertical {
        name.push('v');
    }
    if font.reading > 0 {
        name += &format!("r{}", font.reading);
    }
    if font.lead > 0 {
        name += &format!("w{}", font.lead);
    }
    name
}

/// Sorts of one font and size on one base line.
#[derive(Debug)]
struct Run<'a> {
    font: FontKey,
    size: Length,
    /// Place of the first on the page.
    at: Point,
    /// Place across the line.
    block: Length,
    glyphs: Vec<RunGlyph>,
    opens: Option<&'a str>,
    closes: bool,
}

/// A glyph of a run: its code, where it stands along the line, and its advance in thousandths.
#[derive(Debug, Clone, Copy)]
struct RunGlyph {
    code: u16,
    along: Length,
    advance: i64,
}

impl Run<'_> {
    /// Codes with the gap after each, in thousandths of the size. Each gap is what takes the pen
    /// nearest to the next glyph's own place, so no error adds up.
    fn shown(&self) -> Vec<(u16, i64)> {
        let unit = self.size.wide();
        // In thousandths of the unit of length.
        let mut pen = self
            .glyphs
            .first()
            .map_or(0, |glyph| glyph.along.wide() * 1000);
        let mut shown = Vec::with_capacity(self.glyphs.len());
        for (place, glyph) in self.glyphs.iter().enumerate() {
            pen += glyph.advance * unit;
            let gap = self
                .glyphs
                .get(place + 1)
                .map_or(0, |next| round_div(next.along.wide() * 1000 - pen, unit));
            // A thousandth is less than can be seen, and it does not add up.
            let gap = if gap.abs() <= 1 { 0 } else { gap };
            pen += gap * unit;
            shown.push((glyph.code, gap));
        }
        shown
    }
}

/// Splits a line into runs.
fn runs<'a>(
    sorts: &[Sort<'a>],
    (mode, origin): (WritingMode, Point),
    faces: &PrintedFaces<'_>,
) -> Vec<Run<'a>> {
    let vertical = mode.is_vertical();
    let mut runs: Vec<Run<'a>> = Vec::new();
    for (place, sort) in sorts.iter().enumerate() {
        let Some(found) = faces.find(sort) else {
            // Every sort of the layout was collected: one that is not there its face had lost.
            continue;
        };
        let lead = if vertical {
            lead(sort, found, sorts.get(place + 1))
        } else {
            0
        };
        let font = FontKey {
            face: sort.face,
            kind: found.kind,
            vertical,
            reading: found.reading,
            lead: lead as u16,
        };
        let glyph = RunGlyph {
            code: found.code,
            along: sort.pen.inline,
            advance: if vertical {
                found.glyph.height + lead
            } else {
                found.glyph.width
            },
        };
        match runs.last_mut() {
            Some(run)
                if (run.font, run.size, run.block) == (font, sort.size, sort.pen.block)
                    && sort.opens.is_none()
                    && !run.closes =>
            {
                run.glyphs.push(glyph);
                run.closes = sort.closes;
            }
            _ => runs.push(Run {
                font,
                size: sort.size,
                at: on_page(mode, origin, sort.pen),
                block: sort.pen.block,
                glyphs: vec![glyph],
                opens: sort.opens,
                closes: sort.closes,
            }),
        }
    }
    runs
}

/// What the advance of a sort in a column takes of the space up to the next one.
fn lead(sort: &Sort<'_>, found: Found<'_>, next: Option<&Sort<'_>>) -> i64 {
    let Some(next) = next else { return 0 };
    let blank = |sort: &Sort<'_>| sort.text.chars().all(char::is_whitespace);
    if blank(sort) || blank(next) {
        return 0;
    }
    let end = sort.pen.inline.wide() * 1000 + found.glyph.height * sort.size.wide();
    let gap = round_div(next.pen.inline.wide() * 1000 - end, sort.size.wide());
    if gap <= GAP {
        return 0;
    }
    let lead = (gap - GAP + LEAD_STEP - 1) / LEAD_STEP * LEAD_STEP;
    if lead > LEAD_MOST { 0 } else { lead }
}
