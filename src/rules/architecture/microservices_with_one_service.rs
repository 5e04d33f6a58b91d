use crate::diagnostic::Diagnostic;
use crate::rules::Case;
use crate::rules::rule::rule;
use crate::spec::design::ArchitectureStyle;

rule! {
    /// A microservice architecture with one program of your own.
    ///
    /// ## Why
    /// Microservices are many programs that can be released alone. One program is a monolith, which is no shame: the style that
    /// is written down decides what reviewers and rules ask for, and here it would be the wrong things. Fowler's "MonolithFirst"
    /// (2015) has the reasons to begin with one.
    ///
    /// ## Example
    /// ```yaml
    /// style: microservices
    /// #      ^^^^^^^^^^^^^ microservices-with-one-service
    /// components:
    ///   browser: client
    ///   shop: service
    ///   store: database
    /// flows:
    ///   buy: { steps: ["browser -> shop: POST /orders", "shop -> store: insert"] }
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// style: monolith
    /// components:
    ///   browser: client
    ///   shop: service
    ///   store: database
    /// flows:
    ///   buy: { steps: ["browser -> shop: POST /orders", "shop -> store: insert"] }
    /// ```
    ///
    /// ## When to allow it
    /// For the design of one service of many, whose others are external systems to it.
    "microservices-with-one-service": Warning, Architecture, Recommended, since "0.2.0", check
}

fn check(case: &Case<'_, '_>, out: &mut Vec<Diagnostic>) {
    let Some(style) = case.design.style.filter(|style| style.value == ArchitectureStyle::Microservices)
    else {
        return;
    };
    let all_known = case.roles.iter().all(|role| role.kind.is_some());
    // Other services of the same system may be external to this design.
    let has_others = case.roles.iter().any(|role| role.has("external"));
    if !case.is_sound || case.connections.is_empty() || !all_known || has_others {
        return;
    }
    let programs = || (0..).zip(&case.roles).filter(|(_, role)| role.has("runs_code"));
    let (Some((only, _)), 1) = (programs().next(), programs().count()) else { return };
    let name = case.component_name(only);
    let message = format!("the style is microservices, and `{name}` is the only program there is");
    let help = "write `style: monolith`, or draw the other services";
    let mut finding = RULE.finding(style.span, message).help(help);
    if let Some(span) = super::support::defined(case, only) {
        finding = finding.related(span, "the only program");
    }
    out.push(finding);
}
