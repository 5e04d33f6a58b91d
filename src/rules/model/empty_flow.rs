use crate::diagnostic::Diagnostic;
use crate::rules::Case;
use crate::rules::rule::rule;
use crate::syntax::NodeKind;

rule! {
    /// A flow in which nothing happens.
    ///
    /// ## Why
    /// A flow without steps has no traffic, no latency and no availability, and draws an empty picture.
    ///
    /// ## Example
    /// ```yaml
    /// components:
    ///   app: { kind: service }
    /// flows:
    ///   cleanup: { every: 1 hour }
    /// # ^^^^^^^ empty-flow
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// components:
    ///   jobs: { kind: scheduler }
    ///   app: { kind: service }
    /// flows:
    ///   cleanup: { every: 1 hour, steps: ["jobs -> app: delete what has expired"] }
    /// ```
    "empty-flow": Warning, Model, Recommended, since "0.1.0", check
}

fn check(model: &Case<'_, '_>, out: &mut Vec<Diagnostic>) {
    for flow in &model.design.flows {
        // Steps that are there but could not be read have been reported.
        let wrote_steps = flow.value.node.get("steps").is_some_and(|steps| match steps.kind() {
            NodeKind::List => steps.items().next().is_some(),
            _ => !steps.is_null(),
        });
        if flow.value.steps.is_empty() && !wrote_steps {
            let message = format!("nothing happens in the flow `{}`", flow.name.text);
            let help = "add `steps:` with what happens, such as `- app -> store: select`";
            out.push(RULE.finding(flow.name.span, message).help(help));
        }
    }
}
