//! Front matter as a tree with places.

use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_saphyr::{Location, Spanned};

use crate::diag::{Code, Diagnostic, FileId, Sink, Span};

use super::tree::{Key, Kind, Table, Value};

/// How deep front matter may be nested; the contract's own depth is three.
const MAX_DEPTH: usize = 16;

/// The tree of front matter; `offset` is where `text` starts in the file. What is not YAML is
/// told, and nothing is given.
pub(crate) fn parse(text: &str, file: FileId, offset: usize, sink: &mut Sink) -> Option<Value> {
    if text.trim().is_empty() {
        return None;
    }
    let place = Place {
        file,
        offset,
        source: text,
        lines: line_starts(text),
    };
    let mut budget = serde_saphyr::Budget::default();
    budget.max_depth = MAX_DEPTH;
    let mut options = serde_saphyr::Options::default();
    options.budget = Some(budget);
    options.duplicate_keys = serde_saphyr::DuplicateKeyPolicy::PassThrough;
    options.with_snippet = false;
    match serde_saphyr::from_str_with_options::<Option<Spanned<Raw>>>(text, options) {
        Ok(Some(root)) => Some(place.value(root, sink)),
        Ok(None) => None,
        Err(fault) => {
            let at = fault.location().map_or(0, |l| place.byte(&l));
            let line_end = text[at..].find('\n').map_or(text.len(), |n| at + n);
            let span = Span::new(file, offset + at, offset + line_end.max(at));
            let message = fault.without_snippet().to_string();
            let message = message.lines().next().unwrap_or("not YAML").to_owned();
            sink.push(
                Diagnostic::error(
                    Code::FrontSyntax,
                    span,
                    format!("the front matter is not YAML: {message}"),
                )
                .hint("put a value that holds `: `, `#`, quotes or brackets between quotes"),
            );
            None
        }
    }
}

fn line_starts(text: &str) -> Vec<usize> {
    std::iter::once(0)
        .chain(text.match_indices('\n').map(|(at, _)| at + 1))
        .collect()
}

struct Place<'s> {
    file: FileId,
    offset: usize,
    source: &'s str,
    lines: Vec<usize>,
}

impl Place<'_> {
    /// The byte of a location, counted by the parser in characters or in bytes.
    fn byte(&self, location: &Location) -> usize {
        if let Some(byte) = location.span().byte_offset() {
            let mut at = usize::try_from(byte).unwrap_or(0).min(self.source.len());
            while !self.source.is_char_boundary(at) {
                at -= 1;
            }
            return at;
        }
        let line = usize::try_from(location.line()).unwrap_or(1).max(1);
        let column = usize::try_from(location.column()).unwrap_or(1).max(1);
        let start = self
            .lines
            .get(line - 1)
            .copied()
            .unwrap_or(self.source.len());
        self.source[start..]
            .char_indices()
            .nth(column - 1)
            .map_or(self.source.len(), |(at, _)| start + at)
    }

    fn span(&self, location: &Location) -> Span {
        let start = self.byte(location);
        let length = location.span().byte_len().map_or_else(
            || {
                let characters = usize::try_from(location.span().len()).unwrap_or(0);
                self.source[start..]
                    .chars()
                    .take(characters)
                    .map(char::len_utf8)
                    .sum()
            },
            |n| usize::try_from(n).unwrap_or(0),
        );
        let mut end = (start + length).min(self.source.len());
        while !self.source.is_char_boundary(end) {
            end -= 1;
        }
        let kept = self.source[start..end.max(start)].trim_end().len();
        Span::new(self.file, self.offset + start, self.offset + start + kept)
    }

    fn value(&self, node: Spanned<Raw>, sink: &mut Sink) -> Value {
        let span = self.span(&node.referenced);
        let raw = self
            .source
            .get(span.start as usize - self.offset..span.end as usize - self.offset)
            .unwrap_or("");
        let typed = raw.to_owned();
        let kind = match node.value {
            Raw::Nothing => Kind::Nothing,
            Raw::Truth(truth) => Kind::Truth(truth, typed),
            Raw::Whole(number) => Kind::Whole(number, typed),
            Raw::Decimal => Kind::Decimal(typed),
            Raw::Text(text) => Kind::Text {
                // A plain or a quoted scalar without escapes stands in the source as it is.
                verbatim: (!text.is_empty())
                    .then(|| raw.find(text.as_str()))
                    .flatten()
                    .filter(|at| *at <= 1)
                    .map(|at| span.start as usize + at),
                text,
            },
            Raw::List(items) => Kind::List(
                items
                    .into_iter()
                    .map(|item| self.value(item, sink))
                    .collect(),
            ),
            Raw::Table(entries) => Kind::Table(self.table(entries, sink)),
        };
        Value {
            kind,
            span: Some(span),
        }
    }

    fn table(&self, entries: Vec<(Spanned<Raw>, Spanned<Raw>)>, sink: &mut Sink) -> Table {
        let mut table = Table::default();
        for (key, value) in entries {
            let span = self.span(&key.referenced);
            let typed = self
                .source
                .get(span.start as usize - self.offset..span.end as usize - self.offset)
                .unwrap_or("");
            let name = match key.value {
                Raw::Text(text) => text,
                _ => typed.to_owned(),
            };
            let value = self.value(value, sink);
            if let Some((first, _)) = table.entries.iter().find(|(k, _)| k.name == name) {
                let mut fault = Diagnostic::error(
                    Code::FrontSyntax,
                    span,
                    format!("the key `{name}` stands here twice"),
                );
                if let Some(first) = first.span {
                    fault = fault.label(first, "first here");
                }
                sink.push(fault.hint("keep one of them"));
                continue;
            }
            table.entries.push((
                Key {
                    name,
                    span: Some(span),
                },
                value,
            ));
        }
        table
    }
}

/// YAML as the parser tells it.
enum Raw {
    Nothing,
    Truth(bool),
    Whole(i64),
    Decimal,
    Text(String),
    List(Vec<Spanned<Raw>>),
    Table(Vec<(Spanned<Raw>, Spanned<Raw>)>),
}

impl<'de> Deserialize<'de> for Raw {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(RawVisitor)
    }
}

struct RawVisitor;

impl<'de> Visitor<'de> for RawVisitor {
    type Value = Raw;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_unit<E>(self) -> Result<Raw, E> {
        Ok(Raw::Nothing)
    }

    fn visit_none<E>(self) -> Result<Raw, E> {
        Ok(Raw::Nothing)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Raw, D::Error> {
        deserializer.deserialize_any(self)
    }

    fn visit_bool<E>(self, truth: bool) -> Result<Raw, E> {
        Ok(Raw::Truth(truth))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Raw, E> {
        Ok(Raw::Whole(number))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Raw, E> {
        Ok(i64::try_from(number).map_or(Raw::Decimal, Raw::Whole))
    }

    fn visit_i128<E>(self, _: i128) -> Result<Raw, E> {
        Ok(Raw::Decimal)
    }

    fn visit_u128<E>(self, _: u128) -> Result<Raw, E> {
        Ok(Raw::Decimal)
    }

    fn visit_f64<E>(self, _: f64) -> Result<Raw, E> {
        Ok(Raw::Decimal)
    }

    fn visit_str<E>(self, text: &str) -> Result<Raw, E> {
        Ok(Raw::Text(text.to_owned()))
    }

    fn visit_string<E>(self, text: String) -> Result<Raw, E> {
        Ok(Raw::Text(text))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Raw, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element()? {
            list.push(item);
        }
        Ok(Raw::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Raw, A::Error> {
        let mut table = Vec::new();
        while let Some(entry) = entries.next_entry()? {
            table.push(entry);
        }
        Ok(Raw::Table(table))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> (Option<Value>, Vec<Diagnostic>) {
        let mut sink = Sink::new();
        let value = parse(text, FileId(0), 0, &mut sink);
        (value, sink.into_inner())
    }

    #[test]
    fn values_keep_their_place_and_their_typing() {
        let text = "title: 香港／九龍\ndate: 2025-03-06\npage: 1\nkicker: \"他說：「好」\"\n";
        let (value, faults) = read(text);
        assert!(faults.is_empty(), "{faults:?}");
        let Kind::Table(table) = value.unwrap().kind else {
            panic!("a table");
        };
        let title = table.get("title").unwrap();
        assert_eq!(&text[title.span.unwrap().range()], "香港／九龍");
        let Kind::Text {
            text: words,
            verbatim,
        } = &table.get("kicker").unwrap().kind
        else {
            panic!("a text");
        };
        assert_eq!(
            &text[verbatim.unwrap()..verbatim.unwrap() + words.len()],
            words
        );
        assert!(matches!(table.get("page").unwrap().kind, Kind::Whole(1, _)));
    }

    #[test]
    fn keys_written_twice_are_told() {
        let (_, faults) = read("title: a\ntitle: b\n");
        assert_eq!(faults.len(), 1);
        assert_eq!(faults[0].span.unwrap().start, 9);
    }

    #[test]
    fn broken_yaml_has_a_place() {
        let (value, faults) = read("title: a\ncredits: [\n");
        assert!(value.is_none());
        assert_eq!(faults[0].code, Code::FrontSyntax);
    }

    #[test]
    fn deep_nesting_is_refused() {
        let (value, faults) = read(&format!("a: {}", "[".repeat(5000)));
        assert!(value.is_none());
        assert_eq!(faults.len(), 1);
    }
}
