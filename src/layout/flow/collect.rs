//! Blocks become strips, each measured once: paragraphs, headings, lists, quotations, verse, boxes, notes.

use crate::diag::Span;
use crate::geom::Length;
use crate::layout::frame::FrameKind;
use crate::layout::inline::TextAlign;
use crate::model::theme::Part;
use crate::model::{
    Article, Block, BoxKind, Boxed, Definitions, Heading, Inline, List, Paragraph, Quote, Verse,
};

use crate::rules::words::{alert, bullet, number_marker};

use super::collector::Collector;
use super::desk::{Job, Voice, words};
use super::galley::{Content, Cut, Dress, PlacedLine, Source, Taken};
use super::place::{Indent, Pitch, Place, Short, whole, whole_em};
use super::strips::paragraph_strips;
use super::{code, figure, table};

/// After a heading this many lines of text stay with it.
pub(super) const LINES_AFTER_HEADING: u8 = 2;

impl<'a> Collector<'a> {
    /// An article's blocks and, after them, its notes.
    pub(crate) fn article(&mut self, article: &'a Article) {
        self.top_level = top_level(&article.body).unwrap_or(1);
        let place = Place::page(self.desk.grid);
        self.blocks(&article.body, &place);
        self.notes(article, &place);
    }

    /// An article's blocks but for those that stand apart on their page: `apart` is shown each with
    /// the number of strips before it, and takes it or not.
    pub(crate) fn running(
        &mut self,
        article: &'a Article,
        mut apart: impl FnMut(&'a Block, usize) -> bool,
    ) {
        self.top_level = top_level(&article.body).unwrap_or(1);
        let place = Place::page(self.desk.grid);
        for block in &article.body {
            if !apart(block, self.galley.strips.len()) {
                self.blocks(std::slice::from_ref(block), &place);
            }
        }
    }

    /// A run of blocks.
    pub(crate) fn blocks(&mut self, blocks: &'a [Block], place: &Place) {
        let mut rest = blocks;
        while let Some((block, after)) = rest.split_first() {
            let row = figure::portraits(&self.desk, rest, place);
            if row.len() > 1 {
                rest = &rest[row.len()..];
                figure::collect_row(self, &row, place);
                continue;
            }
            rest = after;
            match block {
                Block::Heading(heading) => self.heading(heading, place),
                Block::Paragraph(paragraph) => self.paragraph(paragraph, place),
                Block::List(list) => self.list(list, place),
                Block::Definitions(list) => self.definitions(list, place),
                Block::Quote(quote) => self.quote(quote, place),
                Block::Verse(verse) => self.verse(verse, place),
                Block::Code(block) => code::collect(self, block, place),
                Block::Figure(block) => figure::collect(self, block, place),
                Block::Table(block) => table::collect(self, block, place),
                Block::Boxed(boxed) => self.boxed(boxed, place),
                Block::Break { span } => self.scene_break(*span, place),
            }
        }
    }

    fn paragraph(&mut self, paragraph: &'a Paragraph, place: &Place) {
        let indent = match place.indent {
            Indent::House if !paragraph.continued => self.desk.style.indent.of(place.size),
            _ => place.first_indent(),
        };
        let job = Job {
            indent,
            ..self.job(&paragraph.content, place)
        };
        let lines = self.desk.lines(&job, &mut self.sink);
        if lines.is_empty() {
            return;
        }
        let group = self.open(place.kind, place, paragraph.span);
        if !self.galley.is_plain(group) {
            self.lines(lines, &place.inside(group));
            return;
        }
        let id = self.galley.paragraphs.len();
        self.galley.paragraphs.push(Source {
            text: &paragraph.content,
            place: *place,
            indent,
            done: Vec::new(),
            met: Vec::new(),
            taken: Taken::NOTHING,
        });
        let state = (id, 0, Taken::NOTHING);
        for strip in paragraph_strips(&self.desk, lines, (place, group), state) {
            self.push(strip);
        }
    }

    /// A subheading, on whole lines of the grid (行取り), kept with the text after it.
    pub(crate) fn heading(&mut self, heading: &Heading, place: &Place) {
        let rank = usize::from(heading.level.saturating_sub(self.top_level)).min(3);
        let theme = self.desk.theme.headings[rank];
        let size = theme.size.of(place.size);
        let (lines, indent, space) = (whole(theme.lines), whole(theme.indent), whole(theme.space));
        // After a line of text the heading before has what it needs.
        if self.galley.strips.last().is_some_and(|s| s.text.is_some()) {
            self.keep = 0;
        }
        // A third heading directly under a higher one stands close to it.
        let under_heading = self.keep > 0;
        if (rank < 2 || !under_heading) && space > 0 && place.group.is_none() {
            self.space(space, place);
        }
        let inner = Place {
            size,
            kind: FrameKind::Heading,
            level: self.level_of(heading.level),
            voice: self.desk.heading_voice(rank),
            pitch: Pitch::Grid(lines.max(self.grid().lines_for(size))),
            spread: whole(theme.spread),
            ..*place
        };
        let inner = if self.desk.is_vertical() && place.group.is_none() {
            inner.moved_in(place.size * indent)
        } else {
            inner
        };
        self.title(&heading.content, &inner, heading.span, Some(&heading.id));
        self.keep_next(LINES_AFTER_HEADING);
    }

    /// How deep a subheading stands under the article's headline, which is 1.
    fn level_of(&self, level: u8) -> u8 {
        level.saturating_sub(self.top_level).saturating_add(2)
    }

    fn list(&mut self, list: &'a List, place: &Place) {
        let group = self.open(FrameKind::List, place, list.span);
        let place = place.inside(group);
        let vertical = self.desk.is_vertical();
        let markers: Vec<String> = list
            .items
            .iter()
            .zip(0u64..)
            .map(|(item, at)| match (item.task, list.start) {
                (Some(true), _) => "■".to_owned(),
                (Some(false), _) => "□".to_owned(),
                (None, Some(first)) => {
                    number_marker(first.saturating_add(at), place.lists, vertical)
                }
                (None, None) => bullet(place.lists, vertical).to_owned(),
            })
            .collect();
        let set: Vec<(Vec<Inline>, Length)> = markers
            .into_iter()
            .zip(&list.items)
            .map(|(marker, item)| {
                let text = words(marker, item.span);
                let width = self.desk.extent(&self.job(&text, &place)).1;
                (text, width)
            })
            .collect();
        let widest = set.iter().map(|(_, width)| *width).max();
        let hang = whole_em(widest.unwrap_or(Length::ZERO), place.size);
        let inner = Place {
            lists: place.lists + 1,
            ..place.hung(hang)
        };
        for (item, (marker, _)) in list.items.iter().zip(set) {
            let group = self.open(FrameKind::Item, &place, item.span);
            let inner = inner.inside(group);
            self.marked(&marker, &place.inside(group), |this| {
                this.blocks(&item.blocks, &inner);
            });
        }
    }

    /// Sets blocks with a marker before their first line.
    pub(super) fn marked(
        &mut self,
        marker: &[Inline],
        place: &Place,
        blocks: impl FnOnce(&mut Self),
    ) {
        let first = self.galley.strips.len();
        blocks(self);
        let job = self.job(marker, place);
        let Some(mut line) = self.desk.label(marker, &job, &mut self.sink) else {
            return;
        };
        line.label = true;
        let found =
            self.galley.strips[first..]
                .iter_mut()
                .find_map(|strip| match &mut strip.content {
                    Content::Lines(lines) => Some(lines),
                    _ => None,
                });
        match found {
            Some(lines) => {
                let axis = lines.first().map_or(Length::ZERO, |first| first.axis);
                lines.insert(
                    0,
                    PlacedLine {
                        inline: place.inset,
                        axis,
                        line,
                    },
                );
            }
            None => {
                let strip = self.line(line, place, Cut::Free);
                self.galley.strips.insert(first, strip);
            }
        }
    }

    fn definitions(&mut self, list: &'a Definitions, place: &Place) {
        let group = self.open(FrameKind::List, place, list.span);
        let place = place.inside(group);
        let inner = Place {
            indent: Indent::None,
            ..place.moved_in(place.size * 2)
        };
        for entry in &list.entries {
            let span = entry.terms.first().and_then(|term| term.first());
            let group = self.open(FrameKind::Item, &place, span.map(Inline::span));
            let (place, inner) = (place.inside(group), inner.inside(group));
            for term in &entry.terms {
                let place = Place {
                    voice: Voice::BODY.bold(),
                    kind: FrameKind::Term,
                    ..place
                };
                let span = term.first().map_or(list.span, Inline::span);
                self.text(&self.job(term, &place), &place, span);
                self.keep_next(1);
            }
            for meaning in &entry.meanings {
                self.blocks(meaning, &inner);
            }
        }
    }

    fn quote(&mut self, quote: &'a Quote, place: &Place) {
        let label = alert(quote.kind, self.desk.script());
        let inner = place.moved_in(place.size * 2);
        let Some(label) = label else {
            let group = self.open(FrameKind::Quote, &inner, quote.span);
            self.blocks(&quote.blocks, &inner.inside(group));
            return;
        };
        self.space(1, place);
        let outer = place.moved_in(place.size);
        let group = self.dressed(
            FrameKind::Quote,
            &outer,
            Some(quote.span),
            Dress::Side(self.desk.theme.rules.heavy),
        );
        let inner = inner.inside(group);
        let title = Place {
            voice: self.desk.voice(Part::Box).bold(),
            short: Short::Ragged,
            ..inner
        };
        let text = words(label, quote.span);
        self.text(&self.job(&text, &title), &title, quote.span);
        self.keep_next(LINES_AFTER_HEADING);
        self.blocks(&quote.blocks, &inner);
        self.keep = 0;
        self.space(1, place);
    }

    fn verse(&mut self, verse: &'a Verse, place: &Place) {
        if let Some(title) = &verse.title {
            self.heading(title, place);
        }
        let group = self.open(FrameKind::Verse, place, verse.span);
        let inner = place.inside(group).moved_in(place.size * 2);
        let turn = place.size.min(inner.measure / 4);
        for (at, stanza) in verse.stanzas.iter().enumerate() {
            if at > 0 {
                self.space(1, &inner);
            }
            let count = stanza.len();
            for (at, text) in stanza.iter().enumerate() {
                let job = Job {
                    measure: inner.measure - turn,
                    align: TextAlign::Start,
                    ..self.job(text, &inner)
                };
                let lines = self.desk.lines(&job, &mut self.sink);
                for (turned, line) in lines.into_iter().enumerate() {
                    let keep = turned > 0 || (at == 1) || (at > 0 && at + 1 == count);
                    let cut = if keep { Cut::Keep } else { Cut::Free };
                    let place = if turned > 0 {
                        inner.moved_in(turn)
                    } else {
                        inner
                    };
                    let strip = self.line(line, &place, cut);
                    self.push(strip);
                }
            }
        }
    }

    fn boxed(&mut self, boxed: &'a Boxed, place: &Place) {
        self.space(1, place);
        let first = self.galley.strips.len();
        match boxed.kind {
            BoxKind::Fact => {
                let dress = Dress::Box(self.desk.theme.rules.medium);
                self.framed(boxed, place, FrameKind::Box, dress);
            }
            BoxKind::Sidebar => {
                let dress = Dress::Rules(self.desk.theme.rules.heavy);
                self.framed(boxed, place, FrameKind::Sidebar, dress);
            }
            BoxKind::PullQuote => self.pull_quote(boxed, place),
        }
        self.keep = 0;
        self.keep_together(first);
        self.space(1, place);
    }

    /// Keeps the strips from `first` on one page, where they take no more than half of one.
    fn keep_together(&mut self, first: usize) {
        let strips = &mut self.galley.strips[first..];
        let depth: Length = strips.iter().map(|strip| strip.advance).sum();
        if depth <= self.desk.grid.area().block / 2 {
            for strip in strips.iter_mut().skip(1) {
                strip.cut = Cut::Keep;
            }
        }
    }

    fn framed(&mut self, boxed: &'a Boxed, place: &Place, kind: FrameKind, dress: Dress) {
        let group = self.dressed(kind, place, Some(boxed.span), dress);
        // A box in a box has the size of the text around it.
        let size = match place.group {
            Some(_) => place.size,
            None => self.desk.look(Part::Box).size.of(place.size),
        };
        let inner = Place {
            size,
            voice: self.desk.voice(Part::Box),
            short: Short::Ragged,
            ..place.inside(group).narrowed(place.size)
        };
        self.padding(1, &inner);
        self.keep_next(1);
        let title = Place {
            size: self.desk.look(Part::BoxTitle).size.of(inner.size),
            kind: FrameKind::Heading,
            level: self.level_of(boxed.title.level),
            voice: self.desk.voice(Part::BoxTitle),
            ..inner
        };
        self.title(
            &boxed.title.content,
            &title,
            boxed.title.span,
            Some(&boxed.title.id),
        );
        self.keep_next(LINES_AFTER_HEADING);
        self.blocks(&boxed.blocks, &inner);
        self.keep = 0;
        self.closing_padding(&inner);
    }

    /// The blank before a closing rule, never parted from the line before it.
    fn closing_padding(&mut self, place: &Place) {
        self.padding(1, place);
        if let Some(last) = self.galley.strips.last_mut() {
            last.cut = Cut::Keep;
        }
    }

    fn pull_quote(&mut self, boxed: &'a Boxed, place: &Place) {
        let outer = place.moved_in(place.size);
        let dress = Dress::Rules(self.desk.theme.rules.medium);
        let group = self.dressed(FrameKind::PullQuote, &outer, Some(boxed.span), dress);
        let size = self.desk.look(Part::Quote).size.of(place.size);
        let inner = Place {
            size,
            voice: self.desk.voice(Part::Quote),
            pitch: Pitch::Grid(self.grid().lines_for(size)),
            indent: Indent::None,
            ..outer.inside(group).narrowed(place.size)
        };
        self.padding(1, &inner);
        self.keep_next(1);
        let title = Place {
            kind: FrameKind::Heading,
            level: self.level_of(boxed.title.level),
            ..inner
        };
        self.title(
            &boxed.title.content,
            &title,
            boxed.title.span,
            Some(&boxed.title.id),
        );
        self.blocks(&boxed.blocks, &inner);
        self.closing_padding(&inner);
    }

    fn scene_break(&mut self, span: Span, place: &Place) {
        self.space(1, place);
        // The mark stays with what is before it: it never opens a page.
        if let Some(last) = self.galley.strips.last_mut() {
            last.cut = Cut::Keep;
        }
        let place = Place {
            kind: FrameKind::Rule,
            ..*place
        };
        let text = words("＊", span);
        let job = Job {
            align: TextAlign::Centre,
            ..self.job(&text, &place)
        };
        self.text(&job, &place, span);
        if let Some(last) = self.galley.strips.last_mut() {
            last.cut = Cut::Keep;
        }
        self.space(1, &place);
    }
}

/// The level of the highest subheading of a run of blocks.
fn top_level(blocks: &[Block]) -> Option<u8> {
    blocks
        .iter()
        .filter_map(|block| match block {
            Block::Heading(heading) => Some(heading.level),
            _ => None,
        })
        .min()
}
