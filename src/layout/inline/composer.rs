//! The composer: a paragraph in, lines out.

use crate::diag::{Sink, Warned};
use crate::font::{FaceRole, Faces};
use crate::geom::{Em, Length, WritingMode};
use crate::layout::line::Line;
use crate::model::style::{Grid, Hanging, MarkPosition};
use crate::model::{Inline, RubyKind, Style, Tradition};
use crate::rules::adjust::LIMITS;
use crate::rules::class::CharClass;
use crate::rules::context::classes;
use crate::rules::costs::COSTS;
use crate::rules::edges::FirstLine;
use crate::rules::house::House;
use crate::rules::ruby::{self as rules, Script};

use super::bopomofo;
use super::breaker::{Chosen, Room, choose_shaped};
use super::breaks::{Break, Finder, Why};
use super::cell::{Cells, Glyph};
use super::collect::{Collected, Look, Piece, Reading, collect};
use super::commit::{Extract, Placed, Source, link};
use super::cramped::Cramped;
use super::css::Browser;
use super::dash;
use super::itemize::Itemizer;
use super::justify::{Justifier, Slot};
use super::measure::{Ending, Measured};
use super::neighbours::{Neighbours, force};
use super::ornament::{Beneath, adorn};
use super::report::Judged;
use super::ruby::{self, Around, Unit};
use super::setting::{Breaking, Extent, Profile, Setting, TextAlign};
use super::shape::Shaper;
use super::upright;
use super::warichu::{self, Fragment, Notes};
use super::words::Divider;

/// Ways of breaking a paragraph, the first to be tried first, and how many lines are wanted.
type Ways<'b> = (&'b [Breaking], Option<usize>);

/// Composes paragraphs by the rules of one style.
///
/// ```
/// use banxin::font::Faces;
/// use banxin::geom::Length;
/// use banxin::layout::inline::{Composer, Setting};
/// use banxin::model::{Inline, Language, Style};
///
/// let (faces, style, language) = (Faces::bundled(), Style::default(), Language::default());
/// let text = [Inline::Text { text: "版心之內，行行有據。".into(), span: Default::default() }];
/// let setting = Setting::new(&style, &language, Length::pt(63));
/// let lines = Composer::new(&faces, &style).paragraph(&text, &setting).value;
/// assert_eq!(lines.len(), 2);
/// assert_eq!(lines[0].set, Length::pt(63));
/// ```
#[derive(Debug)]
pub struct Composer<'a> {
    faces: &'a Faces,
    style: &'a Style,
    /// The rules for horizontal and for vertical lines.
    houses: [House; 2],
    /// Rules of no house: every character is as long as its glyph.
    drawn: House,
    breaking: Breaking,
}

/// A paragraph up to its breaks.
struct Prepared<'t> {
    collected: Collected<'t>,
    cells: Cells,
    breaks: Vec<Break>,
    readings: Vec<Unit>,
    notes: Notes,
}

/// The narrowest measure, in em, in which Western words are hyphenated without hesitation.
const EASY_MEASURE: i64 = 20;

impl<'a> Composer<'a> {
    /// A composer that sets `faces` by the rules of `style`.
    #[must_use]
    pub fn new(faces: &'a Faces, style: &'a Style) -> Self {
        let houses = [
            House::new(style, WritingMode::HorizontalTb),
            House::new(style, WritingMode::VerticalRl),
        ];
        Self {
            faces,
            style,
            drawn: houses[0].as_drawn(),
            houses,
            breaking: Breaking::Optimum,
        }
    }

    /// The same composer with its breaks chosen in another way.
    ///
    /// ```
    /// use banxin::font::Faces;
    /// use banxin::geom::Length;
    /// use banxin::layout::inline::{Breaking, Composer, Setting};
    /// use banxin::model::{Inline, Language, Style};
    ///
    /// let (faces, style, language) = (Faces::bundled(), Style::default(), Language::default());
    /// let text = [Inline::Text { text: "版心之內，行行有據。".into(), span: Default::default() }];
    /// let setting = Setting::new(&style, &language, Length::from_milli(10_500 * 6));
    /// let composer = Composer::new(&faces, &style);
    /// let count = |composer: &Composer| composer.paragraph(&text, &setting).value.len();
    /// assert_eq!(count(&composer.breaking(Breaking::Greedy)), 2);
    /// ```
    #[must_use]
    pub const fn breaking(mut self, breaking: Breaking) -> Self {
        self.breaking = breaking;
        self
    }

    /// Composes one paragraph. A paragraph without text gives no line.
    ///
    /// The text of all lines, in order, is the paragraph's text with the labels of its notes and
    /// the pages of its references. Lines that do not fit, or only badly, are diagnostics.
    #[must_use]
    pub fn paragraph(&self, text: &[Inline], setting: &Setting<'_>) -> Warned<Vec<Line>> {
        if let Profile::Css(css) = setting.profile {
            let browser = Browser {
                faces: self.faces,
                style: self.style,
                house: self.house(setting.mode),
                drawn: &self.drawn,
                css,
            };
            return browser.paragraph(text, setting);
        }
        self.shaped(text, setting, &[])
    }

    /// Composes one paragraph of which the first lines have measures of their own, so many each:
    /// text beside a picture. Lines before a change of measure do not depend on it.
    #[must_use]
    pub fn shaped(
        &self,
        text: &[Inline],
        setting: &Setting<'_>,
        first: &[(usize, Length)],
    ) -> Warned<Vec<Line>> {
        let breaking = (&[self.breaking][..], None);
        self.broken(text, setting, (first, breaking))
            .unwrap_or_else(|| Sink::new().warned(Vec::new()))
    }

    /// Composes one paragraph as [`paragraph`](Self::paragraph) does, in `wanted` lines where that
    /// is more or fewer than look best: each of `costs`, in thousandths of a unit of badness a
    /// line, is tried in turn, the strongest first, as long as the lines come out too many or too
    /// few. `None` where they do not come out so.
    #[must_use]
    pub fn leaning(
        &self,
        text: &[Inline],
        setting: &Setting<'_>,
        (costs, wanted): (&[i32], usize),
    ) -> Option<Warned<Vec<Line>>> {
        let breakings: Vec<Breaking> = costs.iter().copied().map(Breaking::Leaning).collect();
        self.broken(text, setting, (&[], (&breakings, Some(wanted))))
    }

    /// The lines of a paragraph, broken in the first of some ways that gives as many as are
    /// wanted; whatever is shaped and measured for it serves them all.
    fn broken(
        &self,
        text: &[Inline],
        setting: &Setting<'_>,
        (first, (breakings, wanted)): (&[(usize, Length)], Ways<'_>),
    ) -> Option<Warned<Vec<Line>>> {
        let mut sink = Sink::new();
        let mut prepared = self.prepare(text, setting, &mut sink);
        let readings = std::mem::take(&mut prepared.readings);
        let stripped = bopomofo::indented(setting);
        let setting = if has_strips(&prepared.collected, setting) {
            &stripped
        } else {
            setting
        };
        let measured = self.measured(&prepared, setting);
        let mut found = None;
        for breaking in breakings {
            let room = self.room(setting, *breaking);
            let rooms: Vec<(usize, Room)> = first
                .iter()
                .map(|(count, measure)| {
                    let setting = Setting {
                        measure: *measure,
                        ..*setting
                    };
                    (*count, self.room(&setting, *breaking))
                })
                .collect();
            let chosen = if prepared.cells.cells.is_empty() {
                Vec::new()
            } else {
                choose_shaped(&measured, &prepared.breaks, (&rooms, room))
            };
            if wanted.is_none_or(|wanted| chosen.len() == wanted) {
                found = Some((room, chosen));
                break;
            }
            let too_far = match breaking {
                Breaking::Leaning(cost) if *cost < 0 => wanted.is_some_and(|w| chosen.len() > w),
                _ => wanted.is_some_and(|w| chosen.len() < w),
            };
            if !too_far {
                break;
            }
        }
        let (room, chosen) = found?;
        let mut set = Setter {
            composer: self,
            setting,
            prepared: &prepared,
            measured: &measured,
            room,
            justifier: Justifier::default(),
            stood: Vec::new(),
            edges: Vec::new(),
            fragments: Vec::new(),
            sink: &mut sink,
        };
        let mut lines: Vec<Line> = chosen
            .iter()
            .enumerate()
            .map(|(i, (line, room))| {
                set.room = *room;
                set.line(line, i == 0, i + 1 == chosen.len())
            })
            .collect();
        let (stood, edges, fragments) = (set.stood, set.edges, set.fragments);
        let ends: Vec<usize> = chosen.iter().map(|(line, _)| line.end).collect();
        let placed = Placed {
            cells: &prepared.cells.cells,
            stood: &stood,
            ends: &ends,
            edges: &edges,
            fragments: &fragments,
        };
        link(&placed, &prepared.collected.links, &mut lines);
        dash::draw(
            &placed,
            (&prepared.cells, self.faces),
            setting.mode,
            &mut lines,
        );
        let collected = &prepared.collected;
        if !collected.ornaments.is_empty() {
            let strips = has_strips(collected, setting);
            let read: Vec<_> = collected
                .readings
                .iter()
                .filter(|reading| !strips || reading.kind != RubyKind::Bopomofo)
                .map(|reading| reading.base.clone())
                .collect();
            let beneath = Beneath {
                mode: setting.mode,
                language: setting.language,
                read: &read,
            };
            adorn(&placed, &collected.ornaments, &beneath, &mut lines);
        }
        ruby::place(&placed, readings, setting.measure, &mut lines);
        Some(sink.warned(lines))
    }

    /// The least and the greatest length that a text asks for, for the columns of tables.
    #[must_use]
    pub fn extent(&self, text: &[Inline], setting: &Setting<'_>) -> Extent {
        let mut sink = Sink::new();
        let prepared = self.prepare(text, setting, &mut sink);
        let measured = self.measured(&prepared, setting);
        let mut extent = Extent::default();
        let (mut start, mut line_start) = (0, 0);
        for b in &prepared.breaks {
            let end = b.cell as usize;
            let length = |from: usize| {
                let tail = measured.tail(from, end);
                Length::from_wide(measured.fit(from.min(tail), tail, FirstLine::No).natural)
            };
            if b.why != Why::Hyphen && b.why != Why::Address {
                extent.min = extent.min.max(length(start));
                start = end;
            }
            if b.why == Why::Forced {
                extent.max = extent.max.max(length(line_start));
                line_start = end;
            }
        }
        extent.max = extent.max.max(extent.min);
        extent
    }

    /// Lays sums over the cells of a paragraph.
    fn measured<'c>(&'c self, prepared: &'c Prepared<'_>, setting: &Setting<'_>) -> Measured<'c> {
        let (house, hanging) = (self.house(setting.mode), self.hanging(setting.mode));
        let measured = Measured::new((&prepared.cells.cells, &prepared.notes), house, hanging);
        if self.is_gridded(setting) {
            measured.on_grid(setting.size.wide())
        } else {
            measured
        }
    }

    /// Whether lines keep to the squares of 稿紙.
    fn is_gridded(&self, setting: &Setting<'_>) -> bool {
        self.style.grid == Grid::Strict && setting.align == TextAlign::Justify
    }

    /// Whether marks hang in lines of `mode`: those in the middle of their cell do so in vertical
    /// lines only, and on 稿紙, where what would start a line stands beside the last square.
    fn hanging(&self, mode: WritingMode) -> Hanging {
        if self.style.grid == Grid::Strict && self.style.hanging == Hanging::Off {
            Hanging::Allow
        } else if self.style.grid == Grid::Strict {
            self.style.hanging
        } else if self.style.mark_position == MarkPosition::Centre && !mode.is_vertical() {
            Hanging::Off
        } else {
            self.style.hanging
        }
    }

    fn house(&self, mode: WritingMode) -> &House {
        &self.houses[usize::from(mode.is_vertical())]
    }

    /// Collects, shapes and measures a paragraph, and finds its breaks.
    fn prepare<'t>(
        &self,
        text: &'t [Inline],
        setting: &Setting<'t>,
        sink: &mut Sink,
    ) -> Prepared<'t> {
        let collected = collect(text, setting, self.style, sink);
        let classes = classes_of(&collected);
        let house = self.house(setting.mode);
        let vertical = setting.mode.is_vertical();
        let japanese = setting.language.is_japanese();
        let runs = Itemizer {
            faces: self.faces,
            style: self.style,
            tradition: house.tradition(),
            vertical,
            half_solidus: house.body(CharClass::Solidus).cell == Some(Em::HALF),
            half_dash: house.body(CharClass::HalfConnector).cell == Some(Em::HALF),
        }
        .runs(&collected, &classes);
        let mut cells = Shaper {
            faces: self.faces,
            house,
            vertical,
            western_shift: self.style.western_shift,
            is_code: setting.role == FaceRole::Code,
        }
        .cells(&collected, &classes, &runs);
        if vertical {
            upright::report(&collected, &cells.cells, sink);
        }
        force(&mut cells.cells, &collected.breaks);
        Neighbours {
            house,
            western_gap: if self.is_gridded(setting) {
                Em::ZERO
            } else {
                self.style.western_gap
            },
            vertical,
            japanese,
        }
        .settle(&mut cells);
        warichu::mark(&mut cells.cells, &collected.notes);
        let readings = self.readings(&collected, setting, (&mut cells, sink));
        let mut breaks = Finder {
            house,
            text: &collected.text,
            leader_at_head: self.style.ellipsis_at_line_head,
            cluster_escape: self.style.cluster_escape,
            divider: if setting.align == TextAlign::Justify {
                divider(&collected)
            } else {
                Divider::none(&collected.text)
            },
            hints: &collected.hints,
        }
        .breaks(&cells.cells);
        let notes = warichu::fold(&mut cells.cells, &collected.notes, &mut breaks);
        Prepared {
            collected,
            cells,
            breaks,
            readings,
            notes,
        }
    }

    /// Sets the readings of a paragraph, and makes room for them.
    fn readings(
        &self,
        collected: &Collected<'_>,
        setting: &Setting<'_>,
        (cells, sink): (&mut Cells, &mut Sink),
    ) -> Vec<Unit> {
        let set = collected.readings.iter().filter_map(|reading| {
            let look = collected.look_at(reading.base.start);
            let line = if reading.kind == RubyKind::Bopomofo {
                bopomofo::column(reading, look, self.faces)
            } else {
                self.reading(reading, look, setting)?
            };
            Some((reading, line))
        });
        let set: Vec<_> = set.collect();
        let room = self.room(setting, self.breaking);
        let room = i32::try_from(room.first.min(room.other)).unwrap_or(i32::MAX);
        if !set.is_empty() || !collected.ornaments.is_empty() {
            let cramped = Cramped {
                collected,
                readings: &set,
                mode: setting.mode,
                language: setting.language,
                size: setting.size,
                room,
                gap: self.gap(setting),
            };
            cramped.tell(sink);
        }
        if set.is_empty() {
            return Vec::new();
        }
        if has_strips(collected, setting) {
            bopomofo::widen(&mut cells.cells);
        }
        let around = Around {
            indent: setting.indent.milli(),
            room,
            vertical: setting.mode.is_vertical(),
        };
        ruby::seat(set, &mut cells.cells, around)
    }

    /// The blank between lines of running text; that of headings and others is the page's affair.
    fn gap(&self, setting: &Setting<'_>) -> Option<Length> {
        let running = setting.role == FaceRole::Body
            && setting.size == self.style.body_size
            && setting.profile == Profile::Print
            && setting.measure < Length::MAX;
        running.then(|| (self.style.line_pitch - setting.size).at_least_zero())
    }

    /// Sets a reading as a line of its own.
    fn reading(&self, reading: &Reading<'_>, look: &Look, setting: &Setting<'_>) -> Option<Line> {
        let text = [Inline::Text {
            text: reading.text.to_owned(),
            span: reading.span,
        }];
        let own = Setting {
            measure: Length::MAX,
            size: rules::SIZE.of(look.size),
            role: match Script::of(reading.text) {
                // Romanisation is set without serifs (composition rules §12.2).
                Script::Roman | Script::Phrase if look.role == FaceRole::Body => FaceRole::Caption,
                _ => look.role,
            },
            weight: look.weight,
            indent: Length::ZERO,
            hanging_indent: Length::ZERO,
            align: TextAlign::Start,
            ..*setting
        };
        self.paragraph(&text, &own).value.into_iter().next()
    }

    fn room(&self, setting: &Setting<'_>, breaking: Breaking) -> Room {
        let least = setting.size / 4;
        let em = setting.size.wide().max(1);
        let gridded = self.is_gridded(setting);
        let room = |indent: Length| {
            let room = (setting.measure - indent).max(least).wide();
            // On 稿紙 a line holds whole squares.
            if gridded {
                (room / em * em).max(least.wide())
            } else {
                room
            }
        };
        let other = room(setting.hanging_indent);
        Room {
            first: room(setting.indent),
            other,
            em,
            justify: setting.align == TextAlign::Justify && !gridded,
            hyphen: if other / em < EASY_MEASURE {
                0
            } else {
                COSTS.hyphen_wide
            },
            // Squares are filled one after another.
            breaking: if gridded { Breaking::Greedy } else { breaking },
        }
    }
}

/// Divides each stretch of a paragraph by its own language.
fn divider<'c>(collected: &'c Collected<'_>) -> Divider<'c> {
    let language = |piece: &Piece| usize::from(collected.looks[usize::from(piece.look)].language);
    let pieces = collected.pieces.chunk_by(|a, b| language(a) == language(b));
    let stretches = pieces.filter_map(|pieces| {
        let last = pieces.last()?;
        Some((last.end, collected.languages[language(last)]))
    });
    Divider::new(&collected.text, stretches)
}

/// The classes of a paragraph's characters: a stretch marked with a language that is not the
/// paragraph's own is read by that, so that its quotes and dashes are its own.
fn classes_of(collected: &Collected<'_>) -> Vec<CharClass> {
    let mut found = classes(&collected.text, collected.languages[0]);
    if collected.languages.len() == 1 {
        return found;
    }
    let language = |piece: &Piece| collected.looks[usize::from(piece.look)].language;
    let mut number = 0;
    for pieces in collected.pieces.chunk_by(|a, b| language(a) == language(b)) {
        let range = pieces[0].start as usize..pieces[pieces.len() - 1].end as usize;
        let text = &collected.text[range];
        let count = text.chars().count();
        let own = language(&pieces[0]);
        if own != 0 {
            let own = classes(text, collected.languages[usize::from(own)]);
            found[number..number + count].copy_from_slice(&own);
        }
        number += count;
    }
    found
}

/// Whether the characters of a paragraph have strips for bopomofo on their right.
fn has_strips(collected: &Collected<'_>, setting: &Setting<'_>) -> bool {
    !setting.mode.is_vertical()
        && collected
            .readings
            .iter()
            .any(|reading| reading.kind == RubyKind::Bopomofo)
}

/// Sets the chosen lines of one paragraph.
struct Setter<'s, 'a, 't> {
    composer: &'s Composer<'a>,
    setting: &'s Setting<'t>,
    prepared: &'s Prepared<'t>,
    measured: &'s Measured<'s>,
    room: Room,
    justifier: Justifier,
    /// Where each cell stands, in order.
    stood: Vec<(i32, i32)>,
    /// The cells that each line sets.
    edges: Vec<(usize, usize)>,
    /// The parts of notes that the lines set.
    fragments: Vec<Fragment>,
    sink: &'s mut Sink,
}

impl Setter<'_, '_, '_> {
    fn line(&mut self, chosen: &Chosen, first: bool, last: bool) -> Line {
        let kind = if first { FirstLine::Yes } else { FirstLine::No };
        let head = self.measured.head(chosen.start, chosen.end);
        let tail = self.measured.tail(head, chosen.end);
        let (indent, room) = if first {
            (self.setting.indent, self.room.first)
        } else {
            (self.setting.hanging_indent, self.room.other)
        };
        let ends = last || chosen.why == Why::Forced;
        let hyphen = (chosen.why == Why::Hyphen && tail > head)
            .then(|| self.hyphen(tail - 1))
            .flatten();
        let hyphen_length = hyphen.map_or(0, |(_, advance)| i64::from(advance));
        let room_left = room - hyphen_length;
        let fit = self.measured.fit(head, tail, kind);
        let ending = Ending {
            head,
            tail,
            last: ends,
        };
        let hung = self.measured.hangs(&ending, &fit, room_left);
        let tail = tail - usize::from(hung);
        self.edges.push((head, tail));
        let slot = Slot {
            head,
            tail,
            first: kind,
            room: room_left,
            stretch: self.room.justify && !ends,
            early_max: match self.composer.house(self.setting.mode).tradition() {
                Tradition::Japan => LIMITS.between_max.of(self.setting.size).wide(),
                _ => i64::MAX,
            },
        };
        self.justifier.set(self.measured, &slot);
        let line = &mut self.justifier.line;
        line.natural += hyphen_length;
        line.set += hyphen_length;
        let spare = Length::from_wide((room - line.set).max(0));
        let at = indent
            + match self.setting.align {
                TextAlign::Justify | TextAlign::Start => Length::ZERO,
                TextAlign::Centre => spare / 2,
                TextAlign::End => spare,
            };
        let known = self.fragments.len();
        self.fragments.extend(self.measured.fragments(head, tail));
        let source = Source {
            collected: &self.prepared.collected,
            cells: &self.prepared.cells,
            notes: &self.prepared.notes,
            fragments: &self.fragments[known..],
            mode: self.setting.mode,
            size: self.setting.size,
        };
        let extract = Extract {
            start: chosen.start,
            end: chosen.end,
            head,
            tail,
            at,
            last: ends,
            hung,
            spare: (spare + indent - at).milli(),
            hyphen,
        };
        let made = source.line(&extract, &self.justifier.line, &mut self.stood);
        self.report(&made, room, chosen);
        made
    }

    /// The hyphen set after a cell, and its length.
    fn hyphen(&self, cell: usize) -> Option<(Glyph, i32)> {
        let cell = &self.prepared.cells.cells[cell];
        let like = self.prepared.cells.glyphs.get(cell.glyph as usize)?;
        if like.face == crate::font::FaceId::MISSING {
            return None;
        }
        let face = self.composer.faces.face(like.face);
        let id = face.glyph('-')?;
        let glyph = Glyph {
            id,
            inline: Length::ZERO,
            width: Em::ONE,
            ..*like
        };
        Some((glyph, face.advance(id).of(glyph.size).milli()))
    }

    /// Tells of a line that does not fit, or only badly.
    fn report(&mut self, line: &Line, room: i64, chosen: &Chosen) {
        let cells = &self.prepared.cells.cells;
        let byte = |cell: usize| {
            cells
                .get(cell)
                .map_or(self.prepared.collected.text.len(), |c| c.start as usize)
        };
        let judged = Judged {
            line,
            text: &self.prepared.collected.text,
            range: byte(chosen.start)..byte(chosen.end),
            why: chosen.why,
            over: line.set.wide() - room,
            loosest: self.justifier.line.loosest,
            limit: self.setting.loose.of(self.setting.size).milli() + 1,
        };
        if let Some(fault) = judged.fault() {
            self.sink.push(fault);
        }
    }
}
