//! One run over one publication: opened, its diagnostics shown, its end decided.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use banxin::diag::{Diagnostic, Severity};
use banxin::{Options, Publication};

use super::args::{MessageFormat, Reading};
use super::progress::Progress;
use super::report::Report;

/// Why a run ends without its result.
#[derive(Debug, thiserror::Error)]
pub(super) enum Failure {
    /// The manuscript has errors, already shown.
    #[error("the manuscript has errors")]
    Manuscript,
    /// A finished file does not keep its promises, as was already shown.
    #[error("the file does not keep its promises")]
    Promise,
    /// The library met a fault of the machine.
    #[error(transparent)]
    Library(#[from] banxin::Error),
    /// The result cannot be written.
    #[error("{}: {fault}", target.display())]
    Output {
        /// The file, or `standard output`.
        target: PathBuf,
        /// What the system says.
        fault: io::Error,
    },
    /// The call asks for what cannot be.
    #[error("{0}")]
    Call(String),
}

/// A publication and how to talk about it.
pub(super) struct Session {
    /// What was opened.
    pub(super) publication: Publication,
    report: Report,
    deny_warnings: bool,
    verbose: bool,
    met: Vec<Diagnostic>,
    progress: Progress,
}

impl Session {
    /// Opens the publication that the arguments name. Nothing is shown yet, so that all faults of
    /// a run come together.
    ///
    /// # Errors
    /// See [`Failure`].
    pub(super) fn open(reading: &Reading) -> Result<Self, Failure> {
        let mut set = Vec::new();
        for pair in &reading.set {
            let Some((key, value)) = pair.split_once('=') else {
                return Err(Failure::Call(format!("--set {pair}: it wants KEY=VALUE")));
            };
            set.push((key.trim().to_owned(), value.to_owned()));
        }
        let options = Options {
            set,
            source_date_epoch: source_date_epoch()?,
        };
        let mut progress = Progress::start(!reading.quiet);
        progress.stage("reading");
        let opened = Publication::open(&reading.path, &options)?;
        Ok(Self {
            publication: opened.value,
            report: report(reading),
            deny_warnings: reading.deny.is_some(),
            verbose: reading.verbose,
            met: opened.diagnostics,
            progress,
        })
    }

    /// Says what is being done, where somebody wants to know.
    pub(super) fn stage(&mut self, words: &str) {
        if self.verbose {
            eprintln!("banxin: {words}");
        }
        self.progress.stage(words);
    }

    /// Takes further diagnostics of this run.
    pub(super) fn meet(&mut self, diagnostics: Vec<Diagnostic>) {
        self.met.extend(diagnostics);
    }

    /// Whether what was met so far forbids an output.
    pub(super) fn is_refused(&self) -> bool {
        let bar = if self.deny_warnings {
            Severity::Warning
        } else {
            Severity::Error
        };
        self.met.iter().any(|d| d.severity >= bar)
    }

    /// Shows everything that was met.
    ///
    /// # Errors
    /// [`Failure::Manuscript`] where it forbids an output.
    pub(super) fn settle(&mut self) -> Result<(), Failure> {
        self.progress.end();
        self.report
            .print(&self.met, &self.publication.sources)
            .map_err(|fault| Failure::Output {
                target: "standard error".into(),
                fault,
            })?;
        if self.is_refused() {
            Err(Failure::Manuscript)
        } else {
            Ok(())
        }
    }

    /// Names a file that was written, where somebody looks on.
    pub(super) fn say_written(&self, target: &Path) {
        if !self.report.quiet && self.report.format == MessageFormat::Long {
            eprintln!("banxin: {}", target.display());
        }
    }

    /// How many of what was met weigh so much.
    pub(super) fn count(&self, severity: Severity) -> usize {
        self.met.iter().filter(|d| d.severity == severity).count()
    }
}

/// How the diagnostics of a run are shown.
pub(super) fn report(reading: &Reading) -> Report {
    Report {
        format: reading.message_format,
        colour: reading.color,
        prefix: prefix(&reading.path),
        quiet: reading.quiet,
    }
}

/// Writes a result to standard output.
///
/// # Errors
/// Standard output cannot be written.
pub(super) fn print(bytes: &[u8]) -> Result<(), Failure> {
    let mut out = io::stdout().lock();
    out.write_all(bytes)
        .and_then(|()| out.flush())
        .map_err(|fault| Failure::Output {
            target: "standard output".into(),
            fault,
        })
}

/// What stands before the names of a publication's files as seen from the current folder.
fn prefix(path: &Path) -> String {
    let folder = if path.is_file() {
        path.parent().unwrap_or(Path::new(""))
    } else {
        path
    };
    let text = folder.to_string_lossy().replace('\\', "/");
    let text = text.trim_end_matches('/').trim_start_matches("./");
    match text {
        "" if folder.has_root() => "/".to_owned(),
        "" | "." => String::new(),
        text => format!("{text}/"),
    }
}

#[expect(clippy::disallowed_methods, reason = "it is part of the command line")]
/// `SOURCE_DATE_EPOCH` (reproducible-builds.org): seconds since 1970.
fn source_date_epoch() -> Result<Option<i64>, Failure> {
    match std::env::var("SOURCE_DATE_EPOCH") {
        Ok(text) if !text.trim().is_empty() => text
            .trim()
            .parse()
            .map(Some)
            .map_err(|_| Failure::Call(format!("SOURCE_DATE_EPOCH={text}: it wants seconds"))),
        _ => Ok(None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_seen_from_the_current_folder() {
        assert_eq!(prefix(Path::new("no/such/folder/")), "no/such/folder/");
        assert_eq!(prefix(Path::new(".")), "");
        assert_eq!(prefix(Path::new("./nowhere")), "nowhere/");
        assert_eq!(prefix(Path::new("Cargo.toml")), "");
    }
}
