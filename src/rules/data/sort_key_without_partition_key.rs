use crate::diagnostic::Diagnostic;
use crate::rules::Case;
use crate::rules::rule::rule;
use crate::rules::security::support::modifier;

rule! {
    /// Records that are sorted within a partition, without a field that says which partition.
    ///
    /// ## Why
    /// A sort key orders the records that share a partition key. Without one, all records are one partition on one node, or
    /// every read asks all nodes (Amazon DynamoDB Developer Guide, Core components, on primary keys).
    ///
    /// ## Example
    /// ```yaml
    /// components:
    ///   app: { kind: service, uses: store }
    ///   store: { kind: wide_column_store }
    /// data:
    ///   message: { fields: { chat: uuid, sent: "timestamp, sort_key", id: "uuid, unique" }, stored_in: store }
    /// #                                                    ^^^^^^^^ sort-key-without-partition-key
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// components:
    ///   app: { kind: service, uses: store }
    ///   store: { kind: wide_column_store }
    /// data:
    ///   message: { fields: { chat: "uuid, partition_key", sent: "timestamp, sort_key" }, stored_in: store }
    /// ```
    ///
    /// ## Known false positives
    /// Measurements that are known by their time alone. Records whose only marked field is the time are not reported.
    "sort-key-without-partition-key": Warning, Data, Recommended, on Performance, since "0.2.0", check
}

fn check(case: &Case<'_, '_>, out: &mut Vec<Diagnostic>) {
    for entry in &case.design.data {
        let marked = |word: &str| {
            entry.value.fields.iter().find_map(|field| Some((field, modifier(&field.value, word)?)))
        };
        let Some((field, sort)) = marked("sort_key") else { continue };
        let is_only_mark = entry.value.fields.iter().all(|other| {
            other.name.text == field.name.text || other.value.modifiers.iter().all(|it| it.text == "optional")
        });
        if marked("partition_key").is_some() || marked("key").is_some() || is_only_mark {
            continue;
        }
        let name = entry.name.text;
        let message =
            format!("`{}` sorts `{name}` within a partition, and no field says which", field.name.text);
        out.push(
            RULE.finding(sort.span, message)
                .help(format!("mark the field by which `{name}` is looked up as `partition_key`")),
        );
    }
}
