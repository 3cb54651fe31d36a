//! A paragraph's tree flattened: one string, with what each of its stretches is and looks like.

use std::ops::Range;

use crate::diag::{Code, Diagnostic, Sink, Span};
use crate::font::{FaceRole, Weight};
use crate::geom::{Em, Length};
use crate::model::style::NoteMark;
use crate::model::{Inline, Language, LinkTarget, Mark, MarkKind, Ruby, RubyKind, Style};
use crate::rules::{warichu, words};

use super::setting::Setting;

/// How a stretch of text is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Look {
    pub(super) role: FaceRole,
    pub(super) weight: Weight,
    pub(super) size: Length,
    /// Upwards in horizontal lines, to the right in vertical ones.
    pub(super) raise: Length,
    /// Under `*…*`: Western words change their face.
    pub(super) emphasis: bool,
    /// Kept as typed, without gaps.
    pub(super) code: bool,
    /// Its language, by its place in [`Collected::languages`].
    pub(super) language: u16,
}

/// What a stretch of text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum PieceKind {
    /// Running text.
    Text,
    /// Code.
    Code,
    /// 縱中橫 by request.
    Upright,
    /// The label of a note, or a page that the program prints.
    Label,
}

/// A stretch of the text with one look and one origin.
#[derive(Debug, Clone)]
pub(super) struct Piece {
    pub(super) start: u32,
    pub(super) end: u32,
    pub(super) kind: PieceKind,
    pub(super) look: u16,
    /// Whether it stays with what stands before it.
    pub(super) joined: bool,
    pub(super) span: Span,
}

/// A mark drawn beside or behind a stretch.
#[derive(Debug, Clone)]
pub(super) struct Marked {
    pub(super) range: Range<u32>,
    pub(super) kind: Ornament,
}

/// What is drawn beside or behind text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ornament {
    Dots,
    ProperName,
    BookTitle,
    SideLine,
    Underline,
    Strike,
    Highlight,
}

/// A reading over or beside its base.
#[derive(Debug, Clone)]
pub(super) struct Reading<'a> {
    pub(super) base: Range<u32>,
    pub(super) kind: RubyKind,
    pub(super) text: &'a str,
    pub(super) span: Span,
}

/// A paragraph flattened.
#[derive(Debug, Default)]
pub(super) struct Collected<'a> {
    pub(super) text: String,
    /// They cover the text in order.
    pub(super) pieces: Vec<Piece>,
    pub(super) looks: Vec<Look>,
    /// The language of the paragraph, and those of stretches marked with another.
    pub(super) languages: Vec<&'a Language>,
    pub(super) ornaments: Vec<Marked>,
    pub(super) links: Vec<(Range<u32>, &'a LinkTarget)>,
    pub(super) readings: Vec<Reading<'a>>,
    /// Notes to be set in two half lines, without their brackets, in order.
    pub(super) notes: Vec<Range<u32>>,
    /// Where the author breaks the line, in order.
    pub(super) breaks: Vec<u32>,
    /// Where a headline may break, in order.
    pub(super) hints: Vec<u32>,
}

impl Collected<'_> {
    /// Where the text at a byte was written.
    pub(super) fn span_at(&self, at: u32) -> Span {
        let piece = self.pieces.partition_point(|piece| piece.end <= at);
        self.pieces
            .get(piece)
            .map_or(Span::default(), |piece| piece.span)
    }

    /// The look of the text at a byte.
    pub(super) fn look_at(&self, at: u32) -> &Look {
        let piece = self.pieces.partition_point(|piece| piece.end <= at);
        let look = self.pieces.get(piece).map_or(0, |piece| piece.look);
        &self.looks[usize::from(look)]
    }
}

/// Small print, as a part of the size around it.
const SMALL: Em = Em::from_milli(850);
/// Superior and inferior text, as a part of the size around it (clreq asks for about half; digits
/// stay readable at three fifths).
const SCRIPT: Em = Em::from_milli(600);
/// The longest reading that is set beside its line, in lines.
const LONGEST_READING: i64 = 2;
/// How far superior text is raised, in em of the text around it.
const RAISED: Em = Em::from_milli(350);
/// How far inferior text is lowered.
const LOWERED: Em = Em::from_milli(-150);
/// A superior mark in a vertical line touches the right edge of its em-box.
const RAISED_VERTICAL: Em = Em::from_milli(200);

/// Flattens a paragraph.
pub(super) fn collect<'a>(
    inlines: &'a [Inline],
    setting: &Setting<'a>,
    style: &Style,
    sink: &mut Sink,
) -> Collected<'a> {
    let mut walk = Walk {
        setting,
        style,
        sink,
        out: Collected {
            languages: vec![setting.language],
            ..Collected::default()
        },
        waiting: Vec::new(),
        in_note: false,
    };
    let look = Look {
        role: setting.role,
        weight: setting.weight,
        size: setting.size,
        raise: Length::ZERO,
        emphasis: false,
        code: false,
        language: 0,
    };
    walk.inlines(inlines, look);
    walk.release();
    walk.out
}

/// The mark of a note with where it leads, if it does.
#[derive(Clone, Copy)]
struct NoteMarkAt<'a> {
    note: usize,
    leads: Option<&'a LinkTarget>,
    look: Look,
    span: Span,
}

struct Walk<'s, 'a> {
    setting: &'s Setting<'a>,
    style: &'s Style,
    sink: &'s mut Sink,
    out: Collected<'a>,
    /// Note marks that wait for the stop after which they stand.
    waiting: Vec<NoteMarkAt<'a>>,
    /// Whether a note of two half lines is open.
    in_note: bool,
}

impl<'a> Walk<'_, 'a> {
    fn inlines(&mut self, inlines: &'a [Inline], look: Look) {
        for inline in inlines {
            self.inline(inline, look);
        }
    }

    fn inline(&mut self, inline: &'a Inline, look: Look) {
        match inline {
            Inline::Text { text, span } => self.running(text, PieceKind::Text, look, *span),
            Inline::Upright { text, span } => self.running(text, PieceKind::Upright, look, *span),
            Inline::Code { text, span } => {
                let look = Look {
                    role: FaceRole::Code,
                    code: true,
                    ..look
                };
                self.running(text, PieceKind::Code, look, *span);
            }
            Inline::Mark(mark) => self.mark(mark, look),
            Inline::Ruby(ruby) => self.ruby(ruby, look),
            Inline::Link {
                target,
                children,
                span,
            } => {
                if let [Inline::NoteRef { note, span }] = children.as_slice() {
                    self.note_ref((*note, Some(target)), look, *span);
                    return;
                }
                self.release();
                let start = self.here();
                self.inlines(children, look);
                self.page(target, look, *span);
                self.out.links.push((start..self.here(), target));
            }
            Inline::NoteRef { note, span } => self.note_ref((*note, None), look, *span),
            Inline::LineBreak { .. } => {
                self.release();
                let here = self.here();
                self.out.breaks.push(here);
            }
            Inline::BreakHint { .. } => {
                self.release();
                let here = self.here();
                self.out.hints.push(here);
            }
            Inline::Image { image, span, .. } => {
                self.sink.push(
                    Diagnostic::warning(
                        Code::MarkNoEffect,
                        *span,
                        format!(
                            "the picture \"{}\" inside a line is not printed",
                            image.path
                        ),
                    )
                    .hint("put it in a paragraph of its own"),
                );
            }
        }
    }

    /// Text of the author's, before which waiting note marks find their place.
    fn running(&mut self, text: &str, kind: PieceKind, look: Look, span: Span) {
        if self.waiting.is_empty() {
            self.push(text, kind, look, span);
            return;
        }
        let stop = text.chars().next().filter(|c| is_stop(*c));
        let cut = stop.map_or(0, char::len_utf8);
        let (stop, rest) = text.split_at(cut);
        let exact = span.range().len() == text.len();
        let parted = |from: usize, to: usize| {
            if exact {
                Span::new(
                    span.file,
                    span.start as usize + from,
                    span.start as usize + to,
                )
            } else {
                span
            }
        };
        self.push(stop, kind, look, parted(0, cut));
        self.release();
        self.push(rest, kind, look, parted(cut, text.len()));
    }

    /// Sets the note marks that wait.
    fn release(&mut self) {
        for mark in std::mem::take(&mut self.waiting) {
            self.note(mark);
        }
    }

    /// A note's mark, which may have to wait for a stop.
    fn note_ref(&mut self, (note, leads): (usize, Option<&'a LinkTarget>), look: Look, span: Span) {
        let mark = NoteMarkAt {
            note,
            leads,
            look,
            span,
        };
        match self.style.note_mark {
            NoteMark::AfterStop => self.waiting.push(mark),
            NoteMark::BeforeStop => self.note_before_stop(mark),
        }
    }

    fn note(&mut self, mark: NoteMarkAt<'a>) {
        let Some(label) = self.setting.note_labels.get(mark.note) else {
            return;
        };
        let look = self.raised(mark.look, RAISED);
        let start = self.here();
        self.push_joined(label, look, mark.span);
        if let Some(target) = mark.leads {
            self.out.links.push((start..self.here(), target));
        }
    }

    /// A mark that stands before the stop that the author wrote it after.
    fn note_before_stop(&mut self, mark: NoteMarkAt<'a>) {
        let stop = self.out.text.chars().next_back().filter(|c| is_stop(*c));
        let last_is_text = self
            .out
            .pieces
            .last()
            .is_some_and(|piece| piece.kind == PieceKind::Text);
        match stop {
            Some(stop) if last_is_text => {
                let cut = self.out.text.len() - stop.len_utf8();
                self.out.text.truncate(cut);
                let (stop_look, stop_span) = self.shorten_last(stop.len_utf8());
                self.note(mark);
                let stop_look = self.out.looks[usize::from(stop_look)];
                let mut bytes = [0; 4];
                self.push(
                    stop.encode_utf8(&mut bytes),
                    PieceKind::Text,
                    stop_look,
                    stop_span,
                );
            }
            _ => self.note(mark),
        }
    }

    /// Takes `bytes` from the last piece and gives the look and the place of what was taken.
    fn shorten_last(&mut self, bytes: usize) -> (u16, Span) {
        let Some(last) = self.out.pieces.last_mut() else {
            return (0, Span::default());
        };
        let exact = last.span.range().len() == (last.end - last.start) as usize;
        last.end -= u32::try_from(bytes).unwrap_or(0);
        let look = last.look;
        let mut span = last.span;
        if exact {
            last.span.end -= u32::try_from(bytes).unwrap_or(0);
            span.start = last.span.end;
        }
        if last.start == last.end {
            self.out.pieces.pop();
        }
        (look, span)
    }

    fn mark(&mut self, mark: &'a Mark, look: Look) {
        let (inside, ornament) = self.under(&mark.kind, look);
        if ornament.is_some() {
            self.release();
        }
        let start = self.here();
        let before = self.out.pieces.len();
        if let MarkKind::Warichu = mark.kind {
            self.warichu(mark, look);
        } else {
            self.inlines(&mark.children, inside);
        }
        if let MarkKind::Superscript | MarkKind::Subscript = mark.kind
            && before > 0
        {
            // They stay with their base (composition rules §6.3).
            for piece in &mut self.out.pieces[before..] {
                piece.joined = true;
            }
        }
        if let Some(kind) = ornament {
            let range = start..self.here();
            self.out.ornaments.push(Marked { range, kind });
        }
    }

    /// A note in brackets: in two half lines, or in small print where that cannot be.
    fn warichu(&mut self, mark: &'a Mark, look: Look) {
        let inside = std::mem::replace(&mut self.in_note, true);
        self.push_set("（", look, mark.span);
        self.release();
        let start = self.here();
        let why = if self.setting.measure < warichu::LEAST_MEASURE.of(look.size) {
            Some(("its line is too short", "widen the measure"))
        } else if holds_readings(&mark.children) {
            Some(("it holds ruby", "take the ruby out of it"))
        } else {
            None
        };
        if inside {
            // A note in a note: its brackets tell it apart.
            self.inlines(&mark.children, look);
        } else if let Some((why, hint)) = why {
            self.sink.push(
                Diagnostic::warning(
                    Code::WarichuNoRoom,
                    mark.span,
                    format!("a note is set in small print and not in two lines, since {why}"),
                )
                .hint(format!("{hint}, or make it a footnote")),
            );
            let small = Look {
                size: SMALL.of(look.size),
                ..look
            };
            self.inlines(&mark.children, small);
        } else {
            let half = Look {
                size: warichu::SIZE.of(look.size),
                ..look
            };
            self.inlines(&mark.children, half);
            self.release();
            let range = start..self.here();
            if !range.is_empty() {
                self.out.notes.push(range);
            }
        }
        self.release();
        self.push_set("）", look, mark.span);
        self.in_note = inside;
    }

    /// The look of what stands under a mark, and what is drawn beside it.
    fn under(&mut self, kind: &'a MarkKind, look: Look) -> (Look, Option<Ornament>) {
        let resized = |part: Em| Look {
            size: part.of(look.size),
            ..look
        };
        match kind {
            MarkKind::Strong => (
                Look {
                    weight: Weight::Bold,
                    ..look
                },
                None,
            ),
            MarkKind::Emphasis => (
                Look {
                    emphasis: true,
                    ..look
                },
                Some(Ornament::Dots),
            ),
            MarkKind::ProperName => (look, Some(Ornament::ProperName)),
            MarkKind::BookTitle => (look, Some(Ornament::BookTitle)),
            MarkKind::SideLine => (look, Some(Ornament::SideLine)),
            MarkKind::Underline => (look, Some(Ornament::Underline)),
            MarkKind::Strike => (look, Some(Ornament::Strike)),
            MarkKind::Highlight => (look, Some(Ornament::Highlight)),
            MarkKind::Small => (resized(SMALL), None),
            MarkKind::Warichu => (look, None),
            MarkKind::Keyboard => (
                Look {
                    role: FaceRole::Code,
                    code: true,
                    ..look
                },
                None,
            ),
            MarkKind::Superscript => (self.raised(look, RAISED), None),
            MarkKind::Subscript => (self.raised(look, LOWERED), None),
            MarkKind::Language(language) => (
                Look {
                    language: self.language(language),
                    ..look
                },
                None,
            ),
        }
    }

    /// The place of a language among those of the paragraph.
    fn language(&mut self, language: &'a Language) -> u16 {
        let known = &mut self.out.languages;
        let place = known.iter().position(|l| *l == language);
        let place = place.unwrap_or_else(|| {
            known.push(language);
            known.len() - 1
        });
        u16::try_from(place).unwrap_or(0)
    }

    /// Smaller text moved across the line.
    fn raised(&self, look: Look, by: Em) -> Look {
        let by = match (self.setting.mode.is_vertical(), by > Em::ZERO) {
            (false, _) => by,
            (true, true) => RAISED_VERTICAL,
            (true, false) => -RAISED_VERTICAL,
        };
        Look {
            size: SCRIPT.of(look.size),
            raise: look.raise + by.of(look.size),
            ..look
        }
    }

    fn ruby(&mut self, ruby: &'a Ruby, look: Look) {
        for part in &ruby.parts {
            self.release();
            let start = self.here();
            self.push(&part.base, PieceKind::Text, look, ruby.span);
            let base = start..self.here();
            if ruby.kind != RubyKind::Bopomofo && self.is_endless(&part.text, look) {
                self.reading_in_line(&part.text, look, ruby.span);
            } else if !base.is_empty() && !part.text.is_empty() {
                self.out.readings.push(Reading {
                    base,
                    kind: ruby.kind,
                    text: &part.text,
                    span: ruby.span,
                });
            }
        }
    }

    /// Whether a reading is so long that it could not be read beside a line.
    fn is_endless(&self, reading: &str, look: Look) -> bool {
        let halves = reading.chars().map(|c| if c < '\u{2e80}' { 1 } else { 2 });
        let length = look.size.wide() / 4 * halves.sum::<i64>();
        length > self.setting.measure.wide().saturating_mul(LONGEST_READING)
    }

    /// A reading in brackets after its base.
    fn reading_in_line(&mut self, reading: &str, look: Look, span: Span) {
        self.sink.push(
            Diagnostic::warning(
                Code::RubyTooLong,
                span,
                "a reading is longer than two lines and set in brackets after its base",
            )
            .hint("shorten it, or write it in the text"),
        );
        let small = Look {
            size: SMALL.of(look.size),
            ..look
        };
        self.push_set("（", look, span);
        self.push(reading, PieceKind::Text, small, span);
        self.push_set("）", look, span);
    }

    /// The page printed after a cross-reference.
    fn page(&mut self, target: &LinkTarget, look: Look, span: Span) {
        let LinkTarget::Internal {
            id,
            with_page: true,
        } = target
        else {
            return;
        };
        let page = self.setting.page_of.and_then(|pages| pages.get(id));
        if let Some(page) = page {
            let words = words::page(page, self.setting.language, &self.out.text);
            self.release();
            self.push_set(&words, look, span);
        }
    }

    /// Text that the program sets.
    fn push_set(&mut self, text: &str, look: Look, span: Span) {
        self.push(text, PieceKind::Label, look, span);
    }

    /// Text that the program sets and that stays with what stands before it.
    fn push_joined(&mut self, text: &str, look: Look, span: Span) {
        let before = self.out.pieces.len();
        self.push(text, PieceKind::Label, look, span);
        if self.out.pieces.len() > before
            && before > 0
            && let Some(piece) = self.out.pieces.last_mut()
        {
            piece.joined = true;
        }
    }

    fn push(&mut self, text: &str, kind: PieceKind, look: Look, span: Span) {
        if text.is_empty() {
            return;
        }
        let start = self.here();
        self.out.text.push_str(text);
        let look = self.look(look);
        self.out.pieces.push(Piece {
            start,
            end: self.here(),
            kind,
            look,
            joined: false,
            span,
        });
    }

    fn look(&mut self, look: Look) -> u16 {
        let looks = &mut self.out.looks;
        let found = looks.iter().rposition(|known| *known == look);
        let index = found.unwrap_or_else(|| {
            looks.push(look);
            looks.len() - 1
        });
        u16::try_from(index).unwrap_or(u16::MAX)
    }

    fn here(&self) -> u32 {
        u32::try_from(self.out.text.len()).unwrap_or(u32::MAX)
    }
}

/// Whether ruby stands in a text.
fn holds_readings(inlines: &[Inline]) -> bool {
    inlines.iter().any(|inline| match inline {
        Inline::Ruby(_) => true,
        Inline::Mark(mark) => holds_readings(&mark.children),
        Inline::Link { children, .. } => holds_readings(children),
        _ => false,
    })
}

/// Stops and commas beside which a note mark changes places (composition rules §16.1).
const fn is_stop(c: char) -> bool {
    matches!(c, '。' | '．' | '，' | '、' | '；' | '：' | '！' | '？')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Style;

    fn text(text: &str) -> Inline {
        Inline::Text {
            text: text.to_owned(),
            span: Span::new(crate::diag::FileId(0), 0, text.len()),
        }
    }

    fn collected(inlines: &[Inline], style: &Style) -> String {
        let language = Language::default();
        let labels = ["1".to_owned()];
        let setting = Setting {
            note_labels: &labels,
            ..Setting::new(style, &language, Length::pt(200))
        };
        let mut sink = Sink::new();
        collect(inlines, &setting, style, &mut sink).text
    }

    #[test]
    fn note_marks_stand_where_the_house_wants_them() {
        let note = || Inline::NoteRef {
            note: 0,
            span: Span::default(),
        };
        let typed_before = [text("甲"), note(), text("。乙")];
        let typed_after = [text("甲。"), note(), text("乙")];
        let mut style = Style {
            note_mark: NoteMark::AfterStop,
            ..Style::default()
        };
        assert_eq!(collected(&typed_before, &style), "甲。1乙");
        assert_eq!(collected(&typed_after, &style), "甲。1乙");
        style.note_mark = NoteMark::BeforeStop;
        assert_eq!(collected(&typed_before, &style), "甲1。乙");
        assert_eq!(collected(&typed_after, &style), "甲1。乙");
    }

    #[test]
    fn pieces_cover_the_text() {
        let style = Style::default();
        let language = Language::default();
        let setting = Setting::new(&style, &language, Length::pt(200));
        let tree = [
            text("甲"),
            Inline::Mark(Mark {
                kind: MarkKind::Strong,
                children: vec![
                    text("乙"),
                    Inline::LineBreak {
                        span: Span::default(),
                    },
                    text("丙"),
                ],
                span: Span::default(),
            }),
        ];
        let found = collect(&tree, &setting, &style, &mut Sink::new());
        assert_eq!(found.text, "甲乙丙");
        assert_eq!(found.breaks, [6]);
        let mut at = 0;
        for piece in &found.pieces {
            assert_eq!(piece.start, at);
            at = piece.end;
        }
        assert_eq!(at as usize, found.text.len());
    }
}
