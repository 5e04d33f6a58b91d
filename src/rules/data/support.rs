//! What the rules of data share: who touches which data.

use crate::model::names::Space;
use crate::rules::Case;
use crate::rules::security::support::{How, role};
use crate::source::Span;

/// What the design says about the use of one kind of data.
#[derive(Clone, Copy, Debug, Default)]
pub struct Touched {
    /// The first step that reads it.
    pub read: Option<Span>,
    /// The first step that writes it.
    pub written: Option<Span>,
    /// The first API that accepts it.
    pub accepted: Option<Span>,
    /// The first API that answers with it.
    pub returned: Option<Span>,
}

/// The use of all data, in the order of the design.
pub fn touched(case: &Case<'_, '_>) -> Vec<Touched> {
    let mut all = vec![Touched::default(); case.design.data.len()];
    for handover in case.handovers() {
        let Some(touched) = all.get_mut(handover.data as usize) else { continue };
        match handover.how {
            How::Reads => touched.read.get_or_insert(handover.span),
            How::Writes => touched.written.get_or_insert(handover.span),
            How::Accepts | How::Returns | How::Consumes => continue,
        };
    }
    for api in &case.design.apis {
        for name in &api.value.accepts {
            let found = case.names.find(Space::Data, name.text).and_then(|data| all.get_mut(data as usize));
            found.map(|touched| touched.accepted.get_or_insert(name.span));
        }
        for name in &api.value.returns {
            let found = case.names.find(Space::Data, name.text).and_then(|data| all.get_mut(data as usize));
            found.map(|touched| touched.returned.get_or_insert(name.span));
        }
    }
    all
}

/// Whether a component keeps records that others ask it for: a store, and neither a broker nor a place for telemetry.
pub fn keeps_records(case: &Case<'_, '_>, component: u32) -> bool {
    let role = role(case, component);
    // What answers clients is a service in front of its own store, unless it hands out files.
    let is_service = role.has("faces_clients") && !role.has("stores_blobs");
    role.has("holds_state") && !is_service && !role.has("buffers") && !role.has("observes")
}
