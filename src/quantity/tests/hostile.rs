//! Whatever is written, nothing panics and every place is a place in the text.

use super::*;

/// A small generator with a fixed sequence (xorshift).
pub struct Random(pub u64);

impl Random {
    pub fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as usize % limit
    }
}

const SEEDS: [&str; 24] = [
    "300 B + media_share * 1 MB",
    "$0.10 / GB / month",
    "10k..50k rps",
    "ceil(x / 64 GB)",
    "99%..99.9%",
    "20 ± 5 ms",
    "flows.redirect.latency.p99 < 50 ms and not (dau > 1 or 2 <= x)",
    "data.link.storage.at(1 year)",
    "2 / user / day",
    "-5..5",
    "max(a, -b ^ 2) ^ (1 / 2)",
    "1_000.5e-3 µs",
    "3.5 nines",
    "1B users",
    "20k EUR + €5 - 3 £",
    "0x1F",
    "12:30:45",
    "a-b - c",
    "1e308 * 1e308",
    "x ^ 3 / timeout",
    "dau * posts_per_user / zero",
    "1 / day ^ 2",
    "system.limit(dau)",
    "sqrt(4 s ^ 2)",
];

const PIECES: [&str; 48] = [
    "(",
    ")",
    "..",
    ".",
    ",",
    "+",
    "-",
    "*",
    "/",
    "^",
    "±",
    "+-",
    " ",
    "\n",
    "µ",
    "μs",
    "€",
    "$",
    "£",
    "%",
    "e",
    "E9",
    "_",
    "0",
    "1e400",
    "999999999999999999999",
    "k",
    "B",
    "ms",
    "nines",
    "x",
    "Zürich",
    "\u{200B}",
    "😀",
    "and",
    "not",
    "<",
    ">=",
    "==",
    "=",
    "dau",
    "x",
    "broken",
    "max(",
    "a.b.c(",
    "/ s",
    "^ 127",
    "e-999999999999",
];

fn mutated(random: &mut Random) -> String {
    let mut letters: Vec<char> = SEEDS[random.below(SEEDS.len())].chars().collect();
    for _ in 0..=random.below(4) {
        let at = random.below(letters.len() + 1);
        match random.below(4) {
            0 if at < letters.len() => {
                letters.remove(at);
            }
            1 => letters.truncate(at),
            2 => {
                let other: Vec<char> = SEEDS[random.below(SEEDS.len())].chars().collect();
                letters.splice(at.., other.into_iter().skip(at / 2));
            }
            _ => {
                letters.splice(at..at, PIECES[random.below(PIECES.len())].chars());
            }
        }
    }
    letters.into_iter().collect()
}

fn in_text(text: &str, problems: &[Problem]) {
    for problem in problems {
        let related = problem.related.iter().map(|(range, _)| range);
        for range in std::iter::once(&problem.range).chain(related) {
            assert!(text.get(range.clone()).is_some(), "{range:?} is no place in {text:?}: {problem:?}");
        }
        assert!(!problem.message.is_empty() && !problem.message.ends_with('.'), "{}", problem.message);
    }
}

fn every_node_has_its_place(text: &str, expr: &Expr) {
    for node in expr.nodes() {
        assert!(text.get(node.range()).is_some_and(|part| !part.is_empty()), "{text:?}: {node:?}");
    }
    for literal in expr.literals() {
        assert_eq!(text.get(literal.range()), Some(literal.text));
        assert!(literal.value.is_finite(), "{text:?}");
    }
    for name in expr.names() {
        assert_eq!(text.get(name.range()), Some(name.text));
    }
}

#[test]
fn mutated_texts_never_panic_and_problems_have_places() {
    let mut random = Random(42);
    let mut accepted = 0;
    for _ in 0..100_000 {
        let text = mutated(&mut random);
        match parse(&text) {
            Ok(expr) => {
                accepted += 1;
                every_node_has_its_place(&text, &expr);
                if let Err(problems) = expr.check(&Design) {
                    in_text(&text, &problems);
                }
                match expr.central(&Design) {
                    Ok(value) => assert!(value.is_finite(), "{text:?} is {value}"),
                    Err(problem) => in_text(&text, &[*problem]),
                }
            }
            Err(problems) => {
                assert!(!problems.is_empty(), "{text:?} is refused without a word");
                in_text(&text, &problems);
            }
        }
        match parse_check(&text) {
            Ok(check) => {
                if let Err(problems) = check.check(&Design) {
                    in_text(&text, &problems);
                }
                let _ = check.central(&Design).map_err(|problem| in_text(&text, &[*problem]));
            }
            Err(problems) => in_text(&text, &problems),
        }
    }
    assert!((10_000..90_000).contains(&accepted), "{accepted} of 100,000 were accepted");
}

#[test]
fn every_beginning_of_a_text_is_survived() {
    for seed in SEEDS {
        for (end, _) in seed.char_indices() {
            let text = seed.get(..end).unwrap();
            let _ = parse(text).map_err(|problems| in_text(text, &problems));
            let _ = parse_check(text).map_err(|problems| in_text(text, &problems));
        }
    }
}

#[test]
fn nesting_ends_at_64() {
    let nested = |depth: usize| format!("{}1{}", "(".repeat(depth), ")".repeat(depth));
    assert!(parse(&nested(64)).is_ok());
    let problems = parse(&nested(65)).expect_err("too deep");
    assert_eq!(problems[0].message, "this is nested more than 64 levels deep");
    for text in ["(", "-", "2^", "max(", "-(", "not "] {
        for text in [text.repeat(100_000), format!("1 < {}", text.repeat(100_000))] {
            assert!(parse(&text).is_err());
            assert!(parse_check(&text).is_err());
        }
    }
}

#[test]
fn long_chains_are_not_deep() {
    let sum = vec!["1"; 20_000].join(" + ");
    assert_eq!(outcome(&sum), Ok((20_000.0, Dimension::NONE)));
    let product = vec!["1 ms"; 100].join(" * ");
    assert_eq!(outcome(&product).map(|found| found.1), Ok(Dimension::new(100, 0, 0)));
    let check = vec!["1 < 2"; 20_000].join(" and ");
    assert_eq!(parse_check(&check).unwrap().central(&Design), Ok(true));
    let divided = format!("1{}", " / s".repeat(1000));
    assert!(outcome(&divided).is_err());
}
