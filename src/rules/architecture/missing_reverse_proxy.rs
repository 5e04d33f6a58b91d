use super::support;
use crate::diagnostic::Diagnostic;
use crate::model::names::Space;
use crate::rules::Case;
use crate::rules::rule::rule;
use crate::spec::component::Exposure;
use std::collections::BTreeSet;

rule! {
    /// A program on the open internet with nothing before it that ends TLS and holds slow clients off.
    ///
    /// ## Why
    /// Application servers have few workers, and a slow or hostile client holds one for as long as it likes. A proxy in front
    /// reads the whole request before it passes it on, ends TLS in one place, limits sizes and serves static files. The
    /// documentation of Gunicorn, "Deploying Gunicorn", asks for one for this reason.
    ///
    /// ## Example
    /// ```yaml
    /// rules: { missing-reverse-proxy: info }
    /// components:
    ///   browser: client
    ///   app: { kind: service, exposure: public }
    /// # ^^^ missing-reverse-proxy
    /// flows:
    ///   open: { steps: ["browser -> app: GET /"] }
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// rules: { missing-reverse-proxy: info }
    /// components:
    ///   browser: client
    ///   proxy: { kind: reverse_proxy, exposure: public }
    ///   app: service
    /// flows:
    ///   open: { steps: ["browser -> proxy -> app: GET /"] }
    /// ```
    ///
    /// ## When to allow it
    /// When the program's own server is made for the open internet and has its limits set.
    "missing-reverse-proxy": Info, Architecture, Strict, at Production, since "0.2.0", check
}

fn check(case: &Case<'_, '_>, out: &mut Vec<Diagnostic>) {
    if !case.is_sound {
        return;
    }
    let public_apis =
        case.design.apis.iter().filter(|api| api.value.public.is_some_and(|public| public.value));
    let handlers: BTreeSet<u32> =
        public_apis.filter_map(|api| case.names.find(Space::Component, api.value.handled_by?.text)).collect();
    let mut told = BTreeSet::new();
    let direct = support::first_of_each_pair(case, |found| {
        found.waits && support::role(case, found.from).has("is_client")
    });
    for connection in direct {
        let role = support::role(case, connection.to);
        let Some(called) = support::component(case, connection.to) else { continue };
        let is_public = called.exposure.is_some_and(|exposure| exposure.value == Exposure::Public)
            || handlers.contains(&connection.to);
        let stands_alone = support::is_service(&role) && !role.has("elastic") && !role.has("terminates_tls");
        if !is_public || !stands_alone || !told.insert(connection.to) {
            continue;
        }
        let Some(span) = support::defined(case, connection.to) else { continue };
        let (client, name) = (case.component_name(connection.from), case.component_name(connection.to));
        let message = format!("`{name}` is open to the internet with nothing before it");
        let help =
            format!("put a reverse proxy or load balancer before it: `{client} -> proxy -> {name}: …`");
        let related = format!("`{client}` calls it directly");
        out.push(RULE.finding(span, message).related(connection.span, related).help(help));
    }
}
