//! What every picture says of itself as an object of the document.

use std::collections::BTreeMap;

use printpdf::DictItem;

use crate::art::{ArtError, Colour};

/// Why a picture gives no object.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ImageFault {
    /// The picture is broken.
    #[error(transparent)]
    Art(#[from] ArtError),
    /// The machine is.
    #[error(transparent)]
    Machine(#[from] std::io::Error),
}

/// What every picture of pixels at eight bits a sample says of itself.
pub(crate) fn image_dictionary(
    (width, height): (u32, u32),
    colour: Colour,
    filter: &str,
) -> BTreeMap<String, DictItem> {
    BTreeMap::from([
        ("Type".into(), name("XObject")),
        ("Subtype".into(), name("Image")),
        ("Width".into(), DictItem::Int(width.into())),
        ("Height".into(), DictItem::Int(height.into())),
        ("ColorSpace".into(), name(device_space(colour))),
        ("BitsPerComponent".into(), DictItem::Int(8)),
        ("Filter".into(), name(filter)),
    ])
}

/// The colours of a device.
pub(crate) fn device_space(colour: Colour) -> &'static str {
    match colour {
        Colour::Grey => "DeviceGray",
        Colour::Rgb => "DeviceRGB",
        Colour::Cmyk => "DeviceCMYK",
    }
}

/// A name.
pub(crate) fn name(text: &str) -> DictItem {
    DictItem::Name(text.as_bytes().to_vec())
}
