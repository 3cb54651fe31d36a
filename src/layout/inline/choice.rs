//! The choice of a face: which one sets a cluster, at what size, and how high it stands.

use crate::font::grapheme::{
    binds, cluster_len, is_emoji, is_of_words, long_dash, runs_leftward, word_len,
};
use crate::font::{Face, FaceId, FaceRole, Faces, Fit, Fitted, Fitting};
use crate::geom::{Em, Length};
use crate::model::Style;
use crate::rules::class::{CharClass, is_attached, is_wide};

use super::collect::Look;

/// How many bytes of a text from right to left are set as one word.
const LONGEST_LEFTWARD: usize = 96;

/// The emoji by which a face of them is fitted: all are of one size, but not what they are made of.
const USUAL_EMOJI: char = '😀';

/// A face as it is used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Choice {
    /// The face; [`FaceId::MISSING`] where no face has the cluster.
    pub(super) face: FaceId,
    /// The size at which the face is set, and the size that was asked for.
    pub(super) size: Length,
    pub(super) em: Length,
    /// How far it is raised in a horizontal line.
    pub(super) raise: Length,
}

/// What faces are chosen by.
#[derive(Clone, Copy)]
pub(super) struct Chooser<'a> {
    pub(super) faces: &'a Faces,
    pub(super) style: &'a Style,
    pub(super) look: Look,
    pub(super) vertical: bool,
}

/// A cluster, and how it stands.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cluster<'a> {
    pub(super) text: &'a str,
    pub(super) class: CharClass,
    /// Whether Western text has its own size there.
    pub(super) in_words: bool,
}

/// The word being read: it stays in one face where some face has all of it.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Word {
    end: usize,
    face: Option<FaceId>,
}

impl Word {
    /// Whether the byte belongs to the word.
    pub(super) const fn holds(&self, at: usize) -> bool {
        at < self.end
    }
}

impl Chooser<'_> {
    /// The word at the start of a text, which begins at byte `at` of its stretch.
    pub(super) fn word(&self, text: &str, at: usize, class: CharClass) -> Word {
        let length = match text.chars().next() {
            Some(first) if is_of_words(first) => word_len(text),
            _ => 0,
        };
        Word {
            end: at + length,
            face: (length > 0)
                .then(|| {
                    let word = &text[..length];
                    self.faces.pick(self.role(class), self.look.weight, word)
                })
                .flatten(),
        }
    }

    /// A text that stands in one box, as one word.
    pub(super) fn whole(&self, text: &str, class: CharClass) -> Word {
        Word {
            end: text.len(),
            face: self.faces.pick(self.role(class), self.look.weight, text),
        }
    }

    /// The face and the size of a cluster, of a word where it is part of one.
    pub(super) fn choose(&self, cluster: &Cluster<'_>, word: &Word) -> Choice {
        let &Cluster { text, class, .. } = cluster;
        let (role, weight) = (self.role(class), self.look.weight);
        let pick = |part: &str| self.faces.pick(role, weight, part);
        let first = text.chars().next().unwrap_or(' ');
        let face = word
            .face
            .or_else(|| self.pick_marks(cluster, pick(text)))
            // A mark that no face has is left out before its character is.
            .or_else(|| pick(first.encode_utf8(&mut [0; 4])))
            // Long dashes are set as pairs and triplets of the usual one.
            .or_else(|| pick(long_dash(first)?.encode_utf8(&mut [0; 4])))
            .unwrap_or(FaceId::MISSING);
        let asked = if class.is_western() && cluster.in_words && !self.look.code {
            self.style.western_size.of(self.look.size)
        } else {
            self.look.size
        };
        let fit = self.fit(face, text, class);
        Choice {
            face,
            size: if fit.scale == Em::ONE {
                asked
            } else {
                fit.scale.of(asked)
            },
            em: asked,
            raise: if self.vertical {
                Length::ZERO
            } else {
                fit.raise.of(asked)
            },
        }
    }

    /// The face that sets every ideograph that it has, because none is asked before it.
    pub(super) fn first(&self, class: CharClass) -> Option<&Face> {
        let first = self
            .faces
            .list(self.role(class), self.look.weight)
            .first()?;
        Some(self.faces.face(*first))
    }

    /// Marks of Chinese and Japanese text that a Western face has too, as “ … — ·, stand in the
    /// face of the text around them where that has them.
    fn pick_marks(&self, cluster: &Cluster<'_>, own: Option<FaceId>) -> Option<FaceId> {
        /// What a face for Chinese or Japanese text has, and no other.
        const STOP: char = '。';
        let western = |id: FaceId| self.faces.face(id).glyph(STOP).is_none();
        if !cluster.class.is_mark() || !own.is_some_and(western) {
            return own;
        }
        let role = self.role(cluster.class);
        let around = self
            .faces
            .pick(role, self.look.weight, STOP.encode_utf8(&mut [0; 4]));
        let first = cluster.text.chars().next()?;
        around
            .filter(|id| self.faces.face(*id).glyph(first).is_some())
            .or(own)
    }

    /// Bytes of the cluster at the start of a text. One of several characters that no face has
    /// together, as a family of emoji, is parted where a face has the first.
    pub(super) fn cluster_len(&self, text: &str, class: CharClass) -> usize {
        let whole = cluster_len(text);
        let mut chars = text[..whole].chars();
        let first = chars.next().map_or(0, char::len_utf8);
        // No mark stands on a space.
        if first == whole || class == CharClass::WordSpace || text.starts_with('\u{3000}') {
            return first;
        }
        let bound: usize = chars.take_while(|c| binds(*c)).map(char::len_utf8).sum();
        let has = |part: &str| {
            let found = self.faces.pick(self.role(class), self.look.weight, part);
            found.is_some()
        };
        if first + bound == whole || has(&text[..whole]) || !has(&text[..first]) {
            whole
        } else {
            first + bound
        }
    }

    /// Bytes of the word from right to left at the start of a text; 0 where there is none, or no
    /// face has all of it.
    pub(super) fn leftward_len(&self, text: &str, class: CharClass) -> usize {
        if !text.chars().next().is_some_and(runs_leftward) {
            return 0;
        }
        let end = text
            .char_indices()
            .find(|(at, c)| !(runs_leftward(*c) || is_attached(*c)) || *at >= LONGEST_LEFTWARD)
            .map_or(text.len(), |(at, _)| at);
        let face = self
            .faces
            .pick(self.role(class), self.look.weight, &text[..end]);
        face.map_or(0, |_| end)
    }

    fn fit(&self, face: FaceId, cluster: &str, class: CharClass) -> Fit {
        let (role, weight) = (self.role(class), self.look.weight);
        let first = cluster.chars().next().unwrap_or(' ');
        // What stands in its usual face needs no look at its script.
        if face == FaceId::MISSING || self.faces.list(role, weight).first() == Some(&face) {
            return Fit::NONE;
        }
        let (fitting, character) = if is_emoji(cluster) {
            (Fitting::Squares, USUAL_EMOJI)
        } else if is_of_words(first) {
            (Fitting::Letters, first)
        } else if is_wide(first) {
            (Fitting::Squares, first)
        } else {
            return Fit::NONE;
        };
        let fitted = Fitted {
            face,
            fitting,
            character,
        };
        self.faces.fit(role, weight, fitted)
    }

    /// No italic face is bundled: Western emphasis is set in the caption face.
    fn role(&self, class: CharClass) -> FaceRole {
        if class.is_western() && self.look.emphasis && self.look.role == FaceRole::Body {
            FaceRole::Caption
        } else {
            self.look.role
        }
    }
}
