//! Texts that are no expression: what is wrong, where, and what to write instead.

use super::*;

#[test]
fn what_is_no_number_says_how_to_write_one() {
    fails(
        r"
017
^^^ a number does not begin with a zero
invalid-expression: `017` is not a number
help: write `17`

1__0
^^^^ `_` stands only between two digits of a number
invalid-expression: `1__0` is not a number
help: write `10`

1000_
^^^^^ `_` stands only between two digits of a number
invalid-expression: `1000_` is not a number
help: write `1000`

5.
^^ digits follow a decimal point
invalid-expression: `5.` is not a number
help: write `5`

1.2.3
^^^^^ a number has one decimal point
invalid-expression: `1.2.3` is not a number
help: write a number such as `1.5`, or a range such as `1..5`

12:30:45
^^^^^^^^ this is a time of day or base 60
invalid-expression: `12:30:45` is not a number
help: write a duration as `12 h + 30 min + 45 s`

0x1F
^^^^ numbers are written in decimal
invalid-expression: `0x1F` is not a number
help: write `31`

0b101
^^^^^ numbers are written in decimal
invalid-expression: `0b101` is not a number
help: write `5`

0xZZ
^^^^ numbers are written in decimal
invalid-expression: `0xZZ` is not a number
help: write the number with the digits 0 to 9

1e400
^^^^^ numbers reach from 1e-307 to 1e308
impossible-value: this number is too large

1e-400
^^^^^^ numbers reach from 1e-307 to 1e308
impossible-value: this number is too small

1e999999999999
^^^^^^^^^^^^^^ numbers reach from 1e-307 to 1e308
impossible-value: this number is too large

NaN
^^^
unresolved-reference: nothing is called `NaN`
help: write a number; what has no limit is left out

-inf
 ^^^
unresolved-reference: nothing is called `inf`
help: write a number; what has no limit is left out

.inf
^^^^
invalid-expression: `.inf` is not a number
help: what has no limit is left out

1,000
 ^
invalid-expression: unexpected `,`
help: write thousands as `1000` or `1_000`, and decimals with a point as `1.5`

1 000
  ^^^
invalid-expression: an operator is missing before `000`
help: write the number without spaces: `1000`

5 3
  ^
invalid-expression: an operator is missing before `3`
help: write `*`, `/`, `+` or `-` between the two, with a space on each side

1 day 12 hours
      ^^
invalid-expression: an operator is missing before `12`
help: write `1 day + 12 hours` when both belong together
",
    );
}

#[test]
fn words_that_are_no_units_are_refused() {
    fails(
        r"
300 Bb
    ^^
unknown-unit: unknown unit `Bb`
help: did you mean `B`?

5 m + 3 kb
  ^
unknown-unit: unknown unit `m`
help: write `min` for minutes or `M` for millions
        ^^
unknown-unit: unknown unit `kb`
help: write `KB` for bytes or `kbit` for bits

100M / mnth
       ^^^^
unknown-unit: unknown unit `mnth`
help: did you mean `month`?

1B users
 ^ `1B` is data, and `users` are counted
unknown-unit: `B` is bytes, not billions
help: write `1bn users`

$1B
  ^
invalid-expression: an amount of money is not counted in `B`
help: write `$1bn` for billions

5 MB images
     ^^^^^^ `5 MB` has its unit already
invalid-expression: `images` is not expected after a unit
help: leave it out, or write `5 MB * images` or `5 MB / images`

5 min per day
      ^^^
invalid-expression: `per` is not part of an expression
help: write `5 min / day`

10 per day
   ^^^
invalid-expression: `per` is not part of an expression
help: write `10 / day`

5 to 10 ms
  ^^
invalid-expression: `to` is not part of an expression
help: write `5..10 ms`

10% of dau
    ^^
invalid-expression: `of` is not part of an expression
help: write `10% * dau`

10 users
   ^^^^^ this is the name of a value
invalid-expression: an operator is missing before `users`
help: write `10 * users` to multiply, or only `10`

10 usrs
   ^^^^
unknown-unit: unknown unit `usrs`
help: did you mean `users`? then write `10 * users`

10 / dua / day
     ^^^
unknown-unit: unknown unit `dua`
help: did you mean `dau`?

10 / v2 / day
     ^^
unresolved-reference: nothing is called `v2`
help: add `v2:` to `assumptions`

10 / kubernetes-pod
     ^^^^^^^^^^^^^^
unresolved-reference: nothing is called `kubernetes-pod`
help: add `kubernetes-pod:` to `assumptions`

5 hosts-2
  ^^^^^^^
invalid-expression: an operator is missing before `hosts-2`
help: write `5 * hosts-2`; what is counted is named with letters only
",
    );
}

#[test]
fn what_breaks_the_grammar_is_underlined() {
    fails(
        r"
1 +
  ^
invalid-expression: a value is missing after `+`
help: a value is a number such as `300 ms`, a name, or something in parentheses

* 3
^
invalid-expression: a value is missing before `*`
help: a value is a number such as `300 ms`, a name, or something in parentheses

(1 + 2
^
invalid-expression: this `(` is never closed
help: add a `)`

1 + 2)
     ^
invalid-expression: unexpected `)`
help: remove it, or add the `(` that belongs to it

()
 ^
invalid-expression: a value is missing before `)`
help: a value is a number such as `300 ms`, a name, or something in parentheses

max(
   ^
invalid-expression: this `(` is never closed
help: add a `)`

max()
^^^^^
invalid-expression: `max` takes at least one argument
help: write `max(a, b)`

max(1,)
      ^
invalid-expression: a value is missing before `)`
help: a value is a number such as `300 ms`, a name, or something in parentheses

max(1 2)
      ^
invalid-expression: an operator is missing before `2`
help: write `*`, `/`, `+` or `-` between the two, with a space on each side

sqrt(1, 2)
^^^^^^^^^^
invalid-expression: `sqrt` takes one argument
help: write `sqrt(x)`

2 ** 3
  ^^
invalid-expression: unexpected `**`
help: write `^` for a power

5 × 3
  ^
invalid-expression: unexpected `×`
help: write `*` to multiply

5 − 3
  ^
invalid-expression: unexpected `−`
help: write the minus as `-`

{dau}
^
invalid-expression: unexpected `{`
help: group with `(` and `)`

5 > 3
  ^
invalid-expression: unexpected `>`
help: comparisons stand only in the `check` of a requirement

dau and 3
    ^^^
invalid-expression: `and` stands only between comparisons
help: a value is a number such as `300 ms`, a name, or something in parentheses

1 & 2
  ^
invalid-expression: unexpected `&`
help: comparisons are joined with `and` and `or`

5 %3
   ^
invalid-expression: an operator is missing before `3`
help: write `*`, `/`, `+` or `-` between the two, with a space on each side

dau 5
    ^
invalid-expression: an operator is missing before `5`
help: write `*`, `/`, `+` or `-` between the two, with a space on each side

dau% + 1
   ^
invalid-expression: unexpected `%`
help: `%` stands right after a number

5 + timeout
^ this is a share or count
    ------- this is a time (seconds)
missing-unit: cannot add a time (seconds) to a share or count
help: write `5 ms` or `5 s`

dau + timeout
      ^^^^^^^ this is a time (seconds)
--- this is a share or count
dimension-mismatch: cannot add a time (seconds) to a share or count
help: multiply the time by a rate, such as `200 / s`

10krps
  ^^^^
unknown-unit: unknown unit `krps`
help: write a space after the scale word: `k rps`
",
    );
}

#[test]
fn english_is_turned_into_the_language() {
    fails(
        r"
10-20 ms
^^^^^^^^
invalid-expression: this is a subtraction and not a range
help: write `10..20 ms` for a range

10 - 20 ms
^^^^^^^^^^
invalid-expression: this is a subtraction and not a range
help: write `10..20 ms` for a range

50%-60%
^^^^^^^
invalid-expression: this is a subtraction and not a range
help: write `50%..60%` for a range, or spaces around the minus for a subtraction

150M daily active people
           ^^^^^^
invalid-expression: an operator is missing before `active`
help: name what is counted with one word: leave `active` or the word before it out

EUR 5
    ^
invalid-expression: an operator is missing before `5`
help: write the currency after the number: `5 EUR`

~100
^
invalid-expression: unexpected `~`
help: write an uncertain number as a range, such as `80..120` or `100 ± 20%`
",
    );
    means("60%-50%", 0.1, Dimension::NONE);
    means("50% - 60%", -0.1, Dimension::NONE);
    means("1 - 90%", 0.1, Dimension::NONE);
}

#[test]
fn nothing_at_all() {
    for text in ["", "   "] {
        let problems = outcome(text).expect_err("nothing is no expression");
        assert_eq!(problems.len(), 1);
        assert_eq!(problems[0].message, "an expression is missing here");
    }
}
