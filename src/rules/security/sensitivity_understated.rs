use super::support::{modifier, personal};
use crate::diagnostic::Diagnostic;
use crate::rules::Case;
use crate::rules::rule::rule;
use crate::spec::data::Sensitivity;

rule! {
    /// Data that is said to be harmless, with a field that is not.
    ///
    /// ## Why
    /// A record is as sensitive as the most sensitive of its fields. What is read first, and what access is granted by, is the
    /// word for the whole record, and here it contradicts the field (ISO/IEC 27001:2022, Annex A 5.12, classification of
    /// information).
    ///
    /// ## Example
    /// ```yaml
    /// components:
    ///   app: { kind: service, uses: people }
    ///   people: { kind: database }
    /// data:
    ///   person:
    ///     fields: { id: "uuid, key", email: "string(120), personal" }
    ///     stored_in: people
    ///     sensitivity: internal
    /// #                ^^^^^^^^ sensitivity-understated
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// components:
    ///   app: { kind: service, uses: people }
    ///   people: { kind: database }
    /// data:
    ///   person:
    ///     fields: { id: "uuid, key", email: "string(120), personal" }
    ///     stored_in: people
    ///     sensitivity: personal
    /// ```
    "sensitivity-understated": Warning, Security, Recommended, since "0.2.0", check
}

fn check(case: &Case<'_, '_>, out: &mut Vec<Diagnostic>) {
    for entry in &case.design.data {
        let said = entry.value.sensitivity.filter(|said| said.value < Sensitivity::Confidential);
        let Some(said) = said else { continue };
        let found = entry.value.fields.iter().find_map(|field| {
            if modifier(&field.value, "encrypted").is_some() {
                return None;
            }
            let secret = modifier(&field.value, "secret").map(|name| (name.span, "secret"));
            let (span, word) = secret.or(personal(&field.value).map(|span| (span, "personal")))?;
            Some((field.name.text, span, word))
        });
        let Some((field, span, word)) = found else { continue };
        let (name, level) = (entry.name.text, said.value.word());
        out.push(
            RULE.finding(
                said.span,
                format!("`{name}` is said to be {level}, but its field `{field}` is {word}"),
            )
            .related(span, format!("what is said of `{field}`"))
            .help(format!("write `sensitivity: {word}`, or move `{field}` into data of its own")),
        );
    }
}
