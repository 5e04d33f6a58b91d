use super::support;
use crate::diagnostic::Diagnostic;
use crate::rules::Case;
use crate::rules::rule::rule;
use std::collections::HashSet;

rule! {
    /// A step in which a server calls a client and waits for it.
    ///
    /// ## Why
    /// A client starts requests and is called by nobody: it has no address, sits behind a firewall, and is switched off.
    /// Mostly such a step is the answer to the call before, drawn like an answer in a sequence diagram: then it counts as a
    /// second call, with latency and failures of its own. Where a server really speaks first, it does so over a connection
    /// that the client has opened (RFC 6455 for WebSocket), and it does not wait.
    ///
    /// ## Example
    /// ```yaml
    /// components:
    ///   browser: client
    ///   app: service
    /// flows:
    ///   open:
    ///     steps:
    ///       - browser -> app: GET /
    ///       - app -> browser: the page
    /// #              ^^^^^^^ waits-for-client
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// components:
    ///   browser: client
    ///   app: service
    /// flows:
    ///   open:
    ///     steps:
    ///       - browser -> app: GET /
    /// ```
    ///
    /// ## Known false positives
    /// A device that really answers calls is no client but a `service`, or an `external_system`. A step whose `protocol` lets the
    /// server speak first, such as `websocket` or `webhook`, is not reported.
    "waits-for-client": Warning, Architecture, Recommended, on Reliability, since "0.2.0", check
}

fn check(case: &Case<'_, '_>, out: &mut Vec<Diagnostic>) {
    if !case.is_sound {
        return;
    }
    let is_client = |index: u32| support::role(case, index).has("is_client");
    let mut told = HashSet::new();
    for (calls, flow) in case.calls().iter().zip(&case.design.flows) {
        let mut asked: HashSet<(u32, u32)> = HashSet::new();
        for call in &calls.calls {
            asked.insert((call.from, call.to));
            let role = support::role(case, call.from);
            let sender = role.has("is_client") || role.has("external") || role.has("holds_state");
            let pushed = call.step.protocol.is_some_and(|protocol| support::can_push(protocol.value));
            if !call.waits || sender || pushed || !is_client(call.to) {
                continue;
            }
            let Some(span) = support::span_of(case, call).filter(|_| told.insert((call.from, call.to)))
            else {
                continue;
            };
            let (server, client) = (case.component_name(call.from), case.component_name(call.to));
            let message = format!("`{server}` calls `{client}`, which is a client, and waits for it");
            let help = match asked.contains(&(call.to, call.from)) {
                true => {
                    format!("an answer is no step: take it out, `{client} -> {server}` waits for it already")
                }
                false if calls.starter == Some(call.to) => {
                    format!(
                        "if this is the answer in `{}`, take it out: what was called has answered",
                        flow.name.text
                    )
                }
                false => format!(
                    "push it over a connection that `{client}` has opened: `{server} ~> {client}: …` with `protocol: websocket`"
                ),
            };
            out.push(RULE.finding(span, message).help(help));
        }
    }
}
