//! Arguments in, exit code out.

use std::process::ExitCode;

fn main() -> ExitCode {
    ExitCode::from(sysdesign::cli::run(std::env::args_os()) as u8)
}
