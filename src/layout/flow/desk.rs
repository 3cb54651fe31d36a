//! The desk at which an article is set: its composer, grid, pictures and language at hand.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use crate::art::Gallery;
use crate::diag::{Sink, Span};
use crate::font::{FaceRole, Weight};
use crate::geom::{Length, Size, WritingMode};
use crate::layout::frame::{Frame, Item};
use crate::layout::grid::PageGrid;
use crate::layout::inline::{Composer, Profile, Setting, TextAlign};
use crate::layout::line::Line;
use crate::model::credit::LabelScript;
use crate::model::theme::{Look, Part, Theme, ThemeFace};
use crate::model::{Inline, Language, LinkTarget, Mark, Note, Style};

use crate::rules::adjust::{LIMITS, NARROW};
use crate::rules::words::script_of;

/// What is at hand while one article is set.
#[derive(Clone, Copy)]
pub(crate) struct Desk<'a> {
    /// Sets paragraphs.
    pub(crate) composer: &'a Composer<'a>,
    /// Choices of the house.
    pub(crate) style: &'a Style,
    /// The page's grid.
    pub(crate) grid: &'a PageGrid,
    /// The pictures.
    pub(crate) gallery: &'a Gallery,
    /// Language of the text.
    pub(crate) language: &'a Language,
    /// What each note mark prints.
    pub(crate) note_labels: &'a [String],
    /// The article's notes.
    pub(crate) notes: &'a [Note],
    /// The ids of the article's notes.
    pub(crate) note_ids: &'a BTreeSet<String>,
    /// Printed page of each id, as far as it is known.
    pub(crate) page_of: &'a BTreeMap<String, String>,
    /// The look of everything.
    pub(crate) theme: &'a Theme,
}

/// The voice in which text is set: a face's role with its weight.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Voice {
    role: FaceRole,
    weight: Weight,
}

impl Voice {
    /// Running text.
    pub(crate) const BODY: Self = Self {
        role: FaceRole::Body,
        weight: Weight::Regular,
    };

    /// The voice of a theme's face.
    pub(crate) fn of(face: ThemeFace, bold: bool) -> Self {
        Self {
            role: match face {
                ThemeFace::Body => FaceRole::Body,
                ThemeFace::Heading => FaceRole::Heading,
                ThemeFace::Caption => FaceRole::Caption,
                ThemeFace::Code => FaceRole::Code,
            },
            weight: if bold { Weight::Bold } else { Weight::Regular },
        }
    }

    /// The same, bold.
    pub(crate) fn bold(self) -> Self {
        Self {
            weight: Weight::Bold,
            ..self
        }
    }
}

/// One paragraph to be set.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Job<'a> {
    /// Its text.
    pub(crate) text: &'a [Inline],
    /// Length of its lines.
    pub(crate) measure: Length,
    /// Which way they run.
    pub(crate) mode: WritingMode,
    /// Size of its characters.
    pub(crate) size: Length,
    /// Its voice.
    pub(crate) voice: Voice,
    /// First-line indent.
    pub(crate) indent: Length,
    /// How its lines stand in the measure.
    pub(crate) align: TextAlign,
}

impl<'a> Desk<'a> {
    /// The theme's look of a part.
    pub(crate) fn look(&self, part: Part) -> Look {
        self.theme.look(part)
    }

    /// The voice of a part.
    pub(crate) fn voice(&self, part: Part) -> Voice {
        let look = self.look(part);
        Voice::of(look.face, look.bold)
    }

    /// The voice of headlines.
    pub(crate) fn headline_voice(&self) -> Voice {
        let headline = &self.theme.headline;
        Voice::of(headline.face, headline.bold)
    }

    /// The voice of subheadings of a rank, from nought.
    pub(crate) fn heading_voice(&self, rank: usize) -> Voice {
        let heading = &self.theme.headings[rank];
        Voice::of(heading.face, heading.bold)
    }

    /// The script of the program's own words.
    pub(crate) fn script(&self) -> LabelScript {
        script_of(self.language)
    }

    /// Whether the page's lines are vertical.
    pub(crate) fn is_vertical(&self) -> bool {
        self.grid.mode.is_vertical()
    }

    /// The lines of a paragraph.
    pub(crate) fn lines(&self, job: &Job<'_>, sink: &mut Sink) -> Vec<Line> {
        if job.text.is_empty() {
            return Vec::new();
        }
        let text = self.with_note_links(job.text);
        self.composer
            .paragraph(&text, &self.setting(job))
            .unpack(sink)
    }

    /// The text with its note marks leading to their notes.
    fn with_note_links<'t>(&self, text: &'t [Inline]) -> Cow<'t, [Inline]> {
        if self.notes.is_empty() || !has_note(text) {
            return Cow::Borrowed(text);
        }
        Cow::Owned(text.iter().map(|inline| self.linked(inline)).collect())
    }

    fn linked(&self, inline: &Inline) -> Inline {
        match inline {
            Inline::NoteRef { note, span } => match self.notes.get(*note) {
                Some(found) => Inline::Link {
                    target: LinkTarget::Internal {
                        id: found.id.clone(),
                        with_page: false,
                    },
                    children: vec![inline.clone()],
                    span: *span,
                },
                None => inline.clone(),
            },
            Inline::Mark(mark) => Inline::Mark(Mark {
                children: mark.children.iter().map(|i| self.linked(i)).collect(),
                ..mark.clone()
            }),
            other => other.clone(),
        }
    }

    /// The lines of a paragraph of which the first ones have measures of their own.
    pub(crate) fn shaped(
        &self,
        job: &Job<'_>,
        first: &[(usize, Length)],
        sink: &mut Sink,
    ) -> Vec<Line> {
        let text = self.with_note_links(job.text);
        self.composer
            .shaped(&text, &self.setting(job), first)
            .unpack(sink)
    }

    /// The lines of a paragraph where it comes out in so many, more or fewer than look best; see
    /// [`Composer::leaning`].
    pub(crate) fn leaning(&self, job: &Job<'_>, by: (&[i32], usize)) -> Option<Vec<Line>> {
        let text = self.with_note_links(job.text);
        let lines = self.composer.leaning(&text, &self.setting(job), by)?;
        Some(lines.value)
    }

    /// Length of a paragraph's longest unbreakable piece, and of its text on one line.
    pub(crate) fn extent(&self, job: &Job<'_>) -> (Length, Length) {
        if job.text.is_empty() {
            return (Length::ZERO, Length::ZERO);
        }
        let extent = self.composer.extent(job.text, &self.setting(job));
        (extent.min, extent.max)
    }

    /// The first line of words that the program sets itself, on as much room as they need.
    pub(crate) fn label(&self, text: &[Inline], job: &Job<'_>, sink: &mut Sink) -> Option<Line> {
        let free = Job {
            text,
            measure: Length::MAX / 4,
            indent: Length::ZERO,
            align: TextAlign::Start,
            ..*job
        };
        self.lines(&free, sink).into_iter().next()
    }

    /// Ids by which the notes of a line's marks lead back to it.
    pub(crate) fn back_anchors(&self, line: &Line) -> Vec<String> {
        line.links
            .iter()
            .filter_map(|link| match &link.target {
                LinkTarget::Internal { id, .. } if self.note_ids.contains(id) => {
                    Some(note_back_id(id))
                }
                _ => None,
            })
            .collect()
    }

    /// The notes whose marks stand in a line, by their places among the article's.
    pub(crate) fn notes_of(&self, line: &Line) -> Vec<usize> {
        line.links
            .iter()
            .filter_map(|link| match &link.target {
                LinkTarget::Internal { id, .. } if self.note_ids.contains(id) => {
                    self.notes.iter().position(|note| note.id == *id)
                }
                _ => None,
            })
            .collect()
    }

    /// The notes whose marks stand in a frame.
    pub(crate) fn notes_in(&self, frame: &Frame) -> Vec<usize> {
        let mut found = Vec::new();
        if self.notes.is_empty() {
            return found;
        }
        for (_, item) in &frame.items {
            match item {
                Item::Line(line) => found.extend(self.notes_of(line)),
                Item::Group(inner) => found.extend(self.notes_in(inner)),
                _ => {}
            }
        }
        found
    }

    /// Whether an id is that of a note mark's place.
    pub(crate) fn is_back_anchor(&self, id: &str) -> bool {
        id.strip_suffix(BACK)
            .is_some_and(|note| self.note_ids.contains(note))
    }

    /// Natural size of a picture.
    pub(crate) fn natural(&self, path: &str) -> Option<Size> {
        self.gallery.get(path).map(|picture| picture.natural)
    }

    fn setting<'j>(&'j self, job: &Job<'_>) -> Setting<'j> {
        let Voice { role, weight } = job.voice;
        Setting {
            profile: Profile::Print,
            loose: if job.measure < job.size * NARROW {
                LIMITS.between_max_narrow
            } else {
                LIMITS.between_max
            },
            measure: job.measure,
            mode: job.mode,
            size: job.size,
            role,
            weight,
            indent: job.indent,
            hanging_indent: Length::ZERO,
            align: job.align,
            language: self.language,
            note_labels: self.note_labels,
            page_of: Some(self.page_of),
        }
    }
}

/// What is added to a note's id for the place where its mark stands.
const BACK: &str = "-ref";

/// The id of the place where a note's mark stands.
pub(crate) fn note_back_id(note: &str) -> String {
    format!("{note}{BACK}")
}

/// Whether a note mark stands in a text.
fn has_note(text: &[Inline]) -> bool {
    text.iter().any(|inline| match inline {
        Inline::NoteRef { .. } => true,
        Inline::Mark(mark) => has_note(&mark.children),
        _ => false,
    })
}

/// Words of the program's own as inline text.
pub(crate) fn words(text: impl Into<String>, span: Span) -> Vec<Inline> {
    vec![Inline::Text {
        text: text.into(),
        span,
    }]
}
