//! A tree of keys and values with their places, the same for TOML and for YAML.

use crate::diag::Span;

/// A value and where it was written; without a place when it came from the command line.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Value {
    /// What it is.
    pub(crate) kind: Kind,
    /// Where it was written.
    pub(crate) span: Option<Span>,
}

/// What a value is. Scalars keep the text as typed: YAML takes `1984` for a number where the
/// author means a title.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Kind {
    /// Text. `verbatim` tells that it stands in the source as it is, first byte given: without
    /// escapes, so that places inside of it are true.
    Text {
        text: String,
        verbatim: Option<usize>,
    },
    /// A whole number.
    Whole(i64, String),
    /// A decimal number.
    Decimal(String),
    /// `true` or `false`.
    Truth(bool, String),
    /// A date or a time.
    Date(String),
    /// Several values.
    List(Vec<Value>),
    /// Keys with values.
    Table(Table),
    /// Nothing after the colon.
    Nothing,
}

impl Kind {
    /// What people call it.
    pub(crate) const fn name(&self) -> &'static str {
        match self {
            Self::Text { .. } => "text",
            Self::Whole(..) => "a whole number",
            Self::Decimal(_) => "a decimal number",
            Self::Truth(..) => "a truth value",
            Self::Date(_) => "a date",
            Self::List(_) => "a list",
            Self::Table(_) => "a table",
            Self::Nothing => "nothing",
        }
    }
}

/// Keys with their values, in the order of the source where the format tells it.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Table {
    /// The entries.
    pub(crate) entries: Vec<(Key, Value)>,
}

/// A key and where it was written.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Key {
    /// Its name.
    pub(crate) name: String,
    /// Where; `None` when it came from the command line.
    pub(crate) span: Option<Span>,
}

impl Table {
    /// The value of a key.
    pub(crate) fn get(&self, name: &str) -> Option<&Value> {
        self.entries
            .iter()
            .find(|(key, _)| key.name == name)
            .map(|(_, value)| value)
    }

    /// The value at a dotted path.
    pub(crate) fn at(&self, path: &str) -> Option<&Value> {
        let (first, rest) = path
            .split_once('.')
            .map_or((path, None), |(a, b)| (a, Some(b)));
        let value = self.get(first)?;
        match (rest, &value.kind) {
            (None, _) => Some(value),
            (Some(rest), Kind::Table(table)) => table.at(rest),
            _ => None,
        }
    }

    /// Sets the value at a path; what stands in its way is replaced.
    pub(crate) fn set(&mut self, path: &[&str], value: Value) {
        let Some((first, rest)) = path.split_first() else {
            return;
        };
        let at = match self.entries.iter().position(|(key, _)| key.name == *first) {
            Some(at) => at,
            None => {
                let key = Key {
                    name: (*first).to_owned(),
                    span: None,
                };
                let nothing = Value {
                    kind: Kind::Nothing,
                    span: None,
                };
                self.entries.push((key, nothing));
                self.entries.len() - 1
            }
        };
        let slot = &mut self.entries[at].1;
        if rest.is_empty() {
            *slot = value;
            return;
        }
        if !matches!(slot.kind, Kind::Table(_)) {
            *slot = Value {
                kind: Kind::Table(Self::default()),
                span: None,
            };
        }
        if let Kind::Table(table) = &mut slot.kind {
            table.set(rest, value);
        }
    }
}
