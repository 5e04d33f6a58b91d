use crate::diagnostic::Diagnostic;
use crate::model::Model;
use crate::rules::Case;
use crate::rules::rule::rule;

rule! {
    /// A fact that has no meaning for the kind of component it is said of.
    ///
    /// ## Why
    /// A load balancer has no replication and a browser no backup. Such a fact is in the wrong place, or the
    /// kind is not the one that was meant, and nothing is ever computed from it.
    ///
    /// ## Example
    /// ```yaml
    /// components:
    ///   browser: { kind: client }
    ///   edge: { kind: load_balancer, eviction: lru }
    /// #                              ^^^^^^^^ kind-cannot-do-that
    /// flows:
    ///   open: { rate: 10 / s, steps: ["browser -> edge: GET /"] }
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// components:
    ///   browser: { kind: client }
    ///   edge: { kind: cdn, eviction: lru }
    /// flows:
    ///   open: { rate: 10 / s, steps: ["browser -> edge: GET /"] }
    /// ```
    ///
    /// ## When to allow it
    /// When the component does something that its kind usually does not. A kind of your own, with the traits
    /// that it needs, says so once for all components.
    "kind-cannot-do-that": Warning, Model, Recommended, since "0.1.0", check
}

const STATE: &[&str] =
    &["holds_state", "caches", "buffers", "keeps_log", "stores_config", "stores_secrets", "names_things"];
const MESSAGES: &[&str] = &["buffers", "delivers_messages", "keeps_log"];
const COPIES: &[&str] = &["caches", "serves_content"];

/// Facts, and the traits of which a kind must have one for the fact to mean something.
const NEEDS: &[(&str, &[&str])] = &[
    ("ttl", &["caches", "serves_content", "names_things", "holds_state", "buffers", "authenticates"]),
    ("eviction", COPIES),
    ("hit_ratio", COPIES),
    ("fill", COPIES),
    ("write_policy", COPIES),
    ("delivery", MESSAGES),
    ("ordering", MESSAGES),
    ("dead_letter", &["buffers", "delivers_messages", "keeps_log", "runs_code", "processes_streams"]),
    ("shards", STATE),
    ("shard_key", STATE),
    ("partitioning", STATE),
    ("replication", STATE),
    ("quorum", STATE),
    ("durability", STATE),
    ("backup", STATE),
    ("point_in_time_recovery", STATE),
    ("durable", STATE),
    ("every", &["starts_on_schedule", "runs_code", "processes_batches", "observes"]),
    ("run_time", &["starts_on_schedule", "runs_code", "processes_batches"]),
];

/// Facts that mean nothing for what a person holds in their hand.
const NOT_FOR_CLIENTS: &[&str] = &[
    "replicas",
    "capacity",
    "service_time",
    "max_connections",
    "queue_limit",
    "price",
    "failover",
    "health_check",
];

fn check(model: &Case<'_, '_>, out: &mut Vec<Diagnostic>) {
    for (component, role) in model.design.components.iter().zip(&model.roles) {
        let Some(kind) = role.kind else { continue };
        // A technology that plays several roles may be meant in any of them until the kind says which.
        let says_kind = component.value.kind.is_some_and(|name| name.text == kind.id);
        let roles = role.technology.filter(|_| !says_kind).map_or(&[][..], |technology| &technology.kinds);
        let kinds: Vec<_> =
            roles.iter().filter_map(|id| model.catalog.kind(id)).chain(std::iter::once(kind)).collect();
        for (key, _) in component.value.node.entries() {
            let fact = key.text();
            let needs = NEEDS.iter().find(|(name, _)| *name == fact).map(|(_, needs)| *needs);
            let means_nothing = match needs {
                Some(needs) => !kinds.iter().any(|kind| needs.iter().any(|wanted| kind.has(wanted))),
                None => kinds.iter().all(|kind| kind.has("is_client")) && NOT_FOR_CLIENTS.contains(&fact),
            };
            if means_nothing {
                let message = format!("`{fact}` has no meaning for a {}", kind.id);
                let diagnostic = RULE.finding(key.span(), message).help(meaning(model, fact, needs));
                out.push(match component.value.kind {
                    Some(name) => diagnostic.related(name.span, "the kind is said here"),
                    None => diagnostic,
                });
            }
        }
    }
}

fn meaning(model: &Model<'_>, fact: &str, needs: Option<&[&str]>) -> String {
    let Some(needs) = needs else { return format!("take `{fact}` out: a client is not run by you") };
    let fitting = |kind: &&crate::catalog::Kind<'_>| needs.iter().any(|wanted| kind.has(wanted));
    let kinds: Vec<&str> = model.catalog.kinds().filter(fitting).map(|kind| kind.id).collect();
    let shown = kinds.get(..6).unwrap_or(&kinds).join(", ");
    let more = kinds.len().saturating_sub(6);
    let rest = if more > 0 { format!(" and {more} more kinds") } else { String::new() };
    format!("take it out, or change the kind: `{fact}` has a meaning for {shown}{rest}")
}
