//! Files that the program writes: whole or not at all, and only where something changes.

use super::files::{Trouble, io_trouble, kind_of, path_of, trouble};
use std::ffi::OsString;
use std::io::{ErrorKind, Write};
use std::path::{Component, Path, PathBuf};

const MARK: &[u8] = b"\xef\xbb\xbf";
/// How many names are tried for a file beside the one that is written.
const MOST_NAMES: usize = 100;

/// A text that takes the place of another one.
#[derive(Debug)]
pub struct Rewrite<'a> {
    /// What makes it the same file under two spellings, as documents have it.
    pub identity: &'a str,
    /// The text that was read, without a byte order mark.
    pub old: &'a str,
    /// The text that is to stand there.
    pub new: &'a str,
}

/// Whether there is something at a path.
pub fn is_there(path: &Path) -> bool {
    std::fs::symlink_metadata(path).is_ok()
}

/// Writes the new texts, when all files still hold what was read of them; else none.
pub fn rewrite(texts: &[Rewrite<'_>]) -> Result<(), Trouble> {
    let mut whole = Vec::new();
    for text in texts.iter().filter(|text| text.old != text.new) {
        let path = path_of(text.identity);
        let bytes = std::fs::read(&path).map_err(|error| io_trouble(&path, &error))?;
        let mark = if bytes.starts_with(MARK) { MARK } else { &[] };
        if bytes.strip_prefix(mark) != Some(text.old.as_bytes()) {
            return Err(trouble(&path, "has changed since it was read: nothing is written"));
        }
        check_writable(&path)?;
        whole.push((path, [mark, text.new.as_bytes()].concat()));
    }
    whole.iter().try_for_each(|(path, bytes)| replace(path, bytes).map(|_| ()))
}

/// Puts bytes into a file, through another one beside it: whoever looks sees the old file or the new one. Says whether
/// anything was written: a file that holds these bytes already is left alone, so that whoever watches it sees no change.
/// A symbolic link is refused: nobody can tell whether the link or what it leads to is meant.
pub fn replace(path: &Path, bytes: &[u8]) -> Result<bool, Trouble> {
    match std::fs::symlink_metadata(path) {
        Ok(metadata) if metadata.is_symlink() => {
            return Err(trouble(path, "is a symbolic link: name the file that it leads to"));
        }
        Ok(_) => {
            check_writable(path)?;
            if std::fs::read(path).is_ok_and(|old| old == bytes) {
                return Ok(false);
            }
        }
        Err(error) if error.kind() == ErrorKind::NotFound => {}
        Err(error) => return Err(cannot_write(path, &error)),
    }
    let (beside, mut file) = file_beside(path).map_err(|error| cannot_write(path, &error))?;
    let mut write = || {
        file.write_all(bytes)?;
        file.sync_all()?;
        if let Ok(metadata) = std::fs::metadata(path) {
            std::fs::set_permissions(&beside, metadata.permissions())?;
        }
        std::fs::rename(&beside, path)
    };
    write().map(|()| true).map_err(|error| {
        // The reason is told; that the half file cannot be taken away either would only hide it.
        let _ = std::fs::remove_file(&beside);
        cannot_write(path, &error)
    })
}

/// Makes a folder, and those above it.
pub fn make_folder(path: &Path) -> Result<(), Trouble> {
    std::fs::create_dir_all(path).map_err(|error| trouble(path, &format!("cannot be made: {error}")))
}

/// Renaming over a file that may only be read would work, and is not what its owner wants.
fn check_writable(path: &Path) -> Result<(), Trouble> {
    let metadata = std::fs::metadata(path).map_err(|error| io_trouble(path, &error))?;
    match kind_of(&metadata) {
        Some(kind) => Err(trouble(path, &format!("is {kind}, not a file"))),
        None if metadata.permissions().readonly() => Err(trouble(path, "cannot be written: it is read-only")),
        None => Ok(()),
    }
}

fn cannot_write(path: &Path, error: &std::io::Error) -> Trouble {
    match error.kind() {
        ErrorKind::NotFound => trouble(path, "cannot be written: there is no such folder"),
        ErrorKind::PermissionDenied => trouble(path, "cannot be written: permission denied"),
        _ => trouble(path, &format!("cannot be written: {error}")),
    }
}

/// A new file in the same folder, so that renaming it is one step.
fn file_beside(target: &Path) -> std::io::Result<(PathBuf, std::fs::File)> {
    let name = target.file_name().ok_or(ErrorKind::InvalidInput)?;
    let mut last = std::io::Error::from(ErrorKind::AlreadyExists);
    for number in 0..MOST_NAMES {
        let mut hidden = OsString::from(".");
        hidden.push(name);
        hidden.push(format!(".{}-{number}.tmp", std::process::id()));
        let beside = target.with_file_name(hidden);
        match std::fs::OpenOptions::new().write(true).create_new(true).open(&beside) {
            Ok(file) => return Ok((beside, file)),
            Err(error) if error.kind() == ErrorKind::AlreadyExists => last = error,
            Err(error) => return Err(error),
        }
    }
    Err(last)
}

/// How a file is called when it is seen from the folder of another one, with `/` between folders. Both paths are as
/// messages show them: absolute, or relative to the working folder.
pub fn seen_from(other: &Path, name: &str) -> String {
    let here = std::env::current_dir().unwrap_or_default();
    let other = super::files::normalised(&here.join(other));
    let file = super::files::normalised(&here.join(name));
    let folder = other.parent().unwrap_or(Path::new(""));
    let shared = folder.components().zip(file.components()).take_while(|(one, two)| one == two).count();
    let up = folder.components().skip(shared).map(|_| Component::ParentDir);
    let path: PathBuf = up.chain(file.components().skip(shared)).collect();
    path.to_string_lossy().replace(std::path::MAIN_SEPARATOR, "/")
}
