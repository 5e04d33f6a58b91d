//! Assumptions: which rests on which, their dimensions and their central values.

use super::cycles;
use super::names::{Names, Space};
use crate::diagnostic::Diagnostic;
use crate::quantity::{self, Dimension, Found};
use crate::spec::assumption::Assumption;
use crate::spec::quantities::{Written, locate};
use crate::spec::shape::Reader;
use crate::spec::values::IdMap;
use petgraph::graph::{DiGraph, NodeIndex};
use std::collections::BTreeMap;

/// What is known of each assumption, in the order of the design.
#[derive(Debug, Default)]
pub struct Assumed {
    dimensions: Vec<Found<Dimension>>,
    values: Vec<Found<f64>>,
}

impl Assumed {
    /// Whether the value of an assumption can be computed.
    pub fn is_known(&self, index: u32) -> bool {
        matches!(self.values.get(index as usize), Some(Found::Known(_)))
    }
}

/// The names that a quantity may use: the assumptions.
#[derive(Debug)]
pub struct Scope<'m, 't> {
    /// The ids of the design.
    pub names: &'m Names<'t>,
    /// What is known of its assumptions.
    pub assumed: &'m Assumed,
    /// The assumption whose value is being read. There its name is what is counted: `users: 150M users`.
    pub own: Option<usize>,
}

impl<'m, 't> Scope<'m, 't> {
    /// All assumptions.
    pub fn new(names: &'m Names<'t>, assumed: &'m Assumed) -> Self {
        Self { names, assumed, own: None }
    }

    fn index(&self, name: &str) -> Option<usize> {
        let id = name.strip_prefix("assumptions.").unwrap_or(name);
        let index = self.names.find(Space::Assumption, id)? as usize;
        (self.own != Some(index)).then_some(index)
    }

    /// What is known of a name that no assumption has.
    fn missing<T>(&self, name: &str) -> Found<T> {
        let id = name.strip_prefix("assumptions.").unwrap_or(name);
        if self.names.is_lost(Space::Assumption, id) { Found::Broken } else { Found::Unknown }
    }
}

impl quantity::Names for Scope<'_, '_> {
    fn dimension_of(&self, name: &str) -> Found<Dimension> {
        let Some(index) = self.index(name) else { return self.missing(name) };
        self.assumed.dimensions.get(index).copied().unwrap_or(Found::Broken)
    }

    fn closest(&self, wrong: &str) -> Option<String> {
        self.names.closest(&[Space::Assumption], wrong).map(str::to_owned)
    }

    fn is_sure(&self, wrong: &str, near: &str) -> bool {
        let known = self.names.nearest(&[Space::Assumption], wrong);
        known.is_some_and(|known| known.is_sure && known.word == near)
    }
}

impl quantity::Values for Scope<'_, '_> {
    fn value_of(&self, name: &str) -> Found<f64> {
        let Some(index) = self.index(name) else { return self.missing(name) };
        self.assumed.values.get(index).copied().unwrap_or(Found::Broken)
    }
}

/// Checks and evaluates all assumptions, each after those that it rests on.
pub fn resolve<'t>(
    assumptions: &IdMap<'t, Assumption<'t>>,
    names: &Names<'t>,
    reader: &mut Reader,
) -> Assumed {
    // A name that is defined twice counts once, by its first definition.
    let mut written: BTreeMap<usize, &Written<'t>> = BTreeMap::new();
    for entry in assumptions {
        let index = names.find(Space::Assumption, entry.name.text);
        if let (Some(index), Some(value)) = (index, &entry.value.value) {
            written.entry(index as usize).or_insert(&value.written);
        }
    }
    let count = names.all(Space::Assumption).len();
    let mut assumed = Assumed { dimensions: vec![Found::Broken; count], values: vec![Found::Broken; count] };
    for name in names.all(Space::Assumption).iter().filter(|name| quantity::is_unit(name.text)) {
        let message = format!("`{}` is a unit, so an assumption cannot be called so", name.text);
        let help = format!("call it by what it measures, such as `{}_value`", name.text);
        reader.report(Diagnostic::error("invalid-id", name.span, message).help(help));
    }
    let graph = dependencies(&written, names, count);
    // Strongly connected parts come with the ones rested upon first.
    for part in cycles::parts(&graph) {
        if let Some(cycle) = cycles::shortest(&graph, &part) {
            report_cycle(&cycle, &written, names, reader);
            continue;
        }
        let [only] = part.as_slice() else { continue };
        let Some(value) = written.get(&only.index()) else { continue };
        let scope = Scope { names, assumed: &assumed, own: Some(only.index()) };
        let (dimension, central) = evaluate(value, &scope, reader);
        if let Some(slot) = assumed.dimensions.get_mut(only.index()) {
            *slot = dimension;
        }
        if let Some(slot) = assumed.values.get_mut(only.index()) {
            *slot = central;
        }
    }
    assumed
}

fn dependencies(written: &BTreeMap<usize, &Written<'_>>, names: &Names<'_>, count: usize) -> DiGraph<(), ()> {
    let mut graph = DiGraph::with_capacity(count, count);
    for _ in 0..count {
        graph.add_node(());
    }
    for (index, value) in written {
        for name in value.expr.names() {
            let id = name.text.strip_prefix("assumptions.").unwrap_or(name.text);
            if let Some(other) = names.find(Space::Assumption, id) {
                graph.update_edge(NodeIndex::new(*index), NodeIndex::new(other as usize), ());
            }
        }
    }
    graph
}

fn evaluate(
    value: &Written<'_>,
    scope: &Scope<'_, '_>,
    reader: &mut Reader,
) -> (Found<Dimension>, Found<f64>) {
    match value.expr.check(scope) {
        Err(problems) => {
            problems.into_iter().for_each(|problem| reader.report(locate(problem, value.node)));
            (Found::Broken, Found::Broken)
        }
        Ok(dimension) => {
            let central = match value.expr.central(scope) {
                Ok(central) => Found::Known(central),
                Err(problem) => {
                    if problem.rule != quantity::NOT_COMPUTABLE {
                        reader.report(locate(*problem, value.node));
                    }
                    Found::Broken
                }
            };
            (Found::Known(dimension), central)
        }
    }
}

/// Reports a group of assumptions that rest on each other, once, by its shortest cycle.
fn report_cycle(
    cycle: &[NodeIndex],
    written: &BTreeMap<usize, &Written<'_>>,
    names: &Names<'_>,
    reader: &mut Reader,
) {
    const MOST_PLACES: usize = 8;
    let in_cycle =
        || cycle.iter().filter_map(|node| Some((node, names.all(Space::Assumption).get(node.index())?)));
    let Some((_, first)) = in_cycle().next() else { return };
    let chain: Vec<&str> = in_cycle().map(|(_, name)| name.text).collect();
    let message = format!("assumption `{}` is computed from itself", first.text);
    let mut diagnostic = Diagnostic::error("cyclic-assumption", first.span, message)
        .label(cycles::shown(&chain))
        .help("give one of them a value that does not name the others");
    if chain.len() <= MOST_PLACES {
        let next = in_cycle().skip(2).chain(in_cycle().take(1));
        for ((node, name), (_, next)) in in_cycle().skip(1).zip(next) {
            if let Some(value) = written.get(&node.index()) {
                let message = format!("`{}` is computed from `{}`", name.text, next.text);
                diagnostic = diagnostic.related(value.node.span(), message);
            }
        }
    }
    reader.report(diagnostic);
}
