use crate::diagnostic::Diagnostic;
use crate::estimate::TAKES_OUT;
use crate::model::names::Space;
use crate::rules::rule::rule;
use crate::rules::{Case, cause};
use crate::spec::component_parts::Replicas;
use std::collections::BTreeMap;

rule! {
    /// More instances of a consumer than the stream has partitions, so that some get nothing.
    ///
    /// ## Why
    /// Within a group of consumers each partition of a log is read by one instance at a time, because that is what keeps its
    /// order. Instances beyond the number of partitions wait as spares (the documentation of Apache Kafka, "Consumer
    /// Position" and consumer groups): they cost money, and scaling out does not make anything faster.
    ///
    /// ## Example
    /// ```yaml
    /// components:
    ///   browser: { kind: client }
    ///   app: { kind: service }
    ///   events: { kind: stream, shards: 6 }
    ///   counter: { kind: worker, replicas: 10 }
    /// #                          ^^^^^^^^ more-consumers-than-partitions
    /// flows:
    ///   open: { rate: 10 / s, steps: [browser -> app ~> events] }
    ///   count: { on: events, steps: [events ~> counter] }
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// components:
    ///   browser: { kind: client }
    ///   app: { kind: service }
    ///   events: { kind: stream, shards: 12 }
    ///   counter: { kind: worker, replicas: 10 }
    /// flows:
    ///   open: { rate: 10 / s, steps: [browser -> app ~> events] }
    ///   count: { on: events, steps: [events ~> counter] }
    /// ```
    ///
    /// ## Known false positives
    /// A consumer that also does other work.
    "more-consumers-than-partitions": Warning, Scale, Recommended, since "0.2.0", check
}

fn check(case: &Case<'_, '_>, out: &mut Vec<Diagnostic>) {
    if !case.is_sound {
        return;
    }
    let partitions = |index: u32| {
        let shards = case.component(index)?.shards.as_ref().filter(|_| case.has(index, "keeps_log"))?;
        Some((case.central(&shards.written)?, shards.span()))
    };
    if !(0..).zip(&case.design.components).any(|(index, _)| partitions(index).is_some()) {
        return;
    }
    // For each consumer, all that it takes from; it is idle only when all of that has too few partitions.
    let mut sources: BTreeMap<u32, Vec<Option<u32>>> = BTreeMap::new();
    for (flow, calls) in case.design.flows.iter().zip(case.calls()) {
        let on = flow.value.on.and_then(|on| case.names.find(Space::Component, on.text));
        for call in &calls.calls {
            let takes = call.operation().is_some_and(|operation| TAKES_OUT.contains(&operation));
            match (case.has(call.from, "keeps_log"), case.has(call.to, "keeps_log") && takes) {
                (true, _) => sources.entry(call.to).or_default().push(Some(call.from)),
                (_, true) => sources.entry(call.from).or_default().push(Some(call.to)),
                _ => sources.entry(call.to).or_default().push(None),
            }
        }
        if let (Some(on), Some(starter)) = (on.filter(|on| case.has(*on, "keeps_log")), calls.starter)
            && starter != on
        {
            sources.entry(starter).or_default().push(Some(on));
        }
    }
    for (consumer, from) in sources {
        let Some(Replicas::Count(count)) = case.component(consumer).and_then(|it| it.replicas.as_ref())
        else {
            continue;
        };
        let known: Option<Vec<(u32, f64, crate::source::Span)>> = from
            .into_iter()
            .map(|source| {
                source.and_then(|source| partitions(source).map(|(count, span)| (source, count, span)))
            })
            .collect();
        let Some(instances) = case.central(&count.written) else { continue };
        let all = known.unwrap_or_default();
        let Some((source, most, place)) = all.iter().max_by(|a, b| a.1.total_cmp(&b.1)) else { continue };
        if instances <= *most || case.has(consumer, "holds_state") {
            continue;
        }
        let (name, stream) = (case.component_name(consumer), case.component_name(*source));
        let message = format!(
            "`{name}` has {instances} instances and `{stream}` {most} partitions: {} of them get nothing",
            instances - most
        );
        let Some(span) = cause::fact(case, consumer, &["replicas"]) else { continue };
        let help = format!(
            "write `shards: {instances}` or more on `components.{stream}`, or `replicas: {most}` on `components.{name}`"
        );
        out.push(RULE.finding(span, message).related(*place, "this is the number of partitions").help(help));
    }
}
