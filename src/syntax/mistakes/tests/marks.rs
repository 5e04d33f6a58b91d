//! Characters, quotes and brackets.

use super::check;

#[test]
fn characters_that_begin_nothing() {
    check(
        "a: @x",
        r#"1:4 "@" a text without quotes cannot begin with `@`
  YAML keeps this character for itself
  help: put the text into quotes: "@x""#,
    );
    check(
        "a: `x`",
        r#"1:4 "`" a text without quotes cannot begin with a backtick
  YAML keeps this character for itself
  help: put the text into quotes: "`x`""#,
    );
    check(
        "@x: 1",
        r#"1:1 "@" a text without quotes cannot begin with `@`
  YAML keeps this character for itself
  help: put the text into quotes: "@x""#,
    );
    check(
        "a: %x",
        r#"1:4 "%" a text without quotes cannot begin with `%`
  YAML keeps this character for itself
  help: put the text into quotes: "%x""#,
    );
    check(
        "%x: 1",
        r#"1:1 "%" a text without quotes cannot begin with `%`
  YAML keeps this character for itself
  help: put the text into quotes: "%x""#,
    );
    check(
        "a: 1\n%x: 1",
        r#"2:1 "%" a text without quotes cannot begin with `%`
  YAML keeps this character for itself
  help: put the text into quotes: "%x""#,
    );
    check(
        "a: [@x, b]",
        r#"1:5 "@" a text without quotes cannot begin with `@`
  YAML keeps this character for itself
  help: put the text into quotes: "@x""#,
    );
    check(
        "a: ? b",
        r#"1:4 "?" a text without quotes cannot begin with `? `
  help: put the text into quotes: "? b""#,
    );
    check(
        "a: *",
        r#"1:4 "*" `*` begins an alias in YAML, but no name follows
  help: for the text itself write "*""#,
    );
    check(
        "a: & b",
        r#"1:4 "&" `&` begins an anchor in YAML, but no name follows
  help: for the text itself write "& b""#,
    );
    check(
        "a: *x y",
        r#"1:7 "y" text follows after the alias
  help: remove it, or put all of the text into quotes: "*x y""#,
    );
}

#[test]
fn quotes() {
    check(
        "a: \"foo\nb: 1\n",
        r#"1:4 "\"" the quote `"` is not closed
  opened here
  help: write "foo""#,
    );
    check(
        "a: 'foo\nb: 1\n",
        r#"1:4 "'" the quote `'` is not closed
  opened here
  help: write 'foo'"#,
    );
    check(
        "a: 'it's'\nb: 1",
        r#"1:8 "s'" the text goes on after its closing `'`
  1:7 "'" the quote is closed here
  help: inside single quotes an apostrophe is written twice: 'it''s'"#,
    );
    check(
        "a: \"x\" y",
        r#"1:8 "y" the text goes on after its closing `"`
  1:6 "\"" the quote is closed here
  help: put all of it into quotes: "x y""#,
    );
    check(
        "a: \"say \"hi\"\"",
        r#"1:10 "hi\"\"" the text goes on after its closing `"`
  1:9 "\"" the quote is closed here
  help: inside double quotes a quote is written `\"`, or put the whole text into single quotes"#,
    );
    check(
        "a: \"b\n  c: \"d\"\ne: f",
        r#"1:4 "\"" the quote `"` is not closed in its line
  opened here
  2:6 "\"" so that it ends only here
  help: write "b""#,
    );
    check(
        "a: \"foo\nbar\"\nb: 1",
        r#"2:1 "bar\"" this line belongs to the text that line 1 opens with `"`
  1:4 "\"" the text begins here
  help: indent it by at least one space"#,
    );
    check(
        "a: \"x",
        r#"1:4 "\"" the quote `"` is not closed
  opened here
  help: write "x""#,
    );
    check(
        "a: \"x\n---\ny\"",
        r#"2:1 "---" this line belongs to the text that line 1 opens with `"`
  1:4 "\"" the text begins here
  help: indent it by at least one space"#,
    );
}

#[test]
fn escapes() {
    check(
        "a: \"\\q\"",
        r#"1:5 "\\q" `\q` is not an escape that YAML knows
  help: write `\\` for a backslash, or put the text into single quotes"#,
    );
    check(
        "a: \"C:\\temp\\dir\"",
        r#"1:12 "\\d" `\d` is not an escape that YAML knows
  help: write `\\` for a backslash, or put the text into single quotes"#,
    );
    check(
        "a: \"\\x1\"",
        r#"1:5 "\\x1" `\x` needs 2 hexadecimal digits
  help: write all digits, or `\\` for a backslash"#,
    );
    check(
        "a: \"\\uD800\"",
        r#"1:5 "\\uD800" `\uD800` is not a character
  help: write the character itself"#,
    );
    check(
        "a: \"\\uD83D\\uDE00 \\U00110000\"",
        r#"1:18 "\\U00110000" `\U00110000` is not a character
  help: write the character itself"#,
    );
}

#[test]
fn brackets() {
    check(
        "a: [1, 2\nb: 3\n",
        r#"1:4 "[" the `[` is not closed
  opened here
  2:1 "b" this line no longer belongs to it
  help: add the missing `]`"#,
    );
    check(
        "a: {x: 1\nb: 3\n",
        r#"1:4 "{" the `{` is not closed
  opened here
  2:1 "b" this line no longer belongs to it
  help: add the missing `}`"#,
    );
    check(
        "a: [1, 2",
        r#"1:4 "[" the `[` is not closed
  opened here
  help: add the missing `]`"#,
    );
    check(
        "a: {b: [1}",
        r#"1:10 "}" the `[` is closed by `}`
  1:8 "[" opened here
  help: write `]` here, or close the `[` before it"#,
    );
    check(
        "a: [1]]",
        r#"1:7 "]" this `]` closes nothing
  help: remove it, or add the `[` that it should close; a text that holds it is written in quotes"#,
    );
    check(
        "a: }",
        r#"1:4 "}" this `}` closes nothing
  help: remove it, or add the `{` that it should close; a text that holds it is written in quotes"#,
    );
    check(
        "a: [\n 1\n]\nb: 1",
        r#"3:1 "]" this line is not indented, but belongs to the `[` in line 1
  1:4 "[" opened here
  help: indent it by at least one space"#,
    );
    check(
        "a: [a, , b]",
        r#"1:8 "," nothing stands before this `,`
  1:4 "[" in the brackets opened here
  help: remove the `,`, or write the missing value before it"#,
    );
    check(
        "a: {a: 1 b: 2}",
        r#"1:10 "b" a `,` is missing before `b`
  1:4 "{" in the brackets opened here
  help: write `, b:`"#,
    );
    check(
        "a: [- b]",
        r#"1:5 "-" a list in brackets has no dashes
  help: separate its items with `,` as in `[a, b]`; a lone `-` is written in quotes"#,
    );
    check(
        "a: [\"b\" \"c\"]",
        r#"1:9 "\"c\"" a `,` is missing before `"c"`
  1:4 "[" in the brackets opened here
  help: write `, "c"`, or put both texts into one pair of quotes"#,
    );
    check(
        "{a: 1} x",
        r#"1:8 "x" text follows after the closing bracket
  help: remove it, or begin a new line"#,
    );
    check(
        "a: {b: \"[\"\nc: 1",
        r#"1:4 "{" the `{` is not closed
  opened here
  2:1 "c" this line no longer belongs to it
  help: add the missing `}`"#,
    );
}
