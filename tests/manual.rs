//! The manual names everything that an author can meet: codes, keys' values, roles, page sizes.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use banxin::diag::Code;
use banxin::model::credit::Role;
use banxin::model::output::{PageSize, PdfMark, PdfStandard};
use banxin::model::style;

fn manual() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("docs")
}

/// Every article of the manual by its file name.
fn articles() -> BTreeMap<String, String> {
    let folder = manual().join("articles");
    let mut found = BTreeMap::new();
    for entry in fs::read_dir(&folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        found.insert(name, fs::read_to_string(&path).unwrap());
    }
    found
}

fn article(name: &str) -> String {
    articles()
        .remove(name)
        .unwrap_or_else(|| panic!("the manual has no {name}"))
}

/// What stands in backquotes in the first cell of each table row.
fn keys_of_rows(text: &str) -> Vec<&str> {
    text.lines()
        .filter_map(|line| line.strip_prefix('|'))
        .filter_map(|row| row.split('|').next())
        .flat_map(|cell| cell.split('`').skip(1).step_by(2))
        .collect()
}

#[test]
fn every_code_has_one_row_in_its_order() {
    let text = article("13-diagnostics.md");
    let rows: Vec<&str> = keys_of_rows(&text)
        .into_iter()
        .filter(|key| key.contains("::"))
        .collect();
    let codes: Vec<&str> = Code::ALL.iter().map(|code| code.name()).collect();
    assert_eq!(
        rows, codes,
        "docs/articles/13-diagnostics.md lists the codes as `diag` does"
    );
}

#[test]
fn every_row_of_a_code_says_what_to_do() {
    let text = article("13-diagnostics.md");
    for row in text.lines().filter(|line| line.starts_with("| `")) {
        let cells: Vec<&str> = row.trim_matches('|').split(" | ").map(str::trim).collect();
        assert_eq!(cells.len(), 4, "{row}");
        assert!(cells.iter().all(|cell| !cell.is_empty()), "{row}");
    }
}

#[test]
fn no_chapter_names_a_code_that_is_not_there() {
    let known: BTreeSet<&str> = Code::ALL.iter().map(|code| code.name()).collect();
    for (name, text) in articles() {
        for quoted in text.split('`').skip(1).step_by(2) {
            let is_code = quoted.split_once("::").is_some_and(|(family, kind)| {
                let plain = |word: &str| {
                    !word.is_empty() && word.bytes().all(|b| b.is_ascii_lowercase() || b == b'-')
                };
                plain(family) && plain(kind)
            });
            assert!(
                !is_code || known.contains(quoted),
                "{name} names `{quoted}`"
            );
        }
    }
}

#[test]
fn every_choice_of_typography_is_named() {
    fn names<T: Copy>(values: &[(&'static str, T)]) -> Vec<&'static str> {
        values.iter().map(|value| value.0).collect()
    }
    let text = article("04-typography.md");
    let choices = [
        names(style::Kinsoku::VALUES),
        names(style::LineBreak::VALUES),
        names(style::Punctuation::VALUES),
        names(style::MarkPosition::VALUES),
        names(style::LineHead::VALUES),
        names(style::LineEnd::VALUES),
        names(style::Hanging::VALUES),
        names(style::Grid::VALUES),
        names(style::LongDigits::VALUES),
        names(style::Acronym::VALUES),
        names(style::VerticalQuotes::VALUES),
        names(style::NoteMark::VALUES),
        names(style::MissingGlyphs::VALUES),
    ];
    for value in choices.concat() {
        assert!(
            text.contains(&format!("`{value}`")),
            "04-typography.md leaves out `{value}`"
        );
    }
}

#[test]
fn every_role_size_standard_and_mark_is_named() {
    let text = article("03-book-toml.md");
    let standards = PdfStandard::VALUES.iter().map(|value| value.0);
    let marks = PdfMark::VALUES.iter().map(|value| value.0);
    for name in Role::names()
        .chain(PageSize::names())
        .chain(standards)
        .chain(marks)
    {
        assert!(
            text.contains(&format!("`{name}`")),
            "03-book-toml.md leaves out `{name}`"
        );
    }
}

#[test]
fn every_article_is_listed() {
    let config = fs::read_to_string(manual().join("book.toml")).unwrap();
    for name in articles().keys() {
        assert!(
            config.contains(&format!("\"articles/{name}\"")),
            "book.toml leaves out {name}"
        );
    }
}

/// Every Rust file of the program, its name and its text.
fn sources(folder: &Path, found: &mut Vec<(String, String)>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            found.push((
                path.display().to_string(),
                fs::read_to_string(&path).unwrap(),
            ));
        }
    }
}

/// The name of the code whose variant stands at the start of `text`, as `Code::ImageAlt`.
fn code_at(text: &str) -> Option<&'static str> {
    let rest = text.trim_start().strip_prefix("Code::")?;
    let end = rest.find(|c: char| !c.is_ascii_alphanumeric())?;
    Code::ALL
        .iter()
        .find(|code| format!("{code:?}") == rest[..end])
        .map(|code| code.name())
}

#[test]
fn every_code_weighs_what_the_manual_says() {
    let text = article("13-diagnostics.md");
    let rows: BTreeMap<&str, &str> = text
        .lines()
        .filter_map(|line| line.strip_prefix("| `"))
        .filter_map(|row| row.split_once("` | "))
        .filter_map(|(code, rest)| Some((code, rest.split(" | ").next()?)))
        .collect();
    let mut files = Vec::new();
    sources(
        &Path::new(env!("CARGO_MANIFEST_DIR")).join("src"),
        &mut files,
    );
    let mut met = 0;
    for (file, source) in &files {
        for (call, word) in [
            ("Diagnostic::error(", "錯誤"),
            ("Diagnostic::warning(", "警告"),
        ] {
            for after in source.split(call).skip(1) {
                let Some(code) = code_at(after) else { continue };
                met += 1;
                let weight = rows.get(code).copied().unwrap_or("");
                assert!(
                    weight.contains(word),
                    "{file}: {code} is {word}, the manual has {weight:?}"
                );
            }
        }
    }
    assert!(met > 10, "only {met} diagnostics were found in the sources");
}
