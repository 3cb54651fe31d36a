//! Page numbers: front matter in Roman numerals, blank pages before what opens on an odd one.

use std::collections::BTreeMap;

use crate::layout::frame::Side;
use crate::layout::grid::PageGrid;
use crate::model::MissingPages;
use crate::rules::words::roman;

use super::section::{Role, Section};

/// A page with its number, before its frame is made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Leaf {
    /// Its section and its sheet there; `None` for a blank page.
    pub(crate) holds: Option<(usize, usize)>,
    /// Its number in its series.
    pub(crate) number: u32,
    /// Its number as printed.
    pub(crate) label: String,
    /// On which side of the spread it lies.
    pub(crate) side: Side,
}

/// Counts pages: front matter apart where there are contents.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Count {
    /// The number of the last page.
    last: u32,
    /// Whether it belongs to front matter that is numbered apart.
    in_front: bool,
    missing: MissingPages,
}

impl Count {
    /// No pages yet.
    pub(crate) fn new(apart: bool, missing: MissingPages) -> Self {
        Self {
            last: 0,
            in_front: apart,
            missing,
        }
    }

    /// Opens a section; the number of the blank page that this takes, if any.
    pub(crate) fn open(&mut self, role: Role) -> Option<u32> {
        let starts_body = self.in_front && !role.is_front();
        let odd = role.opens_odd() || starts_body;
        let blank = (odd && self.last % 2 == 1 && self.missing == MissingPages::Blank).then(|| {
            self.last += 1;
            self.last
        });
        if starts_body {
            self.in_front = false;
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

/// Numbers the sheets of all sections. Front matter is numbered apart where there are contents.
pub(crate) fn number(sections: &[&Section], grid: &PageGrid, missing: MissingPages) -> Vec<Leaf> {
    let apart = sections.iter().any(|s| s.role == Role::Contents);
    let mut leaves: Vec<Leaf> = Vec::new();
    let mut count = Count::new(apart, missing);
    let mut put = |holds: Option<(usize, usize)>, number: u32, front: bool| {
        leaves.push(Leaf {
            holds,
            number,
            label: if front {
                roman(number)
            } else {
                number.to_string()
            },
            side: grid.side(number),
        });
    };
    for (at, section) in sections.iter().enumerate() {
        let front = count.in_front;
        if let Some(blank) = count.open(section.role) {
            put(None, blank, front);
        }
        for sheet in 0..section.sheets.len() {
            put(Some((at, sheet)), count.next(), count.in_front);
            count.add(1);
        }
    }
    leaves
}

/// The printed page of each id. The first place of an id counts.
pub(crate) fn page_of(sections: &[&Section], leaves: &[Leaf]) -> BTreeMap<String, String> {
    let labels: BTreeMap<(usize, usize), &String> = leaves
        .iter()
        .filter_map(|leaf| leaf.holds.map(|holds| (holds, &leaf.label)))
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
