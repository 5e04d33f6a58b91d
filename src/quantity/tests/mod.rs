//! What the language accepts, what it means and what it says about the rest.

mod conditions;
mod expectations;
mod hostile;
mod literals;
mod mistakes_of_form;
mod mistakes_of_meaning;
mod printing;
mod words;

use super::*;

/// Names as a small design has them.
pub struct Design;

const KNOWN: [(&str, Dimension, f64); 12] = [
    ("dau", Dimension::NONE, 1e6),
    ("users", Dimension::NONE, 5e6),
    ("posts_per_user", Dimension::RATE, 2.0 / DAY),
    ("cache_hits", Dimension::NONE, 0.9),
    ("link_size", Dimension::DATA, 500.0),
    ("timeout", Dimension::TIME, 0.3),
    ("new_links", Dimension::RATE, 38.0),
    ("x", Dimension::DATA, 1e12),
    ("zero", Dimension::NONE, 0.0),
    ("flows.redirect.latency.p99", Dimension::TIME, 0.04),
    ("flows.redirect.availability", Dimension::NONE, 0.9996),
    ("system.cost", Dimension::SPENDING, 19_000.0 / MONTH),
];

impl Names for Design {
    fn dimension_of(&self, name: &str) -> Found<Dimension> {
        match KNOWN.iter().find(|known| known.0 == name) {
            Some(known) => Found::Known(known.1),
            None if name == "broken" => Found::Broken,
            None => Found::Unknown,
        }
    }

    fn dimension_of_call(&self, call: &Call) -> Found<Dimension> {
        match call.name.text {
            "data.link.storage.at" => Found::Known(Dimension::DATA),
            "system.limit" => Found::Known(Dimension::NONE),
            _ => Found::Unknown,
        }
    }

    fn closest(&self, wrong: &str) -> Option<String> {
        crate::suggest::closest(wrong, KNOWN.iter().map(|known| known.0)).map(str::to_owned)
    }
}

impl Values for Design {
    fn value_of(&self, name: &str) -> Found<f64> {
        match KNOWN.iter().find(|known| known.0 == name) {
            Some(known) => Found::Known(known.2),
            None if name == "broken" => Found::Broken,
            None => Found::Unknown,
        }
    }

    fn value_of_call(&self, call: &Call) -> Result<Found<f64>, Box<Problem>> {
        match (call.name.text, call.arguments.as_slice()) {
            ("data.link.storage.at", [when]) => Ok(Found::Known(when.central(self)? * 1000.0)),
            ("system.limit", [_]) => Ok(Found::Known(2e6)),
            _ => Ok(Found::Unknown),
        }
    }
}

/// Reads, checks and calculates; the first step with problems ends it.
pub fn outcome(text: &str) -> Result<(f64, Dimension), Vec<Problem>> {
    let expr = parse(text)?;
    let dimension = expr.check(&Design)?;
    let value = expr.central(&Design).map_err(|problem| vec![*problem])?;
    Ok((value, dimension))
}

/// The text means this value, up to rounding, in this dimension.
pub fn means(text: &str, expected: f64, dimension: Dimension) {
    let (value, found) = outcome(text).unwrap_or_else(|problems| panic!("{}", shown(text, &problems)));
    assert_eq!(found, dimension, "the dimension of {text}");
    let close = (value - expected).abs() <= expected.abs() * 1e-12;
    assert!(close, "{text} is {value:e} and not {expected:e}");
}

/// Compares cases that have an empty line between them. Each begins with the text that `show` is given.
pub fn compare(cases: &str, show: impl Fn(&str) -> String) {
    for case in cases.trim_matches('\n').split("\n\n") {
        let text = case.lines().next().unwrap_or_default();
        let found = show(text);
        assert_eq!(found, case, "\n{found}\n");
    }
}

/// Cases with an empty line between them: the text first, then exactly what is said about it.
pub fn fails(cases: &str) {
    compare(cases, |text| match outcome(text) {
        Ok((value, dimension)) => format!("{text}\n{value} {dimension}"),
        Err(problems) => shown(text, &problems),
    });
}

/// The text with an underline under every problem, as a reader sees it.
pub fn shown(text: &str, problems: &[Problem]) -> String {
    let mut lines = vec![text.to_owned()];
    let underline = |range: &std::ops::Range<usize>, sign: &str, words: &str| {
        let before = text.get(..range.start).expect("a character boundary").chars().count();
        let within = text.get(range.clone()).expect("character boundaries").chars().count();
        format!("{}{} {words}", " ".repeat(before), sign.repeat(within.max(1))).trim_end().to_owned()
    };
    for problem in problems {
        lines.push(underline(&problem.range, "^", problem.label.as_deref().unwrap_or("")));
        for (range, words) in &problem.related {
            lines.push(underline(range, "-", words));
        }
        lines.push(format!("{}: {}", problem.rule, problem.message));
        lines.extend(problem.help.iter().map(|help| format!("help: {help}")));
    }
    lines.join("\n")
}
