//! How an article opens: kicker, headline sized by its length, deck, byline, dateline, lead.

use crate::diag::{Code, Diagnostic, Span};
use crate::geom::Length;
use crate::layout::frame::FrameKind;
use crate::layout::inline::TextAlign;
use crate::model::theme::Part;
use crate::model::{Article, Credit, Inline};

use super::collector::Collector;
use super::desk::{Job, words};
use super::place::{Indent, Pitch, Place, whole};
use crate::rules::words::Word;

/// A headline longer than this many characters has become a paragraph.
const LONG_HEADLINE: usize = 80;

impl Collector<'_> {
    /// An article's headline matter.
    pub(crate) fn opening(&mut self, article: &Article) {
        let page = Place::page(self.grid());
        let place = if self.desk.is_vertical() {
            page.moved_in(page.size * whole(self.desk.theme.headline.indent))
        } else {
            page
        };
        let first = self.galley.strips.len();
        let kicker = Place {
            size: self.desk.look(Part::Kicker).size.of(page.size),
            kind: FrameKind::Kicker,
            voice: self.desk.voice(Part::Kicker),
            ..place
        };
        self.title(
            &article.kicker,
            &kicker,
            span_of(&article.kicker, article.span),
            None,
        );
        self.headline(article, &place);
        let deck = Place {
            size: self.desk.look(Part::Deck).size.of(page.size),
            kind: FrameKind::Deck,
            voice: self.desk.voice(Part::Deck),
            ..place
        };
        self.title(
            &article.deck,
            &deck,
            span_of(&article.deck, article.span),
            None,
        );
        self.bylines(article, &place);
        self.keep_next(1);
        self.padding(1, &page);
        if !article.lead.is_empty() {
            let lead = Place {
                size: self.desk.look(Part::Lead).size.of(page.size),
                kind: FrameKind::Lead,
                voice: self.desk.voice(Part::Lead),
                indent: Indent::House,
                ..page
            };
            let job = Job {
                indent: self.desk.style.indent.of(lead.size),
                ..self.job(&article.lead, &lead)
            };
            self.keep_next(2);
            self.text(&job, &lead, span_of(&article.lead, article.span));
            self.space(1, &page);
        }
        self.keep_next(2);
        if let Some(strip) = self.galley.strips.get_mut(first) {
            strip.anchors.insert(0, article.id.clone());
        }
    }

    /// The headline in the largest size in which it takes few lines.
    fn headline(&mut self, article: &Article, place: &Place) {
        let theme = &self.desk.theme.headline;
        let depth = usize::from(article.depth).min(theme.sizes.len().saturating_sub(1));
        let characters = Inline::plain(&article.title).chars().count();
        if characters > LONG_HEADLINE {
            self.sink.push(
                Diagnostic::warning(
                    Code::LineOverfull,
                    span_of(&article.title, article.span),
                    format!("a headline of {characters} characters is set as small as text"),
                )
                .hint("shorten the title, or move words to `kicker` or `deck`"),
            );
        }
        let mut chosen = None;
        for size in &theme.sizes[depth..] {
            let inner = Place {
                size: size.of(place.size),
                kind: FrameKind::Headline,
                voice: self.desk.headline_voice(),
                spread: whole(theme.spread),
                ..*place
            };
            let headline = self.headline_lines(&article.title, &inner);
            let fits = headline.count <= usize::try_from(theme.lines).unwrap_or(usize::MAX);
            chosen = Some((inner, headline.pieces));
            if fits {
                break;
            }
        }
        let Some((inner, lines)) = chosen else {
            return;
        };
        // One pitch more than the type needs for a single line: the headline stands free.
        let needed = self.grid().lines_for(inner.size + inner.size / 4);
        let inner = Place {
            pitch: Pitch::Grid(needed),
            ..inner
        };
        let source = span_of(&article.title, article.span);
        for line in &lines {
            self.title(line, &inner, source, None);
        }
    }

    /// The lines of a headline: one where it fits, else broken where the author's hints stand so
    /// that no line is longer than it must be.
    fn headline_lines(&self, title: &[Inline], place: &Place) -> Headline {
        let extent = |text: &[Inline]| {
            let job = Job {
                align: TextAlign::Start,
                ..self.job(text, place)
            };
            self.desk.extent(&job).1
        };
        let whole = extent(&title.iter().map(spaced).collect::<Vec<_>>());
        let pieces = at_hints(title);
        if whole <= place.measure || pieces.len() < 2 {
            // A title without hints is left whole; the composer breaks it.
            return Headline {
                count: lines_of(whole, place.measure),
                pieces: vec![title.iter().map(spaced).collect()],
            };
        }
        let mut lines: Vec<Vec<Inline>> = Vec::new();
        for piece in pieces {
            let mut joined = lines.last().cloned().unwrap_or_default();
            joined.extend(piece.iter().cloned());
            if !lines.is_empty() && extent(&joined) <= balanced(whole, place.measure) {
                lines.pop();
                lines.push(joined);
            } else {
                lines.push(piece);
            }
        }
        Headline {
            count: lines
                .iter()
                .map(|line| lines_of(extent(line), place.measure))
                .sum(),
            pieces: lines,
        }
    }

    /// Byline and dateline, or the article's credits where it has no byline.
    fn bylines(&mut self, article: &Article, place: &Place) {
        let credits = credit_line(&article.credits, self.desk.script());
        let credit_text = words(credits, article.span);
        let byline = if article.byline.is_empty() && !article.credits.is_empty() {
            &credit_text
        } else {
            &article.byline
        };
        for (text, kind) in [
            (byline, FrameKind::Byline),
            (&article.dateline, FrameKind::Dateline),
        ] {
            let place = Place {
                size: self.desk.look(Part::Byline).size.of(place.size),
                kind,
                voice: self.desk.voice(Part::Byline),
                ..*place
            };
            self.title(text, &place, span_of(text, article.span), None);
        }
    }
}

/// A headline in its pieces, and how many lines they take.
struct Headline {
    pieces: Vec<Vec<Inline>>,
    count: usize,
}

/// How many lines of a measure a text of this extent takes.
fn lines_of(extent: Length, measure: Length) -> usize {
    let lines = (extent.wide() - 1).max(0) / measure.wide().max(1) + 1;
    usize::try_from(lines).unwrap_or(usize::MAX)
}

fn is_hint(inline: &Inline) -> bool {
    matches!(inline, Inline::BreakHint { .. })
}

/// The length within which lines of a headline are balanced.
fn balanced(whole: Length, measure: Length) -> Length {
    let lines = whole.wide() / measure.wide().max(1) + 1;
    // A tenth more than an even share, so that pieces of unequal length may join.
    measure.min(Length::from_wide(whole.wide() * 11 / 10 / lines.max(1)))
}

/// What stands in one line where the author let the title break: an em of blank, or its parts
/// would run together (composition rules §16.1).
fn spaced(inline: &Inline) -> Inline {
    match inline {
        Inline::BreakHint { span } => Inline::Text {
            text: "\u{3000}".to_owned(),
            span: *span,
        },
        other => other.clone(),
    }
}

/// A title cut where the author's hints stand.
fn at_hints(title: &[Inline]) -> Vec<Vec<Inline>> {
    title
        .split(is_hint)
        .map(<[Inline]>::to_vec)
        .filter(|piece| !piece.is_empty())
        .collect()
}

/// Credits in one line: label and name, one after another.
pub(crate) fn credit_line(credits: &[Credit], script: crate::model::credit::LabelScript) -> String {
    let colon = Word::Colon.text(script);
    credits
        .iter()
        .map(|credit| format!("{}{colon}{}", credit_label(credit, script), credit.name))
        .collect::<Vec<_>>()
        .join("　")
}

/// The label printed before a credit's name.
pub(crate) fn credit_label(credit: &Credit, script: crate::model::credit::LabelScript) -> String {
    credit
        .label
        .clone()
        .unwrap_or_else(|| credit.role.label(script))
}

/// Where a run of text stands; `fallback` for a run without text.
pub(crate) fn span_of(text: &[Inline], fallback: Span) -> Span {
    match (text.first(), text.last()) {
        (Some(first), Some(last)) => first.span().to(last.span()),
        _ => fallback,
    }
}
