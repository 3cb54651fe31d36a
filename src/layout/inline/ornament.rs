//! Ink beside text that is no text: emphasis dots, proper-name and book-title marks, side lines.

use std::ops::Range;

use crate::geom::{Em, Length, Logical, WritingMode};
use crate::layout::line::{Decoration, Line};
use crate::model::Language;
use crate::rules::beside::{self, Beside, Dot, NEXT, RULE, SHORTENED, Side, TO_DOT, TO_RULE};
use crate::rules::class::CharClass;
use crate::rules::warichu::{self, Half};

use super::cell::{Cell, WARICHU};
use super::collect::{Marked, Ornament};
use super::commit::Placed;

/// The em-box reaches this far above and below the baseline of a horizontal line.
const ABOVE: Em = Em::from_milli(880);
const BELOW: Em = Em::from_milli(120);
/// How many marks inside another are looked at for rules on its side.
const MOST_INSIDE: usize = 8;
/// A highlighted field, across the line.
const FIELD: Em = Em::from_milli(1160);

/// What stands beside a paragraph besides its marks.
pub(super) struct Beneath<'a> {
    pub(super) mode: WritingMode,
    pub(super) language: &'a Language,
    /// Stretches with readings over them or at their right, in order.
    pub(super) read: &'a [Range<u32>],
}

impl Ornament {
    /// What it is to the table of sides; `None` where it stands through or behind the text.
    pub(super) const fn beside(self) -> Option<Beside> {
        match self {
            Self::Dots => Some(Beside::Dots),
            Self::ProperName => Some(Beside::ProperName),
            Self::BookTitle => Some(Beside::BookTitle),
            Self::SideLine => Some(Beside::SideLine),
            Self::Underline => Some(Beside::Underline),
            Self::Strike | Self::Highlight => None,
        }
    }
}

/// Draws the ornaments of a paragraph into its lines.
pub(super) fn adorn(
    placed: &Placed<'_>,
    marks: &[Marked],
    beneath: &Beneath<'_>,
    lines: &mut [Line],
) {
    let is_rule = |mark: &&Marked| mark.kind.beside().is_some_and(|kind| kind != Beside::Dots);
    let all_rules: Vec<&Marked> = marks.iter().filter(is_rule).collect();
    for (number, mark) in marks.iter().enumerate() {
        let cells = placed.cells_of(&mark.range);
        let beyond = rules_within(marks, number, beneath);
        let meets = |other: &&&Marked| {
            other.range.start < mark.range.end && mark.range.start < other.range.end
        };
        let rules: Vec<&Marked> = if mark.kind == Ornament::Dots {
            all_rules.iter().filter(meets).copied().collect()
        } else {
            Vec::new()
        };
        for (line, part) in placed.lines_of(&cells) {
            let Some(line) = lines.get_mut(line) else {
                continue;
            };
            for strand in strands(placed, part, beneath.mode, line.size) {
                let draw = Draw {
                    placed,
                    beneath,
                    size: strand.size,
                    shift: strand.shift,
                    half: strand.half,
                };
                if mark.kind == Ornament::Dots {
                    let dotted = strand.cells.filter(|i| takes_dot(&placed.cells[*i]));
                    let dotted: Vec<usize> = dotted.collect();
                    // Dots stand in a row: all beyond a rule that some would meet.
                    let ruled = dotted.iter().any(|i| draw.is_ruled(*i, &rules));
                    let dots = dotted.iter().map(|i| draw.dot(*i, ruled));
                    line.decorations.extend(dots);
                } else {
                    let ends = (
                        strand.cells.start == cells.start,
                        strand.cells.end == cells.end,
                    );
                    let rule = draw.rule(mark.kind, strand.cells, (ends, beyond));
                    line.decorations.extend(rule);
                }
            }
        }
    }
}

/// How many rules of the same side lie inside the stretch of a mark: it stands beyond them.
fn rules_within(marks: &[Marked], number: usize, beneath: &Beneath<'_>) -> i32 {
    let own = &marks[number];
    let side = |mark: &Marked| {
        let rule = mark.kind.beside().filter(|kind| *kind != Beside::Dots)?;
        Some(beside::side(rule, beneath.mode, beneath.language))
    };
    let Some(own_side) = side(own) else {
        return 0;
    };
    // Marks inside another are collected before it.
    (0..number)
        .rev()
        .take_while(|i| marks[*i].range.start >= own.range.start)
        .take(MOST_INSIDE)
        .filter(|i| marks[*i].range.end <= own.range.end && side(&marks[*i]) == Some(own_side))
        .map(|i| 1 + rules_within(marks, i, beneath))
        .max()
        .unwrap_or(0)
}

/// Cells of one line that stand on one axis.
struct Strand {
    cells: Range<usize>,
    size: Length,
    /// From the line's own axis or baseline.
    shift: Length,
    /// Which half of a note it is.
    half: Option<Half>,
}

/// Divides cells of a line at the halves of notes; a stretch that goes beyond a note is one.
fn strands(
    placed: &Placed<'_>,
    part: Range<usize>,
    mode: WritingMode,
    size: Length,
) -> Vec<Strand> {
    let plain = |cells| Strand {
        cells,
        size,
        shift: Length::ZERO,
        half: None,
    };
    if !placed.cells[part.clone()]
        .iter()
        .all(|cell| cell.has(WARICHU))
    {
        return vec![plain(part)];
    }
    let i = placed
        .fragments
        .partition_point(|f| f.cells.end <= part.start);
    let Some(fragment) = placed.fragments.get(i) else {
        return vec![plain(part)];
    };
    let split = fragment.split.clamp(part.start, part.end);
    [
        (part.start..split, Half::First),
        (split..part.end, Half::Second),
    ]
    .into_iter()
    .filter(|(cells, _)| !cells.is_empty())
    .map(|(cells, half)| Strand {
        cells,
        size: warichu::SIZE.of(size),
        shift: warichu::across(mode, half, size),
        half: Some(half),
    })
    .collect()
}

/// Whether a character takes an emphasis dot: marks, spaces and Western words do not.
fn takes_dot(cell: &Cell) -> bool {
    let upright_token = matches!(cell.class, CharClass::Combined);
    upright_token
        || cell.class.is_cjk()
            && !cell.class.is_mark()
            && !matches!(cell.class, CharClass::WideSpace | CharClass::WordSpace)
}

struct Draw<'a> {
    placed: &'a Placed<'a>,
    beneath: &'a Beneath<'a>,
    size: Length,
    shift: Length,
    half: Option<Half>,
}

impl Draw<'_> {
    /// The distance across the line of something that stands `beyond` the em-box's edge.
    fn across(&self, side: Side, beyond: Em) -> Length {
        let half = Em::HALF;
        let em = match (self.beneath.mode.is_vertical(), side) {
            (true, Side::Before) => -(half + beyond),
            (true, Side::After) => half + beyond,
            (false, Side::Before) => -(ABOVE + beyond),
            (false, Side::After) => BELOW + beyond,
        };
        self.shift + em.of(self.size)
    }

    /// The middle of the line.
    fn through(&self) -> Length {
        let middle = if self.beneath.mode.is_vertical() {
            Em::ZERO
        } else {
            Em::from_milli((BELOW.milli() - ABOVE.milli()) / 2)
        };
        self.shift + middle.of(self.size)
    }

    /// Whether a reading stands over some of these characters, or at their right.
    fn is_read(&self, cells: Range<usize>) -> bool {
        let (Some(first), Some(last)) = (
            self.placed.cells.get(cells.start),
            cells.end.checked_sub(1).map(|i| &self.placed.cells[i]),
        ) else {
            return false;
        };
        let read = self.beneath.read;
        let next = read.partition_point(|range| range.end <= first.start);
        read.get(next).is_some_and(|range| range.start < last.end)
    }

    /// The side of a mark: the one without readings where the table's has them (composition rules
    /// §11).
    fn side(&self, mark: Beside, cells: Range<usize>) -> Side {
        // Between the halves of a note there is no room.
        match self.half {
            Some(Half::First) => return Side::Before,
            Some(Half::Second) => return Side::After,
            None => {}
        }
        let side = beside::side(mark, self.beneath.mode, self.beneath.language);
        if side == Side::Before && self.is_read(cells) {
            side.other()
        } else {
            side
        }
    }

    /// Whether a rule stands where the dot of a character would.
    fn is_ruled(&self, cell: usize, rules: &[&Marked]) -> bool {
        let side = self.side(Beside::Dots, cell..cell + 1);
        let at = self.placed.cells[cell].start;
        rules.iter().any(|mark| {
            let rule = mark.kind.beside();
            mark.range.contains(&at)
                && rule.is_some_and(|rule| self.side(rule, cell..cell + 1) == side)
        })
    }

    fn dot(&self, cell: usize, ruled: bool) -> Decoration {
        let own = &self.placed.cells[cell];
        let (from, to) = self.placed.stood[cell];
        // The middle of the character, wherever its cell is widened.
        let middle = if own.class == CharClass::Combined || own.has(WARICHU) {
            (from + to) / 2
        } else {
            from + (-own.lead).max(0) + own.size.milli() / 2
        };
        let side = self.side(Beside::Dots, cell..cell + 1);
        let beyond = if ruled { TO_DOT + NEXT } else { TO_DOT };
        let centre = Logical::new(Length::from_milli(middle), self.across(side, beyond));
        let (form, diameter) = beside::dot(self.beneath.mode, self.beneath.language);
        let diameter = diameter.of(self.size);
        match form {
            Dot::Disc => Decoration::Dot { centre, diameter },
            Dot::Sesame => Decoration::Sesame { centre, diameter },
        }
    }

    /// A rule along cells that may be the first and the last of their mark, beyond others or not.
    fn rule(
        &self,
        kind: Ornament,
        cells: Range<usize>,
        ((first, last), beyond): ((bool, bool), i32),
    ) -> Option<Decoration> {
        let (from, to) = self.placed.reach(cells.clone())?;
        let cut = match kind {
            Ornament::ProperName | Ornament::BookTitle => SHORTENED.of(self.size).milli(),
            _ => 0,
        };
        // An end where the line breaks is none of the name's.
        let ends = (from + cut * i32::from(first), to - cut * i32::from(last));
        let (from, to) = if ends.1 > ends.0 { ends } else { (from, to) };
        let (from, to) = (Length::from_milli(from), Length::from_milli(to));
        let block = match kind.beside() {
            Some(mark) => {
                let out = TO_RULE.milli() + NEXT.milli() * beyond;
                self.across(self.side(mark, cells), Em::from_milli(out))
            }
            None => self.through(),
        };
        let weight = RULE.of(self.size);
        Some(match kind {
            Ornament::Dots => return None,
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
