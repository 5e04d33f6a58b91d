use crate::diagnostic::Diagnostic;
use crate::estimate::Subject;
use crate::rules::Case;
use crate::rules::computed::share;
use crate::rules::rule::rule;
use crate::spec::component::Component;
use crate::spec::component_parts::Replicas;
use crate::spec::quantities::{Quantity, Share};

use super::support::fewer_in_use;

rule! {
    /// A component that is busier at peak than the design says it should be.
    ///
    /// ## Why
    /// A target utilisation is the room that a team keeps for bursts, for slow instances and for a deployment that takes some
    /// of them away. Waiting grows with 1 / (1 - utilisation), so that what lies above the target is where latency begins to
    /// rise steeply (Gregg, Systems Performance, 2nd edition, section 2.6 on queueing theory).
    ///
    /// ## Example
    /// ```yaml
    /// components:
    ///   browser: { kind: client }
    ///   app: { kind: service, replicas: 4, capacity: 100 rps, target_utilization: 60% }
    /// #                                                                           ^^^ above-target-utilization
    /// flows:
    ///   open: { rate: 320 / s, steps: ["browser -> app: GET /"] }
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// components:
    ///   browser: { kind: client }
    ///   app: { kind: service, replicas: 6, capacity: 100 rps, target_utilization: 60% }
    /// flows:
    ///   open: { rate: 320 / s, steps: ["browser -> app: GET /"] }
    /// ```
    "above-target-utilization": Warning, Scale, Recommended, since "0.2.0", check
}

/// What rounding alone may make of a target that is just met.
const TOLERANCE: f64 = 1.01;

fn target<'c, 't>(component: &'c Component<'t>) -> Option<&'c Quantity<'t, Share>> {
    let of_scaling = match component.replicas.as_ref() {
        Some(Replicas::Scaling(scaling)) => scaling.target_utilization.as_ref(),
        _ => None,
    };
    of_scaling.or(component.target_utilization.as_ref())
}

fn check(case: &Case<'_, '_>, out: &mut Vec<Diagnostic>) {
    let Some(numbers) = case.computed() else { return };
    for (index, entry) in (0..).zip(&case.design.components) {
        let Some(written) = target(&entry.value) else { continue };
        let Some(wanted) = case.central(&written.written) else { continue };
        let subject = Subject::Component(index);
        let Some(value) = numbers.estimate.get(subject, "utilization") else { continue };
        let used = numbers.central.of(value);
        // From 100% on it is overloaded, which has its own rules.
        if used.is_nan() || used <= wanted * TOLERANCE || used >= 1.0 {
            continue;
        }
        let name = entry.name.text;
        let message =
            format!("`{name}` is in use to {} at peak, and {} is the target", share(used), share(wanted));
        let mut finding = RULE.finding(written.span(), message);
        if let Some(Replicas::Scaling(scaling)) = &entry.value.replicas
            && let Some(most) = &scaling.max
        {
            finding = finding.related(most.span(), "it may not grow beyond this");
        }
        let help = fewer_in_use(case, numbers, index, value, wanted * TOLERANCE).unwrap_or_else(|| {
            let address = numbers.estimate.address(subject, "utilization");
            format!("see what it is made of: `sysdesign explain FILE {address}`")
        });
        out.push(finding.help(help));
    }
}
