use crate::diagnostic::Diagnostic;
use crate::rules::rule::rule;
use crate::rules::{Case, computed};
use std::collections::BTreeSet;

use super::support::{collects, components};

rule! {
    /// Programs of one's own whose logs go nowhere.
    ///
    /// ## Why
    /// Instances come and go, and what they wrote to their own disk goes with them: most of all with the one that has crashed. To
    /// find out what happened to one user, the logs of all instances have to be in one place, in order of time (The
    /// Twelve-Factor App, XI. Logs; Beyer et al., Site Reliability Engineering, chapter 12 on troubleshooting).
    ///
    /// ## Example
    /// ```yaml
    /// components:
    ///   browser: { kind: client }
    ///   app: { kind: service }
    /// # ^^^ missing-logging
    /// flows:
    ///   open: { steps: ["browser -> app: GET /"] }
    /// rules: { stage: sketch, missing-logging: warning }
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// components:
    ///   browser: { kind: client }
    ///   app: { kind: service, uses: [{ to: logs, async: true }] }
    ///   logs: { kind: logging, retention: 30 days }
    /// flows:
    ///   open: { steps: ["browser -> app: GET /"] }
    /// rules: { stage: sketch, missing-logging: warning }
    /// ```
    "missing-logging": Warning, Operations, Recommended, at Production, since "0.2.0", check
}

fn check(case: &Case<'_, '_>, out: &mut Vec<Diagnostic>) {
    if !case.is_sound {
        return;
    }
    let logs: BTreeSet<u32> =
        components(case).filter(|index| collects(case, *index, "collects_logs")).collect();
    let mut heard: BTreeSet<u32> = BTreeSet::new();
    for connection in &case.connections {
        // Some draw what sends, others what fetches.
        if logs.contains(&connection.to) {
            heard.insert(connection.from);
        }
        if logs.contains(&connection.from) {
            heard.insert(connection.to);
        }
    }
    let silent: Vec<u32> = components(case)
        .filter(|index| case.has(*index, "runs_code") && !heard.contains(index) && !logs.contains(index))
        .collect();
    let Some(first) = silent.first().and_then(|first| case.design.components.entries.get(*first as usize))
    else {
        return;
    };
    let names: Vec<&str> = silent.iter().map(|index| case.component_name(*index)).collect();
    let verb = if names.len() == 1 { "runs" } else { "run" };
    let message = format!("{} {verb} code, and nothing collects the logs", computed::listed(&names));
    let help = match logs.first() {
        Some(log) => format!("name them under `uses` of `{}`, or it under theirs", case.component_name(*log)),
        None => "add a component that collects logs (`kind: logging`), and name it under `uses` of them"
            .to_owned(),
    };
    let mut finding = RULE.finding(first.name.span, message).help(help);
    for index in silent.iter().skip(1).take(4) {
        if let Some(entry) = case.design.components.entries.get(*index as usize) {
            finding = finding.related(entry.name.span, "nor from here");
        }
    }
    out.push(finding);
}
