use crate::diagnostic::Diagnostic;
use crate::model::names::Space;
use crate::rules::Case;
use crate::rules::rule::rule;

rule! {
    /// A field that refers to data which the design does not describe.
    ///
    /// ## Why
    /// Other systems may keep it, and then a reader wants to know which; or it was renamed, or nobody has thought about it
    /// yet. In each case the model of the data has a hole, and its diagram an arrow into the void.
    ///
    /// ## Example
    /// ```yaml
    /// components:
    ///   app: { kind: service, uses: store }
    ///   store: { kind: database }
    /// data:
    ///   order: { fields: { id: "uuid, key", buyer: ref customer }, stored_in: store }
    /// #                                                ^^^^^^^^ schema-reference-unresolved
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// components:
    ///   app: { kind: service, uses: store }
    ///   store: { kind: database }
    /// data:
    ///   order: { fields: { id: "uuid, key", buyer: ref customer }, stored_in: store }
    ///   customer: { fields: { id: "uuid, key" }, stored_in: store }
    /// ```
    ///
    /// ## Known false positives
    /// Data that another system keeps. Describe it all the same, with that system under `stored_in`.
    "schema-reference-unresolved": Info, Data, Strict, on Consistency, since "0.2.0", check
}

fn check(case: &Case<'_, '_>, out: &mut Vec<Diagnostic>) {
    if !case.is_sound {
        return;
    }
    for entry in &case.design.data {
        for field in &entry.value.fields {
            let Some(reference) = field.value.reference else { continue };
            if case.names.find(Space::Data, reference.text).is_some() {
                continue;
            }
            let (name, wanted) = (entry.name.text, reference.text);
            let message = format!("`{name}` refers to `{wanted}`, which this design does not describe");
            let help = format!("add `{wanted}` under `data:`, with `stored_in:` naming who keeps it");
            out.push(RULE.finding(reference.span, message).help(help));
        }
    }
}
