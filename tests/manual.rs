//! The manual names everything that an author can meet: codes, keys' values, roles, page sizes.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use banxin::Publication;
use banxin::diag::Code;
use banxin::files::Memory;
use banxin::manuscript::{self, Request};
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

/// Tables of keys: the file, the heading above the table, and the path of their parent.
const KEYS: &[(&str, &str, &str)] = &[
    ("03-book-toml.md", "## `[book]`", "book."),
    ("03-book-toml.md", "`issue`寫成", "book.issue."),
    ("03-book-toml.md", "## `[accessibility]`", "accessibility."),
    ("03-book-toml.md", "## `[output.epub]`", "output.epub."),
    ("03-book-toml.md", "## `[output.pdf]`", "output.pdf."),
    ("04-typography.md", "## 方向和傳統", "typography."),
    ("04-typography.md", "## 行首行尾", "typography."),
    ("04-typography.md", "## 標點", "typography."),
    ("04-typography.md", "## 西文和數字", "typography."),
    ("04-typography.md", "## 段落和大小", "typography."),
    ("09-fonts.md", "## 用自己的字體", "typography.fonts."),
];

/// Rows of the first table below a heading, without the table's head.
fn rows_below(text: &str, heading: &str) -> Vec<String> {
    let from = text.find(heading).unwrap_or_else(|| panic!("no {heading}"));
    text[from..]
        .lines()
        .skip_while(|line| !line.starts_with("|---"))
        .skip(1)
        .take_while(|line| line.starts_with('|'))
        .map(str::to_owned)
        .collect()
}

/// The keys that the manual tells of, by their dotted path, each with its row.
fn told_keys() -> BTreeMap<String, String> {
    let mut keys = BTreeMap::new();
    for (file, heading, parent) in KEYS {
        for row in rows_below(&article(file), heading) {
            for key in keys_of_rows(&row) {
                keys.insert(format!("{parent}{key}"), row.clone());
            }
        }
    }
    keys
}

/// The diagnostics of a small publication under one key set from outside.
fn with_key(key: &str, value: &str) -> Vec<banxin::diag::Diagnostic> {
    let files = Memory::new([
        ("book.toml", "[book]\ntitle = \"題\"\n".into()),
        ("articles/1.md", "文\n".into()),
    ]);
    let request = Request {
        overrides: vec![(key.to_owned(), value.to_owned())],
        ..Request::default()
    };
    manuscript::read(&files, &request).unwrap().diagnostics
}

#[test]
fn the_keys_of_the_manual_are_those_of_the_reader() {
    let told = told_keys();
    let parents: BTreeSet<&str> = KEYS.iter().map(|row| row.2).collect();
    for parent in parents {
        // An unknown key is answered with those that are known.
        let met = with_key(&format!("{parent}qqqqqqqqqqqqqqqqqqqq"), "1");
        let hint = met
            .iter()
            .filter(|d| d.code == Code::ConfigUnknownKey)
            .flat_map(|d| &d.hints)
            .find_map(|hint| hint.strip_prefix("known here: "))
            .unwrap_or_else(|| panic!("{parent} has no list of keys"));
        let known: BTreeSet<String> = hint
            .split(", ")
            .map(|key| format!("{parent}{key}"))
            .collect();
        let here: BTreeSet<String> = told
            .keys()
            .filter(|path| {
                path.strip_prefix(parent)
                    .is_some_and(|key| !key.contains('.'))
            })
            .cloned()
            .chain((parent == "book.").then(|| "book.credits".to_owned()))
            .collect();
        assert_eq!(here, known, "keys of {parent}");
    }
}

#[test]
fn keys_without_effect_are_marked_and_no_others() {
    let list =
        fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("src/manuscript/effect.rs"))
            .unwrap();
    let without: BTreeSet<String> = list
        .lines()
        .filter_map(|line| line.trim_start().strip_prefix("(\""))
        .filter_map(|rest| rest.split_once("\",").map(|(path, _)| path.to_owned()))
        .collect();
    let marked: BTreeSet<String> = told_keys()
        .into_iter()
        .filter(|(_, row)| row.contains("尚未生效"))
        .map(|(path, _)| path)
        .collect();
    assert_eq!(marked, without);
}

#[test]
fn conformance_names_tests_and_files_that_exist() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = Vec::new();
    sources(&root.join("src"), &mut files);
    sources(&root.join("tests"), &mut files);
    let all: String = files.into_iter().map(|(_, text)| text).collect();
    let text = fs::read_to_string(manual().join("conformance.md")).unwrap();
    let mut met = 0;
    for row in text.lines().filter(|line| line.starts_with("| ")) {
        let cells: Vec<&str> = row.trim_matches('|').split('|').collect();
        let [_, _, state, place, test] = cells[..] else {
            panic!("five cells: {row}")
        };
        if state.trim() == "State" {
            continue;
        }
        let word = state.trim().split([' ', ':']).next().unwrap_or("");
        assert!(["built", "part", "open"].contains(&word), "{row}");
        for path in place.split('`').skip(1).step_by(2) {
            assert!(root.join("src").join(path).exists(), "no src/{path}");
        }
        for name in test.split('`').skip(1).step_by(2) {
            met += 1;
            let exists = match name.split_once(".txt: ") {
                Some((file, case)) => {
                    let path = root.join(format!("tests/suite/line/{file}.txt"));
                    fs::read_to_string(path)
                        .unwrap()
                        .lines()
                        .any(|l| l == format!("=== {case}"))
                }
                None if name.ends_with(".md") => root.join("tests/suite/page").join(name).exists(),
                None => all.contains(&format!("fn {name}(")),
            };
            assert!(exists, "no test {name}");
        }
    }
    assert!(met > 10, "only {met} tests are named");
}

#[test]
fn the_manual_is_built_without_a_diagnostic() {
    let opened = Publication::open(manual(), &banxin::Options::default()).unwrap();
    assert_eq!(opened.diagnostics, []);
    assert_eq!(opened.value.lay_out().diagnostics, []);
}

#[test]
fn every_command_and_option_is_named() {
    let text = article("12-commands.md");
    let help = |arguments: &[&str]| {
        let output = assert_cmd::Command::cargo_bin("banxin")
            .unwrap()
            .args(arguments)
            .output();
        String::from_utf8(output.unwrap().stdout).unwrap()
    };
    let all = help(&["--help"]);
    let (_, list) = all.split_once("Commands:\n").unwrap();
    let commands: Vec<&str> = list
        .lines()
        .take_while(|line| line.starts_with("  "))
        .filter_map(|line| line.split_whitespace().next())
        .collect();
    assert!(
        commands.contains(&"epub") && commands.contains(&"pdf"),
        "{all}"
    );
    for command in commands {
        assert!(
            text.contains(&format!("| `{command}` |")),
            "12-commands.md leaves out {command}"
        );
        let told = help(&[command, "--help"]);
        for word in told.split(|c: char| c.is_whitespace() || c == ',' || c == '=') {
            if word.len() > 2 && word.starts_with("--") {
                let option = word.trim_end_matches(['.', ':']);
                assert!(
                    text.contains(option),
                    "12-commands.md leaves out {option} of {command}"
                );
            }
        }
    }
}
