//! Put into the copy as `src/mutant.rs`: which mutant is on.
//!
//! `SYSDESIGN_MUTANT` names the one mutant that is on. With `SYSDESIGN_REACHED` instead, none is on, and the number of each
//! mutant whose place is reached is written to that file.

use std::collections::BTreeSet;
use std::fs::{File, OpenOptions};
use std::io::Write;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU32, Ordering};

const UNREAD: u32 = u32::MAX;
const RECORDING: u32 = u32::MAX - 1;
static ACTIVE: AtomicU32 = AtomicU32::new(UNREAD);
static REACHED: Mutex<(BTreeSet<u32>, Option<File>)> = Mutex::new((BTreeSet::new(), None));

/// Whether this mutant is the one that is on.
pub fn is(number: u32) -> bool {
    match ACTIVE.load(Ordering::Relaxed) {
        UNREAD => {
            let named = std::env::var("SYSDESIGN_MUTANT").ok().and_then(|text| text.parse().ok());
            let recording = std::env::var_os("SYSDESIGN_REACHED").is_some();
            ACTIVE.store(if recording { RECORDING } else { named.unwrap_or(0) }, Ordering::Relaxed);
            is(number)
        }
        RECORDING => {
            record(number);
            false
        }
        active => active == number,
    }
}

fn record(number: u32) {
    let mut reached = REACHED.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
    let (numbers, file) = &mut *reached;
    if numbers.insert(number) {
        let path = || std::env::var_os("SYSDESIGN_REACHED").unwrap();
        // Programs that a test starts add to the same file.
        let open = || OpenOptions::new().create(true).append(true).open(path()).unwrap();
        let file = file.get_or_insert_with(open);
        file.write_all(&number.to_le_bytes()).unwrap();
    }
}

/// Lets a function that returns `impl Iterator` return its mutant or what it is meant to.
#[derive(Clone)]
pub enum Either<A, B> {
    Mutant(A),
    Original(B),
}

impl<T, A: Iterator<Item = T>, B: Iterator<Item = T>> Iterator for Either<A, B> {
    type Item = T;

    fn next(&mut self) -> Option<T> {
        match self {
            Self::Mutant(mutant) => mutant.next(),
            Self::Original(original) => original.next(),
        }
    }
}

impl<T, A, B> DoubleEndedIterator for Either<A, B>
where
    A: DoubleEndedIterator<Item = T>,
    B: DoubleEndedIterator<Item = T>,
{
    fn next_back(&mut self) -> Option<T> {
        match self {
            Self::Mutant(mutant) => mutant.next_back(),
            Self::Original(original) => original.next_back(),
        }
    }
}
