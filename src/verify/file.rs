//! A PDF as it is read back: pages with what they inherit, and objects behind references.

use std::collections::BTreeSet;

use lopdf::{Dictionary, Document, Object, ObjectId, Stream};

use super::faults::Faults;
use crate::diag::Code;

/// No stream may unfold to more bytes.
pub(super) const LARGEST_STREAM: usize = 1 << 30;
/// A page stands no deeper in the tree of pages.
const DEEPEST: usize = 64;

/// A file in memory.
#[derive(Debug)]
pub(super) struct File<'a> {
    pub(super) document: &'a Document,
    pub(super) catalog: Dictionary,
    pub(super) pages: Vec<Sheet>,
}

/// A page with everything that it inherits.
#[derive(Debug)]
pub(super) struct Sheet {
    pub(super) id: ObjectId,
    /// From one.
    pub(super) number: usize,
    pub(super) dictionary: Dictionary,
}

impl Sheet {
    /// Its name in messages.
    pub(super) fn name(&self) -> String {
        format!("page {}", self.number)
    }
}

impl<'a> File<'a> {
    /// Reads the tree of pages.
    pub(super) fn of(document: &'a Document, faults: &mut Faults) -> Self {
        let mut file = Self {
            document,
            catalog: document.catalog().cloned().unwrap_or_default(),
            pages: Vec::new(),
        };
        let root = file.catalog.get(b"Pages").and_then(Object::as_reference);
        match root {
            Ok(root) => {
                let mut seen = BTreeSet::new();
                file.gather(root, (&Dictionary::new(), 0), &mut seen);
            }
            Err(_) => faults.broken(Code::PdfBroken, "there is no tree of pages", ""),
        }
        if file.pages.is_empty() {
            faults.broken(Code::PdfBroken, "there are no pages", "");
        }
        file
    }

    fn gather(
        &mut self,
        id: ObjectId,
        (above, depth): (&Dictionary, usize),
        seen: &mut BTreeSet<ObjectId>,
    ) {
        if depth > DEEPEST || !seen.insert(id) {
            return;
        }
        let Ok(own) = self.document.get_dictionary(id) else {
            return;
        };
        let mut whole = Dictionary::new();
        for key in [&b"Resources"[..], b"MediaBox", b"CropBox", b"Rotate"] {
            if let Ok(inherited) = above.get(key) {
                whole.set(key, inherited.clone());
            }
        }
        for (key, value) in own.iter() {
            whole.set(key.clone(), value.clone());
        }
        match self.array(own, b"Kids") {
            Some(kids) => {
                let kids: Vec<ObjectId> = kids
                    .iter()
                    .filter_map(|kid| kid.as_reference().ok())
                    .collect();
                for kid in kids {
                    self.gather(kid, (&whole, depth + 1), seen);
                }
            }
            None => self.pages.push(Sheet {
                id,
                number: self.pages.len() + 1,
                dictionary: whole,
            }),
        }
    }

    /// The object behind a reference, or the object itself.
    pub(super) fn follow<'o>(&'o self, object: &'o Object) -> Option<&'o Object> {
        self.document
            .dereference(object)
            .ok()
            .map(|(_, found)| found)
    }

    /// What stands under a key.
    pub(super) fn get<'o>(&'o self, from: &'o Dictionary, key: &[u8]) -> Option<&'o Object> {
        self.follow(from.get(key).ok()?)
            .filter(|found| !found.is_null())
    }

    /// The dictionary under a key, or that of the stream there.
    pub(super) fn dictionary<'o>(
        &'o self,
        from: &'o Dictionary,
        key: &[u8],
    ) -> Option<&'o Dictionary> {
        match self.get(from, key)? {
            Object::Dictionary(found) => Some(found),
            Object::Stream(found) => Some(&found.dict),
            _ => None,
        }
    }

    /// The list under a key.
    pub(super) fn array<'o>(&'o self, from: &'o Dictionary, key: &[u8]) -> Option<&'o [Object]> {
        self.get(from, key)?.as_array().ok().map(Vec::as_slice)
    }

    /// The stream under a key.
    pub(super) fn stream<'o>(&'o self, from: &'o Dictionary, key: &[u8]) -> Option<&'o Stream> {
        self.get(from, key)?.as_stream().ok()
    }

    /// The name under a key.
    pub(super) fn name<'o>(&'o self, from: &'o Dictionary, key: &[u8]) -> Option<&'o [u8]> {
        self.get(from, key)?.as_name().ok()
    }

    /// The text under a key.
    pub(super) fn text(&self, from: &Dictionary, key: &[u8]) -> Option<String> {
        lopdf::decode_text_string(self.get(from, key)?).ok()
    }

    /// The bytes of a stream, unfolded; none where it is broken.
    pub(super) fn bytes(&self, stream: &Stream) -> Option<Vec<u8>> {
        stream.get_plain_content_with_limit(LARGEST_STREAM).ok()
    }
}
