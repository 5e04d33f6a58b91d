use super::support;
use crate::diagnostic::Diagnostic;
use crate::rules::Case;
use crate::rules::rule::rule;
use crate::rules::{hops, instances, messages};
use crate::spec::component::Ordering;
use crate::spec::component_parts::FailoverMode;

rule! {
    /// An order of messages that is promised and cannot be kept.
    ///
    /// ## Why
    /// There is one order only within a partition, and only as long as one consumer handles one message after the other. Several partitions
    /// have no order among them, several consumers overtake each other, and a message that is put back comes after those that came later
    /// (Kafka documentation, "Design: Message Delivery Semantics"; Kleppmann, *Designing Data-Intensive Applications*, 2017, chapter 11,
    /// "Partitioned logs").
    ///
    /// ## Example
    /// ```yaml
    /// rules: { profile: minimal, ordering-lost: warning }
    /// components:
    ///   browser: { kind: client }
    ///   events: { kind: stream, shards: 8, ordering: total, dead_letter: true }
    /// #                                              ^^^^^ ordering-lost
    ///   worker: { kind: worker, replicas: 1 }
    /// flows:
    ///   ask: { rate: 10 / s, steps: [browser ~> events] }
    ///   work: { on: events, steps: [events ~> worker] }
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// rules: { profile: minimal, ordering-lost: warning }
    /// components:
    ///   browser: { kind: client }
    ///   events: { kind: stream, shards: 8, shard_key: order, ordering: per-key, dead_letter: true }
    ///   worker: { kind: worker, replicas: 4 }
    /// flows:
    ///   ask: { rate: 10 / s, steps: [browser ~> events] }
    ///   work: { on: events, steps: [events ~> worker] }
    /// ```
    "ordering-lost": Warning, Consistency, Recommended, since "0.2.0", check
}

fn check(case: &Case<'_, '_>, out: &mut Vec<Diagnostic>) {
    let promises = |it: &crate::spec::component::Component<'_>| {
        it.ordering.filter(|ordering| ordering.value != Ordering::None)
    };
    if !case.design.components.iter().any(|entry| promises(&entry.value).is_some()) {
        return;
    }
    let all = messages::taken(case);
    for (index, entry) in (0..).zip(&case.design.components) {
        let component = &entry.value;
        let Some(ordering) = promises(component) else { continue };
        let name = entry.name.text;
        let shards = component.shards.as_ref().and_then(|shards| case.central(&shards.written));
        let taken = all.get(&index).map_or(&[][..], Vec::as_slice);
        let several = |by: u32| {
            let consumer = support::component(case, by)?;
            let takes_turns = instances::failover(consumer) == Some(FailoverMode::ActivePassive);
            instances::instances(case, consumer).filter(|instances| *instances > 1.0 && !takes_turns)
        };
        let parallel = taken.iter().find_map(|taken| Some((taken, several(taken.by)?)));
        let is_total = ordering.value == Ordering::Total;
        let finding = if let (true, Some(shards)) = (is_total, shards.filter(|shards| *shards > 1.0)) {
            let message = format!("`{name}` has {} partitions, and no order among them", hops::count(shards));
            let help =
                "write `ordering: per-key` and the `shard_key` whose messages stay in order, or `shards: 1`";
            let place = component.key_span("shards").unwrap_or(ordering.span);
            RULE.finding(ordering.span, message).related(place, "split here").help(help)
        } else if let (true, Some((taken, instances))) = (is_total, parallel) {
            let by = case.component_name(taken.by);
            let message = format!(
                "{} instances of `{by}` overtake each other with messages of `{name}`",
                hops::count(instances)
            );
            let help = format!(
                "let one of them work at a time (`failover: active-passive` on `components.{by}`), or promise `ordering: per-key`"
            );
            RULE.finding(ordering.span, message).related(taken.span, "taken here").help(help)
        } else if let Some(back) = messages::put_back(case, index, taken) {
            let by = case.component_name(back.by);
            let message = format!("what `{by}` puts back into `{name}` comes after what was sent later");
            let help = "try it again before the next one is taken, or put it aside (`dead_letter:`)";
            RULE.finding(back.span, message).related(ordering.span, "an order is promised here").help(help)
        } else {
            continue;
        };
        out.push(finding);
    }
}
