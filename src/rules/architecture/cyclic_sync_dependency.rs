use super::support;
use crate::diagnostic::Diagnostic;
use crate::model::Via;
use crate::model::cycles;
use crate::rules::Case;
use crate::rules::rule::rule;
use petgraph::graph::{DiGraph, NodeIndex};
use std::collections::BTreeMap;

rule! {
    /// Programs that wait for each other in a circle.
    ///
    /// ## Why
    /// None of them works without all the others, none can be released or started first, and when each has all its workers
    /// waiting for the next one, all of them stand still. Martin, "Clean Architecture" (2017), chapter 14, has the
    /// acyclic dependencies principle against it.
    ///
    /// ## Example
    /// ```yaml
    /// components:
    ///   browser: client
    ///   orders: service
    ///   stock: service
    /// flows:
    ///   buy: { steps: ["browser -> orders: POST /orders", "orders -> stock: reserve"] }
    ///   count: { steps: ["browser -> stock: POST /counts", "stock -> orders: which are open?"] }
    /// #                                                              ^^^^^^ cyclic-sync-dependency
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// components:
    ///   browser: client
    ///   orders: service
    ///   stock: service
    /// flows:
    ///   buy: { steps: ["browser -> orders: POST /orders", "orders -> stock: reserve"] }
    ///   ship: { steps: ["browser -> orders: POST /shipments", "orders ~> stock: taken off the shelf"] }
    ///   count: { steps: ["browser -> stock: POST /counts"] }
    /// ```
    "cyclic-sync-dependency": Warning, Architecture, Recommended, on Reliability, since "0.2.0", check
}

fn check(case: &Case<'_, '_>, out: &mut Vec<Diagnostic>) {
    if !case.is_sound {
        return;
    }
    let runs_code = |index: u32| {
        let role = support::role(case, index);
        role.has("runs_code") && !role.has("external")
    };
    let calls = support::first_of_each_pair(case, |found| {
        found.waits && found.from != found.to && runs_code(found.from) && runs_code(found.to)
    });
    if calls.is_empty() {
        return;
    }
    let mut graph = DiGraph::<(), ()>::new();
    let nodes: Vec<NodeIndex> = case.roles.iter().map(|_| graph.add_node(())).collect();
    let mut places = BTreeMap::new();
    for call in calls {
        if let (Some(from), Some(to)) = (nodes.get(call.from as usize), nodes.get(call.to as usize)) {
            graph.add_edge(*from, *to, ());
            places.insert((*from, *to), call);
        }
    }
    let mut circles: Vec<Vec<NodeIndex>> = cycles::parts(&graph)
        .into_iter()
        .filter(|part| part.len() > 1)
        .filter_map(|part| cycles::shortest(&graph, &part))
        .collect();
    circles.sort();
    for circle in circles {
        let next = circle.iter().skip(1).chain(circle.first());
        let hops: Vec<_> = circle.iter().zip(next).filter_map(|(a, b)| places.get(&(*a, *b))).collect();
        let Some((back, there)) = hops.split_last() else { continue };
        let name = |index: u32| case.component_name(index);
        let names: Vec<&str> = hops.iter().map(|hop| name(hop.from)).collect();
        let message = format!("these wait for each other in a circle: {}", cycles::shown(&names));
        let is_answer = matches!(back.via, Via::Flow(_)) && there.iter().any(|hop| hop.via == back.via);
        let (from, to) = (name(back.from), name(back.to));
        let help = match (is_answer, there.len()) {
            (true, 1) => format!(
                "if this is the answer, take it out: `{to} -> {from}` waits for it already; else announce it with `{from} ~> {to}`"
            ),
            _ => format!(
                "announce what happened instead of asking (`{from} ~> {to}`), or move what both need into a third"
            ),
        };
        let mut finding = RULE.finding(back.span, message).help(help);
        for hop in there.iter().take(6) {
            finding = finding.related(hop.span, format!("`{}` waits for `{}`", name(hop.from), name(hop.to)));
        }
        out.push(finding);
    }
}
