//! What the rules of security and of data share: how sensitive data is, where it goes, and what an API call looks like.

use crate::estimate::calls::{Call, Calls};
use crate::model::components::Role;
use crate::model::names::Space;
use crate::rules::Case;
use crate::source::Span;
use crate::spec::api::{Api, Auth};
use crate::spec::arrow::Arrow;
use crate::spec::component::Component;
use crate::spec::component_parts::{Encryption, YesNoOr};
use crate::spec::data::{Data, Sensitivity};
use crate::spec::data_field::DataField;
use crate::spec::values::{Entry, Name, Text};
use std::ops::Range;

/// How harmful a leak of some data would be, and what says so.
#[derive(Clone, Copy, Debug)]
pub struct Level<'t> {
    /// The word for it.
    pub word: Sensitivity,
    /// Where that is said.
    pub span: Span,
    /// The field because of which it is so, when the data as a whole does not say it.
    pub field: Option<&'t str>,
}

impl Level<'_> {
    /// Whether a leak would do harm.
    pub fn is_sensitive(&self) -> bool {
        self.word >= Sensitivity::Confidential
    }

    /// The data in a message: ``personal data `customer` ``.
    pub fn shown(&self, data: &str) -> String {
        match self.field {
            Some(field) => format!("`{data}` with its {} field `{field}`", self.word.word()),
            None => format!("{} data `{data}`", self.word.word()),
        }
    }
}

/// The modifier of a field with this word.
pub fn modifier<'t>(field: &DataField<'t>, word: &str) -> Option<Name<'t>> {
    field.modifiers.iter().find(|modifier| modifier.text == word).copied()
}

/// Where a field is said to be about a person.
pub fn personal(field: &DataField<'_>) -> Option<Span> {
    let long = field.long.as_ref().and_then(|long| long.personal).filter(|flag| flag.value);
    modifier(field, "personal").map(|name| name.span).or(long.map(|flag| flag.span))
}

/// The level of some data: as it says, or higher because of a field that says so.
pub fn level<'t>(data: &Data<'t>) -> Option<Level<'t>> {
    let said = data.sensitivity.map(|said| Level { word: said.value, span: said.span, field: None });
    data.fields.iter().fold(said, |found, field| {
        // What is encrypted field by field is unreadable wherever it goes.
        if modifier(&field.value, "encrypted").is_some() {
            return found;
        }
        let secret = modifier(&field.value, "secret").map(|name| (Sensitivity::Secret, name.span));
        let personal = personal(&field.value).map(|span| (Sensitivity::Personal, span));
        let Some((word, span)) = secret.or(personal) else { return found };
        let higher = found.is_none_or(|found| found.word < word);
        if higher { Some(Level { word, span, field: Some(field.name.text) }) } else { found }
    })
}

/// What says that data is about persons: its sensitivity, or one of its fields, whether encrypted or not.
pub fn about_persons<'t>(data: &Data<'t>) -> Option<Level<'t>> {
    let said = data.sensitivity.filter(|said| said.value == Sensitivity::Personal);
    let as_a_whole = said.map(|said| Level { word: said.value, span: said.span, field: None });
    let by_field = || {
        data.fields.iter().find_map(|field| {
            let span = personal(&field.value)?;
            Some(Level { word: Sensitivity::Personal, span, field: Some(field.name.text) })
        })
    };
    as_a_whole.or_else(by_field)
}

/// The level of each kind of data whose leak would do harm, in the order of the design; `None` for the others.
pub fn sensitive<'t>(case: &Case<'_, 't>) -> Vec<Option<Level<'t>>> {
    let levels = case.model().design.data.iter().map(|entry| level(&entry.value));
    levels.map(|level| level.filter(Level::is_sensitive)).collect()
}

/// The most sensitive of some data, and its place in the list.
pub fn worst<'t>(levels: &[Option<Level<'t>>], among: impl Iterator<Item = u32>) -> Option<(u32, Level<'t>)> {
    let known = among.filter_map(|data| Some((data, (*levels.get(data as usize)?)?)));
    // The first of those that are alike.
    known.fold(None, |worst: Option<(u32, Level<'_>)>, next| match worst {
        Some(worst) if worst.1.word >= next.1.word => Some(worst),
        _ => Some(next),
    })
}

/// The entry of a component.
pub fn component<'m, 't>(case: &Case<'m, 't>, index: u32) -> Option<&'m Entry<'t, Component<'t>>> {
    case.model().design.components.get(index as usize)
}

/// Kind and technology of a component.
pub fn role<'t>(case: &Case<'_, 't>, index: u32) -> Role<'t> {
    case.model().roles.get(index as usize).copied().unwrap_or_default()
}

/// Whether a component is out of the team's reach: a client, or somebody else's system.
pub fn is_outside(case: &Case<'_, '_>, index: u32) -> bool {
    let role = role(case, index);
    role.has("is_client") || role.has("external")
}

/// The data that is kept, or copied, in each component.
pub fn kept_in(case: &Case<'_, '_>, copies: bool) -> Vec<Vec<u32>> {
    let mut kept = vec![Vec::new(); case.design.components.len()];
    for (index, entry) in (0..).zip(&case.design.data) {
        let places = if copies { &entry.value.cached_in } else { &entry.value.stored_in };
        for place in places {
            let found = case.names.find(Space::Component, place.text);
            if let Some(list) = found.and_then(|found| kept.get_mut(found as usize)) {
                list.push(index);
            }
        }
    }
    kept
}

/// What is said of how a component protects what it keeps, and what is on its way to and from it.
pub fn encryption(component: &Component<'_>) -> (Option<bool>, Option<bool>) {
    match component.encryption.as_deref() {
        None => (None, None),
        Some(YesNoOr::Flag(flag)) => (Some(flag.value), Some(flag.value)),
        Some(YesNoOr::Facts(Encryption { at_rest, in_transit, .. })) => {
            (at_rest.map(|flag| flag.value), in_transit.map(|flag| flag.value))
        }
    }
}

/// How data gets from one component to another.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum How {
    /// A step reads it: the caller gets it.
    Reads,
    /// A step writes it: who is called gets it.
    Writes,
    /// A request to an API carries it, on its way to who answers.
    Accepts,
    /// The answer of an API carries it, on its way to who asked.
    Returns,
    /// It was put into a broker, and the caller takes it from there.
    Consumes,
}

/// Data that goes from one component to another in a flow.
#[derive(Clone, Copy, Debug)]
pub struct Handover {
    /// The data.
    pub data: u32,
    /// Who calls.
    pub caller: u32,
    /// Who is called.
    pub called: u32,
    /// Which way it goes.
    pub how: How,
    /// Where the design says so.
    pub span: Span,
    /// The flow.
    pub flow: u32,
}

impl Handover {
    /// Who has it afterwards.
    pub fn receiver(&self) -> u32 {
        match self.how {
            How::Writes | How::Accepts => self.called,
            How::Reads | How::Returns | How::Consumes => self.caller,
        }
    }
}

/// Where a call names who is called.
pub fn called_span(case: &Case<'_, '_>, call: &Call<'_, '_>) -> Span {
    let arrow: Option<&Arrow<'_>> = call.step.others.as_ref();
    let name = case.component_name(call.to);
    let hop = arrow.and_then(|arrow| arrow.hops.iter().find(|hop| hop.to.text == name));
    hop.map(|hop| hop.to.span).or(arrow.map(|arrow| arrow.span)).unwrap_or(call.step.node.span())
}

/// The calls from who starts a flow to who answers its API, in order. Empty when they do not lead there.
pub fn way_in<'c, 'm, 't>(calls: &'c Calls<'m, 't>, handler: u32) -> Vec<&'c Call<'m, 't>> {
    let mut way = Vec::new();
    let Some(mut at) = calls.starter.or(calls.calls.first().map(|call| call.from)) else { return way };
    for call in &calls.calls {
        if call.from == at {
            at = call.to;
            way.push(call);
            if at == handler {
                return way;
            }
        }
    }
    Vec::new()
}

/// Follows all data through all flows: steps that read and write, APIs that accept and return, and brokers, from which
/// others take what was put there.
pub fn handovers(case: &Case<'_, '_>) -> Vec<Handover> {
    let mut found = Vec::new();
    // What each broker carries: something sensitive, because one kind is enough to judge who takes it.
    let mut carried: Vec<Option<(u32, Span)>> = vec![None; case.design.components.len()];
    let levels = sensitive(case);
    let data = |name: &Name<'_>| case.names.find(Space::Data, name.text);
    for ((flow, entry), calls) in (0..).zip(&case.design.flows).zip(case.calls()) {
        for call in &calls.calls {
            let (caller, called) = (call.from, call.to);
            let handover = |data, how, span| Handover { data, caller, called, how, span, flow };
            let reads = call.step.reads.iter().filter(|_| call.is_last);
            found.extend(reads.filter_map(|name| Some(handover(data(name)?, How::Reads, name.span))));
            let from = found.len();
            let writes = call.step.writes.iter();
            found.extend(writes.filter_map(|name| Some(handover(data(name)?, How::Writes, name.span))));
            if !role(case, called).has("buffers") {
                continue;
            }
            let put = found.get(from..).unwrap_or_default();
            let put = worst(&levels, put.iter().map(|put| put.data)).map(|(data, _)| data);
            let span =
                put.and_then(|put| found.iter().skip(from).find(|it| it.data == put)).map(|it| it.span);
            if let (Some(put), Some(span), Some(slot)) = (put, span, carried.get_mut(called as usize)) {
                slot.get_or_insert((put, span));
            }
        }
        let api = entry.value.api.and_then(|api| case.names.find(Space::Api, api.text));
        let api = api.and_then(|api| case.design.apis.get(api as usize));
        let handler = api.and_then(|api| case.names.find(Space::Component, api.value.handled_by?.text));
        let (Some(api), Some(handler)) = (api, handler) else { continue };
        for call in way_in(calls, handler) {
            let (caller, called) = (call.from, call.to);
            let handover = |data, how, span| Handover { data, caller, called, how, span, flow };
            let accepts = api.value.accepts.iter();
            found.extend(accepts.filter_map(|name| Some(handover(data(name)?, How::Accepts, name.span))));
            let returns = api.value.returns.iter();
            found.extend(returns.filter_map(|name| Some(handover(data(name)?, How::Returns, name.span))));
        }
    }
    consumers(case, &carried, &mut found);
    found
}

/// Who takes from brokers what others have put there.
fn consumers(case: &Case<'_, '_>, carried: &[Option<(u32, Span)>], found: &mut Vec<Handover>) {
    if carried.iter().all(Option::is_none) {
        return;
    }
    for ((flow, entry), calls) in (0..).zip(&case.design.flows).zip(case.calls()) {
        let trigger = entry.value.on.and_then(|on| case.names.find(Space::Component, on.text));
        for call in &calls.calls {
            let takes = trigger == Some(call.to) || call.operation() == Some("consume");
            let pushed = carried.get(call.from as usize).copied().flatten();
            let taken = carried.get(call.to as usize).copied().flatten().filter(|_| takes);
            let (caller, called) = (call.from, call.to);
            if let Some((data, span)) = taken {
                found.push(Handover { data, caller, called, how: How::Consumes, span, flow });
            }
            if let Some((data, span)) = pushed {
                found.push(Handover { data, caller, called, how: How::Writes, span, flow });
            }
        }
    }
}

/// A flow in which a client or another system calls an API.
#[derive(Clone, Copy, Debug)]
pub struct Visit {
    /// The flow.
    pub flow: u32,
    /// Who starts it.
    pub starter: u32,
}

/// For each API, the first flow in which somebody from outside calls it.
pub fn visits(case: &Case<'_, '_>) -> Vec<Option<Visit>> {
    let mut visits = vec![None; case.design.apis.len()];
    for ((flow, entry), calls) in (0..).zip(&case.design.flows).zip(case.calls()) {
        let api = entry.value.api.and_then(|api| case.names.find(Space::Api, api.text));
        let starter = calls.starter.filter(|starter| is_outside(case, *starter));
        if let (Some(api), Some(starter)) = (api, starter)
            && let Some(slot) = visits.get_mut(api as usize)
        {
            slot.get_or_insert(Visit { flow, starter });
        }
    }
    visits
}

/// The component that answers an API.
pub fn handler(case: &Case<'_, '_>, api: &Api<'_>) -> Option<u32> {
    case.names.find(Space::Component, api.handled_by?.text)
}

/// Whether callers of an API prove who they are; `None` when nothing is said.
pub fn authenticates(api: &Api<'_>) -> Option<bool> {
    api.auth.map(|auth| auth.value != Auth::None)
}

/// Whether an API says that anybody may call it.
pub fn is_public(api: &Api<'_>) -> bool {
    api.public.is_some_and(|flag| flag.value)
}

/// Whether calls come from another system that was asked to tell of something.
pub fn is_webhook(case: &Case<'_, '_>, api: &Api<'_>, visit: Option<Visit>) -> bool {
    use crate::spec::api::Protocol;
    api.protocol.is_some_and(|protocol| protocol.value == Protocol::Webhook)
        || visit.is_some_and(|visit| role(case, visit.starter).has("external"))
}

/// The method of a request such as `GET /links/{code}`.
pub fn method<'t>(request: &Text<'t>) -> Option<&'t str> {
    const METHODS: [&str; 7] = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];
    request.text.split_whitespace().next().filter(|word| METHODS.contains(word))
}

/// The path of a request and the byte that it begins at: what follows the method, up to the query.
pub fn path<'t>(request: &Text<'t>) -> (&'t str, usize) {
    let text = request.text;
    let begin = text.find('/').unwrap_or(text.len());
    let rest = text.get(begin..).unwrap_or_default();
    let end = rest.find(['?', '#', ' ']).unwrap_or(rest.len());
    (rest.get(..end).unwrap_or_default(), begin)
}

/// First words of paths that are for those who run the system.
const INNER: [&str; 9] = [
    "admin",
    "_admin",
    "administration",
    "actuator",
    "debug",
    "pprof",
    "internal",
    "_internal",
    "management",
];

/// The word in a request's path that says it is for those who run the system, and where it stands.
pub fn inner_word<'t>(request: &Text<'t>) -> Option<(&'t str, Range<usize>)> {
    let (path, begin) = path(request);
    let mut at = begin;
    let segments = path.split('/').map(|segment| {
        let from = at;
        at += segment.len() + 1;
        (segment, from..from + segment.len())
    });
    // Such words stand near the beginning: `/admin`, `/v1/admin`, `/api/v1/admin`.
    segments.take(4).find(|(segment, _)| INNER.contains(segment))
}

/// Something that a caller fills into a request.
#[derive(Clone, Debug)]
pub struct Parameter<'t> {
    /// Its name.
    pub name: &'t str,
    /// Where it stands in the text of the request.
    pub range: Range<usize>,
    /// Whether it is part of the query, and not of the path.
    pub in_query: bool,
}

/// The parameters of a request: `{code}` in its path, `page=` and `{words}` in its query.
pub fn parameters<'t>(request: &Text<'t>) -> Vec<Parameter<'t>> {
    let text = request.text;
    let query = text.find('?').unwrap_or(text.len());
    let mut found = Vec::new();
    let mut add = |range: Range<usize>, in_query| {
        let name = text.get(range.clone()).unwrap_or_default();
        if !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_-.".contains(&byte))
        {
            found.push(Parameter { name, range, in_query });
        }
    };
    for (open, _) in text.match_indices('{') {
        let inner = text.get(open + 1..).unwrap_or_default();
        if let Some(length) = inner.find('}') {
            add(open + 1..open + 1 + length, open > query);
        }
    }
    for (begin, _) in text.match_indices(['?', '&']).filter(|(at, _)| *at >= query) {
        let inner = text.get(begin + 1..).unwrap_or_default();
        if let Some(length) = inner.find(['=', '&']) {
            add(begin + 1..begin + 1 + length, true);
        }
    }
    found
}
