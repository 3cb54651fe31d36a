//! Makes pictures for tests, odd ones included, byte by byte: no encoder in use writes them all.

use std::io::Write as _;

use flate2::write::ZlibEncoder;
use flate2::{Compression, Crc};

/// What a PNG is to be. Its pixels come from a function, so that every form of it can be compared.
pub(crate) struct Png<'a> {
    /// Pixels across and down.
    pub(crate) size: (u32, u32),
    /// Bits a sample.
    pub(crate) bits: u8,
    /// The colour type: 0 grey, 2 RGB, 3 palette, 4 and 6 with alpha.
    pub(crate) kind: u8,
    /// Whether it is interlaced (Adam7).
    pub(crate) interlaced: bool,
    /// Chunks before the rows.
    pub(crate) chunks: &'a [(&'a [u8; 4], Vec<u8>)],
    /// The samples of a pixel.
    pub(crate) pixel: fn(u32, u32) -> Vec<u16>,
}

/// Start and step of each pass of Adam7, across and down.
const ADAM7: [[u32; 4]; 7] = [
    [0, 8, 0, 8],
    [4, 8, 0, 8],
    [0, 4, 4, 8],
    [2, 4, 0, 4],
    [0, 2, 2, 4],
    [1, 2, 0, 2],
    [0, 1, 1, 2],
];

impl Png<'_> {
    /// The file.
    pub(crate) fn file(&self) -> Vec<u8> {
        let (width, height) = self.size;
        let passes: &[[u32; 4]] = if self.interlaced {
            &ADAM7
        } else {
            &[[0, 1, 0, 1]]
        };
        let mut rows = Vec::new();
        for [left, across, top, down] in passes {
            for y in (*top..height).step_by(*down as usize) {
                let samples: Vec<u16> = (*left..width)
                    .step_by(*across as usize)
                    .flat_map(|x| (self.pixel)(x, y))
                    .collect();
                if !samples.is_empty() {
                    rows.push(0);
                    rows.extend(self.packed(&samples));
                }
            }
        }
        let mut header = [width.to_be_bytes(), height.to_be_bytes()].concat();
        header.extend([self.bits, self.kind, 0, 0, u8::from(self.interlaced)]);
        let mut file = b"\x89PNG\r\n\x1a\n".to_vec();
        chunk(&mut file, b"IHDR", &header);
        for (kind, body) in self.chunks {
            chunk(&mut file, kind, body);
        }
        chunk(&mut file, b"IDAT", &packed(&rows));
        chunk(&mut file, b"IEND", &[]);
        file
    }

    fn packed(&self, samples: &[u16]) -> Vec<u8> {
        match self.bits {
            16 => samples.iter().flat_map(|s| s.to_be_bytes()).collect(),
            8 => samples.iter().map(|s| *s as u8).collect(),
            bits => samples
                .chunks(8 / usize::from(bits))
                .map(|group| {
                    let filled = group.iter().chain(std::iter::repeat(&0));
                    filled
                        .take(8 / usize::from(bits))
                        .fold(0, |byte, sample| byte << bits | *sample as u8)
                })
                .collect(),
        }
    }
}

/// Data packed as `FlateDecode` reads them.
pub(crate) fn packed(data: &[u8]) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(data).unwrap();
    encoder.finish().unwrap()
}

fn chunk(file: &mut Vec<u8>, kind: &[u8; 4], body: &[u8]) {
    let mut crc = Crc::new();
    crc.update(kind);
    crc.update(body);
    file.extend((body.len() as u32).to_be_bytes());
    file.extend(kind);
    file.extend(body);
    file.extend(crc.sum().to_be_bytes());
}

/// A chunk `iCCP` with a profile.
pub(crate) fn profile_chunk(profile: &[u8]) -> Vec<u8> {
    [b"own\0\0", &packed(profile)[..]].concat()
}

/// What a JPEG is to be: eight by eight pixels of one colour.
#[derive(Default)]
pub(crate) struct Jpeg<'a> {
    /// The stored level of each component.
    pub(crate) levels: &'a [u8],
    /// Whether it is progressive.
    pub(crate) progressive: bool,
    /// The colour transform of an Adobe marker.
    pub(crate) adobe: Option<u8>,
    /// Segments behind the start: marker and body.
    pub(crate) segments: &'a [(u8, Vec<u8>)],
}

impl Jpeg<'_> {
    /// The file.
    pub(crate) fn file(&self) -> Vec<u8> {
        let mut file = vec![0xFF, 0xD8];
        for (marker, body) in self.segments {
            segment(&mut file, *marker, body);
        }
        if let Some(transform) = self.adobe {
            segment(
                &mut file,
                0xEE,
                &[b"Adobe\0\x64\0\0\0\0", &[transform][..]].concat(),
            );
        }
        // Every step is eight: the first coefficient of a flat block is its level less 128.
        segment(&mut file, 0xDB, &[&[0][..], &[8; 64]].concat());
        let parts: Vec<u8> = (1..).take(self.levels.len()).collect();
        let mut frame = vec![8, 0, 8, 0, 8, parts.len() as u8];
        frame.extend(parts.iter().flat_map(|part| [*part, 0x11, 0]));
        segment(
            &mut file,
            if self.progressive { 0xC2 } else { 0xC0 },
            &frame,
        );
        // The usual code of first coefficients (T.81, table K.3), and one for "nothing follows".
        let lengths = [0, 1, 5, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0];
        let values = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11];
        segment(
            &mut file,
            0xC4,
            &[&[0x00][..], &lengths, &values[..12]].concat(),
        );
        let one = [0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
        segment(&mut file, 0xC4, &[&[0x10][..], &one, &[0]].concat());
        let mut bits = Bits::default();
        for level in self.levels {
            bits.level(*level);
            if !self.progressive {
                bits.put(0, 2);
            }
        }
        let last = if self.progressive { 0 } else { 63 };
        scan(&mut file, &parts, [0, last], bits);
        if self.progressive {
            for part in &parts {
                let mut bits = Bits::default();
                bits.put(0, 2);
                scan(&mut file, &[*part], [1, 63], bits);
            }
        }
        file.extend([0xFF, 0xD9]);
        file
    }
}

fn segment(file: &mut Vec<u8>, marker: u8, body: &[u8]) {
    file.extend([0xFF, marker]);
    file.extend((body.len() as u16 + 2).to_be_bytes());
    file.extend(body);
}

fn scan(file: &mut Vec<u8>, parts: &[u8], [first, last]: [u8; 2], bits: Bits) {
    let mut head = vec![parts.len() as u8];
    head.extend(parts.iter().flat_map(|part| [*part, 0x00]));
    head.extend([first, last, 0]);
    segment(file, 0xDA, &head);
    for byte in bits.bytes() {
        file.push(byte);
        if byte == 0xFF {
            file.push(0);
        }
    }
}

#[derive(Default)]
struct Bits(Vec<bool>);

impl Bits {
    fn put(&mut self, value: u16, count: u8) {
        self.0
            .extend((0..count).rev().map(|place| value >> place & 1 == 1));
    }

    /// A first coefficient: the code of its length, then its bits (T.81, F.1.2.1).
    fn level(&mut self, level: u8) {
        let value = i16::from(level) - 128;
        let length = (16 - value.unsigned_abs().leading_zeros()) as u8;
        match length {
            0 => self.put(0, 2),
            1..=5 => self.put(u16::from(length) + 1, 3),
            _ => self.put((1 << (length - 2)) - 2, length - 2),
        }
        let bits = if value < 0 { value - 1 } else { value };
        self.put(bits as u16 & ((1 << length) - 1), length);
    }

    fn bytes(mut self) -> Vec<u8> {
        while !self.0.len().is_multiple_of(8) {
            self.0.push(true);
        }
        self.0
            .chunks(8)
            .map(|byte| {
                byte.iter()
                    .fold(0, |value, bit| value << 1 | u8::from(*bit))
            })
            .collect()
    }
}

/// A segment `APP2` with a profile.
pub(crate) fn profile_segment(profile: &[u8]) -> (u8, Vec<u8>) {
    (0xE2, [b"ICC_PROFILE\0\x01\x01", profile].concat())
}

/// A segment `APP1` that turns a picture.
pub(crate) fn turn_segment(orientation: u8) -> (u8, Vec<u8>) {
    let mut body = b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0".to_vec();
    body.extend([orientation, 0, 0, 0, 0, 0, 0]);
    (0xE1, body)
}

/// A small profile: class and colours as they are named, with curves for RGB and grey, and a table
/// of sixteen equal places for CMYK.
pub(crate) fn profile(class: &[u8; 4], space: &[u8; 4]) -> Vec<u8> {
    let mut tags: Vec<([u8; 4], Vec<u8>)> = Vec::new();
    let curve = b"curv\0\0\0\0\0\0\0\x01\x02\x33".to_vec();
    let place = |x: u32, y: u32, z: u32| {
        let mut data = b"XYZ \0\0\0\0".to_vec();
        data.extend([x, y, z].into_iter().flat_map(u32::to_be_bytes));
        data
    };
    let text = |kind: &[u8]| [kind, b"\0\0\0\0own\0"].concat();
    tags.push((*b"cprt", text(b"text")));
    let mut described = b"desc\0\0\0\0\0\0\0\x04own\0".to_vec();
    described.extend([0; 78]);
    tags.push((*b"desc", described));
    tags.push((*b"wtpt", place(0xF6D6, 0x1_0000, 0xD32D)));
    match space {
        b"RGB " => {
            tags.push((*b"rXYZ", place(0x6FA2, 0x38F5, 0x0390)));
            tags.push((*b"gXYZ", place(0x6299, 0xB785, 0x18DA)));
            tags.push((*b"bXYZ", place(0x24A0, 0x0F84, 0xB6CF)));
            for name in [b"rTRC", b"gTRC", b"bTRC"] {
                tags.push((*name, curve.clone()));
            }
        }
        b"GRAY" => tags.push((*b"kTRC", curve)),
        _ => {
            // Four inks to Lab by sixteen corners (ICC.1:2010, 10.9): each takes light away.
            let mut table = b"mft1\0\0\0\0\x04\x03\x02\0".to_vec();
            for n in 0..9 {
                table.extend((if n % 4 == 0 { 0x1_0000_u32 } else { 0 }).to_be_bytes());
            }
            let straight: Vec<u8> = (0..=255).collect();
            table.extend(straight.repeat(4));
            for corner in 0..16_u32 {
                table.extend([255 - 60 * corner.count_ones() as u8, 128, 128]);
            }
            table.extend(straight.repeat(3));
            tags.push((*b"A2B0", table));
        }
    }
    let mut bytes = vec![0; 128];
    bytes[8] = 2;
    bytes[12..16].copy_from_slice(class);
    bytes[16..20].copy_from_slice(space);
    bytes[20..24].copy_from_slice(if space == b"CMYK" { b"Lab " } else { b"XYZ " });
    bytes[24..36].copy_from_slice(&[7, 208, 0, 1, 0, 1, 0, 0, 0, 0, 0, 0]);
    bytes[36..40].copy_from_slice(b"acsp");
    bytes[68..80].copy_from_slice(&[0, 0, 0xF6, 0xD6, 0, 1, 0, 0, 0, 0, 0xD3, 0x2D]);
    bytes.extend((tags.len() as u32).to_be_bytes());
    let mut at = 132 + tags.len() * 12;
    for (name, data) in &tags {
        bytes.extend(name);
        bytes.extend((at as u32).to_be_bytes());
        bytes.extend((data.len() as u32).to_be_bytes());
        at += data.len().next_multiple_of(4);
    }
    for (_, data) in &tags {
        bytes.extend(data);
        bytes.resize(bytes.len().next_multiple_of(4), 0);
    }
    let length = bytes.len() as u32;
    bytes[..4].copy_from_slice(&length.to_be_bytes());
    bytes
}
