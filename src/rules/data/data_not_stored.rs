use super::support::keeps_records;
use crate::diagnostic::Diagnostic;
use crate::rules::Case;
use crate::rules::rule::rule;
use crate::rules::security::support::How;

rule! {
    /// Data that a step reads or writes in a store, and that is said to be stored nowhere.
    ///
    /// ## Why
    /// What is stored nowhere takes no room, costs nothing, is in no backup and under no retention: all that is computed and
    /// checked about data begins with where it is. Who owns which data is the first thing that reviewers ask of a
    /// data model (Kleppmann, *Designing Data-Intensive Applications*, part III, on systems of record).
    ///
    /// ## Example
    /// ```yaml
    /// rules: { profile: recommended, stage: sketch, data-not-stored: warning }
    /// components:
    ///   browser: { kind: client }
    ///   app: { kind: service }
    ///   links: { kind: database }
    /// data:
    ///   link: { size: 500 B }
    /// # ^^^^ data-not-stored
    /// flows:
    ///   open:
    ///     steps:
    ///       - browser -> app: GET /{code}
    ///       - { app -> links: select the link, reads: [link] }
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// rules: { profile: recommended, stage: sketch, data-not-stored: warning }
    /// components:
    ///   browser: { kind: client }
    ///   app: { kind: service }
    ///   links: { kind: database }
    /// data:
    ///   link: { size: 500 B, stored_in: links }
    /// flows:
    ///   open:
    ///     steps:
    ///       - browser -> app: GET /{code}
    ///       - { app -> links: select the link, reads: [link] }
    /// ```
    "data-not-stored": Warning, Data, Recommended, at Design, since "0.2.0", check
}

fn check(case: &Case<'_, '_>, out: &mut Vec<Diagnostic>) {
    if !case.is_sound {
        return;
    }
    let mut reported = vec![false; case.design.data.len()];
    for handover in case.handovers() {
        if !matches!(handover.how, How::Reads | How::Writes) || !keeps_records(case, handover.called) {
            continue;
        }
        let Some(entry) = case.design.data.get(handover.data as usize) else { continue };
        let Some(reported) = reported.get_mut(handover.data as usize).filter(|reported| !**reported) else {
            continue;
        };
        if !entry.value.stored_in.is_empty() || !entry.value.cached_in.is_empty() {
            continue;
        }
        *reported = true;
        let (name, store) = (entry.name.text, case.component_name(handover.called));
        let does = if handover.how == How::Reads { "read from" } else { "written to" };
        out.push(
            RULE.finding(entry.name.span, format!("`{name}` is {does} `{store}`, but stored nowhere"))
                .related(handover.span, "here")
                .help(format!("write `stored_in: {store}`, or name the component that keeps it")),
        );
    }
}
