//! Running the program on the designs of this folder.

use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// How a run of the program ended.
pub struct Ran {
    pub code: Option<i32>,
    pub out: String,
    pub err: String,
}

/// Runs the program on a design.
pub fn sysdesign(arguments: &[&str], design: &Path) -> Ran {
    let output = Command::new(env!("CARGO_BIN_EXE_sysdesign"))
        .args(arguments)
        .arg(design)
        .stdin(Stdio::null())
        .output()
        .expect("the program starts");
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    Ran { code: output.status.code(), out: text(&output.stdout), err: text(&output.stderr) }
}

/// The designs with known numbers, in the order of their names.
pub fn designs() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/estimates/known");
    let files = std::fs::read_dir(&folder).expect("the folder can be read");
    let mut found: Vec<PathBuf> = files.map(|file| file.expect("the folder can be read").path()).collect();
    found.retain(|path| path.extension().is_some_and(|extension| extension == "yaml"));
    found.sort();
    assert!(found.len() > 40, "only {} designs in {}", found.len(), folder.display());
    found
}

/// The text of a file.
#[allow(clippy::disallowed_methods)]
pub fn read(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// All numbers of a design, as the program prints them for other programs.
pub fn estimate(path: &Path) -> Result<Value, String> {
    let ran = sysdesign(&["estimate", "--format", "json"], path);
    serde_json::from_str(&ran.out)
        .map_err(|error| format!("no JSON ({error}), exit code {:?}: {}{}", ran.code, ran.out, ran.err))
}
