//! A tree of keys and values with their places, the same for TOML and for YAML.

use crate::diag::{Code, Diagnostic, Sink, Span};
use crate::geom::{Em, Length};
use crate::model::output::parse_length;

use super::keys::did_you_mean;

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
    const fn name(&self) -> &'static str {
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

/// How a format tells its faults.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Dialect {
    /// Code of an unknown key.
    pub(crate) unknown: Code,
    /// Code of a value that will not do.
    pub(crate) value: Code,
    /// Whether a number or a date may stand where text is asked for, as YAML's authors expect.
    pub(crate) loose_text: bool,
}

/// `book.toml`.
pub(crate) const CONFIG: Dialect = Dialect {
    unknown: Code::ConfigUnknownKey,
    value: Code::ConfigValue,
    loose_text: false,
};

/// Front matter.
pub(crate) const FRONT: Dialect = Dialect {
    unknown: Code::FrontUnknownKey,
    value: Code::FrontValue,
    loose_text: true,
};

/// One table while it is read: what is asked for is known, what is left over is not.
pub(crate) struct Section<'t> {
    table: &'t Table,
    path: String,
    dialect: Dialect,
    asked: Vec<&'static str>,
}

/// Text as an author gave it, with its place.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Words {
    /// The text.
    pub(crate) text: String,
    /// First byte in the source, when it stands there as it is.
    pub(crate) verbatim: Option<usize>,
    /// Where it was written.
    pub(crate) span: Option<Span>,
}

impl<'t> Section<'t> {
    /// Starts to read a table; `path` is its dotted name, empty for the whole file.
    pub(crate) fn new(table: &'t Table, path: &str, dialect: Dialect) -> Self {
        Self {
            table,
            path: path.to_owned(),
            dialect,
            asked: Vec::new(),
        }
    }

    /// Tells of every key that was not asked for.
    pub(crate) fn finish(self, sink: &mut Sink) {
        for (key, value) in &self.table.entries {
            if self.asked.contains(&key.name.as_str()) {
                continue;
            }
            let span = key.span.or(value.span);
            let full = self.full(&key.name);
            let fault =
                Diagnostic::error(self.dialect.unknown, span, format!("unknown key `{full}`"));
            sink.push(fault.hint(did_you_mean(&key.name, self.asked.iter().copied())));
        }
    }

    fn full(&self, name: &str) -> String {
        if self.path.is_empty() {
            name.to_owned()
        } else {
            format!("{}.{name}", self.path)
        }
    }

    /// The value of a key, which is thereby known.
    pub(crate) fn get(&mut self, name: &'static str) -> Option<&'t Value> {
        self.asked.push(name);
        self.table
            .get(name)
            .filter(|value| value.kind != Kind::Nothing)
    }

    fn wrong(&self, name: &str, value: &Value, wanted: &str) -> Diagnostic {
        Diagnostic::error(
            self.dialect.value,
            value.span,
            format!(
                "`{}` is {}, not {wanted}",
                self.full(name),
                value.kind.name()
            ),
        )
        .hint(match (wanted, self.dialect.loose_text) {
            ("text", false) => "put it between quotes".to_owned(),
            _ => format!("write {wanted} here"),
        })
    }

    /// Tells that a value of the right kind will not do.
    pub(crate) fn refuse(&self, name: &str, span: Option<Span>, why: &str) -> Diagnostic {
        Diagnostic::error(
            self.dialect.value,
            span,
            format!("`{}` {why}", self.full(name)),
        )
    }

    /// Text of a value, where the dialect takes it for text.
    fn words_of(&self, value: &Value) -> Option<Words> {
        let words = |text: &str, verbatim| Words {
            text: text.to_owned(),
            verbatim,
            span: value.span,
        };
        match &value.kind {
            Kind::Text { text, verbatim } => Some(words(text, *verbatim)),
            Kind::Whole(_, raw) | Kind::Decimal(raw) | Kind::Truth(_, raw) | Kind::Date(raw)
                if self.dialect.loose_text =>
            {
                Some(words(raw, value.span.map(|s| s.start as usize)))
            }
            _ => None,
        }
    }

    /// Text with its place.
    pub(crate) fn words(&mut self, name: &'static str, sink: &mut Sink) -> Option<Words> {
        let value = self.get(name)?;
        let words = self.words_of(value);
        if words.is_none() {
            sink.push(self.wrong(name, value, "text"));
        }
        words
    }

    /// Text; empty text counts as none.
    pub(crate) fn text(&mut self, name: &'static str, sink: &mut Sink) -> Option<String> {
        self.words(name, sink)
            .map(|words| words.text.trim().to_owned())
            .filter(|text| !text.is_empty())
    }

    /// A date: `2025`, `2025-03` or `2025-03-06`, as text or as the format's own date.
    pub(crate) fn date(&mut self, name: &'static str, sink: &mut Sink) -> Option<String> {
        let value = self.get(name)?;
        let text = match &value.kind {
            Kind::Text { text, .. } => text.trim(),
            Kind::Date(raw) => raw.as_str(),
            Kind::Whole(_, raw) if self.dialect.loose_text => raw.as_str(),
            _ => {
                sink.push(self.wrong(name, value, "a date"));
                return None;
            }
        };
        if is_date(text) {
            return Some(text.to_owned());
        }
        let fault = self.refuse(name, value.span, &format!("is no date: `{text}`"));
        sink.push(fault.hint("write it as 2025-03-06, 2025-03 or 2025"));
        None
    }

    /// `true` or `false`.
    pub(crate) fn truth(&mut self, name: &'static str, sink: &mut Sink) -> Option<bool> {
        let value = self.get(name)?;
        if let Kind::Truth(truth, _) = value.kind {
            return Some(truth);
        }
        sink.push(self.wrong(name, value, "`true` or `false`"));
        None
    }

    /// A whole number inside a range.
    pub(crate) fn whole(
        &mut self,
        name: &'static str,
        range: std::ops::RangeInclusive<u32>,
        sink: &mut Sink,
    ) -> Option<u32> {
        let value = self.get(name)?;
        let Kind::Whole(number, _) = value.kind else {
            sink.push(self.wrong(name, value, "a whole number"));
            return None;
        };
        let held = u32::try_from(number).ok().filter(|n| range.contains(n));
        if held.is_none() {
            let fault = self.refuse(name, value.span, &format!("is {number}, out of its range"));
            sink.push(fault.hint(format!("write {} to {}", range.start(), range.end())));
        }
        held
    }

    /// A number in thousandths inside a range of thousandths, as a fraction of an em.
    pub(crate) fn em(
        &mut self,
        name: &'static str,
        range: std::ops::RangeInclusive<i32>,
        sink: &mut Sink,
    ) -> Option<Em> {
        let value = self.get(name)?;
        let raw = match &value.kind {
            Kind::Whole(_, raw) | Kind::Decimal(raw) => raw,
            _ => {
                sink.push(self.wrong(name, value, "a number"));
                return None;
            }
        };
        let held = thousandths(raw).filter(|n| range.contains(n));
        if held.is_none() {
            let fault = self.refuse(name, value.span, &format!("is {raw}, out of its range"));
            sink.push(fault.hint(format!(
                "write {} to {}",
                decimal(*range.start()),
                decimal(*range.end())
            )));
        }
        held.map(Em::from_milli)
    }

    /// A length with its unit inside a range.
    pub(crate) fn length(
        &mut self,
        name: &'static str,
        range: std::ops::RangeInclusive<Length>,
        sink: &mut Sink,
    ) -> Option<Length> {
        let value = self.get(name)?;
        let Some(words) = self.words_of(value) else {
            let fault = self.wrong(name, value, "a length");
            sink.push(fault.hint("write a number with its unit in quotes, as \"10.5pt\""));
            return None;
        };
        let Some(length) = parse_length(&words.text) else {
            let fault = self.refuse(name, value.span, &format!("is no length: `{}`", words.text));
            sink.push(
                fault.hint("write a number with one of mm, cm, in, pt, pc, Q, as \"10.5pt\""),
            );
            return None;
        };
        if range.contains(&length) {
            return Some(length);
        }
        let why = format!("is {}, out of its range", words.text);
        sink.push(self.refuse(name, value.span, &why).hint(format!(
            "write {}pt to {}pt",
            decimal(range.start().milli()),
            decimal(range.end().milli())
        )));
        None
    }

    /// One of the names of a table.
    pub(crate) fn choice<T: Copy>(
        &mut self,
        name: &'static str,
        values: &[(&'static str, T)],
        sink: &mut Sink,
    ) -> Option<T> {
        let value = self.get(name)?;
        let Some(words) = self.words_of(value) else {
            let fault = self.wrong(name, value, "a name");
            sink.push(fault.hint(one_of(values)));
            return None;
        };
        self.pick(name, &words, values, sink)
    }

    fn pick<T: Copy>(
        &self,
        name: &str,
        words: &Words,
        values: &[(&'static str, T)],
        sink: &mut Sink,
    ) -> Option<T> {
        let found = values.iter().find(|(known, _)| *known == words.text.trim());
        if found.is_none() {
            let fault = self.refuse(name, words.span, &format!("has no value `{}`", words.text));
            sink.push(fault.hint(one_of(values)));
        }
        found.map(|(_, value)| *value)
    }

    /// Several names of a table, each once.
    pub(crate) fn choices<T: Copy + PartialEq>(
        &mut self,
        name: &'static str,
        values: &[(&'static str, T)],
        sink: &mut Sink,
    ) -> Option<Vec<T>> {
        let mut picked = Vec::new();
        for words in self.texts(name, sink)? {
            if let Some(value) = self.pick(name, &words, values, sink)
                && !picked.contains(&value)
            {
                picked.push(value);
            }
        }
        Some(picked)
    }

    /// A list of texts; one text alone is a list of one.
    pub(crate) fn texts(&mut self, name: &'static str, sink: &mut Sink) -> Option<Vec<Words>> {
        let value = self.get(name)?;
        if let Some(words) = self.words_of(value) {
            return Some(vec![words]);
        }
        let Kind::List(items) = &value.kind else {
            sink.push(self.wrong(name, value, "a list of texts"));
            return None;
        };
        let mut texts = Vec::new();
        for item in items {
            match self.words_of(item) {
                Some(words) => texts.push(words),
                None => sink.push(self.wrong(name, item, "text")),
            }
        }
        Some(texts)
    }

    /// A table inside of this one, ready to be read.
    pub(crate) fn section(&mut self, name: &'static str, sink: &mut Sink) -> Option<Section<'t>> {
        let value = self.get(name)?;
        let Kind::Table(table) = &value.kind else {
            sink.push(self.wrong(name, value, "a table"));
            return None;
        };
        Some(Section::new(table, &self.full(name), self.dialect))
    }

    /// A list of tables, each ready to be read and with its place.
    pub(crate) fn sections(
        &mut self,
        name: &'static str,
        sink: &mut Sink,
    ) -> Vec<(Section<'t>, Option<Span>)> {
        let Some(value) = self.get(name) else {
            return Vec::new();
        };
        let items = match &value.kind {
            Kind::List(items) => items.as_slice(),
            _ => {
                sink.push(self.wrong(name, value, "a list of tables"));
                return Vec::new();
            }
        };
        let mut sections = Vec::new();
        for item in items {
            match &item.kind {
                Kind::Table(table) => {
                    let span = item.span.or_else(|| first_span(table));
                    sections.push((Section::new(table, &self.full(name), self.dialect), span));
                }
                _ => sink.push(self.wrong(name, item, "a table")),
            }
        }
        sections
    }
}

fn first_span(table: &Table) -> Option<Span> {
    table.entries.iter().filter_map(|(key, _)| key.span).min()
}

fn one_of<T>(values: &[(&'static str, T)]) -> String {
    let names: Vec<&str> = values.iter().map(|(name, _)| *name).collect();
    format!("use one of: {}", names.join(", "))
}

/// A decimal number as typed, in thousandths; digits beyond the third are cut.
pub(crate) fn thousandths(raw: &str) -> Option<i32> {
    let raw = raw.replace('_', "");
    let (negative, digits) = match raw.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, raw.strip_prefix('+').unwrap_or(&raw)),
    };
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let fraction: String = fraction.chars().chain("000".chars()).take(3).collect();
    let all_digits = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
    if !all_digits(whole) || !all_digits(&fraction) {
        return None;
    }
    let whole: i32 = if whole.is_empty() {
        0
    } else {
        whole.parse().ok()?
    };
    let value = whole
        .checked_mul(1000)?
        .checked_add(fraction.parse().ok()?)?;
    Some(if negative { -value } else { value })
}

fn decimal(thousandths: i32) -> String {
    let text = format!(
        "{}{}.{:03}",
        if thousandths < 0 { "-" } else { "" },
        thousandths.unsigned_abs() / 1000,
        thousandths.unsigned_abs() % 1000
    );
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// Whether text is a date of ISO 8601 to the year, the month or the day.
pub(crate) fn is_date(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let number = |part: &str, digits: usize| -> Option<u32> {
        (part.len() == digits && part.bytes().all(|b| b.is_ascii_digit()))
            .then(|| part.parse().ok())
            .flatten()
    };
    let Some(year) = parts.first().and_then(|p| number(p, 4)) else {
        return false;
    };
    let month = parts.get(1).map(|p| number(p, 2));
    let day = parts.get(2).map(|p| number(p, 2));
    let leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    let days = match month {
        Some(Some(2)) => 28 + u32::from(leap),
        Some(Some(4 | 6 | 9 | 11)) => 30,
        Some(Some(1..=12)) => 31,
        None => 0,
        _ => return false,
    };
    match day {
        None => true,
        Some(Some(day)) => (1..=days).contains(&day) && parts.len() == 3,
        Some(None) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_checked_to_the_day() {
        for good in ["2025", "2025-03", "2025-03-06", "2024-02-29"] {
            assert!(is_date(good), "{good}");
        }
        for bad in [
            "",
            "25",
            "2025-13",
            "2025-02-29",
            "2025-3-6",
            "2025-03-06-01",
            "二〇二五",
        ] {
            assert!(!is_date(bad), "{bad}");
        }
    }

    #[test]
    fn numbers_are_read_in_thousandths() {
        assert_eq!(thousandths("1.75"), Some(1750));
        assert_eq!(thousandths("-0.5"), Some(-500));
        assert_eq!(thousandths("2"), Some(2000));
        assert_eq!(thousandths("1e3"), None);
        assert_eq!(decimal(-500), "-0.5");
        assert_eq!(decimal(2000), "2");
    }
}
