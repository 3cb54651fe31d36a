//! One table of keys while it is read: what is asked for is known, what is left over is not.

use crate::diag::{Code, Diagnostic, Sink, Span};
use crate::geom::{Em, Length};
use crate::model::Language;
use crate::model::output::parse_length;

use super::keys::did_you_mean;
use super::tree::{Kind, Table, Value};
use super::values::{decimal, is_date, thousandths};

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
    /// Ends the reading of a table in which other programs have keys of their own.
    pub(crate) fn finish_shared(self) {}

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

    /// The language of the publication or of an article.
    pub(crate) fn language(&mut self, sink: &mut Sink) -> Option<Language> {
        let words = self.words("language", sink)?;
        let language = Language::new(&words.text);
        if language.is_well_formed() {
            return Some(language);
        }
        let why = format!("is no language tag: `{}`", words.text);
        let fault = self.refuse("language", words.span, &why);
        sink.push(
            fault.hint("write a BCP 47 tag, as zh-Hant-HK, zh-Hant-TW, zh-Hans-CN, ja or en"),
        );
        None
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

    /// A list of numbers in thousandths, each inside a range; `None` where one is not.
    pub(crate) fn ems(
        &mut self,
        name: &'static str,
        range: std::ops::RangeInclusive<i32>,
        sink: &mut Sink,
    ) -> Option<Vec<Em>> {
        let value = self.get(name)?;
        let Kind::List(items) = &value.kind else {
            sink.push(self.wrong(name, value, "a list of numbers"));
            return None;
        };
        let number = |item: &Value| match &item.kind {
            Kind::Whole(_, raw) | Kind::Decimal(raw) => thousandths(raw),
            _ => None,
        };
        let read: Option<Vec<Em>> = items
            .iter()
            .map(|item| {
                number(item)
                    .filter(|n| range.contains(n))
                    .map(Em::from_milli)
            })
            .collect();
        let read = read.filter(|list| !list.is_empty());
        if read.is_none() {
            let fault = self.refuse(name, value.span, "is no list of numbers in their range");
            sink.push(fault.hint(format!(
                "write at least one number, each {} to {}",
                decimal(*range.start()),
                decimal(*range.end())
            )));
        }
        read
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
