//! From stories to newspaper pages: measured, planned, planned again where the text fell otherwise, then set.

use std::collections::BTreeMap;

use crate::art::Gallery;
use crate::diag::{Code, Diagnostic, Sink, Warned};
use crate::font::Faces;
use crate::layout::frame::{Frame, Item, Layout, Page};
use crate::layout::inline::Composer;
use crate::layout::pages::outline::bookmarks;
use crate::model::{Article, Book, Inline};
use crate::rules::words::edition;

use super::even::even;
use super::fall::{Fall, holes, left_out, parts_of, spill};
use super::page::{SetStory, Setter};
use super::plan::PlanFault;
use super::story::{Copy, Story};
use super::trial::{Press, Trial};

/// Page references are resolved in so many rounds at most.
const ROUNDS: usize = 3;
/// More empty lines than this at a story's end are told.
const EMPTY_LINES: u32 = 3;

/// Lays a publication out in newspaper pages.
///
/// Every text of the publication stands on some page; what could not be set well comes with the
/// layout as diagnostics.
#[must_use]
pub(crate) fn layout(book: &Book, faces: &Faces, gallery: &Gallery) -> Warned<Layout> {
    let composer = Composer::new(faces, &book.style);
    let press = Press {
        book,
        gallery,
        composer: &composer,
        copies: copies(book),
    };
    let mut sink = Sink::new();
    let name = &book.output.pdf.page.name;
    let least = match book.style.size_given {
        true => book.style.body_size,
        false => book.output.pdf.theme.body.0,
    };
    if !press.tiers(least, None).check(name, &mut sink) {
        // So that the work can go on: as a book.
        let pages = crate::layout::pages::layout(book, faces, gallery);
        return sink.warned(pages.value);
    }
    let (grids, no_pages) = (press.grids(), BTreeMap::new());
    let trial = press.best(&grids, &no_pages);
    let refers = press.copies.iter().any(Copy::refers);
    let mut made = match refers {
        true => press.made(trial.clone(), &no_pages),
        false => return told(book, press.made(trial, &no_pages), sink),
    };
    let mut pages_of = BTreeMap::new();
    for _ in 1..ROUNDS {
        let now = made.pages_of();
        if now == pages_of {
            break;
        }
        pages_of = now;
        made = press.made(press.renewed(&trial, &pages_of), &pages_of);
    }
    told(book, made, sink)
}

/// The layout of finished pages, with all that was met.
fn told(book: &Book, made: Made, mut sink: Sink) -> Warned<Layout> {
    sink.extend(made.found);
    let bookmarks = bookmarks(book, &made.pages);
    let layout = Layout {
        pages: made.pages,
        bookmarks,
    };
    sink.warned(layout)
}

/// The stories in the order of their weight: as written, but for those with a rank of their own.
fn copies(book: &Book) -> Vec<Copy<'_>> {
    let vertical = book.style.writing_mode.is_vertical();
    let mut articles: Vec<&Article> = book.articles().collect();
    // A rank is a place: the story of rank 1 leads.
    let mut ranked: Vec<(u32, &Article)> = Vec::new();
    articles.retain(|article| match article.plan.priority {
        Some(rank) => {
            ranked.push((rank, article));
            false
        }
        None => true,
    });
    ranked.sort_by_key(|(rank, _)| *rank);
    for (rank, article) in ranked {
        let at = usize::try_from(rank.saturating_sub(1)).unwrap_or(usize::MAX);
        articles.insert(at.min(articles.len()), article);
    }
    articles
        .into_iter()
        .map(|article| Copy::new(article, vertical))
        .collect()
}

/// Finished pages.
struct Made {
    pages: Vec<Page>,
    found: Vec<Diagnostic>,
}

impl Made {
    /// The printed page of each id.
    fn pages_of(&self) -> BTreeMap<String, String> {
        fn walk(frame: &Frame, number: &str, found: &mut BTreeMap<String, String>) {
            for (_, item) in &frame.items {
                match item {
                    Item::Anchor(id) => {
                        found.entry(id.clone()).or_insert_with(|| number.to_owned());
                    }
                    Item::Group(inner) => walk(inner, number, found),
                    _ => {}
                }
            }
        }
        let mut found = BTreeMap::new();
        for page in &self.pages {
            walk(&page.frame, &page.number, &mut found);
        }
        found
    }
}

impl Press<'_> {
    /// Sets what was planned.
    fn made(&self, trial: Trial<'_>, page_of: &BTreeMap<String, String>) -> Made {
        let Trial {
            grid,
            mut stories,
            mut plan,
            mut fallen,
            ..
        } = trial;
        let (tiers, held, grid) = (&grid.tiers, &grid.held, &grid.tier);
        for (at, (story, fall)) in stories.iter_mut().zip(&mut fallen).enumerate() {
            if fall.over == 0 && fall.blank > 0 {
                let desk = self.copies[at].desk(self.stone(page_of), held);
                let parts = parts_of(&plan, at);
                *fall = even(story, &parts, std::mem::take(fall), &desk);
            }
        }
        left_out(&stories, &mut plan, tiers);
        spill(&stories, &mut plan, &mut fallen, tiers);
        let mut found = Vec::new();
        found.extend(plan.faults.iter().filter_map(|fault| tell(&stories, fault)));
        for (story, fall) in stories.iter_mut().zip(&fallen) {
            found.append(&mut story.found);
            found.extend(empty(story, fall));
            found.extend(inner(story, &holes(fall, grid)));
        }
        let set: Vec<SetStory<'_>> = stories
            .into_iter()
            .zip(fallen)
            .map(|(story, fall)| SetStory::new(story, fall, grid))
            .collect();
        let first = self.book.meta.issue.as_ref();
        let first = first.and_then(|issue| issue.edition.as_deref());
        let numbers: Vec<String> = (0..plan.pages.len())
            .map(|at| edition(first, u32::try_from(at).unwrap_or(u32::MAX)))
            .collect();
        let setter = Setter {
            book: self.book,
            copies: &self.copies,
            stone: self.stone(page_of),
            tiers,
            grid,
            plan: &plan,
            numbers: &numbers,
        };
        let (pages, more) = setter.pages(set);
        found.extend(more);
        Made { pages, found }
    }
}

/// What planning could not do as it was asked.
fn tell(stories: &[Story<'_>], (story, fault): &(usize, PlanFault)) -> Option<Diagnostic> {
    let article = stories.get(*story)?.words.article();
    let title = Inline::in_one_line(&article.title);
    let (code, message, hint) = match fault {
        // What is empty is told by what fell there.
        PlanFault::Hole(_) => return None,
        PlanFault::Page(page) => (
            Code::StoryPlace,
            format!(
                "`{title}` stands on page {} and not where `page` asks",
                page + 1
            ),
            "move it in `articles`, or ask for another page",
        ),
        PlanFault::Tiers(tiers) => (
            Code::StoryPlace,
            format!("`{title}` takes {tiers} tiers and not as many as `columns` asks"),
            "ask for more tiers, or shorten the story",
        ),
        PlanFault::Parted(lines) => (
            Code::StoryPlace,
            format!("`{title}` goes on elsewhere although `jump` is `never`"),
            if *lines > 1 {
                "shorten it until it fits on one page"
            } else {
                "shorten it by a line"
            },
        ),
        PlanFault::Piece(_) | PlanFault::Headless => (
            Code::PageNoRoom,
            format!("the page is too small for the headline or a picture of `{title}`"),
            "choose a larger page, fewer `columns` or a smaller body-size",
        ),
    };
    Some(Diagnostic::warning(code, article.span, message).hint(hint))
}

/// Tells of lines that stay empty at a story's end.
fn empty(story: &Story<'_>, fall: &Fall) -> Option<Diagnostic> {
    (fall.empty > EMPTY_LINES).then(|| {
        Diagnostic::warning(
            Code::StoryShort,
            story.words.article().span,
            format!(
                "`{}` leaves {} lines empty at its end",
                Inline::in_one_line(&story.words.article().title),
                fall.empty
            ),
        )
        .hint(format!(
            "lengthen it by {} lines of text, or cut it until a tier is saved",
            fall.empty
        ))
    })
}

/// Lines that stay empty inside a story, before something that is not parted.
fn inner(story: &Story<'_>, holes: &[(u32, usize)]) -> Vec<Diagnostic> {
    let article = story.words.article();
    let told = |(lines, strip): &(u32, usize)| {
        let strip = &story.galley.strips[*strip];
        let group = &story.galley.groups[strip.group.0];
        Diagnostic::warning(
            Code::StoryShort,
            group.source.unwrap_or(article.span),
            format!(
                "`{}` leaves {lines} lines empty before this {}",
                Inline::in_one_line(&article.title),
                group.kind.name(),
            ),
        )
        .hint(format!(
            "part it so that some of it takes {lines} lines, or move it in the text"
        ))
    };
    let holes = holes.iter().filter(|(lines, _)| *lines > EMPTY_LINES);
    holes.map(told).collect()
}
