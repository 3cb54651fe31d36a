//! Pictures of pixels: JPEG byte for byte, PNG by its rows where they can be taken as they are.

use std::collections::BTreeMap;

use printpdf::{DictItem, ExternalStream};

use crate::art::{Colour, Picture, PictureKind};

use super::png;
use super::xobject::{ImageFault, device_space, image_dictionary, name};

/// A picture of pixels as a stream.
///
/// # Errors
/// Its pixels are broken, or memory is not to be had.
pub(crate) fn stream(picture: &Picture) -> Result<ExternalStream, ImageFault> {
    if picture.kind == PictureKind::Jpeg {
        return Ok(jpeg(picture));
    }
    // Decoded in any case: rows that are broken would break the page.
    let raster = picture.decode()?;
    match png::passed_through(&picture.bytes) {
        Some(rows) => Ok(rows),
        None => Ok(png::pixels(&raster)?),
    }
}

/// A JPEG, byte for byte as its file.
fn jpeg(picture: &Picture) -> ExternalStream {
    let mut dict = image_dictionary(picture.pixels, picture.colour, "DCTDecode");
    if let Some(profile) = fitting_profile(picture) {
        dict.insert("ColorSpace".into(), profile);
    }
    if picture.colour == Colour::Cmyk && picture.adobe_transform.is_some() {
        // Adobe's programs store ink as its absence.
        let inverted = [1, 0].repeat(4).into_iter().map(DictItem::Int).collect();
        dict.insert("Decode".into(), DictItem::Array(inverted));
    }
    ExternalStream {
        dict,
        content: picture.bytes.to_vec(),
        compress: false,
    }
}

/// The picture's own profile, where its header is whole and it is one for such colours.
fn fitting_profile(picture: &Picture) -> Option<DictItem> {
    let profile = picture.icc.as_deref()?;
    let told = u32::from_be_bytes(profile.get(..4)?.try_into().ok()?);
    let space: &[u8] = match picture.colour {
        Colour::Grey => b"GRAY",
        Colour::Rgb => b"RGB ",
        Colour::Cmyk => b"CMYK",
    };
    let whole = told as usize == profile.len()
        && profile.get(36..40) == Some(b"acsp")
        && profile.get(16..20) == Some(space);
    whole.then(|| {
        let dict = BTreeMap::from([
            ("N".into(), DictItem::Int(picture.colour.channels() as i64)),
            ("Alternate".into(), name(device_space(picture.colour))),
        ]);
        let stream = ExternalStream {
            dict,
            content: profile.to_vec(),
            compress: false,
        };
        DictItem::Array(vec![name("ICCBased"), DictItem::Stream { stream }])
    })
}
