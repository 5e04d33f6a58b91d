use super::support;
use crate::diagnostic::Diagnostic;
use crate::model::Via;
use crate::model::names::Space;
use crate::rules::Case;
use crate::rules::rule::rule;
use crate::spec::design::ArchitectureStyle;
use std::collections::{BTreeMap, BTreeSet};

rule! {
    /// One service that answers most APIs and takes part in most flows, in a design of many services.
    ///
    /// ## Why
    /// The work was split over services, and then nearly all of it was given to one of them. Every team changes that one,
    /// every release waits for it, and its failures are failures of everything. Suryanarayana, Samarthyam and Sharma,
    /// "Refactoring for Software Design Smells" (2014), chapter 5, calls it an insufficient modularization.
    ///
    /// Reported is a service that answers at least three in four of six APIs or more, and takes part in three in four flows,
    /// where there are three other services.
    ///
    /// ## Example
    /// ```yaml
    /// style: microservices
    /// components:
    ///   browser: client
    ///   shop: service
    /// # ^^^^ god-component
    ///   mail: service
    ///   taxes: service
    ///   stock: service
    /// apis:
    ///   orders: { request: POST /orders, handled_by: shop }
    ///   carts: { request: "PUT /carts/{id}", handled_by: shop }
    ///   people: { request: POST /people, handled_by: shop }
    ///   products: { request: "GET /products/{id}", handled_by: shop }
    ///   prices: { request: "PUT /prices/{id}", handled_by: shop }
    ///   returns: { request: POST /returns, handled_by: shop }
    /// flows:
    ///   buy: { api: orders, steps: ["browser -> shop: POST /orders", "shop -> stock: reserve", "shop -> taxes: how much?"] }
    ///   collect: { api: carts, steps: ["browser -> shop: PUT /carts/{id}"] }
    ///   register: { api: people, steps: ["browser -> shop: POST /people", "shop -> mail: welcome"] }
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// style: microservices
    /// components:
    ///   browser: client
    ///   orders: service
    ///   carts: service
    ///   people: service
    ///   stock: service
    /// flows:
    ///   buy: { steps: ["browser -> orders: POST /orders", "orders -> stock: reserve"] }
    ///   collect: { steps: ["browser -> carts: PUT /carts/{id}"] }
    ///   register: { steps: ["browser -> people: POST /people"] }
    /// ```
    "god-component": Warning, Architecture, Strict, since "0.2.0", check
}

const FEWEST_APIS: usize = 6;
const FEWEST_FLOWS: usize = 3;
const FEWEST_OTHERS: usize = 3;

fn check(case: &Case<'_, '_>, out: &mut Vec<Diagnostic>) {
    const OF_MANY: &[ArchitectureStyle] = &[
        ArchitectureStyle::Microservices,
        ArchitectureStyle::ServiceOriented,
        ArchitectureStyle::EventDriven,
        ArchitectureStyle::Serverless,
    ];
    let of_many = case.design.style.is_some_and(|style| OF_MANY.contains(&style.value));
    let (apis, flows) = (&case.design.apis, case.design.flows.len());
    if !case.is_sound || !of_many || apis.len() < FEWEST_APIS || flows < FEWEST_FLOWS {
        return;
    }
    let services = case.roles.iter().filter(|role| support::is_service(role)).count();
    if services <= FEWEST_OTHERS {
        return;
    }
    let mut answers: BTreeMap<u32, usize> = BTreeMap::new();
    for api in apis {
        let handler = api.value.handled_by.and_then(|name| case.names.find(Space::Component, name.text));
        handler.into_iter().for_each(|handler| *answers.entry(handler).or_default() += 1);
    }
    let is_most = |part: usize, all: usize| part * 4 >= all * 3;
    for (index, answered) in answers {
        if !is_most(answered, apis.len()) || !support::is_service(&support::role(case, index)) {
            continue;
        }
        let takes_part: BTreeSet<u32> = case
            .connections
            .iter()
            .filter(|connection| connection.from == index || connection.to == index)
            .filter_map(|connection| match connection.via {
                Via::Flow(flow) => Some(flow),
                Via::Use => None,
            })
            .collect();
        if !is_most(takes_part.len(), flows) {
            continue;
        }
        let Some(span) = support::defined(case, index) else { continue };
        let message = format!(
            "`{}` answers {answered} of {} APIs and takes part in {} of {flows} flows",
            case.component_name(index),
            apis.len(),
            takes_part.len()
        );
        let help = "give what changes for different reasons to services of its own, or choose the style of a monolith";
        out.push(RULE.finding(span, message).help(help));
    }
}
