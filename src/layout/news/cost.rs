//! What each fault of a newspaper page costs against the others.

/// Unfilled lines at the ends of so many stories, each with its share of them: the square of each
/// hole, and more for each line, so that two holes of a line cost more than one picture made
/// smaller.
pub(super) const fn hole(lines: u64, stories: u64) -> u64 {
    lines * lines / stories + lines * 2
}
/// A hole that is larger than this many lines is a fault that is told.
pub(super) const LARGE_HOLE: u32 = 3;
/// A story that goes on on the next page.
pub(super) const JUMP: u64 = 40;
/// A piece that is left on the page before the text it belongs to, or the page after.
pub(super) const STRAY: u64 = 12;
/// Each tier between a piece and the place in the text that refers to it.
pub(super) const FAR: u64 = 1;
/// Two pieces, or a piece and a headline, without text between.
pub(super) const TOUCH: u64 = 10;
/// All pieces of a story on one side of it.
pub(super) const ONE_SIDE: u64 = 5;
/// A run of text of fewer lines than [`SHORT_RUN`] between pieces, heads and edges.
pub(super) const SLIVER: u64 = 25;
/// The fewest lines that may stand alone beside a piece or a headline.
pub(super) const SHORT_RUN: u16 = 4;
/// The fewest lines of a story before and after a jump.
pub(super) const SHORT_PART: u32 = 5;
/// A piece away from the corners and edges where pieces stand.
pub(super) const AFLOAT: u64 = 5;
/// A piece at an edge, but not in one of the corners where pieces stand first.
pub(super) const EDGE: u64 = 1;
/// A story that is more than three times as wide as high, or as high as wide: each half more.
pub(super) const STRETCHED: u64 = 3;
/// Two stories whose headlines begin side by side.
pub(super) const ABREAST: u64 = 8;
/// A line between two neighbours that is not straight: the first runs on beside the second's end.
pub(super) const JOG: u64 = 5;
/// A story that runs on under its neighbours into the tier of the next.
pub(super) const TONGUE: u64 = 8;
/// A headline that is larger than that of a story which outranks its own.
pub(super) const RANK: u64 = 6;
/// A further page.
pub(super) const PAGE: u64 = 100;
/// A head or a size other than the one by which the last page would end well.
pub(super) const UNWANTED: u64 = 15;
/// A headline with lines more than it needs: this times their square.
pub(super) const GROWN: u64 = 2;
