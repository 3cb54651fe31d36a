//! What stands apart in a story: pictures, tables, boxes and quotations, each in a few sizes of whole tiers and lines.

use crate::diag::Sink;
use crate::layout::flow::desk::Desk;
use crate::layout::frame::Frame;
use crate::model::{Block, BoxKind, Boxed, Figure, Placement, Table};

use super::boxes;
use super::captions::Captions;
use super::form::{Piece, PieceKind, PieceSize};
use super::picture;
use super::tables;
use super::tiers::Tiers;

/// What a blank slot beside a picture and its caption costs.
const BLANK: i64 = 2;
/// A table or a box of so many lines may have one more, for this cost.
const SPACED: u16 = 6;
const SPACED_COST: i64 = 2;
/// Sizes of a piece over so many numbers of tiers are handed on.
const SIZES: usize = 3;
/// A piece takes so many tiers at most of its own accord.
const MOST_TIERS: u16 = 4;
/// What part of a page a picture is at its best, in thousandths of the page's slots.
const COLUMN_PICTURE: i64 = 40;
const WIDE_PICTURE: i64 = 110;
const PAGE_PICTURE: i64 = 300;

/// A piece with its sizes.
#[derive(Debug, Clone)]
pub(crate) struct SetPiece<'a> {
    what: What<'a>,
    /// What planning knows of it.
    pub(crate) form: Piece,
}

#[derive(Debug, Clone, Copy)]
enum What<'a> {
    Figure(&'a Figure),
    Table(&'a Table),
    Boxed(&'a Boxed),
}

impl<'a> SetPiece<'a> {
    /// The piece that a block makes; `None` for a block that stays in the text, as a box or a table
    /// does that is larger than a page. What it refers to is to be told later.
    pub(crate) fn of(
        block: &'a Block,
        (desk, tiers, captions): (&Desk<'_>, &Tiers, &Captions),
    ) -> Option<Self> {
        let (what, kind) = match block {
            Block::Figure(figure) => (What::Figure(figure), PieceKind::Picture),
            Block::Table(table) => (What::Table(table), PieceKind::Table),
            Block::Boxed(boxed) => {
                let kind = match boxed.kind {
                    BoxKind::Fact | BoxKind::Sidebar => PieceKind::Box,
                    BoxKind::PullQuote => PieceKind::Quote,
                };
                (What::Boxed(boxed), kind)
            }
            _ => return None,
        };
        // The best size over each number of tiers, with what is near it.
        let mut spans: Vec<Vec<PieceSize>> = Vec::new();
        let most = match what {
            What::Table(_) => tiers.tiers,
            _ => tiers.tiers.min(MOST_TIERS),
        };
        for span in 1..=most {
            let size = |(lines, more): (u16, i64)| PieceSize {
                tiers: span,
                lines,
                cost: cost(what, (span, lines), (desk, tiers)) + more_cost(more),
            };
            let near = match what {
                What::Figure(figure) => picture::extents(figure, span, (desk, tiers, captions))
                    .into_iter()
                    .map(|extent| (extent.lines, extent.blank * BLANK / 1000))
                    .collect(),
                What::Table(table) => {
                    let most = worthwhile(&spans, span, tiers);
                    spaced(tables::lines(table, (span, most), (desk, tiers)))
                }
                What::Boxed(boxed) => spaced(boxes::lines(boxed, span, (desk, tiers))),
            };
            let mut near: Vec<PieceSize> = near
                .into_iter()
                .filter(|(lines, _)| *lines <= tiers.lines)
                .map(size)
                .collect();
            near.sort_by_key(|size| (size.cost, size.lines));
            if !near.is_empty() {
                spans.push(near);
            }
        }
        spans.sort_by_key(|near| (near[0].cost, near[0].tiers));
        spans.truncate(SIZES);
        let mut sizes: Vec<PieceSize> = spans.into_iter().flatten().collect();
        sizes.sort_by_key(|size| (size.cost, size.tiers, size.lines));
        if sizes.is_empty() {
            return None;
        }
        Some(Self {
            what,
            form: Piece {
                kind,
                sizes,
                reference: 0,
            },
        })
    }

    /// The id that leads to it.
    pub(crate) fn id(&self) -> &'a str {
        match self.what {
            What::Figure(figure) => &figure.id,
            What::Table(table) => &table.id,
            What::Boxed(boxed) => &boxed.title.id,
        }
    }

    /// Sets it in one of its sizes: a frame no larger than its rectangle.
    pub(crate) fn set(
        &self,
        (span, lines): (u16, u16),
        (desk, tiers): (&Desk<'_>, &Tiers),
        sink: &mut Sink,
    ) -> Frame {
        let room = tiers.room((span, lines));
        match self.what {
            What::Figure(figure) => picture::set(figure, room, (desk, tiers), sink),
            What::Table(table) => tables::set(table, room, (desk, tiers), sink),
            What::Boxed(boxed) => boxes::set(boxed, room, (desk, tiers), sink),
        }
    }
}

/// What is set on a ground of its own, or in rows, may have a line more than it needs.
fn spaced(lines: Option<u16>) -> Vec<(u16, i64)> {
    let Some(lines) = lines else {
        return Vec::new();
    };
    let mut found = vec![(lines, 0)];
    if lines >= SPACED {
        found.push((lines + 1, SPACED_COST));
    }
    found
}

fn more_cost(more: i64) -> u32 {
    u32::try_from(more.clamp(0, 1000)).unwrap_or(0)
}

/// The most lines of a table over so many tiers that leave it among the best of its sizes; over
/// more tiers it takes no more lines than over fewer.
fn worthwhile(spans: &[Vec<PieceSize>], span: u16, tiers: &Tiers) -> u16 {
    let most = spans.last().map_or(tiers.lines, |near| near[0].lines);
    let mut costs: Vec<u32> = spans.iter().map(|near| near[0].cost).collect();
    costs.sort_unstable();
    let Some(worst) = costs.get(SIZES - 1) else {
        return most;
    };
    let page = i64::from(tiers.tiers) * i64::from(tiers.lines);
    let slots = (i64::from(*worst) - i64::from(span) * 2) * page - 1;
    let lines = slots.max(0) / (100 * i64::from(span.max(1)));
    most.min(u16::try_from(lines).unwrap_or(u16::MAX))
}

/// How far a size is from what is best for a piece.
fn cost(what: What<'_>, (span, lines): (u16, u16), (desk, tiers): (&Desk<'_>, &Tiers)) -> u32 {
    let slots = i64::from(span) * i64::from(lines);
    let page = i64::from(tiers.tiers) * i64::from(tiers.lines);
    let cost = match what {
        What::Figure(figure) => {
            let part = match figure.place {
                Placement::Column => COLUMN_PICTURE,
                Placement::Wide => WIDE_PICTURE,
                Placement::Page | Placement::Bleed => PAGE_PICTURE,
            };
            let mut ideal = (page * part / 1000).max(1);
            if figure.place == Placement::Column
                && let Some(natural) = desk.natural(&figure.image.path)
            {
                // No larger than it was made for.
                let slot = tiers.size_of((1, 1));
                let area = natural.width.wide() * natural.height.wide();
                let a_slot = (slot.width.wide() * slot.height.wide()).max(1) * 3 / 2;
                ideal = ideal.min((area / a_slot).max(1));
            }
            (slots.max(ideal) * 100 / slots.min(ideal).max(1) - 100) / 4
        }
        // A table and a box are best where they take least.
        What::Table(_) => slots * 100 / page.max(1) + i64::from(span) * 2,
        What::Boxed(boxed) => {
            let shape = if boxed.kind == BoxKind::PullQuote {
                i64::from(span.saturating_sub(1)) * 8
            } else {
                i64::from(span.abs_diff(2)) * 5
            };
            slots * 50 / page.max(1) + shape
        }
    };
    u32::try_from(cost.clamp(0, 1000)).unwrap_or(0)
}
