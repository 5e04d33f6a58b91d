use super::support::{authenticates, handler, kept_in, role, sensitive, worst};
use crate::diagnostic::Diagnostic;
use crate::rules::Case;
use crate::rules::rule::rule;
use std::collections::HashSet;

rule! {
    /// Sensitive data in a cache that answers whoever asks.
    ///
    /// ## Why
    /// A content delivery network gives the copy made for one visitor to the next one who asks for the same address. What is
    /// meant for one person is not stored in a shared cache: HTTP has `private` and `no-store` for it, and forbids shared caches
    /// to reuse answers to requests with `Authorization` (RFC 9111, sections 3.5, 5.2.2.5 and 5.2.2.7; CWE-524).
    ///
    /// ## Example
    /// ```yaml
    /// components:
    ///   browser: { kind: client }
    ///   edge: { kind: cdn }
    ///   app: { kind: service }
    ///   people: { kind: database }
    /// data:
    ///   invoice: { size: 10 KB, stored_in: people, cached_in: edge, sensitivity: confidential }
    /// #                                                       ^^^^ sensitive-data-in-shared-cache
    /// flows:
    ///   open: { steps: ["browser -> edge -> app: GET /invoice", "app -> people: select"] }
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// components:
    ///   browser: { kind: client }
    ///   edge: { kind: cdn }
    ///   app: { kind: service }
    ///   people: { kind: database }
    /// data:
    ///   invoice: { size: 10 KB, stored_in: people, sensitivity: confidential }
    /// flows:
    ///   open: { steps: ["browser -> edge -> app: GET /invoice", "app -> people: select"] }
    /// ```
    ///
    /// ## Known false positives
    /// A network that checks each request itself. Describe the API that it handles, with its `auth:`, and nothing is reported.
    "sensitive-data-in-shared-cache": Warning, Security, Recommended, since "0.2.0", check
}

fn check(case: &Case<'_, '_>, out: &mut Vec<Diagnostic>) {
    if !case.is_sound {
        return;
    }
    let levels = sensitive(case);
    if levels.iter().all(Option::is_none) {
        return;
    }
    let apis = case.design.apis.iter().filter(|api| authenticates(&api.value) == Some(true));
    let guarded: HashSet<u32> = apis.filter_map(|api| handler(case, &api.value)).collect();
    for (index, copied) in (0..).zip(kept_in(case, true)) {
        let role = role(case, index);
        let is_shared = role.has("serves_content") && role.has("caches") && role.has("faces_clients");
        if !is_shared || guarded.contains(&index) {
            continue;
        }
        let Some((data, level)) = worst(&levels, copied.into_iter()) else { continue };
        let Some(data) = case.design.data.get(data as usize) else { continue };
        let (cache, name) = (case.component_name(index), data.name.text);
        let Some(place) = data.value.cached_in.iter().find(|place| place.text == cache) else { continue };
        out.push(
            RULE.finding(
                place.span,
                format!("`{cache}` gives copies of {} to whoever asks", level.shown(name)),
            )
            .related(level.span, "what makes it sensitive")
            .help(format!(
                "take `{cache}` out of `cached_in`, or describe the API by which `{cache}` checks each request, with its `auth:`"
            )),
        );
    }
}
