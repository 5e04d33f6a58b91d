use super::support;
use crate::diagnostic::Diagnostic;
use crate::rules::Case;
use crate::rules::rule::rule;
use crate::spec::component_parts::{Acknowledge, ReplicationMode};

rule! {
    /// A store that promises strong reads and lets both sides of a cut network take writes.
    ///
    /// ## Why
    /// While two parts of a system cannot talk, a part that answers cannot know what the other has written: either it refuses, or its answer
    /// may be wrong (Gilbert and Lynch, *Brewer's Conjecture and the Feasibility of Consistent, Available, Partition-Tolerant Web
    /// Services*, SIGACT News, 2002). Several leaders that tell each other of writes later give up strong reads even while the network is
    /// whole.
    ///
    /// ## Example
    /// ```yaml
    /// components:
    ///   browser: { kind: client }
    ///   app: { kind: service }
    ///   accounts:
    ///     kind: database
    ///     replicas: 2
    ///     replication: { mode: multi-leader, sync: async, conflicts: last-write-wins }
    ///     consistency: linearizable
    /// #                ^^^^^^^^^^^^ cap-claim-impossible
    /// flows:
    ///   read: { rate: 10 / s, steps: ["browser -> app -> accounts: select"] }
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// components:
    ///   browser: { kind: client }
    ///   app: { kind: service }
    ///   accounts:
    ///     kind: database
    ///     replicas: 2
    ///     replication: { mode: multi-leader, sync: async, conflicts: last-write-wins }
    ///     consistency: eventual
    /// flows:
    ///   read: { rate: 10 / s, steps: ["browser -> app -> accounts: select"] }
    /// ```
    "cap-claim-impossible": Error, Consistency, Minimal, since "0.2.0", check
}

fn check(case: &Case<'_, '_>, out: &mut Vec<Diagnostic>) {
    for entry in &case.design.components {
        let component = &entry.value;
        let Some(claimed) = component.consistency.filter(|claimed| support::is_strong(claimed.value)) else {
            continue;
        };
        let Some(replication) = component.replication.as_deref() else { continue };
        let several = support::mode(component) == Some(ReplicationMode::MultiLeader);
        // Where nobody says that writes wait for all, somebody may have meant it.
        let later = matches!(support::sync(component), Some(Acknowledge::Async | Acknowledge::SemiSync))
            || replication
                .conflicts
                .is_some_and(|it| it.value != crate::spec::component_parts::ConflictResolution::None);
        let waits = support::sync(component) == Some(Acknowledge::Sync);
        if !several || !later || waits {
            continue;
        }
        let word = claimed.value.word();
        let message = format!(
            "`{}` cannot be {word}: each of its leaders answers without asking the others",
            entry.name.text
        );
        let help = "let one leader take all writes (`mode: leader-follower`), let all agree (`sync: sync`), or promise less: `consistency: eventual`";
        let mut finding = RULE.finding(claimed.span, message).help(help);
        if let Some(span) = component.key_span("replication") {
            finding = finding.related(span, "several leaders take writes");
        }
        out.push(finding);
    }
}
