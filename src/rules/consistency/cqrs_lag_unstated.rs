use super::support::{self, Walk};
use crate::diagnostic::Diagnostic;
use crate::rules::Case;
use crate::rules::hops;
use crate::rules::rule::rule;

rule! {
    /// A read model that is filled by messages, and nobody says how old its answers may be.
    ///
    /// ## Why
    /// A store that hears of changes through a broker is behind by as long as messages wait, which is seconds on a good day and hours after a
    /// bad one. Readers, and whoever tests and operates it, have to know what is still right (Fowler, *CQRS*, 2011; Kleppmann, *Designing
    /// Data-Intensive Applications*, 2017, chapter 11, "Deriving several views from the same event log").
    ///
    /// ## Example
    /// ```yaml
    /// rules: { profile: minimal, cqrs-lag-unstated: warning }
    /// data:
    ///   product: { size: 1 KB, stored_in: [products, search] }
    /// # ^^^^^^^ cqrs-lag-unstated
    /// components:
    ///   browser: { kind: client }
    ///   app: { kind: service }
    ///   products: { kind: database }
    ///   changes: { kind: stream, dead_letter: true }
    ///   indexer: { kind: worker }
    ///   search: { kind: search_index }
    /// flows:
    ///   change:
    ///     rate: 1 / s
    ///     steps:
    ///       - browser -> app: PUT /product
    ///       - app -> products: update
    ///         writes: [product]
    ///         atomicity: outbox
    ///       - app ~> changes: a product has changed
    ///   index:
    ///     on: changes
    ///     steps:
    ///       - changes ~> indexer
    ///       - indexer -> search: update
    ///         writes: [product]
    ///         idempotent: true
    ///   find:
    ///     rate: 10 / s
    ///     steps:
    ///       - browser -> app: GET /products
    ///       - app -> search: find
    ///         reads: [product]
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// rules: { profile: minimal, cqrs-lag-unstated: warning }
    /// data:
    ///   product: { size: 1 KB, freshness: 1 minute, stored_in: [products, search] }
    /// components:
    ///   browser: { kind: client }
    ///   app: { kind: service }
    ///   products: { kind: database }
    ///   changes: { kind: stream, dead_letter: true }
    ///   indexer: { kind: worker }
    ///   search: { kind: search_index }
    /// flows:
    ///   change:
    ///     rate: 1 / s
    ///     steps:
    ///       - browser -> app: PUT /product
    ///       - app -> products: update
    ///         writes: [product]
    ///         atomicity: outbox
    ///       - app ~> changes: a product has changed
    ///   index:
    ///     on: changes
    ///     steps:
    ///       - changes ~> indexer
    ///       - indexer -> search: update
    ///         writes: [product]
    ///         idempotent: true
    ///   find:
    ///     rate: 10 / s
    ///     steps:
    ///       - browser -> app: GET /products
    ///       - app -> search: find
    ///         reads: [product]
    /// ```
    "cqrs-lag-unstated": Warning, Consistency, Recommended, at Design, since "0.2.0", check
}

fn check(case: &Case<'_, '_>, out: &mut Vec<Diagnostic>) {
    if !case.is_sound || !case.design.data.iter().any(|entry| entry.value.stored_in.len() > 1) {
        return;
    }
    let walk = Walk::new(case);
    for ((data, entry), reads) in case.design.data.iter().enumerate().zip(&walk.reads) {
        if entry.value.freshness.is_some() {
            continue;
        }
        let says = |component: &crate::spec::component::Component<'_>| component.consistency.is_some();
        let unstated = reads.iter().find_map(|read| {
            let said = read.call.step.consistency.is_some()
                || support::component(case, read.call.to).is_some_and(says);
            let broker = walk.derived_through(data, read.call.to).filter(|_| !said)?;
            Some((read, broker))
        });
        let Some((read, broker)) = unstated else { continue };
        let (name, store, broker) =
            (entry.name.text, case.component_name(read.call.to), case.component_name(broker));
        let message = format!(
            "`{store}` hears of a changed `{name}` through `{broker}`, and nobody says how old it may be"
        );
        let help = format!(
            "say it: `freshness: 1 minute` on `data.{name}`, or `consistency: eventual` on `components.{store}`"
        );
        out.push(
            RULE.finding(entry.name.span, message)
                .related(hops::span(case, read.call), "it is read here")
                .help(help),
        );
    }
}
