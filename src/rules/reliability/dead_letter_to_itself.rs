use crate::diagnostic::Diagnostic;
use crate::rules::Case;
use crate::rules::rule::rule;
use crate::spec::component_parts::YesNoOr;

rule! {
    /// A queue that puts what cannot be handled back into itself.
    ///
    /// ## Why
    /// A message that cannot be handled comes back at once, and fails again, for as long as there is power. RabbitMQ's documentation
    /// of dead letter exchanges warns of such cycles.
    ///
    /// ## Example
    /// ```yaml
    /// components:
    ///   browser: { kind: client }
    ///   worker: { kind: worker }
    ///   jobs: { kind: queue, dead_letter: jobs }
    /// #                                   ^^^^ dead-letter-to-itself
    /// flows:
    ///   ask: { rate: 10 / s, steps: [browser ~> jobs] }
    ///   work: { on: jobs, steps: [jobs ~> worker] }
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// components:
    ///   browser: { kind: client }
    ///   worker: { kind: worker }
    ///   jobs: { kind: queue, dead_letter: failed_jobs }
    ///   failed_jobs: { kind: queue }
    /// flows:
    ///   ask: { rate: 10 / s, steps: [browser ~> jobs] }
    ///   work: { on: jobs, steps: [jobs ~> worker] }
    /// ```
    "dead-letter-to-itself": Error, Reliability, Minimal, since "0.2.0", check
}

fn check(case: &Case<'_, '_>, out: &mut Vec<Diagnostic>) {
    for entry in &case.design.components {
        let Some(YesNoOr::Facts(to)) = &entry.value.dead_letter else { continue };
        if to.text == entry.name.text {
            let message = format!("`{}` puts what cannot be handled back into itself", to.text);
            out.push(
                RULE.finding(to.span, message).help("name another queue, which nobody takes from by itself"),
            );
        }
    }
}
