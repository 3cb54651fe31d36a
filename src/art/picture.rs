//! One picture: what it is, how large, and its pixels.

use std::fmt;
use std::io::Cursor;
use std::sync::Arc;

use image::codecs::jpeg::JpegDecoder;
use image::codecs::png::PngDecoder;
use image::{ColorType, ImageDecoder, Limits};

use crate::geom::{Length, Size};

use super::jpeg;
use super::png;
use super::svg;
use super::vector::Vector;

/// Resolution taken for pixels whose file tells none: at it a picture of 1000 pixels is 17 cm
/// wide, and print still looks fair.
const DEFAULT_DPI: u32 = 150;

/// Resolutions outside of this are typing errors of some program (JFIF's 1 × 1 is an aspect).
const SENSIBLE_DPI: std::ops::RangeInclusive<u32> = 20..=4800;

/// User units of SVG in one inch (CSS Values 4, §6.2).
const UNITS_PER_INCH: f32 = 96.0;

/// No picture has more pixels: some 12 000 × 12 000, ten times a full newspaper page in print.
const MOST_PIXELS: u64 = 150_000_000;

/// What a decoder may take of memory for a picture of that size.
const MOST_MEMORY: u64 = 1 << 30;

/// The file format of a picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PictureKind {
    /// JPEG.
    Jpeg,
    /// PNG.
    Png,
    /// SVG.
    Svg,
}

impl PictureKind {
    /// The name people know it by.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Jpeg => "JPEG",
            Self::Png => "PNG",
            Self::Svg => "SVG",
        }
    }

    /// The media type (RFC 2046; IANA `image/svg+xml`).
    #[must_use]
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
            Self::Svg => "image/svg+xml",
        }
    }

    /// The endings of its file names, the usual one first.
    #[must_use]
    pub const fn endings(self) -> &'static [&'static str] {
        match self {
            Self::Jpeg => &["jpg", "jpeg", "jpe", "jfif"],
            Self::Png => &["png"],
            Self::Svg => &["svg"],
        }
    }
}

/// The colours of a picture as stored, without transparency.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Colour {
    /// Grey.
    Grey,
    /// Red, green, blue (a palette counts as such; a JPEG may store it as YCbCr).
    Rgb,
    /// Cyan, magenta, yellow, black.
    Cmyk,
}

impl Colour {
    /// Bytes of one pixel at 8 bits.
    #[must_use]
    pub const fn channels(self) -> usize {
        match self {
            Self::Grey => 1,
            Self::Rgb => 3,
            Self::Cmyk => 4,
        }
    }
}

/// Why a picture cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ArtError {
    /// The file is broken, cut off, or of a rare sort.
    #[error("{0}")]
    Unreadable(String),
    /// It is an SVG: it has paths, no pixels.
    #[error("it is drawn of paths and has no pixels")]
    NoPixels,
}

/// An open picture.
#[derive(Clone)]
pub struct Picture {
    /// Its path in the publication's folder.
    pub path: String,
    /// Its format, by content.
    pub kind: PictureKind,
    /// The file.
    pub bytes: Arc<[u8]>,
    /// Width and height in pixels as stored, before [`Picture::orientation`]; of an SVG its size
    /// in user units, rounded up.
    pub pixels: (u32, u32),
    /// Size at its own resolution, as it is seen: turned by its orientation. Pixels without a
    /// resolution count as 150 to the inch, user units of SVG as 96.
    pub natural: Size,
    /// Its colours; RGB for an SVG.
    pub colour: Colour,
    /// Bits a sample: 1, 2, 4, 8 or 16; 8 for an SVG.
    pub bits: u8,
    /// Whether parts may be transparent.
    pub has_alpha: bool,
    /// How the stored pixels are turned to be seen, 1 (as they are) to 8 (EXIF 2.32, tag 0x0112).
    pub orientation: u8,
    /// Dots per inch as the file tells them, across and down as stored.
    pub dpi: Option<(u32, u32)>,
    /// The colour transform of a JPEG's Adobe marker; where there is one, CMYK is inverted.
    pub adobe_transform: Option<u8>,
    /// The ICC profile of a JPEG.
    pub icc: Option<Arc<[u8]>>,
    vector: Option<Arc<Vector>>,
}

impl fmt::Debug for Picture {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Picture")
            .field("path", &self.path)
            .field("kind", &self.kind)
            .field("pixels", &self.pixels)
            .finish_non_exhaustive()
    }
}

/// Pixels at 8 bits a sample, as stored: before [`Picture::orientation`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Raster {
    /// Pixels across.
    pub width: u32,
    /// Pixels down.
    pub height: u32,
    /// Grey or RGB.
    pub colour: Colour,
    /// The samples, row by row from the top, without transparency.
    pub data: Vec<u8>,
    /// How opaque each pixel is, row by row, where some are not fully so.
    pub alpha: Option<Vec<u8>>,
}

impl Picture {
    /// Reads the headers and structure of a picture of a known kind, and what of an SVG cannot be
    /// shown in print.
    pub(super) fn read(
        path: &str,
        kind: PictureKind,
        bytes: Arc<[u8]>,
    ) -> Result<(Self, Vec<String>), ArtError> {
        let broken = ArtError::Unreadable;
        let mut simplified = Vec::new();
        let mut picture = Self {
            path: path.to_owned(),
            kind,
            bytes: Arc::clone(&bytes),
            pixels: (0, 0),
            natural: Size::default(),
            colour: Colour::Rgb,
            bits: 8,
            has_alpha: false,
            orientation: 1,
            dpi: None,
            adobe_transform: None,
            icc: None,
            vector: None,
        };
        match kind {
            PictureKind::Jpeg => {
                let headers = jpeg::read(&bytes).map_err(broken)?;
                picture.pixels = (headers.width, headers.height);
                picture.colour = headers.colour;
                picture.bits = headers.bits;
                picture.orientation = headers.orientation;
                picture.dpi = headers.dpi;
                picture.adobe_transform = headers.adobe_transform;
                picture.icc = headers.icc.map(Into::into);
            }
            PictureKind::Png => {
                let headers = png::read(&bytes).map_err(broken)?;
                picture.pixels = (headers.width, headers.height);
                picture.colour = headers.colour;
                picture.bits = headers.bits;
                picture.has_alpha = headers.has_alpha;
                picture.orientation = headers.orientation;
                picture.dpi = headers.dpi;
            }
            PictureKind::Svg => {
                let drawing = svg::read(&bytes).map_err(broken)?;
                simplified = drawing.simplified;
                let (width, height) = drawing.vector.size;
                picture.pixels = (width.ceil() as u32, height.ceil() as u32);
                picture.has_alpha = true;
                picture.natural = Size::new(from_units(width), from_units(height));
                picture.vector = Some(Arc::new(drawing.vector));
                return Ok((picture, simplified));
            }
        }
        let (width, height) = picture.pixels;
        if u64::from(width) * u64::from(height) > MOST_PIXELS {
            return Err(broken(format!(
                "it is too large: {width} × {height} pixels"
            )));
        }
        picture.natural = picture.natural_size();
        Ok((picture, simplified))
    }

    fn natural_size(&self) -> Size {
        let sensible = |(x, y): &(u32, u32)| SENSIBLE_DPI.contains(x) && SENSIBLE_DPI.contains(y);
        let (x, y) = self
            .dpi
            .filter(sensible)
            .unwrap_or((DEFAULT_DPI, DEFAULT_DPI));
        let length = |pixels: u32, dpi: u32| Length::pt(72).scale(pixels.into(), dpi.into());
        let (width, height) = (length(self.pixels.0, x), length(self.pixels.1, y));
        if self.is_turned() {
            Size::new(height, width)
        } else {
            Size::new(width, height)
        }
    }

    /// Whether its orientation exchanges width and height.
    #[must_use]
    pub fn is_turned(&self) -> bool {
        self.orientation >= 5
    }

    /// Width and height in pixels as seen, after its orientation.
    #[must_use]
    pub fn upright_pixels(&self) -> (u32, u32) {
        let (width, height) = self.pixels;
        if self.is_turned() {
            (height, width)
        } else {
            (width, height)
        }
    }

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

    /// The paths of an SVG; `None` for pixels.
    #[must_use]
    pub fn vector(&self) -> Option<&Vector> {
        self.vector.as_deref()
    }
}

fn limits() -> Limits {
    let mut limits = Limits::default();
    limits.max_alloc = Some(MOST_MEMORY);
    limits
}

fn from_units(units: f32) -> Length {
    // 72 000 milli-points in an inch; user units are floats by nature.
    Length::from_wide((f64::from(units) * 72_000.0 / f64::from(UNITS_PER_INCH)).round() as i64)
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
