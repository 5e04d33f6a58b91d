use super::support::role;
use crate::diagnostic::Diagnostic;
use crate::rules::Case;
use crate::rules::rule::rule;
use std::collections::HashSet;

rule! {
    /// Code that needs credentials for systems of others, in a design that keeps no secrets anywhere.
    ///
    /// ## Why
    /// Without a place for them, keys end up in the repository, in images and in chat, and changing one means a release. A store for
    /// secrets hands them out, records who asked, and changes them (OWASP Secrets Management Cheat Sheet; OWASP ASVS 4.0, 6.4.1;
    /// CWE-798, use of hard-coded credentials).
    ///
    /// ## Example
    /// ```yaml
    /// rules: { profile: recommended, stage: sketch, missing-secret-store: warning }
    /// components:
    ///   browser: { kind: client }
    ///   shop: { kind: service }
    /// # ^^^^ missing-secret-store
    ///   bank: { kind: external_system }
    /// flows:
    ///   pay: { steps: ["browser -> shop: POST /orders", "shop -> bank: charge the card"] }
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// rules: { profile: recommended, stage: sketch, missing-secret-store: warning }
    /// components:
    ///   browser: { kind: client }
    ///   shop: { kind: service, uses: secrets }
    ///   bank: { kind: external_system }
    ///   secrets: { kind: secret_store }
    /// flows:
    ///   pay: { steps: ["browser -> shop: POST /orders", "shop -> bank: charge the card"] }
    /// ```
    "missing-secret-store": Warning, Security, Recommended, at Production, since "0.2.0", check
}

fn check(case: &Case<'_, '_>, out: &mut Vec<Diagnostic>) {
    if !case.is_sound || case.roles.iter().any(|role| role.has("stores_secrets")) {
        return;
    }
    let mut callers = HashSet::new();
    let mut first = None;
    for connection in &case.connections {
        let needs = role(case, connection.from).has("runs_code") && role(case, connection.to).has("external");
        if needs && callers.insert(connection.from) {
            first.get_or_insert(connection);
        }
    }
    let Some(first) = first else { return };
    let Some(entry) = case.design.components.get(first.from as usize) else { return };
    let (caller, other) = (entry.name.text, case.component_name(first.to));
    let more = match callers.len() {
        0 | 1 => String::new(),
        count => format!("; so do {} more components", count - 1),
    };
    out.push(
        RULE.finding(
            entry.name.span,
            format!("`{caller}` needs credentials for `{other}`, and the design keeps no secrets anywhere"),
        )
        .label(format!("calls `{other}`{more}"))
        .related(first.span, "the call")
        .help(format!("add a component of kind `secret_store`, and name it under `uses:` of `{caller}`")),
    );
}
