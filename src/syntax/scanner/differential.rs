//! The fast path against the general parser: wherever the first answers, the second must accept and agree.
//!
//! The normal run takes every YAML file of the repository, hand-written corners, generated documents and a
//! fixed sequence of mutations. `SCANNER_MUTATIONS` asks for more of these, `SCANNER_SEED` for others.

mod general;
mod generate;
mod ordinary;
mod refused;
mod taken;

use super::scan;
use crate::source::FileId;
use generate::{Random, document, mutate};

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

#[test]
fn mutations_are_read_alike() {
    let mut random = Random::new(seed());
    let mut taken = 0_usize;
    let total = count(200_000, 1);
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
