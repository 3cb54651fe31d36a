//! Pictures that programs get wrong: each is right in the file, or told of with its name and line.

use banxin::art::Gallery;
use banxin::diag::{Code, Severity, Span};
use banxin::files::Memory;
use banxin::model::{ImageRef, PdfColour, PdfOutput};
use lopdf::{Object, Stream};

use crate::darkroom::{Jpeg, Png, profile, profile_chunk, profile_segment, turn_segment};
use crate::output;
use crate::pictures::{archive, objects, pictured, pictured_as};
use crate::reader::Pdf;

/// Grey that differs from pixel to pixel.
fn shade(x: u32, y: u32) -> Vec<u16> {
    vec![(x * 13 + y * 29) as u16 % 256]
}

fn shade_in_colour(x: u32, y: u32) -> Vec<u16> {
    vec![(x * 16) as u16, (y * 16) as u16, ((x + y) * 8) as u16]
}

fn shade_with_alpha(x: u32, y: u32) -> Vec<u16> {
    [shade_in_colour(x, y), vec![(x * 20 + y) as u16]].concat()
}

fn wide_shade(x: u32, y: u32) -> Vec<u16> {
    vec![(x * 4099 + y * 257) as u16, (y * 4001) as u16, 0xABCD]
}

fn entry(x: u32, y: u32) -> Vec<u16> {
    vec![((x + y) % 4) as u16]
}

fn png(kind: u8, pixel: fn(u32, u32) -> Vec<u16>) -> Png<'static> {
    Png {
        size: (11, 9),
        bits: 8,
        kind,
        interlaced: false,
        chunks: &[],
        pixel,
    }
}

fn bytes_of(pixel: fn(u32, u32) -> Vec<u16>, [from, to]: [usize; 2]) -> Vec<u8> {
    (0..9)
        .flat_map(|y| (0..11).flat_map(move |x| pixel(x, y)[from..to].to_vec()))
        .map(|sample| sample as u8)
        .collect()
}

/// The samples of an object, its rows put together again.
fn samples(stream: &Stream) -> Vec<u8> {
    stream.decompressed_content().unwrap()
}

fn named<'a>(stream: &'a Stream, key: &[u8]) -> &'a [u8] {
    stream.dict.get(key).unwrap().as_name().unwrap()
}

/// The name of a colour space that is an array, and its second part.
fn space<'a>(pdf: &'a Pdf, stream: &'a Stream) -> (&'a [u8], &'a Object) {
    let space = pdf.get(&stream.dict, "ColorSpace").as_array().unwrap();
    let part = pdf.document.dereference(&space[1]).unwrap().1;
    (space[0].as_name().unwrap(), part)
}

#[test]
fn interlaced_pixels_are_put_in_order() {
    let pdf = pictured(
        "interlaced",
        vec![
            (
                "a.png",
                Png {
                    interlaced: true,
                    ..png(2, shade_in_colour)
                }
                .file(),
            ),
            (
                "b.png",
                Png {
                    interlaced: true,
                    ..png(6, shade_with_alpha)
                }
                .file(),
            ),
            (
                "c.png",
                Png {
                    interlaced: true,
                    ..png(0, shade)
                }
                .file(),
            ),
        ],
    );
    let found = objects(&pdf);
    assert_eq!(samples(found[0]), bytes_of(shade_in_colour, [0, 3]));
    assert_eq!(samples(found[1]), bytes_of(shade_with_alpha, [0, 3]));
    assert_eq!(samples(found[2]), bytes_of(shade, [0, 1]));
    let mask = pdf.get(&found[1].dict, "SMask").as_stream().unwrap();
    assert_eq!(samples(mask), bytes_of(shade_with_alpha, [3, 4]));
}

#[test]
fn sixteen_bits_stay_where_they_can() {
    let wide = Png {
        bits: 16,
        ..png(2, wide_shade)
    };
    let interlaced = Png {
        bits: 16,
        interlaced: true,
        ..png(2, wide_shade)
    };
    let pdf = pictured(
        "sixteen",
        vec![("a.png", wide.file()), ("b.png", interlaced.file())],
    );
    let found = objects(&pdf);
    let wanted: Vec<u16> = (0..9)
        .flat_map(|y| (0..11).flat_map(move |x| wide_shade(x, y)))
        .collect();
    let whole: Vec<u8> = wanted
        .iter()
        .flat_map(|sample| sample.to_be_bytes())
        .collect();
    assert_eq!(samples(found[0]), whole);
    let narrow: Vec<u8> = wanted
        .iter()
        .map(|sample| (f64::from(*sample) / 257.0).round() as u8)
        .collect();
    assert_eq!(samples(found[1]), narrow);
    assert_eq!(
        found[1]
            .dict
            .get(b"BitsPerComponent")
            .unwrap()
            .as_i64()
            .unwrap(),
        8
    );
}

#[test]
fn a_palette_with_alpha_stays_a_palette_under_a_mask() {
    let table = vec![255, 0, 0, 0, 255, 0, 0, 0, 255, 9, 9, 9];
    let opaque = [255, 128, 0, 255];
    let chunks = [(b"PLTE", table.clone()), (b"tRNS", opaque[..3].to_vec())];
    let file = Png {
        bits: 2,
        chunks: &chunks,
        ..png(3, entry)
    }
    .file();
    let pdf = pictured("palette", vec![("a.png", file.clone())]);
    let found = objects(&pdf);
    let (name, _) = space(&pdf, found[0]);
    assert_eq!(name, b"Indexed");
    assert!(
        file.windows(found[0].content.len())
            .any(|rows| rows == found[0].content)
    );
    let mask = pdf.get(&found[0].dict, "SMask").as_stream().unwrap();
    let wanted: Vec<u8> = bytes_of(entry, [0, 1])
        .iter()
        .map(|at| opaque[usize::from(*at)])
        .collect();
    assert_eq!(samples(mask), wanted);
}

#[test]
fn one_colour_that_is_not_there_is_masked() {
    let chunks = [(b"tRNS", vec![0, 13])];
    let pdf = pictured(
        "keyed",
        vec![(
            "a.png",
            Png {
                chunks: &chunks,
                ..png(0, shade)
            }
            .file(),
        )],
    );
    let found = objects(&pdf);
    assert_eq!(samples(found[0]), bytes_of(shade, [0, 1]));
    let mask = samples(pdf.get(&found[0].dict, "SMask").as_stream().unwrap());
    let wanted: Vec<u8> = bytes_of(shade, [0, 1])
        .iter()
        .map(|grey| if *grey == 13 { 0 } else { 255 })
        .collect();
    assert_eq!(mask, wanted);
}

#[test]
fn jpeg_of_every_sort_is_the_file_byte_for_byte() {
    let progressive = Jpeg {
        levels: &[90, 160, 60],
        progressive: true,
        ..Jpeg::default()
    }
    .file();
    let own = [profile_segment(&profile(b"prtr", b"CMYK"))];
    let inks = Jpeg {
        levels: &[10, 200, 30, 0],
        segments: &own,
        ..Jpeg::default()
    }
    .file();
    let absent = Jpeg {
        levels: &[10, 200, 30, 0],
        segments: &own,
        adobe: Some(0),
        ..Jpeg::default()
    }
    .file();
    let turned = Jpeg {
        levels: &[99],
        segments: &[turn_segment(8)],
        ..Jpeg::default()
    }
    .file();
    let files = vec![
        ("a.jpg", progressive),
        ("b.jpg", inks),
        ("c.jpg", absent),
        ("d.jpg", turned),
    ];
    let pdf = pictured("jpegs", files.clone());
    let found = objects(&pdf);
    for (stream, (path, file)) in found.iter().zip(&files) {
        assert_eq!(stream.content, *file, "{path}");
        assert_eq!(named(stream, b"Filter"), b"DCTDecode");
    }
    for (stream, inverted) in [(found[1], false), (found[2], true)] {
        let (name, part) = space(&pdf, stream);
        assert_eq!(name, b"ICCBased");
        let kept = part.as_stream().unwrap();
        assert_eq!(kept.dict.get(b"N").unwrap().as_i64().unwrap(), 4);
        assert_eq!(samples(kept), profile(b"prtr", b"CMYK"));
        assert_eq!(stream.dict.has(b"Decode"), inverted);
    }
    let references: Vec<&Object> = found[1..3]
        .iter()
        .map(|stream| &stream.dict.get(b"ColorSpace").unwrap().as_array().unwrap()[1])
        .collect();
    assert_eq!(references[0], references[1], "one profile is stored once");
}

/// In a document of a screen's colours inks without a profile are shown as a usual press prints
/// them; a document of a press takes them as they are.
#[test]
fn inks_without_a_profile_are_guessed_and_told() {
    let files = vec![(
        "a.jpg",
        Jpeg {
            levels: &[0, 255, 9, 0],
            adobe: Some(0),
            ..Jpeg::default()
        }
        .file(),
    )];
    let (pdf, told) = pictured_as("guessed", files.clone(), &archive());
    let found = objects(&pdf);
    assert_eq!(found[0].content, files[0].1);
    assert_eq!(space(&pdf, found[0]).0, b"DeviceN");
    assert!(found[0].dict.has(b"Decode"));
    let codes: Vec<Code> = told.iter().map(|told| told.code).collect();
    assert_eq!(codes, [Code::ImageCmyk]);
    let (pdf, told) = pictured_as("inks", files, &output(PdfColour::Cmyk));
    assert_eq!(named(objects(&pdf)[0], b"ColorSpace"), b"DeviceCMYK");
    assert!(told.is_empty());
}

#[test]
fn whole_profiles_are_kept() {
    let (rgb, grey) = (profile(b"mntr", b"RGB "), profile(b"scnr", b"GRAY"));
    let table = vec![255, 0, 0, 0, 255, 0, 0, 0, 255, 9, 9, 9];
    let (in_png, in_grey) = (
        [(b"iCCP", profile_chunk(&rgb))],
        [(b"iCCP", profile_chunk(&grey))],
    );
    let in_palette = [(b"iCCP", profile_chunk(&rgb)), (b"PLTE", table)];
    let in_jpeg = [profile_segment(&rgb)];
    let pdf = pictured(
        "profiles",
        vec![
            (
                "a.png",
                Png {
                    chunks: &in_png,
                    ..png(2, shade_in_colour)
                }
                .file(),
            ),
            (
                "b.png",
                Png {
                    chunks: &in_grey,
                    ..png(0, shade)
                }
                .file(),
            ),
            (
                "c.png",
                Png {
                    chunks: &in_palette,
                    bits: 4,
                    ..png(3, entry)
                }
                .file(),
            ),
            (
                "d.jpg",
                Jpeg {
                    levels: &[90, 160, 60],
                    segments: &in_jpeg,
                    ..Jpeg::default()
                }
                .file(),
            ),
        ],
    );
    let found = objects(&pdf);
    for (place, wanted) in [(0, &rgb), (1, &grey), (3, &rgb)] {
        let (name, part) = space(&pdf, found[place]);
        assert_eq!(
            (name, samples(part.as_stream().unwrap())),
            (&b"ICCBased"[..], wanted.clone())
        );
    }
    let (name, base) = space(&pdf, found[2]);
    assert_eq!(name, b"Indexed");
    assert_eq!(base.as_array().unwrap()[0].as_name().unwrap(), b"ICCBased");
}

#[test]
fn damaged_profiles_are_left_away_and_told() {
    let whole = profile(b"mntr", b"RGB ");
    let mut unknown = whole.clone();
    unknown[36] = b'x';
    let cut = whole[..whole.len() - 30].to_vec();
    let foreign = profile(b"prtr", b"CMYK");
    for (number, broken) in [unknown, cut, foreign, Vec::new()].into_iter().enumerate() {
        let segments = [profile_segment(&broken)];
        let chunks = [(b"iCCP", profile_chunk(&broken))];
        let (pdf, told) = pictured_as(
            &format!("damaged{number}"),
            vec![
                (
                    "a.jpg",
                    Jpeg {
                        levels: &[90, 160, 60],
                        segments: &segments,
                        ..Jpeg::default()
                    }
                    .file(),
                ),
                (
                    "b.png",
                    Png {
                        chunks: &chunks,
                        ..png(2, shade_in_colour)
                    }
                    .file(),
                ),
            ],
            &archive(),
        );
        for stream in objects(&pdf) {
            assert_eq!(named(stream, b"ColorSpace"), b"DeviceRGB", "{number}");
        }
        // A segment without any profile in it is none.
        let wanted = if broken.is_empty() { 1 } else { 2 };
        assert_eq!(told.len(), wanted, "{told:?}");
        assert!(
            told.iter()
                .all(|told| told.code == Code::ImageProfile && told.severity == Severity::Warning)
        );
    }
    let chunks = [(b"iCCP", b"own\0\0no deflate".to_vec())];
    let file = Png {
        chunks: &chunks,
        ..png(2, shade_in_colour)
    }
    .file();
    let (_, told) = pictured_as("unpacked", vec![("a.png", file)], &archive());
    assert_eq!(told[0].code, Code::ImageProfile);
}

/// A file cut off anywhere is refused with its name and the place where it is shown.
#[test]
fn truncated_files_are_told_with_their_place() {
    let progressive = Jpeg {
        levels: &[90, 160, 60],
        progressive: true,
        ..Jpeg::default()
    }
    .file();
    let interlaced = Png {
        interlaced: true,
        ..png(6, shade_with_alpha)
    }
    .file();
    let span = Span {
        start: 70,
        end: 90,
        ..Span::default()
    };
    for (path, file) in [("a.jpg", progressive), ("a.png", interlaced)] {
        for end in 12..file.len() - 1 {
            let image = ImageRef {
                path: path.into(),
                span,
            };
            let opened = Gallery::open([&image], &Memory::new([(path, file[..end].to_vec())]));
            let told = &opened.diagnostics;
            assert_eq!(told.len(), 1, "{path} {end}");
            assert_eq!(
                (told[0].code, told[0].span),
                (Code::ImageUnreadable, Some(span))
            );
            assert!(told[0].message.contains(path), "{}", told[0].message);
        }
    }
}

/// A picture finer than asked for is made coarser, its colours, profile and mask kept.
#[test]
fn fine_pictures_are_made_coarser_where_asked() {
    // 40 mm by 20 mm at 100 dots to the inch.
    let enough = (158, 79);
    let rgb = profile(b"mntr", b"RGB ");
    let chunks = [(b"iCCP", profile_chunk(&rgb))];
    let fine = |kind: u8, pixel: fn(u32, u32) -> Vec<u16>| Png {
        size: (600, 300),
        chunks: &chunks,
        ..png(kind, pixel)
    };
    let photo = |x: u32, y: u32| {
        vec![
            (x / 3 + y / 5) as u16 % 256,
            (y / 2) as u16 % 256,
            ((x * y) / 700) as u16 % 256,
        ]
    };
    let faded = |x: u32, y: u32| {
        vec![
            (x * 7 % 251) as u16,
            (y * 5 % 241) as u16,
            ((x * y) % 239) as u16,
            (x % 256) as u16,
        ]
    };
    let line_art = |x: u32, y: u32| vec![((x / 40 + y / 40) % 2) as u16];
    let pixels = image::RgbImage::from_fn(600, 300, |x, y| {
        image::Rgb(
            photo(x, y)
                .try_into()
                .map(|p: [u16; 3]| p.map(|s| s as u8))
                .unwrap(),
        )
    });
    let mut jpeg = std::io::Cursor::new(Vec::new());
    pixels
        .write_to(&mut jpeg, image::ImageFormat::Jpeg)
        .unwrap();
    let files = vec![
        ("a.jpg", jpeg.into_inner()),
        ("b.png", fine(6, faded).file()),
        (
            "c.png",
            Png {
                bits: 1,
                chunks: &[],
                ..fine(0, line_art)
            }
            .file(),
        ),
    ];
    let asked = PdfOutput {
        image_dpi: 100,
        ..archive()
    };
    let (pdf, told) = pictured_as("coarser", files.clone(), &asked);
    assert!(told.is_empty(), "{told:?}");
    let found = objects(&pdf);
    let size = |stream: &Stream| {
        let side = |key: &[u8]| stream.dict.get(key).unwrap().as_i64().unwrap();
        (side(b"Width"), side(b"Height"))
    };
    assert_eq!(
        [size(found[0]), size(found[1]), size(found[2])],
        [enough, enough, (600, 300)]
    );
    assert_eq!(named(found[0], b"Filter"), b"DCTDecode");
    let again = image::load_from_memory(&found[0].content)
        .unwrap()
        .to_rgb8();
    let wanted = photo(300, 150);
    for (value, wanted) in again.get_pixel(79, 39).0.iter().zip(wanted) {
        assert!(
            (i32::from(*value) - i32::from(wanted)).abs() < 8,
            "{value} {wanted}"
        );
    }
    assert_eq!(space(&pdf, found[1]).0, b"ICCBased");
    assert_eq!(
        size(pdf.get(&found[1].dict, "SMask").as_stream().unwrap()),
        enough
    );
    // Enough is left as it is.
    let asked = PdfOutput {
        image_dpi: 300,
        ..archive()
    };
    let (pdf, _) = pictured_as("enough", files.clone(), &asked);
    assert_eq!(objects(&pdf)[0].content, files[0].1);
}
