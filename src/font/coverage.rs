//! Which face serves which characters, and which characters no face has.

use std::collections::{BTreeMap, BTreeSet};

use crate::diag::{Code, Diagnostic, Severity, Span};
use crate::model::visit::{self, Visitor};
use crate::model::{Article, Block, Book, Figure, Inline, MarkKind};

use super::faces::Faces;
use super::grapheme::{binds, is_unseen};
use super::id::FaceId;
use super::role::{FaceRole, Weight};

/// Counts how often each face serves each character of a publication.
///
/// ```
/// use banxin::font::{FaceRole, Faces, Weight, coverage::Coverage};
/// let faces = Faces::bundled();
/// let mut coverage = Coverage::new(&faces);
/// coverage.add("版心한한", FaceRole::Body, Weight::Regular, Default::default());
/// let services = coverage.services();
/// assert_eq!(services[0].characters.len(), 2);
/// assert_eq!(coverage.missing().len(), 1);
/// assert_eq!(coverage.missing()[0].count, 2);
/// ```
#[derive(Debug, Clone)]
pub struct Coverage<'a> {
    faces: &'a Faces,
    served: BTreeMap<FaceId, BTreeMap<char, usize>>,
    missing: BTreeMap<char, Missing>,
}

/// What one face serves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Service {
    /// The face.
    pub face: FaceId,
    /// The characters it sets.
    pub characters: BTreeSet<char>,
    /// How many characters of the text it sets.
    pub count: usize,
}

/// A character that no face has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Missing {
    /// The character.
    pub character: char,
    /// Where it stands first.
    pub span: Span,
    /// How often it stands in the text.
    pub count: usize,
}

impl<'a> Coverage<'a> {
    /// A count of nothing yet.
    #[must_use]
    pub fn new(faces: &'a Faces) -> Self {
        Self {
            faces,
            served: BTreeMap::new(),
            missing: BTreeMap::new(),
        }
    }

    /// Counts the characters of a text set in a role and weight. Controls and characters that
    /// set nothing are not counted; `span` is the whole text's, or where its bytes are those of
    /// the source the character's own.
    pub fn add(&mut self, text: &str, role: FaceRole, weight: Weight, span: Span) {
        let is_source = span.end.saturating_sub(span.start) as usize == text.len();
        let mut chars = text.char_indices().peekable();
        while let Some((at, character)) = chars.next() {
            if character.is_control() || is_unseen(character) {
                continue;
            }
            let mut end = at + character.len_utf8();
            while let Some((next, mark)) = chars.next_if(|(_, c)| binds(*c)) {
                end = next + mark.len_utf8();
            }
            let cluster = &text[at..end];
            match self.faces.pick(role, weight, cluster) {
                Some(face) => {
                    *self
                        .served
                        .entry(face)
                        .or_default()
                        .entry(character)
                        .or_default() += 1;
                }
                None => {
                    let place = if is_source {
                        let start = span.start as usize + at;
                        Span::new(span.file, start, start + character.len_utf8())
                    } else {
                        span
                    };
                    let missing = self.missing.entry(character).or_insert(Missing {
                        character,
                        span: place,
                        count: 0,
                    });
                    missing.count += 1;
                }
            }
        }
    }

    /// What each face serves, in the order of their ids; faces that serve nothing are left out.
    #[must_use]
    pub fn services(&self) -> Vec<Service> {
        self.served
            .iter()
            .map(|(face, characters)| Service {
                face: *face,
                characters: characters.keys().copied().collect(),
                count: characters.values().sum(),
            })
            .collect()
    }

    /// The characters that no face has, in the order in which they stand in the sources.
    #[must_use]
    pub fn missing(&self) -> Vec<Missing> {
        let mut missing: Vec<Missing> = self.missing.values().copied().collect();
        missing.sort_by_key(|m| (m.span, m.character));
        missing
    }

    /// One diagnostic a character that no face has, of the severity that the style asks for.
    #[must_use]
    pub fn diagnostics(&self, severity: Severity) -> Vec<Diagnostic> {
        self.missing()
            .into_iter()
            .map(|missing| diagnostic(missing, severity))
            .collect()
    }
}

/// Counts the text of a publication: headlines, body, captions, readings and notes.
///
/// ```
/// # fn tell(book: &banxin::model::Book, faces: &banxin::font::Faces) {
/// for missing in banxin::font::coverage::of_book(book, faces).missing() {
///     println!("{}", missing.character);
/// }
/// # }
/// ```
#[must_use]
pub fn of_book<'a>(book: &Book, faces: &'a Faces) -> Coverage<'a> {
    let mut reader = Reader {
        coverage: Coverage::new(faces),
        role: FaceRole::Heading,
        strong: None,
    };
    visit::book(book, &mut reader);
    reader.coverage
}

struct Reader<'a> {
    coverage: Coverage<'a>,
    role: FaceRole,
    /// The strong text met last; what follows may lie inside of it.
    strong: Option<Span>,
}

impl Reader<'_> {
    fn read(&mut self, text: &str, role: FaceRole, span: Span) {
        let inside = self.strong.is_some_and(|strong| {
            span.file == strong.file && span.start >= strong.start && span.end <= strong.end
        });
        let weight = if inside {
            Weight::Bold
        } else {
            Weight::Regular
        };
        self.coverage.add(text, role, weight, span);
    }
}

impl<'b> Visitor<'b> for Reader<'_> {
    fn article(&mut self, _: &'b Article) {
        self.role = FaceRole::Heading;
    }

    fn block(&mut self, block: &'b Block) {
        self.role = match block {
            Block::Heading(_) | Block::Boxed(_) => FaceRole::Heading,
            Block::Figure(_) => FaceRole::Caption,
            _ => FaceRole::Body,
        };
        if let Block::Code(code) = block {
            self.read(&code.text, FaceRole::Code, code.span);
        }
    }

    fn figure(&mut self, figure: &'b Figure) {
        if let Some(credit) = &figure.credit {
            self.read(credit, FaceRole::Caption, figure.span);
        }
    }

    fn inline(&mut self, inline: &'b Inline) {
        match inline {
            Inline::Text { text, span } | Inline::Upright { text, span } => {
                self.read(text, self.role, *span);
            }
            Inline::Code { text, span } => self.read(text, FaceRole::Code, *span),
            Inline::Ruby(ruby) => {
                for part in &ruby.parts {
                    self.read(&part.base, self.role, ruby.span);
                    self.read(&part.text, self.role, ruby.span);
                }
            }
            // Its children follow, and lie inside of its span.
            Inline::Mark(mark) if mark.kind == MarkKind::Strong => self.strong = Some(mark.span),
            _ => {}
        }
    }
}

fn diagnostic(missing: Missing, severity: Severity) -> Diagnostic {
    let Missing {
        character,
        span,
        count,
    } = missing;
    let code = u32::from(character);
    let times = if count > 1 {
        format!(", used {count} times")
    } else {
        String::new()
    };
    let mut found = Diagnostic::warning(
        Code::CharacterMissing,
        span,
        format!("no face has the character {character} (U+{code:04X}){times}"),
    )
    .hint("print shows a box with its code; name a font that has it under [typography] fonts");
    if let Some((_, instead)) = STANDINS.iter().find(|(c, _)| *c == character) {
        found = found.hint(format!("the bundled faces have {instead}"));
    }
    found.severity = severity;
    found
}

/// Characters that the bundled faces lack, with one of the same look that they have
/// (`fonts/SOURCES.md`).
const STANDINS: [(char, &str); 2] = [('\u{25BA}', "▶ (U+25B6)"), ('\u{25C4}', "◀ (U+25C0)")];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::FileId;

    #[test]
    fn each_missing_character_is_told_once_with_its_place() {
        let faces = Faces::bundled();
        let mut coverage = Coverage::new(&faces);
        let text = "甲한乙►한\u{200B}\n";
        let span = Span::new(FileId(3), 100, 100 + text.len());
        coverage.add(text, FaceRole::Body, Weight::Regular, span);
        let found = coverage.diagnostics(Severity::Warning);
        assert_eq!(found.len(), 2);
        assert_eq!(
            found[0].message,
            "no face has the character 한 (U+D55C), used 2 times"
        );
        assert_eq!(found[0].span, Some(Span::new(FileId(3), 103, 106)));
        assert!(found[1].hints[1].contains('▶'));
        assert_eq!(coverage.services()[0].count, 2);
    }
}
