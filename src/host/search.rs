//! Finds the designs in a folder: YAML files that begin with `sysdesign:`, honouring .gitignore.

use ignore::WalkBuilder;
use std::io::Read;
use std::path::{Path, PathBuf};

/// The designs below a folder, sorted, and the files and folders that could not be looked into.
pub fn designs_below(folder: &Path) -> (Vec<PathBuf>, Vec<String>) {
    let mut found = Vec::new();
    let mut troubles = Vec::new();
    for entry in WalkBuilder::new(folder).require_git(false).build() {
        match entry {
            Ok(entry) => {
                let is_file = entry.file_type().is_some_and(|kind| kind.is_file());
                let path = entry.path();
                let is_yaml = path.extension().is_some_and(|end| end == "yaml" || end == "yml");
                if is_file && is_yaml {
                    match begins_like_a_design(path) {
                        Ok(true) => found.push(entry.into_path()),
                        Ok(false) => {}
                        Err(error) => troubles.push(format!("`{}` cannot be read: {error}", path.display())),
                    }
                }
            }
            Err(error) => troubles.push(error.to_string()),
        }
    }
    found.sort();
    (found, troubles)
}

/// Whether a line among the first begins with the key that every design begins with.
fn begins_like_a_design(path: &Path) -> std::io::Result<bool> {
    const LOOK_AT: u64 = 64 * 1024;
    let mut bytes = Vec::new();
    std::fs::File::open(path)?.take(LOOK_AT).read_to_end(&mut bytes)?;
    let text = String::from_utf8_lossy(&bytes);
    let text = text.trim_start_matches('\u{feff}');
    let is_key = |line: &str| {
        let rest =
            ["sysdesign", "\"sysdesign\"", "'sysdesign'"].iter().find_map(|key| line.strip_prefix(key));
        rest.is_some_and(|rest| rest.trim_start().starts_with(':'))
    };
    Ok(text.split(['\n', '\r']).any(is_key))
}
