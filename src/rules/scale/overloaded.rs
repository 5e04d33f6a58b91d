use crate::diagnostic::Diagnostic;
use crate::estimate::{Estimate, Evaluation, Subject};
use crate::model::Model;
use crate::quantity::Dimension;
use crate::rules::rule::rule;
use crate::rules::{Case, Numbers, cause};

rule! {
    /// A component that gets more at peak than it can serve.
    ///
    /// ## Why
    /// Once more arrives than is served, the line in front of it grows for as long as the peak lasts: there is no latency
    /// to speak of, timeouts expire, and their retries make it worse. By queueing theory the wait has no bound from a
    /// utilisation of 100% on.
    ///
    /// ## Example
    /// ```yaml
    /// components:
    ///   browser: { kind: client }
    ///   app: { kind: service, replicas: 2, capacity: 100 rps }
    /// # ^^^ overloaded
    /// flows:
    ///   open: { rate: 250 / s, steps: ["browser -> app: GET /"] }
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// components:
    ///   browser: { kind: client }
    ///   app: { kind: service, replicas: 4, capacity: 100 rps }
    /// flows:
    ///   open: { rate: 250 / s, steps: ["browser -> app: GET /"] }
    /// ```
    ///
    /// ## Known false positives
    /// A component that turns away what it cannot serve (`overload: reject`, or a `queue_limit`) is overloaded on purpose
    /// and not reported.
    "overloaded": Error, Scale, Minimal, since "0.1.0", check
}

/// Whether the design says how much arrives anywhere, and how much anything can take.
fn has_numbers(model: &Model<'_>) -> bool {
    let design = &model.design;
    let arrives = design.apis.iter().any(|api| api.value.rate.is_some())
        || design.flows.iter().any(|flow| {
            let flow = &flow.value;
            flow.rate.is_some() || flow.every.is_some() || flow.users.is_some()
        });
    arrives
        && design.components.iter().any(|component| {
            let it = &component.value;
            it.capacity.is_some()
                || it.service_time.is_some()
                || it.tech.is_some()
                || it.max_connections.is_some()
                || it.bandwidth.is_some()
                || it.storage.is_some()
                || it.memory.is_some()
        })
}

fn check(case: &Case<'_, '_>, out: &mut Vec<Diagnostic>) {
    if !case.is_sound || !has_numbers(case) {
        return;
    }
    let Some(numbers) = case.numbers() else { return };
    for (index, entry) in (0..).zip(&case.design.components) {
        let subject = Subject::Component(index);
        let is_bounded = numbers.estimate.get(subject, "rejected").is_some();
        let Some(value) = numbers.estimate.get(subject, "utilization").filter(|_| !is_bounded) else {
            continue;
        };
        let utilization = numbers.central.of(value);
        // An infinite load has its own rule.
        if utilization.is_nan() || utilization.is_infinite() || utilization < 1.0 {
            continue;
        }
        let (resource, _) = cause::bottleneck(numbers, index).unwrap_or(("requests", utilization));
        let name = entry.name.text;
        let shown = crate::quantity::format_share(utilization);
        let (message, growth) = match resource {
            "requests" => requests(&numbers.estimate, &numbers.central, subject, name, utilization),
            other => (format!("`{name}` needs {shown} of its {other} at peak"), None),
        };
        let mut finding = RULE.finding(entry.name.span, message);
        if let Some(growth) = growth {
            finding = finding.label(growth);
        }
        let help = stable(case, numbers, index, value).unwrap_or_else(|| {
            let address = numbers.estimate.address(subject, "utilization");
            format!("see what it is made of: `sysdesign explain FILE {address}`")
        });
        out.push(finding.help(help));
    }
}

fn requests(
    estimate: &Estimate<'_, '_>,
    central: &Evaluation,
    subject: Subject,
    name: &str,
    utilization: f64,
) -> (String, Option<String>) {
    let of = |name: &str| estimate.get(subject, name).map_or(f64::NAN, |value| central.of(value));
    let (arrives, served) = (of("load.peak"), of("capacity"));
    let show = |rate: f64| estimate.shown_as(rate, Dimension::RATE, false);
    let shown = crate::quantity::format_share(utilization);
    if !arrives.is_finite() || !served.is_finite() {
        return (format!("`{name}` needs {shown} of its capacity at peak"), None);
    }
    let message =
        format!("`{name}` gets {} at peak and can serve {}: {shown} in use", show(arrives), show(served));
    let more = arrives - served;
    let growth = (more > 0.0).then(|| format!("its line grows by {}", show(more)));
    (message, growth)
}

/// The number of instances at which it is in use for less than 80%, or at least not overloaded.
fn stable(
    case: &Case<'_, '_>,
    numbers: &Numbers<'_, '_>,
    index: u32,
    utilization: crate::estimate::Value,
) -> Option<String> {
    let remedy = cause::more_instances(
        case,
        numbers,
        index,
        &[],
        &|central| central.of(utilization) < 0.8,
        utilization,
    )?;
    let shown = crate::quantity::format_share(remedy.number);
    Some(format!("write {}, which brings it down to {shown}", remedy.text))
}
