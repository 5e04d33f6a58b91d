//! Names for findings that stay when lines move, so that a service recognises a finding it has seen before.

use super::Report;
use crate::diagnostic::Diagnostic;
use std::collections::{BTreeMap, BTreeSet};

/// More of the underlined text than this does not tell findings apart better; it only costs time.
const MOST_BYTES_OF_TEXT: usize = 1_024;

/// Gives each finding of a run a fingerprint of its own, in their order.
#[derive(Default)]
pub(super) struct Fingerprints {
    seen: BTreeMap<u64, u64>,
    given: BTreeSet<u64>,
}

impl Fingerprints {
    /// The fingerprint of the next finding: a hash of the rule, the file, the dotted place and the underlined
    /// text, and for findings equal in all of these of their number among them.
    pub(super) fn next(&mut self, report: &Report, finding: &Diagnostic, path: &str) -> String {
        self.of(report, finding, report.sources.get(finding.span.file).name(), path)
    }

    /// The same, for a file that is called by another name.
    pub(super) fn of(&mut self, report: &Report, finding: &Diagnostic, name: &str, path: &str) -> String {
        let file = report.sources.get(finding.span.file);
        let text = file.text().as_bytes().get(finding.span.range()).unwrap_or_default();
        let text = text.get(..MOST_BYTES_OF_TEXT).unwrap_or(text);
        let mut kind = Fnv::new();
        for part in [finding.rule.as_bytes(), name.as_bytes(), path.as_bytes(), text] {
            kind.part(part);
        }
        let ordinal = self.seen.entry(kind.0).or_default();
        loop {
            let mut one = Fnv(kind.0);
            one.part(&ordinal.to_le_bytes());
            *ordinal += 1;
            if self.given.insert(one.0) {
                return format!("{:016x}", one.0);
            }
        }
    }
}

/// The hash FNV-1a of 64 bits: stable over versions and machines, unlike the hashes of the standard library.
struct Fnv(u64);

impl Fnv {
    fn new() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }

    fn part(&mut self, bytes: &[u8]) {
        // The byte 0xff is in no UTF-8, so parts cannot run into each other.
        for &byte in bytes.iter().chain(&[0xff]) {
            self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hash_is_the_published_one() {
        // "foobar" of the test vectors of FNV, followed by our separator.
        let expected = (0x8594_4171_f739_67e8_u64 ^ 0xff).wrapping_mul(0x0100_0000_01b3);
        let mut hash = Fnv::new();
        hash.part(b"foobar");
        assert_eq!(hash.0, expected);
    }
}
