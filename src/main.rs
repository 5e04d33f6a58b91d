//! Arguments in, exit code out.

use std::process::ExitCode;

/// The numbers of a large design are many small pieces: they are made in little more than half the time.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    ExitCode::from(sysdesign::cli::run(std::env::args_os()) as u8)
}
