use crate::diagnostic::Diagnostic;
use crate::rules::Case;
use crate::rules::groups::Groups;
use crate::rules::rule::rule;

rule! {
    /// A component that nobody answers for, in a design where others have an owner.
    ///
    /// ## Why
    /// Where several teams build one system, what none of them owns is updated, watched and repaired by none of them, and in an
    /// outage the first hour goes into finding out whose it is. Skelton and Pais, "Team Topologies" (2019), wants every part of a
    /// system to have exactly one team.
    ///
    /// The owner of a group answers for what is in it, and the owner of the design for everything. Nothing is reported while
    /// no component and no group has an owner.
    ///
    /// ## Example
    /// ```yaml
    /// rules: { component-without-owner: warning }
    /// components:
    ///   browser: client
    ///   shop: { kind: service, owner: shop team }
    ///   search: service
    /// # ^^^^^^ component-without-owner
    /// flows:
    ///   find: { steps: ["browser -> shop: GET /products", "shop -> search: find"] }
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// rules: { component-without-owner: warning }
    /// components:
    ///   browser: client
    ///   shop: { kind: service, owner: shop team }
    ///   search: { kind: service, owner: search team }
    /// flows:
    ///   find: { steps: ["browser -> shop: GET /products", "shop -> search: find"] }
    /// ```
    "component-without-owner": Warning, Traceability, Recommended, at Design, since "0.2.0", check
}

fn check(case: &Case<'_, '_>, out: &mut Vec<Diagnostic>) {
    if !case.is_sound || case.design.owner.is_some() {
        return;
    }
    let groups = Groups::new(case.model());
    let has_owner = |index: u32| {
        let own = case.design.components.get(index as usize).is_some_and(|entry| entry.value.owner.is_some());
        let owns = |group: u32| groups.get(group).is_some_and(|entry| entry.value.owner.is_some());
        own || groups.around(index).into_iter().any(owns)
    };
    let owned: Vec<bool> = (0..).take(case.design.components.len()).map(has_owner).collect();
    if !owned.contains(&true) {
        return;
    }
    for ((entry, role), owned) in case.design.components.iter().zip(&case.roles).zip(owned) {
        // Clients and systems of others have owners elsewhere.
        if owned || role.has("is_client") || role.has("external") {
            continue;
        }
        let message = format!("nobody answers for `{}`", entry.name.text);
        let help = "say who does with `owner:`, here, on a group around it, or once for the whole design";
        out.push(RULE.finding(entry.name.span, message).help(help));
    }
}
