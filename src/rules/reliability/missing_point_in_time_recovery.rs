use super::support;
use crate::diagnostic::Diagnostic;
use crate::quantity::HOUR;
use crate::rules::Case;
use crate::rules::rule::rule;
use crate::rules::{cause, hops};
use crate::spec::component_parts::YesNoOr;

rule! {
    /// Data that must not be lost, whose backups are hours apart.
    ///
    /// ## Why
    /// What was written since the last backup is gone when the data is damaged: with one a day, up to a day of confirmed writes. A log of all
    /// changes beside the backups brings back the state of any moment (PostgreSQL documentation, "Continuous Archiving and Point-in-Time
    /// Recovery"). Reported where a requirement of quality `durability` stands behind a flow that writes to the store, and backups are more
    /// than an hour apart.
    ///
    /// ## Example
    /// ```yaml
    /// rules: { profile: minimal, missing-point-in-time-recovery: warning }
    /// requirements:
    ///   kept: { text: An order is never lost, quality: durability }
    /// data:
    ///   order: { size: 1 KB, stored_in: orders }
    /// components:
    ///   browser: { kind: client }
    ///   app: { kind: service }
    ///   orders:
    ///     kind: database
    ///     backup: { every: 1 day, keep: 30 days, tested: true, offsite: true }
    /// #   ^^^^^^ missing-point-in-time-recovery
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
    /// rules: { profile: minimal, missing-point-in-time-recovery: warning }
    /// requirements:
    ///   kept: { text: An order is never lost, quality: durability }
    /// data:
    ///   order: { size: 1 KB, stored_in: orders }
    /// components:
    ///   browser: { kind: client }
    ///   app: { kind: service }
    ///   orders:
    ///     kind: database
    ///     backup: { every: 1 day, keep: 30 days, tested: true, offsite: true }
    ///     point_in_time_recovery: true
    /// flows:
    ///   buy:
    ///     rate: 10 / s
    ///     satisfies: kept
    ///     steps:
    ///       - browser -> app: POST /orders
    ///       - app -> orders: insert
    ///         writes: [order]
    /// ```
    "missing-point-in-time-recovery": Warning, Reliability, Recommended, at Production, on Durability, since "0.2.0", check
}

fn check(case: &Case<'_, '_>, out: &mut Vec<Diagnostic>) {
    if !case.is_sound {
        return;
    }
    let keeps = support::keeps_originals(case);
    for (index, (flow, requirement)) in support::lasting(case) {
        let Some(component) = support::component(case, index) else { continue };
        let role = hops::role(case, index);
        // Files are written whole; what they were before is kept by versions.
        let is_store = keeps.get(index as usize).copied().unwrap_or(false) && !role.has("stores_blobs");
        let has = component.point_in_time_recovery.is_some_and(|flag| flag.value);
        let Some(YesNoOr::Facts(backup)) = component.backup.as_deref() else { continue };
        let every = backup.every.as_ref().and_then(|every| case.central(&every.written));
        let Some(every) = every.filter(|every| is_store && !has && *every > HOUR) else { continue };
        let Some(span) = cause::fact(case, index, &["point_in_time_recovery", "backup"]) else { continue };
        let name = case.component_name(index);
        let message =
            format!("up to {} of writes to `{name}` are lost when its data is damaged", hops::time(every));
        let help = format!(
            "write `point_in_time_recovery: true` on `components.{name}`, or make backups more often"
        );
        out.push(support::because(RULE.finding(span, message).help(help), requirement, flow));
    }
}
