//! Strings of a PDF: text, dates and addresses, each in the form that its place asks for.

use lopdf::{Object, StringFormat};

/// A text string (ISO 32000-2, 7.9.2.2): as it is where it is printable ASCII, else UTF-16.
pub(crate) fn text_string(text: &str) -> Object {
    if text.bytes().all(|byte| (0x20..0x7F).contains(&byte)) {
        return Object::String(text.as_bytes().to_vec(), StringFormat::Literal);
    }
    let units = std::iter::once(0xFEFF).chain(text.encode_utf16());
    Object::String(
        units.flat_map(u16::to_be_bytes).collect(),
        StringFormat::Hexadecimal,
    )
}

/// A date string (7.9.4) of a time like `2025-03-06T00:00:00Z`; `None` for anything else.
pub(crate) fn date_string(time: &str) -> Option<Object> {
    let (date, clock) = time.strip_suffix('Z')?.split_once('T')?;
    let digits: String = date
        .chars()
        .chain(clock.chars())
        .filter(char::is_ascii_digit)
        .collect();
    let shape: String = time
        .chars()
        .map(|c| if c.is_ascii_digit() { '0' } else { c })
        .collect();
    (shape == "0000-00-00T00:00:00Z")
        .then(|| Object::String(format!("D:{digits}Z").into_bytes(), StringFormat::Literal))
}

/// An address in seven-bit ASCII, as `/URI` asks: other bytes are percent-encoded.
pub(crate) fn address_string(address: &str) -> Object {
    let mut bytes = Vec::with_capacity(address.len());
    for byte in address.bytes() {
        if (0x21..0x7F).contains(&byte) {
            bytes.push(byte);
        } else {
            bytes.extend(format!("%{byte:02X}").into_bytes());
        }
    }
    Object::String(bytes, StringFormat::Literal)
}

/// A length in points: reals of single precision hold thousandths up to the largest page.
pub(crate) fn points(milli: i64) -> Object {
    if milli % 1000 == 0 {
        Object::Integer(milli / 1000)
    } else {
        Object::Real((milli as f64 / 1000.0) as f32)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bytes(object: &Object) -> &[u8] {
        object.as_str().unwrap()
    }

    #[test]
    fn text_is_ascii_or_utf_16() {
        assert_eq!(bytes(&text_string("A-1")), b"A-1");
        assert_eq!(bytes(&text_string("版")), [0xFE, 0xFF, 0x72, 0x48]);
    }

    #[test]
    fn dates_have_one_shape() {
        let date = date_string("2025-03-06T01:02:03Z").unwrap();
        assert_eq!(bytes(&date), b"D:20250306010203Z");
        assert!(date_string("2025-03-06").is_none());
        assert!(date_string("").is_none());
    }

    #[test]
    fn addresses_are_seven_bit() {
        assert_eq!(
            bytes(&address_string("https://a.hk/版 x")),
            b"https://a.hk/%E7%89%88%20x"
        );
    }

    #[test]
    fn points_keep_thousandths() {
        assert_eq!(points(419_528).as_float().unwrap().to_string(), "419.528");
        assert_eq!(
            points(14_173_228).as_float().unwrap().to_string(),
            "14173.228"
        );
        assert!(matches!(points(595_000), Object::Integer(595)));
    }
}
