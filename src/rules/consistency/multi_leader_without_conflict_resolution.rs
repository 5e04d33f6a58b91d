use super::support;
use crate::diagnostic::Diagnostic;
use crate::rules::Case;
use crate::rules::rule::rule;
use crate::spec::component_parts::{Acknowledge, ReplicationMode};

rule! {
    /// Several leaders that take writes, and nobody says what happens when two of them disagree.
    ///
    /// ## Why
    /// Two leaders that change the same record at the same time both say yes. What the record is afterwards is decided somehow; if nobody
    /// decides how, a write is silently lost (Kleppmann, *Designing Data-Intensive Applications*, 2017, chapter 5, "Handling write
    /// conflicts").
    ///
    /// ## Example
    /// ```yaml
    /// rules: { profile: minimal, multi-leader-without-conflict-resolution: warning }
    /// components:
    ///   browser: { kind: client }
    ///   app: { kind: service }
    ///   carts: { kind: document_store, replicas: 2, replication: multi-leader }
    /// #                                             ^^^^^^^^^^^ multi-leader-without-conflict-resolution
    /// flows:
    ///   write: { rate: 10 / s, steps: ["browser -> app -> carts: put"] }
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// rules: { profile: minimal, multi-leader-without-conflict-resolution: warning }
    /// components:
    ///   browser: { kind: client }
    ///   app: { kind: service }
    ///   carts: { kind: document_store, replicas: 2, replication: { mode: multi-leader, conflicts: crdt } }
    /// flows:
    ///   write: { rate: 10 / s, steps: ["browser -> app -> carts: put"] }
    /// ```
    ///
    /// ## Known false positives
    /// Leaders that write different records each: `conflicts: none` says so.
    "multi-leader-without-conflict-resolution": Warning, Consistency, Recommended, since "0.2.0", check
}

fn check(case: &Case<'_, '_>, out: &mut Vec<Diagnostic>) {
    for entry in &case.design.components {
        let component = &entry.value;
        let Some(replication) = component.replication.as_deref() else { continue };
        let several = support::mode(component) == Some(ReplicationMode::MultiLeader);
        // Where all must agree before a write is done, they cannot disagree.
        let agrees = support::sync(component) == Some(Acknowledge::Sync);
        let Some(span) = component.key_span("replication").filter(|_| several && !agrees) else { continue };
        if replication.conflicts.is_none() {
            let message = format!(
                "leaders of `{}` can both change a record, and nobody says which change stays",
                entry.name.text
            );
            let help = "say it under `replication`: `conflicts: last-write-wins`, `crdt`, `version-vectors`, `application`; or `none` when they never write the same record";
            out.push(RULE.finding(span, message).help(help));
        }
    }
}
