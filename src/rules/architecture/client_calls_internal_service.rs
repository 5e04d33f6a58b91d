use super::support;
use crate::diagnostic::Diagnostic;
use crate::model::Connection;
use crate::rules::Case;
use crate::rules::rule::rule;
use crate::spec::component::Exposure;
use std::collections::{BTreeSet, HashSet};

rule! {
    /// A client that calls a component past the gateway or firewall that stands before it.
    ///
    /// ## Why
    /// A gateway or firewall protects only what cannot be reached without it. One call past it, and whatever it checks (who
    /// calls, how often, with what) holds no more for the component behind it: an attacker takes the other way. NIST SP
    /// 800-204, "Security Strategies for Microservices-based Application Systems", has the gateway as the one entry for
    /// requests from outside.
    ///
    /// ## Example
    /// ```yaml
    /// components:
    ///   browser: client
    ///   gateway: api_gateway
    ///   orders: service
    /// flows:
    ///   buy: { steps: ["browser -> gateway -> orders: POST /orders"] }
    ///   look: { steps: ["browser -> orders: GET /orders/{id}"] }
    /// #                             ^^^^^^ client-calls-internal-service
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// components:
    ///   browser: client
    ///   gateway: api_gateway
    ///   orders: service
    /// flows:
    ///   buy: { steps: ["browser -> gateway -> orders: POST /orders"] }
    ///   look: { steps: ["browser -> gateway -> orders: GET /orders/{id}"] }
    /// ```
    ///
    /// ## Known false positives
    /// A component that is really open on both ways: say `exposure: public` of it. Messages (`~>`) over a connection that is
    /// already open are not reported.
    "client-calls-internal-service": Warning, Architecture, Recommended, on Security, since "0.2.0", check
}

fn check(case: &Case<'_, '_>, out: &mut Vec<Diagnostic>) {
    let is_guard = |index: u32| {
        let role = support::role(case, index);
        role.has("filters") && role.has("faces_clients") && role.has("speaks_http")
    };
    let is_client = |index: u32| support::role(case, index).has("is_client");
    if !case.is_sound || !(0..).take(case.roles.len()).any(is_guard) {
        return;
    }
    let next = support::outgoing(case);
    // For each client that goes through a guard: what stands behind that guard, before any code of another component.
    let entries = support::first_of_each_pair(case, |found| is_client(found.from) && is_guard(found.to));
    let mut told: HashSet<(u32, u32)> = HashSet::new();
    for entry in entries {
        let behind = behind(case, &next, entry.to);
        for direct in next.get(entry.from as usize).into_iter().flatten() {
            let to = direct.to;
            let is_pushed = !direct.waits || support::role(case, to).has("keeps_connections");
            let is_public = support::component(case, to)
                .and_then(|component| component.exposure)
                .is_some_and(|exposure| exposure.value == Exposure::Public);
            if is_pushed
                || is_public
                || is_guard(to)
                || !behind.contains(&to)
                || !told.insert((entry.from, to))
            {
                continue;
            }
            let name = |index| case.component_name(index);
            let (client, guard, called) = (name(entry.from), name(entry.to), name(to));
            let message =
                format!("`{client}` calls `{called}` past `{guard}`, which stands before it elsewhere");
            let help = format!(
                "write `{client} -> {guard} -> {called}: …`, or say `exposure: public` of `{called}` if it is open on purpose"
            );
            let related = format!("here `{client}` goes through `{guard}`");
            out.push(RULE.finding(direct.span, message).related(entry.span, related).help(help));
        }
    }
}

/// What is reached from a guard through nothing but what forwards.
fn behind(case: &Case<'_, '_>, next: &[Vec<&Connection>], guard: u32) -> BTreeSet<u32> {
    let mut found = BTreeSet::new();
    let mut waiting = vec![guard];
    while let Some(at) = waiting.pop() {
        for connection in next.get(at as usize).into_iter().flatten() {
            let role = support::role(case, connection.to);
            let is_open = role.has("is_client") || role.has("external") || role.has("serves_content");
            if !is_open && found.insert(connection.to) && support::forwards(&role) {
                waiting.push(connection.to);
            }
        }
    }
    found
}
