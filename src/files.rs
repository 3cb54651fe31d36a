//! The port to the publication's folder: disk in the program, a map in tests.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Component, Path, PathBuf};

/// Why a file of the publication could not be had.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FileFault {
    /// It is not there.
    #[error("no such file")]
    Missing,
    /// The path leads out of the publication's folder, by itself or through a link.
    #[error("the path leaves the publication's folder")]
    Outside,
    /// It is there and cannot be read.
    #[error("{0}")]
    Unreadable(String),
}

/// Where the files of a publication come from.
///
/// Paths are relative to the publication's folder with `/` between their parts. No
/// implementation gives a file from outside of it.
pub trait Files {
    /// The bytes of a file.
    ///
    /// # Errors
    /// See [`FileFault`].
    fn read(&self, path: &str) -> Result<Vec<u8>, FileFault>;

    /// The names of the files directly in a folder, sorted; folders are left out.
    ///
    /// # Errors
    /// See [`FileFault`].
    fn list(&self, folder: &str) -> Result<Vec<String>, FileFault>;

    /// Whether a file is there.
    fn exists(&self, path: &str) -> bool;
}

/// Joins a path named inside the file `from` (both from the publication's folder) and takes out
/// its `.` and `..`; `None` where it leaves the folder.
///
/// ```
/// use banxin::files::join;
/// assert_eq!(join("articles/01.md", "../images/a.png").as_deref(), Some("images/a.png"));
/// assert_eq!(join("01.md", "../a.png"), None);
/// assert_eq!(join("01.md", "/etc/passwd"), None);
/// ```
#[must_use]
pub fn join(from: &str, path: &str) -> Option<String> {
    let path = path.replace('\\', "/");
    if path.starts_with('/') || path.contains('\0') || path.as_bytes().get(1) == Some(&b':') {
        return None;
    }
    let folder = from.rfind('/').map_or("", |end| &from[..end]);
    let mut parts: Vec<&str> = Vec::new();
    for part in folder.split('/').chain(path.split('/')) {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            other => parts.push(other),
        }
    }
    Some(parts.join("/"))
}

/// A folder on disk.
#[derive(Debug, Clone)]
pub struct Disk {
    root: PathBuf,
}

impl Disk {
    /// The port to a folder.
    ///
    /// # Errors
    /// The folder is not there or cannot be entered.
    pub fn new(root: impl AsRef<Path>) -> std::io::Result<Self> {
        Ok(Self {
            root: root.as_ref().canonicalize()?,
        })
    }

    /// The real path of a file inside the folder.
    fn resolve(&self, path: &str) -> Result<PathBuf, FileFault> {
        let relative = Path::new(path);
        let plain = relative
            .components()
            .all(|c| matches!(c, Component::Normal(_)));
        if !plain && !path.is_empty() {
            return Err(FileFault::Outside);
        }
        let real = self
            .root
            .join(relative)
            .canonicalize()
            .map_err(|e| fault(&e))?;
        if real.starts_with(&self.root) {
            Ok(real)
        } else {
            Err(FileFault::Outside)
        }
    }
}

fn fault(error: &std::io::Error) -> FileFault {
    if error.kind() == std::io::ErrorKind::NotFound {
        FileFault::Missing
    } else {
        FileFault::Unreadable(error.to_string())
    }
}

impl Files for Disk {
    fn read(&self, path: &str) -> Result<Vec<u8>, FileFault> {
        let real = self.resolve(path)?;
        // A pipe or a device would block or never end.
        if !real.is_file() {
            return Err(FileFault::Unreadable("not a regular file".into()));
        }
        fs::read(real).map_err(|e| fault(&e))
    }

    fn list(&self, folder: &str) -> Result<Vec<String>, FileFault> {
        let real = self.resolve(folder)?;
        let mut names = Vec::new();
        for entry in fs::read_dir(real).map_err(|e| fault(&e))? {
            let entry = entry.map_err(|e| fault(&e))?;
            if let (true, Ok(name)) = (entry.path().is_file(), entry.file_name().into_string()) {
                names.push(name);
            }
        }
        names.sort();
        Ok(names)
    }

    fn exists(&self, path: &str) -> bool {
        self.resolve(path).is_ok_and(|real| real.is_file())
    }
}

/// Files held in memory, for tests and for callers with other stores.
///
/// ```
/// use banxin::files::{Files, Memory};
/// let files = Memory::new([("a.md", "文".as_bytes().to_vec())]);
/// assert_eq!(files.read("a.md").unwrap(), "文".as_bytes());
/// ```
#[derive(Debug, Clone, Default)]
pub struct Memory {
    files: BTreeMap<String, Vec<u8>>,
}

impl Memory {
    /// A store of these files.
    #[must_use]
    pub fn new<S: Into<String>>(files: impl IntoIterator<Item = (S, Vec<u8>)>) -> Self {
        Self {
            files: files
                .into_iter()
                .map(|(name, bytes)| (name.into(), bytes))
                .collect(),
        }
    }
}

impl Files for Memory {
    fn read(&self, path: &str) -> Result<Vec<u8>, FileFault> {
        self.files.get(path).cloned().ok_or(FileFault::Missing)
    }

    fn list(&self, folder: &str) -> Result<Vec<String>, FileFault> {
        let prefix = if folder.is_empty() {
            String::new()
        } else {
            format!("{folder}/")
        };
        let names: Vec<String> = self
            .files
            .keys()
            .filter_map(|path| path.strip_prefix(&prefix))
            .filter(|rest| !rest.contains('/'))
            .map(str::to_owned)
            .collect();
        if names.is_empty() {
            Err(FileFault::Missing)
        } else {
            Ok(names)
        }
    }

    fn exists(&self, path: &str) -> bool {
        self.files.contains_key(path)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_out_of_the_folder_are_refused() {
        let outside = tempfile::tempdir().unwrap();
        fs::write(outside.path().join("secret"), "x").unwrap();
        let inside = tempfile::tempdir().unwrap();
        fs::write(inside.path().join("a.md"), "甲").unwrap();
        let disk = Disk::new(inside.path()).unwrap();
        assert_eq!(disk.read("a.md").unwrap(), "甲".as_bytes());
        assert_eq!(disk.read("../secret"), Err(FileFault::Outside));
        assert_eq!(disk.read("b.md"), Err(FileFault::Missing));
        #[cfg(unix)]
        {
            std::os::unix::fs::symlink(outside.path().join("secret"), inside.path().join("l"))
                .unwrap();
            assert_eq!(disk.read("l"), Err(FileFault::Outside));
        }
    }
}
