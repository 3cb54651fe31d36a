//! Attributes in braces: `{#id .class key=value}`.

/// What stands in braces after a heading, a bracket or a picture.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Attributes {
    /// `#id`
    pub(crate) id: Option<String>,
    /// `.class`
    pub(crate) classes: Vec<String>,
    /// `key=value`
    pub(crate) pairs: Vec<(String, String)>,
}

impl Attributes {
    /// Whether a class is among them.
    pub(crate) fn has(&self, class: &str) -> bool {
        self.classes.iter().any(|c| c == class)
    }
}

/// The attributes between braces; `None` for what is none, as `{x, y}`.
pub(crate) fn parse(inside: &str) -> Option<Attributes> {
    let mut attributes = Attributes::default();
    let mut rest = inside.trim();
    // A mark of one article is a few words: a page between braces is text.
    if rest.is_empty() || rest.len() > 512 {
        return None;
    }
    while !rest.is_empty() {
        let (word, tail) = word(rest)?;
        if let Some(id) = word.strip_prefix('#').filter(|id| is_name(id)) {
            attributes.id = Some(id.to_owned());
        } else if let Some(class) = word.strip_prefix('.').filter(|class| is_name(class)) {
            attributes.classes.push(class.to_owned());
        } else {
            let (key, value) = word.split_once('=')?;
            if key.is_empty() || !key.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-') {
                return None;
            }
            attributes
                .pairs
                .push((key.to_owned(), value.trim_matches(['"', '\'']).to_owned()));
        }
        rest = tail.trim_start();
    }
    Some(attributes)
}

fn is_name(name: &str) -> bool {
    !name.is_empty()
        && name
            .chars()
            .all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | ':' | '.'))
}

/// The first word, quotes kept together, and what follows.
fn word(text: &str) -> Option<(&str, &str)> {
    let mut quote = None;
    for (at, c) in text.char_indices() {
        match quote {
            Some(q) if c == q => quote = None,
            Some(_) => {}
            None if c == '"' || c == '\'' => quote = Some(c),
            None if c.is_whitespace() => return Some((&text[..at], &text[at..])),
            None => {}
        }
    }
    quote.is_none().then_some((text, ""))
}

/// Attributes at the end of `text`: what stands before them, and where their brace opens.
pub(crate) fn at_end(text: &str) -> Option<(usize, Attributes)> {
    let trimmed = text.trim_end();
    let inside_end = trimmed.strip_suffix('}')?.len();
    let open = trimmed[..inside_end].rfind('{')?;
    if text[..open].ends_with('\\') {
        return None;
    }
    Some((open, parse(&text[open + 1..inside_end])?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_told_apart() {
        let all = parse("#fig-1 .box lang=\"zh-Hant\" ref=x").unwrap();
        assert_eq!(all.id.as_deref(), Some("fig-1"));
        assert!(all.has("box"));
        assert_eq!(all.pairs[0], ("lang".into(), "zh-Hant".into()));
        for not in ["", "x, y", "漢字|かんじ", "a = b", ".", "1+1=2 x"] {
            assert!(parse(not).is_none(), "{not}");
        }
    }

    #[test]
    fn headings_end_in_attributes() {
        assert_eq!(at_end("現況 {.box}").unwrap().0, "現況 ".len());
        assert!(at_end("集合 {x}").is_none());
        assert!(at_end("現況 \\{.box}").is_none());
    }
}
