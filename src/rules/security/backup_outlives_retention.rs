use super::support::{about_persons, component, kept_in};
use crate::diagnostic::Diagnostic;
use crate::rules::Case;
use crate::rules::rule::rule;
use crate::spec::component_parts::YesNoOr;

rule! {
    /// Personal data that backups keep for longer than it may be kept.
    ///
    /// ## Why
    /// What was deleted after thirty days is still in the backup of last year: how long data is kept holds for all copies
    /// (GDPR Article 5(1)(e)), and a restore brings back what had to go. Many authorities accept a short time more if
    /// what is restored is deleted again, so the two numbers should be near each other.
    ///
    /// ## Example
    /// ```yaml
    /// components:
    ///   app: { kind: service, uses: people }
    ///   people: { kind: database, backup: { every: 1 day, keep: 1 year } }
    /// data:
    ///   visit: { size: 1 KB, stored_in: people, sensitivity: personal, retention: 30 days }
    /// #                                                                           ^^^^^^^ backup-outlives-retention
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// components:
    ///   app: { kind: service, uses: people }
    ///   people: { kind: database, backup: { every: 1 day, keep: 30 days } }
    /// data:
    ///   visit: { size: 1 KB, stored_in: people, sensitivity: personal, retention: 30 days }
    /// ```
    "backup-outlives-retention": Warning, Security, Strict, since "0.2.0", check
}

fn check(case: &Case<'_, '_>, out: &mut Vec<Diagnostic>) {
    for (index, kept) in (0..).zip(kept_in(case, false)) {
        let Some(entry) = component(case, index) else { continue };
        let Some(YesNoOr::Facts(backup)) = entry.value.backup.as_deref() else { continue };
        let Some(keep) = &backup.keep else { continue };
        let Some(long) = case.central(&keep.written) else { continue };
        for data in kept.into_iter().filter_map(|data| case.design.data.get(data as usize)) {
            let is_personal = about_persons(&data.value).is_some();
            let Some(retention) = data.value.retention.as_ref().filter(|_| is_personal) else { continue };
            if case.central(&retention.written).is_none_or(|time| time >= long) {
                continue;
            }
            let (name, store) = (data.name.text, entry.name.text);
            let (time, long) = (retention.written.node.text(), keep.written.node.text());
            out.push(
                RULE.finding(
                    retention.span(),
                    format!("`{name}` may be kept for {time}, and backups of `{store}` keep it for {long}"),
                )
                .related(keep.span(), "how long a backup is kept")
                .help(format!(
                    "keep backups of `{store}` for {time} at most, or `{name}` in a store of its own"
                )),
            );
        }
    }
}
