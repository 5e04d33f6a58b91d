use super::support::touched;
use crate::diagnostic::Diagnostic;
use crate::model::names::Space;
use crate::rules::Case;
use crate::rules::rule::rule;
use crate::rules::security::support::role;

rule! {
    /// Data that is written and that no flow or API ever reads.
    ///
    /// ## Why
    /// Either a flow is missing, with its load and its latency, or the data is not needed: what nobody reads still costs
    /// storage and can still leak. For personal data the law asks the same question (data minimisation, GDPR Article 5(1)(c)).
    ///
    /// ## Example
    /// ```yaml
    /// rules: { profile: recommended, stage: sketch, data-never-read: warning }
    /// components:
    ///   browser: { kind: client }
    ///   app: { kind: service }
    ///   votes: { kind: database }
    /// data:
    ///   vote: { size: 100 B, stored_in: votes }
    /// # ^^^^ data-never-read
    /// flows:
    ///   vote:
    ///     steps:
    ///       - browser -> app: POST /votes
    ///       - { app -> votes: insert the vote, writes: [vote] }
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// rules: { profile: recommended, stage: sketch, data-never-read: warning }
    /// components:
    ///   browser: { kind: client }
    ///   app: { kind: service }
    ///   votes: { kind: database }
    /// data:
    ///   vote: { size: 100 B, stored_in: votes }
    /// flows:
    ///   vote:
    ///     steps:
    ///       - browser -> app: POST /votes
    ///       - { app -> votes: insert the vote, writes: [vote] }
    ///   result:
    ///     steps:
    ///       - browser -> app: GET /result
    ///       - { app -> votes: count the votes, reads: [vote] }
    /// ```
    ///
    /// ## Known false positives
    /// Data that is kept as evidence only. What is stored where telemetry or history is collected is not reported.
    "data-never-read": Warning, Data, Recommended, at Design, on Cost, since "0.2.0", check
}

fn check(case: &Case<'_, '_>, out: &mut Vec<Diagnostic>) {
    if !case.is_sound {
        return;
    }
    for (entry, touched) in case.design.data.iter().zip(touched(case)) {
        let data = &entry.value;
        let is_asked_for = |place: &crate::spec::values::Name<'_>| {
            let found = case.names.find(Space::Component, place.text);
            let role = found.map(|found| role(case, found)).unwrap_or_default();
            !["observes", "analytical", "buffers", "external", "serves_content"]
                .iter()
                .any(|wanted| role.has(wanted))
        };
        let is_read = touched.read.is_some() || touched.returned.is_some();
        let Some(written) = touched.written.filter(|_| !is_read) else { continue };
        if data.stored_in.is_empty() || !data.stored_in.iter().all(is_asked_for) {
            continue;
        }
        let name = entry.name.text;
        out.push(
            RULE.finding(entry.name.span, format!("`{name}` is written, but nothing ever reads it"))
                .related(written, "written here")
                .help(format!("add `reads: [{name}]` to the step that does, or do not keep it")),
        );
    }
}
