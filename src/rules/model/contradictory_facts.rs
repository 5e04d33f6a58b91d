use crate::diagnostic::Diagnostic;
use crate::rules::Case;
use crate::rules::rule::rule;
use crate::source::Span;
use crate::spec::component::Component;
use crate::spec::traffic::Traffic;

rule! {
    /// Two facts of which only one can be true.
    ///
    /// ## Why
    /// When a design says the same thing twice in different ways, one of the two is wrong sooner or later, and
    /// nobody can tell which one the numbers rest on.
    ///
    /// ## Example
    /// ```yaml
    /// traffic: { peak: 3x, busy_hour: 10% }
    /// #                    ^^^^^^^^^ contradictory-facts
    /// components:
    ///   app: { kind: service, stateless: true, sessions: memory }
    /// #                                        ^^^^^^^^ contradictory-facts
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// traffic: { busy_hour: 10% }
    /// components:
    ///   app: { kind: service, stateless: true, sessions: client }
    /// ```
    "contradictory-facts": Error, Model, Minimal, since "0.1.0", check
}

fn check(model: &Case<'_, '_>, out: &mut Vec<Diagnostic>) {
    let design = &model.design;
    let apis = design.apis.iter().filter_map(|api| api.value.traffic.as_ref());
    let flows = design.flows.iter().filter_map(|flow| flow.value.traffic.as_ref());
    for traffic in design.traffic.iter().chain(apis).chain(flows) {
        check_traffic(traffic, out);
    }
    for component in &design.components {
        check_component(&component.value, out);
    }
}

fn report(first: Option<Span>, second: Option<Span>, message: &str, help: &str, out: &mut Vec<Diagnostic>) {
    if let (Some(first), Some(second)) = (first, second) {
        let (first, second) = if first <= second { (first, second) } else { (second, first) };
        out.push(RULE.finding(second, message).related(first, "the other one").help(help));
    }
}

fn check_traffic(traffic: &Traffic<'_>, out: &mut Vec<Diagnostic>) {
    let message = "`peak` and `busy_hour` both say how the peak follows from the average";
    let help = "keep one of them: a busy hour with 10% of the day is a peak of 2.4x";
    report(traffic.key_span("peak"), traffic.key_span("busy_hour"), message, help, out);
}

fn check_component(component: &Component<'_>, out: &mut Vec<Diagnostic>) {
    let span = |key| component.key_span(key);
    if component.availability.is_some() && (component.mtbf.is_some() || component.mttr.is_some()) {
        let message = "`availability` follows from `mtbf` and `mttr`, so both cannot be said";
        let other = span("mtbf").or(span("mttr"));
        report(span("availability"), other, message, "keep `availability`, or `mtbf` and `mttr`", out);
    }
    let stateless = component.stateless.is_some_and(|flag| flag.value);
    if stateless && component.sessions.is_some_and(|sessions| sessions.text == "memory") {
        let message = "a stateless component cannot keep sessions in its memory";
        let help =
            "keep sessions with the client (`sessions: client`) or in a store, or write `stateless: false`";
        report(span("stateless"), span("sessions"), message, help, out);
    }
    if stateless && component.sticky.is_some_and(|flag| flag.value) {
        let message = "a stateless component needs no sticky sessions";
        report(
            span("stateless"),
            span("sticky"),
            message,
            "take out `sticky`, or write `stateless: false`",
            out,
        );
    }
}
