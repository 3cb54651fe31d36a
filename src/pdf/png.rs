//! PNG files whose rows PDF reads as they are.

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

#[cfg(test)]
mod tests {
    use super::*;

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
