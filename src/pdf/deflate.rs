//! Compression of streams, the same for all of them.

use std::io::{self, Write as _};

use flate2::Compression;
use flate2::write::ZlibEncoder;

/// Level of every stream; 9 gains nothing on text.
pub(crate) const LEVEL: u32 = 6;

/// Compresses data (zlib, as `FlateDecode` reads it).
pub(crate) fn deflate(data: &[u8]) -> io::Result<Vec<u8>> {
    let mut encoder = ZlibEncoder::new(Vec::with_capacity(data.len() / 2), Compression::new(LEVEL));
    encoder.write_all(data)?;
    encoder.finish()
}
