use super::support::{How, is_outside, role, sensitive};
use crate::diagnostic::Diagnostic;
use crate::rules::Case;
use crate::rules::rule::rule;
use std::collections::HashSet;

rule! {
    /// A component that changes sensitive data at the wish of others, and that no log records.
    ///
    /// ## Why
    /// After an incident the first question is who saw or changed what, and only what was recorded then answers it (OWASP Top 10
    /// 2021, A09 Security Logging and Monitoring Failures; CWE-778, insufficient logging; GDPR Article 5(2), accountability).
    ///
    /// ## Example
    /// ```yaml
    /// rules: { profile: recommended, stage: sketch, missing-audit-log: warning }
    /// components:
    ///   browser: { kind: client }
    ///   app: { kind: service }
    /// # ^^^ missing-audit-log
    ///   people: { kind: database }
    /// data:
    ///   person: { size: 1 KB, stored_in: people, sensitivity: personal }
    /// flows:
    ///   change:
    ///     steps:
    ///       - browser -> app: PUT /me
    ///       - { app -> people: update, writes: [person] }
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// rules: { profile: recommended, stage: sketch, missing-audit-log: warning }
    /// components:
    ///   browser: { kind: client }
    ///   app: { kind: service }
    ///   people: { kind: database }
    ///   logs: { kind: logging, uses: app, retention: 1 year }
    /// data:
    ///   person: { size: 1 KB, stored_in: people, sensitivity: personal }
    /// flows:
    ///   change:
    ///     steps:
    ///       - browser -> app: PUT /me
    ///       - { app -> people: update, writes: [person] }
    /// ```
    "missing-audit-log": Warning, Security, Recommended, at Production, since "0.2.0", check
}

fn check(case: &Case<'_, '_>, out: &mut Vec<Diagnostic>) {
    if !case.is_sound {
        return;
    }
    let levels = sensitive(case);
    if levels.iter().all(Option::is_none) {
        return;
    }
    // Logs collect from components, or components send to them; what happens at either end of a write is known there.
    let keeps_log = |index: u32| role(case, index).has("observes") && role(case, index).has("durable");
    let mut recorded: HashSet<u32> = HashSet::new();
    for connection in &case.connections {
        if keeps_log(connection.to) {
            recorded.insert(connection.from);
        } else if keeps_log(connection.from) {
            recorded.insert(connection.to);
        }
    }
    let mut seen = HashSet::new();
    for handover in case.handovers().iter().filter(|handover| handover.how == How::Writes) {
        let Some(level) = levels.get(handover.data as usize).copied().flatten() else { continue };
        let starter = case.calls().get(handover.flow as usize).and_then(|calls| calls.starter);
        let by_others = starter.is_some_and(|starter| is_outside(case, starter));
        let (writer, store) = (handover.caller, handover.called);
        if !by_others || is_outside(case, writer) || keeps_log(store) || role(case, writer).has("filters") {
            continue;
        }
        if recorded.contains(&writer) || recorded.contains(&store) || !seen.insert(writer) {
            continue;
        }
        let (Some(entry), Some(data)) =
            (case.design.components.get(writer as usize), case.design.data.get(handover.data as usize))
        else {
            continue;
        };
        let (name, shown) = (entry.name.text, level.shown(data.name.text));
        out.push(
            RULE.finding(entry.name.span, format!("`{name}` changes {shown}, and no log records who did"))
                .related(handover.span, "written here")
                .help(format!(
                    "let a component of kind `logging` collect from `{name}` (`uses: [{name}]`), and keep who changed what, and when"
                )),
        );
    }
}
