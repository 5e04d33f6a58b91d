use super::support::{component, encryption, kept_in, role, sensitive, worst};
use crate::diagnostic::Diagnostic;
use crate::rules::Case;
use crate::rules::rule::rule;

rule! {
    /// A store of sensitive data of which nothing says that it is encrypted.
    ///
    /// ## Why
    /// Disks are replaced, snapshots are shared and backups are lost: encryption at rest makes a stolen copy worthless, and in
    /// every cloud it is a setting (GDPR Article 32(1)(a) and Article 34(3)(a); OWASP Top 10 2021, A02 Cryptographic Failures;
    /// CWE-311). Fields that are `encrypted` one by one are safe as they are.
    ///
    /// ## Example
    /// ```yaml
    /// rules: { profile: recommended, stage: sketch, unencrypted-at-rest: warning }
    /// components:
    ///   app: { kind: service, uses: people }
    ///   people: { kind: database }
    /// # ^^^^^^ unencrypted-at-rest
    /// data:
    ///   person: { size: 1 KB, stored_in: people, sensitivity: personal }
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// rules: { profile: recommended, stage: sketch, unencrypted-at-rest: warning }
    /// components:
    ///   app: { kind: service, uses: people }
    ///   people: { kind: database, encryption: { at_rest: true } }
    /// data:
    ///   person: { size: 1 KB, stored_in: people, sensitivity: personal }
    /// ```
    "unencrypted-at-rest": Warning, Security, Recommended, at Design, since "0.2.0", check
}

fn check(case: &Case<'_, '_>, out: &mut Vec<Diagnostic>) {
    if !case.is_sound {
        return;
    }
    let levels = sensitive(case);
    if levels.iter().all(Option::is_none) {
        return;
    }
    for (index, kept) in (0..).zip(kept_in(case, false)) {
        let role = role(case, index);
        if !role.has("holds_state") || role.has("external") {
            continue;
        }
        let (Some(entry), Some((data, level))) = (component(case, index), worst(&levels, kept.into_iter()))
        else {
            continue;
        };
        // What is switched off on purpose has a rule of its own.
        if encryption(&entry.value).0.is_some() {
            continue;
        }
        let Some(data) = case.design.data.get(data as usize) else { continue };
        let (store, data) = (entry.name.text, data.name.text);
        out.push(
            RULE.finding(
                entry.name.span,
                format!("`{store}` keeps {}, and nothing says it is encrypted", level.shown(data)),
            )
            .related(level.span, "what makes it sensitive")
            .help(format!("write `encryption: {{ at_rest: true }}` on `{store}`")),
        );
    }
}
