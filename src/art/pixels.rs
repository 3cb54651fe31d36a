//! JPEG and PNG files: measured by their headers, decoded on demand.

use std::io::Cursor;
use std::sync::Arc;

use image::codecs::jpeg::{JpegDecoder, JpegEncoder};
use image::codecs::png::PngDecoder;
use image::{ColorType, ExtendedColorType, ImageDecoder, Limits};

use crate::geom::{Length, Size};

use super::icc;
use super::jpeg;
use super::picture::{ArtError, Colour, Picture, PictureKind, Raster};
use super::png;

/// Resolution taken for pixels whose file tells none: at it a picture of 1000 pixels is 17 cm
/// wide, and print still looks fair.
const DEFAULT_DPI: u32 = 150;

/// Resolutions outside of this are typing errors of some program (JFIF's 1 × 1 is an aspect).
const SENSIBLE_DPI: std::ops::RangeInclusive<u32> = 20..=4800;

/// No picture has more pixels: some 12 000 × 12 000, ten times a full newspaper page in print.
const MOST_PIXELS: u64 = 150_000_000;

/// What a decoder may take of memory for a picture of that size.
const MOST_MEMORY: u64 = 1 << 30;

/// Reads the headers and structure of a picture of a known kind.
pub(super) fn read(path: &str, kind: PictureKind, bytes: Arc<[u8]>) -> Result<Picture, ArtError> {
    let broken = ArtError::Unreadable;
    let mut picture = Picture::unread(path, kind, Arc::clone(&bytes));
    match kind {
        PictureKind::Jpeg => {
            let headers = jpeg::read(&bytes).map_err(broken)?;
            picture.pixels = (headers.width, headers.height);
            picture.colour = headers.colour;
            picture.bits = headers.bits;
            picture.orientation = headers.orientation;
            picture.dpi = headers.dpi;
            picture.adobe_transform = headers.adobe_transform;
            picture.is_plain_rgb = headers.is_plain_rgb;
            keep_profile(&mut picture, headers.icc.as_deref());
        }
        PictureKind::Png => {
            let headers = png::read(&bytes).map_err(broken)?;
            picture.pixels = (headers.width, headers.height);
            picture.colour = headers.colour;
            picture.bits = headers.bits;
            picture.has_alpha = headers.has_alpha;
            picture.orientation = headers.orientation;
            picture.dpi = headers.dpi;
            match headers.icc.map(png::unpacked) {
                Some(Some(profile)) => keep_profile(&mut picture, Some(&profile)),
                Some(None) => picture.icc_fault = Some("it cannot be unpacked".into()),
                None => {}
            }
        }
        PictureKind::Svg => return Err(ArtError::NoPixels),
    }
    let (width, height) = picture.pixels;
    if u64::from(width) * u64::from(height) > MOST_PIXELS {
        return Err(broken(format!(
            "it is too large: {width} × {height} pixels"
        )));
    }
    picture.natural = natural_size(&picture);
    Ok(picture)
}

/// Keeps a profile, or the reason why it is left away.
fn keep_profile(picture: &mut Picture, profile: Option<&[u8]>) {
    match profile.map(|profile| icc::checked(profile, picture.colour)) {
        Some(Ok(profile)) => picture.icc = Some(profile.into()),
        Some(Err(reason)) => picture.icc_fault = Some(reason),
        None => {}
    }
}

fn natural_size(picture: &Picture) -> Size {
    let sensible = |(x, y): &(u32, u32)| SENSIBLE_DPI.contains(x) && SENSIBLE_DPI.contains(y);
    let (x, y) = picture
        .dpi
        .filter(sensible)
        .unwrap_or((DEFAULT_DPI, DEFAULT_DPI));
    let length = |pixels: u32, dpi: u32| Length::pt(72).scale(pixels.into(), dpi.into());
    let (width, height) = (length(picture.pixels.0, x), length(picture.pixels.1, y));
    if picture.is_turned() {
        Size::new(height, width)
    } else {
        Size::new(width, height)
    }
}

impl Picture {
    /// The pixels, as stored; a JPEG in CMYK comes out as RGB.
    ///
    /// # Errors
    /// The compressed data are broken, or the picture is an SVG.
    pub fn decode(&self) -> Result<Raster, ArtError> {
        let data = Cursor::new(&*self.bytes);
        let broken = |error: image::ImageError| ArtError::Unreadable(error.to_string());
        match self.kind {
            PictureKind::Jpeg => pixels(JpegDecoder::new(data).map_err(broken)?),
            PictureKind::Png => pixels(PngDecoder::with_limits(data, limits()).map_err(broken)?),
            PictureKind::Svg => Err(ArtError::NoPixels),
        }
    }
}

impl Raster {
    /// The picture as a JPEG of a quality from 1 to 100, without its transparency.
    ///
    /// # Errors
    /// It has more than 65 535 pixels across or down.
    pub fn jpeg(&self, quality: u8) -> Result<Vec<u8>, ArtError> {
        let colour = match self.colour {
            Colour::Grey => ExtendedColorType::L8,
            _ => ExtendedColorType::Rgb8,
        };
        let mut bytes = Vec::new();
        JpegEncoder::new_with_quality(&mut bytes, quality)
            .encode(&self.data, self.width, self.height, colour)
            .map_err(|error| ArtError::Unreadable(error.to_string()))?;
        Ok(bytes)
    }
}

fn limits() -> Limits {
    let mut limits = Limits::default();
    limits.max_alloc = Some(MOST_MEMORY);
    limits
}

/// Decodes into colour and transparency apart.
fn pixels(mut decoder: impl ImageDecoder) -> Result<Raster, ArtError> {
    let broken = |error: image::ImageError| ArtError::Unreadable(error.to_string());
    decoder.set_limits(limits()).map_err(broken)?;
    let (width, height) = decoder.dimensions();
    let length = decoder.total_bytes();
    if u64::from(width) * u64::from(height) > MOST_PIXELS || length > MOST_MEMORY {
        return Err(ArtError::Unreadable(format!(
            "it is too large: {width} × {height} pixels"
        )));
    }
    let kind = decoder.color_type();
    let mut samples = vec![0; usize::try_from(length).unwrap_or(0)];
    decoder.read_image(&mut samples).map_err(broken)?;
    let (colour, has_alpha, wide) = match kind {
        ColorType::L8 => (Colour::Grey, false, false),
        ColorType::La8 => (Colour::Grey, true, false),
        ColorType::L16 => (Colour::Grey, false, true),
        ColorType::La16 => (Colour::Grey, true, true),
        ColorType::Rgb8 => (Colour::Rgb, false, false),
        ColorType::Rgba8 => (Colour::Rgb, true, false),
        ColorType::Rgb16 => (Colour::Rgb, false, true),
        ColorType::Rgba16 => (Colour::Rgb, true, true),
        other => return Err(ArtError::Unreadable(format!("its colours are {other:?}"))),
    };
    if wide {
        samples = samples
            .chunks_exact(2)
            .map(|pair| narrow(u16::from_ne_bytes([pair[0], pair[1]])))
            .collect();
    }
    let channels = colour.channels();
    let (data, alpha) = if has_alpha {
        let mut data = Vec::with_capacity(samples.len() / (channels + 1) * channels);
        let mut alpha = Vec::with_capacity(samples.len() / (channels + 1));
        for pixel in samples.chunks_exact(channels + 1) {
            data.extend_from_slice(&pixel[..channels]);
            alpha.push(pixel[channels]);
        }
        let opaque = alpha.iter().all(|a| *a == u8::MAX);
        (data, (!opaque).then_some(alpha))
    } else {
        (samples, None)
    };
    Ok(Raster {
        width,
        height,
        colour,
        data,
        alpha,
    })
}

/// A sample of 16 bits as the nearest of 8.
fn narrow(sample: u16) -> u8 {
    ((u32::from(sample) * 255 + 32_767) / 65_535) as u8
}
