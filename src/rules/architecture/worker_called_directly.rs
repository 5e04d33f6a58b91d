use super::support;
use crate::diagnostic::Diagnostic;
use crate::rules::Case;
use crate::rules::rule::rule;

rule! {
    /// A worker that another program calls and waits for.
    ///
    /// ## Why
    /// A worker takes work from a queue or a schedule, when it has time: that is what makes it safe to have few of them and to
    /// restart them at will. A caller that waits for one has neither a queue that holds the work meanwhile nor an interface
    /// that is made for being called; it waits behind all other work, and loses its own when the worker restarts (Hohpe and
    /// Woolf, *Enterprise Integration Patterns*, 2003, "Competing Consumers").
    ///
    /// ## Example
    /// ```yaml
    /// components:
    ///   browser: client
    ///   app: service
    ///   resizer: worker
    /// flows:
    ///   upload: { steps: ["browser -> app: POST /photos", "app -> resizer: resize it"] }
    /// #                                                           ^^^^^^^ worker-called-directly
    /// ```
    ///
    /// ## Instead
    /// ```yaml
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
    /// ## Known false positives
    /// A program that answers requests and is called a worker: its kind is `service`.
    "worker-called-directly": Info, Architecture, Strict, since "0.2.0", check
}

fn check(case: &Case<'_, '_>, out: &mut Vec<Diagnostic>) {
    if !case.is_sound {
        return;
    }
    let is_worker = |index: u32| {
        let role = support::role(case, index);
        let works_on_its_own = ["processes_batches", "processes_streams", "starts_on_schedule"];
        role.has("runs_code")
            && !role.has("speaks_http")
            && !works_on_its_own.iter().any(|word| role.has(word))
    };
    let calls = support::first_of_each_pair(case, |found| {
        let caller = support::role(case, found.from);
        // A worker may be one part of another, as a scheduler may start it.
        let asks = caller.has("is_client") || caller.has("speaks_http") || caller.has("routes");
        found.waits
            && asks
            && !caller.has("external")
            && !caller.has("delivers_messages")
            && is_worker(found.to)
    });
    for call in calls {
        let (caller, worker) = (case.component_name(call.from), case.component_name(call.to));
        let message =
            format!("`{caller}` waits for `{worker}`, which takes its work from a queue or a schedule");
        let help = format!(
            "put a queue in between (`{caller} ~> jobs: …`, `jobs -> {worker}: …`), or make `{worker}` a `service`"
        );
        out.push(RULE.finding(call.span, message).help(help));
    }
}
