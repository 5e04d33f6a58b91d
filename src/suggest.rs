//! Finds what somebody probably meant to write.
//!
//! A slip is an inserted, lost, wrong or swapped character. Short words forgive fewer slips, because nearly
//! every short word is one slip away from some other. Case never counts.

/// The longest word that is compared; longer ones are not typed by hand.
const LONGEST: usize = 64;

/// A word that another one was probably meant to be.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Near<'a> {
    /// The word.
    pub word: &'a str,
    /// Whether it is a matter of slips alone, and no other word is as few of them away.
    pub is_sure: bool,
}

impl<'a> Near<'a> {
    /// A word that is meant by another name, and not by a slip: somebody should look.
    pub fn by_meaning(word: &'a str) -> Self {
        Self { word, is_sure: false }
    }
}

/// The candidate that `wrong` was probably meant to be.
pub fn closest<'a>(wrong: &str, candidates: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    nearest(wrong, candidates).map(|near| near.word)
}

/// The candidate that `wrong` was probably meant to be, and whether that is certain.
///
/// The fewest slips win, then the longer common beginning, then the earlier candidate. When no candidate is
/// near enough, one that `wrong` is the beginning of is taken (`lat` → `latency`).
pub fn nearest<'a>(wrong: &str, candidates: impl Iterator<Item = &'a str>) -> Option<Near<'a>> {
    let word = folded(wrong)?;
    let limit = forgiven(word.len());
    let letters = letters_of(wrong);
    let mut best: Option<((usize, usize, usize), &'a str)> = None;
    let mut is_sure = false;
    for candidate in candidates {
        // Most candidates are strangers, and there may be thousands of them: a look at their letters is enough.
        let stranger = is_stranger(wrong, letters, candidate, limit);
        if stranger && !begins_with(candidate, wrong) {
            continue;
        }
        let Some(other) = folded(candidate) else { continue };
        let slips = slips(&word, &other);
        let common = word.iter().zip(&other).take_while(|(a, b)| a == b).count();
        let rank = if slips <= limit {
            (slips, LONGEST - common, 0)
        } else if is_beginning(&word, &other) {
            (LONGEST, 0, other.len())
        } else {
            continue;
        };
        match best {
            Some((least, word)) if least.0 < rank.0 || word == candidate => {}
            Some((least, _)) if least.0 == rank.0 => is_sure = false,
            _ => is_sure = rank.0 <= limit,
        }
        if best.is_none_or(|(least, _)| rank < least) {
            best = Some((rank, candidate));
        }
    }
    best.map(|(_, word)| Near { word, is_sure })
}

/// How many slips turn one word into the other, whatever the case; `None` for words too long to compare.
pub(crate) fn distance(left: &str, right: &str) -> Option<usize> {
    Some(slips(&folded(left)?, &folded(right)?))
}

/// As [`distance`], but a letter in another case is a slip too.
pub(crate) fn distance_in_case(left: &str, right: &str) -> Option<usize> {
    let letters = |word: &str| (word.len() <= LONGEST).then(|| word.chars().collect::<Vec<char>>());
    Some(slips(&letters(left)?, &letters(right)?))
}

/// The letters and digits of a word as a set, whatever the case. Anything else is one more letter.
fn letters_of(word: &str) -> u64 {
    let bit = |byte: u8| match byte.to_ascii_lowercase() {
        letter @ b'a'..=b'z' => letter - b'a',
        digit @ b'0'..=b'9' => 26 + (digit - b'0'),
        b'_' => 36,
        b'-' => 37,
        b'.' => 38,
        _ => 39,
    };
    word.bytes().fold(0, |set, byte| set | 1 << bit(byte))
}

/// Whether two words are certainly more slips apart than are forgiven: a slip changes the length by one at most,
/// and at most one letter into another.
fn is_stranger(word: &str, letters: u64, other: &str, limit: usize) -> bool {
    let plain = word.is_ascii() && other.is_ascii();
    let most_bytes = if plain { limit } else { limit * 4 };
    if word.len().abs_diff(other.len()) > most_bytes {
        return true;
    }
    let differing = (letters ^ letters_of(other)).count_ones() as usize;
    plain && differing > 2 * limit
}

fn forgiven(length: usize) -> usize {
    match length {
        0..=2 => 0,
        3..=5 => 1,
        6..=9 => 2,
        _ => 3,
    }
}

/// Whether a word is the beginning of another: three letters say enough, two only of a short word.
fn is_beginning(word: &[char], other: &[char]) -> bool {
    let enough = word.len() >= 3 || (word.len() == 2 && other.len() <= 4);
    enough && other.len() > word.len() && other.starts_with(word)
}

fn begins_with(candidate: &str, wrong: &str) -> bool {
    candidate.get(..wrong.len()).is_some_and(|start| start.eq_ignore_ascii_case(wrong))
}

fn folded(word: &str) -> Option<Vec<char>> {
    if word.len() > LONGEST * 4 {
        return None;
    }
    let letters: Vec<char> = word.chars().flat_map(char::to_lowercase).collect();
    (letters.len() <= LONGEST).then_some(letters)
}

/// The Damerau-Levenshtein distance in which no part is edited twice.
fn slips(left: &[char], right: &[char]) -> usize {
    let at = |row: &[usize], index: usize| row.get(index).copied().unwrap_or(LONGEST);
    let mut before: Vec<usize> = Vec::new();
    let mut above: Vec<usize> = (0..=right.len()).collect();
    let mut last_left = None;
    for (i, &a) in left.iter().enumerate() {
        let mut row = Vec::with_capacity(right.len() + 1);
        let mut beside = i + 1;
        row.push(beside);
        let mut last_right = None;
        for (j, &b) in right.iter().enumerate() {
            let replaced = at(&above, j) + usize::from(a != b);
            let mut cost = replaced.min(at(&above, j + 1) + 1).min(beside + 1);
            if last_left == Some(b) && last_right == Some(a) {
                cost = cost.min(at(&before, j.saturating_sub(1)) + 1);
            }
            row.push(cost);
            beside = cost;
            last_right = Some(b);
        }
        last_left = Some(a);
        before = std::mem::replace(&mut above, row);
    }
    at(&above, right.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    const KNOWN: [&str; 9] =
        ["database", "data_rate", "latency", "load_balancer", "service", "server", "cache", "ms", "users"];

    fn check(wrong: &str, expected: Option<&str>) {
        assert_eq!(closest(wrong, KNOWN.into_iter()), expected, "for {wrong}");
    }

    #[test]
    fn one_slip_of_each_kind_is_forgiven() {
        check("databse", Some("database"));
        check("databasee", Some("database"));
        check("dataBose", Some("database"));
        check("dtaabase", Some("database"));
    }

    #[test]
    fn case_never_counts() {
        check("MS", Some("ms"));
        check("LATENCY", Some("latency"));
    }

    #[test]
    fn short_words_forgive_less() {
        check("mx", None);
        check("uers", Some("users"));
        check("uurs", None);
        check("lode_balancr", Some("load_balancer"));
    }

    #[test]
    fn the_nearest_wins_over_the_first() {
        check("sever", Some("server"));
        check("servic", Some("service"));
    }

    #[test]
    fn a_guess_is_sure_when_no_other_word_is_as_near() {
        let sure = |wrong: &str, known: &[&'static str]| {
            nearest(wrong, known.iter().copied()).map(|near| (near.word, near.is_sure))
        };
        assert_eq!(sure("servce", &["cache", "service", "services"]), Some(("service", true)));
        assert_eq!(sure("servce", &["service", "service"]), Some(("service", true)));
        assert_eq!(sure("cart_x", &["cart_a", "cart_b"]), Some(("cart_a", false)));
        assert_eq!(sure("cart_x", &["cart_a", "cart_b", "cart_xx"]), Some(("cart_xx", false)));
        assert_eq!(sure("lat", &["latency"]), Some(("latency", false)));
    }

    #[test]
    fn the_beginning_of_a_name_is_enough_when_nothing_is_nearer() {
        check("lat", Some("latency"));
        check("load", Some("load_balancer"));
        check("la", None);
    }

    #[test]
    fn strangers_are_not_suggested() {
        check("kubernetes", None);
        check("", None);
        check(&"x".repeat(5000), None);
    }

    #[test]
    fn distance_is_symmetric() {
        for left in KNOWN {
            for right in KNOWN {
                assert_eq!(distance(left, right), distance(right, left));
            }
        }
    }

    /// The quick look must never turn away a word that counting slips would take.
    #[test]
    fn no_near_word_is_taken_for_a_stranger() {
        let mut seed = 7_u64;
        let mut random = |below: usize| {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (seed >> 33) as usize % below
        };
        for _ in 0..20_000 {
            let known = KNOWN[random(KNOWN.len())];
            let mut letters: Vec<char> = known.chars().collect();
            for _ in 0..random(4) {
                let at = random(letters.len());
                match random(4) {
                    0 => letters[at] = char::from(b'a' + random(26) as u8),
                    1 => letters.insert(at, char::from(b'0' + random(10) as u8)),
                    2 if letters.len() > 1 => drop(letters.remove(at)),
                    _ if at > 0 => letters.swap(at - 1, at),
                    _ => {}
                }
            }
            let wrong: String = letters.into_iter().collect();
            let limit = forgiven(wrong.len());
            let near = distance(&wrong, known).is_some_and(|slips| slips <= limit);
            let stranger = is_stranger(&wrong, letters_of(&wrong), known, limit);
            assert!(!(near && stranger), "{wrong} for {known}");
        }
    }
}
