//! PNG: its chunks, their checksums, and what they tell (PNG, third edition).

use std::io::Read as _;

use flate2::Crc;
use flate2::read::ZlibDecoder;

use super::bits::u32_at;
use super::exif;
use super::picture::Colour;

/// What the chunks of a PNG tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Headers<'a> {
    pub width: u32,
    pub height: u32,
    pub colour: Colour,
    pub bits: u8,
    pub has_alpha: bool,
    pub dpi: Option<(u32, u32)>,
    pub orientation: u8,
    /// The packed ICC profile, where no other chunk says that the colours are sRGB.
    pub icc: Option<&'a [u8]>,
}

/// No profile unpacks to more; the largest in use, of printing presses, have some 4 MB.
const MOST_OF_PROFILE: u64 = 16 << 20;

/// Reads all chunks to `IEND`; the words say what is wrong.
pub(super) fn read(bytes: &[u8]) -> Result<Headers<'_>, String> {
    let truncated = || "it is cut off".to_owned();
    let mut headers: Option<Headers<'_>> = None;
    let mut is_srgb = false;
    let mut has_data = false;
    let mut at = 8;
    loop {
        let length = u32_at(bytes, at).ok_or_else(truncated)? as usize;
        let kind = bytes.get(at + 4..at + 8).ok_or_else(truncated)?;
        let body = bytes
            .get(at + 8..)
            .and_then(|rest| rest.get(..length))
            .ok_or_else(truncated)?;
        let told = u32_at(bytes, at + 8 + length).ok_or_else(truncated)?;
        let mut crc = Crc::new();
        crc.update(kind);
        crc.update(body);
        if crc.sum() != told {
            return Err("a checksum does not agree: bytes were changed".into());
        }
        match (kind, &mut headers) {
            (b"IHDR", found @ None) => *found = Some(header(body)?),
            (_, None) => return Err("it does not start with its header".into()),
            (b"tRNS", Some(headers)) => headers.has_alpha = true,
            (b"pHYs", Some(headers)) => headers.dpi = density(body),
            (b"eXIf", Some(headers)) => {
                headers.orientation = exif::read(body).orientation.unwrap_or(1);
            }
            (b"iCCP", Some(headers)) => headers.icc = Some(packed(body)),
            (b"sRGB", _) => is_srgb = true,
            (b"IDAT", _) => has_data = true,
            (b"IEND", _) => break,
            _ => {}
        }
        at += length + 12;
    }
    headers
        .filter(|_| has_data)
        .map(|headers| Headers {
            icc: headers.icc.filter(|_| !is_srgb),
            ..headers
        })
        .ok_or_else(|| "it holds no picture".into())
}

/// The packed part of an `iCCP` chunk, behind its name and its method (11.3.2.3).
fn packed(body: &[u8]) -> &[u8] {
    let end = body.iter().position(|byte| *byte == 0);
    end.and_then(|end| body.get(end + 2..)).unwrap_or_default()
}

/// An unpacked profile; `None` where its data are broken.
pub(super) fn unpacked(packed: &[u8]) -> Option<Vec<u8>> {
    let mut profile = Vec::new();
    ZlibDecoder::new(packed)
        .take(MOST_OF_PROFILE)
        .read_to_end(&mut profile)
        .ok()?;
    Some(profile)
}

fn header(body: &[u8]) -> Result<Headers<'static>, String> {
    let (Some(width), Some(height), Some([bits, kind])) =
        (u32_at(body, 0), u32_at(body, 4), body.get(8..10))
    else {
        return Err("its header is cut off".into());
    };
    if width == 0 || height == 0 {
        return Err("it is empty".into());
    }
    let (colour, has_alpha) = match kind {
        0 => (Colour::Grey, false),
        // A palette is of RGB.
        2 | 3 => (Colour::Rgb, false),
        4 => (Colour::Grey, true),
        6 => (Colour::Rgb, true),
        _ => return Err(format!("its colour type {kind} is unknown")),
    };
    Ok(Headers {
        width,
        height,
        colour,
        bits: *bits,
        has_alpha,
        dpi: None,
        orientation: 1,
        icc: None,
    })
}

/// Dots per inch from dots per metre.
fn density(body: &[u8]) -> Option<(u32, u32)> {
    let inches = |value: u32| (u64::from(value) * 254).div_ceil(10_000) as u32;
    let (x, y) = (u32_at(body, 0)?, u32_at(body, 4)?);
    (body.get(8) == Some(&1) && x > 0 && y > 0).then(|| (inches(x), inches(y)))
}
