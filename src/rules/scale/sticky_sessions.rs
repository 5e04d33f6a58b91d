use crate::diagnostic::Diagnostic;
use crate::rules::Case;
use crate::rules::rule::rule;

rule! {
    /// Users who have to come back to the same of several instances, because only that one knows them.
    ///
    /// ## Why
    /// Sticky sessions tie users to instances: a lost instance loses its users' sessions, one with many heavy users is overloaded
    /// beside idle ones, new instances get only new users, and a deployment signs everybody out ("Sticky sessions are a
    /// violation of twelve-factor and should never be used or relied upon", The Twelve-Factor App, VI. Processes).
    ///
    /// ## Example
    /// ```yaml
    /// components:
    ///   browser: { kind: client }
    ///   app: { kind: service, replicas: 3, sticky: true, sessions: memory }
    /// #                                            ^^^^ sticky-sessions
    /// flows:
    ///   open: { steps: ["browser -> app: GET /"] }
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// components:
    ///   browser: { kind: client }
    ///   app: { kind: service, replicas: 3, sessions: client }
    /// flows:
    ///   open: { steps: ["browser -> app: GET /"] }
    /// ```
    ///
    /// ## Known false positives
    /// What keeps connections open has to be sticky and is not reported; nor is stickiness that is only there to find a
    /// warm cache, when `sessions` says that they are kept elsewhere.
    "sticky-sessions": Warning, Scale, Recommended, since "0.2.0", check
}

fn check(case: &Case<'_, '_>, out: &mut Vec<Diagnostic>) {
    if !case.is_sound {
        return;
    }
    for (index, entry) in (0..).zip(&case.design.components) {
        let component = &entry.value;
        let Some(sticky) = component.sticky.filter(|sticky| sticky.value) else { continue };
        let in_memory = component.sessions.is_none_or(|sessions| sessions.text == "memory");
        let has_reason = case.has(index, "keeps_connections") || case.has(index, "holds_state");
        if !in_memory || has_reason || !case.may_have_several(index) {
            continue;
        }
        let name = entry.name.text;
        let lost = case.most_instances(index).filter(|most| *most >= 2.0);
        let message = match lost {
            Some(most) => {
                let part = crate::rules::computed::share(1.0 / most);
                format!(
                    "users of `{name}` are bound to one of up to {most} instances: {part} of them lose their session with one"
                )
            }
            None => format!("users of `{name}` are bound to one instance and lose their session with it"),
        };
        let help =
            "keep sessions at the client or in a store that all instances reach, and take out `sticky`";
        out.push(RULE.finding(sticky.span, message).help(help));
    }
}
