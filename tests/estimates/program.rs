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

/// Checks a design.
pub fn validate(design: &Path) -> Ran {
    ran(Command::new(env!("CARGO_BIN_EXE_sysdesign")).arg("validate").arg(design))
}

fn ran(command: &mut Command) -> Ran {
    let output = command.stdin(Stdio::null()).output().expect("the program starts");
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

/// The numbers of a design, as the program prints them for other programs.
///
/// Some numbers are only worked out when they are named. An address that does not exist is an error, so these are asked for
/// one by one.
pub fn estimate<'a>(path: &Path, addresses: impl Iterator<Item = &'a str>) -> Result<Value, String> {
    let mut all = printed(path, &[])?;
    let values = all.get_mut("values").and_then(Value::as_array_mut).ok_or("there are no `values`")?;
    for address in addresses {
        let is_there = |value: &Value| value.get("address").and_then(Value::as_str) == Some(address);
        if !values.iter().any(is_there)
            && let Ok(mut named) = printed(path, &[address])
            && let Some(more) = named.get_mut("values").and_then(Value::as_array_mut)
        {
            values.append(more);
        }
    }
    Ok(all)
}

fn printed(path: &Path, addresses: &[&str]) -> Result<Value, String> {
    let mut command = Command::new(env!("CARGO_BIN_EXE_sysdesign"));
    command.arg("estimate").arg(path).args(addresses).args(["--format", "json"]);
    let ran = ran(&mut command);
    serde_json::from_str(&ran.out)
        .map_err(|error| format!("no JSON ({error}), exit code {:?}: {}{}", ran.code, ran.out, ran.err))
}
