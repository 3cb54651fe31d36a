//! Ruby in braces: `{漢字|かんじ}`, one reading for the whole or one a character.

use crate::diag::{Code, Diagnostic, Span};
use crate::model::{Ruby, RubyKind, RubyPart};

use super::scripts::is_bopomofo;

/// Ruby from its base and readings; with readings that do not fit, also what is wrong.
pub(crate) fn ruby(base: &str, readings: &[&str], span: Span) -> (Ruby, Option<Diagnostic>) {
    let readings: Vec<&str> = readings.iter().map(|reading| reading.trim()).collect();
    let group = |kind| Ruby {
        kind,
        parts: vec![RubyPart {
            base: base.to_owned(),
            text: readings.join(" ").trim().to_owned(),
        }],
        span,
    };
    if base.trim().is_empty() || readings.iter().all(|reading| reading.is_empty()) {
        let missing = if base.trim().is_empty() {
            "base"
        } else {
            "reading"
        };
        let fault = Diagnostic::error(Code::RubySyntax, span, format!("ruby without a {missing}"))
            .hint("write `{漢字|かんじ}`; a brace that is meant as such is written `\\{`");
        return (group(RubyKind::Group), Some(fault));
    }
    let characters = characters(base);
    let spoken = readings
        .iter()
        .all(|r| r.chars().all(|c| is_bopomofo(c) || c.is_whitespace()));
    let syllables: Vec<&str> = match readings.as_slice() {
        [one] if spoken => one.split_whitespace().collect(),
        _ => readings.clone(),
    };
    let kind = if spoken {
        RubyKind::Bopomofo
    } else {
        RubyKind::Mono
    };
    if syllables.len() == characters.len() {
        let parts = characters
            .iter()
            .zip(&syllables)
            .map(|(base, text)| RubyPart {
                base: (*base).to_owned(),
                text: (*text).to_owned(),
            })
            .collect();
        return (Ruby { kind, parts, span }, None);
    }
    if readings.len() == 1 && !spoken {
        return (group(RubyKind::Group), None);
    }
    let fault = Diagnostic::error(
        Code::RubySyntax,
        span,
        format!(
            "ruby has {} readings for the {} characters of `{base}`",
            syllables.len(),
            characters.len()
        ),
    )
    .hint("give one reading for all of them, or one a character: `{漢字|かん|じ}`");
    (group(RubyKind::Group), Some(fault))
}

/// Where ruby that holds ruby ends: a brace with bars at both depths. Its bytes are `text`'s first.
pub(crate) fn nested(text: &str) -> Option<usize> {
    let (mut depth, mut bars) = (0_usize, [false; 2]);
    let mut bytes = text.bytes().enumerate();
    while let Some((at, byte)) = bytes.next() {
        match byte {
            b'\\' => {
                bytes.next();
            }
            b'{' => depth += 1,
            b'|' if depth > 0 => bars[usize::from(depth > 1)] = true,
            b'}' => {
                depth -= 1;
                if depth == 0 {
                    return (bars == [true; 2]).then_some(at + 1);
                }
            }
            b'\n' => return None,
            _ => {}
        }
    }
    None
}

/// Told of ruby inside ruby, in braces or in HTML.
pub(crate) fn nested_ruby(span: Span) -> Diagnostic {
    Diagnostic::error(Code::RubySyntax, span, "ruby inside ruby")
        .hint("give the word one reading, or one a character: `{漢字|かん|じ}`")
}

/// Characters with the marks that combine with them.
pub(crate) fn characters(text: &str) -> Vec<&str> {
    let mut starts: Vec<usize> = Vec::new();
    for (at, c) in text.char_indices() {
        if at == 0 || !combines(c) {
            starts.push(at);
        }
    }
    let ends = starts.iter().skip(1).copied().chain([text.len()]);
    starts.iter().zip(ends).map(|(a, b)| &text[*a..b]).collect()
}

/// Whether a character belongs to the one before it: marks, and the selectors of glyph forms.
fn combines(character: char) -> bool {
    use icu_properties::CodePointMapData;
    use icu_properties::props::{GeneralCategory, GeneralCategoryGroup};
    !character.is_ascii()
        && GeneralCategoryGroup::Mark
            .contains(CodePointMapData::<GeneralCategory>::new().get(character))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(base: &str, readings: &[&str]) -> (RubyKind, usize, bool) {
        let (ruby, fault) = ruby(base, readings, Span::default());
        (ruby.kind, ruby.parts.len(), fault.is_some())
    }

    #[test]
    fn readings_are_spread_over_their_base() {
        assert_eq!(read("漢字", &["かんじ"]), (RubyKind::Group, 1, false));
        assert_eq!(read("漢字", &["かん", "じ"]), (RubyKind::Mono, 2, false));
        assert_eq!(
            read("注音", &["ㄓㄨˋ", "ㄧㄣ"]),
            (RubyKind::Bopomofo, 2, false)
        );
        assert_eq!(
            read("注音", &["ㄓㄨˋ ㄧㄣ"]),
            (RubyKind::Bopomofo, 2, false)
        );
        assert_eq!(read("飫", &["ㄩˋ"]), (RubyKind::Bopomofo, 1, false));
        assert_eq!(read("東京", &["とう", ""]), (RubyKind::Mono, 2, false));
    }

    #[test]
    fn what_does_not_fit_is_told() {
        assert!(read("漢字", &["か", "ん", "じ"]).2);
        assert!(read("注音", &["ㄓㄨˋ"]).2);
        assert!(read("", &["か"]).2);
        assert!(read("漢", &[""]).2);
    }

    #[test]
    fn ruby_in_ruby_is_seen() {
        assert_eq!(
            nested("{漢{字|じ}|かんじ}後"),
            Some("{漢{字|じ}|かんじ}".len())
        );
        assert!(nested("{漢|{か|ん}}").is_some());
        assert_eq!(nested("{甲{字|じ}}"), None);
        assert_eq!(nested("{甲{乙|"), None);
    }

    #[test]
    fn selectors_stay_with_their_character() {
        assert_eq!(characters("葛\u{E0100}飾").len(), 2);
    }
}
