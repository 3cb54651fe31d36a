//! The rules of one house in one direction, looked up once: tables by class, ready for composing.

use crate::geom::{Em, WritingMode};
use crate::model::Tradition;
use crate::model::style::{Grid, Kinsoku, LineEnd, LineHead, Punctuation, Style};

use super::adjust::{self, Giver, Stretch};
use super::body::{Body, Column, Role, body_of};
use super::class::CharClass as K;
use super::edges::{self, EndBlank, FirstLine};
use super::kinsoku;
use super::spacing::{Trim, between};

/// Every rule that composing asks for, by class.
#[derive(Debug, Clone)]
pub struct House {
    /// Whether cells are as long as their glyphs, whatever the tables say.
    drawn: bool,
    tradition: Tradition,
    kinsoku: Kinsoku,
    line_head: LineHead,
    bodies: [Body; K::COUNT],
    /// By the numbers of both classes, as are `stretches`.
    trims: Vec<Trim>,
    stretches: Vec<Stretch>,
    solid_numerals: bool,
    pairs_dividing: bool,
    ends: [EndBlank; K::COUNT],
    head_forbidden: [bool; K::COUNT],
    end_forbidden: [bool; K::COUNT],
    steps: [Option<u8>; K::COUNT],
    line_end_step: u8,
    line_end_dot_step: u8,
    word_space_step: u8,
    western_gap_step: u8,
}

/// Every class, in the order of its number.
const CLASSES: [K; K::COUNT] = [
    K::Opening,
    K::Closing,
    K::Comma,
    K::FullStop,
    K::Colon,
    K::Semicolon,
    K::Dividing,
    K::MiddleDot,
    K::Interpunct,
    K::Dash,
    K::Leader,
    K::KanaRepeat,
    K::Connector,
    K::HalfConnector,
    K::ShortConnector,
    K::Solidus,
    K::IdeographIteration,
    K::Iteration,
    K::Prolonged,
    K::SmallKana,
    K::Prefix,
    K::Suffix,
    K::WideSpace,
    K::Ideograph,
    K::Digit,
    K::Western,
    K::WesternOpening,
    K::WesternClosing,
    K::WesternMark,
    K::WordSpace,
    K::Combined,
];

impl House {
    /// The rules that `style` asks for in lines of `mode`.
    #[must_use]
    pub fn new(style: &Style, mode: WritingMode) -> Self {
        let tradition = style.tradition;
        let column = Column::of(tradition, mode);
        // On 稿紙 every mark keeps its cell (composition rules §7.2).
        let gridded = style.grid == Grid::Strict;
        let bodies = CLASSES.map(|class| {
            let body = body_of(class, column, style.mark_position);
            if gridded {
                on_grid(body)
            } else if is_half(class, style.punctuation) {
                halved(body)
            } else {
                body
            }
        });
        let mut trims = vec![Trim::Keep; K::COUNT * K::COUNT];
        if style.punctuation != Punctuation::None && !gridded {
            for a in CLASSES {
                for b in CLASSES {
                    trims[a.index() * K::COUNT + b.index()] =
                        between(bodies[a.index()].role, bodies[b.index()].role);
                }
            }
        }
        let (line_head, line_end) = if gridded {
            (LineHead::Keep, LineEnd::Keep)
        } else {
            (style.line_head, style.line_end)
        };
        let step =
            |giver| adjust::step_of_giver(giver, tradition).map_or(u8::MAX, |step| step as u8);
        Self {
            drawn: false,
            tradition,
            kinsoku: style.kinsoku,
            line_head,
            ends: CLASSES.map(|class| edges::at_end(class, tradition, line_end)),
            head_forbidden: CLASSES
                .map(|class| kinsoku::forbids_head(class, style.kinsoku, tradition)),
            end_forbidden: CLASSES
                .map(|class| kinsoku::forbids_end(class, style.kinsoku, tradition)),
            steps: CLASSES.map(|class| {
                adjust::step_of(class, tradition)
                    .filter(|_| !gridded)
                    .map(|step| step as u8)
            }),
            line_end_step: step(Giver::LineEnd),
            line_end_dot_step: step(Giver::LineEndDot),
            word_space_step: step(Giver::WordSpace),
            western_gap_step: step(Giver::WesternGap),
            bodies,
            trims,
            solid_numerals: column == Column::JapanV && !gridded,
            pairs_dividing: column == Column::MainlandH
                && style.punctuation != Punctuation::None
                && !gridded,
            stretches: CLASSES
                .iter()
                .flat_map(|a| CLASSES.map(|b| adjust::stretch_between(*a, b, tradition)))
                .collect(),
        }
    }

    /// The same house with every character as long as its glyph.
    #[must_use]
    pub(crate) fn as_drawn(&self) -> Self {
        Self {
            drawn: true,
            ..self.clone()
        }
    }

    /// Whether every character is as long as its glyph.
    pub(crate) const fn is_drawn(&self) -> bool {
        self.drawn
    }

    /// Whose rules they are.
    #[must_use]
    pub const fn tradition(&self) -> Tradition {
        self.tradition
    }

    /// The cell of a class.
    #[must_use]
    pub fn body(&self, class: K) -> Body {
        self.bodies[class.index()]
    }

    /// What goes between two neighbours.
    #[must_use]
    pub fn trim(&self, a: K, b: K) -> Trim {
        self.trims[a.index() * K::COUNT + b.index()]
    }

    /// What the blank of a class does at a line's end.
    #[must_use]
    pub fn at_end(&self, class: K) -> EndBlank {
        self.ends[class.index()]
    }

    /// Whether the blank before a class goes at a line's head.
    #[must_use]
    pub fn trims_head(&self, class: K, first: FirstLine) -> bool {
        self.body(class).role == Role::Opening && edges::trims_head(self.line_head, first)
    }

    /// Whether a class may not start a line.
    #[must_use]
    pub fn forbids_head(&self, class: K) -> bool {
        self.head_forbidden[class.index()]
    }

    /// Whether a class may not end a line.
    #[must_use]
    pub fn forbids_end(&self, class: K) -> bool {
        self.end_forbidden[class.index()]
    }

    /// Whether two neighbours, characters with their classes, never part.
    #[must_use]
    pub fn inseparable(&self, a: (char, K), b: (char, K)) -> bool {
        kinsoku::inseparable(a, b, (self.kinsoku, self.tradition))
    }

    /// Whether a sign of a number is kept with its neighbour, spaces apart.
    #[must_use]
    pub fn binds(&self, a: (char, K), b: (char, K)) -> bool {
        kinsoku::binds(a, b, (self.kinsoku, self.tradition))
    }

    /// The step of shrinking in which a mark of the class gives its blank at a line's end.
    #[must_use]
    pub const fn end_step(&self, class: K) -> u8 {
        if self.line_end_dot_step != u8::MAX && edges::is_dot(class) {
            self.line_end_dot_step
        } else {
            self.line_end_step
        }
    }

    /// The step of shrinking in which a mark gives its blank.
    #[must_use]
    pub fn step(&self, class: K) -> Option<u8> {
        self.steps[class.index()]
    }

    /// The step of shrinking in which a giver that is no mark gives.
    #[must_use]
    pub const fn step_of(&self, giver: Giver) -> u8 {
        match giver {
            Giver::LineEnd => self.line_end_step,
            Giver::LineEndDot => self.line_end_dot_step,
            Giver::WordSpace => self.word_space_step,
            Giver::WesternGap => self.western_gap_step,
            Giver::Marks(_) => u8::MAX,
        }
    }

    /// Whether 、 and ・ between Han numerals (二、三人, 三・一四) have no blank: in vertical Japanese
    /// (jlreq #positioning_of_punctuation_marks; composition rules §4).
    #[must_use]
    pub fn sets_numerals_solid(&self) -> bool {
        self.solid_numerals
    }

    /// Whether two of ！ and ？ stand in one cell ([`IN_ONE_CELL`](super::spacing::IN_ONE_CELL)).
    #[must_use]
    pub fn pairs_dividing_marks(&self) -> bool {
        self.pairs_dividing
    }

    /// When the place between two neighbours stretches.
    #[must_use]
    pub fn stretch(&self, a: K, b: K) -> Stretch {
        self.stretches[a.index() * K::COUNT + b.index()]
    }
}

/// Whether every mark of the class is set half (composition rules §4: 開明, 半角).
fn is_half(class: K, punctuation: Punctuation) -> bool {
    match punctuation {
        Punctuation::None | Punctuation::Adjacent => false,
        Punctuation::Half => matches!(
            class,
            K::Opening
                | K::Closing
                | K::Comma
                | K::Colon
                | K::Semicolon
                | K::MiddleDot
                | K::Interpunct
        ),
        Punctuation::AllHalf => matches!(
            class,
            K::Opening
                | K::Closing
                | K::Comma
                | K::Colon
                | K::Semicolon
                | K::FullStop
                | K::Dividing
                | K::MiddleDot
                | K::Interpunct
        ),
    }
}

/// The cell of a mark on 稿紙: one em, however long a house makes it elsewhere.
fn on_grid(body: Body) -> Body {
    match body.cell {
        Some(cell) if cell < Em::ONE => Body {
            cell: Some(Em::ONE),
            ..body
        },
        _ => body,
    }
}

/// The cell without blank. A mark that fills its cell (！？) keeps its ink in the middle of half.
fn halved(body: Body) -> Body {
    let cell = body.cell.unwrap_or(Em::ONE) - body.pre - body.post;
    Body {
        cell: Some(cell.min(Em::HALF)),
        cut: if cell > Em::HALF {
            Em::QUARTER
        } else {
            body.pre
        },
        pre: Em::ZERO,
        post: Em::ZERO,
        ..body
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes_stand_in_their_order() {
        for (i, class) in CLASSES.iter().enumerate() {
            assert_eq!(class.index(), i);
        }
    }

    #[test]
    fn half_styles_leave_no_blank() {
        let mut style = Style::of(Tradition::HongKong);
        style.punctuation = Punctuation::Half;
        let house = House::new(&style, WritingMode::VerticalRl);
        assert_eq!(house.body(K::Comma).cell, Some(Em::HALF));
        assert_eq!(house.body(K::FullStop).cell, Some(Em::ONE));
        style.punctuation = Punctuation::AllHalf;
        let house = House::new(&style, WritingMode::VerticalRl);
        assert_eq!(house.body(K::FullStop).cell, Some(Em::HALF));
        assert_eq!(house.body(K::Dividing).cell, Some(Em::HALF));
    }
}
