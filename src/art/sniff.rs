//! What a file is by its first bytes.

use quick_xml::Reader;
use quick_xml::events::Event;

use super::picture::PictureKind;

/// What a file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sniffed {
    /// A picture that is understood.
    Picture(PictureKind),
    /// Something else, by the name people know.
    Other(&'static str),
    /// Nothing known.
    Unknown,
}

/// First bytes of other files that are sometimes given for pictures.
const OTHERS: [(&[u8], &str); 10] = [
    (b"GIF8", "GIF"),
    (b"BM", "BMP"),
    (b"II*\0", "TIFF"),
    (b"MM\0*", "TIFF"),
    (b"%PDF", "PDF"),
    (b"%!PS", "PostScript"),
    (b"8BPS", "Photoshop"),
    (b"\x1f\x8b", "gzip"),
    (b"\0\0\0\x0cJXL ", "JPEG XL"),
    (b"PK\x03\x04", "zip"),
];

/// Tells what a file is.
pub(super) fn sniff(bytes: &[u8]) -> Sniffed {
    if bytes.starts_with(b"\xff\xd8\xff") {
        return Sniffed::Picture(PictureKind::Jpeg);
    }
    if bytes.starts_with(b"\x89PNG\r\n\x1a\n") {
        return Sniffed::Picture(PictureKind::Png);
    }
    if let Some((_, name)) = OTHERS.iter().find(|(start, _)| bytes.starts_with(start)) {
        return Sniffed::Other(name);
    }
    match (bytes.get(..4), bytes.get(4..8), bytes.get(8..12)) {
        (Some(b"RIFF"), _, Some(b"WEBP")) => return Sniffed::Other("WebP"),
        (_, Some(b"ftyp"), Some(b"avif" | b"avis")) => return Sniffed::Other("AVIF"),
        (_, Some(b"ftyp"), Some(b"heic" | b"heix" | b"mif1" | b"msf1")) => {
            return Sniffed::Other("HEIC");
        }
        _ => {}
    }
    match root_element(bytes).as_deref() {
        Some("svg") => Sniffed::Picture(PictureKind::Svg),
        Some("html") => Sniffed::Other("HTML"),
        _ => Sniffed::Unknown,
    }
}

/// The local name of the first element of an XML or HTML text, in lower case.
fn root_element(bytes: &[u8]) -> Option<String> {
    let text = std::str::from_utf8(bytes).ok()?;
    let mut reader = Reader::from_str(text.trim_start_matches('\u{feff}'));
    loop {
        match reader.read_event().ok()? {
            Event::Start(element) | Event::Empty(element) => {
                let name = element.local_name();
                return Some(String::from_utf8_lossy(name.as_ref()).to_lowercase());
            }
            Event::Eof => return None,
            Event::Text(text) if !text.trim_ascii().is_empty() => return None,
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn svg_is_known_behind_its_prologue() {
        let text = "\u{feff}<?xml version=\"1.0\"?>\n<!-- 圖 -->\n<!DOCTYPE svg>\n<s:svg xmlns:s=\"http://www.w3.org/2000/svg\"/>";
        assert_eq!(sniff(text.as_bytes()), Sniffed::Picture(PictureKind::Svg));
        assert_eq!(sniff(b"<!doctype html><HTML>"), Sniffed::Other("HTML"));
        assert_eq!(sniff(b"hello <svg/>"), Sniffed::Unknown);
        assert_eq!(sniff(b""), Sniffed::Unknown);
        assert_eq!(sniff(b"RIFF\0\0\0\0WEBPVP8 "), Sniffed::Other("WebP"));
    }
}
