//! Fonts: each embedded as a subset, each code shown with a text that can be found again.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::RangeInclusive;

use lopdf::{Dictionary, Object};

use super::faults::Faults;
use super::file::File;
use super::ink::Ink;
use crate::diag::Code;

/// Code points that nobody finds by typing: radicals, forms for presentation, private ones,
/// those that are no characters; sorted.
const UNFINDABLE: &[RangeInclusive<u32>] = &[
    0x0000..=0x0008,
    0x2E80..=0x2FDF,
    0xE000..=0xF8FF,
    0xFE10..=0xFE1F,
    0xFE30..=0xFE4F,
    0xFEFF..=0xFEFF,
    0xFFFD..=0xFFFF,
    0xF_0000..=0x10_FFFF,
];

/// Looks at every font that shows something; gives how many there are.
pub(super) fn check(file: &File<'_>, ink: &[Ink], faults: &mut Faults) -> usize {
    let mut used: BTreeMap<Vec<u8>, (Dictionary, BTreeSet<u16>, usize)> = BTreeMap::new();
    for (page, ink) in file.pages.iter().zip(ink) {
        for (font, codes) in ink.codes.values() {
            let mut key = file.name(font, b"BaseFont").unwrap_or(b"?").to_vec();
            key.push(b' ');
            key.extend(file.name(font, b"Encoding").unwrap_or(b"?"));
            let known = used
                .entry(key)
                .or_insert_with(|| (font.clone(), BTreeSet::new(), page.number));
            known.1.extend(codes);
        }
    }
    for (font, codes, page) in used.values() {
        one(file, font, codes, *page, faults);
    }
    used.len()
}

fn one(
    file: &File<'_>,
    font: &Dictionary,
    codes: &BTreeSet<u16>,
    page: usize,
    faults: &mut Faults,
) {
    let name = file.name(font, b"BaseFont").unwrap_or(b"a font");
    let name = String::from_utf8_lossy(name).into_owned();
    let place = format!("page {page}, {name}");
    let descendant = file
        .array(font, b"DescendantFonts")
        .and_then(|fonts| file.follow(fonts.first()?)?.as_dict().ok());
    let Some(descendant) = descendant else {
        faults.broken(
            Code::PdfFont,
            "the font is none of many glyphs (Type 0)",
            place,
        );
        return;
    };
    let program = file
        .dictionary(descendant, b"FontDescriptor")
        .and_then(|own| {
            [&b"FontFile2"[..], b"FontFile3", b"FontFile"]
                .iter()
                .find_map(|key| file.stream(own, key))
        });
    let is_whole =
        program.is_some_and(|program| file.bytes(program).is_some_and(|bytes| bytes.len() > 12));
    if !is_whole {
        faults.broken(Code::PdfFont, "the font is not embedded", place.clone());
    }
    let is_tagged = name.as_bytes().get(6) == Some(&b'+')
        && name.bytes().take(6).all(|byte| byte.is_ascii_uppercase());
    if !is_tagged {
        faults.doubtful(Code::PdfFont, "the font is embedded whole", place.clone());
    }
    let encoding = file.get(font, b"Encoding");
    let is_known = match encoding {
        Some(Object::Name(name)) => name == b"Identity-H" || name == b"Identity-V",
        Some(Object::Stream(_)) => true,
        _ => false,
    };
    if !is_known {
        faults.broken(
            Code::PdfFont,
            "the font's encoding is not in the file",
            place.clone(),
        );
    }
    let Some(map) = file.stream(font, b"ToUnicode") else {
        faults.broken(Code::PdfText, "the text of the font cannot be told", place);
        return;
    };
    let texts = texts(&file.bytes(map).unwrap_or_default());
    for code in codes {
        match texts.get(code) {
            None => {
                let place = format!("{place}, code {code}");
                faults.broken(Code::PdfText, "a glyph has no text", place);
            }
            Some(text) => {
                let odd = text.chars().find(|c| {
                    let point = u32::from(*c);
                    UNFINDABLE.iter().any(|range| range.contains(&point))
                });
                if let Some(odd) = odd {
                    let place = format!("{place}, U+{:04X}", u32::from(odd));
                    faults.doubtful(
                        Code::PdfText,
                        "a search does not find this character",
                        place,
                    );
                }
            }
        }
    }
}

/// What each code reads as (ISO 32000-1, 9.10.3).
fn texts(map: &[u8]) -> BTreeMap<u16, String> {
    let map = String::from_utf8_lossy(map);
    let mut found = BTreeMap::new();
    for (name, is_range) in [("bfchar", false), ("bfrange", true)] {
        let (begin, end) = (format!("begin{name}"), format!("end{name}"));
        for section in map.split(begin.as_str()).skip(1) {
            let section = section.split(end.as_str()).next().unwrap_or("");
            read_section(section, is_range, &mut found);
        }
    }
    found
}

fn read_section(section: &str, is_range: bool, found: &mut BTreeMap<u16, String>) {
    let mut words = section
        .split('<')
        .skip(1)
        .filter_map(|word| word.split_once('>'))
        .map(|(word, after)| (units(word), after.trim_end().ends_with('[')));
    while let Some((first, _)) = words.next() {
        let last = if is_range {
            words.next()
        } else {
            Some((first.clone(), false))
        };
        let (Some((last, is_list)), [from]) = (last, first.as_slice()) else {
            return;
        };
        let [to] = last.as_slice() else {
            return;
        };
        if is_list {
            for code in *from..=*to {
                if let Some((text, _)) = words.next() {
                    found.insert(code, String::from_utf16_lossy(&text));
                }
            }
            continue;
        }
        let Some((text, _)) = words.next() else {
            return;
        };
        for (step, code) in (*from..=*to).enumerate() {
            let mut own = text.clone();
            if let Some(last) = own.last_mut() {
                *last = last.wrapping_add(u16::try_from(step).unwrap_or(0));
            }
            found.insert(code, String::from_utf16_lossy(&own));
        }
    }
}

/// Hexadecimal digits as units of two bytes.
fn units(word: &str) -> Vec<u16> {
    let digits: Vec<u16> = word
        .chars()
        .filter_map(|c| c.to_digit(16))
        .map(|digit| u16::try_from(digit).unwrap_or(0))
        .collect();
    let chunks = digits.chunks(4);
    chunks
        .map(|chunk| chunk.iter().fold(0, |unit, digit| unit << 4 | digit))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn maps_are_read_in_all_their_forms() {
        let map = b"1 beginbfchar\n<0001> <7248>\n<0002> <D842DFB7>\nendbfchar\n\
            2 beginbfrange\n<0010> <0012> <4E00>\n<0020> <0021> [<0041> <00420043>]\nendbfrange";
        let texts = texts(map);
        let of = |code: u16| texts.get(&code).map_or("", String::as_str);
        assert_eq!((of(1), of(2)), ("版", "𠮷"));
        assert_eq!((of(0x10), of(0x12)), ("一", "丂"));
        assert_eq!((of(0x20), of(0x21)), ("A", "BC"));
        assert_eq!(texts.len(), 7);
    }

    #[test]
    fn what_cannot_be_found_is_sorted() {
        assert!(
            UNFINDABLE
                .windows(2)
                .all(|pair| pair[0].end() < pair[1].start())
        );
    }
}
