use crate::diagnostic::Diagnostic;
use crate::model::names::Space;
use crate::rules::Case;
use crate::rules::rule::rule;
use crate::rules::security::support::{component, role};

rule! {
    /// Data that is said to be stored in something that is not a store.
    ///
    /// ## Why
    /// A load balancer keeps nothing, and what a stateless service keeps is gone with the next release or the next
    /// crash; two instances would each have their own. Processes that share nothing keep their data in a backing service
    /// (*The Twelve-Factor App*, VI. Processes).
    ///
    /// ## Example
    /// ```yaml
    /// components:
    ///   browser: { kind: client }
    ///   app: { kind: service, stateless: true }
    /// data:
    ///   draft: { size: 2 KB, stored_in: app }
    /// #                                 ^^^ store-kind-mismatch
    /// flows:
    ///   write: { steps: ["browser -> app: POST /drafts"] }
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// components:
    ///   browser: { kind: client }
    ///   app: { kind: service, stateless: true }
    ///   drafts: { kind: database }
    /// data:
    ///   draft: { size: 2 KB, stored_in: drafts }
    /// flows:
    ///   write: { steps: ["browser -> app: POST /drafts", "app -> drafts: insert"] }
    /// ```
    ///
    /// ## Known false positives
    /// A program that writes to its own disk. Say so with `stateless: false`, or with `storage:`, and nothing is reported.
    "store-kind-mismatch": Warning, Data, Recommended, on Performance, since "0.2.0", check
}

fn check(case: &Case<'_, '_>, out: &mut Vec<Diagnostic>) {
    if !case.is_sound {
        return;
    }
    for entry in &case.design.data {
        for place in &entry.value.stored_in {
            let Some(index) = case.names.find(Space::Component, place.text) else { continue };
            let (role, Some(store)) = (role(case, index), component(case, index)) else { continue };
            let Some(kind) = role.kind else { continue };
            let may_keep =
                ["holds_state", "is_client", "external", "caches"].iter().any(|wanted| role.has(wanted));
            let store = &store.value;
            let has_disk = store.storage.is_some()
                || store.backup.is_some()
                || store.durability.is_some()
                || store.durable.is_some_and(|flag| flag.value)
                || store.stateless.is_some_and(|flag| !flag.value);
            let is_stateless = store.stateless.is_some_and(|flag| flag.value);
            if may_keep
                || has_disk
                || (role.has("runs_code") && !is_stateless && !role.has("stateless_by_nature"))
            {
                continue;
            }
            let (data, name) = (entry.name.text, place.text);
            let why = if is_stateless { "which is stateless" } else { "which keeps nothing" };
            let mut finding = RULE
                .finding(place.span, format!("`{data}` is stored in `{name}`, {why}"))
                .help(format!("name the store that keeps `{data}`, which `{name}` reads and writes"));
            if let Some(stateless) = store.stateless {
                finding = finding.related(stateless.span, "said here");
            } else {
                finding = finding.label(format!("{}: {}", kind.name, kind.description.trim_end_matches('.')));
            }
            out.push(finding);
        }
    }
}
