use crate::diagnostic::Diagnostic;
use crate::model::names::Space;
use crate::rules::Case;
use crate::rules::rule::rule;
use crate::rules::security::support::component;

rule! {
    /// Data that must be kept for longer than its store keeps anything.
    ///
    /// ## Why
    /// A stream with a retention of seven days deletes the record on the eighth, whatever was promised for it (Apache Kafka,
    /// topic configuration `retention.ms`). The two numbers contradict each other, and the shorter one wins.
    ///
    /// ## Example
    /// ```yaml
    /// components:
    ///   app: { kind: service, uses: events }
    ///   events: { kind: stream, retention: 7 days }
    /// data:
    ///   event: { size: 300 B, stored_in: events, retention: 1 year }
    /// #                                                     ^^^^^^ store-forgets-too-early
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// components:
    ///   app: { kind: service, uses: events }
    ///   events: { kind: stream, retention: 1 year }
    /// data:
    ///   event: { size: 300 B, stored_in: events, retention: 1 year }
    /// ```
    "store-forgets-too-early": Warning, Data, Recommended, since "0.2.0", check
}

fn check(case: &Case<'_, '_>, out: &mut Vec<Diagnostic>) {
    for entry in &case.design.data {
        let Some(retention) = &entry.value.retention else { continue };
        let Some(wanted) = case.central(&retention.written) else { continue };
        let mut shortest = None;
        for place in &entry.value.stored_in {
            let found = case.names.find(Space::Component, place.text);
            let store = found.and_then(|found| component(case, found));
            let keeps = store.and_then(|store| store.value.retention.as_ref());
            let time = keeps.and_then(|keeps| case.central(&keeps.written));
            match (keeps, time) {
                (Some(keeps), Some(time)) if time < wanted => shortest = Some((place, keeps)),
                // One that keeps it long enough is enough.
                _ => {
                    shortest = None;
                    break;
                }
            }
        }
        let Some((place, keeps)) = shortest else { continue };
        let (name, store) = (entry.name.text, place.text);
        let (wanted, kept) = (retention.written.node.text(), keeps.written.node.text());
        out.push(
            RULE.finding(
                retention.span(),
                format!("`{name}` must be kept for {wanted}, but `{store}` forgets after {kept}"),
            )
            .related(keeps.span(), format!("how long `{store}` keeps anything"))
            .help(format!("let `{store}` keep it for {wanted}, or name a store that does under `stored_in`")),
        );
    }
}
