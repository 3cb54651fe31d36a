//! Blocks of HTML: figures and tables to the model, other tags told and their text kept.

use std::ops::Range;

use crate::diag::{Code, Diagnostic};
use crate::model::{Block, Figure, Inline, Paragraph, Placement};

use super::desk::{Desk, Stretch};
use super::events::{Node, NodeKind};
use super::html::Tag;
use super::html_inlines::entities;
use super::html_tokens::{
    INLINE, Token, closes, gather, html_node, matching, opens, text_nodes, tokens,
};
use super::inlines::Setting;

/// Tags that begin a line of their own (HTML, rendering, flow content), sorted.
#[rustfmt::skip]
const BLOCKS: &[&str] = &[
    "address", "article", "aside", "blockquote", "body", "center", "dd", "details", "dialog",
    "dir", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2",
    "h3", "h4", "h5", "h6", "header", "hgroup", "hr", "html", "legend", "li", "main", "menu",
    "nav", "ol", "optgroup", "option", "p", "pre", "search", "section", "summary", "table",
    "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
];

/// How many blocks on a figure or a table may be closed: what is not closed by then is not.
const FURTHEST: usize = 256;

impl Desk<'_> {
    /// A block of HTML, with those after it that a figure or a table goes on in. Gives how many
    /// nodes it took.
    pub(crate) fn html_blocks(
        &mut self,
        nodes: &[Node<'_>],
        on: &Stretch<'_>,
        setting: Setting,
        out: &mut Vec<Block>,
    ) -> usize {
        let mut range = nodes[0].range.clone();
        let mut taken = 1;
        let raw = on.text.get(range.clone()).unwrap_or("");
        for name in ["table", "figure"] {
            if opens(raw, name) <= closes(raw, name) {
                continue;
            }
            let end = nodes.iter().skip(1).take(FURTHEST).position(|node| {
                node.kind == NodeKind::HtmlBlock
                    && closes(on.text.get(node.range.clone()).unwrap_or(""), name) > 0
            });
            if let Some(end) = end {
                taken = end + 2;
                range.end = nodes[end + 1].range.end;
            }
            break;
        }
        let tokens = tokens(on.text, range);
        self.html_run(&tokens, on, setting, out);
        taken
    }

    fn html_run(
        &mut self,
        tokens: &[Token],
        on: &Stretch<'_>,
        setting: Setting,
        out: &mut Vec<Block>,
    ) {
        let mut line: Vec<Node<'_>> = Vec::new();
        let mut at = 0;
        while let Some(token) = tokens.get(at) {
            at += 1;
            match token {
                Token::Text(range) => text_nodes(on.text, range.clone(), &mut line),
                Token::Open(tag, range) => match tag.name.as_str() {
                    "figure" | "table" => {
                        self.html_line(&mut line, on, setting, out);
                        let end = matching(&tokens[at..], &tag.name);
                        let inside = &tokens[at..at + end.unwrap_or(tokens.len() - at)];
                        if end.is_none() {
                            self.unclosed(&tag.name, range, on);
                        }
                        if tag.name == "figure" {
                            self.html_figure(inside, range, on, setting, out);
                        } else {
                            self.html_table(inside, range, on, setting, out);
                        }
                        at += inside.len() + usize::from(end.is_some());
                    }
                    "img" => {
                        self.html_line(&mut line, on, setting, out);
                        self.html_image(tag, range, (Vec::new(), None), on, out);
                    }
                    "script" | "style" => {
                        self.html_line(&mut line, on, setting, out);
                        self.unknown_tag(&tag.name, on.span(range));
                        let end = matching(&tokens[at..], &tag.name);
                        at += end.map_or(tokens.len() - at, |end| end + 1);
                    }
                    name if INLINE.contains(&name) => line.push(html_node(range)),
                    name => {
                        if BLOCKS.contains(&name) {
                            self.html_line(&mut line, on, setting, out);
                        }
                        self.unknown_tag(name, on.span(range));
                    }
                },
                Token::Close(name, range) => {
                    if INLINE.contains(&name.as_str()) {
                        line.push(html_node(range));
                    } else if BLOCKS.contains(&name.as_str()) {
                        self.html_line(&mut line, on, setting, out);
                    }
                }
            }
        }
        self.html_line(&mut line, on, setting, out);
    }

    /// Ends a line of text: a paragraph, if anything stands in it.
    pub(crate) fn html_line(
        &mut self,
        line: &mut Vec<Node<'_>>,
        on: &Stretch<'_>,
        setting: Setting,
        out: &mut Vec<Block>,
    ) {
        let nodes = std::mem::take(line);
        let (Some(first), Some(last)) = (nodes.first(), nodes.last()) else {
            return;
        };
        let range = first.range.start..last.range.end;
        let content = self.html_text(&nodes, on, setting);
        if !content.is_empty() {
            out.push(Block::Paragraph(Paragraph {
                content,
                continued: false,
                span: on.span(&range),
            }));
        }
    }

    /// Inline text of HTML without the blank around it.
    pub(crate) fn html_text(
        &mut self,
        nodes: &[Node<'_>],
        on: &Stretch<'_>,
        setting: Setting,
    ) -> Vec<Inline> {
        let mut run = self.inlines(nodes, on, setting);
        trim(&mut run);
        run
    }

    fn unclosed(&mut self, name: &str, range: &Range<usize>, on: &Stretch<'_>) {
        self.tell(
            Diagnostic::warning(
                Code::HtmlUnbalanced,
                on.span(range),
                format!("`<{name}>` is not closed"),
            )
            .hint(format!("close it with `</{name}>`")),
        );
    }

    fn html_figure(
        &mut self,
        tokens: &[Token],
        range: &Range<usize>,
        on: &Stretch<'_>,
        setting: Setting,
        out: &mut Vec<Block>,
    ) {
        let mut images: Vec<(&Tag, &Range<usize>)> = Vec::new();
        let mut caption: Option<(Vec<Inline>, Option<String>)> = None;
        let mut rest: Vec<Node<'_>> = Vec::new();
        let mut at = 0;
        while let Some(token) = tokens.get(at) {
            at += 1;
            match token {
                Token::Open(tag, range) if tag.name == "img" => images.push((tag, range)),
                Token::Open(tag, _) if tag.name == "figcaption" => {
                    let end = matching(&tokens[at..], "figcaption").unwrap_or(tokens.len() - at);
                    let mut nodes = Vec::new();
                    gather(&tokens[at..at + end], on.text, &mut nodes);
                    let run = self.html_text(&nodes, on, setting);
                    caption = Some(split_credit(run));
                    at += end + 1;
                }
                Token::Open(tag, range) if INLINE.contains(&tag.name.as_str()) => {
                    rest.push(html_node(range));
                }
                Token::Open(tag, range) => self.unknown_tag(&tag.name, on.span(range)),
                Token::Close(name, range) if INLINE.contains(&name.as_str()) => {
                    rest.push(html_node(range));
                }
                Token::Close(..) => {}
                Token::Text(range) => text_nodes(on.text, range.clone(), &mut rest),
            }
        }
        if images.is_empty() {
            self.tell(
                Diagnostic::warning(
                    Code::HtmlUnknown,
                    on.span(range),
                    "`<figure>` holds no picture; its text is kept",
                )
                .hint("put an `<img src=\"…\" alt=\"…\">` into it"),
            );
            if let Some((content, _)) = caption.take().filter(|c| !c.0.is_empty()) {
                out.push(Block::Paragraph(Paragraph {
                    content,
                    continued: false,
                    span: on.span(range),
                }));
            }
        }
        let last = images.len().saturating_sub(1);
        for (index, (tag, place)) in images.into_iter().enumerate() {
            let words = if index == last {
                caption.take().unwrap_or_default()
            } else {
                (Vec::new(), None)
            };
            self.html_image(tag, place, words, on, out);
        }
        self.html_line(&mut rest, on, setting, out);
    }

    fn html_image(
        &mut self,
        tag: &Tag,
        range: &Range<usize>,
        (caption, credit): (Vec<Inline>, Option<String>),
        on: &Stretch<'_>,
        out: &mut Vec<Block>,
    ) {
        let span = on.span(range);
        let address = entities(tag.get("src").unwrap_or(""));
        let Some(image) = self.image(&address, span) else {
            if !caption.is_empty() {
                out.push(Block::Paragraph(Paragraph {
                    content: caption,
                    continued: false,
                    span,
                }));
            }
            return;
        };
        let figure = Figure {
            id: match tag.get("id") {
                Some(name) => self.ids.name((self.article, "fig"), name, span, self.sink),
                None => self.ids.make(self.article, "fig"),
            },
            image,
            alt: entities(tag.get("alt").unwrap_or("")).trim().to_owned(),
            caption,
            credit,
            place: Placement::Column,
            span,
        };
        let figure = self.with_list(figure, Setting::default());
        out.push(Block::Figure(figure));
    }
}

/// Takes blank off both ends.
fn trim(run: &mut Vec<Inline>) {
    while let Some(Inline::Text { text, span }) = run.first_mut() {
        let cut = text.len() - text.trim_start_matches([' ', '\t', '\n', '\r']).len();
        if span.range().len() == text.len() {
            span.start += u32::try_from(cut).unwrap_or(0);
        }
        text.replace_range(..cut, "");
        if !text.is_empty() {
            break;
        }
        run.remove(0);
    }
    while let Some(Inline::Text { text, span }) = run.last_mut() {
        let kept = text.trim_end_matches([' ', '\t', '\n', '\r']).len();
        if span.range().len() == text.len() {
            span.end = span.start + u32::try_from(kept).unwrap_or(0);
        }
        text.truncate(kept);
        if !text.is_empty() {
            break;
        }
        run.pop();
    }
}

/// Parts the credit behind the last `／` from a caption.
fn split_credit(mut run: Vec<Inline>) -> (Vec<Inline>, Option<String>) {
    let at = run
        .iter()
        .rposition(|inline| matches!(inline, Inline::Text { text, .. } if text.contains('／')));
    let Some(at) = at else {
        return (run, None);
    };
    let behind = run.split_off(at + 1);
    let mut credit = String::new();
    if let Some(Inline::Text { text, span }) = run.last_mut()
        && let Some(mark) = text.rfind('／')
    {
        credit.push_str(&text[mark + '／'.len_utf8()..]);
        let kept = text[..mark].trim_end().len();
        if span.range().len() == text.len() {
            span.end = span.start + u32::try_from(kept).unwrap_or(0);
        }
        text.truncate(kept);
        if text.is_empty() {
            run.pop();
        }
    }
    credit.push_str(&Inline::plain(&behind));
    let credit = credit.trim().to_owned();
    (run, (!credit.is_empty()).then_some(credit))
}
