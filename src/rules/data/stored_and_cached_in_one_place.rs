use crate::diagnostic::Diagnostic;
use crate::rules::Case;
use crate::rules::rule::rule;

rule! {
    /// Data whose original and copy are said to be in the same component.
    ///
    /// ## Why
    /// What is under `stored_in` must not be lost, what is under `cached_in` may be: one component cannot be both for the same
    /// data. Its room is counted twice, and nobody can tell whether it needs a backup. Kleppmann, *Designing Data-Intensive
    /// Applications*, 2017, part III, tells systems of record from derived data.
    ///
    /// ## Example
    /// ```yaml
    /// components:
    ///   app: { kind: service, uses: links }
    ///   links: { kind: key_value_store }
    /// data:
    ///   link: { size: 500 B, stored_in: links, cached_in: links }
    /// #                                                   ^^^^^ stored-and-cached-in-one-place
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// components:
    ///   app: { kind: service, uses: links }
    ///   links: { kind: key_value_store }
    /// data:
    ///   link: { size: 500 B, stored_in: links }
    /// ```
    "stored-and-cached-in-one-place": Warning, Data, Minimal, since "0.2.0", check
}

fn check(case: &Case<'_, '_>, out: &mut Vec<Diagnostic>) {
    for entry in &case.design.data {
        for copy in &entry.value.cached_in {
            let Some(original) = entry.value.stored_in.iter().find(|place| place.text == copy.text) else {
                continue;
            };
            let (name, place) = (entry.name.text, copy.text);
            out.push(
                RULE.finding(copy.span, format!("`{place}` keeps both `{name}` and copies of it"))
                    .related(original.span, "the original is said to be here")
                    .help(format!(
                        "take `{place}` out of `cached_in`, or out of `stored_in` when it may be lost"
                    )),
            );
        }
    }
}
