use super::support;
use crate::diagnostic::Diagnostic;
use crate::rules::Case;
use crate::rules::rule::rule;
use crate::rules::wording::quoted_list;
use crate::spec::component_parts::Replicas;
use std::collections::BTreeSet;

rule! {
    /// Services whose instances come and go, called by others with nothing that knows where they are.
    ///
    /// ## Why
    /// Instances that are scaled with the load have a new address each time. A caller with a list of addresses calls some
    /// that are gone and never those that are new. Richardson, "Microservices Patterns" (2018), chapter 3, shows the ways:
    /// a registry that callers ask, or a platform, mesh or balancer that finds the instances for them.
    ///
    /// Reported from three such services on, that other services call.
    ///
    /// ## Example
    /// ```yaml
    /// rules: { missing-service-discovery: info }
    /// components:
    ///   browser: client
    ///   shop: service
    ///   stock: { kind: service, replicas: auto }
    /// # ^^^^^ missing-service-discovery
    ///   prices: { kind: service, replicas: auto }
    ///   taxes: { kind: service, replicas: { min: 2, max: 9 } }
    /// flows:
    ///   buy:
    ///     steps:
    ///       - browser -> shop: POST /orders
    ///       - shop -> stock: reserve
    ///       - shop -> prices: how much?
    ///       - shop -> taxes: how much of it?
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// rules: { missing-service-discovery: info }
    /// components:
    ///   browser: client
    ///   shop: service
    ///   mesh: service_mesh
    ///   stock: { kind: service, replicas: auto }
    ///   prices: { kind: service, replicas: auto }
    ///   taxes: { kind: service, replicas: { min: 2, max: 9 } }
    /// flows:
    ///   buy:
    ///     steps:
    ///       - browser -> shop: POST /orders
    ///       - shop -> mesh -> stock: reserve
    ///       - shop -> mesh -> prices: how much?
    ///       - shop -> mesh -> taxes: how much of it?
    /// ```
    ///
    /// ## When to allow it
    /// When the platform does it (as Kubernetes does with its services) and the design leaves the platform out.
    "missing-service-discovery": Info, Architecture, Strict, at Design, since "0.2.0", check
}

const MANY: usize = 3;

fn check(case: &Case<'_, '_>, out: &mut Vec<Diagnostic>) {
    if !case.is_sound || case.roles.iter().any(|role| role.has("names_things")) {
        return;
    }
    let found_by: BTreeSet<u32> = case
        .connections
        .iter()
        .filter(|connection| support::role(case, connection.from).has("balances"))
        .map(|connection| connection.to)
        .collect();
    let comes_and_goes = |index: u32| {
        let role = support::role(case, index);
        let replicas = support::component(case, index).and_then(|component| component.replicas.as_ref());
        let is_scaled = matches!(replicas, Some(Replicas::Auto(_) | Replicas::Scaling(_)));
        is_scaled && role.has("runs_code") && !role.has("elastic") && !found_by.contains(&index)
    };
    let calls = support::first_of_each_pair(case, |found| {
        found.waits && support::role(case, found.from).has("runs_code") && comes_and_goes(found.to)
    });
    let called: BTreeSet<u32> = calls.iter().map(|call| call.to).collect();
    let Some(span) = called.first().and_then(|first| support::defined(case, *first)) else { return };
    if called.len() < MANY {
        return;
    }
    let names: Vec<&str> = called.iter().map(|index| case.component_name(*index)).collect();
    let message = format!(
        "instances of {} come and go, and nothing tells their callers where they are",
        quoted_list(&names, 4)
    );
    let help = "add what finds them: a `service_discovery` that callers ask, or a `service_mesh` or `load_balancer` before them";
    let mut finding = RULE.finding(span, message).help(help);
    for call in calls.iter().take(4) {
        let (from, to) = (case.component_name(call.from), case.component_name(call.to));
        finding = finding.related(call.span, format!("`{from}` calls `{to}`"));
    }
    out.push(finding);
}
