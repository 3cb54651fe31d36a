//! The structure: every stretch of every page in one element, each element of a known kind with what its kind asks for.

use std::collections::{BTreeMap, BTreeSet};

use lopdf::{Dictionary, Object, ObjectId};

use super::faults::Faults;
use super::file::File;
use super::ink::Ink;
use super::packet::Claims;
use crate::diag::Code;

/// Structure types of ISO 32000-1, 14.8.4; sorted.
const STANDARD: &[&str] = &[
    "Annot",
    "Art",
    "BibEntry",
    "BlockQuote",
    "Caption",
    "Code",
    "Div",
    "Document",
    "Figure",
    "Form",
    "Formula",
    "H",
    "H1",
    "H2",
    "H3",
    "H4",
    "H5",
    "H6",
    "Index",
    "L",
    "LBody",
    "LI",
    "Lbl",
    "Link",
    "NonStruct",
    "Note",
    "P",
    "Part",
    "Private",
    "Quote",
    "RB",
    "RP",
    "RT",
    "Reference",
    "Ruby",
    "Sect",
    "Span",
    "TBody",
    "TD",
    "TFoot",
    "TH",
    "THead",
    "TOC",
    "TOCI",
    "TR",
    "Table",
    "WP",
    "WT",
    "Warichu",
];

/// Looks at the structure and at what it holds; gives how many elements it has.
pub(super) fn check(
    file: &File<'_>,
    (claims, ink): (&Claims, &[Ink]),
    faults: &mut Faults,
) -> usize {
    let root = file.dictionary(&file.catalog, b"StructTreeRoot");
    let Some(root) = root else {
        if claims.is_tagged() {
            faults.broken(Code::PdfTags, "there is no structure", "");
        }
        return 0;
    };
    let is_marked = file
        .dictionary(&file.catalog, b"MarkInfo")
        .and_then(|own| file.get(own, b"Marked"))
        .is_some_and(|marked| matches!(marked, Object::Boolean(true)));
    if !is_marked {
        faults.broken(Code::PdfTags, "the file does not tell that it has tags", "");
    }
    let mut tree = Tree {
        file,
        faults,
        seen: BTreeSet::new(),
        held: BTreeMap::new(),
        level: 0,
        roles: file.dictionary(root, b"RoleMap"),
        elements: 0,
    };
    if let Ok(kids) = root.get(b"K") {
        tree.walk(kids);
    }
    let (held, elements) = (tree.held, tree.elements);
    content(file, ink, &held, faults);
    parents(file, (root, ink), &held, faults);
    elements
}

/// The structure while it is read.
struct Tree<'a, 'f> {
    file: &'a File<'a>,
    faults: &'f mut Faults,
    seen: BTreeSet<ObjectId>,
    /// The element of each stretch, by its page and number.
    held: BTreeMap<(ObjectId, i64), ObjectId>,
    level: u8,
    roles: Option<&'a Dictionary>,
    elements: usize,
}

impl Tree<'_, '_> {
    /// Reads all elements in their order, without recursion: files nest as deep as they like.
    fn walk(&mut self, kids: &Object) {
        let mut open: Vec<ObjectId> = Vec::new();
        self.children(kids, &mut open);
        while let Some(id) = open.pop() {
            if !self.seen.insert(id) {
                self.faults
                    .broken(Code::PdfTags, "an element stands in two places", "");
                continue;
            }
            let Ok(element) = self.file.document.get_dictionary(id) else {
                self.faults
                    .broken(Code::PdfTags, "an element is not there", "");
                continue;
            };
            self.elements += 1;
            self.element(id, element);
            if let Ok(kids) = element.get(b"K") {
                self.content_of((id, element), kids);
                self.children(kids, &mut open);
            }
        }
    }

    /// Puts the elements among the kids on the pile, the first on top.
    fn children(&self, kids: &Object, open: &mut Vec<ObjectId>) {
        let list = self.list(kids);
        let ids = list.iter().rev().filter_map(|kid| kid.as_reference().ok());
        open.extend(ids.filter(|id| {
            let own = self.file.document.get_dictionary(*id);
            own.is_ok_and(|own| own.has(b"S") && !own.has(b"MCID"))
        }));
    }

    fn list<'o>(&'o self, kids: &'o Object) -> Vec<&'o Object> {
        match kids {
            Object::Array(list) => list.iter().collect(),
            Object::Reference(_) => match self.file.follow(kids) {
                Some(Object::Array(list)) => list.iter().collect(),
                _ => vec![kids],
            },
            other => vec![other],
        }
    }

    /// The stretches that an element holds by itself.
    fn content_of(&mut self, (id, element): (ObjectId, &Dictionary), kids: &Object) {
        let page = element.get(b"Pg").and_then(Object::as_reference).ok();
        let mut found = Vec::new();
        for kid in self.list(kids) {
            match kid {
                Object::Integer(mark) => found.push((page, *mark)),
                other => {
                    let Some(Object::Dictionary(own)) = self.file.follow(other) else {
                        continue;
                    };
                    let mark = self
                        .file
                        .get(own, b"MCID")
                        .and_then(|mark| mark.as_i64().ok());
                    if let Some(mark) = mark {
                        let own = own.get(b"Pg").and_then(Object::as_reference).ok();
                        found.push((own.or(page), mark));
                    }
                }
            }
        }
        for (page, mark) in found {
            let is_new = page.is_some_and(|page| self.held.insert((page, mark), id).is_none());
            if !is_new {
                self.faults.broken(
                    Code::PdfTags,
                    "a stretch of content has two elements, or no page",
                    "",
                );
            }
        }
    }

    /// What the kind of an element asks for.
    fn element(&mut self, id: ObjectId, element: &Dictionary) {
        let own = self.file.name(element, b"S").unwrap_or(b"");
        let mut name = String::from_utf8_lossy(own).into_owned();
        for _ in 0..STANDARD.len() {
            let mapped = self
                .roles
                .and_then(|roles| self.file.name(roles, name.as_bytes()));
            match mapped {
                Some(mapped) if mapped != name.as_bytes() => {
                    name = String::from_utf8_lossy(mapped).into_owned();
                }
                _ => break,
            }
        }
        let place = || format!("{name}, object {}", id.0);
        let has_text = |key: &[u8]| {
            let text = self.file.text(element, key);
            text.is_some_and(|text| !text.trim().is_empty())
        };
        if STANDARD.binary_search(&name.as_str()).is_err() {
            self.faults
                .broken(Code::PdfTags, "an element of no known kind", place());
        }
        match name.as_str() {
            "Figure" | "Formula" if !has_text(b"Alt") && !has_text(b"ActualText") => {
                self.faults
                    .broken(Code::PdfTags, "a picture has no words", place());
            }
            "Note" if self.file.get(element, b"ID").is_none() => {
                self.faults
                    .broken(Code::PdfTags, "a note has no id", place());
            }
            "TH" if !self.has_attribute(element, b"Scope") => {
                self.faults
                    .broken(Code::PdfTags, "a head cell does not tell of what", place());
            }
            "L" if !self.has_attribute(element, b"ListNumbering") => {
                self.faults
                    .doubtful(Code::PdfTags, "a list does not tell how it counts", place());
            }
            _ => {}
        }
        let level = name
            .strip_prefix('H')
            .and_then(|level| level.parse::<u8>().ok());
        if let Some(level) = level {
            if level > self.level + 1 {
                self.faults
                    .broken(Code::PdfTags, "a level of headings is left out", place());
            }
            self.level = level;
        }
    }

    fn has_attribute(&self, element: &Dictionary, key: &[u8]) -> bool {
        let Some(attributes) = self.file.get(element, b"A") else {
            return false;
        };
        let list = self.list(attributes);
        list.iter().any(|own| {
            let own = self.file.follow(own).and_then(|own| own.as_dict().ok());
            own.is_some_and(|own| own.has(key))
        })
    }
}

/// Whether every stretch of every page has its element, and nothing is drawn outside of all.
fn content(
    file: &File<'_>,
    ink: &[Ink],
    held: &BTreeMap<(ObjectId, i64), ObjectId>,
    faults: &mut Faults,
) {
    for (page, ink) in file.pages.iter().zip(ink) {
        for _ in 0..ink.unmarked {
            let words = "something is drawn that is neither content nor furniture";
            faults.broken(Code::PdfTags, words, page.name());
        }
        for mark in &ink.marks {
            if !held.contains_key(&(page.id, *mark)) {
                faults.broken(Code::PdfTags, "content that no element holds", page.name());
            }
        }
        let of_page = held.range((page.id, i64::MIN)..=(page.id, i64::MAX));
        for ((_, mark), _) in of_page {
            if !ink.marks.contains(mark) {
                faults.broken(
                    Code::PdfTags,
                    "an element holds content that is not there",
                    page.name(),
                );
            }
        }
    }
}

/// Whether the way back from each stretch and each annotation leads to its element.
fn parents(
    file: &File<'_>,
    (root, ink): (&Dictionary, &[Ink]),
    held: &BTreeMap<(ObjectId, i64), ObjectId>,
    faults: &mut Faults,
) {
    let mut numbers: BTreeMap<i64, Object> = BTreeMap::new();
    if let Some(tree) = file.dictionary(root, b"ParentTree") {
        gather(file, tree, &mut numbers);
    }
    for (page, ink) in file.pages.iter().zip(ink) {
        let number = |own: &Dictionary, key: &[u8]| file.get(own, key)?.as_i64().ok();
        let back = number(&page.dictionary, b"StructParents")
            .and_then(|number| numbers.get(&number))
            .and_then(|found| file.follow(found)?.as_array().ok());
        for mark in &ink.marks {
            let told = usize::try_from(*mark)
                .ok()
                .and_then(|mark| back?.get(mark)?.as_reference().ok());
            if told.is_none() || told != held.get(&(page.id, *mark)).copied() {
                faults.broken(
                    Code::PdfTags,
                    "content does not lead back to its element",
                    page.name(),
                );
            }
        }
        for annotation in file.array(&page.dictionary, b"Annots").unwrap_or(&[]) {
            let own = file.follow(annotation).and_then(|own| own.as_dict().ok());
            let leads = own
                .and_then(|own| number(own, b"StructParent"))
                .is_some_and(|number| numbers.contains_key(&number));
            if !leads {
                faults.broken(Code::PdfTags, "a link is in no element", page.name());
            }
        }
    }
}

/// The leaves of a tree of numbers.
fn gather(file: &File<'_>, tree: &Dictionary, found: &mut BTreeMap<i64, Object>) {
    let mut open: Vec<&Dictionary> = vec![tree];
    let mut seen: BTreeSet<ObjectId> = BTreeSet::new();
    while let Some(node) = open.pop() {
        for pair in file.array(node, b"Nums").unwrap_or(&[]).chunks_exact(2) {
            if let Ok(number) = pair[0].as_i64() {
                found.insert(number, pair[1].clone());
            }
        }
        for kid in file.array(node, b"Kids").unwrap_or(&[]) {
            let is_new = kid.as_reference().is_ok_and(|id| seen.insert(id));
            if let (true, Some(Object::Dictionary(kid))) = (is_new, file.follow(kid)) {
                open.push(kid);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_are_sorted() {
        assert!(STANDARD.windows(2).all(|pair| pair[0] < pair[1]));
    }
}
