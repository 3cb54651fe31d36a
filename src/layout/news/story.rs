//! A story measured: its running text at the measure of one tier, its head and its pieces.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use crate::art::Gallery;
use crate::diag::{Diagnostic, Span};
use crate::geom::Length;
use crate::layout::flow::collector::Collector;
use crate::layout::flow::desk::{Desk, Job, words};
use crate::layout::flow::galley::{Cut, Galley, Strip};
use crate::layout::flow::notes::NoteWords;
use crate::layout::flow::place::Place;
use crate::layout::frame::FrameKind;
use crate::layout::grid::PageGrid;
use crate::layout::inline::{Composer, TextAlign};
use crate::layout::line::Line;
use crate::layout::pages::refers_to_pages;
use crate::model::theme::{Part, Theme};
use crate::model::{Article, Style};

use super::captions::Captions;
use super::fill::{self, Keeps};
use super::form::{Form, Piece, Wish};
use super::headline::{Headline, Phrases, Words};
use super::piece::SetPiece;
use super::subhead::{Subhead, give, subheads};
use super::tiers::Tiers;

/// Between the text and its end mark, in thousandths of an em.
const BEFORE_END_MARK: i64 = 250;

/// What every story is set with.
#[derive(Clone, Copy)]
pub(crate) struct Stone<'a> {
    /// Sets paragraphs.
    pub(crate) composer: &'a Composer<'a>,
    /// Choices of the house.
    pub(crate) style: &'a Style,
    /// The pictures.
    pub(crate) gallery: &'a Gallery,
    /// Printed page of each id, as far as it is known.
    pub(crate) page_of: &'a BTreeMap<String, String>,
    /// The look of everything.
    pub(crate) theme: &'a Theme,
}

/// What is known of an article at any size of body, as long as what it prints is the same.
#[derive(Debug, Default)]
pub(crate) struct Measures {
    captions: Captions,
    phrases: OnceLock<Phrases>,
}

impl Measures {
    fn words<'d>(
        &self,
        desk: &Desk<'d>,
        article: &'d Article,
        (tiers, rank): (&Tiers, usize),
    ) -> Words<'d> {
        let phrases = || Phrases::new(desk, article);
        let phrases = self.phrases.get_or_init(phrases);
        Words::new(desk, (article, phrases), (tiers, rank))
    }
}

/// An article with what its desk needs and what is known of it.
#[derive(Debug)]
pub(crate) struct Copy<'a> {
    /// The article.
    pub(crate) article: &'a Article,
    refers: bool,
    own: Measures,
    notes: NoteWords,
}

impl<'a> Copy<'a> {
    /// An article, its notes counted.
    pub(crate) fn new(article: &'a Article, vertical: bool) -> Self {
        Self {
            article,
            refers: refers_to_pages(article),
            own: Measures::default(),
            notes: NoteWords::of(article, vertical),
        }
    }

    /// Whether it prints the page of something.
    pub(crate) fn refers(&self) -> bool {
        self.refers
    }

    /// Its form, with the ways of setting its head, and that of a part that goes on elsewhere.
    fn form(
        &self,
        (words, desk, tiers): (&Words<'_>, &Desk<'_>, &Tiers),
        (text, pieces): (u32, Vec<Piece>),
    ) -> (Form, Vec<Headline>, Vec<Headline>) {
        let plan = &self.article.plan;
        let heads = words.heads(desk, tiers);
        let whole = plan.jump == Some(false);
        let turns = if whole {
            Vec::new()
        } else {
            words.turns(tiers)
        };
        let form = Form {
            text,
            heads: heads.iter().map(|head| head.form).collect(),
            turns: turns.iter().map(|head| head.form).collect(),
            pieces,
            wish: Wish {
                page: plan.page.map(|page| narrow(page.saturating_sub(1))),
                tiers: plan
                    .columns
                    .map(|count| narrow(count).clamp(1, tiers.tiers)),
                whole,
            },
        };
        (form, heads, turns)
    }

    /// The desk at which it is set.
    pub(crate) fn desk<'d>(&'d self, stone: Stone<'d>, grid: &'d PageGrid) -> Desk<'d> {
        Desk {
            composer: stone.composer,
            style: stone.style,
            grid,
            gallery: stone.gallery,
            language: &self.article.language,
            note_labels: &self.notes.labels,
            notes: &self.article.notes,
            note_ids: &self.notes.ids,
            page_of: stone.page_of,
            theme: stone.theme,
        }
    }
}

/// A story, measured at one size of body and one measure.
#[derive(Clone)]
pub(crate) struct Story<'a> {
    /// Its running text.
    pub(crate) galley: Galley<'a>,
    /// The words of its head.
    pub(crate) words: Words<'a>,
    /// The ways of setting its head.
    pub(crate) heads: Vec<Headline>,
    /// The ways of setting the head of a part that goes on elsewhere.
    pub(crate) turns: Vec<Headline>,
    /// What stands apart.
    pub(crate) pieces: Vec<SetPiece<'a>>,
    /// The mark after its text: after which strip, how far along it, and the mark.
    pub(crate) end: Option<(usize, Length, Line)>,
    /// What planning knows of it.
    pub(crate) form: Form,
    /// Its subheadings.
    pub(crate) subheads: Vec<Subhead>,
    /// Whether its headings keep to their text.
    pub(crate) keeps: Keeps,
    /// Faults met.
    pub(crate) found: Vec<Diagnostic>,
}

impl<'a> Story<'a> {
    /// Sets a story at a desk whose grid is one tier.
    pub(crate) fn new(desk: &Desk<'a>, copy: &'a Copy<'a>, place: (&Tiers, usize)) -> Self {
        Self::measured(desk, copy, (place, &copy.own))
    }

    /// Sets a story that prints other pages than when it was measured before.
    pub(crate) fn renewed(desk: &Desk<'a>, copy: &'a Copy<'a>, place: (&Tiers, usize)) -> Self {
        Self::measured(desk, copy, (place, &Measures::default()))
    }

    fn measured(
        desk: &Desk<'a>,
        copy: &'a Copy<'a>,
        ((tiers, rank), known): ((&Tiers, usize), &Measures),
    ) -> Self {
        let article = copy.article;
        let mut collector = Collector::new(*desk);
        collector.galley.article = Some(article.id.clone());
        let place = Place::page(desk.grid);
        let mut pieces: Vec<(SetPiece<'a>, usize)> = Vec::new();
        collector.running(article, |block, before| {
            let piece = SetPiece::of(block, (desk, tiers, &known.captions));
            let stands = piece.is_some();
            pieces.extend(piece.map(|piece| (piece, before)));
            stands
        });
        collector.notes(article, &place);
        let end = close(&mut collector, &place, article.span);
        let subheads = subheads(&collector.galley, desk.grid, desk.theme);
        for head in &subheads {
            give(&mut collector.galley, desk.grid, (head, head.asked));
        }
        let (text, starts) = fill::measure(&collector.galley.strips, desk.grid);
        let pieces: Vec<SetPiece<'a>> = pieces
            .into_iter()
            .map(|(mut piece, before)| {
                piece.form.reference = starts.get(before).copied().unwrap_or(text);
                piece
            })
            .collect();
        let words = known.words(desk, article, (tiers, rank));
        words.tell(&mut collector.sink);
        let forms = pieces.iter().map(|piece| piece.form.clone()).collect();
        let (form, heads, turns) = copy.form((&words, desk, tiers), (text, forms));
        Self {
            galley: collector.galley,
            words,
            heads,
            turns,
            pieces,
            end,
            form,
            subheads,
            keeps: Keeps::Kept,
            found: collector.sink.into_inner(),
        }
    }
}

fn narrow(count: u32) -> u16 {
    u16::try_from(count).unwrap_or(u16::MAX)
}

/// Finds room for the end mark: after the last line, or on a line of its own.
fn close(
    collector: &mut Collector<'_>,
    place: &Place,
    span: Span,
) -> Option<(usize, Length, Line)> {
    let mark = collector.desk.theme.newspaper.end_mark.as_str();
    if mark.is_empty() {
        return None;
    }
    let text = words(mark, span);
    let job = Job {
        align: TextAlign::Start,
        voice: collector.desk.voice(Part::Furniture),
        ..collector.job(&text, place)
    };
    let line = collector.desk.label(&text, &job, &mut collector.sink)?;
    let index = collector.galley.strips.len().checked_sub(1)?;
    let last = &collector.galley.strips[index];
    let at = fill::reach(last).map(|at| at + place.size.scale(BEFORE_END_MARK, 1000));
    if let Some(at) = at.filter(|at| *at + line.set <= place.measure) {
        return Some((index, at, line));
    }
    let at = place.measure - line.set;
    let group = collector.open(FrameKind::EndMark, place, None);
    collector.push(Strip {
        advance: place.advance(collector.grid()),
        body: place.body(collector.grid()),
        cut: Cut::Keep,
        ..Strip::empty(group, place)
    });
    Some((index + 1, at, line))
}
