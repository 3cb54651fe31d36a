//! Pictures as objects of the document, each stored once, JPEG byte for byte.

use std::collections::BTreeMap;

use printpdf::{ExternalXObject, XObject, XObjectId, XObjectMap};
use rayon::prelude::*;

use crate::art::{Colour, Gallery, Picture};
use crate::diag::{Code, Diagnostic, Sink};
use crate::geom::Size;
use crate::layout::{Frame, Item, Layout};

use super::drawing;
use super::error::PdfError;
use super::pixels::{self, Wish};
use super::xobject::ImageFault;

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
    /// Every picture that a layout shows, as an output wishes them; one whose pixels turn out broken
    /// is told to `sink`, as is one whose colours are not known.
    ///
    /// # Errors
    /// Memory for compressed pixels is not to be had.
    pub(crate) fn of(
        layout: &Layout,
        (gallery, wish): (&'a Gallery, Wish),
        sink: &mut Sink,
    ) -> Result<Self, PdfError> {
        let mut sizes = BTreeMap::new();
        for page in &layout.pages {
            collect(&page.frame, &mut sizes);
        }
        let pictures: Vec<(&Picture, Size)> = sizes
            .into_iter()
            .filter_map(|(path, size)| Some((gallery.get(path)?, size)))
            .collect();
        let objects: Vec<Result<ExternalXObject, ImageFault>> = pictures
            .par_iter()
            .map(|(picture, size)| object(picture, *size, wish))
            .collect();
        let mut printed = Self::default();
        for ((picture, _), object) in pictures.into_iter().zip(objects) {
            tell_inks(picture, wish, sink);
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
                        picture.span,
                        format!("the image {} cannot be read: {fault}", picture.path),
                    )
                    .hint("save it anew from the program that made it"),
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

    /// Path and name of every picture.
    pub(crate) fn names(&self) -> impl Iterator<Item = (&str, &str)> {
        let placed = self.placed.iter();
        placed.map(|(path, placed)| (path.as_str(), placed.name()))
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

/// Tells of a picture in inks of which nobody knows the press.
fn tell_inks(picture: &Picture, wish: Wish, sink: &mut Sink) {
    if picture.colour == Colour::Cmyk && picture.icc.is_none() && !wish.has_inks {
        sink.push(
            Diagnostic::warning(
                Code::ImageCmyk,
                picture.span,
                format!(
                    "the image {} is in CMYK and has no colour profile: its colours are guessed",
                    picture.path
                ),
            )
            .hint("save it with the profile of the press it was made for, or in RGB"),
        );
    }
}

/// The pictures of a frame, each with the largest size at which it is seen.
fn collect<'l>(frame: &'l Frame, sizes: &mut BTreeMap<&'l str, Size>) {
    for (_, item) in &frame.items {
        match item {
            Item::Image { path, size, .. } => {
                let largest = sizes.entry(path).or_default();
                largest.width = largest.width.max(size.width);
                largest.height = largest.height.max(size.height);
            }
            Item::Group(frame) => collect(frame, sizes),
            _ => {}
        }
    }
}

/// A picture as an object.
fn object(picture: &Picture, size: Size, wish: Wish) -> Result<ExternalXObject, ImageFault> {
    let stream = match picture.vector() {
        Some(vector) => drawing::form(vector, wish)?,
        None => {
            let (width, height) = (size.width.wide(), size.height.wide());
            let stored = if picture.is_turned() {
                (height, width)
            } else {
                (width, height)
            };
            pixels::pixels(picture, Some(stored), wish)?.stream()?
        }
    };
    Ok(ExternalXObject {
        stream,
        width: None,
        height: None,
        dpi: None,
    })
}
