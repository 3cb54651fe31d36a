//! Pixels as an object of the document: their colours, how their samples are kept, what is seen of
//! them.

use std::collections::BTreeMap;
use std::io;
use std::sync::Arc;

use printpdf::{DictItem, ExternalStream};

use crate::art::{ArtError, Colour};

use super::deflate::deflate;
use super::entry::name;
use super::inks;
use super::rows;

/// Why a picture gives no object.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ImageFault {
    /// The picture is broken.
    #[error(transparent)]
    Art(#[from] ArtError),
    /// The machine is.
    #[error(transparent)]
    Machine(#[from] io::Error),
}

/// A picture of pixels as the document keeps it: whatever is done to its colours is done to this.
#[derive(Debug, Clone)]
pub(crate) struct Pixels {
    /// Pixels across and down.
    pub(crate) size: (u32, u32),
    /// What its samples mean.
    pub(crate) space: Space,
    /// Bits a sample.
    pub(crate) bits: u8,
    /// Whether a sample of 0 is full ink, as Adobe's programs store CMYK.
    pub(crate) is_inverted: bool,
    /// Its samples.
    pub(crate) samples: Samples,
    /// How opaque each pixel is at eight bits, where some are not fully so.
    pub(crate) alpha: Option<Vec<u8>>,
}

/// What samples mean.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Space {
    /// Colours of the device, or of the output intent that tells of it.
    Device(Colour),
    /// Colours of a profile.
    Profile(Colour, Arc<[u8]>),
    /// Inks of no press in particular, shown as a usual one prints them.
    Inks,
    /// Places in a table of colours of another space, eight bits a component.
    Palette(Box<Space>, Vec<u8>),
}

/// How samples are kept.
#[derive(Debug, Clone)]
pub(crate) enum Samples {
    /// A JPEG file, and what its decoder is told of its colour transform where the file does not.
    Jpeg(Arc<[u8]>, Option<i64>),
    /// The compressed rows of a PNG, each with its filter.
    Rows(Vec<u8>),
    /// Row by row, as they are.
    Plain(Vec<u8>),
}

impl Space {
    /// The space of colours with a profile where there is one.
    pub(crate) fn of(colour: Colour, profile: Option<&Arc<[u8]>>) -> Self {
        match profile {
            Some(profile) => Self::Profile(colour, Arc::clone(profile)),
            None => Self::Device(colour),
        }
    }

    /// Samples of one pixel.
    pub(crate) fn channels(&self) -> usize {
        match self {
            Self::Device(colour) | Self::Profile(colour, _) => colour.channels(),
            Self::Inks => Colour::Cmyk.channels(),
            Self::Palette(..) => 1,
        }
    }

    fn object(self) -> io::Result<DictItem> {
        Ok(match self {
            Self::Device(colour) => name(device_space(colour)),
            Self::Profile(colour, profile) => {
                let dict = BTreeMap::from([
                    ("N".into(), DictItem::Int(colour.channels() as i64)),
                    ("Alternate".into(), name(device_space(colour))),
                    ("Filter".into(), name("FlateDecode")),
                ]);
                let stream = ExternalStream {
                    dict,
                    content: deflate(&profile)?,
                    compress: false,
                };
                DictItem::Array(vec![name("ICCBased"), DictItem::Stream { stream }])
            }
            Self::Inks => inks::space(),
            Self::Palette(base, table) => {
                let last = (table.len() / base.channels().max(1)).saturating_sub(1);
                DictItem::Array(vec![
                    name("Indexed"),
                    base.object()?,
                    DictItem::Int(last as i64),
                    DictItem::Bytes(table),
                ])
            }
        })
    }
}

impl Pixels {
    /// The object.
    ///
    /// # Errors
    /// Memory for compressed samples is not to be had.
    pub(crate) fn stream(self) -> io::Result<ExternalStream> {
        let (width, height) = self.size;
        let channels = self.space.channels();
        let mut dict = BTreeMap::from([
            ("Type".into(), name("XObject")),
            ("Subtype".into(), name("Image")),
            ("Width".into(), DictItem::Int(width.into())),
            ("Height".into(), DictItem::Int(height.into())),
            ("BitsPerComponent".into(), DictItem::Int(self.bits.into())),
        ]);
        if self.is_inverted {
            let ends = [1, 0].repeat(channels);
            let ends = ends.into_iter().map(DictItem::Int).collect();
            dict.insert("Decode".into(), DictItem::Array(ends));
        }
        if let Some(alpha) = self.alpha {
            let mask = Self {
                size: self.size,
                space: Space::Device(Colour::Grey),
                bits: 8,
                is_inverted: false,
                samples: Samples::Plain(alpha),
                alpha: None,
            };
            let stream = mask.stream()?;
            dict.insert("SMask".into(), DictItem::Stream { stream });
        }
        dict.insert("ColorSpace".into(), self.space.object()?);
        let (filter, parameters, content) = match self.samples {
            Samples::Jpeg(file, transform) => {
                let told = transform
                    .map(|transform| ("ColorTransform".to_owned(), DictItem::Int(transform)));
                ("DCTDecode", told.into_iter().collect(), file.to_vec())
            }
            Samples::Rows(rows) => (
                "FlateDecode",
                rows::row_parameters(width, channels, self.bits),
                rows,
            ),
            Samples::Plain(samples) => {
                let row = (width as usize * channels * usize::from(self.bits)).div_ceil(8);
                let step = (channels * usize::from(self.bits)).div_ceil(8);
                let packed = deflate(&rows::filtered(&samples, row, step))?;
                let parameters = rows::row_parameters(width, channels, self.bits);
                ("FlateDecode", parameters, packed)
            }
        };
        dict.insert("Filter".into(), name(filter));
        if !parameters.is_empty() {
            dict.insert("DecodeParms".into(), DictItem::Dict { map: parameters });
        }
        Ok(ExternalStream {
            dict,
            content,
            compress: false,
        })
    }
}

/// The colours of a device.
fn device_space(colour: Colour) -> &'static str {
    match colour {
        Colour::Grey => "DeviceGray",
        Colour::Rgb => "DeviceRGB",
        Colour::Cmyk => "DeviceCMYK",
    }
}
