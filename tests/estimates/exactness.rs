//! What is said to be exact: where the model is exact for what the design says, and nowhere else.

use super::properties::run::{FEW, printed_numbers};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// Whether each number of a design is said to be exact.
fn exactness(components: Value, flows: Value) -> BTreeMap<String, bool> {
    let design = json!({
        "sysdesign": 1, "name": "Lines", "summary": "Lines of several kinds.",
        "components": components, "flows": flows,
    });
    let printed: Value = serde_json::from_str(&printed_numbers(&design, FEW).printed).unwrap();
    let values = printed["values"].as_array().unwrap().iter();
    let pair = |value: &Value| Some((value["address"].as_str()?.to_owned(), value["exact"].as_bool()?));
    values.filter_map(pair).collect()
}

/// A component under load, and what must be said of its mean wait and of the time of the flow.
fn assert_exactness(said: Value, wait: bool, time: bool) {
    let mut component = json!({ "kind": "service", "service_time": "10 ms", "availability": "100%" });
    for (key, value) in said.as_object().unwrap() {
        component[key] = value.clone();
    }
    let found = exactness(
        json!({ "app": "client", "line": component }),
        json!({ "ask": { "rate": "60 / s", "priority": 1, "steps": ["app -> line"] } }),
    );
    assert_eq!(found["components.line.wait.mean"], wait, "wait with {said}");
    assert_eq!(found["flows.ask.latency.p99"], time, "time with {said}");
}

#[test]
fn lines_are_exact_where_their_model_is() {
    let steady = json!({ "mean": "10 ms", "distribution": "constant" });
    assert_exactness(json!({}), true, true);
    assert_exactness(json!({ "replicas": 3 }), true, true);
    assert_exactness(json!({ "replicas": 3, "load_balancing": "random" }), true, true);
    // One server with any service: Pollaczek and Khinchine.
    assert_exactness(json!({ "service_time": steady }), true, true);
    assert_exactness(json!({ "service_time": steady, "replicas": 3 }), false, false);
    assert_exactness(json!({ "service_time": steady, "load_balancing": "random" }), false, false);
    assert_exactness(json!({ "replicas": 3, "load_balancing": "round-robin" }), false, false);
    assert_exactness(json!({ "replicas": 9, "load_balancing": "two-choices" }), false, false);
}

#[test]
fn of_bounded_lines_the_mean_is_exact_and_the_tail_about() {
    let steady = json!({ "mean": "10 ms", "distribution": "constant" });
    assert_exactness(json!({ "queue_limit": 5 }), true, false);
    assert_exactness(json!({ "queue_limit": 5, "service_time": steady }), false, false);
    assert_exactness(json!({ "queue_limit": 5, "replicas": 2, "load_balancing": "random" }), false, false);
}

#[test]
fn priorities_and_shared_servers_are_exact_in_the_mean_at_most() {
    let steady = json!({ "mean": "10 ms", "distribution": "constant" });
    assert_exactness(json!({ "discipline": "priority" }), true, false);
    assert_exactness(
        json!({ "discipline": "priority", "service_time": steady, "replicas": 2 }),
        false,
        false,
    );
    let found = exactness(
        json!({
            "app": "client",
            "line": { "kind": "service", "service_time": "10 ms", "discipline": "processor-sharing", "availability": "100%" },
        }),
        json!({ "ask": { "rate": "60 / s", "steps": ["app -> line"] } }),
    );
    assert!(!found["flows.ask.latency.p99"]);
}

#[test]
fn users_who_wait_are_exact_for_networks_with_a_product_form() {
    let found = |service: Value, users: usize| {
        let found = exactness(
            json!({ "app": "client", "line": { "kind": "service", "service_time": service, "availability": "100%" } }),
            json!({ "ask": { "users": users, "think_time": "1 s", "steps": ["app -> line"] } }),
        );
        found["flows.ask.rate"]
    };
    assert!(found(json!("10 ms"), 20));
    assert!(!found(json!({ "mean": "10 ms", "distribution": "constant" }), 20));
    // So many are not followed one by one.
    assert!(!found(json!("10 ms"), 200_000));
}
