use super::support;
use crate::diagnostic::Diagnostic;
use crate::model::components::Role;
use crate::rules::Case;
use crate::rules::rule::rule;
use crate::spec::component::Exposure;
use std::collections::{HashSet, VecDeque};

rule! {
    /// A client that reaches a datastore with no code of yours in between.
    ///
    /// ## Why
    /// Whatever runs on the user's side can be changed by the user, so the credentials of the store are public, and so is
    /// every row that they open. Nothing checks what is written, and the schema can never change again without breaking
    /// clients that are out there. A load balancer or proxy in between changes nothing about that: it passes on what it does
    /// not understand. OWASP's Top 10 (2021) calls it broken access control, A01.
    ///
    /// ## Example
    /// ```yaml
    /// components:
    ///   app: mobile_app
    ///   orders: { kind: database, tech: postgresql }
    /// flows:
    ///   order: { steps: ["app -> orders: insert the order"] }
    /// #                          ^^^^^^ client-calls-datastore
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// components:
    ///   app: mobile_app
    ///   shop: service
    ///   orders: { kind: database, tech: postgresql }
    /// flows:
    ///   order: { steps: ["app -> shop: POST /orders", "shop -> orders: insert the order"] }
    /// ```
    ///
    /// ## Known false positives
    /// A store that is made to be called by clients, with rules for every record (Firestore, Supabase). Say `exposure: public`
    /// of it, and allow `datastore-exposed`, which speaks of such stores instead. Stores for analysis are not reported, because people query them by hand; nor is anything where no component runs
    /// code, so that a plain `client` stands for the program.
    "client-calls-datastore": Warning, Architecture, Recommended, on Security, since "0.2.0", check
}

/// What forwards and yet does more than that: it knows who calls, or keeps connections and speaks for them.
const HANDLES: &[&str] = &["authenticates", "keeps_connections"];

fn check(case: &Case<'_, '_>, out: &mut Vec<Diagnostic>) {
    if !case.is_sound {
        return;
    }
    let next = support::outgoing(case);
    // Where nothing runs code, a client without an interface stands for the program: the design studies a store.
    let has_code = case.roles.iter().any(|role| role.has("runs_code"));
    let is_caller = |role: &Role<'_>| role.has("is_client") && (has_code || role.has("speaks_http"));
    let clients = (0..).zip(&case.roles).filter(|(_, role)| is_caller(role)).map(|(index, _)| index);
    let mut waiting: VecDeque<(u32, u32)> = clients.map(|client| (client, client)).collect();
    let mut passed: HashSet<u32> = HashSet::new();
    let mut told: HashSet<(u32, u32)> = HashSet::new();
    while let Some((at, client)) = waiting.pop_front() {
        for connection in next.get(at as usize).into_iter().flatten() {
            let to = connection.to;
            let role = support::role(case, to);
            if support::is_datastore(&role) && !role.has("analytical") {
                let exposure = support::component(case, to).and_then(|component| component.exposure);
                let is_meant = exposure.is_some_and(|exposure| exposure.value == Exposure::Public);
                if is_meant || !told.insert((at, to)) {
                    continue;
                }
                let names = (case.component_name(client), case.component_name(to));
                let message = match at == client {
                    true => format!("the client `{}` reaches the datastore `{}` directly", names.0, names.1),
                    false => format!(
                        "the client `{}` reaches the datastore `{}` through `{}`, with no code in between",
                        names.0,
                        names.1,
                        case.component_name(at)
                    ),
                };
                let help = format!(
                    "put a service in between, which checks who may do what: `… -> service -> {}: …`",
                    names.1
                );
                out.push(RULE.finding(connection.span, message).help(help));
            } else if support::forwards(&role)
                && !HANDLES.iter().any(|word| role.has(word))
                && passed.insert(to)
            {
                waiting.push_back((to, client));
            }
        }
    }
}
