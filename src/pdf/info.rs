//! What catalogues read: the information dictionary and the XMP packet, which say the same.

use std::fmt::Write as _;

use lopdf::Dictionary;

use crate::model::Metadata;

use super::schema;
use super::standard::Conformance;
use super::string::{date_string, text_string};

/// Name and version of this program.
const PRODUCER: &str = concat!("banxin ", env!("CARGO_PKG_VERSION"));

/// Both forms of a publication's metadata.
#[derive(Debug)]
pub(crate) struct Info<'a> {
    meta: &'a Metadata,
    conformance: Conformance,
}

impl<'a> Info<'a> {
    /// The metadata to tell.
    pub(crate) fn new(meta: &'a Metadata, conformance: Conformance) -> Self {
        Self { meta, conformance }
    }

    fn title(&self) -> String {
        match &self.meta.subtitle {
            Some(subtitle) => format!("{}：{subtitle}", self.meta.title),
            None => self.meta.title.clone(),
        }
    }

    /// Names of creators or of all others, each once, in the order of the manuscript.
    fn names(&self, creators: bool) -> Vec<&'a str> {
        let mut names: Vec<&str> = Vec::new();
        for credit in &self.meta.credits {
            if credit.role.is_creator() == creators && !names.contains(&credit.name.as_str()) {
                names.push(&credit.name);
            }
        }
        names
    }

    /// The information dictionary (ISO 32000-2, 14.3.3).
    pub(crate) fn dictionary(&self) -> Dictionary {
        let mut info = Dictionary::new();
        let mut set = |key: &str, text: &str| {
            if !text.is_empty() {
                info.set(key, text_string(text));
            }
        };
        set("Title", &self.title());
        set("Author", &self.names(true).join("; "));
        set("Subject", self.meta.description.as_deref().unwrap_or(""));
        set("Keywords", &self.meta.subjects.join(", "));
        set("Creator", PRODUCER);
        set("Producer", PRODUCER);
        if let Some(date) = date_string(&self.meta.modified) {
            info.set("CreationDate", date.clone());
            info.set("ModDate", date);
        }
        info
    }

    /// The XMP packet (ISO 16684-1). `instance` is the id of this very file.
    pub(crate) fn packet(&self, instance: &str) -> String {
        let meta = self.meta;
        let language = escape(meta.language.tag());
        let mut body = String::new();
        tell(&mut body, "dc:format", "application/pdf");
        alternatives(&mut body, "dc:title", &self.title(), &language);
        list(&mut body, "dc:creator", "Seq", &self.names(true));
        list(&mut body, "dc:contributor", "Bag", &self.names(false));
        let publisher: Vec<&str> = meta.publisher.as_deref().into_iter().collect();
        list(&mut body, "dc:publisher", "Bag", &publisher);
        let date: Vec<&str> = meta.date.as_deref().into_iter().collect();
        list(&mut body, "dc:date", "Seq", &date);
        list(&mut body, "dc:language", "Bag", &[meta.language.tag()]);
        tell(&mut body, "dc:identifier", &meta.identifier);
        alternatives(
            &mut body,
            "dc:rights",
            meta.rights.as_deref().unwrap_or(""),
            &language,
        );
        let description = meta.description.as_deref().unwrap_or("");
        alternatives(&mut body, "dc:description", description, &language);
        let subjects: Vec<&str> = meta.subjects.iter().map(String::as_str).collect();
        list(&mut body, "dc:subject", "Bag", &subjects);
        tell(&mut body, "pdf:Producer", PRODUCER);
        tell(&mut body, "pdf:Keywords", &meta.subjects.join(", "));
        tell(&mut body, "xmp:CreatorTool", PRODUCER);
        if date_string(&meta.modified).is_some() {
            for key in ["xmp:CreateDate", "xmp:ModifyDate", "xmp:MetadataDate"] {
                tell(&mut body, key, &meta.modified);
            }
        }
        tell(&mut body, "xmpMM:DocumentID", &meta.identifier);
        tell(&mut body, "xmpMM:InstanceID", instance);
        format!(
            "<?xpacket begin=\"\u{FEFF}\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n\
             <x:xmpmeta xmlns:x=\"adobe:ns:meta/\">\n\
             <rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n\
             <rdf:Description rdf:about=\"\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" \
             xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\" xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\" \
             xmlns:xmpMM=\"http://ns.adobe.com/xap/1.0/mm/\">\n\
             {body}</rdf:Description>\n{}\n</rdf:RDF>\n</x:xmpmeta>\n<?xpacket end=\"r\"?>",
            schema::claims(self.conformance)
        )
    }
}

fn tell(out: &mut String, key: &str, text: &str) {
    if !text.is_empty() {
        let _ = writeln!(out, "<{key}>{}</{key}>", escape(text));
    }
}

/// A text in the document's language, which is also the default.
fn alternatives(out: &mut String, key: &str, text: &str, language: &str) {
    if !text.is_empty() {
        let text = escape(text);
        let _ = writeln!(
            out,
            "<{key}><rdf:Alt><rdf:li xml:lang=\"x-default\">{text}</rdf:li>\
             <rdf:li xml:lang=\"{language}\">{text}</rdf:li></rdf:Alt></{key}>"
        );
    }
}

fn list(out: &mut String, key: &str, kind: &str, items: &[&str]) {
    if items.is_empty() {
        return;
    }
    let _ = write!(out, "<{key}><rdf:{kind}>");
    for item in items {
        let _ = write!(out, "<rdf:li>{}</rdf:li>", escape(item));
    }
    let _ = writeln!(out, "</rdf:{kind}></{key}>");
}

/// Text for XML 1.0: markup escaped, characters that it cannot hold dropped.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\u{FFFE}' | '\u{FFFF}' => {}
            c if c.is_control() && !matches!(c, '\t' | '\n' | '\r') => {}
            c => out.push(c),
        }
    }
    out
}
