//! What a picture is: its file, its measures, and its pixels or paths as data.

use std::fmt;
use std::sync::Arc;

use crate::diag::Span;
use crate::geom::Size;

use super::vector::{Clip, VectorPath};

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
    /// Whether a JPEG of three components stores red, green and blue and not YCbCr, though no
    /// Adobe marker says so.
    pub is_plain_rgb: bool,
    /// Its ICC profile, where that is whole and made for such colours.
    pub icc: Option<Arc<[u8]>>,
    /// Where the manuscript shows it first.
    pub span: Option<Span>,
    /// Why its profile is left away, where it has one that cannot be used.
    pub(super) icc_fault: Option<String>,
    pub(super) vector: Option<Arc<Vector>>,
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
    /// A picture of which nothing but its file is known yet.
    pub(super) fn unread(path: &str, kind: PictureKind, bytes: Arc<[u8]>) -> Self {
        Self {
            path: path.to_owned(),
            kind,
            bytes,
            pixels: (0, 0),
            natural: Size::default(),
            colour: Colour::Rgb,
            bits: 8,
            has_alpha: false,
            orientation: 1,
            dpi: None,
            adobe_transform: None,
            is_plain_rgb: false,
            icc: None,
            span: None,
            icc_fault: None,
            vector: None,
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

    /// The paths of an SVG; `None` for pixels.
    #[must_use]
    pub fn vector(&self) -> Option<&Vector> {
        self.vector.as_deref()
    }
}

/// A drawing. Coordinates are its user units from its upper left corner, `y` **down**; all
/// transforms are applied.
#[derive(Debug, Clone, Default)]
pub struct Vector {
    /// Width and height.
    pub size: (f32, f32),
    /// What is drawn, the undermost first.
    pub items: Vec<VectorItem>,
    /// Clips, to which items point; the first is the drawing's own frame.
    pub clips: Vec<Clip>,
}

/// Something drawn.
#[derive(Debug, Clone)]
pub enum VectorItem {
    /// A path.
    Path(VectorPath),
    /// Pixels.
    Raster(VectorRaster),
}

/// Pixels in a drawing.
#[derive(Debug, Clone)]
pub struct VectorRaster {
    /// The picture: JPEG or PNG.
    pub picture: Picture,
    /// Where a pixel's place `(x, y)`, from the upper left corner, lies in the drawing:
    /// `(a·x + c·y + e, b·x + d·y + f)`.
    pub matrix: [f32; 6],
    /// How opaque it is, 0 to 1.
    pub opacity: f32,
    /// Clips that all apply, by their place in [`Vector::clips`].
    pub clips: Vec<usize>,
}
