use super::support;
use crate::diagnostic::Diagnostic;
use crate::model::Connection;
use crate::rules::Case;
use crate::rules::rule::rule;
use crate::rules::wording::quoted_list;
use std::collections::BTreeMap;

rule! {
    /// A client that calls three services or more directly, with no gateway before them.
    ///
    /// ## Why
    /// Each of the services must then check by itself who is calling and how often, end the encrypted connection, and keep
    /// its address for ever, because clients that are out there know it. How services are cut becomes part of the contract
    /// with every client. Richardson, "Microservices Patterns" (2018), chapter 8, describes the gateway as the one door.
    ///
    /// ## Example
    /// ```yaml
    /// rules: { missing-api-gateway: warning }
    /// components:
    ///   phone: mobile_app
    /// # ^^^^^ missing-api-gateway
    ///   orders: service
    ///   carts: service
    ///   people: service
    /// flows:
    ///   buy: { steps: ["phone -> carts: GET /cart", "phone -> orders: POST /orders", "phone -> people: GET /me"] }
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// rules: { missing-api-gateway: warning }
    /// components:
    ///   phone: mobile_app
    ///   gateway: api_gateway
    ///   orders: service
    ///   carts: service
    ///   people: service
    /// flows:
    ///   buy:
    ///     steps:
    ///       - phone -> gateway -> carts: GET /cart
    ///       - phone -> gateway -> orders: POST /orders
    ///       - phone -> gateway -> people: GET /me
    /// ```
    ///
    /// ## When to allow it
    /// When clients reach the services through an ingress that the platform brings and that the design leaves out on purpose.
    "missing-api-gateway": Warning, Architecture, Recommended, at Design, since "0.2.0", check
}

/// From how many services on a door before them is worth its keep.
const MANY: usize = 3;

fn check(case: &Case<'_, '_>, out: &mut Vec<Diagnostic>) {
    if !case.is_sound {
        return;
    }
    let direct = support::first_of_each_pair(case, |found| {
        let is_client = support::role(case, found.from).has("is_client");
        found.waits && is_client && support::is_service(&support::role(case, found.to))
    });
    let mut by_client: BTreeMap<u32, Vec<&Connection>> = BTreeMap::new();
    for connection in direct {
        by_client.entry(connection.from).or_default().push(connection);
    }
    for (client, called) in by_client.into_iter().filter(|(_, called)| called.len() >= MANY) {
        let Some(span) = support::defined(case, client) else { continue };
        let names: Vec<&str> = called.iter().map(|connection| case.component_name(connection.to)).collect();
        let client = case.component_name(client);
        let message =
            format!("`{client}` calls {} services directly: {}", names.len(), quoted_list(&names, 4));
        let first = names.first().copied().unwrap_or_default();
        let help = format!("put an API gateway before them: `{client} -> gateway -> {first}: …`");
        let mut finding = RULE.finding(span, message).help(help);
        for connection in called.iter().take(4) {
            let text = format!("`{}` is called here", case.component_name(connection.to));
            finding = finding.related(connection.span, text);
        }
        out.push(finding);
    }
}
