//! Finished files read back: what they promise, and whether it is kept.

mod boxes;
mod colours;
mod faults;
mod file;
mod fonts;
mod forbidden;
mod ink;
mod metadata;
mod packet;
mod tags;

use lopdf::{Document, LoadOptions};

use crate::diag::{Code, Diagnostic, Warned};

use faults::Faults;
use file::File;
use ink::Ink;
use packet::{Claims, Packet};

/// What was found in a PDF.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Verified {
    /// The standards that it claims, as people name them: `PDF/A-2a`.
    pub claims: Vec<String>,
    /// How many pages it has.
    pub pages: usize,
    /// How many fonts.
    pub fonts: usize,
    /// How many elements its structure has.
    pub elements: usize,
}

/// Reads a finished PDF and looks whether it keeps what it promises: fonts with their text, tags,
/// boxes, output intents, metadata that agree. Every fault is a diagnostic without a place.
///
/// It is a first answer for who has no validator at hand, written for files of this program; a
/// file of another one may keep its promises in ways that are told here as faults.
///
/// ```
/// let found = banxin::verify::pdf(b"no PDF at all");
/// assert_eq!(found.diagnostics[0].code.name(), "pdf::broken");
/// ```
#[must_use]
pub fn pdf(bytes: &[u8]) -> Warned<Verified> {
    let options = LoadOptions {
        max_decompressed_size: Some(file::LARGEST_STREAM),
        ..LoadOptions::default()
    };
    let document = match Document::load_mem_with_options(bytes, options) {
        Ok(document) => document,
        Err(fault) => {
            return Warned {
                value: Verified::default(),
                diagnostics: vec![
                    Diagnostic::error(
                        Code::PdfBroken,
                        None,
                        format!("this is no whole PDF: {fault}"),
                    )
                    .hint("make it again; if it was copied, compare the sizes"),
                ],
            };
        }
    };
    let mut faults = Faults::default();
    let file = File::of(&document, &mut faults);
    let packet = Packet::of(&file, &mut faults);
    let claims = Claims::of(&packet);
    let ink: Vec<Ink> = file
        .pages
        .iter()
        .map(|page| Ink::of(&file, page, &mut faults))
        .collect();
    forbidden::check(&file, &claims, &mut faults);
    boxes::check(&file, &claims, &mut faults);
    let fonts = fonts::check(&file, &ink, &mut faults);
    colours::check(&file, (&claims, &ink), &mut faults);
    metadata::check(&file, (&claims, &packet), &mut faults);
    let elements = tags::check(&file, (&claims, &ink), &mut faults);
    Warned {
        value: Verified {
            claims: claims.names(),
            pages: file.pages.len(),
            fonts,
            elements,
        },
        diagnostics: faults.told(),
    }
}
