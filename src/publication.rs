//! The whole job in one value: a folder read, its pictures and faces opened, its outputs made.

use std::io::Write;
use std::path::{Path, PathBuf};

use crate::art::{self, Gallery};
use crate::diag::{Diagnostic, Severity, Sink, Sources, Warned};
use crate::epub::{EpubError, EpubOptions, EpubWriter};
use crate::files::Disk;
use crate::font::{Faces, FontError, coverage};
use crate::layout::{self, Layout};
use crate::manuscript::{self, Entry, Request};
use crate::model::Book;
use crate::model::style::MissingGlyphs;
use crate::pdf::{Attached, PdfError, PdfOptions, PdfWriter};
use crate::proof;

/// A fault of the machine or of the call; faults of the manuscript are [`Diagnostic`]s.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The path names nothing that could be a publication.
    #[error("{path}: {fault}")]
    Open {
        /// The path as given.
        path: PathBuf,
        /// What is wrong with it.
        fault: std::io::Error,
    },
    /// The manuscript could not be read.
    #[error(transparent)]
    Manuscript(#[from] manuscript::Error),
    /// A face could not be opened.
    #[error(transparent)]
    Font(#[from] FontError),
    /// The EPUB could not be written.
    #[error(transparent)]
    Epub(#[from] EpubError),
    /// The PDF could not be written.
    #[error(transparent)]
    Pdf(#[from] PdfError),
    /// The typographic cover could not be packed.
    #[error("the cover could not be drawn: {0}")]
    Cover(image::ImageError),
}

/// What a caller may ask beyond what the manuscript says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Options {
    /// Keys of `book.toml` by their dotted path, each with its value as TOML or as plain text.
    pub set: Vec<(String, String)>,
    /// `SOURCE_DATE_EPOCH`: the date of a publication that has none, in seconds since 1970.
    pub source_date_epoch: Option<i64>,
}

/// A publication, read and checked, with its pictures and faces.
///
/// ```no_run
/// let opened = banxin::Publication::open("book", &Default::default())?;
/// let pages = opened.value.lay_out();
/// opened.value.write_pdf(&pages.value, std::fs::File::create("book.pdf")?)?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct Publication {
    /// What was written.
    pub book: Book,
    /// The text of its files, for showing diagnostics.
    pub sources: Sources,
    /// Its pictures.
    pub gallery: Gallery,
    /// Its faces.
    pub faces: Faces,
}

impl Publication {
    /// Reads a folder with `book.toml`, an mdBook folder or one Markdown file, and opens its
    /// pictures and faces.
    ///
    /// Every fault of the manuscript is in the diagnostics, and the value is good enough to go on
    /// looking for more; after a diagnostic of [`Severity::Error`] nothing should be published.
    ///
    /// # Errors
    /// The path is not there, or a file that the program itself needs cannot be read.
    pub fn open(path: impl AsRef<Path>, options: &Options) -> Result<Warned<Self>, Error> {
        let path = path.as_ref();
        let located = Located::find(path).map_err(|fault| Error::Open {
            path: path.to_owned(),
            fault,
        })?;
        let request = Request {
            entry: located.entry,
            overrides: options.set.clone(),
            folder_name: located.name,
            source_date_epoch: options.source_date_epoch,
        };
        let mut sink = Sink::new();
        let reading = manuscript::read(&located.files, &request)?.unpack(&mut sink);
        let book = reading.book;
        let gallery = Gallery::open(art::images_of(&book), &located.files).unpack(&mut sink);
        let faces = Faces::open(&book.style.fonts, &located.files)?.unpack(&mut sink);
        let severity = match book.style.missing_glyphs {
            MissingGlyphs::Warn => Severity::Warning,
            MissingGlyphs::Error => Severity::Error,
        };
        sink.extend(coverage::of_book(&book, &faces).diagnostics(severity));
        Ok(sink.warned(Self {
            book,
            sources: reading.sources,
            gallery,
            faces,
        }))
    }

    /// Sets every page.
    #[must_use]
    pub fn lay_out(&self) -> Warned<Layout> {
        layout::layout(&self.book, &self.faces, &self.gallery)
    }

    /// Writes the PDF of finished pages.
    ///
    /// # Errors
    /// A face cannot be subset, or `out` cannot be written.
    pub fn write_pdf(&self, pages: &Layout, out: impl Write) -> Result<Warned<()>, Error> {
        let attached = if self.book.output.pdf.attach_source {
            self.manuscript()
        } else {
            Vec::new()
        };
        let options = PdfOptions {
            attached: &attached,
            ..PdfOptions::of(&self.book)
        };
        Ok(PdfWriter::new(pages, &self.faces, &self.gallery, options).write(out)?)
    }

    /// The files of the publication that can travel with what is made of them: its texts, and its
    /// pictures where they are shown.
    fn manuscript(&self) -> Vec<Attached<'_>> {
        let texts = self.sources.iter().map(|(_, source)| Attached {
            path: &source.name,
            media_type: if source.name.ends_with(".md") {
                "text/markdown"
            } else {
                "text/plain"
            },
            bytes: source.text.as_bytes(),
        });
        let pictures = self.gallery.iter().map(|picture| Attached {
            path: &picture.path,
            media_type: picture.kind.media_type(),
            bytes: &picture.bytes,
        });
        texts.chain(pictures).collect()
    }

    /// Writes the EPUB. A publication that names no cover gets one of its title and its names.
    ///
    /// # Errors
    /// A face cannot be subset, the cover cannot be packed, or `out` cannot be written.
    pub fn write_epub(&self, out: impl Write) -> Result<Warned<()>, Error> {
        let mut options = EpubOptions::default();
        if self.book.meta.cover.is_none() {
            options.cover = Some(proof::cover(&self.book, &self.faces).map_err(Error::Cover)?);
        }
        Ok(EpubWriter::new(&self.book, &self.faces, &self.gallery, options).write(out)?)
    }
}

/// Whether any of these must keep the output from being made.
#[must_use]
pub fn has_errors(found: &[Diagnostic]) -> bool {
    found.iter().any(|d| d.severity == Severity::Error)
}

/// Where a publication lies on disk.
struct Located {
    files: Disk,
    entry: Entry,
    name: String,
}

impl Located {
    fn find(path: &Path) -> std::io::Result<Self> {
        let real = path.canonicalize()?;
        let text = |part: Option<&std::ffi::OsStr>| {
            part.map_or_else(
                || "book".to_owned(),
                |name| name.to_string_lossy().into_owned(),
            )
        };
        if real.is_dir() {
            return Ok(Self {
                files: Disk::new(&real)?,
                entry: Entry::Folder,
                name: text(real.file_name()),
            });
        }
        let folder = real.parent().unwrap_or(Path::new("."));
        Ok(Self {
            files: Disk::new(folder)?,
            entry: Entry::SingleFile(text(real.file_name())),
            name: text(real.file_stem()),
        })
    }
}
