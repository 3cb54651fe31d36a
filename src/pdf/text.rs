//! Lines as text: runs of sorts of one font, size and direction, each where layout put it.

use std::collections::{BTreeMap, BTreeSet};

use crate::geom::{Length, Point, WritingMode, round_div};
use crate::layout::Line;

use super::canvas::{Canvas, Stand};
use super::face::{FontKey, Kind, PrintedFaces};
use super::graphic::on_page;
use super::sorts::{Sort, sorts};
use super::tags::Piece;

/// Draws a line's text; its decorations are no text. `origin` is the line's origin on the page, and
/// `pieces` tell to whom its text belongs, the first from its start.
pub(crate) fn draw(
    canvas: &mut Canvas,
    (line, origin): (&Line, Point),
    faces: &PrintedFaces<'_>,
    pieces: &[Piece],
) -> BTreeSet<FontKey> {
    let stand = match line.mode {
        WritingMode::HorizontalTb => Stand::Across,
        WritingMode::VerticalRl => Stand::Down,
    };
    let sorts = sorts(line, faces.faces());
    let runs = runs(&sorts, (line.mode, origin), faces, pieces);
    // One string a column is sorted by PDFium as if the columns ran from left to right.
    let halved = stand == Stand::Down && runs.len() == 1;
    let spacing = match stand {
        Stand::Across => common_gap(&runs),
        // Readers disagree on which way it goes in columns.
        Stand::Down => 0,
    };
    let mut used: BTreeSet<FontKey> = runs.iter().map(|run| run.font).collect();
    for (nth, run) in runs.iter().enumerate() {
        if let Some((_, owner, tag)) = pieces.get(run.piece) {
            canvas.belong(*owner, tag);
        }
        // Within a line a space would be read.
        if !canvas.part_before((run.at, run.size))
            && nth == 0
            && let Some((font, code)) = faces.pause()
        {
            canvas.pause(&resource_name(font), code, (run.at, run.size));
            used.insert(font);
        }
        if let Some(text) = run.opens {
            canvas.begin_actual_text(text);
        }
        canvas.place_run(&resource_name(run.font), stand, run.size, run.at);
        canvas.space_glyphs(spacing);
        let shown = run.shown(spacing);
        match stand {
            Stand::Across => canvas.show_line(&shown, (run.at, run.size)),
            Stand::Down => canvas.show_column(shown, (run.at, run.below(), run.size), halved),
        }
        if run.closes {
            canvas.end_actual_text();
        }
    }
    used
}

/// The name under which pages know a font.
pub(crate) fn resource_name(font: FontKey) -> String {
    let mut name = format!("F{}", font.face.0);
    match font.kind {
        Kind::Own => {}
        Kind::Stamped => name.push('t'),
        Kind::Wide => name.push('w'),
    }
    if font.vertical {
        name.push('v');
    }
    if font.reading > 0 {
        name += &format!("r{}", font.reading);
    }
    if font.lead > 0 {
        name += &format!("l{}", font.lead);
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
    /// To which piece of the line it belongs.
    piece: usize,
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

/// How far back a glyph of a column may stand within a run, in thousandths of the em: PDFium takes
/// the way back for a gap, and a wide one for a space.
const BACK: i64 = 100;

impl Run<'_> {
    /// Whether the pen stands well past a place along the column.
    fn is_ahead(&self, along: Length) -> bool {
        self.glyphs.last().is_some_and(|glyph| {
            let pen = glyph.along + self.size.scale(glyph.advance - BACK, 1000);
            pen > along
        })
    }

    /// How far below the first each glyph of a column stands.
    fn below(&self) -> Vec<Length> {
        let first = self
            .glyphs
            .first()
            .map_or(Length::ZERO, |first| first.along);
        let glyphs = self.glyphs.iter();
        glyphs.map(|glyph| glyph.along - first).collect()
    }

    /// Codes with the gap after each beyond `spacing`, in thousandths of the size. Each gap is what
    /// takes the pen nearest to the next glyph's own place, so no error adds up.
    fn shown(&self, spacing: i64) -> Vec<(u16, i64)> {
        let unit = self.size.wide();
        // In thousandths of the unit of length.
        let mut pen = self
            .glyphs
            .first()
            .map_or(0, |glyph| glyph.along.wide() * 1000);
        let mut shown = Vec::with_capacity(self.glyphs.len());
        for (place, glyph) in self.glyphs.iter().enumerate() {
            pen += (glyph.advance + spacing) * unit;
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

/// The gap that most glyphs of a line have after them: set once, it need not be told of each.
fn common_gap(runs: &[Run<'_>]) -> i64 {
    let mut counts = BTreeMap::<i64, usize>::new();
    for run in runs {
        let gaps = run.shown(0);
        for (_, gap) in &gaps[..gaps.len().saturating_sub(1)] {
            *counts.entry(*gap).or_default() += 1;
        }
    }
    let most = counts.into_iter().max_by_key(|(_, count)| *count);
    most.map_or(0, |(gap, _)| gap)
}

/// Splits a line into runs.
fn runs<'a>(
    sorts: &[Sort<'a>],
    (mode, origin): (WritingMode, Point),
    faces: &PrintedFaces<'_>,
    pieces: &[Piece],
) -> Vec<Run<'a>> {
    let vertical = mode.is_vertical();
    let mut runs: Vec<Run<'a>> = Vec::new();
    for sort in sorts {
        let Some(found) = faces.find(sort) else {
            // Every sort of the layout was collected: one that is not there its face had lost.
            continue;
        };
        let font = FontKey {
            face: sort.face,
            kind: found.kind,
            vertical,
            reading: found.reading,
            lead: sort.lead,
        };
        let piece = pieces.partition_point(|(start, ..)| *start <= sort.start);
        let piece = piece.saturating_sub(1);
        let glyph = RunGlyph {
            code: found.code,
            along: sort.pen.inline,
            advance: if vertical {
                found.glyph.height + i64::from(sort.lead)
            } else {
                found.glyph.width
            },
        };
        match runs.last_mut() {
            Some(run)
                if (run.font, run.size, run.block) == (font, sort.size, sort.pen.block)
                    && run.piece == piece
                    && sort.opens.is_none()
                    && !run.closes
                    && !(vertical && run.is_ahead(glyph.along)) =>
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
                piece,
                opens: sort.opens,
                closes: sort.closes,
            }),
        }
    }
    runs
}
