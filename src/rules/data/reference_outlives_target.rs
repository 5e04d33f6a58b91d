use crate::diagnostic::Diagnostic;
use crate::model::names::Space;
use crate::rules::Case;
use crate::rules::rule::rule;
use crate::rules::security::support::modifier;

rule! {
    /// A record that is kept for longer than the record that it refers to.
    ///
    /// ## Why
    /// When the target's time is up there are two ways, and both are wrong: the reference leads nowhere, or the target cannot be
    /// deleted because a foreign key holds it, and its retention is not kept. PostgreSQL's manual shows the choices
    /// (section 5.4.5, Foreign Keys: `ON DELETE`), and one of them has to be made.
    ///
    /// ## Example
    /// ```yaml
    /// components:
    ///   app: { kind: service, uses: store }
    ///   store: { kind: database }
    /// data:
    ///   customer: { fields: { id: "uuid, key" }, stored_in: store, retention: 2 years }
    ///   order:
    ///     fields: { id: "uuid, key", buyer: ref customer }
    /// #                                         ^^^^^^^^ reference-outlives-target
    ///     stored_in: store
    ///     retention: 10 years
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// components:
    ///   app: { kind: service, uses: store }
    ///   store: { kind: database }
    /// data:
    ///   customer: { fields: { id: "uuid, key" }, stored_in: store, retention: 2 years }
    ///   order:
    ///     fields: { id: "uuid, key", buyer: "ref customer, optional" }
    ///     stored_in: store
    ///     retention: 10 years
    /// ```
    "reference-outlives-target": Warning, Data, Recommended, on Consistency, since "0.2.0", check
}

fn check(case: &Case<'_, '_>, out: &mut Vec<Diagnostic>) {
    for entry in &case.design.data {
        let Some(retention) = &entry.value.retention else { continue };
        let Some(kept) = case.central(&retention.written) else { continue };
        for field in &entry.value.fields {
            let Some(reference) = field.value.reference else { continue };
            if modifier(&field.value, "optional").is_some() {
                continue;
            }
            let target = case.names.find(Space::Data, reference.text);
            let Some(target) = target.and_then(|target| case.design.data.get(target as usize)) else {
                continue;
            };
            let Some(until) = &target.value.retention else { continue };
            if case.central(&until.written).is_none_or(|until| until >= kept) {
                continue;
            }
            let (name, other, field) = (entry.name.text, target.name.text, field.name.text);
            let (kept, until) = (retention.written.node.text(), until.written.node.text());
            out.push(
                RULE.finding(
                    reference.span,
                    format!("`{name}` is kept for {kept} and refers to `{other}`, which is kept for {until}"),
                )
                .related(target.name.span, format!("`{other}`"))
                .help(format!(
                    "say that the reference may become empty (`{field}: \"ref {other}, optional\"`), or keep `{other}` as long"
                )),
            );
        }
    }
}
