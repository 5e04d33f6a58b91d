//! Running the program, and finding one's way in the repository.

use std::path::{Path, PathBuf};
use std::process::Command;

/// The folder of the repository.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// A file of the repository, with `\n` at the ends of lines.
pub fn read(path: &str) -> String {
    let text = std::fs::read_to_string(root().join(path));
    text.unwrap_or_else(|error| panic!("{path}: {error}")).replace("\r\n", "\n")
}

/// Whether a test must not be skipped for want of tools.
pub fn in_ci() -> bool {
    std::env::var_os("CI").is_some_and(|value| !value.is_empty())
}

/// An empty folder of this test run.
pub fn empty_folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).expect("a folder can be made");
    folder
}

/// How a run of the program ended.
pub struct Ran {
    /// The exit code.
    pub code: Option<i32>,
    /// What it said on both ways out.
    pub said: String,
}

/// Runs the program in a folder, as if in a pipe 100 columns wide.
pub fn sysdesign(folder: &Path, arguments: &[&str]) -> Ran {
    let mut command = Command::new(env!("CARGO_BIN_EXE_sysdesign"));
    command.args(arguments).current_dir(folder).env("COLUMNS", "100");
    ran(&mut command)
}

/// Runs a command, with nothing to read.
pub fn ran(command: &mut Command) -> Ran {
    let output = command.stdin(std::process::Stdio::null()).output().expect("the command starts");
    let said = [output.stdout, output.stderr].concat();
    Ran { code: output.status.code(), said: String::from_utf8_lossy(&said).into_owned() }
}

/// Compares a file of the repository with what it should be, or writes it anew when `UPDATE_DOCS` is set.
pub fn must_be_fresh(path: &str, fresh: &str) {
    if std::env::var_os("UPDATE_DOCS").is_some() {
        std::fs::write(root().join(path), fresh).expect("the file can be written");
        return;
    }
    let found = root().join(path).exists().then(|| read(path));
    assert!(
        found.as_deref() == Some(fresh),
        "{path} is stale: run `UPDATE_DOCS=1 cargo test --test project` and look at the difference"
    );
}
