//! How far a reading stands over the neighbours of its base, and the blank that it holds there.

use crate::rules::ruby::{Script, Side, overhang};

use super::cell::Cell;

/// What a neighbour lends to a reading.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Lent {
    /// Of its blank next to the base.
    pub(super) blank: i32,
    /// Of its body behind that blank.
    pub(super) body: i32,
}

impl Lent {
    pub(super) const fn total(self) -> i32 {
        self.blank + self.body
    }

    /// Not more than `most` of it, blank before body.
    pub(super) fn limited(self, most: i32) -> Self {
        let most = most.max(0);
        let blank = self.blank.min(most);
        Self {
            blank,
            body: self.body.min(most - blank),
        }
    }
}

/// What a neighbour lends at most to a reading of `em`; never more than one em of it.
pub(super) fn lent(cell: &Cell, side: Side, (script, em): (Script, i32)) -> Lent {
    let rule = overhang(script, (cell.class, cell.first), side);
    let near = match side {
        Side::Before => cell.post,
        Side::After => cell.pre,
    };
    let part = |of: crate::geom::Em| {
        i32::try_from(i64::from(em) * i64::from(of.milli()) / 1000).unwrap_or(0)
    };
    let blank = part(rule.blank).min(near).max(0);
    // The body is reached where all the blank before it is covered.
    let body = if blank == near.max(0) {
        part(rule.body).min(cell.body).max(0)
    } else {
        0
    };
    Lent { blank, body }.limited(em)
}

/// Makes blank over which a reading stands a part of the cell's body, so that no shrinking takes it
/// (composition rules §12.1: not beyond the current blank). At a line's edge it is blank again.
pub(super) fn hold(cell: &mut Cell, side: Side, blank: i32) {
    if blank <= 0 {
        return;
    }
    cell.body += blank;
    match side {
        Side::Before => {
            cell.post -= blank;
            cell.at_tail -= blank;
        }
        Side::After => {
            cell.pre -= blank;
            cell.lead -= blank;
            cell.at_head -= blank;
        }
    }
}
