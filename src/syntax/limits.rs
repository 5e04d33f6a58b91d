//! How much a design may hold. Each limit is far above what people write and low enough that hostile input
//! is refused in milliseconds.

/// The longest text that is read.
pub const MAX_BYTES: usize = 16 * 1024 * 1024;
/// The most collections inside each other.
pub const MAX_DEPTH: usize = 64;
/// The most maps, lists and scalars in one file.
pub const MAX_NODES: usize = 2_000_000;
/// The most nodes that aliases may add.
pub const MAX_REPEATED_NODES: usize = 100_000;
/// The longest key, in characters: YAML's own limit.
pub const MAX_KEY_CHARACTERS: usize = 1024;
/// After so many mistakes the rest of the text is not read.
pub const MAX_MISTAKES: usize = 20;

/// After mistakes, parts of a text are read again; all of them together are no longer than this.
pub const MAX_BYTES_AFTER_MISTAKES: usize = 4 * MAX_BYTES;
/// After so many findings about what is not supported the rest of the text is not read.
pub const MAX_FINDINGS: usize = 1000;

/// A number as messages write it: `2,000,000`.
pub fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::grouped;

    #[test]
    fn numbers_are_grouped_by_thousands() {
        let numbers = [0, 64, 999, 1024, 100_000, 2_000_000];
        assert_eq!(numbers.map(grouped), ["0", "64", "999", "1,024", "100,000", "2,000,000"]);
    }
}
