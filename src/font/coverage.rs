//! Which face serves which characters of a publication, and what no face has.

use std::collections::{BTreeMap, BTreeSet};

use crate::diag::{Code, Diagnostic, Severity, Span, again};
use crate::model::visit::{self, Visitor};
use crate::model::{Article, Block, Book, Figure, Inline, MarkKind};

use super::absent::Group;
pub use super::absent::Missing;
use super::faces::Faces;
use super::grapheme::{
    clusters, is_of_words, is_unseen, long_dash, runs_leftward, variant, word_len,
};
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
    variants: BTreeMap<(char, char), Variant>,
    leftward: Option<(Span, usize)>,
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

/// A variant of a character: the sequence of both.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Variant {
    /// The character.
    pub character: char,
    /// The variation selector after it.
    pub selector: char,
    /// The face that draws the variant; `None` where none does and the usual shape is set.
    pub face: Option<FaceId>,
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
            variants: BTreeMap::new(),
            leftward: None,
        }
    }

    /// Counts the characters of a text set in a role and weight. Controls and characters that
    /// set nothing are not counted; `span` is the whole text's, or where its bytes are those of
    /// the source the character's own.
    pub fn add(&mut self, text: &str, role: FaceRole, weight: Weight, span: Span) {
        let is_source = span.end.saturating_sub(span.start) as usize == text.len();
        let place = |at: usize, length: usize| {
            if is_source {
                let start = span.start as usize + at;
                Span::new(span.file, start, start + length)
            } else {
                span
            }
        };
        let mut word = (0, None);
        for (at, cluster) in clusters(text) {
            let Some(character) = cluster.chars().next() else {
                continue;
            };
            if at >= word.0 && is_of_words(character) {
                let end = at + word_len(&text[at..]);
                word = (end, self.faces.pick(role, weight, &text[at..end]));
            }
            if runs_leftward(character) && !is_unseen(character) {
                let first = place(at, character.len_utf8());
                self.leftward.get_or_insert((first, 0)).1 += 1;
            }
            if character.is_control() || is_unseen(character) {
                continue;
            }
            let pick = |part: &str| self.faces.pick(role, weight, part);
            let whole = word.1.filter(|_| at < word.0).or_else(|| pick(cluster));
            if let Some(face) = whole {
                self.serve(face, character);
                if let Some((base, selector)) = variant(cluster)
                    && !matches!(selector, '\u{FE0E}' | '\u{FE0F}')
                {
                    let drawn = self.faces.face(face).has_variant(base, selector);
                    let variant = self.variants.entry((base, selector)).or_insert(Variant {
                        character: base,
                        selector,
                        face: drawn.then_some(face),
                        span: place(at, cluster.len()),
                        count: 0,
                    });
                    variant.count += 1;
                }
                continue;
            }
            let other = long_dash(character).filter(|_| cluster.len() == character.len_utf8());
            if let Some(dash) = other
                && let Some(face) = pick(dash.encode_utf8(&mut [0; 4]))
            {
                self.serve(face, dash);
                continue;
            }
            // No face has it whole: some may have it in part.
            let mut lacks = false;
            for (offset, part) in cluster.char_indices() {
                if is_unseen(part) {
                    continue;
                }
                let length = part.len_utf8();
                match pick(&cluster[offset..offset + length]) {
                    Some(face) if offset == 0 => self.serve(face, part),
                    Some(_) => {}
                    None => {
                        lacks = true;
                        self.miss(part, place(at + offset, length));
                    }
                }
            }
            if !lacks && let Some((offset, mark)) = cluster.char_indices().nth(1) {
                self.miss(mark, place(at + offset, mark.len_utf8()));
            }
        }
    }

    fn serve(&mut self, face: FaceId, character: char) {
        let served = self.served.entry(face).or_default();
        *served.entry(character).or_default() += 1;
    }

    fn miss(&mut self, character: char, span: Span) {
        let missing = self.missing.entry(character).or_insert(Missing {
            character,
            span,
            count: 0,
        });
        missing.count += 1;
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

    /// The variants that the text asks for by selectors, each with the face that draws it.
    #[must_use]
    pub fn variants(&self) -> Vec<Variant> {
        self.variants.values().copied().collect()
    }

    /// What is to be told: of characters that no face has, of the severity that the style asks
    /// for, one diagnostic a character of the scripts of Chinese and Japanese, one a script of
    /// others; of variants that no face draws; of text from right to left.
    #[must_use]
    pub fn diagnostics(&self, severity: Severity) -> Vec<Diagnostic> {
        let mut groups: BTreeMap<Group, Vec<Missing>> = BTreeMap::new();
        for missing in self.missing() {
            let group = Group::of(missing.character);
            groups.entry(group).or_default().push(missing);
        }
        let mut found: Vec<Diagnostic> = groups
            .iter()
            .map(|(group, missing)| group.diagnostic(missing, severity))
            .collect();
        found.extend(self.variants.values().filter_map(undrawn));
        if let Some((span, count)) = self.leftward {
            found.push(leftward(span, count));
        }
        found.sort_by_key(|diagnostic| diagnostic.span);
        found
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

/// The variant of a character is not drawn by any face.
fn undrawn(variant: &Variant) -> Option<Diagnostic> {
    if variant.face.is_some() {
        return None;
    }
    let Variant {
        character,
        selector,
        span,
        count,
        ..
    } = *variant;
    Some(
        Diagnostic::warning(
            Code::CharacterVariant,
            span,
            format!(
                "no face draws the variant {character}{selector} (U+{:04X} U+{:04X}); {character} is set in its usual shape{}",
                u32::from(character),
                u32::from(selector),
                again(count)
            ),
        )
        .hint("name a font that has it under [typography] fonts, or take the selector out"),
    )
}

fn leftward(span: Span, count: usize) -> Diagnostic {
    Diagnostic::warning(
        Code::CharacterDirection,
        span,
        format!(
            "text from right to left is set word by word only{}",
            again(count)
        ),
    )
    .hint(
        "words follow each other in the order in which they are typed; look at the lines, or set \
         the passage as a picture",
    )
}

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

    fn told(text: &str) -> Vec<Diagnostic> {
        let faces = Faces::bundled();
        let mut coverage = Coverage::new(&faces);
        let span = Span::new(FileId(0), 0, text.len());
        coverage.add(text, FaceRole::Body, Weight::Regular, span);
        coverage.diagnostics(Severity::Warning)
    }

    #[test]
    fn long_dashes_are_set_as_pairs_of_the_usual_one() {
        assert_eq!(told("甲⸺乙⸻丙"), []);
    }

    #[test]
    fn scripts_and_emoji_are_told_once_each() {
        let found = told("甲한국어乙ไทย丙नमस्ते丁😀🚀👍🏽戊한");
        let messages: Vec<&str> = found.iter().map(|d| d.message.as_str()).collect();
        assert_eq!(
            messages,
            [
                "no face has Hangul: 한국어, used 4 times",
                "no face has Thai: ไทย, used 3 times",
                "no face has Devanagari: नमस\u{94D}त\u{947}, used 6 times",
                "no face has emoji: 😀🚀👍🏽, used 4 times",
            ]
        );
        assert!(found[0].hints[0].contains("Noto Serif CJK KR"));
        assert!(found[1].hints[0].contains("Noto Serif Thai"));
        assert!(found[3].hints[0].contains("Noto Emoji"));
    }

    #[test]
    fn marks_that_no_face_has_are_told_by_themselves() {
        let found = told("版\u{302}");
        assert_eq!(found.len(), 1);
        assert!(found[0].message.contains("U+0302"), "{}", found[0].message);
        assert_eq!(found[0].span.unwrap().range(), 3..5);
    }

    #[test]
    fn variants_and_directions_are_told() {
        let found = told("葛\u{E0100}飾，葛\u{E0100}；▶\u{FE0E}");
        assert_eq!(found.len(), 1, "{found:?}");
        assert_eq!(found[0].code, Code::CharacterVariant);
        assert!(found[0].message.contains("U+845B U+E0100"));
        assert!(found[0].message.ends_with("here and once more"));
        let found = told("甲שלום乙מה");
        assert_eq!(found.len(), 2);
        assert_eq!(
            found[0].message,
            "no face has Hebrew: \u{5E9}\u{5DC}\u{5D5}\u{5DD}\u{5DE}\u{5D4}, used 6 times"
        );
        assert_eq!(found[1].code, Code::CharacterDirection);
    }
}
