//! The specimen of `docs/specimen`: four traditions in two directions, each rule under its name.

use std::fs;
use std::path::{Path, PathBuf};

use banxin::diag::Diagnostic;
use banxin::geom::WritingMode;
use banxin::layout::{Frame, FrameKind, Item};
use banxin::model::{Block, Inline, MarkKind};
use banxin::{Options, Publication};

const TRADITIONS: [&str; 4] = ["hong-kong", "taiwan", "mainland", "japan"];
const DIRECTIONS: [&str; 2] = ["vertical-rl", "horizontal-tb"];

fn folder(tradition: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("docs/specimen")
        .join(tradition)
}

fn open(tradition: &str, direction: &str) -> (Publication, Vec<Diagnostic>) {
    let options = Options {
        set: vec![("typography.writing-mode".into(), direction.into())],
        ..Options::default()
    };
    let opened = Publication::open(folder(tradition), &options).unwrap();
    (opened.value, opened.diagnostics)
}

#[test]
fn the_specimen_is_built_in_eight_variants() {
    for tradition in TRADITIONS {
        for direction in DIRECTIONS {
            let (publication, mut found) = open(tradition, direction);
            let pages = publication.lay_out();
            let mut pdf = Vec::new();
            found.extend(pages.diagnostics);
            found.extend(
                publication
                    .write_pdf(&pages.value, &mut pdf)
                    .unwrap()
                    .diagnostics,
            );
            assert_eq!(found, [], "{tradition} {direction}");
            assert!(pdf.starts_with(b"%PDF-"), "{tradition} {direction}");
            let upright = direction == "vertical-rl";
            let mut modes = Vec::new();
            for page in &pages.value.pages {
                paragraph_modes(&page.frame, &mut modes);
            }
            assert!(modes.len() > 100, "{} lines", modes.len());
            assert!(modes.iter().all(|mode| mode.is_vertical() == upright));
        }
    }
}

/// Which way each line of running text goes.
fn paragraph_modes(frame: &Frame, found: &mut Vec<WritingMode>) {
    for (_, item) in &frame.items {
        match item {
            Item::Line(line) if frame.kind == FrameKind::Paragraph => found.push(line.mode),
            Item::Group(inner) => paragraph_modes(inner, found),
            _ => {}
        }
    }
}

#[test]
fn the_paragraphs_under_other_keys_are_set_without_a_word() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/specimen/settings");
    for direction in DIRECTIONS {
        let options = Options {
            set: vec![("typography.writing-mode".into(), direction.into())],
            ..Options::default()
        };
        let opened = Publication::open(&folder, &options).unwrap();
        assert_eq!(opened.diagnostics, [], "{direction}");
        assert_eq!(opened.value.lay_out().diagnostics, [], "{direction}");
    }
}

/// The articles of a tradition, as they are written.
fn articles(tradition: &str) -> Vec<(String, String)> {
    let mut found: Vec<(String, String)> = fs::read_dir(folder(tradition).join("articles"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .map(|path| {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            (name, fs::read_to_string(path).unwrap())
        })
        .collect();
    found.sort();
    found
}

#[test]
fn every_tradition_has_the_same_chapters() {
    let names = |tradition| -> Vec<String> {
        articles(tradition)
            .into_iter()
            .map(|(name, _)| name)
            .collect()
    };
    for tradition in TRADITIONS {
        assert_eq!(names(tradition), names(TRADITIONS[0]), "{tradition}");
    }
}

/// A rule is a heading of the fourth level: its name, the clause in small print, and below it an
/// example.
#[test]
fn every_rule_names_its_clause_and_shows_itself() {
    for tradition in TRADITIONS {
        let (publication, _) = open(tradition, DIRECTIONS[0]);
        let mut rules = 0;
        for article in publication.book.articles() {
            for (at, block) in article.body.iter().enumerate() {
                let Block::Heading(heading) = block else {
                    continue;
                };
                if heading.level != 4 {
                    continue;
                }
                rules += 1;
                let clause = heading
                    .content
                    .iter()
                    .any(|part| matches!(part, Inline::Mark(mark) if mark.kind == MarkKind::Small));
                let shown = article
                    .body
                    .get(at + 1)
                    .is_some_and(|next| !matches!(next, Block::Heading(_)));
                assert!(clause && shown, "{tradition}: {:?}", heading.content);
            }
        }
        assert!(rules >= 40, "{tradition} shows {rules} rules");
    }
}
