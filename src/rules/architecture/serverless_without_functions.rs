use crate::diagnostic::Diagnostic;
use crate::rules::Case;
use crate::rules::rule::rule;
use crate::rules::wording::quoted_list;
use crate::spec::component_parts::Replicas;
use crate::spec::design::ArchitectureStyle;

rule! {
    /// A serverless design whose programs all run on a fixed number of instances.
    ///
    /// ## Why
    /// In a serverless design a provider runs code on demand: instances are not counted, and nothing is paid while nobody asks.
    /// Programs with a fixed number of instances are servers, whoever owns the machines, and their load, cost and failures
    /// are computed as such. Roberts, "Serverless Architectures" (martinfowler.com, 2018), draws the line there.
    ///
    /// ## Example
    /// ```yaml
    /// style: serverless
    /// #      ^^^^^^^^^^ serverless-without-functions
    /// components:
    ///   browser: client
    ///   shop: { kind: service, replicas: 3 }
    /// flows:
    ///   buy: { steps: ["browser -> shop: POST /orders"] }
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// style: serverless
    /// components:
    ///   browser: client
    ///   shop: serverless_function
    /// flows:
    ///   buy: { steps: ["browser -> shop: POST /orders"] }
    /// ```
    "serverless-without-functions": Warning, Architecture, Recommended, since "0.2.0", check
}

fn check(case: &Case<'_, '_>, out: &mut Vec<Diagnostic>) {
    let Some(style) = case.design.style.filter(|style| style.value == ArchitectureStyle::Serverless) else {
        return;
    };
    if !case.is_sound {
        return;
    }
    let programs =
        || case.roles.iter().zip(&case.design.components).filter(|(role, _)| role.has("runs_code"));
    // What scales by itself counts, also when the kind says that it need not be told how.
    let is_server = |replicas: Option<&Replicas<'_>>| matches!(replicas, Some(Replicas::Count(_)));
    let servers =
        programs().filter(|(role, it)| !role.has("elastic") && is_server(it.value.replicas.as_ref()));
    let names: Vec<&str> = servers.map(|(_, entry)| entry.name.text).collect();
    if names.is_empty() || names.len() != programs().count() {
        return;
    }
    let verb = if names.len() == 1 { "runs" } else { "run" };
    let message = format!(
        "the style is serverless, and {} {verb} on a fixed number of instances",
        quoted_list(&names, 4)
    );
    let help =
        "make them functions that a provider runs (`kind: serverless_function`), or choose another style";
    out.push(RULE.finding(style.span, message).help(help));
}
