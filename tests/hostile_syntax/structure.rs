//! H13 to H27: the structure of YAML.

use super::{check, check_good, message, outcome};
use sysdesign::syntax::CoreType;

#[test]
fn h13_deep_flow_nesting() {
    let outcome = check("[".repeat(100_000), &["limit-exceeded 1:65"]);
    message(&outcome, "nested more than 64 deep");
    assert_eq!(outcome.nodes(), 0);
    assert_eq!(check("{a: ".repeat(100_000), &["limit-exceeded 1:257"]).nodes(), 0);
    check(format!("{}{}", "[".repeat(64), "]".repeat(64)), &[]);
    check(format!("{}{}", "[".repeat(65), "]".repeat(65)), &["limit-exceeded 1:65"]);
    check(format!("a: {}\nb: @\n", "[".repeat(70)), &["limit-exceeded 1:68", "yaml-syntax 2:4"]);
}

#[test]
fn h14_deep_block_nesting() {
    check("? ".repeat(100_000), &["limit-exceeded 1:129"]);
    check("- ".repeat(5_000), &["limit-exceeded 1:129"]);
    let nested: String = (0..5_000).map(|depth| format!("{}a:\n", " ".repeat(depth))).collect();
    assert!(check(nested, &["limit-exceeded 65:65"]).nodes() <= 1);
    let mixed = format!("{}{}{}", "- ".repeat(40), "[".repeat(40), "]".repeat(40));
    check(mixed, &["limit-exceeded 1:105"]);
}

#[test]
fn h15_aliases_work_within_a_budget() {
    check_good(
        "a: &x {b: [1, 2]}\nc: *x\nd: [*x, *x]\n",
        concat!(
            r#"{"a": {"b": ["1", "2"]}, "c": {"b": ["1", "2"]}, "#,
            r#""d": [{"b": ["1", "2"]}, {"b": ["1", "2"]}]}"#
        ),
    );
    // The latest anchor of a name counts.
    check_good("a: &x 1\nb: &x 2\nc: *x\n", r#"{"a": "1", "b": "2", "c": "2"}"#);
}

#[test]
fn h15_billion_laughs() {
    let line = |level: usize| {
        let below = vec![format!("*a{}", level.wrapping_sub(1)); 10].join(", ");
        format!("a{level}: &a{level} [{}]\n", if level == 0 { "lol, lol".into() } else { below })
    };
    let laughs: String = (0..30).map(line).collect();
    let outcome = outcome(laughs);
    message(&outcome, "repeat more than 100,000 values");
    assert_eq!(outcome.places().len(), 1, "{:?}", outcome.places());
    assert!((50_000..=110_000).contains(&outcome.nodes()), "{}", outcome.nodes());
}

#[test]
fn h15_aliases_cannot_pass_the_depth_limit() {
    let line = |level: usize| match level {
        0 => "a0: &a0 [x]\n".to_owned(),
        _ => format!("a{level}: &a{level} [*a{}]\n", level - 1),
    };
    check((0..63).map(line).collect::<String>(), &[]);
    check((0..64).map(line).collect::<String>(), &["limit-exceeded 64:12"]);
}

#[test]
fn h15_cycles_and_unknown_aliases() {
    let outcome = check("a: &x [1, *x]\nb: *y\nc: 2\n", &["unknown-alias 1:11", "unknown-alias 2:4"]);
    assert_eq!(outcome.tree(), r#"{"a": ["1"], "c": "2"}"#);
    message(&outcome, "would contain itself");
    message(&check("a: *x\nb: &x 1\n", &["unknown-alias 1:4"]), "above its first use");
    message(&check("host: *.example.com\n", &["unknown-alias 1:7"]), "write \"*.example.com\"");
    assert!(super::outcome("- *x\n".repeat(100_000)).places().len() <= 1000);
}

#[test]
fn h15_merge_keys() {
    let outcome = check("a: &x {b: 1}\nc:\n  <<: *x\n  d: 2\n\"<<\": 3\n", &["yaml-not-supported 3:3"]);
    assert_eq!(outcome.tree(), r#"{"a": {"b": "1"}, "c": {"d": "2"}, "<<": "3"}"#);
    message(&outcome, "merge keys (`<<`) are not supported");
}

#[test]
fn h16_duplicate_keys() {
    let outcome =
        check("\"a\": 1\n\"\\x61\": 2\nb: {c: 1, 'c': 2}\n", &["duplicate-key 2:1", "duplicate-key 3:11"]);
    let first = &outcome.findings[0].related[0];
    assert_eq!((first.span.range(), &*first.message), (0..3, "first defined here"));
    // Also when a mistake lies between them.
    check("a: 1\nb: @\na: 2\n", &["yaml-syntax 2:4", "duplicate-key 3:1"]);
}

#[test]
fn h17_indentation_and_spaces() {
    check("a:\n\tb: 1\n", &["yaml-syntax 2:1"]);
    check("a:\n    b: 1\n  c: 2\n", &["yaml-syntax 3:3"]);
    check("a: 1\nb:2\nc: 3\n", &["yaml-syntax 2:2"]);
}

#[test]
fn h18_characters_that_need_quotes() {
    for (text, column, help) in [
        ("a: b: c", 5, "a: \"b: c\""),
        ("a: @x", 4, "\"@x\""),
        ("a: `x`", 4, "\"`x`\""),
        ("a: %x", 4, "\"%x\""),
    ] {
        message(&check(text, &[&format!("yaml-syntax 1:{column}")]), help);
    }
}

#[test]
fn h19_documents_and_directives() {
    let rule = "yaml-not-supported";
    let outcome = check("a: 1\n---\na: 2\n---\n@\n", &[&format!("{rule} 2:1")]);
    assert_eq!(outcome.tree(), r#"{"a": "1"}"#);
    check("a: 1\n...\n# fine\n", &[]);
    check("--- # fine\na: 1\n", &[]);
    check("a: 1\n...\nb: 2\n", &[&format!("{rule} 3:1")]);
    check("a: 1\n...\n- b\n@: 2\n", &[&format!("{rule} 3:1")]);
    check("%YAML 9.9\n---\na: 1\n", &[&format!("{rule} 1:1")]);
    check("# c\n%YAML 1.2\n%TAG ! tag:x,2000:\n---\na: 1\n", &[&format!("{rule} 2:1")]);
    let bomb: String = (0..1000).map(|number| format!("%TAG !{number}! tag:x,2000:{number}\n")).collect();
    check(format!("{bomb}---\na: 1\n"), &[&format!("{rule} 1:1")]);
    check("a: @\n---\nb: @\n", &["yaml-syntax 1:4", &format!("{rule} 2:1")]);
}

#[test]
fn h20_tags() {
    for tag in ["!!python/object/apply:os.system", "!include", "!!binary", "!<tag:yaml.org,2002:str>", "!e!x"]
    {
        let outcome = check(format!("a: {tag} /etc/passwd\nb: 1\n"), &["yaml-not-supported 1:4"]);
        assert_eq!(outcome.root().unwrap().get("b").unwrap().text(), "1");
    }
    let outcome = check(
        "a: !!str 1\nb: !x {c: !y [d]}\n",
        &["yaml-not-supported 1:4", "yaml-not-supported 2:4", "yaml-not-supported 2:11"],
    );
    assert_eq!(outcome.tree(), r#"{"a": "1", "b": {"c": ["d"]}}"#);
    message(&super::outcome("a: !include x.yaml\n"), "`include:`");
}

#[test]
fn h21_keys_that_are_no_names() {
    let rule = "yaml-not-supported";
    let cases = [
        ("? [a, b]\n: 1\nc: 2\n", "1:3", "a list cannot be a key"),
        ("? {a: [b]}\n: 1\nc: 2\n", "1:3", "a map cannot be a key"),
        ("? - a\n  - b\n: - x\n  - y\nc: 2\n", "1:3", "a list cannot be a key"),
        (": 1\nc: 2\n", "1:1", "a key is missing before the `:`"),
        ("null: 1\nc: 2\n", "1:1", "a key cannot be nothing"),
        ("~: {a: b}\nc: 2\n", "1:1", "a key cannot be nothing"),
        ("\"\": 1\nc: 2\n", "1:1", "a key cannot be empty"),
        ("{[a]: 1, c: 2}\n", "1:2", "a list cannot be a key"),
    ];
    for (text, place, part) in cases {
        let outcome = check(text, &[&format!("{rule} {place}")]);
        message(&outcome, part);
        assert_eq!(outcome.tree(), r#"{"c": "2"}"#, "{text:?}");
        assert!(!outcome.parsed.unwrap().complete);
    }
    // Keys that are numbers or truth values are names that the reader of ids refuses.
    check_good("1: a\ntrue: b\n? c\n: d\n", r#"{"1": "a", "true": "b", "c": "d"}"#);
}

#[test]
fn h22_scalars_are_typed_by_the_core_schema_and_keep_their_text() {
    let number = |text: &str| CoreType::Number(text.parse().unwrap());
    let cases = [
        ("no", CoreType::Text),
        ("on", CoreType::Text),
        ("017", number("17")),
        ("1_000", CoreType::Text),
        ("12:30:45", CoreType::Text),
        ("~", CoreType::Null),
        ("1.10", number("1.1")),
        (".inf", CoreType::Text),
        ("1e400", CoreType::Text),
        ("100000000000000000000000000000000", number("1e32")),
        ("-0", number("-0")),
        ("'1'", CoreType::Text),
        ("True", CoreType::Bool(true)),
    ];
    for (text, expected) in cases {
        let outcome = check(format!("a: {text}\n"), &[]);
        let value = outcome.root().unwrap().get("a").unwrap();
        assert_eq!((value.text(), value.core_type()), (text.trim_matches('\''), expected));
    }
}

#[test]
fn h23_many_nodes() {
    assert_eq!(check("- a\n".repeat(1_000_000), &[]).nodes(), 1_000_001);
    let keys: String = (0..200_000).map(|number| format!("key{number}: 1\n")).collect();
    assert_eq!(check(&*keys, &[]).nodes(), 400_001);
    check(format!("{keys}key77: 2\n"), &["duplicate-key 200001:1"]);
    check("# c\n".repeat(1_000_000), &["empty-design 1:1"]);
    check("\n".repeat(10_000_000), &["empty-design 1:1"]);
    let outcome = check("- a\n".repeat(2_000_000), &["limit-exceeded 2000000:3"]);
    message(&outcome, "more than 2,000,000 maps, lists and values");
}

#[test]
fn h24_long_keys() {
    let key = "k".repeat(5_000);
    for (text, place) in [
        (format!("{key}: 1\nb: 2\n"), "1:1"),
        (format!("a: 1\n{key}: 1\nb: 2\n"), "2:1"),
        (format!("a: 1\n\"{key}\": 1\nb: 2\n"), "2:1"),
        (format!("a: {{{key}: 1}}\nb: 2\n"), "1:5"),
        (format!("a:\n  {key}: 1\nb: 2\n"), "2:3"),
        (format!("? {key}\n: 1\nb: 2\n"), "1:3"),
    ] {
        let outcome = check(text, &[&format!("limit-exceeded {place}")]);
        message(&outcome, "longer than the limit of 1,024");
        assert_eq!(outcome.root().unwrap().get("b").unwrap().text(), "2");
    }
    check(format!("{}: 1\n", "é".repeat(1_024)), &[]);
}

#[test]
fn h25_conflict_markers() {
    let text = "a: 1\n<<<<<<< HEAD\nb: [1\n||||||| base\nb: @\n=======\nb: 3\n>>>>>>> topic\nc: @\n";
    let outcome = check(text, &["conflict-marker 2:1"]);
    assert_eq!(outcome.findings[0].related.len(), 2);
    assert_eq!(outcome.nodes(), 0);
}

#[test]
fn h26_json() {
    let yaml = check("a: 1\nb: [true, null, x]\nc: {d: \"\\u00e9\"}\n", &[]);
    let json =
        check("{\n\t\"a\": 1,\n\t\"b\": [true, null, \"x\"],\n\t\"c\": {\"d\": \"\\u00e9\"}\n}\n", &[]);
    assert_eq!(json.tree(), yaml.tree());
    check("{\"a\": 1, \"a\": 2}", &["duplicate-key 1:10"]);
    check("{\"a\": 1 \"b\": 2}", &["yaml-syntax 1:9"]);
    check("{\"a\": [1, 2}", &["yaml-syntax 1:12"]);
}

#[test]
fn h27_later_sections_are_still_read() {
    let text = "sysdesign: 1\ncomponents:\n  app: { kind: service\n  db: { kind: database }\nname: \"x\nflows:\n  a: 1\nowner: y\n";
    let outcome = check(text, &["yaml-syntax 3:8", "yaml-syntax 5:7"]);
    assert_eq!(outcome.tree(), r#"{"sysdesign": "1", "flows": {"a": "1"}, "owner": "y"}"#);
    // Mistakes do not go on for ever.
    assert_eq!(outcome_count("a: @\n", 100), 20);
}

fn outcome_count(line: &str, times: usize) -> usize {
    outcome(line.repeat(times)).places().iter().filter(|place| place.starts_with("yaml-syntax")).count()
}
