use crate::diagnostic::Diagnostic;
use crate::estimate::calls::{Calls, Item};
use crate::rules::rule::rule;
use crate::rules::{Case, computed};

rule! {
    /// Five or more programs of one's own that wait for each other, one inside the other.
    ///
    /// ## Why
    /// Each hop adds its own latency and its own failures, holds its own worker all the while, and needs a timeout that fits
    /// into those around it. The chance that all of them answer is the product of theirs, and the slowest of them decides
    /// how fast the flow is (Newman, Building Microservices, 2nd edition, chapter 4, on synchronous chains of calls).
    ///
    /// Proxies, caches and stores do not count: only components that run the team's own code.
    ///
    /// ## Example
    /// ```yaml
    /// components:
    ///   browser: { kind: client }
    ///   shop: { kind: service }
    ///   orders: { kind: service }
    ///   prices: { kind: service }
    ///   taxes: { kind: service }
    ///   rates: { kind: service }
    /// flows:
    ///   buy:
    ///     steps:
    ///       - browser -> shop -> orders -> prices -> taxes -> rates: "what does it cost?"
    /// #                                                       ^^^^^ deep-sync-chain
    /// rules: { stage: sketch, deep-sync-chain: warning }
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// components:
    ///   browser: { kind: client }
    ///   shop: { kind: service }
    ///   orders: { kind: service }
    ///   prices: { kind: service, description: "Knows the taxes of each country, and keeps the exchange rates" }
    /// flows:
    ///   buy:
    ///     steps:
    ///       - browser -> shop -> orders -> prices: "what does it cost?"
    /// rules: { stage: sketch, deep-sync-chain: warning }
    /// ```
    "deep-sync-chain": Warning, Latency, Recommended, at Design, since "0.2.0", check
}

const DEEP: usize = 5;
/// Deeper than this a chain is not followed.
const DEEPEST: usize = 32;

/// The deepest chain of programs that wait for each other, as indexes of calls.
fn deepest(case: &Case<'_, '_>, calls: &Calls<'_, '_>) -> Vec<usize> {
    let mut deepest: Vec<usize> = Vec::new();
    let mut waiting: Vec<(Item, Vec<usize>)> = calls.roots.iter().map(|item| (*item, Vec::new())).collect();
    let mut steps = 0;
    while let Some((item, mut chain)) = waiting.pop() {
        steps += 1;
        if steps > 10_000 {
            break;
        }
        match item {
            Item::Call(index) => {
                let Some(call) = calls.calls.get(index).filter(|call| call.waits) else { continue };
                let known = |index: &usize| calls.calls.get(*index).is_some_and(|known| known.to == call.to);
                if case.has(call.to, "runs_code") && chain.len() < DEEPEST && !chain.iter().any(known) {
                    chain.push(index);
                }
                if chain.len() > deepest.len() {
                    deepest.clone_from(&chain);
                }
                waiting.extend(call.body.iter().rev().map(|item| (*item, chain.clone())));
            }
            Item::Group(index) => {
                let Some(group) = calls.groups.get(index).filter(|group| !group.in_background) else {
                    continue;
                };
                let items = group.branches.iter().flat_map(|branch| &branch.items);
                waiting.extend(items.map(|item| (*item, chain.clone())));
            }
        }
    }
    deepest
}

fn check(case: &Case<'_, '_>, out: &mut Vec<Diagnostic>) {
    if !case.is_sound {
        return;
    }
    let mut told: Vec<Vec<u32>> = Vec::new();
    for (flow, calls) in case.design.flows.iter().zip(case.calls()) {
        if calls.calls.len() < DEEP {
            continue;
        }
        let chain: Vec<_> = deepest(case, calls).iter().filter_map(|index| calls.calls.get(*index)).collect();
        let path: Vec<u32> = chain.iter().map(|call| call.to).collect();
        let Some(last) = chain.last().filter(|_| chain.len() >= DEEP) else { continue };
        if told.contains(&path) {
            continue;
        }
        let hops = last.step.others.as_ref().map(|arrow| arrow.hops.as_slice()).unwrap_or_default();
        let hop = hops.iter().find(|hop| hop.to.text == case.component_name(last.to));
        let Some(hop) = hop else { continue };
        let names: Vec<&str> = path.iter().map(|index| case.component_name(*index)).collect();
        let mut message = format!(
            "in `{}`, {} programs wait for each other: {}",
            flow.name.text,
            names.len(),
            names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(" → ")
        );
        if names.len() > 8 {
            message = format!("in `{}`, {} programs wait for each other", flow.name.text, names.len());
        }
        let mut finding = RULE.finding(hop.to.span, message);
        if let Some(numbers) = case.computed() {
            let up: f64 = path.iter().map(|index| numbers.component(*index, "availability")).product();
            if up.is_finite() && up < 1.0 {
                finding = finding
                    .label(format!("all of them are up {} of the time", crate::quantity::format_share(up)));
            }
        }
        let middle: Vec<&str> = names.iter().skip(1).take(names.len().saturating_sub(2)).copied().collect();
        let help = format!(
            "keep what {} would be asked for where it is needed, by events; or let the caller ask them side by side",
            computed::listed(&middle)
        );
        told.push(path);
        out.push(finding.help(help));
    }
}
