//! The writer: the parts of a package in their order, from the model to finished bytes.

use std::collections::BTreeMap;
use std::io::{Cursor, Read, Write};

use epub_builder::{EpubBuilder, EpubContent, EpubVersion, PageDirection, ZipLibrary};
use rayon::prelude::*;

use crate::art::Gallery;
use crate::diag::{Sink, Warned};
use crate::font::Faces;
use crate::model::{Book, Inline};
use crate::rules::words::{Word, script_of};

use super::container::{self, Entry};
use super::error::Result;
use super::fonts::{self, FontFile};
use super::ids::Ids;
use super::images::{self, Image};
use super::matter;
use super::metadata::Facts;
use super::nav::{self, Chapter, Landmark};
use super::ncx;
use super::package::{self, Spine};
use super::scribe::Context;
use super::story::Story;
use super::style;
use super::voice::Used;
use super::xhtml::{Document, Markup, Places, STYLE_SHEET};

/// The folder of the package inside the container; epub-builder's.
const FOLDER: &str = "OEBPS/";
const COVER_PAGE: &str = "cover.xhtml";
const TITLE_PAGE: &str = "title.xhtml";
const CONTENTS: &str = "nav.xhtml";
const COLOPHON: &str = "colophon.xhtml";

/// What an EPUB is made with beyond what the publication says of itself.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct EpubOptions {
    /// Whether subsets of the faces go in; both this and the publication must want them.
    pub fonts: bool,
    /// The cover as a PNG file, for a publication that names none; without it there is no cover.
    pub cover: Option<Vec<u8>>,
}

impl Default for EpubOptions {
    fn default() -> Self {
        Self {
            fonts: true,
            cover: None,
        }
    }
}

/// Writes a publication as EPUB 3.3.
///
/// The same publication, faces and pictures give the same bytes, in every folder, time zone and
/// year, on any number of threads.
#[derive(Debug, Clone)]
pub struct EpubWriter<'a> {
    book: &'a Book,
    faces: &'a Faces,
    gallery: &'a Gallery,
    options: EpubOptions,
}

impl<'a> EpubWriter<'a> {
    /// A writer of `book`, set in `faces`, with the pictures of `gallery`.
    #[must_use]
    pub fn new(
        book: &'a Book,
        faces: &'a Faces,
        gallery: &'a Gallery,
        options: EpubOptions,
    ) -> Self {
        Self {
            book,
            faces,
            gallery,
            options,
        }
    }

    /// Makes the EPUB and writes it.
    ///
    /// # Errors
    /// A face cannot be subset, the package cannot be built, or `to` takes no more bytes.
    pub fn write(&self, mut to: impl Write) -> Result<Warned<()>> {
        let mut sink = Sink::new();
        let bytes = self.bytes(&mut sink)?;
        to.write_all(&bytes)?;
        to.flush()?;
        Ok(sink.warned(()))
    }

    fn bytes(&self, sink: &mut Sink) -> Result<Vec<u8>> {
        let (images, pictures) = images::images(self.gallery);
        let context = Context {
            book: self.book,
            ids: Ids::of(self.book),
            pictures,
            labels: script_of(&self.book.meta.language),
        };
        let cover = self.cover(&context);
        let text = Text::new(&context, cover.as_ref().map(|c| c.file.as_str()), sink);
        let fonts = if self.options.fonts && self.book.output.epub.fonts {
            fonts::subsets(self.faces, &text.used)?
        } else {
            Vec::new()
        };
        let mut resources = self.resources(&images, &fonts);
        if let Some((file, drawn)) = cover.as_ref().and_then(|c| Some((&c.file, c.drawn?))) {
            resources.push((file.clone(), "image/png", drawn.to_vec()));
        }
        let parts = Parts {
            context: &context,
            text: &text,
            resources,
            cover: cover.as_ref().map(|c| c.file.as_str()),
            has_fonts: !fonts.is_empty(),
        };
        parts.assemble()
    }

    /// The author's cover, or the one that was made for the publication.
    fn cover(&self, context: &Context<'_>) -> Option<Cover<'_>> {
        let named = self.book.meta.cover.as_ref();
        if let Some(file) = named.and_then(|image| context.pictures.get(&image.path)) {
            return Some(Cover {
                file: file.clone(),
                drawn: None,
            });
        }
        self.options.cover.as_deref().map(|drawn| Cover {
            file: "images/cover.made.png".to_owned(),
            drawn: Some(drawn),
        })
    }

    /// Style sheet, pictures and faces: path, media type, bytes.
    fn resources(
        &self,
        images: &BTreeMap<String, Image<'_>>,
        fonts: &[FontFile],
    ) -> Vec<(String, &'static str, Vec<u8>)> {
        let sheet = style::sheet(self.book, fonts).into_bytes();
        let mut out = vec![(STYLE_SHEET.to_owned(), "text/css", sheet)];
        for (file, image) in images {
            out.push((file.clone(), image.media_type, image.picture.bytes.to_vec()));
        }
        for font in fonts {
            out.push((font.file.clone(), font.media_type, font.bytes.clone()));
        }
        out
    }
}

/// The cover's picture: its file, and its bytes where it is not the author's.
struct Cover<'a> {
    file: String,
    drawn: Option<&'a [u8]>,
}

/// All content documents, in reading order, with their places and characters.
struct Text {
    documents: Vec<(String, String)>,
    contents: Vec<nav::Entry>,
    places: Places,
    used: Used,
}

/// A page of front or back matter before its links are known.
struct Page {
    file: String,
    title: String,
    markup: Markup,
}

impl Text {
    fn new(context: &Context<'_>, cover: Option<&str>, sink: &mut Sink) -> Self {
        let labels = context.labels;
        let stories = stories(context);
        let page = |file: &str, word: Word, markup: Markup| Page {
            file: file.to_owned(),
            title: word.text(labels).to_owned(),
            markup,
        };
        let parts: Vec<Option<Page>> = (1..)
            .zip(&context.book.parts)
            .map(|(number, part)| {
                part.title.as_ref().map(|title| Page {
                    file: format!("part-{number:02}.xhtml"),
                    title: Inline::in_one_line(title),
                    markup: matter::part_page(context, title, &nav::part_id(number - 1)),
                })
            })
            .collect();
        let entries = nav::contents(&chapters(context, &stories));
        let contents = nav::document(context, &entries, &landmarks(&entries, cover));
        let cover = cover.map(|cover| page(COVER_PAGE, Word::Cover, matter::cover(context, cover)));
        let title = page(TITLE_PAGE, Word::TitlePage, matter::title_page(context));
        let contents = page(CONTENTS, Word::Contents, contents);
        let front: Vec<Page> = cover.into_iter().chain([title, contents]).collect();
        let back = page(COLOPHON, Word::Colophon, matter::colophon(context));
        let mut places = Places::default();
        let mut used = Used::default();
        for page in front.iter().chain(parts.iter().flatten()).chain([&back]) {
            for id in page.markup.ids(&page.markup.whole()) {
                places.put(id, &page.file);
            }
            used.merge(page.markup.used());
        }
        for story in stories.iter().flatten() {
            story.place(&mut places);
            used.merge(story.markup().used());
            sink.extend(story.faults());
        }
        let mut documents: Vec<_> = front.iter().map(|p| p.finish(context, &places)).collect();
        for (part, stories) in parts.iter().zip(&stories) {
            documents.extend(part.iter().map(|page| page.finish(context, &places)));
            let written: Vec<_> = stories
                .par_iter()
                .map(|story| story.documents(context, &places))
                .collect();
            documents.extend(written.into_iter().flatten());
        }
        documents.push(back.finish(context, &places));
        Self {
            documents,
            contents: entries,
            places,
            used,
        }
    }
}

impl Page {
    fn finish(&self, context: &Context<'_>, places: &Places) -> (String, String) {
        let mut body = String::new();
        let whole = self.markup.whole();
        self.markup.copy(&whole, places, &self.file, &mut body);
        let document = Document {
            language: context.book.meta.language.tag(),
            title: &self.title,
            mode: context.mode(),
            class: "matter",
        };
        (self.file.clone(), document.wrap(&body))
    }
}

/// The stories of each part, written side by side.
fn stories<'a>(context: &'a Context<'a>) -> Vec<Vec<Story<'a>>> {
    let numbered: Vec<_> = (1..).zip(context.book.articles()).collect();
    let mut written: std::vec::IntoIter<Story<'a>> = numbered
        .par_iter()
        .map(|(number, article)| Story::new(context, article, &format!("story-{number:03}")))
        .collect::<Vec<_>>()
        .into_iter();
    let parts = context.book.parts.iter();
    parts
        .map(|part| written.by_ref().take(part.articles.len()).collect())
        .collect()
}

type PartOfContents<'s> = (Option<&'s [Inline]>, Vec<Chapter<'s>>);

fn chapters<'s>(
    context: &'s Context<'_>,
    stories: &'s [Vec<Story<'_>>],
) -> Vec<PartOfContents<'s>> {
    let parts = context.book.parts.iter().zip(stories);
    parts
        .map(|(part, stories)| {
            let chapters = stories.iter().map(|story| story.chapter(context)).collect();
            (part.title.as_deref(), chapters)
        })
        .collect()
}

fn landmarks<'e>(entries: &'e [nav::Entry], cover: Option<&str>) -> Vec<Landmark<'e>> {
    let mark = |kind, label, id| Landmark { kind, label, id };
    let cover = cover.map(|_| mark("cover", Word::Cover, matter::COVER_ID));
    let mut out = Vec::from_iter(cover);
    out.extend([
        mark("titlepage", Word::TitlePage, matter::TITLE_ID),
        mark("toc", Word::Contents, nav::CONTENTS_ID),
    ]);
    out.extend(
        entries
            .first()
            .map(|entry| mark("bodymatter", Word::Text, &entry.id)),
    );
    out.push(mark("colophon", Word::Colophon, matter::COLOPHON_ID));
    out
}

/// Everything that goes into the container.
struct Parts<'a> {
    context: &'a Context<'a>,
    text: &'a Text,
    resources: Vec<(String, &'static str, Vec<u8>)>,
    cover: Option<&'a str>,
    has_fonts: bool,
}

impl Parts<'_> {
    /// Lets epub-builder make the package, then finishes what it leaves: package document,
    /// contents, container.
    fn assemble(self) -> Result<Vec<u8>> {
        let built = self.build()?;
        let mut archive = zip::ZipArchive::new(Cursor::new(built))?;
        let mut ours: BTreeMap<String, Vec<u8>> = BTreeMap::new();
        for (file, document) in &self.text.documents {
            ours.insert(format!("{FOLDER}{file}"), document.clone().into_bytes());
        }
        let book = self.context.book;
        let contents = ncx::document(&book.meta, &self.text.contents, &self.text.places)?;
        ours.insert(format!("{FOLDER}toc.ncx"), contents);
        let facts = Facts {
            book,
            has_fonts: self.has_fonts,
            cover: self.cover.map(|_| "cover-image"),
        };
        for (file, _, bytes) in self.resources {
            ours.insert(format!("{FOLDER}{file}"), bytes);
        }
        let mut entries = Vec::with_capacity(archive.len());
        for index in 0..archive.len() {
            let mut file = archive.by_index(index)?;
            let path = file.name().to_owned();
            if path == "mimetype" {
                continue;
            }
            let bytes = match ours.remove(&path) {
                Some(bytes) => bytes,
                None => {
                    let mut made = String::new();
                    file.read_to_string(&mut made)?;
                    if path.ends_with(".opf") {
                        let spine = Spine {
                            before_contents: TITLE_PAGE,
                        };
                        package::rewrite(&made, &facts, spine)?
                    } else if path.ends_with("display-options.xml") && !self.has_fonts {
                        // It says one thing: that faces are embedded.
                        continue;
                    } else {
                        made.into_bytes()
                    }
                }
            };
            entries.push(Entry { path, bytes });
        }
        container::zip(&entries)
    }

    /// The package as epub-builder has it; the parts themselves are filled in later, so that
    /// nothing is deflated twice.
    fn build(&self) -> Result<Vec<u8>> {
        let meta = &self.context.book.meta;
        let mut builder = EpubBuilder::new(ZipLibrary::new()?)?;
        builder.epub_version(EpubVersion::V33);
        let vertical = self.context.is_vertical();
        let direction = if vertical {
            PageDirection::Rtl
        } else {
            PageDirection::Ltr
        };
        // The template takes the direction from the metadata.
        builder.metadata("direction", direction.to_string())?;
        builder.metadata("title", meta.title.clone())?;
        builder.set_languages(vec![meta.language.tag().to_owned()]);
        builder.set_toc_name(Word::Contents.text(self.context.labels));
        builder.set_generator("banxin");
        builder.set_uuid(uuid::Uuid::nil());
        for (file, media_type, _) in &self.resources {
            if file == STYLE_SHEET {
                builder.stylesheet(std::io::empty())?;
            } else if self.cover == Some(file) {
                builder.add_cover_image(file, std::io::empty(), *media_type)?;
            } else {
                builder.add_resource(file, std::io::empty(), *media_type)?;
            }
        }
        for (file, _) in &self.text.documents {
            if file != CONTENTS {
                builder.add_content(EpubContent::new(file.as_str(), std::io::empty()))?;
            }
        }
        let mut built = Vec::new();
        builder.generate(&mut built)?;
        Ok(built)
    }
}
