//! Diagnostics for people and for programs: with the source line and a caret, in one line, or as JSON.

use std::io::{self, Write};

use banxin::diag::{Diagnostic, Severity, Sources, Span};
use codespan_reporting::diagnostic::{Diagnostic as Shown, Label, LabelStyle, Severity as Level};
use codespan_reporting::term::{self, Config, Styles, StylesWriter, termcolor};

use super::args::{ColourChoice, MessageFormat};
use super::excerpt::Excerpts;

/// How diagnostics are shown.
pub(super) struct Report {
    /// In which form.
    pub(super) format: MessageFormat,
    /// With colour or without.
    pub(super) colour: ColourChoice,
    /// Put before every file name, so that an editor finds the file from the current folder.
    pub(super) prefix: String,
    /// Whether warnings and notes are left out.
    pub(super) quiet: bool,
}

impl Report {
    /// Writes diagnostics to standard error, in the order of their places.
    ///
    /// # Errors
    /// Standard error cannot be written.
    pub(super) fn print(&self, found: &[Diagnostic], sources: &Sources) -> io::Result<()> {
        let mut out = io::stderr().lock();
        let mut ordered: Vec<&Diagnostic> = found.iter().collect();
        ordered.sort_by_key(|d| d.span.map_or((0, 0, 0), |s| (1, s.file.0, s.start)));
        for diagnostic in ordered {
            if self.quiet && diagnostic.severity != Severity::Error {
                continue;
            }
            let bytes = match self.format {
                MessageFormat::Long => self.long(diagnostic, sources),
                MessageFormat::Short => self.short(diagnostic, sources),
                MessageFormat::Json => self.json(diagnostic, sources),
            };
            out.write_all(&bytes)?;
        }
        out.flush()
    }

    fn name(&self, sources: &Sources, span: Span) -> String {
        let name = sources
            .get(span.file)
            .map_or("", |source| source.name.as_str());
        format!("{}{name}", self.prefix)
    }

    fn long(&self, diagnostic: &Diagnostic, sources: &Sources) -> Vec<u8> {
        let mut files = Excerpts::default();
        let mut labels = Vec::new();
        if let Some(span) = diagnostic.span {
            let (file, range) = files.add(self.name(sources, span), sources, span);
            labels.push(Label::new(LabelStyle::Primary, file, range));
        }
        for (span, words) in &diagnostic.labels {
            let (file, range) = files.add(self.name(sources, *span), sources, *span);
            labels.push(Label::new(LabelStyle::Secondary, file, range).with_message(words));
        }
        let level = match diagnostic.severity {
            Severity::Error => Level::Error,
            Severity::Warning => Level::Warning,
            Severity::Note => Level::Note,
        };
        let notes = diagnostic
            .hints
            .iter()
            .map(|hint| format!("hint: {hint}"))
            .collect();
        let shown = Shown::new(level)
            .with_code(diagnostic.code.name())
            .with_message(&diagnostic.message)
            .with_labels(labels)
            .with_notes(notes);
        let mut buffer = if self.colour.is_on() {
            termcolor::Buffer::ansi()
        } else {
            termcolor::Buffer::no_color()
        };
        let styles = Styles::default();
        let mut writer = StylesWriter::new(&mut buffer, &styles);
        match term::emit_to_write_style(&mut writer, &Config::default(), &files, &shown) {
            Ok(()) => buffer.into_inner(),
            // A place that cannot be shown must not hide the message.
            Err(_) => self.short(diagnostic, sources),
        }
    }

    fn short(&self, diagnostic: &Diagnostic, sources: &Sources) -> Vec<u8> {
        let place = diagnostic.span.map_or_else(String::new, |span| {
            let place = sources.place(span.file, span.start);
            format!(
                "{}:{}:{}: ",
                self.name(sources, span),
                place.line,
                place.column
            )
        });
        let mut line = format!(
            "{place}{}[{}]: {}",
            diagnostic.severity.name(),
            diagnostic.code,
            diagnostic.message
        );
        for hint in &diagnostic.hints {
            line.push_str("; hint: ");
            line.push_str(hint);
        }
        line.push('\n');
        line.into_bytes()
    }

    fn json(&self, diagnostic: &Diagnostic, sources: &Sources) -> Vec<u8> {
        let place = diagnostic.span.map(|span| {
            let start = sources.place(span.file, span.start);
            let end = sources.place(span.file, span.end);
            (self.name(sources, span), start, end)
        });
        let value = serde_json::json!({
            "severity": diagnostic.severity.name(),
            "code": diagnostic.code.name(),
            "file": place.as_ref().map(|p| p.0.clone()),
            "line": place.as_ref().map(|p| p.1.line),
            "column": place.as_ref().map(|p| p.1.column),
            "end_line": place.as_ref().map(|p| p.2.line),
            "end_column": place.as_ref().map(|p| p.2.column),
            "message": diagnostic.message,
            "hints": diagnostic.hints,
        });
        let mut line = value.to_string().into_bytes();
        line.push(b'\n');
        line
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use banxin::diag::{Code, Sources};

    fn report(format: MessageFormat) -> Report {
        Report {
            format,
            colour: ColourChoice::Never,
            prefix: "書/".into(),
            quiet: false,
        }
    }

    fn fault() -> (Diagnostic, Sources) {
        let mut sources = Sources::default();
        let file = sources.add("a.md", "甲\n一二{漢字|かん\n");
        let diagnostic = Diagnostic::error(
            Code::RubySyntax,
            Span::new(file, 10, 24),
            "ruby is not closed",
        )
        .hint("close it with `}`");
        (diagnostic, sources)
    }

    #[test]
    fn carets_count_full_width_characters_as_two_cells() {
        let (diagnostic, sources) = fault();
        let shown =
            String::from_utf8(report(MessageFormat::Long).long(&diagnostic, &sources)).unwrap();
        assert!(
            shown.starts_with("error[ruby::syntax]: ruby is not closed\n"),
            "{shown}"
        );
        assert!(shown.contains("書/a.md:2:3"), "{shown}");
        assert!(shown.contains("hint: close it with `}`"), "{shown}");
        let source_line = shown.lines().find(|l| l.contains("一二{")).unwrap();
        let caret_line = shown.lines().find(|l| l.contains('^')).unwrap();
        let cells = |text: &str| {
            text.chars()
                .map(|c| if c > '\u{2e7f}' { 2 } else { 1 })
                .sum::<usize>()
        };
        let brace = cells(&source_line[..source_line.find('{').unwrap()]);
        assert_eq!(
            cells(&caret_line[..caret_line.find('^').unwrap()]),
            brace,
            "{shown}"
        );
    }

    #[test]
    fn json_counts_columns_in_characters() {
        let (diagnostic, sources) = fault();
        let line = report(MessageFormat::Json).json(&diagnostic, &sources);
        let value: serde_json::Value = serde_json::from_slice(&line).unwrap();
        assert_eq!(value["line"], 2);
        assert_eq!(value["column"], 3);
        assert_eq!(value["end_column"], 9);
        assert_eq!(value["file"], "書/a.md");
        assert_eq!(value["code"], "ruby::syntax");
    }

    #[test]
    fn a_fault_without_a_place_is_shown_too() {
        let diagnostic = Diagnostic::error(Code::ArticleNone, None, "no article");
        let short = report(MessageFormat::Short).short(&diagnostic, &Sources::default());
        assert_eq!(short, b"error[article::none]: no article\n");
    }
}
