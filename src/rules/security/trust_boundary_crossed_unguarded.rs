use super::support::{authenticates, called_span, is_outside, role};
use crate::diagnostic::Diagnostic;
use crate::model::groups::each_group;
use crate::model::names::Space;
use crate::rules::Case;
use crate::rules::rule::rule;
use crate::spec::group::{Group, GroupKind};
use crate::spec::values::Entry;
use std::collections::{HashMap, HashSet};

rule! {
    /// A call from outside into a trust boundary where nothing checks it.
    ///
    /// ## Why
    /// A trust boundary is the line at which data and requests change from untrusted to trusted, so that each must be checked
    /// there (Shostack, *Threat Modeling: Designing for Security*, chapter 2; CWE-501). A call that enters at a component
    /// which neither filters nor asks who calls makes the line a drawing only.
    ///
    /// ## Example
    /// ```yaml
    /// rules: { profile: recommended, stage: sketch, trust-boundary-crossed-unguarded: warning }
    /// components:
    ///   browser: { kind: client }
    ///   app: { kind: service }
    ///   links: { kind: database }
    /// groups:
    ///   inside: { kind: boundary, contains: [app, links] }
    /// flows:
    ///   open: { steps: ["browser -> app: GET /", "app -> links: select"] }
    /// #                             ^^^ trust-boundary-crossed-unguarded
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// rules: { profile: recommended, stage: sketch, trust-boundary-crossed-unguarded: warning }
    /// components:
    ///   browser: { kind: client }
    ///   gateway: { kind: api_gateway }
    ///   app: { kind: service }
    ///   links: { kind: database }
    /// groups:
    ///   inside: { kind: boundary, contains: [gateway, app, links] }
    /// flows:
    ///   open: { steps: ["browser -> gateway -> app: GET /", "app -> links: select"] }
    /// ```
    ///
    /// ## Known false positives
    /// A service that checks by itself. Say so with `auth:` on the API that the flow names.
    "trust-boundary-crossed-unguarded": Warning, Security, Recommended, at Design, since "0.2.0", check
}

/// What makes a component a place at which requests are checked, or at which they are meant to arrive.
const GUARDS: [&str; 6] =
    ["filters", "authenticates", "terminates_tls", "serves_content", "names_things", "keeps_connections"];

/// How many memberships are followed: groups within groups within boundaries multiply.
const MOST_STEPS: usize = 200_000;

/// The boundaries that components are in, each by its place among all groups.
fn boundaries<'m, 't>(case: &Case<'m, 't>) -> Vec<Vec<&'m Entry<'t, Group<'t>>>> {
    let mut inside = vec![Vec::new(); case.design.components.len()];
    let mut groups: HashMap<&str, &Entry<'t, Group<'t>>> = HashMap::new();
    let mut lines = Vec::new();
    each_group(&case.model().design.groups, &mut |group| {
        groups.insert(group.name.text, group);
        if group.value.kind.is_some_and(|kind| kind.value == GroupKind::Boundary) {
            lines.push(group);
        }
    });
    let mut steps = 0;
    for line in lines {
        let mut waiting = vec![line];
        let mut seen = HashSet::from([line.name.text]);
        while let Some(group) = waiting.pop() {
            for member in &group.value.contains {
                steps += 1;
                if let Some(index) = case.names.find(Space::Component, member.text) {
                    if let Some(list) = inside.get_mut(index as usize) {
                        list.push(line);
                    }
                } else if let Some(inner) = groups.get(member.text).filter(|_| seen.insert(member.text)) {
                    waiting.push(inner);
                }
            }
            waiting.extend(group.value.groups.iter().filter(|inner| seen.insert(inner.name.text)));
            steps += group.value.groups.len();
        }
        if steps > MOST_STEPS {
            break;
        }
    }
    inside
}

fn check(case: &Case<'_, '_>, out: &mut Vec<Diagnostic>) {
    if !case.is_sound || case.design.groups.is_empty() {
        return;
    }
    let inside = boundaries(case);
    if inside.iter().all(Vec::is_empty) {
        return;
    }
    let none = Vec::new();
    let lines_of = |index: u32| inside.get(index as usize).unwrap_or(&none);
    let mut seen = HashSet::new();
    for (entry, calls) in case.design.flows.iter().zip(case.calls()) {
        let api = entry.value.api.and_then(|api| case.names.find(Space::Api, api.text));
        let api = api.and_then(|api| case.design.apis.get(api as usize));
        if api.is_some_and(|api| authenticates(&api.value) == Some(true)) {
            continue;
        }
        for call in calls.calls.iter().filter(|call| is_outside(case, call.from)) {
            let role = role(case, call.to);
            // Whoever reaches into a store has made a mistake of another kind.
            let is_store = role.has("holds_state") && !role.has("faces_clients");
            if is_store || is_outside(case, call.to) || GUARDS.iter().any(|wanted| role.has(wanted)) {
                continue;
            }
            let crossed = lines_of(call.to)
                .iter()
                .find(|line| !lines_of(call.from).iter().any(|it| std::ptr::eq(*it, **line)));
            let Some(line) = crossed.filter(|_| seen.insert(call.to)) else { continue };
            let (from, to, line_name) =
                (case.component_name(call.from), case.component_name(call.to), line.name.text);
            let mut finding = RULE
                .finding(
                    called_span(case, call),
                    format!("`{from}` enters `{line_name}` at `{to}`, and nothing checks it there"),
                )
                .related(line.name.span, "the boundary")
                .help(format!(
                    "let a gateway or firewall inside `{line_name}` take the call first, or give the flow an API with `auth:`"
                ));
            if let Some(api) = api {
                finding = finding.related(api.name.span, "this API does not ask who calls");
            }
            out.push(finding);
        }
    }
}
