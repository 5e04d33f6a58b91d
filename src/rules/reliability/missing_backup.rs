use super::support;
use crate::diagnostic::Diagnostic;
use crate::rules::Case;
use crate::rules::cause;
use crate::rules::rule::rule;

rule! {
    /// A store with data of its own and no backup.
    ///
    /// ## Why
    /// Copies fail together where the cause is a wrong command, a bug or a stolen password: they carry out the deletion faithfully. Only a
    /// copy of an earlier time brings the data back (Beyer et al., *Site Reliability Engineering*, 2016, chapter 26, "Data integrity").
    ///
    /// ## Example
    /// ```yaml
    /// rules: { profile: minimal, missing-backup: warning }
    /// data:
    ///   order: { size: 1 KB, stored_in: orders }
    /// components:
    ///   browser: { kind: client }
    ///   app: { kind: service }
    ///   orders: { kind: database }
    /// # ^^^^^^ missing-backup
    /// flows:
    ///   buy: { rate: 10 / s, steps: ["browser -> app -> orders: insert"] }
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// rules: { profile: minimal, missing-backup: warning }
    /// data:
    ///   order: { size: 1 KB, stored_in: orders }
    /// components:
    ///   browser: { kind: client }
    ///   app: { kind: service }
    ///   orders:
    ///     kind: database
    ///     backup: { every: 1 day, keep: 30 days, restore: 2 hours, tested: true, offsite: true }
    /// flows:
    ///   buy: { rate: 10 / s, steps: ["browser -> app -> orders: insert"] }
    /// ```
    ///
    /// ## When to allow it
    /// When everything in it can be made anew from elsewhere.
    "missing-backup": Warning, Reliability, Recommended, at Production, on Durability, since "0.2.0", check
}

fn check(case: &Case<'_, '_>, out: &mut Vec<Diagnostic>) {
    if !case.is_sound {
        return;
    }
    let replicated = support::replicated_without_backup(case);
    for ((index, entry), keeps) in (0..).zip(&case.design.components).zip(support::keeps_originals(case)) {
        if !keeps || support::has_backup(&entry.value) || replicated.contains_key(&index) {
            continue;
        }
        let name = entry.name.text;
        let span = cause::fact(case, index, &["backup"]).unwrap_or(entry.name.span);
        let message = format!("`{name}` keeps data that is nowhere else, and has no backup");
        let help =
            format!("write `backup: {{ every: 1 day, keep: 30 days, tested: true }}` on `components.{name}`");
        out.push(RULE.finding(span, message).help(help));
    }
}
