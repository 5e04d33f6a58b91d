use super::support;
use crate::diagnostic::Diagnostic;
use crate::estimate::Subject;
use crate::estimate::availability::Part;
use crate::estimate::readings::Answer;
use crate::quantity::format_share;
use crate::rules::Case;
use crate::rules::cause;
use crate::rules::rule::rule;

rule! {
    /// A flow that cannot be up as often as asked, whatever the parts are that nobody has numbers for.
    ///
    /// ## Why
    /// A flow is up at most as often as all that it cannot do without. When what is known of some parts is already too little, the rest may
    /// be perfect and it does not help: a service cannot promise more than its critical dependencies together (Treynor Sloss et al., *The
    /// Calculus of Service Availability*, ACM Queue, 2017). Where everything is known, `requirement-violated` says so.
    ///
    /// ## Example
    /// ```yaml
    /// rules: { profile: minimal, availability-budget-exceeded: error }
    /// requirements:
    ///   always_on: { check: "flows.pay.availability >= 99.95%" }
    /// #                      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ availability-budget-exceeded
    /// components:
    ///   browser: { kind: client }
    ///   guard: { kind: firewall }
    ///   app: { kind: service, replicas: 3, availability: 99.95% }
    ///   bank: { kind: external_system, availability: 99.5% }
    /// flows:
    ///   pay: { rate: 10 / s, satisfies: always_on, steps: ["browser -> guard -> app -> bank: charge the card"] }
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// rules: { profile: minimal, availability-budget-exceeded: error }
    /// requirements:
    ///   always_on: { check: flows.pay.availability >= 99.95% }
    /// components:
    ///   browser: { kind: client }
    ///   guard: { kind: firewall, availability: 99.99% }
    ///   app: { kind: service, replicas: 3, availability: 99.95% }
    ///   bank: { kind: external_system, availability: 99.5% }
    /// flows:
    ///   pay:
    ///     rate: 10 / s
    ///     satisfies: always_on
    ///     steps:
    ///       - browser -> guard -> app: POST /payments
    ///       - app ~> bank: charge the card
    /// ```
    "availability-budget-exceeded": Error, Reliability, Recommended, at Design, on Availability, since "0.2.0", check
}

fn check(case: &Case<'_, '_>, out: &mut Vec<Diagnostic>) {
    let targets = support::targets(case);
    if !case.is_sound || targets.is_empty() {
        return;
    }
    let unknown: Vec<u32> = case
        .verdicts()
        .iter()
        .filter(|verdict| matches!(verdict.answer, Answer::NotComputable(_)))
        .map(|verdict| verdict.requirement)
        .collect();
    for target in targets.iter().filter(|target| unknown.contains(&target.requirement)) {
        let Some(numbers) = case.numbers() else { return };
        let structure = numbers.estimate.structures.get(target.flow as usize).and_then(Option::as_ref);
        let Some(structure) = structure else { continue };
        let up = |part: &Part| match part {
            Part::Component(index) => {
                let value = numbers.estimate.get(Subject::Component(*index), "availability");
                value.map_or(f64::NAN, |value| numbers.central.of(value))
            }
            Part::NotTaken(value) => numbers.central.of(*value),
        };
        // What a branch depends on cannot be taken as perfect: it decides which way is gone.
        if structure.parts.iter().any(|part| matches!(part, Part::NotTaken(_)) && up(part).is_nan()) {
            continue;
        }
        let down: Vec<f64> = structure
            .parts
            .iter()
            .map(|part| 1.0 - up(part))
            .map(|down| if down.is_nan() { 0.0 } else { down })
            .collect();
        let best = 1.0 - structure.diagram.unavailability(&down);
        if !best.is_finite() || best >= target.up {
            continue;
        }
        let flow = case.design.flows.get(target.flow as usize).map_or("", |entry| entry.name.text);
        let message = format!(
            "`{flow}` is up {} of the time at best, even if all that is not known never fails, and {} is asked for",
            format_share(best),
            format_share(target.up)
        );
        let importance = structure.diagram.importance(&down);
        let shares = structure.parts.iter().zip(&down).zip(&importance);
        let worst = shares
            .filter_map(|((part, down), importance)| match part {
                Part::Component(index) => Some((*index, *down, down * importance)),
                Part::NotTaken(_) => None,
            })
            .max_by(|a, b| a.2.total_cmp(&b.2));
        let mut finding = RULE.finding(target.span, message);
        let mut help = "make do without one of the parts, or ask for less".to_owned();
        if let Some((index, down, _)) = worst {
            let name = case.component_name(index);
            help = format!(
                "let `{flow}` go on without `{name}` (`fallback:`, `optional: true`, `~>`), make it more available, or ask for less"
            );
            if let Some(span) = cause::fact(case, index, &["availability", "replicas"]) {
                finding =
                    finding.related(span, format!("`{name}` is up {} of the time", format_share(1.0 - down)));
            }
        }
        out.push(finding.help(help));
    }
}
