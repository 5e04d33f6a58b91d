use super::support::{authenticates, is_webhook, visits};
use crate::diagnostic::Diagnostic;
use crate::rules::Case;
use crate::rules::rule::rule;

rule! {
    /// A webhook that does not check who calls it.
    ///
    /// ## Why
    /// Its address is known to others, and a forged message says that an order was paid. The sender signs each message, with a
    /// time in it against replays, and the receiver checks that before it believes anything (RFC 2104 for HMAC; Stripe and
    /// GitHub document it for theirs; CWE-345, insufficient verification of data authenticity).
    ///
    /// ## Example
    /// ```yaml
    /// rules: { profile: recommended, stage: sketch, webhook-unverified: warning }
    /// components:
    ///   bank: { kind: external_system }
    ///   shop: { kind: service }
    /// apis:
    ///   paid: { request: POST /hooks/bank, protocol: webhook, handled_by: shop }
    /// # ^^^^ webhook-unverified
    /// flows:
    ///   paid: { api: paid, steps: ["bank -> shop: the order is paid"] }
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// rules: { profile: recommended, stage: sketch, webhook-unverified: warning }
    /// components:
    ///   bank: { kind: external_system }
    ///   shop: { kind: service }
    /// apis:
    ///   paid: { request: POST /hooks/bank, protocol: webhook, handled_by: shop, auth: hmac }
    /// flows:
    ///   paid: { api: paid, steps: ["bank -> shop: the order is paid"] }
    /// ```
    "webhook-unverified": Warning, Security, Recommended, at Design, since "0.2.0", check
}

fn check(case: &Case<'_, '_>, out: &mut Vec<Diagnostic>) {
    if !case.is_sound {
        return;
    }
    for (entry, visit) in case.design.apis.iter().zip(visits(case)) {
        let api = &entry.value;
        if authenticates(api) == Some(true) || !is_webhook(case, api, visit) {
            continue;
        }
        let name = entry.name.text;
        let caller = visit.map(|visit| format!("`{}`", case.component_name(visit.starter)));
        let caller = caller.unwrap_or_else(|| "the sender".to_owned());
        let at = api.auth.map_or(entry.name.span, |auth| auth.span);
        out.push(
            RULE.finding(at, format!("`{name}` believes whoever calls it, and not only {caller}"))
                .help("check a signature over each message and its time (`auth: hmac`), or client certificates (`auth: mtls`)"),
        );
    }
}
