use crate::diagnostic::Diagnostic;
use crate::model::components::Role;
use crate::model::names::Space;
use crate::model::{Model, Via};
use crate::rules::Case;
use crate::rules::rule::rule;

rule! {
    /// A component that no flow, client, schedule or outside system ever reaches.
    ///
    /// ## Why
    /// It is connected, but nothing starts a request that gets to it, so it has no load and no purpose: the
    /// flow that begins the chain is missing. Only the beginning of such a chain is reported.
    ///
    /// ## Example
    /// ```yaml
    /// components:
    ///   browser: { kind: client }
    ///   app: { kind: service }
    ///   indexer: { kind: worker, uses: search }
    /// # ^^^^^^^ unreachable-component
    ///   search: { kind: search_index }
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

fn check(model: &Case<'_, '_>, out: &mut Vec<Diagnostic>) {
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
        // Who takes from a queue or log is reached by what was put there.
        let gives = |role: &Role<'_>| role.has("buffers") || role.has("keeps_log");
        if model.roles.get(connection.to as usize).is_some_and(gives)
            && let Some(list) = next.get_mut(connection.to as usize)
        {
            list.push(connection.from);
        }
    }
    waiting.extend((0..).take(count).filter(|index| model.starts_by_itself(*index)));
    while let Some(at) = waiting.pop() {
        let Some(slot) = reached.get_mut(at as usize).filter(|slot| !**slot) else { continue };
        *slot = true;
        waiting.extend(next.get(at as usize).into_iter().flatten());
    }
    let left: Vec<bool> =
        connected.iter().zip(&reached).map(|(connected, reached)| *connected && !reached).collect();
    report(model, &next, left, out);
}

/// Reports what begins a chain that nothing reaches; what lies behind it follows. In a ring, the first begins.
fn report(model: &Model<'_>, next: &[Vec<u32>], mut left: Vec<bool>, out: &mut Vec<Diagnostic>) {
    let is_left = |left: &[bool], index: u32| left.get(index as usize).copied().unwrap_or(false);
    let mut led_to = vec![false; left.len()];
    for (from, list) in (0..).zip(next).filter(|(from, _)| is_left(&left, *from)) {
        for to in list.iter().filter(|to| **to != from) {
            if let Some(slot) = led_to.get_mut(*to as usize) {
                *slot = true;
            }
        }
    }
    let all = (0..).zip(&led_to).filter(|(index, _)| is_left(&left, *index));
    let (heads, rest): (Vec<_>, Vec<_>) = all.partition(|(_, led_to)| !**led_to);
    for (head, _) in heads.into_iter().chain(rest) {
        if !is_left(&left, head) {
            continue;
        }
        let mut behind = Vec::new();
        let mut waiting = vec![head];
        while let Some(at) = waiting.pop() {
            let Some(slot) = left.get_mut(at as usize).filter(|slot| **slot) else { continue };
            *slot = false;
            behind.push(at);
            waiting.extend(next.get(at as usize).into_iter().flatten());
        }
        behind.sort_unstable();
        let names = model.names.all(Space::Component);
        let Some(name) = names.get(head as usize) else { continue };
        let acts = ["starts_on_schedule", "runs_code", "processes_batches", "observes"];
        let role = model.roles.get(head as usize).copied().unwrap_or_default();
        let help = match acts.iter().any(|wanted| role.has(wanted)) {
            true => format!(
                "draw the step that gets there (`… -> {}: text`), or say `every:` if it starts by itself",
                name.text
            ),
            false => format!("draw the step that gets there (`… -> {}: text`)", name.text),
        };
        let mut finding = RULE.finding(name.span, format!("no flow ever reaches `{}`", name.text)).help(help);
        for other in behind.iter().filter(|other| **other != head) {
            if let Some(other) = names.get(*other as usize) {
                finding = finding.related(other.span, format!("reached only by way of `{}`", name.text));
            }
        }
        out.push(finding);
    }
}
