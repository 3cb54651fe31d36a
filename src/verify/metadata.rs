//! Metadata that agree: the information dictionary with the XMP packet, the language, the title shown.

use lopdf::{Dictionary, Object};

use super::faults::Faults;
use super::file::File;
use super::packet::{Claims, Packet};
use crate::diag::Code;

const DC: &str = "http://purl.org/dc/elements/1.1/";
const PDF: &str = "http://ns.adobe.com/pdf/1.3/";
const XMP: &str = "http://ns.adobe.com/xap/1.0/";

/// How the packet holds what the dictionary says.
enum Form {
    /// As one text.
    Text,
    /// As a list, whose items the dictionary joins.
    List,
    /// As a date of ISO 8601.
    Date,
}

/// Keys of the information dictionary with their properties (ISO 19005-2, 6.7.3).
#[rustfmt::skip]
const SAME: &[(&str, &str, &str, Form)] = &[
    ("Author",       DC,  "creator",     Form::List),
    ("CreationDate", XMP, "CreateDate",  Form::Date),
    ("Creator",      XMP, "CreatorTool", Form::Text),
    ("Keywords",     PDF, "Keywords",    Form::Text),
    ("ModDate",      XMP, "ModifyDate",  Form::Date),
    ("Producer",     PDF, "Producer",    Form::Text),
    ("Subject",      DC,  "description", Form::Text),
    ("Title",        DC,  "title",       Form::Text),
];

/// Looks at both.
pub(super) fn check(file: &File<'_>, (claims, packet): (&Claims, &Packet), faults: &mut Faults) {
    let info = file.document.trailer.get(b"Info").ok();
    let info = info.and_then(|info| file.follow(info)?.as_dict().ok());
    let promises = claims.archive.is_some() || claims.is_accessible || claims.press.is_some();
    if !packet.is_there {
        faults.doubtful(
            Code::PdfMetadata,
            "there is no XMP packet: nothing is promised",
            "",
        );
    }
    if let Some(info) = info.filter(|_| packet.is_there) {
        for (key, namespace, name, form) in SAME {
            agree(
                file,
                (info, key),
                (packet.texts(namespace, name), form),
                faults,
            );
        }
    }
    if promises
        && packet
            .first(DC, "title")
            .is_none_or(|title| title.trim().is_empty())
    {
        faults.broken(Code::PdfMetadata, "the document has no title", "");
    }
    if claims.is_tagged()
        && file
            .text(&file.catalog, b"Lang")
            .is_none_or(|tag| tag.is_empty())
    {
        faults.broken(
            Code::PdfMetadata,
            "the document does not tell its language",
            "",
        );
    }
    let shows_title = file
        .dictionary(&file.catalog, b"ViewerPreferences")
        .and_then(|own| file.get(own, b"DisplayDocTitle"))
        .is_some_and(|shown| matches!(shown, Object::Boolean(true)));
    if claims.is_accessible && !shows_title {
        faults.broken(
            Code::PdfMetadata,
            "viewers are not told to show the title",
            "",
        );
    }
    if claims.press.is_some() {
        let trapped = info.and_then(|info| file.name(info, b"Trapped"));
        let told = packet.first(PDF, "Trapped");
        if trapped.is_none() || trapped != told.map(str::as_bytes) {
            faults.broken(
                Code::PdfMetadata,
                "it is not told whether the pages are trapped",
                "",
            );
        }
    }
}

/// Whether an entry says what the packet says.
fn agree(
    file: &File<'_>,
    (info, key): (&Dictionary, &'static str),
    (told, form): (&[String], &Form),
    faults: &mut Faults,
) {
    let Some(entry) = file.text(info, key.as_bytes()) else {
        return;
    };
    let agrees = match form {
        Form::Text => told.first().is_some_and(|text| *text == entry),
        Form::List => {
            let names: Vec<&str> = told.iter().map(String::as_str).collect();
            names.join("; ") == entry
        }
        Form::Date => {
            let digits = |text: &str| -> String {
                text.chars().filter(char::is_ascii_digit).take(14).collect()
            };
            told.first()
                .is_some_and(|date| digits(date) == digits(&entry))
        }
    };
    if !agrees {
        let words = "the information dictionary says something else than the packet";
        faults.broken(Code::PdfMetadata, words, key);
    }
}
