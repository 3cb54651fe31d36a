//! A small PDF reader: content streams decoded through each font's ToUnicode, in their order.

use std::collections::BTreeMap;

use lopdf::content::Content;
use lopdf::{Dictionary, Document, Object, ObjectId};

/// A file read back.
pub(crate) struct Pdf {
    pub(crate) document: Document,
}

/// One text-showing operation: the font's resource name, its matrix and what it reads as.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Shown {
    pub(crate) font: String,
    pub(crate) matrix: [f32; 6],
    pub(crate) codes: Vec<u16>,
    pub(crate) text: String,
}

impl Pdf {
    pub(crate) fn read(bytes: &[u8]) -> Self {
        Self {
            document: Document::load_mem(bytes).expect("a PDF"),
        }
    }

    pub(crate) fn catalog(&self) -> &Dictionary {
        self.document.catalog().expect("a catalog")
    }

    pub(crate) fn pages(&self) -> Vec<ObjectId> {
        self.document.get_pages().into_values().collect()
    }

    /// The object behind a key, references followed.
    pub(crate) fn get<'a>(&'a self, dictionary: &'a Dictionary, key: &str) -> &'a Object {
        let found = dictionary
            .get(key.as_bytes())
            .unwrap_or_else(|_| panic!("no {key}"));
        self.document.dereference(found).expect("an object").1
    }

    pub(crate) fn dictionary<'a>(
        &'a self,
        dictionary: &'a Dictionary,
        key: &str,
    ) -> &'a Dictionary {
        self.get(dictionary, key)
            .as_dict()
            .unwrap_or_else(|_| panic!("{key} is no dictionary"))
    }

    /// Fonts of all pages by their resource names.
    pub(crate) fn fonts(&self) -> BTreeMap<String, &Dictionary> {
        let page = self.document.get_dictionary(self.pages()[0]).unwrap();
        let fonts = self.dictionary(self.dictionary(page, "Resources"), "Font");
        fonts
            .iter()
            .map(|(name, _)| {
                let name = String::from_utf8(name.clone()).unwrap();
                let font = self.dictionary(fonts, &name);
                (name, font)
            })
            .collect()
    }

    pub(crate) fn stream(&self, dictionary: &Dictionary, key: &str) -> Vec<u8> {
        let stream = self.get(dictionary, key).as_stream().expect("a stream");
        stream
            .decompressed_content()
            .unwrap_or_else(|_| stream.content.clone())
    }

    /// A font's map from codes to text.
    pub(crate) fn to_unicode(&self, font: &Dictionary) -> BTreeMap<u16, String> {
        let map = String::from_utf8(self.stream(font, "ToUnicode")).unwrap();
        let mut found = BTreeMap::new();
        for line in map.lines() {
            let Some((code, text)) = line.split_once("> <") else {
                continue;
            };
            let (code, text) = (code.trim_start_matches('<'), text.trim_end_matches('>'));
            if line.contains("<0000> <FFFF>") {
                continue;
            }
            let units: Vec<u16> = text
                .as_bytes()
                .chunks(4)
                .map(|unit| u16::from_str_radix(std::str::from_utf8(unit).unwrap(), 16).unwrap())
                .collect();
            found.insert(
                u16::from_str_radix(code, 16).unwrap(),
                String::from_utf16(&units).unwrap(),
            );
        }
        found
    }

    /// What a page shows, in the order of its content.
    pub(crate) fn shown(&self, page: ObjectId) -> Vec<Shown> {
        let fonts = self.fonts();
        let maps: BTreeMap<&str, BTreeMap<u16, String>> = fonts
            .iter()
            .map(|(name, font)| (name.as_str(), self.to_unicode(font)))
            .collect();
        let content = self.document.get_page_content(page);
        let content = Content::decode(&content).unwrap();
        let (mut font, mut matrix) = (String::new(), [0.0; 6]);
        let mut shown = Vec::new();
        for operation in &content.operations {
            let operands = &operation.operands;
            match operation.operator.as_str() {
                "Tf" => font = String::from_utf8(operands[0].as_name().unwrap().to_vec()).unwrap(),
                "Tm" => {
                    for (value, operand) in matrix.iter_mut().zip(operands) {
                        *value = operand.as_float().unwrap();
                    }
                }
                "Tj" | "TJ" => {
                    let strings: Vec<&Object> = match &operands[0] {
                        Object::Array(items) => items.iter().collect(),
                        one => vec![one],
                    };
                    let bytes: Vec<u8> = strings
                        .iter()
                        .filter_map(|item| item.as_str().ok())
                        .flatten()
                        .copied()
                        .collect();
                    let codes: Vec<u16> = bytes
                        .chunks(2)
                        .map(|pair| u16::from_be_bytes([pair[0], pair[1]]))
                        .collect();
                    let map = &maps[font.as_str()];
                    let text = codes
                        .iter()
                        .map(|code| {
                            map.get(code)
                                .unwrap_or_else(|| panic!("{font}: no text for {code}"))
                                .as_str()
                        })
                        .collect();
                    shown.push(Shown {
                        font: font.clone(),
                        matrix,
                        codes,
                        text,
                    });
                }
                _ => {}
            }
        }
        shown
    }

    /// The text of a page, in the order of its content.
    pub(crate) fn text(&self, page: ObjectId) -> String {
        self.shown(page)
            .into_iter()
            .map(|shown| shown.text)
            .collect()
    }
}
