use crate::diagnostic::Diagnostic;
use crate::model::names::Space;
use crate::rules::Case;
use crate::rules::rule::rule;
use crate::rules::security::support::{modifier, parameters, role};

rule! {
    /// An API that looks records up by a field that is neither key nor indexed.
    ///
    /// ## Why
    /// Without an index the store reads every record to find a few: what takes a millisecond with the test data takes
    /// seconds with the real one, and the time grows with the data (Winand, *SQL Performance Explained*, chapter 2).
    /// Only what callers fill into the request and what has the name of a field is looked at.
    ///
    /// ## Example
    /// ```yaml
    /// rules: { profile: recommended, stage: sketch, missing-index-for-access: warning }
    /// components:
    ///   browser: { kind: client }
    ///   app: { kind: service }
    ///   tickets: { kind: database }
    /// data:
    ///   ticket: { fields: { id: "uuid, key", spot: string(12) }, stored_in: tickets }
    /// apis:
    ///   find: { request: "GET /tickets?spot={spot}", handled_by: app, returns: [ticket] }
    /// #                                ^^^^ missing-index-for-access
    /// flows:
    ///   find: { api: find, steps: ["browser -> app: GET /tickets", "app -> tickets: select"] }
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// rules: { profile: recommended, stage: sketch, missing-index-for-access: warning }
    /// components:
    ///   browser: { kind: client }
    ///   app: { kind: service }
    ///   tickets: { kind: database }
    /// data:
    ///   ticket: { fields: { id: "uuid, key", spot: "string(12), indexed" }, stored_in: tickets }
    /// apis:
    ///   find: { request: "GET /tickets?spot={spot}", handled_by: app, returns: [ticket] }
    /// flows:
    ///   find: { api: find, steps: ["browser -> app: GET /tickets", "app -> tickets: select"] }
    /// ```
    ///
    /// ## When to allow it
    /// When there will never be more than some thousand records.
    "missing-index-for-access": Warning, Data, Recommended, at Design, on Performance, since "0.2.0", check
}

fn check(case: &Case<'_, '_>, out: &mut Vec<Diagnostic>) {
    const FOUND_BY: [&str; 5] = ["key", "partition_key", "sort_key", "unique", "indexed"];
    for api in &case.design.apis {
        let (Some(request), false) = (api.value.request, api.value.returns.is_empty()) else { continue };
        // In `/conversations/{id}/messages`, `id` is that of the conversation.
        let mut parameters = parameters(&request);
        parameters.retain(|parameter| parameter.in_query || parameter.name != "id");
        if parameters.is_empty() {
            continue;
        }
        for name in &api.value.returns {
            let index = case.names.find(Space::Data, name.text);
            let Some(entry) = index.and_then(|index| case.design.data.get(index as usize)) else { continue };
            let data = &entry.value;
            let is_queried = data.stored_in.iter().any(|place| {
                let found = case.names.find(Space::Component, place.text);
                let role = found.map(|found| role(case, found)).unwrap_or_default();
                // Stores for search and for analysis find records by anything.
                role.has("answers_queries") && !role.has("searches") && !role.has("analytical")
            });
            if !is_queried {
                continue;
            }
            let by_name =
                |wanted: &str| data.fields.iter().find(|field| field.name.text.eq_ignore_ascii_case(wanted));
            let used: Vec<_> = parameters
                .iter()
                .filter_map(|parameter| Some((parameter, by_name(parameter.name)?)))
                .collect();
            let is_found = |field: &crate::spec::data_field::DataField<'_>| {
                FOUND_BY.iter().any(|word| modifier(field, word).is_some())
            };
            // One that is found by an index leaves few records for the others to choose from.
            if used.iter().any(|(_, field)| is_found(&field.value)) {
                continue;
            }
            let Some((parameter, field)) = used.last() else { continue };
            let data = entry.name.text;
            let message =
                format!("`{}` is looked up by `{}`, which has no index", entry.name.text, field.name.text);
            out.push(
                RULE.finding(request.subspan(parameter.range.clone()), message)
                    .related(field.name.span, format!("the field of `{data}`"))
                    .help(format!("add `indexed` to `{}` of `{data}`", field.name.text)),
            );
            // Whatever else comes with the answer is found by way of this.
            break;
        }
    }
}
