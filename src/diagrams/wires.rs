//! Connections with what is said of them: by the steps of flows, and by `uses:`.

use crate::model::flows::each_step;
use crate::model::{Model, Via};
use crate::source::Span;
use std::collections::BTreeMap;

/// One hop of a step, or one use.
#[derive(Clone, Copy, Debug)]
pub(super) struct Wire<'m> {
    /// Index of the sender.
    pub from: usize,
    /// Index of the receiver.
    pub to: usize,
    /// Whether the sender waits.
    pub waits: bool,
    /// The flow that it is part of.
    pub flow: Option<usize>,
    /// What is said of it; in a chain, of its last hop.
    pub text: Option<&'m str>,
    /// How they talk.
    pub protocol: Option<&'static str>,
    /// The data that it carries.
    pub data: [&'m [crate::spec::values::Name<'m>]; 2],
    /// Where the receiver is named.
    pub span: Span,
}

#[derive(Clone, Copy, Default)]
struct Said<'m> {
    text: Option<&'m str>,
    protocol: Option<&'static str>,
    data: [&'m [crate::spec::values::Name<'m>]; 2],
}

/// All of them, in the order of the model's connections.
pub(super) fn collect<'m>(model: &'m Model<'_>) -> Vec<Wire<'m>> {
    let mut said: BTreeMap<(u16, u32), Said<'m>> = BTreeMap::new();
    let key = |span: Span| (span.file.0, span.start);
    for flow in &model.design.flows {
        each_step(&flow.value.steps, &mut |step| {
            let Some(arrow) = &step.others else { return };
            let count = arrow.hops.len();
            for (at, hop) in arrow.hops.iter().enumerate() {
                let is_last = at + 1 == count;
                let protocol = step.protocol.map(|protocol| protocol.value.word());
                let text = arrow.text.as_ref().filter(|_| is_last).map(|text| text.text);
                let data: [&'m [_]; 2] = if is_last { [&step.reads, &step.writes] } else { [&[], &[]] };
                said.insert(key(hop.to.span), Said { text, protocol, data });
            }
        });
    }
    for component in &model.design.components {
        for used in &component.value.uses {
            let Some(to) = used.to else { continue };
            let text = used.text.as_ref().map(|text| text.text);
            let protocol = used.protocol.map(|protocol| protocol.value.word());
            said.insert(key(to.span), Said { text, protocol, ..Said::default() });
        }
    }
    let wire = |connection: &crate::model::Connection| {
        let said = said.get(&key(connection.span)).copied().unwrap_or_default();
        let flow = match connection.via {
            Via::Flow(index) => Some(index as usize),
            Via::Use => None,
        };
        Wire {
            from: connection.from as usize,
            to: connection.to as usize,
            waits: connection.waits,
            flow,
            text: said.text,
            protocol: said.protocol,
            data: said.data,
            span: connection.span,
        }
    };
    model.connections.iter().map(wire).collect()
}
