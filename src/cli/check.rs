//! `check`: every diagnostic of a manuscript or of a finished file, nothing written.

use std::path::Path;

use banxin::diag::{Severity, Sources};
use banxin::verify;

use super::args::{CheckArgs, MessageFormat, Reading};
use super::session::{Failure, Session, report};

/// Reads, lays out and shows what was met; or reads a finished file.
///
/// # Errors
/// See [`Failure`].
pub(super) fn check(args: &CheckArgs) -> Result<(), Failure> {
    if let Some(file) = &args.pdf {
        return finished(file, &args.reading);
    }
    let mut session = Session::open(&args.reading)?;
    session.stage("setting pages");
    let met = session.publication.lay_out().diagnostics;
    session.meet(met);
    let result = session.settle();
    if is_talking(&args.reading) {
        let (errors, warnings) = (
            session.count(Severity::Error),
            session.count(Severity::Warning),
        );
        eprintln!(
            "banxin: {}, {}",
            count(errors, "error"),
            count(warnings, "warning")
        );
    }
    result
}

/// Shows whether a finished file keeps its promises.
fn finished(file: &Path, reading: &Reading) -> Result<(), Failure> {
    let bytes = std::fs::read(file).map_err(|fault| Failure::Output {
        target: file.to_owned(),
        fault,
    })?;
    let found = verify::pdf(&bytes);
    report(reading)
        .print(&found.diagnostics, &Sources::default())
        .map_err(|fault| Failure::Output {
            target: "standard error".into(),
            fault,
        })?;
    let of = |severity: Severity| {
        let all = found.diagnostics.iter();
        all.filter(|d| d.severity == severity).count()
    };
    let (errors, warnings) = (of(Severity::Error), of(Severity::Warning));
    if is_talking(reading) {
        let verified = &found.value;
        let claims = match verified.claims.join(", ") {
            none if none.is_empty() => "claims no standard".to_owned(),
            claims => format!("claims {claims}"),
        };
        eprintln!(
            "banxin: {}: {claims}; {}, {}, {}; {}, {}",
            file.display(),
            count(verified.pages, "page"),
            count(verified.fonts, "font"),
            count(verified.elements, "element"),
            count(errors, "error"),
            count(warnings, "warning")
        );
    }
    if errors > 0 || reading.deny.is_some() && warnings > 0 {
        return Err(Failure::Promise);
    }
    Ok(())
}

fn is_talking(reading: &Reading) -> bool {
    !reading.quiet && reading.message_format == MessageFormat::Long
}

/// How many there are of a thing, in words.
fn count(number: usize, thing: &str) -> String {
    let end = if number == 1 { "" } else { "s" };
    format!("{number} {thing}{end}")
}
