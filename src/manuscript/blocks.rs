//! Blocks: Markdown's nodes to paragraphs, lists, sections and what else stands in a column.

use std::ops::Range;

use crate::diag::{Code, Diagnostic};
use crate::model::{
    Block, BoxKind, Boxed, CodeBlock, Definition, Definitions, Heading, Inline, List, ListItem,
    Note, Paragraph, Quote, Verse,
};

use super::attributes::{self, Attributes};
use super::desk::{Desk, Stretch};
use super::events::{Node, NodeKind};
use super::inlines::Setting;

/// A section that a heading's class sets apart.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Apart {
    Box(BoxKind),
    Verse,
}

/// Classes of headings.
const APART: &[(&str, Apart)] = &[
    ("box", Apart::Box(BoxKind::Fact)),
    ("sidebar", Apart::Box(BoxKind::Sidebar)),
    ("pullquote", Apart::Box(BoxKind::PullQuote)),
    ("verse", Apart::Verse),
];

impl Desk<'_> {
    /// Blocks from nodes.
    pub(crate) fn blocks(
        &mut self,
        nodes: &[Node<'_>],
        on: &Stretch<'_>,
        setting: Setting,
    ) -> Vec<Block> {
        let mut blocks = Vec::new();
        let mut at = 0;
        while let Some(node) = nodes.get(at) {
            let taken = match &node.kind {
                NodeKind::Heading(level) => {
                    self.heading_or_section(&nodes[at..], *level, on, setting, &mut blocks)
                }
                NodeKind::HtmlBlock => self.html_blocks(&nodes[at..], on, setting, &mut blocks),
                NodeKind::Table(columns) => {
                    self.table(&nodes[at..], columns, on, setting, &mut blocks)
                }
                kind if is_inline(kind) => {
                    let end = nodes[at..]
                        .iter()
                        .position(|node| !is_inline(&node.kind))
                        .unwrap_or(nodes.len() - at);
                    let run = &nodes[at..at + end];
                    let range = run[0].range.start..run[end - 1].range.end;
                    self.paragraph(run, &range, on, setting, &mut blocks);
                    end
                }
                _ => {
                    self.block(node, on, setting, &mut blocks);
                    1
                }
            };
            at += taken.max(1);
        }
        blocks
    }

    fn block(&mut self, node: &Node<'_>, on: &Stretch<'_>, setting: Setting, out: &mut Vec<Block>) {
        let span = on.span(&node.range);
        let inner = Setting {
            depth: setting.depth + 1,
            ..setting
        };
        match &node.kind {
            NodeKind::Paragraph => {
                self.paragraph(&node.children, &node.range, on, setting, out);
            }
            NodeKind::Quote(kind) => {
                let blocks = self.blocks(&node.children, on, inner);
                out.push(Block::Quote(Quote {
                    kind: *kind,
                    blocks,
                    span,
                }));
            }
            NodeKind::CodeBlock(info) => out.push(Block::Code(CodeBlock {
                language: info
                    .as_deref()
                    .and_then(|info| info.split([' ', ',', '\t']).next())
                    .filter(|word| !word.is_empty())
                    .map(str::to_owned),
                text: code_text(node),
                span,
            })),
            NodeKind::List(start) => {
                let list = self.list(node, *start, on, inner);
                out.push(Block::List(list));
            }
            NodeKind::Definitions => {
                let entries = self.definitions(&node.children, on, inner);
                out.push(Block::Definitions(Definitions { entries, span }));
            }
            NodeKind::Rule => out.push(Block::Break { span }),
            // Notes are set by `finish_notes`, wherever they are written.
            NodeKind::Note(_) => {}
            _ => {
                let blocks = self.blocks(&node.children, on, inner);
                out.extend(blocks);
            }
        }
    }

    /// A paragraph, or the figure that a paragraph of one image is.
    fn paragraph(
        &mut self,
        nodes: &[Node<'_>],
        range: &Range<usize>,
        on: &Stretch<'_>,
        setting: Setting,
        out: &mut Vec<Block>,
    ) {
        if self.figure(nodes, range, on, setting, out) {
            return;
        }
        let cut = self.stray_attributes(nodes, on);
        let content = self.inlines(cut.as_deref().unwrap_or(nodes), on, setting);
        if content.is_empty() {
            return;
        }
        out.push(Block::Paragraph(Paragraph {
            content,
            continued: false,
            span: on.span(range),
        }));
    }

    /// Classes behind a blank at the end of a paragraph, as a second `{.lead}`: told and left
    /// out.
    fn stray_attributes<'s>(
        &mut self,
        nodes: &[Node<'s>],
        on: &Stretch<'_>,
    ) -> Option<Vec<Node<'s>>> {
        let last = nodes.last()?;
        let raw = on.text.get(last.range.clone())?;
        if !raw.trim_end().ends_with('}') {
            return None;
        }
        let (cut, attributes) = cut_attributes(nodes, on.text);
        let attributes = attributes.filter(|found| !found.classes.is_empty())?;
        let end = cut.last().map_or(last.range.start, |node| node.range.end);
        let is_apart =
            on.text.get(end..)?.starts_with(char::is_whitespace) || cut.len() + 1 < nodes.len();
        if !is_apart {
            return None;
        }
        for class in &attributes.classes {
            self.tell(
                Diagnostic::warning(
                    Code::MarkUnknown,
                    on.span(&(end..last.range.end)),
                    format!("`.{class}` is not understood on this paragraph"),
                )
                .hint("`{.lead}` stands at the end of the first paragraph"),
            );
        }
        Some(cut)
    }

    fn list(
        &mut self,
        node: &Node<'_>,
        start: Option<u64>,
        on: &Stretch<'_>,
        setting: Setting,
    ) -> List {
        let loose = node
            .children
            .iter()
            .flat_map(|item| &item.children)
            .any(|child| child.kind == NodeKind::Paragraph);
        let mut items = Vec::new();
        for item in &node.children {
            let (task, children) = split_task(&item.children);
            let blocks = self.blocks(&children, on, setting);
            items.push(ListItem {
                task,
                blocks,
                span: on.span(&item.range),
            });
        }
        List {
            start,
            tight: !loose,
            items,
            span: on.span(&node.range),
        }
    }

    fn definitions(
        &mut self,
        nodes: &[Node<'_>],
        on: &Stretch<'_>,
        setting: Setting,
    ) -> Vec<Definition> {
        let mut entries: Vec<Definition> = Vec::new();
        for node in nodes {
            match node.kind {
                NodeKind::Term => {
                    let term = self.inlines(&node.children, on, setting);
                    match entries.last_mut().filter(|entry| entry.meanings.is_empty()) {
                        Some(entry) => entry.terms.push(term),
                        None => entries.push(Definition {
                            terms: vec![term],
                            meanings: Vec::new(),
                        }),
                    }
                }
                _ => {
                    let meaning = self.blocks(&node.children, on, setting);
                    match entries.last_mut() {
                        Some(entry) => entry.meanings.push(meaning),
                        None => entries.push(Definition {
                            terms: Vec::new(),
                            meanings: vec![meaning],
                        }),
                    }
                }
            }
        }
        entries
    }

    /// A heading; with a class that sets its section apart, the whole section. Gives how many
    /// nodes it took.
    fn heading_or_section(
        &mut self,
        nodes: &[Node<'_>],
        level: u8,
        on: &Stretch<'_>,
        setting: Setting,
        out: &mut Vec<Block>,
    ) -> usize {
        let (heading, attributes) = self.heading(&nodes[0], level, on, setting);
        let apart = APART
            .iter()
            .find(|(class, _)| attributes.has(class))
            .map(|(_, apart)| *apart);
        let Some(apart) = apart else {
            out.push(Block::Heading(heading));
            return 1;
        };
        let end = nodes
            .iter()
            .skip(1)
            .position(|node| matches!(node.kind, NodeKind::Heading(other) if other <= level))
            .map_or(nodes.len(), |at| at + 1);
        let section = &nodes[1..end];
        let last = section.last().unwrap_or(&nodes[0]);
        let span = on.span(&(nodes[0].range.start..last.range.end));
        let inner = Setting {
            depth: setting.depth + 1,
            verse: apart == Apart::Verse,
            ..setting
        };
        let blocks = self.blocks(section, on, inner);
        match apart {
            Apart::Box(kind) => out.push(Block::Boxed(Boxed {
                kind,
                title: heading,
                blocks,
                span,
            })),
            Apart::Verse => self.verse(heading, blocks, out),
        }
        end
    }

    /// A heading with the attributes at its end.
    pub(crate) fn heading(
        &mut self,
        node: &Node<'_>,
        level: u8,
        on: &Stretch<'_>,
        setting: Setting,
    ) -> (Heading, Attributes) {
        let span = on.span(&node.range);
        let (children, attributes) = cut_attributes(&node.children, on.text);
        let attributes = attributes.unwrap_or_default();
        let content = self.inlines(&children, on, setting);
        let id = match &attributes.id {
            Some(name) => self.ids.name((self.article, "h"), name, span, self.sink),
            None => self.ids.make(self.article, "h"),
        };
        self.ids
            .heading(self.article, &Inline::plain(&content), &id);
        let known = |class: &&String| !APART.iter().any(|(known, _)| known == class);
        let strange: Vec<String> = attributes
            .classes
            .iter()
            .filter(known)
            .map(|class| format!(".{class}"))
            .chain(attributes.pairs.iter().map(|(k, v)| format!("{k}={v}")))
            .collect();
        for word in strange {
            self.tell(
                Diagnostic::warning(
                    Code::MarkUnknown,
                    span,
                    format!("`{word}` is not understood on a heading"),
                )
                .hint("headings take #id, .box, .sidebar, .pullquote and .verse"),
            );
        }
        let heading = Heading {
            level,
            id,
            content,
            span,
        };
        (heading, attributes)
    }

    /// Verse: each paragraph a stanza; what is no paragraph follows as it is.
    fn verse(&mut self, heading: Heading, blocks: Vec<Block>, out: &mut Vec<Block>) {
        let title = (!heading.content.is_empty()).then(|| heading.clone());
        let mut verse = Verse {
            title,
            stanzas: Vec::new(),
            span: heading.span,
        };
        for block in blocks {
            match block {
                Block::Paragraph(paragraph) => {
                    verse.span = verse.span.to(paragraph.span);
                    verse.stanzas.push(split_lines(paragraph.content));
                }
                other => {
                    if !verse.stanzas.is_empty() || verse.title.is_some() {
                        let rest = Verse {
                            title: None,
                            stanzas: Vec::new(),
                            span: other.span(),
                        };
                        out.push(Block::Verse(std::mem::replace(&mut verse, rest)));
                    }
                    out.push(other);
                }
            }
        }
        if !verse.stanzas.is_empty() || verse.title.is_some() {
            out.push(Block::Verse(verse));
        }
    }

    /// The notes that have marks, in the order of the marks.
    pub(crate) fn finish_notes(&mut self, nodes: &[Node<'_>], on: &Stretch<'_>) -> Vec<Note> {
        let mut definitions = std::collections::BTreeMap::new();
        gather_notes(nodes, &mut definitions);
        let mut notes = Vec::new();
        // A note may hold the first mark of another one.
        while let Some(label) = self.notes.label(notes.len()).map(str::to_owned) {
            let (blocks, span) = match definitions.get(&label) {
                Some(node) => (
                    self.blocks(&node.children, on, Setting::default()),
                    on.span(&node.range),
                ),
                None => (Vec::new(), on.whole),
            };
            let number = u32::try_from(notes.len() + 1).unwrap_or(u32::MAX);
            notes.push(Note {
                id: self.ids.make(self.article, "note"),
                number,
                blocks,
                span,
            });
        }
        self.notes.tell_unused(self.sink);
        notes
    }
}

fn gather_notes<'n, 's>(
    nodes: &'n [Node<'s>],
    found: &mut std::collections::BTreeMap<String, &'n Node<'s>>,
) {
    for node in nodes {
        if let NodeKind::Note(label) = &node.kind {
            found
                .entry(super::events::fold_label(label))
                .or_insert(node);
        }
        gather_notes(&node.children, found);
    }
}

/// Whether a node stands inside a line.
fn is_inline(kind: &NodeKind<'_>) -> bool {
    matches!(
        kind,
        NodeKind::Text { .. }
            | NodeKind::Emphasis
            | NodeKind::Strong
            | NodeKind::Strike
            | NodeKind::Link(_)
            | NodeKind::Image(_)
            | NodeKind::Code
            | NodeKind::Html
            | NodeKind::NoteRef(_)
            | NodeKind::SoftBreak
            | NodeKind::HardBreak
            | NodeKind::Task(_)
    )
}

/// The tick box of a task, and what stands behind it.
fn split_task<'n, 's>(children: &'n [Node<'s>]) -> (Option<bool>, Vec<Node<'s>>)
where
    's: 'n,
{
    if let Some(Node {
        kind: NodeKind::Task(done),
        ..
    }) = children.first()
    {
        return (Some(*done), children[1..].to_vec());
    }
    if let Some(first) = children.first()
        && first.kind == NodeKind::Paragraph
        && let Some(Node {
            kind: NodeKind::Task(done),
            ..
        }) = first.children.first()
    {
        let mut rest = children.to_vec();
        rest[0].children.remove(0);
        return (Some(*done), rest);
    }
    (None, children.to_vec())
}

/// Text of a code block: its lines without the last line end.
fn code_text(node: &Node<'_>) -> String {
    let mut text = String::new();
    for child in &node.children {
        if let NodeKind::Text { text: line, .. } = &child.kind {
            text.push_str(line);
        }
    }
    let mut text = text.replace("\r\n", "\n");
    if text.ends_with('\n') {
        text.pop();
    }
    text
}

/// Parts a line's nodes from the attributes in braces at its end.
pub(crate) fn cut_attributes<'s>(
    nodes: &[Node<'s>],
    source: &str,
) -> (Vec<Node<'s>>, Option<Attributes>) {
    let mut nodes = nodes.to_vec();
    // An entity or an escape parts the text: the brace is found in the source.
    let Some(last) = nodes.last() else {
        return (nodes, None);
    };
    let NodeKind::Text { verbatim: true, .. } = last.kind else {
        return (nodes, None);
    };
    let end = last.range.end;
    let start = last.range.start;
    let Some((open, attributes)) = source
        .get(start..end)
        .and_then(attributes::at_end)
        .filter(|(open, _)| !source[..start + open].ends_with('\\'))
    else {
        return (nodes, None);
    };
    let kept = start + source[start..start + open].trim_end().len();
    nodes.pop();
    if kept > start {
        nodes.push(Node {
            kind: NodeKind::Text {
                text: std::borrow::Cow::Owned(source[start..kept].to_owned()),
                verbatim: true,
            },
            range: start..kept,
            children: Vec::new(),
        });
    } else if let Some(Node {
        kind: NodeKind::SoftBreak,
        ..
    }) = nodes.last()
    {
        nodes.pop();
    }
    (nodes, Some(attributes))
}

/// Parts a stanza at its line breaks.
fn split_lines(content: Vec<Inline>) -> Vec<Vec<Inline>> {
    let mut lines = vec![Vec::new()];
    for inline in content {
        match inline {
            Inline::LineBreak { .. } => lines.push(Vec::new()),
            other => {
                if let Some(line) = lines.last_mut() {
                    line.push(other);
                }
            }
        }
    }
    lines.retain(|line| !line.is_empty());
    lines
}
