use crate::diagnostic::Diagnostic;
use crate::rules::rule::rule;
use crate::rules::{Case, cause};
use crate::spec::component_parts::Replicas;

rule! {
    /// Instances that are paid for and that may grow in number without a bound.
    ///
    /// ## Why
    /// A loop of retries, a crawler or an attack asks for more instances as well as customers do, and each one is paid for. Nothing
    /// behind them grows along: the hundredth instance takes the last connection of the database. An upper bound is the
    /// difference between a bad day and a bill that nobody has agreed to (OWASP API Security Top 10, 2023, API4: Unrestricted
    /// Resource Consumption).
    ///
    /// ## Example
    /// ```yaml
    /// components:
    ///   browser: { kind: client }
    ///   app: { kind: service, replicas: { min: 2 }, price: $70 / month }
    /// #                       ^^^^^^^^ autoscaling-without-limit
    /// flows:
    ///   open: { steps: ["browser -> app: GET /"] }
    /// rules: { stage: sketch, autoscaling-without-limit: warning }
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// components:
    ///   browser: { kind: client }
    ///   app: { kind: service, replicas: { min: 2, max: 20 }, price: $70 / month }
    /// flows:
    ///   open: { steps: ["browser -> app: GET /"] }
    /// rules: { stage: sketch, autoscaling-without-limit: warning }
    /// ```
    "autoscaling-without-limit": Warning, Operations, Recommended, at Production, on Cost, since "0.2.0", check
}

fn check(case: &Case<'_, '_>, out: &mut Vec<Diagnostic>) {
    if !case.is_sound {
        return;
    }
    for (index, entry) in (0..).zip(&case.design.components) {
        let is_open = match &entry.value.replicas {
            Some(Replicas::Auto(_)) => true,
            Some(Replicas::Scaling(scaling)) => scaling.max.is_none(),
            Some(Replicas::Count(_)) | None => false,
        };
        if !is_open || entry.value.price.is_none() {
            continue;
        }
        let name = entry.name.text;
        let now = case.computed().map_or(f64::NAN, |numbers| numbers.component(index, "replicas"));
        let needs = if now.is_finite() { format!(" (it needs {now} at peak)") } else { String::new() };
        let message =
            format!("`{name}` may grow to any number of instances{needs}, each of which is paid for");
        let Some(span) = cause::fact(case, index, &["replicas"]) else { continue };
        let most = if now.is_finite() { (now * 3.0).max(4.0) } else { 20.0 };
        let help = format!("say how many there may be at most: `max: {most}` under `replicas`");
        out.push(RULE.finding(span, message).help(help));
    }
}
