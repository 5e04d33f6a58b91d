use crate::diagnostic::Diagnostic;
use crate::rules::Case;
use crate::rules::rule::rule;
use crate::spec::component_parts::YesNoOr;

rule! {
    /// Backups from which nobody regularly restores.
    ///
    /// ## Why
    /// "No one wants backups; what people want are restores" (Beyer et al., *Site Reliability Engineering*, 2016, chapter 26). When GitLab
    /// lost its database in 2017, none of five backup and replication techniques worked, and nobody had noticed (*Postmortem of database
    /// outage of January 31*, GitLab, 2017).
    ///
    /// ## Example
    /// ```yaml
    /// rules: { profile: minimal, backup-never-tested: warning }
    /// data:
    ///   order: { size: 1 KB, stored_in: orders }
    /// components:
    ///   browser: { kind: client }
    ///   app: { kind: service }
    ///   orders: { kind: database, backup: { every: 1 day, keep: 30 days } }
    /// #                           ^^^^^^ backup-never-tested
    /// flows:
    ///   buy: { rate: 10 / s, steps: ["browser -> app -> orders: insert"] }
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// rules: { profile: minimal, backup-never-tested: warning }
    /// data:
    ///   order: { size: 1 KB, stored_in: orders }
    /// components:
    ///   browser: { kind: client }
    ///   app: { kind: service }
    ///   orders: { kind: database, backup: { every: 1 day, keep: 30 days, tested: true } }
    /// flows:
    ///   buy: { rate: 10 / s, steps: ["browser -> app -> orders: insert"] }
    /// ```
    "backup-never-tested": Warning, Reliability, Recommended, at Production, on Durability, since "0.2.0", check
}

fn check(case: &Case<'_, '_>, out: &mut Vec<Diagnostic>) {
    for entry in &case.design.components {
        let tested = match entry.value.backup.as_deref() {
            Some(YesNoOr::Flag(flag)) => !flag.value,
            Some(YesNoOr::Facts(backup)) => backup.tested.is_some_and(|flag| flag.value),
            None => true,
        };
        let Some(span) = entry.value.key_span("backup").filter(|_| !tested) else { continue };
        let name = entry.name.text;
        let message = format!("nobody tries to restore the backups of `{name}`");
        let help =
            "restore one regularly, and say so: `tested: true` and how long it takes (`restore: 2 hours`)";
        out.push(RULE.finding(span, message).help(help));
    }
}
