use crate::diagnostic::Diagnostic;
use crate::rules::Case;
use crate::rules::rule::rule;
use crate::rules::security::support::{modifier, personal};

rule! {
    /// A key that is about a person: a mail address, a telephone number, a number plate.
    ///
    /// ## Why
    /// Keys are copied everywhere: into other tables, URLs, logs, caches and exports, so that deleting or changing one means
    /// finding all of them. And people change: they marry, move, and get a new telephone number. An id that means nothing stays
    /// (data protection by design, GDPR Article 25, names pseudonymisation as a measure).
    ///
    /// ## Example
    /// ```yaml
    /// components:
    ///   app: { kind: service, uses: people }
    ///   people: { kind: database }
    /// data:
    ///   person: { fields: { email: "string(120), key, personal" }, stored_in: people, sensitivity: personal }
    /// #                                          ^^^ personal-data-as-key
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// components:
    ///   app: { kind: service, uses: people }
    ///   people: { kind: database }
    /// data:
    ///   person: { fields: { id: "uuid, key", email: "string(120), unique, personal" }, stored_in: people, sensitivity: personal }
    /// ```
    "personal-data-as-key": Warning, Data, Strict, on Security, since "0.2.0", check
}

fn check(case: &Case<'_, '_>, out: &mut Vec<Diagnostic>) {
    for entry in &case.design.data {
        for field in &entry.value.fields {
            let key = ["key", "partition_key"].iter().find_map(|word| modifier(&field.value, word));
            let (Some(key), Some(said)) = (key, personal(&field.value)) else { continue };
            let (name, data) = (field.name.text, entry.name.text);
            out.push(
                RULE.finding(key.span, format!("`{name}`, which is about a person, is the key of `{data}`"))
                    .related(said, "said to be personal here")
                    .help(format!(
                        "add an id without a meaning (`id: \"uuid, key\"`) and make `{name}` unique"
                    )),
            );
        }
    }
}
