//! What the content of a page does: which marks it makes, with which fonts and in which colours.

use std::collections::{BTreeMap, BTreeSet};

use lopdf::content::{Content, Operation};
use lopdf::{Dictionary, Object};

use super::faults::Faults;
use super::file::{File, Sheet};
use crate::diag::Code;

/// Drawings stand no deeper inside each other.
const DEEPEST: usize = 16;

/// A family of colours that a device knows by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Device {
    /// DeviceRGB.
    Rgb,
    /// DeviceCMYK.
    Cmyk,
}

/// What the content of a page does.
#[derive(Debug, Default)]
pub(super) struct Ink {
    /// The numbers of its marked stretches.
    pub(super) marks: BTreeSet<i64>,
    /// How often one of them comes again, or something is drawn outside of all.
    pub(super) unmarked: usize,
    /// The codes shown with each font, by the font's name here.
    pub(super) codes: BTreeMap<Vec<u8>, (Dictionary, BTreeSet<u16>)>,
    /// Colours of devices.
    pub(super) devices: BTreeSet<Device>,
}

/// How a marked stretch counts.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Mark {
    Content,
    Artifact,
    Other,
}

impl Ink {
    /// The content of a page with the drawings that it uses.
    pub(super) fn of(file: &File<'_>, page: &Sheet, faults: &mut Faults) -> Self {
        let mut ink = Self::default();
        let streams: Vec<&Object> = match file.get(&page.dictionary, b"Contents") {
            Some(Object::Array(parts)) => {
                parts.iter().filter_map(|part| file.follow(part)).collect()
            }
            Some(only) => vec![only],
            None => Vec::new(),
        };
        let mut bytes = Vec::new();
        for stream in streams {
            match stream
                .as_stream()
                .ok()
                .and_then(|stream| file.bytes(stream))
            {
                Some(part) => {
                    bytes.extend(part);
                    bytes.push(b'\n');
                }
                None => faults.broken(Code::PdfBroken, "the content cannot be read", page.name()),
            }
        }
        let resources = file.dictionary(&page.dictionary, b"Resources");
        let resources = resources.cloned().unwrap_or_default();
        if !ink.read(file, &bytes, (&resources, 0)) {
            faults.broken(
                Code::PdfBroken,
                "the content is no content stream",
                page.name(),
            );
        }
        ink
    }

    fn read(
        &mut self,
        file: &File<'_>,
        bytes: &[u8],
        (resources, depth): (&Dictionary, usize),
    ) -> bool {
        let Ok(content) = Content::decode(bytes) else {
            return false;
        };
        let fonts = file.dictionary(resources, b"Font");
        let mut font: Option<Vec<u8>> = None;
        let mut kept: Vec<Option<Vec<u8>>> = Vec::new();
        let mut inside: Vec<Mark> = Vec::new();
        for operation in &content.operations {
            let operands = &operation.operands;
            match operation.operator.as_str() {
                "BMC" | "BDC" => inside.push(self.mark(file, operation, resources)),
                "EMC" => {
                    inside.pop();
                }
                "q" => kept.push(font.clone()),
                "Q" => font = kept.pop().flatten(),
                "Tf" => {
                    font = operands
                        .first()
                        .and_then(|name| name.as_name().ok())
                        .map(<[u8]>::to_vec);
                }
                "rg" | "RG" => {
                    self.devices.insert(Device::Rgb);
                }
                "k" | "K" => {
                    self.devices.insert(Device::Cmyk);
                }
                "cs" | "CS" => {
                    if let Some(space) = operands.first() {
                        self.space(file, space, resources);
                    }
                }
                "Tj" | "TJ" | "'" | "\"" => {
                    self.drawn(&inside, depth);
                    if let (Some(fonts), Some(name)) = (fonts, &font) {
                        self.shown(file, (fonts, name), operands);
                    }
                }
                "f" | "F" | "f*" | "B" | "B*" | "b" | "b*" | "S" | "s" | "sh" | "EI" => {
                    self.drawn(&inside, depth);
                }
                "Do" => {
                    self.drawn(&inside, depth);
                    let name = operands.first().and_then(|name| name.as_name().ok());
                    if let Some(name) = name {
                        self.object(file, (name, resources), depth);
                    }
                }
                _ => {}
            }
        }
        true
    }

    fn mark(&mut self, file: &File<'_>, operation: &Operation, resources: &Dictionary) -> Mark {
        let tag = operation
            .operands
            .first()
            .and_then(|tag| tag.as_name().ok());
        if tag == Some(b"Artifact") {
            return Mark::Artifact;
        }
        let properties = match operation.operands.get(1) {
            Some(Object::Dictionary(own)) => Some(own),
            Some(Object::Name(name)) => file
                .dictionary(resources, b"Properties")
                .and_then(|all| file.dictionary(all, name)),
            _ => None,
        };
        let number = properties.and_then(|own| file.get(own, b"MCID")?.as_i64().ok());
        match number {
            Some(number) => {
                if !self.marks.insert(number) {
                    self.unmarked += 1;
                }
                Mark::Content
            }
            None => Mark::Other,
        }
    }

    /// Something is drawn; inside a drawing its user's mark counts.
    fn drawn(&mut self, inside: &[Mark], depth: usize) {
        let is_marked = inside.iter().any(|mark| *mark != Mark::Other);
        if depth == 0 && !is_marked {
            self.unmarked += 1;
        }
    }

    fn shown(
        &mut self,
        file: &File<'_>,
        (fonts, name): (&Dictionary, &Vec<u8>),
        operands: &[Object],
    ) {
        if !self.codes.contains_key(name) {
            let font = file.dictionary(fonts, name).cloned().unwrap_or_default();
            self.codes.insert(name.clone(), (font, BTreeSet::new()));
        }
        let Some((_, codes)) = self.codes.get_mut(name) else {
            return;
        };
        let mut take = |text: &Object| {
            if let Object::String(bytes, _) = text {
                let pairs = bytes.chunks_exact(2);
                codes.extend(pairs.map(|pair| u16::from_be_bytes([pair[0], pair[1]])));
            }
        };
        for operand in operands {
            match operand {
                Object::Array(parts) => parts.iter().for_each(&mut take),
                other => take(other),
            }
        }
    }

    /// A picture or a drawing that is used.
    fn object(&mut self, file: &File<'_>, (name, resources): (&[u8], &Dictionary), depth: usize) {
        let stream = file
            .dictionary(resources, b"XObject")
            .and_then(|all| file.stream(all, name));
        let Some(stream) = stream else {
            return;
        };
        if file.name(&stream.dict, b"Subtype") == Some(b"Image") {
            let masks = file.get(&stream.dict, b"ImageMask");
            let is_mask = masks.is_some_and(|mask| mask.as_bool().unwrap_or(false));
            if let (false, Ok(space)) = (is_mask, stream.dict.get(b"ColorSpace")) {
                self.space(file, space, resources);
            }
        } else if depth < DEEPEST {
            let own = file.dictionary(&stream.dict, b"Resources").cloned();
            let own = own.unwrap_or_else(|| resources.clone());
            if let Some(bytes) = file.bytes(stream) {
                self.read(file, &bytes, (&own, depth + 1));
            }
        }
    }

    /// The colours of a space: those that a device knows by itself, also under a palette or a spot.
    fn space(&mut self, file: &File<'_>, space: &Object, resources: &Dictionary) {
        match file.follow(space) {
            Some(Object::Name(name)) => match name.as_slice() {
                b"DeviceRGB" => {
                    self.devices.insert(Device::Rgb);
                }
                b"DeviceCMYK" => {
                    self.devices.insert(Device::Cmyk);
                }
                other => {
                    let named = file
                        .dictionary(resources, b"ColorSpace")
                        .and_then(|all| file.get(all, other));
                    if let Some(Object::Array(parts)) = named {
                        self.base(file, parts);
                    }
                }
            },
            Some(Object::Array(parts)) => self.base(file, parts),
            _ => {}
        }
    }

    /// The space under a palette or a spot colour.
    fn base(&mut self, file: &File<'_>, parts: &[Object]) {
        let kind = parts.first().and_then(|kind| kind.as_name().ok());
        let under = match kind {
            Some(b"Indexed") => parts.get(1),
            Some(b"Separation" | b"DeviceN") => parts.get(2),
            _ => None,
        };
        match under.and_then(|under| file.follow(under)) {
            Some(Object::Name(name)) if name == b"DeviceRGB" => {
                self.devices.insert(Device::Rgb);
            }
            Some(Object::Name(name)) if name == b"DeviceCMYK" => {
                self.devices.insert(Device::Cmyk);
            }
            _ => {}
        }
    }
}
