//! What a camera notes of a picture: which way is up, and its resolution (EXIF 2.32).

use super::bits::{u16_at, u32_at};

/// What is read of EXIF.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Exif {
    /// Orientation, 1 to 8.
    pub orientation: Option<u8>,
    /// Dots per inch.
    pub dpi: Option<(u32, u32)>,
}

/// Tags of the first directory (EXIF 2.32, §4.6.4).
const ORIENTATION: u16 = 0x0112;
const X_RESOLUTION: u16 = 0x011A;
const Y_RESOLUTION: u16 = 0x011B;
const RESOLUTION_UNIT: u16 = 0x0128;

/// Entries looked at; a directory that tells more is broken.
const MOST_ENTRIES: u16 = 512;

/// Reads a TIFF block as EXIF keeps it; what is broken is left out.
pub(super) fn read(tiff: &[u8]) -> Exif {
    directory(tiff).unwrap_or_default()
}

fn directory(tiff: &[u8]) -> Option<Exif> {
    let little = match tiff.get(..4)? {
        b"II*\0" => true,
        b"MM\0*" => false,
        _ => return None,
    };
    let short = |at: usize| u16_at(tiff, at).map(|v| if little { v.swap_bytes() } else { v });
    let long = |at: usize| u32_at(tiff, at).map(|v| if little { v.swap_bytes() } else { v });
    let start = long(4)? as usize;
    let count = short(start)?.min(MOST_ENTRIES);
    let mut exif = Exif::default();
    let (mut x, mut y, mut unit) = (None, None, 2);
    for entry in 0..usize::from(count) {
        let at = start + 2 + entry * 12;
        let ratio = || {
            let place = long(at + 8)? as usize;
            let (above, below) = (long(place)?, long(place.checked_add(4)?)?);
            above.checked_div(below)
        };
        match short(at)? {
            ORIENTATION => {
                let value = short(at + 8)?;
                exif.orientation = u8::try_from(value).ok().filter(|v| (1..=8).contains(v));
            }
            X_RESOLUTION => x = ratio(),
            Y_RESOLUTION => y = ratio(),
            RESOLUTION_UNIT => unit = short(at + 8)?,
            _ => {}
        }
    }
    let inches = |value: u32| match unit {
        2 => Some(value),
        // Dots per centimetre.
        3 => Some((u64::from(value) * 254 / 100) as u32),
        _ => None,
    };
    if let (Some(x), Some(y)) = (x.and_then(inches), y.and_then(inches)) {
        exif.dpi = (x > 0 && y > 0).then_some((x, y));
    }
    Some(exif)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_byte_orders_are_read() {
        let big = b"MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0";
        let little = b"II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0";
        assert_eq!(read(big).orientation, Some(6));
        assert_eq!(read(little).orientation, Some(6));
    }

    #[test]
    fn broken_blocks_say_nothing() {
        let whole = b"MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0";
        for end in 0..whole.len() - 2 {
            assert_eq!(read(&whole[..end]), Exif::default());
        }
        assert_eq!(read(b"MM\0*\xff\xff\xff\xff"), Exif::default());
    }
}
