use super::support::{role, sensitive};
use crate::diagnostic::Diagnostic;
use crate::model::names::Space;
use crate::rules::Case;
use crate::rules::rule::rule;
use std::collections::HashSet;

rule! {
    /// Sensitive data that goes to a system of somebody else, without a decision that says why.
    ///
    /// ## Why
    /// Whoever gets personal data processes it: there must be a contract, a purpose, and no more data than that needs (GDPR
    /// Articles 5(1)(c), 28 and 44). A decision that names the system or the data is where a reviewer looks for it. Brokers
    /// on the way are followed.
    ///
    /// ## Example
    /// ```yaml
    /// rules: { profile: recommended, stage: sketch, sensitive-data-to-third-party: warning }
    /// components:
    ///   app: { kind: service, every: 1 day }
    ///   people: { kind: database }
    ///   mailer: { kind: external_system }
    /// data:
    ///   person: { size: 1 KB, stored_in: people, sensitivity: personal }
    /// flows:
    ///   tell:
    ///     steps:
    ///       - { app -> people: whom?, reads: [person] }
    ///       - { app -> mailer: send the news, writes: [person] }
    /// #                                                ^^^^^^ sensitive-data-to-third-party
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// rules: { profile: recommended, stage: sketch, sensitive-data-to-third-party: warning }
    /// components:
    ///   app: { kind: service, every: 1 day }
    ///   people: { kind: database }
    ///   mailer: { kind: external_system }
    /// data:
    ///   person: { size: 1 KB, stored_in: people, sensitivity: personal }
    /// flows:
    ///   tell:
    ///     steps:
    ///       - { app -> people: whom?, reads: [person] }
    ///       - { app -> mailer: send the news, writes: [person] }
    /// decisions:
    ///   mail-by-others:
    ///     text: Mail is sent by a provider in the EU, under a data processing agreement; it gets the address and the first name
    ///     status: accepted
    ///     affects: [components.mailer, data.person]
    /// ```
    "sensitive-data-to-third-party": Warning, Security, Recommended, at Design, since "0.2.0", check
}

fn check(case: &Case<'_, '_>, out: &mut Vec<Diagnostic>) {
    if !case.is_sound {
        return;
    }
    let levels = sensitive(case);
    if levels.iter().all(Option::is_none) {
        return;
    }
    let decisions = case.design.decisions.iter();
    let decided: HashSet<&str> =
        decisions.flat_map(|decision| decision.value.affects.iter()).map(|text| text.text).collect();
    let mut seen = HashSet::new();
    let mut report = |data: u32, place: u32, at| {
        let Some(level) = levels.get(data as usize).copied().flatten() else { return };
        if !role(case, place).has("external") || !seen.insert((data, place)) {
            return;
        }
        let name = case.design.data.get(data as usize).map_or("", |data| data.name.text);
        let (place, is_decided) = (case.component_name(place), |place: &str| decided.contains(place));
        if is_decided(&format!("components.{place}")) || is_decided(&format!("data.{name}")) {
            return;
        }
        out.push(
            RULE.finding(at, format!("{} goes to `{place}`, which others run", level.shown(name)))
                .related(level.span, "what makes it sensitive")
                .help(format!(
                    "send less, or write under `decisions:` what `{place}` may do with it, with `affects: [components.{place}]`"
                )),
        );
    };
    for (data, entry) in (0..).zip(&case.design.data) {
        for place in entry.value.stored_in.iter().chain(entry.value.cached_in.iter()) {
            if let Some(index) = case.names.find(Space::Component, place.text) {
                report(data, index, place.span);
            }
        }
    }
    for handover in case.handovers() {
        report(handover.data, handover.receiver(), handover.span);
    }
}
