//! Designs of which a part could not be understood.
//!
//! What the damaged part says is not known, so a rule that misses something would often be wrong. Only rules that judge what
//! stands in one place go on.

use crate::example::Example;
use crate::rules_to_check;

/// The rules that find the mistake of their example beside another that nobody can understand.
const GO_ON: [&str; 68] = [
    "admin-api-public",
    "api-not-rest-shaped",
    "authorization-without-authentication",
    "backup-never-tested",
    "backup-outlives-retention",
    "cache-outlives-retention",
    "cap-claim-impossible",
    "card-code-stored",
    "chances-do-not-add-up",
    "contradictory-facts",
    "copy-without-original",
    "cross-store-transaction",
    "data-without-key",
    "datastore-exposed",
    "dead-letter-to-itself",
    "empty-flow",
    "encryption-switched-off",
    "even-quorum",
    "exactly-once-claimed",
    "excessive-data-exposure",
    "failover-without-standby",
    "fallback-to-the-same",
    "hedge-non-idempotent",
    "impossible-value",
    "kind-cannot-do-that",
    "lag-longer-than-freshness",
    "long-lived-data-in-cache",
    "misleading-text",
    "missing-summary",
    "missing-index-for-access",
    "money-as-float",
    "multi-leader-without-conflict-resolution",
    "naming-style",
    "non-idempotent-put",
    "open-question-past-due",
    "open-question-without-owner",
    "optional-key",
    "ordering-lost",
    "personal-data-as-key",
    "placeholder-text",
    "queue-not-durable",
    "quorum-not-overlapping",
    "record-exceeds-store-limit",
    "reference-outlives-target",
    "replication-without-copies",
    "retry-amplification",
    "retry-non-idempotent",
    "retry-without-backoff",
    "retry-without-jitter",
    "retry-without-timeout",
    "ruled-out-requirement-built",
    "scheduler-without-lock",
    "secret-in-config-store",
    "sensitive-data-in-url",
    "sensitive-field-unmarked",
    "sensitive-files-exposed",
    "sensitivity-understated",
    "sensitivity-unknown",
    "sort-key-without-partition-key",
    "split-brain-risk",
    "store-forgets-too-early",
    "stored-and-cached-in-one-place",
    "strong-read-from-async-replica",
    "timeout-above-callers",
    "ttl-longer-than-freshness",
    "unauthenticated-change",
    "waits-for-too-many",
    "write-quorum-conflict",
];

/// A key that the language has not got.
const DAMAGE: &str = "\ndamaged: 1\n";

#[test]
fn only_rules_that_judge_what_stands_in_one_place_go_on_in_a_damaged_design() {
    let mut wrong = Vec::new();
    for rule in rules_to_check().filter(|rule| rule.check.is_some()) {
        for block in rule.examples("Example").iter().filter(|block| !block.starts_with("# file: ")) {
            let run = Example::parse(&format!("{block}{DAMAGE}")).run();
            assert!(run.findings.iter().any(|finding| finding.rule == "unknown-key"), "{block}");
            let goes_on = run.findings.iter().any(|finding| finding.rule == rule.name);
            if goes_on != GO_ON.contains(&rule.name) {
                wrong.push(format!("{} {}", rule.name, if goes_on { "goes on" } else { "is silent" }));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}
