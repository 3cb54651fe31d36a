//! Markdown to a tree of nodes with their places: the one file that knows the parser.

use std::borrow::Cow;
use std::ops::Range;

use pulldown_cmark::{
    Alignment, BlockQuoteKind, CodeBlockKind, Event, LinkType, Options, Parser, Tag,
};

use crate::model::{Align, QuoteKind};

use super::emphasis::mask;

/// How deep blocks and inline marks may be nested; what lies deeper is hung on the last level.
pub(crate) const MAX_DEPTH: usize = 48;

/// A piece of Markdown: what it is, where it stands, what it holds.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Node<'s> {
    /// What it is.
    pub(crate) kind: NodeKind<'s>,
    /// Its bytes in the text parsed.
    pub(crate) range: Range<usize>,
    /// What it holds.
    pub(crate) children: Vec<Node<'s>>,
}

/// What a piece of Markdown is.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum NodeKind<'s> {
    Paragraph,
    Heading(u8),
    Quote(QuoteKind),
    /// Its info string where it is fenced.
    CodeBlock(Option<String>),
    HtmlBlock,
    List(Option<u64>),
    Item,
    /// A note's definition with its label.
    Note(String),
    Definitions,
    Term,
    Meaning,
    Table(Vec<Align>),
    Head,
    Row,
    Cell,
    Emphasis,
    Strong,
    Strike,
    Link(Target<'s>),
    Image(Target<'s>),
    /// Characters; `verbatim` when they stand in the source as they are.
    Text {
        text: Cow<'s, str>,
        verbatim: bool,
    },
    Code,
    /// HTML, raw.
    Html,
    NoteRef(String),
    SoftBreak,
    HardBreak,
    Rule,
    Task(bool),
}

/// Where a link leads, and its title.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Target<'s> {
    /// The address, without its escapes.
    pub(crate) address: Cow<'s, str>,
    /// Where the address stands.
    pub(crate) address_range: Range<usize>,
    /// The title between its quotes, raw.
    pub(crate) title: Option<Range<usize>>,
    /// Whether brackets alone made the link, by a definition of the same name: attributes after
    /// them win over it.
    pub(crate) by_name: bool,
}

/// What was found while parsing.
pub(crate) struct Parsed<'s> {
    /// The nodes at the top.
    pub(crate) nodes: Vec<Node<'s>>,
    /// Where nesting went deeper than is followed, first place only.
    pub(crate) too_deep: Option<Range<usize>>,
}

/// Parses `text` from byte `from` on.
pub(crate) fn parse(text: &str, from: usize) -> Parsed<'_> {
    let masked = mask(&text[from..]);
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_GFM
        | Options::ENABLE_DEFINITION_LIST;
    let parser = Parser::new_ext(&masked, options).into_offset_iter();
    let definitions: Vec<(String, Range<usize>)> = parser
        .reference_definitions()
        .iter()
        .map(|(label, def)| (fold_label(label), def.span.clone()))
        .collect();
    let mut tree = Tree {
        text,
        from,
        definitions: definitions.into_iter().collect(),
        open: Vec::new(),
        done: Vec::new(),
        too_deep: None,
        ignored: 0,
    };
    for (event, range) in parser {
        tree.take(event, range, &masked);
    }
    Parsed {
        nodes: tree.done,
        too_deep: tree.too_deep,
    }
}

/// Labels are compared as CommonMark does: letter case folded, white space as one space.
pub(crate) fn fold_label(label: &str) -> String {
    let words: Vec<&str> = label.split_whitespace().collect();
    words.join(" ").to_lowercase()
}

struct Tree<'s> {
    text: &'s str,
    from: usize,
    definitions: std::collections::BTreeMap<String, Range<usize>>,
    open: Vec<Node<'s>>,
    done: Vec<Node<'s>>,
    too_deep: Option<Range<usize>>,
    ignored: usize,
}

impl<'s> Tree<'s> {
    fn take(&mut self, event: Event<'_>, range: Range<usize>, masked: &str) {
        let here = range.start + self.from..range.end + self.from;
        match event {
            Event::Start(tag) => {
                if self.open.len() >= MAX_DEPTH {
                    self.too_deep.get_or_insert(here);
                    self.ignored += 1;
                    return;
                }
                let kind = self.kind(tag, &here);
                self.open.push(Node {
                    kind,
                    range: here,
                    children: Vec::new(),
                });
            }
            Event::End(_) => {
                if self.ignored > 0 {
                    self.ignored -= 1;
                    return;
                }
                if let Some(mut node) = self.open.pop() {
                    self.resolve(&mut node);
                    self.put(node);
                }
            }
            Event::Text(text) if text.is_empty() => {}
            Event::Text(text) => {
                let kind = if masked.get(range) == Some(&*text) {
                    NodeKind::Text {
                        text: Cow::Borrowed(&self.text[here.clone()]),
                        verbatim: true,
                    }
                } else {
                    NodeKind::Text {
                        text: Cow::Owned(text.into_string()),
                        verbatim: false,
                    }
                };
                self.leaf(kind, here);
            }
            Event::Code(_) | Event::InlineMath(_) | Event::DisplayMath(_) => {
                self.leaf(NodeKind::Code, here);
            }
            Event::Html(_) | Event::InlineHtml(_) => self.leaf(NodeKind::Html, here),
            Event::FootnoteReference(_) => {
                // `[^label]`, taken from the original
                let label = self.text[here.clone()]
                    .trim_start_matches("[^")
                    .trim_end_matches(']')
                    .to_owned();
                self.leaf(NodeKind::NoteRef(label), here);
            }
            Event::SoftBreak => self.leaf(NodeKind::SoftBreak, here),
            Event::HardBreak => self.leaf(NodeKind::HardBreak, here),
            Event::Rule => self.leaf(NodeKind::Rule, here),
            Event::TaskListMarker(done) => self.leaf(NodeKind::Task(done), here),
        }
    }

    fn leaf(&mut self, kind: NodeKind<'s>, range: Range<usize>) {
        self.put(Node {
            kind,
            range,
            children: Vec::new(),
        });
    }

    fn put(&mut self, node: Node<'s>) {
        match self.open.last_mut() {
            Some(parent) => parent.children.push(node),
            None => self.done.push(node),
        }
    }

    fn kind(&self, tag: Tag<'_>, range: &Range<usize>) -> NodeKind<'s> {
        match tag {
            Tag::Paragraph => NodeKind::Paragraph,
            Tag::Heading { level, .. } => NodeKind::Heading(level as u8),
            Tag::BlockQuote(kind) => NodeKind::Quote(match kind {
                None => QuoteKind::Plain,
                Some(BlockQuoteKind::Note) => QuoteKind::Note,
                Some(BlockQuoteKind::Tip) => QuoteKind::Tip,
                Some(BlockQuoteKind::Important) => QuoteKind::Important,
                Some(BlockQuoteKind::Warning) => QuoteKind::Warning,
                Some(BlockQuoteKind::Caution) => QuoteKind::Caution,
            }),
            Tag::CodeBlock(CodeBlockKind::Indented) => NodeKind::CodeBlock(None),
            Tag::CodeBlock(CodeBlockKind::Fenced(info)) => {
                NodeKind::CodeBlock(Some(info.into_string()))
            }
            Tag::HtmlBlock => NodeKind::HtmlBlock,
            Tag::List(start) => NodeKind::List(start),
            Tag::Item => NodeKind::Item,
            Tag::FootnoteDefinition(label) => {
                // from the original, where it is told apart
                let raw = &self.text[range.clone()];
                let own = raw
                    .strip_prefix("[^")
                    .and_then(|rest| rest.split_once("]:"))
                    .map(|(label, _)| label.to_owned());
                NodeKind::Note(own.unwrap_or_else(|| label.into_string()))
            }
            Tag::DefinitionList => NodeKind::Definitions,
            Tag::DefinitionListTitle => NodeKind::Term,
            Tag::DefinitionListDefinition => NodeKind::Meaning,
            Tag::Table(columns) => NodeKind::Table(
                columns
                    .into_iter()
                    .map(|align| match align {
                        Alignment::None => Align::Auto,
                        Alignment::Left => Align::Start,
                        Alignment::Center => Align::Centre,
                        Alignment::Right => Align::End,
                    })
                    .collect(),
            ),
            Tag::TableHead => NodeKind::Head,
            Tag::TableRow => NodeKind::Row,
            Tag::TableCell => NodeKind::Cell,
            Tag::Emphasis => NodeKind::Emphasis,
            Tag::Strong => NodeKind::Strong,
            Tag::Strikethrough => NodeKind::Strike,
            Tag::Link {
                link_type,
                dest_url,
                id,
                ..
            } => NodeKind::Link(self.target(link_type, &dest_url, &id, range)),
            Tag::Image {
                link_type,
                dest_url,
                id,
                ..
            } => NodeKind::Image(self.target(link_type, &dest_url, &id, range)),
            // Off in the options: the front matter is cut by us, and `^` and `~` are our own.
            Tag::Superscript | Tag::Subscript | Tag::MetadataBlock(_) => NodeKind::Paragraph,
        }
    }

    /// A target as the parser tells it; [`Tree::resolve`] takes it from the original.
    fn target(
        &self,
        link_type: LinkType,
        address: &str,
        label: &str,
        range: &Range<usize>,
    ) -> Target<'s> {
        let by_name = matches!(
            link_type,
            LinkType::Shortcut
                | LinkType::ShortcutUnknown
                | LinkType::Collapsed
                | LinkType::CollapsedUnknown
        );
        let own = self.text[range.clone()].trim_matches(['<', '>']);
        let address = match link_type {
            LinkType::Autolink => own.to_owned(),
            LinkType::Email => format!("mailto:{own}"),
            _ => address.to_owned(),
        };
        let mut target = Target {
            address: Cow::Owned(address),
            address_range: range.clone(),
            title: None,
            by_name,
        };
        let defined = match link_type {
            LinkType::Reference | LinkType::Collapsed | LinkType::Shortcut => {
                self.definitions.get(&fold_label(label))
            }
            _ => None,
        };
        if let Some(span) = defined {
            let start = span.start + self.from;
            let whole = &self.text[start..span.end + self.from];
            if let Some(colon) = whole.find("]:") {
                self.destination(start + colon + 2, span.end + self.from, &mut target);
            }
        } else if link_type == LinkType::Inline {
            // `resolve` looks behind the text, which is not known yet.
            target.address_range = range.start..range.start;
        }
        target
    }

    /// Finds address and title of `[text](address "title")` once its text is known.
    fn resolve(&self, node: &mut Node<'s>) {
        let (NodeKind::Link(target) | NodeKind::Image(target)) = &mut node.kind else {
            return;
        };
        if !target.address_range.is_empty() {
            return;
        }
        let text_end = node
            .children
            .last()
            .map_or(node.range.start + 1, |child| child.range.end);
        let Some(found) = self
            .text
            .get(text_end..node.range.end)
            .and_then(|tail| tail.find("]("))
        else {
            target.address_range = node.range.clone();
            return;
        };
        self.destination(text_end + found + 2, node.range.end, target);
    }

    /// Reads an address and a title from byte `at` on (CommonMark 0.31, link destination, link
    /// title).
    fn destination(&self, at: usize, end: usize, target: &mut Target<'s>) {
        let text = &self.text[..end];
        let skip = |at: usize| at + (text[at..].len() - text[at..].trim_start().len());
        let at = skip(at);
        let bytes = text.as_bytes();
        let (range, next) = if bytes.get(at) == Some(&b'<') {
            let Some(close) = find_unescaped(bytes, at + 1, b'>') else {
                return;
            };
            (at + 1..close, close + 1)
        } else {
            let mut depth = 0usize;
            let mut stop = at;
            while let Some(&byte) = bytes.get(stop) {
                match byte {
                    b'\\' if bytes.get(stop + 1).is_some_and(u8::is_ascii_punctuation) => {
                        stop += 1;
                    }
                    b'(' => depth += 1,
                    b')' if depth == 0 => break,
                    b')' => depth -= 1,
                    byte if byte.is_ascii_whitespace() || byte.is_ascii_control() => break,
                    _ => {}
                }
                stop += 1;
            }
            let stop = stop.min(end);
            (at..stop, stop)
        };
        let raw = &self.text[range.clone()];
        target.address_range = range;
        if !raw.contains(['\\', '&']) {
            target.address = Cow::Borrowed(raw);
        }
        let at = skip(next);
        let close = match bytes.get(at) {
            Some(b'"') => b'"',
            Some(b'\'') => b'\'',
            Some(b'(') => b')',
            _ => return,
        };
        if let Some(close) = find_unescaped(bytes, at + 1, close) {
            target.title = Some(at + 1..close);
        }
    }
}

fn find_unescaped(bytes: &[u8], from: usize, wanted: u8) -> Option<usize> {
    let mut at = from;
    while let Some(&byte) = bytes.get(at) {
        if byte == b'\\' {
            at += 1;
        } else if byte == wanted {
            return Some(at);
        }
        at += 1;
    }
    None
}

/// Parses `text` as inline text alone: no list, heading or rule begins in it. Ranges are those of
/// `text`; line ends count as spaces to the parser and are still there in the text.
pub(crate) fn parse_inline(text: &str) -> Vec<Node<'static>> {
    // A heading holds inline text and nothing else; the closing `##` keeps a `#` at the end.
    let mut line = String::with_capacity(text.len() + 5);
    line.push_str("# ");
    line.extend(
        text.chars()
            .map(|c| if matches!(c, '\n' | '\r') { ' ' } else { c }),
    );
    line.push_str(" ##");
    let parsed = parse(&line, 0);
    let mut nodes: Vec<Node<'static>> = Vec::new();
    for node in parsed.nodes {
        nodes.extend(node.children.into_iter().map(|child| back(child, text)));
    }
    nodes
}

/// Moves a node of the made-up heading back to the text that it was made from.
fn back(node: Node<'_>, text: &str) -> Node<'static> {
    let to_text = |range: Range<usize>| {
        range.start.saturating_sub(2).min(text.len())..range.end.saturating_sub(2).min(text.len())
    };
    let range = to_text(node.range);
    let own = |target: Target<'_>| Target {
        address: Cow::Owned(target.address.into_owned()),
        address_range: to_text(target.address_range),
        title: target.title.map(to_text),
        by_name: target.by_name,
    };
    let kind = match node.kind {
        NodeKind::Text {
            text: words,
            verbatim,
        } => NodeKind::Text {
            text: match text.get(range.clone()).filter(|_| verbatim) {
                Some(original) => Cow::Owned(original.to_owned()),
                None => Cow::Owned(words.into_owned()),
            },
            verbatim,
        },
        NodeKind::Link(target) => NodeKind::Link(own(target)),
        NodeKind::Image(target) => NodeKind::Image(own(target)),
        NodeKind::Emphasis => NodeKind::Emphasis,
        NodeKind::Strong => NodeKind::Strong,
        NodeKind::Strike => NodeKind::Strike,
        NodeKind::Code => NodeKind::Code,
        NodeKind::NoteRef(label) => NodeKind::NoteRef(label),
        NodeKind::HardBreak => NodeKind::HardBreak,
        NodeKind::SoftBreak => NodeKind::SoftBreak,
        _ => NodeKind::Html,
    };
    Node {
        kind,
        range,
        children: node
            .children
            .into_iter()
            .map(|child| back(child, text))
            .collect(),
    }
}
