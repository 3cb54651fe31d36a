//! JPEG: its headers and whether all of it is there, without decoding (ITU-T T.81, JFIF 1.02).

use super::bits::u16_at;
use super::exif::{self, Exif};
use super::picture::Colour;

/// What the headers of a JPEG tell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Headers {
    pub width: u32,
    pub height: u32,
    pub colour: Colour,
    pub bits: u8,
    pub dpi: Option<(u32, u32)>,
    pub orientation: u8,
    pub adobe_transform: Option<u8>,
    pub is_plain_rgb: bool,
    pub icc: Option<Vec<u8>>,
}

/// Frames that every reader of PDF and EPUB decodes: baseline, extended, progressive, Huffman.
const COMMON_FRAMES: [u8; 3] = [0xC0, 0xC1, 0xC2];

/// Reads all markers to the end of the image; the words say what is wrong.
pub(super) fn read(bytes: &[u8]) -> Result<Headers, String> {
    let mut frame: Option<(u32, u32, u8, u8)> = None;
    let mut is_named_rgb = false;
    let (mut jfif_dpi, mut exif, mut adobe_transform) = (None, Exif::default(), None);
    let mut is_jfif = false;
    let mut profile: Vec<(u8, &[u8])> = Vec::new();
    let mut at = 2;
    let truncated = || "it is cut off".to_owned();
    loop {
        if bytes.get(at) != Some(&0xFF) {
            return Err(if at >= bytes.len() {
                truncated()
            } else {
                "its structure is broken".into()
            });
        }
        while bytes.get(at) == Some(&0xFF) {
            at += 1;
        }
        let marker = *bytes.get(at).ok_or_else(truncated)?;
        at += 1;
        match marker {
            0xD9 => break,
            0x01 | 0xD0..=0xD8 => continue,
            _ => {}
        }
        let length = usize::from(u16_at(bytes, at).ok_or_else(truncated)?);
        if length < 2 {
            return Err("its structure is broken".into());
        }
        let body = bytes.get(at + 2..at + length).ok_or_else(truncated)?;
        at += length;
        match marker {
            0xC0..=0xCF if !matches!(marker, 0xC4 | 0xC8 | 0xCC) => {
                if !COMMON_FRAMES.contains(&marker) {
                    return Err("its kind of compression (lossless or arithmetic) is rare".into());
                }
                let size = (u16_at(body, 3), u16_at(body, 1), body.first(), body.get(5));
                let (Some(width), Some(height), Some(bits), Some(parts)) = size else {
                    return Err("its structure is broken".into());
                };
                frame = Some((width.into(), height.into(), *bits, *parts));
                let name = |part: usize| body.get(6 + part * 3).copied();
                is_named_rgb = [name(0), name(1), name(2)] == [Some(b'R'), Some(b'G'), Some(b'B')];
            }
            0xE0 if body.starts_with(b"JFIF\0") => {
                is_jfif = true;
                jfif_dpi = density(body);
            }
            0xE1 if body.starts_with(b"Exif\0\0") => exif = exif::read(&body[6..]),
            0xE2 if body.starts_with(b"ICC_PROFILE\0") && body.len() > 14 => {
                profile.push((body[12], &body[14..]));
            }
            0xEE if body.starts_with(b"Adobe") => adobe_transform = body.get(11).copied(),
            0xDA => at = end_of_scan(bytes, at).ok_or_else(truncated)?,
            _ => {}
        }
    }
    let (width, height, bits, parts) = frame.ok_or("it holds no picture")?;
    if width == 0 || height == 0 {
        return Err("it is empty".into());
    }
    if bits != 8 {
        return Err(format!(
            "it has {bits} bits a sample; only 8 are read everywhere"
        ));
    }
    let colour = match parts {
        1 => Colour::Grey,
        3 => Colour::Rgb,
        4 => Colour::Cmyk,
        _ => return Err(format!("it has {parts} colour components")),
    };
    profile.sort_by_key(|(number, _)| *number);
    let icc: Vec<u8> = profile
        .iter()
        .flat_map(|(_, part)| part.iter().copied())
        .collect();
    Ok(Headers {
        width,
        height,
        colour,
        bits,
        dpi: jfif_dpi.or(exif.dpi),
        orientation: exif.orientation.unwrap_or(1),
        adobe_transform,
        // A JFIF file is of YCbCr whatever its components are called.
        is_plain_rgb: is_named_rgb && !is_jfif && parts == 3 && adobe_transform.is_none(),
        icc: (!icc.is_empty()).then_some(icc),
    })
}

/// Dots per inch of a JFIF header.
fn density(body: &[u8]) -> Option<(u32, u32)> {
    let (x, y) = (u32::from(u16_at(body, 8)?), u32::from(u16_at(body, 10)?));
    let scale = match body.get(7)? {
        1 => 100,
        // Dots per centimetre.
        2 => 254,
        _ => return None,
    };
    (x > 0 && y > 0).then_some((x * scale / 100, y * scale / 100))
}

/// The first byte after the compressed data that starts at `at`.
fn end_of_scan(bytes: &[u8], mut at: usize) -> Option<usize> {
    loop {
        at += bytes.get(at..)?.iter().position(|byte| *byte == 0xFF)?;
        match bytes.get(at + 1)? {
            // A stuffed 0xFF, a restart, or padding.
            0x00 | 0xD0..=0xD7 => at += 2,
            0xFF => at += 1,
            _ => return Some(at),
        }
    }
}
