use super::support;
use crate::diagnostic::Diagnostic;
use crate::model::Connection;
use crate::rules::Case;
use crate::rules::groups::Groups;
use crate::rules::rule::rule;
use crate::rules::wording::quoted_list;
use crate::spec::design::ArchitectureStyle;
use crate::spec::group::GroupKind;
use std::collections::BTreeMap;

rule! {
    /// Services of a microservice architecture that share one datastore.
    ///
    /// ## Why
    /// Microservices are there so that each can be changed and released alone. Services that read each other's tables cannot:
    /// every change of the schema has to be agreed, a slow query of one slows all, and whatever one of them checks before it
    /// writes holds for the others only by luck. Newman, "Building Microservices" (2nd edition, 2021), chapter 2, calls
    /// reaching into the database of another service content coupling, the worst kind; Richardson, "Microservices Patterns"
    /// (2018), chapter 2, gives each service a database of its own.
    ///
    /// Services in one bounded context (a group of the kind `context` or `container`) may share a store.
    ///
    /// ## Example
    /// ```yaml
    /// style: microservices
    /// components:
    ///   browser: client
    ///   gateway: api_gateway
    ///   orders: service
    ///   stock: service
    ///   store: database
    /// # ^^^^^ shared-database
    /// flows:
    ///   buy: { steps: ["browser -> gateway -> orders: POST /orders", "orders -> store: insert the order"] }
    ///   look: { steps: ["browser -> gateway -> stock: GET /stock", "stock -> store: how many?"] }
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// style: microservices
    /// components:
    ///   browser: client
    ///   gateway: api_gateway
    ///   orders: service
    ///   stock: service
    ///   order_store: database
    ///   stock_store: database
    /// flows:
    ///   buy: { steps: ["browser -> gateway -> orders: POST /orders", "orders -> order_store: insert the order"] }
    ///   look: { steps: ["browser -> gateway -> stock: GET /stock", "stock -> stock_store: how many?"] }
    /// ```
    ///
    /// ## When to allow it
    /// While a monolith is being split, until the day on which the store is split too.
    "shared-database": Warning, Architecture, Recommended, since "0.2.0", check
}

fn check(case: &Case<'_, '_>, out: &mut Vec<Diagnostic>) {
    let style = case.design.style.map(|style| style.value);
    if !case.is_sound || style != Some(ArchitectureStyle::Microservices) {
        return;
    }
    let owns = |index: u32| {
        let role = support::role(case, index);
        // What is only a copy, or an index made from the data of others, is not owned.
        support::is_datastore(&role)
            && role.has("durable")
            && !["searches", "analytical"].iter().any(|it| role.has(it))
    };
    let reaches = support::first_of_each_pair(case, |found| {
        owns(found.to) && support::is_service(&support::role(case, found.from))
    });
    let mut users: BTreeMap<u32, Vec<&Connection>> = BTreeMap::new();
    for connection in reaches {
        users.entry(connection.to).or_default().push(connection);
    }
    users.retain(|_, users| users.len() > 1);
    if users.is_empty() {
        return;
    }
    let groups = Groups::new(case.model());
    let context = |component: u32| {
        let is_context = |group: &u32| {
            let kind = groups.get(*group).and_then(|entry| entry.value.kind).map(|kind| kind.value);
            matches!(kind, Some(GroupKind::Context | GroupKind::Container))
        };
        groups.around(component).into_iter().find(is_context)
    };
    for (store, users) in users {
        let contexts: Vec<Option<u32>> = users.iter().map(|user| context(user.from)).collect();
        let first = contexts.first().copied().flatten();
        if first.is_some() && contexts.iter().all(|other| *other == first) {
            continue;
        }
        let Some(span) = support::defined(case, store) else { continue };
        let names: Vec<&str> = users.iter().map(|user| case.component_name(user.from)).collect();
        let name = case.component_name(store);
        let message = format!("the services {} share the datastore `{name}`", quoted_list(&names, 4));
        let owner = names.first().copied().unwrap_or_default();
        let help = format!(
            "let one own it and the others ask or listen (`… -> {owner}`), or give each a store of its own"
        );
        let mut finding = RULE.finding(span, message).help(help);
        for user in users.iter().take(4) {
            let text = format!("`{}` goes to it here", case.component_name(user.from));
            finding = finding.related(user.span, text);
        }
        out.push(finding);
    }
}
