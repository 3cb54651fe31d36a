//! PDFs written from layouts set by hand, read back: fonts, text, places, links and ids.

mod reader;
mod setting;

use banxin::art::Gallery;
use banxin::geom::{Length, Logical, Point, Size, WritingMode};
use banxin::layout::{Bookmark, Frame, FrameKind, Ink, Item, Layout, LinkRange, Rule};
use banxin::model::{
    Accessibility, Language, LinkTarget, Margins, Metadata, MissingPages, PageLayout, PageSize,
    PdfColour, PdfOutput,
};
use banxin::pdf::{PdfOptions, PdfWriter};

use reader::Pdf;
use setting::{Setter, page};

const TEXT: &str = "第1章　香港的版心，是「排版」的根本——2025年12月，Hong Kong Type 公司說：「字距、行距與版心，缺一不可……」（見《文字設計》第34頁）。";

fn a5() -> Size {
    Size::new(Length::mm(148), Length::mm(210))
}

fn metadata(title: &str) -> Metadata {
    Metadata {
        title: title.into(),
        subtitle: None,
        language: Language::default(),
        identifier: "urn:uuid:0d2b7a4e-5d0f-5d0e-9f3c-0a0b0c0d0e0f".into(),
        credits: Vec::new(),
        publisher: Some("版心書局 & 友".into()),
        date: Some("2025-03-06".into()),
        modified: "2025-03-06T00:00:00Z".into(),
        rights: None,
        description: None,
        subjects: vec!["排版".into()],
        cover: None,
        file_name: "book".into(),
        issue: None,
        accessibility: Accessibility::default(),
    }
}

fn output(colour: PdfColour) -> PdfOutput {
    PdfOutput {
        layout: PageLayout::Book,
        page: PageSize {
            name: "a5".into(),
            trim: a5(),
        },
        margins: Margins::default(),
        columns: None,
        theme: None,
        standard: Vec::new(),
        colour,
        profile: None,
        bleed: Length::ZERO,
        marks: Vec::new(),
        japanese_marks: false,
        image_dpi: 0,
        direction_hint: true,
        missing_pages: MissingPages::Blank,
    }
}

/// Writes a layout, and leaves the file in the target folder for eyes and other programs.
fn write(name: &str, layout: &Layout, setter: &Setter, gallery: &Gallery) -> Vec<u8> {
    let (meta, output) = (metadata("版心試樣"), output(PdfColour::Rgb));
    let options = PdfOptions {
        meta: &meta,
        output: &output,
        writing_mode: setter.mode,
    };
    let mut bytes = Vec::new();
    PdfWriter::new(layout, &setter.faces, gallery, options)
        .write(&mut bytes)
        .unwrap();
    let path = format!("{}/{name}.pdf", env!("CARGO_TARGET_TMPDIR"));
    std::fs::write(path, &bytes).unwrap();
    bytes
}

/// Two pages of two paragraphs with one of everything.
fn sample(setter: &Setter) -> Layout {
    let inner = Size::new(Length::mm(110), Length::mm(75));
    let mut pages = Vec::new();
    for number in ["1", "2"] {
        let mut first = setter.paragraph(TEXT, 14, inner);
        first
            .items
            .insert(0, (Point::ORIGIN, Item::Anchor(format!("p{number}"))));
        if let Some((_, Item::Line(line))) = first.items.get_mut(1) {
            line.decorations = setting::decorations(setter.size, setter.mode);
            line.links.push(LinkRange {
                from: Length::ZERO,
                to: setter.size * 3,
                target: LinkTarget::Internal {
                    id: "p2".into(),
                    with_page: false,
                },
            });
            line.links.push(LinkRange {
                from: setter.size * 4,
                to: setter.size * 6,
                target: LinkTarget::External("https://example.hk/版".into()),
            });
            let mut small = Setter::new(setter.mode);
            small.size = setter.size / 2;
            let away = if setter.mode == WritingMode::VerticalRl {
                -setter.size.scale(3, 4)
            } else {
                -setter.size
            };
            line.beside
                .push((Logical::new(setter.size * 3, away), small.line("ㄊㄧˊ")));
        }
        let second = setter.paragraph(
            "第二段只為看清段落的次序：甲乙丙丁戊己庚辛壬癸。\u{2BB37}字無面。",
            14,
            inner,
        );
        let mut rules = Frame::new(FrameKind::Rule, Size::default());
        rules.push(
            Point::ORIGIN,
            Item::Rule(Rule {
                size: Size::new(Length::mm(110), Length::from_milli(300)),
                ink: Ink(400),
            }),
        );
        let left = Length::mm(19);
        pages.push(page(
            number,
            a5(),
            vec![
                (Point::new(left, Length::mm(20)), first),
                (Point::new(left, Length::mm(100)), rules),
                (Point::new(left, Length::mm(105)), second),
            ],
        ));
    }
    let bookmark = |title: &str, depth, page| Bookmark {
        title: title.into(),
        depth,
        page,
        at: Point::ORIGIN,
    };
    Layout {
        pages,
        bookmarks: vec![
            bookmark("第一章", 0, 0),
            bookmark("第一節", 1, 0),
            bookmark("第二章", 0, 1),
        ],
    }
}

#[test]
fn the_text_of_every_line_is_read_back() {
    for mode in [WritingMode::VerticalRl, WritingMode::HorizontalTb] {
        let setter = Setter::new(mode);
        let pdf = Pdf::read(&write(
            mode.name(),
            &sample(&setter),
            &setter,
            &Gallery::default(),
        ));
        let wanted =
            format!("{TEXT}ㄊㄧˊ第二段只為看清段落的次序：甲乙丙丁戊己庚辛壬癸。\u{2BB37}字無面。");
        for page in pdf.pages() {
            assert_eq!(pdf.text(page), wanted, "{}", mode.name());
        }
    }
}

/// Every font is embedded as a subset with ToUnicode, and ToUnicode has a text for every glyph shown
/// (the reader would stop at one without).
#[test]
fn fonts_are_embedded_subsets_that_read() {
    for mode in [WritingMode::VerticalRl, WritingMode::HorizontalTb] {
        let setter = Setter::new(mode);
        let pdf = Pdf::read(&write(
            mode.name(),
            &sample(&setter),
            &setter,
            &Gallery::default(),
        ));
        for (name, font) in pdf.fonts() {
            let base = font.get(b"BaseFont").unwrap().as_name().unwrap();
            assert_eq!(base.iter().position(|b| *b == b'+'), Some(6), "{name}");
            assert!(base[..6].iter().all(u8::is_ascii_uppercase), "{name}");
            let descendant = pdf.get(font, "DescendantFonts").as_array().unwrap()[0].clone();
            let descendant = pdf
                .document
                .dereference(&descendant)
                .unwrap()
                .1
                .as_dict()
                .unwrap();
            let descriptor = pdf.dictionary(descendant, "FontDescriptor");
            let program = pdf.stream(descriptor, "FontFile2");
            assert!(program.len() > 500, "{name}: {} bytes", program.len());
            assert!(!pdf.to_unicode(font).is_empty(), "{name}");
        }
        let shown: Vec<_> = pdf
            .pages()
            .into_iter()
            .flat_map(|page| pdf.shown(page))
            .collect();
        assert!(
            shown
                .iter()
                .flat_map(|run| &run.codes)
                .all(|code| *code > 0),
            ".notdef is shown"
        );
        let vertical = shown.iter().any(|run| run.font.contains('v'));
        assert_eq!(vertical, mode.is_vertical());
    }
}
