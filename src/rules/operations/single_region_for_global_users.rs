use crate::diagnostic::Diagnostic;
use crate::rules::Case;
use crate::rules::rule::rule;
use std::collections::{BTreeMap, BTreeSet};

rule! {
    /// Clients in several regions who are all served from one of them.
    ///
    /// ## Why
    /// The way to another continent and back takes a tenth of a second and more, several times over for a new encrypted connection,
    /// before the first line of code has run. Content delivery networks answer near the user what can be cached; the rest
    /// needs instances there, or users who wait (Grigorik, High Performance Browser Networking, chapters 1 and 4).
    ///
    /// Reported where the clients say in which `regions` they are and nothing that serves them near by is on their way.
    ///
    /// ## Example
    /// ```yaml
    /// components:
    ///   browser: { kind: client, regions: [eu, us] }
    /// #                          ^^^^^^^ single-region-for-global-users
    ///   app: { kind: service, regions: [us] }
    /// deployment:
    ///   regions: { eu: { zones: [eu-a] }, us: { zones: [us-a] } }
    /// flows:
    ///   open: { steps: ["browser -> app: GET /"] }
    /// rules: { stage: sketch, single-region-for-global-users: warning }
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// components:
    ///   browser: { kind: client, regions: [eu, us] }
    ///   app: { kind: service, regions: [eu, us] }
    /// deployment:
    ///   regions: { eu: { zones: [eu-a] }, us: { zones: [us-a] } }
    /// flows:
    ///   open: { steps: ["browser -> app: GET /"] }
    /// rules: { stage: sketch, single-region-for-global-users: warning }
    /// ```
    ///
    /// ## When to allow it
    /// When data may not leave a country, or when the few users abroad can wait.
    "single-region-for-global-users": Warning, Operations, Recommended, at Design, on Performance, since "0.2.0", check
}

fn check(case: &Case<'_, '_>, out: &mut Vec<Diagnostic>) {
    if !case.is_sound {
        return;
    }
    let places = case.places();
    // For each client, the first component on each way that is not everywhere anyway.
    let mut far: BTreeMap<u32, (BTreeSet<&str>, u32, usize)> = BTreeMap::new();
    for (_, _, calls) in case.interactive_flows() {
        let Some(client) = calls.starter.filter(|client| places.regions(*client).len() > 1) else { continue };
        let here = places.regions(client);
        let is_near =
            calls.calls.iter().any(|call| case.has(call.to, "serves_content") && case.has(call.to, "caches"));
        let placed = calls.calls.iter().filter(|call| call.waits).map(|call| call.to);
        let first = placed.into_iter().find(|to| !places.regions(*to).is_empty());
        let Some(first) = first.filter(|_| !is_near) else { continue };
        let there = places.regions(first);
        if there.len() == 1 && !here.is_subset(there) {
            let without = here.difference(there).copied().collect();
            far.entry(client).or_insert((without, first, 0)).2 += 1;
        }
    }
    for (client, (without, first, flows)) in far {
        let Some(component) = case.component(client) else { continue };
        let name = case.component_name(client);
        let list: Vec<&str> = without.into_iter().collect();
        let only = places.regions(first).iter().next().copied().unwrap_or_default();
        let message = format!(
            "`{name}` is in {} too, and `{}`, which {flows} of its flows begin{} with, runs in {only} alone",
            list.join(", "),
            case.component_name(first),
            if flows == 1 { "s" } else { "" }
        );
        let Some(span) = component
            .key_span("regions")
            .or_else(|| case.names.defined_at(crate::model::names::Space::Component, name))
        else {
            continue;
        };
        let help = format!(
            "run it in {} as well, or put a content delivery network before what can be cached",
            list.join(" and ")
        );
        out.push(RULE.finding(span, message).help(help));
    }
}
