//! The PDF: pages of placed frames become one file, assembled by printpdf, finished by lopdf.

mod attached;
mod canvas;
mod content;
mod deflate;
mod drawing;
mod entry;
mod error;
mod face;
mod finish;
mod graphic;
mod image;
mod inks;
mod missing;
mod options;
mod outline;
mod pixels;
mod png;
mod reading;
mod register;
mod rows;
mod sfnt;
mod shared;
mod sorts;
mod standard;
mod string;
mod tags;
mod text;
mod xmp;
mod xobject;

use std::collections::BTreeMap;
use std::io::Write;

use printpdf::{PdfDocument, PdfPage, PdfSaveOptions, Pt, Rect};
use rayon::prelude::*;

use crate::art::Gallery;
use crate::diag::{Sink, Warned};
use crate::font::Faces;
use crate::layout::Layout;
use crate::model::PdfColour;

pub use attached::Attached;
pub use error::PdfError;
pub use options::PdfOptions;

use content::{PageContent, page_content};
use face::PrintedFaces;
use finish::Finish;
use image::PrintedPictures;
use pixels::Wish;
use standard::Conformance;
use tags::HeadRows;
use xmp::{PictureWords, of_pictures};

/// Writes a layout as a PDF 1.7.
///
/// Equal input gives equal bytes, on any number of threads; nothing is read from clock or
/// environment.
#[derive(Debug, Clone, Copy)]
pub struct PdfWriter<'a> {
    layout: &'a Layout,
    faces: &'a Faces,
    gallery: &'a Gallery,
    options: PdfOptions<'a>,
}

impl<'a> PdfWriter<'a> {
    /// A writer of `layout`, which was made with `faces` and `gallery`.
    #[must_use]
    pub fn new(
        layout: &'a Layout,
        faces: &'a Faces,
        gallery: &'a Gallery,
        options: PdfOptions<'a>,
    ) -> Self {
        Self {
            layout,
            faces,
            gallery,
            options,
        }
    }

    /// Writes the file. A picture whose pixels turn out broken is told of, and left out.
    ///
    /// # Errors
    /// A face forbids embedding or is broken, the layout has no pages, or `target` cannot be
    /// written.
    pub fn write(&self, mut target: impl Write) -> Result<Warned<()>, PdfError> {
        let mut sink = Sink::new();
        let conformance = Conformance::of(self.options.output);
        if self.layout.pages.is_empty() {
            return Err(PdfError::Assembly("there are no pages"));
        }
        let faces = PrintedFaces::of(self.layout, self.faces)?;
        let colour = self.options.output.colour;
        let wish = Wish {
            dpi: self.options.output.image_dpi,
            has_inks: colour == PdfColour::Cmyk || !conformance.is_tagged(),
        };
        let pictures = PrintedPictures::of(self.layout, (self.gallery, wish), &mut sink)?;
        let heads = conformance.is_tagged().then(|| HeadRows::of(self.layout));
        let contents = self
            .layout
            .pages
            .par_iter()
            .enumerate()
            .map(|page| page_content(page, (&faces, &pictures), colour, heads.as_ref()))
            .collect::<Result<Vec<PageContent>, _>>()?;
        let mut document = PdfDocument::new("");
        for content in &contents {
            document.pages.push(empty_page(content));
        }
        register::register(&mut document, &faces);
        let mut words = of_pictures(self.options.parts);
        let words: BTreeMap<String, PictureWords> = pictures
            .names()
            .filter_map(|(path, name)| Some((name.to_owned(), words.remove(path)?)))
            .collect();
        pictures.register(&mut document.resources.xobjects);
        let plain = PdfSaveOptions {
            optimize: false,
            subset_fonts: false,
            secure: false,
            image_optimization: None,
        };
        let assembled = document.to_lopdf_document(&plain, &mut Vec::new());
        let finish = Finish {
            layout: self.layout,
            contents: &contents,
            faces: &faces,
            options: self.options,
            conformance,
            words: &words,
        };
        target.write_all(&finish.file(assembled)?)?;
        target.flush()?;
        Ok(sink.warned(()))
    }
}

/// A page of the right size; its content follows in the finishing pass.
fn empty_page(content: &PageContent) -> PdfPage {
    let points = |milli: i64| Pt(milli as f32 / 1000.0);
    let size = content.sheet.media;
    let media = Rect::from_wh(points(size.width.wide()), points(size.height.wide()));
    PdfPage {
        media_box: media.clone(),
        trim_box: media.clone(),
        crop_box: media,
        ops: Vec::new(),
    }
}
