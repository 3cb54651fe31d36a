//! Characters that no reader can be sure of: private use, unassigned, lone, or taken for others.

use std::collections::BTreeMap;

use icu_properties::CodePointMapData;
use icu_properties::props::{GeneralCategory, GeneralCategoryGroup};

use crate::diag::{Code, Diagnostic, FileId, Sink, Span, again};

use super::lookalikes;

/// Looks through a file; each character in question is told once, with how often it is there.
pub(crate) fn check(text: &str, file: FileId, sink: &mut Sink) {
    let categories = CodePointMapData::<GeneralCategory>::new();
    let mut met: BTreeMap<char, Met> = BTreeMap::new();
    let mut before = '\n';
    for (at, c) in text.char_indices() {
        let fine = match c {
            '\t' | '\n' | '\r' | ' '..='~' => true,
            '\u{4E00}'..='\u{9FFF}'
            | '\u{3001}'..='\u{3029}'
            | '\u{3030}'..='\u{303F}'
            | '\u{3041}'..='\u{3096}'
            | '\u{309B}'..='\u{30FE}'
            | '\u{FF01}'..='\u{FF5E}' => true,
            _ if lookalikes::may_be(c) => false,
            _ => {
                let category = categories.get(c);
                !(DOUBTFUL.contains(&category)
                    || GeneralCategoryGroup::Mark.contains(category) && stands_alone(c, before))
            }
        };
        if !fine {
            met.entry(c).or_insert(Met { at, times: 0 }).times += 1;
        }
        before = c;
    }
    for (c, met) in met {
        if let Some(fault) = fault(c, met.span(file, c), met.times) {
            sink.push(fault);
        }
    }
}

/// Categories of which no character is in order.
const DOUBTFUL: [GeneralCategory; 3] = [
    GeneralCategory::Unassigned,
    GeneralCategory::PrivateUse,
    GeneralCategory::Control,
];

/// Where a character is met first, and how often.
#[derive(Clone, Copy)]
struct Met {
    at: usize,
    times: usize,
}

impl Met {
    fn span(self, file: FileId, c: char) -> Span {
        Span::new(file, self.at, self.at + c.len_utf8())
    }
}

/// Whether a mark has nothing to stand on: it opens a line or follows a space. Selectors of
/// variants draw nothing.
fn stands_alone(mark: char, before: char) -> bool {
    !matches!(mark, '\u{FE00}'..='\u{FE0F}' | '\u{E0100}'..='\u{E01EF}' | '\u{34F}')
        && matches!(
            before,
            '\n' | '\r' | '\t' | ' ' | '\u{A0}' | '\u{3000}' | '\u{200B}' | '\u{FEFF}'
        )
}

/// What is to be told of a character; `None` where it is in order.
fn fault(c: char, span: Span, times: usize) -> Option<Diagnostic> {
    let code_point = format!("U+{:04X}", u32::from(c));
    let more = again(times);
    if let Some(han) = lookalikes::han(c) {
        return Some(lookalike(c, han, span, &more));
    }
    let category = CodePointMapData::<GeneralCategory>::new().get(c);
    Some(match category {
        GeneralCategory::PrivateUse => {
            let fault = Diagnostic::error(
                Code::CharacterPrivate,
                span,
                format!(
                    "{code_point} is a private-use character: every font draws it as it likes{more}"
                ),
            );
            match hkscs(c) {
                Some(character) => fault.hint(format!(
                    "in the Hong Kong character set it is `{character}` {}",
                    code_points(&character)
                )),
                None => fault.hint("write the character that Unicode has for it"),
            }
        }
        GeneralCategory::Control => Diagnostic::error(
            Code::CharacterUnassigned,
            span,
            format!("{code_point} is a control character{more}"),
        )
        .hint("take it out"),
        GeneralCategory::Unassigned => Diagnostic::error(
            Code::CharacterUnassigned,
            span,
            format!("{code_point} is assigned to no character{more}"),
        )
        .hint("write a character that Unicode has"),
        _ if GeneralCategoryGroup::Mark.contains(category) => Diagnostic::warning(
            Code::CharacterLoneMark,
            span,
            format!("the combining mark {code_point} follows no letter{more}"),
        )
        .hint("it is shown on a dotted circle; write it directly after its letter"),
        _ => return None,
    })
}

fn lookalike(c: char, han: char, span: Span, more: &str) -> Diagnostic {
    let code_point = format!("U+{:04X}", u32::from(c));
    let wanted = format!("write `{han}` U+{:04X}", u32::from(han));
    if lookalikes::is_radical(c) {
        let kind = match c {
            '\u{2F00}'.. => "a Kangxi radical",
            _ => "a radical of dictionaries",
        };
        return Diagnostic::warning(
            Code::CharacterRadical,
            span,
            format!("`{c}` {code_point} is {kind}, not the character `{han}`{more}"),
        )
        .hint(format!(
            "{wanted}: readers cannot find the radical by searching"
        ));
    }
    let mut fault = Diagnostic::warning(
        Code::CharacterCompatibility,
        span,
        format!(
            "`{c}` {code_point} is a compatibility ideograph; copying and searching may make `{han}` of it{more}"
        ),
    )
    .hint(wanted);
    if let Some(selector) = lookalikes::selector(c) {
        fault = fault.hint(format!(
            "where this very shape is meant, `{han}{selector}` U+{:04X} U+{:04X} keeps it, in a face that draws it",
            u32::from(han),
            u32::from(selector)
        ));
    }
    fault
}

fn code_points(text: &str) -> String {
    let all: Vec<String> = text
        .chars()
        .map(|c| format!("U+{:04X}", u32::from(c)))
        .collect();
    all.join(" ")
}

/// The Unicode character for a private-use one that stood in for HKSCS or a Big5 extension.
///
/// Code page 950 maps Big5's user-defined rows to U+E000–F848 in order (rows FA–FE, 8E–A0,
/// 81–8D, C6A1–C8); HKSCS is laid out over those rows, so the Big5 code names the character.
fn hkscs(c: char) -> Option<String> {
    /// Trail bytes of a Big5 row: 40–7E and A1–FE.
    const ROW: u32 = 157;
    let code = u32::from(c);
    let (first_row, offset) = match code {
        0xE000..=0xE310 => (0xFA, code - 0xE000),
        0xE311..=0xEEB7 => (0x8E, code - 0xE311),
        0xEEB8..=0xF6B0 => (0x81, code - 0xEEB8),
        // This row starts at its trail byte A1.
        0xF6B1..=0xF848 => (0xC6, code - 0xF6B1 + 63),
        _ => return None,
    };
    let lead = u8::try_from(first_row + offset / ROW).ok()?;
    let cell = u8::try_from(offset % ROW).ok()?;
    let trail = if cell < 63 {
        0x40 + cell
    } else {
        0xA1 + (cell - 63)
    };
    let bytes = [lead, trail];
    let text = encoding_rs::BIG5
        .decode_without_bom_handling_and_without_replacement(&bytes)?
        .into_owned();
    (!text.chars().any(|c| matches!(c, '\u{E000}'..='\u{F8FF}'))).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> Vec<Diagnostic> {
        let mut sink = Sink::new();
        check(text, FileId(0), &mut sink);
        sink.into_inner()
    }

    #[test]
    fn common_text_is_fine() {
        assert!(told("香港：「好」——😀\u{200B}\u{FEFF}\u{FE0F}\r\n\t𠀀").is_empty());
    }

    #[test]
    fn strange_characters_are_told_once() {
        let faults = told("甲\u{E000}乙\u{E000}");
        assert_eq!(faults.len(), 1);
        assert_eq!(faults[0].code, Code::CharacterPrivate);
        assert_eq!(faults[0].span.unwrap().start, 3);
        assert_eq!(told("\u{3097}")[0].code, Code::CharacterUnassigned);
        assert_eq!(told("\u{0007}")[0].code, Code::CharacterUnassigned);
        assert_eq!(told("\u{FFFE}")[0].code, Code::CharacterUnassigned);
    }

    #[test]
    fn radicals_and_compatibility_ideographs_name_their_character() {
        let radical = &told("\u{2F08}")[0];
        assert_eq!(radical.code, Code::CharacterRadical);
        assert!(radical.hints[0].contains("`人` U+4EBA"));
        assert!(told("\u{2EA0}")[0].hints[0].contains("`民` U+6C11"));
        let ideograph = &told("甲\u{FA19}乙\u{FA19}")[0];
        assert_eq!(ideograph.code, Code::CharacterCompatibility);
        assert!(ideograph.message.ends_with("here and once more"));
        assert!(ideograph.hints[0].contains("`神` U+795E"));
        assert!(ideograph.hints[1].contains("U+795E U+FE00"));
        // A radical without a character, and Han characters in the compatibility block.
        assert!(told("\u{2E80}﨎").is_empty());
    }

    #[test]
    fn a_mark_needs_something_to_stand_on() {
        for alone in ["\u{301}", "甲 \u{301}", "甲\n\u{3099}", "\u{3000}\u{302A}"] {
            let found = told(alone);
            assert_eq!(found.len(), 1, "{alone:?}");
            assert_eq!(found[0].code, Code::CharacterLoneMark);
        }
        assert!(told("e\u{301}か\u{3099}◌\u{301}葛\u{E0100}\u{FE00}").is_empty());
    }

    #[test]
    fn hong_kong_characters_are_named() {
        for (private, character) in [('\u{ECD1}', '嘅'), ('\u{ECDA}', '啲'), ('\u{E547}', '嚟')]
        {
            assert_eq!(hkscs(private), Some(character.to_string()));
        }
        let faults = told("\u{ECD1}");
        assert_eq!(faults[0].code, Code::CharacterPrivate);
        assert!(faults[0].hints[0].contains("嘅"), "{:?}", faults[0].hints);
    }
}
