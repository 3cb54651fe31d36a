//! Raw HTML as a row of tags and texts.

use std::borrow::Cow;
use std::ops::Range;

use super::events::{Node, NodeKind};
use super::html::{self, Piece, Tag};
use super::html_inlines::entities;

/// A piece of a block of HTML.
pub(crate) enum Token {
    Open(Tag, Range<usize>),
    Close(String, Range<usize>),
    Text(Range<usize>),
}

/// Tags that hold text inside a line.
pub(crate) const INLINE: &[&str] = &[
    "b", "br", "del", "em", "i", "ins", "kbd", "mark", "rb", "rp", "rt", "ruby", "s", "small",
    "span", "strong", "sub", "sup", "u",
];

/// The token that closes what has just been opened.
pub(crate) fn matching(tokens: &[Token], name: &str) -> Option<usize> {
    let mut depth = 0usize;
    for (at, token) in tokens.iter().enumerate() {
        match token {
            Token::Open(tag, _) if tag.name == name && !tag.closed => depth += 1,
            Token::Close(closed, _) if closed == name => {
                if depth == 0 {
                    return Some(at);
                }
                depth -= 1;
            }
            _ => {}
        }
    }
    None
}

pub(crate) fn html_node(range: &Range<usize>) -> Node<'static> {
    Node {
        kind: NodeKind::Html,
        range: range.clone(),
        children: Vec::new(),
    }
}

/// Text and inline tags of some tokens; other tags say nothing there.
pub(crate) fn gather<'s>(tokens: &[Token], text: &'s str, out: &mut Vec<Node<'s>>) {
    for token in tokens {
        match token {
            Token::Text(range) => text_nodes(text, range.clone(), out),
            Token::Open(tag, range) if tag.name == "img" || INLINE.contains(&tag.name.as_str()) => {
                out.push(html_node(range));
            }
            Token::Close(name, range) if INLINE.contains(&name.as_str()) => {
                out.push(html_node(range));
            }
            _ => {}
        }
    }
}

/// Text of HTML as nodes: entities resolved, white space as the line breaks it is.
pub(crate) fn text_nodes<'s>(text: &'s str, range: Range<usize>, out: &mut Vec<Node<'s>>) {
    let mut push = |range: Range<usize>, told: Option<String>| {
        if range.is_empty() {
            return;
        }
        let verbatim = told.is_none();
        out.push(Node {
            kind: NodeKind::Text {
                text: told.map_or(Cow::Borrowed(&text[range.clone()]), Cow::Owned),
                verbatim,
            },
            range,
            children: Vec::new(),
        });
    };
    let mut start = range.start;
    let mut at = range.start;
    while let Some(found) = text[at..range.end].find('&') {
        let here = at + found;
        let end = text[here..range.end]
            .bytes()
            .take(40)
            .position(|b| b == b';');
        at = here + 1;
        let Some(end) = end else {
            continue;
        };
        let raw = &text[here..=here + end];
        let told = entities(raw);
        if told != raw {
            push(start..here, None);
            push(here..here + end + 1, Some(told));
            start = here + end + 1;
            at = start;
        }
    }
    push(start..range.end, None);
}

pub(crate) fn tokens(text: &str, range: Range<usize>) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut at = range.start;
    let mut start = at;
    let end = range.end.min(text.len());
    while at < end {
        let Some(found) = text[at..end].find('<') else {
            break;
        };
        let here = at + found;
        let Some((piece, length)) = html::piece(&text[here..end]) else {
            at = here + 1;
            continue;
        };
        if here > start {
            tokens.push(Token::Text(start..here));
        }
        let place = here..here + length;
        let raw_until = match &piece {
            Piece::Open(tag) if matches!(tag.name.as_str(), "script" | "style") => {
                Some(format!("</{}", tag.name))
            }
            _ => None,
        };
        match piece {
            Piece::Open(tag) => tokens.push(Token::Open(tag, place.clone())),
            Piece::Close(name) => tokens.push(Token::Close(name, place.clone())),
            Piece::Silent => {}
        }
        at = place.end;
        if let Some(close) = raw_until {
            let body = text[at..end].to_ascii_lowercase();
            at += body.find(&close).unwrap_or(body.len());
        }
        start = at;
    }
    if start < end {
        tokens.push(Token::Text(start..end));
    }
    tokens
}

pub(crate) fn opens(raw: &str, name: &str) -> usize {
    let raw = raw.to_ascii_lowercase();
    raw.matches(&format!("<{name}>")).count() + raw.matches(&format!("<{name} ")).count()
}

pub(crate) fn closes(raw: &str, name: &str) -> usize {
    raw.to_ascii_lowercase()
        .matches(&format!("</{name}"))
        .count()
}
