use super::support::{self, Traffic};
use crate::diagnostic::Diagnostic;
use crate::rules::Case;
use crate::rules::rule::rule;

rule! {
    /// A queue, stream or topic that messages are taken from and nobody puts any into.
    ///
    /// ## Why
    /// A consumer of it waits for ever. The step that announces or orders the work is missing, and with it the load that it
    /// brings; or the consumer listens to the wrong queue. A channel connects a sender to a receiver, and needs both (Hohpe and
    /// Woolf, *Enterprise Integration Patterns*, 2003, "Message Channel").
    ///
    /// ## Example
    /// ```yaml
    /// rules: { queue-without-producer: warning }
    /// components:
    ///   browser: client
    ///   app: service
    ///   jobs: queue
    /// # ^^^^ queue-without-producer
    ///   resizer: worker
    /// flows:
    ///   upload: { rate: 1 / s, steps: ["browser -> app: POST /photos"] }
    ///   resize: { on: jobs, rate: 1 / s, steps: ["jobs -> resizer: resize it"] }
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// rules: { queue-without-producer: warning }
    /// components:
    ///   browser: client
    ///   app: service
    ///   jobs: queue
    ///   resizer: worker
    /// flows:
    ///   upload: { rate: 1 / s, steps: ["browser -> app: POST /photos", "app ~> jobs: a photo has come"] }
    ///   resize: { on: jobs, steps: ["jobs -> resizer: resize it"] }
    /// ```
    ///
    /// ## When to allow it
    /// When the producers are the business of another design.
    "queue-without-producer": Warning, Architecture, Recommended, at Design, since "0.2.0", check
}

fn check(case: &Case<'_, '_>, out: &mut Vec<Diagnostic>) {
    if !case.is_sound {
        return;
    }
    for (index, traffic) in support::queues(case) {
        let Traffic { put: None, taken: true, is_for_failures: false, is_unclear: false } = traffic else {
            continue;
        };
        let Some(span) = support::defined(case, index) else { continue };
        let name = case.component_name(index);
        let message = format!("messages are taken from `{name}`, and nobody puts any into it");
        let help = format!("add the step that does: `… ~> {name}: what happened`");
        out.push(RULE.finding(span, message).help(help));
    }
}
