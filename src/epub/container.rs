//! The container: a zip whose bytes depend on nothing but its entries.

use std::io::{Cursor, Write};

use rayon::prelude::*;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipArchive, ZipWriter};

use super::error::Result;

/// What the first entry says (OCF 3.3 §4.3).
const MIMETYPE: &[u8] = b"application/epub+zip";

/// A file of the container.
#[derive(Debug, Clone)]
pub(crate) struct Entry {
    /// Its path.
    pub(crate) path: String,
    /// Its bytes.
    pub(crate) bytes: Vec<u8>,
}

/// Zips `entries` in their order behind `mimetype`, all with the same time, and deflates them
/// side by side.
pub(crate) fn zip(entries: &[Entry]) -> Result<Vec<u8>> {
    let deflated = entries
        .par_iter()
        .map(one)
        .collect::<Result<Vec<Vec<u8>>>>()?;
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    writer.start_file("mimetype", options(CompressionMethod::Stored))?;
    writer.write_all(MIMETYPE)?;
    for archive in deflated {
        let mut archive = ZipArchive::new(Cursor::new(archive))?;
        writer.raw_copy_file(archive.by_index_raw(0)?)?;
    }
    Ok(writer.finish()?.into_inner())
}

/// An archive of one entry, so that entries can be deflated at the same time.
fn one(entry: &Entry) -> Result<Vec<u8>> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::with_capacity(entry.bytes.len() / 2 + 256)));
    let method = if is_compressed(&entry.path) {
        CompressionMethod::Stored
    } else {
        CompressionMethod::Deflated
    };
    writer.start_file(entry.path.as_str(), options(method))?;
    writer.write_all(&entry.bytes)?;
    Ok(writer.finish()?.into_inner())
}

fn options(method: CompressionMethod) -> SimpleFileOptions {
    SimpleFileOptions::default()
        .compression_method(method)
        // The first moment that a zip can tell; the clock's would make every build another file.
        .last_modified_time(DateTime::default())
        .unix_permissions(0o644)
}

/// Pictures carry their own compression.
fn is_compressed(path: &str) -> bool {
    [".jpg", ".png"].iter().any(|end| path.ends_with(end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mimetype_comes_first_stored_and_without_extra_field() {
        let entries = [Entry {
            path: "OEBPS/a.xhtml".into(),
            bytes: "版心".repeat(100).into_bytes(),
        }];
        let bytes = zip(&entries).unwrap();
        // OCF 3.3 §4.3: the type is found at fixed offsets.
        assert_eq!(&bytes[30..38], b"mimetype");
        assert_eq!(&bytes[38..58], MIMETYPE);
        assert_eq!(&bytes[28..30], [0, 0]);
        assert_eq!(bytes, zip(&entries).unwrap());
        let mut archive = ZipArchive::new(Cursor::new(bytes)).unwrap();
        assert_eq!(archive.len(), 2);
        let entry = archive.by_index(1).unwrap();
        assert_eq!(entry.name(), "OEBPS/a.xhtml");
        assert_eq!(entry.compression(), CompressionMethod::Deflated);
        assert_eq!(entry.size(), 600);
    }
}
