//! `fonts`: which face serves which characters, and which no face has.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use banxin::font::coverage;

use super::args::FontsArgs;
use super::session::{Failure, Session, print};

/// How many characters are shown of a face that serves more.
const SHOWN: usize = 40;

/// Reads and prints one paragraph a face.
///
/// # Errors
/// See [`Failure`].
pub(super) fn fonts(args: &FontsArgs) -> Result<(), Failure> {
    let mut session = Session::open(&args.reading)?;
    session.settle()?;
    let publication = &session.publication;
    let coverage = coverage::of_book(&publication.book, &publication.faces);
    let mut text = String::new();
    for service in coverage.services() {
        let face = publication.faces.face(service.face);
        // Writing to a string does not fail.
        let _ = writeln!(
            text,
            "{} ({})\n  {} characters, {} distinct: {}",
            face.family(),
            face.postscript_name(),
            service.count,
            service.characters.len(),
            some(&service.characters)
        );
    }
    let drawn_by = |variant: &coverage::Variant| {
        let face = variant.face.map(|id| publication.faces.face(id));
        face.map_or("no face draws it", |face| face.postscript_name())
    };
    let variants = coverage.variants();
    if !variants.is_empty() {
        text.push_str("variants\n");
    }
    for variant in &variants {
        let _ = writeln!(
            text,
            "  {}{} U+{:04X} U+{:04X}, {}: {}",
            variant.character,
            variant.selector,
            u32::from(variant.character),
            u32::from(variant.selector),
            times(variant.count),
            drawn_by(variant)
        );
    }
    let missing = coverage.missing();
    if !missing.is_empty() {
        text.push_str("no face\n");
        for one in missing {
            let place = publication.sources.place(one.span.file, one.span.start);
            let name = publication
                .sources
                .get(one.span.file)
                .map_or("", |s| s.name.as_str());
            let _ = writeln!(
                text,
                "  {} U+{:04X}, {}, first at {name}:{}:{}",
                one.character,
                u32::from(one.character),
                times(one.count),
                place.line,
                place.column
            );
        }
    }
    print(text.as_bytes())
}

fn times(count: usize) -> String {
    match count {
        1 => "once".into(),
        _ => format!("{count} times"),
    }
}

/// The characters, or the first of them with a sign that there are more.
fn some(characters: &BTreeSet<char>) -> String {
    let mut text: String = characters.iter().take(SHOWN).collect();
    if characters.len() > SHOWN {
        text.push('…');
    }
    text
}
