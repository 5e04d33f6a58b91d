use super::support;
use crate::diagnostic::Diagnostic;
use crate::model::Via;
use crate::rules::Case;
use crate::rules::hops;
use crate::rules::rule::rule;

rule! {
    /// A component that flows need and that nothing observes.
    ///
    /// ## Why
    /// What nobody measures fails unnoticed until users call. Latency, traffic, errors and saturation of every component that takes part are
    /// the least (Beyer et al., *Site Reliability Engineering*, 2016, chapter 6, "The four golden signals"). An observer that is connected
    /// to nothing is taken to watch everything.
    ///
    /// ## Example
    /// ```yaml
    /// rules: { profile: minimal, missing-monitoring: warning }
    /// components:
    ///   browser: { kind: client }
    ///   app: { kind: service }
    ///   orders: { kind: database }
    /// # ^^^^^^ missing-monitoring
    ///   metrics: { kind: monitoring, uses: [app] }
    /// flows:
    ///   buy: { rate: 10 / s, steps: ["browser -> app -> orders: insert"] }
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// rules: { profile: minimal, missing-monitoring: warning }
    /// components:
    ///   browser: { kind: client }
    ///   app: { kind: service }
    ///   orders: { kind: database }
    ///   metrics: { kind: monitoring, uses: [app, orders] }
    /// flows:
    ///   buy: { rate: 10 / s, steps: ["browser -> app -> orders: insert"] }
    /// ```
    ///
    /// ## Known false positives
    /// Managed services and what others run are watched by those who run them, and not asked for.
    "missing-monitoring": Warning, Reliability, Recommended, at Production, on Operability, since "0.2.0", check
}

fn check(case: &Case<'_, '_>, out: &mut Vec<Diagnostic>) {
    if !case.is_sound {
        return;
    }
    let observes: Vec<bool> = case.roles.iter().map(|role| role.has("observes")).collect();
    let is_observer = |index: u32| observes.get(index as usize).copied().unwrap_or(false);
    let count = case.design.components.entries.len();
    let (mut watched, mut takes_part, mut connected) =
        (vec![false; count], vec![false; count], vec![false; count]);
    let mark = |slots: &mut Vec<bool>, index: u32| {
        if let Some(slot) = slots.get_mut(index as usize) {
            *slot = true;
        }
    };
    for connection in &case.connections {
        let (from, to) = (connection.from, connection.to);
        for (one, other) in [(from, to), (to, from)] {
            mark(&mut connected, one);
            if is_observer(other) {
                mark(&mut watched, one);
            }
            if matches!(connection.via, Via::Flow(_)) {
                mark(&mut takes_part, one);
            }
        }
    }
    if (0..).zip(&connected).any(|(index, connected)| is_observer(index) && !connected) {
        return;
    }
    for ((index, entry), (watched, takes_part)) in
        (0..).zip(&case.design.components).zip(watched.iter().zip(&takes_part))
    {
        let role = hops::role(case, index);
        let matters = ["runs_code", "durable", "caches", "balances"].iter().any(|wanted| role.has(wanted));
        if *watched || !takes_part || !matters || is_observer(index) || !support::is_own(case, index) {
            continue;
        }
        let name = entry.name.text;
        let message = format!("nothing observes `{name}`");
        let help = match (0..).zip(&observes).find(|(_, observes)| **observes) {
            Some((observer, _)) => {
                let observer = case.component_name(observer);
                format!("let `{observer}` watch it: add `{name}` to `uses` on `components.{observer}`")
            }
            None => format!("add what watches it: `metrics: {{ kind: monitoring, uses: [{name}] }}`"),
        };
        out.push(RULE.finding(entry.name.span, message).help(help));
    }
}
