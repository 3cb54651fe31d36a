//! Page numbers: cover and front matter apart, blank pages before what opens on an odd one.

use std::collections::BTreeMap;

use crate::layout::frame::Side;
use crate::layout::grid::PageGrid;
use crate::model::MissingPages;
use crate::model::credit::LabelScript;
use crate::model::theme::Numerals;
use crate::rules::words::{Word, han_digits, roman};

use super::section::{Role, Section};

/// A page with its number, before its frame is made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Leaf {
    /// Its section and its sheet there; `None` for a blank page.
    pub(crate) holds: Option<(usize, usize)>,
    /// Its number in its series.
    pub(crate) number: u32,
    /// Its number as programs read it.
    pub(crate) label: String,
    /// Its number as printed.
    pub(crate) folio: String,
    /// On which side of the spread it lies.
    pub(crate) side: Side,
}

/// Pages that are counted together, in the order in which they follow each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Series {
    /// The cover and its inside: no page of the book.
    Cover,
    /// Front matter that is numbered apart.
    Front,
    /// Everything else.
    Body,
}

/// Counts pages: the cover not at all, front matter apart where there are contents.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Count {
    /// The number of the last page.
    last: u32,
    /// The series to which it belongs.
    series: Series,
    /// Whether front matter is numbered apart.
    apart: bool,
    missing: MissingPages,
}

impl Count {
    /// No pages yet.
    pub(crate) fn new(apart: bool, missing: MissingPages) -> Self {
        Self {
            last: 0,
            series: Series::Cover,
            apart,
            missing,
        }
    }

    /// Opens a section; the number of the blank page that this takes, if any.
    pub(crate) fn open(&mut self, role: Role) -> Option<u32> {
        let series = match role {
            Role::Cover => Series::Cover,
            _ if role.is_front() && self.apart => Series::Front,
            _ => Series::Body,
        };
        let starts = series > self.series;
        let odd = role.opens_odd() || starts;
        let blank = (odd && self.last % 2 == 1 && self.missing == MissingPages::Blank).then(|| {
            self.last += 1;
            self.last
        });
        if starts {
            self.series = series;
            self.last = 0;
        }
        blank
    }

    /// The number of the next page.
    pub(crate) fn next(&self) -> u32 {
        self.last + 1
    }

    /// Counts pages.
    pub(crate) fn add(&mut self, pages: usize) {
        self.last += u32::try_from(pages).unwrap_or(0);
    }
}

/// How pages are counted, and how their numbers are written.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Numbering<'g> {
    /// It knows the sides.
    pub(crate) grid: &'g PageGrid,
    /// Whether blank pages are inserted.
    pub(crate) missing: MissingPages,
    /// The numerals of the body.
    pub(crate) numerals: Numerals,
    /// The script of the cover's label.
    pub(crate) script: LabelScript,
}

impl Numbering<'_> {
    /// Numbers the sheets of all sections. Front matter is numbered apart where there are contents.
    pub(crate) fn number(self, sections: &[&Section]) -> Vec<Leaf> {
        let apart = sections.iter().any(|s| s.role == Role::Contents);
        let mut leaves: Vec<Leaf> = Vec::new();
        let mut count = Count::new(apart, self.missing);
        for (at, section) in sections.iter().enumerate() {
            let before = count.series;
            if let Some(blank) = count.open(section.role) {
                leaves.push(self.leaf(None, (before, blank)));
            }
            for sheet in 0..section.sheets.len() {
                leaves.push(self.leaf(Some((at, sheet)), (count.series, count.next())));
                count.add(1);
            }
        }
        leaves
    }

    fn leaf(self, holds: Option<(usize, usize)>, (series, number): (Series, u32)) -> Leaf {
        let label = match (series, number) {
            (Series::Cover, 1) => Word::Cover.text(self.script).to_owned(),
            (Series::Cover, _) => Word::InsideCover.text(self.script).to_owned(),
            (Series::Front, _) => roman(number),
            (Series::Body, _) => number.to_string(),
        };
        let folio = match (series, self.numerals) {
            (Series::Body, Numerals::Han) => han_digits(u64::from(number)),
            _ => label.clone(),
        };
        Leaf {
            holds,
            number,
            label,
            folio,
            side: self.grid.side(number),
        }
    }
}

/// The printed page of each id. The first place of an id counts.
pub(crate) fn page_of(sections: &[&Section], leaves: &[Leaf]) -> BTreeMap<String, String> {
    let labels: BTreeMap<(usize, usize), &String> = leaves
        .iter()
        .filter_map(|leaf| leaf.holds.map(|holds| (holds, &leaf.folio)))
        .collect();
    let mut pages = BTreeMap::new();
    for (at, section) in sections.iter().enumerate() {
        for (sheet, id) in section.anchors() {
            if let Some(label) = labels.get(&(at, sheet)) {
                pages.entry(id.clone()).or_insert_with(|| (*label).clone());
            }
        }
    }
    pages
}
