use crate::diagnostic::Diagnostic;
use crate::model::flows::each_step;
use crate::model::names::Space;
use crate::rules::Case;
use crate::rules::rule::rule;

rule! {
    /// A flow that does not say how often it runs, in a design that says so of others.
    ///
    /// ## Why
    /// Load, cost and queueing are sums over all flows. One flow without a rate makes each of them too low
    /// without anybody noticing.
    ///
    /// Nothing is reported while no flow and no API has a rate: a sketch need not have numbers.
    ///
    /// ## Example
    /// ```yaml
    /// components:
    ///   browser: { kind: client }
    ///   app: { kind: service }
    /// flows:
    ///   open: { rate: 100 / s, steps: ["browser -> app: GET /"] }
    ///   sign_up: { steps: ["browser -> app: POST /users"] }
    /// # ^^^^^^^ undefined-rate
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// components:
    ///   browser: { kind: client }
    ///   app: { kind: service }
    /// flows:
    ///   open: { rate: 100 / s, steps: ["browser -> app: GET /"] }
    ///   sign_up: { rate: 2 / minute, steps: ["browser -> app: POST /users"] }
    /// ```
    "undefined-rate": Warning, Model, Recommended, since "0.1.0", check
}

fn check(model: &Case<'_, '_>, out: &mut Vec<Diagnostic>) {
    if !model.is_sound {
        return;
    }
    let apis = &model.design.apis;
    // A flow that a component triggers runs as often as something arrives there.
    let by_trigger = |flow: &crate::spec::flow::Flow<'_>| {
        flow.on.is_some_and(|on| model.names.find(Space::Component, on.text).is_some())
    };
    let has_rate = |flow: &crate::spec::flow::Flow<'_>| {
        let by_api = || {
            let api = apis.get(model.names.find(Space::Api, flow.api?.text)? as usize)?;
            Some(api.value.rate.is_some())
        };
        // A flow that begins at what runs on a schedule runs as often as that does.
        let by_schedule = || {
            let mut first = None;
            each_step(&flow.steps, &mut |step| {
                first = first.or(step.others.as_ref().map(|arrow| arrow.from.text))
            });
            let index = model.names.find(Space::Component, first?)?;
            Some(model.design.components.get(index as usize)?.value.every.is_some())
        };
        flow.rate.is_some()
            || flow.every.is_some()
            || flow.users.is_some()
            || by_trigger(flow)
            || by_api().unwrap_or(false)
            || by_schedule().unwrap_or(false)
    };
    if !model.design.flows.iter().any(|flow| has_rate(&flow.value)) {
        return;
    }
    for flow in model.design.flows.iter().filter(|flow| !has_rate(&flow.value)) {
        let message = format!("the flow `{}` does not say how often it runs", flow.name.text);
        let help = match flow.value.api {
            Some(api) => format!("add `rate:` to the API `{}`, such as `rate: 100 / s`", api.text),
            None => "add `rate: 100 / s`, `every: 1 hour`, or `api:` with an API that has a rate".to_owned(),
        };
        out.push(RULE.finding(flow.name.span, message).help(help));
    }
}
