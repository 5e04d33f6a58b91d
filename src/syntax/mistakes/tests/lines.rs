//! Colons, indentation, block texts and comments.

use super::check;

#[test]
fn tabs() {
    check(
        "a:\n\tb: 1\n",
        r#"2:1 "\t" a tab cannot indent in YAML
  only spaces can
  help: replace this tab with spaces"#,
    );
    check(
        "a:\n  b: 1\n\tc: 2\n",
        r#"3:1 "\t" a tab cannot indent in YAML
  only spaces can
  help: replace this tab with spaces"#,
    );
    check(
        "a: |\n\tfoo",
        r#"2:1 "\t" a tab cannot indent in YAML
  only spaces can
  help: replace this tab with spaces"#,
    );
    check(
        "- \t- a",
        r#"1:3 "\t" a tab cannot indent in YAML
  only spaces can
  help: replace this tab with spaces"#,
    );
    check(
        "a:\n  - b\n\t\t- c\n",
        r#"3:1 "\t\t" a tab cannot indent in YAML
  only spaces can
  help: replace these 2 tabs with spaces"#,
    );
}

#[test]
fn colons_without_a_space() {
    check(
        "a:1\nb: 2",
        r#"1:2 ":" there is no space after this `:`
  so it does not end a key
  help: write `a: 1`"#,
    );
    check(
        "a:\n  b:1\n  c: 2\n",
        r#"2:4 ":" there is no space after this `:`
  so it does not end a key
  help: write `b: 1`"#,
    );
    check(
        "a: 1\nb:2\nc: 3",
        r#"2:2 ":" there is no space after this `:`
  so it does not end a key
  help: write `b: 2`"#,
    );
    check(
        "a: {b:[1]}",
        r#"1:6 ":" there is no space after this `:`
  help: write a space after the `:`"#,
    );
}

#[test]
fn missing_colons() {
    check(
        "a\nb: 1",
        r#"1:1 "a" there is no `:` after `a`
  help: write `a:` if it is a key, or indent it to continue the value above"#,
    );
    check(
        "a: 1\nb\nc: 2",
        r#"2:1 "b" there is no `:` after `b`
  help: write `b:` if it is a key, or indent it to continue the value above"#,
    );
    check(
        "a=1\nb: 2",
        r#"1:1 "a=1" there is no `:` after `a=1`
  help: write `a: 1`"#,
    );
    check(
        "a:\n  - b\n  c\nd: 1",
        r#"3:3 "c" there is no `:` after `c`
  help: write `c:` if it is a key, or indent it to continue the value above"#,
    );
    check(
        "a: b\n=======\nc: d",
        r#"2:1 "=======" this line seems to be left over from a merge conflict
  help: delete it, and check the lines around it"#,
    );
}

#[test]
fn second_colons() {
    check(
        "a: b: c",
        r#"1:5 ":" a value without quotes cannot hold `: `
  this would make a second key in the same line
  help: put the value into quotes: a: "b: c""#,
    );
    check(
        "a: x: y # z",
        r#"1:5 ":" a value without quotes cannot hold `: `
  this would make a second key in the same line
  help: put the value into quotes: a: "x: y""#,
    );
    check(
        "\"a\": 1 \"b\": 2",
        r#"1:11 ":" a value without quotes cannot hold `: `
  this would make a second key in the same line
  help: begin a new line for the second key, or put all of the value into one pair of quotes"#,
    );
    check(
        "- a: b: c",
        r#"1:7 ":" a value without quotes cannot hold `: `
  this would make a second key in the same line
  help: put the value into quotes: - a: "b: c""#,
    );
    check(
        "a: {x: b: c}",
        r#"1:9 ":" a value without quotes cannot hold `: `
  1:4 "{" in the brackets opened here
  help: put the value into quotes: "b: c", or separate two entries with `,`"#,
    );
    check(
        "--- a: 1",
        r#"1:1 "--- a" a key cannot stand in the line of `---`
  help: remove the `---`, or begin in the next line"#,
    );
}

#[test]
fn columns() {
    check(
        "a:\n    b: 1\n  c: 2\nd: 3",
        r#"3:3 "c" this key begins in column 3, where nothing above it begins
  the keys above begin in columns 1 and 5
  2:5 "b" the entry to line up with
  help: begin it in column 5 to line it up with `b`"#,
    );
    check(
        "a:\n  b: 1\n   c: 2\n",
        r#"3:4 "c" `c` is indented deeper than `b`, which already has a value
  2:3 "b: 1" the line above
  help: begin it in column 3 to put it beside `b`, or remove the value of `b`"#,
    );
    check(
        "a:\n  - x\n - y\n",
        r#"3:2 "- y" this item begins in column 2, where nothing above it begins
  2:3 "- x" the entry to line up with
  help: begin it in column 3 to line it up with `- x`"#,
    );
    check(
        "a: 1\n b: 2\n",
        r#"2:2 "b" `b` is indented deeper than `a`, which already has a value
  1:1 "a: 1" the line above
  help: begin it in column 1 to put it beside `a`, or remove the value of `a`"#,
    );
    check(
        " a: 1\nb: 2\n",
        r#"1:1 " " `a: 1` is indented, but what follows is not
  2:1 "b" this line begins further left
  help: remove these spaces: all top-level keys begin in the same column"#,
    );
    check(
        "a:\n  - b: 1\n   c: 2",
        r#"3:4 "c" this key begins in column 4, where nothing above it begins
  the keys above begin in columns 1 and 5
  2:5 "b" the entry to line up with
  help: begin it in column 5 to line it up with `b`"#,
    );
    check(
        "- a\nb: 1",
        r#"2:1 "b" a key of a map stands among the items of a list
  1:1 "- a" the entry before it
  help: begin it with `- `, indent it to make it part of the item above, or move it out of the list"#,
    );
    check(
        "a: 1\n- b",
        r#"2:1 "- b" an item of a list stands among the keys of a map
  1:1 "a" the entry before it
  help: indent the item below the key that the list belongs to, or write a key instead of the dash"#,
    );
    check(
        "- - a\n -b",
        r#"2:2 "-" there is no space after this `-`
  so it does not begin an item of a list
  help: write `- b`"#,
    );
    check(
        "a: - x",
        r#"1:4 "-" a list cannot begin in the line of its key
  help: write `- x` in the next line, or `[x]` here; for the text itself write "- x""#,
    );
    check(
        "a: -",
        r#"1:4 "-" a list cannot begin in the line of its key
  help: for the text itself write "-"; for a list begin a new line, indented"#,
    );
}

#[test]
fn block_texts() {
    check(
        "a: | foo\n",
        r#"1:6 "foo" text cannot follow `|` in the same line
  1:4 "|" `|` begins a block text
  help: begin the text in the next line, indented; for a text that holds `|` write "| foo""#,
    );
    check(
        "a: >x\n foo",
        r#"1:5 "x" text cannot follow `>` in the same line
  1:4 ">" `>` begins a block text
  help: begin the text in the next line, indented; for a text that holds `>` write ">x""#,
    );
    check(
        "a: |0\n x",
        r#"1:4 "|0" the indentation of a block text cannot be 0
  help: write `|` alone and indent the text below it"#,
    );
    check(
        "a: |\n  foo\n bar\nc: 1\n",
        r#"3:2 "bar" this line is indented less than the text that begins in line 1
  1:1 "a: |" the text belongs to this key
  help: begin it in column 3"#,
    );
    check(
        "a: |\n    \n  foo\n",
        r#"3:1 "  " this line does not fit the block text around it
  1:1 "a: |" the block text begins here
  help: indent every line of the text alike, blank lines at its beginning no deeper than the first line of text"#,
    );
    check(
        "a: |2\n foo\n",
        r#"2:1 " " this line does not fit the block text around it
  1:1 "a: |2" the block text begins here
  help: indent every line of the text alike, blank lines at its beginning no deeper than the first line of text"#,
    );
}

#[test]
fn comments() {
    check(
        "a: \"x\"# no",
        r##"1:7 "#" a comment needs a space before its `#`
  help: write ` #`"##,
    );
    check(
        "a: [1]#no",
        r##"1:7 "#" a comment needs a space before its `#`
  help: write ` #`"##,
    );
    check(
        "a: x\n# c\n  y\nb: 1",
        r##"3:3 "y" this line goes on with a text that a comment has ended
  2:1 "# c" the comment
  help: move the comment above the text, or put the text into quotes or under `|`"##,
    );
}
