use super::support::role;
use crate::diagnostic::Diagnostic;
use crate::rules::Case;
use crate::rules::rule::rule;
use crate::spec::component::Exposure;

rule! {
    /// A store, broker or control component that anybody on the internet can reach.
    ///
    /// ## Why
    /// Databases that answer the internet are found within hours, and their passwords are all that is left between them and
    /// everybody; for many there was none (CWE-668, exposure of resource to wrong sphere; OWASP Top 10 2021, A05 Security
    /// Misconfiguration). Only what checks each request by itself belongs there.
    ///
    /// ## Example
    /// ```yaml
    /// components:
    ///   app: { kind: service, uses: people }
    ///   people: { kind: database, exposure: public }
    /// #                                     ^^^^^^ datastore-exposed
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// components:
    ///   app: { kind: service, uses: people }
    ///   people: { kind: database, exposure: internal }
    /// ```
    ///
    /// ## When to allow it
    /// When the store is made for it and checks each request itself, as some hosted document stores do.
    "datastore-exposed": Error, Security, Recommended, since "0.2.0", check
}

fn check(case: &Case<'_, '_>, out: &mut Vec<Diagnostic>) {
    for (index, entry) in (0..).zip(&case.design.components) {
        let Some(exposure) = entry.value.exposure.filter(|it| it.value == Exposure::Public) else { continue };
        let role = role(case, index);
        if !role.has("holds_state") || role.has("faces_clients") || role.has("external") {
            continue;
        }
        let name = entry.name.text;
        let does = if role.has("stores_secrets") {
            "keeps secrets"
        } else if role.has("observes") {
            "sees what happens inside"
        } else if role.has("buffers") {
            "holds messages"
        } else {
            "keeps data"
        };
        out.push(
            RULE.finding(exposure.span, format!("`{name}` {does}, and anybody on the internet can reach it"))
                .help(format!("write `exposure: internal`, and let a service ask `{name}` for callers")),
        );
    }
}
