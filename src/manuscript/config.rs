//! `book.toml`: metadata, style and outputs, checked in one run with what the command line sets.

use uuid::Uuid;

use crate::diag::{Code, Diagnostic, FileId, Sink, Span};
use crate::files::{FileFault, Files, join};
use crate::model::{Accessibility, Credit, ImageRef, Issue, Metadata, Output, Style};

use super::outputs::Shared;
use super::request::Request;
use super::section::{CONFIG, Section, Words};
use super::tree::Table;
use super::{credits, effect, outputs, toml_tree, typography};

/// `book.toml`, resolved as far as it goes without the articles.
pub(crate) struct Config {
    /// Metadata; the title is empty where none was given.
    pub(crate) meta: Metadata,
    /// Style.
    pub(crate) style: Style,
    /// Outputs, with the theme of their layout.
    pub(crate) output: Output,
    /// The theme that the author names.
    pub(crate) theme: Option<Words>,
    /// The articles as listed.
    pub(crate) articles: Option<Vec<Words>>,
    /// Whether the folder is an mdBook.
    pub(crate) is_mdbook: bool,
    /// mdBook's folder of chapters.
    pub(crate) src: Option<Words>,
    identifier_given: bool,
}

/// The tree of `book.toml` with `--set` values in it.
pub(crate) fn tree(text: &str, file: FileId, request: &Request, sink: &mut Sink) -> Table {
    let bom = if text.starts_with('\u{feff}') { 3 } else { 0 };
    let mut root = toml_tree::parse(&text[bom..], file, bom, sink);
    for (path, value) in &request.overrides {
        let parts: Vec<&str> = path.split('.').map(str::trim).collect();
        if parts.iter().any(|part| part.is_empty()) {
            sink.push(
                Diagnostic::error(
                    Code::ConfigUnknownKey,
                    None,
                    format!("`{path}` is no path of a key"),
                )
                .hint("write it as typography.writing-mode=horizontal-tb"),
            );
            continue;
        }
        root.set(&parts, toml_tree::override_value(value));
    }
    root
}

/// Reads the tree. `whole` is the place of faults without a place of their own.
pub(crate) fn read(
    root: &Table,
    whole: Span,
    (files, request): (&dyn Files, &Request),
    outer: &mut Sink,
) -> Config {
    let sink = &mut Sink::new();
    let mut top = Section::new(root, "", CONFIG);
    let is_mdbook = root.at("book.src").is_some()
        || files.exists("src/SUMMARY.md")
        || files.exists("SUMMARY.md");
    let book = top.section("book", sink);
    let mut config = book_section(book, whole, (files, request), sink);
    if let Some(mut section) = top.section("accessibility", sink) {
        config.meta.accessibility = Accessibility {
            certified_by: section.text("certified-by", sink),
            summary: section.text("summary", sink),
        };
        section.finish(sink);
    }
    config.style = typography::read(top.section("typography", sink), &config.meta.language, sink);
    let shared = if is_mdbook {
        Shared::MdBook
    } else {
        Shared::Alone
    };
    let mode = config.style.writing_mode;
    (config.output, config.theme) = outputs::read(top.section("output", sink), mode, shared, sink);
    if is_mdbook {
        for known in ["build", "preprocessor", "rust"] {
            top.get(known);
        }
    }
    top.finish(sink);
    let found = std::mem::take(sink).into_inner();
    config.is_mdbook = is_mdbook;
    effect::tell(root, &found, outer);
    outer.extend(found);
    config
}

fn book_section(
    section: Option<Section<'_>>,
    whole: Span,
    (files, request): (&dyn Files, &Request),
    sink: &mut Sink,
) -> Config {
    let empty = Table::default();
    let mut section = section.unwrap_or_else(|| Section::new(&empty, "book", CONFIG));
    let s = &mut section;
    let title = s.text("title", sink);
    let subtitle = s.text("subtitle", sink);
    let language = s.language(sink).unwrap_or_default();
    let identifier = s.text("identifier", sink);
    let authors = s.texts("authors", sink).unwrap_or_default();
    let mut all_credits: Vec<Credit> = credits::writers(authors, whole);
    let publisher = s.text("publisher", sink);
    let date = s.date("date", sink);
    let rights = s.text("rights", sink);
    let description = s.text("description", sink);
    let subjects = s.texts("subjects", sink).unwrap_or_default();
    let cover = cover(s, whole, files, sink);
    let file_name = file_name(s, sink);
    let articles = s.texts("articles", sink);
    let issue = s
        .section("issue", sink)
        .map(|issue| read_issue(issue, sink));
    all_credits.extend(credits::read(s, whole, sink));
    let src = s.words("src", sink);
    if src.is_some() || files.exists("src/SUMMARY.md") || files.exists("SUMMARY.md") {
        s.get("multilingual");
        s.get("text-direction");
    }
    section.finish(sink);

    let fallback = if request.folder_name.is_empty() {
        "book"
    } else {
        &request.folder_name
    };
    let meta = Metadata {
        title: title.unwrap_or_default(),
        subtitle,
        language,
        identifier: identifier.clone().unwrap_or_default(),
        credits: all_credits,
        publisher,
        modified: modified(date.as_deref(), request.source_date_epoch),
        date,
        rights,
        description,
        subjects: subjects
            .into_iter()
            .map(|words| words.text.trim().to_owned())
            .filter(|subject| !subject.is_empty())
            .collect(),
        cover,
        file_name: file_name.unwrap_or_else(|| fallback.to_owned()),
        issue,
        accessibility: Accessibility::default(),
    };
    let style = Style::of(meta.language.tradition());
    let mode = style.writing_mode;
    Config {
        identifier_given: identifier.is_some(),
        meta,
        style,
        output: outputs::read(None, mode, Shared::Alone, sink).0,
        theme: None,
        articles,
        is_mdbook: false,
        src,
    }
}

impl Config {
    /// Makes the identifier that the author did not give, now that the title is settled.
    pub(crate) fn settle(&mut self) {
        if self.identifier_given {
            return;
        }
        let meta = &self.meta;
        let name = [
            meta.title.as_str(),
            meta.publisher.as_deref().unwrap_or(""),
            meta.language.tag(),
            meta.date.as_deref().unwrap_or(""),
        ]
        .join("\n");
        let id = Uuid::new_v5(&Uuid::NAMESPACE_OID, name.as_bytes());
        self.meta.identifier = id.urn().to_string();
    }
}

fn cover(
    section: &mut Section<'_>,
    whole: Span,
    files: &dyn Files,
    sink: &mut Sink,
) -> Option<ImageRef> {
    let words = section.words("cover", sink)?;
    let span = words.span.unwrap_or(whole);
    let Some(path) = join("book.toml", words.text.trim()) else {
        let why = format!("leaves the publication's folder: `{}`", words.text);
        let mut fault = section.refuse("cover", words.span, &why);
        fault.code = Code::FileOutside;
        sink.push(fault.hint("copy the picture into the folder"));
        return None;
    };
    // The picture itself is opened by `art`; a name that leads nowhere is told there as well.
    let _ = files;
    Some(ImageRef { path, span })
}

fn file_name(section: &mut Section<'_>, sink: &mut Sink) -> Option<String> {
    let words = section.words("file-name", sink)?;
    let name = words.text.trim();
    let bad = name.is_empty()
        || matches!(name, "." | "..")
        || name.contains(['/', '\\', '\0', ':'])
        || name.chars().any(char::is_control);
    if bad {
        let why = format!("is no name of a file: `{name}`");
        let fault = section.refuse("file-name", words.span, &why);
        sink.push(fault.hint("write it without folders and without extension"));
        return None;
    }
    Some(name.to_owned())
}

fn read_issue(mut section: Section<'_>, sink: &mut Sink) -> Issue {
    let issue = Issue {
        publication: section.text("publication", sink),
        number: section.text("number", sink),
        edition: section.text("edition", sink),
        section: section.text("section", sink),
        issn: section.text("issn", sink),
        lunar: section.text("lunar", sink),
    };
    section.finish(sink);
    issue
}

/// The time of the last change: the author's date, else `SOURCE_DATE_EPOCH`, else the first day
/// that every file system can tell.
fn modified(date: Option<&str>, epoch: Option<i64>) -> String {
    match (date, epoch) {
        (Some(date), _) => {
            let full: String = date
                .chars()
                .chain("-01-01".chars().skip(date.len().saturating_sub(4)))
                .collect();
            format!("{full}T00:00:00Z")
        }
        (None, Some(seconds)) => from_epoch(seconds),
        (None, None) => "1980-01-01T00:00:00Z".to_owned(),
    }
}

/// Seconds since 1970 as a time of ISO 8601 (civil calendar from days, after Hinnant).
fn from_epoch(seconds: i64) -> String {
    // Years 1 to 9999; what lies outside is held to them.
    let seconds = seconds.clamp(-62_135_596_800, 253_402_300_799);
    let (days, rest) = (seconds.div_euclid(86_400), seconds.rem_euclid(86_400));
    let shifted = days + 719_468;
    let era = shifted.div_euclid(146_097);
    let day_of_era = shifted.rem_euclid(146_097);
    let year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_shifted = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month_shifted + 2) / 5 + 1;
    let month = if month_shifted < 10 {
        month_shifted + 3
    } else {
        month_shifted - 9
    };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    format!(
        "{year:04}-{month:02}-{day:02}T{:02}:{:02}:{:02}Z",
        rest / 3600,
        rest % 3600 / 60,
        rest % 60
    )
}

/// Tells that the one key that must be there is not.
pub(crate) fn title_missing(whole: Span) -> Diagnostic {
    Diagnostic::error(
        Code::ConfigMissingKey,
        Span::new(whole.file, 0, 0),
        "`book.title` is missing",
    )
    .hint("write `title = \"…\"` under `[book]`")
}

/// Words on a file of the publication that cannot be had.
pub(crate) fn file_fault(path: &str, fault: &FileFault, span: Option<Span>) -> Diagnostic {
    match fault {
        FileFault::Missing => {
            Diagnostic::error(Code::FileMissing, span, format!("`{path}` is not there"))
        }
        FileFault::Outside => Diagnostic::error(
            Code::FileOutside,
            span,
            format!("`{path}` leaves the publication's folder"),
        )
        .hint("copy the file into the folder"),
        FileFault::Unreadable(why) => Diagnostic::error(
            Code::FileUnreadable,
            span,
            format!("`{path}` cannot be read: {why}"),
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_fill_up_to_a_time() {
        assert_eq!(modified(Some("2025"), None), "2025-01-01T00:00:00Z");
        assert_eq!(modified(Some("2025-03"), None), "2025-03-01T00:00:00Z");
        assert_eq!(
            modified(Some("2025-03-06"), Some(0)),
            "2025-03-06T00:00:00Z"
        );
        assert_eq!(modified(None, Some(1_741_219_200)), "2025-03-06T00:00:00Z");
        assert_eq!(modified(None, Some(951_782_399)), "2000-02-28T23:59:59Z");
        assert_eq!(modified(None, None), "1980-01-01T00:00:00Z");
    }
}
