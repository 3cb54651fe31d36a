//! Pixels as objects: the compressed rows of a PNG as they are where PDF reads them so, else anew.

use std::collections::BTreeMap;
use std::io;

use printpdf::{DictItem, ExternalStream};

use crate::art::{Colour, Raster};

use super::deflate::deflate;
use super::xobject::{device_space, image_dictionary, name};

/// The colour types of a PNG (PNG, 11.2.2) that PDF has without transparency.
const GREY: u8 = 0;
const RGB: u8 = 2;
const PALETTE: u8 = 3;

/// Header, palette and compressed rows of a PNG.
struct Chunks<'a> {
    header: &'a [u8],
    palette: &'a [u8],
    rows: Vec<u8>,
}

impl<'a> Chunks<'a> {
    /// Takes a file apart; `None` where PDF cannot read its rows as they are: they are interlaced,
    /// or some of its pixels transparent.
    fn of(file: &'a [u8]) -> Option<Self> {
        let mut rest = file.get(8..)?;
        let (mut header, mut palette, mut rows) = (None, &[][..], Vec::new());
        loop {
            let length = u32::from_be_bytes(rest.get(..4)?.try_into().ok()?) as usize;
            let kind = rest.get(4..8)?;
            let data = rest.get(8..length.checked_add(8)?)?;
            match kind {
                b"IHDR" => header = Some(data),
                b"PLTE" => palette = data,
                b"IDAT" => rows.extend_from_slice(data),
                b"tRNS" => return None,
                b"IEND" => break,
                _ => {}
            }
            rest = rest.get(length.checked_add(12)?..)?;
        }
        let header = header.filter(|header| header.len() == 13 && header[12] == 0)?;
        Some(Self {
            header,
            palette,
            rows,
        })
    }
}

/// The object of an opaque PNG, its rows byte for byte; `None` where that cannot be.
pub(crate) fn passed_through(file: &[u8]) -> Option<ExternalStream> {
    let chunks = Chunks::of(file)?;
    let side = |at: usize| {
        let bytes = chunks.header.get(at..at + 4)?.try_into().ok()?;
        Some(u32::from_be_bytes(bytes))
    };
    let size = (side(0)?, side(4)?);
    let (bits, kind) = (chunks.header[8], chunks.header[9]);
    let (colour, channels) = match kind {
        GREY => (Colour::Grey, 1),
        RGB => (Colour::Rgb, 3),
        PALETTE => (Colour::Rgb, 1),
        _ => return None,
    };
    let mut dict = image_dictionary(size, colour, "FlateDecode");
    dict.insert("BitsPerComponent".into(), DictItem::Int(bits.into()));
    if kind == PALETTE {
        let last = (chunks.palette.len() / 3).checked_sub(1)?;
        let space = vec![
            name("Indexed"),
            name(device_space(Colour::Rgb)),
            DictItem::Int(last as i64),
            DictItem::Bytes(chunks.palette.to_vec()),
        ];
        dict.insert("ColorSpace".into(), DictItem::Array(space));
    }
    dict.insert("DecodeParms".into(), row_parameters(size.0, channels, bits));
    Some(ExternalStream {
        dict,
        content: chunks.rows,
        compress: false,
    })
}

/// Decoded pixels, deflated; what is transparent in them as a mask beside them.
pub(crate) fn pixels(raster: &Raster) -> io::Result<ExternalStream> {
    let size = (raster.width, raster.height);
    let mut stream = deflated(size, raster.colour, &raster.data)?;
    if let Some(alpha) = &raster.alpha {
        let stream_of_mask = deflated(size, Colour::Grey, alpha)?;
        let mask = DictItem::Stream {
            stream: stream_of_mask,
        };
        stream.dict.insert("SMask".into(), mask);
    }
    Ok(stream)
}

fn deflated(size: (u32, u32), colour: Colour, samples: &[u8]) -> io::Result<ExternalStream> {
    let channels = colour.channels();
    let mut dict = image_dictionary(size, colour, "FlateDecode");
    dict.insert(
        "DecodeParms".into(),
        row_parameters(size.0, channels as i64, 8),
    );
    Ok(ExternalStream {
        dict,
        content: deflate(&differences(samples, size.0 as usize * channels))?,
        compress: false,
    })
}

/// Rows that each name their own predictor (ISO 32000-2, 7.4.4.4), as those of PNG do.
fn row_parameters(columns: u32, channels: i64, bits: u8) -> DictItem {
    DictItem::Dict {
        map: BTreeMap::from([
            ("Predictor".into(), DictItem::Int(15)),
            ("Colors".into(), DictItem::Int(channels)),
            ("BitsPerComponent".into(), DictItem::Int(bits.into())),
            ("Columns".into(), DictItem::Int(columns.into())),
        ]),
    }
}

/// Rows as differences from the row above (PNG, 9.2: filter 2).
fn differences(samples: &[u8], row: usize) -> Vec<u8> {
    const UP: u8 = 2;
    let row = row.max(1);
    let mut out = Vec::with_capacity(samples.len() + samples.len() / row);
    let first = vec![0; row];
    let above = std::iter::once(&first[..]).chain(samples.chunks_exact(row));
    for (line, above) in samples.chunks_exact(row).zip(above) {
        out.push(UP);
        out.extend(
            line.iter()
                .zip(above)
                .map(|(value, up)| value.wrapping_sub(*up)),
        );
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn differences_can_be_undone() {
        let samples: Vec<u8> = (0..90_u32).map(|n| (n * n * 7 % 251) as u8).collect();
        let rows = differences(&samples, 15);
        assert_eq!(rows.len(), 96);
        let mut above = [0_u8; 15];
        let mut restored = Vec::new();
        for line in rows.chunks_exact(16) {
            assert_eq!(line[0], 2);
            for (value, up) in line[1..].iter().zip(&mut above) {
                *up = up.wrapping_add(*value);
                restored.push(*up);
            }
        }
        assert_eq!(restored, samples);
    }

    #[test]
    fn what_is_no_png_is_not_passed_through() {
        for file in [
            &b""[..],
            b"\x89PNG\r\n\x1a\n",
            b"\x89PNG\r\n\x1a\n\xff\xff\xff\xffIHDR",
        ] {
            assert!(passed_through(file).is_none());
        }
    }
}
