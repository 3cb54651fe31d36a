//! Keys that are read and checked and whose effect is not built: the one list of them.

use crate::diag::{Code, Diagnostic, Sink, Sources, Span};

use super::tree::{Kind, Table, Value};

/// A dotted path, and the values under which the program already does what is asked: of a list,
/// all that are in it. When an effect is built, its row goes.
#[rustfmt::skip]
const WITHOUT_EFFECT: &[(&str, &[&str])] = &[
    ("output.epub.page-list",        &["false"]),
    ("output.epub.profile",          &["default"]),
    ("output.pdf.bleed",             &["0mm", "0pt"]),
    ("output.pdf.colour",            &["rgb"]),
    ("output.pdf.mark-style",        &["western"]),
    ("output.pdf.marks",             &[]),
    ("output.pdf.profile",           &[]),
    ("output.pdf.standard",          &["a-2a", "a-2b", "a-2u", "a-3a", "ua-1"]),
];

/// One warning for each key of the list that asks for more than the program does; a value that
/// was refused, as `found` tells, asks for nothing.
pub(crate) fn tell(root: &Table, found: &[Diagnostic], sink: &mut Sink) {
    for (path, quiet) in WITHOUT_EFFECT {
        let Some(value) = root.at(path) else {
            continue;
        };
        let asked = written(value);
        let is_refused = value.span.is_some() && found.iter().any(|fault| fault.span == value.span);
        let is_done = match &value.kind {
            Kind::List(items) => items
                .iter()
                .all(|item| quiet.contains(&written(item).as_str())),
            _ => quiet.contains(&asked.as_str()),
        };
        if is_refused || value.kind == Kind::Nothing || is_done {
            continue;
        }
        sink.push(
            Diagnostic::warning(
                Code::ConfigNoEffect,
                value.span,
                format!("`{path} = {asked}` has no effect yet"),
            )
            .hint("the value is checked and kept; the output is made without it"),
        );
    }
}

fn written(value: &Value) -> String {
    match &value.kind {
        Kind::Text { text, .. } => text.clone(),
        Kind::Whole(_, raw) | Kind::Decimal(raw) | Kind::Truth(_, raw) | Kind::Date(raw) => {
            raw.clone()
        }
        Kind::List(items) => {
            let items: Vec<String> = items.iter().map(written).collect();
            format!("[{}]", items.join(", "))
        }
        Kind::Table(_) => "{…}".to_owned(),
        Kind::Nothing => String::new(),
    }
}

/// Classes of inline marks that are read into the model and not yet set.
const MARKS_WITHOUT_EFFECT: &[&str] = &[];

/// mdBook's commands in a chapter: `{{#include …}}` and its like.
const COMMAND: &str = "{{#";

/// One warning for a publication whose chapters hold commands of mdBook.
pub(crate) fn tell_commands(texts: &Sources, sink: &mut Sink) {
    let found = texts
        .iter()
        .find_map(|(file, source)| Some((file, source.text.find(COMMAND)?)));
    if let Some((file, at)) = found {
        sink.push(
            Diagnostic::warning(
                Code::MarkNoEffect,
                Span::new(file, at, at + COMMAND.len()),
                "commands of mdBook, as `{{#include}}`, have no effect yet; they are set as typed",
            )
            .hint("copy the text that is to stand here into the chapter"),
        );
    }
}

/// A warning for a mark that is not yet set.
pub(crate) fn tell_mark(class: &str, span: Span, sink: &mut Sink) {
    if MARKS_WITHOUT_EFFECT.contains(&class) {
        sink.push(
            Diagnostic::warning(
                Code::MarkNoEffect,
                span,
                format!("`.{class}` has no effect yet"),
            )
            .hint("the text is set as if it were not marked"),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_sorted() {
        assert!(WITHOUT_EFFECT.windows(2).all(|pair| pair[0].0 < pair[1].0));
    }
}
