//! Files are written whole or not at all: into a new file beside the old one, which then takes its place.

use super::files::Trouble;
use std::io::Write;
use std::path::{Path, PathBuf};

fn trouble(path: &Path, what: &str) -> Trouble {
    Trouble { message: format!("`{}` {what}", path.display()) }
}

/// Writes a file. One that holds these bytes already is left alone, so that whoever watches it sees no change; says
/// whether anything was written.
pub fn write(path: &Path, bytes: &[u8]) -> Result<bool, Trouble> {
    let cannot = |error: &std::io::Error| trouble(path, &format!("cannot be written: {error}"));
    let old = match std::fs::symlink_metadata(path) {
        Ok(metadata) if metadata.is_symlink() => {
            return Err(trouble(path, "is a symbolic link: name the file that it leads to"));
        }
        Ok(metadata) if !metadata.is_file() => return Err(trouble(path, "is not a file")),
        Ok(metadata) => Some(metadata),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => None,
        Err(error) => return Err(cannot(&error)),
    };
    if let Some(old) = &old {
        if old.permissions().readonly() {
            return Err(trouble(path, "cannot be written: it is read-only"));
        }
        if old.len() == bytes.len() as u64 && is_same(path, bytes) {
            return Ok(false);
        }
    }
    let beside = name_beside(path);
    let written = write_new(&beside, bytes, old.as_ref());
    let placed = written.and_then(|()| std::fs::rename(&beside, path));
    placed.map(|()| true).map_err(|error| {
        // What is left of it is of no use to anybody.
        let _ = std::fs::remove_file(&beside);
        cannot(&error)
    })
}

fn is_same(path: &Path, bytes: &[u8]) -> bool {
    std::fs::read(path).is_ok_and(|old| old == bytes)
}

fn write_new(path: &Path, bytes: &[u8], old: Option<&std::fs::Metadata>) -> std::io::Result<()> {
    let mut file = std::fs::OpenOptions::new().write(true).create_new(true).open(path)?;
    if let Some(old) = old {
        file.set_permissions(old.permissions())?;
    }
    file.write_all(bytes)?;
    file.sync_all()
}

/// A name in the same folder, so that the new file can take the place of the old one.
fn name_beside(path: &Path) -> PathBuf {
    let name = path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
    let name: String = name.chars().take(60).collect();
    path.with_file_name(format!(".{name}.{}.new", std::process::id()))
}

/// Makes a folder, and those above it.
pub fn make_folder(path: &Path) -> Result<(), Trouble> {
    std::fs::create_dir_all(path).map_err(|error| trouble(path, &format!("cannot be made: {error}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_replaced_whole_and_equal_bytes_are_left_alone() {
        let folder = std::env::temp_dir().join(format!("sysdesign-write-{}", std::process::id()));
        make_folder(&folder).expect("a folder");
        let file = folder.join("a.md");
        assert!(write(&file, b"one").expect("written"));
        assert!(!write(&file, b"one").expect("left alone"));
        assert!(write(&file, b"two").expect("written"));
        assert_eq!(std::fs::read_dir(&folder).expect("a folder").count(), 1, "nothing else is left there");
        assert!(write(&folder.join("no").join("b.md"), b"x").is_err());
        assert!(write(&folder, b"x").is_err());
        std::fs::remove_dir_all(&folder).expect("removed");
    }
}
