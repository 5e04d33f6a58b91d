use crate::diagnostic::Diagnostic;
use crate::rules::rule::rule;
use crate::rules::{Case, cause};
use crate::spec::component::Partitioning;
use std::collections::BTreeSet;

rule! {
    /// A store that is split into shards without saying by what.
    ///
    /// ## Why
    /// The key decides everything that a sharded store can and cannot do: which queries stay on one shard, which transactions are
    /// possible, whether the load is even. It can hardly be changed once there is data (Kleppmann, Designing Data-Intensive
    /// Applications, chapter 6; Microsoft, Cloud Design Patterns, "Sharding").
    ///
    /// ## Example
    /// ```yaml
    /// components:
    ///   browser: { kind: client }
    ///   app: { kind: service }
    ///   orders: { kind: database, shards: 8 }
    /// #                           ^^^^^^ shard-key-missing
    /// flows:
    ///   buy: { steps: ["browser -> app: POST /orders", "app -> orders: insert"] }
    /// rules: { stage: sketch, shard-key-missing: warning }
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// components:
    ///   browser: { kind: client }
    ///   app: { kind: service }
    ///   orders: { kind: database, shards: 8, shard_key: customer }
    /// flows:
    ///   buy: { steps: ["browser -> app: POST /orders", "app -> orders: insert"] }
    /// rules: { stage: sketch, shard-key-missing: warning }
    /// ```
    ///
    /// ## Known false positives
    /// Nothing is asked of a cache, nor of a store whose data has a field that is a `partition_key`.
    "shard-key-missing": Warning, Scale, Recommended, at Design, since "0.2.0", check
}

fn check(case: &Case<'_, '_>, out: &mut Vec<Diagnostic>) {
    if !case.is_sound || !case.design.components.iter().any(|entry| entry.value.shards.is_some()) {
        return;
    }
    let mut keyed: BTreeSet<&str> = BTreeSet::new();
    for data in &case.design.data {
        let is_key = |name: &crate::spec::values::Name<'_>| name.text == "partition_key";
        if data.value.fields.iter().any(|field| field.value.modifiers.iter().any(is_key)) {
            keyed.extend(data.value.stored_in.iter().map(|store| store.text));
        }
    }
    for (index, entry) in (0..).zip(&case.design.components) {
        let component = &entry.value;
        let Some(shards) = &component.shards else { continue };
        let Some(count) = case.central(&shards.written).filter(|count| *count > 1.0) else { continue };
        let is_store = case.has(index, "durable") && case.has(index, "answers_queries");
        let by_table = component.partitioning.is_some_and(|by| by.value == Partitioning::Directory);
        let name = entry.name.text;
        if !is_store || by_table || component.shard_key.is_some() || keyed.contains(name) {
            continue;
        }
        let Some(span) = cause::fact(case, index, &["shards"]) else { continue };
        let message = format!("`{name}` is split into {count} shards, and nothing says by what");
        let help = "name the field that most reads and writes know: `shard_key: customer`";
        out.push(RULE.finding(span, message).help(help));
    }
}
