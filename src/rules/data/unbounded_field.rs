use crate::diagnostic::Diagnostic;
use crate::model::names::Space;
use crate::rules::Case;
use crate::rules::rule::rule;
use crate::rules::security::support::visits;

rule! {
    /// A field without a bound in data that callers from outside send.
    ///
    /// ## Why
    /// What has no bound will be sent without one, by mistake or on purpose: one record of a hundred megabytes blocks a
    /// worker, fills a cache, or breaks the page of everybody who reads it (CWE-770, allocation of resources without limits;
    /// OWASP API Security Top 10 2023, API4 Unrestricted Resource Consumption).
    ///
    /// ## Example
    /// ```yaml
    /// rules: { profile: recommended, stage: sketch, unbounded-field: warning }
    /// components:
    ///   browser: { kind: client }
    ///   app: { kind: service }
    ///   notes: { kind: database }
    /// data:
    ///   note: { fields: { id: "uuid, key", labels: list }, stored_in: notes }
    /// #                                    ^^^^^^ unbounded-field
    /// apis:
    ///   add: { request: POST /notes, handled_by: app, accepts: [note] }
    /// flows:
    ///   add: { api: add, steps: ["browser -> app: POST /notes", "app -> notes: insert"] }
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// rules: { profile: recommended, stage: sketch, unbounded-field: warning }
    /// components:
    ///   browser: { kind: client }
    ///   app: { kind: service }
    ///   notes: { kind: database }
    /// data:
    ///   note: { fields: { id: "uuid, key", labels: list }, size: 2 KB, stored_in: notes }
    /// apis:
    ///   add: { request: POST /notes, handled_by: app, accepts: [note] }
    /// flows:
    ///   add: { api: add, steps: ["browser -> app: POST /notes", "app -> notes: insert"] }
    /// ```
    "unbounded-field": Warning, Data, Recommended, at Design, on Scalability, since "0.2.0", check
}

fn check(case: &Case<'_, '_>, out: &mut Vec<Diagnostic>) {
    if !case.is_sound {
        return;
    }
    // Files have a rule of their own.
    const UNBOUNDED: [&str; 4] = ["list", "map", "json", "text"];
    let mut reported = vec![false; case.design.data.len()];
    for (api, visit) in case.design.apis.iter().zip(visits(case)) {
        if visit.is_none() || api.value.request_size.is_some() {
            continue;
        }
        for name in &api.value.accepts {
            let Some(index) = case.names.find(Space::Data, name.text) else { continue };
            let Some(entry) = case.design.data.get(index as usize) else { continue };
            let Some(reported) = reported.get_mut(index as usize).filter(|reported| !**reported) else {
                continue;
            };
            if entry.value.size.is_some() {
                continue;
            }
            let unbounded = entry.value.fields.iter().find(|field| {
                field.value.length.is_none() && field.value.kind.is_some_and(|kind| UNBOUNDED.contains(&kind))
            });
            let Some(field) = unbounded else { continue };
            *reported = true;
            let (field_name, kind) = (field.name.text, field.value.kind.unwrap_or_default());
            let help = match kind {
                "text" => format!("write how long it may be: `{field_name}: text(4000)`"),
                _ => format!(
                    "say how large a `{}` may be at most: `size: 4 KB`, or `request_size:` on the API",
                    entry.name.text
                ),
            };
            out.push(
                RULE.finding(
                    field.name.span,
                    format!("`{field_name}`, a {kind}, may be as large as callers like"),
                )
                .related(name.span, format!("`{}` accepts it", api.name.text))
                .help(help),
            );
        }
    }
}
