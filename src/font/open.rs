//! The author's choice of fonts, opened: files and folders of the publication or of the disk,
//! and families of the system.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::Path;
use std::sync::Arc;

use fontdb::{Database, Source, Style};
use skrifa::font::Blob;

use crate::diag::{Code, Diagnostic, Sink, Warned};
use crate::files::{FileFault, Files, join};
use crate::model::style::{FontChoice, FontName};

use super::bundled;
use super::error::FontError;
use super::face::Face;
use super::faces::{Faces, Lists, bundled_list};
use super::id::FaceId;
use super::role::{FaceRole, Weight};

/// Endings of font file names.
const ENDINGS: [&str; 4] = [".ttf", ".otf", ".ttc", ".otc"];

/// Regions of a collection in order of preference, where the author names none: its family names
/// end with them.
const REGIONS: [&str; 4] = [" HK", " TC", " TW", " MC"];

/// No font file is larger; what is, is not read.
const LARGEST: u64 = 512 << 20;

impl Faces {
    /// Opens the author's choice of faces beside the bundled ones, which stand behind it in every
    /// list.
    ///
    /// A name is a font file or a folder of font files (with `/`, relative to the publication's
    /// folder or absolute), or a family of the system, which is searched only then. Of a
    /// collection `#` picks a face: `fonts/x.ttc#Noto Serif CJK HK`; without it, the Hong Kong or
    /// Taiwan face, else the first.
    ///
    /// A font that is missing, broken or not to be embedded is a diagnostic and left out.
    ///
    /// # Errors
    /// A font file of the disk is there and the machine fails to read it.
    ///
    /// ```
    /// use banxin::files::Memory;
    /// use banxin::font::Faces;
    /// use banxin::model::style::FontChoice;
    /// let faces = Faces::open(&FontChoice::default(), &Memory::default()).unwrap();
    /// assert_eq!(faces.value.ids().count(), 4);
    /// ```
    pub fn open(choice: &FontChoice, files: &dyn Files) -> Result<Warned<Self>, FontError> {
        let mut opener = Opener {
            files,
            system: None,
            blobs: BTreeMap::new(),
            faces: bundled::faces().to_vec(),
            known: BTreeMap::new(),
            sink: Sink::new(),
        };
        let body = opener.families(&choice.body)?;
        let bold = opener.families(&choice.bold)?;
        let heading = opener.families(&choice.heading)?;
        let caption = opener.families(&choice.caption)?;
        let code = opener.families(&choice.code)?;
        let emoji = opener.families(&choice.emoji)?;
        let mut lists = Lists::default();
        for role in FaceRole::ALL {
            for weight in [Weight::Regular, Weight::Bold] {
                let own = match (role, weight) {
                    (FaceRole::Body, Weight::Regular) => preferring(&body, weight),
                    (FaceRole::Body, Weight::Bold) => {
                        [preferring(&bold, weight), only(&body, weight)].concat()
                    }
                    (FaceRole::Heading, _) => preferring(&heading, Weight::Bold),
                    (FaceRole::Caption, Weight::Regular) => preferring(&caption, weight),
                    (FaceRole::Caption, Weight::Bold) => only(&caption, weight),
                    (FaceRole::Code, Weight::Regular) => preferring(&code, weight),
                    (FaceRole::Code, Weight::Bold) => only(&code, weight),
                    (FaceRole::Emoji, _) => preferring(&emoji, weight),
                };
                // The author's other faces come last: better another style than no character.
                let others = (bundled::COUNT..)
                    .map(FaceId)
                    .take(opener.faces.len() - usize::from(bundled::COUNT));
                let mut list = own;
                for id in bundled_list(role, weight).into_iter().chain(others) {
                    if !list.contains(&id) {
                        list.push(id);
                    }
                }
                lists.set(role, weight, list);
            }
        }
        Ok(opener.sink.warned(Self::of(opener.faces, lists)))
    }
}

/// What one name leads to.
#[derive(Debug, Clone, Default)]
struct Family {
    regular: Vec<FaceId>,
    bold: Vec<FaceId>,
}

/// The families' faces of a weight, then their others.
fn preferring(families: &[Family], weight: Weight) -> Vec<FaceId> {
    let mut list = Vec::new();
    for family in families {
        let (first, then) = match weight {
            Weight::Regular => (&family.regular, &family.bold),
            Weight::Bold => (&family.bold, &family.regular),
        };
        for id in first.iter().chain(then) {
            if !list.contains(id) {
                list.push(*id);
            }
        }
    }
    list
}

/// The families' faces of a weight.
fn only(families: &[Family], weight: Weight) -> Vec<FaceId> {
    families
        .iter()
        .flat_map(|family| match weight {
            Weight::Regular => &family.regular,
            Weight::Bold => &family.bold,
        })
        .copied()
        .collect()
}

/// A face wanted of a file: which, and at what place in a variable font's range of weights.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Wanted {
    index: u32,
    weight: Weight,
}

struct Opener<'a> {
    files: &'a dyn Files,
    system: Option<Database>,
    blobs: BTreeMap<String, Blob>,
    faces: Vec<Arc<Face>>,
    known: BTreeMap<(String, Wanted), Option<FaceId>>,
    sink: Sink,
}

impl Opener<'_> {
    fn families(&mut self, names: &[FontName]) -> Result<Vec<Family>, FontError> {
        names.iter().map(|name| self.family(name)).collect()
    }

    fn family(&mut self, font: &FontName) -> Result<Family, FontError> {
        let name = font.name.trim();
        let (path, part) = match name.split_once('#') {
            Some((path, part)) => (path, Some(part.trim())),
            None => (name, None),
        };
        if is_font_file(path) {
            return self.file(font, path, part);
        }
        if Path::new(path).is_absolute() {
            return self.disk_folder(font, path);
        }
        let inside = join("", path).filter(|folder| !folder.is_empty());
        let listed = inside
            .as_deref()
            .and_then(|folder| self.files.list(folder).ok())
            .filter(|names| names.iter().any(|n| is_font_file(n)));
        match (inside, listed) {
            (Some(folder), Some(names)) => {
                let paths = names.iter().map(|name| format!("{folder}/{name}"));
                self.folder(font, paths.collect())
            }
            (None, _) if path.contains('/') => {
                self.outside(font);
                Ok(Family::default())
            }
            (Some(_), None) if path.contains('/') => {
                self.missing(font, "there is no such folder of fonts in the publication");
                Ok(Family::default())
            }
            _ => self.system_family(font, name),
        }
    }

    fn outside(&mut self, font: &FontName) {
        self.sink.push(
            Diagnostic::error(
                Code::FileOutside,
                font.span,
                format!(
                    "the path of the font \"{}\" leaves the publication's folder",
                    font.name
                ),
            )
            .hint("copy the font into the folder, name its absolute path, or name its family"),
        );
    }

    fn missing(&mut self, font: &FontName, hint: impl Into<String>) {
        self.sink.push(
            Diagnostic::error(
                Code::FontMissing,
                font.span,
                format!("the font \"{}\" cannot be found", font.name),
            )
            .hint(hint),
        );
    }

    fn unreadable(&mut self, font: &FontName, path: &str, reason: &str) {
        self.sink.push(
            Diagnostic::error(
                Code::FontUnreadable,
                font.span,
                format!("the font file {path} cannot be read: {reason}"),
            )
            .hint("fonts are TrueType or OpenType files: .ttf, .otf, .ttc, .otc"),
        );
    }

    fn colours_only(&mut self, font: &FontName, what: &str) {
        self.sink.push(
            Diagnostic::error(
                Code::FontColour,
                font.span,
                format!("the font {what} has coloured pictures only, and no outlines"),
            )
            .hint("print needs outlines: name a font that has them, as Noto Emoji"),
        );
    }

    /// The bytes of a font file, read once; `None` after a diagnostic.
    fn blob(&mut self, font: &FontName, path: &str) -> Result<Option<Blob>, FontError> {
        if let Some(blob) = self.blobs.get(path) {
            return Ok(Some(blob.clone()));
        }
        let read = if Path::new(path).is_absolute() {
            read_disk(path)?
        } else {
            match join("", path) {
                Some(inside) => self.files.read(&inside),
                None => Err(FileFault::Outside),
            }
        };
        Ok(match read {
            Ok(bytes) => {
                let blob = Blob::Shared(Arc::new(bytes));
                self.blobs.insert(path.to_owned(), blob.clone());
                Some(blob)
            }
            Err(FileFault::Missing) => {
                self.missing(font, format!("there is no file {path}"));
                None
            }
            Err(FileFault::Outside) => {
                self.outside(font);
                None
            }
            Err(FileFault::Unreadable(reason)) => {
                self.unreadable(font, path, &reason);
                None
            }
        })
    }

    /// The faces of one file: of a collection the one picked, at its weights.
    fn file(
        &mut self,
        font: &FontName,
        path: &str,
        part: Option<&str>,
    ) -> Result<Family, FontError> {
        let Some(blob) = self.blob(font, path)? else {
            return Ok(Family::default());
        };
        let mut faces: Vec<(u32, Face)> = (0..Face::count(&blob))
            .filter_map(|index| Some((index, Face::open(blob.clone(), index, Weight::Regular)?)))
            .collect();
        if faces.is_empty() && Face::has_colours(&blob, 0) {
            self.colours_only(font, path);
            return Ok(Family::default());
        }
        if faces.is_empty() {
            self.unreadable(font, path, "it holds no face with characters and outlines");
            return Ok(Family::default());
        }
        let picked = match part {
            Some(part) => faces.iter().position(|(index, face)| {
                part.parse() == Ok(*index)
                    || part.eq_ignore_ascii_case(face.family())
                    || part.eq_ignore_ascii_case(face.postscript_name())
            }),
            None => Some(
                REGIONS
                    .iter()
                    .find_map(|region| faces.iter().position(|(_, f)| f.family().ends_with(region)))
                    .unwrap_or(0),
            ),
        };
        let Some(picked) = picked else {
            let names: Vec<&str> = faces.iter().map(|(_, face)| face.family()).collect();
            let names = names.join(", ");
            self.missing(font, format!("the file {path} holds: {names}"));
            return Ok(Family::default());
        };
        let (index, face) = faces.swap_remove(picked);
        let mut family = Family::default();
        self.add(font, path, face, index, &mut family);
        if let Some(bold) = Face::open(blob, index, Weight::Bold).filter(Face::is_instance) {
            self.add(font, path, bold, index, &mut family);
        }
        Ok(family)
    }

    /// Takes a face into the family unless its licence forbids it.
    fn add(&mut self, font: &FontName, path: &str, face: Face, index: u32, family: &mut Family) {
        let bold = face.is_bold();
        let weight = if bold { Weight::Bold } else { Weight::Regular };
        let key = (path.to_owned(), Wanted { index, weight });
        let id = match self.known.get(&key) {
            Some(id) => *id,
            None => {
                let id = self.admit(font, face);
                self.known.insert(key, id);
                id
            }
        };
        if let Some(id) = id {
            let list = if bold {
                &mut family.bold
            } else {
                &mut family.regular
            };
            if !list.contains(&id) {
                list.push(id);
            }
        }
    }

    fn admit(&mut self, font: &FontName, face: Face) -> Option<FaceId> {
        let name = face.postscript_name().to_owned();
        if face.is_colour_only() {
            self.colours_only(font, &name);
            return None;
        }
        if !face.may_embed() {
            self.sink.push(
                Diagnostic::error(
                    Code::FontLicence,
                    font.span,
                    format!(
                        "the licence of the face {name} forbids embedding (fsType {:#06x})",
                        face.fs_type()
                    ),
                )
                .hint("choose another face, or ask its maker for one that may be embedded"),
            );
            return None;
        }
        if !face.may_subset() {
            self.sink.push(
                Diagnostic::warning(
                    Code::FontWhole,
                    font.span,
                    format!("the face {name} is embedded whole: its licence forbids subsets"),
                )
                .hint("the outputs grow by the size of the font file"),
            );
        }
        let id = FaceId(u16::try_from(self.faces.len()).ok()?);
        self.faces.push(Arc::new(face));
        Some(id)
    }

    /// The faces of all font files of a folder, in the order of their names.
    fn folder(&mut self, font: &FontName, mut paths: Vec<String>) -> Result<Family, FontError> {
        paths.retain(|path| is_font_file(path));
        paths.sort();
        let mut family = Family::default();
        for path in paths {
            let more = self.file(font, &path, None)?;
            family.regular.extend(more.regular);
            family.bold.extend(more.bold);
        }
        Ok(family)
    }

    fn disk_folder(&mut self, font: &FontName, path: &str) -> Result<Family, FontError> {
        let entries = match fs::read_dir(path) {
            Ok(entries) => entries,
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                self.missing(font, format!("there is no file or folder {path}"));
                return Ok(Family::default());
            }
            Err(error) => {
                self.unreadable(font, path, &error.to_string());
                return Ok(Family::default());
            }
        };
        let paths: Vec<String> = entries
            .filter_map(|entry| entry.ok()?.path().into_os_string().into_string().ok())
            .filter(|path| is_font_file(path))
            .collect();
        if paths.is_empty() {
            self.missing(font, format!("the folder {path} holds no font files"));
        }
        self.folder(font, paths)
    }

    /// A family that the system has installed; searched for the first time here.
    fn system_family(&mut self, font: &FontName, name: &str) -> Result<Family, FontError> {
        let system = self.system.get_or_insert_with(|| {
            let mut system = Database::new();
            system.load_system_fonts();
            system
        });
        let mut found: Vec<(String, u32, u16)> = Vec::new();
        let mut near: Vec<String> = Vec::new();
        let lower = name.to_lowercase();
        for info in system.faces() {
            let Source::File(path) = &info.source else {
                continue;
            };
            let named = info
                .families
                .iter()
                .any(|(family, _)| family.to_lowercase() == lower)
                || info.post_script_name.to_lowercase() == lower;
            if named && info.style == Style::Normal {
                if let Some(path) = path.to_str() {
                    found.push((path.to_owned(), info.index, info.weight.0));
                }
            } else if let Some((family, _)) = info.families.first() {
                let other = family.to_lowercase();
                if !lower.is_empty() && (other.contains(&lower) || lower.contains(&other)) {
                    near.push(family.clone());
                }
            }
        }
        found.sort();
        found.dedup();
        if found.is_empty() {
            near.sort();
            near.dedup();
            near.truncate(4);
            let hint = if near.is_empty() {
                "install the family, or name a font file or a folder of them".to_owned()
            } else {
                format!("families with such a name here: {}", near.join(", "))
            };
            self.missing(font, hint);
            return Ok(Family::default());
        }
        let mut family = Family::default();
        for weight in [Weight::Regular, Weight::Bold] {
            let wish: u16 = match weight {
                Weight::Regular => 400,
                Weight::Bold => 700,
            };
            let Some((path, index, _)) = found
                .iter()
                .min_by_key(|(_, _, w)| w.abs_diff(wish))
                .cloned()
            else {
                continue;
            };
            let Some(blob) = self.blob(font, &path)? else {
                continue;
            };
            match Face::open(blob, index, weight) {
                Some(face) => self.add(font, &path, face, index, &mut family),
                None if Face::has_colours(&self.blobs[&path], index) => {
                    self.colours_only(font, name);
                }
                None => {
                    self.unreadable(font, &path, "it holds no face with characters and outlines")
                }
            }
        }
        Ok(family)
    }
}

fn is_font_file(path: &str) -> bool {
    let lower = path.to_ascii_lowercase();
    ENDINGS.iter().any(|ending| lower.ends_with(ending))
}

/// Reads a font file by its absolute path.
fn read_disk(path: &str) -> Result<Result<Vec<u8>, FileFault>, FontError> {
    let fault = |error: &io::Error| match error.kind() {
        io::ErrorKind::NotFound => Ok(Err(FileFault::Missing)),
        io::ErrorKind::PermissionDenied => Ok(Err(FileFault::Unreadable(error.to_string()))),
        _ => Err(FontError::Unreadable {
            name: path.to_owned(),
            reason: error.to_string(),
        }),
    };
    match fs::metadata(path) {
        Err(error) => return fault(&error),
        // A pipe or a device would block or never end.
        Ok(data) if !data.is_file() => {
            return Ok(Err(FileFault::Unreadable("not a regular file".into())));
        }
        Ok(data) if data.len() > LARGEST => {
            return Ok(Err(FileFault::Unreadable("larger than 512 MB".into())));
        }
        Ok(_) => {}
    }
    match fs::read(path) {
        Ok(bytes) => Ok(Ok(bytes)),
        Err(error) => fault(&error),
    }
}
