use super::support;
use crate::diagnostic::Diagnostic;
use crate::model::cycles;
use crate::model::names::Space;
use crate::rules::Case;
use crate::rules::rule::rule;
use petgraph::graph::{DiGraph, NodeIndex};

rule! {
    /// Decisions that replace each other in a circle, so that none of them is in force.
    ///
    /// ## Why
    /// Of two decisions that each replace the other, nobody can tell which holds. When a decision is taken back, a new one says
    /// so, with its own date and reasons.
    ///
    /// ## Example
    /// ```yaml
    /// components:
    ///   app: service
    /// decisions:
    ///   use-mysql: { text: Orders live in MySQL, supersedes: use-postgresql }
    /// # ^^^^^^^^^ decisions-in-a-circle
    ///   use-postgresql: { text: Orders live in PostgreSQL, supersedes: use-mysql }
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// components:
    ///   app: service
    /// decisions:
    ///   use-mysql: { text: Orders live in MySQL }
    ///   use-postgresql: { text: Orders live in PostgreSQL, supersedes: use-mysql }
    ///   back-to-mysql: { text: Orders live in MySQL again, supersedes: use-postgresql }
    /// ```
    "decisions-in-a-circle": Error, Traceability, Minimal, since "0.2.0", check
}

fn check(case: &Case<'_, '_>, out: &mut Vec<Diagnostic>) {
    let replacements = support::replacements(case);
    if !case.is_sound || replacements.is_empty() {
        return;
    }
    let names = case.names.all(Space::Decision);
    let mut graph = DiGraph::<(), ()>::new();
    let nodes: Vec<NodeIndex> = names.iter().map(|_| graph.add_node(())).collect();
    for (by, replaced, _) in &replacements {
        if let (Some(by), Some(replaced)) = (nodes.get(*by as usize), nodes.get(*replaced as usize)) {
            graph.add_edge(*by, *replaced, ());
        }
    }
    let mut circles: Vec<Vec<NodeIndex>> =
        cycles::parts(&graph).iter().filter_map(|part| cycles::shortest(&graph, part)).collect();
    circles.sort();
    for circle in circles {
        let all: Vec<_> = circle.iter().filter_map(|node| names.get(node.index())).collect();
        let Some((first, others)) = all.split_first() else { continue };
        let shown: Vec<&str> = all.iter().map(|name| name.text).collect();
        let message = match others {
            [] => format!("the decision `{}` replaces itself", first.text),
            _ => format!("these decisions replace each other in a circle: {}", cycles::shown(&shown)),
        };
        let help = "take out the one `supersedes` or `superseded_by` that is wrong, or write a new decision that takes the old one back";
        let mut finding = RULE.finding(first.span, message).help(help);
        for other in others.iter().take(6) {
            finding = finding.related(other.span, "by way of this decision");
        }
        out.push(finding);
    }
}
