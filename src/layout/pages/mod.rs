//! Book pages: articles set side by side, numbered, furnished, with contents and colophon.

mod colophon;
mod contents;
mod front;
mod furniture;
mod number;
pub(crate) mod outline;
mod section;

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use crate::art::Gallery;
use crate::diag::{Code, Diagnostic, Sink, Warned};
use crate::font::Faces;
use crate::model::visit::{Visitor, article as visit_article};
use crate::model::{Article, Book, Inline, Language, LinkTarget, Note};

use super::flow::collector::Collector;
use super::flow::compose::{Sheets, blank, compose};
use super::flow::desk::Desk;
use super::flow::headings::BOOK_HEADINGS;
use super::frame::{Layout, Page};
use super::grid::PageGrid;
use super::inline::Composer;
use crate::rules::words::note_mark;
use furniture::Furniture;
use number::{Leaf, number, page_of};
use section::{Role, Section};

/// Page references are resolved in so many rounds at most.
const ROUNDS: usize = 3;

/// Lays a publication out in book pages.
///
/// Faults of the manuscript, as a page without room or a line that does not fit, come with the
/// layout; every text of the publication stands on some page all the same.
#[must_use]
pub(crate) fn layout(book: &Book, faces: &Faces, gallery: &Gallery) -> Warned<Layout> {
    let mut sink = Sink::new();
    let grid = PageGrid::of_book(&book.output.pdf, &book.style, &mut sink);
    let composer = Composer::new(faces, &book.style);
    let press = Press {
        book,
        gallery,
        composer: &composer,
        faces,
        grid: &grid,
        no_pages: BTreeMap::new(),
        no_notes: BTreeSet::new(),
    };
    let sections = press.sections(&mut sink);
    let mut told = BTreeSet::new();
    for section in &sections {
        // What the style does to every paragraph is told once.
        let found = section.found.iter().filter(|found| {
            !matches!(found.code, Code::LineGap | Code::RubyTooSmall) || told.insert(found.code)
        });
        sink.extend(found.cloned());
    }
    let layout = press.pages(sections, &mut sink);
    sink.warned(layout)
}

/// What every section is set with.
struct Press<'a> {
    book: &'a Book,
    gallery: &'a Gallery,
    composer: &'a Composer<'a>,
    faces: &'a Faces,
    grid: &'a PageGrid,
    no_pages: BTreeMap<String, String>,
    no_notes: BTreeSet<String>,
}

impl Press<'_> {
    /// All sections in order, with the page numbers of the body at rest.
    fn sections(&self, sink: &mut Sink) -> Vec<Section> {
        let front = self.front();
        let mut body = self.body(&self.no_pages);
        let has_contents = self.has_contents();
        let mut pages = self.body_pages(&front, &body, has_contents);
        let referring: Vec<bool> = body
            .iter()
            .map(|set| set.article.is_some_and(refers_to_pages))
            .collect();
        if referring.contains(&true) {
            let mut at_rest = false;
            for _ in 1..ROUNDS {
                self.again(&mut body, &referring, &pages);
                let now = self.body_pages(&front, &body, has_contents);
                at_rest = now == pages;
                pages = now;
                if at_rest {
                    break;
                }
            }
            if !at_rest {
                sink.push(
                    Diagnostic::warning(
                        Code::PagesUnstable,
                        None,
                        format!("page numbers of references still move after {ROUNDS} rounds"),
                    )
                    .hint("a reference at the end of a page is a digit longer or shorter each time: reword its sentence"),
                );
            }
        }
        let mut sections = front;
        if has_contents {
            let desk = self.desk(&self.book.meta.language, &[], (&[], &self.no_notes), &pages);
            sections.push(contents::contents(&desk, self.book, &pages));
        }
        sections.extend(body.into_iter().map(|set| set.section));
        if colophon::is_wanted(self.book) {
            sections.push(colophon::colophon(&self.plain_desk(), self.book));
        }
        sections
    }

    /// Cover and title page.
    fn front(&self) -> Vec<Section> {
        let desk = self.plain_desk();
        let mut front = Vec::new();
        if let Some(image) = &self.book.meta.cover {
            front.push(front::cover(&desk, image, &self.book.meta.title));
        } else if self.has_title_page() {
            front.push(front::made_cover(&desk, self.book, self.faces));
        }
        if self.has_title_page() {
            front.push(front::title(&desk, self.book));
        }
        front
    }

    /// A publication of one article that bears its title needs no second page to say so.
    fn has_title_page(&self) -> bool {
        let mut articles = self.book.articles();
        match (articles.next(), articles.next()) {
            (Some(only), None) => {
                self.book.meta.subtitle.is_some()
                    || Inline::plain(&only.title).trim() != self.book.meta.title.trim()
            }
            _ => true,
        }
    }

    fn has_contents(&self) -> bool {
        self.book.articles().count() > 1
    }

    /// Parts' title pages and articles, set side by side, in order.
    fn body(&self, pages: &BTreeMap<String, String>) -> Vec<SetSection<'_>> {
        let mut jobs: Vec<(Option<usize>, Option<&Article>)> = Vec::new();
        for (at, part) in self.book.parts.iter().enumerate() {
            if part.title.is_some() {
                jobs.push((Some(at), None));
            }
            jobs.extend(part.articles.iter().map(|article| (None, Some(article))));
        }
        jobs.into_par_iter()
            .filter_map(|(part, article)| {
                let section = match (part, article) {
                    (_, Some(article)) => self.article(article, pages),
                    (Some(at), None) => {
                        let title = self.book.parts[at].title.as_deref()?;
                        front::part(&self.plain_desk(), title, contents::part_id(at))
                    }
                    (None, None) => return None,
                };
                Some(SetSection { article, section })
            })
            .collect()
    }

    /// Sets the articles anew that print page numbers.
    fn again(
        &self,
        body: &mut [SetSection<'_>],
        referring: &[bool],
        pages: &BTreeMap<String, String>,
    ) {
        body.par_iter_mut()
            .zip(referring.par_iter())
            .for_each(|(set, refers)| {
                if let (true, Some(article)) = (*refers, set.article) {
                    set.section = self.article(article, pages);
                }
            });
    }

    fn article(&self, article: &Article, pages: &BTreeMap<String, String>) -> Section {
        let vertical = self.grid.mode.is_vertical();
        let labels: Vec<String> = article
            .notes
            .iter()
            .map(|note| note_mark(note.number, vertical))
            .collect();
        let ids: BTreeSet<String> = article.notes.iter().map(|note| note.id.clone()).collect();
        let desk = self.desk(&article.language, &labels, (&article.notes, &ids), pages);
        let mut collector = Collector::new(desk);
        collector.galley.article = Some(article.id.clone());
        collector.opening(article);
        collector.article(article);
        Section::cut(
            Role::Article,
            Inline::in_one_line(&article.title),
            collector,
        )
    }

    /// The printed pages of the body's ids: with contents the body is numbered from one.
    fn body_pages(
        &self,
        front: &[Section],
        body: &[SetSection<'_>],
        has_contents: bool,
    ) -> BTreeMap<String, String> {
        let missing = self.book.output.pdf.missing_pages;
        let before: Vec<&Section> = if has_contents {
            Vec::new()
        } else {
            front.iter().collect()
        };
        let all: Vec<&Section> = before
            .into_iter()
            .chain(body.iter().map(|set| &set.section))
            .collect();
        let leaves = number(&all, self.grid, missing);
        page_of(&all, &leaves)
    }

    fn plain_desk(&self) -> Desk<'_> {
        let language = &self.book.meta.language;
        self.desk(language, &[], (&[], &self.no_notes), &self.no_pages)
    }

    fn desk<'d>(
        &'d self,
        language: &'d Language,
        note_labels: &'d [String],
        (notes, note_ids): (&'d [Note], &'d BTreeSet<String>),
        page_of: &'d BTreeMap<String, String>,
    ) -> Desk<'d> {
        Desk {
            composer: self.composer,
            style: &self.book.style,
            grid: self.grid,
            gallery: self.gallery,
            language,
            note_labels,
            notes,
            note_ids,
            page_of,
            headings: &BOOK_HEADINGS,
        }
    }

    /// Finished pages with their furniture, and the outline.
    fn pages(&self, mut sections: Vec<Section>, sink: &mut Sink) -> Layout {
        let desk = self.plain_desk();
        let all: Vec<&Section> = sections.iter().collect();
        let leaves = number(&all, self.grid, self.book.output.pdf.missing_pages);
        let title = Furniture::new(&desk, &self.book.meta.title, sink);
        let heads: Vec<Furniture> = sections
            .iter()
            .map(|section| Furniture::new(&desk, &section.head, &mut Sink::new()))
            .collect();
        let sheets: Vec<Vec<_>> = sections
            .iter_mut()
            .map(|section| section.sheets.drain(..).map(Some).collect())
            .collect();
        let mut sheets = sheets;
        let work: Vec<(Leaf, _)> = leaves
            .into_iter()
            .map(|leaf| {
                let sheet = leaf
                    .holds
                    .and_then(|(section, sheet)| sheets[section][sheet].take());
                (leaf, sheet)
            })
            .collect();
        let bleed = self.book.output.pdf.bleed;
        let pages: Vec<Page> = work
            .into_par_iter()
            .map(|(leaf, sheet)| {
                let mut frame = blank(self.grid);
                if let (Some((at, nth)), Some(sheet)) = (leaf.holds, sheet) {
                    let section = &sections[at];
                    let furnished = section.role.has_furniture()
                        && sheet.kind == super::flow::distribute::SheetKind::Text;
                    let place = Sheets::new(self.grid, leaf.side);
                    compose(&mut frame, sheet, &section.groups, &place);
                    if furnished {
                        let furniture = match (nth, leaf.number % 2) {
                            (0, _) => &Furniture::folio_only(&desk),
                            (_, 0) => &title,
                            _ => &heads[at],
                        };
                        furniture.put(&desk, &mut frame, (&leaf.label, leaf.side));
                    }
                }
                Page {
                    number: leaf.label,
                    side: leaf.side,
                    trim: self.grid.trim,
                    bleed,
                    frame,
                }
            })
            .collect();
        let bookmarks = outline::bookmarks(self.book, &pages);
        Layout { pages, bookmarks }
    }
}

/// A section of the body with the article it was made of.
struct SetSection<'a> {
    article: Option<&'a Article>,
    section: Section,
}

/// Whether an article prints the page of something.
pub(crate) fn refers_to_pages(article: &Article) -> bool {
    struct Finder(bool);
    impl<'a> Visitor<'a> for Finder {
        fn inline(&mut self, inline: &'a Inline) {
            if let Inline::Link {
                target:
                    LinkTarget::Internal {
                        with_page: true, ..
                    },
                ..
            } = inline
            {
                self.0 = true;
            }
        }
    }
    let mut finder = Finder(false);
    visit_article(article, &mut finder);
    finder.0
}
