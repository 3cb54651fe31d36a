//! One page of stories: the best slicing for those that are to stand on it, cut and filled.

use std::rc::Rc;

use super::area::Area;
use super::combine::{Canvas, Leaf, slicings, stretched};
use super::cost;
use super::cut::cut;
use super::dress::{Dressed, dress};
use super::item::{End, Item, parts_after, pieces_before};
use super::known::{Known, Ways};
use super::plan::JUMP_LINES;
use super::shape::Shape;

/// A page as it was filled.
#[derive(Debug, Clone)]
pub(super) struct Sheet {
    /// The parts on it, in the order of the stories.
    pub(super) dressed: Vec<Dressed>,
    /// What all of it costs.
    pub(super) cost: u64,
}

/// Slicings that are cut and filled before the best is taken.
const CUTS: usize = 20;

/// Fills an area of a page with these stories, at most one of which goes on elsewhere; nothing
/// where that cannot be done.
pub(super) fn fill(
    items: &[Item<'_>],
    canvas: Canvas,
    origin: Area,
    known: &mut Known,
) -> Option<Sheet> {
    let room = (canvas.tiers, canvas.lines);
    let ways: Vec<Ways> = items.iter().map(|item| known.ways(item, room)).collect();
    let leaves = leaves(items, &ways, origin)?;
    let least: Vec<u64> = ways.iter().map(Ways::cheapest).collect();
    // Slicings share most of their shapes.
    let mut dressed_before: Vec<(usize, Shape, Option<Dressed>)> = Vec::new();
    let mut best: Option<Sheet> = None;
    for (estimate, tree) in slicings(&leaves, canvas, &mut known.steps)
        .into_iter()
        .take(CUTS)
    {
        if best.as_ref().is_some_and(|best| best.cost < estimate) {
            break;
        }
        known.steps += 1;
        let Some(cutting) = cut(&tree, &leaves, canvas, origin) else {
            continue;
        };
        let mut sheet = Sheet {
            dressed: Vec::with_capacity(items.len()),
            cost: cutting.cost,
        };
        sheet.cost += cutting
            .shapes
            .iter()
            .map(|shape| stretched(shape.slots(), shape.tiers(), canvas.pitch))
            .sum::<u64>();
        // As if every story were dressed as cheaply as it can be.
        sheet.cost += least.iter().sum::<u64>();
        for (at, (item, shape)) in items.iter().zip(&cutting.shapes).enumerate() {
            if best.as_ref().is_some_and(|best| best.cost <= sheet.cost) {
                break;
            }
            let before = dressed_before
                .iter()
                .find(|(own, before, _)| *own == at && before == shape);
            let dressed = if let Some((.., dressed)) = before {
                dressed.clone()
            } else {
                let dressed = dress(item, &ways[at], shape, &mut known.steps);
                dressed_before.push((at, shape.clone(), dressed.clone()));
                dressed
            };
            let Some(dressed) = dressed else {
                break;
            };
            sheet.cost += dressed.cost - least[at];
            sheet.dressed.push(dressed);
        }
        if sheet.dressed.len() < items.len() {
            continue;
        }
        sheet.cost += ranks(&sheet) + abreast(&sheet, canvas);
        if best.as_ref().is_none_or(|best| sheet.cost < best.cost) {
            best = Some(sheet);
        }
    }
    best
}

/// What slicing is told of stories; the one that goes on has what the others leave.
fn leaves(items: &[Item<'_>], ways: &[Ways], origin: Area) -> Option<Vec<Leaf>> {
    let mut found: Vec<Leaf> = items
        .iter()
        .zip(ways)
        .map(|(item, ways)| Leaf {
            text: item.text,
            choices: ways
                .iter(item)
                .last()
                .map_or(Rc::from([]), |(_, own)| Rc::clone(own)),
            elastic: 0,
            tiers: item.tiers,
        })
        .collect();
    let ideal = |leaf: &Leaf| {
        leaf.choices
            .iter()
            .min_by_key(|choice| choice.cost)
            .map(|choice| choice.slots)
    };
    if let Some(at) = items.iter().position(|item| item.end == End::Turned) {
        let mut others = 0;
        for (i, leaf) in found.iter().enumerate() {
            if i != at {
                others += leaf.text + ideal(leaf)?;
            }
        }
        let left = origin.slots().checked_sub(others + JUMP_LINES)?;
        let item = &items[at];
        let (_, text, leaf) = ways[at]
            .iter(item)
            .filter_map(|(pieces, choices)| {
                let mut leaf = Leaf {
                    choices: Rc::clone(choices),
                    ..found[at].clone()
                };
                let text = left.checked_sub(ideal(&leaf)?)?;
                if !parts_after(item, text) {
                    return None;
                }
                leaf.text = text + JUMP_LINES;
                Some((pieces_before(item, text).abs_diff(pieces), text, leaf))
            })
            .min_by_key(|(stray, ..)| *stray)?;
        let bend = (text - cost::SHORT_PART).min(item.text - cost::SHORT_PART - text);
        found[at] = Leaf {
            elastic: bend.clamp(1, 60),
            ..leaf
        };
    }
    found
        .iter()
        .all(|leaf| !leaf.choices.is_empty())
        .then_some(found)
}

/// What it costs that lower stories have larger headlines.
fn ranks(sheet: &Sheet) -> u64 {
    let mut found = 0;
    let mut least = u32::MAX;
    for dressed in &sheet.dressed {
        if let (0, Some((_, area))) = (dressed.part.nth, dressed.part.head) {
            let size = u32::from(area.tiers);
            if size > least {
                found += cost::RANK * u64::from(size - least);
            }
            least = least.min(size);
        }
    }
    found
}

/// What headlines cost that begin on one line of the page, without text between.
fn abreast(sheet: &Sheet, canvas: Canvas) -> u64 {
    let heads: Vec<Area> = sheet
        .dressed
        .iter()
        .filter_map(|dressed| Some(dressed.part.head?.1))
        .collect();
    let mut found = 0;
    for (i, one) in heads.iter().enumerate() {
        for other in &heads[..i] {
            let beside = if canvas.vertical {
                one.tier == other.tier
                    && (one.end_line() == other.line || other.end_line() == one.line)
            } else {
                one.line == other.line
                    && (one.end_tier() == other.tier || other.end_tier() == one.tier)
            };
            if beside {
                found += cost::ABREAST;
            }
        }
    }
    found
}
