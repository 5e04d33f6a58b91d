use crate::diagnostic::Diagnostic;
use crate::rules::Case;
use crate::rules::rule::rule;
use crate::rules::security::support::modifier;

rule! {
    /// A key that a record may be without.
    ///
    /// ## Why
    /// A record without its key cannot be found, and two of them cannot be told apart. SQL has the same rule: the columns
    /// of a primary key are not null (ISO/IEC 9075; PostgreSQL's manual, section 5.4.4, Primary Keys).
    ///
    /// ## Example
    /// ```yaml
    /// components:
    ///   app: { kind: service, uses: store }
    ///   store: { kind: database }
    /// data:
    ///   item: { fields: { code: "string(8), key, optional" }, stored_in: store }
    /// #                                          ^^^^^^^^ optional-key
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// components:
    ///   app: { kind: service, uses: store }
    ///   store: { kind: database }
    /// data:
    ///   item: { fields: { id: "uuid, key", code: "string(8), unique, optional" }, stored_in: store }
    /// ```
    "optional-key": Warning, Data, Minimal, on Consistency, since "0.2.0", check
}

fn check(case: &Case<'_, '_>, out: &mut Vec<Diagnostic>) {
    for entry in &case.design.data {
        for field in &entry.value.fields {
            let Some(optional) = modifier(&field.value, "optional") else { continue };
            let key =
                ["key", "partition_key", "sort_key"].iter().find_map(|word| modifier(&field.value, word));
            let Some(key) = key else { continue };
            let (name, data) = (field.name.text, entry.name.text);
            out.push(
                RULE.finding(optional.span, format!("`{name}` is a key of `{data}`, and may be missing"))
                    .related(key.span, "said to be a key here")
                    .help(format!("take out `optional`, or choose another field as the key of `{data}`")),
            );
        }
    }
}
