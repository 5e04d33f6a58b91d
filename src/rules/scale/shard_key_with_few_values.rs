use crate::diagnostic::Diagnostic;
use crate::rules::Case;
use crate::rules::rule::rule;
use crate::spec::data_field::DataField;

use super::support::shard_fields;

rule! {
    /// A shard key that has fewer values than there are shards.
    ///
    /// ## Why
    /// All records with the same key are on the same shard, so that a key with three values fills three shards at most, and
    /// not even evenly; the others stay empty and are paid for. MongoDB's documentation calls this the cardinality of a shard
    /// key, and the first thing to look at when choosing one.
    ///
    /// ## Example
    /// ```yaml
    /// components:
    ///   browser: { kind: client }
    ///   app: { kind: service }
    ///   orders: { kind: database, shards: 8, shard_key: state }
    /// #                                                 ^^^^^ shard-key-with-few-values
    /// data:
    ///   order:
    ///     fields: { id: "uuid, key", state: "enum(open, paid, sent)" }
    ///     stored_in: orders
    /// flows:
    ///   buy:
    ///     steps:
    ///       - browser -> app: POST /orders
    ///       - app -> orders: insert
    ///         writes: [order]
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// components:
    ///   browser: { kind: client }
    ///   app: { kind: service }
    ///   orders: { kind: database, shards: 8, shard_key: id }
    /// data:
    ///   order:
    ///     fields: { id: "uuid, key", state: "enum(open, paid, sent)" }
    ///     stored_in: orders
    /// flows:
    ///   buy:
    ///     steps:
    ///       - browser -> app: POST /orders
    ///       - app -> orders: insert
    ///         writes: [order]
    /// ```
    "shard-key-with-few-values": Warning, Scale, Recommended, since "0.2.0", check
}

/// How many values a field can have, where its type says so.
fn values(field: &DataField<'_>, written: &str) -> Option<f64> {
    match field.kind? {
        "bool" => Some(2.0),
        "int8" => Some(256.0),
        "enum" => {
            let (_, inner) = written.split_once('(')?;
            let (inner, _) = inner.split_once(')')?;
            // `enum(12)` says how many there are, `enum(a, b)` which.
            let counted = inner.trim().parse::<u32>().ok();
            Some(counted.map_or_else(|| inner.split(',').count() as f64, f64::from))
        }
        _ => None,
    }
}

fn check(case: &Case<'_, '_>, out: &mut Vec<Diagnostic>) {
    for found in shard_fields(case) {
        let shards = case.component(found.store).and_then(|component| component.shards.as_ref());
        let Some(shards) = shards.and_then(|shards| case.central(&shards.written)) else { continue };
        let data = case.design.data.iter().find(|data| data.name.text == found.data);
        let node = data.and_then(|data| data.value.node.get("fields")?.get(found.field.name.text));
        let long = found.field.value.long.as_ref().and_then(|long| long.kind).map(|kind| kind.text);
        let Some(written) = long.or(node.map(|node| node.text())) else { continue };
        let Some(count) = values(&found.field.value, written).filter(|count| *count < shards) else {
            continue;
        };
        let message = format!(
            "`{}` has {count} values, and `{}` has {shards} shards: at least {} stay empty",
            found.key.text,
            case.component_name(found.store),
            shards - count
        );
        let help =
            "choose a field with many more values than shards, or put one behind it: `shard_key: state, id`";
        let finding = RULE.finding(found.key.span(), message);
        out.push(finding.related(found.field.name.span, "its values are said here").help(help));
    }
}
