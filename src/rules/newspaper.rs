//! What newspapers of each tradition avoid and how long they have their lines (composition rules §16).

use std::ops::RangeInclusive;

use crate::geom::WritingMode;
use crate::model::Tradition;

/// What a gap between tiers that runs right across a page costs, against an unfilled line at 1.
///
/// Japanese pages never have one (腹切り, 泣き別れ: 新聞整理 handbooks); on Chinese ones it divides
/// the page.
#[rustfmt::skip]
const CHANNEL: [(Tradition, u32); 4] = [
    (Tradition::HongKong, 3),
    (Tradition::Taiwan,   3),
    (Tradition::Mainland, 3),
    (Tradition::Japan,   30),
];

/// Characters of a line of one tier: 9 to 10 in 批 of Taiwan, 10 to 13 in 段 of Japan, a few more
/// where a page has no whole number of them; in horizontal columns 13 to 20.
const CHARACTERS: [(WritingMode, RangeInclusive<i32>); 2] = [
    (WritingMode::HorizontalTb, 13..=20),
    (WritingMode::VerticalRl, 9..=14),
];

/// Lines that stay free under the rule between two stories, one above the other: in horizontal
/// pages, where lines of one story would else stand on those of the next; in vertical ones the rule
/// stands in the gap between tiers, or between two lines.
const PARTING: [(WritingMode, u16); 2] =
    [(WritingMode::HorizontalTb, 1), (WritingMode::VerticalRl, 0)];

/// Lines that stay free under the rule between two stories in a direction.
///
/// ```
/// use banxin::{geom::WritingMode, rules::newspaper::parting};
/// assert_eq!(parting(WritingMode::HorizontalTb), 1);
/// assert_eq!(parting(WritingMode::VerticalRl), 0);
/// ```
#[must_use]
pub fn parting(mode: WritingMode) -> u16 {
    let row = PARTING.iter().find(|row| row.0 == mode);
    row.map_or(0, |row| row.1)
}

/// What a gap between tiers right across a page costs in a tradition.
///
/// ```
/// use banxin::{model::Tradition, rules::newspaper::channel};
/// assert!(channel(Tradition::Japan) > channel(Tradition::HongKong));
/// ```
#[must_use]
pub fn channel(tradition: Tradition) -> u32 {
    let row = CHANNEL.iter().find(|row| row.0 == tradition);
    row.map_or(0, |row| row.1)
}

/// Whether newspapers have lines of so many characters in a direction.
///
/// ```
/// use banxin::{geom::WritingMode, rules::newspaper::is_usual};
/// assert!(is_usual(WritingMode::VerticalRl, 11));
/// assert!(!is_usual(WritingMode::HorizontalTb, 11));
/// ```
#[must_use]
pub fn is_usual(mode: WritingMode, characters: i32) -> bool {
    let row = CHARACTERS.iter().find(|row| row.0 == mode);
    row.is_some_and(|row| row.1.contains(&characters))
}
