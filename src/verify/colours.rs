//! Output intents, and colours that need them (ISO 19005-2, 6.2.3, 6.2.4; ISO 15930-7, 6.2).

use lopdf::{Dictionary, Object};

use super::faults::Faults;
use super::file::File;
use super::ink::{Device, Ink};
use super::packet::Claims;
use crate::diag::Code;

/// Colour spaces of a profile with how many components each has, as its header names them.
const SPACES: &[(&[u8], i64, Option<Device>)] = &[
    (b"CMYK", 4, Some(Device::Cmyk)),
    (b"GRAY", 1, None),
    (b"RGB ", 3, Some(Device::Rgb)),
];

/// Looks at intents, and at the colours of every page.
pub(super) fn check(file: &File<'_>, (claims, ink): (&Claims, &[Ink]), faults: &mut Faults) {
    if claims.archive.is_none() && claims.press.is_none() {
        return;
    }
    let intents = file.array(&file.catalog, b"OutputIntents").unwrap_or(&[]);
    let mut device = None;
    for intent in intents {
        let Some(Object::Dictionary(intent)) = file.follow(intent) else {
            continue;
        };
        if file.text(intent, b"OutputConditionIdentifier").is_none() {
            faults.broken(Code::PdfIntent, "an output intent has no identifier", "");
        }
        device = profile(file, intent, claims, faults).or(device);
    }
    let wanted: &[(&[u8], bool)] = &[
        (b"GTS_PDFA1", claims.archive.is_some()),
        (b"GTS_PDFX", claims.press.is_some()),
    ];
    for (kind, is_wanted) in wanted {
        let is_there = intents
            .iter()
            .filter_map(|intent| file.follow(intent)?.as_dict().ok())
            .any(|intent| file.name(intent, b"S") == Some(kind));
        if *is_wanted && !is_there {
            faults.broken(
                Code::PdfIntent,
                "there is no output intent of the claimed standard",
                "",
            );
        }
    }
    for (page, ink) in file.pages.iter().zip(ink) {
        for used in &ink.devices {
            if device != Some(*used) {
                let words = match used {
                    Device::Rgb => "colours of a screen (DeviceRGB) without an intent for them",
                    Device::Cmyk => "colours of a press (DeviceCMYK) without an intent for them",
                };
                faults.broken(Code::PdfIntent, words, page.name());
            }
        }
    }
}

/// Looks at the profile of an intent, and gives the colours for which it stands.
fn profile(
    file: &File<'_>,
    intent: &Dictionary,
    claims: &Claims,
    faults: &mut Faults,
) -> Option<Device> {
    let mut broken = |words: &'static str| faults.broken(Code::PdfIntent, words, "");
    let Some(stream) = file.stream(intent, b"DestOutputProfile") else {
        broken("an output intent has no profile");
        return None;
    };
    let bytes = file.bytes(stream).unwrap_or_default();
    let told = bytes.get(..4).and_then(|size| size.try_into().ok());
    let told = told.map_or(0, u32::from_be_bytes) as usize;
    if bytes.get(36..40) != Some(b"acsp") || told != bytes.len() {
        broken("the profile of an output intent is damaged");
        return None;
    }
    if claims.press.is_some() && bytes.get(12..16) != Some(b"prtr") {
        broken("the profile of the press is none of a printer");
    }
    let space = bytes.get(16..20).unwrap_or(&[]);
    let row = SPACES.iter().find(|row| row.0 == space);
    let count = file
        .get(&stream.dict, b"N")
        .and_then(|count| count.as_i64().ok());
    match row {
        Some((_, components, device)) if count == Some(*components) => *device,
        _ => {
            broken("the profile of an output intent has other components than told");
            None
        }
    }
}
