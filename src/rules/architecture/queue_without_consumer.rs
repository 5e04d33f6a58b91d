use super::support::{self, Traffic};
use crate::diagnostic::Diagnostic;
use crate::rules::Case;
use crate::rules::rule::rule;

rule! {
    /// A queue, stream or topic that messages are put into and nobody takes from.
    ///
    /// ## Why
    /// What nobody takes piles up until it is thrown away or fills the disk, and what it was sent for never happens. Mostly the
    /// flow of the consumer has not been written, and then its load, latency and cost are missing from all numbers.
    ///
    /// A queue for what could not be handled (`dead_letter:`) is looked at by people and not reported.
    ///
    /// ## Example
    /// ```yaml
    /// rules: { queue-without-consumer: warning }
    /// components:
    ///   browser: client
    ///   app: service
    ///   jobs: queue
    /// # ^^^^ queue-without-consumer
    /// flows:
    ///   upload: { steps: ["browser -> app: POST /photos", "app ~> jobs: a photo has come"] }
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// rules: { queue-without-consumer: warning }
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
    /// When the consumers are the business of another design.
    "queue-without-consumer": Warning, Architecture, Recommended, at Design, on Reliability, since "0.2.0", check
}

fn check(case: &Case<'_, '_>, out: &mut Vec<Diagnostic>) {
    if !case.is_sound {
        return;
    }
    for (index, traffic) in support::queues(case) {
        let Traffic { put: Some(put), taken: false, is_for_failures: false, is_unclear: false } = traffic
        else {
            continue;
        };
        let Some(span) = support::defined(case, index) else { continue };
        let name = case.component_name(index);
        let message = format!("messages are put into `{name}`, and nobody takes them");
        let help = format!("add the flow of who does: `on: {name}` with the step `{name} -> consumer: …`");
        out.push(RULE.finding(span, message).related(put, "put in here").help(help));
    }
}
