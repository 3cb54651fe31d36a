//! Pictures as objects of the document, each stored once: JPEG as it is, pixels deflated.

use std::collections::{BTreeMap, BTreeSet};

use printpdf::{DictItem, ExternalStream, ExternalXObject, XObject, XObjectId, XObjectMap};
use rayon::prelude::*;

use crate::art::{ArtError, Colour, Gallery, Picture, PictureKind, Raster};
use crate::diag::{Code, Diagnostic, Sink};
use crate::layout::{Frame, Item, Layout};

use super::deflate::deflate;
use super::drawing;
use super::error::PdfError;

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
        (PictureKind::Png | PictureKind::Svg, None) => pixels(&picture.decode()?)?,
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

/// Decoded pixels, deflated; what is transparent in them as a mask beside them.
fn pixels(raster: &Raster) -> std::io::Result<ExternalStream> {
    let size = (raster.width, raster.height);
    let mut stream = deflated(size, raster.colour, &raster.data)?;
    if let Some(alpha) = &raster.alpha {
        let mask = deflated(size, Colour::Grey, alpha)?;
        stream
            .dict
            .insert("SMask".into(), DictItem::Stream { stream: mask });
    }
    Ok(stream)
}

fn deflated(size: (u32, u32), colour: Colour, samples: &[u8]) -> std::io::Result<ExternalStream> {
    let mut dict = image_dictionary(size, colour, "FlateDecode");
    let parameters = BTreeMap::from([
        // Each row names its own predictor (ISO 32000-2, 7.4.4.4).
        ("Predictor".into(), DictItem::Int(15)),
        ("Colors".into(), DictItem::Int(colour.channels() as i64)),
        ("BitsPerComponent".into(), DictItem::Int(8)),
        ("Columns".into(), DictItem::Int(size.0.into())),
    ]);
    dict.insert("DecodeParms".into(), DictItem::Dict { map: parameters });
    let rows = predicted(
        samples,
        size.0 as usize * colour.channels(),
        colour.channels(),
    );
    Ok(ExternalStream {
        dict,
        content: deflate(&rows)?,
        compress: false,
    })
}

/// Rows as differences from their neighbours, each in the way that leaves the smallest numbers:
/// as they are, from the left, from above, or from the mean of both (PNG, 9.2).
fn predicted(samples: &[u8], row: usize, step: usize) -> Vec<u8> {
    let mut out = Vec::with_capacity(samples.len() + samples.len() / row.max(1));
    let zeros = vec![0; row];
    let mut above = &zeros[..];
    let mut best = vec![0; row];
    let mut trial = vec![0; row];
    for line in samples.chunks_exact(row.max(1)) {
        let mut least = (u64::MAX, 0);
        for kind in 0..4_u8 {
            for (at, value) in line.iter().enumerate() {
                let left = if at >= step { line[at - step] } else { 0 };
                let guess = match kind {
                    0 => 0,
                    1 => left,
                    2 => above[at],
                    _ => ((u16::from(left) + u16::from(above[at])) / 2) as u8,
                };
                trial[at] = value.wrapping_sub(guess);
            }
            let sum = trial
                .iter()
                .map(|v| u64::from(v.cast_signed().unsigned_abs()))
                .sum();
            if sum < least.0 {
                least = (sum, kind);
                std::mem::swap(&mut best, &mut trial);
            }
        }
        out.push(least.1);
        out.extend_from_slice(&best);
        above = line;
    }
    out
}

fn image_dictionary(
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

fn device_space(colour: Colour) -> &'static str {
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

#[cfg(test)]
mod tests {
    use super::*;

    /// Undoes the prediction as a reader does.
    fn restored(rows: &[u8], row: usize, step: usize) -> Vec<u8> {
        let mut out: Vec<u8> = Vec::new();
        for (n, line) in rows.chunks_exact(row + 1).enumerate() {
            for (at, value) in line[1..].iter().enumerate() {
                let left = if at >= step {
                    out[n * row + at - step]
                } else {
                    0
                };
                let up = if n > 0 { out[(n - 1) * row + at] } else { 0 };
                let guess = match line[0] {
                    0 => 0,
                    1 => left,
                    2 => up,
                    _ => ((u16::from(left) + u16::from(up)) / 2) as u8,
                };
                out.push(value.wrapping_add(guess));
            }
        }
        out
    }

    #[test]
    fn prediction_can_be_undone() {
        let samples: Vec<u8> = (0..90_u32).map(|n| (n * n * 7 % 251) as u8).collect();
        let rows = predicted(&samples, 15, 3);
        assert_eq!(rows.len(), 96);
        assert_eq!(restored(&rows, 15, 3), samples);
    }

    #[test]
    fn smooth_rows_become_small() {
        let samples: Vec<u8> = (0..200_u8).collect();
        let rows = predicted(&samples, 100, 1);
        assert!(rows[2..101].iter().all(|v| *v == 1), "{rows:?}");
    }
}
