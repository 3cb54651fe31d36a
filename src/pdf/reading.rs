//! Which characters each glyph of a line reads as, when text is searched, copied or read aloud.

use crate::font::grapheme::runs_leftward;
use crate::font::{FaceId, Faces};
use crate::geom::{Em, Length, Logical};
use crate::layout::{Line, Orientation, SetGlyph};

/// Reading of a glyph that must add nothing to its cluster's text: the word joiner, which readers
/// drop. It always stands inside `ActualText`.
const NOTHING: &str = "\u{2060}";

/// A glyph placed in its line, with its own share of the line's text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Cell<'a> {
    /// Its face.
    pub(crate) face: FaceId,
    /// Its number in the face; 0 for [`FaceId::MISSING`].
    pub(crate) id: u16,
    /// Its size.
    pub(crate) size: Length,
    /// Width as drawn in thousandths of its own.
    pub(crate) width: Em,
    /// How it stands.
    pub(crate) orientation: Orientation,
    /// Pen, along and across the line from its origin.
    pub(crate) pen: Logical<Length>,
    /// What it reads as; never empty.
    pub(crate) text: &'a str,
    /// The first byte in the line of the cluster to which it belongs.
    pub(crate) start: u32,
    /// The text of the cluster that starts here, where it has fewer characters than glyphs, so
    /// that only `ActualText` can tell it.
    pub(crate) opens: Option<&'a str>,
    /// Whether such a cluster ends here.
    pub(crate) closes: bool,
}

/// The glyphs of a line such that their texts, in order, are the line's text.
///
/// A glyph that stands for several characters reads as all of them. Characters without a glyph (a
/// space that a line end swallowed) are read by a space of no extent, or by the glyph before them
/// in a face without one.
pub(crate) fn cells<'a>(line: &'a Line, faces: &Faces) -> Vec<Cell<'a>> {
    let mut cells: Vec<Cell<'a>> = Vec::with_capacity(line.glyphs.len() + 1);
    let mut read = 0;
    let mut place = 0;
    while place < line.glyphs.len() {
        let first = &line.glyphs[place];
        let more = line.glyphs[place + 1..]
            .iter()
            .take_while(|glyph| glyph.start == glyph.end && glyph.face == first.face)
            .count();
        let range = first.range();
        if range.start > read {
            let before = cells.len();
            let at = before
                .checked_sub(1)
                .map_or(first, |_| &line.glyphs[place - 1]);
            let end = if before == 0 {
                first.at
            } else {
                at.at + at.advance
            };
            swallowed(&mut cells, line, (read, range.start), (at, end), faces);
        }
        let text = line.text.get(range.clone()).unwrap_or("");
        cluster(&mut cells, &line.glyphs[place..=place + more], text);
        read = read.max(range.end);
        place += more + 1;
    }
    if let Some(last) = line.glyphs.last().filter(|_| read < line.text.len()) {
        let end = last.at + last.advance;
        swallowed(
            &mut cells,
            line,
            (read, line.text.len()),
            (last, end),
            faces,
        );
    }
    cells
}

/// Reads characters that have no glyph, at `end` along the line, in the style of `near`.
fn swallowed<'a>(
    cells: &mut Vec<Cell<'a>>,
    line: &'a Line,
    (from, to): (usize, usize),
    (near, end): (&SetGlyph, Length),
    faces: &Faces,
) {
    let Some(text) = line.text.get(from..to).filter(|text| !text.is_empty()) else {
        return;
    };
    let space = (near.face != FaceId::MISSING)
        .then(|| faces.face(near.face).glyph(' '))
        .flatten();
    match (space, cells.last_mut()) {
        (Some(id), _) => cells.push(Cell {
            face: near.face,
            id,
            size: near.size,
            width: near.width,
            orientation: near.orientation,
            // A combined run's line is across the column: there the pen stays where it is.
            pen: match near.orientation {
                Orientation::Combined => pen(near),
                Orientation::Upright | Orientation::Rotated => Logical::new(end, near.offset.block),
            },
            text,
            start: u32::try_from(from).unwrap_or(u32::MAX),
            opens: None,
            closes: false,
        }),
        // The text follows that of the glyph before without a gap, so the two are one slice.
        (None, Some(before)) if !before.closes => {
            let start = from.saturating_sub(before.text.len());
            before.text = line.text.get(start..to).unwrap_or(before.text);
        }
        (None, _) => {}
    }
}

/// Shares the text of a cluster among its glyphs. Glyphs that stand for no character at all, as a
/// leader, are a cluster with an empty text: ink only.
fn cluster<'a>(cells: &mut Vec<Cell<'a>>, glyphs: &[SetGlyph], text: &'a str) {
    let characters = text.chars().count();
    let few = characters < glyphs.len();
    let last = glyphs.len() - 1;
    // A word from right to left stands in a horizontal line with its last letter first: readers
    // turn what they find there around (UAX #9). They leave vertical lines as they are.
    let turned = glyphs[0].orientation == Orientation::Upright
        && text.chars().next().is_some_and(runs_leftward);
    if turned && !few {
        let mut rest = text;
        for (place, glyph) in glyphs.iter().enumerate() {
            let start = match place {
                _ if place == last => 0,
                _ => rest.char_indices().next_back().map_or(0, |(at, _)| at),
            };
            let (before, own) = rest.split_at(start);
            rest = before;
            cells.push(Cell {
                text: own,
                start: glyphs[0].start,
                ..cell(glyph)
            });
        }
        return;
    }
    let mut rest = text;
    for (place, glyph) in glyphs.iter().enumerate() {
        let share = if few {
            // One character at most: the first glyphs read, the others add nothing.
            usize::from(place < characters)
        } else if place == 0 {
            characters - last
        } else {
            1
        };
        let bytes = rest
            .char_indices()
            .nth(share)
            .map_or(rest.len(), |(at, _)| at);
        let (own, after) = rest.split_at(bytes);
        rest = after;
        cells.push(Cell {
            text: if own.is_empty() { NOTHING } else { own },
            start: glyphs[0].start,
            opens: (few && place == 0).then_some(text),
            closes: few && place == last,
            ..cell(glyph)
        });
    }
}

fn cell(glyph: &SetGlyph) -> Cell<'static> {
    Cell {
        face: glyph.face,
        id: if glyph.face == FaceId::MISSING {
            0
        } else {
            glyph.id
        },
        size: glyph.size,
        width: glyph.width,
        orientation: glyph.orientation,
        pen: pen(glyph),
        text: NOTHING,
        start: glyph.start,
        opens: None,
        closes: false,
    }
}

fn pen(glyph: &SetGlyph) -> Logical<Length> {
    Logical::new(glyph.at + glyph.offset.inline, glyph.offset.block)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::font::{FaceRole, Weight};
    use crate::geom::WritingMode;

    /// A line of ten-point glyphs that stand for these byte ranges.
    fn line(text: &str, ranges: &[(u32, u32)]) -> (Line, Faces) {
        let faces = Faces::bundled();
        let face = faces.pick(FaceRole::Body, Weight::Regular, "a").unwrap();
        let glyphs = ranges
            .iter()
            .zip(0..)
            .map(|(&(start, end), place)| SetGlyph {
                face,
                id: 5,
                size: Length::pt(10),
                width: Em::ONE,
                orientation: Orientation::Upright,
                at: Length::pt(10) * place,
                advance: Length::pt(10),
                offset: Logical::default(),
                start,
                end,
            });
        let line = Line {
            mode: WritingMode::HorizontalTb,
            size: Length::pt(10),
            text: text.into(),
            glyphs: glyphs.collect(),
            decorations: Vec::new(),
            beside: Vec::new(),
            links: Vec::new(),
            voices: Vec::new(),
            start: Length::ZERO,
            natural: Length::ZERO,
            set: Length::ZERO,
            hang: Length::ZERO,
            base: 0..0,
            label: false,
            last: true,
            span: crate::diag::Span::default(),
        };
        (line, faces)
    }

    fn texts(text: &str, ranges: &[(u32, u32)]) -> Vec<String> {
        let (line, faces) = line(text, ranges);
        cells(&line, &faces)
            .iter()
            .map(|cell| cell.text.to_owned())
            .collect()
    }

    #[test]
    fn a_ligature_reads_as_all_its_characters() {
        assert_eq!(texts("——中", &[(0, 6), (6, 9)]), ["——", "中"]);
    }

    #[test]
    fn swallowed_spaces_are_read_where_they_stood() {
        assert_eq!(
            texts(" ab c ", &[(1, 2), (2, 3), (4, 5)]),
            [" ", "a", "b", " ", "c", " "]
        );
    }

    #[test]
    fn marks_share_the_characters_of_their_cluster() {
        assert_eq!(
            texts("e\u{301}x", &[(0, 3), (3, 3), (3, 4)]),
            ["e", "\u{301}", "x"]
        );
    }

    #[test]
    fn a_character_of_two_glyphs_is_told_once() {
        let (line, faces) = line("éx", &[(0, 2), (2, 2), (2, 3)]);
        let cells = cells(&line, &faces);
        assert_eq!(cells[0].opens, Some("é"));
        assert_eq!((cells[1].text, cells[1].closes), (NOTHING, true));
        assert_eq!((cells[2].text, cells[2].opens), ("x", None));
    }

    #[test]
    fn ink_without_text_reads_as_nothing() {
        let (line, faces) = line("", &[(0, 0), (0, 0)]);
        let cells = cells(&line, &faces);
        assert_eq!(cells[0].opens, Some(""));
        assert!(!cells[0].closes && cells[1].closes);
    }
}
