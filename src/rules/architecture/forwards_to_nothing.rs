use super::support;
use crate::diagnostic::Diagnostic;
use crate::rules::Case;
use crate::rules::rule::rule;

rule! {
    /// A load balancer or gateway that is called, and that calls nobody.
    ///
    /// ## Why
    /// It only passes requests on, so a flow that ends there has no answer: the component behind it is missing, and with it
    /// most of the latency, the load and the cost of the flow. RFC 9110, section 3.7, says what an intermediary does: it
    /// forwards requests, and relays the answers.
    ///
    /// ## Example
    /// ```yaml
    /// rules: { forwards-to-nothing: warning }
    /// components:
    ///   browser: client
    ///   edge: load_balancer
    /// # ^^^^ forwards-to-nothing
    ///   app: service
    /// flows:
    ///   open: { steps: ["browser -> edge: GET /"] }
    ///   look: { steps: ["browser -> app: GET /things"] }
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// rules: { forwards-to-nothing: warning }
    /// components:
    ///   browser: client
    ///   edge: load_balancer
    ///   app: service
    /// flows:
    ///   open: { steps: ["browser -> edge -> app: GET /"] }
    ///   look: { steps: ["browser -> edge -> app: GET /things"] }
    /// ```
    "forwards-to-nothing": Warning, Architecture, Recommended, at Design, since "0.2.0", check
}

fn check(case: &Case<'_, '_>, out: &mut Vec<Diagnostic>) {
    if !case.is_sound {
        return;
    }
    let count = case.roles.len();
    let (mut calls, mut called) = (vec![false; count], vec![None; count]);
    for connection in &case.connections {
        if support::role(case, connection.from).has("observes") {
            continue;
        }
        if let Some(slot) = calls.get_mut(connection.from as usize) {
            *slot = true;
        }
        if let Some(slot) = called.get_mut(connection.to as usize) {
            slot.get_or_insert(connection.span);
        }
    }
    // What serves content or keeps connections may be the end of a way.
    const ENDS: &[&str] = &["serves_content", "keeps_connections", "holds_state", "external"];
    for (index, (calls, called)) in (0..).zip(calls.into_iter().zip(called)) {
        let role = support::role(case, index);
        let only_forwards = support::forwards(&role) && !ENDS.iter().any(|word| role.has(word));
        let (Some(at), false, true) = (called, calls, only_forwards) else { continue };
        let Some(span) = support::defined(case, index) else { continue };
        let name = case.component_name(index);
        let message = format!("`{name}` only passes requests on, and there is nothing behind it");
        let help = format!("draw what it passes them to: `… -> {name} -> app: …`");
        out.push(RULE.finding(span, message).related(at, "it is called here").help(help));
    }
}
