//! Flows: what triggers them, which components their steps connect, which data they touch.

use super::names::{Names, Space};
use super::{Connection, Via};
use crate::diagnostic::Diagnostic;
use crate::spec::Design;
use crate::spec::arrow::Line;
use crate::spec::flow::{Fallback, Flow, Parallel, Step, check_step};
use crate::spec::shape::Reader;

/// Shows every step of a flow, outer ones before inner ones, in the order they are written.
pub fn each_step<'a, 't>(steps: &'a [Line<Step<'t>>], visit: &mut dyn FnMut(&'a Step<'t>)) {
    for step in steps {
        visit(step);
        each_step(&step.steps, visit);
        step.either.iter().for_each(|alternative| each_step(&alternative.steps, visit));
        if let Some(Parallel::Branches(branches)) = &step.parallel {
            branches.iter().for_each(|branch| each_step(branch, visit));
        }
        each_step(&step.on_miss, visit);
        if let Some(Fallback::Steps(steps)) = &step.fallback {
            each_step(steps, visit);
        }
    }
}

/// Resolves triggers and steps; the connections that they draw are added.
pub fn resolve<'t>(
    design: &Design<'t>,
    names: &Names<'t>,
    connections: &mut Vec<Connection>,
    reader: &mut Reader,
) {
    for (index, entry) in design.flows.iter().enumerate() {
        let flow = &entry.value;
        let via = Via::Flow(u32::try_from(index).unwrap_or(u32::MAX));
        check_trigger(flow, reader);
        if let Some(api) = flow.api {
            names.resolve(&[Space::Api], api, reader);
        }
        for requirement in &flow.satisfies {
            names.resolve(&[Space::Requirement], *requirement, reader);
        }
        each_step(&flow.steps, &mut |step| resolve_step(step, via, names, connections, reader));
    }
}

/// A flow has one trigger: two would give it two rates.
fn check_trigger(flow: &Flow<'_>, reader: &mut Reader) {
    let written: Vec<_> = ["api", "every", "on", "rate", "users"]
        .into_iter()
        .filter_map(|key| flow.key_span(key).map(|span| (key, span)))
        // An event does not say how often it happens, so a rate may stand beside it.
        .filter(|(key, _)| *key != "on")
        .collect();
    if let [(first, first_span), (second, second_span), ..] = written.as_slice() {
        let message = format!("`{first}` and `{second}` both say how often this flow runs");
        reader.report(
            Diagnostic::error("contradictory-facts", *second_span, message)
                .related(*first_span, "said here first")
                .help(format!("keep one of them: take out `{second}` or `{first}`")),
        );
    }
}

fn resolve_step<'t>(
    step: &Step<'t>,
    via: Via,
    names: &Names<'t>,
    connections: &mut Vec<Connection>,
    reader: &mut Reader,
) {
    check_step(step, reader);
    for data in step.reads.iter().chain(step.writes.iter()) {
        names.resolve(&[Space::Data], *data, reader);
    }
    let Some(arrow) = &step.others else { return };
    let mut from = names.resolve(&[Space::Component], arrow.from, reader);
    for hop in &arrow.hops {
        let to = names.resolve(&[Space::Component], hop.to, reader);
        if let (Some((_, from)), Some((_, to))) = (from, to) {
            connections.push(Connection { from, to, waits: hop.waits, via, span: hop.to.span });
        }
        from = to;
    }
}
