//! Runs become cells: each cluster is shaped once, measured, and its ink put where it belongs.

use crate::font::{Direction, Face, FaceId, Faces, ShapedGlyph, Shaping};
use crate::geom::{Em, Length, round_div};
use crate::layout::line::Orientation;
use crate::model::Language;
use crate::rules::adjust::Stretch;
use crate::rules::body::{Role, SIGN};
use crate::rules::class::{CharClass, is_attached};
use crate::rules::house::House;

use super::cell::{BREAKS, CODE, Cell, Cells, Glyph, JOINED, NARROW, SOFT_HYPHEN, SOLID};
use super::collect::{Collected, PieceKind};
use super::itemize::{Run, Way};
use super::place::{Drawn, MIDDLE, place};
use super::sorts::Sorts;

/// Word space of Japanese text (jlreq #western_word_space).
const JAPANESE_SPACE: Em = Em::from_milli(333);

/// Advances of what is fitted into a square, in thousandths of the em.
const SQUARE: std::ops::RangeInclusive<i64> = 700..=1300;

/// What a mark without a letter is set on.
const CIRCLE: char = '\u{25cc}';

/// Half-width forms, which stay as they are drawn (composition rules §1.3).
const fn is_half_width(c: char) -> bool {
    matches!(c, '\u{ff61}'..='\u{ffdc}' | '\u{ffe8}'..='\u{ffee}')
}

/// Whether letters of a face have widths of their own; in code its half-width forms are set.
fn is_proportional(face: &Face) -> bool {
    let width = |letter| face.glyph(letter).map(|id| face.advance(id));
    width('i') != width('m')
}

/// What shaping needs to know.
pub(super) struct Shaper<'a> {
    pub(super) faces: &'a Faces,
    pub(super) house: &'a House,
    pub(super) vertical: bool,
    /// Shift of the Western baseline.
    pub(super) western_shift: Em,
    /// Whether the paragraph is code: two of its letters are as wide as one Han character.
    pub(super) is_code: bool,
}

impl Shaper<'_> {
    /// Shapes all runs of a paragraph.
    pub(super) fn cells(
        &self,
        collected: &Collected<'_>,
        classes: &[CharClass],
        runs: &[Run],
    ) -> Cells {
        let count = classes.len();
        let mut build = Build {
            shaper: self,
            collected,
            classes,
            out: Cells {
                cells: Vec::with_capacity(count),
                glyphs: Vec::with_capacity(count),
            },
            sorts: Sorts::default(),
            marks: Sorts::default(),
        };
        for run in runs {
            build.run(run);
        }
        build.join_pieces();
        build.out
    }
}

/// Cells in the making.
pub(super) struct Build<'b, 'a> {
    pub(super) shaper: &'b Shaper<'a>,
    pub(super) collected: &'b Collected<'b>,
    pub(super) classes: &'b [CharClass],
    pub(super) out: Cells,
    /// What was set before: glyphs that were shaped, and characters that stood alone in a run or
    /// between ideographs.
    pub(super) sorts: Sorts,
    pub(super) marks: Sorts,
}

impl<'b> Build<'b, '_> {
    fn run(&mut self, run: &Run) {
        if run.face == FaceId::MISSING {
            self.missing(run, (run.start, run.end), self.classes[run.first as usize]);
            return;
        }
        match run.way {
            Way::Space => self.space(run),
            Way::Quote => self.quote(run),
            Way::Silent => {
                let face = self.shaper.faces.face(run.face);
                self.attach(run, run.start, run.end, &[], face);
            }
            Way::Combined => self.combined(run),
            Way::Stacked => self.stacked(run),
            Way::Dash => self.dashes(run),
            Way::HalfForm => self.half_form(run),
            Way::Along | Way::Turned | Way::TurnedCapitals => {
                let features: &[([u8; 4], u32)] = match (self.shaper.is_code, run.narrow) {
                    (true, _) => &[(*b"hwid", 1), (*b"liga", 0)],
                    (false, true) => &[(*b"pwid", 1)],
                    (false, false) => &[],
                };
                self.shaped(run, Direction::Horizontal, features);
            }
            Way::Leftward => self.leftward(run),
            Way::Upright | Way::UprightOrTurned => self.shaped(run, Direction::Vertical, &[]),
            Way::Plain => self.shaped(run, Direction::Vertical, &[(*b"vert", 0), (*b"vrt2", 0)]),
        }
    }

    /// The language of a run.
    pub(super) fn language(&self, run: &Run) -> &'b Language {
        let look = self.collected.looks[usize::from(run.look)];
        self.collected.languages[usize::from(look.language)]
    }

    pub(super) fn text(&self, run: &Run) -> &str {
        &self.collected.text[run.start as usize..run.end as usize]
    }

    /// An empty cell for a stretch of the text.
    pub(super) fn cell(&self, run: &Run, start: u32, end: u32, class: CharClass) -> Cell {
        let text = &self.collected.text[start as usize..end as usize];
        let first = text.chars().next().unwrap_or(' ');
        let last = text
            .chars()
            .rev()
            .find(|c| !is_attached(*c))
            .unwrap_or(first);
        let mut flags = 0;
        for c in text.chars() {
            flags |= match c {
                '\u{200b}' => BREAKS,
                '\u{ad}' => SOFT_HYPHEN,
                '\u{2060}' | '\u{feff}' => JOINED,
                _ => 0,
            };
        }
        if run.kind == PieceKind::Code || self.collected.looks[usize::from(run.look)].code {
            flags |= CODE;
        }
        Cell {
            start,
            end,
            glyph: u32::try_from(self.out.glyphs.len()).unwrap_or(u32::MAX),
            glyphs: 0,
            class,
            first,
            last,
            orientation: Orientation::Upright,
            size: run.em,
            lead: 0,
            full_pre: 0,
            full_post: 0,
            pre: 0,
            post: 0,
            body: 0,
            at_head: 0,
            at_tail: 0,
            gap: 0,
            space_shrink: 0,
            gap_shrink: 0,
            space_stretch: 0,
            gap_stretch: 0,
            step: u8::MAX,
            stretch: Stretch::Never,
            flags,
        }
    }

    /// A character that no face has: one em square.
    fn missing(&mut self, run: &Run, range: (u32, u32), class: CharClass) {
        let class = match class {
            CharClass::WordSpace => CharClass::WordSpace,
            class if class.is_mark() => class,
            _ => CharClass::Ideograph,
        };
        let mut cell = self.cell(run, range.0, range.1, class);
        cell.body = run.em.milli();
        cell.glyphs = 1;
        self.out.glyphs.push(Glyph {
            face: FaceId::MISSING,
            id: 0,
            size: run.em,
            width: Em::ONE,
            inline: Length::ZERO,
            block: Length::ZERO,
        });
        self.out.cells.push(cell);
    }

    /// A word from right to left: one cell, so that its letters keep the order in which they are
    /// typed for whoever reads the text, and stand in their own order on the line.
    fn leftward(&mut self, run: &Run) {
        let glyphs = self.shaper.faces.face(run.face).shape(
            self.text(run),
            &Shaping {
                direction: Direction::Leftward,
                language: self.language(run).tag(),
                features: &[],
            },
        );
        let class = self.classes[run.first as usize];
        self.cluster(run, (run.start, run.end), class, &glyphs);
    }

    /// A word space: the face's own, or the fixed width of its kind.
    fn space(&mut self, run: &Run) {
        let face = self.shaper.faces.face(run.face);
        let mut cell = self.cell(run, run.start, run.end, CharClass::WordSpace);
        let id = face
            .glyph(cell.first)
            .filter(|_| !cell.first.is_control())
            .or_else(|| face.glyph(' '))
            .unwrap_or(0);
        let advance = if cell.first == ' ' && !cell.has(CODE) && self.language(run).is_japanese() {
            JAPANESE_SPACE
        } else if self.shaper.is_code && is_proportional(face) {
            Em::HALF
        } else {
            face.advance(id)
        };
        cell.body = advance.of(run.size).milli();
        if cell.first == '\u{a0}' || cell.first == '\u{202f}' {
            cell.flags |= JOINED;
        }
        if self.shaper.vertical {
            cell.orientation = Orientation::Rotated;
        }
        cell.glyphs = 1;
        self.out.glyphs.push(Glyph {
            face: run.face,
            id,
            size: run.size,
            width: Em::ONE,
            inline: Length::ZERO,
            block: Length::ZERO,
        });
        self.out.cells.push(cell);
    }

    /// Characters without a cell of their own go to the cell before them.
    pub(super) fn attach(
        &mut self,
        run: &Run,
        start: u32,
        end: u32,
        glyphs: &[ShapedGlyph],
        face: &Face,
    ) {
        let mut own = self.cell(run, start, end, CharClass::Western);
        let invisible = glyphs.is_empty()
            || self.collected.text[start as usize..end as usize]
                .chars()
                .all(|c| face.glyph(c).is_none_or(|id| face.ink(id).is_none()));
        match self.out.cells.last_mut() {
            Some(last) if last.end == start && (invisible || !last.is_space()) => {
                last.end = end;
                last.flags |= own.flags;
                if invisible {
                    return;
                }
                // A mark is drawn over what is before it.
                let inline = Length::from_milli(last.lead + last.body);
                for glyph in glyphs {
                    self.out.glyphs.push(Glyph {
                        face: run.face,
                        id: glyph.id,
                        size: run.size,
                        width: Em::ONE,
                        inline: inline + glyph.offset_x.of(run.size),
                        block: -glyph.offset_y.of(run.size),
                    });
                    last.glyphs = last.glyphs.saturating_add(1);
                }
            }
            _ if !invisible => {
                // A mark without a letter stands on a circle (Unicode, 2.11).
                let circled = format!(
                    "{CIRCLE}{}",
                    &self.collected.text[start as usize..end as usize]
                );
                let glyphs = face.shape(
                    &circled,
                    &Shaping {
                        direction: if run.way == Way::Upright {
                            Direction::Vertical
                        } else {
                            Direction::Horizontal
                        },
                        language: self.language(run).tag(),
                        features: &[],
                    },
                );
                self.cluster(run, (start, end), CharClass::Ideograph, &glyphs);
            }
            _ => {
                // Nothing before it: an empty cell carries the text.
                own.glyphs = 1;
                self.inkless(run);
                self.out.cells.push(own);
            }
        }
    }

    /// A glyph without ink, for what is set or drawn otherwise.
    pub(super) fn inkless(&mut self, run: &Run) {
        let face = self.shaper.faces.face(run.face);
        self.out.glyphs.push(Glyph {
            face: run.face,
            id: face.glyph(' ').unwrap_or(0),
            size: run.size,
            width: Em::ONE,
            inline: Length::ZERO,
            block: Length::ZERO,
        });
    }

    /// One cluster becomes one cell, whatever was set before.
    pub(super) fn cast(
        &mut self,
        run: &Run,
        range: (u32, u32),
        class: CharClass,
        shaped: &[ShapedGlyph],
    ) {
        let face = self.shaper.faces.face(run.face);
        // A mark that the face lacks is not drawn, nor what only led to another glyph; what of a
        // whole cluster is left without a glyph gets its box.
        let drawn: Vec<ShapedGlyph>;
        let shaped = match shaped {
            [one] if one.id != 0 => shaped,
            [_] => return self.missing(run, range, class),
            _ => {
                let is_drawn = |g: &&ShapedGlyph| {
                    g.id != 0 && (g.advance != Em::ZERO || face.ink(g.id).is_some())
                };
                drawn = shaped.iter().filter(is_drawn).copied().collect();
                match drawn.is_empty() {
                    true if shaped.iter().any(|g| g.id == 0) => {
                        return self.missing(run, range, class);
                    }
                    true => shaped,
                    false => &drawn,
                }
            }
        };
        let size = run.size;
        let mut cell = self.cell(run, range.0, range.1, class);
        cell.orientation = match run.way {
            Way::Turned | Way::TurnedCapitals => Orientation::Rotated,
            Way::Leftward if self.shaper.vertical => Orientation::Rotated,
            Way::UprightOrTurned
                if shaped.len() == 1 && face.glyph(cell.first) == Some(shaped[0].id) =>
            {
                Orientation::Rotated
            }
            _ => Orientation::Upright,
        };
        let turned_here =
            run.way == Way::UprightOrTurned && cell.orientation == Orientation::Rotated;
        let solid = self.solid(class, &cell, shaped, face);
        let advance: i64 = if let Some(advance) = solid {
            i64::from(advance.milli())
        } else if turned_here {
            i64::from(face.advance(shaped[0].id).milli())
        } else {
            shaped.iter().map(|g| i64::from(g.advance.milli())).sum()
        };
        let raise =
            self.collected.looks[usize::from(run.look)].raise + run.raise + self.shift(run, class);
        let middle = middle(face, &cell, run.way).of(size);
        let (advance, inset) = fitted(run, class, advance);
        let mut pen = 0;
        for glyph in shaped {
            let (x, y) = if turned_here || solid.is_some() {
                (Length::ZERO, Length::ZERO)
            } else {
                (glyph.offset_x.of(size), glyph.offset_y.of(size))
            };
            let pen_length = Em::from_wide(pen).of(size) + inset;
            let (inline, block) = match (self.shaper.vertical, cell.orientation) {
                (false, _) => (pen_length + x, -y - raise),
                (true, Orientation::Upright | Orientation::Combined) => {
                    (pen_length - y, -x - raise)
                }
                (true, Orientation::Rotated) => (pen_length + x, middle - y - raise),
            };
            self.out.glyphs.push(Glyph {
                face: run.face,
                id: glyph.id,
                size,
                width: Em::ONE,
                inline,
                block,
            });
            pen += i64::from(glyph.advance.milli());
        }
        cell.glyphs = u16::try_from(shaped.len()).unwrap_or(u16::MAX);
        self.fill(&mut cell, advance, shaped, face);
        self.out.cells.push(cell);
    }

    /// The face's own advance of a Chinese or Japanese character that fills its cell: it is set
    /// solid, whatever pairs of it the face kerns (composition rules §1.1).
    fn solid(
        &self,
        class: CharClass,
        cell: &Cell,
        shaped: &[ShapedGlyph],
        face: &Face,
    ) -> Option<Em> {
        let [glyph] = shaped else {
            return None;
        };
        if !class.is_cjk() || glyph.advance == Em::ONE || cell.orientation == Orientation::Rotated {
            return None;
        }
        // Where no rules of a house hold, pairs stand as the face draws them.
        if self.shaper.house.is_drawn() {
            return None;
        }
        let own = if self.shaper.vertical {
            face.vertical_advance(glyph.id)
        } else {
            face.advance(glyph.id)
        };
        (own == Em::ONE).then_some(own)
    }

    /// How far Western text is moved from the baseline of its line.
    fn shift(&self, run: &Run, class: CharClass) -> Length {
        if class.is_western() {
            self.shaper.western_shift.of(run.size)
        } else {
            Length::ZERO
        }
    }

    /// Gives a cell its lengths from the tables, and moves its ink to its place.
    fn fill(&mut self, cell: &mut Cell, advance: Em, shaped: &[ShapedGlyph], face: &Face) {
        let size = cell.size;
        let natural = advance.of(size).milli();
        let mut body = self.shaper.house.body(cell.class).of(cell.first);
        cell.body = natural;
        if self.shaper.house.is_drawn() {
            return;
        }
        if cell.has(CODE) && !cell.class.is_mark() || is_half_width(cell.first) {
            return;
        }
        let narrow = advance < Em::from_milli(950);
        let after_han = self
            .out
            .cells
            .last()
            .is_some_and(|before| before.end == cell.start && before.class.is_cjk());
        if cell.class == CharClass::Suffix && narrow && after_han && !cell.first.is_ascii() {
            // ° and ′ after Han numerals fill a cell as other units do.
            body = SIGN;
        } else if matches!(cell.class, CharClass::Prefix | CharClass::Suffix) {
            if narrow && (!self.shaper.vertical || cell.orientation == Orientation::Rotated) {
                cell.flags |= NARROW;
            }
            return;
        }
        // A bracket that the face draws narrow has no blank to give (composition rules §1.3).
        let proportional = narrow && matches!(body.role, Role::Opening | Role::Closing);
        let Some(length) = body.cell.filter(|_| !proportional) else {
            return;
        };
        // A glyph for several characters (——) is as long as the face makes it.
        if advance > Em::from_milli(1050) {
            return;
        }
        let (mut natural, length) = (natural, length.of(size).milli());
        if let (1, Some(glyph)) = (shaped.len(), self.out.glyphs.last_mut())
            && cell.class == CharClass::Solidus
            && natural > length + size.milli() / 4
            && !self.shaper.vertical
            && let Some(id) = face.glyph('/')
        {
            // A solidus of half an em is the narrow one of the face.
            glyph.id = id;
            natural = face.advance(id).of(size).milli();
        }
        cell.full_pre = body.pre.of(size).milli();
        cell.full_post = body.post.of(size).milli();
        cell.pre = cell.full_pre;
        cell.post = cell.full_post;
        cell.body = length - cell.full_pre - cell.full_post;
        cell.lead = (body.pre + body.cut).of(size).milli();
        if body.cut == body.pre && body.cut > Em::ZERO {
            cell.lead = body.cut.of(size).milli();
        }
        cell.step = self.shaper.house.step(cell.class).unwrap_or(u8::MAX);
        if let (1, Some(glyph)) = (shaped.len(), self.out.glyphs.last_mut()) {
            let drawn = Drawn {
                cell,
                body,
                natural,
                face,
                vertical: self.shaper.vertical,
            };
            place(&drawn, glyph);
        }
    }

    /// Pieces that stay with what is before them; they open no gap.
    fn join_pieces(&mut self) {
        let mut cells = self.out.cells.iter_mut().peekable();
        for piece in self.collected.pieces.iter().filter(|piece| piece.joined) {
            while let Some(cell) = cells.next_if(|cell| cell.start < piece.start) {
                if cell.end >= piece.start {
                    cell.flags |= JOINED;
                }
            }
            while let Some(cell) = cells.next_if(|cell| cell.end <= piece.end) {
                // Labels take no room at a line's end; superior text of the author's does.
                if piece.kind == PieceKind::Label {
                    cell.flags |= SOLID;
                }
                if cell.end < piece.end {
                    cell.flags |= JOINED;
                }
            }
        }
    }
}

/// The advance of a cluster in em of the text around it, and how far its glyphs are moved into
/// their cell: what is fitted and as good as a square becomes one.
fn fitted(run: &Run, class: CharClass, advance: i64) -> (Em, Length) {
    if run.size == run.em {
        return (Em::from_wide(advance), Length::ZERO);
    }
    let set = round_div(advance * run.size.wide(), run.em.wide().max(1));
    if class.is_western() || !SQUARE.contains(&set) {
        return (Em::from_wide(set), Length::ZERO);
    }
    let inset = Em::from_wide((1000 - set) / 2).of(run.em);
    (Em::ONE, inset)
}

/// What of a turned glyph stands on the axis of a vertical line: the middle of its capitals in
/// words of capitals and in numbers, between that and the middle of its small letters in other
/// words (composition rules §9.5); the middle of their ink in dashes and tildes; else the middle of
/// the em-box.
fn middle(face: &Face, cell: &Cell, way: Way) -> Em {
    let half = |height: Em| Em::from_milli(height.milli() / 2);
    match way {
        Way::TurnedCapitals if cell.class.is_western() => half(face.cap_height()),
        Way::Turned | Way::Leftward if cell.class.is_western() || cell.has(CODE) => {
            half(half(face.cap_height() + face.x_height()))
        }
        Way::UprightOrTurned if !matches!(cell.class, CharClass::Opening | CharClass::Closing) => {
            let ink = face.glyph(cell.first).and_then(|id| face.ink(id));
            ink.map_or(MIDDLE, |ink| half(ink.y_min + ink.y_max))
        }
        _ => MIDDLE,
    }
}
