//! The command `banxin`: exit codes and the broken pipe; nothing else.

mod cli;

use std::process::ExitCode;

fn main() -> ExitCode {
    cli::run()
}
