//! `check`: every diagnostic, nothing written.

use banxin::diag::Severity;

use super::args::CheckArgs;
use super::session::{Failure, Session};

/// Reads, lays out and shows what was met.
///
/// # Errors
/// See [`Failure`].
pub(super) fn check(args: &CheckArgs) -> Result<(), Failure> {
    let mut session = Session::open(&args.reading)?;
    session.stage("setting pages");
    let met = session.publication.lay_out().diagnostics;
    session.meet(met);
    let result = session.settle();
    if !args.reading.quiet && args.reading.message_format == super::args::MessageFormat::Long {
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

/// How many there are of a thing, in words.
fn count(number: usize, thing: &str) -> String {
    let end = if number == 1 { "" } else { "s" };
    format!("{number} {thing}{end}")
}
