//! Pictures of pixels: JPEG byte for byte, PNG by its rows where they can be taken as they are,
//! both with fewer pixels where that is asked for.

use std::sync::Arc;

use crate::art::{ArtError, Colour, Picture, PictureKind, Raster};

use super::png;
use super::xobject::{ImageFault, Pixels, Samples, Space};

/// Quality of JPEG that is made anew, of 100: what is lost is not seen at 300 dots to the inch.
const QUALITY: u8 = 90;

/// A picture is made coarser only where it is this much finer than asked for, in hundredths: what
/// is gained of less is not worth what is lost.
const WELL_ABOVE: u64 = 150;

/// What an output asks of pictures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Wish {
    /// Dots to the inch that are enough; 0 where all are wanted.
    pub(crate) dpi: u32,
    /// Whether its device has the four inks of a press.
    pub(crate) has_inks: bool,
}

/// A picture of pixels for a document: `printed` is the largest size at which it is seen, turned as
/// it is stored, in thousandths of a point.
///
/// # Errors
/// Its pixels are broken, or memory is not to be had.
pub(crate) fn pixels(
    picture: &Picture,
    printed: Option<(i64, i64)>,
    wish: Wish,
) -> Result<Pixels, ImageFault> {
    let smaller = printed
        .and_then(|printed| enough(picture.pixels, printed, wish.dpi))
        // Line art lives by its edges, and inks cannot be packed again.
        .filter(|_| picture.bits > 1 && picture.colour != Colour::Cmyk);
    if picture.kind == PictureKind::Jpeg {
        return match smaller {
            Some(size) => Ok(reduced(picture, &picture.decode()?.reduced(size))?),
            None => Ok(jpeg(picture, wish)),
        };
    }
    // Decoded in any case: rows that are broken would break the page.
    let raster = picture.decode()?;
    let own = match png::passed_through(picture) {
        Some(rows) => Pixels {
            alpha: raster.alpha.clone(),
            ..rows
        },
        None => plain(picture, &raster),
    };
    let Some(size) = smaller else { return Ok(own) };
    let fewer = plain(picture, &raster.reduced(size));
    // Few colours in even fields take more room when they are blended.
    let room = |pixels: &Pixels| -> Result<usize, ImageFault> {
        Ok(pixels.clone().stream()?.content.len())
    };
    Ok(if room(&fewer)? < room(&own)? {
        fewer
    } else {
        own
    })
}

/// The size in pixels that gives the resolution asked for, where a picture is well above it.
fn enough((width, height): (u32, u32), printed: (i64, i64), dpi: u32) -> Option<(u32, u32)> {
    let wanted = |milli: i64| (milli.max(1).unsigned_abs() * u64::from(dpi)).div_ceil(72_000);
    let (across, down) = (wanted(printed.0), wanted(printed.1));
    let is_above = |has: u32, wanted: u64| u64::from(has) * 100 > wanted * WELL_ABOVE;
    let is_asked = dpi > 0 && is_above(width, across) && is_above(height, down);
    is_asked.then(|| {
        let most =
            |wanted: u64, has: u32| u32::try_from(wanted).map_or(has, |wanted| wanted.min(has));
        (most(across, width).max(1), most(down, height).max(1))
    })
}

/// A JPEG, byte for byte as its file.
fn jpeg(picture: &Picture, wish: Wish) -> Pixels {
    let is_cmyk = picture.colour == Colour::Cmyk;
    let space = if is_cmyk && picture.icc.is_none() && !wish.has_inks {
        Space::Inks
    } else {
        Space::of(picture.colour, picture.icc.as_ref())
    };
    Pixels {
        size: picture.pixels,
        space,
        bits: 8,
        // Adobe's programs store ink as its absence.
        is_inverted: is_cmyk && picture.adobe_transform.is_some(),
        samples: Samples::Jpeg(
            Arc::clone(&picture.bytes),
            picture.is_plain_rgb.then_some(0),
        ),
        alpha: None,
    }
}

/// Pixels as they were decoded.
fn plain(picture: &Picture, raster: &Raster) -> Pixels {
    Pixels {
        size: (raster.width, raster.height),
        space: Space::of(raster.colour, picture.icc.as_ref()),
        bits: 8,
        is_inverted: false,
        samples: Samples::Plain(raster.data.clone()),
        alpha: raster.alpha.clone(),
    }
}

/// A JPEG of fewer pixels.
fn reduced(picture: &Picture, raster: &Raster) -> Result<Pixels, ArtError> {
    Ok(Pixels {
        samples: Samples::Jpeg(raster.jpeg(QUALITY)?.into(), None),
        ..plain(picture, raster)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_pictures_well_above_are_made_coarser() {
        // One inch by two.
        let printed = (72_000, 144_000);
        assert_eq!(enough((450, 900), printed, 300), None);
        assert_eq!(enough((451, 902), printed, 300), Some((300, 600)));
        assert_eq!(enough((4000, 8000), printed, 0), None);
        assert_eq!(enough((4000, 500), printed, 300), None);
    }
}
