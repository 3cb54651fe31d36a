//! Schemas that PDF/A does not know by itself, described in the packet that uses them, and the claims of standards.

use std::fmt::Write as _;

use super::packet::Packet;
use crate::pdf::standard::Conformance;

/// A field of a type: name, type and meaning.
type Field = (&'static str, &'static str, &'static str);

/// A schema beside those of PDF/A.
#[derive(Debug)]
pub(super) struct Schema {
    name: &'static str,
    /// Its prefix.
    pub(super) prefix: &'static str,
    /// Its namespace.
    pub(super) namespace: &'static str,
    /// Name, type, whether it is told about the document from outside, and meaning.
    properties: &'static [(&'static str, &'static str, bool, &'static str)],
    /// Types of its own: name, meaning, and fields with type and meaning.
    types: &'static [(&'static str, &'static str, &'static [Field])],
}

/// ISO 14289-1, 5.
#[rustfmt::skip]
const ACCESSIBLE: Schema = Schema {
    name: "PDF/UA identification",
    prefix: "pdfuaid",
    namespace: "http://www.aiim.org/pdfua/ns/id/",
    properties: &[("part", "Integer", false, "The part of ISO 14289 that is kept")],
    types: &[],
};

/// PRISM 3.0, Basic Metadata Specification.
#[rustfmt::skip]
pub(super) const ISSUE: Schema = Schema {
    name: "PRISM basic metadata",
    prefix: "prism",
    namespace: "http://prismstandard.org/namespaces/basic/3.0/",
    properties: &[
        ("aggregationType",  "Text",    true,  "What the document is an issue of: a newspaper, a magazine"),
        ("publicationName",  "Text",    true,  "The name of the newspaper or magazine"),
        ("issn",             "Text",    true,  "Its International Standard Serial Number"),
        ("number",           "Text",    true,  "The number of the issue"),
        ("publicationDate",  "Date",    true,  "The day of the issue"),
        ("coverDisplayDate", "Text",    true,  "The day as it is also printed: by the lunar calendar"),
        ("section",          "Text",    true,  "The section of the newspaper"),
        ("startingPage",     "Text",    true,  "The first page as printed"),
        ("endingPage",       "Text",    true,  "The last page as printed"),
        ("pageRange",        "Text",    true,  "The pages as printed"),
        ("pageCount",        "Integer", false, "How many pages there are"),
    ],
    types: &[],
};

/// IPTC Photo Metadata, extension schema.
#[rustfmt::skip]
pub(super) const ROLES: Schema = Schema {
    name: "IPTC extension",
    prefix: "Iptc4xmpExt",
    namespace: "http://iptc.org/std/Iptc4xmpExt/2008-02-29/",
    properties: &[("Contributor", "bag EntityWRole", true, "Everybody who took part, and how")],
    types: &[("EntityWRole", "Somebody with what they did", &[
        ("Name", "Lang Alt", "The name"),
        ("Role", "bag URI",  "What they did: MARC relators"),
    ])],
};

/// IPTC Photo Metadata, core schema.
#[rustfmt::skip]
pub(super) const PICTURE: Schema = Schema {
    name: "IPTC core",
    prefix: "Iptc4xmpCore",
    namespace: "http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/",
    properties: &[("AltTextAccessibility", "Lang Alt", true, "Words for who cannot see the picture")],
    types: &[],
};

/// Tells which standards are kept, and describes the schemas used so far.
pub(super) fn claim(out: &mut Packet, conformance: Conformance, mut used: Vec<&Schema>) {
    if let Some((part, level)) = conformance.archive {
        out.open(&[("pdfaid", "http://www.aiim.org/pdfa/ns/id/")]);
        out.tell("pdfaid:part", &part.to_string());
        out.tell("pdfaid:conformance", &level.to_string());
        out.close();
    }
    if conformance.accessible {
        out.open(&[(ACCESSIBLE.prefix, ACCESSIBLE.namespace)]);
        out.tell("pdfuaid:part", "1");
        out.close();
        used.push(&ACCESSIBLE);
    }
    extend(out, &used);
}

/// Describes schemas (ISO 19005-2, 6.6.2.3.3).
pub(super) fn extend(out: &mut Packet, schemas: &[&Schema]) {
    if schemas.is_empty() {
        return;
    }
    out.open(&[
        ("pdfaExtension", "http://www.aiim.org/pdfa/ns/extension/"),
        ("pdfaSchema", "http://www.aiim.org/pdfa/ns/schema#"),
        ("pdfaProperty", "http://www.aiim.org/pdfa/ns/property#"),
        ("pdfaType", "http://www.aiim.org/pdfa/ns/type#"),
        ("pdfaField", "http://www.aiim.org/pdfa/ns/field#"),
    ]);
    out.raw("<pdfaExtension:schemas><rdf:Bag>\n");
    for schema in schemas {
        out.raw(&described(schema));
    }
    out.raw("</rdf:Bag></pdfaExtension:schemas>\n");
    out.close();
}

fn described(schema: &Schema) -> String {
    const ITEM: &str = "<rdf:li rdf:parseType=\"Resource\">";
    let mut out = format!(
        "{ITEM}<pdfaSchema:schema>{}</pdfaSchema:schema>\
         <pdfaSchema:namespaceURI>{}</pdfaSchema:namespaceURI>\
         <pdfaSchema:prefix>{}</pdfaSchema:prefix>\n<pdfaSchema:property><rdf:Seq>\n",
        schema.name, schema.namespace, schema.prefix
    );
    for (name, kind, from_outside, meaning) in schema.properties {
        let category = if *from_outside {
            "external"
        } else {
            "internal"
        };
        let _ = writeln!(
            out,
            "{ITEM}<pdfaProperty:name>{name}</pdfaProperty:name>\
             <pdfaProperty:valueType>{kind}</pdfaProperty:valueType>\
             <pdfaProperty:category>{category}</pdfaProperty:category>\
             <pdfaProperty:description>{meaning}</pdfaProperty:description></rdf:li>"
        );
    }
    out.push_str("</rdf:Seq></pdfaSchema:property>\n");
    if !schema.types.is_empty() {
        out.push_str("<pdfaSchema:valueType><rdf:Seq>\n");
        for (name, meaning, fields) in schema.types {
            let _ = writeln!(
                out,
                "{ITEM}<pdfaType:type>{name}</pdfaType:type>\
                 <pdfaType:namespaceURI>{}</pdfaType:namespaceURI>\
                 <pdfaType:prefix>{}</pdfaType:prefix>\
                 <pdfaType:description>{meaning}</pdfaType:description><pdfaType:field><rdf:Seq>",
                schema.namespace, schema.prefix
            );
            for (name, kind, meaning) in *fields {
                let _ = writeln!(
                    out,
                    "{ITEM}<pdfaField:name>{name}</pdfaField:name>\
                     <pdfaField:valueType>{kind}</pdfaField:valueType>\
                     <pdfaField:description>{meaning}</pdfaField:description></rdf:li>"
                );
            }
            out.push_str("</rdf:Seq></pdfaType:field></rdf:li>\n");
        }
        out.push_str("</rdf:Seq></pdfaSchema:valueType>\n");
    }
    out.push_str("</rdf:li>\n");
    out
}
