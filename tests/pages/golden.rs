//! Articles under `tests/suite/page` whose pages are kept as text dumps; `BLESS=1` renews them.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use banxin::layout::dump;

use crate::press::print;

/// Dumps are read by people in reviews: none is longer than this.
const LONGEST: usize = 20_000;

/// Case and what `book.toml` says of its page.
const CASES: &[(&str, &str)] = &[
    ("opening-vertical", "vertical-rl|90mm x 120mm"),
    ("opening-horizontal", "horizontal-tb|90mm x 120mm"),
    ("lists", "vertical-rl|90mm x 120mm"),
    ("lists-horizontal", "horizontal-tb|90mm x 120mm"),
    ("figure-beside", "vertical-rl|100mm x 140mm"),
    ("figure-beside-horizontal", "horizontal-tb|100mm x 140mm"),
    ("figures", "vertical-rl|90mm x 120mm"),
    ("figures-horizontal", "horizontal-tb|90mm x 120mm"),
    ("portraits", "vertical-rl|100mm x 140mm"),
    ("portraits-horizontal", "horizontal-tb|100mm x 140mm"),
    ("table", "vertical-rl|90mm x 110mm"),
    ("table-numbers", "vertical-rl|90mm x 120mm"),
    ("table-numbers-horizontal", "horizontal-tb|90mm x 120mm"),
    ("table-parted", "vertical-rl|90mm x 120mm"),
    ("table-turned", "vertical-rl|90mm x 120mm"),
    ("table-turned-horizontal", "horizontal-tb|90mm x 120mm"),
    ("table-vertical", "vertical-rl|90mm x 120mm"),
    ("table-split-horizontal", "horizontal-tb|90mm x 90mm"),
    ("boxes", "vertical-rl|90mm x 120mm"),
    ("notes", "vertical-rl|90mm x 120mm"),
    ("notes-long", "vertical-rl|90mm x 100mm"),
    ("footnotes", "horizontal-tb|90mm x 90mm"),
    ("footnotes-long", "horizontal-tb|90mm x 90mm"),
    ("verse-code", "horizontal-tb|90mm x 120mm"),
    ("news-vertical", "vertical-rl|140mm x 200mm|newspaper"),
    ("news-horizontal", "horizontal-tb|140mm x 120mm|newspaper"),
];

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/suite/page")
}

fn dumped(name: &str, setting: &str) -> String {
    let mut parts = setting.split('|');
    let mode = parts.next().unwrap();
    let page = parts.next().unwrap();
    let layout = parts.next().unwrap_or("book");
    let text = fs::read_to_string(folder().join(name).with_extension("md")).unwrap();
    let config = format!(
        "[book]\ntitle = \"{name}\"\narticles = [\"{name}.md\"]\n[output.pdf]\nlayout = \"{layout}\"\n\
         page = \"{page}\"\n[typography]\nwriting-mode = \"{mode}\"\n"
    );
    let printed = print(&config, &[(&format!("{name}.md"), &text)]);
    let mut out = dump::text(&printed.layout);
    for fault in &printed.found {
        out.push_str(&format!(
            "{} {}: {}\n",
            fault.severity.name(),
            fault.code,
            fault.message
        ));
    }
    out
}

#[test]
#[expect(
    clippy::disallowed_methods,
    reason = "the switch that renews references is the environment's"
)]
fn pages_are_as_they_were() {
    let bless = std::env::var_os("BLESS").is_some();
    let mut changed = Vec::new();
    for (name, setting) in CASES {
        let now = dumped(name, setting);
        assert!(now.len() < LONGEST, "{name}: {} bytes", now.len());
        let path = folder().join(name).with_extension("txt");
        let before = fs::read_to_string(&path).unwrap_or_default();
        if now == before {
            continue;
        }
        if bless {
            fs::write(&path, &now).unwrap();
        } else {
            let line = now
                .lines()
                .zip(before.lines())
                .position(|(now, before)| now != before)
                .unwrap_or_else(|| now.lines().count().min(before.lines().count()));
            changed.push(format!(
                "{name}, line {}:\n  was {}\n  is  {}",
                line + 1,
                before.lines().nth(line).unwrap_or("(nothing)"),
                now.lines().nth(line).unwrap_or("(nothing)")
            ));
        }
    }
    assert!(changed.is_empty(), "{}", changed.join("\n"));
}

#[test]
fn every_reference_belongs_to_a_case() {
    let mut stems = BTreeSet::new();
    for entry in fs::read_dir(folder()).unwrap() {
        let path = entry.unwrap().path();
        stems.insert(path.file_stem().unwrap().to_string_lossy().into_owned());
    }
    let cases: BTreeSet<String> = CASES.iter().map(|case| case.0.to_owned()).collect();
    assert_eq!(stems, cases);
}
