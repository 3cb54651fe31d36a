//! From stories to newspaper pages: measured, planned, planned again where the text fell otherwise, then set.

use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::art::Gallery;
use crate::diag::{Code, Diagnostic, Sink, Warned};
use crate::font::Faces;
use crate::geom::Length;
use crate::layout::flow::desk::Desk;
use crate::layout::frame::{Frame, Item, Layout, Page};
use crate::layout::grid::PageGrid;
use crate::layout::inline::Composer;
use crate::layout::pages::outline::bookmarks;
use crate::model::{Article, Book, Inline, PdfOutput};
use crate::rules::newspaper::channel;
use crate::rules::words::edition;

use super::even::even;
use super::fall::{Fall, close_up, holes, left_out, parts_of, settle, spill};
use super::fill::Keeps;
use super::form::Problem;
use super::page::{SetStory, Setter};
use super::plan::{Plan, PlanFault};
use super::search::plan;
use super::story::{Copy, Stone, Story};
use super::tiers::Tiers;

/// Body sizes tried where the author gives none: this many over the theme's range …
const SIZES: i32 = 4;
/// … and those beside the best of them, this far from it, in thousandths of a point. Sizes are
/// multiples of the last.
const NEARER: [i32; 2] = [500, 250];
/// So many grids are tried at most.
const MOST_TRIED: usize = 8;
/// What is left of the last page weighs so much against other costs, in a whole page.
const REST: u64 = 400;
/// A plan is made again at most so often where the text does not fall as it was planned.
const REPAIRS: usize = 3;
/// It is made again as well where a story takes so many lines fewer than was thought.
const UNEVEN: u32 = 2;
/// What it costs that lines stay empty, were they a whole page; that a heading has one line of its
/// text with it, and that it has none.
const EMPTY: u64 = 1600;
const HEADINGS: u64 = 4;
const LOOSE: u64 = 60;
/// Page references are resolved in so many rounds at most.
const ROUNDS: usize = 3;
/// More empty lines than this at a story's end are told.
const EMPTY_LINES: u32 = 3;
/// Lines that stay free under the rule between two stories: in horizontal pages, where lines of one
/// story would else stand on those of the next.
const PARTING_VERTICAL: u16 = 0;
const PARTING_HORIZONTAL: u16 = 1;

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
    let (tiers, known) = press.best();
    let mut pages_of = BTreeMap::new();
    let mut made = press.made(&tiers, &pages_of, known);
    for _ in 1..ROUNDS {
        let now = made.pages_of();
        if now == pages_of || !press.refers() {
            break;
        }
        pages_of = now;
        made = press.made(&tiers, &pages_of, None);
    }
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

struct Press<'a> {
    book: &'a Book,
    gallery: &'a Gallery,
    composer: &'a Composer<'a>,
    copies: Vec<Copy<'a>>,
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

/// A grid with what came out on it.
struct Trial {
    cost: u64,
    tiers: Tiers,
    plan: Plan,
}

impl Trial {
    fn rank(&self) -> (u64, Length) {
        (self.cost, self.tiers.size)
    }
}

/// What the pages cost on a grid: the plan's own cost, and what is left of the last page.
fn cost(plan: &Plan, fallen: &[Fall], tiers: &Tiers) -> u64 {
    let parts = || plan.pages.iter().flat_map(|page| &page.parts);
    let partings = parts().flat_map(|part| &part.partings);
    let partings: u64 = partings.map(|area| u64::from(area.slots())).sum();
    let blank: u64 = fallen.iter().map(|fall| u64::from(fall.blank)).sum();
    let holes = fallen
        .iter()
        .map(|fall| u64::from(fall.empty))
        .map(|n| n * n);
    let loose = fallen.iter().map(|fall| match fall.keeps {
        Keeps::Kept => 0,
        Keeps::Headings => HEADINGS,
        Keeps::Loose => LOOSE,
    });
    let rest = plan.pages.last().and_then(|page| page.rest);
    let rest = rest.map_or(0, |rest| u64::from(rest.slots()));
    let page = u64::from(tiers.page().slots()).max(1);
    let pages = u64::try_from(plan.pages.len()).unwrap_or(u64::MAX);
    let faults = holes.sum::<u64>() + loose.sum::<u64>();
    let empty = (blank + partings) * EMPTY / page;
    plan.cost / 2 + empty + faults + rest * REST / page + pages * REST
}

/// How many lines the text of a story takes as it fell in a plan.
fn needed(plan: &Plan, story: usize, fall: &Fall) -> u32 {
    let parts = plan.pages.iter().flat_map(|page| &page.parts);
    let had: u32 = parts
        .filter(|part| part.story == story)
        .map(|part| part.text.1 - part.text.0 + part.slack)
        .sum();
    (had + fall.over).saturating_sub(fall.empty)
}

impl Press<'_> {
    /// The grid at a body size, with so many tiers where that is asked.
    fn tiers(&self, size: Length, tiers: Option<u32>) -> Tiers {
        let output = &self.book.output.pdf;
        match tiers {
            None => Tiers::new(output, &self.book.style, size),
            columns => {
                let output = PdfOutput {
                    columns,
                    ..output.clone()
                };
                Tiers::new(&output, &self.book.style, size)
            }
        }
    }

    /// The grid at the author's body size, or at the one in the theme's range of which pages come
    /// out best; with its plan, where it is known.
    fn best(&self) -> (Tiers, Option<Plan>) {
        if self.book.style.size_given {
            return (self.tiers(self.book.style.body_size, None), None);
        }
        let step = NEARER[NEARER.len() - 1];
        let (least, most) = self.book.output.pdf.theme.body;
        let (least, most) = (least.milli(), most.milli().max(least.milli()));
        let round = |size: i32| (size / step * step).clamp(least, most);
        let mut first: Vec<i32> = (0..SIZES)
            .map(|at| round(least + (most - least) / (SIZES - 1) * at))
            .collect();
        first.dedup();
        let grid = |size: i32| self.tiers(Length::from_milli(size), None);
        if let [only] = first.as_slice() {
            return (grid(*only), None);
        }
        let mut known = first.clone();
        let mut tried = self.tried(first.into_iter().map(grid).collect());
        for step in NEARER {
            let Some(best) = tried.first().map(|best| best.tiers.size.milli()) else {
                break;
            };
            let beside: Vec<i32> = [best - step, best + step]
                .into_iter()
                .filter(|size| (least..=most).contains(size) && !known.contains(size))
                .collect();
            known.extend(&beside);
            let beside = beside.into_iter().map(grid).collect();
            tried.extend(self.tried(beside));
            tried.sort_by_key(Trial::rank);
        }
        if let Some(best) = tried.first()
            && self.book.output.pdf.columns.is_none()
            && known.len() + 2 <= MOST_TRIED
        {
            // One tier more or less, where its lines are still as long as newspapers have them.
            let count = best.tiers.tiers;
            let (now, size) = (best.cost, best.tiers.size);
            let beside = [count.saturating_sub(1), count + 1]
                .into_iter()
                .map(|count| self.tiers(size, Some(u32::from(count.max(1)))))
                .filter(|tiers| tiers.tiers != count && tiers.is_usual())
                .collect();
            let beside = self.tried(beside).into_iter();
            tried.splice(0..0, beside.filter(|other| other.cost < now).take(1));
        }
        match tried.into_iter().next() {
            Some(best) => (best.tiers, Some(best.plan)),
            None => (grid(least), None),
        }
    }

    /// Pages planned on these grids, the best first.
    fn tried(&self, grids: Vec<Tiers>) -> Vec<Trial> {
        let no_pages = BTreeMap::new();
        let mut tried: Vec<Trial> = grids
            .into_par_iter()
            .filter(Tiers::holds)
            .map(|tiers| {
                let grid = tiers.tier();
                let held = tiers.held();
                let mut stories = self.stories((&tiers, &held), &no_pages);
                let (plan, fallen) = self.settled(&mut stories, (&tiers, &grid), None);
                Trial {
                    cost: cost(&plan, &fallen, &tiers),
                    tiers,
                    plan,
                }
            })
            .collect();
        tried.sort_by_key(Trial::rank);
        tried
    }

    fn stone<'s>(&'s self, page_of: &'s BTreeMap<String, String>) -> Stone<'s> {
        Stone {
            composer: self.composer,
            style: &self.book.style,
            gallery: self.gallery,
            page_of,
            theme: &self.book.output.pdf.theme,
        }
    }

    /// Every story, measured; `grid` is that of the text of one tier.
    fn stories<'s>(
        &'s self,
        (tiers, grid): (&Tiers, &'s PageGrid),
        page_of: &'s BTreeMap<String, String>,
    ) -> Vec<Story<'s>> {
        self.copies
            .par_iter()
            .enumerate()
            .map(|(rank, copy)| {
                let desk: Desk<'_> = copy.desk(self.stone(page_of), grid);
                Story::new(&desk, copy, tiers, rank)
            })
            .collect()
    }

    fn problem(&self, stories: &[Story<'_>], tiers: &Tiers) -> Problem {
        Problem {
            tiers: tiers.tiers,
            lines: tiers.lines,
            stories: stories.iter().map(|story| story.form.clone()).collect(),
            vertical: tiers.mode.is_vertical(),
            channel: channel(self.book.style.tradition),
            parting: match tiers.mode.is_vertical() {
                true => PARTING_VERTICAL,
                false => PARTING_HORIZONTAL,
            },
        }
    }

    /// A plan with how the text falls in it. Where a story is too long for its place, however its
    /// headings give way, it is planned again with what it really takes. A plan that is known to
    /// be right is not made again.
    fn settled(
        &self,
        stories: &mut [Story<'_>],
        (tiers, grid): (&Tiers, &PageGrid),
        known: Option<Plan>,
    ) -> (Plan, Vec<Fall>) {
        let repairs = if known.is_some() { 0 } else { REPAIRS };
        let planned = known.unwrap_or_else(|| plan(&self.problem(stories, tiers)));
        let fallen = settle(stories, &planned, (grid, Keeps::Headings));
        let mut best = (planned, fallen);
        let mut now = best.clone();
        // No story is given less than once was too little for it.
        let mut least = vec![0; stories.len()];
        for _ in 0..repairs {
            let mut changed = false;
            for ((at, story), fall) in stories.iter_mut().enumerate().zip(&now.1) {
                let needed = needed(&now.0, at, fall);
                if fall.over > 0 {
                    least[at] = needed.max(least[at]);
                }
                if fall.over > 0 || needed + UNEVEN <= story.form.text {
                    let text = needed.max(least[at]);
                    changed |= text != story.form.text;
                    story.form.text = text;
                }
            }
            if !changed {
                break;
            }
            let planned = plan(&self.problem(stories, tiers));
            let fallen = settle(stories, &planned, (grid, Keeps::Headings));
            now = (planned, fallen);
            let rank = |(plan, fallen): &(Plan, Vec<Fall>)| {
                let over: u32 = fallen.iter().map(|fall| fall.over).sum();
                (over, cost(plan, fallen, tiers))
            };
            if rank(&now) < rank(&best) {
                best = now.clone();
            }
        }
        let (mut planned, mut fallen) = best;
        if repairs > 0 {
            // The stories are as they were set last, not as they were set best.
            fallen = settle(stories, &planned, (grid, Keeps::Headings));
        }
        if fallen.iter().any(|fall| fall.over > 0) {
            // Rather a heading at the foot of a tier than a page for its last lines.
            fallen = settle(stories, &planned, (grid, Keeps::Loose));
        }
        close_up(stories, &mut planned, &mut fallen, grid);
        (planned, fallen)
    }

    /// Plans, and sets what was planned.
    fn made(&self, tiers: &Tiers, page_of: &BTreeMap<String, String>, known: Option<Plan>) -> Made {
        let grid = tiers.tier();
        let held = tiers.held();
        let mut stories = self.stories((tiers, &held), page_of);
        let (mut planned, mut fallen) = self.settled(&mut stories, (tiers, &grid), known);
        for (at, (story, fall)) in stories.iter_mut().zip(&mut fallen).enumerate() {
            if fall.over == 0 && fall.blank > 0 {
                let desk = self.copies[at].desk(self.stone(page_of), &held);
                let parts = parts_of(&planned, at);
                *fall = even(story, &parts, std::mem::take(fall), &desk);
            }
        }
        left_out(&stories, &mut planned, tiers);
        spill(&stories, &mut planned, &mut fallen, tiers);
        let mut found = Vec::new();
        found.extend(
            planned
                .faults
                .iter()
                .filter_map(|fault| tell(&stories, fault)),
        );
        for (story, fall) in stories.iter_mut().zip(&fallen) {
            found.append(&mut story.found);
            found.extend(empty(story, fall));
            found.extend(inner(story, &holes(fall, &grid)));
        }
        let set: Vec<SetStory<'_>> = stories
            .into_iter()
            .zip(fallen)
            .map(|(story, fall)| SetStory::new(story, fall, &grid))
            .collect();
        let first = self.book.meta.issue.as_ref();
        let first = first.and_then(|issue| issue.edition.as_deref());
        let numbers: Vec<String> = (0..planned.pages.len())
            .map(|at| edition(first, u32::try_from(at).unwrap_or(u32::MAX)))
            .collect();
        let setter = Setter {
            book: self.book,
            copies: &self.copies,
            stone: self.stone(page_of),
            tiers,
            grid: &grid,
            plan: &planned,
            numbers: &numbers,
        };
        let (pages, more) = setter.pages(set);
        found.extend(more);
        Made { pages, found }
    }

    /// Whether any article prints the page of something.
    fn refers(&self) -> bool {
        self.copies
            .iter()
            .any(|copy| crate::layout::pages::refers_to_pages(copy.article))
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
