//! HTML inside a line: tags to marks, entities to characters.

use crate::diag::{Code, Diagnostic, Sink, Span};
use crate::model::Inline;

use super::desk::Desk;
use super::events::{Node, NodeKind, parse_inline};
use super::html::{self, Piece};
use super::pen::{Pen, opener};
use super::ruby::nested_ruby;

impl Desk<'_> {
    pub(crate) fn write_html(&mut self, raw: &str, span: Span, pen: &mut Pen) {
        match html::piece(raw).map(|(piece, _)| piece) {
            Some(Piece::Open(tag)) => match tag.name.as_str() {
                "br" => pen.push(Inline::LineBreak { span }),
                "img" => {
                    let address = entities(tag.get("src").unwrap_or(""));
                    if let Some(image) = self.image(&address, span) {
                        let alt = entities(tag.get("alt").unwrap_or(""));
                        self.tell_silent(&image.path, &alt, span);
                        pen.push(Inline::Image { image, alt, span });
                    }
                }
                "rb" | "rtc" if pen.in_ruby() => {}
                "rt" | "rp" if !pen.in_ruby() => self.tell(
                    Diagnostic::warning(
                        Code::HtmlUnbalanced,
                        span,
                        format!("`<{}>` stands outside of `<ruby>`", tag.name),
                    )
                    .hint("write `<ruby>漢<rt>かん</rt></ruby>`"),
                ),
                "ruby" if pen.in_ruby() => self.tell(nested_ruby(span)),
                _ => match opener(&tag) {
                    Some(_) if tag.closed => {}
                    Some(opener) => {
                        if !pen.open(opener, span) {
                            self.too_deep(span);
                        }
                    }
                    None => self.unknown_tag(&tag.name, span),
                },
            },
            Some(Piece::Close(name)) => match name.as_str() {
                "b" | "strong" | "i" | "em" | "sup" | "sub" | "mark" | "kbd" | "u" | "ins"
                | "s" | "del" | "small" | "ruby" | "rt" | "rp" => {
                    pen.close_tag(&name, span, self.sink);
                }
                // A `<span>` without a language opened nothing.
                "span" => {
                    let mut aside = Sink::new();
                    pen.close_tag(&name, span, &mut aside);
                }
                _ => {}
            },
            Some(Piece::Silent) => {}
            None => pen.text(raw, span),
        }
    }
}

/// Entities of an attribute's value resolved.
pub(crate) fn entities(text: &str) -> String {
    if !text.contains('&') {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let end = rest.bytes().take(40).position(|b| b == b';');
        let told = end.and_then(|end| Some((entity(&rest[..=end])?, end + 1)));
        match told {
            Some((character, length)) => {
                out.push_str(&character);
                rest = &rest[length..];
            }
            None => {
                out.push('&');
                rest = &rest[1..];
            }
        }
    }
    out.push_str(rest);
    out
}

/// One entity, resolved by the Markdown parser, which knows their names.
fn entity(text: &str) -> Option<String> {
    let nodes = parse_inline(text);
    match nodes.as_slice() {
        [
            Node {
                kind:
                    NodeKind::Text {
                        text,
                        verbatim: false,
                    },
                ..
            },
        ] => Some(text.to_string()),
        _ => None,
    }
}
