use crate::diagnostic::Diagnostic;
use crate::rules::Case;
use crate::rules::rule::rule;
use std::collections::BTreeSet;

rule! {
    /// A call that a client waits for and that always goes to another region.
    ///
    /// ## Why
    /// Light takes 5 microseconds for a kilometre of fibre, and a packet within a continent tens of milliseconds, between
    /// continents 100 and more, there and back. No tuning mends that, and every call of the flow pays it again; and each of the
    /// two regions can now take the flow down (Jeff Dean, "Numbers Everyone Should Know": a packet from California to the
    /// Netherlands and back takes 150 ms).
    ///
    /// ## Example
    /// ```yaml
    /// components:
    ///   browser: { kind: client }
    ///   app: { kind: service, regions: [eu] }
    ///   links: { kind: database, regions: [us] }
    /// deployment:
    ///   regions: { eu: { zones: [eu-a] }, us: { zones: [us-a] } }
    /// flows:
    ///   open: { steps: ["browser -> app: GET /", "app -> links: select"] }
    /// #                                                  ^^^^^ cross-region-sync-call
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// components:
    ///   browser: { kind: client }
    ///   app: { kind: service, regions: [eu] }
    ///   links: { kind: database, regions: [eu] }
    /// deployment:
    ///   regions: { eu: { zones: [eu-a] } }
    /// flows:
    ///   open: { steps: ["browser -> app: GET /", "app -> links: select"] }
    /// ```
    ///
    /// ## When to allow it
    /// When data must stay in a country, or a write has to be confirmed by another region.
    "cross-region-sync-call": Warning, Latency, Recommended, since "0.2.0", check
}

fn check(case: &Case<'_, '_>, out: &mut Vec<Diagnostic>) {
    if !case.is_sound {
        return;
    }
    let places = case.places();
    let mut told: BTreeSet<(u32, u32)> = BTreeSet::new();
    for (_, flow, calls) in case.interactive_flows() {
        for call in calls.calls.iter().filter(|call| call.waits) {
            let (from, to) = (places.regions(call.from), places.regions(call.to));
            let is_apart = !from.is_empty() && !to.is_empty() && from.is_disjoint(to);
            if !is_apart || case.has(call.from, "is_client") || !told.insert((call.from, call.to)) {
                continue;
            }
            let name = case.component_name(call.to);
            let hops = call.step.others.as_ref().map(|arrow| arrow.hops.as_slice()).unwrap_or_default();
            let Some(hop) = hops.iter().find(|hop| hop.to.text == name) else { continue };
            let list = |regions: &BTreeSet<&str>| regions.iter().copied().collect::<Vec<_>>().join(", ");
            let message = format!(
                "in `{}`, `{}` in {} waits for `{name}` in {}",
                flow.name.text,
                case.component_name(call.from),
                list(from),
                list(to)
            );
            let here = from.iter().next().copied().unwrap_or_default();
            let help =
                format!("keep a copy of what is asked for in {here}, or send it without waiting (`~>`)");
            out.push(RULE.finding(hop.to.span, message).help(help));
        }
    }
}
