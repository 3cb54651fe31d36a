//! `[output.epub]` and `[output.pdf]`: what is made of a publication, checked and resolved.

use crate::diag::Sink;
use crate::geom::{Length, WritingMode};
use crate::model::{
    EpubOutput, EpubProfile, Margins, MissingPages, Output, PageLayout, PageSize, PdfColour,
    PdfMark, PdfOutput, PdfStandard,
};

use super::section::{Section, Words};
use super::theme::shipped_theme;
use super::typography::WRITING_MODES;

const PROFILES: &[(&str, EpubProfile)] = &[
    ("default", EpubProfile::Default),
    ("kindle", EpubProfile::Kindle),
    ("kobo", EpubProfile::Kobo),
    ("apple", EpubProfile::Apple),
    ("legacy", EpubProfile::Legacy),
];

const LAYOUTS: &[(&str, PageLayout)] = &[
    ("book", PageLayout::Book),
    ("newspaper", PageLayout::Newspaper),
];

const COLOURS: &[(&str, PdfColour)] = &[("rgb", PdfColour::Rgb), ("cmyk", PdfColour::Cmyk)];

const MARK_STYLES: &[(&str, bool)] = &[("western", false), ("japanese", true)];

const MISSING_PAGES: &[(&str, MissingPages)] =
    &[("blank", MissingPages::Blank), ("none", MissingPages::None)];

/// Whether the outputs are ours alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shared {
    /// They are.
    Alone,
    /// mdBook's renderers read them too.
    MdBook,
}

/// The page of a book whose author names none.
const DEFAULT_PAGE: &str = "A5";

/// The page of a newspaper whose author names none.
const DEFAULT_NEWSPAPER_PAGE: &str = "A3";

/// `[output]`; `mode` is the writing mode of `[typography]`. In a `shared` table other programs,
/// as mdBook's renderers, have keys of their own, also beside ours.
pub(crate) fn read(
    section: Option<Section<'_>>,
    mode: WritingMode,
    shared: Shared,
    sink: &mut Sink,
) -> (Output, Option<Words>) {
    let mut theme = None;
    let Some(mut section) = section else {
        let output = Output {
            epub: epub(None, mode, shared, sink),
            pdf: pdf(None, shared, &mut theme, sink),
        };
        return (output, theme);
    };
    let output = Output {
        epub: epub(section.section("epub", sink), mode, shared, sink),
        pdf: pdf(section.section("pdf", sink), shared, &mut theme, sink),
    };
    end(section, shared, sink);
    (output, theme)
}

fn end(section: Section<'_>, shared: Shared, sink: &mut Sink) {
    match shared {
        Shared::Alone => section.finish(sink),
        Shared::MdBook => section.finish_shared(),
    }
}

fn epub(
    section: Option<Section<'_>>,
    mode: WritingMode,
    shared: Shared,
    sink: &mut Sink,
) -> EpubOutput {
    let mut epub = EpubOutput {
        profile: EpubProfile::Default,
        writing_mode: mode,
        page_list: true,
        fonts: true,
        split_at: 2,
    };
    let Some(mut section) = section else {
        return epub;
    };
    if let Some(profile) = section.choice("profile", PROFILES, sink) {
        epub.profile = profile;
    }
    if let Some(mode) = section.choice("writing-mode", WRITING_MODES, sink) {
        epub.writing_mode = mode;
    }
    if let Some(page_list) = section.truth("page-list", sink) {
        epub.page_list = page_list;
    }
    if let Some(fonts) = section.truth("fonts", sink) {
        epub.fonts = fonts;
    }
    if let Some(level) = section.whole("split-at", 0..=6, sink) {
        epub.split_at = u8::try_from(level).unwrap_or(0);
    }
    end(section, shared, sink);
    epub
}

fn pdf(
    section: Option<Section<'_>>,
    shared: Shared,
    theme: &mut Option<Words>,
    sink: &mut Sink,
) -> PdfOutput {
    let named = |name| PageSize::parse(name).expect("a size of the table");
    let mut pdf = PdfOutput::plain(
        PageLayout::Book,
        named(DEFAULT_PAGE),
        shipped_theme(PageLayout::Book),
    );
    // What an archive keeps and everybody can read, unless something else is asked for.
    pdf.standard = vec![PdfStandard::A2a, PdfStandard::Ua1];
    let Some(mut section) = section else {
        return pdf;
    };
    let s = &mut section;
    if let Some(layout) = s.choice("layout", LAYOUTS, sink) {
        pdf.layout = layout;
    }
    pdf.page = page(s, sink).unwrap_or_else(|| match pdf.layout {
        PageLayout::Book => named(DEFAULT_PAGE),
        PageLayout::Newspaper => named(DEFAULT_NEWSPAPER_PAGE),
    });
    if let Some(margins) = s.section("margins", sink) {
        pdf.margins = read_margins(margins, sink);
    }
    pdf.columns = s.whole("columns", 1..=24, sink);
    *theme = s.words("theme", sink);
    pdf.theme = shipped_theme(pdf.layout);
    if let Some(standard) = s.choices("standard", PdfStandard::VALUES, sink) {
        pdf.standard = standard;
    }
    if let Some(colour) = s.choice("colour", COLOURS, sink) {
        pdf.colour = colour;
    }
    pdf.profile = s.text("profile", sink);
    if let Some(bleed) = s.length("bleed", Length::ZERO..=Length::mm(50), sink) {
        pdf.bleed = bleed;
    }
    if let Some(marks) = s.choices("marks", PdfMark::VALUES, sink) {
        pdf.marks = marks;
    }
    if let Some(japanese) = s.choice("mark-style", MARK_STYLES, sink) {
        pdf.japanese_marks = japanese;
    }
    if let Some(dpi) = s.whole("image-dpi", 0..=4800, sink) {
        pdf.image_dpi = dpi;
    }
    if let Some(hint) = s.truth("direction-hint", sink) {
        pdf.direction_hint = hint;
    }
    if let Some(missing) = s.choice("missing-pages", MISSING_PAGES, sink) {
        pdf.missing_pages = missing;
    }
    end(section, shared, sink);
    pdf
}

fn page(section: &mut Section<'_>, sink: &mut Sink) -> Option<PageSize> {
    let words = section.words("page", sink)?;
    let page = PageSize::parse(&words.text);
    if page.is_none() {
        let names: Vec<&str> = PageSize::names().collect();
        let fault = section.refuse(
            "page",
            words.span,
            &format!("is no page size: `{}`", words.text),
        );
        sink.push(fault.hint(format!(
            "use one of {}, or width and height as \"210mm x 285mm\"",
            names.join(", ")
        )));
    }
    page
}

fn read_margins(mut section: Section<'_>, sink: &mut Sink) -> Margins {
    let range = Length::ZERO..=Length::mm(1000);
    let margins = Margins {
        head: section.length("head", range.clone(), sink),
        foot: section.length("foot", range.clone(), sink),
        gutter: section.length("gutter", range.clone(), sink),
        fore_edge: section.length("fore-edge", range, sink),
    };
    section.finish(sink);
    margins
}
