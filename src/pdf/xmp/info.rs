//! What catalogues read: the information dictionary and the document's packet, which say the same.

use lopdf::Dictionary;

use crate::model::{Bearer, Metadata};

use super::issue::{self, Pages};
use super::packet::Packet;
use super::schema::{self, Schema};
use crate::pdf::standard::Conformance;
use crate::pdf::string::{date_string, text_string};

/// Name and version of this program.
const PRODUCER: &str = concat!("banxin ", env!("CARGO_PKG_VERSION"));

/// A person's part as a URI: a code of the MARC relators follows.
const RELATORS: &str = "http://id.loc.gov/vocabulary/relators/";

/// Both forms of a publication's metadata.
#[derive(Debug)]
pub(crate) struct Info<'a> {
    /// What catalogues ask for.
    pub(crate) meta: &'a Metadata,
    /// Everybody who is credited, in order.
    pub(crate) bearers: Vec<Bearer<'a>>,
    /// The standards that are kept.
    pub(crate) conformance: Conformance,
    /// The pages.
    pub(crate) pages: Pages<'a>,
}

impl<'a> Info<'a> {
    fn title(&self) -> String {
        match &self.meta.subtitle {
            Some(subtitle) => format!("{}：{subtitle}", self.meta.title),
            None => self.meta.title.clone(),
        }
    }

    /// Names of creators or of all others, in the order of the manuscript.
    fn names(&self, creators: bool) -> Vec<&'a str> {
        let bearers = self.bearers.iter();
        bearers
            .filter(|bearer| bearer.is_creator() == creators)
            .map(|bearer| bearer.credit.name.as_str())
            .collect()
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

    /// The document's packet (ISO 16684-1). `instance` is the id of this very file.
    pub(crate) fn packet(&self, instance: &str) -> String {
        let meta = self.meta;
        let language = meta.language.tag();
        let mut out = Packet::default();
        out.open(&[
            ("dc", "http://purl.org/dc/elements/1.1/"),
            ("pdf", "http://ns.adobe.com/pdf/1.3/"),
            ("xmp", "http://ns.adobe.com/xap/1.0/"),
            ("xmpMM", "http://ns.adobe.com/xap/1.0/mm/"),
        ]);
        out.tell("dc:format", "application/pdf");
        out.alternatives("dc:title", &self.title(), language);
        out.list("dc:creator", "Seq", &self.names(true));
        out.list("dc:contributor", "Bag", &self.names(false));
        let publisher: Vec<&str> = meta.publisher.as_deref().into_iter().collect();
        out.list("dc:publisher", "Bag", &publisher);
        let date: Vec<&str> = meta.date.as_deref().into_iter().collect();
        out.list("dc:date", "Seq", &date);
        out.list("dc:language", "Bag", &[language]);
        out.tell("dc:identifier", &meta.identifier);
        let rights = meta.rights.as_deref().unwrap_or("");
        out.alternatives("dc:rights", rights, language);
        let description = meta.description.as_deref().unwrap_or("");
        out.alternatives("dc:description", description, language);
        let subjects: Vec<&str> = meta.subjects.iter().map(String::as_str).collect();
        out.list("dc:subject", "Bag", &subjects);
        out.tell("pdf:Producer", PRODUCER);
        out.tell("pdf:Keywords", &meta.subjects.join(", "));
        out.tell("xmp:CreatorTool", PRODUCER);
        if date_string(&meta.modified).is_some() {
            for key in ["xmp:CreateDate", "xmp:ModifyDate", "xmp:MetadataDate"] {
                out.tell(key, &meta.modified);
            }
        }
        out.tell("xmpMM:DocumentID", &meta.identifier);
        out.tell("xmpMM:InstanceID", instance);
        out.close();
        let mut used: Vec<&Schema> = Vec::new();
        if issue::tell(&mut out, meta, &self.pages) {
            used.push(&schema::ISSUE);
        }
        if self.tell_roles(&mut out) {
            used.push(&schema::ROLES);
        }
        schema::claim(&mut out, self.conformance, used);
        out.finish()
    }

    /// Everybody with what they did (IPTC Photo Metadata, Contributor); `false` where nobody is
    /// credited.
    fn tell_roles(&self, out: &mut Packet) -> bool {
        if self.bearers.is_empty() {
            return false;
        }
        out.open(&[(schema::ROLES.prefix, schema::ROLES.namespace)]);
        out.raw("<Iptc4xmpExt:Contributor><rdf:Bag>\n");
        for bearer in &self.bearers {
            out.raw("<rdf:li rdf:parseType=\"Resource\">");
            let language = self.meta.language.tag();
            out.alternatives("Iptc4xmpExt:Name", &bearer.credit.name, language);
            let roles = bearer.roles.iter();
            let roles: Vec<String> = roles.map(|r| format!("{RELATORS}{}", r.code())).collect();
            let roles: Vec<&str> = roles.iter().map(String::as_str).collect();
            out.list("Iptc4xmpExt:Role", "Bag", &roles);
            out.raw("</rdf:li>\n");
        }
        out.raw("</rdf:Bag></Iptc4xmpExt:Contributor>\n");
        out.close();
        true
    }
}
