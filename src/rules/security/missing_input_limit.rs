use super::support::{role, visits};
use crate::diagnostic::Diagnostic;
use crate::model::names::Space;
use crate::rules::Case;
use crate::rules::rule::rule;

rule! {
    /// An API that takes files from outside, of any size.
    ///
    /// ## Why
    /// The first upload of ten gigabytes fills a disk or the memory of an instance. The largest size is checked while the
    /// request comes in, and answered with 413 (RFC 9110, section 15.5.14; OWASP API Security Top 10 2023, API4 Unrestricted
    /// Resource Consumption; CWE-770; OWASP ASVS 4.0, 12.1.1).
    ///
    /// ## Example
    /// ```yaml
    /// rules: { profile: recommended, stage: sketch, missing-input-limit: warning }
    /// components:
    ///   browser: { kind: client }
    ///   app: { kind: service }
    ///   files: { kind: object_store }
    /// data:
    ///   picture: { fields: { id: "uuid, key", content: blob }, stored_in: files }
    /// apis:
    ///   add: { request: POST /pictures, handled_by: app, accepts: [picture] }
    /// #                                                            ^^^^^^^ missing-input-limit
    /// flows:
    ///   add: { api: add, steps: ["browser -> app: POST /pictures", "app -> files: store it"] }
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// rules: { profile: recommended, stage: sketch, missing-input-limit: warning }
    /// components:
    ///   browser: { kind: client }
    ///   app: { kind: service }
    ///   files: { kind: object_store }
    /// data:
    ///   picture: { fields: { id: "uuid, key", content: blob }, stored_in: files }
    /// apis:
    ///   add: { request: POST /pictures, handled_by: app, accepts: [picture], errors: [413 larger than 10 MB] }
    /// flows:
    ///   add: { api: add, steps: ["browser -> app: POST /pictures", "app -> files: store it"] }
    /// ```
    "missing-input-limit": Warning, Security, Recommended, at Design, since "0.2.0", check
}

fn check(case: &Case<'_, '_>, out: &mut Vec<Diagnostic>) {
    if !case.is_sound {
        return;
    }
    for (entry, visit) in case.design.apis.iter().zip(visits(case)) {
        let api = &entry.value;
        let says =
            api.errors.iter().any(|error| error.text.contains("413") || error.text.contains("too large"));
        if visit.is_none() || says || api.request_size.is_some() {
            continue;
        }
        let is_file = |name: &&crate::spec::values::Name<'_>| {
            let data = case.names.find(Space::Data, name.text);
            let Some(data) = data.and_then(|data| case.design.data.get(data as usize)) else { return false };
            let in_files = data.value.stored_in.iter().any(|place| {
                case.names
                    .find(Space::Component, place.text)
                    .is_some_and(|it| role(case, it).has("stores_blobs"))
            });
            let field =
                data.value.fields.iter().find(|field| matches!(field.value.kind, Some("blob" | "bytes")));
            match field {
                Some(field) => field.value.length.is_none(),
                None => in_files && data.value.size.is_none(),
            }
        };
        let Some(name) = api.accepts.iter().find(is_file) else { continue };
        out.push(
            RULE.finding(name.span, format!("`{}` takes a `{}` of any size", entry.name.text, name.text))
                .help("say what is refused, as `errors: [413 larger than 10 MB]`, or give `request_size:`"),
        );
    }
}
