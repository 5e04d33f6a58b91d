use crate::diagnostic::Diagnostic;
use crate::model::names::Space;
use crate::rules::Case;
use crate::rules::rule::rule;
use crate::spec::requirement::Priority;
use std::collections::BTreeSet;

rule! {
    /// A requirement that is ruled out for now, and a flow that meets it.
    ///
    /// ## Why
    /// `wont` is the promise not to build something, so that time goes into what matters; that is what the letter stands for in
    /// MoSCoW (Clegg and Barker, "CASE Method Fast-Track", 1994). A flow that meets it is work that was ruled out, or the
    /// priority was changed in talks and not here.
    ///
    /// ## Example
    /// ```yaml
    /// requirements:
    ///   export: { text: Users take their links with them, priority: wont }
    /// components:
    ///   browser: client
    ///   app: service
    /// flows:
    ///   export: { satisfies: export, steps: ["browser -> app: GET /export"] }
    /// #                      ^^^^^^ ruled-out-requirement-built
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// requirements:
    ///   export: { text: Users take their links with them, priority: could }
    /// components:
    ///   browser: client
    ///   app: service
    /// flows:
    ///   export: { satisfies: export, steps: ["browser -> app: GET /export"] }
    /// ```
    "ruled-out-requirement-built": Warning, Traceability, Recommended, since "0.2.0", check
}

fn check(case: &Case<'_, '_>, out: &mut Vec<Diagnostic>) {
    let mut told = BTreeSet::new();
    for flow in &case.design.flows {
        for name in &flow.value.satisfies {
            let index = case.names.find(Space::Requirement, name.text);
            let requirement = index.and_then(|index| case.design.requirements.get(index as usize));
            let priority = requirement.and_then(|entry| entry.value.priority);
            let Some(priority) = priority.filter(|priority| priority.value == Priority::Wont) else {
                continue;
            };
            if !told.insert(name.text) {
                continue;
            }
            let message =
                format!("`{}` is ruled out for now, and the flow `{}` meets it", name.text, flow.name.text);
            let help = "take the flow out, or give the requirement the priority that it has by now";
            out.push(RULE.finding(name.span, message).related(priority.span, "ruled out here").help(help));
        }
    }
}
