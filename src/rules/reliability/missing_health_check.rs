use super::support;
use crate::diagnostic::Diagnostic;
use crate::rules::Case;
use crate::rules::rule::rule;
use crate::rules::{cause, hops};
use std::collections::BTreeMap;

rule! {
    /// Instances behind a load balancer of which nobody says how it is told that one is well.
    ///
    /// ## Why
    /// A balancer goes on sending requests to an instance that is broken, until something tells it otherwise. That an instance accepts
    /// connections does not mean that it can answer (Yanacek, *Implementing health checks*, Amazon Builders' Library).
    ///
    /// ## Example
    /// ```yaml
    /// rules: { profile: minimal, missing-health-check: warning }
    /// components:
    ///   browser: { kind: client }
    ///   edge: { kind: load_balancer, health_check: true }
    ///   app: { kind: service, replicas: 3 }
    /// # ^^^ missing-health-check
    /// flows:
    ///   open: { rate: 10 / s, steps: ["browser -> edge -> app: GET /"] }
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// rules: { profile: minimal, missing-health-check: warning }
    /// components:
    ///   browser: { kind: client }
    ///   edge: { kind: load_balancer, health_check: true }
    ///   app: { kind: service, replicas: 3, health_check: GET /ready }
    /// flows:
    ///   open: { rate: 10 / s, steps: ["browser -> edge -> app: GET /"] }
    /// ```
    "missing-health-check": Warning, Reliability, Recommended, at Production, on Operability, since "0.2.0", check
}

fn check(case: &Case<'_, '_>, out: &mut Vec<Diagnostic>) {
    if !case.is_sound {
        return;
    }
    let mut balanced: BTreeMap<u32, u32> = BTreeMap::new();
    for connection in &case.connections {
        if hops::role(case, connection.from).has("balances") {
            balanced.entry(connection.to).or_insert(connection.from);
        }
    }
    for (index, balancer) in balanced {
        let Some(component) = support::component(case, index) else { continue };
        let has = component.health_check.as_ref().is_some_and(|check| check.is_yes());
        let several = match support::instances(case, component) {
            Some(instances) => instances > 1.0,
            None => component.replicas.is_some(),
        };
        if has || !several || !support::is_own(case, index) {
            continue;
        }
        let Some(span) = cause::fact(case, index, &["health_check"]) else { continue };
        let (name, balancer) = (case.component_name(index), case.component_name(balancer));
        let message = format!("`{balancer}` cannot tell which instances of `{name}` are well");
        let help = format!("say how it is told: `health_check: GET /ready` on `components.{name}`");
        out.push(RULE.finding(span, message).help(help));
    }
}
