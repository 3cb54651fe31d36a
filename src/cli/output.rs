//! Files written whole or not at all.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

/// Bytes that lie beside their target, on disk and synced, and wait to take its place.
pub(super) struct Ready {
    target: PathBuf,
    how: How,
}

/// How the bytes come to their target.
enum How {
    /// A temporary file is renamed.
    Rename(NamedTempFile),
    /// A pipe or a device cannot be replaced: it is written.
    Through(Vec<u8>),
}

impl Ready {
    /// Writes `bytes` to a temporary file beside `target`, making its folder where it is missing.
    ///
    /// # Errors
    /// The folder cannot be made or written, or the disk is full. The target is as it was.
    pub(super) fn write(target: &Path, bytes: &[u8]) -> io::Result<Self> {
        // A target that is a link is followed, so that the link stays one.
        let target = fs::canonicalize(target).unwrap_or_else(|_| target.to_owned());
        if target.is_dir() {
            return Err(io::Error::new(
                io::ErrorKind::IsADirectory,
                "it is a folder",
            ));
        }
        if let Ok(old) = fs::metadata(&target) {
            if !old.is_file() {
                return Ok(Self {
                    target,
                    how: How::Through(bytes.to_vec()),
                });
            }
            // Renaming over a read-only file would succeed where its folder can be written.
            File::options().append(true).open(&target)?;
        }
        let folder = match target.parent() {
            Some(folder) if !folder.as_os_str().is_empty() => folder,
            _ => Path::new("."),
        };
        fs::create_dir_all(folder)?;
        let mut file = tempfile::Builder::new()
            .prefix(".banxin-")
            .suffix(".tmp")
            .permissions(permissions(&target))
            .tempfile_in(folder)?;
        file.write_all(bytes)?;
        file.as_file().sync_all()?;
        Ok(Self {
            target,
            how: How::Rename(file),
        })
    }

    /// Puts the file in its place.
    ///
    /// # Errors
    /// It cannot be renamed. The target is as it was.
    pub(super) fn commit(self) -> io::Result<()> {
        match self.how {
            How::Rename(file) => file.persist(&self.target).map(drop).map_err(|e| e.error),
            How::Through(bytes) => File::options()
                .write(true)
                .open(&self.target)?
                .write_all(&bytes),
        }
    }
}

/// The permissions of the file that is replaced, else those that the system gives a new file.
#[cfg(unix)]
fn permissions(target: &Path) -> fs::Permissions {
    use std::os::unix::fs::PermissionsExt;
    let old = fs::metadata(target).map(|m| m.permissions().mode() & 0o777);
    // The umask of the process is applied by the system when the file is made.
    fs::Permissions::from_mode(old.unwrap_or(0o666))
}

#[cfg(not(unix))]
fn permissions(target: &Path) -> fs::Permissions {
    fs::metadata(target)
        .or_else(|_| fs::metadata("."))
        .map(|m| m.permissions())
        .expect("the current folder has permissions")
}

/// Lets a write beyond the limit of file sizes fail like a full disk, where the system would end
/// the program and leave its temporary file.
pub(super) fn take_size_limit_as_error() {
    #[cfg(unix)]
    {
        let raised = std::sync::Arc::new(std::sync::atomic::AtomicBool::new(false));
        // Where the handler cannot be set the system's own way stays; nothing is lost by it.
        let _ = signal_hook::flag::register(signal_hook::consts::SIGXFSZ, raised);
    }
}

/// Whether a path means standard output.
pub(super) fn is_stdout(path: &Path) -> bool {
    path == Path::new("-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_uncommitted_file_leaves_nothing_behind() {
        let folder = tempfile::tempdir().unwrap();
        let target = folder.path().join("a.pdf");
        fs::write(&target, "old").unwrap();
        drop(Ready::write(&target, b"new").unwrap());
        assert_eq!(fs::read(&target).unwrap(), b"old");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
        Ready::write(&target, b"new").unwrap().commit().unwrap();
        assert_eq!(fs::read(&target).unwrap(), b"new");
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_device_is_written_not_replaced() {
        let full = Ready::write(Path::new("/dev/full"), b"new").unwrap();
        assert!(full.commit().is_err());
        assert!(!fs::metadata("/dev/full").unwrap().is_file());
    }

    #[test]
    fn a_folder_is_no_target() {
        let folder = tempfile::tempdir().unwrap();
        assert!(Ready::write(folder.path(), b"new").is_err());
    }
}
