use super::support;
use crate::diagnostic::Diagnostic;
use crate::rules::Case;
use crate::rules::rule::rule;
use std::collections::BTreeSet;

rule! {
    /// Several instances that clients call directly, and nothing that spreads the calls over them.
    ///
    /// ## Why
    /// A client knows one address. Without something that stands before the instances, all calls go to one of them, and a
    /// client goes on calling an instance that is gone: the others add cost, but neither capacity nor availability.
    /// Beyer et al., "Site Reliability Engineering" (2016), chapters 19 and 20, tells how calls are spread.
    ///
    /// ## Example
    /// ```yaml
    /// rules: { missing-load-balancer: warning }
    /// components:
    ///   browser: client
    ///   app: { kind: service, replicas: 4 }
    /// #                       ^^^^^^^^ missing-load-balancer
    /// flows:
    ///   open: { steps: ["browser -> app: GET /"] }
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// rules: { missing-load-balancer: warning }
    /// components:
    ///   browser: client
    ///   edge: load_balancer
    ///   app: { kind: service, replicas: 4 }
    /// flows:
    ///   open: { steps: ["browser -> edge -> app: GET /"] }
    /// ```
    ///
    /// ## Known false positives
    /// Clients that choose an instance themselves, or a platform that spreads the calls unseen: say how with
    /// `load_balancing: round-robin`, or what happens when an instance is gone with `failover:`.
    "missing-load-balancer": Warning, Architecture, Recommended, at Production, on Availability, since "0.2.0", check
}

/// What spreads calls by itself, or needs nobody to.
const SPREAD: &[&str] = &["balances", "filters", "serves_content", "elastic", "external", "is_client"];

fn check(case: &Case<'_, '_>, out: &mut Vec<Diagnostic>) {
    if !case.is_sound {
        return;
    }
    // Whatever spreads calls and leads to a component may do so for all its callers; so does what names instances.
    let leads: BTreeSet<u32> = case
        .connections
        .iter()
        .filter(|found| {
            let role = support::role(case, found.from);
            role.has("balances") || role.has("names_things")
        })
        .map(|found| found.to)
        .collect();
    let asks_for_names: BTreeSet<u32> = case
        .connections
        .iter()
        .filter(|found| support::role(case, found.to).has("names_things"))
        .map(|found| found.from)
        .collect();
    let mut told = BTreeSet::new();
    let direct = support::first_of_each_pair(case, |found| {
        let caller = support::role(case, found.from);
        found.waits && (caller.has("is_client") || caller.has("external"))
    });
    for connection in direct {
        let role = support::role(case, connection.to);
        let Some(called) = support::component(case, connection.to) else { continue };
        let says_how = called.load_balancing.is_some() || called.failover.is_some();
        let is_spread = SPREAD.iter().any(|word| role.has(word)) || leads.contains(&connection.to);
        if !role.has("speaks_http") || is_spread || says_how || asks_for_names.contains(&connection.from) {
            continue;
        }
        if !support::has_several_instances(case, called) || !told.insert(connection.to) {
            continue;
        }
        let Some(span) = called.key_span("replicas") else { continue };
        let (client, name) = (case.component_name(connection.from), case.component_name(connection.to));
        let message =
            format!("`{name}` has several instances, and nothing spreads the calls of `{client}` over them");
        let help = format!(
            "put a load balancer in between (`{client} -> edge -> {name}: …`), or say `load_balancing:` when clients choose"
        );
        let related = format!("`{client}` calls it directly");
        out.push(RULE.finding(span, message).related(connection.span, related).help(help));
    }
}
