use super::support::{
    How, authenticates, called_span, component, encryption, handler, is_outside, role, sensitive, way_in,
};
use crate::diagnostic::Diagnostic;
use crate::estimate::calls::Call;
use crate::model::names::Space;
use crate::rules::Case;
use crate::rules::rule::rule;
use crate::spec::api::{Api, Protocol};
use std::collections::BTreeMap;

rule! {
    /// Credentials or sensitive data on the way from or to the outside, without encryption being said.
    ///
    /// ## Why
    /// Whoever owns a network on the way reads and changes what passes: the session, the password, the address. Outside the
    /// team's own network there is no reason left to do without TLS (RFC 9325; OWASP ASVS 4.0, V9.1; CWE-319, cleartext
    /// transmission of sensitive information; GDPR Article 32(1)(a)).
    ///
    /// ## Example
    /// ```yaml
    /// rules: { profile: recommended, stage: sketch, unencrypted-in-transit: warning }
    /// components:
    ///   browser: { kind: client }
    ///   app: { kind: service }
    /// apis:
    ///   see_orders: { request: GET /orders, handled_by: app, auth: session }
    /// flows:
    ///   see_orders: { api: see_orders, steps: ["browser -> app: GET /orders"] }
    /// #                                                    ^^^ unencrypted-in-transit
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// rules: { profile: recommended, stage: sketch, unencrypted-in-transit: warning }
    /// components:
    ///   browser: { kind: client }
    ///   app: { kind: service, encryption: { in_transit: true } }
    /// apis:
    ///   see_orders: { request: GET /orders, handled_by: app, auth: session }
    /// flows:
    ///   see_orders: { api: see_orders, steps: ["browser -> app: GET /orders"] }
    /// ```
    "unencrypted-in-transit": Warning, Security, Recommended, at Design, since "0.2.0", check
}

/// Whether a protocol is always encrypted.
fn encrypts(protocol: Protocol) -> bool {
    matches!(protocol, Protocol::Https | Protocol::Http3 | Protocol::Webrtc)
}

/// Whether something says that a call is encrypted: its protocol, or what is said of either end.
fn is_encrypted(case: &Case<'_, '_>, call: &Call<'_, '_>, api: Option<&Api<'_>>) -> bool {
    let by_step = call.step.protocol.is_some_and(|protocol| encrypts(protocol.value));
    let by_api = api.and_then(|api| api.protocol).is_some_and(|protocol| encrypts(protocol.value));
    // Mutual TLS authenticates by what encrypts.
    let by_auth = api.and_then(|api| api.auth).is_some_and(|auth| auth.value == crate::spec::api::Auth::Mtls);
    let says = |index: u32| component(case, index).and_then(|it| encryption(&it.value).1) == Some(true);
    by_step || by_api || by_auth || says(call.from) || says(call.to)
}

/// Whether a component only looks at what passes, so that the encrypted connection ends behind it.
fn passes_on(case: &Case<'_, '_>, index: u32) -> bool {
    let role = role(case, index);
    (role.has("filters") || role.has("names_things")) && !role.has("terminates_tls")
}

fn check(case: &Case<'_, '_>, out: &mut Vec<Diagnostic>) {
    if !case.is_sound {
        return;
    }
    let levels = sensitive(case);
    // By who is called, so that one component is one finding.
    let mut found: BTreeMap<(u32, u32), Diagnostic> = BTreeMap::new();
    let mut data_on: BTreeMap<(u32, u32), (u32, crate::source::Span)> = BTreeMap::new();
    for handover in case.handovers() {
        let is_known = levels.get(handover.data as usize).is_some_and(Option::is_some);
        // What is consumed from a broker goes the same way as what was put into it.
        if is_known && handover.how != How::Consumes {
            data_on.entry((handover.caller, handover.called)).or_insert((handover.data, handover.span));
        }
    }
    for (entry, calls) in case.design.flows.iter().zip(case.calls()) {
        let api = entry.value.api.and_then(|api| case.names.find(Space::Api, api.text));
        let api = api.and_then(|api| case.design.apis.get(api as usize));
        let handler = api.and_then(|api| handler(case, &api.value));
        let way = handler.map(|handler| way_in(calls, handler)).unwrap_or_default();
        let has_credentials = api.is_some_and(|api| authenticates(&api.value) == Some(true));
        for call in &calls.calls {
            if !is_outside(case, call.from) && !is_outside(case, call.to) {
                continue;
            }
            // A person at a machine, or two systems of others, are not on the team's side; and how one may call the system
            // of somebody else is up to them.
            let is_theirs = role(case, call.to).has("external");
            if is_theirs || (is_outside(case, call.from) && is_outside(case, call.to)) {
                continue;
            }
            let of_api = way.iter().any(|way| std::ptr::eq(*way, call));
            let api = api.map(|api| &api.value).filter(|_| of_api);
            let end = if passes_on(case, call.to) {
                calls.calls.iter().find(|next| next.from == call.to).unwrap_or(call)
            } else {
                call
            };
            // Plain HTTP has a rule of its own.
            let protocol = call.step.protocol.or(api.and_then(|api| api.protocol));
            let is_plain = protocol.is_some_and(|protocol| protocol.value == Protocol::Http);
            if is_plain || is_encrypted(case, call, api) || is_encrypted(case, end, api) {
                continue;
            }
            let (from, to) = (case.component_name(call.from), case.component_name(call.to));
            let data = data_on.get(&(call.from, call.to)).copied();
            let what = match data {
                Some((data, _)) => {
                    let level = levels.get(data as usize).copied().flatten();
                    let name = case.design.data.get(data as usize).map_or("", |data| data.name.text);
                    level.map_or_else(|| format!("`{name}`"), |level| level.shown(name))
                }
                None if of_api && has_credentials => "what proves who calls".to_owned(),
                None => continue,
            };
            found.entry((call.from, call.to)).or_insert_with(|| {
                let message =
                    format!("{what} goes between `{from}` and `{to}`, and nothing says it is encrypted");
                let place = if is_outside(case, end.to) { end.from } else { end.to };
                let mut finding = RULE.finding(called_span(case, call), message).help(format!(
                    "write `encryption: {{ in_transit: true }}` on `{}`, or `protocol: https` on the step",
                    case.component_name(place)
                ));
                if let Some((_, span)) = data {
                    finding = finding.related(span, "the data");
                } else if let Some(auth) = api.and_then(|api| api.auth) {
                    finding = finding.related(auth.span, "callers prove who they are");
                }
                finding
            });
        }
    }
    out.extend(found.into_values());
}
