use super::support::{modifier, parameters, personal};
use crate::diagnostic::Diagnostic;
use crate::model::names::Space;
use crate::rules::Case;
use crate::rules::rule::rule;

rule! {
    /// A secret or something about a person in the address of a request.
    ///
    /// ## Why
    /// Addresses are written into the logs of every server and proxy on the way, into the history of browsers, and into the
    /// `Referer` of the next request; bodies and headers are not (CWE-598, use of GET request method with sensitive query
    /// strings; OWASP ASVS 4.0, 8.3.1; RFC 6750, section 5.3, for tokens; RFC 9110, section 17.9).
    ///
    /// ## Example
    /// ```yaml
    /// components:
    ///   browser: { kind: client }
    ///   app: { kind: service }
    ///   people: { kind: database }
    /// data:
    ///   person:
    ///     fields: { id: "uuid, key", email: "string(120), unique, personal" }
    ///     stored_in: people
    /// apis:
    ///   find: { request: "GET /v1/people?email={email}", version: v1, handled_by: app, returns: [person], pagination: cursor }
    /// #                                         ^^^^^ sensitive-data-in-url
    /// flows:
    ///   find: { api: find, steps: ["browser -> app: GET /v1/people", "app -> people: select"] }
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// components:
    ///   browser: { kind: client }
    ///   app: { kind: service }
    ///   people: { kind: database }
    /// data:
    ///   person:
    ///     fields: { id: "uuid, key", email: "string(120), unique, personal" }
    ///     stored_in: people
    /// apis:
    ///   find: { request: POST /v1/lookups, version: v1, handled_by: app, accepts: [person], returns: [person], pagination: cursor }
    /// flows:
    ///   find: { api: find, steps: ["browser -> app: POST /v1/lookups", "app -> people: select"] }
    /// ```
    "sensitive-data-in-url": Warning, Security, Recommended, since "0.2.0", check
}

/// Names that mean a secret, whatever the data says.
const SECRETS: [&str; 13] = [
    "password",
    "passwd",
    "access_token",
    "refresh_token",
    "id_token",
    "api_key",
    "apikey",
    "client_secret",
    "secret",
    "card_number",
    "cvv",
    "ssn",
    "private_key",
];

fn check(case: &Case<'_, '_>, out: &mut Vec<Diagnostic>) {
    for api in &case.design.apis {
        let Some(request) = api.value.request else { continue };
        let mut last = "";
        for parameter in parameters(&request) {
            // `email={email}` is one.
            if parameter.name.eq_ignore_ascii_case(last) {
                continue;
            }
            let by_name = SECRETS.iter().any(|secret| parameter.name.eq_ignore_ascii_case(secret));
            let names = api.value.accepts.iter().chain(api.value.returns.iter());
            let field = names
                .filter_map(|name| case.design.data.get(case.names.find(Space::Data, name.text)? as usize))
                .find_map(|data| {
                    let mut fields = data.value.fields.iter();
                    let field = fields.find(|field| field.name.text.eq_ignore_ascii_case(parameter.name))?;
                    // A key is an id, which has to be in the address; that it is personal has a rule of its own.
                    if ["key", "partition_key"].iter().any(|key| modifier(&field.value, key).is_some()) {
                        return None;
                    }
                    let secret = modifier(&field.value, "secret").map(|name| name.span);
                    Some((data, secret.or(personal(&field.value))?))
                });
            if !by_name && field.is_none() {
                continue;
            }
            last = parameter.name;
            let (name, api) = (parameter.name, api.name.text);
            let mut finding = RULE
                .finding(
                    request.subspan(parameter.range),
                    format!("`{name}` stands in the address of `{api}`, which logs and histories keep"),
                )
                .help(format!("send `{name}` in the body of a `POST`, or in a header"));
            if let Some((data, said)) = field {
                finding = finding.related(said, format!("what `{}` says of it", data.name.text));
            }
            out.push(finding);
        }
    }
}
