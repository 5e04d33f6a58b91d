//! Checks of requirements.

use super::*;

/// Reads and checks; says whether it holds.
fn holds(text: &str) -> Result<bool, String> {
    let check = parse_check(text).map_err(|problems| shown(text, &problems))?;
    check.check(&Design).map_err(|problems| shown(text, &problems))?;
    check.central(&Design).map_err(|problem| shown(text, &[*problem]))
}

#[test]
fn comparisons_compare() {
    for (text, expected) in [
        ("flows.redirect.latency.p99 < 50 ms", true),
        ("flows.redirect.latency.p99 > 50 ms", false),
        ("flows.redirect.availability >= 99.95%", true),
        ("flows.redirect.availability >= 4 nines", false),
        ("system.cost < $20k / month", true),
        ("data.link.storage.at(1 year) <= 1 TB", true),
        ("system.limit(dau) >= 2M users", true),
        ("1 < 1", false),
        ("1 <= 1", true),
        ("0.1 + 0.2 == 0.3", true),
        ("0.1 + 0.2 <= 0.3", true),
        ("0.1 + 0.2 > 0.3", false),
        ("1 != 2", true),
        ("2 ≥ 2", true),
        ("2 ≤ 1", false),
        ("2 ≠ 2", false),
        ("1 < 2 and 2 < 1", false),
        ("1 < 2 or 2 < 1", true),
        ("not 1 < 2", false),
        ("not (1 < 2 and 2 < 1)", true),
        ("2 < 1 and 2 < 1 or 1 < 2", true),
        ("2 < 1 and (2 < 1 or 1 < 2)", false),
        ("(1 + 2) * 2 == 6", true),
        ("((1 + 2) * 2 == 6)", true),
        ("10 < 50 and 3 < 4", true),
    ] {
        // The plain `2M users` of the design above names an assumption.
        let text = text.replace("2M users", "2M");
        assert_eq!(holds(&text), Ok(expected), "{text}");
    }
}

#[test]
fn the_parts_of_a_comparison_are_at_hand() {
    let text = "(flows.redirect.latency.p99) < 50 ms and dau > 1";
    let check = parse_check(text).unwrap();
    let parts: Vec<(&str, &str)> = check
        .comparisons()
        .into_iter()
        .map(|comparison| (text.get(comparison.range()).unwrap(), comparison.operator.sign()))
        .collect();
    assert_eq!(parts, [("(flows.redirect.latency.p99) < 50 ms", "<"), ("dau > 1", ">")]);
    let names: Vec<&str> = check.names().map(|name| name.text).collect();
    assert_eq!(names, ["flows.redirect.latency.p99", "dau"]);
}

#[test]
fn what_is_no_check_says_how_to_make_it_one() {
    compare(
        r"
flows.redirect.latency.p99
^^^^^^^^^^^^^^^^^^^^^^^^^^ this is one value
invalid-expression: a check compares two values
help: write `flows.redirect.latency.p99 < …` or `flows.redirect.latency.p99 >= …`

flows.redirect.latency.p99 = 50 ms
                           ^
invalid-expression: unexpected `=`
help: write `==`, or `<=` or `>=` for a limit

flows.redirect.latency.p99 =< 50 ms
                           ^^
invalid-expression: unexpected `=<`
help: write `<=`

flows.redirect.latency.p99 => 50 ms
                           ^^
invalid-expression: unexpected `=>`
help: write `>=`

1 <> 2
  ^^
invalid-expression: unexpected `<>`
help: write `!=`

1 < dau < 5
        ^
invalid-expression: a comparison has two sides
help: write `1 < dau and dau < 5`

1 < 2 && 2 < 3
      ^^
invalid-expression: unexpected `&&`
help: write `and`

1 < 2 || 2 < 3
      ^^
invalid-expression: unexpected `||`
help: write `or`

1 < 2 then 3
           ^
invalid-expression: unexpected `3`
help: join comparisons with `and` or `or`

flows.redirect.latency.p99 < 50
                             ^^ this is a share or count
-------------------------- this is a time (seconds)
missing-unit: cannot compare a time (seconds) with a share or count
help: write `50 ms` or `50 s`

flows.redirect.latency.p99 < 50 MB
                             ^^^^^ this is data (bytes)
-------------------------- this is a time (seconds)
dimension-mismatch: cannot compare a time (seconds) with data (bytes)
help: compare it with a time, such as `300 ms`

50 > flows.redirect.latency.p99
^^ this is a share or count
     -------------------------- this is a time (seconds)
missing-unit: cannot compare a share or count with a time (seconds)
help: write `50 ms` or `50 s`

timeout < dau and timeout < dua and 5 < 10 ms
          ^^^ this is a share or count
------- this is a time (seconds)
dimension-mismatch: cannot compare a time (seconds) with a share or count
help: compare it with a time, such as `300 ms`
                            ^^^
unresolved-reference: nothing is called `dua`
help: did you mean `dau`?
                                    ^ this is a share or count
                                        ----- this is a time (seconds)
missing-unit: cannot compare a share or count with a time (seconds)
help: write `5 ms` or `5 s`

< 5
^
invalid-expression: a value is missing before `<`
help: a value is a number such as `300 ms`, a name, or something in parentheses

5 <
  ^
invalid-expression: a value is missing after `<`
help: a value is a number such as `300 ms`, a name, or something in parentheses

dau 5 < 3
    ^
invalid-expression: an operator is missing before `5`
help: write `*`, `/`, `+` or `-` between the two, with a space on each side

(1 < 2
^
invalid-expression: this `(` is never closed
help: add a `)`

(1 < 2) 3
        ^
invalid-expression: unexpected `3`
help: join comparisons with `and` or `or`

not
^^^
invalid-expression: a value is missing after `not`
help: a value is a number such as `300 ms`, a name, or something in parentheses

and
^^^
invalid-expression: `and` stands only between comparisons
help: a value is a number such as `300 ms`, a name, or something in parentheses

dau > 1 and
        ^^^
invalid-expression: a value is missing after `and`
help: a value is a number such as `300 ms`, a name, or something in parentheses

$5 < €6
     ^^ this is in EUR
-- this is in USD
mixed-currencies: a design has one currency
help: convert the amount to USD

!(1 < 2)
^
invalid-expression: unexpected `!`
help: write `not` before a comparison, or `!=` between two values

dau / zero > 1
      ^^^^
impossible-value: this divides by zero
",
        |text| holds(text).map(|holds| holds.to_string()).unwrap_or_else(|shown| shown),
    );
}
