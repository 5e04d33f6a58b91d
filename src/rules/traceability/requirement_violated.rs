use crate::diagnostic::Diagnostic;
use crate::estimate::Verdict;
use crate::estimate::readings::Answer;
use crate::rules::rule::rule;
use crate::rules::{Case, Numbers, cause, comparisons};
use crate::spec::quantities::Check;

rule! {
    /// A requirement whose check does not hold.
    ///
    /// ## Why
    /// A requirement with a check is a promise in numbers, and the numbers of the design do not keep it. The message says
    /// what was computed, and the second place what it is due to for the most part.
    ///
    /// Where assumptions are ranges, the check has to hold in as many of 2,000 cases as its `confidence` says. It fails
    /// when it holds in less than half of them; in between it is at risk.
    ///
    /// ## Example
    /// ```yaml
    /// requirements:
    ///   fast: { check: flows.open.latency.p99 < 50 ms }
    /// #                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ requirement-violated
    /// components:
    ///   browser: { kind: client }
    ///   app: { kind: service, replicas: 1, service_time: 10 ms }
    /// flows:
    ///   open: { rate: 80 / s, steps: ["browser -> app: GET /"] }
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// requirements:
    ///   fast: { check: flows.open.latency.p99 < 50 ms }
    /// components:
    ///   browser: { kind: client }
    ///   app: { kind: service, replicas: 4, service_time: 10 ms }
    /// flows:
    ///   open: { rate: 80 / s, steps: ["browser -> app: GET /"] }
    /// ```
    ///
    /// ## When to allow it
    /// While the design still has to get there: allow it until the day on which it should.
    "requirement-violated": Error, Traceability, Minimal, since "0.1.0", check
}

fn check(case: &Case<'_, '_>, out: &mut Vec<Diagnostic>) {
    for verdict in case.verdicts() {
        let Answer::Fails(chance) = verdict.answer else { continue };
        let entry = case.design.requirements.get(verdict.requirement as usize);
        let check = entry.and_then(|entry| entry.value.check.as_ref());
        if let (Some(check), Some(numbers)) = (check, case.numbers()) {
            report(case, numbers, verdict, check, chance, out);
        }
    }
}

fn report(
    case: &Case<'_, '_>,
    numbers: &Numbers<'_, '_>,
    verdict: &Verdict,
    check: &Check<'_>,
    chance: Option<f64>,
    out: &mut Vec<Diagnostic>,
) {
    let share = |share: f64| crate::quantity::format_share((share * 100.0).round() / 100.0);
    let central = numbers.with(&[verdict.value]);
    let failing = comparisons::failing(numbers, &central, &check.check, verdict.value);
    if failing.is_empty() {
        // The central values are fine, and most of the others are not.
        let chance = share(chance.unwrap_or(0.0));
        let message = format!("`{}` holds in {chance} of all cases only", verdict.text);
        let help = "narrow down the ranges that it rests on, or make room for their ends";
        out.push(RULE.finding(verdict.span, message).help(help));
    }
    for failing in failing {
        let message = failing.message(case, numbers, &central, check);
        let mut finding = RULE.finding(failing.span(check), message);
        if let Some(chance) = chance {
            finding = finding.label(format!("this holds in {} of all cases", share(chance)));
        }
        let about = failing.about(case);
        let cause = about.and_then(|(subject, name)| cause::of(case, numbers, subject, name));
        let measured = failing.measured(case);
        let remedy = cause
            .as_ref()
            .and_then(|cause| cause::remedy(case, numbers, cause.component?, verdict.value, measured))
            // Another part of the check may be what it mends.
            .filter(|remedy| remedy.number.total_cmp(&central.of(measured)).is_ne());
        let help = match (remedy, about) {
            (Some(remedy), _) => {
                let number = numbers.estimate.shown(measured, remedy.number);
                format!("write {}, which makes it {number}", remedy.text)
            }
            (None, Some((subject, name))) => {
                let address = numbers.estimate.address(subject, name);
                format!("see what it is made of: `sysdesign explain FILE {address}`")
            }
            (None, None) => "change what is compared".to_owned(),
        };
        if let Some(cause) = cause {
            finding = finding.related(cause.span, cause.message);
        }
        out.push(finding.help(help));
    }
}
