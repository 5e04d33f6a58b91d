use super::support;
use crate::diagnostic::Diagnostic;
use crate::rules::Case;
use crate::rules::groups::Groups;
use crate::rules::rule::rule;
use crate::spec::design::ArchitectureStyle;
use crate::spec::group::GroupKind;

rule! {
    /// A monolith whose programs call each other over the network.
    ///
    /// ## Why
    /// A monolith is one deployable: its parts call each other in memory, in one transaction, and fail together. Two services
    /// that call each other are none of that, so either the style is not what is built, or modules of one program have been
    /// drawn as components, and then latency, availability and cost all count a network that is not there. Newman,
    /// "Monolith to Microservices" (2019), chapter 1, tells the kinds of monoliths apart.
    ///
    /// ## Example
    /// ```yaml
    /// style: modular-monolith
    /// #      ^^^^^^^^^^^^^^^^ monolith-with-network-calls
    /// components:
    ///   browser: client
    ///   shop: service
    ///   stock: service
    /// flows:
    ///   buy: { steps: ["browser -> shop: POST /orders", "shop -> stock: reserve"] }
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// style: modular-monolith
    /// components:
    ///   browser: client
    ///   shop:
    ///     kind: service
    ///     modules:
    ///       Orders: { methods: [place(order)], uses: Stock }
    ///       Stock: { methods: [reserve(items)] }
    /// flows:
    ///   buy: { steps: ["browser -> shop: POST /orders"] }
    /// ```
    ///
    /// ## Known false positives
    /// Programs that are deployed together: put them into one group of the kind `container`.
    "monolith-with-network-calls": Warning, Architecture, Recommended, since "0.2.0", check
}

fn check(case: &Case<'_, '_>, out: &mut Vec<Diagnostic>) {
    const ONE: &[ArchitectureStyle] = &[ArchitectureStyle::Monolith, ArchitectureStyle::ModularMonolith];
    let Some(style) = case.design.style.filter(|style| ONE.contains(&style.value)) else { return };
    if !case.is_sound {
        return;
    }
    // A function that a provider runs is a helper of the monolith, and no part of it.
    let is_part = |index: u32| {
        let role = support::role(case, index);
        support::is_service(&role) && !role.has("elastic") && !role.has("external")
    };
    let calls = support::first_of_each_pair(case, |found| {
        found.waits && found.from != found.to && is_part(found.from) && is_part(found.to)
    });
    if calls.is_empty() {
        return;
    }
    let groups = Groups::new(case.model());
    let containers = |component: u32| -> Vec<u32> {
        let is_container = |group: &u32| {
            let kind = groups.get(*group).and_then(|entry| entry.value.kind).map(|kind| kind.value);
            kind == Some(GroupKind::Container)
        };
        groups.around(component).into_iter().filter(is_container).collect()
    };
    let apart = |from: u32, to: u32| {
        let (from, to) = (containers(from), containers(to));
        !from.iter().any(|group| to.contains(group))
    };
    let calls: Vec<_> = calls.into_iter().filter(|call| apart(call.from, call.to)).collect();
    let Some(first) = calls.first() else { return };
    let (from, to) = (case.component_name(first.from), case.component_name(first.to));
    let more = match calls.len() - 1 {
        0 => String::new(),
        1 => ", and there is one more such call".to_owned(),
        more => format!(", and there are {more} more such calls"),
    };
    let message =
        format!("the style is that of one deployable, and `{from}` calls `{to}` over the network{more}");
    let help =
        "draw the parts of one program as its `modules:`, or say what is built: `style: service-oriented`";
    let mut finding = RULE.finding(style.span, message).help(help);
    for call in calls.iter().take(5) {
        let (from, to) = (case.component_name(call.from), case.component_name(call.to));
        finding = finding.related(call.span, format!("`{from}` calls `{to}`"));
    }
    out.push(finding);
}
