//! Inline text: Markdown's nodes and the marks of the manuscript to the model.

use crate::diag::{Code, Diagnostic, Span};
use crate::model::{Inline, Mark, MarkKind};

use super::desk::{Desk, Stretch};
use super::events::{MAX_DEPTH, Node, NodeKind, parse_inline};
use super::lines;
use super::pen::Pen;
use super::runs::Run;

/// Where inline text stands: some marks depend on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Setting {
    /// In a headline `／` marks where it may break.
    pub(crate) headline: bool,
    /// In verse a line break of the source is kept.
    pub(crate) verse: bool,
    /// In a table a bar is written `\|`.
    pub(crate) table: bool,
    /// How deep the text is nested already.
    pub(crate) depth: usize,
}

impl Setting {
    fn deeper(self) -> Self {
        Self {
            depth: self.depth + 1,
            ..self
        }
    }
}

impl Desk<'_> {
    /// Inline text from a piece of text that is not part of the body: a title, a caption.
    pub(crate) fn line(&mut self, on: &Stretch<'_>, setting: Setting) -> Vec<Inline> {
        let nodes = parse_inline(on.text);
        self.inlines(&nodes, on, setting)
    }

    /// Inline text from nodes, its source lines joined.
    pub(crate) fn inlines(
        &mut self,
        nodes: &[Node<'_>],
        on: &Stretch<'_>,
        setting: Setting,
    ) -> Vec<Inline> {
        let mut run = self.nested(nodes, on, setting);
        lines::join(&mut run, self.language.is_cjk());
        run
    }

    fn nested(&mut self, nodes: &[Node<'_>], on: &Stretch<'_>, setting: Setting) -> Vec<Inline> {
        let mut pen = Pen::new(MAX_DEPTH.saturating_sub(setting.depth));
        let mut run = Run::default();
        let mut end_before = 0;
        for node in nodes {
            if let NodeKind::Text { text, verbatim } = &node.kind {
                let start = node.range.start;
                let escaped = *verbatim
                    && start > end_before
                    && on.text.as_bytes().get(start.wrapping_sub(1)) == Some(&b'\\');
                run.push(text, node.range.clone(), *verbatim, escaped);
            } else {
                let text = std::mem::take(&mut run);
                self.write_run(&text, on, setting, &mut pen);
                self.write_node(node, on, setting, &mut pen);
            }
            end_before = node.range.end;
        }
        self.write_run(&run, on, setting, &mut pen);
        pen.finish_text(self.sink)
    }

    fn write_node(&mut self, node: &Node<'_>, on: &Stretch<'_>, setting: Setting, pen: &mut Pen) {
        let span = on.span(&node.range);
        let mark = |kind, children| {
            Inline::Mark(Mark {
                kind,
                children,
                span,
            })
        };
        match &node.kind {
            NodeKind::Emphasis => {
                let children = self.nested(&node.children, on, setting.deeper());
                pen.push(mark(MarkKind::Emphasis, children));
            }
            NodeKind::Strong => {
                let children = self.nested(&node.children, on, setting.deeper());
                pen.push(mark(MarkKind::Strong, children));
            }
            NodeKind::Strike => {
                let children = self.nested(&node.children, on, setting.deeper());
                if on.text[node.range.clone()].starts_with("~~") {
                    pen.push(mark(MarkKind::Strike, children));
                } else {
                    // `10~20元` is a range and no stroke.
                    let (start, end) = (node.range.start, node.range.end);
                    pen.text("~", on.span(&(start..start + 1)));
                    for child in children {
                        match child {
                            Inline::Text { text, span } => pen.text(&text, span),
                            other => pen.push(other),
                        }
                    }
                    pen.text("~", on.span(&(end - 1..end)));
                }
            }
            NodeKind::Link(target) => {
                let children = self.nested(&node.children, on, setting.deeper());
                self.write_link(target, children, span, pen);
            }
            NodeKind::Image(target) => {
                if let Some(image) = self.image(&target.address, span) {
                    let alt = self.alt(&node.children, on);
                    self.tell_silent(&image.path, &alt, span);
                    pen.push(Inline::Image { image, alt, span });
                }
            }
            NodeKind::Code => {
                pen.push(Inline::Code {
                    text: code(&on.text[node.range.clone()], setting.table),
                    span,
                });
            }
            NodeKind::Html => self.write_html(&on.text[node.range.clone()], span, pen),
            NodeKind::NoteRef(label) => {
                if let Some(note) = self.notes.mark(label, span, self.sink) {
                    pen.push(Inline::NoteRef { note, span });
                }
            }
            NodeKind::SoftBreak if setting.verse => pen.push(Inline::LineBreak { span }),
            // Not yet a space: `lines` decides when its neighbours are known.
            NodeKind::SoftBreak => pen.push(Inline::Text {
                text: "\n".to_owned(),
                span,
            }),
            NodeKind::HardBreak => pen.push(Inline::LineBreak { span }),
            _ => {
                let children = self.nested(&node.children, on, setting.deeper());
                children.into_iter().for_each(|child| pen.push(child));
            }
        }
    }

    /// The words for a blind reader: the text of an image without its marks.
    pub(crate) fn alt(&mut self, nodes: &[Node<'_>], on: &Stretch<'_>) -> String {
        let mut words = self.nested(nodes, on, Setting::default());
        lines::join(&mut words, self.language.is_cjk());
        Inline::plain(&words).trim().to_owned()
    }

    /// Tells, once a paragraph at most, that marks are nested deeper than is followed.
    pub(crate) fn too_deep(&mut self, span: Span) {
        self.tell(
            Diagnostic::error(
                Code::NestingDepth,
                span,
                format!("marks are nested deeper than {MAX_DEPTH} levels"),
            )
            .hint("write the text with fewer marks inside one another"),
        );
    }
}

/// Code between its backticks (CommonMark 0.31, code spans).
fn code(raw: &str, table: bool) -> String {
    let fence = raw.len() - raw.trim_start_matches('`').len();
    let inside = raw
        .get(fence..raw.len().saturating_sub(fence))
        .unwrap_or("");
    let mut text = inside.replace("\r\n", " ").replace(['\n', '\r'], " ");
    if table {
        text = text.replace("\\|", "|");
    }
    let blank = text.chars().all(|c| c == ' ');
    match text.strip_prefix(' ').and_then(|t| t.strip_suffix(' ')) {
        Some(inner) if !blank => inner.to_owned(),
        _ => text,
    }
}
