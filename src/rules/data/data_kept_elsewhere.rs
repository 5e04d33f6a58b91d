use super::support::keeps_records;
use crate::diagnostic::Diagnostic;
use crate::rules::Case;
use crate::rules::rule::rule;
use crate::rules::security::support::{How, role};
use std::collections::HashSet;

rule! {
    /// A step that reads or writes data in a store where that data is not kept.
    ///
    /// ## Why
    /// The data and the flows tell two stories. Either the step goes to the wrong store, or there is a copy that nobody
    /// counts: it takes room, has to be kept in step, and must be found when somebody asks for all copies to be deleted
    /// (GDPR Article 17).
    ///
    /// ## Example
    /// ```yaml
    /// components:
    ///   browser: { kind: client }
    ///   app: { kind: service }
    ///   people: { kind: database }
    ///   orders: { kind: database }
    /// data:
    ///   order: { size: 1 KB, stored_in: orders }
    /// flows:
    ///   buy:
    ///     steps:
    ///       - browser -> app: POST /orders
    ///       - app -> orders: a number for the order
    ///       - { app -> people: insert the order, writes: [order] }
    /// #                                                   ^^^^^ data-kept-elsewhere
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// components:
    ///   browser: { kind: client }
    ///   app: { kind: service }
    ///   people: { kind: database }
    ///   orders: { kind: database }
    /// data:
    ///   order: { size: 1 KB, stored_in: orders }
    /// flows:
    ///   buy:
    ///     steps:
    ///       - browser -> app: POST /orders
    ///       - app -> people: who is it?
    ///       - { app -> orders: insert the order, writes: [order] }
    /// ```
    "data-kept-elsewhere": Warning, Data, Recommended, since "0.2.0", check
}

fn check(case: &Case<'_, '_>, out: &mut Vec<Diagnostic>) {
    if !case.is_sound {
        return;
    }
    let mut seen = HashSet::new();
    for handover in case.handovers() {
        if !matches!(handover.how, How::Reads | How::Writes)
            || !keeps_records(case, handover.called)
            || role(case, handover.called).has("external")
            || !seen.insert((handover.data, handover.called))
        {
            continue;
        }
        let Some(entry) = case.design.data.get(handover.data as usize) else { continue };
        let data = &entry.value;
        let store = case.component_name(handover.called);
        let mut places = data.stored_in.iter().chain(data.cached_in.iter());
        let Some(first) = data.stored_in.first() else { continue };
        if places.any(|place| place.text == store) {
            continue;
        }
        let name = entry.name.text;
        let (does, key) = match handover.how {
            How::Reads => ("read from", "cached_in"),
            _ => ("written to", "stored_in"),
        };
        out.push(
            RULE.finding(
                handover.span,
                format!("`{name}` is {does} `{store}`, but kept in `{}`", first.text),
            )
            .related(first.span, "where it is kept")
            .help(format!("let the step go to `{}`, or add `{store}` to `{key}` of `{name}`", first.text)),
        );
    }
}
