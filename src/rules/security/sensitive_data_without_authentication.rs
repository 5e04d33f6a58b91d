use super::support::{authenticates, handler, role, sensitive, worst};
use crate::diagnostic::Diagnostic;
use crate::model::names::Space;
use crate::rules::Case;
use crate::rules::rule::rule;

rule! {
    /// An API that hands out sensitive data without asking who wants it.
    ///
    /// ## Why
    /// It is written down that nobody has to prove who they are, and that the answer has data which would do harm in the wrong
    /// hands. This is how most large leaks of the last years happened: an address, a counter in it, and no question (OWASP API
    /// Security Top 10 2023, API2 Broken Authentication; CWE-306).
    ///
    /// ## Example
    /// ```yaml
    /// components:
    ///   browser: { kind: client }
    ///   app: { kind: service }
    ///   orders: { kind: database }
    /// data:
    ///   order: { size: 1 KB, stored_in: orders, sensitivity: personal }
    /// apis:
    ///   see_order: { request: "GET /v1/orders/{id}", version: v1, handled_by: app, auth: none, returns: [order] }
    /// #                                                                                  ^^^^ sensitive-data-without-authentication
    /// flows:
    ///   see_order: { api: see_order, steps: ["browser -> app: GET /v1/orders/{id}", "app -> orders: select"] }
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// components:
    ///   browser: { kind: client }
    ///   app: { kind: service }
    ///   orders: { kind: database }
    /// data:
    ///   order: { size: 1 KB, stored_in: orders, sensitivity: personal }
    /// apis:
    ///   see_order: { request: "GET /v1/orders/{id}", version: v1, handled_by: app, auth: session, returns: [order] }
    /// flows:
    ///   see_order: { api: see_order, steps: ["browser -> app: GET /v1/orders/{id}", "app -> orders: select"] }
    /// ```
    "sensitive-data-without-authentication": Error, Security, Recommended, since "0.2.0", check
}

fn check(case: &Case<'_, '_>, out: &mut Vec<Diagnostic>) {
    if !case.is_sound {
        return;
    }
    let levels = sensitive(case);
    for entry in &case.design.apis {
        let api = &entry.value;
        let (Some(auth), Some(false)) = (api.auth, authenticates(api)) else { continue };
        // Signing in has to be possible without being signed in.
        if handler(case, api).is_some_and(|handler| role(case, handler).has("authenticates")) {
            continue;
        }
        let returned = || api.returns.iter();
        let found = |name: &crate::spec::values::Name<'_>| case.names.find(Space::Data, name.text);
        let Some((data, level)) = worst(&levels, returned().filter_map(found)) else { continue };
        let Some(name) = returned().find(|name| found(name) == Some(data)) else { continue };
        let shown = level.shown(name.text);
        out.push(
            RULE.finding(auth.span, format!("`{}` gives {shown} to anybody", entry.name.text))
                .related(name.span, "what it answers with")
                .related(level.span, "what makes it sensitive")
                .help("say how callers prove who they are, such as `auth: session`, or answer with less"),
        );
    }
}
