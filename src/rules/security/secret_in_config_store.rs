use super::support::{role, sensitive};
use crate::diagnostic::Diagnostic;
use crate::model::names::Space;
use crate::rules::Case;
use crate::rules::rule::rule;
use crate::spec::data::Sensitivity;

rule! {
    /// Secrets that are kept among the settings.
    ///
    /// ## Why
    /// Settings are read by everything and everybody, copied between environments, and shown when somebody debugs. Secrets
    /// have a store of their own, which hands each out to whom it belongs, records that, and can change them (OWASP Secrets
    /// Management Cheat Sheet; CWE-522, insufficiently protected credentials).
    ///
    /// ## Example
    /// ```yaml
    /// components:
    ///   app: { kind: service, uses: settings }
    ///   settings: { kind: config_store }
    /// data:
    ///   bank_key: { size: 64 B, stored_in: settings, sensitivity: secret }
    /// #                                    ^^^^^^^^ secret-in-config-store
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// components:
    ///   app: { kind: service, uses: secrets }
    ///   secrets: { kind: secret_store }
    /// data:
    ///   bank_key: { size: 64 B, stored_in: secrets, sensitivity: secret }
    /// ```
    "secret-in-config-store": Warning, Security, Recommended, since "0.2.0", check
}

fn check(case: &Case<'_, '_>, out: &mut Vec<Diagnostic>) {
    for (entry, level) in case.design.data.iter().zip(sensitive(case)) {
        let Some(level) = level.filter(|level| level.word == Sensitivity::Secret) else { continue };
        for place in entry.value.stored_in.iter().chain(entry.value.cached_in.iter()) {
            let Some(index) = case.names.find(Space::Component, place.text) else { continue };
            let role = role(case, index);
            if !role.has("stores_config") || role.has("stores_secrets") {
                continue;
            }
            let (shown, place_name) = (level.shown(entry.name.text), place.text);
            out.push(
                RULE.finding(place.span, format!("{shown} is kept among the settings in `{place_name}`"))
                    .related(level.span, "what makes it secret")
                    .help("keep it in a component of kind `secret_store`"),
            );
        }
    }
}
