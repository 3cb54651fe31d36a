//! The finishing pass: what printpdf assembled becomes the file, with all that printpdf cannot say.

use std::collections::{BTreeMap, BTreeSet};

use lopdf::{
    Dictionary, Document, Object, ObjectId, SaveOptions, Stream, StringFormat, dictionary,
};
use rayon::prelude::*;
use uuid::Uuid;

use crate::geom::WritingMode;
use crate::layout::Layout;
use crate::model::{PageLayout, PdfColour};

use super::attached;
use super::content::PageContent;
use super::deflate::{LEVEL, deflate};
use super::error::PdfError;
use super::face::PrintedFaces;
use super::options::PdfOptions;
use super::outline;
use super::register;
use super::shared;
use super::standard::Conformance;
use super::string::points;
use super::tags;
use super::xmp::{Info, Pages, PictureWords};

/// Stands for the file's id until its bytes are known.
const NO_ID: Uuid = Uuid::from_bytes(*b"banxin-no-id-yet");

/// An sRGB profile of version 2 (IEC 61966-2-1), made for this program and free of rights.
const SRGB: &[u8] = include_bytes!("srgb.icc");

/// What goes into a document beside what printpdf holds of it.
pub(crate) struct Finish<'a> {
    /// The pages as they were laid out.
    pub(crate) layout: &'a Layout,
    /// Their content.
    pub(crate) contents: &'a [PageContent],
    /// The faces that they use.
    pub(crate) faces: &'a PrintedFaces<'a>,
    /// What the caller asks for.
    pub(crate) options: PdfOptions<'a>,
    /// The standards to keep.
    pub(crate) conformance: Conformance,
    /// The words that go along with pictures, by the name under which pages know these.
    pub(crate) words: &'a BTreeMap<String, PictureWords>,
}

impl Finish<'_> {
    /// Takes the document as printpdf assembled it, whose last page only showed every glyph once,
    /// and gives the file's bytes.
    ///
    /// # Errors
    /// The document is not as this version of printpdf is known to write it.
    pub(crate) fn file(&self, mut document: Document) -> Result<Vec<u8>, PdfError> {
        let odd = |_| PdfError::Assembly("printpdf wrote a document in an unknown way");
        document.version = "1.7".into();
        let catalog = document
            .trailer
            .get(b"Root")
            .and_then(Object::as_reference)
            .map_err(odd)?;
        let tree = document
            .get_dictionary(catalog)
            .and_then(|catalog| catalog.get(b"Pages"))
            .and_then(Object::as_reference)
            .map_err(odd)?;
        let mut pages = document
            .get_dictionary(tree)
            .and_then(|tree| tree.get(b"Kids"))
            .and_then(Object::as_array)
            .map_err(odd)?
            .iter()
            .map(Object::as_reference)
            .collect::<Result<Vec<ObjectId>, _>>()
            .map_err(odd)?;
        let resources = self.take_resources(&mut document, &mut pages)?;
        shared::merge(&mut document);
        let links = self.write_pages(&mut document, tree, &pages, resources);
        if self.conformance.is_tagged() {
            self.write_structure(&mut document, catalog, (&pages, &links))
                .map_err(odd)?;
        }
        self.write_catalog(&mut document, catalog, &pages)
            .map_err(odd)?;
        self.write_info(&mut document, catalog).map_err(odd)?;
        document.renumber_objects();
        deflate_all(&mut document)?;
        save(document)
    }

    /// Drops the last page, and gives the resources that all pages share.
    fn take_resources(
        &self,
        document: &mut Document,
        pages: &mut Vec<ObjectId>,
    ) -> Result<ObjectId, PdfError> {
        let odd = |_| PdfError::Assembly("printpdf wrote a page in an unknown way");
        let dropped = pages
            .pop()
            .ok_or(PdfError::Assembly("a document without pages"))?;
        let mut shared = Dictionary::new();
        for page in pages.iter().chain([&dropped]) {
            let page = document.get_dictionary(*page).map_err(odd)?;
            let [resources, contents] = [&b"Resources"[..], b"Contents"]
                .map(|key| page.get(key).and_then(Object::as_reference));
            document.objects.remove(&contents.map_err(odd)?);
            if let Some(Object::Dictionary(own)) = document.objects.remove(&resources.map_err(odd)?)
            {
                shared = own;
            }
        }
        document.objects.remove(&dropped);
        let mut dictionary_of = |key: &[u8]| {
            let id = shared
                .get(key)
                .and_then(Object::as_reference)
                .map_err(odd)?;
            match document.objects.remove(&id) {
                Some(Object::Dictionary(found)) => Ok(found),
                _ => Err(PdfError::Assembly("a page without resources")),
            }
        };
        let made = dictionary_of(b"Font")?;
        let pictures = dictionary_of(b"XObject")?;
        for key in [&b"ExtGState"[..], b"Shading"] {
            dictionary_of(key)?;
        }
        let used: BTreeSet<_> = self
            .contents
            .iter()
            .flat_map(|page| &page.fonts)
            .copied()
            .collect();
        let fonts = register::make_fonts(document, &made, self.faces, &used)?;
        let mut resources = dictionary! { "Font" => fonts };
        self.write_words(document, &pictures);
        if !pictures.is_empty() {
            resources.set("XObject", pictures);
        }
        Ok(document.add_object(resources))
    }

    /// Gives every picture its own packet (ISO 32000-1, 14.3.2).
    fn write_words(&self, document: &mut Document, pictures: &Dictionary) {
        let language = self.options.meta.language.tag();
        for (name, words) in self.words {
            let Ok(picture) = pictures.get(name.as_bytes()).and_then(Object::as_reference) else {
                continue;
            };
            let packet = document.add_object(packet_stream(words.packet(language)));
            if let Ok(stream) = document
                .get_object_mut(picture)
                .and_then(Object::as_stream_mut)
            {
                stream.dict.set("Metadata", packet);
            }
        }
    }

    fn write_pages(
        &self,
        document: &mut Document,
        tree: ObjectId,
        pages: &[ObjectId],
        resources: ObjectId,
    ) -> Vec<Vec<Option<ObjectId>>> {
        let mut all_links = Vec::with_capacity(pages.len());
        let names = outline::named_places(self.contents, pages);
        for (page, content) in pages.iter().zip(self.contents) {
            let sheet = content.sheet;
            let (width, height) = (sheet.media.width.wide(), sheet.media.height.wide());
            let inner = sheet.bleed.wide();
            let media: Vec<Object> = [0, 0, width, height].map(points).into();
            let trim: Vec<Object> = [inner, inner, width - inner, height - inner]
                .map(points)
                .into();
            let stream = Stream::new(
                dictionary! { "Filter" => "FlateDecode" },
                content.deflated.clone(),
            );
            let mut page_dictionary = dictionary! {
                "Type" => "Page",
                "Parent" => tree,
                "MediaBox" => media.clone(),
                "BleedBox" => media,
                "TrimBox" => trim,
                "Resources" => resources,
                "Contents" => document.add_object(stream),
            };
            let links = outline::write_links(document, content, &names);
            let written: Vec<Object> = links.iter().flatten().map(|id| (*id).into()).collect();
            if !written.is_empty() {
                page_dictionary.set("Annots", written);
            }
            all_links.push(links);
            document.objects.insert(*page, page_dictionary.into());
        }
        let kids: Vec<Object> = pages.iter().map(|page| Object::Reference(*page)).collect();
        let tree_dictionary =
            dictionary! { "Type" => "Pages", "Count" => kids.len() as i64, "Kids" => kids };
        document.objects.insert(tree, tree_dictionary.into());
        all_links
    }

    /// Writes the structure (ISO 32000-1, 14.7).
    fn write_structure(
        &self,
        document: &mut Document,
        catalog: ObjectId,
        (pages, links): (&[ObjectId], &[Vec<Option<ObjectId>>]),
    ) -> lopdf::Result<()> {
        let stories = tags::Stories::of(self.options.parts, &self.options.meta.language);
        let pages_tags = self.contents.iter().filter_map(|page| page.tags.as_ref());
        let tree = tags::build(pages_tags, &stories);
        let sheets = tags::Sheets {
            pages,
            links,
            mode: self.options.writing_mode,
        };
        let root = tags::write(document, &tree, &sheets);
        let entries = document.get_dictionary_mut(catalog)?;
        entries.set("StructTreeRoot", root);
        entries.set("MarkInfo", dictionary! { "Marked" => true });
        Ok(())
    }

    fn write_catalog(
        &self,
        document: &mut Document,
        catalog: ObjectId,
        pages: &[ObjectId],
    ) -> lopdf::Result<()> {
        let sheets: Vec<_> = pages
            .iter()
            .copied()
            .zip(self.contents.iter().map(|content| content.sheet))
            .collect();
        let bookmarks = outline::write_bookmarks(document, &self.layout.bookmarks, &sheets);
        let names = outline::named_places(self.contents, pages);
        let intent = (self.options.output.colour == PdfColour::Rgb).then(|| {
            let profile = Stream::new(dictionary! { "N" => 3 }, SRGB.to_vec());
            dictionary! {
                "Type" => "OutputIntent",
                "S" => "GTS_PDFA1",
                "OutputConditionIdentifier" => Object::string_literal("sRGB IEC61966-2.1"),
                "Info" => Object::string_literal("sRGB IEC61966-2.1"),
                "DestOutputProfile" => document.add_object(profile),
            }
        });
        let files = attached::write(document, self.options.attached, &self.options.meta.modified);
        let entries = document.get_dictionary_mut(catalog)?;
        // Left to the viewer: a book is read in many ways.
        entries.remove(b"PageLayout");
        entries.set(
            "PageMode",
            if bookmarks.is_some() {
                "UseOutlines"
            } else {
                "UseNone"
            },
        );
        let language = self.options.meta.language.tag();
        if !language.is_empty() {
            entries.set("Lang", Object::string_literal(language));
        }
        if let Some(root) = bookmarks {
            entries.set("Outlines", root);
        }
        let mut trees = Dictionary::new();
        if !names.is_empty() {
            trees.set("Dests", outline::name_tree(&names));
        }
        if !files.is_empty() {
            let all: Vec<Object> = files.iter().map(|(_, file)| (*file).into()).collect();
            entries.set("AF", all);
            let leaves = files
                .into_iter()
                .flat_map(|(name, file)| [name, file.into()]);
            let leaves: Vec<Object> = leaves.collect();
            trees.set("EmbeddedFiles", dictionary! { "Names" => leaves });
        }
        if !trees.is_empty() {
            entries.set("Names", trees);
        }
        let labels = self.layout.pages.iter().map(|page| page.number.as_str());
        entries.set("PageLabels", outline::page_labels(labels));
        let mut preferences = dictionary! { "DisplayDocTitle" => true };
        let vertical = self.options.writing_mode == WritingMode::VerticalRl;
        if vertical && self.options.output.direction_hint {
            preferences.set("Direction", "R2L");
        }
        entries.set("ViewerPreferences", preferences);
        if let Some(intent) = intent {
            entries.set("OutputIntents", vec![intent.into()]);
        }
        Ok(())
    }

    fn write_info(&self, document: &mut Document, catalog: ObjectId) -> lopdf::Result<()> {
        let pages = &self.layout.pages;
        let number = |at: usize| pages.get(at).map_or("", |page| page.number.as_str());
        let info = Info {
            meta: self.options.meta,
            bearers: self.options.meta.bearers(self.options.parts),
            conformance: self.conformance,
            pages: Pages {
                first: number(0),
                last: number(pages.len().saturating_sub(1)),
                count: pages.len(),
                of_newspaper: self.options.output.layout == PageLayout::Newspaper,
            },
        };
        let id = document
            .trailer
            .get(b"Info")
            .and_then(Object::as_reference)?;
        document.objects.insert(id, info.dictionary().into());
        let packet = info.packet(&NO_ID.urn().to_string());
        let metadata = document.add_object(packet_stream(packet));
        document
            .get_dictionary_mut(catalog)?
            .set("Metadata", metadata);
        let id = Object::String(NO_ID.as_bytes().to_vec(), StringFormat::Hexadecimal);
        document.trailer.set("ID", vec![id.clone(), id]);
        Ok(())
    }
}

/// A packet of XMP as a stream.
fn packet_stream(packet: String) -> Stream {
    Stream::new(
        dictionary! { "Type" => "Metadata", "Subtype" => "XML" },
        packet.into_bytes(),
    )
}

/// Compresses every stream that is not yet, but for the metadata, which stays readable for
/// programs that know no PDF.
fn deflate_all(document: &mut Document) -> Result<(), PdfError> {
    let plain: Vec<&mut Stream> = document
        .objects
        .values_mut()
        .filter_map(|object| object.as_stream_mut().ok())
        .filter(|stream| !stream.dict.has(b"Filter") && !stream.dict.has_type(b"Metadata"))
        .collect();
    plain.into_par_iter().try_for_each(|stream| {
        let content = deflate(&stream.content)?;
        stream.dict.set("Filter", "FlateDecode");
        stream.set_content(content);
        Ok(())
    })
}

/// Writes the file with object streams, then gives it an id made of its own bytes.
fn save(mut document: Document) -> Result<Vec<u8>, PdfError> {
    let mut bytes = Vec::new();
    let options = SaveOptions::builder()
        .use_object_streams(true)
        .use_xref_streams(true)
        .compression_level(LEVEL)
        .build();
    document.save_with_options(&mut bytes, options)?;
    let id = Uuid::new_v5(&Uuid::NAMESPACE_URL, &bytes);
    let replace = |bytes: &mut Vec<u8>, old: &str, new: &str| {
        let mut from = 0;
        while let Some(at) = bytes[from..]
            .windows(old.len())
            .position(|w| w == old.as_bytes())
        {
            bytes[from + at..from + at + old.len()].copy_from_slice(new.as_bytes());
            from += at + old.len();
        }
    };
    let hexadecimal = |id: Uuid| format!("{:X}", id.simple());
    replace(&mut bytes, &hexadecimal(NO_ID), &hexadecimal(id));
    replace(&mut bytes, &NO_ID.to_string(), &id.to_string());
    Ok(bytes)
}
