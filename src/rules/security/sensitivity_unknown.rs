use super::support::level;
use crate::diagnostic::Diagnostic;
use crate::rules::Case;
use crate::rules::rule::rule;

rule! {
    /// Stored data of which nobody says how sensitive it is, in a design that says so of other data.
    ///
    /// ## Why
    /// What nobody has judged is treated as harmless: it is not encrypted, it is logged, and no rule looks at where it goes. One word
    /// is enough, also when it is `public` (ISO/IEC 27001:2022, Annex A 5.12, classification of information).
    ///
    /// ## Example
    /// ```yaml
    /// rules: { profile: recommended, stage: sketch, sensitivity-unknown: info }
    /// components:
    ///   app: { kind: service, uses: store }
    ///   store: { kind: database }
    /// data:
    ///   product: { size: 1 KB, stored_in: store, sensitivity: public }
    ///   order: { size: 1 KB, stored_in: store }
    /// # ^^^^^ sensitivity-unknown
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// rules: { profile: recommended, stage: sketch, sensitivity-unknown: info }
    /// components:
    ///   app: { kind: service, uses: store }
    ///   store: { kind: database }
    /// data:
    ///   product: { size: 1 KB, stored_in: store, sensitivity: public }
    ///   order: { size: 1 KB, stored_in: store, sensitivity: internal }
    /// ```
    "sensitivity-unknown": Info, Security, Strict, at Design, since "0.2.0", check
}

fn check(case: &Case<'_, '_>, out: &mut Vec<Diagnostic>) {
    let Some(first) = case.design.data.iter().find(|entry| entry.value.sensitivity.is_some()) else { return };
    for entry in &case.design.data {
        if level(&entry.value).is_some() || entry.value.stored_in.is_empty() {
            continue;
        }
        let name = entry.name.text;
        out.push(
            RULE.finding(entry.name.span, format!("how sensitive `{name}` is, is not said"))
                .related(first.name.span, "of this data it is")
                .help(format!(
                    "add `sensitivity:` to `{name}`: public, internal, confidential, personal or secret"
                )),
        );
    }
}
