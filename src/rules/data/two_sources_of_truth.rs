use crate::diagnostic::Diagnostic;
use crate::model::names::Space;
use crate::rules::Case;
use crate::rules::rule::rule;
use crate::rules::security::support::{component, role};
use crate::spec::values::Name;

rule! {
    /// Data that is kept in two stores, of which none is said to lead.
    ///
    /// ## Why
    /// Sooner or later the two differ, and then nobody can say which is right. One store is the system of record; what
    /// others hold is derived from it and can be made anew (Kleppmann, *Designing Data-Intensive Applications*, part III).
    /// Search indexes, warehouses, files and brokers beside a store are derived by nature and not counted.
    ///
    /// ## Example
    /// ```yaml
    /// components:
    ///   crm: { kind: service, uses: customers }
    ///   shop: { kind: service, uses: accounts }
    ///   customers: { kind: database }
    ///   accounts: { kind: database }
    /// data:
    ///   customer: { size: 1 KB, stored_in: [customers, accounts] }
    /// #                                                ^^^^^^^^ two-sources-of-truth
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// components:
    ///   crm: { kind: service, uses: customers }
    ///   shop: { kind: service, uses: accounts }
    ///   customers: { kind: database }
    ///   accounts: { kind: database }
    /// data:
    ///   customer: { size: 1 KB, stored_in: customers, cached_in: accounts }
    /// ```
    ///
    /// ## Known false positives
    /// Records that are split between stores, each in one of them. Stores in different regions are not reported.
    "two-sources-of-truth": Warning, Data, Recommended, on Consistency, since "0.2.0", check
}

fn check(case: &Case<'_, '_>, out: &mut Vec<Diagnostic>) {
    if !case.is_sound {
        return;
    }
    const DERIVED: [&str; 8] =
        ["caches", "buffers", "keeps_log", "searches", "analytical", "stores_blobs", "observes", "external"];
    for entry in &case.design.data {
        let leads = |place: &&Name<'_>| {
            let found = case.names.find(Space::Component, place.text);
            let role = found.map(|found| role(case, found)).unwrap_or_default();
            role.has("holds_state") && role.has("durable") && !DERIVED.iter().any(|wanted| role.has(wanted))
        };
        let leaders: Vec<&Name<'_>> = entry.value.stored_in.iter().filter(leads).collect();
        let [first, second, ..] = leaders.as_slice() else { continue };
        let regions = |place: &Name<'_>| {
            let found = case.names.find(Space::Component, place.text)?;
            component(case, found)?.value.regions.first().map(|region| region.text)
        };
        if first.text == second.text || regions(first) != regions(second) {
            continue;
        }
        let name = entry.name.text;
        out.push(
            RULE.finding(
                second.span,
                format!("`{name}` is kept in both `{}` and `{}`", first.text, second.text),
            )
            .related(first.span, "also kept here")
            .help(format!(
                "say which of them leads: keep that under `stored_in`, and name the other under `cached_in`, as `cached_in: {}`",
                second.text
            )),
        );
    }
}
