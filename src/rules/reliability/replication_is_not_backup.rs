use super::support;
use crate::diagnostic::Diagnostic;
use crate::rules::Case;
use crate::rules::cause;
use crate::rules::rule::rule;

rule! {
    /// Data that must not be lost, of which there are replicas and no backup.
    ///
    /// ## Why
    /// Replication carries every write to all copies, also the wrong ones: a deletion by mistake is on all of them within milliseconds. It
    /// helps against broken disks, not against people and bugs, which lose more data (Beyer et al., *Site Reliability Engineering*, 2016,
    /// chapter 26). Reported where a requirement of quality `durability` stands behind a flow that writes to the store.
    ///
    /// ## Example
    /// ```yaml
    /// rules: { profile: minimal, replication-is-not-backup: warning }
    /// requirements:
    ///   kept: { text: An order is never lost, quality: durability }
    /// data:
    ///   order: { size: 1 KB, stored_in: orders }
    /// components:
    ///   browser: { kind: client }
    ///   app: { kind: service }
    ///   orders: { kind: database, replicas: 3, replication: { mode: leader-follower, sync: semi-sync } }
    /// #                                        ^^^^^^^^^^^ replication-is-not-backup
    /// flows:
    ///   buy:
    ///     rate: 10 / s
    ///     satisfies: kept
    ///     steps:
    ///       - browser -> app: POST /orders
    ///       - app -> orders: insert
    ///         writes: [order]
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// rules: { profile: minimal, replication-is-not-backup: warning }
    /// requirements:
    ///   kept: { text: An order is never lost, quality: durability }
    /// data:
    ///   order: { size: 1 KB, stored_in: orders }
    /// components:
    ///   browser: { kind: client }
    ///   app: { kind: service }
    ///   orders:
    ///     kind: database
    ///     replicas: 3
    ///     replication: { mode: leader-follower, sync: semi-sync }
    ///     backup: { every: 1 day, keep: 30 days, restore: 2 hours, tested: true, offsite: true }
    /// flows:
    ///   buy:
    ///     rate: 10 / s
    ///     satisfies: kept
    ///     steps:
    ///       - browser -> app: POST /orders
    ///       - app -> orders: insert
    ///         writes: [order]
    /// ```
    "replication-is-not-backup": Warning, Reliability, Recommended, at Design, on Durability, since "0.2.0", check
}

fn check(case: &Case<'_, '_>, out: &mut Vec<Diagnostic>) {
    if !case.is_sound {
        return;
    }
    for (index, (flow, requirement)) in support::replicated_without_backup(case) {
        let Some(span) = cause::fact(case, index, &["backup", "replication", "quorum"]) else { continue };
        let name = case.component_name(index);
        let message = format!("copies of `{name}` repeat every mistake, and there is no backup of it");
        let help =
            format!("write `backup: {{ every: 1 day, keep: 30 days, tested: true }}` on `components.{name}`");
        out.push(support::because(RULE.finding(span, message).help(help), requirement, flow));
    }
}
