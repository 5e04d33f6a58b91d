use super::support::about_persons;
use crate::diagnostic::Diagnostic;
use crate::rules::Case;
use crate::rules::rule::rule;

rule! {
    /// Data about persons that nobody says how long to keep.
    ///
    /// ## Why
    /// Personal data may be kept for no longer than its purpose needs, and people must be told for how long (GDPR Article
    /// 5(1)(e), storage limitation, and Article 13(2)(a)). It also cannot leak once it is deleted.
    ///
    /// ## Example
    /// ```yaml
    /// rules: { profile: recommended, stage: sketch, retention-of-personal-data: warning }
    /// components:
    ///   app: { kind: service, uses: people }
    ///   people: { kind: database }
    /// data:
    ///   person: { size: 1 KB, stored_in: people, sensitivity: personal }
    /// # ^^^^^^ retention-of-personal-data
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// rules: { profile: recommended, stage: sketch, retention-of-personal-data: warning }
    /// components:
    ///   app: { kind: service, uses: people }
    ///   people: { kind: database }
    /// data:
    ///   person: { size: 1 KB, stored_in: people, sensitivity: personal, retention: 3 years }
    /// ```
    "retention-of-personal-data": Warning, Security, Recommended, at Design, since "0.2.0", check
}

fn check(case: &Case<'_, '_>, out: &mut Vec<Diagnostic>) {
    if !case.is_sound {
        return;
    }
    for entry in &case.design.data {
        let data = &entry.value;
        let unsaid = data.retention.is_none() && !data.stored_in.is_empty();
        let Some(level) = about_persons(data).filter(|_| unsaid) else {
            continue;
        };
        let shown = level.shown(entry.name.text);
        out.push(
            RULE.finding(entry.name.span, format!("{shown} is kept, and nobody says how long"))
                .related(level.span, "what makes it personal")
                .help(format!("add `retention:` to `{}`, such as `retention: 2 years`", entry.name.text)),
        );
    }
}
