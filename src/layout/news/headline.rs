//! A story's head: kicker, title, deck, byline and lead set as one stack, in the ways that a page may ask for.

use std::sync::Arc;

use crate::diag::{Code, Diagnostic, Sink, Span};
use crate::geom::{Em, Length, Logical, Point, Size, WritingMode};
use crate::layout::flow::desk::{Desk, Job, words};
use crate::layout::flow::opening::{credit_line, span_of};
use crate::layout::frame::{Frame, FrameKind, Item};
use crate::layout::grid::PageGrid;
use crate::layout::inline::TextAlign;
use crate::layout::line::Line;
use crate::model::book::HeadlineSetting;
use crate::model::theme::{Part, Theme};
use crate::model::{Article, Inline};

use super::form::Head;
use super::phrase::{Band, Phrase, Row, UNIT, begun};
use super::tiers::Tiers;

/// A title may be this much larger or smaller than its best, in thousandths.
const LARGER: i64 = 1_200;
const SMALLER: i64 = 550;
/// Blank between the title's lines, and between it and kicker or deck, in thousandths of its size.
const BETWEEN_LINES: i64 = 180;
const BETWEEN_PARTS: i64 = 220;
/// Blank before the first and after the last row, in thousandths of the body size.
const MARGIN: i64 = 350;
/// What every row of a title beyond the first costs, in tenths of a head's cost.
const ROW_COST: i32 = 350;
/// Rows beyond so many cost no more.
const MOST_ROWS: i32 = 9;
/// Round and between the rows of a part that goes on from another page.
const MARGINS: Em = Em::from_milli(3 * 350);
/// A title is broken into so many lines at most, kicker and deck into fewer.
const TITLE_LINES: usize = 6;
const BESIDE_LINES: usize = 3;
/// A title that fits in no other way is so large, in thousandths of the body size.
const LAST_RESORT: i64 = 1_150;
const SMALLEST_RESORT: i64 = 600;
/// A headline longer than this many characters has become a paragraph.
const LONG_HEADLINE: usize = 60;
/// A lead's lines are no longer than this many characters in vertical lines and in horizontal
/// ones; wider ones stand in columns.
const LONGEST_LEAD: [i64; 2] = [32, 42];
/// Blank before and after a lead, in thousandths of the body size.
const ROUND_LEAD: i64 = 450;
/// A head takes so many tiers at most: 2, 3 and 4 are what newspapers use (§16).
const MOST_TIERS: u16 = 5;
/// So many ways of setting a head are handed on.
const WAYS: usize = 8;
/// Sizes of titles are multiples of this.
const STEP: i64 = 250;

/// The parts of a head, broken into lines and measured: the same at every size of body.
#[derive(Debug)]
pub(crate) struct Phrases {
    kicker: Option<Arc<Phrase>>,
    title: Option<Arc<Phrase>>,
    deck: Option<Arc<Phrase>>,
    byline: Option<Arc<Phrase>>,
}

impl Phrases {
    /// The parts of an article's head.
    pub(crate) fn new(desk: &Desk<'_>, article: &Article) -> Self {
        let phrase = |text: &[Inline], kind, voice, most| {
            Phrase::new(desk, text, (kind, voice), (most, article.span)).map(Arc::new)
        };
        let credits = words(credit_line(&article.credits, desk.script()), article.span);
        let mut byline = article.byline.clone();
        if byline.is_empty() && !article.credits.is_empty() {
            byline = credits;
        }
        if !article.dateline.is_empty() {
            if !byline.is_empty() {
                byline.extend(words("\u{3000}", article.span));
            }
            byline.extend(article.dateline.iter().cloned());
        }
        let beside = |text: &[Inline], kind, part| {
            let voice = desk.voice(part);
            phrase(text, kind, voice, BESIDE_LINES)
        };
        Self {
            kicker: beside(&article.kicker, FrameKind::Kicker, Part::Kicker),
            title: phrase(
                &article.title,
                FrameKind::Headline,
                desk.headline_voice(),
                TITLE_LINES,
            ),
            deck: beside(&article.deck, FrameKind::Deck, Part::Deck),
            byline: beside(&byline, FrameKind::Byline, Part::Byline),
        }
    }
}

/// The words of a head, measured.
#[derive(Debug, Clone)]
pub(crate) struct Words<'a> {
    article: &'a Article,
    theme: &'a Theme,
    kicker: Option<Arc<Phrase>>,
    title: Option<Arc<Phrase>>,
    deck: Option<Arc<Phrase>>,
    byline: Option<Arc<Phrase>>,
    /// The best size of the title.
    ideal: Length,
}

/// One way of setting a head.
#[derive(Debug, Clone)]
pub(crate) struct Headline {
    /// What planning knows of it.
    pub(crate) form: Head,
    size: Length,
    way: usize,
    /// Which way its rows run.
    mode: WritingMode,
    lead: Option<Lead>,
}

/// How a lead is set in a head: columns beside one another along the lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Lead {
    measure: Length,
    columns: u16,
    /// Lines of the fullest column.
    lines: u16,
    /// From one column's head to the next one's.
    step: Length,
}

impl<'a> Words<'a> {
    /// Measures the words of an article's head. `rank` counts from the story of most weight.
    pub(crate) fn new(
        desk: &Desk<'a>,
        (article, phrases): (&'a Article, &Phrases),
        (tiers, rank): (&Tiers, usize),
    ) -> Self {
        // The most that a line of the smallest head may be long.
        let widest = tiers.span(tiers.tiers.min(MOST_TIERS));
        let limit = UNIT.scale(widest.wide(), tiers.size.scale(LAST_RESORT, 1000).wide());
        let within = |phrase: &Option<Arc<Phrase>>| {
            let phrase = phrase.as_ref();
            phrase.map(|phrase| phrase.within(limit, desk))
        };
        let body = tiers.size;
        let theme = &desk.theme.newspaper.headline;
        let lead = tiers
            .trim
            .height
            .scale(1, i64::from(theme.page_part))
            .min(theme.bounds.0.of(body));
        let part = theme.ranks.get(rank).or(theme.ranks.last());
        let ideal = part
            .map_or(lead, |part| part.of(lead))
            .max(theme.bounds.1.of(body));
        Self {
            article,
            theme: desk.theme,
            kicker: within(&phrases.kicker),
            title: within(&phrases.title),
            deck: within(&phrases.deck),
            byline: within(&phrases.byline),
            ideal,
        }
    }

    /// The article that it heads.
    pub(crate) fn article(&self) -> &'a Article {
        self.article
    }

    /// The rows of a stack with the title in a way and size, on lines of a length.
    fn rows(&self, (way, size): (usize, Length), room: Length, body: Length) -> Vec<Row<'_>> {
        let theme = &self.theme.newspaper.headline;
        let beside = |part: Em| {
            part.of(size)
                .max(theme.beside.0.of(body))
                .min(theme.beside.1.of(body))
                .min(size)
        };
        let byline = self.theme.look(Part::Byline).size.of(body);
        let margin = body.scale(MARGIN, 1000);
        let gap = size.scale(BETWEEN_PARTS, 1000);
        let parts = [
            (&self.kicker, beside(theme.kicker), None, gap),
            (&self.title, size, Some(way), gap),
            (&self.deck, beside(theme.deck), None, gap),
            (&self.byline, byline, None, body / 2),
        ];
        let mut rows: Vec<Row<'_>> = Vec::new();
        for (phrase, size, way, before) in parts {
            let Some(phrase) = phrase else {
                continue;
            };
            rows.push(Row {
                phrase,
                size,
                way: way.unwrap_or_else(|| phrase.fitting(size, room)),
                before: if rows.is_empty() { margin } else { before },
                pitch: size + size.scale(BETWEEN_LINES, 1000),
            });
        }
        rows
    }

    /// The extent of a stack across its rows, and the length of its longest row.
    fn extent(&self, title: (usize, Length), room: Length, body: Length) -> (Length, Length) {
        let rows = self.rows(title, room, body);
        let across: Length = rows.iter().map(|row| row.before + row.extent()).sum();
        let along = rows
            .iter()
            .map(|row| row.phrase.longest(row.way, row.size))
            .max()
            .unwrap_or(Length::ZERO);
        (across + body.scale(MARGIN, 1000), along)
    }

    /// The ways in which the head may be set, the best first; never empty.
    pub(crate) fn heads(&self, desk: &Desk<'_>, tiers: &Tiers) -> Vec<Headline> {
        let asked = self.article.plan.headline;
        let along_pages = match (tiers.mode, asked) {
            (_, None) => None,
            (WritingMode::VerticalRl, Some(HeadlineSetting::Vertical))
            | (WritingMode::HorizontalTb, Some(HeadlineSetting::Horizontal)) => Some(true),
            _ => Some(false),
        };
        let leads: Vec<Option<Lead>> = (1..=tiers.tiers.min(MOST_TIERS))
            .map(|span| self.lead(desk, tiers, span))
            .collect();
        let mut ways = Vec::new();
        if along_pages != Some(false) {
            for (span, lead) in (1..).zip(&leads) {
                ways.extend(self.along(tiers, (span, *lead)));
            }
        }
        let across = tiers.mode.is_vertical() || along_pages == Some(false);
        if along_pages != Some(true) && across {
            for (span, lead) in (1..).zip(leads.iter().take(2)) {
                ways.extend(self.across(tiers, (span, *lead)));
            }
        }
        ways.sort_by_key(|head| (head.form.cost, head.form.tiers, head.form.lines));
        let mut kept: Vec<Headline> = Vec::new();
        for head in ways {
            let alike = |other: &Headline| {
                other.form.tiers == head.form.tiers
                    && other.form.lines.abs_diff(head.form.lines) <= 1
                    && other.form.across == head.form.across
            };
            if kept.len() < WAYS && !kept.iter().any(alike) {
                kept.push(head);
            }
        }
        if kept.is_empty() {
            kept.push(self.last_resort(desk, tiers));
        }
        kept
    }

    /// Titles of how many lines there are.
    fn title_ways(&self) -> usize {
        self.title.as_ref().map_or(1, |title| title.ways.len())
    }

    /// Heads whose rows run as the page's lines do, over so many tiers.
    fn along(&self, tiers: &Tiers, (span, lead): (u16, Option<Lead>)) -> Vec<Headline> {
        let room = tiers.span(span);
        let mut found = Vec::new();
        for way in 0..self.title_ways() {
            let Some(size) = self.size_for(way, room) else {
                continue;
            };
            let (across, along) = self.extent((way, size), room, tiers.size);
            let lines = tiers.lines_for(across + depth(lead, tiers));
            if lines > tiers.lines || along > room {
                continue;
            }
            let longest = self.title.as_ref().map_or(room, |t| t.longest(way, size));
            let blank = (room - longest)
                .at_least_zero()
                .in_em(room.max(UNIT))
                .milli();
            found.push(self.headline((way, size), (span, lines), (tiers, lead, blank)));
        }
        found
    }

    /// Heads whose rows run across the page's lines, in so many tiers.
    fn across(&self, tiers: &Tiers, (span, lead): (u16, Option<Lead>)) -> Vec<Headline> {
        let (height, width) = (tiers.span(span), tiers.depth(tiers.lines));
        let own = depth(lead, tiers);
        let mut found = Vec::new();
        for way in 0..self.title_ways() {
            let Some(mut size) = self.size_for(way, width) else {
                continue;
            };
            // The largest size at which the stack is no higher than its tiers.
            let least = self.ideal.scale(SMALLER, 1000);
            while size >= least && self.extent((way, size), width, tiers.size).0 > height {
                size -= Length::from_wide(STEP);
            }
            if size < least {
                continue;
            }
            let (across, along) = self.extent((way, size), width, tiers.size);
            let lines = tiers.lines_for(along + tiers.size * 2 + own);
            if lines > tiers.lines || across > height {
                continue;
            }
            let blank = (height - across).in_em(height.max(UNIT)).milli();
            let mut headline = self.headline((way, size), (span, lines), (tiers, lead, blank));
            headline.form.across = true;
            headline.mode = match tiers.mode {
                WritingMode::VerticalRl => WritingMode::HorizontalTb,
                WritingMode::HorizontalTb => WritingMode::VerticalRl,
            };
            found.push(headline);
        }
        found
    }

    /// The size in which a title's way fits a length, up to what is best; `None` where that is far
    /// too small.
    fn size_for(&self, way: usize, room: Length) -> Option<Length> {
        let largest = self.ideal.scale(LARGER, 1000);
        let Some(title) = &self.title else {
            return Some(self.ideal);
        };
        let unit = title.longest(way, UNIT).max(Length::from_milli(1));
        let fits = UNIT.scale(room.wide(), unit.wide()).min(largest);
        let size = Length::from_wide(fits.wide() / STEP * STEP);
        (size >= self.ideal.scale(SMALLER, 1000)).then_some(size)
    }

    fn headline(
        &self,
        (way, size): (usize, Length),
        (span, lines): (u16, u16),
        (tiers, lead, blank): (&Tiers, Option<Lead>, i32),
    ) -> Headline {
        let off = (size - self.ideal).abs().in_em(self.ideal).milli();
        // A title of many lines reads like a list, and a half-empty one looks lost.
        let many = i32::try_from(way.saturating_sub(1)).unwrap_or(MOST_ROWS) * ROW_COST;
        let cost = off / 10 + blank / 25 + many / 10;
        Headline {
            form: Head {
                tiers: span,
                lines,
                across: false,
                cost: u32::try_from(cost).unwrap_or(0),
            },
            size,
            way,
            mode: tiers.mode,
            lead,
        }
    }

    /// A head too long for all sizes: little larger than text, in as many lines as it needs.
    fn last_resort(&self, desk: &Desk<'_>, tiers: &Tiers) -> Headline {
        let span = tiers.tiers.clamp(1, MOST_TIERS);
        let room = tiers.span(span);
        let lead = self.lead(desk, tiers, span);
        let own = depth(lead, tiers);
        let fitted = |part: i64| {
            let size = tiers.size.scale(part, 1000);
            let title = self.title.as_ref();
            let way = title.map_or(0, |title| title.fitting(size, room));
            let (across, _) = self.extent((way, size), room, tiers.size);
            (way, size, tiers.lines_for(across + own))
        };
        // On a page too small for it, it is smaller than the text.
        let (way, size, lines) = (SMALLEST_RESORT..=LAST_RESORT)
            .rev()
            .step_by(50)
            .map(fitted)
            .find(|(.., lines)| *lines <= tiers.lines)
            .unwrap_or_else(|| fitted(SMALLEST_RESORT));
        self.headline(
            (way, size),
            (span, lines.min(tiers.lines)),
            (tiers, lead, 0),
        )
    }

    /// Tells of a title that has become a paragraph.
    pub(crate) fn tell(&self, sink: &mut Sink) {
        let characters = Inline::plain(&self.article.title).chars().count();
        if characters > LONG_HEADLINE {
            sink.push(
                Diagnostic::warning(
                    Code::LineOverfull,
                    span_of(&self.article.title, self.article.span),
                    format!("a headline of {characters} characters is set little larger than text"),
                )
                .hint("shorten the title, or move words to `kicker` or `deck`"),
            );
        }
    }

    /// How the lead is set over so many tiers: in columns of two tiers (合欄), or of three.
    fn lead(&self, desk: &Desk<'_>, tiers: &Tiers, span: u16) -> Option<Lead> {
        if self.article.lead.is_empty() {
            return None;
        }
        let longest = LONGEST_LEAD[usize::from(!tiers.mode.is_vertical())];
        let longest = tiers.size.scale(longest, 1);
        let room = tiers.span(span);
        let each = |columns: u16| (room + tiers.gap) / i32::from(columns) - tiers.gap;
        let fits = |columns: &u16| each(*columns) <= longest;
        let columns = (1..=span).find(fits).unwrap_or(span);
        // As wide as whole tiers, where that is not much narrower.
        let whole = (columns..=span).find(|count| span.is_multiple_of(*count));
        let columns = whole
            .filter(|count| *count <= columns + 1)
            .unwrap_or(columns);
        let each = each(columns);
        let measure = tiers.size.scale(each.wide() / tiers.size.wide().max(1), 1);
        let job = lead_job(&self.article.lead, desk, (measure, tiers));
        let count = desk.lines(&job, &mut Sink::new()).len();
        let lines = count.div_ceil(usize::from(columns));
        Some(Lead {
            measure,
            columns,
            lines: u16::try_from(lines).unwrap_or(u16::MAX),
            step: each + tiers.gap,
        })
    }

    /// The ways of setting the head of a part that goes on elsewhere: the first words of the title,
    /// small, with a line that tells where the story comes from.
    pub(crate) fn turns(&self, tiers: &Tiers) -> Vec<Headline> {
        let Some(title) = &self.title else {
            return Vec::new();
        };
        let least = tiers.size.scale(800, 1000);
        let first = |way: usize| title.ways[way].first().map_or(UNIT, |(_, length)| *length);
        let most = UNIT.scale(tiers.measure().wide(), least.wide().max(1));
        let second = title.ways.len().min(2) - 1;
        // Of a title of long lines there are fewer words, and at last a part of its first line.
        let way = (second..title.ways.len())
            .find(|way| first(*way) <= most)
            .unwrap_or(second);
        let fits = UNIT.scale(tiers.measure().wide(), first(way).wide().max(1));
        let size = fits.clamp(
            least,
            self.theme
                .newspaper
                .headline
                .bounds
                .1
                .of(tiers.size)
                .max(least),
        );
        let small = self.theme.look(Part::Continued).size;
        let across = size + (small + MARGINS).of(tiers.size);
        let form = Head {
            tiers: 1,
            lines: tiers.lines_for(across),
            across: false,
            cost: 0,
        };
        vec![Headline {
            form,
            size,
            way,
            mode: tiers.mode,
            lead: None,
        }]
    }

    /// Sets the head of a part that goes on from another page; `from` tells which.
    pub(crate) fn set_turn(
        &self,
        (turn, lines): (&Headline, u16),
        from: &[Inline],
        (desk, tiers): (&Desk<'_>, &Tiers),
    ) -> Vec<(Point, Frame)> {
        let holder = tiers.size_of((turn.form.tiers, lines));
        let room = Logical::from_size(holder, turn.mode);
        let margin = tiers.size.scale(MARGIN, 1000);
        let small = desk.look(Part::Continued).size.of(tiers.size);
        let first = self.title.as_ref().and_then(|title| {
            let (text, _) = title.ways.get(turn.way)?.first()?;
            Some((text.text.as_slice(), title.source))
        });
        let mut frames = Vec::new();
        let used = turn.size + small + margin * 3;
        let mut at = margin + (room.block - used).at_least_zero() / 2;
        let rows = [
            first.map(|(text, source)| (text, source, FrameKind::Headline, turn.size)),
            Some((from, Span::default(), FrameKind::Jump, small)),
        ];
        for (text, source, kind, size) in rows.into_iter().flatten() {
            let voice = if kind == FrameKind::Jump {
                desk.voice(Part::Continued)
            } else {
                desk.headline_voice()
            };
            let job = Job {
                text,
                measure: Length::MAX / 4,
                mode: turn.mode,
                size,
                voice,
                indent: Length::ZERO,
                align: TextAlign::Start,
            };
            if let Some(line) = begun(desk, &job, room.inline) {
                let extent = Logical::new(line.set, size).to_size(turn.mode);
                let mut frame = Frame::new(kind, extent);
                frame.source = (source != Span::default()).then_some(source);
                frame.article = Some(self.article.id.clone());
                let axis = PageGrid::axis(size / 2, size, turn.mode);
                let origin = Logical::new(Length::ZERO, axis);
                frame.push(
                    origin.to_corner(turn.mode, extent, Size::default()),
                    Item::Line(line),
                );
                let place = Logical::new(Length::ZERO, at);
                frames.push((place.to_corner(turn.mode, holder, extent), frame));
            }
            at += size + margin;
        }
        frames
    }

    /// Sets a head in so many lines, which may be more than it needs: its frames, each from the
    /// upper left corner of its rectangle, in reading order.
    pub(crate) fn set(
        &self,
        (headline, lines): (&Headline, u16),
        (desk, tiers): (&Desk<'_>, &Tiers),
        sink: &mut Sink,
    ) -> Vec<(Point, Frame)> {
        let form = Head {
            lines,
            ..headline.form
        };
        let whole = tiers.size_of((form.tiers, form.lines));
        let outer = Logical::from_size(whole, tiers.mode);
        let own = depth(headline.lead, tiers).min(outer.block);
        let stack = Logical::new(outer.inline, outer.block - own).to_size(tiers.mode);
        // The stack stands where reading starts; the lead takes the last lines.
        let corner = Logical::new(Length::ZERO, Length::ZERO).to_corner(tiers.mode, whole, stack);
        let mut frames = self.stack(headline, (stack, corner), (desk, tiers));
        if let Some(lead) = headline.lead {
            let from = outer.block - own + tiers.size.scale(ROUND_LEAD, 1000);
            self.set_lead(lead, (whole, from), (desk, tiers), sink, &mut frames);
        }
        if let Some((_, frame)) = frames.first_mut() {
            frame
                .items
                .insert(0, (Point::ORIGIN, Item::Anchor(self.article.id.clone())));
        }
        for (_, frame) in &mut frames {
            frame.article = Some(self.article.id.clone());
        }
        frames
    }

    fn stack(
        &self,
        headline: &Headline,
        (holder, corner): (Size, Point),
        (desk, tiers): (&Desk<'_>, &Tiers),
    ) -> Vec<(Point, Frame)> {
        let room = Logical::from_size(holder, headline.mode);
        let title = (headline.way, headline.size);
        let rows = self.rows(title, room.inline, tiers.size);
        let (used, _) = self.extent(title, room.inline, tiers.size);
        // What is left over parts the rows a little more, up to a third of the title's size.
        let count = i32::try_from(rows.len() + 1).unwrap_or(1);
        let spare = ((room.block - used).at_least_zero() / count).min(headline.size / 3);
        let rest = (room.block - used - spare * count).at_least_zero();
        let mut at = rest / 2;
        let mut frames = Vec::new();
        // The frames of the rows hold the blank round them: together they are the whole stack.
        let mut from = Length::ZERO;
        let last = rows.len().saturating_sub(1);
        for (nth, row) in rows.iter().enumerate() {
            at += row.before + spare;
            let end = at + row.extent();
            let to = if nth == last {
                room.block.max(end)
            } else {
                end
            };
            let band = Band {
                mode: headline.mode,
                length: room.inline,
                from,
                at,
                to,
            };
            frames.extend(row.set(&band, (holder, corner), desk));
            (at, from) = (end, to);
        }
        frames
    }

    fn set_lead(
        &self,
        lead: Lead,
        (holder, from): (Size, Length),
        (desk, tiers): (&Desk<'_>, &Tiers),
        sink: &mut Sink,
        frames: &mut Vec<(Point, Frame)>,
    ) {
        let job = lead_job(&self.article.lead, desk, (lead.measure, tiers));
        let mut lines = desk.lines(&job, sink).into_iter();
        for column in 0..lead.columns {
            let own: Vec<Line> = lines.by_ref().take(usize::from(lead.lines)).collect();
            if own.is_empty() {
                break;
            }
            let count = u16::try_from(own.len()).unwrap_or(u16::MAX);
            let extent = Logical::new(lead.measure, tiers.depth(count));
            let size = extent.to_size(tiers.mode);
            let at = Logical::new(lead.step * i32::from(column), from);
            let mut frame = Frame::new(FrameKind::Lead, size);
            frame.source = Some(span_of(&self.article.lead, self.article.span));
            let mut across = Length::ZERO;
            for line in own {
                let axis = PageGrid::axis(across + tiers.size / 2, line.size, tiers.mode);
                let origin = Logical::new(Length::ZERO, axis);
                frame.push(
                    origin.to_corner(tiers.mode, size, Size::default()),
                    Item::Line(line),
                );
                across += tiers.pitch;
            }
            frames.push((at.to_corner(tiers.mode, holder, size), frame));
        }
    }
}

/// What a lead takes across its lines, with the blank round it.
fn depth(lead: Option<Lead>, tiers: &Tiers) -> Length {
    lead.map_or(Length::ZERO, |lead| {
        tiers.depth(lead.lines) + tiers.size.scale(ROUND_LEAD, 1000) * 2
    })
}

/// A lead as the composer is asked for it.
fn lead_job<'t>(
    text: &'t [Inline],
    desk: &Desk<'_>,
    (measure, tiers): (Length, &Tiers),
) -> Job<'t> {
    let size = desk.look(Part::Lead).size.of(tiers.size);
    Job {
        text,
        measure,
        mode: tiers.mode,
        size,
        voice: desk.voice(Part::Lead),
        indent: desk.style.indent.of(size),
        align: TextAlign::Justify,
    }
}
