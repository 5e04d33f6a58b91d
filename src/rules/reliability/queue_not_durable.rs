use super::support;
use crate::diagnostic::Diagnostic;
use crate::rules::Case;
use crate::rules::hops;
use crate::rules::rule::rule;
use crate::spec::component::Delivery;

rule! {
    /// Messages that must arrive, in a broker that forgets them when it restarts.
    ///
    /// ## Why
    /// At-least-once delivery holds as long as somebody remembers the message. A broker that keeps it in memory only loses all of them with
    /// its process, and each release of the broker is such a loss (Hohpe and Woolf, *Enterprise Integration Patterns*, 2003, "Guaranteed
    /// Delivery"; RabbitMQ documentation, "Reliability Guide").
    ///
    /// ## Example
    /// ```yaml
    /// rules: { profile: minimal, queue-not-durable: warning }
    /// components:
    ///   browser: { kind: client }
    ///   worker: { kind: worker }
    ///   jobs: { kind: queue, delivery: at-least-once, durable: false, dead_letter: true }
    /// #                                               ^^^^^^^ queue-not-durable
    /// flows:
    ///   ask: { rate: 10 / s, steps: [browser ~> jobs] }
    ///   work: { on: jobs, steps: [jobs ~> worker] }
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// rules: { profile: minimal, queue-not-durable: warning }
    /// components:
    ///   browser: { kind: client }
    ///   worker: { kind: worker }
    ///   jobs: { kind: queue, delivery: at-least-once, durable: true, dead_letter: true }
    /// flows:
    ///   ask: { rate: 10 / s, steps: [browser ~> jobs] }
    ///   work: { on: jobs, steps: [jobs ~> worker] }
    /// ```
    "queue-not-durable": Warning, Reliability, Recommended, on Durability, since "0.2.0", check
}

fn check(case: &Case<'_, '_>, out: &mut Vec<Diagnostic>) {
    let forgets = |it: &crate::spec::component::Component<'_>| it.durable.is_some_and(|flag| !flag.value);
    if !case.design.components.iter().any(|entry| forgets(&entry.value)) {
        return;
    }
    let lasting = support::lasting(case);
    for (index, entry) in (0..).zip(&case.design.components) {
        let component = &entry.value;
        if !forgets(component) || !hops::role(case, index).has("delivers_messages") {
            continue;
        }
        let name = entry.name.text;
        let span = component.key_span("durable").unwrap_or(entry.name.span);
        let help = format!("write `durable: true` on `components.{name}`");
        let promised = component.delivery.filter(|it| it.value != Delivery::AtMostOnce);
        if let Some(promised) = promised {
            let word = promised.value.word();
            let message =
                format!("`{name}` promises {word} delivery and forgets its messages when it restarts");
            out.push(RULE.finding(span, message).related(promised.span, "promised here").help(help));
        } else if let Some((flow, requirement)) = lasting.get(&index) {
            let message = format!("what `{}` puts into `{name}` is lost when that restarts", flow.text);
            out.push(support::because(RULE.finding(span, message).help(help), *requirement, *flow));
        }
    }
}
