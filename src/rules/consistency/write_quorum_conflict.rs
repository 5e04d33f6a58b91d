use super::support;
use crate::diagnostic::Diagnostic;
use crate::rules::Case;
use crate::rules::hops;
use crate::rules::rule::rule;
use crate::spec::component_parts::{ConflictResolution, Consistency, ReplicationMode};

rule! {
    /// Two writes at the same time that both succeed, on different copies, with nobody to decide.
    ///
    /// ## Why
    /// When half of the copies or fewer confirm a write (2w ≤ n), two writes of the same record can both be confirmed without a copy that has
    /// seen both. One of them is then lost, or both are there, unless somebody says how the two are merged (Kleppmann, *Designing
    /// Data-Intensive Applications*, 2017, chapter 5, "Detecting concurrent writes").
    ///
    /// ## Example
    /// ```yaml
    /// rules: { profile: minimal, write-quorum-conflict: warning }
    /// components:
    ///   browser: { kind: client }
    ///   app: { kind: service }
    ///   carts:
    ///     kind: key_value_store
    ///     replicas: 3
    ///     replication: leaderless
    ///     quorum: { n: 3, w: 1, r: 3 }
    /// #                   ^ write-quorum-conflict
    ///     consistency: strong
    /// flows:
    ///   write: { rate: 10 / s, steps: ["browser -> app -> carts: put"] }
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// rules: { profile: minimal, write-quorum-conflict: warning }
    /// components:
    ///   browser: { kind: client }
    ///   app: { kind: service }
    ///   carts:
    ///     kind: key_value_store
    ///     replicas: 3
    ///     replication: leaderless
    ///     quorum: { n: 3, w: 2, r: 2 }
    ///     consistency: strong
    /// flows:
    ///   write: { rate: 10 / s, steps: ["browser -> app -> carts: put"] }
    /// ```
    "write-quorum-conflict": Warning, Consistency, Recommended, since "0.2.0", check
}

fn check(case: &Case<'_, '_>, out: &mut Vec<Diagnostic>) {
    for entry in &case.design.components {
        let component = &entry.value;
        let [Some(n), Some(w), r] = support::quorum(case, component) else { continue };
        let leads = support::mode(component) == Some(ReplicationMode::LeaderFollower);
        let decided = component.replication.as_ref().and_then(|replication| replication.conflicts);
        let decided = decided.is_some_and(|conflicts| conflicts.value != ConflictResolution::None);
        let claims = component
            .consistency
            .is_some_and(|it| support::is_strong(it.value) || it.value == Consistency::Serializable);
        // Where reads can miss writes anyway, that is said, and more copies for writes mend both.
        let misses = r.is_some_and(|r| w + r <= n)
            && component.consistency.is_some_and(|it| support::is_strong(it.value));
        if leads || decided || !claims || misses || n < 2.0 || 2.0 * w > n {
            continue;
        }
        let Some(span) = component.quorum.as_ref().and_then(|quorum| quorum.key_span("w")) else { continue };
        let message = format!(
            "two writes can both be confirmed by {} of {} copies of `{}`, and none of these has seen the other",
            hops::count(w),
            hops::count(n),
            entry.name.text
        );
        let help = format!(
            "write `w: {}`, or say how the two are merged: `conflicts:` under `replication`",
            hops::count((n / 2.0).floor() + 1.0)
        );
        out.push(RULE.finding(span, message).help(help));
    }
}
