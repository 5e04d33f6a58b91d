//! Expressions that do not make sense: what is wrong, where, and what to write instead.

use super::*;

#[test]
fn ranges_need_ordered_ends_with_one_unit() {
    fails(
        r"
20..5
^^^^^
impossible-value: this range runs backwards
help: write the smaller end first: `5..20`

20..5 ms
^^^^^^^^
impossible-value: this range runs backwards
help: write the smaller end first: `5..20 ms`

20k..5k rps
^^^^^^^^^^^
impossible-value: this range runs backwards
help: write the smaller end first: `5k..20k rps`

1 s..500 ms
^^^^^^^^^^^
impossible-value: this range runs backwards
help: write the smaller end first: `500 ms..1 s`

-5..-20
^^^^^^^
impossible-value: this range runs backwards
help: write the smaller end first: `-20..-5`

10..50k rps
^^^^^^^^^^^
invalid-expression: it is not clear whether `k` counts for both ends
help: write `10k..50k` or `10..50000`

5 ms..20
      ^^
missing-unit: the upper end has no unit
help: write the unit at the end, where it counts for both, such as `5..20 ms`

5 ms..20 MB
      ^^^^^ this is data (bytes)
---- this is a time (seconds)
dimension-mismatch: the ends of a range need the same unit

10%..20
     ^^ the lower end is a share
missing-unit: the upper end has no unit
help: write `%` at the end, where it counts for both

5 / day..10
         ^^
missing-unit: the upper end has no unit
help: write the unit at the end, where it counts for both, such as `5..20 ms`

5...20
 ^^^
invalid-expression: a range is written with two dots
help: write `5..20`, and `0.5` for a half

dau..10
   ^
invalid-expression: unexpected `.`
help: both ends of a range are numbers, such as `50..200`; calculate with it afterwards

5..dau
 ^^
invalid-expression: both ends of a range are numbers
help: write a range such as `50..200`, and calculate with it afterwards

$5..€10
    ^^^
-- another currency
mixed-currencies: the ends of a range need the same currency

20 ± 5% / user ± 3
               ^
invalid-expression: unexpected `±`
help: write a range such as `50..200` or `300 ± 10%`, with a number on each side

dau ± 5
    ^
invalid-expression: unexpected `±`
help: write a range such as `50..200` or `300 ± 10%`, with a number on each side

5 ± dau
  ^
invalid-expression: a margin is a number
help: write `300 ± 10%` or `300 ± 20`, and `a + -b` with a space

3 ± 1 nines
^^^^^^^^^^^
invalid-expression: nines have no margin
help: write a range such as `3..4 nines`

16 nines
^^^^^^^^
impossible-value: a share has between 0 and 15 nines
",
    );
}

#[test]
fn money_has_one_currency() {
    fails(
        r"
$5 + €3
     ^^ this is in EUR
-- this is in USD
mixed-currencies: a design has one currency
help: convert the amount to USD

$5 EUR
^^^^^^
mixed-currencies: this amount has two currencies
help: write `$5`, or the number with `EUR` alone

$5 ms
   ^^
invalid-expression: an amount of money is not counted in `ms`
help: write `$5 / ms` for a price

$
 ^
invalid-expression: a number is missing here
help: write a number, such as `5` or `$5`

€ / GB
  ^
invalid-expression: a number is missing here
help: write a number, such as `5` or `$5`
",
    );
}

#[test]
fn names_that_are_unknown_get_suggestions() {
    fails(
        r"
dua * 2
^^^
unresolved-reference: nothing is called `dua`
help: did you mean `dau`?

dau-zero
^^^^^^^^
unresolved-reference: nothing is called `dau-zero`
help: a minus between names has spaces around it: write `dau - zero`

dau-zera
^^^^^^^^
unresolved-reference: nothing is called `dau-zera`
help: add `dau-zera:` to `assumptions`

flows.redirct.latency.p99
^^^^^^^^^^^^^^^^^^^^^^^^^
unresolved-reference: nothing is called `flows.redirct.latency.p99`
help: did you mean `flows.redirect.latency.p99`?

system.limits(dau)
^^^^^^^^^^^^^
unresolved-reference: nothing is called `system.limits` that takes arguments

day * 2
^^^
unresolved-reference: nothing is called `day`
help: a unit needs a number: write `1 day`

5 * GB
    ^^
unresolved-reference: nothing is called `GB`
help: a unit needs a number: write `1 GB`

maxx(1)
^^^^
unresolved-reference: there is no function `maxx`
help: did you mean `max`?

dau (5)
^^^
unresolved-reference: there is no function `dau`
help: write `dau * (…)` to multiply

Zürich
 ^
invalid-expression: unexpected `ü`
help: names are made of the letters a to z, digits, `_` and `-`

1 + broken * blub
             ^^^^
unresolved-reference: nothing is called `blub`
help: add `blub:` to `assumptions`
",
    );
}

#[test]
fn dimensions_do_not_mix() {
    fails(
        r"
link_size + timeout
            ^^^^^^^ this is a time (seconds)
--------- this is data (bytes)
dimension-mismatch: cannot add a time (seconds) to data (bytes)
help: multiply the time by a bandwidth, such as `50 MB / s`

timeout - link_size - 5
          ^^^^^^^^^ this is data (bytes)
------- this is a time (seconds)
dimension-mismatch: cannot subtract data (bytes) from a time (seconds)
help: subtract a time, such as `300 ms`
                      ^ this is a share or count
------- this is a time (seconds)
missing-unit: cannot subtract a share or count from a time (seconds)
help: write `5 ms` or `5 s`

5 ms + 10%
       ^^^ this is a share or count
---- this is a time (seconds)
dimension-mismatch: cannot add a share or count to a time (seconds)
help: write `* (1 + 10%)` for a change by a part

timeout + 10% + 3 B
          ^^^ this is a share or count
------- this is a time (seconds)
dimension-mismatch: cannot add a share or count to a time (seconds)
help: write `* (1 + 10%)` for a change by a part
                ^^^ this is data (bytes)
------- this is a time (seconds)
dimension-mismatch: cannot add data (bytes) to a time (seconds)
help: add a time, such as `300 ms`

max(timeout, link_size, 3)
             ^^^^^^^^^ this is data (bytes)
    ------- this is a time (seconds)
dimension-mismatch: cannot compare a time (seconds) with data (bytes)
help: compare it with a time, such as `300 ms`
                        ^ this is a share or count
    ------- this is a time (seconds)
missing-unit: cannot compare a time (seconds) with a share or count
help: write `3 ms` or `3 s`

ceil(x)
     ^ the result would depend on the unit
dimension-mismatch: `ceil` works on counts, and this is data (bytes)
help: divide by a unit first: `ceil(… / 1 GB)`

ln(timeout / link_size)
   ^^^^^^^^^^^^^^^^^^^ the result would depend on the unit
dimension-mismatch: `ln` works on counts, and this is seconds / byte
help: divide by a unit first: `ln(… / (1 * 1 s / 1 B))`

x ^ dau
    ^^^
- this is data (bytes)
dimension-mismatch: the exponent of a quantity with a unit is a plain number

2 ^ timeout
    ^^^^^^^ this is a time (seconds)
dimension-mismatch: an exponent has no unit

x ^ 0.5
^^^^^^^ data (bytes) to the power of 0.5
impossible-value: no quantity has a dimension like this
help: check which units are multiplied and divided

x ^ 200
^^^^^^^ data (bytes) to the power of 200
impossible-value: no quantity has a dimension like this
help: check which units are multiplied and divided

sqrt(timeout)
^^^^^^^^^^^^^ the square root of a time (seconds)
impossible-value: no quantity has a dimension like this
help: check which units are multiplied and divided
",
    );
}

#[test]
fn values_that_cannot_be_are_refused() {
    fails(
        r"
dau / zero
      ^^^^
impossible-value: this divides by zero

1 / (1 - 1)
    ^^^^^^^
impossible-value: this divides by zero

ln(0)
^^^^^
impossible-value: only positive numbers have a logarithm

sqrt(-1)
^^^^^^^^
impossible-value: negative numbers have no square root

(-8) ^ 0.5
^^^^^^^^^^
impossible-value: negative numbers have only whole powers

zero ^ -1
^^^^^^^^^
impossible-value: this divides by zero

1e300 * 1e300
^^^^^^^^^^^^^
impossible-value: this is larger than any number that can be computed with

10 ^ 400
^^^^^^^^
impossible-value: this is larger than any number that can be computed with
",
    );
}

#[test]
fn what_is_broken_elsewhere_is_not_reported_again() {
    let expr = parse("broken + timeout").unwrap();
    assert_eq!(expr.check(&Design), Err(Vec::new()));
    assert_eq!(expr.central(&Design).unwrap_err().rule, "not-computable");
}
