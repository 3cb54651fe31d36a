//! A publication in a folder of its own, and the command run on it.

use std::fs;
use std::path::{Path, PathBuf};

use assert_cmd::Command;
use serde_json::Value;

/// A folder that goes away at the end, with a small sound publication in `book/`.
pub struct Publication {
    folder: tempfile::TempDir,
}

/// What the command left behind.
pub struct Ended {
    pub code: Option<i32>,
    pub stdout: Vec<u8>,
    pub stderr: String,
}

impl Publication {
    pub fn sound() -> Self {
        let publication = Self {
            folder: tempfile::tempdir().unwrap(),
        };
        publication
            .write(
                "book/book.toml",
                "[book]\ntitle = \"試題\"\ndate = \"2025-03-06\"\n",
            )
            .write(
                "book/articles/01.md",
                "---\ntitle: 一\n---\n\n香港的故事，從這裏說起。\n",
            );
        publication
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn root(&self) -> &Path {
        self.folder.path()
    }

    pub fn write(&self, name: &str, content: impl AsRef<[u8]>) -> &Self {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
        self
    }

    /// The article's front matter with this body.
    pub fn article(&self, body: &str) -> &Self {
        self.write(
            "book/articles/01.md",
            format!("---\ntitle: 一\n---\n\n{body}\n"),
        )
    }

    pub fn command(&self) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_banxin"));
        command
            .current_dir(self.root())
            .env_remove("SOURCE_DATE_EPOCH")
            .env("NO_COLOR", "1");
        command
    }

    pub fn run(&self, args: &[&str]) -> Ended {
        let output = self.command().args(args).output().unwrap();
        Ended {
            code: output.status.code(),
            stdout: output.stdout,
            stderr: String::from_utf8(output.stderr).unwrap(),
        }
    }

    /// Runs `build` with JSON messages; gives them with the exit code.
    pub fn build(&self) -> (Option<i32>, Vec<Value>) {
        let ended = self.run(&["build", "--message-format", "json"]);
        let messages = ended
            .stderr
            .lines()
            .map(|l| serde_json::from_str(l).expect(l))
            .collect();
        (ended.code, messages)
    }

    /// Asserts that a build is refused with this error at this place, with a hint, and that
    /// nothing is written. `place` is `file:line:column` below `book/`, or empty.
    #[track_caller]
    pub fn refused(&self, code: &str, place: &str) -> Value {
        let (exit, messages) = self.build();
        assert_eq!(exit, Some(1), "{messages:#?}");
        assert!(!self.path("dist").exists(), "something was written");
        let found = messages
            .iter()
            .find(|m| m["code"] == code && m["severity"] == "error");
        let found = found
            .unwrap_or_else(|| panic!("no {code} in {messages:#?}"))
            .clone();
        if !place.is_empty() {
            let told = format!(
                "{}:{}:{}",
                found["file"].as_str().unwrap_or(""),
                found["line"],
                found["column"]
            );
            assert_eq!(told, format!("book/{place}"), "{found:#?}");
        }
        assert!(
            !found["hints"].as_array().unwrap().is_empty(),
            "no hint: {found:#?}"
        );
        found
    }
}

impl Ended {
    #[track_caller]
    pub fn succeeded(self) -> Self {
        assert_eq!(self.code, Some(0), "{}", self.stderr);
        self
    }
}

/// A PNG of one grey pixel.
pub fn png() -> Vec<u8> {
    let mut bytes = std::io::Cursor::new(Vec::new());
    image::GrayImage::from_pixel(8, 8, image::Luma([128]))
        .write_to(&mut bytes, image::ImageFormat::Png)
        .unwrap();
    bytes.into_inner()
}

/// A JPEG of a few grey pixels.
pub fn jpeg() -> Vec<u8> {
    let mut bytes = std::io::Cursor::new(Vec::new());
    image::GrayImage::from_pixel(8, 8, image::Luma([128]))
        .write_to(&mut bytes, image::ImageFormat::Jpeg)
        .unwrap();
    bytes.into_inner()
}
