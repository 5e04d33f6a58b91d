use super::support::modifier;
use crate::diagnostic::Diagnostic;
use crate::model::names::Space;
use crate::rules::Case;
use crate::rules::rule::rule;
use crate::spec::data::Sensitivity;

rule! {
    /// An API that answers with a record of which a field is secret.
    ///
    /// ## Why
    /// The page does not show the password hash, but the answer has it, and everybody can look at answers. An answer lists what
    /// it returns and does not pass the record on as it lies in the store (OWASP API Security Top 10 2023, API3 Broken Object
    /// Property Level Authorization, in 2019 Excessive Data Exposure; CWE-213).
    ///
    /// ## Example
    /// ```yaml
    /// components:
    ///   browser: { kind: client }
    ///   app: { kind: service }
    ///   people: { kind: database }
    /// data:
    ///   person:
    ///     fields: { id: "uuid, key", name: string(80), password: "string(100), secret" }
    ///     stored_in: people
    /// apis:
    ///   me: { request: GET /v1/me, version: v1, handled_by: app, auth: session, returns: [person] }
    /// #                                                                                   ^^^^^^ excessive-data-exposure
    /// flows:
    ///   me: { api: me, steps: ["browser -> app: GET /v1/me", "app -> people: select"] }
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// components:
    ///   browser: { kind: client }
    ///   app: { kind: service }
    ///   people: { kind: database }
    /// data:
    ///   person: { fields: { id: "uuid, key", name: string(80) }, stored_in: people }
    ///   login: { fields: { person: "ref person, key", password: "string(100), secret" }, stored_in: people }
    /// apis:
    ///   me: { request: GET /v1/me, version: v1, handled_by: app, auth: session, returns: [person] }
    /// flows:
    ///   me: { api: me, steps: ["browser -> app: GET /v1/me", "app -> people: select"] }
    /// ```
    ///
    /// ## Known false positives
    /// An API whose purpose is to hand the secret out, once: describe the secret as data of its own.
    "excessive-data-exposure": Warning, Security, Recommended, since "0.2.0", check
}

fn check(case: &Case<'_, '_>, out: &mut Vec<Diagnostic>) {
    for api in &case.design.apis {
        for name in &api.value.returns {
            let data = case.names.find(Space::Data, name.text);
            let Some(data) = data.and_then(|data| case.design.data.get(data as usize)) else { continue };
            // What is secret as a whole is meant.
            let is_meant = data.value.sensitivity.is_some_and(|said| said.value == Sensitivity::Secret)
                || data.value.fields.len() == 1;
            let secret =
                data.value.fields.iter().find_map(|field| Some((field, modifier(&field.value, "secret")?)));
            let Some((field, said)) = secret.filter(|_| !is_meant) else { continue };
            let (api, data, field) = (api.name.text, name.text, field.name.text);
            out.push(
                RULE.finding(
                    name.span,
                    format!("`{api}` answers with `{data}`, whose field `{field}` is secret"),
                )
                .related(said.span, format!("what is said of `{field}`"))
                .help(format!("move `{field}` into data of its own, which no API returns")),
            );
        }
    }
}
