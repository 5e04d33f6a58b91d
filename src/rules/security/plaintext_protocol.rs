use super::support::{component, encryption, handler, is_outside, way_in};
use crate::diagnostic::Diagnostic;
use crate::model::names::Space;
use crate::rules::Case;
use crate::rules::rule::rule;
use crate::spec::api::Protocol;
use std::collections::HashSet;

rule! {
    /// Plain HTTP between the system and the outside.
    ///
    /// ## Why
    /// Whoever is on the way reads and changes what passes, also when there is nothing secret in it: a script is added, a
    /// download is exchanged, a cookie is taken along. Browsers mark such pages as not secure, and HSTS exists to forbid
    /// them (RFC 6797; RFC 9325; CWE-319). Where `in_transit` is said of either end, nothing is reported.
    ///
    /// ## Example
    /// ```yaml
    /// rules: { profile: recommended, stage: sketch, plaintext-protocol: warning }
    /// components:
    ///   browser: { kind: client }
    ///   app: { kind: service }
    /// flows:
    ///   open:
    ///     steps:
    ///       - { browser -> app: GET /, protocol: http }
    /// #                                          ^^^^ plaintext-protocol
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// rules: { profile: recommended, stage: sketch, plaintext-protocol: warning }
    /// components:
    ///   browser: { kind: client }
    ///   app: { kind: service }
    /// flows:
    ///   open:
    ///     steps:
    ///       - { browser -> app: GET /, protocol: https }
    /// ```
    "plaintext-protocol": Warning, Security, Recommended, at Design, since "0.2.0", check
}

fn check(case: &Case<'_, '_>, out: &mut Vec<Diagnostic>) {
    if !case.is_sound {
        return;
    }
    let says = |index: u32| component(case, index).and_then(|it| encryption(&it.value).1) == Some(true);
    let mut seen = HashSet::new();
    for (entry, calls) in case.design.flows.iter().zip(case.calls()) {
        let api = entry.value.api.and_then(|api| case.names.find(Space::Api, api.text));
        let api = api.and_then(|api| case.design.apis.get(api as usize));
        let way = api.and_then(|api| handler(case, &api.value)).map(|handler| way_in(calls, handler));
        let by_api = api.and_then(|api| api.value.protocol);
        for call in &calls.calls {
            let of_api = way.as_ref().is_some_and(|way| way.iter().any(|way| std::ptr::eq(*way, call)));
            let protocol = call.step.protocol.or(by_api.filter(|_| of_api));
            let Some(protocol) = protocol.filter(|protocol| protocol.value == Protocol::Http) else {
                continue;
            };
            if is_outside(case, call.from) == is_outside(case, call.to) || says(call.from) || says(call.to) {
                continue;
            }
            if !seen.insert(protocol.span.range().start) {
                continue;
            }
            let (from, to) = (case.component_name(call.from), case.component_name(call.to));
            out.push(
                RULE.finding(
                    protocol.span,
                    format!(
                        "`{from}` and `{to}` talk in plain HTTP, which all on the way can read and change"
                    ),
                )
                .help("write `protocol: https`"),
            );
        }
    }
}
