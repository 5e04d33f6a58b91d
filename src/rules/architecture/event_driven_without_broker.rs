use crate::diagnostic::Diagnostic;
use crate::rules::Case;
use crate::rules::rule::rule;
use crate::spec::design::ArchitectureStyle;

rule! {
    /// An event-driven design in which nothing carries events.
    ///
    /// ## Why
    /// Components that announce and react to events need something that takes the events, keeps them, and hands them to
    /// whoever listens. Without it, whoever announces has to know and reach every listener, which is what the style is to
    /// avoid. Richards and Ford, "Fundamentals of Software Architecture" (2020), chapter 14, describes the style by its
    /// brokers and mediators.
    ///
    /// ## Example
    /// ```yaml
    /// style: event-driven
    /// #      ^^^^^^^^^^^^ event-driven-without-broker
    /// components:
    ///   browser: client
    ///   orders: service
    ///   mail: service
    /// flows:
    ///   buy: { steps: ["browser -> orders: POST /orders", "orders -> mail: send the confirmation"] }
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// style: event-driven
    /// components:
    ///   browser: client
    ///   orders: service
    ///   events: stream
    ///   mail: service
    /// flows:
    ///   buy: { rate: 1 / s, steps: ["browser -> orders: POST /orders", "orders ~> events: an order was placed"] }
    ///   confirm: { on: events, steps: ["events ~> mail: an order was placed"] }
    /// ```
    ///
    /// ## Known false positives
    /// Events that go straight to their listeners as webhooks or over open connections: say so with `protocol:` on the steps.
    "event-driven-without-broker": Warning, Architecture, Recommended, since "0.2.0", check
}

fn check(case: &Case<'_, '_>, out: &mut Vec<Diagnostic>) {
    const CARRY: &[&str] = &["buffers", "delivers_messages", "keeps_log"];
    let Some(style) = case.design.style.filter(|style| style.value == ArchitectureStyle::EventDriven) else {
        return;
    };
    let carries = || case.roles.iter().any(|role| CARRY.iter().any(|wanted| role.has(wanted)));
    // A kind that nobody knows may carry them.
    let all_known = case.roles.iter().all(|role| role.kind.is_some());
    if !case.is_sound || case.connections.is_empty() || !all_known || carries() {
        return;
    }
    let steps = case.calls().iter().flat_map(|calls| &calls.calls).filter_map(|call| call.step.protocol);
    if steps.into_iter().any(|protocol| super::support::can_push(protocol.value)) {
        return;
    }
    let message = "the style is event-driven, and no queue, stream or topic carries any event";
    let help = "add what carries them (`events: stream`) and let components announce to it (`orders ~> events: …`), or choose \
                another style";
    out.push(RULE.finding(style.span, message).help(help));
}
