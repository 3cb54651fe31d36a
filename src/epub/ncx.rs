//! `toc.ncx`: the contents for readers from before EPUB 3.

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};

use crate::model::Metadata;

use super::error::Result;
use super::nav::Entry;
use super::xhtml::Places;

type Xml = Writer<Vec<u8>>;

/// The whole file.
pub(crate) fn document(meta: &Metadata, entries: &[Entry], places: &Places) -> Result<Vec<u8>> {
    let mut xml = Writer::new_with_indent(Vec::new(), b' ', 2);
    xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    let mut ncx = BytesStart::new("ncx");
    ncx.push_attribute(("xmlns", "http://www.daisy.org/z3986/2005/ncx/"));
    ncx.push_attribute(("version", "2005-1"));
    ncx.push_attribute(("xml:lang", meta.language.tag()));
    xml.write_event(Event::Start(ncx))?;
    open(&mut xml, "head")?;
    let depth = depth(entries).max(1).to_string();
    for (name, content) in [
        ("dtb:uid", meta.identifier.as_str()),
        ("dtb:depth", &depth),
        ("dtb:totalPageCount", "0"),
        ("dtb:maxPageNumber", "0"),
    ] {
        let mut tag = BytesStart::new("meta");
        tag.push_attribute(("name", name));
        tag.push_attribute(("content", content));
        xml.write_event(Event::Empty(tag))?;
    }
    close(&mut xml, "head")?;
    label(&mut xml, "docTitle", &meta.title)?;
    for credit in meta
        .credits
        .iter()
        .filter(|credit| credit.role.is_creator())
    {
        label(&mut xml, "docAuthor", &credit.name)?;
    }
    open(&mut xml, "navMap")?;
    let mut order = 0;
    points(&mut xml, entries, places, &mut order)?;
    close(&mut xml, "navMap")?;
    close(&mut xml, "ncx")?;
    Ok(xml.into_inner())
}

fn points(xml: &mut Xml, entries: &[Entry], places: &Places, order: &mut usize) -> Result<()> {
    for entry in entries {
        *order += 1;
        let number = order.to_string();
        let mut point = BytesStart::new("navPoint");
        point.push_attribute(("id", format!("point-{number}").as_str()));
        point.push_attribute(("playOrder", number.as_str()));
        xml.write_event(Event::Start(point))?;
        label(xml, "navLabel", &entry.label)?;
        let file = places.file(&entry.id).unwrap_or("nav.xhtml");
        let mut content = BytesStart::new("content");
        content.push_attribute(("src", format!("{file}#{}", entry.id).as_str()));
        xml.write_event(Event::Empty(content))?;
        points(xml, &entry.under, places, order)?;
        close(xml, "navPoint")?;
    }
    Ok(())
}

fn depth(entries: &[Entry]) -> usize {
    entries
        .iter()
        .map(|entry| 1 + depth(&entry.under))
        .max()
        .unwrap_or(0)
}

fn label(xml: &mut Xml, tag: &str, text: &str) -> Result<()> {
    open(xml, tag)?;
    open(xml, "text")?;
    xml.write_event(Event::Text(BytesText::new(text)))?;
    close(xml, "text")?;
    close(xml, tag)
}

fn open(xml: &mut Xml, tag: &str) -> Result<()> {
    Ok(xml.write_event(Event::Start(BytesStart::new(tag)))?)
}

fn close(xml: &mut Xml, tag: &str) -> Result<()> {
    Ok(xml.write_event(Event::End(BytesEnd::new(tag)))?)
}
