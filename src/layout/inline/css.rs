//! Profile `css`: a paragraph as browsers set it by CSS Text 4, greedy, in natural lengths.

use icu_properties::CodePointMapData;
use icu_properties::props::{Script, VerticalOrientation};

use crate::diag::{Sink, Warned};
use crate::font::{Direction, FaceId, FaceRole, Faces, Shaping};
use crate::geom::Length;
use crate::layout::line::Line;
use crate::model::{Inline, Style};
use crate::rules::body::Role;
use crate::rules::class::{CharClass, is_attached};
use crate::rules::context::classes;
use crate::rules::css::autospace::{self, Chinese, Side};
use crate::rules::css::levels::Level;
use crate::rules::css::trim::{self, Half, Mark};
use crate::rules::house::House;
use crate::rules::uax14::{Chance, tailored};

use super::cell::Cell;
use super::collect::{Collected, PieceKind, collect};
use super::commit::{Extract, Placed, Source, link};
use super::greedy::{Greedy, Place, is_collapsible, lay, sums};
use super::itemize::{Run, Way, is_silent};
use super::justify::SetLine;
use super::neighbours::force;
use super::setting::{Css, MarksOf, Setting};
use super::shape::Shaper;
use super::warichu::Notes;

/// What the profile needs to know.
pub(super) struct Browser<'a> {
    pub(super) faces: &'a Faces,
    pub(super) style: &'a Style,
    /// The rules of the tradition in the direction of the lines: where marks stand.
    pub(super) house: &'a House,
    /// Rules under which every character is as long as its glyph.
    pub(super) drawn: &'a House,
    pub(super) css: Css,
}

impl Browser<'_> {
    /// Sets one paragraph.
    pub(super) fn paragraph(&self, text: &[Inline], setting: &Setting<'_>) -> Warned<Vec<Line>> {
        let mut sink = Sink::new();
        let collected = collect(text, setting, self.style, &mut sink);
        let classes = classes(&collected.text, setting.language);
        let vertical = setting.mode.is_vertical();
        let runs = self.runs(&collected, vertical);
        let mut cells = Shaper {
            faces: self.faces,
            house: self.drawn,
            vertical,
            western_shift: crate::geom::Em::ZERO,
            is_code: false,
        }
        .cells(&collected, &classes, &runs);
        force(&mut cells.cells, &collected.breaks);
        collapse(&mut cells.cells);
        let faces: Vec<FaceId> = cells
            .cells
            .iter()
            .map(|cell| {
                cells
                    .glyphs
                    .get(cell.glyph as usize)
                    .map_or(FaceId::MISSING, |glyph| glyph.face)
            })
            .collect();
        self.trim(&mut cells.cells, &faces, setting);
        space(&mut cells.cells, setting);
        let places = self.places(&collected, &cells.cells, setting);
        let sums = sums(&cells.cells);
        let lines = Greedy {
            cells: &cells.cells,
            sums: &sums,
            room: setting.measure.wide(),
            indent: setting.indent.wide(),
        }
        .lines(&places);
        let notes = Notes::default();
        let source = Source {
            collected: &collected,
            cells: &cells,
            mode: setting.mode,
            size: setting.size,
            notes: &notes,
            fragments: &[],
        };
        let mut stood = Vec::with_capacity(cells.cells.len());
        let mut set = SetLine::default();
        let mut made: Vec<Line> = Vec::with_capacity(lines.len());
        for (i, taken) in lines.iter().enumerate() {
            lay(&cells.cells, taken, &mut set);
            let extract = Extract {
                start: taken.start,
                end: taken.end,
                head: taken.head,
                tail: taken.tail,
                at: if i == 0 { setting.indent } else { Length::ZERO },
                last: taken.last,
                hung: false,
                spare: 0,
                hyphen: None,
            };
            made.push(source.line(&extract, &set, &mut stood));
        }
        let ends: Vec<usize> = lines.iter().map(|taken| taken.end).collect();
        let placed = Placed {
            cells: &cells.cells,
            stood: &stood,
            ends: &ends,
            edges: &[],
            fragments: &[],
        };
        link(&placed, &collected.links, &mut made);
        sink.warned(made)
    }

    /// Runs of one face and one orientation: upright or turned by UAX #50 (CSS Writing Modes 4
    /// #text-orientation, `mixed`).
    fn runs(&self, collected: &Collected<'_>, vertical: bool) -> Vec<Run> {
        let mut runs: Vec<Run> = Vec::with_capacity(collected.text.len() / 30 + 4);
        let mut number = 0;
        let mut script = Script::Common;
        for piece in &collected.pieces {
            let look = collected.looks[usize::from(piece.look)];
            let text = &collected.text[piece.start as usize..piece.end as usize];
            let combined = vertical && piece.kind == PieceKind::Upright;
            let mut chars = text.char_indices().peekable();
            let mut first_of_piece = true;
            while let Some((at, c)) = chars.next() {
                let mut end = at + c.len_utf8();
                let first = number;
                number += 1;
                while let Some((i, mark)) = chars
                    .next_if(|(_, mark)| is_attached(*mark) && is_silent(*mark) == is_silent(c))
                {
                    end = i + mark.len_utf8();
                    number += 1;
                }
                let way = if is_silent(c) {
                    Way::Silent
                } else if combined {
                    Way::Combined
                } else if vertical {
                    stand(c)
                } else {
                    Way::Along
                };
                let own = script_of(c);
                let same_script =
                    own == Script::Common || script == Script::Common || own == script;
                if own != Script::Common {
                    script = own;
                }
                let cluster = &text[at..end];
                let face = self
                    .faces
                    .pick(look.role, look.weight, cluster)
                    .or_else(|| self.faces.pick(FaceRole::Emoji, look.weight, cluster))
                    .or_else(|| {
                        let mut bytes = [0; 4];
                        let bare = c.encode_utf8(&mut bytes);
                        self.faces.pick(look.role, look.weight, bare)
                    })
                    .unwrap_or(FaceId::MISSING);
                let (start, end) = (piece.start + at as u32, piece.start + end as u32);
                match runs.last_mut() {
                    Some(run)
                        if same_script
                            && run.face == face
                            && run.way == way
                            && run.look == piece.look
                            && run.kind == piece.kind
                            && face != FaceId::MISSING
                            && !(first_of_piece && combined) =>
                    {
                        run.end = end;
                    }
                    _ => runs.push(Run {
                        start,
                        end,
                        first: u32::try_from(first).unwrap_or(u32::MAX),
                        face,
                        size: look.size,
                        em: look.size,
                        raise: Length::ZERO,
                        look: piece.look,
                        way,
                        kind: piece.kind,
                        narrow: false,
                    }),
                }
                first_of_piece = false;
            }
        }
        runs
    }

    /// Neighbouring marks are set half (CSS Text 4 #text-spacing-trim, `normal`).
    fn trim(&self, cells: &mut [Cell], faces: &[FaceId], setting: &Setting<'_>) {
        let mut able: Vec<(FaceId, char, bool)> = Vec::new();
        let mut before = Mark::Other;
        for i in 0..cells.len() {
            let mark = self.mark(&cells[i], faces[i], setting);
            if matches!(mark, Mark::Open | Mark::Close) {
                let own = (faces[i], cells[i].first);
                let known = able.iter().find(|(face, c, _)| (*face, *c) == own);
                let can = known.map_or_else(|| self.has_half_form(own, setting), |known| known.2);
                if known.is_none() {
                    able.push((own.0, own.1, can));
                }
                let cell = &mut cells[i];
                // A mark of another length has nothing to give (composition rules §1.3).
                if can && (cell.body - cell.size.milli()).abs() <= cell.size.milli() / 100 {
                    let half = cell.size.milli() / 2;
                    cell.body -= half;
                    if mark == Mark::Open {
                        (cell.full_pre, cell.pre, cell.lead) = (half, half, half);
                    } else {
                        (cell.full_post, cell.post) = (half, half);
                    }
                }
            }
            if i > 0 {
                let (head, tail) = cells.split_at_mut(i);
                let (a, b) = (&mut head[i - 1], &mut tail[0]);
                match trim::between(before, mark) {
                    Half::First if b.size >= a.size => a.post = 0,
                    Half::Second if a.size >= b.size => b.pre = 0,
                    _ => {}
                }
            }
            before = mark;
        }
    }

    /// What a cell is, its ink seen.
    fn mark(&self, cell: &Cell, face: FaceId, setting: &Setting<'_>) -> Mark {
        let mark = trim::mark(cell.first);
        let wide = |wide, narrow| {
            let is_wide = match self.css.marks {
                MarksOf::Language => cell.body >= cell.size.milli() * 99 / 100,
                MarksOf::Face => self.is_wide(cell.first, face, setting),
            };
            if is_wide { wide } else { narrow }
        };
        match mark {
            Mark::Dot | Mark::Colon | Mark::Semicolon => match self.css.marks {
                MarksOf::Language => match self.house.body(cell.class).role {
                    Role::Corner | Role::Closing => Mark::Close,
                    Role::Centred | Role::Floating => Mark::Middle,
                    _ => Mark::Other,
                },
                MarksOf::Face => self.inked(cell.first, face, setting),
            },
            Mark::OpenQuote => wide(Mark::Open, Mark::OpenNarrow),
            Mark::CloseQuote => wide(Mark::Close, Mark::CloseNarrow),
            other => other,
        }
    }

    /// Whether a face draws a quote as wide as an ideograph; asked of horizontal text in both
    /// directions, as browsers do.
    fn is_wide(&self, c: char, face: FaceId, setting: &Setting<'_>) -> bool {
        if face == FaceId::MISSING {
            return false;
        }
        let how = Shaping {
            language: asked(setting),
            ..Shaping::default()
        };
        let shaped = self
            .faces
            .face(face)
            .shape(c.encode_utf8(&mut [0; 4]), &how);
        shaped
            .iter()
            .map(|glyph| glyph.advance.milli())
            .sum::<i32>()
            >= 990
    }

    /// What the ink of a mark says: in the first half of its cell it closes, in the middle half it
    /// is a middle mark (composition rules §1.4).
    fn inked(&self, c: char, face: FaceId, setting: &Setting<'_>) -> Mark {
        if face == FaceId::MISSING {
            return Mark::Other;
        }
        let face = self.faces.face(face);
        let vertical = setting.mode.is_vertical();
        let shaped = face.shape(
            c.encode_utf8(&mut [0; 4]),
            &Shaping {
                direction: if vertical {
                    Direction::Vertical
                } else {
                    Direction::Horizontal
                },
                language: asked(setting),
                features: &[],
            },
        );
        let [glyph] = shaped[..] else {
            return Mark::Other;
        };
        let Some(ink) = face.ink(glyph.id) else {
            return Mark::Other;
        };
        let (from, to) = if vertical {
            let origin = face.vertical_origin(glyph.id).block;
            (origin - ink.y_max, origin - ink.y_min)
        } else {
            (ink.x_min, ink.x_max)
        };
        if to.milli() <= 500 {
            Mark::Close
        } else if from.milli() >= 250 && to.milli() <= 750 {
            Mark::Middle
        } else {
            Mark::Other
        }
    }

    /// Whether a face can set a mark half (`halt`, `vhal`); where the place of marks is taken from
    /// the language, any can.
    fn has_half_form(&self, (face, mark): (FaceId, char), setting: &Setting<'_>) -> bool {
        if self.css.marks == MarksOf::Language || face == FaceId::MISSING {
            return true;
        }
        let (direction, feature) = if setting.mode.is_vertical() {
            (Direction::Vertical, *b"vhal")
        } else {
            (Direction::Horizontal, *b"halt")
        };
        let face = self.faces.face(face);
        let long = |features: &[([u8; 4], u32)]| -> i32 {
            let how = Shaping {
                direction,
                language: setting.language.tag(),
                features,
            };
            let glyphs = face.shape(mark.encode_utf8(&mut [0; 4]), &how);
            glyphs.iter().map(|glyph| glyph.advance.milli()).sum()
        };
        long(&[(feature, 1)]) < long(&[])
    }

    /// Where lines may end, by UAX #14 and the style's `line-break`.
    fn places(
        &self,
        collected: &Collected<'_>,
        cells: &[Cell],
        setting: &Setting<'_>,
    ) -> Vec<Place> {
        let level = Level::of(self.css.line_break, setting.language);
        let found = tailored(&collected.text, &level);
        let mut places = Vec::with_capacity(found.len());
        let mut forced = collected.breaks.iter().peekable();
        let mut cell = 0;
        let mut push = |at: u32, chance| {
            while cell < cells.len() && cells[cell].start < at {
                cell += 1;
            }
            let is_edge = cells.get(cell).map_or(at, |cell| cell.start) == at;
            let is_new = places.last().is_none_or(|place: &Place| place.cell < cell);
            if is_edge && is_new && cell > 0 {
                places.push(Place { cell, chance });
            }
        };
        for (at, chance) in found {
            let at = u32::try_from(at).unwrap_or(u32::MAX);
            while let Some(own) = forced.next_if(|own| **own <= at) {
                push(*own, Chance::Mandatory);
            }
            push(at, chance);
        }
        places
    }
}

/// The language in which browsers ask a face where its marks stand: Japanese faces are asked without
/// one, because their tables of kana have no forms by language.
fn asked<'s>(setting: &Setting<'s>) -> &'s str {
    if setting.language.is_japanese() {
        ""
    } else {
        setting.language.tag()
    }
}

/// The script of a character; wide marks and symbols count as Han (UAX #24: a run of common
/// characters takes the script before it).
fn script_of(c: char) -> Script {
    if matches!(c, '\u{3000}'..='\u{9fff}' | '\u{ff00}'..='\u{ffef}') {
        return Script::Han;
    }
    if c.is_ascii() && !c.is_ascii_alphabetic() {
        return Script::Common;
    }
    match CodePointMapData::<Script>::new().get(c) {
        Script::Inherited => Script::Common,
        own => own,
    }
}

/// How a character stands in a vertical line. What has an alternate for it is never turned, whether
/// the face draws one or not.
fn stand(c: char) -> Way {
    if matches!(c, '\u{3400}'..='\u{9fff}') {
        return Way::Upright;
    }
    match CodePointMapData::<VerticalOrientation>::new().get(c) {
        VerticalOrientation::Rotated => Way::Turned,
        _ => Way::Upright,
    }
}

/// Spaces that follow a space go (CSS Text 3 #white-space-phase-1).
fn collapse(cells: &mut [Cell]) {
    for i in 1..cells.len() {
        if is_collapsible(&cells[i - 1]) && is_collapsible(&cells[i]) {
            cells[i].body = 0;
        }
    }
}

/// Gaps between ideographs and words (CSS Text 4 #text-autospace-property, `normal`).
fn space(cells: &mut [Cell], setting: &Setting<'_>) {
    let chinese = if setting.language.is_chinese() {
        Chinese::Yes
    } else {
        Chinese::No
    };
    let side = |cell: &Cell, c| match cell.class {
        CharClass::Combined => Side::Neither,
        _ => autospace::side(c, chinese),
    };
    for i in 1..cells.len() {
        let (head, tail) = cells.split_at_mut(i);
        let (a, b) = (&mut head[i - 1], &tail[0]);
        if autospace::gap(side(a, a.last), side(b, b.first)) {
            a.gap = autospace::GAP.of(a.size).milli();
        }
    }
}
