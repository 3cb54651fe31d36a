//! What the XMP packet claims of the document, with the schemas that PDF/A does not know by itself.

use std::fmt::Write as _;

use super::standard::Conformance;

/// A schema beside those of PDF/A: its name, prefix and namespace, and its properties, each with its
/// type, whether it is told about the document from outside, and what it means.
struct Schema {
    name: &'static str,
    prefix: &'static str,
    namespace: &'static str,
    properties: &'static [(&'static str, &'static str, bool, &'static str)],
}

/// ISO 14289-1, 5.
const ACCESSIBLE: Schema = Schema {
    name: "PDF/UA identification",
    prefix: "pdfuaid",
    namespace: "http://www.aiim.org/pdfua/ns/id/",
    properties: &[(
        "part",
        "Integer",
        false,
        "The part of ISO 14289 that is kept",
    )],
};

/// The descriptions of an XMP packet that tell which standards are kept.
pub(crate) fn claims(conformance: Conformance) -> String {
    let mut out = String::new();
    if let Some((part, level)) = conformance.archive {
        let _ = writeln!(
            out,
            "<rdf:Description rdf:about=\"\" xmlns:pdfaid=\"http://www.aiim.org/pdfa/ns/id/\">\n\
             <pdfaid:part>{part}</pdfaid:part>\n<pdfaid:conformance>{level}</pdfaid:conformance>\n\
             </rdf:Description>"
        );
    }
    if conformance.accessible {
        let Schema {
            prefix, namespace, ..
        } = ACCESSIBLE;
        let _ = writeln!(
            out,
            "<rdf:Description rdf:about=\"\" xmlns:{prefix}=\"{namespace}\">\n\
             <{prefix}:part>1</{prefix}:part>\n</rdf:Description>"
        );
        extensions(&mut out, &[ACCESSIBLE]);
    }
    out
}

/// The descriptions of schemas (ISO 19005-2, 6.6.2.3.3).
fn extensions(out: &mut String, schemas: &[Schema]) {
    out.push_str(
        "<rdf:Description rdf:about=\"\" \
         xmlns:pdfaExtension=\"http://www.aiim.org/pdfa/ns/extension/\" \
         xmlns:pdfaSchema=\"http://www.aiim.org/pdfa/ns/schema#\" \
         xmlns:pdfaProperty=\"http://www.aiim.org/pdfa/ns/property#\">\n\
         <pdfaExtension:schemas><rdf:Bag>\n",
    );
    for schema in schemas {
        let _ = writeln!(
            out,
            "<rdf:li rdf:parseType=\"Resource\"><pdfaSchema:schema>{}</pdfaSchema:schema>\
             <pdfaSchema:namespaceURI>{}</pdfaSchema:namespaceURI>\
             <pdfaSchema:prefix>{}</pdfaSchema:prefix><pdfaSchema:property><rdf:Seq>",
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
                "<rdf:li rdf:parseType=\"Resource\"><pdfaProperty:name>{name}</pdfaProperty:name>\
                 <pdfaProperty:valueType>{kind}</pdfaProperty:valueType>\
                 <pdfaProperty:category>{category}</pdfaProperty:category>\
                 <pdfaProperty:description>{meaning}</pdfaProperty:description></rdf:li>"
            );
        }
        out.push_str("</rdf:Seq></pdfaSchema:property></rdf:li>\n");
    }
    out.push_str("</rdf:Bag></pdfaExtension:schemas></rdf:Description>\n");
}
