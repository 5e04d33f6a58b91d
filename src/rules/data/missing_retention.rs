use super::support::touched;
use crate::diagnostic::Diagnostic;
use crate::model::names::Space;
use crate::rules::Case;
use crate::rules::rule::rule;
use crate::rules::security::support::{about_persons, component};

rule! {
    /// Data that comes in all the time and that nobody says how long to keep.
    ///
    /// ## Why
    /// What is never deleted grows until the disk, the backup window or the bill gives up, and by then nobody dares to
    /// delete it. How long is a question for the people who own the data, which is easy to ask now (AWS Well-Architected
    /// Framework, cost optimization, COST04-BP05 Enforce data retention policies).
    ///
    /// ## Example
    /// ```yaml
    /// rules: { profile: recommended, stage: sketch, missing-retention: warning }
    /// components:
    ///   sensor: { kind: client }
    ///   app: { kind: service }
    ///   readings: { kind: database }
    /// data:
    ///   reading: { size: 100 B, stored_in: readings, rate: 500 / s }
    /// # ^^^^^^^ missing-retention
    /// flows:
    ///   measure: { rate: 500 / s, steps: ["sensor -> app: POST /readings", "app -> readings: insert"] }
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// rules: { profile: recommended, stage: sketch, missing-retention: warning }
    /// components:
    ///   sensor: { kind: client }
    ///   app: { kind: service }
    ///   readings: { kind: database }
    /// data:
    ///   reading: { size: 100 B, stored_in: readings, rate: 500 / s, retention: 2 years }
    /// flows:
    ///   measure: { rate: 500 / s, steps: ["sensor -> app: POST /readings", "app -> readings: insert"] }
    /// ```
    "missing-retention": Warning, Data, Recommended, at Design, on Cost, since "0.2.0", check
}

fn check(case: &Case<'_, '_>, out: &mut Vec<Diagnostic>) {
    if !case.is_sound {
        return;
    }
    for (entry, touched) in case.design.data.iter().zip(touched(case)) {
        let data = &entry.value;
        // Personal data has a rule of its own.
        let is_personal = about_persons(data).is_some();
        if data.retention.is_some() || data.stored_in.is_empty() || is_personal {
            continue;
        }
        let stated = data.rate.as_ref().map(|rate| (case.central(&rate.written), rate.span()));
        let (comes, place, how) = match stated {
            Some((rate, span)) => (rate.is_none_or(|rate| rate > 0.0), Some(span), "this many come"),
            None => (touched.written.is_some(), touched.written, "written here"),
        };
        let is_kept_by_store = data.stored_in.iter().all(|place| {
            let found = case.names.find(Space::Component, place.text);
            let store = found.and_then(|found| component(case, found));
            store.is_some_and(|store| store.value.retention.is_some() || store.value.ttl.is_some())
        });
        let (true, Some(place), false) = (comes, place, is_kept_by_store) else { continue };
        let name = entry.name.text;
        out.push(
            RULE.finding(
                entry.name.span,
                format!("`{name}` keeps coming, and nobody says how long it is kept"),
            )
            .related(place, how)
            .help(format!("add `retention:` to `{name}`, such as `retention: 1 year`")),
        );
    }
}
