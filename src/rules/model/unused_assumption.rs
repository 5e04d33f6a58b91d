use crate::diagnostic::Diagnostic;
use crate::model::names::Space;
use crate::rules::Case;
use crate::rules::rule::rule;

rule! {
    /// An assumption that nothing rests on.
    ///
    /// ## Why
    /// A number that no result depends on is either left over from an earlier version, or misspelt where it
    /// should be used. Either way a reader believes that it matters.
    ///
    /// ## Example
    /// ```yaml
    /// assumptions:
    ///   new_links: 100M / month
    ///   link_sise: 500 B
    /// # ^^^^^^^^^ unused-assumption
    /// components:
    ///   app: { kind: service }
    /// apis:
    ///   create_link: { request: POST /links, handled_by: app, rate: new_links }
    /// flows:
    ///   shorten: { api: create_link, steps: ["app -> app: make a code"] }
    /// ```
    ///
    /// ## Instead
    /// Use the number, or take it out.
    /// ```yaml
    /// assumptions:
    ///   new_links: 100M / month
    ///   link_size: 500 B
    /// components:
    ///   app: { kind: service }
    ///   links: { kind: database }
    /// data:
    ///   link: { size: link_size, stored_in: links }
    /// apis:
    ///   create_link: { request: POST /links, handled_by: app, rate: new_links }
    /// flows:
    ///   shorten: { api: create_link, steps: ["app -> links: insert link"] }
    /// ```
    ///
    /// ## When to allow it
    /// While a design is being written, numbers often come before what uses them.
    "unused-assumption": Warning, Model, Recommended, since "0.1.0", check
}

fn check(model: &Case<'_, '_>, out: &mut Vec<Diagnostic>) {
    if !model.is_sound {
        return;
    }
    let changed = model.changed_by_variants("assumptions");
    for (index, name) in (0..).zip(model.names.all(Space::Assumption)) {
        if !model.seen.used_assumptions.contains(&index) && !changed.contains(name.text) {
            let message = format!("nothing uses the assumption `{}`", name.text);
            out.push(RULE.finding(name.span, message).help("use it where a quantity stands, or take it out"));
        }
    }
}
