//! `sysdesign completions`

use super::{Exit, output};
use clap_complete::Shell;

/// Print a completion script for a shell
///
/// Load it where the shell begins, for example in bash with `eval "$(sysdesign completions bash)"`, in fish with
/// `sysdesign completions fish | source`.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The shell
    #[arg(value_enum)]
    shell: Shell,
}

/// Prints the script.
pub fn run(arguments: &Arguments) -> Exit {
    let mut script = Vec::new();
    clap_complete::generate(arguments.shell, &mut super::command(), "sysdesign", &mut script);
    output::print(|out| out.write_all(&script)).err().unwrap_or(Exit::Clean)
}
