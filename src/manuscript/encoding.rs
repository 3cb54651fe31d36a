//! Bytes of a file to text: UTF-8, and the name of what it is instead.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::Encoding;

use crate::diag::{Code, Diagnostic};

/// The text of a file, or words on what it is instead.
pub(crate) fn text(bytes: Vec<u8>, name: &str) -> Result<String, Diagnostic> {
    let bytes = match String::from_utf8(bytes) {
        Ok(text) => return Ok(text),
        Err(fault) => fault.into_bytes(),
    };
    let (found, command) = guess(&bytes);
    let place = first_fault(&bytes);
    let message = match found {
        Some(found) => format!("`{name}` is not UTF-8: it looks like {found}"),
        None => format!(
            "`{name}` is not UTF-8 (byte {} of line {})",
            place.1, place.0
        ),
    };
    let hint = command.map_or_else(
        || "save it as UTF-8".to_owned(),
        |from| format!("save it as UTF-8, or convert it: iconv -f {from} -t UTF-8"),
    );
    Err(Diagnostic::error(Code::FileEncoding, None, message).hint(hint))
}

/// Line and byte of the line, from one, of the first byte that is not UTF-8.
fn first_fault(bytes: &[u8]) -> (usize, usize) {
    let at = std::str::from_utf8(bytes).map_or_else(|e| e.valid_up_to(), |_| 0);
    let before = &bytes[..at];
    let start = before
        .iter()
        .rposition(|b| *b == b'\n')
        .map_or(0, |n| n + 1);
    let line = before.iter().filter(|b| **b == b'\n').count() + 1;
    (line, at - start + 1)
}

/// Name for people, and name for iconv.
fn guess(bytes: &[u8]) -> (Option<&'static str>, Option<&'static str>) {
    match bytes {
        [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..] => return (Some("UTF-16"), Some("UTF-16")),
        _ => {}
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    detector.feed(bytes, true);
    let encoding = detector.guess(None, Utf8Detection::Deny);
    let clean = |encoding: &'static Encoding| {
        encoding
            .decode_without_bom_handling_and_without_replacement(bytes)
            .is_some()
    };
    let named = |encoding: &'static Encoding| match encoding.name() {
        "Big5" => (Some("Big5"), Some("BIG5-HKSCS")),
        "GBK" | "gb18030" => (Some("GB 18030"), Some("GB18030")),
        "Shift_JIS" => (Some("Shift JIS"), Some("CP932")),
        "EUC-JP" => (Some("EUC-JP"), Some("EUC-JP")),
        "ISO-2022-JP" => (Some("ISO-2022-JP"), Some("ISO-2022-JP")),
        "EUC-KR" => (Some("EUC-KR"), Some("CP949")),
        _ => (None, None),
    };
    // A guess of one byte a character is no help for a text in Chinese: where the bytes are
    // whole Big5 or GB 18030, those are named.
    let tried = [encoding, encoding_rs::BIG5, encoding_rs::GB18030];
    tried
        .into_iter()
        .filter(|encoding| clean(encoding))
        .map(named)
        .find(|(name, _)| name.is_some())
        .unwrap_or((None, None))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(encoding: &'static Encoding, words: &str) -> String {
        let (bytes, ..) = encoding.encode(words);
        text(bytes.into_owned(), "a.md").unwrap_err().message
    }

    #[test]
    fn foreign_encodings_are_named() {
        let traditional = "香港旅遊業界的從業員表示，今年的旅客數目較去年同期上升。";
        assert!(told(encoding_rs::BIG5, traditional).contains("Big5"));
        let simplified = "中国大陆的城市规划学者指出，旧区重建的速度正在加快，居民感到压力。";
        assert!(told(encoding_rs::GB18030, simplified).contains("GB 18030"));
        assert_eq!(text("好".into(), "a.md").unwrap(), "好");
    }

    #[test]
    fn short_texts_are_named_too() {
        assert!(told(encoding_rs::BIG5, "香港").contains("Big5"));
    }

    #[test]
    fn broken_utf8_has_a_place() {
        let fault = text(b"ab\nc\xFF\xFF\xFF".to_vec(), "a.md").unwrap_err();
        assert!(
            fault.message.contains("byte 2 of line 2"),
            "{}",
            fault.message
        );
    }
}
