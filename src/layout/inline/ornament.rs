//! Ink beside text that is no text: emphasis dots, proper-name and book-title marks, side lines.

use crate::geom::{Em, Length, Logical};
use crate::layout::line::{Decoration, Line};
use crate::rules::class::CharClass;

use super::cell::Cell;
use super::collect::{Marked, Ornament};
use super::commit::Placed;

/// The em-box reaches this far above and below the baseline of a horizontal line.
const ABOVE: Em = Em::from_milli(880);
const BELOW: Em = Em::from_milli(120);
/// From the edge of the em-box to the middle of a rule, and to the middle of a dot.
const TO_RULE: Em = Em::from_milli(100);
const TO_DOT: Em = Em::from_milli(180);
/// A dot that stands on the side of a rule stands beyond it (composition rules §11).
const BEYOND_RULE: Em = Em::from_milli(180);
/// Diameter of a dot (clreq #emphasis_dots: about a quarter of an em).
const DOT: Em = Em::from_milli(220);
/// Thickness of rules.
const RULE: Em = Em::from_milli(40);
/// How much each end of a proper-name or book-title mark is shortened, so that neighbours part.
const SHORTENED: Em = Em::from_milli(62);
/// A highlighted field, across the line.
const FIELD: Em = Em::from_milli(1160);

/// On which side of the line something stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum SideOf {
    /// Right of a vertical line, over a horizontal one.
    Before,
    /// Left of a vertical line, under a horizontal one.
    After,
    /// Through its middle.
    Through,
}

/// Draws the ornaments of a paragraph into its lines.
pub(super) fn adorn(placed: &Placed<'_>, marks: &[Marked], japanese: bool, lines: &mut [Line]) {
    for mark in marks {
        let cells = placed.cells_of(&mark.range);
        for (number, part) in placed.lines_of(&cells) {
            let Some(line) = lines.get_mut(number) else {
                continue;
            };
            let draw = Draw {
                size: line.size,
                vertical: line.mode.is_vertical(),
                japanese,
            };
            match mark.kind {
                Ornament::Dots => {
                    let ruled = |cell: &Cell| {
                        !draw.vertical
                            && !japanese
                            && marks.iter().any(|other| {
                                is_rule(other.kind) && other.range.contains(&cell.start)
                            })
                    };
                    for i in part {
                        let cell = &placed.cells[i];
                        if takes_dot(cell) {
                            let (from, to) = placed.stood[i];
                            line.decorations.push(draw.dot(from, to, ruled(cell)));
                        }
                    }
                }
                kind => {
                    if let Some((from, to)) = placed.reach(part) {
                        line.decorations.extend(draw.rule(kind, from, to));
                    }
                }
            }
        }
    }
}

const fn is_rule(kind: Ornament) -> bool {
    matches!(
        kind,
        Ornament::ProperName | Ornament::BookTitle | Ornament::SideLine | Ornament::Underline
    )
}

/// Whether a character takes an emphasis dot: marks, spaces and Western words do not.
fn takes_dot(cell: &Cell) -> bool {
    let upright_token = matches!(cell.class, CharClass::Combined);
    upright_token
        || cell.class.is_cjk()
            && !cell.class.is_mark()
            && !matches!(cell.class, CharClass::WideSpace | CharClass::WordSpace)
}

struct Draw {
    size: Length,
    vertical: bool,
    japanese: bool,
}

impl Draw {
    /// The distance across the line of something that stands `beyond` the em-box's edge.
    fn across(&self, side: SideOf, beyond: Em) -> Length {
        let half = Em::HALF;
        let em = match (self.vertical, side) {
            (true, SideOf::Before) => -(half + beyond),
            (true, SideOf::After) => half + beyond,
            (true, SideOf::Through) => Em::ZERO,
            (false, SideOf::Before) => -(ABOVE + beyond),
            (false, SideOf::After) => BELOW + beyond,
            (false, SideOf::Through) => Em::from_milli((BELOW.milli() - ABOVE.milli()) / 2),
        };
        em.of(self.size)
    }

    fn dot(&self, from: i32, to: i32, ruled: bool) -> Decoration {
        // 著重號 stand on the right in vertical lines; in horizontal ones under Chinese and over
        // Japanese text.
        let side = if self.vertical || self.japanese {
            SideOf::Before
        } else {
            SideOf::After
        };
        let beyond = if ruled { TO_DOT + BEYOND_RULE } else { TO_DOT };
        Decoration::Dot {
            centre: Logical::new(
                Length::from_milli((from + to) / 2),
                self.across(side, beyond),
            ),
            diameter: DOT.of(self.size),
        }
    }

    fn rule(&self, kind: Ornament, from: i32, to: i32) -> Option<Decoration> {
        let side = match kind {
            Ornament::Dots => return None,
            Ornament::Strike | Ornament::Highlight => SideOf::Through,
            Ornament::SideLine if self.vertical => SideOf::Before,
            Ornament::Underline if self.vertical && self.japanese => SideOf::Before,
            _ => SideOf::After,
        };
        let cut = match kind {
            Ornament::ProperName | Ornament::BookTitle => SHORTENED.of(self.size).milli(),
            _ => 0,
        };
        let (from, to) = if to - from > 2 * cut {
            (from + cut, to - cut)
        } else {
            (from, to)
        };
        let (from, to) = (Length::from_milli(from), Length::from_milli(to));
        let block = self.across(side, TO_RULE);
        let weight = RULE.of(self.size);
        Some(match kind {
            Ornament::BookTitle => Decoration::Wave {
                from,
                to,
                block,
                weight,
            },
            Ornament::Highlight => Decoration::Field {
                from,
                to,
                block,
                extent: FIELD.of(self.size),
            },
            _ => Decoration::Rule {
                from,
                to,
                block,
                weight,
            },
        })
    }
}
