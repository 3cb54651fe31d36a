//! Rows of PNG: taken from a file as they are where PDF reads them so, or filtered anew.

use std::collections::BTreeMap;

use printpdf::DictItem;

use crate::art::Picture;

use super::xobject::{Pixels, Samples, Space};

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
    /// Takes a file apart; `None` where PDF cannot read its rows as they are, as they are interlaced.
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

/// The rows of a PNG as they are in its file, with its own colours; `None` where PDF cannot read
/// them so: they are interlaced, or hold transparency pixel by pixel. Transparency that the file
/// tells of beside its rows is not told here.
pub(crate) fn passed_through(picture: &Picture) -> Option<Pixels> {
    let chunks = Chunks::of(&picture.bytes)?;
    let (bits, kind) = (chunks.header[8], chunks.header[9]);
    let own = Space::of(picture.colour, picture.icc.as_ref());
    let space = match kind {
        GREY | RGB => own,
        PALETTE if chunks.palette.len() >= 3 => {
            let whole = chunks.palette.len() / 3 * 3;
            Space::Palette(Box::new(own), chunks.palette[..whole].to_vec())
        }
        _ => return None,
    };
    Some(Pixels {
        size: picture.pixels,
        space,
        bits,
        is_inverted: false,
        samples: Samples::Rows(chunks.rows),
        alpha: None,
    })
}

/// Rows that each name their own predictor (ISO 32000-2, 7.4.4.4), as those of PNG do.
pub(crate) fn row_parameters(
    columns: u32,
    channels: usize,
    bits: u8,
) -> BTreeMap<String, DictItem> {
    BTreeMap::from([
        ("Predictor".into(), DictItem::Int(15)),
        ("Colors".into(), DictItem::Int(channels as i64)),
        ("BitsPerComponent".into(), DictItem::Int(bits.into())),
        ("Columns".into(), DictItem::Int(columns.into())),
    ])
}

/// The filters of a row (PNG, 9.2), by their numbers.
const FILTERS: [fn([u8; 3]) -> u8; 5] = [
    |_| 0,
    |[left, ..]| left,
    |[_, above, _]| above,
    |[left, above, _]| ((u16::from(left) + u16::from(above)) / 2) as u8,
    paeth,
];

/// Which of left, above and upper left is nearest to left + above - upper left (PNG, 9.4).
fn paeth([left, above, corner]: [u8; 3]) -> u8 {
    let (a, b, c) = (i16::from(left), i16::from(above), i16::from(corner));
    let (to_left, to_above, to_corner) = ((b - c).abs(), (a - c).abs(), (a + b - 2 * c).abs());
    if to_left <= to_above && to_left <= to_corner {
        left
    } else if to_above <= to_corner {
        above
    } else {
        corner
    }
}

/// Rows of `row` bytes, each as differences by the filter that leaves the least (PNG, 12.7);
/// `step` bytes make a pixel.
pub(crate) fn filtered(samples: &[u8], row: usize, step: usize) -> Vec<u8> {
    let (row, step) = (row.max(1), step.max(1));
    let mut out = Vec::with_capacity(samples.len() + samples.len() / row + 1);
    let first = vec![0; row];
    let above = std::iter::once(&first[..]).chain(samples.chunks_exact(row));
    let mut tried = vec![0; row];
    let mut best = vec![0; row];
    for (line, above) in samples.chunks_exact(row).zip(above) {
        let (mut least, mut chosen) = (u64::MAX, 0);
        for (number, predicted) in (0_u8..).zip(FILTERS) {
            let mut sum = 0;
            for at in 0..row {
                let back = |values: &[u8]| at.checked_sub(step).map_or(0, |left| values[left]);
                let difference =
                    line[at].wrapping_sub(predicted([back(line), above[at], back(above)]));
                tried[at] = difference;
                sum += u64::from(difference.cast_signed().unsigned_abs());
            }
            if sum < least {
                (least, chosen) = (sum, number);
                std::mem::swap(&mut tried, &mut best);
            }
        }
        out.push(chosen);
        out.extend_from_slice(&best);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn filtered_rows_can_be_undone() {
        let samples: Vec<u8> = (0..90_u32).map(|n| (n * n * 7 % 251) as u8).collect();
        let rows = filtered(&samples, 15, 3);
        assert_eq!(rows.len(), 96);
        let mut restored: Vec<u8> = Vec::new();
        for line in rows.chunks_exact(16) {
            let start = restored.len();
            for (at, value) in line[1..].iter().enumerate() {
                let get = |back: usize| {
                    let place = (start + at).checked_sub(back)?;
                    restored.get(place).copied()
                };
                let left = if at >= 3 { get(3) } else { None };
                let corner = if at >= 3 { get(18) } else { None };
                let near = [left, get(15), corner].map(Option::unwrap_or_default);
                restored.push(value.wrapping_add(FILTERS[usize::from(line[0])](near)));
            }
        }
        assert_eq!(restored, samples);
    }

    #[test]
    fn what_is_no_png_has_no_rows() {
        for file in [
            &b""[..],
            b"\x89PNG\r\n\x1a\n",
            b"\x89PNG\r\n\x1a\n\xff\xff\xff\xffIHDR",
        ] {
            assert!(Chunks::of(file).is_none());
        }
    }
}
