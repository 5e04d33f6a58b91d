//! The comparison itself: it must find what is wrong, and only that.

use super::compare::{Expected, differences};
use serde_json::{Value, json};

/// What an estimate of two values looks like.
fn estimated() -> Value {
    json!({ "values": [
        { "address": "flows.f.latency.p99", "value": 0.2, "p5": 0.1, "p95": 0.4 },
        { "address": "flows.f.latency.mean", "status": "unstable", "value": null },
    ] })
}

fn judged(entry: &str) -> Vec<String> {
    let expected = Expected::read(&format!("x-expected:\n  {entry}\n")).expect("the entry is well formed");
    differences(&expected, &estimated())
}

#[test]
fn what_is_near_enough_is_no_difference() {
    for right in [
        "flows.f.latency.p99: { value: 0.2001, rel: 0.001 }",
        "flows.f.latency.p99: { value: 0.19, abs: 0.02, p5: 0.11, p95: 0.39 }",
        "flows.f.latency.p99: { value: 0.2, abs: 0, not: [0.3] }",
        "flows.f.latency.mean: { status: unstable }",
    ] {
        assert_eq!(judged(right), Vec::<String>::new(), "{right}");
    }
}

#[test]
fn what_is_not_is_named_with_both_numbers() {
    for (wrong, said) in [
        (
            "flows.f.latency.p99: { value: 0.21, rel: 0.001 }",
            "flows.f.latency.p99: expected 0.21 (rel 0.001), got 0.2",
        ),
        (
            "flows.f.latency.p99: { value: 0.2, abs: 0.01, p5: 0.2 }",
            "flows.f.latency.p99, p5: expected 0.2 (abs 0.01), got 0.1",
        ),
        ("flows.f.latency.p99: { not: [0.2] }", "flows.f.latency.p99: 0.2 is a known error"),
        ("flows.f.latency.p99: { status: unstable }", "flows.f.latency.p99: expected unstable, got 0.2"),
        ("flows.f.latency.mean: { status: unknown }", "flows.f.latency.mean: expected unknown, got unstable"),
        (
            "flows.f.latency.mean: { value: 0.2, rel: 0.01 }",
            "flows.f.latency.mean: expected 0.2 (rel 0.01), got no number: {\"address\":\"flows.f.latency.mean\",\"status\":\"unstable\",\"value\":null}",
        ),
        (
            "flows.g.rate: { value: 1, rel: 0.01 }",
            "flows.g.rate: expected 1 (rel 0.01), got nothing: there is no such address",
        ),
    ] {
        assert_eq!(judged(wrong), [said], "{wrong}");
    }
}

#[test]
fn an_expectation_that_says_nothing_is_a_mistake() {
    for (entry, said) in [
        ("a.b.c: { value: 1 }", "a.b.c: say `rel` or `abs`"),
        ("a.b.c: { rel: 0.1 }", "a.b.c: nothing is expected"),
        ("a.b.c: { valeu: 1, rel: 0.1 }", "a.b.c: `valeu` is not known"),
        ("a.b.c: { value: one, rel: 0.1 }", "a.b.c: `value` is not a number"),
    ] {
        let found = Expected::read(&format!("x-expected:\n  {entry}\n"));
        assert_eq!(found.map(|_| ()).unwrap_err(), said, "{entry}");
    }
    assert!(Expected::read("name: A design\n").is_err());
}
