//! One walk over a publication's tree, for all its readers.

use super::block::{Block, Figure};
use super::book::{Article, Book};
use super::inline::Inline;
use super::table::Table;

/// What a reader of the tree wants to be shown; every method does nothing unless it is written.
///
/// Nodes are shown in reading order, a parent before its children.
pub trait Visitor<'a> {
    /// An article, before its title, kicker, deck and so on.
    fn article(&mut self, article: &'a Article) {
        let _ = article;
    }
    /// A block, before what it holds.
    fn block(&mut self, block: &'a Block) {
        let _ = block;
    }
    /// A figure, before its caption.
    fn figure(&mut self, figure: &'a Figure) {
        let _ = figure;
    }
    /// A table, before its caption and cells.
    fn table(&mut self, table: &'a Table) {
        let _ = table;
    }
    /// A piece of inline text, before its children.
    fn inline(&mut self, inline: &'a Inline) {
        let _ = inline;
    }
}

/// Shows a whole publication to `visitor`: titles of parts, then every article with its headline
/// matter, body and notes.
pub fn book<'a>(book: &'a Book, visitor: &mut impl Visitor<'a>) {
    for part in &book.parts {
        if let Some(title) = &part.title {
            inlines(title, visitor);
        }
        for item in &part.articles {
            article(item, visitor);
        }
    }
}

/// Shows one article.
pub fn article<'a>(item: &'a Article, visitor: &mut impl Visitor<'a>) {
    visitor.article(item);
    for run in [
        &item.kicker,
        &item.title,
        &item.deck,
        &item.byline,
        &item.dateline,
        &item.lead,
    ] {
        inlines(run, visitor);
    }
    blocks(&item.body, visitor);
    for note in &item.notes {
        blocks(&note.blocks, visitor);
    }
}

/// Shows a run of blocks.
pub fn blocks<'a>(run: &'a [Block], visitor: &mut impl Visitor<'a>) {
    for item in run {
        block(item, visitor);
    }
}

fn block<'a>(item: &'a Block, visitor: &mut impl Visitor<'a>) {
    visitor.block(item);
    match item {
        Block::Heading(heading) => inlines(&heading.content, visitor),
        Block::Paragraph(paragraph) => inlines(&paragraph.content, visitor),
        Block::List(list) => list.items.iter().for_each(|i| blocks(&i.blocks, visitor)),
        Block::Definitions(list) => {
            for entry in &list.entries {
                entry.terms.iter().for_each(|term| inlines(term, visitor));
                entry
                    .meanings
                    .iter()
                    .for_each(|meaning| blocks(meaning, visitor));
            }
        }
        Block::Quote(quote) => blocks(&quote.blocks, visitor),
        Block::Verse(verse) => {
            if let Some(title) = &verse.title {
                inlines(&title.content, visitor);
            }
            verse
                .stanzas
                .iter()
                .flatten()
                .for_each(|line| inlines(line, visitor));
        }
        Block::Figure(figure) => {
            visitor.figure(figure);
            inlines(&figure.caption, visitor);
        }
        Block::Table(table) => {
            visitor.table(table);
            inlines(&table.caption, visitor);
            for row in table.head.iter().chain(&table.rows) {
                row.cells
                    .iter()
                    .for_each(|cell| inlines(&cell.content, visitor));
            }
        }
        Block::Boxed(boxed) => {
            inlines(&boxed.title.content, visitor);
            blocks(&boxed.blocks, visitor);
        }
        Block::Code(_) | Block::Break { .. } => {}
    }
}

/// Shows a run of inline text.
pub fn inlines<'a>(run: &'a [Inline], visitor: &mut impl Visitor<'a>) {
    for item in run {
        visitor.inline(item);
        match item {
            Inline::Mark(mark) => inlines(&mark.children, visitor),
            Inline::Link { children, .. } => inlines(children, visitor),
            _ => {}
        }
    }
}
