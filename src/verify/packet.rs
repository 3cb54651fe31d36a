//! The XMP packet of a finished file, and the standards that it claims.

use std::collections::BTreeMap;

use quick_xml::events::{BytesStart, Event};
use quick_xml::name::ResolveResult;
use quick_xml::reader::NsReader;

use super::faults::Faults;
use super::file::File;
use crate::diag::Code;

const RDF: &str = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";
const ARCHIVE: &str = "http://www.aiim.org/pdfa/ns/id/";
const ACCESS: &str = "http://www.aiim.org/pdfua/ns/id/";
const PRESS: &str = "http://www.npes.org/pdfx/ns/id/";

/// Properties with their texts, by namespace and name.
#[derive(Debug, Default)]
pub(super) struct Packet {
    texts: BTreeMap<(String, String), Vec<String>>,
    /// Whether there is one at all.
    pub(super) is_there: bool,
}

impl Packet {
    /// The packet of the document.
    pub(super) fn of(file: &File<'_>, faults: &mut Faults) -> Self {
        let Some(stream) = file.stream(&file.catalog, b"Metadata") else {
            return Self::default();
        };
        if stream.dict.has(b"Filter") {
            faults.broken(Code::PdfMetadata, "the XMP packet is compressed", "");
        }
        let mut packet = Self {
            is_there: true,
            ..Self::default()
        };
        let bytes = file.bytes(stream).unwrap_or_default();
        if !packet.read(&bytes) {
            faults.broken(Code::PdfMetadata, "the XMP packet is no whole XML", "");
        }
        packet
    }

    fn read(&mut self, bytes: &[u8]) -> bool {
        let mut reader = NsReader::from_reader(bytes);
        let mut inside: Vec<(String, String)> = Vec::new();
        let mut leaf = String::new();
        loop {
            match reader.read_event() {
                Ok(Event::Start(tag)) => {
                    let name = resolved(&reader, &tag);
                    self.attributes(&reader, (&name, &tag));
                    inside.push(name);
                    leaf.clear();
                }
                Ok(Event::Empty(tag)) => {
                    let name = resolved(&reader, &tag);
                    self.attributes(&reader, (&name, &tag));
                }
                Ok(Event::End(_)) => {
                    self.add(&inside, std::mem::take(&mut leaf));
                    inside.pop();
                }
                Ok(Event::Text(text)) => {
                    let Ok(text) = text.xml10_content() else {
                        return false;
                    };
                    leaf.push_str(&text);
                }
                Ok(Event::GeneralRef(entity)) => {
                    let known = entity.resolve_char_ref().ok().flatten().or_else(|| {
                        Some(match &*entity {
                            b"amp" => '&',
                            b"lt" => '<',
                            b"gt" => '>',
                            b"quot" => '"',
                            b"apos" => '\'',
                            _ => return None,
                        })
                    });
                    match known {
                        Some(c) => leaf.push(c),
                        None => return false,
                    }
                }
                Ok(Event::Eof) => return inside.is_empty() && !self.texts.is_empty(),
                Ok(_) => {}
                Err(_) => return false,
            }
        }
    }

    /// Properties in the short form, as attributes of their description.
    fn attributes(
        &mut self,
        reader: &NsReader<&[u8]>,
        (name, tag): (&(String, String), &BytesStart<'_>),
    ) {
        if name.0 != RDF || name.1 != "Description" {
            return;
        }
        for attribute in tag.attributes().flatten() {
            let (space, local) = reader.resolver().resolve_attribute(attribute.key);
            let ResolveResult::Bound(space) = space else {
                continue;
            };
            let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
            let key = (text(space.as_ref()), text(local.as_ref()));
            let value = String::from_utf8_lossy(&attribute.value).into_owned();
            self.texts.entry(key).or_default().push(value);
        }
    }

    /// Adds the text of an element without children to the property in which it stands.
    fn add(&mut self, inside: &[(String, String)], text: String) {
        let description = inside
            .iter()
            .rposition(|name| name.0 == RDF && name.1 == "Description");
        let Some(property) = description.and_then(|at| inside.get(at + 1)) else {
            return;
        };
        if text.trim().is_empty() {
            return;
        }
        self.texts.entry(property.clone()).or_default().push(text);
    }

    /// The texts of a property, in order.
    pub(super) fn texts(&self, namespace: &str, name: &str) -> &[String] {
        self.texts
            .get(&(namespace.to_owned(), name.to_owned()))
            .map_or(&[], Vec::as_slice)
    }

    /// All text of a property's first item.
    pub(super) fn first(&self, namespace: &str, name: &str) -> Option<&str> {
        self.texts(namespace, name).first().map(String::as_str)
    }
}

fn resolved(reader: &NsReader<&[u8]>, tag: &BytesStart<'_>) -> (String, String) {
    let (space, local) = reader.resolver().resolve_element(tag.name());
    let space = match space {
        ResolveResult::Bound(space) => String::from_utf8_lossy(space.as_ref()).into_owned(),
        _ => String::new(),
    };
    (space, String::from_utf8_lossy(local.as_ref()).into_owned())
}

/// The standards that a file claims to keep.
#[derive(Debug, Default)]
pub(super) struct Claims {
    /// Part and level of PDF/A.
    pub(super) archive: Option<(u8, char)>,
    /// PDF/UA-1.
    pub(super) is_accessible: bool,
    /// The version of PDF/X.
    pub(super) press: Option<String>,
}

impl Claims {
    /// What a packet claims.
    pub(super) fn of(packet: &Packet) -> Self {
        let part = packet.first(ARCHIVE, "part");
        let part = part.and_then(|part| part.trim().parse().ok());
        let level = packet.first(ARCHIVE, "conformance");
        let level = level.and_then(|level| level.trim().chars().next());
        Self {
            archive: part.zip(level),
            is_accessible: packet.first(ACCESS, "part").is_some(),
            press: packet
                .first(PRESS, "GTS_PDFXVersion")
                .map(|version| version.trim().to_owned()),
        }
    }

    /// Whether the structure is part of a promise.
    pub(super) fn is_tagged(&self) -> bool {
        self.is_accessible || self.archive.is_some_and(|(_, level)| level == 'A')
    }

    /// Their names for people.
    pub(super) fn names(&self) -> Vec<String> {
        let archive = self
            .archive
            .map(|(part, level)| format!("PDF/A-{part}{}", level.to_ascii_lowercase()));
        let access = self.is_accessible.then(|| "PDF/UA-1".to_owned());
        archive
            .into_iter()
            .chain(access)
            .chain(self.press.clone())
            .collect()
    }
}
