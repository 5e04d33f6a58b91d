use crate::diagnostic::Diagnostic;
use crate::model::names::Space;
use crate::model::{Model, Via};
use crate::rules::rule::rule;

rule! {
    /// A component that no flow, client, schedule or outside system ever reaches.
    ///
    /// ## Why
    /// It is connected, but nothing starts a request that gets to it, so it has no load and no purpose: the
    /// flow that begins the chain is missing.
    ///
    /// ## Example
    /// ```yaml
    /// components:
    ///   browser: { kind: client }
    ///   app: { kind: service }
    ///   indexer: { kind: worker, uses: search }
    /// # ^^^^^^^ unreachable-component
    ///   search: { kind: search_index }
    /// # ^^^^^^ unreachable-component
    /// flows:
    ///   open: { rate: 10 / s, steps: ["browser -> app: GET /"] }
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// components:
    ///   browser: { kind: client }
    ///   app: { kind: service }
    ///   indexer: { kind: worker, uses: search }
    ///   search: { kind: search_index }
    /// flows:
    ///   open: { rate: 10 / s, steps: ["browser -> app: GET /", "app ~> indexer: page changed"] }
    /// ```
    ///
    /// ## Known false positives
    /// A component that acts of its own accord. Say so with `every:`, or with a kind that starts on a schedule.
    "unreachable-component": Warning, Model, Recommended, since "0.1.0", check
}

fn check(model: &Model<'_>, out: &mut Vec<Diagnostic>) {
    if !model.is_sound {
        return;
    }
    let has_flow = model.connections.iter().any(|connection| connection.via != Via::Use);
    if !has_flow {
        return;
    }
    let count = model.names.all(Space::Component).len();
    let mut next: Vec<Vec<u32>> = vec![Vec::new(); count];
    let mut connected = vec![false; count];
    let mut reached = vec![false; count];
    let mut waiting: Vec<u32> = Vec::new();
    for connection in &model.connections {
        for end in [connection.from, connection.to] {
            if let Some(slot) = connected.get_mut(end as usize) {
                *slot = true;
            }
            // Whatever a flow passes through is reached by what triggers the flow.
            if connection.via != Via::Use {
                waiting.push(end);
            }
        }
        if let Some(list) = next.get_mut(connection.from as usize) {
            list.push(connection.to);
        }
    }
    for (index, (role, component)) in (0..).zip(model.roles.iter().zip(&model.design.components)) {
        let starts =
            ["is_client", "external", "starts_on_schedule", "observes"].iter().any(|wanted| role.has(wanted));
        if starts || component.value.every.is_some() {
            waiting.push(index);
        }
    }
    while let Some(at) = waiting.pop() {
        let Some(slot) = reached.get_mut(at as usize).filter(|slot| !**slot) else { continue };
        *slot = true;
        waiting.extend(next.get(at as usize).into_iter().flatten());
    }
    let components = connected.iter().zip(&reached).zip(model.names.all(Space::Component));
    for ((connected, reached), name) in components {
        if *connected && !reached {
            let message = format!("no flow ever reaches `{}`", name.text);
            out.push(
                RULE.finding(name.span, message)
                    .help("write the flow that begins the chain, or say `every:`"),
            );
        }
    }
}
