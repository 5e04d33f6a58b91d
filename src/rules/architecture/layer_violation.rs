use super::support;
use crate::diagnostic::Diagnostic;
use crate::model::names::Space;
use crate::rules::Case;
use crate::rules::groups::Groups;
use crate::rules::rule::rule;
use crate::spec::design::ArchitectureStyle;
use crate::spec::group::GroupKind;
use std::collections::{BTreeMap, BTreeSet};

rule! {
    /// A call from a lower layer up into a higher one.
    ///
    /// ## Why
    /// Layers are worth their keep because a layer can be changed, tested and replaced without looking at those above it. One
    /// call upwards ties them together again. Layers are ordered as they are written, from the top down. Messages (`~>`) may
    /// go up: an announcement does not depend on who listens. Where the style is `layered`, which says that each layer calls
    /// only the next, a call that skips a layer is reported too. Buschmann et al., "Pattern-Oriented Software Architecture",
    /// volume 1 (1996), describes the Layers pattern, and relaxed layers as its variant.
    ///
    /// ## Example
    /// ```yaml
    /// components:
    ///   browser: client
    ///   pages: service
    ///   prices: service
    /// groups:
    ///   shown: { kind: layer, contains: pages }
    ///   domain: { kind: layer, contains: prices }
    /// flows:
    ///   see: { steps: ["browser -> pages: GET /"] }
    ///   change: { steps: ["browser -> prices: PUT /prices", "prices -> pages: draw anew"] }
    /// #                                                                ^^^^^ layer-violation
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// components:
    ///   browser: client
    ///   pages: service
    ///   prices: service
    /// groups:
    ///   shown: { kind: layer, contains: pages }
    ///   domain: { kind: layer, contains: prices }
    /// flows:
    ///   see: { steps: ["browser -> pages: GET /", "pages -> prices: what does it cost?"] }
    ///   change: { steps: ["browser -> prices: PUT /prices", "prices ~> pages: a price has changed"] }
    /// ```
    "layer-violation": Warning, Architecture, Recommended, since "0.2.0", check
}

/// A layer: the list that it is one of, and its place there from the top.
type Layer = (Option<u32>, u32);

fn check(case: &Case<'_, '_>, out: &mut Vec<Diagnostic>) {
    let count = case.names.all(Space::Group).len();
    if !case.is_sound || count == 0 {
        return;
    }
    let groups = Groups::new(case.model());
    let is_layer = |group: u32| {
        let kind = groups.get(group).and_then(|entry| entry.value.kind);
        kind.is_some_and(|kind| kind.value == GroupKind::Layer)
    };
    let mut order: BTreeMap<u32, Layer> = BTreeMap::new();
    let mut used: BTreeMap<Option<u32>, u32> = BTreeMap::new();
    for group in (0..).take(count).filter(|group| is_layer(*group)) {
        let outer = groups.around_group(group).first().copied();
        let place = used.entry(outer).or_default();
        order.insert(group, (outer, *place));
        *place += 1;
    }
    if !used.values().any(|layers| *layers > 1) {
        return;
    }
    let layers: Vec<Vec<(u32, Layer)>> = (0..)
        .take(case.roles.len())
        .map(|component| {
            let around = groups.around(component);
            around.into_iter().filter_map(|group| Some((group, *order.get(&group)?))).collect()
        })
        .collect();
    let is_strict = case.design.style.is_some_and(|style| style.value == ArchitectureStyle::Layered);
    let mut told: BTreeSet<(u32, u32)> = BTreeSet::new();
    // What watches the others reaches into all layers, and they do not depend on it.
    let watches = |index: u32| support::role(case, index).has("observes");
    let calls =
        support::first_of_each_pair(case, |found| found.waits && !watches(found.from) && !watches(found.to));
    for call in calls {
        let (Some(from), Some(to)) = (layers.get(call.from as usize), layers.get(call.to as usize)) else {
            continue;
        };
        let pairs = from.iter().flat_map(|lower| to.iter().map(move |upper| (lower, upper)));
        for ((caller_layer, caller), (called_layer, called)) in pairs {
            // A component in two layers of a list is in neither.
            let is_one =
                |all: &[(u32, Layer)]| all.iter().filter(|(_, layer)| layer.0 == caller.0).count() == 1;
            if caller.0 != called.0 || !is_one(from) || !is_one(to) {
                continue;
            }
            let (goes_up, skips) = (called.1 < caller.1, is_strict && called.1 > caller.1 + 1);
            if !(goes_up || skips) || !told.insert((call.from, call.to)) {
                continue;
            }
            let layer = |index: u32| groups.get(index).map_or("", |entry| entry.name.text);
            let name = |index: u32| case.component_name(index);
            let (a, b) = (name(call.from), name(call.to));
            let (lower, upper) = (layer(*caller_layer), layer(*called_layer));
            let (message, help) = match goes_up {
                true => (
                    format!("`{a}` in the layer `{lower}` calls `{b}` in `{upper}` above it"),
                    format!("turn the call around, or announce what happened: `{a} ~> {b}`"),
                ),
                false => (
                    format!(
                        "`{a}` in the layer `{lower}` calls `{b}` in `{upper}`, past the layer in between"
                    ),
                    "go through the layer in between, or choose a `style` with open layers".to_owned(),
                ),
            };
            let span = groups.get(*called_layer).map_or(call.span, |entry| entry.name.span);
            out.push(
                RULE.finding(call.span, message).related(span, format!("the layer of `{b}`")).help(help),
            );
        }
    }
}
