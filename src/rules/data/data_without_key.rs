use crate::diagnostic::Diagnostic;
use crate::model::names::Space;
use crate::rules::Case;
use crate::rules::rule::rule;
use crate::rules::security::support::{modifier, role};

rule! {
    /// Records in a store of which no field is a key.
    ///
    /// ## Why
    /// Without a key a record cannot be changed, deleted or referred to, the same one can be there twice, and a retry cannot
    /// be told from a second record. The key also decides how the store lays records out (Kleppmann, *Designing
    /// Data-Intensive Applications*, chapter 3).
    ///
    /// ## Example
    /// ```yaml
    /// rules: { profile: recommended, stage: sketch, data-without-key: warning }
    /// components:
    ///   app: { kind: service, uses: links }
    ///   links: { kind: database }
    /// data:
    ///   link:
    /// # ^^^^ data-without-key
    ///     fields: { code: string(8), url: string(2048) }
    ///     stored_in: links
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// rules: { profile: recommended, stage: sketch, data-without-key: warning }
    /// components:
    ///   app: { kind: service, uses: links }
    ///   links: { kind: database }
    /// data:
    ///   link:
    ///     fields: { code: "string(8), key", url: string(2048) }
    ///     stored_in: links
    /// ```
    ///
    /// ## Known false positives
    /// Measurements in a store that knows them by their time alone: mark the time as `sort_key`.
    "data-without-key": Warning, Data, Recommended, at Design, on Consistency, since "0.2.0", check
}

fn check(case: &Case<'_, '_>, out: &mut Vec<Diagnostic>) {
    const KEYS: [&str; 4] = ["key", "partition_key", "sort_key", "unique"];
    for entry in &case.design.data {
        let data = &entry.value;
        let has_key =
            data.fields.iter().any(|field| KEYS.iter().any(|word| modifier(&field.value, word).is_some()));
        if data.fields.is_empty() || has_key {
            continue;
        }
        let by_key = data.stored_in.iter().find(|place| {
            let found = case.names.find(Space::Component, place.text);
            let role = found.map(|found| role(case, found)).unwrap_or_default();
            role.has("answers_queries") && !role.has("analytical") && !role.has("observes")
        });
        let Some(place) = by_key else { continue };
        let name = entry.name.text;
        let mut finding = RULE
            .finding(entry.name.span, format!("no field of `{name}` is its key in `{}`", place.text))
            .related(place.span, "the store that must find it");
        if let Some(first) = data.fields.first() {
            let field = first.name.text;
            finding = finding.help(format!(
                "mark the field that tells one `{name}` from another, such as `{field}: \"uuid, key\"`"
            ));
        }
        out.push(finding);
    }
}
