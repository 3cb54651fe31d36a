//! How characters that no face has are told: by themselves, or together with their script.

use icu_properties::props::{ExtendedPictographic, RegionalIndicator, Script};
use icu_properties::{CodePointMapData, CodePointSetData, PropertyNamesLong};

use crate::diag::{Code, Diagnostic, Severity, Span};

/// How many characters of a script are shown.
const SHOWN: usize = 12;

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

/// What is told together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Group {
    /// A character for itself: an author looks for each.
    One(char),
    /// All characters of a script: one font brings them all.
    Script(Script),
    /// All emoji.
    Emoji,
}

impl Group {
    pub(super) fn of(c: char) -> Self {
        let is_picture = CodePointSetData::new::<ExtendedPictographic>().contains(c)
            && c >= '\u{2600}'
            || CodePointSetData::new::<RegionalIndicator>().contains(c)
            || matches!(c, '\u{1F3FB}'..='\u{1F3FF}' | '\u{20E3}');
        if is_picture {
            return Self::Emoji;
        }
        match CodePointMapData::<Script>::new().get(c) {
            Script::Han
            | Script::Hiragana
            | Script::Katakana
            | Script::Bopomofo
            | Script::Latin
            | Script::Common
            | Script::Inherited
            | Script::Unknown => Self::One(c),
            script => Self::Script(script),
        }
    }

    /// The diagnostic for all its characters, in the order in which they stand in the sources.
    pub(super) fn diagnostic(self, all: &[Missing], severity: Severity) -> Diagnostic {
        let count: usize = all.iter().map(|missing| missing.count).sum();
        let times = if count > 1 {
            format!(", used {count} times")
        } else {
            String::new()
        };
        let span = all.first().map(|missing| missing.span);
        let single = match (self, all) {
            (Self::One(c), _) => Some(c),
            (Self::Script(_), [one]) => Some(one.character),
            _ => None,
        };
        let what = match single {
            Some(c) => format!("the character {c} (U+{:04X})", u32::from(c)),
            None => {
                let shown: String = all.iter().take(SHOWN).map(|m| m.character).collect();
                let more = if all.len() > SHOWN { "…" } else { "" };
                format!("{}: {shown}{more}", self.name())
            }
        };
        let message = format!("no face has {what}{times}");
        let mut found = Diagnostic::warning(Code::CharacterMissing, span, message);
        found = found.hint(self.hint());
        if let Self::One(c) = self
            && let Some((_, instead)) = STANDINS.iter().find(|(standing, _)| *standing == c)
        {
            found = found.hint(format!("the bundled faces have {instead}"));
        }
        found.severity = severity;
        found
    }

    fn name(self) -> String {
        match self {
            Self::One(c) => c.into(),
            Self::Emoji => "emoji".into(),
            Self::Script(script) => PropertyNamesLong::<Script>::new()
                .get(script)
                .unwrap_or("characters of a script")
                .replace('_', " "),
        }
    }

    fn hint(self) -> String {
        match self {
            Self::One(_) => {
                "print shows a box with its code; name a font that has it under [typography] fonts"
                    .into()
            }
            Self::Emoji => {
                "print shows boxes; name an outline font, as Noto Emoji, under [typography] fonts \
                 emoji: coloured ones cannot be printed"
                    .into()
            }
            Self::Script(script) => {
                let font = match script {
                    Script::Hangul => "Noto Serif CJK KR".into(),
                    // These have no serif.
                    Script::Arabic => "Noto Naskh Arabic".into(),
                    Script::Greek | Script::Cyrillic => "Noto Serif".into(),
                    _ => format!("Noto Serif {}", self.name()),
                };
                format!(
                    "print shows boxes; name a font of the script, as {font}, behind the others \
                     under [typography] fonts body"
                )
            }
        }
    }
}

/// Characters that the bundled faces lack, with one of the same look that they have
/// (`fonts/SOURCES.md`).
const STANDINS: [(char, &str); 2] = [('\u{25BA}', "▶ (U+25B6)"), ('\u{25C4}', "◀ (U+25C0)")];
