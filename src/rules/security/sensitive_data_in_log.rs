use super::support::{role, sensitive};
use crate::diagnostic::Diagnostic;
use crate::model::names::Space;
use crate::rules::Case;
use crate::rules::rule::rule;
use std::collections::HashSet;

rule! {
    /// Sensitive data that goes to logs, metrics or traces.
    ///
    /// ## Why
    /// Everybody who runs the system reads its logs; they are kept for long, copied to other tools, and nobody finds the lines
    /// again that have to be deleted (CWE-532, insertion of sensitive information into a log file; OWASP ASVS 4.0, 7.1.1 and
    /// 7.1.2). Brokers on the way are followed.
    ///
    /// ## Example
    /// ```yaml
    /// components:
    ///   browser: { kind: client }
    ///   app: { kind: service }
    ///   logs: { kind: logging }
    ///   people: { kind: database }
    /// data:
    ///   person: { size: 1 KB, stored_in: people, sensitivity: personal }
    /// flows:
    ///   sign_up:
    ///     steps:
    ///       - browser -> app: POST /people
    ///       - app -> people: insert
    ///       - { app ~> logs: who signed up, writes: [person] }
    /// #                                              ^^^^^^ sensitive-data-in-log
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// components:
    ///   browser: { kind: client }
    ///   app: { kind: service }
    ///   logs: { kind: logging }
    ///   people: { kind: database }
    /// data:
    ///   person: { size: 1 KB, stored_in: people, sensitivity: personal }
    /// flows:
    ///   sign_up:
    ///     steps:
    ///       - browser -> app: POST /people
    ///       - app -> people: insert
    ///       - "app ~> logs: somebody signed up, by id"
    /// ```
    ///
    /// ## Known false positives
    /// Fields that are masked before they are written. Describe the masked record as data of its own.
    "sensitive-data-in-log": Warning, Security, Recommended, since "0.2.0", check
}

fn check(case: &Case<'_, '_>, out: &mut Vec<Diagnostic>) {
    if !case.is_sound {
        return;
    }
    let levels = sensitive(case);
    if levels.iter().all(Option::is_none) {
        return;
    }
    let mut seen = HashSet::new();
    let mut report = |data: u32, log: u32, at, by: Option<&str>| {
        let Some(level) = levels.get(data as usize).copied().flatten() else { return };
        if !role(case, log).has("observes") || !seen.insert((data, log)) {
            return;
        }
        let name = case.design.data.get(data as usize).map_or("", |data| data.name.text);
        let log = case.component_name(log);
        let way = by.map(|by| format!(" by way of `{by}`")).unwrap_or_default();
        out.push(
            RULE.finding(at, format!("{} goes to `{log}`{way}, where many can read it", level.shown(name)))
                .related(level.span, "what makes it sensitive")
                .help(format!("send what is needed to follow `{name}`, such as its id, and not its content")),
        );
    };
    for (data, entry) in (0..).zip(&case.design.data) {
        for place in entry.value.stored_in.iter().chain(entry.value.cached_in.iter()) {
            if let Some(log) = case.names.find(Space::Component, place.text) {
                report(data, log, place.span, None);
            }
        }
    }
    for handover in case.handovers() {
        let receiver = handover.receiver();
        let other = if receiver == handover.called { handover.caller } else { handover.called };
        let broker = role(case, other).has("buffers").then(|| case.component_name(other));
        report(handover.data, receiver, handover.span, broker);
    }
}
