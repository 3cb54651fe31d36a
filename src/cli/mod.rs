//! The commands: each has its file; here they are told apart.

mod args;
mod build;
mod check;
mod excerpt;
mod fonts;
mod inspect;
mod lines;
mod output;
mod progress;
mod report;
mod session;

use std::process::ExitCode;

use clap::Parser;

use args::{Cli, Command};
use session::Failure;

/// Runs the program; gives 0 when done, 1 for faults of the manuscript, 2 for those of the
/// machine or of the call.
pub(crate) fn run() -> ExitCode {
    output::take_size_limit_as_error();
    let cli = Cli::parse();
    let result = match cli.command {
        Command::Epub(args) => build::epub(&args),
        Command::Pdf(args) => build::pdf(&args),
        Command::Build(args) => build::both(&args),
        Command::Check(args) => check::check(&args),
        Command::Inspect(args) => inspect::inspect(&args),
        Command::Fonts(args) => fonts::fonts(&args),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(Failure::Manuscript | Failure::Promise) => ExitCode::from(1),
        // Whoever read our output has seen enough.
        Err(Failure::Output { fault, .. }) if fault.kind() == std::io::ErrorKind::BrokenPipe => {
            ExitCode::SUCCESS
        }
        Err(failure) => {
            eprintln!("banxin: {failure}");
            ExitCode::from(2)
        }
    }
}
