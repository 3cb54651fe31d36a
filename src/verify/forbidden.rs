//! What a file for archives or a press must not hold: secrets, programs, foreign files, links to act on.

use lopdf::{Dictionary, Object};

use super::faults::Faults;
use super::file::File;
use super::packet::Claims;
use crate::diag::Code;

/// Actions that only lead somewhere.
const LEADING: &[&[u8]] = &[b"GoTo", b"GoToR", b"Named", b"URI"];
/// An annotation is printed, and shown (ISO 19005-2, 6.3.2).
const PRINTED: i64 = 4;
/// Its bits that hide it.
const HIDDEN: i64 = 1 | 2 | 32;

/// Looks at the whole file and at its annotations.
pub(super) fn check(file: &File<'_>, claims: &Claims, faults: &mut Faults) {
    let promises = claims.archive.is_some() || claims.press.is_some();
    if file.document.trailer.has(b"Encrypt") {
        faults.broken(Code::PdfForbidden, "the file is encrypted", "");
    }
    if !file.document.trailer.has(b"ID") {
        faults.broken(Code::PdfMetadata, "the file has no ID", "");
    }
    if promises {
        for object in file.document.objects.values() {
            let dictionary = match object {
                Object::Dictionary(own) => own,
                Object::Stream(stream) => {
                    if stream
                        .filters()
                        .is_ok_and(|all| all.contains(&&b"LZWDecode"[..]))
                    {
                        faults.broken(Code::PdfForbidden, "a stream is compressed by LZW", "");
                    }
                    &stream.dict
                }
                _ => continue,
            };
            act(file, dictionary, faults);
        }
        embedded(file, claims, faults);
    }
    for page in &file.pages {
        let annotations = file.array(&page.dictionary, b"Annots").unwrap_or(&[]);
        for annotation in annotations {
            let Some(Object::Dictionary(own)) = file.follow(annotation) else {
                continue;
            };
            if claims.press.is_some() {
                faults.broken(Code::PdfForbidden, "a press page has a link", page.name());
                continue;
            }
            let flags = file.get(own, b"F").and_then(|flags| flags.as_i64().ok());
            let is_printed = flags.is_some_and(|flags| flags & PRINTED != 0 && flags & HIDDEN == 0);
            if claims.archive.is_some() && !is_printed {
                faults.broken(
                    Code::PdfForbidden,
                    "an annotation is hidden, or not printed",
                    page.name(),
                );
            }
            if claims.is_accessible && file.text(own, b"Contents").is_none() {
                faults.broken(Code::PdfTags, "a link has no words of its own", page.name());
            }
        }
    }
}

/// Whether a dictionary starts something.
fn act(file: &File<'_>, own: &Dictionary, faults: &mut Faults) {
    if own.has(b"JS") || file.name(own, b"S") == Some(b"JavaScript") {
        faults.broken(Code::PdfForbidden, "the file holds a program", "");
    }
    let is_action = file.name(own, b"Type") == Some(b"Action");
    if is_action
        && file
            .name(own, b"S")
            .is_some_and(|kind| !LEADING.contains(&kind))
    {
        faults.broken(
            Code::PdfForbidden,
            "an action does more than lead somewhere",
            "",
        );
    }
}

/// Files inside the file: none in the second part, each with its relation in the third.
fn embedded(file: &File<'_>, claims: &Claims, faults: &mut Faults) {
    let part = claims.archive.map(|(part, _)| part);
    for object in file.document.objects.values() {
        let Object::Dictionary(own) = object else {
            continue;
        };
        if !own.has(b"EF") {
            continue;
        }
        let name = file.text(own, b"UF").unwrap_or_default();
        match part {
            Some(3) if file.name(own, b"AFRelationship").is_none() => {
                faults.broken(
                    Code::PdfForbidden,
                    "the attached file has no relation to the document",
                    name,
                );
            }
            Some(1 | 2) => {
                faults.broken(
                    Code::PdfForbidden,
                    "PDF/A-2 holds no files of other kinds",
                    name,
                );
            }
            _ => {}
        }
    }
}
