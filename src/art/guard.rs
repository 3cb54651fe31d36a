//! Drawings that would never end: nested too deep, or copied upon copies.

use std::collections::BTreeMap;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

/// Elements inside of each other; drawing programs stay below 50.
const DEEPEST: usize = 200;

/// Elements that a drawing may come to when every `use` is replaced by what it shows.
const MOST_ELEMENTS: u64 = 500_000;

/// What an element with an id comes to.
#[derive(Default)]
struct Part {
    own: u64,
    uses: Vec<String>,
}

/// Refuses what takes forever to draw; the words say why.
pub(super) fn check(text: &str) -> Result<(), String> {
    let mut reader = Reader::from_str(text.trim_start_matches('\u{feff}'));
    let mut parts: BTreeMap<String, Part> = BTreeMap::new();
    // The ids of the open elements; "" is the whole drawing.
    let mut open: Vec<Option<String>> = vec![Some(String::new())];
    loop {
        let event = reader
            .read_event()
            .map_err(|error| format!("it is not well-formed XML: {error}"))?;
        match event {
            Event::Start(element) => {
                let id = enter(&element, &open, &mut parts);
                open.push(id);
                if open.len() > DEEPEST {
                    return Err(format!("its elements are nested deeper than {DEEPEST}"));
                }
            }
            Event::Empty(element) => {
                enter(&element, &open, &mut parts);
            }
            Event::End(_) => {
                open.pop();
            }
            // Entities declared by the drawing itself could multiply its text.
            Event::DocType(declared) if declared.contains(&b'[') && declares(&declared) => {
                return Err("it declares entities".into());
            }
            Event::Eof => break,
            _ => {}
        }
    }
    let mut known = BTreeMap::new();
    if weight("", &parts, &mut known, 0) > MOST_ELEMENTS {
        return Err(format!("it comes to more than {MOST_ELEMENTS} elements"));
    }
    Ok(())
}

fn declares(doctype: &[u8]) -> bool {
    doctype.windows(8).any(|part| part == b"<!ENTITY")
}

/// Counts an element into all that it stands in; gives its id.
fn enter(
    element: &BytesStart<'_>,
    open: &[Option<String>],
    parts: &mut BTreeMap<String, Part>,
) -> Option<String> {
    let (mut id, mut target) = (None, None);
    for attribute in element.attributes().flatten() {
        let value = || String::from_utf8_lossy(&attribute.value).into_owned();
        match attribute.key.local_name().as_ref() {
            b"id" => id = Some(value()),
            b"href" => target = value().strip_prefix('#').map(str::to_owned),
            _ => {}
        }
    }
    if element.local_name().as_ref() != b"use" {
        target = None;
    }
    // A list of copies longer than any drawing may come to need not grow on.
    for holder in open.iter().flatten().chain(&id) {
        let part = parts.entry(holder.clone()).or_default();
        part.own += 1;
        if (part.uses.len() as u64) < MOST_ELEMENTS {
            part.uses.extend(target.clone());
        }
    }
    id
}

/// Elements that a part comes to with all its copies; no number is large enough for copies
/// nested too deep.
fn weight<'a>(
    id: &'a str,
    parts: &'a BTreeMap<String, Part>,
    known: &mut BTreeMap<&'a str, u64>,
    depth: usize,
) -> u64 {
    if depth > DEEPEST {
        return u64::MAX;
    }
    if let Some(sum) = known.get(id) {
        return *sum;
    }
    let Some(part) = parts.get(id) else { return 0 };
    // A part inside of itself is not drawn again.
    known.insert(id, 0);
    let mut sum = part.own;
    for target in &part.uses {
        sum = sum.saturating_add(weight(target, parts, known, depth + 1));
    }
    known.insert(id, sum);
    sum
}
