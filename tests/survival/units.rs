//! The author's text as units, in reading order: what every output must hold, character by character.

use std::collections::{BTreeMap, BTreeSet};

use banxin::diag::Span;
use banxin::layout::{Frame, FrameKind, Item, Layout, Line};
use banxin::model::{
    Article, Block, Book, Definitions, Figure, Inline, LinkTarget, List, MarkKind, Ruby, Table,
};
use banxin::rules::words;

/// A piece of a unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// The author's characters.
    Text(String),
    /// A reading beside the base before it.
    Reading(String),
    /// What the program sets here: one of these.
    Set(Vec<String>),
}

/// A paragraph, heading, cell, caption, note: to be found whole and in its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unit {
    /// What it is.
    pub kind: &'static str,
    /// Units of one flow follow each other; flows are independent.
    pub flow: String,
    /// Its pieces.
    pub pieces: Vec<Piece>,
    /// The page on which it starts, from one, where that is known.
    pub page: Option<usize>,
    /// The composed lines that hold it, as their spans tell: indices into [`lines`].
    pub lines: Vec<usize>,
}

/// A composed line of an article.
pub struct Set<'a> {
    /// Its page, from one.
    pub page: usize,
    /// The line.
    pub line: &'a Line,
}

/// The lines of all articles, in the order of the layout.
pub fn lines(layout: &Layout) -> Vec<Set<'_>> {
    fn gather<'a>(frame: &'a Frame, page: usize, of_article: bool, found: &mut Vec<Set<'a>>) {
        let of_article = of_article || frame.article.is_some();
        for (_, item) in &frame.items {
            match item {
                Item::Line(line) if of_article => found.push(Set { page, line }),
                Item::Group(inner) => gather(inner, page, of_article, found),
                _ => {}
            }
        }
    }
    let mut found = Vec::new();
    for (index, page) in layout.pages.iter().enumerate() {
        gather(&page.frame, index + 1, false, &mut found);
    }
    found
}

/// The lines whose source lies in a stretch of it, each part of the source once: the head of a
/// table that a page's edge parts is set again, and is no part of the unit.
fn lines_within(span: Span, by_source: &[(Span, usize)]) -> Vec<usize> {
    let key = |span: &Span| (span.file, span.start);
    let from = by_source.partition_point(|(line, _)| key(line) < key(&span));
    let mut within: Vec<(usize, Span)> = by_source[from..]
        .iter()
        .take_while(|(line, _)| line.file == span.file && line.start < span.end)
        .filter(|(line, _)| line.end <= span.end)
        .map(|&(line, number)| (number, line))
        .collect();
    within.sort_unstable_by_key(|&(number, _)| number);
    let mut told = span.start;
    within.retain(|(_, line)| {
        // Words that the program sets for a mark may be parted by a line's end: both lines start
        // with the mark.
        let on = line.start >= told || line.end > told;
        told = if on { line.end } else { told };
        on
    });
    within.into_iter().map(|(number, _)| number).collect()
}

impl Unit {
    /// What the program sets again, where the unit is that alone.
    pub fn heading(&self) -> Option<&str> {
        match self.pieces.as_slice() {
            [Piece::Set(choices)] => choices.first().map(String::as_str),
            _ => None,
        }
    }

    /// The author's characters alone.
    pub fn text(&self) -> String {
        self.pieces
            .iter()
            .filter_map(|piece| match piece {
                Piece::Text(text) => Some(text.as_str()),
                _ => None,
            })
            .collect()
    }
}

/// Every unit of a publication's articles.
pub fn of_book(book: &Book, layout: &Layout) -> (Vec<Unit>, Vec<Unit>) {
    let mut pages = BTreeMap::new();
    for (index, page) in layout.pages.iter().enumerate() {
        anchors(&page.frame, (index + 1, &page.number), &mut pages);
    }
    let mut walk = Walk {
        units: Vec::new(),
        article: None,
        repeated: Vec::new(),
        pages,
        by_source: by_source(&lines(layout)),
        labelled: labelled(book, layout),
    };
    for part in &book.parts {
        if let Some(title) = &part.title {
            walk.push("part", "parts", title);
        }
        for article in &part.articles {
            walk.article(article);
        }
    }
    (walk.units, walk.repeated)
}

/// The articles that have a line of the program's own, the label over their notes.
fn labelled<'a>(book: &Book, layout: &'a Layout) -> BTreeSet<&'a str> {
    fn gather<'a>(
        frame: &'a Frame,
        article: Option<&'a str>,
        labels: &[(&str, &str, Span)],
        found: &mut BTreeSet<&'a str>,
    ) {
        let article = frame.article.as_deref().or(article);
        for (_, item) in &frame.items {
            match item {
                Item::Line(line) if frame.kind == FrameKind::Heading => {
                    let label = labels.iter().find(|(id, ..)| Some(*id) == article);
                    // Of the program's own: it stands nowhere in the source, or for the whole of it.
                    let is_label = label.is_some_and(|(_, text, whole)| {
                        line.text == *text && (line.span == Span::default() || line.span == *whole)
                    });
                    found.extend(article.filter(|_| is_label));
                }
                Item::Group(inner) => gather(inner, article, labels, found),
                _ => {}
            }
        }
    }
    let labels: Vec<(&str, &str, Span)> = book
        .articles()
        .map(|article| {
            let script = words::script_of(&article.language);
            (
                article.id.as_str(),
                words::Word::Notes.text(script),
                article.span,
            )
        })
        .collect();
    let mut found = BTreeSet::new();
    for page in &layout.pages {
        gather(&page.frame, None, &labels, &mut found);
    }
    found
}

/// Whether a line is the bullet of an item, which a reader may give apart from it.
fn is_bullet(line: &Line) -> bool {
    (0..4).any(|depth| {
        [true, false]
            .map(|v| words::bullet(depth, v))
            .contains(&line.text.as_str())
    })
}

/// What newspaper pages add to their stories: end marks, jump lines and, over a part that goes on,
/// the story's headline again; each with its page and whether it may be missing.
pub fn marks(layout: &Layout) -> Vec<(usize, &'static str, String, bool)> {
    fn gather(
        frame: &Frame,
        page: usize,
        found: &mut Vec<(usize, FrameKind, Option<String>, String)>,
    ) {
        for (_, item) in &frame.items {
            match item {
                Item::Group(inner) => gather(inner, page, found),
                Item::Line(line)
                    if matches!(
                        frame.kind,
                        FrameKind::EndMark
                            | FrameKind::Jump
                            | FrameKind::Pointer
                            | FrameKind::Headline
                    ) || is_bullet(line) =>
                {
                    found.push((page, frame.kind, frame.article.clone(), line.text.clone()));
                }
                _ => {}
            }
        }
    }
    let mut all = Vec::new();
    for (index, page) in layout.pages.iter().enumerate() {
        gather(&page.frame, index + 1, &mut all);
    }
    let mut first: BTreeMap<Option<String>, usize> = BTreeMap::new();
    let mut found = Vec::new();
    for (page, kind, article, text) in all {
        match kind {
            // A title page repeats the cover's: both are told as words of the program's own.
            FrameKind::Headline if article.is_none() => {}
            FrameKind::Headline => {
                let opened = *first.entry(article).or_insert(page);
                if opened < page {
                    found.push((page, kind.name(), text, true));
                }
            }
            // Pointers and bullets are looked for with their captions and items first.
            FrameKind::EndMark | FrameKind::Jump => found.push((page, kind.name(), text, false)),
            _ => found.push((page, kind.name(), text, true)),
        }
    }
    found
}

fn by_source(lines: &[Set<'_>]) -> Vec<(Span, usize)> {
    let mut sorted: Vec<_> = (lines.iter().enumerate())
        .filter(|(_, set)| set.line.span != Span::default())
        .map(|(number, set)| (set.line.span, number))
        .collect();
    sorted.sort_unstable_by_key(|&(span, number)| (span.file, span.start, number));
    sorted
}

fn anchors<'a>(
    frame: &'a Frame,
    page: (usize, &'a str),
    found: &mut BTreeMap<&'a str, (usize, &'a str)>,
) {
    for (_, item) in &frame.items {
        match item {
            Item::Anchor(id) => {
                found.entry(id).or_insert(page);
            }
            Item::Group(inner) => anchors(inner, page, found),
            _ => {}
        }
    }
}

/// What pages hold beyond the articles' own text: by page (from one), in reading order.
pub fn set_by_program(layout: &Layout) -> Vec<(usize, &'static str, String)> {
    let mut found = Vec::new();
    for (index, page) in layout.pages.iter().enumerate() {
        for (_, item) in &page.frame.items {
            furniture(item, index + 1, None, &mut found);
        }
    }
    found
}

fn furniture(
    item: &Item,
    page: usize,
    above: Option<FrameKind>,
    found: &mut Vec<(usize, &'static str, String)>,
) {
    match item {
        Item::Group(frame) if frame.article.is_none() => {
            for (_, inner) in &frame.items {
                furniture(inner, page, Some(frame.kind), found);
            }
        }
        Item::Line(line) => {
            found.push((
                page,
                above.map_or("page", FrameKind::name),
                line.text.clone(),
            ));
        }
        _ => {}
    }
}

struct Walk<'a> {
    units: Vec<Unit>,
    article: Option<&'a Article>,
    /// What stands again where a page's edge parts it.
    repeated: Vec<Unit>,
    /// The page of every id: counted from one, and as printed.
    pages: BTreeMap<&'a str, (usize, &'a str)>,
    /// The composed lines by where they stand in the source.
    by_source: Vec<(Span, usize)>,
    /// The articles whose notes stand together under a label of their own.
    labelled: BTreeSet<&'a str>,
}

impl<'a> Walk<'a> {
    fn article(&mut self, article: &'a Article) {
        self.article = Some(article);
        for (kind, run) in [
            ("kicker", &article.kicker),
            ("headline", &article.title),
            ("deck", &article.deck),
            ("byline", &article.byline),
            ("dateline", &article.dateline),
            ("lead", &article.lead),
        ] {
            let from = self.units.len();
            self.push(kind, &format!("{kind}:{}", article.id), run);
            let page = self.pages.get(article.id.as_str()).map(|page| page.0);
            self.units[from..]
                .iter_mut()
                .for_each(|unit| unit.page = page);
        }
        self.blocks(&article.body, &article.id);
        if self.labelled.contains(article.id.as_str()) {
            let script = words::script_of(&article.language);
            self.label(words::Word::Notes.text(script));
        }
        for note in &article.notes {
            let flow = format!("note:{}", note.id);
            let from = self.units.len();
            self.blocks(&note.blocks, &flow);
            if let Some(first) = self.units.get_mut(from) {
                first.pieces.insert(0, note_mark(note.number));
            }
        }
        self.article = None;
    }

    fn push(&mut self, kind: &'static str, flow: &str, run: &[Inline]) {
        let mut pieces = Vec::new();
        self.pieces(run, &mut pieces);
        self.add(kind, flow, pieces, run.iter().map(Inline::span));
    }

    fn add(
        &mut self,
        kind: &'static str,
        flow: &str,
        pieces: Vec<Piece>,
        spans: impl Iterator<Item = Span>,
    ) {
        let stretch = spans.reduce(|whole, span| Span {
            end: whole.end.max(span.end),
            ..whole
        });
        if !pieces.is_empty() {
            self.units.push(Unit {
                kind,
                flow: flow.to_owned(),
                pieces,
                page: None,
                lines: stretch.map_or_else(Vec::new, |span| lines_within(span, &self.by_source)),
            });
        }
    }

    /// A word that the program sets on its own.
    fn label(&mut self, text: &str) {
        self.add("label", "labels", vec![set(&[text])], std::iter::empty());
    }

    fn blocks(&mut self, blocks: &[Block], flow: &str) {
        for block in blocks {
            match block {
                Block::Heading(heading) => self.push("heading", flow, &heading.content),
                Block::Paragraph(paragraph) => self.push("paragraph", flow, &paragraph.content),
                Block::List(list) => self.list(list, flow, 0),
                Block::Definitions(list) => self.definitions(list, flow),
                Block::Quote(quote) => {
                    let script = self
                        .article
                        .map(|article| words::script_of(&article.language));
                    if let Some(label) = script.and_then(|script| words::alert(quote.kind, script))
                    {
                        self.label(label);
                    }
                    self.blocks(&quote.blocks, flow);
                }
                Block::Verse(verse) => {
                    if let Some(title) = &verse.title {
                        self.push("heading", flow, &title.content);
                    }
                    for line in verse.stanzas.iter().flatten() {
                        self.push("verse", flow, line);
                    }
                }
                Block::Code(code) => {
                    for line in code.text.lines().filter(|line| !line.trim().is_empty()) {
                        let piece = Piece::Text(line.trim().to_owned());
                        self.add("code", flow, vec![piece], std::iter::empty());
                    }
                }
                Block::Figure(figure) => self.figure(figure),
                Block::Table(table) => self.table(table),
                Block::Boxed(boxed) => {
                    let flow = format!("box:{}", boxed.title.id);
                    self.push("heading", &flow, &boxed.title.content);
                    self.blocks(&boxed.blocks, &flow);
                }
                _ => {}
            }
        }
    }

    fn list(&mut self, list: &List, flow: &str, depth: usize) {
        for (number, item) in (list.start.unwrap_or(1)..).zip(&list.items) {
            let from = self.units.len();
            for block in &item.blocks {
                match block {
                    Block::List(inner) => self.list(inner, flow, depth + 1),
                    other => self.blocks(std::slice::from_ref(other), flow),
                }
            }
            if let Some(first) = self.units.get_mut(from) {
                let marker = |vertical| match (item.task, list.start) {
                    (Some(true), _) => "■".to_owned(),
                    (Some(false), _) => "□".to_owned(),
                    (None, Some(_)) => words::number_marker(number, depth, vertical),
                    (None, None) => words::bullet(depth, vertical).to_owned(),
                };
                first.pieces.insert(
                    0,
                    Piece::Set(vec![marker(true), marker(false), String::new()]),
                );
            }
        }
    }

    fn definitions(&mut self, list: &Definitions, flow: &str) {
        for entry in &list.entries {
            for term in &entry.terms {
                self.push("term", flow, term);
            }
            for meaning in &entry.meanings {
                self.blocks(meaning, flow);
            }
        }
    }

    fn figure(&mut self, figure: &Figure) {
        let flow = format!("figure:{}", figure.id);
        let mut pieces = Vec::new();
        self.pieces(&figure.caption, &mut pieces);
        if !pieces.is_empty() {
            pieces.insert(0, set(&["▲", "▼", "◀", "▶", ""]));
        }
        // The credit may end the caption's last line: its span reaches to the picture's end.
        let spans = figure.caption.iter().map(Inline::span);
        let whole = (!figure.caption.is_empty()).then_some(figure.span);
        let end = whole.map(|span| Span {
            start: span.end,
            ..span
        });
        self.add("caption", &flow, pieces, spans.chain(end));
        if let Some(credit) = &figure.credit {
            let pieces = vec![
                set(&["（", ""]),
                Piece::Text(credit.clone()),
                set(&["）", ""]),
            ];
            self.add("credit", &flow, pieces, std::iter::empty());
        }
    }

    fn table(&mut self, table: &Table) {
        let flow = format!("table:{}", table.id);
        // It may stand over the rows or under them.
        self.push("caption", &format!("caption:{flow}"), &table.caption);
        for row in table.head.iter().chain(&table.rows) {
            let mut pieces = Vec::new();
            for cell in &row.cells {
                self.pieces(&cell.content, &mut pieces);
            }
            let inlines = row.cells.iter().flat_map(|cell| &cell.content);
            self.add("row", &flow, pieces, inlines.map(Inline::span));
        }
        // The head again wherever a page's edge parts the table; how often is the layout's affair.
        for row in &table.head {
            let mut pieces = Vec::new();
            for cell in &row.cells {
                self.pieces(&cell.content, &mut pieces);
            }
            let head: String = pieces
                .iter()
                .filter_map(|piece| match piece {
                    Piece::Text(text) => Some(text.as_str()),
                    _ => None,
                })
                .collect();
            if !head.is_empty() {
                let unit = Unit {
                    kind: "repeated head",
                    flow: flow.clone(),
                    pieces: vec![Piece::Set(vec![head])],
                    page: None,
                    lines: Vec::new(),
                };
                self.repeated
                    .extend(std::iter::repeat_n(unit, table.rows.len() / 2));
            }
        }
    }

    fn pieces(&self, run: &[Inline], out: &mut Vec<Piece>) {
        // A mark may be set on the other side of the stop that follows it (`note-mark`).
        let mut waiting = None;
        for inline in run {
            match (inline, waiting.take()) {
                (Inline::Text { text, .. }, Some(mark)) => {
                    let stop = text.chars().next().map_or(0, char::len_utf8);
                    push_text(out, &text[..stop]);
                    out.push(mark);
                    push_text(out, &text[stop..]);
                    continue;
                }
                (_, mark) => drop(mark),
            }
            match inline {
                Inline::Text { text, .. }
                | Inline::Upright { text, .. }
                | Inline::Code { text, .. } => push_text(out, text),
                Inline::Mark(mark) if mark.kind == MarkKind::Warichu => {
                    out.push(set(&["（", ""]));
                    self.pieces(&mark.children, out);
                    out.push(set(&["）", ""]));
                }
                Inline::Mark(mark) => self.pieces(&mark.children, out),
                Inline::Link {
                    children, target, ..
                } => {
                    self.pieces(children, out);
                    self.page_of(target, out);
                }
                Inline::Ruby(ruby) => readings(ruby, out),
                Inline::NoteRef { note, .. } => {
                    let note = self.article.and_then(|article| article.notes.get(*note));
                    out.extend(note.map(|note| note_mark(note.number)));
                    waiting = note.map(|note| note_mark(note.number));
                }
                Inline::LineBreak { .. } => push_text(out, "\n"),
                _ => {}
            }
        }
    }
}

impl Walk<'_> {
    /// The page printed after a cross-reference.
    fn page_of(&self, target: &LinkTarget, out: &mut Vec<Piece>) {
        let LinkTarget::Internal {
            id,
            with_page: true,
        } = target
        else {
            return;
        };
        let Some((_, page)) = self.pages.get(id.as_str()) else {
            return;
        };
        let language = self.article.map(|article| &article.language);
        let told = |before| language.map(|language| words::page(page, language, before));
        out.push(Piece::Set(told("").into_iter().chain(told("（")).collect()));
    }
}

fn push_text(out: &mut Vec<Piece>, text: &str) {
    match out.last_mut() {
        Some(Piece::Text(before)) => before.push_str(text),
        _ => out.push(Piece::Text(text.to_owned())),
    }
}

fn readings(ruby: &Ruby, out: &mut Vec<Piece>) {
    for part in &ruby.parts {
        push_text(out, &part.base);
        out.push(Piece::Reading(part.text.clone()));
    }
}

fn set(choices: &[&str]) -> Piece {
    Piece::Set(choices.iter().map(|&choice| choice.to_owned()).collect())
}

/// The mark of a note in its two forms: Han numerals in vertical lines, figures elsewhere.
fn note_mark(number: u32) -> Piece {
    Piece::Set(vec![
        words::note_mark(number, true),
        words::note_mark(number, false),
        String::new(),
    ])
}
