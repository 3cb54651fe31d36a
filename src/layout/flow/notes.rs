//! Notes, small: those that stand on the page of their mark, and those at the chapter's end.

use std::collections::BTreeSet;

use crate::geom::Length;
use crate::layout::frame::FrameKind;
use crate::model::theme::Part;
use crate::model::{Article, Inline, LinkTarget, Note};
use crate::rules::notes::NotePlace;
use crate::rules::words::{Word, note_mark};

use super::collect::LINES_AFTER_HEADING;
use super::collector::Collector;
use super::desk::{note_back_id, words};
use super::galley::{PageNote, Strip};
use super::place::{Pitch, Place, Short, whole_em};

/// A note longer than this part of a page, in thousandths, stands at the chapter's end.
const LONGEST: i64 = 500;

/// What is known of an article's notes before it is set.
#[derive(Debug)]
pub(crate) struct NoteWords {
    /// Their marks, in order.
    pub(crate) labels: Vec<String>,
    /// Their ids.
    pub(crate) ids: BTreeSet<String>,
}

impl NoteWords {
    /// Of an article's notes, in vertical lines or not.
    pub(crate) fn of(article: &Article, vertical: bool) -> Self {
        Self {
            labels: article
                .notes
                .iter()
                .map(|note| note_mark(note.number, vertical))
                .collect(),
            ids: article.notes.iter().map(|note| note.id.clone()).collect(),
        }
    }
}

impl<'a> Collector<'a> {
    /// The article's notes: each for the page of its mark where the house has them there, else at
    /// the chapter's end under their label. There also stands what is too long for a page's notes,
    /// and what no mark of the text leads to.
    pub(crate) fn notes(&mut self, article: &'a Article, place: &Place) {
        if article.notes.is_empty() {
            return;
        }
        let look = self.desk.look(Part::Note);
        let size = look.size.of(place.size);
        let small = Place {
            size,
            pitch: Pitch::Own(look.pitch.of(size)),
            kind: FrameKind::Paragraph,
            voice: self.desk.voice(Part::Note),
            short: Short::Ragged,
            ..*place
        };
        let markers: Vec<Vec<Inline>> = article.notes.iter().map(|n| self.marker(n)).collect();
        let widths = markers
            .iter()
            .map(|marker| self.desk.extent(&self.job(marker, &small)).1);
        // A quarter em at least parts a mark from its note.
        let hang = whole_em(widths.max().unwrap_or(Length::ZERO) + size / 4, size);
        let mut at_end: Vec<(usize, Vec<Strip>)> = Vec::new();
        let marked = self.marked_notes(article.notes.len());
        self.keep = 0;
        for (number, (note, marker)) in article.notes.iter().zip(markers).enumerate() {
            let strips = self.note(note, &marker, (&small, hang));
            let depth: Length = strips.iter().map(|strip| strip.advance).sum();
            let is_short = depth <= self.grid().area().block.scale(LONGEST, 1000);
            if self.notes_at != NotePlace::ChapterEnd && is_short && marked[number] {
                self.galley.notes.push(PageNote { number, strips });
            } else {
                at_end.push((number, strips));
            }
        }
        if at_end.is_empty() {
            return;
        }
        self.space(1, place);
        let label = Place {
            size,
            kind: FrameKind::Heading,
            voice: self.desk.heading_voice(3),
            ..*place
        };
        let text = words(Word::Notes.text(self.desk.script()), article.span);
        self.text(&self.job(&text, &label), &label, article.span);
        self.keep_next(LINES_AFTER_HEADING);
        for strip in at_end.into_iter().flat_map(|(_, strips)| strips) {
            self.push(strip);
        }
        self.keep = 0;
    }

    /// Which notes have their mark in the text.
    fn marked_notes(&self, count: usize) -> Vec<bool> {
        let mut marked = vec![false; count];
        for strip in &self.galley.strips {
            for note in &strip.notes {
                marked[*note] = true;
            }
        }
        marked
    }

    /// A note's mark, which leads back to the text.
    fn marker(&self, note: &Note) -> Vec<Inline> {
        vec![Inline::Link {
            target: LinkTarget::Internal {
                id: note_back_id(&note.id),
                with_page: false,
            },
            children: words(note_mark(note.number, self.desk.is_vertical()), note.span),
            span: note.span,
        }]
    }

    /// The strips of one note.
    fn note(
        &mut self,
        note: &'a Note,
        marker: &[Inline],
        (place, hang): (&Place, Length),
    ) -> Vec<Strip> {
        let body = std::mem::take(&mut self.galley.strips);
        let group = self.open(FrameKind::Note, place, note.span);
        let place = place.inside(group);
        let inner = place.hung(hang);
        self.marked(marker, &place, |this| this.blocks(&note.blocks, &inner));
        match self.galley.strips.first_mut() {
            Some(strip) => strip.anchors.push(note.id.clone()),
            None => self.anchor_only(vec![note.id.clone()], &place),
        }
        let mut strips = std::mem::replace(&mut self.galley.strips, body);
        for strip in &mut strips {
            // A note has no picture beside it.
            strip.text = None;
        }
        strips
    }
}
