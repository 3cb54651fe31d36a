//! The pictures of a publication, each opened once.

use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::diag::{Code, Diagnostic, Sink, Warned};
use crate::files::{FileFault, Files};
use crate::model::ImageRef;

use super::picture::{Picture, PictureKind};
use super::pixels;
use super::sniff::{Sniffed, sniff};
use super::svg;

/// Pictures up to this many pixels are decoded when they are opened, so that data broken in the
/// middle are found before anything is written; of larger ones the structure is checked.
const DECODED_PIXELS: u64 = 2_000_000;

/// The pictures of a publication by their paths.
///
/// ```
/// use banxin::art::Gallery;
/// use banxin::files::Memory;
/// use banxin::model::ImageRef;
/// let files = Memory::new([("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg' width='96' height='48'/>".to_vec())]);
/// let image = ImageRef { path: "a.svg".into(), span: Default::default() };
/// let gallery = Gallery::open([&image], &files);
/// assert!(gallery.diagnostics.is_empty());
/// assert_eq!(gallery.value.get("a.svg").unwrap().natural.width.milli(), 72_000);
/// ```
#[derive(Debug, Clone, Default)]
pub struct Gallery {
    pictures: BTreeMap<String, Picture>,
}

impl Gallery {
    /// Opens pictures, each path once. What is missing, remote, broken, or not what its name
    /// claims is an error at the place where it was first named, and left out.
    pub fn open<'a>(
        images: impl IntoIterator<Item = &'a ImageRef>,
        files: &dyn Files,
    ) -> Warned<Self> {
        let mut sink = Sink::new();
        let mut named: Vec<&ImageRef> = Vec::new();
        let mut seen = BTreeMap::new();
        for image in images {
            seen.entry(image.path.as_str())
                .or_insert_with(|| named.push(image));
        }
        let read: Vec<(&ImageRef, Result<Vec<u8>, Diagnostic>)> = named
            .into_iter()
            .map(|image| (image, fetch(image, files)))
            .collect();
        let opened: Vec<_> = read
            .into_par_iter()
            .map(|(image, bytes)| (image, bytes.and_then(|bytes| look(image, bytes))))
            .collect();
        let mut gallery = Self::default();
        for (image, result) in opened {
            match result {
                Ok((picture, warnings)) => {
                    sink.extend(warnings);
                    gallery.pictures.insert(image.path.clone(), picture);
                }
                Err(diagnostic) => sink.push(diagnostic),
            }
        }
        sink.warned(gallery)
    }

    /// A picture by its path in the publication's folder.
    #[must_use]
    pub fn get(&self, path: &str) -> Option<&Picture> {
        self.pictures.get(path)
    }

    /// Every picture, sorted by path.
    pub fn iter(&self) -> impl Iterator<Item = &Picture> {
        self.pictures.values()
    }
}

/// The bytes of an image's file.
fn fetch(image: &ImageRef, files: &dyn Files) -> Result<Vec<u8>, Diagnostic> {
    let path = &image.path;
    if is_remote(path) {
        return Err(Diagnostic::error(
            Code::ImageRemote,
            image.span,
            format!("the image {path} is not a file of the publication"),
        )
        .hint("save it into the publication's folder and name it there"));
    }
    files.read(path).map_err(|fault| match fault {
        FileFault::Missing => {
            let missing = Diagnostic::error(
                Code::ImageMissing,
                image.span,
                format!("there is no image {path}"),
            );
            match like(path, files) {
                Some(other) => missing.hint(format!("there is {other}")),
                None => missing
                    .hint("put the file there, or name it by its path from the file that shows it"),
            }
        }
        FileFault::Outside => Diagnostic::error(
            Code::FileOutside,
            image.span,
            format!("the image {path} lies outside of the publication's folder"),
        )
        .hint("copy it into the folder"),
        FileFault::Unreadable(reason) => Diagnostic::error(
            Code::ImageUnreadable,
            image.span,
            format!("the image {path} cannot be read: {reason}"),
        )
        .hint("see that it is a file, and that it may be read"),
    })
}

fn is_remote(path: &str) -> bool {
    let scheme = path.split_once(':').map_or("", |(scheme, _)| scheme);
    let is_scheme = scheme.len() > 1
        && scheme
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b"+-.".contains(&b));
    path.starts_with("//") || (is_scheme && (path.contains("://") || scheme == "data"))
}

/// A file beside a missing one that was likely meant: its name in another case, or with another
/// ending.
fn like(path: &str, files: &dyn Files) -> Option<String> {
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
    let stem = |name: &str| {
        let end = name.rfind('.').unwrap_or(name.len());
        name[..end].to_lowercase()
    };
    let names = files.list(folder).ok()?;
    let meant = names
        .iter()
        .find(|other| other.to_lowercase() == name.to_lowercase())
        .or_else(|| names.iter().find(|other| stem(other) == stem(name)))?;
    Some(if folder.is_empty() {
        meant.clone()
    } else {
        format!("{folder}/{meant}")
    })
}

/// Knows a file by its content and reads it.
fn look(image: &ImageRef, bytes: Vec<u8>) -> Result<(Picture, Vec<Diagnostic>), Diagnostic> {
    let path = &image.path;
    let unreadable = |reason: &str| {
        Diagnostic::error(
            Code::ImageUnreadable,
            image.span,
            format!("the image {path} cannot be read: {reason}"),
        )
        .hint("save it anew from the program that made it")
    };
    if bytes.is_empty() {
        return Err(unreadable("the file is empty"));
    }
    let ending = path
        .rsplit_once('.')
        .map_or("", |(_, ending)| ending)
        .to_lowercase();
    let claimed = [PictureKind::Jpeg, PictureKind::Png, PictureKind::Svg]
        .into_iter()
        .find(|kind| kind.endings().contains(&ending.as_str()));
    let wrong = |what: String| Diagnostic::error(Code::ImageKind, image.span, what);
    let kind = match (sniff(&bytes), claimed) {
        (Sniffed::Picture(kind), Some(claimed)) if kind == claimed => kind,
        (Sniffed::Picture(kind), _) => {
            let usual = kind.endings()[0];
            return Err(wrong(format!("the image {path} is a {} file", kind.name()))
                .hint(format!("give its name the ending .{usual}")));
        }
        (Sniffed::Other(name), _) => {
            return Err(wrong(format!("the image {path} is a {name} file"))
                .hint("images are PNG, JPEG or SVG: save it as one of them"));
        }
        (Sniffed::Unknown, Some(claimed)) => {
            return Err(
                wrong(format!("the image {path} is no {} file", claimed.name())).hint(
                    "images are PNG, JPEG or SVG: save it anew from the program that made it",
                ),
            );
        }
        (Sniffed::Unknown, None) => {
            return Err(
                wrong(format!("the image {path} is no picture that is understood"))
                    .hint("images are PNG, JPEG or SVG: save it as one of them"),
            );
        }
    };
    let opened = match kind {
        PictureKind::Svg => svg::open(path, bytes.into()),
        PictureKind::Jpeg | PictureKind::Png => {
            pixels::read(path, kind, bytes.into()).map(|picture| (picture, Vec::new()))
        }
    };
    let (mut picture, simplified) = opened.map_err(|error| unreadable(&error.to_string()))?;
    let (width, height) = picture.pixels;
    if kind != PictureKind::Svg && u64::from(width) * u64::from(height) <= DECODED_PIXELS {
        picture
            .decode()
            .map_err(|error| unreadable(&error.to_string()))?;
    }
    picture.span = Some(image.span);
    let simplified = (!simplified.is_empty()).then(|| {
        Diagnostic::warning(
            Code::ImageSimplified,
            image.span,
            format!(
                "the drawing {path} is simplified in print: {}",
                simplified.join("; ")
            ),
        )
        .hint("turn these into plain paths in the drawing program, or save it as PNG")
    });
    let profile = picture.icc_fault.as_ref().map(|reason| {
        Diagnostic::warning(
            Code::ImageProfile,
            image.span,
            format!("the colour profile of the image {path} is left away in print: {reason}"),
        )
        .hint("its colours are taken as those of a screen: save it anew with a profile of its own colours, as sRGB")
    });
    Ok((picture, simplified.into_iter().chain(profile).collect()))
}
