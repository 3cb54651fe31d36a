//! HTML tags: their names and attributes, and which marks they stand for.

use crate::model::{Language, MarkKind};

/// A piece of raw HTML.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Piece {
    /// `<name …>`
    Open(Tag),
    /// `</name>`
    Close(String),
    /// A comment, a declaration or an instruction: it says nothing to a reader.
    Silent,
}

/// An opening tag.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Tag {
    /// Its name in lower case.
    pub(crate) name: String,
    /// Its attributes, names in lower case, values with their entities as typed.
    pub(crate) attributes: Vec<(String, String)>,
    /// Whether it ends in `/>`.
    pub(crate) closed: bool,
}

impl Tag {
    /// The value of an attribute.
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.attributes
            .iter()
            .find(|(n, _)| n == name)
            .map(|(_, value)| value.as_str())
    }
}

/// The mark for a tag that holds text; `None` for other tags.
pub(crate) fn mark(tag: &Tag) -> Option<MarkKind> {
    Some(match tag.name.as_str() {
        "b" | "strong" => MarkKind::Strong,
        "i" | "em" => MarkKind::Emphasis,
        "sup" => MarkKind::Superscript,
        "sub" => MarkKind::Subscript,
        "mark" => MarkKind::Highlight,
        "kbd" => MarkKind::Keyboard,
        "u" | "ins" => MarkKind::Underline,
        "s" | "del" => MarkKind::Strike,
        "small" => MarkKind::Small,
        "span" => MarkKind::Language(
            tag.get("lang")
                .or_else(|| tag.get("xml:lang"))
                .map(Language::new)
                .filter(Language::is_well_formed)?,
        ),
        _ => return None,
    })
}

/// The piece that starts at the first byte of `text`, and its length; `None` where text that is
/// no tag stands there.
pub(crate) fn piece(text: &str) -> Option<(Piece, usize)> {
    let rest = text.strip_prefix('<')?;
    for (open, close) in [("!--", "-->"), ("?", "?>"), ("![CDATA[", "]]>"), ("!", ">")] {
        if let Some(inside) = rest.strip_prefix(open) {
            let end = inside
                .find(close)
                .map_or(text.len(), |at| 1 + open.len() + at + close.len());
            return Some((Piece::Silent, end));
        }
    }
    if let Some(name) = rest.strip_prefix('/') {
        let end = name.find('>')?;
        let name = name[..end].trim();
        return is_tag_name(name).then(|| (Piece::Close(name.to_ascii_lowercase()), end + 3));
    }
    let name_end = rest
        .find(|c: char| !(c.is_ascii_alphanumeric() || c == '-' || c == ':'))
        .unwrap_or(rest.len());
    let name = &rest[..name_end];
    if !is_tag_name(name) {
        return None;
    }
    let (attributes, closed, end) = attributes(rest, name_end)?;
    let tag = Tag {
        name: name.to_ascii_lowercase(),
        attributes,
        closed,
    };
    Some((Piece::Open(tag), end + 1))
}

fn is_tag_name(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_alphabetic())
}

type Attributes = (Vec<(String, String)>, bool, usize);

/// Reads attributes from byte `at` to the closing `>`; gives the byte behind it.
fn attributes(text: &str, mut at: usize) -> Option<Attributes> {
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    loop {
        while bytes.get(at)?.is_ascii_whitespace() {
            at += 1;
        }
        match bytes.get(at)? {
            b'>' => return Some((found, false, at + 1)),
            b'/' if bytes.get(at + 1) == Some(&b'>') => return Some((found, true, at + 2)),
            b'/' => {
                at += 1;
                continue;
            }
            _ => {}
        }
        let start = at;
        while !matches!(bytes.get(at)?, b'=' | b'>' | b'/') && !bytes[at].is_ascii_whitespace() {
            at += 1;
        }
        if at == start {
            return None;
        }
        let name = text.get(start..at)?.to_ascii_lowercase();
        let mut next = at;
        while bytes.get(next).is_some_and(u8::is_ascii_whitespace) {
            next += 1;
        }
        if bytes.get(next) != Some(&b'=') {
            found.push((name, String::new()));
            continue;
        }
        at = next + 1;
        while bytes.get(at)?.is_ascii_whitespace() {
            at += 1;
        }
        let value = match bytes.get(at)? {
            quote @ (b'"' | b'\'') => {
                let start = at + 1;
                let end = start + text.get(start..)?.find(char::from(*quote))?;
                at = end + 1;
                text.get(start..end)?
            }
            _ => {
                let start = at;
                while !matches!(bytes.get(at)?, b'>') && !bytes[at].is_ascii_whitespace() {
                    at += 1;
                }
                text.get(start..at)?
            }
        };
        found.push((name, value.to_owned()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_read_with_their_attributes() {
        let (tag, end) = piece("<img src=\"a > b.png\" alt='圖' hidden/>x").unwrap();
        let Piece::Open(tag) = tag else {
            panic!("an opening tag");
        };
        assert_eq!(tag.get("src"), Some("a > b.png"));
        assert_eq!(tag.get("alt"), Some("圖"));
        assert!(tag.closed);
        assert_eq!(end, "<img src=\"a > b.png\" alt='圖' hidden/>".len());
        assert_eq!(piece("</RT >").unwrap().0, Piece::Close("rt".into()));
        assert_eq!(
            piece("<!-- 註 -->x").unwrap(),
            (Piece::Silent, "<!-- 註 -->".len())
        );
    }

    #[test]
    fn what_is_no_tag_is_text() {
        for not in ["< b>", "<3", "<", "<a", "<a b='", "甲"] {
            assert!(piece(not).is_none(), "{not}");
        }
    }
}
