//! Looking at eight bytes at a time.
//!
//! A word is loaded with its first byte lowest. Each test sets the high bit of the bytes that pass; a borrow
//! can set it wrongly too, but only above a byte that passes, and only the lowest is ever asked for.

const ONES: u64 = 0x0101_0101_0101_0101;
const HIGHS: u64 = 0x8080_8080_8080_8080;

fn equal(word: u64, byte: u8) -> u64 {
    let difference = word ^ (ONES * u64::from(byte));
    difference.wrapping_sub(ONES) & !difference
}

fn control(word: u64) -> u64 {
    word.wrapping_sub(ONES * 0x20) & !word
}

/// The place of the first byte from `at` on that passes `test`, or the end of the text.
#[inline]
fn find(bytes: &[u8], mut at: usize, test: impl Fn(u64) -> u64) -> usize {
    while let Some(chunk) = bytes.get(at..).and_then(|rest| rest.first_chunk()) {
        let found = test(u64::from_le_bytes(*chunk)) & HIGHS;
        if found != 0 {
            return at + lowest_byte(found);
        }
        at += 8;
    }
    // The rest is filled up with bytes that pass no test.
    let rest = bytes.get(at..).unwrap_or(&[]);
    let mut chunk = [b'a'; 8];
    chunk.iter_mut().zip(rest).for_each(|(to, from)| *to = *from);
    let found = test(u64::from_le_bytes(chunk)) & HIGHS;
    at + if found == 0 { rest.len() } else { lowest_byte(found) }
}

fn lowest_byte(found: u64) -> usize {
    (found.trailing_zeros() / 8) as usize
}

/// The first colon, number sign or control character.
#[inline]
pub(super) fn find_block_stop(bytes: &[u8], at: usize) -> usize {
    find(bytes, at, |word| equal(word, b':') | equal(word, b'#') | control(word))
}

/// The first colon, number sign, comma, bracket, brace or control character.
#[inline]
pub(super) fn find_flow_stop(bytes: &[u8], at: usize) -> usize {
    find(bytes, at, |word| {
        // This bit is what brackets and braces differ in.
        let braces = word | (ONES * 0x20);
        let indicators = equal(word, b':') | equal(word, b'#') | equal(word, b',');
        indicators | equal(braces, b'{') | equal(braces, b'}') | control(word)
    })
}

/// The first LF or CR.
#[inline]
pub(super) fn find_line_end(bytes: &[u8], at: usize) -> usize {
    find(bytes, at, |word| equal(word, b'\n') | equal(word, b'\r'))
}

/// The first byte that may end a part of a quoted scalar: the quote, a line end, or a backslash.
#[inline]
pub(super) fn find_quote_stop(bytes: &[u8], at: usize, quote: u8) -> usize {
    // Within single quotes a backslash is a character like others.
    let escape = if quote == b'"' { b'\\' } else { quote };
    find(bytes, at, |word| equal(word, quote) | equal(word, escape) | equal(word, b'\n') | equal(word, b'\r'))
}

/// The first byte that is no space.
#[inline]
pub(super) fn find_non_space(bytes: &[u8], mut at: usize) -> usize {
    while let Some(chunk) = bytes.get(at..).and_then(|rest| rest.first_chunk()) {
        let difference = u64::from_le_bytes(*chunk) ^ (ONES * u64::from(b' '));
        if difference != 0 {
            return at + lowest_byte(difference);
        }
        at += 8;
    }
    let rest = bytes.get(at..).unwrap_or(&[]);
    at + rest.iter().position(|&byte| byte != b' ').unwrap_or(rest.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every position of every pair of bytes, at every distance from the end, against a search byte by byte.
    fn check(find: impl Fn(&[u8], usize) -> usize, passes: impl Fn(u8) -> bool) {
        for first in 0..=u8::MAX {
            for second in [0x00, 0x01, 0x0A, b' ', b'!', b'"', b':', b';', b'Z', b'[', b'{', b'|', 0x80, 0xFF]
            {
                let mut bytes = [b'x'; 19];
                for at in 0..bytes.len() - 1 {
                    bytes[at] = first;
                    bytes[at + 1] = second;
                    for from in [0, 3, 17] {
                        let expected = (from..bytes.len()).find(|&place| passes(bytes[place]));
                        let found = find(&bytes, from);
                        assert_eq!(found, expected.unwrap_or(bytes.len()), "{bytes:?} from {from}");
                    }
                    (bytes[at], bytes[at + 1]) = (b'x', b'x');
                }
            }
        }
    }

    #[test]
    fn words_find_what_bytes_find() {
        check(find_block_stop, |byte| byte < b' ' || matches!(byte, b':' | b'#'));
        check(find_flow_stop, |byte| {
            byte < b' ' || matches!(byte, b':' | b'#' | b',' | b'[' | b']' | b'{' | b'}')
        });
        check(find_line_end, |byte| matches!(byte, b'\n' | b'\r'));
        check(
            |bytes, at| find_quote_stop(bytes, at, b'"'),
            |byte| matches!(byte, b'"' | b'\\' | b'\n' | b'\r'),
        );
        check(|bytes, at| find_quote_stop(bytes, at, b'\''), |byte| matches!(byte, b'\'' | b'\n' | b'\r'));
        check(find_non_space, |byte| byte != b' ');
    }
}
