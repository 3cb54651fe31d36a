//! Trying grids: stories measured on each and planned, until the grid is known on which pages come out best.

use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::art::Gallery;
use crate::geom::Length;
use crate::layout::grid::PageGrid;
use crate::layout::inline::Composer;
use crate::model::{Book, PdfOutput};
use crate::rules::newspaper::{channel, parting};

use super::fall::{Fall, close_up, settle};
use super::fill::Keeps;
use super::form::{Form, Problem};
use super::known::Known;
use super::plan::Plan;
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
/// On the grid that is taken, so often, as long as some of it has no room.
const PATIENCE: usize = 12;
/// It is made again as well where a story takes so many lines fewer than was thought.
const UNEVEN: u32 = 2;
/// What it costs that lines stay empty, were they a whole page; that a heading has one line of its
/// text with it, and that it has none.
const EMPTY: u64 = 1600;
const HEADINGS: u64 = 4;
const LOOSE: u64 = 60;

/// A publication that is to be set in newspaper pages.
pub(super) struct Press<'a> {
    pub(super) book: &'a Book,
    pub(super) gallery: &'a Gallery,
    pub(super) composer: &'a Composer<'a>,
    /// Its articles in the order of their weight.
    pub(super) copies: Vec<Copy<'a>>,
}

/// A grid of pages, of one of its tiers, and of the text that falls into tiers.
pub(super) struct Grid {
    pub(super) tiers: Tiers,
    pub(super) tier: PageGrid,
    pub(super) held: PageGrid,
}

impl Grid {
    fn new(tiers: Tiers) -> Self {
        Self {
            tiers,
            tier: tiers.tier(),
            held: tiers.held(),
        }
    }
}

/// Stories measured on a grid, with a plan of their pages.
#[derive(Clone)]
pub(super) struct Trial<'s> {
    cost: u64,
    pub(super) grid: &'s Grid,
    pub(super) stories: Vec<Story<'s>>,
    /// As the stories were measured, before they were found to take more.
    forms: Vec<Form>,
    pub(super) plan: Plan,
    /// How their text falls in it.
    pub(super) fallen: Vec<Fall>,
}

impl Trial<'_> {
    fn rank(&self) -> (u64, Length) {
        (self.cost, self.grid.tiers.size)
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
    let over: u64 = fallen.iter().map(|fall| spilled(fall.over, page)).sum();
    plan.cost / 2 + empty + faults + over + rest * REST / page + pages * REST
}

/// What a story costs that does not fit: a further page that holds no more than what is left of it.
fn spilled(over: u32, page: u64) -> u64 {
    let over = u64::from(over).min(page);
    if over > 0 {
        REST + EMPTY * (page - over) / page
    } else {
        0
    }
}

/// How many lines the text of a story takes as it fell in a plan. Where some has no room, lines
/// left empty were of no use to it.
fn needed(plan: &Plan, story: usize, fall: &Fall) -> u32 {
    let parts = plan.pages.iter().flat_map(|page| &page.parts);
    let had: u32 = parts
        .filter(|part| part.story == story)
        .map(|part| part.text.1 - part.text.0 + part.slack)
        .sum();
    if fall.over > 0 {
        had + fall.over
    } else {
        had.saturating_sub(fall.empty)
    }
}

impl Press<'_> {
    /// The grid at a body size, with so many tiers where that is asked.
    pub(super) fn tiers(&self, size: Length, tiers: Option<u32>) -> Tiers {
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

    /// Grids on which pages may be made: at the author's body size, or at those of the theme's range
    /// with the usual number of tiers, one less and one more.
    pub(super) fn grids(&self) -> Vec<Grid> {
        let theme = self.book.output.pdf.theme.body;
        let (least, most) = match self.book.style.size_given {
            true => (self.book.style.body_size, self.book.style.body_size),
            false => theme,
        };
        let step = NEARER[NEARER.len() - 1];
        let (least, most) = (least.milli(), most.milli().max(least.milli()));
        let within = (least / step + 1..).map(|at| at * step);
        let within = within.take_while(|size| *size < most);
        let mut sizes: Vec<i32> = [least].into_iter().chain(within).chain([most]).collect();
        sizes.dedup();
        let mut grids = Vec::new();
        for size in sizes {
            let size = Length::from_milli(size);
            let usual = self.tiers(size, None);
            grids.push(Grid::new(usual));
            if self.book.output.pdf.columns.is_none() {
                let beside = [usual.tiers.saturating_sub(1).max(1), usual.tiers + 1];
                let beside = beside.map(|count| self.tiers(size, Some(u32::from(count))));
                // Where its lines are still as long as newspapers have them.
                let other = |tiers: &Tiers| tiers.tiers != usual.tiers && tiers.is_usual();
                grids.extend(beside.into_iter().filter(other).map(Grid::new));
            }
        }
        grids
    }

    /// Pages on the best of these grids: of a few sizes over their range, of some near the best of
    /// them, and of a tier more or less.
    pub(super) fn best<'s>(
        &'s self,
        grids: &'s [Grid],
        page_of: &'s BTreeMap<String, String>,
    ) -> Trial<'s> {
        let usual = |size: i32| -> Option<&'s Grid> {
            let size = Length::from_milli(size);
            grids.iter().find(|grid| grid.tiers.size == size)
        };
        let ends = (grids.first(), grids.last());
        let (least, most) = match ends {
            (Some(first), Some(last)) => (first.tiers.size.milli(), last.tiers.size.milli()),
            _ => (0, 0),
        };
        let step = NEARER[NEARER.len() - 1];
        let round = |size: i32| (size / step * step).clamp(least, most);
        let mut known: Vec<i32> = (0..SIZES)
            .map(|at| round(least + (most - least) / (SIZES - 1) * at))
            .collect();
        known.dedup();
        let first = known.iter().filter_map(|size| usual(*size)).collect();
        let mut best = self.tried(first, page_of);
        if known.len() > 1 {
            for step in NEARER {
                let Some(now) = best.as_ref().map(|best| best.grid.tiers.size.milli()) else {
                    break;
                };
                let beside: Vec<i32> = [now - step, now + step]
                    .into_iter()
                    .filter(|size| (least..=most).contains(size) && !known.contains(size))
                    .collect();
                known.extend(&beside);
                let beside = beside.into_iter().filter_map(usual).collect();
                let beside = self.tried(beside, page_of);
                best = best.into_iter().chain(beside).min_by_key(Trial::rank);
            }
            if let Some(now) = &best
                && known.len() + 2 <= MOST_TRIED
            {
                let (size, count) = (now.grid.tiers.size, now.grid.tiers.tiers);
                let beside = grids.iter().filter(|grid| grid.tiers.size == size);
                let beside = beside.filter(|grid| grid.tiers.tiers != count).collect();
                let beside = self.tried(beside, page_of);
                let better = beside.filter(|other| other.cost < now.cost);
                best = better.or(best);
            }
        }
        let first = grids.first().expect("there is a grid of every size");
        let best = best
            .unwrap_or_else(|| self.settled(self.stories(first, page_of), first, (None, PATIENCE)));
        if best.fallen.iter().all(|fall| fall.over == 0) {
            return best;
        }
        let stories = best.stories.into_iter().zip(&best.forms);
        let stories = stories.map(|(mut story, form)| {
            story.form.clone_from(form);
            story
        });
        self.settled(stories.collect(), best.grid, (None, PATIENCE))
    }

    /// The best of these grids with the pages planned on it; nothing where none of them holds
    /// newspaper text.
    fn tried<'s>(
        &'s self,
        grids: Vec<&'s Grid>,
        page_of: &'s BTreeMap<String, String>,
    ) -> Option<Trial<'s>> {
        let tried: Vec<Trial<'s>> = grids
            .into_par_iter()
            .filter(|grid| grid.tiers.holds())
            .map(|grid| self.settled(self.stories(grid, page_of), grid, (None, REPAIRS)))
            .collect();
        tried.into_iter().min_by_key(Trial::rank)
    }

    /// Every story, measured on a grid.
    fn stories<'s>(
        &'s self,
        grid: &'s Grid,
        page_of: &'s BTreeMap<String, String>,
    ) -> Vec<Story<'s>> {
        let copies = self.copies.par_iter().enumerate();
        copies
            .map(|(rank, copy)| {
                let desk = copy.desk(self.stone(page_of), &grid.held);
                Story::new(&desk, copy, (&grid.tiers, rank))
            })
            .collect()
    }

    /// The same pages with what stories print that refer to pages; planned again where one of them
    /// takes more or less.
    pub(super) fn renewed<'s>(
        &'s self,
        trial: &Trial<'s>,
        page_of: &'s BTreeMap<String, String>,
    ) -> Trial<'s> {
        let before = trial.stories.par_iter().zip(&trial.forms);
        let stories = self.copies.par_iter().zip(before).enumerate();
        let stories: Vec<Story<'s>> = stories
            .map(|(rank, (copy, (story, form)))| {
                if copy.refers() {
                    let desk = copy.desk(self.stone(page_of), &trial.grid.held);
                    return Story::renewed(&desk, copy, (&trial.grid.tiers, rank));
                }
                let mut story = story.clone();
                story.form.clone_from(form);
                story
            })
            .collect();
        let known = stories.iter().map(|story| &story.form).eq(&trial.forms);
        let known = known.then(|| trial.plan.clone());
        self.settled(stories, trial.grid, (known, PATIENCE))
    }

    pub(super) fn stone<'s>(&'s self, page_of: &'s BTreeMap<String, String>) -> Stone<'s> {
        Stone {
            composer: self.composer,
            style: &self.book.style,
            gallery: self.gallery,
            page_of,
            theme: &self.book.output.pdf.theme,
        }
    }

    fn problem(&self, stories: Vec<Form>, tiers: &Tiers) -> Problem {
        Problem {
            tiers: tiers.tiers,
            lines: tiers.lines,
            stories,
            vertical: tiers.mode.is_vertical(),
            channel: channel(self.book.style.tradition),
            parting: parting(tiers.mode),
        }
    }

    /// Plans stories, and lets their text fall. Where a story is too long for its place, however its
    /// headings give way, it is planned again with what it really takes. A plan that is known to
    /// be right is not made again.
    fn settled<'s>(
        &self,
        mut stories: Vec<Story<'s>>,
        on: &'s Grid,
        (before, repairs): (Option<Plan>, usize),
    ) -> Trial<'s> {
        let (tiers, grid) = (&on.tiers, &on.tier);
        let forms_of = |stories: &[Story<'s>]| -> Vec<Form> {
            stories.iter().map(|story| story.form.clone()).collect()
        };
        let forms = forms_of(&stories);
        let made = |forms: Vec<Form>, known: &mut Known| plan(&self.problem(forms, tiers), known);
        let repairs = if before.is_some() { 0 } else { repairs };
        // Only the length of their text is another when they are planned again.
        let mut known = Known::default();
        let planned = before.unwrap_or_else(|| made(forms.clone(), &mut known));
        let fallen = settle(&mut stories, &planned, (grid, Keeps::Headings));
        let mut best = (planned, fallen);
        let mut now = best.clone();
        // No story is given less than once was too little for it.
        let mut least = vec![0; stories.len()];
        for round in 0..repairs {
            let fits = best.1.iter().all(|fall| fall.over == 0);
            if round >= REPAIRS && fits {
                break;
            }
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
            let planned = made(forms_of(&stories), &mut known);
            let fallen = settle(&mut stories, &planned, (grid, Keeps::Headings));
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
            fallen = settle(&mut stories, &planned, (grid, Keeps::Headings));
        }
        if fallen.iter().any(|fall| fall.over > 0) {
            // Rather a heading at the foot of a tier than a page for its last lines.
            fallen = settle(&mut stories, &planned, (grid, Keeps::Loose));
        }
        close_up(&stories, &mut planned, &mut fallen, grid);
        Trial {
            cost: cost(&planned, &fallen, tiers),
            grid: on,
            stories,
            forms,
            plan: planned,
            fallen,
        }
    }
}
