//! Finds what somebody probably meant to write.
//!
//! A slip is an inserted, lost, wrong or swapped character. Short words forgive fewer slips, because nearly
//! every short word is one slip away from some other. Case never counts.

/// The longest word that is compared; longer ones are not typed by hand.
const LONGEST: usize = 64;

/// The candidate that `wrong` was probably meant to be.
///
/// The fewest slips win, then the longer common beginning, then the earlier candidate. When no candidate is
/// near enough, one that `wrong` is the beginning of is taken (`lat` → `latency`).
pub fn closest<'a>(wrong: &str, candidates: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let word = folded(wrong)?;
    let limit = forgiven(word.len());
    let mut best: Option<((usize, usize, usize), &'a str)> = None;
    for candidate in candidates {
        if candidate.len().abs_diff(wrong.len()) > limit * 4 && !begins_with(candidate, wrong) {
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
        if best.is_none_or(|(least, _)| rank < least) {
            best = Some((rank, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
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
}
