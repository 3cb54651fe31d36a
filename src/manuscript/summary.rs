//! mdBook's `SUMMARY.md`: which chapters there are, in which order, parts and depth.

use crate::diag::{Code, Diagnostic, FileId, Severity, Sink, Span};

use super::desk::Stretch;
use super::events::{Node, NodeKind, parse};

/// A line of the summary.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Entry {
    /// A title that opens a part: its bytes in the file.
    Part(std::ops::Range<usize>),
    /// A chapter.
    Chapter {
        /// Its file, as typed, from the summary.
        address: String,
        /// Its title, as typed.
        title: String,
        /// How deep it is nested, from zero.
        depth: u8,
        /// Where it is listed.
        span: Span,
    },
}

/// The entries of a summary. A draft chapter, listed without a file, is told and left out.
pub(crate) fn read(text: &str, file: FileId, sink: &mut Sink) -> Vec<Entry> {
    let start = if text.starts_with('\u{feff}') { 3 } else { 0 };
    let parsed = parse(text, start);
    let on = Stretch {
        text,
        file,
        offset: Some(0),
        whole: Span::new(file, 0, text.len()),
    };
    let mut entries = Vec::new();
    let mut titled = false;
    for node in &parsed.nodes {
        match node.kind {
            // The first heading is the summary's own title when nothing stands before it.
            NodeKind::Heading(_) if !titled && entries.is_empty() => {
                titled = true;
                let title = plain(&node.children).to_lowercase();
                if !matches!(title.trim(), "summary" | "目錄" | "目录" | "目次" | "") {
                    entries.extend(heading_range(node).map(Entry::Part));
                }
            }
            NodeKind::Heading(_) => entries.extend(heading_range(node).map(Entry::Part)),
            _ => gather(node, 0, &on, &mut entries, sink),
        }
    }
    entries
}

fn heading_range(node: &Node<'_>) -> Option<std::ops::Range<usize>> {
    let (first, last) = (node.children.first()?, node.children.last()?);
    Some(first.range.start..last.range.end)
}

fn gather(node: &Node<'_>, depth: u8, on: &Stretch<'_>, entries: &mut Vec<Entry>, sink: &mut Sink) {
    match &node.kind {
        NodeKind::Link(target) => {
            let span = on.span(&node.range);
            let title = plain(&node.children);
            if target.address.trim().is_empty() {
                let mut fault = Diagnostic::warning(
                    Code::ArticleDraft,
                    span,
                    format!("`{title}` is a draft without a file; it is left out"),
                );
                fault.severity = Severity::Note;
                sink.push(fault);
                return;
            }
            entries.push(Entry::Chapter {
                address: target.address.trim().to_owned(),
                title,
                depth,
                span,
            });
        }
        NodeKind::List(_) => {
            for item in &node.children {
                for child in &item.children {
                    let inner = if matches!(child.kind, NodeKind::List(_)) {
                        depth.saturating_add(1)
                    } else {
                        depth
                    };
                    gather(child, inner, on, entries, sink);
                }
            }
        }
        _ => {
            for child in &node.children {
                gather(child, depth, on, entries, sink);
            }
        }
    }
}

fn plain(nodes: &[Node<'_>]) -> String {
    let mut words = String::new();
    for node in nodes {
        match &node.kind {
            NodeKind::Text { text, .. } => words.push_str(text),
            NodeKind::SoftBreak => words.push(' '),
            _ => words.push_str(&plain(&node.children)),
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_depth_and_drafts_are_read() {
        let text = "# Summary\n\n[序](序.md)\n\n# 上篇\n\n- [一](01.md)\n  - [一之一](01/a.md)\n- [草稿]()\n\n---\n\n[跋](跋.md)\n";
        let mut sink = Sink::new();
        let entries = read(text, FileId(0), &mut sink);
        let told: Vec<String> = entries
            .iter()
            .map(|entry| match entry {
                Entry::Part(range) => text[range.clone()].to_owned(),
                Entry::Chapter { address, depth, .. } => format!("{depth}{address}"),
            })
            .collect();
        assert_eq!(told, ["0序.md", "上篇", "001.md", "101/a.md", "0跋.md"]);
        assert_eq!(sink.into_inner().len(), 1);
    }
}
