//! The package document: what epub-builder wrote, with our metadata and what it leaves out.

use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, Writer, XmlVersion};

use super::error::Result;
use super::metadata::{self, Facts, IDENTIFIER};

/// Vocabularies beyond those that EPUB reserves (EPUB 3.3 §D.1.4).
const PREFIX: &str =
    "ibooks: http://vocabulary.itunes.apple.com/rdf/ibooks/vocabulary-extensions-1.0/";

/// Where the navigation document is read in the spine: behind this file.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Spine<'a> {
    /// The file before the contents page.
    pub(crate) before_contents: &'a str,
}

/// Rewrites the package document that epub-builder made: namespaces and language on `package`,
/// the whole metadata, the contents page in the spine, no guide.
pub(crate) fn rewrite(opf: &str, facts: &Facts<'_>, spine: Spine<'_>) -> Result<Vec<u8>> {
    let mut reader = Reader::from_str(opf);
    reader.config_mut().trim_text(true);
    let mut xml = Writer::new_with_indent(Vec::new(), b' ', 2);
    let mut contents_after = None;
    loop {
        match reader.read_event()? {
            Event::Eof => break,
            Event::Start(tag) => match tag.name().as_ref() {
                b"package" => xml.write_event(Event::Start(package(facts)))?,
                b"metadata" => {
                    metadata::write(&mut xml, facts)?;
                    reader.read_to_end(tag.name())?;
                }
                b"guide" => {
                    reader.read_to_end(tag.name())?;
                }
                _ => xml.write_event(Event::Start(tag))?,
            },
            Event::Empty(tag) => {
                let value = |name: &str| -> Result<Option<String>> {
                    let attribute = tag
                        .try_get_attribute(name)
                        .map_err(quick_xml::Error::from)?;
                    Ok(match attribute {
                        Some(found) => Some(
                            found
                                .normalized_value(XmlVersion::Explicit1_0)?
                                .into_owned(),
                        ),
                        None => None,
                    })
                };
                if tag.name().as_ref() == b"item" {
                    if value("href")?.as_deref() == Some(spine.before_contents) {
                        contents_after = value("id")?;
                    }
                    xml.write_event(Event::Empty(tag))?;
                } else {
                    let is_place = value("idref")? == contents_after;
                    let is_itemref = tag.name().as_ref() == b"itemref";
                    xml.write_event(Event::Empty(tag.borrow()))?;
                    if is_itemref && is_place {
                        let mut contents = BytesStart::new("itemref");
                        contents.push_attribute(("idref", "nav"));
                        xml.write_event(Event::Empty(contents))?;
                    }
                }
            }
            Event::End(tag) => xml.write_event(Event::End(tag))?,
            Event::Text(text) if text.is_empty() => {}
            other => xml.write_event(other)?,
        }
    }
    Ok(xml.into_inner())
}

fn package(facts: &Facts<'_>) -> BytesStart<'static> {
    let mut tag = BytesStart::new("package");
    tag.push_attribute(("xmlns", "http://www.idpf.org/2007/opf"));
    tag.push_attribute(("version", "3.0"));
    tag.push_attribute(("unique-identifier", IDENTIFIER));
    tag.push_attribute(("xml:lang", facts.book.meta.language.tag()));
    tag.push_attribute(("prefix", PREFIX));
    tag
}
