//! The fast path against the general parser: wherever the first answers, the second must accept and agree.
//!
//! The normal run takes every YAML file of the repository, hand-written corners, generated documents and a
//! fixed sequence of mutations. `SCANNER_MUTATIONS` asks for more of these, `SCANNER_SEED` for others, and
//! `SCANNER_LENGTH` for longer texts of all combinations of some pieces.

mod general;
mod generate;
mod ordinary;
mod refused;
mod taken;

use super::{MAX_KEY_BYTES, scan};
use crate::source::FileId;
use crate::syntax::limits::{MAX_DEPTH, MAX_KEY_CHARACTERS, MAX_NODES};
use generate::{Random, document, mutate};
use std::path::{Path, PathBuf};

const FILE: FileId = FileId(0);

/// Whether the fast path took the text; an error tells how the two differ.
fn compare(text: &str) -> Result<bool, String> {
    let Some(fast) = scan(FILE, text) else { return Ok(false) };
    match general::read(text) {
        Err(error) => Err(format!("refused by the general parser: {error}\n{text:?}\n{fast:?}")),
        Ok(slow) if slow != fast => Err(format!("differs\n{text:?}\nfast {fast:?}\nslow {slow:?}")),
        Ok(_) => Ok(true),
    }
}

fn check(text: &str, taken: bool) {
    match compare(text) {
        Err(difference) => panic!("{difference}"),
        Ok(was_taken) => assert_eq!(was_taken, taken, "fast path on {text:?}"),
    }
}

#[test]
fn ordinary_documents_take_the_fast_path() {
    for text in ordinary::DOCUMENTS {
        check(text, true);
        check(&text.replace('\n', "\r\n"), true);
    }
}

#[test]
fn corners_are_read_alike() {
    for text in taken::DOCUMENTS {
        check(text, true);
    }
}

#[test]
fn doubtful_documents_are_refused() {
    for text in refused::DOCUMENTS {
        check(text, false);
    }
}

#[test]
fn yaml_files_of_the_repository_are_read_alike() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for (folder, is_ordinary) in [("src", true), ("examples", false), ("tests", false), ("docs", false)] {
        for path in yaml_files(root.join(folder)) {
            // Some files are hostile on purpose and no text at all.
            let Some(text) = file_text(&path) else { continue };
            match compare(&text) {
                Ok(was_taken) => {
                    assert!(was_taken || !is_ordinary, "the fast path leaves {} alone", path.display())
                }
                Err(difference) => panic!("{}: {difference}", path.display()),
            }
        }
    }
}

#[test]
fn limits_are_kept() {
    let nested = |depth: usize| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
    check(&nested(MAX_DEPTH), true);
    check(&nested(MAX_DEPTH + 1), false);
    let dashes = |depth: usize| format!("{}a\n", "- ".repeat(depth));
    check(&dashes(MAX_DEPTH), true);
    check(&dashes(MAX_DEPTH + 1), false);
    let maps =
        |depth: usize| (0..depth).map(|level| format!("{}a:\n", " ".repeat(level))).collect::<String>();
    check(&maps(MAX_DEPTH), true);
    check(&maps(MAX_DEPTH + 1), false);
    let mixed = |depth: usize| format!("- a:\n  - {}{}\n", "[".repeat(depth - 3), "]".repeat(depth - 3));
    check(&mixed(MAX_DEPTH), true);
    check(&mixed(MAX_DEPTH + 1), false);
    for key in ["k", "é"] {
        check(&format!("{}: v\n", key.repeat(MAX_KEY_BYTES / key.len())), true);
        check(&format!("\"{}\": v\n", key.repeat(MAX_KEY_CHARACTERS)), false);
        check(&format!("{{{}: v}}\n", key.repeat(MAX_KEY_CHARACTERS + 1)), false);
    }
    let items = |count: usize| format!("[{}1]", "1,".repeat(count - 1));
    assert!(scan(FILE, &items(MAX_NODES - 1)).is_some());
    assert!(scan(FILE, &items(MAX_NODES)).is_none());
    let lines = "- \n".repeat(MAX_NODES);
    assert!(scan(FILE, &lines).is_none());
}

#[test]
fn every_prefix_is_read_alike() {
    for text in ordinary::DOCUMENTS.iter().chain(taken::DOCUMENTS) {
        for (end, _) in text.char_indices() {
            if let Err(difference) = compare(text.get(..end).unwrap_or(text)) {
                panic!("{difference}");
            }
        }
    }
}

#[test]
fn generated_documents_take_the_fast_path() {
    let mut random = Random::new(seed());
    for _ in 0..count(2_000, 100) {
        let text = document(&mut random);
        check(&text, true);
    }
}

/// All texts of these pieces up to a length, on their own and behind others.
#[test]
fn short_texts_are_read_alike() {
    // The empty piece makes shorter texts.
    const PIECES: [&str; 18] =
        ["", "a", ":", "-", " ", "\n", "[", "]", "{", "}", ",", "'", "\"", "#", "|", ">", "\n ", "\\"];
    let count = PIECES.len() as u64;
    let length = variable("SCANNER_LENGTH").unwrap_or(4);
    let mut taken = 0_usize;
    for before in ["", "a: ", "a:\n", "- ", "a:\n- ", "a: b\n", "a: |\n  b\n", "[a", "{a: "] {
        for number in 0..count.pow(length as u32) {
            let mut text = before.to_owned();
            let mut rest = number;
            while rest > 0 {
                text.push_str(PIECES[(rest % count) as usize]);
                rest /= count;
            }
            match compare(&text) {
                Ok(was_taken) => taken += usize::from(was_taken),
                Err(difference) => panic!("{difference}"),
            }
        }
    }
    println!("{taken} short texts took the fast path");
    assert!(taken > 1_000, "only {taken} took the fast path");
}

#[test]
fn mutations_are_read_alike() {
    let mut random = Random::new(seed());
    let mut taken = 0_usize;
    let total = count(500_000, 1);
    for _ in 0..total {
        let base = if random.one_in(3) {
            document(&mut random)
        } else {
            let all = [ordinary::DOCUMENTS, taken::DOCUMENTS, refused::DOCUMENTS];
            let from = *random.pick(&all);
            (*random.pick(from)).to_owned()
        };
        match compare(&mutate(&base, &mut random)) {
            Ok(was_taken) => taken += usize::from(was_taken),
            Err(difference) => panic!("{difference}"),
        }
    }
    println!("{taken} of {total} mutations took the fast path");
    // Mutations that are all refused would test nothing.
    assert!(taken * 10 > total, "only {taken} of {total} took the fast path");
}

fn yaml_files(folder: PathBuf) -> Vec<PathBuf> {
    let mut folders = vec![folder];
    let mut files = Vec::new();
    while let Some(folder) = folders.pop() {
        // A folder that is not there yet has no files.
        for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "yaml" || extension == "yml") {
                files.push(path);
            }
        }
    }
    files.sort();
    files
}

#[expect(clippy::disallowed_methods, reason = "the test looks at the files of the repository")]
fn file_text(path: &Path) -> Option<String> {
    std::fs::read_to_string(path).ok()
}

#[expect(clippy::disallowed_methods, reason = "a longer run is asked for by environment variable")]
fn variable(name: &str) -> Option<u64> {
    std::env::var(name).ok()?.parse().ok()
}

fn seed() -> u64 {
    variable("SCANNER_SEED").unwrap_or(1)
}

fn count(normal: usize, share: usize) -> usize {
    variable("SCANNER_MUTATIONS").map_or(normal, |count| usize::try_from(count).unwrap_or(normal) / share)
}
