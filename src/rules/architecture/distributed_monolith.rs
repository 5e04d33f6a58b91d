use super::support;
use crate::diagnostic::Diagnostic;
use crate::quantity::format_share;
use crate::rules::Case;
use crate::rules::rule::rule;
use crate::spec::design::ArchitectureStyle;

rule! {
    /// Services that so many others wait for that hardly any of them works alone.
    ///
    /// ## Why
    /// Computed is the share of the other services that a service needs, directly or through others, to answer; the mean over
    /// all services. MacCormack, Rusnak and Baldwin, "Exploring the Structure of Complex Software Designs" (Management
    /// Science 52, 2006), call it the propagation cost. Where services depend on each other in one direction only it cannot
    /// be more than 50%, which is a single chain of all; from 40% on a design has the costs of a network and of a monolith,
    /// and the advantages of neither.
    ///
    /// ## Example
    /// ```yaml
    /// style: microservices
    /// #      ^^^^^^^^^^^^^ distributed-monolith
    /// components:
    ///   browser: client
    ///   pages: service
    ///   orders: service
    ///   stock: service
    ///   prices: service
    ///   taxes: service
    /// flows:
    ///   buy:
    ///     rate: 1 / s
    ///     steps: ["browser -> pages -> orders -> stock -> prices -> taxes: POST /orders"]
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// style: microservices
    /// components:
    ///   browser: client
    ///   pages: service
    ///   orders: service
    ///   events: stream
    ///   stock: service
    ///   prices: service
    ///   taxes: service
    /// flows:
    ///   buy: { rate: 1 / s, steps: ["browser -> pages -> orders: POST /orders", "orders ~> events: an order was placed"] }
    ///   book: { on: events, steps: ["events ~> stock: reserve"] }
    ///   price: { rate: 1 / minute, steps: ["prices -> taxes: rates for today"] }
    /// ```
    "distributed-monolith": Warning, Architecture, Strict, on Reliability, since "0.2.0", check
}

/// Below so many services the share says little.
const FEWEST: usize = 5;
/// Of more services than this, as many are looked at.
const MOST: usize = 100;
/// The share from which on it is reported.
const BOUND: f64 = 0.4;

fn check(case: &Case<'_, '_>, out: &mut Vec<Diagnostic>) {
    let Some(style) = case.design.style.filter(|style| style.value == ArchitectureStyle::Microservices)
    else {
        return;
    };
    let services: Vec<u32> = (0..)
        .zip(&case.roles)
        .filter(|(_, role)| support::is_service(role) && !role.has("external"))
        .map(|(index, _)| index)
        .collect();
    if !case.is_sound || services.len() < FEWEST {
        return;
    }
    let mut next: Vec<Vec<u32>> = vec![Vec::new(); case.roles.len()];
    let is_service = |index: u32| services.binary_search(&index).is_ok();
    // What a flow goes on without is no dependence.
    for call in case.calls().iter().flat_map(|calls| &calls.calls) {
        let is_needed =
            call.waits && !call.is_optional() && call.step.fallback.is_none() && call.from != call.to;
        if is_needed && is_service(call.from) && is_service(call.to) {
            next.get_mut(call.from as usize).into_iter().for_each(|list| list.push(call.to));
        }
    }
    let (mut tried, mut sum, mut worst) = (0_usize, 0_usize, (0_usize, 0_u32));
    for start in services.iter().step_by(services.len().div_ceil(MOST)) {
        let needed = needed(&next, *start);
        tried += 1;
        sum += needed;
        if needed > worst.0 {
            worst = (needed, *start);
        }
    }
    let others = services.len() - 1;
    #[expect(clippy::cast_precision_loss, reason = "there are never so many services")]
    let share = sum as f64 / (tried * others) as f64;
    if share < BOUND {
        return;
    }
    let (most, name) = (worst.0, case.component_name(worst.1));
    let message = format!(
        "a service needs {} of the {others} other services to answer, in the mean; `{name}` needs {most}",
        format_share((share * 100.0).round() / 100.0)
    );
    let help = "let services announce what happened (`~>` into a stream) and keep copies of what they need often, or put those \
                together that cannot work apart";
    let mut finding = RULE.finding(style.span, message).help(help);
    if let Some(span) = support::defined(case, worst.1) {
        finding = finding.related(span, format!("needs {most} other services"));
    }
    out.push(finding);
}

/// How many others are reached from a service.
fn needed(next: &[Vec<u32>], start: u32) -> usize {
    let mut seen = vec![false; next.len()];
    let mut waiting = vec![start];
    let mut count = 0;
    while let Some(at) = waiting.pop() {
        let Some(slot) = seen.get_mut(at as usize).filter(|slot| !**slot) else { continue };
        *slot = true;
        count += 1;
        waiting.extend(next.get(at as usize).into_iter().flatten());
    }
    count - 1
}
