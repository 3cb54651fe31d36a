//! What a picture says of itself wherever it goes: its caption, its maker, and words for who cannot see it.

use std::collections::BTreeMap;

use crate::model::visit::{Visitor, article};
use crate::model::{Figure, Inline, Part};

use super::packet::Packet;
use super::schema;

/// The words that go along with a picture.
#[derive(Debug)]
pub(crate) struct PictureWords {
    caption: String,
    alt: String,
    credit: String,
}

impl PictureWords {
    /// The picture's own packet (IPTC Photo Metadata), in the publication's language.
    pub(crate) fn packet(&self, language: &str) -> String {
        let mut out = Packet::default();
        out.open(&[
            ("dc", "http://purl.org/dc/elements/1.1/"),
            ("photoshop", "http://ns.adobe.com/photoshop/1.0/"),
            (schema::PICTURE.prefix, schema::PICTURE.namespace),
        ]);
        out.alternatives("dc:description", &self.caption, language);
        out.tell("photoshop:Credit", &self.credit);
        out.alternatives("Iptc4xmpCore:AltTextAccessibility", &self.alt, language);
        out.close();
        schema::extend(&mut out, &[&schema::PICTURE]);
        out.finish()
    }
}

/// The words of every picture that has any, by its path; where several figures show one picture,
/// those of the first.
pub(crate) fn of_pictures(parts: &[Part]) -> BTreeMap<&str, PictureWords> {
    let mut found = Found::default();
    for item in parts.iter().flat_map(|part| &part.articles) {
        article(item, &mut found);
    }
    found.words
}

#[derive(Default)]
struct Found<'a> {
    words: BTreeMap<&'a str, PictureWords>,
}

impl<'a> Visitor<'a> for Found<'a> {
    fn figure(&mut self, figure: &'a Figure) {
        let words = PictureWords {
            caption: Inline::plain(&figure.caption),
            alt: figure.alt.trim().to_owned(),
            credit: figure.credit.clone().unwrap_or_default(),
        };
        if [&words.caption, &words.alt, &words.credit]
            .iter()
            .any(|text| !text.is_empty())
        {
            self.words.entry(&figure.image.path).or_insert(words);
        }
    }
}
