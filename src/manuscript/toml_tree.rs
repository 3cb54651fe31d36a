//! `book.toml` as a tree with places.

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::diag::{Code, Diagnostic, FileId, Sink, Span};

use super::tree::{Key, Kind, Table, Value};

/// The tree of a file; what is not TOML is told with its place and left out. `offset` is where
/// `text` starts in the file.
pub(crate) fn parse(text: &str, file: FileId, offset: usize, sink: &mut Sink) -> Table {
    let (root, faults) = DeTable::parse_recoverable(text);
    for fault in faults {
        let range = fault.span().unwrap_or(0..0);
        let span = Span::new(file, offset + range.start, offset + range.end);
        let message = fault.message().trim().to_lowercase().replace('\n', ", ");
        sink.push(
            Diagnostic::error(Code::ConfigSyntax, span, message)
                .hint("the file is read as TOML 1.0: texts stand in quotes, `key = value`"),
        );
    }
    let place = Place {
        file,
        offset,
        source: text,
    };
    place.table(root.get_ref())
}

/// A value from the command line: TOML, and what is not TOML is a text.
pub(crate) fn override_value(text: &str) -> Value {
    let place = Place {
        file: FileId(0),
        offset: 0,
        source: text,
    };
    let mut value = match DeValue::parse(text) {
        Ok(value) => place.value(&value),
        Err(_) => Value {
            kind: Kind::Text {
                text: text.to_owned(),
                verbatim: None,
            },
            span: None,
        },
    };
    forget_places(&mut value);
    value
}

/// What was typed on the command line has no place in a file.
fn forget_places(value: &mut Value) {
    value.span = None;
    match &mut value.kind {
        Kind::Text { verbatim, .. } => *verbatim = None,
        Kind::List(items) => items.iter_mut().for_each(forget_places),
        Kind::Table(table) => {
            for (key, value) in &mut table.entries {
                key.span = None;
                forget_places(value);
            }
        }
        _ => {}
    }
}

struct Place<'s> {
    file: FileId,
    offset: usize,
    source: &'s str,
}

impl Place<'_> {
    fn span(&self, range: std::ops::Range<usize>) -> Span {
        Span::new(
            self.file,
            self.offset + range.start,
            self.offset + range.end,
        )
    }

    fn table(&self, table: &DeTable<'_>) -> Table {
        let mut entries: Vec<(Key, Value)> = table
            .iter()
            .map(|(key, value)| {
                let name = Key {
                    name: key.get_ref().to_string(),
                    span: Some(self.span(key.span())),
                };
                (name, self.value(value))
            })
            .collect();
        entries.sort_by_key(|(key, _)| key.span);
        Table { entries }
    }

    fn value(&self, value: &Spanned<DeValue<'_>>) -> Value {
        let range = value.span();
        let raw = self.source.get(range.clone()).unwrap_or("");
        let kind = match value.get_ref() {
            DeValue::String(text) => Kind::Text {
                verbatim: raw
                    .get(1..raw.len().saturating_sub(1))
                    .filter(|inner| *inner == text.as_ref())
                    .map(|_| self.offset + range.start + 1),
                text: text.to_string(),
            },
            DeValue::Integer(number) => {
                let digits = number.as_str();
                match i64::from_str_radix(digits, number.radix()) {
                    Ok(whole) => Kind::Whole(whole, whole.to_string()),
                    Err(_) => Kind::Decimal(digits.to_owned()),
                }
            }
            DeValue::Float(number) => Kind::Decimal(number.as_str().to_owned()),
            DeValue::Boolean(truth) => Kind::Truth(*truth, truth.to_string()),
            DeValue::Datetime(date) => Kind::Date(date.to_string()),
            DeValue::Array(items) => {
                Kind::List(items.iter().map(|item| self.value(item)).collect())
            }
            DeValue::Table(table) => Kind::Table(self.table(table)),
        };
        Value {
            kind,
            span: Some(self.span(range)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_keep_their_place() {
        let text = "[book]\ntitle = \"題\"\n";
        let mut sink = Sink::new();
        let tree = parse(text, FileId(0), 0, &mut sink);
        let title = tree.at("book.title").unwrap();
        assert_eq!(&text[title.span.unwrap().range()], "\"題\"");
        assert!(sink.into_inner().is_empty());
    }

    #[test]
    fn all_faults_of_a_file_are_told() {
        let mut sink = Sink::new();
        parse("a = \nb = 'x\nc = 1\n", FileId(0), 0, &mut sink);
        assert!(sink.into_inner().len() >= 2);
    }

    #[test]
    fn what_is_not_toml_is_a_text() {
        let plain = override_value("vertical-rl");
        assert!(matches!(plain.kind, Kind::Text { text, .. } if text == "vertical-rl"));
        assert!(matches!(override_value("0.25").kind, Kind::Decimal(_)));
        assert!(matches!(override_value("[\"a\"]").kind, Kind::List(_)));
    }
}
