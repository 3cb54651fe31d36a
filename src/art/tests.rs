//! Tests of pictures: what is accepted, what is refused, and in which words.

use std::io::Cursor;

use image::codecs::jpeg::JpegEncoder;
use image::{DynamicImage, ImageFormat};

use crate::diag::{Code, Diagnostic, Severity};
use crate::files::Memory;
use crate::model::ImageRef;

use super::gallery::Gallery;
use super::picture::{Colour, Picture, VectorItem};
use super::vector::{Paint, PathStep, Rgb, VectorPath};

fn png(image: &DynamicImage) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    image.write_to(&mut bytes, ImageFormat::Png).unwrap();
    bytes.into_inner()
}

fn jpeg(image: &DynamicImage) -> Vec<u8> {
    let mut bytes = Vec::new();
    image
        .write_with_encoder(JpegEncoder::new_with_quality(&mut bytes, 90))
        .unwrap();
    bytes
}

fn noise(width: u32, height: u32) -> DynamicImage {
    let mut state = 1u32;
    DynamicImage::ImageRgb8(image::RgbImage::from_fn(width, height, |_, _| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        image::Rgb([(state >> 24) as u8, (state >> 16) as u8, (state >> 8) as u8])
    }))
}

fn open(path: &str, bytes: Vec<u8>) -> (Option<Picture>, Vec<Diagnostic>) {
    let image = ImageRef {
        path: path.into(),
        span: Default::default(),
    };
    let opened = Gallery::open([&image, &image], &Memory::new([(path, bytes)]));
    (opened.value.get(path).cloned(), opened.diagnostics)
}

fn refused(path: &str, bytes: Vec<u8>) -> (Code, String) {
    let (picture, diagnostics) = open(path, bytes);
    assert!(picture.is_none());
    assert_eq!(diagnostics.len(), 1, "{diagnostics:?}");
    assert_eq!(diagnostics[0].severity, Severity::Error);
    (diagnostics[0].code, diagnostics[0].message.clone())
}

#[test]
fn pixels_come_back_with_their_transparency_apart() {
    let rgba = DynamicImage::ImageRgba8(image::RgbaImage::from_fn(3, 2, |x, y| {
        image::Rgba([10, 20, 30, (x * 50 + y) as u8])
    }));
    let (picture, diagnostics) = open("a.png", png(&rgba));
    assert!(diagnostics.is_empty());
    let picture = picture.unwrap();
    assert!(picture.has_alpha && picture.colour == Colour::Rgb && picture.bits == 8);
    let raster = picture.decode().unwrap();
    assert_eq!(raster.data, [10, 20, 30].repeat(6));
    assert_eq!(raster.alpha.unwrap(), [0, 50, 100, 1, 51, 101]);

    let opaque = DynamicImage::ImageRgba8(image::RgbaImage::from_pixel(
        2,
        2,
        image::Rgba([1, 2, 3, 255]),
    ));
    assert_eq!(
        open("a.png", png(&opaque))
            .0
            .unwrap()
            .decode()
            .unwrap()
            .alpha,
        None
    );

    let wide = DynamicImage::ImageLuma16(image::ImageBuffer::from_fn(2, 1, |x, _| {
        image::Luma([x as u16 * 65_535])
    }));
    let picture = open("a.png", png(&wide)).0.unwrap();
    assert_eq!((picture.bits, picture.colour), (16, Colour::Grey));
    assert_eq!(picture.decode().unwrap().data, [0, 255]);
}

#[test]
fn a_jpeg_tells_its_size_colour_and_resolution() {
    let mut bytes = jpeg(&noise(40, 20));
    // JFIF density: 300 dots an inch.
    assert_eq!(&bytes[6..11], b"JFIF\0");
    bytes[13] = 1;
    bytes[14..18].copy_from_slice(&[1, 44, 1, 44]);
    let (picture, diagnostics) = open("a.JPG", bytes);
    assert!(diagnostics.is_empty(), "{diagnostics:?}");
    let picture = picture.unwrap();
    assert_eq!((picture.pixels, picture.colour), ((40, 20), Colour::Rgb));
    assert_eq!(picture.dpi, Some((300, 300)));
    assert_eq!(picture.natural.width.milli(), 9600);
    let grey = DynamicImage::ImageLuma8(image::GrayImage::new(8, 8));
    assert_eq!(open("g.jpeg", jpeg(&grey)).0.unwrap().colour, Colour::Grey);
}

#[test]
fn a_turned_photograph_is_measured_as_it_is_seen() {
    let plain = jpeg(&noise(40, 20));
    let exif =
        b"\xff\xe1\0\x22Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0";
    let mut bytes = plain[..2].to_vec();
    bytes.extend(exif);
    bytes.extend(&plain[2..]);
    let picture = open("a.jpg", bytes).0.unwrap();
    assert_eq!((picture.orientation, picture.pixels), (6, (40, 20)));
    assert_eq!(picture.upright_pixels(), (20, 40));
    assert!(picture.natural.height > picture.natural.width);
}

#[test]
fn a_file_is_known_by_its_content() {
    let (code, message) = refused("a.png", jpeg(&noise(8, 8)));
    assert_eq!(
        (code, message.as_str()),
        (Code::ImageKind, "the image a.png is a JPEG file")
    );
    assert_eq!(refused("a.gif", b"GIF89a".to_vec()).0, Code::ImageKind);
    assert_eq!(
        refused("a.jpg", b"<!DOCTYPE html><html>".to_vec()).0,
        Code::ImageKind
    );
    assert_eq!(refused("a.jpg", b"words".to_vec()).0, Code::ImageKind);
    assert_eq!(refused("a.xyz", png(&noise(2, 2))).0, Code::ImageKind);
    assert_eq!(refused("a.png", Vec::new()).0, Code::ImageUnreadable);
}

#[test]
fn every_cut_file_is_refused() {
    let image = noise(24, 16);
    for (path, whole) in [("a.png", png(&image)), ("a.jpg", jpeg(&image))] {
        for end in 12..whole.len() {
            let (code, _) = refused(path, whole[..end].to_vec());
            assert_eq!(code, Code::ImageUnreadable, "{path} cut at {end}");
        }
    }
}

#[test]
fn a_changed_byte_never_panics_and_a_png_tells_of_it() {
    let whole = png(&noise(12, 9));
    for at in 8..whole.len() {
        let mut bytes = whole.clone();
        bytes[at] ^= 0x55;
        refused("a.png", bytes);
    }
    let whole = jpeg(&noise(12, 9));
    for at in 3..whole.len() {
        let mut bytes = whole.clone();
        bytes[at] ^= 0x55;
        let _ = open("a.jpg", bytes);
    }
}

#[test]
fn a_bomb_is_not_unpacked() {
    let mut bytes = png(&noise(2, 2));
    bytes[16..24].copy_from_slice(&[0, 1, 0x86, 0xA0, 0, 1, 0x86, 0xA0]);
    let mut crc = flate2::Crc::new();
    crc.update(&bytes[12..29]);
    bytes[29..33].copy_from_slice(&crc.sum().to_be_bytes());
    let (code, message) = refused("a.png", bytes);
    assert_eq!(code, Code::ImageUnreadable);
    assert!(message.contains("too large"), "{message}");
}

#[test]
fn missing_and_remote_images_are_told() {
    let files = Memory::new([("images/Map.PNG", png(&noise(2, 2)))]);
    let paths = [
        "images/map.png",
        "https://example.org/a.png",
        "data:image/png;base64,AA",
    ];
    let images = paths.map(|path| ImageRef {
        path: path.into(),
        span: Default::default(),
    });
    let opened = Gallery::open(&images, &files);
    let codes: Vec<Code> = opened.diagnostics.iter().map(|d| d.code).collect();
    assert_eq!(
        codes,
        [Code::ImageMissing, Code::ImageRemote, Code::ImageRemote]
    );
    assert_eq!(opened.diagnostics[0].hints, ["there is images/Map.PNG"]);
    assert_eq!(opened.value.iter().count(), 0);
}

fn drawing(body: &str) -> (Option<Picture>, Vec<Diagnostic>) {
    let svg = format!(
        "<svg xmlns='http://www.w3.org/2000/svg' xmlns:xlink='http://www.w3.org/1999/xlink' \
         width='200' height='100' viewBox='0 0 100 50'>{body}</svg>"
    );
    open("a.svg", svg.into_bytes())
}

fn paths(picture: &Picture) -> Vec<&VectorPath> {
    let items = &picture.vector().unwrap().items;
    items
        .iter()
        .filter_map(|item| match item {
            VectorItem::Path(path) => Some(path),
            VectorItem::Raster(_) => None,
        })
        .collect()
}

#[test]
fn a_drawing_is_flat_paths_in_its_own_units() {
    let (picture, diagnostics) = drawing(
        "<g transform='translate(10 0)' opacity='0.5'>\
         <rect width='20' height='10' fill='#ff0000' stroke='blue' stroke-width='2'/></g>",
    );
    assert!(diagnostics.is_empty(), "{diagnostics:?}");
    let picture = picture.unwrap();
    assert_eq!(picture.vector().unwrap().size, (200.0, 100.0));
    let paths = paths(&picture);
    assert_eq!(paths.len(), 1);
    assert_eq!(paths[0].steps[0], PathStep::Move([20.0, 0.0]));
    assert_eq!(paths[0].fill, Some(Paint::Solid(Rgb([255, 0, 0]), 0.5)));
    assert_eq!(paths[0].stroke.as_ref().unwrap().width, 4.0);
}

#[test]
fn letters_of_a_drawing_are_set_in_bundled_faces() {
    let (picture, diagnostics) = drawing("<text x='0' y='20' font-family='Arial'>版心 Ab</text>");
    assert!(diagnostics.is_empty(), "{diagnostics:?}");
    assert!(!paths(&picture.unwrap()).is_empty());
    let (_, diagnostics) = drawing("<text y='20'>\u{1F600}</text>");
    assert_eq!(diagnostics[0].code, Code::ImageSimplified);
}

#[test]
fn gradients_clips_and_embedded_pixels_are_kept() {
    let pixels = png(&noise(2, 2));
    let (picture, diagnostics) = drawing(&format!(
        "<defs><linearGradient id='g'><stop offset='0' stop-color='white'/><stop offset='1'/>\
         </linearGradient><clipPath id='c'><circle r='5'/></clipPath></defs>\
         <rect width='10' height='10' fill='url(#g)' clip-path='url(#c)'/>\
         <image width='4' height='4' xlink:href='data:image/png;base64,{}'/>",
        base64(&pixels)
    ));
    assert!(diagnostics.is_empty(), "{diagnostics:?}");
    let picture = picture.unwrap();
    let vector = picture.vector().unwrap();
    let clipped = paths(&picture)[0];
    assert!(matches!(clipped.fill, Some(Paint::Linear(..))));
    assert_eq!(clipped.clips.len(), 2);
    let raster = vector.items.iter().find_map(|item| match item {
        VectorItem::Raster(raster) => Some(raster),
        VectorItem::Path(_) => None,
    });
    let raster = raster.unwrap();
    assert_eq!(raster.picture.pixels, (2, 2));
    assert_eq!(raster.matrix, [4.0, 0.0, 0.0, 4.0, 0.0, 0.0]);
}

fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::new();
    for part in bytes.chunks(3) {
        let n = (0..3).fold(0u32, |n, at| {
            n << 8 | u32::from(*part.get(at).unwrap_or(&0))
        });
        for place in 0..4 {
            if place <= part.len() {
                text.push(char::from(LETTERS[(n >> (18 - 6 * place) & 63) as usize]));
            } else {
                text.push('=');
            }
        }
    }
    text
}

#[test]
fn a_drawing_opens_no_other_file() {
    let outside = tempfile::NamedTempFile::with_suffix(".png").unwrap();
    std::fs::write(outside.path(), png(&noise(2, 2))).unwrap();
    let (picture, diagnostics) = drawing(&format!(
        "<image width='4' height='4' xlink:href='{}'/><script>alert(1)</script>",
        outside.path().display()
    ));
    assert!(picture.unwrap().vector().unwrap().items.is_empty());
    assert_eq!(diagnostics[0].code, Code::ImageSimplified);
    assert_eq!(diagnostics[0].severity, Severity::Warning);
}

#[test]
fn endless_drawings_are_refused() {
    let deep = "<g>".repeat(100_000) + &"</g>".repeat(100_000);
    assert!(drawing(&deep).0.is_none());
    let mut copies = String::from("<g id='a0'><rect width='1' height='1'/></g>");
    for level in 1..40 {
        let below = level - 1;
        copies += &format!("<g id='a{level}'><use href='#a{below}'/><use href='#a{below}'/></g>");
    }
    assert!(drawing(&copies).0.is_none());
    let mut chain = String::from("<g id='a0'/>");
    for level in 1..20_000 {
        chain += &format!("<g id='a{level}'><use href='#a{}'/></g>", level - 1);
    }
    assert!(drawing(&chain).0.is_none());
    assert!(drawing("<g id='a'><use href='#a'/></g>").0.is_some());
    let laughs = "<!DOCTYPE svg [<!ENTITY a 'ha'><!ENTITY b '&a;&a;'>]><svg xmlns='http://www.w3.org/2000/svg'/>";
    assert!(open("a.svg", laughs.into()).0.is_none());
}

#[test]
fn broken_drawings_are_refused() {
    for text in [
        "<svg",
        "<svg xmlns='http://www.w3.org/2000/svg'><g></svg>",
        "<svg width='0' height='0'/>",
    ] {
        assert!(open("a.svg", text.into()).0.is_none(), "{text}");
    }
}
