//! Nothing that was written is lost: every text of the model is found in both outputs.

#[allow(unreachable_pub, dead_code, reason = "one module of two programs")]
mod units;

use std::io::{Cursor, Read};
use std::path::{Path, PathBuf};

use banxin::layout::{Item, Layout};
use banxin::{Options, Publication};
use units::{Piece, Unit};

fn sample() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("book")
}

fn open(path: &Path, set: &[(&str, &str)]) -> Publication {
    let set = set
        .iter()
        .map(|(k, v)| ((*k).to_owned(), (*v).to_owned()))
        .collect();
    let opened = Publication::open(
        path,
        &Options {
            set,
            ..Options::default()
        },
    )
    .unwrap();
    assert!(!opened.has_errors(), "{:#?}", opened.diagnostics);
    opened.value
}

/// Text without white space, which a line's end may take away.
fn squeezed(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// The characters of a unit with what the program sets among them, in every reading of it.
fn needles(unit: &Unit) -> Vec<String> {
    let mut runs = vec![String::new()];
    for piece in &unit.pieces {
        match piece {
            Piece::Text(text) => runs.last_mut().unwrap().push_str(&squeezed(text)),
            Piece::Reading(_) | Piece::Set(_) => runs.push(String::new()),
        }
    }
    runs.retain(|run| !run.is_empty());
    runs
}

/// The text of every XHTML file of the spine, without readings of ruby.
fn text_of_epub(publication: &Publication) -> String {
    let mut bytes = Vec::new();
    publication.write_epub(&mut bytes).unwrap();
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut text = String::new();
    let mut names: Vec<String> = archive.file_names().map(str::to_owned).collect();
    names.sort();
    for name in names.iter().filter(|name| name.ends_with(".xhtml")) {
        let mut file = String::new();
        archive
            .by_name(name)
            .unwrap()
            .read_to_string(&mut file)
            .unwrap();
        let document = roxmltree::Document::parse_with_options(
            &file,
            roxmltree::ParsingOptions {
                allow_dtd: true,
                ..Default::default()
            },
        )
        .unwrap();
        for node in document.descendants().filter(roxmltree::Node::is_text) {
            let reading = node
                .ancestors()
                .any(|a| matches!(a.tag_name().name(), "rt" | "rp"));
            if !reading {
                text.push_str(&squeezed(node.text().unwrap_or("")));
            }
        }
    }
    text
}

/// The text of all lines, page by page, as the layout sets it; the PDF's own test holds that its
/// characters are these.
fn text_of_pages(layout: &Layout) -> String {
    fn gather(item: &Item, text: &mut String) {
        match item {
            Item::Line(line) => text.push_str(&squeezed(&line.text)),
            Item::Group(frame) => frame
                .items
                .iter()
                .for_each(|(_, inner)| gather(inner, text)),
            _ => {}
        }
    }
    let mut text = String::new();
    for page in &layout.pages {
        page.frame
            .items
            .iter()
            .for_each(|(_, item)| gather(item, &mut text));
    }
    text
}

fn all_units_are_found(publication: &Publication) {
    let layout = publication.lay_out().value;
    let (units, _) = units::of_book(&publication.book, &layout);
    let outputs = [
        ("EPUB", text_of_epub(publication)),
        ("pages", text_of_pages(&layout)),
    ];
    for unit in &units {
        for (name, output) in &outputs {
            for needle in needles(unit) {
                // A page's foot may part a unit: its halves are looked for as far as each goes.
                assert!(
                    holds(output, &needle),
                    "{name} lacks {}: {needle}",
                    unit.kind
                );
            }
        }
    }
    for credit in &publication.book.meta.credits {
        for (name, output) in &outputs {
            assert!(
                output.contains(&squeezed(&credit.name)),
                "{name} lacks {}",
                credit.name
            );
            let label = credit.label.as_deref().unwrap_or("");
            assert!(output.contains(&squeezed(label)), "{name} lacks {label}");
        }
    }
    assert!(units.len() > 50, "the model was not walked");
}

/// Whether `needle` stands in `hay`, whole or parted once by what a page's edge brings.
fn holds(hay: &str, needle: &str) -> bool {
    if hay.contains(needle) {
        return true;
    }
    needle.char_indices().skip(1).any(|(cut, _)| {
        let (head, tail) = needle.split_at(cut);
        hay.match_indices(head).any(|(at, _)| {
            let from = at + head.len();
            let mut to = (from + PAGE_EDGE).min(hay.len());
            while !hay.is_char_boundary(to) {
                to -= 1;
            }
            hay[from..to].contains(tail)
        })
    })
}

/// Bytes that running heads, folios and the frames of a page's edge may bring between two halves.
const PAGE_EDGE: usize = 3000;

#[test]
fn the_sample_has_every_kind_of_text() {
    let publication = open(&sample(), &[]);
    let (units, _) = units::of_book(&publication.book, &publication.lay_out().value);
    for kind in [
        "kicker", "headline", "deck", "byline", "lead", "caption", "credit", "row",
    ] {
        assert!(units.iter().any(|unit| unit.kind == kind), "no {kind}");
    }
    assert!(
        units.iter().any(|unit| unit.flow.starts_with("note:")),
        "no note"
    );
    assert!(!publication.book.meta.credits.is_empty());
}

#[test]
fn vertical_outputs_hold_everything() {
    all_units_are_found(&open(
        &sample(),
        &[("typography.writing-mode", "vertical-rl")],
    ));
}

#[test]
fn horizontal_outputs_hold_everything() {
    all_units_are_found(&open(
        &sample(),
        &[("typography.writing-mode", "horizontal-tb")],
    ));
}
