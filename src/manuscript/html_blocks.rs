//! Blocks of HTML: figures and tables to the model, other tags told and their text kept.

use std::borrow::Cow;
use std::ops::Range;

use crate::diag::{Code, Diagnostic};
use crate::model::{Align, Block, Cell, Figure, Inline, Paragraph, Placement, Row, Table};

use super::desk::{Desk, Stretch};
use super::events::{Node, NodeKind};
use super::html::{self, Piece, Tag};
use super::inlines::{Setting, entities};

/// A piece of a block of HTML.
enum Token {
    Open(Tag, Range<usize>),
    Close(String, Range<usize>),
    Text(Range<usize>),
}

/// Tags that hold text inside a line.
const INLINE: &[&str] = &[
    "b", "br", "del", "em", "i", "ins", "kbd", "mark", "rb", "rp", "rt", "ruby", "s", "small",
    "span", "strong", "sub", "sup", "u",
];

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
            let end = nodes.iter().skip(1).position(|node| {
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
                        self.html_line(&mut line, on, setting, out);
                        self.unknown_tag(name, on.span(range));
                    }
                },
                Token::Close(name, range) => {
                    if INLINE.contains(&name.as_str()) {
                        line.push(html_node(range));
                    } else {
                        self.html_line(&mut line, on, setting, out);
                    }
                }
            }
        }
        self.html_line(&mut line, on, setting, out);
    }

    /// Ends a line of text: a paragraph, if anything stands in it.
    fn html_line(
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
    fn html_text(&mut self, nodes: &[Node<'_>], on: &Stretch<'_>, setting: Setting) -> Vec<Inline> {
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

    fn html_table(
        &mut self,
        tokens: &[Token],
        range: &Range<usize>,
        on: &Stretch<'_>,
        setting: Setting,
        out: &mut Vec<Block>,
    ) {
        let span = on.span(range);
        let mut table = Table {
            id: self.ids.make(self.article, "table"),
            caption: Vec::new(),
            columns: Vec::new(),
            head: Vec::new(),
            rows: Vec::new(),
            span,
        };
        let mut in_head = false;
        let mut at = 0;
        let mut row: Option<(Row, bool)> = None;
        while let Some(token) = tokens.get(at) {
            at += 1;
            match token {
                Token::Open(tag, range) => match tag.name.as_str() {
                    "thead" => in_head = true,
                    "tbody" | "tfoot" | "colgroup" | "col" => {}
                    "caption" => {
                        let end = matching(&tokens[at..], "caption").unwrap_or(tokens.len() - at);
                        let mut nodes = Vec::new();
                        gather(&tokens[at..at + end], on.text, &mut nodes);
                        table.caption = self.html_text(&nodes, on, setting);
                        at += end;
                    }
                    "tr" => {
                        close_row(&mut table, row.take(), in_head);
                        row = Some((
                            Row {
                                cells: Vec::new(),
                                span: on.span(range),
                            },
                            true,
                        ));
                    }
                    "td" | "th" => {
                        let end = cell_end(&tokens[at..]);
                        let mut nodes = Vec::new();
                        gather(&tokens[at..at + end], on.text, &mut nodes);
                        let content = self.html_text(&nodes, on, setting);
                        let cell_span = match nodes.last() {
                            Some(last) => on.span(&(range.start..last.range.end)),
                            None => on.span(range),
                        };
                        let (made, heads) = row.get_or_insert_with(|| {
                            (
                                Row {
                                    cells: Vec::new(),
                                    span: on.span(range),
                                },
                                true,
                            )
                        });
                        *heads &= tag.name == "th";
                        made.cells.push(Cell {
                            content,
                            span: cell_span,
                        });
                        self.spans_of_cell(tag, cell_span, made);
                        at += end;
                    }
                    other => self.unknown_tag(other, on.span(range)),
                },
                Token::Close(name, _) => match name.as_str() {
                    "thead" => {
                        close_row(&mut table, row.take(), true);
                        in_head = false;
                    }
                    "tr" | "tbody" => close_row(&mut table, row.take(), in_head),
                    _ => {}
                },
                Token::Text(range) => {
                    let mut nodes = Vec::new();
                    text_nodes(on.text, range.clone(), &mut nodes);
                    self.html_line_outside(nodes, on, setting, out);
                }
            }
        }
        close_row(&mut table, row.take(), in_head);
        let width = table
            .head
            .iter()
            .chain(&table.rows)
            .map(|row| row.cells.len())
            .max()
            .unwrap_or(0);
        if width == 0 {
            return;
        }
        table.columns = vec![Align::Auto; width];
        for row in table.head.iter_mut().chain(&mut table.rows) {
            let end = row.span;
            row.cells.resize_with(width, || Cell {
                content: Vec::new(),
                span: end,
            });
        }
        out.push(Block::Table(table));
    }

    /// Text between the cells of a table, which HTML sets before it.
    fn html_line_outside(
        &mut self,
        nodes: Vec<Node<'_>>,
        on: &Stretch<'_>,
        setting: Setting,
        out: &mut Vec<Block>,
    ) {
        let mut nodes = nodes;
        self.html_line(&mut nodes, on, setting, out);
    }

    /// The model has no cells over several columns or rows: empty cells stand in for the former,
    /// both are told.
    fn spans_of_cell(&mut self, tag: &Tag, span: crate::diag::Span, row: &mut Row) {
        let count = |name| tag.get(name).and_then(|n| n.trim().parse::<usize>().ok());
        let wide = count("colspan").unwrap_or(1);
        let high = count("rowspan").unwrap_or(1);
        if wide > 1 || high > 1 {
            self.tell(
                Diagnostic::warning(
                    Code::TableShape,
                    span,
                    "a cell over several columns or rows is set in the first of them",
                )
                .hint("write the table so that every row has all its cells"),
            );
        }
        // HTML holds `colspan` to 1000.
        for _ in 1..wide.min(1000) {
            row.cells.push(Cell {
                content: Vec::new(),
                span,
            });
        }
    }
}

fn close_row(table: &mut Table, row: Option<(Row, bool)>, in_head: bool) {
    let Some((row, all_heads)) = row.filter(|(row, _)| !row.cells.is_empty()) else {
        return;
    };
    if in_head || (all_heads && table.rows.is_empty()) {
        table.head.push(row);
    } else {
        table.rows.push(row);
    }
}

/// Where a cell ends: at its closing tag, or at the next cell or row, as HTML allows.
fn cell_end(tokens: &[Token]) -> usize {
    tokens
        .iter()
        .position(|token| match token {
            Token::Open(tag, _) => matches!(tag.name.as_str(), "td" | "th" | "tr"),
            Token::Close(name, _) => {
                matches!(
                    name.as_str(),
                    "td" | "th" | "tr" | "thead" | "tbody" | "table"
                )
            }
            Token::Text(_) => false,
        })
        .unwrap_or(tokens.len())
}

/// The token that closes what has just been opened.
fn matching(tokens: &[Token], name: &str) -> Option<usize> {
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

fn html_node(range: &Range<usize>) -> Node<'static> {
    Node {
        kind: NodeKind::Html,
        range: range.clone(),
        children: Vec::new(),
    }
}

/// Text and inline tags of some tokens; other tags say nothing there.
fn gather<'s>(tokens: &[Token], text: &'s str, out: &mut Vec<Node<'s>>) {
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
fn text_nodes<'s>(text: &'s str, range: Range<usize>, out: &mut Vec<Node<'s>>) {
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

fn tokens(text: &str, range: Range<usize>) -> Vec<Token> {
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

fn opens(raw: &str, name: &str) -> usize {
    let raw = raw.to_ascii_lowercase();
    raw.matches(&format!("<{name}>")).count() + raw.matches(&format!("<{name} ")).count()
}

fn closes(raw: &str, name: &str) -> usize {
    raw.to_ascii_lowercase()
        .matches(&format!("</{name}"))
        .count()
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
