use crate::diagnostic::Diagnostic;
use crate::rules::Case;
use crate::rules::rule::rule;
use crate::spec::flow::Parallel;

use super::support::{Clock, first_call, is_waited_for};

rule! {
    /// A client that waits for ten or more calls to the same component, one after the other.
    ///
    /// ## Why
    /// One call for the list and then one for each entry of it: each is fast, and together they take as long as the list is long.
    /// Nearly every store and service can be asked for many things at once (Microsoft, "Chatty I/O" among its performance
    /// antipatterns; Fowler, Patterns of Enterprise Application Architecture, calls it ripple loading).
    ///
    /// ## Example
    /// ```yaml
    /// components:
    ///   browser: { kind: client }
    ///   app: { kind: service }
    ///   products: { kind: database, latency: 3 ms }
    /// flows:
    ///   list:
    ///     steps:
    ///       - browser -> app: GET /products
    ///       - app -> products: which are there?
    ///       - times: 50
    /// #              ^^ n-plus-one-calls
    ///         steps: ["app -> products: select one"]
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// components:
    ///   browser: { kind: client }
    ///   app: { kind: service }
    ///   products: { kind: database, latency: 3 ms }
    /// flows:
    ///   list:
    ///     steps:
    ///       - browser -> app: GET /products
    ///       - app -> products: all fifty, in one query
    /// ```
    "n-plus-one-calls": Warning, Latency, Recommended, since "0.2.0", check
}

const MANY: f64 = 10.0;

fn check(case: &Case<'_, '_>, out: &mut Vec<Diagnostic>) {
    if !case.is_sound {
        return;
    }
    for (_, flow, calls) in case.interactive_flows() {
        for (index, group) in calls.groups.iter().enumerate() {
            let together = matches!(&group.step.parallel, Some(Parallel::Repetitions(flag)) if flag.value);
            let Some(times) = group.step.times.as_ref().filter(|_| !together) else { continue };
            let Some(count) = case.central(&times.written).filter(|count| *count >= MANY) else { continue };
            let Some(call) = group.branches.first().and_then(|branch| first_call(calls, &branch.items))
            else {
                continue;
            };
            // What a client does again and again is its own affair.
            if case.has(call.from, "is_client") || !is_waited_for(calls, index) {
                continue;
            }
            let (from, to) = (case.component_name(call.from), case.component_name(call.to));
            let shown = count.round();
            let message =
                format!("in `{}`, `{from}` calls `{to}` {shown} times, one after the other", flow.name.text);
            let mut finding = RULE.finding(times.span(), message);
            if let Some(numbers) = case.computed() {
                let each = Clock { case, calls }.mean(call);
                if each > 0.0 && each.is_finite() {
                    let all = numbers.time(each * count);
                    finding = finding.label(format!("{} each, {all} together", numbers.time(each)));
                }
            }
            let help = "ask for all of them in one call, or side by side with `parallel: true`";
            out.push(finding.help(help));
        }
    }
}
