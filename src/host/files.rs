//! Files as the rest of the program sees them: whole, regular, inside the project.

use crate::workspace::{Document, Files, Refusal};
use std::io::Read;
use std::path::{Component, Path, PathBuf};

/// One byte more than a design may have, so that the reader can tell that it has too many.
const READ_AT_MOST: u64 = 16 * 1024 * 1024 + 1;

/// Why a path given on the command line cannot be worked with.
#[derive(Debug)]
pub struct Trouble {
    /// What is wrong, with the path.
    pub message: String,
}

/// What a path on the command line is.
#[derive(Debug, PartialEq, Eq)]
pub enum Target {
    /// A regular file.
    File,
    /// A folder.
    Folder,
}

pub(super) fn trouble(path: &Path, what: &str) -> Trouble {
    let name = shown(path);
    let name = if name.is_empty() { path.to_string_lossy().into_owned() } else { name };
    Trouble { message: format!("`{name}` {what}") }
}

pub(super) fn io_trouble(path: &Path, error: &std::io::Error) -> Trouble {
    match error.kind() {
        std::io::ErrorKind::NotFound => trouble(path, "does not exist"),
        std::io::ErrorKind::PermissionDenied => trouble(path, "cannot be read: permission denied"),
        _ if is_loop(error) => trouble(path, &format!("is {LOOP}")),
        _ => trouble(path, &format!("cannot be read: {error}")),
    }
}

const LOOP: &str = "a symbolic link that leads back to itself";

/// The standard library has no stable name for this error yet.
fn is_loop(error: &std::io::Error) -> bool {
    let too_many_links = if cfg!(target_os = "linux") { 40 } else { 62 };
    cfg!(unix) && error.raw_os_error() == Some(too_many_links)
}

/// Tells files from folders; anything else cannot be read to its end.
pub fn target(path: &Path) -> Result<Target, Trouble> {
    let metadata = std::fs::metadata(path).map_err(|error| io_trouble(path, &error))?;
    match kind_of(&metadata) {
        None => Ok(Target::File),
        Some("a folder") => Ok(Target::Folder),
        Some(kind) => Err(trouble(path, &format!("is {kind}, not a file or folder"))),
    }
}

/// What something that is no regular file is.
pub(super) fn kind_of(metadata: &std::fs::Metadata) -> Option<&'static str> {
    if metadata.is_file() {
        None
    } else if metadata.is_dir() {
        Some("a folder")
    } else {
        Some("a device, pipe or socket")
    }
}

/// Reads a design given on the command line.
pub fn read(path: &Path) -> Result<Document, Trouble> {
    let canonical = std::fs::canonicalize(path).map_err(|error| io_trouble(path, &error))?;
    let bytes = read_bytes(path).map_err(|error| io_trouble(path, &error))?;
    Ok(Document { identity: identity(&canonical), name: shown(path), bytes })
}

/// Reads a design from standard input. Its includes are sought beside `name`.
pub fn read_stdin(name: Option<&Path>) -> Result<Document, Trouble> {
    let mut bytes = Vec::new();
    std::io::stdin()
        .lock()
        .take(READ_AT_MOST)
        .read_to_end(&mut bytes)
        .map_err(|error| Trouble { message: format!("standard input cannot be read: {error}") })?;
    let folder = std::env::current_dir().unwrap_or_default();
    let identity = self::identity(&folder.join(name.unwrap_or(Path::new("<stdin>"))));
    Ok(Document { identity, name: name.map_or_else(|| "<stdin>".to_owned(), shown), bytes })
}

fn read_bytes(path: &Path) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    std::fs::File::open(path)?.take(READ_AT_MOST).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Bytes that are no UTF-8 stand in an identity as characters that nobody uses, so that the way back is known.
#[cfg(unix)]
const FIRST_ODD: u32 = 0x10_ff00;

#[cfg(unix)]
fn identity(path: &Path) -> String {
    use std::os::unix::ffi::OsStrExt;
    let mut identity = String::new();
    for chunk in path.as_os_str().as_bytes().utf8_chunks() {
        identity.push_str(chunk.valid());
        identity
            .extend(chunk.invalid().iter().filter_map(|byte| char::from_u32(FIRST_ODD + u32::from(*byte))));
    }
    identity
}

/// The path that an identity was made of.
#[cfg(unix)]
pub(super) fn path_of(identity: &str) -> PathBuf {
    use std::os::unix::ffi::OsStringExt;
    let mut bytes = Vec::with_capacity(identity.len());
    for character in identity.chars() {
        let odd = (character as u32).checked_sub(FIRST_ODD).and_then(|byte| u8::try_from(byte).ok());
        match odd {
            Some(byte) => bytes.push(byte),
            None => bytes.extend(character.encode_utf8(&mut [0; 4]).bytes()),
        }
    }
    std::ffi::OsString::from_vec(bytes).into()
}

#[cfg(not(unix))]
fn identity(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}

#[cfg(not(unix))]
pub(super) fn path_of(identity: &str) -> PathBuf {
    identity.into()
}

/// A path as messages show it: relative to the working folder where it lies below, with `/` between folders.
fn shown(path: &Path) -> String {
    let relative =
        std::env::current_dir().ok().and_then(|folder| path.strip_prefix(folder).ok().map(Path::to_owned));
    let path = relative.as_deref().unwrap_or(path);
    let parts = path.components().filter(|part| *part != Component::CurDir);
    let path: PathBuf = parts.collect();
    path.to_string_lossy().replace(std::path::MAIN_SEPARATOR, "/")
}

/// The files of a project: those below the folder with `sysdesign.toml` or `.git`, or beside the design.
#[derive(Debug, Default)]
pub struct ProjectFiles;

/// The nearest folder above a file that marks a project; the file's own folder when none does.
pub fn project_root(file: &Path) -> PathBuf {
    let folder = file.parent().unwrap_or(Path::new("."));
    let marks = |folder: &&Path| folder.join("sysdesign.toml").exists() || folder.join(".git").exists();
    folder.ancestors().find(marks).unwrap_or(folder).to_owned()
}

impl Files for ProjectFiles {
    fn fetch(&mut self, from: &str, path: &str) -> Result<Document, Refusal> {
        let from = path_of(from);
        let from = from.as_path();
        let wanted = from.parent().unwrap_or(Path::new(".")).join(path);
        let refuse = |error: std::io::Error| match error.kind() {
            std::io::ErrorKind::NotFound | std::io::ErrorKind::NotADirectory => Refusal::Missing,
            std::io::ErrorKind::PermissionDenied => Refusal::Unreadable("permission denied".to_owned()),
            _ if is_loop(&error) => Refusal::NotAFile(LOOP),
            _ => Refusal::Unreadable(error.to_string()),
        };
        let root = project_root(from);
        let canonical_root = std::fs::canonicalize(&root).map_err(refuse)?;
        // A path that leaves the project is told so whether or not there is anything: asking is not for free.
        let outside = || Refusal::Outside { root: way_up(from, &root) };
        if !lexically_within(&wanted, &root) {
            return Err(outside());
        }
        let canonical = std::fs::canonicalize(&wanted).map_err(refuse)?;
        if !canonical.starts_with(&canonical_root) {
            return Err(outside());
        }
        let metadata = std::fs::metadata(&canonical).map_err(refuse)?;
        if let Some(kind) = kind_of(&metadata) {
            return Err(Refusal::NotAFile(kind));
        }
        let bytes = read_bytes(&canonical).map_err(refuse)?;
        Ok(Document { identity: identity(&canonical), name: shown(&normalised(&wanted)), bytes })
    }
}

/// How a file names a folder that it lies in: `.`, `..`, `../..`
fn way_up(file: &Path, folder: &Path) -> String {
    let below = file.parent().and_then(|own| own.strip_prefix(folder).ok());
    match below.map_or(0, |below| below.components().count()) {
        0 => ".".to_owned(),
        levels => vec![".."; levels].join("/"),
    }
}

/// The path with `..` taken back, without asking the disk.
pub(super) fn normalised(path: &Path) -> PathBuf {
    let mut result = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir if result.file_name().is_some() => {
                result.pop();
            }
            other => result.push(other),
        }
    }
    result
}

fn lexically_within(path: &Path, root: &Path) -> bool {
    normalised(path).starts_with(normalised(root))
}

/// The nearest configuration file, in the working folder or above it within the project.
pub fn find_config() -> Option<PathBuf> {
    let folder = std::env::current_dir().ok()?;
    for folder in folder.ancestors() {
        let file = folder.join(crate::config::FILE_NAME);
        if file.is_file() {
            return Some(file);
        }
        // A project ends where its repository begins.
        if folder.join(".git").exists() {
            return None;
        }
    }
    None
}
