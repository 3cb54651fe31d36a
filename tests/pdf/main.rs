//! PDFs written from layouts set by hand, read back: fonts, text, places, links and ids.

mod archive;
mod darkroom;
mod odd_pictures;
mod pictures;
mod reader;
mod setting;
mod tags;
mod verify;

use banxin::art::Gallery;
use banxin::diag::Warned;
use banxin::geom::{Length, Logical, Point, Size, WritingMode};
use banxin::layout::{Bookmark, Frame, FrameKind, Ink, Item, Layout, LinkRange, Rule};
use banxin::model::{
    Accessibility, Language, LinkTarget, Metadata, PageLayout, PageSize, PdfColour, PdfOutput,
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
    let page = PageSize {
        name: "a5".into(),
        trim: a5(),
    };
    let theme = banxin::manuscript::shipped_theme(PageLayout::Book);
    PdfOutput {
        colour,
        ..PdfOutput::plain(PageLayout::Book, page, theme)
    }
}

/// Writes a layout, and leaves the file in the target folder for eyes and other programs.
fn write(name: &str, layout: &Layout, setter: &Setter, gallery: &Gallery) -> Vec<u8> {
    file_for(name, (layout, &output(PdfColour::Rgb)), setter, gallery).value
}

/// The file for an output, and what is told of it.
fn file_for(
    name: &str,
    (layout, output): (&Layout, &PdfOutput),
    setter: &Setter,
    gallery: &Gallery,
) -> Warned<Vec<u8>> {
    let meta = metadata("版心試樣");
    let options = PdfOptions {
        meta: &meta,
        output,
        writing_mode: setter.mode,
        parts: &[],
        attached: &[],
    };
    let mut bytes = Vec::new();
    let told = PdfWriter::new(layout, &setter.faces, gallery, options)
        .write(&mut bytes)
        .unwrap();
    let path = format!("{}/{name}.pdf", env!("CARGO_TARGET_TMPDIR"));
    std::fs::write(path, &bytes).unwrap();
    Warned {
        value: bytes,
        diagnostics: told.diagnostics,
    }
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

/// The sample as it is written.
fn written(mode: WritingMode) -> Pdf {
    let setter = Setter::new(mode);
    let sample = sample(&setter);
    Pdf::read(&write(mode.name(), &sample, &setter, &Gallery::default()))
}

#[test]
fn the_text_of_every_line_is_read_back() {
    for mode in [WritingMode::VerticalRl, WritingMode::HorizontalTb] {
        let pdf = written(mode);
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
        let pdf = written(mode);
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

#[test]
fn equal_input_gives_equal_bytes_and_other_input_another_id() {
    let setter = Setter::new(WritingMode::VerticalRl);
    let first = write("same", &sample(&setter), &setter, &Gallery::default());
    assert_eq!(
        first,
        write("same", &sample(&setter), &setter, &Gallery::default())
    );
    let id = |bytes: &[u8]| {
        let pdf = Pdf::read(bytes);
        let id = pdf
            .document
            .trailer
            .get(b"ID")
            .unwrap()
            .as_array()
            .unwrap()
            .clone();
        (
            id,
            String::from_utf8(pdf.stream(pdf.catalog(), "Metadata")).unwrap(),
        )
    };
    let (ids, packet) = id(&first);
    assert_eq!(ids[0].as_str().unwrap().len(), 16);
    let hexadecimal: String = ids[1]
        .as_str()
        .unwrap()
        .iter()
        .map(|b| format!("{b:02x}"))
        .collect();
    assert!(
        packet
            .replace('-', "")
            .contains(&format!("urn:uuid:{hexadecimal}")),
        "{packet}"
    );
    let mut changed = sample(&setter);
    changed.bookmarks[0].title.push('！');
    assert_ne!(
        ids,
        id(&write("changed", &changed, &setter, &Gallery::default())).0
    );
}

#[test]
fn metadata_agree_and_the_packet_is_xml() {
    let setter = Setter::new(WritingMode::VerticalRl);
    let pdf = Pdf::read(&write(
        "meta",
        &sample(&setter),
        &setter,
        &Gallery::default(),
    ));
    let packet = String::from_utf8(pdf.stream(pdf.catalog(), "Metadata")).unwrap();
    let tree = roxmltree::Document::parse(&packet).unwrap();
    let told = |name: &str| {
        let node = tree
            .descendants()
            .find(|node| node.tag_name().name() == name)
            .unwrap();
        node.descendants()
            .filter(roxmltree::Node::is_text)
            .find_map(|n| n.text())
            .unwrap()
            .to_owned()
    };
    let info = pdf
        .document
        .trailer
        .get(b"Info")
        .unwrap()
        .as_reference()
        .unwrap();
    let info = pdf.document.get_dictionary(info).unwrap();
    let entry = |key: &[u8]| lopdf::decode_text_string(info.get(key).unwrap()).unwrap();
    assert_eq!(entry(b"Title"), "版心試樣");
    assert_eq!(told("title"), "版心試樣");
    assert_eq!(entry(b"Keywords"), told("Keywords"));
    assert_eq!(entry(b"Producer"), told("Producer"));
    assert_eq!(entry(b"ModDate"), "D:20250306000000Z");
    assert_eq!(told("ModifyDate"), "2025-03-06T00:00:00Z");
    assert_eq!(told("publisher"), "版心書局 & 友");
    assert_eq!(
        pdf.get(pdf.catalog(), "Lang").as_str().unwrap(),
        b"zh-Hant-HK"
    );
}

#[test]
fn ways_into_the_document_lead_to_their_places() {
    let setter = Setter::new(WritingMode::VerticalRl);
    let pdf = Pdf::read(&write(
        "ways",
        &sample(&setter),
        &setter,
        &Gallery::default(),
    ));
    let catalog = pdf.catalog();
    let pages = pdf.pages();
    let outline = pdf.dictionary(catalog, "Outlines");
    let first = pdf.dictionary(outline, "First");
    let title = |item| lopdf::decode_text_string(pdf.get(item, "Title")).unwrap();
    assert_eq!(title(first), "第一章");
    assert_eq!(title(pdf.dictionary(first, "First")), "第一節");
    let second = pdf.dictionary(first, "Next");
    assert_eq!(title(second), "第二章");
    let dest = pdf.get(second, "Dest").as_array().unwrap();
    assert_eq!(dest[0].as_reference().unwrap(), pages[1]);
    assert_eq!(dest[3].as_float().unwrap(), 595.276);

    let preferences = pdf.dictionary(catalog, "ViewerPreferences");
    assert_eq!(pdf.get(preferences, "Direction").as_name().unwrap(), b"R2L");
    let names = pdf.dictionary(pdf.dictionary(catalog, "Names"), "Dests");
    let names = pdf.get(names, "Names").as_array().unwrap();
    assert_eq!(names[2].as_str().unwrap(), b"p2");

    let page = pdf.document.get_dictionary(pages[0]).unwrap();
    let links = pdf.get(page, "Annots").as_array().unwrap();
    assert_eq!(links.len(), 2);
    let link = |n: usize| {
        pdf.document
            .get_dictionary(links[n].as_reference().unwrap())
            .unwrap()
    };
    assert_eq!(pdf.get(link(0), "Dest").as_str().unwrap(), b"p2");
    let uri = pdf
        .get(pdf.dictionary(link(1), "A"), "URI")
        .as_str()
        .unwrap();
    assert_eq!(uri, b"https://example.hk/%E7%89%88");
    for n in 0..2 {
        assert_eq!(pdf.get(link(n), "F").as_i64().unwrap(), 4);
        let border = pdf.get(link(n), "Border").as_array().unwrap();
        assert!(border.iter().all(|side| side.as_i64().unwrap() == 0));
    }
    // Three em from the head of the first column, one em wide around its middle.
    let area: Vec<f32> = pdf
        .get(link(0), "Rect")
        .as_array()
        .unwrap()
        .iter()
        .map(|v| v.as_float().unwrap())
        .collect();
    let (right, upper) = (
        (19.0_f32 + 110.0) / 25.4 * 72.0,
        (210.0_f32 - 20.0) / 25.4 * 72.0,
    );
    for (found, wanted) in area.iter().zip([right - 10.5, upper - 31.5, right, upper]) {
        assert!((found - wanted).abs() < 0.01, "{area:?}");
    }
}

#[test]
fn bleed_lies_around_the_trimmed_page() {
    let setter = Setter::new(WritingMode::HorizontalTb);
    let mut layout = sample(&setter);
    for page in &mut layout.pages {
        page.bleed = Length::pt(9);
    }
    let pdf = Pdf::read(&write("bleed", &layout, &setter, &Gallery::default()));
    let page = pdf.document.get_dictionary(pdf.pages()[0]).unwrap();
    let sides = |key: &str| -> Vec<f32> {
        pdf.get(page, key)
            .as_array()
            .unwrap()
            .iter()
            .map(|v| v.as_float().unwrap())
            .collect()
    };
    assert_eq!(sides("MediaBox"), [0.0, 0.0, 437.528, 613.276]);
    assert_eq!(sides("BleedBox"), sides("MediaBox"));
    assert_eq!(sides("TrimBox"), [9.0, 9.0, 428.528, 604.276]);
    let plain = Pdf::read(&write(
        "trim",
        &sample(&setter),
        &setter,
        &Gallery::default(),
    ));
    let at = |pdf: &Pdf| pdf.shown(pdf.pages()[0])[0].matrix;
    let (bled, trimmed) = (at(&pdf), at(&plain));
    assert!(
        (bled[4] - trimmed[4] - 9.0).abs() < 0.001 && (bled[5] - trimmed[5] - 9.0).abs() < 0.001
    );
}

/// One shape that stands for two characters, and one that stands for two at once.
#[test]
fn a_glyph_reads_as_what_was_typed_where_it_stands() {
    let setter = Setter::new(WritingMode::HorizontalTb);
    let mut line = setter.line("一二一二");
    // As if the third were typed U+2F00, whose glyph is that of U+4E00, and the second and fourth
    // were one each for more.
    line.text = "一二b\u{2F00}二c".into();
    for (glyph, range) in line
        .glyphs
        .iter_mut()
        .zip([(0, 3), (3, 7), (7, 10), (10, 14)])
    {
        (glyph.start, glyph.end) = range;
    }
    let text = line.text.clone();
    let size = Size::new(Length::mm(80), Length::mm(80));
    let mut frame = Frame::new(FrameKind::Paragraph, size);
    frame.push(setter.line_origin(0, size), Item::Line(line));
    let layout = Layout {
        pages: vec![page("1", a5(), vec![(Point::ORIGIN, frame)])],
        bookmarks: Vec::new(),
    };
    let pdf = Pdf::read(&write("readings", &layout, &setter, &Gallery::default()));
    assert_eq!(pdf.text(pdf.pages()[0]), text);
    let programs: std::collections::BTreeSet<_> = pdf
        .fonts()
        .values()
        .map(|font| {
            let descendant = pdf.get(font, "DescendantFonts").as_array().unwrap()[0]
                .as_reference()
                .unwrap();
            let descriptor = pdf.dictionary(
                pdf.document.get_dictionary(descendant).unwrap(),
                "FontDescriptor",
            );
            descriptor
                .get(b"FontFile2")
                .unwrap()
                .as_reference()
                .unwrap()
        })
        .collect();
    assert_eq!(
        (pdf.fonts().len(), programs.len()),
        (2, 1),
        "two fonts over one program"
    );
}

/// Black on a press page is K alone.
#[test]
fn press_pages_paint_with_black() {
    let setter = Setter::new(WritingMode::VerticalRl);
    let layout = sample(&setter);
    let (meta, output) = (metadata("版"), output(PdfColour::Cmyk));
    let options = PdfOptions {
        meta: &meta,
        output: &output,
        writing_mode: setter.mode,
        parts: &[],
        attached: &[],
    };
    let mut bytes = Vec::new();
    let gallery = Gallery::default();
    PdfWriter::new(&layout, &setter.faces, &gallery, options)
        .write(&mut bytes)
        .unwrap();
    let pdf = Pdf::read(&bytes);
    let content = pdf.document.get_page_content(pdf.pages()[0]);
    let content = lopdf::content::Content::decode(&content).unwrap();
    let mut black = false;
    for operation in &content.operations {
        match operation.operator.as_str() {
            "k" => {
                let inks: Vec<f32> = operation
                    .operands
                    .iter()
                    .map(|v| v.as_float().unwrap())
                    .collect();
                assert_eq!(inks[..3], [0.0; 3]);
                black = inks[3] == 1.0;
            }
            "Tj" | "TJ" => assert!(black, "text is not full black"),
            "g" | "rg" => panic!("a colour of the screen"),
            _ => {}
        }
    }
}
