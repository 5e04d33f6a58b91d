//! Where the nodes are: from the first to the last character of what is written.

use crate::source::{SourceFile, Sources};
use crate::syntax::{NodeKind, parse};

/// Checks for every node, in document order, the characters it covers, and the text of those scalars that are
/// not written as they read.
#[track_caller]
fn check(text: &str, expected: &[&str]) {
    let mut sources = Sources::new();
    let file = sources.add(SourceFile::new("a.yaml", text)).unwrap();
    let parsed = parse(&sources, file);
    let told: Vec<_> =
        parsed.diagnostics.iter().filter(|finding| finding.rule != "yaml-not-supported").collect();
    assert!(told.is_empty(), "{text:?} {told:?}");
    let nodes = parsed.tree.nodes(&sources).map(|node| {
        let written = sources.text(node.span());
        match node.kind() {
            NodeKind::Scalar if !node.is_verbatim() => format!("{written} = {}", node.text()),
            // Nothing is shown of an empty value, so its place is.
            NodeKind::Scalar if written.is_empty() => format!("@{}", node.span().start),
            _ => written.to_owned(),
        }
    });
    assert_eq!(nodes.collect::<Vec<_>>(), expected, "{text:?}");
}

#[test]
fn scalars_cover_their_quotes() {
    check("a: 'b'\n\"c\": d e # f\n", &["a: 'b'\n\"c\": d e", "a", "'b'", "\"c\"", "d e"]);
    check("[\"x\\ty\", 'it''s']", &["[\"x\\ty\", 'it''s']", "\"x\\ty\" = x\ty", "'it''s' = it's"]);
    check("é: ü\n  ö\n", &["é: ü\n  ö", "é", "ü\n  ö = ü ö"]);
}

#[test]
fn empty_values_stand_after_their_colon_or_dash() {
    check("a:\nb :   # c\n\nd:", &["a:\nb :   # c\n\nd:", "a", "@2", "b", "@6", "d", "@16"]);
    check("- # b\n\n-\n", &["- # b\n\n-", "@1", "@8"]);
    check("- -\n  - a:\n", &["- -\n  - a:", "-\n  - a:", "@3", "a:", "a", "@10"]);
    check("{a, b: , c:}", &["{a, b: , c:}", "a", "@2", "b", "@6", "c", "@11"]);
    check("? a\n? b\n: c\n? d\n", &["? a\n? b\n: c\n? d", "a", "@3", "b", "c", "d", "@15"]);
    check("a:\n  - ? b\n  - c\n", &["a:\n  - ? b\n  - c", "a", "- ? b\n  - c", "? b", "b", "@10", "c"]);
    check("a: &x\nb: c\n", &["a: &x\nb: c", "a", "@5", "b", "c"]);
    check("- a: !t   # b\n- !<t,u> &y\n", &["- a: !t   # b\n- !<t,u> &y", "a: !t", "a", "@7", "@25"]);
    check("[a: &x, {b: !t}]", &["[a: &x, {b: !t}]", "a: &x", "a", "@6", "{b: !t}", "b", "@14"]);
}

#[test]
fn flow_collections_cover_their_brackets() {
    check("a: [b, {c: d} ] # e\n", &["a: [b, {c: d} ]", "a", "[b, {c: d} ]", "b", "{c: d}", "c", "d"]);
    check("[a: b, c: ]", &["[a: b, c: ]", "a: b", "a", "b", "c:", "c", "@9"]);
    check("a: [\n  b,\n  ]\n\n# c\n", &["a: [\n  b,\n  ]", "a", "[\n  b,\n  ]", "b"]);
}

#[test]
fn block_collections_end_with_their_last_value() {
    check(
        "a:\n  b: c  # d\n\n  # e\nf:\n  - g\n\n",
        &["a:\n  b: c  # d\n\n  # e\nf:\n  - g", "a", "b: c", "b", "c", "f", "- g", "g"],
    );
    check(
        "- a: [b]\n- - c\n  -\n",
        &["- a: [b]\n- - c\n  -", "a: [b]", "a", "[b]", "b", "- c\n  -", "c", "@18"],
    );
}

#[test]
fn lists_begin_at_their_dash_even_when_not_indented() {
    check("a:\n- b\n- - c\n", &["a:\n- b\n- - c", "a", "- b\n- - c", "b", "- c", "c"]);
    check("a: # x - y\n- - - b\n", &["a: # x - y\n- - - b", "a", "- - - b", "- - b", "- b", "b"]);
    check("a: &x !t\n- b\n", &["a: &x !t\n- b", "a", "- b", "b"]);
    check("a:\n-\n-\nb:", &["a:\n-\n-\nb:", "a", "-\n-", "@4", "@6", "b", "@9"]);
}

#[test]
fn block_texts_cover_their_header_and_end_visibly() {
    check(
        "a: |\n  b\n   c\n\n# d\ne: f\n",
        &["a: |\n  b\n   c\n\n# d\ne: f", "a", "|\n  b\n   c = b\n c\n", "e", "f"],
    );
    check(
        "a: # x | y\n  !t &z\n  >2- # w\n   b\n",
        &["a: # x | y\n  !t &z\n  >2- # w\n   b", "a", ">2- # w\n   b =  b"],
    );
    check(
        "- |+\n\n\n- |\n- >\n\n  a\n",
        &["- |+\n\n\n- |\n- >\n\n  a", "|+ = \n\n", "| = ", ">\n\n  a = \na\n"],
    );
}

#[test]
fn repeated_nodes_point_to_where_they_are_written() {
    check(
        "a: &x [b]\nc: *x\nd:\n  - *x\n",
        &["a: &x [b]\nc: *x\nd:\n  - *x", "a", "[b]", "b", "c", "[b]", "b", "d", "- *x", "[b]", "b"],
    );
}

#[test]
fn what_is_dropped_still_belongs_to_what_holds_it() {
    check(
        "- : x\n- ?\n- b: c\n  <<: {d: e}\n",
        &["- : x\n- ?\n- b: c\n  <<: {d: e}", ": x", "?", "b: c\n  <<: {d: e}", "b", "c"],
    );
}

#[test]
fn line_ends_and_marks_do_not_shift_places() {
    check(
        "a:\r\n  - b\r\n  - |\r\n   c\r\n",
        &["a:\r\n  - b\r\n  - |\r\n   c", "a", "- b\r\n  - |\r\n   c", "b", "|\r\n   c = c\n"],
    );
}

#[test]
fn what_follows_a_mistake_has_its_own_place() {
    let text = "a: 1\nb: @\nc: &x\n  - d\ne: [\nf: *x\n";
    let mut sources = Sources::new();
    let file = sources.add(SourceFile::new("a.yaml", text)).unwrap();
    let parsed = parse(&sources, file);
    let written: Vec<_> = parsed.tree.nodes(&sources).map(|node| sources.text(node.span())).collect();
    assert_eq!(
        written,
        ["a: 1\nb: @\nc: &x\n  - d\ne: [\nf: *x", "a", "1", "c", "- d", "d", "f", "- d", "d"]
    );
    assert_eq!(parsed.diagnostics.len(), 2);
}
