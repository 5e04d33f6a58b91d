//! What is said when an expression is not what a place wants.

use super::*;

/// Cases as in [`compare`]. Whatever a help proposes in full must itself be what is wanted.
fn wanted(expected: Expected, cases: &str) {
    compare(cases, |text| {
        let expr = parse(text).expect("an expression");
        let found = expr.check(&Design).expect("a dimension");
        let problem = expect(&expr, found, expected).expect("a problem");
        let help = problem.help.clone().unwrap_or_default();
        let proposals = help.strip_prefix("write ").map(|rest| rest.split('`').skip(1).step_by(2));
        for proposal in proposals.into_iter().flatten() {
            let expr = parse(proposal).expect("a proposal that parses");
            let dimension = expr.check(&Design).expect("a proposal with a dimension");
            assert_eq!(expect(&expr, dimension, expected), None, "{proposal}");
        }
        shown(text, &[problem])
    });
}

#[test]
fn what_is_wanted_has_no_problem() {
    for (text, expected) in [
        ("300 ms", Expected::TIME),
        ("dau", Expected::Count),
        ("cache_hits", Expected::Share),
        ("new_links", Expected::RATE),
        ("$20k / month", Expected::SPENDING),
        ("1 MB", Expected::DATA),
    ] {
        let expr = parse(text).expect("an expression");
        let found = expr.check(&Design).expect("a dimension");
        assert_eq!(expect(&expr, found, expected), None);
    }
}

#[test]
fn a_bare_number_is_told_its_units_and_the_rest_what_it_is() {
    wanted(
        Expected::TIME,
        r"
300
^^^
missing-unit: a time is wanted here, and this has no unit
help: write `300 ms` or `300 s`

5..20
^^^^^
missing-unit: a time is wanted here, and this has no unit
help: write `5..20 ms` or `5..20 s`

-5
^^
missing-unit: a time is wanted here, and this has no unit
help: write `-5 ms` or `-5 s`

10k
^^^
missing-unit: a time is wanted here, and this has no unit
help: write `10k ms` or `10k s`

dau
^^^
missing-unit: a time is wanted here, and this has no unit
help: multiply by a unit: `* 1 s`

3x
^^
missing-unit: a time is wanted here, and this has no unit
help: multiply by a unit: `* 1 s`

10 posts
^^^^^^^^
missing-unit: a time is wanted here, and this has no unit
help: `posts` is what is counted, not a unit: write a time, such as `300 ms`

300 MB
^^^^^^
dimension-mismatch: this is data (bytes), but a time is wanted here
help: write a time, such as `300 ms`
",
    );
    wanted(
        Expected::DATA,
        r"
300
^^^
missing-unit: a size is wanted here, and this has no unit
help: write `300 B` or `300 KB`

10 k
^^^^
missing-unit: a size is wanted here, and this has no unit
help: write `10 KB` or `10 KiB`

5..20
^^^^^
missing-unit: a size is wanted here, and this has no unit
help: write `5..20 B` or `5..20 KB`

10M
^^^
missing-unit: a size is wanted here, and this has no unit
help: write `10 MB` or `10 MiB`
",
    );
    wanted(
        Expected::RATE,
        r"
10k
^^^
missing-unit: a rate is wanted here, and this has no unit
help: write `10k / s` or `10k / day`

10 MB
^^^^^
dimension-mismatch: this is data (bytes), but a rate is wanted here
help: write a rate, such as `200 / s`

1B / day
^^^^^^^^
dimension-mismatch: this is bytes / second, but a rate is wanted here
help: `B` is bytes; a billion is written `1bn / day`
",
    );
    wanted(
        Expected::BANDWIDTH,
        r"
10
^^
missing-unit: a bandwidth is wanted here, and this has no unit
help: write `10 B / s` or `10 KB / s`

10M
^^^
missing-unit: a bandwidth is wanted here, and this has no unit
help: write `10 MB / s` or `10 MiB / s`

10 MB
^^^^^
dimension-mismatch: this is data (bytes), but a bandwidth is wanted here
help: write `10 MB / s` or `10 MB / day`
",
    );
    wanted(
        Expected::MONEY,
        r"
300
^^^
missing-unit: an amount of money is wanted here, and this has no unit
help: write `$300` or `€300`

-300
^^^^
missing-unit: an amount of money is wanted here, and this has no unit
help: write `-$300` or `-€300`

$5 / month
^^^^^^^^^^
dimension-mismatch: this is money / second, but an amount of money is wanted here
help: leave out the time that it is divided by
",
    );
    wanted(
        Expected::SPENDING,
        r"
300
^^^
missing-unit: a price over time is wanted here, and this has no unit
help: write `$300 / month` or `€300 / month`

$300
^^^^
dimension-mismatch: this is money, but a price over time is wanted here
help: write `$300 / month` or `$300 / year`
",
    );
    wanted(
        Expected::Count,
        r"
5 ms
^^^^
dimension-mismatch: this is a time (seconds), but a count is wanted here
help: write a plain number

5B
^^
dimension-mismatch: this is data (bytes), but a count is wanted here
help: `B` is bytes; a billion is written `5bn`
",
    );
    wanted(
        Expected::Share,
        r"
5 ms
^^^^
dimension-mismatch: this is a time (seconds), but a share is wanted here
help: write a share, such as `99.9%`

$5..10
^^^^^^
dimension-mismatch: this is money, but a share is wanted here
help: write a share, such as `99.9%`
",
    );
}
