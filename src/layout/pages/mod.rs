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
use crate::model::theme::RunningTitle;
use crate::model::visit::{Visitor, article as visit_article};
use crate::model::{Article, Book, Inline, Language, LinkTarget, Note, Style};

use super::flow::collector::Collector;
use super::flow::compose::{Sheets, blank, compose};
use super::flow::desk::Desk;
use super::flow::distribute::SheetKind;
use super::flow::notes::NoteWords;
use super::frame::{Layout, Page};
use super::grid::PageGrid;
use super::inline::Composer;
use crate::rules::notes::NotePlace;
use crate::rules::words::script_of;
use furniture::{Furniture, Margins};
use number::{Count, Leaf, Numbering, page_of};
use section::{Draft, Role, Section, Titles};

/// Page references are resolved in so many rounds at most.
const ROUNDS: usize = 3;

/// Lays a publication out in book pages.
///
/// Faults of the manuscript, as a page without room or a line that does not fit, come with the
/// layout; every text of the publication stands on some page all the same.
#[must_use]
pub(crate) fn layout(book: &Book, faces: &Faces, gallery: &Gallery) -> Warned<Layout> {
    let mut sink = Sink::new();
    let style = styled(book);
    let grid = PageGrid::of_book(&book.output.pdf, &style, &mut sink);
    let composer = Composer::new(faces, &style);
    let vertical = grid.mode.is_vertical();
    let notes = book
        .articles()
        .map(|article| NoteWords::of(article, vertical));
    let press = Press {
        notes: notes.collect(),
        book,
        style: &style,
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
    let layout = press.pages(sections);
    sink.warned(layout)
}

/// The house style, with the theme's size and pitch of text where the author gives none.
fn styled(book: &Book) -> Style {
    let mut style = book.style.clone();
    let theme = &book.output.pdf.theme;
    if !style.size_given {
        style.body_size = theme.body.0;
    }
    if !style.pitch_given {
        style.line_pitch = theme.pitch.of(style.body_size);
    }
    style
}

/// What every section is set with.
struct Press<'a> {
    book: &'a Book,
    style: &'a Style,
    gallery: &'a Gallery,
    composer: &'a Composer<'a>,
    faces: &'a Faces,
    grid: &'a PageGrid,
    no_pages: BTreeMap<String, String>,
    no_notes: BTreeSet<String>,
    /// Of each article in order.
    notes: Vec<NoteWords>,
}

impl Press<'_> {
    /// All sections in order, with the page numbers of the body at rest.
    fn sections(&self, sink: &mut Sink) -> Vec<Section> {
        let front = self.front();
        let mut body = self.body((&front, Vec::new()), &self.no_pages);
        let has_contents = self.has_contents();
        let mut pages = self.body_pages(&front, &body, has_contents);
        if body.iter().any(|set| set.refers) {
            let mut at_rest = false;
            for _ in 1..ROUNDS {
                body = self.body((&front, body), &pages);
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
            // A book of several parts has a leaf more before its title page.
            if self.book.parts.iter().filter(|p| p.title.is_some()).count() > 1 {
                front.push(front::half_title(&desk, self.book));
            }
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

    /// Parts' title pages and articles, set side by side and then cut into pages in order. Of what
    /// was set before, only what prints page numbers or comes to open on another side is set anew.
    fn body<'s>(
        &'s self,
        (front, before): (&[Section], Vec<SetSection<'s>>),
        pages: &BTreeMap<String, String>,
    ) -> Vec<SetSection<'s>> {
        let mut work: Vec<(Job<'s>, Option<SetSection<'s>>)> = if before.is_empty() {
            self.jobs().into_iter().map(|job| (job, None)).collect()
        } else {
            before.into_iter().map(|set| (set.job, Some(set))).collect()
        };
        let drafts: Vec<Option<Draft<'_>>> = work
            .par_iter()
            .map(|(job, set)| match set {
                Some(set) if !set.refers => None,
                _ => Some(self.draft(*job, pages)),
            })
            .collect();
        let mut count = Count::new(self.has_contents(), self.book.output.pdf.missing_pages);
        if !self.has_contents() {
            for section in front {
                count.open(section.role);
                count.add(section.sheets.len());
            }
        }
        work.drain(..)
            .zip(drafts)
            .map(|((job, set), draft)| {
                count.open(job.role());
                let number = count.next();
                let set = match (draft, set) {
                    (Some(draft), _) => SetSection::new(job, number, draft.cut(number)),
                    (None, Some(set)) if set.number % 2 == number % 2 => set,
                    (None, _) => SetSection::new(job, number, self.draft(job, pages).cut(number)),
                };
                count.add(set.section.sheets.len());
                set
            })
            .collect()
    }

    /// What the body consists of.
    fn jobs(&self) -> Vec<Job<'_>> {
        let mut jobs = Vec::new();
        let mut nth = 0;
        for (at, part) in self.book.parts.iter().enumerate() {
            if let Some(title) = &part.title {
                jobs.push(Job::Part(at, title));
            }
            for article in &part.articles {
                jobs.push(Job::Article(nth, article, part.title.as_deref()));
                nth += 1;
            }
        }
        jobs
    }

    fn draft<'s>(&'s self, job: Job<'s>, pages: &'s BTreeMap<String, String>) -> Draft<'s> {
        match job {
            Job::Part(at, title) => front::part(&self.plain_desk(), title, contents::part_id(at)),
            Job::Article(nth, article, part) => {
                let words = &self.notes[nth];
                let notes = (article.notes.as_slice(), &words.ids);
                let desk = self.desk(&article.language, &words.labels, notes, pages);
                let mut collector = Collector::new(desk);
                collector.galley.article = Some(article.id.clone());
                collector.notes_at = NotePlace::of(self.book.style.tradition, self.grid.mode);
                collector.opening(article);
                collector.article(article);
                Draft {
                    role: Role::Article,
                    titles: Titles::of(article, part),
                    from: collector,
                }
            }
        }
    }

    /// The printed pages of the body's ids: with contents the body is numbered from one.
    fn body_pages(
        &self,
        front: &[Section],
        body: &[SetSection<'_>],
        has_contents: bool,
    ) -> BTreeMap<String, String> {
        let before: Vec<&Section> = if has_contents {
            Vec::new()
        } else {
            front.iter().collect()
        };
        let all: Vec<&Section> = before
            .into_iter()
            .chain(body.iter().map(|set| &set.section))
            .collect();
        let leaves = self.numbering().number(&all);
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
            style: self.style,
            grid: self.grid,
            gallery: self.gallery,
            language,
            note_labels,
            notes,
            note_ids,
            page_of,
            theme: &self.book.output.pdf.theme,
        }
    }

    /// Finished pages with their furniture, and the outline.
    fn pages(&self, mut sections: Vec<Section>) -> Layout {
        let all: Vec<&Section> = sections.iter().collect();
        let leaves = self.numbering().number(&all);
        let heads = self.running_heads(&sections, &leaves);
        let texts = heads.iter().flatten().map(String::as_str);
        let furniture = Furniture::new(self.plain_desk(), texts);
        let sheets: Vec<Vec<_>> = sections
            .iter_mut()
            .map(|section| section.sheets.drain(..).map(Some).collect())
            .collect();
        let mut sheets = sheets;
        let work: Vec<_> = leaves
            .into_iter()
            .zip(&heads)
            .map(|(leaf, head)| {
                let sheet = leaf
                    .holds
                    .and_then(|(section, sheet)| sheets[section][sheet].take());
                (leaf, head, sheet)
            })
            .collect();
        let bleed = self.book.output.pdf.bleed;
        let pages: Vec<Page> = work
            .into_par_iter()
            .map(|(leaf, head, sheet)| {
                let mut frame = blank(self.grid);
                if let (Some((at, _)), Some(sheet)) = (leaf.holds, sheet) {
                    let section = &sections[at];
                    let furnished = section.role.has_furniture() && sheet.kind == SheetKind::Text;
                    let place = Sheets::new(self.grid, leaf.side);
                    compose(&mut frame, sheet, &section.groups, &place);
                    if furnished {
                        let margins = Margins {
                            head: head.as_deref(),
                            folio: &leaf.folio,
                            side: leaf.side,
                        };
                        furniture.put(&mut frame, &margins);
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

    /// The words of each page's running head: none where a section opens.
    fn running_heads(&self, sections: &[Section], leaves: &[Leaf]) -> Vec<Option<String>> {
        let theme = &self.book.output.pdf.theme.furniture;
        let wanted = [theme.even, theme.odd].contains(&RunningTitle::Section);
        let subheads: Vec<Vec<Option<usize>>> = match wanted {
            true => sections.iter().map(Section::subheads).collect(),
            false => Vec::new(),
        };
        let of = |leaf: &Leaf| {
            let (at, nth) = leaf.holds.filter(|(_, nth)| *nth > 0)?;
            let titles = &sections[at].titles;
            let which = match leaf.number % 2 {
                0 => theme.even,
                _ => theme.odd,
            };
            let subhead = || titles.subheads.get((*subheads.get(at)?.get(nth)?)?);
            let title = match which {
                RunningTitle::Book => &self.book.meta.title,
                RunningTitle::Part => titles.part.as_ref().unwrap_or(&self.book.meta.title),
                RunningTitle::Article => &titles.own,
                RunningTitle::Section => subhead().map_or(&titles.own, |(_, title)| title),
            };
            Some(title.clone())
        };
        leaves.iter().map(of).collect()
    }

    /// How this book's pages are numbered.
    fn numbering(&self) -> Numbering<'_> {
        Numbering {
            grid: self.grid,
            missing: self.book.output.pdf.missing_pages,
            numerals: self.book.output.pdf.theme.furniture.numerals,
            script: script_of(&self.book.meta.language),
        }
    }
}

/// A piece of the body that is to be set.
#[derive(Clone, Copy)]
enum Job<'a> {
    /// The title page of a part, by its place.
    Part(usize, &'a [Inline]),
    /// An article, by its place among all, and the title of its part.
    Article(usize, &'a Article, Option<&'a [Inline]>),
}

impl Job<'_> {
    fn role(self) -> Role {
        match self {
            Self::Part(..) => Role::Part,
            Self::Article(..) => Role::Article,
        }
    }
}

/// A section of the body with what it was made of.
struct SetSection<'a> {
    job: Job<'a>,
    /// The number of its first page when it was cut.
    number: u32,
    /// Whether it prints page numbers.
    refers: bool,
    section: Section,
}

impl<'a> SetSection<'a> {
    fn new(job: Job<'a>, number: u32, section: Section) -> Self {
        let refers = match job {
            Job::Article(_, article, _) => refers_to_pages(article),
            Job::Part(..) => false,
        };
        Self {
            job,
            number,
            refers,
            section,
        }
    }
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
