use crate::diagnostic::Diagnostic;
use crate::rules::Case;
use crate::rules::rule::rule;

rule! {
    /// Sessions in the memory of a component that has several instances.
    ///
    /// ## Why
    /// The next request of a user reaches another instance, which knows nothing of the session. With each deployment and each
    /// instance that scaling takes away, all sessions on it are lost. Processes that can be scaled out share nothing and keep
    /// state in a store (Wiggins, The Twelve-Factor App, VI. Processes).
    ///
    /// ## Example
    /// ```yaml
    /// components:
    ///   browser: { kind: client }
    ///   app: { kind: service, replicas: 3, sessions: memory }
    /// #                                              ^^^^^^ stateful-replicas
    /// flows:
    ///   open: { steps: ["browser -> app: GET /"] }
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// components:
    ///   browser: { kind: client }
    ///   app: { kind: service, replicas: 3, sessions: visits }
    ///   visits: { kind: cache, ttl: 1 day }
    /// flows:
    ///   open: { steps: ["browser -> app: GET /", "app -> visits: who is it?"] }
    /// ```
    "stateful-replicas": Warning, Scale, Recommended, on Reliability, since "0.2.0", check
}

fn check(case: &Case<'_, '_>, out: &mut Vec<Diagnostic>) {
    if !case.is_sound {
        return;
    }
    for (index, entry) in (0..).zip(&case.design.components) {
        let component = &entry.value;
        let Some(sessions) = component.sessions.filter(|sessions| sessions.text == "memory") else {
            continue;
        };
        // Where users come back to their instance, that is what is wrong.
        let is_sticky = component.sticky.is_some_and(|sticky| sticky.value);
        if is_sticky || !case.may_have_several(index) || case.has(index, "holds_state") {
            continue;
        }
        let name = entry.name.text;
        let message = match case.most_instances(index) {
            Some(most) => {
                let others = format!("each of up to {most} instances of `{name}`");
                format!("{others} keeps sessions in its own memory, where the others do not see them")
            }
            None => format!(
                "each instance of `{name}` keeps sessions in its own memory, where the others do not see them"
            ),
        };
        let help = "keep them in a component that all instances reach (`sessions: its_id`), or at the client (`sessions: client`)";
        let mut finding = RULE.finding(sessions.span, message);
        if let Some(span) = component.key_span("replicas") {
            finding = finding.related(span, "there are several instances");
        }
        out.push(finding.help(help));
    }
}
