use crate::diagnostic::Diagnostic;
use crate::model::names::Space;
use crate::rules::Case;
use crate::rules::rule::rule;

rule! {
    /// A component that something refers to, but that no connection reaches.
    ///
    /// ## Why
    /// Data is kept in it or an API is handled by it, yet no flow goes there: the traffic that reads and
    /// writes it is missing from the picture and from the numbers.
    ///
    /// ## Example
    /// ```yaml
    /// components:
    ///   browser: { kind: client }
    ///   app: { kind: service }
    ///   links: { kind: database }
    /// # ^^^^^ disconnected-component
    /// data:
    ///   link: { size: 500 B, stored_in: links }
    /// flows:
    ///   open: { rate: 10 / s, steps: ["browser -> app: GET /"] }
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// components:
    ///   browser: { kind: client }
    ///   app: { kind: service }
    ///   links: { kind: database }
    /// data:
    ///   link: { size: 500 B, stored_in: links }
    /// flows:
    ///   open: { rate: 10 / s, steps: ["browser -> app: GET /", "app -> links: select link"] }
    /// ```
    "disconnected-component": Warning, Model, Recommended, since "0.1.0", check
}

fn check(model: &Case<'_, '_>, out: &mut Vec<Diagnostic>) {
    if !model.is_sound || model.connections.is_empty() {
        return;
    }
    let mut connected = vec![false; model.names.all(Space::Component).len()];
    for end in model.connections.iter().flat_map(|connection| [connection.from, connection.to]) {
        if let Some(slot) = connected.get_mut(end as usize) {
            *slot = true;
        }
    }
    let referenced = model.referenced_components();
    let components = connected.iter().zip(&referenced).zip(model.names.all(Space::Component));
    for ((connected, referenced), name) in components {
        if *referenced && !connected {
            let message = format!("no connection reaches `{}`", name.text);
            out.push(RULE.finding(name.span, message).help(format!(
                "draw the step that goes there (`… -> {}: text`), or name it under `uses:`",
                name.text
            )));
        }
    }
}
