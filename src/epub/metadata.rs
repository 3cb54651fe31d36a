//! Metadata of the package: titles, credits with their roles, the issue, accessibility.

use quick_xml::Writer;
use quick_xml::events::{BytesEnd, BytesStart, BytesText, Event};

use crate::model::visit::{self, Visitor};
use crate::model::{Book, Figure, Inline};
use crate::rules::words::{Word, script_of};

use super::error::Result;

/// The id of the publication's identifier.
pub(crate) const IDENTIFIER: &str = "pub-id";

/// What the metadata is made from.
#[derive(Debug)]
pub(crate) struct Facts<'a> {
    /// The publication.
    pub(crate) book: &'a Book,
    /// Whether faces are embedded.
    pub(crate) has_fonts: bool,
    /// The manifest id of the cover's picture.
    pub(crate) cover: Option<&'a str>,
}

/// What an accessibility statement can be made of.
#[derive(Debug, Default)]
struct Findings {
    pictures: usize,
    without_words: usize,
    ruby: bool,
}

impl<'a> Visitor<'a> for Findings {
    fn figure(&mut self, figure: &'a Figure) {
        self.picture(&figure.alt);
    }

    fn inline(&mut self, inline: &'a Inline) {
        match inline {
            Inline::Image { alt, .. } => self.picture(alt),
            Inline::Ruby(_) => self.ruby = true,
            _ => {}
        }
    }
}

impl Findings {
    fn of(book: &Book) -> Self {
        let mut findings = Self::default();
        visit::book(book, &mut findings);
        findings
    }

    fn picture(&mut self, alt: &str) {
        self.pictures += 1;
        self.without_words += usize::from(alt.trim().is_empty());
    }

    fn all_described(&self) -> bool {
        self.without_words == 0
    }
}

/// Writes the element `metadata`.
pub(crate) fn write(xml: &mut Writer<Vec<u8>>, facts: &Facts<'_>) -> Result<()> {
    let mut out = Elements { xml };
    let meta = &facts.book.meta;
    out.start()?;
    out.dc("identifier", Some(IDENTIFIER), &meta.identifier)?;
    out.dc("title", Some("title"), &meta.title)?;
    if let Some(subtitle) = &meta.subtitle {
        out.refine("title", "title-type", "main")?;
        out.refine("title", "display-seq", "1")?;
        out.dc("title", Some("subtitle"), subtitle)?;
        out.refine("subtitle", "title-type", "subtitle")?;
        out.refine("subtitle", "display-seq", "2")?;
    }
    out.dc("language", None, meta.language.tag())?;
    out.credits(facts.book)?;
    let optional = [
        ("publisher", &meta.publisher),
        ("date", &meta.date),
        ("rights", &meta.rights),
        ("description", &meta.description),
    ];
    for (name, value) in optional {
        if let Some(value) = value {
            out.dc(name, None, value)?;
        }
    }
    for subject in &meta.subjects {
        out.dc("subject", None, subject)?;
    }
    out.property("dcterms:modified", &meta.modified)?;
    out.issue(facts.book)?;
    out.accessibility(facts.book)?;
    // Apple ignores embedded faces without it; Kindle takes the direction from its own key.
    out.property("ibooks:specified-fonts", &facts.has_fonts.to_string())?;
    let vertical = facts.book.output.epub.writing_mode.is_vertical();
    let mode = if vertical {
        "vertical-rl"
    } else {
        "horizontal-lr"
    };
    out.named("primary-writing-mode", mode)?;
    if let Some(cover) = facts.cover {
        out.named("cover", cover)?;
    }
    out.named("generator", concat!("banxin ", env!("CARGO_PKG_VERSION")))?;
    out.end()
}

struct Elements<'x> {
    xml: &'x mut Writer<Vec<u8>>,
}

impl Elements<'_> {
    fn start(&mut self) -> Result<()> {
        let mut tag = BytesStart::new("metadata");
        tag.push_attribute(("xmlns:dc", "http://purl.org/dc/elements/1.1/"));
        Ok(self.xml.write_event(Event::Start(tag))?)
    }

    fn end(&mut self) -> Result<()> {
        Ok(self
            .xml
            .write_event(Event::End(BytesEnd::new("metadata")))?)
    }

    fn element(&mut self, tag: BytesStart<'_>, text: &str) -> Result<()> {
        let end = tag.to_end().into_owned();
        self.xml.write_event(Event::Start(tag.borrow()))?;
        self.xml.write_event(Event::Text(BytesText::new(text)))?;
        Ok(self.xml.write_event(Event::End(end))?)
    }

    fn dc(&mut self, name: &str, id: Option<&str>, text: &str) -> Result<()> {
        // The specification wants text that is not white space alone.
        if text.trim().is_empty() {
            return Ok(());
        }
        let mut tag = BytesStart::new(format!("dc:{name}"));
        if let Some(id) = id {
            tag.push_attribute(("id", id));
        }
        self.element(tag, text.trim())
    }

    fn property(&mut self, property: &str, text: &str) -> Result<()> {
        let mut tag = BytesStart::new("meta");
        tag.push_attribute(("property", property));
        self.element(tag, text)
    }

    fn refine(&mut self, id: &str, property: &str, text: &str) -> Result<()> {
        let mut tag = BytesStart::new("meta");
        tag.push_attribute(("refines", format!("#{id}").as_str()));
        tag.push_attribute(("property", property));
        if property == "role" {
            tag.push_attribute(("scheme", "marc:relators"));
        }
        self.element(tag, text)
    }

    fn named(&mut self, name: &str, content: &str) -> Result<()> {
        let mut tag = BytesStart::new("meta");
        tag.push_attribute(("name", name));
        tag.push_attribute(("content", content));
        Ok(self.xml.write_event(Event::Empty(tag))?)
    }

    fn credits(&mut self, book: &Book) -> Result<()> {
        let bearers = book.meta.bearers(&book.parts);
        let creators = bearers.iter().filter(|bearer| bearer.is_creator());
        let others = bearers.iter().filter(|bearer| !bearer.is_creator());
        for (name, list) in [
            ("creator", creators.collect::<Vec<_>>()),
            ("contributor", others.collect()),
        ] {
            for (place, bearer) in list.iter().enumerate() {
                let id = format!("{name}-{}", place + 1);
                self.dc(name, Some(&id), &bearer.credit.name)?;
                for role in &bearer.roles {
                    self.refine(&id, "role", role.code())?;
                }
                if let Some(sort) = &bearer.credit.sort {
                    self.refine(&id, "file-as", sort)?;
                }
                self.refine(&id, "display-seq", &(place + 1).to_string())?;
            }
        }
        Ok(())
    }

    /// The newspaper as a series, the issue's number as the place in it.
    fn issue(&mut self, book: &Book) -> Result<()> {
        let Some(issue) = &book.meta.issue else {
            return Ok(());
        };
        let Some(publication) = &issue.publication else {
            return Ok(());
        };
        let mut tag = BytesStart::new("meta");
        tag.push_attribute(("property", "belongs-to-collection"));
        tag.push_attribute(("id", "series"));
        self.element(tag, publication)?;
        self.refine("series", "collection-type", "series")?;
        // Only a number is a place; 第十二期 is printed in the colophon.
        let is_place = |text: &str| {
            !text.is_empty()
                && text
                    .split('.')
                    .all(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit()))
        };
        if let Some(number) = issue
            .number
            .as_deref()
            .map(str::trim)
            .filter(|n| is_place(n))
        {
            self.refine("series", "group-position", number)?;
        }
        if let Some(issn) = &issue.issn {
            let bare = issn.trim().trim_start_matches("urn:issn:");
            self.refine("series", "dcterms:identifier", &format!("urn:issn:{bare}"))?;
        }
        Ok(())
    }

    /// What the content itself shows (EPUB Accessibility 1.1 §2.2), and a claim of conformance
    /// only where somebody makes it and nothing found speaks against it.
    fn accessibility(&mut self, book: &Book) -> Result<()> {
        let findings = Findings::of(book);
        let described = findings.pictures > 0 && findings.all_described();
        let mut rows = vec![("schema:accessMode", "textual")];
        if findings.pictures > 0 {
            rows.push(("schema:accessMode", "visual"));
            rows.push(("schema:accessModeSufficient", "textual,visual"));
        }
        if findings.all_described() {
            rows.push(("schema:accessModeSufficient", "textual"));
        }
        let feature = "schema:accessibilityFeature";
        for name in [
            "tableOfContents",
            "structuralNavigation",
            "readingOrder",
            "displayTransformability",
        ] {
            rows.push((feature, name));
        }
        if described {
            rows.push((feature, "alternativeText"));
        }
        if findings.ruby {
            rows.push((feature, "rubyAnnotations"));
        }
        let vertical = book.output.epub.writing_mode.is_vertical();
        rows.push((
            feature,
            if vertical {
                "verticalWriting"
            } else {
                "horizontalWriting"
            },
        ));
        rows.push(("schema:accessibilityHazard", "none"));
        for (property, value) in rows {
            self.property(property, value)?;
        }
        let labels = script_of(&book.meta.language);
        let own = match (findings.pictures, findings.all_described()) {
            (0, _) => Word::SummaryText,
            (_, true) => Word::SummaryDescribed,
            (_, false) => Word::SummaryUndescribed,
        };
        let stated = &book.meta.accessibility;
        let summary = stated
            .summary
            .as_deref()
            .unwrap_or_else(|| own.text(labels));
        self.property("schema:accessibilitySummary", summary)?;
        if let (Some(who), true) = (&stated.certified_by, findings.all_described()) {
            let mut tag = BytesStart::new("meta");
            tag.push_attribute(("property", "dcterms:conformsTo"));
            tag.push_attribute(("id", "conformance"));
            self.element(tag, "EPUB Accessibility 1.1 - WCAG 2.2 Level AA")?;
            self.refine("conformance", "a11y:certifiedBy", who)?;
        }
        Ok(())
    }
}
