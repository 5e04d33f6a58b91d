use super::support;
use crate::diagnostic::Diagnostic;
use crate::rules::Case;
use crate::rules::rule::rule;
use crate::spec::component_parts::FailoverMode;

rule! {
    /// A failover to another instance, where there is only one.
    ///
    /// ## Why
    /// A failover needs something that takes over. With one instance there is nothing, and the availability that is computed with the
    /// failover is better than what will be there. In a failover one of the followers is promoted (Kleppmann, *Designing
    /// Data-Intensive Applications*, 2017, chapter 5, "Handling Node Outages").
    ///
    /// ## Example
    /// ```yaml
    /// rules: { profile: minimal, failover-without-standby: warning }
    /// components:
    ///   browser: { kind: client }
    ///   app: { kind: service, replicas: 1, failover: active-passive }
    /// #                                    ^^^^^^^^ failover-without-standby
    /// flows:
    ///   open: { rate: 10 / s, steps: ["browser -> app: GET /"] }
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// rules: { profile: minimal, failover-without-standby: warning }
    /// components:
    ///   browser: { kind: client }
    ///   app: { kind: service, replicas: 2, failover: active-passive }
    /// flows:
    ///   open: { rate: 10 / s, steps: ["browser -> app: GET /"] }
    /// ```
    "failover-without-standby": Warning, Reliability, Recommended, on Availability, since "0.2.0", check
}

fn check(case: &Case<'_, '_>, out: &mut Vec<Diagnostic>) {
    for entry in &case.design.components {
        let component = &entry.value;
        let says = support::failover(component).is_some_and(|mode| mode != FailoverMode::None);
        let Some(instances) = support::instances(case, component).filter(|_| says) else { continue };
        let copies = component.quorum.as_ref().and_then(|quorum| case.central(&quorum.n.as_ref()?.written));
        if instances > 1.0 || copies.is_some_and(|copies| copies > 1.0) {
            continue;
        }
        let name = entry.name.text;
        let span = component.key_span("failover").unwrap_or(entry.name.span);
        let message = format!("`{name}` fails over, and there is no other instance of it");
        let help = format!("write `replicas: 2` on `components.{name}`, or take `failover` out");
        let mut finding = RULE.finding(span, message).help(help);
        if let Some(span) = component.key_span("replicas") {
            finding = finding.related(span, "the number of instances");
        }
        out.push(finding);
    }
}
