use super::support::role;
use crate::diagnostic::Diagnostic;
use crate::rules::Case;
use crate::rules::rule::rule;
use std::collections::HashSet;

rule! {
    /// A system of somebody else that reaches into a store directly.
    ///
    /// ## Why
    /// It has a password to the whole store instead of an answer to a question: it sees more than it needs, its load is not
    /// limited, and the tables can never change again without asking it (least privilege: Saltzer and Schroeder, *The Protection
    /// of Information in Computer Systems*, 1975; CWE-668).
    ///
    /// ## Example
    /// ```yaml
    /// components:
    ///   partner: { kind: external_system }
    ///   stock: { kind: database }
    /// flows:
    ///   look: { steps: ["partner -> stock: how many are left?"] }
    /// #                             ^^^^^ third-party-calls-datastore
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// components:
    ///   partner: { kind: external_system }
    ///   app: { kind: service }
    ///   stock: { kind: database }
    /// flows:
    ///   look: { steps: ["partner -> app: how many are left?", "app -> stock: select"] }
    /// ```
    ///
    /// ## When to allow it
    /// When a copy was made for it, with a user of its own that may only read.
    "third-party-calls-datastore": Warning, Security, Recommended, since "0.2.0", check
}

fn check(case: &Case<'_, '_>, out: &mut Vec<Diagnostic>) {
    if !case.is_sound {
        return;
    }
    let mut seen = HashSet::new();
    for connection in &case.connections {
        let (from, to) = (role(case, connection.from), role(case, connection.to));
        let is_store = to.has("holds_state")
            && !["faces_clients", "buffers", "external", "observes"].iter().any(|other| to.has(other));
        if !from.has("external") || !is_store || !seen.insert((connection.from, connection.to)) {
            continue;
        }
        let (caller, store) = (case.component_name(connection.from), case.component_name(connection.to));
        out.push(
            RULE.finding(
                connection.span,
                format!("`{caller}`, which others run, reaches into `{store}` directly"),
            )
            .help(format!("let a service answer `{caller}` and ask `{store}` for it")),
        );
    }
}
