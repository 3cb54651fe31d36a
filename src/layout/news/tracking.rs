//! Tracking: a headline's line made a little longer or shorter between its characters.

use crate::geom::Length;
use crate::layout::line::{Decoration, Line};

/// A headline is stretched by so much at most, and shrunk by so much, in thousandths of its length
/// (composition rules §16.1).
const STRETCH: i64 = 80;
const SHRINK: i64 = 20;

/// Brings a line to a length, where it is near enough; tells whether it was.
pub(super) fn track(line: &mut Line, target: Length) -> bool {
    let missing = (target - line.set).wide();
    let cells = line
        .glyphs
        .iter()
        .filter(|glyph| glyph.end > glyph.start)
        .count();
    let gaps = i64::try_from(cells.saturating_sub(1)).unwrap_or(0);
    if gaps == 0
        || missing * 1000 > line.set.wide() * STRETCH
        || -missing * 1000 > line.set.wide() * SHRINK
    {
        return false;
    }
    // Where each cell starts, and how far it moves.
    let mut starts: Vec<(Length, Length)> = Vec::with_capacity(cells);
    let mut nth = 0i64;
    for glyph in &line.glyphs {
        if glyph.end > glyph.start {
            starts.push((glyph.at, Length::from_wide(missing * nth / gaps)));
            nth += 1;
        }
    }
    let moved = |at: Length| {
        let by = starts
            .iter()
            .rev()
            .find(|(start, _)| *start <= at)
            .map_or(Length::ZERO, |(_, by)| *by);
        at + by
    };
    for glyph in &mut line.glyphs {
        let (from, to) = (moved(glyph.at), moved(glyph.at + glyph.advance));
        glyph.at = from;
        glyph.advance = to - from;
    }
    for decoration in &mut line.decorations {
        match decoration {
            Decoration::Rule { from, to, .. }
            | Decoration::Wave { from, to, .. }
            | Decoration::Field { from, to, .. }
            | Decoration::Dash { from, to, .. } => {
                (*from, *to) = (moved(*from), moved(*to));
            }
            Decoration::Dot { centre, .. } | Decoration::Sesame { centre, .. } => {
                centre.inline = moved(centre.inline);
            }
        }
    }
    for (offset, _) in &mut line.beside {
        offset.inline = moved(offset.inline);
    }
    for link in &mut line.links {
        (link.from, link.to) = (moved(link.from), moved(link.to));
    }
    line.set = target;
    true
}
