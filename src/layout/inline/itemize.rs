//! Runs: stretches of the text that one face sets at one size in one way.

use crate::font::grapheme::{binds, is_of_words, is_unified, is_unseen, may_bind, runs_leftward};
use crate::font::{FaceId, Faces};
use crate::geom::Length;
use crate::model::style::VerticalQuotes;
use crate::model::{Style, Tradition};
use crate::rules::class::{CharClass, is_attached};
use crate::rules::orient::{self, Stand};
use crate::rules::tokens::{self, tokens_of};

use super::choice::{Choice, Chooser, Cluster, Word};
use super::collect::{Collected, Piece, PieceKind};

/// How a run is shaped and stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    /// Along a horizontal line.
    Along,
    /// Upright in a vertical line, with vertical alternates.
    Upright,
    /// As upright; a character without an alternate is turned.
    UprightOrTurned,
    /// Upright without alternates.
    Plain,
    /// Turned a quarter clockwise.
    Turned,
    /// The same without small letters.
    TurnedCapitals,
    /// Western characters upright, one a cell, in their full-width forms.
    Stacked,
    /// A word of a script that runs from right to left, along the line or turned.
    Leftward,
    /// 縱中橫.
    Combined,
    /// —— and its like, in groups of two em.
    Dash,
    /// The solidus and the dash of half an em.
    HalfForm,
    /// A word space.
    Space,
    /// A curly quote drawn as a corner bracket.
    Quote,
    /// Not drawn: break opportunities, joiners of words, marks beyond all measure.
    Silent,
}

/// How many marks are drawn over one character; the shaper's time grows with their square.
const MOST_MARKS: usize = 16;

/// Characters that say where lines break and are never drawn.
pub(super) const fn is_silent(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}' | '\u{2060}' | '\u{feff}')
}

/// Whether a character without a cell of its own would be drawn.
pub(super) fn has_ink(c: char) -> bool {
    !c.is_control() && !is_unseen(c)
}

/// A stretch that is shaped at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Run {
    pub(super) start: u32,
    pub(super) end: u32,
    /// The number of its first character.
    pub(super) first: u32,
    /// The face; [`FaceId::MISSING`] where no face has the character.
    pub(super) face: FaceId,
    /// The size at which the face is set.
    pub(super) size: Length,
    /// The size that was asked for: it differs where a face that stands in is fitted.
    pub(super) em: Length,
    /// How far a face that stands in for another is raised in a horizontal line.
    pub(super) raise: Length,
    pub(super) look: u16,
    pub(super) way: Way,
    pub(super) kind: PieceKind,
    /// Quotes and leaders of Western text, which faces for Chinese text draw in a full cell.
    pub(super) narrow: bool,
}

/// Marks that are both Western and Chinese.
const fn has_two_widths(c: char) -> bool {
    matches!(c, '‘' | '’' | '“' | '”' | '‥' | '…')
}

/// What dividing needs to know.
pub(super) struct Itemizer<'a> {
    pub(super) faces: &'a Faces,
    pub(super) style: &'a Style,
    pub(super) tradition: Tradition,
    pub(super) vertical: bool,
    /// Whether ／ has half an em.
    pub(super) half_solidus: bool,
    /// Whether – between Han has half an em.
    pub(super) half_dash: bool,
}

/// Whether a character belongs to no word, and to no other character.
fn stands_alone(c: char) -> bool {
    !is_of_words(c) && !runs_leftward(c) && !is_attached(c) && !is_silent(c)
}

/// Dashes that are set in groups; forms for vertical lines are glyphs of their own.
const fn is_dash(c: char) -> bool {
    matches!(c, '—' | '―' | '⸺' | '⸻')
}

impl Itemizer<'_> {
    /// Divides a paragraph into runs that cover its text in order.
    pub(super) fn runs(&self, collected: &Collected<'_>, classes: &[CharClass]) -> Vec<Run> {
        let mut runs: Vec<Run> = Vec::with_capacity(collected.text.len() / 30 + 4);
        let mut first = 0;
        let mut pieces = &collected.pieces[..];
        while let Some(piece) = pieces.first() {
            // Running text goes on over marks; code, labels and requests are read on their own.
            let alike = |p: &&Piece| p.kind == PieceKind::Text && piece.kind == PieceKind::Text;
            let count = pieces.iter().take_while(alike).count().max(1);
            let (stretch, rest) = pieces.split_at(count);
            first = self.stretch(collected, classes, stretch, first, &mut runs);
            pieces = rest;
        }
        runs
    }

    /// Divides pieces that are read together; gives the number of the character after them.
    fn stretch(
        &self,
        collected: &Collected<'_>,
        classes: &[CharClass],
        pieces: &[Piece],
        first: usize,
        runs: &mut Vec<Run>,
    ) -> usize {
        let (Some(head), Some(tail)) = (pieces.first(), pieces.last()) else {
            return first;
        };
        let range = head.start as usize..tail.end as usize;
        let text = &collected.text[range.clone()];
        let mut walk = Walk {
            itemizer: self,
            collected,
            classes,
            next: first,
            runs,
            known: [None; KNOWN],
        };
        if !self.vertical {
            for piece in pieces {
                walk.piece(piece, piece.start..piece.end, None);
            }
            return walk.next;
        }
        if head.kind == PieceKind::Upright {
            walk.piece(head, head.start..head.end, Some(tokens::Setting::Combined));
            return walk.next;
        }
        let count = text.chars().count();
        let tokens = tokens_of(text, &classes[first..first + count], self.style);
        let mut pieces = pieces.iter().peekable();
        let raise = |piece: &Piece| collected.looks[usize::from(piece.look)].raise;
        for token in tokens {
            let end = head.start + u32::try_from(token.range.end).unwrap_or(0);
            let mut own = pieces.clone().take_while(|piece| piece.start < end);
            let on_one_line = own
                .next()
                .is_none_or(|first| own.all(|piece| raise(piece) == raise(first)));
            let setting = match (head.kind, token.setting) {
                // A number with its power turns with it.
                (_, tokens::Setting::Combined | tokens::Setting::Stacked) if !on_one_line => {
                    tokens::Setting::Rotated
                }
                (
                    PieceKind::Code,
                    tokens::Setting::Combined
                    | tokens::Setting::Stacked
                    | tokens::Setting::Connector
                    | tokens::Setting::RotatedCapitals,
                ) => tokens::Setting::Rotated,
                (_, setting) => setting,
            };
            let base = head.start;
            let (mut from, to) = (
                base + u32::try_from(token.range.start).unwrap_or(0),
                base + u32::try_from(token.range.end).unwrap_or(0),
            );
            while let Some(piece) = pieces.peek().copied() {
                let end = piece.end.min(to);
                walk.piece(piece, from..end, Some(setting));
                from = end;
                if piece.end <= to {
                    pieces.next();
                }
                if from >= to {
                    break;
                }
            }
        }
        walk.next
    }
}

/// How many marks and kana are remembered.
const KNOWN: usize = 64;

/// A character that belongs to no word and to no other character, as it was last divided: the
/// same one again in text of the same look stands in the same way.
#[derive(Clone, Copy)]
struct Known {
    c: char,
    class: CharClass,
    look: u16,
    setting: Option<tokens::Setting>,
    way: Way,
    choice: Choice,
}

/// Where a character is remembered: marks and kana of one block seldom share a place.
const fn place_of(c: char) -> usize {
    let code = c as usize;
    (code ^ code >> 8) % KNOWN
}

struct Walk<'w, 'a> {
    itemizer: &'w Itemizer<'a>,
    collected: &'w Collected<'w>,
    classes: &'w [CharClass],
    next: usize,
    runs: &'w mut Vec<Run>,
    /// Each in its [place](place_of).
    known: [Option<Known>; KNOWN],
}

impl Walk<'_, '_> {
    /// Divides a part of a piece that stands in one way.
    fn piece(
        &mut self,
        piece: &Piece,
        range: std::ops::Range<u32>,
        setting: Option<tokens::Setting>,
    ) {
        let look = self.collected.looks[usize::from(piece.look)];
        let text = &self.collected.text[range.start as usize..range.end as usize];
        // Each request and each box is a run of its own; other runs go on over pieces of one look.
        let mut fresh = setting == Some(tokens::Setting::Combined);
        let chooser = Chooser {
            faces: self.itemizer.faces,
            style: self.itemizer.style,
            look,
            vertical: self.itemizer.vertical,
        };
        let mut word = match setting {
            Some(tokens::Setting::Combined) => chooser.whole(text, self.classes[self.next]),
            _ => Word::default(),
        };
        // After an ideograph of the first face, the next one of it goes on in the same run.
        let squares = chooser.first(CharClass::Ideograph);
        let mut goes_on = false;
        let mut chars = text.char_indices().peekable();
        while let Some((at, c)) = chars.next() {
            let class = self.classes[self.next];
            let free = class == CharClass::Ideograph
                && is_unified(c)
                && chars.peek().is_none_or(|(_, next)| !binds(*next))
                && squares.is_some_and(|face| face.glyph(c).is_some());
            if let (true, true, Some(run)) = (free, goes_on, self.runs.last_mut()) {
                run.end += u32::try_from(c.len_utf8()).unwrap_or(0);
                self.next += 1;
                continue;
            }
            goes_on = free && setting != Some(tokens::Setting::Combined);
            let apart = setting != Some(tokens::Setting::Combined)
                && chars.peek().is_none_or(|(_, next)| !may_bind(*next));
            if apart
                && !word.holds(at)
                && let Some(known) = self.known(c, class, (piece, setting))
            {
                let start = range.start + u32::try_from(at).unwrap_or(0);
                let own = start..start + u32::try_from(c.len_utf8()).unwrap_or(0);
                let narrow = class.is_western() && has_two_widths(c);
                self.run(piece, own, (known.way, known.choice), narrow);
                self.next += 1;
                continue;
            }
            if !word.holds(at) {
                word = chooser.word(&text[at..], at, class);
            }
            let leftward = match setting {
                Some(tokens::Setting::Combined) => 0,
                _ => chooser.leftward_len(&text[at..], class),
            };
            let (most, whole) = match leftward {
                0 => (MOST_MARKS, at + chooser.cluster_len(&text[at..], class)),
                _ => (usize::MAX, at + leftward),
            };
            let mut end = at + c.len_utf8();
            let mut count = 1;
            while let Some(&(i, mark)) = chars.peek() {
                if i >= whole || count > most {
                    break;
                }
                end = i + mark.len_utf8();
                count += 1;
                chars.next();
            }
            let mut way = if is_silent(c) {
                Way::Silent
            } else if leftward > 0 {
                Way::Leftward
            } else {
                self.way(c, class, setting)
            };
            let cluster = Cluster {
                text: &text[at..end],
                class,
                // What stands in a cell of its own is as large as the text around it.
                in_words: matches!(
                    way,
                    Way::Along | Way::Turned | Way::TurnedCapitals | Way::Leftward | Way::Space
                ),
            };
            let mut choice = chooser.choose(&cluster, &word);
            if apart && !word.holds(at) && end == at + c.len_utf8() && stands_alone(c) {
                self.known[place_of(c)] = Some(Known {
                    c,
                    class,
                    look: piece.look,
                    setting,
                    way,
                    choice,
                });
            }
            let mut loose = false;
            if let (true, Some(last)) = (is_attached(c), self.runs.last()) {
                if last.way == Way::Space && way != Way::Silent && has_ink(c) {
                    // Nothing to stand on: it is drawn on a circle of its own.
                    way = self.plain_way();
                } else {
                    // Parted from what it belongs to by a mark of the manuscript: it follows that.
                    loose = last.face == FaceId::MISSING;
                    choice.face = last.face;
                    way = if at > 0 || way == Way::Silent {
                        Way::Silent
                    } else {
                        self.plain_way()
                    };
                }
            }
            let narrow = class.is_western() && has_two_widths(c);
            let start = range.start + u32::try_from(at).unwrap_or(0);
            let end = range.start + u32::try_from(end).unwrap_or(0);
            match self.runs.last_mut() {
                Some(run) if loose => run.end = end,
                _ if fresh => self
                    .runs
                    .push(self.fresh(piece, start..end, (way, choice), narrow)),
                _ => self.run(piece, start..end, (way, choice), narrow),
            }
            fresh = false;
            self.next += count;
        }
    }

    /// The same character as it was divided before.
    fn known(
        &self,
        c: char,
        class: CharClass,
        (piece, setting): (&Piece, Option<tokens::Setting>),
    ) -> Option<Known> {
        self.known[place_of(c)].filter(|known| {
            (known.c, known.class, known.look, known.setting) == (c, class, piece.look, setting)
        })
    }

    /// Adds a stretch to the last run, or a run of it where it differs from that.
    fn run(
        &mut self,
        piece: &Piece,
        range: std::ops::Range<u32>,
        (way, choice): (Way, Choice),
        narrow: bool,
    ) {
        let Choice {
            face,
            size,
            em,
            raise,
        } = choice;
        let joins = |run: &&mut Run| {
            run.end == range.start
                && run.face == face
                && (run.size, run.em) == (size, em)
                && run.raise == raise
                && run.way == way
                && run.look == piece.look
                && run.kind == piece.kind
                && run.narrow == narrow
                && !matches!(way, Way::Space | Way::Quote | Way::HalfForm | Way::Leftward)
                && face != FaceId::MISSING
        };
        match self.runs.last_mut().filter(joins) {
            Some(run) => run.end = range.end,
            None => self
                .runs
                .push(self.fresh(piece, range, (way, choice), narrow)),
        }
    }

    /// A run of its own, from the next character on.
    fn fresh(
        &self,
        piece: &Piece,
        range: std::ops::Range<u32>,
        (way, choice): (Way, Choice),
        narrow: bool,
    ) -> Run {
        Run {
            start: range.start,
            end: range.end,
            first: u32::try_from(self.next).unwrap_or(u32::MAX),
            face: choice.face,
            size: choice.size,
            em: choice.em,
            raise: choice.raise,
            look: piece.look,
            way,
            kind: piece.kind,
            narrow,
        }
    }

    /// How a mark without a letter stands.
    fn plain_way(&self) -> Way {
        if self.itemizer.vertical {
            Way::Upright
        } else {
            Way::Along
        }
    }

    fn way(&self, c: char, class: CharClass, setting: Option<tokens::Setting>) -> Way {
        let itemizer = self.itemizer;
        if class == CharClass::WordSpace && setting != Some(tokens::Setting::Combined) {
            return Way::Space;
        }
        let by_itself = matches!(setting, None | Some(tokens::Setting::Upright));
        match class {
            CharClass::Dash if by_itself && is_dash(c) => return Way::Dash,
            CharClass::Solidus if by_itself && itemizer.half_solidus => return Way::HalfForm,
            CharClass::HalfConnector if by_itself && c == '–' && itemizer.half_dash => {
                return Way::HalfForm;
            }
            _ => {}
        }
        match setting {
            None => Way::Along,
            Some(tokens::Setting::Combined) => Way::Combined,
            Some(tokens::Setting::Stacked) => Way::Stacked,
            Some(tokens::Setting::Rotated) => Way::Turned,
            Some(tokens::Setting::RotatedCapitals) => Way::TurnedCapitals,
            Some(tokens::Setting::Connector) => Way::UprightOrTurned,
            Some(tokens::Setting::Upright)
                if itemizer.style.vertical_quotes == VerticalQuotes::Corner
                    && class.is_mark()
                    && orient::corner_quote(c, itemizer.tradition).is_some() =>
            {
                Way::Quote
            }
            Some(tokens::Setting::Upright) => match orient::stand(c, itemizer.tradition) {
                Stand::Upright => Way::Upright,
                Stand::AlternateOrTurned => Way::UprightOrTurned,
                Stand::Plain => Way::Plain,
                Stand::Turned => Way::Turned,
            },
        }
    }
}
