//! Page numbers: front matter in Roman numerals, blank pages before what opens on an odd one.

use std::collections::BTreeMap;

use crate::layout::frame::Side;
use crate::layout::grid::PageGrid;
use crate::model::MissingPages;
use crate::rules::words::roman;

use super::section::Section;

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

/// Numbers the sheets of all sections. Front matter is numbered apart where there are contents.
pub(crate) fn number(sections: &[&Section], grid: &PageGrid, missing: MissingPages) -> Vec<Leaf> {
    let apart = sections
        .iter()
        .any(|s| s.role == super::section::Role::Contents);
    let mut leaves: Vec<Leaf> = Vec::new();
    let mut count = 0;
    let mut in_front = apart;
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
        let starts_body = in_front && !section.role.is_front();
        let odd = section.role.opens_odd() || starts_body;
        if odd && count % 2 == 1 && missing == MissingPages::Blank {
            count += 1;
            put(None, count, in_front);
        }
        if starts_body {
            in_front = false;
            count = 0;
        }
        for sheet in 0..section.sheets.len() {
            count += 1;
            put(Some((at, sheet)), count, in_front);
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
