use crate::diagnostic::Diagnostic;
use crate::model::names::Space;
use crate::rules::Case;
use crate::rules::rule::rule;

rule! {
    /// A component that nothing refers to.
    ///
    /// ## Why
    /// No flow passes through it, nothing uses it, no data is kept in it. It is left over, or the flow that
    /// needs it has not been written, and then traffic, latency and cost are all too low.
    ///
    /// Nothing is reported while a design has neither flows nor `uses`: a list of boxes is a fine beginning.
    ///
    /// ## Example
    /// ```yaml
    /// components:
    ///   browser: { kind: client }
    ///   app: { kind: service }
    ///   search: { kind: search_index }
    /// # ^^^^^^ unused-component
    /// flows:
    ///   open: { rate: 10 / s, steps: ["browser -> app: GET /"] }
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// components:
    ///   browser: { kind: client }
    ///   app: { kind: service }
    ///   search: { kind: search_index }
    /// flows:
    ///   open: { rate: 10 / s, steps: ["browser -> app: GET /", "app -> search: find"] }
    /// ```
    ///
    /// ## When to allow it
    /// For a component that is kept for a migration and has no traffic any more.
    "unused-component": Warning, Model, Recommended, since "0.1.0", check
}

fn check(model: &Case<'_, '_>, out: &mut Vec<Diagnostic>) {
    if !model.is_sound || model.connections.is_empty() {
        return;
    }
    let used = model.referenced_components();
    for (used, name) in used.iter().zip(model.names.all(Space::Component)) {
        if !used {
            let message = format!("nothing refers to the component `{}`", name.text);
            out.push(RULE.finding(name.span, message).help(format!(
                "draw it in a flow (`… -> {}: text`), name it under `uses:`, or take it out",
                name.text
            )));
        }
    }
}
