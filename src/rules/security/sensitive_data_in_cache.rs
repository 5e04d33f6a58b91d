use super::support::{component, encryption, kept_in, role, sensitive, worst};
use crate::diagnostic::Diagnostic;
use crate::rules::Case;
use crate::rules::rule::rule;

rule! {
    /// Copies of sensitive data in a cache of which nothing says that it is encrypted.
    ///
    /// ## Why
    /// A copy leaks as well as its original does, and caches are guarded less: no password by default, snapshots on disk, a port
    /// that was open for a moment (CWE-524, use of a cache containing sensitive information; Redis documentation, Security).
    /// What protects the store has to protect its copies.
    ///
    /// ## Example
    /// ```yaml
    /// rules: { profile: recommended, stage: sketch, sensitive-data-in-cache: warning }
    /// components:
    ///   app: { kind: service, uses: [hot, people] }
    ///   hot: { kind: cache, ttl: 1 hour }
    /// # ^^^ sensitive-data-in-cache
    ///   people: { kind: database, encryption: true }
    /// data:
    ///   person: { size: 1 KB, stored_in: people, cached_in: hot, sensitivity: personal }
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// rules: { profile: recommended, stage: sketch, sensitive-data-in-cache: warning }
    /// components:
    ///   app: { kind: service, uses: [hot, people] }
    ///   hot: { kind: cache, ttl: 1 hour, encryption: true }
    ///   people: { kind: database, encryption: true }
    /// data:
    ///   person: { size: 1 KB, stored_in: people, cached_in: hot, sensitivity: personal }
    /// ```
    "sensitive-data-in-cache": Warning, Security, Recommended, at Design, since "0.2.0", check
}

fn check(case: &Case<'_, '_>, out: &mut Vec<Diagnostic>) {
    if !case.is_sound {
        return;
    }
    let levels = sensitive(case);
    if levels.iter().all(Option::is_none) {
        return;
    }
    for (index, copied) in (0..).zip(kept_in(case, true)) {
        let role = role(case, index);
        let (Some(entry), Some((data, level))) = (component(case, index), worst(&levels, copied.into_iter()))
        else {
            continue;
        };
        // A cache that faces clients has a rule of its own, and a copy on the user's own device is theirs.
        let is_inner = !role.has("serves_content") && !role.has("is_client") && !role.has("external");
        if !is_inner || encryption(&entry.value) != (None, None) {
            continue;
        }
        let Some(data) = case.design.data.get(data as usize) else { continue };
        let (cache, data) = (entry.name.text, data.name.text);
        out.push(
            RULE.finding(
                entry.name.span,
                format!("`{cache}` holds copies of {}, and nothing says it is encrypted", level.shown(data)),
            )
            .related(level.span, "what makes it sensitive")
            .help(format!("write `encryption: true` on `{cache}`, or do not cache `{data}`")),
        );
    }
}
