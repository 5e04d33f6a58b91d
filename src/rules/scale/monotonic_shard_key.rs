use crate::diagnostic::Diagnostic;
use crate::rules::Case;
use crate::rules::rule::rule;
use crate::spec::component::Partitioning;

use super::support::shard_fields;

rule! {
    /// Shards by ranges of a time, so that everything new goes to the last one.
    ///
    /// ## Why
    /// With ranges of a key that only grows, one shard takes all writes and the others none: shards are added and nothing becomes
    /// faster. Put something before the time that spreads, such as the sensor or the customer, or hash the key (Kleppmann,
    /// Designing Data-Intensive Applications, chapter 6, "Partitioning by Key Range").
    ///
    /// ## Example
    /// ```yaml
    /// components:
    ///   sensor: { kind: client }
    ///   app: { kind: service }
    ///   readings: { kind: wide_column_store, shards: 8, shard_key: at, partitioning: range }
    /// #                                                            ^^ monotonic-shard-key
    /// data:
    ///   reading:
    ///     fields: { sensor: "uuid, key", at: timestamp, value: float64 }
    ///     stored_in: readings
    /// flows:
    ///   measure:
    ///     steps:
    ///       - sensor -> app: POST /readings
    ///       - app -> readings: insert
    ///         writes: [reading]
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// components:
    ///   sensor: { kind: client }
    ///   app: { kind: service }
    ///   readings: { kind: wide_column_store, shards: 8, shard_key: sensor, partitioning: range }
    /// data:
    ///   reading:
    ///     fields: { sensor: "uuid, key", at: timestamp, value: float64 }
    ///     stored_in: readings
    /// flows:
    ///   measure:
    ///     steps:
    ///       - sensor -> app: POST /readings
    ///       - app -> readings: insert
    ///         writes: [reading]
    /// ```
    "monotonic-shard-key": Warning, Scale, Recommended, since "0.2.0", check
}

fn check(case: &Case<'_, '_>, out: &mut Vec<Diagnostic>) {
    let mut told = Vec::new();
    for found in shard_fields(case) {
        let Some(component) = case.component(found.store) else { continue };
        let by_range = component.partitioning.is_some_and(|by| by.value == Partitioning::Range);
        let is_time = matches!(found.field.value.kind, Some("timestamp" | "date" | "time"));
        if !by_range || !is_time || told.contains(&found.store) {
            continue;
        }
        told.push(found.store);
        let shards = component.shards.as_ref().and_then(|shards| case.central(&shards.written));
        let shards = shards.map(|shards| format!(" of {shards}")).unwrap_or_default();
        let message = format!(
            "every new `{}` goes to the last shard{shards}: `{}` is a time, and `{}` is split by its ranges",
            found.data,
            found.key.text,
            case.component_name(found.store)
        );
        let help = "write `partitioning: hash`, or begin the key with a field that spreads the writes";
        let finding = RULE.finding(found.key.span(), message);
        out.push(finding.related(found.field.name.span, "this only grows").help(help));
    }
}
