//! A run of characters without marks between them, each with its place in the source.

use std::ops::Range;

/// Characters that stand together, gathered from the parser's pieces.
#[derive(Debug, Default)]
pub(crate) struct Run {
    /// The characters.
    pub(crate) text: String,
    pieces: Vec<Piece>,
    /// Bytes of `text` at which a character stands that was escaped: it is never a mark.
    escaped: Vec<usize>,
}

#[derive(Debug)]
struct Piece {
    at: usize,
    source: Range<usize>,
    verbatim: bool,
}

impl Run {
    /// Adds characters from `source`; `verbatim` when they stand there as they are, `escaped`
    /// when the first of them followed a backslash.
    pub(crate) fn push(&mut self, text: &str, source: Range<usize>, verbatim: bool, escaped: bool) {
        if text.is_empty() {
            return;
        }
        let at = self.text.len();
        if escaped || !verbatim {
            self.escaped.push(at);
        }
        self.pieces.push(Piece {
            at,
            source,
            verbatim,
        });
        self.text.push_str(text);
    }

    /// Whether the character at a byte was escaped or told by an entity.
    pub(crate) fn is_escaped(&self, at: usize) -> bool {
        self.escaped.binary_search(&at).is_ok()
    }

    fn piece(&self, at: usize) -> Option<&Piece> {
        let next = self.pieces.partition_point(|piece| piece.at <= at);
        self.pieces.get(next.checked_sub(1)?)
    }

    /// Where some of its bytes stand in the source.
    pub(crate) fn source(&self, range: Range<usize>) -> Range<usize> {
        let start = self.piece(range.start).map_or(0, |piece| {
            if piece.verbatim {
                piece.source.start + (range.start - piece.at)
            } else {
                piece.source.start
            }
        });
        let last = range.end.saturating_sub(1).max(range.start);
        let end = self.piece(last).map_or(start, |piece| {
            if piece.verbatim {
                piece.source.start + (range.end.max(piece.at) - piece.at)
            } else {
                piece.source.end
            }
        });
        start..end.max(start)
    }

    /// Some of its bytes, parted where the source parts them.
    pub(crate) fn parts(&self, range: Range<usize>) -> Vec<(&str, Range<usize>)> {
        let mut parts: Vec<(&str, Range<usize>)> = Vec::new();
        let mut at = range.start;
        let mut index = self.pieces.partition_point(|piece| piece.at <= at);
        while at < range.end {
            let end = self
                .pieces
                .get(index)
                .map_or(self.text.len(), |piece| piece.at)
                .min(range.end);
            parts.push((&self.text[at..end], self.source(at..end)));
            at = end;
            index += 1;
        }
        parts
    }
}
