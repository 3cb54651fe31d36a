//! Pictures in the file: JPEG byte for byte, pixels with their mask, drawings as paths, each once.

use banxin::art::Gallery;
use banxin::diag::Diagnostic;
use banxin::files::Memory;
use banxin::geom::{Length, Point, Size, WritingMode};
use banxin::layout::{Frame, FrameKind, Item, Layout};
use banxin::model::{ImageRef, PdfColour, PdfOutput, PdfStandard};
use lopdf::{Object, Stream};

use crate::reader::Pdf;
use crate::setting::{Setter, page};
use crate::{a5, file_for, output};

const TURNED: &[u8] = include_bytes!("turned.jpg");

/// White, red and blue stripes of a palette of three, two bits a pixel.
const PALETTE: &[u8] = include_bytes!("palette.png");

const DRAWING: &str = r##"<svg xmlns="http://www.w3.org/2000/svg" width="100" height="50">
<defs><linearGradient id="g"><stop offset="0" stop-color="#f00"/><stop offset="1" stop-color="#00f"/></linearGradient></defs>
<rect x="5" y="5" width="60" height="40" fill="url(#g)"/>
<circle cx="75" cy="25" r="20" fill="#080" fill-opacity="0.5" stroke="#000" stroke-width="2" stroke-dasharray="4 2"/>
</svg>"##;

/// A PNG of four half-transparent pixels in a row.
fn transparent() -> Vec<u8> {
    let pixels = image::RgbaImage::from_fn(4, 1, |x, _| image::Rgba([255, 0, 0, x as u8 * 80]));
    let mut bytes = std::io::Cursor::new(Vec::new());
    pixels
        .write_to(&mut bytes, image::ImageFormat::Png)
        .unwrap();
    bytes.into_inner()
}

fn grey() -> Vec<u8> {
    let pixels = image::GrayImage::from_fn(8, 8, |x, y| image::Luma([(x * 16 + y) as u8]));
    let mut bytes = std::io::Cursor::new(Vec::new());
    pixels
        .write_to(&mut bytes, image::ImageFormat::Jpeg)
        .unwrap();
    bytes.into_inner()
}

/// A page with each of these pictures twice.
pub(crate) fn pictured(name: &str, files: Vec<(&str, Vec<u8>)>) -> Pdf {
    let (pdf, told) = pictured_as(name, files, &archive());
    assert!(told.is_empty(), "{told:?}");
    pdf
}

/// An output as a publication has it that asks for nothing.
pub(crate) fn archive() -> PdfOutput {
    PdfOutput {
        standard: vec![PdfStandard::A2a, PdfStandard::Ua1],
        ..output(PdfColour::Rgb)
    }
}

/// The same for an output, and what is told of them.
pub(crate) fn pictured_as(
    name: &str,
    files: Vec<(&str, Vec<u8>)>,
    output: &PdfOutput,
) -> (Pdf, Vec<Diagnostic>) {
    let paths: Vec<&str> = files.iter().map(|file| file.0).collect();
    let images: Vec<ImageRef> = paths
        .iter()
        .map(|path| ImageRef {
            path: (*path).into(),
            span: Default::default(),
        })
        .collect();
    let opened = Gallery::open(&images, &Memory::new(files.clone()));
    let mut told = opened.diagnostics;
    let setter = Setter::new(WritingMode::HorizontalTb);
    let size = Size::new(Length::mm(40), Length::mm(20));
    let mut frame = Frame::new(FrameKind::Figure, a5());
    for (n, path) in (0..).zip(&paths) {
        for column in 0..2 {
            let at = Point::new(Length::mm(10 + 50 * column), Length::mm(10 + 25 * n));
            frame.push(
                at,
                Item::Image {
                    path: (*path).into(),
                    size,
                    alt: String::new(),
                },
            );
        }
    }
    let text = setter.paragraph("圖", 1, size);
    let frames = vec![
        (Point::ORIGIN, frame),
        (Point::new(Length::mm(10), Length::mm(180)), text),
    ];
    let layout = Layout {
        pages: vec![page("1", a5(), frames)],
        bookmarks: Vec::new(),
    };
    let bytes = file_for(name, (&layout, output), &setter, &opened.value);
    told.extend(bytes.diagnostics);
    (Pdf::read(&bytes.value), told)
}

/// The picture objects in the order of their names.
pub(crate) fn objects(pdf: &Pdf) -> Vec<&Stream> {
    let page = pdf.document.get_dictionary(pdf.pages()[0]).unwrap();
    let objects = pdf.dictionary(pdf.dictionary(page, "Resources"), "XObject");
    let mut names: Vec<_> = objects
        .iter()
        .map(|(name, _)| String::from_utf8_lossy(name))
        .collect();
    names.sort();
    names
        .iter()
        .map(|name| pdf.get(objects, name).as_stream().unwrap())
        .collect()
}

#[test]
fn jpeg_streams_are_the_files() {
    let grey = grey();
    let pdf = pictured(
        "jpeg",
        vec![("b.jpg", grey.clone()), ("c.jpg", TURNED.to_vec())],
    );
    let wanted = [(&grey[..], "DeviceGray"), (TURNED, "DeviceRGB")];
    let found = objects(&pdf);
    assert_eq!(found.len(), 2, "each picture is stored once");
    for (stream, (bytes, space)) in found.iter().zip(wanted) {
        assert_eq!(stream.content, bytes, "{space}");
        assert_eq!(
            stream.dict.get(b"Filter").unwrap().as_name().unwrap(),
            b"DCTDecode"
        );
        assert_eq!(
            stream.dict.get(b"ColorSpace").unwrap().as_name().unwrap(),
            space.as_bytes()
        );
        assert!(!stream.dict.has(b"Decode"), "{space}");
    }
}

#[test]
fn a_turned_photograph_is_turned_by_its_matrix() {
    let pdf = pictured("turned", vec![("c.jpg", TURNED.to_vec())]);
    let content = pdf.document.get_page_content(pdf.pages()[0]);
    let content = lopdf::content::Content::decode(&content).unwrap();
    let matrix: Vec<f32> = content
        .operations
        .iter()
        .find(|operation| operation.operator == "cm")
        .unwrap()
        .operands
        .iter()
        .map(|operand| operand.as_float().unwrap())
        .collect();
    // 40 mm by 20 mm at 10 mm from the upper left corner of 210 mm; stored rows run down the right.
    assert_eq!(matrix, [0.0, -56.693, 113.386, 0.0, 28.346, 566.93]);
}

#[test]
fn transparent_pixels_have_a_mask() {
    let pdf = pictured("png", vec![("a.png", transparent())]);
    let found = objects(&pdf);
    let colours = found[0].decompressed_content().unwrap();
    assert_eq!(colours, [255, 0, 0].repeat(4));
    let mask = pdf.get(&found[0].dict, "SMask").as_stream().unwrap();
    assert_eq!(mask.decompressed_content().unwrap(), [0, 80, 160, 240]);
    assert_eq!(
        mask.dict.get(b"ColorSpace").unwrap().as_name().unwrap(),
        b"DeviceGray"
    );
}

/// An opaque PNG keeps its own rows: a palette stays one, sixteen bits stay sixteen.
#[test]
fn opaque_pixels_keep_their_rows() {
    let wide = image::ImageBuffer::<image::Luma<u16>, _>::from_fn(5, 3, |x, y| {
        image::Luma([(x * 9000 + y) as u16])
    });
    let mut bytes = std::io::Cursor::new(Vec::new());
    wide.write_to(&mut bytes, image::ImageFormat::Png).unwrap();
    let pdf = pictured(
        "rows",
        vec![("a.png", PALETTE.to_vec()), ("b.png", bytes.into_inner())],
    );
    let found = objects(&pdf);
    let space = found[0]
        .dict
        .get(b"ColorSpace")
        .unwrap()
        .as_array()
        .unwrap();
    assert_eq!(space[0].as_name().unwrap(), b"Indexed");
    assert_eq!(space[2].as_i64().unwrap(), 2);
    assert_eq!(
        space[3].as_str().unwrap(),
        [255, 255, 255, 200, 0, 0, 0, 0, 200]
    );
    assert!(
        PALETTE
            .windows(found[0].content.len())
            .any(|rows| rows == found[0].content)
    );
    assert_eq!(
        found[1]
            .dict
            .get(b"BitsPerComponent")
            .unwrap()
            .as_i64()
            .unwrap(),
        16
    );
    let samples = found[1].decompressed_content().unwrap();
    let wanted: Vec<u8> = wide
        .iter()
        .flat_map(|sample| sample.to_be_bytes())
        .collect();
    assert_eq!(samples, wanted);
}

#[test]
fn drawings_stay_paths() {
    let pdf = pictured("svg", vec![("a.svg", DRAWING.into())]);
    let found = objects(&pdf);
    assert_eq!(
        found[0].dict.get(b"Subtype").unwrap().as_name().unwrap(),
        b"Form"
    );
    let operators = String::from_utf8(found[0].decompressed_content().unwrap()).unwrap();
    assert!(operators.contains("/G0 scn"), "{operators}");
    assert!(operators.contains("/ca500 gs"), "{operators}");
    assert!(operators.contains("[4 2 ] 0 d"), "{operators}");
    let resources = pdf.dictionary(&found[0].dict, "Resources");
    let pattern = pdf.dictionary(pdf.dictionary(resources, "Pattern"), "G0");
    let shading = pdf.dictionary(pattern, "Shading");
    assert_eq!(shading.get(b"ShadingType").unwrap(), &Object::Integer(2));
}
