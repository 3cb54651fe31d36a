//! The documents of small publications, letter by letter: `BLESS=1` takes today's as the reference.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use banxin::art::{Gallery, images_of};
use banxin::epub::{EpubOptions, EpubWriter};
use banxin::files::Disk;
use banxin::font::Faces;
use banxin::manuscript::{self, Request};

use crate::Package;

fn suite() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/suite/book")
}

/// Every manuscript of the suite, sorted.
fn manuscripts() -> Vec<PathBuf> {
    let mut found: Vec<PathBuf> = fs::read_dir(suite())
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.join("book.toml").is_file())
        .collect();
    found.sort();
    found
}

fn build(folder: &Path) -> Package {
    let files = Disk::new(folder).unwrap();
    let request = Request {
        folder_name: folder.file_name().unwrap().to_string_lossy().into_owned(),
        ..Request::default()
    };
    let reading = manuscript::read(&files, &request).unwrap();
    assert!(!reading.has_errors(), "{:?}", reading.diagnostics);
    let book = reading.value.book;
    let gallery = Gallery::open(images_of(&book), &files);
    assert!(gallery.diagnostics.is_empty(), "{:?}", gallery.diagnostics);
    let mut bytes = Vec::new();
    let faces = Faces::bundled();
    let mut options = EpubOptions::default();
    if book.meta.cover.is_none() {
        options.cover = Some(banxin::proof::cover(&book, &faces).unwrap());
    }
    let warned = EpubWriter::new(&book, &faces, &gallery.value, options)
        .write(&mut bytes)
        .unwrap();
    assert!(warned.diagnostics.is_empty(), "{:?}", warned.diagnostics);
    Package::open(&bytes)
}

#[test]
#[expect(
    clippy::disallowed_methods,
    reason = "a person asks for new references with BLESS=1"
)]
fn documents_are_as_the_references_have_them() {
    let bless = std::env::var_os("BLESS").is_some();
    let mut faults = Vec::new();
    for folder in manuscripts() {
        let package = build(&folder);
        let references = folder.join("epub");
        if bless {
            let _ = fs::remove_dir_all(&references);
            fs::create_dir_all(&references).unwrap();
        }
        let mut known = BTreeSet::new();
        for (name, bytes) in &package.files {
            let name = name.strip_prefix("OEBPS/").unwrap_or(name);
            let is_text = [".xhtml", ".opf", ".ncx"]
                .iter()
                .any(|end| name.ends_with(end));
            if !is_text {
                continue;
            }
            known.insert(name.to_owned());
            let path = references.join(name);
            if bless {
                fs::write(&path, bytes).unwrap();
            } else if fs::read(&path).ok().as_deref() != Some(bytes) {
                faults.push(format!(
                    "{} differs; now it is:\n{}",
                    path.display(),
                    String::from_utf8_lossy(bytes)
                ));
            }
        }
        assert!(known.len() > 5);
        for entry in fs::read_dir(&references).unwrap() {
            let name = entry.unwrap().file_name().to_string_lossy().into_owned();
            if !known.contains(&name) {
                faults.push(format!("{name} is a reference of nothing"));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
