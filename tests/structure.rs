//! The shape of the source tree: floors, circles, first sentences, sizes.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// The floors of ARCHITECTURE.md: an import goes to a lower floor, or stays within one folder.
const FLOORS: &[(&str, u8)] = &[
    ("geom", 1),
    ("diag", 1),
    ("files", 1),
    ("bundle", 1),
    ("model", 2),
    ("manuscript", 3),
    ("rules", 3),
    ("font", 3),
    ("art", 3),
    ("layout", 4),
    ("pdf", 5),
    ("epub", 5),
    ("proof", 5),
    ("verify", 5),
    ("probe", 6),
    ("publication", 6),
    ("lib", 6),
    ("cli", 7),
    ("main", 8),
];

/// A line count at which a file is split at a typographic seam.
const LONGEST_FILE: usize = 800;

struct SourceFile {
    /// Module path below the crate, as `layout/inline/mod`.
    module: String,
    text: String,
}

impl SourceFile {
    fn top(&self) -> &str {
        self.module.split('/').next().unwrap_or("")
    }

    /// The code without its unit tests.
    fn code(&self) -> &str {
        self.text.split("\n#[cfg(test)]\nmod ").next().unwrap_or("")
    }
}

fn sources() -> Vec<SourceFile> {
    fn walk(folder: &Path, found: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                walk(&path, found);
            } else if path.extension().is_some_and(|e| e == "rs") {
                found.push(path);
            }
        }
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut paths = Vec::new();
    walk(&root, &mut paths);
    paths.sort();
    assert!(paths.len() > 10, "the source tree was not found");
    paths
        .iter()
        .map(|path| {
            let relative = path.strip_prefix(&root).unwrap().with_extension("");
            let module = relative.to_string_lossy().replace('\\', "/");
            SourceFile {
                module,
                text: fs::read_to_string(path).unwrap(),
            }
        })
        .collect()
}

fn floor(top: &str) -> u8 {
    FLOORS
        .iter()
        .find(|(name, _)| *name == top)
        .unwrap_or_else(|| panic!("`{top}` has no floor: add it to ARCHITECTURE.md and here"))
        .1
}

/// Paths of all `use` declarations, groups opened: `crate::a::{b, c}` gives two.
fn uses(code: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut rest = code;
    while let Some(at) = rest.find("use ") {
        let starts_line = rest[..at]
            .rsplit('\n')
            .next()
            .is_some_and(|l| l.trim().is_empty() || l.trim_start().starts_with("pub"));
        rest = &rest[at + 4..];
        if !starts_line {
            continue;
        }
        let Some(end) = rest.find(';') else { break };
        open_groups(
            "",
            &rest[..end].split_whitespace().collect::<String>(),
            &mut found,
        );
        rest = &rest[end..];
    }
    found
}

fn open_groups(prefix: &str, path: &str, found: &mut Vec<String>) {
    let Some(brace) = path.find('{') else {
        found.push(format!("{prefix}{path}"));
        return;
    };
    let head = format!("{prefix}{}", &path[..brace]);
    let inner = &path[brace + 1..path.rfind('}').unwrap_or(path.len())];
    let (mut depth, mut start) = (0, 0);
    for (i, c) in inner.char_indices().chain([(inner.len(), ',')]) {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 0 => {
                if i > start {
                    open_groups(&head, &inner[start..i], found);
                }
                start = i + 1;
            }
            _ => {}
        }
    }
}

/// The module file that an import leads to, as far as it is one of this crate.
fn target(file: &SourceFile, path: &str, modules: &BTreeSet<String>) -> Option<String> {
    let mut here: Vec<&str> = file.module.split('/').collect();
    if here.last() == Some(&"mod") {
        here.pop();
    }
    let mut parts: Vec<&str> = path.split("::").collect();
    let mut base: Vec<&str> = match *parts.first()? {
        "crate" => Vec::new(),
        "self" => here,
        "super" => {
            here.pop();
            here
        }
        _ => return None,
    };
    parts.remove(0);
    while parts.first() == Some(&"super") {
        parts.remove(0);
        base.pop();
    }
    let exists = |p: &[&str]| {
        let joined = p.join("/");
        [joined.clone(), format!("{joined}/mod")]
            .into_iter()
            .find(|m| modules.contains(m))
    };
    let mut best = exists(&base);
    for part in parts {
        base.push(part);
        match exists(&base) {
            Some(found) => best = Some(found),
            None => break,
        }
    }
    best
}

#[test]
fn imports_lead_down_and_never_in_circles() {
    let files = sources();
    let modules: BTreeSet<String> = files.iter().map(|f| f.module.clone()).collect();
    let mut faults = Vec::new();
    let mut graph: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    let mut seen = 0;
    for file in &files {
        for path in uses(file.code()) {
            let Some(target) = target(file, &path, &modules) else {
                continue;
            };
            if target == file.module || target == "lib" {
                continue;
            }
            seen += 1;
            let there = target.split('/').next().unwrap_or("");
            if there != file.top() {
                if floor(there) >= floor(file.top()) {
                    faults.push(format!(
                        "{} imports {path}, which is not below it",
                        file.module
                    ));
                }
                continue;
            }
            let own = target
                .strip_suffix("/mod")
                .filter(|folder| file.module.starts_with(&format!("{folder}/")));
            if own.is_some() {
                faults.push(format!("{} imports its own mod.rs ({path})", file.module));
            }
            graph.entry(&file.module).or_default().insert(target);
        }
    }
    assert!(seen > 10, "the imports were not read");
    // A folder's mod.rs names its children by `pub use`; the others must form no circle.
    for start in graph.keys() {
        let mut stack: Vec<&str> = graph[start].iter().map(String::as_str).collect();
        let mut visited = BTreeSet::new();
        while let Some(next) = stack.pop() {
            if next == *start {
                faults.push(format!("{start} is part of a circle of imports"));
                break;
            }
            if visited.insert(next) {
                stack.extend(graph.get(next).into_iter().flatten().map(String::as_str));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn every_file_says_what_it_owns_and_stays_short() {
    let mut faults = Vec::new();
    for file in sources() {
        if !file.text.starts_with("//! ") {
            faults.push(format!("{}: no first sentence", file.module));
        }
        let lines = file.text.lines().count();
        if lines > LONGEST_FILE {
            faults.push(format!("{}: {lines} lines", file.module));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn the_library_prints_nothing_and_reads_no_clock() {
    let banned = [
        "println!",
        "eprintln!",
        "print!(",
        "dbg!(",
        "SystemTime",
        "Instant::now",
        "env::var",
    ];
    let mut faults = Vec::new();
    for file in sources() {
        if floor(file.top()) >= 7 {
            continue;
        }
        for (number, line) in file.code().lines().enumerate() {
            let code = line.split("//").next().unwrap_or("");
            for word in banned {
                if code.contains(word) {
                    faults.push(format!("{}:{}: {word}", file.module, number + 1));
                }
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
