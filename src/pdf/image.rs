//! Pictures as objects of the document, each stored once, JPEG byte for byte.

use std::collections::{BTreeMap, BTreeSet};

use printpdf::{DictItem, ExternalStream, ExternalXObject, XObject, XObjectId, XObjectMap};
use rayon::prelude::*;

use crate::art::{ArtError, Colour, Gallery, Picture, PictureKind};
use crate::diag::{Code, Diagnostic, Sink};
use crate::layout::{Frame, Item, Layout};

use super::drawing;
use super::error::PdfError;
use super::png;

/// The pictures of a document by their paths.
#[derive(Debug, Default)]
pub(crate) struct PrintedPictures<'a> {
    placed: BTreeMap<String, Placed<'a>>,
    objects: Vec<ExternalXObject>,
}

/// A picture of the document: its name in content streams, and itself.
#[derive(Debug, Clone)]
pub(crate) struct Placed<'a> {
    name: String,
    picture: &'a Picture,
}

impl Placed<'_> {
    /// The name under which pages know it.
    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    /// How its stored pixels are turned to be seen (EXIF 2.32, tag 0x0112): the matrix that takes
    /// the unit square of what is stored to that of what is seen, `y` up.
    pub(crate) fn turn(&self) -> [i64; 6] {
        match self.picture.orientation {
            2 => [-1, 0, 0, 1, 1, 0],
            3 => [-1, 0, 0, -1, 1, 1],
            4 => [1, 0, 0, -1, 0, 1],
            5 => [0, -1, -1, 0, 1, 1],
            6 => [0, -1, 1, 0, 0, 1],
            7 => [0, 1, 1, 0, 0, 0],
            8 => [0, 1, -1, 0, 1, 0],
            _ => [1, 0, 0, 1, 0, 0],
        }
    }
}

impl<'a> PrintedPictures<'a> {
    /// Every picture that a layout shows; one whose pixels turn out broken is told to `sink`.
    ///
    /// # Errors
    /// Memory for compressed pixels is not to be had.
    pub(crate) fn of(
        layout: &Layout,
        gallery: &'a Gallery,
        sink: &mut Sink,
    ) -> Result<Self, PdfError> {
        let mut paths = BTreeSet::new();
        for page in &layout.pages {
            collect(&page.frame, &mut paths);
        }
        let pictures: Vec<&Picture> = paths
            .into_iter()
            .filter_map(|path| gallery.get(path))
            .collect();
        let objects: Vec<Result<ExternalXObject, ImageFault>> =
            pictures.par_iter().map(|picture| object(picture)).collect();
        let mut printed = Self::default();
        for (picture, object) in pictures.into_iter().zip(objects) {
            match object {
                Ok(object) => {
                    let name = format!("I{}", printed.objects.len());
                    printed
                        .placed
                        .insert(picture.path.clone(), Placed { name, picture });
                    printed.objects.push(object);
                }
                Err(ImageFault::Art(fault)) => sink.push(
                    Diagnostic::error(
                        Code::ImageUnreadable,
                        None,
                        format!("cannot decode the picture `{}`: {fault}", picture.path),
                    )
                    .hint("save it again from an image editor"),
                ),
                Err(ImageFault::Machine(fault)) => return Err(fault.into()),
            }
        }
        Ok(printed)
    }

    /// The picture of a path; `None` where it could not be read.
    pub(crate) fn get(&self, path: &str) -> Option<&Placed<'a>> {
        self.placed.get(path)
    }

    /// Gives the pictures to printpdf.
    pub(crate) fn register(self, objects: &mut XObjectMap) {
        for (place, object) in self.objects.into_iter().enumerate() {
            objects
                .map
                .insert(XObjectId(format!("I{place}")), XObject::External(object));
        }
    }
}

fn collect<'l>(frame: &'l Frame, paths: &mut BTreeSet<&'l str>) {
    for (_, item) in &frame.items {
        match item {
            Item::Image { path, .. } => {
                paths.insert(path);
            }
            Item::Group(frame) => collect(frame, paths),
            _ => {}
        }
    }
}

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

/// A picture as an object.
pub(crate) fn object(picture: &Picture) -> Result<ExternalXObject, ImageFault> {
    let stream = match (picture.kind, picture.vector()) {
        (_, Some(vector)) => drawing::form(vector)?,
        (PictureKind::Jpeg, None) => jpeg(picture),
        (PictureKind::Png | PictureKind::Svg, None) => {
            // Decoded in any case: rows that are broken would break the page.
            let raster = picture.decode()?;
            match png::passed_through(&picture.bytes) {
                Some(rows) => rows,
                None => png::pixels(&raster)?,
            }
        }
    };
    Ok(ExternalXObject {
        stream,
        width: None,
        height: None,
        dpi: None,
    })
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
