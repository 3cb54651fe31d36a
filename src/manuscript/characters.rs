//! Characters that no reader can be sure of: private use, unassigned, control, and radicals.

use std::collections::BTreeMap;

use icu_properties::CodePointMapData;
use icu_properties::props::GeneralCategory;

use crate::diag::{Code, Diagnostic, FileId, Sink, Span};

/// Looks through a file; each character in question is told once, with how often it is there.
pub(crate) fn check(text: &str, file: FileId, sink: &mut Sink) {
    let categories = CodePointMapData::<GeneralCategory>::new();
    let mut met: BTreeMap<char, (usize, usize)> = BTreeMap::new();
    for (at, c) in text.char_indices() {
        let fine = match c {
            '\t' | '\n' | '\r' | ' '..='~' => true,
            '\u{4E00}'..='\u{9FFF}' | '\u{3001}'..='\u{30FE}' | '\u{FF01}'..='\u{FF5E}' => {
                !matches!(c, '\u{3040}' | '\u{3097}' | '\u{3098}')
            }
            '\u{2F00}'..='\u{2FD5}' => false,
            _ => !matches!(
                categories.get(c),
                GeneralCategory::Unassigned
                    | GeneralCategory::PrivateUse
                    | GeneralCategory::Control
            ),
        };
        if !fine {
            met.entry(c).or_insert((at, 0)).1 += 1;
        }
    }
    for (c, (at, times)) in met {
        let span = Span::new(file, at, at + c.len_utf8());
        sink.push(fault(c, span, times));
    }
}

fn fault(c: char, span: Span, times: usize) -> Diagnostic {
    let code_point = format!("U+{:04X}", u32::from(c));
    let more = match times {
        1 => String::new(),
        _ => format!(", here and {} more times", times - 1),
    };
    if let Some(han) = radical(c) {
        return Diagnostic::warning(
            Code::CharacterRadical,
            span,
            format!("`{c}` {code_point} is a Kangxi radical, not the character `{han}`{more}"),
        )
        .hint(format!(
            "write `{han}` U+{:04X}: readers cannot find the radical by searching",
            u32::from(han)
        ));
    }
    let category = CodePointMapData::<GeneralCategory>::new().get(c);
    match category {
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
        _ => Diagnostic::error(
            Code::CharacterUnassigned,
            span,
            format!("{code_point} is assigned to no character{more}"),
        )
        .hint("write a character that Unicode has"),
    }
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

/// The Han character for a Kangxi radical (Unicode, compatibility decomposition).
fn radical(c: char) -> Option<char> {
    let index = usize::try_from(u32::from(c).checked_sub(0x2F00)?).ok()?;
    RADICALS.chars().nth(index)
}

/// U+2F00–U+2FD5 in order (UnicodeData.txt, field 5).
const RADICALS: &str = "\
    一丨丶丿乙亅二亠人儿入八冂冖冫几凵刀力勹匕匚匸十卜卩厂厶又口\
    囗土士夂夊夕大女子宀寸小尢尸屮山巛工己巾干幺广廴廾弋弓彐彡彳\
    心戈戶手支攴文斗斤方无日曰月木欠止歹殳毋比毛氏气水火爪父爻爿\
    片牙牛犬玄玉瓜瓦甘生用田疋疒癶白皮皿目矛矢石示禸禾穴立竹米糸\
    缶网羊羽老而耒耳聿肉臣自至臼舌舛舟艮色艸虍虫血行衣襾見角言谷\
    豆豕豸貝赤走足身車辛辰辵邑酉釆里金長門阜隶隹雨靑非面革韋韭音\
    頁風飛食首香馬骨高髟鬥鬯鬲鬼魚鳥鹵鹿麥麻黃黍黑黹黽鼎鼓鼠鼻齊\
    齒龍龜龠";

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
    fn radicals_name_their_character() {
        assert_eq!(radical('\u{2F00}'), Some('一'));
        assert_eq!(radical('\u{2FD5}'), Some('龠'));
        assert_eq!(RADICALS.chars().count(), 214);
        assert!(told("\u{2F08}")[0].hints[0].contains('人'));
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
