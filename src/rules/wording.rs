//! How rules name things in a sentence.

/// "`a`, `b` and `c`"; of many, the first and how many more there are.
pub fn quoted_list(names: &[&str], most: usize) -> String {
    let shown = names.get(..most).unwrap_or(names);
    let quoted: Vec<String> = shown.iter().map(|name| format!("`{name}`")).collect();
    match (names.len() - shown.len(), quoted.as_slice()) {
        (0, [first @ .., last]) if !first.is_empty() => format!("{} and {last}", first.join(", ")),
        (0, all) => all.concat(),
        (more, all) => format!("{} and {more} more", all.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::quoted_list;

    #[test]
    fn many_names_are_counted_after_the_first() {
        let check = |names: &[&str], expected: &str| assert_eq!(quoted_list(names, 3), expected);
        check(&[], "");
        check(&["a"], "`a`");
        check(&["a", "b"], "`a` and `b`");
        check(&["a", "b", "c"], "`a`, `b` and `c`");
        check(&["a", "b", "c", "d", "e"], "`a`, `b`, `c` and 2 more");
    }
}
