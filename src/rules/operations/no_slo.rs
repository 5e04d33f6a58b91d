use crate::diagnostic::Diagnostic;
use crate::estimate::Subject;
use crate::rules::Case;
use crate::rules::rule::rule;

use super::support::checked;

rule! {
    /// A design for production in which nothing says how available or fast anything must be.
    ///
    /// ## Why
    /// Without an objective nobody can tell whether the service is good enough: every page is urgent or none is, and there is no
    /// answer to the question whether the next week goes into features or into reliability (Beyer et al., Site Reliability
    /// Engineering, chapter 4, "Service Level Objectives").
    ///
    /// A requirement counts when its `check` names the latency, the availability, the downtime or the errors of a flow, or the
    /// availability of the system.
    ///
    /// ## Example
    /// ```yaml
    /// components:
    ///   browser: { kind: client }
    ///   app: { kind: service }
    /// flows:
    ///   open: { steps: ["browser -> app: GET /"] }
    /// # ^^^^ no-slo
    /// rules: { stage: sketch, no-slo: warning }
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// requirements:
    ///   fast: { check: flows.open.latency.p99 < 200 ms }
    /// components:
    ///   browser: { kind: client }
    ///   app: { kind: service, latency: 20 ms }
    /// flows:
    ///   open: { rate: 1 / s, steps: ["browser -> app: GET /"] }
    /// rules: { stage: sketch, no-slo: warning }
    /// ```
    "no-slo": Warning, Operations, Recommended, at Production, since "0.2.0", check
}

fn is_objective(subject: Subject, name: &str) -> bool {
    let about = ["latency", "availability", "downtime", "errors", "outage"];
    let is_felt = about.iter().any(|about| name.starts_with(about));
    is_felt && matches!(subject, Subject::Flow(_) | Subject::System | Subject::Component(_))
}

fn check(case: &Case<'_, '_>, out: &mut Vec<Diagnostic>) {
    if !case.is_sound || checked(case).iter().any(|(subject, name, _)| is_objective(*subject, name)) {
        return;
    }
    let Some((_, flow, _)) = case.interactive_flows().next() else { return };
    let count = case.interactive_flows().count();
    let name = flow.name.text;
    let message = match count {
        1 => {
            format!("no requirement says how available or how fast `{name}` must be, which clients wait for")
        }
        _ => format!(
            "no requirement says how available or how fast any of the {count} flows must be that clients start"
        ),
    };
    let help = format!(
        "say it for what matters most: a requirement with `check: flows.{name}.availability >= 99.9%`, or \
         `check: flows.{name}.latency.p99 < 300 ms`"
    );
    out.push(RULE.finding(flow.name.span, message).help(help));
}
