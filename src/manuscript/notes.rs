//! Notes: definitions joined to their marks, numbered by the first mark.

use std::collections::BTreeMap;

use crate::diag::{Code, Diagnostic, Sink, Span};

use super::events::{Node, NodeKind, fold_label};

/// The notes of one article while it is read.
#[derive(Debug, Default)]
pub(crate) struct Notes {
    /// Defined labels, folded, with the place of their definition.
    defined: BTreeMap<String, Span>,
    /// Labels in the order of their first marks.
    order: Vec<String>,
    numbers: BTreeMap<String, usize>,
}

impl Notes {
    /// Gathers the labels that are defined anywhere among `nodes`; a label defined twice is told.
    pub(crate) fn gather(
        nodes: &[Node<'_>],
        span: &impl Fn(&std::ops::Range<usize>) -> Span,
        sink: &mut Sink,
    ) -> Self {
        let mut notes = Self::default();
        notes.gather_from(nodes, span, sink);
        notes
    }

    fn gather_from(
        &mut self,
        nodes: &[Node<'_>],
        span: &impl Fn(&std::ops::Range<usize>) -> Span,
        sink: &mut Sink,
    ) {
        for node in nodes {
            if let NodeKind::Note(label) = &node.kind {
                let place = span(&(node.range.start..node.range.start + label.len() + 3));
                match self.defined.get(&fold_label(label)) {
                    Some(first) => sink.push(
                        Diagnostic::error(
                            Code::NoteTwice,
                            place,
                            format!("the note `[^{label}]` is written twice"),
                        )
                        .label(*first, "first here")
                        .hint("give one of them another label"),
                    ),
                    None => {
                        self.defined.insert(fold_label(label), place);
                    }
                }
            }
            self.gather_from(&node.children, span, sink);
        }
    }

    /// The index of a note by the label of a mark; a label without a note is told.
    pub(crate) fn mark(&mut self, label: &str, span: Span, sink: &mut Sink) -> Option<usize> {
        let key = fold_label(label);
        if let Some(number) = self.numbers.get(&key) {
            return Some(*number);
        }
        if !self.defined.contains_key(&key) {
            let known: Vec<&str> = self.defined.keys().map(String::as_str).collect();
            let near = super::keys::nearest(&key, &known);
            let mut fault = Diagnostic::error(
                Code::NoteUndefined,
                span,
                format!("the note `[^{label}]` is not written"),
            )
            .hint(format!("write it on a line of its own: `[^{label}]: …`"));
            if let Some(near) = near {
                fault = fault.hint(format!("or did you mean `[^{near}]`?"));
            }
            sink.push(fault);
            return None;
        }
        let number = self.order.len();
        self.numbers.insert(key.clone(), number);
        self.order.push(key);
        Some(number)
    }

    /// The folded label of a numbered note.
    pub(crate) fn label(&self, number: usize) -> Option<&str> {
        self.order.get(number).map(String::as_str)
    }

    /// Tells of notes that no mark leads to.
    pub(crate) fn tell_unused(&self, sink: &mut Sink) {
        for (label, span) in &self.defined {
            if !self.numbers.contains_key(label) {
                sink.push(
                    Diagnostic::error(
                        Code::NoteUnused,
                        *span,
                        format!("the note `[^{label}]` has no mark in the text"),
                    )
                    .hint(format!(
                        "put `[^{label}]` where it belongs, or take the note out"
                    )),
                );
            }
        }
    }
}
