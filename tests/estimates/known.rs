//! Every design in `known/` against the program.

use super::compare::{Expected, differences};
use super::program::{designs, estimate, read, validate};

/// Everything that is expected of the design in a file; a mistake in the expectation itself is a difference too.
fn differences_of(path: &std::path::Path) -> Vec<String> {
    let expected = match Expected::read(&read(path)) {
        Ok(expected) => expected,
        Err(problem) => return vec![problem],
    };
    match estimate(path, expected.addresses()) {
        Ok(estimated) => differences(&expected, &estimated),
        Err(problem) => vec![problem],
    }
}

#[test]
fn known_numbers_come_out() {
    let mut report = String::new();
    let mut wrong = 0;
    for path in designs() {
        let found = differences_of(&path);
        if found.is_empty() {
            continue;
        }
        wrong += found.len();
        report.push_str(&format!("{}\n", path.file_name().unwrap().to_string_lossy()));
        for difference in found {
            report.push_str(&format!("    {difference}\n"));
        }
    }
    assert!(report.is_empty(), "{wrong} differences from what is known:\n\n{report}");
}

#[test]
fn designs_with_known_numbers_are_valid() {
    for path in designs() {
        let ran = validate(&path);
        // Some are about what is too much, which is reported rightly.
        let about_load = ran.out.matches("error[").count()
            == ran.out.matches("error[overloaded]").count()
                + ran.out.matches("error[runaway-trigger]").count();
        assert!(about_load, "{}:\n{}{}", path.display(), ran.out, ran.err);
    }
}

#[test]
fn each_design_says_how_its_numbers_are_known() {
    for path in designs() {
        let text = read(&path);
        assert!(text.starts_with("# "), "{} begins with no explanation", path.display());
        let expected =
            Expected::read(&text).unwrap_or_else(|problem| panic!("{}: {problem}", path.display()));
        assert!(!expected.is_empty(), "{} expects nothing", path.display());
    }
}
