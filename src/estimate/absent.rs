//! Why a value that has an address is not there for some element, and what to write so that it is.

use super::label::{Missing, Subject};
use crate::model::Model;
use crate::model::names::Space;

/// What is missing for a value that the documentation lists, but this element does not have.
pub fn why(model: &Model<'_>, subject: Subject, name: &str) -> Missing {
    let path = subject.path(model);
    let id = path.rsplit('.').next().unwrap_or_default().to_owned();
    let (space, index) = match subject {
        Subject::Flow(index) => (Space::Flow, index),
        Subject::Api(index) => (Space::Api, index),
        Subject::Data(index) => (Space::Data, index),
        Subject::Component(index) => (Space::Component, index),
        _ => (Space::Component, u32::MAX),
    };
    let place = model.names.all(space).get(index as usize).map(|name| name.span);
    let role = match subject {
        Subject::Component(index) => model.roles.get(index as usize).copied().unwrap_or_default(),
        _ => crate::model::components::Role::default(),
    };
    let (what, help) = match (subject, name) {
        (Subject::Component(_), _) if role.has("is_client") => (
            format!("{name} of {id}, which is outside of the system"),
            "ask for that of a component inside".into(),
        ),
        (Subject::Component(_), "hit_ratio") => (
            format!("the hit ratio of {id}, which is no cache"),
            "ask for that of a component that caches".into(),
        ),
        (Subject::Component(_), "backlog" | "drain") => (
            format!("how long the consumers of {id} are away"),
            format!("state `consumer_outage` on `{path}`"),
        ),
        (Subject::Component(_), "rejected") => (
            format!("what {id} turns away: as it stands, requests wait without bound"),
            format!("state `queue_limit` or `overload: reject` on `{path}`"),
        ),
        (Subject::Component(_), "replicas") => {
            (format!("how many instances of {id} there are"), format!("state `replicas` on `{path}`"))
        }
        (Subject::Component(_), "concurrency") => {
            (format!("what calls {id}"), format!("describe flows that call `{id}`"))
        }
        (Subject::Component(_), "durability.all") => (
            format!("over how many groups of disks {id} spreads its data"),
            format!("state `placement_groups` on `{path}`"),
        ),
        (Subject::Component(_), _) if name.starts_with("amplification") => (
            format!("how {id} keeps copies"),
            format!("state `replicas` and `replication`, `quorum`, or `erasure_coding` on `{path}`"),
        ),
        (Subject::Component(_), "durability") => (
            format!("how safe what {id} keeps is"),
            format!("state `durability`, or `copy_failures` and `rebuild_time`, on `{path}`"),
        ),
        (Subject::Component(_), _) if name.starts_with("wait") || matches!(name, "queue" | "capacity") => {
            (format!("the capacity of {id}"), format!("state `capacity` or `service_time` on `{path}`"))
        }
        (Subject::Component(_), "storage" | "shards") => {
            (format!("what is stored in {id}"), format!("name `{id}` in `stored_in` of some data"))
        }
        (Subject::Component(_), "bandwidth.in" | "bandwidth.out") => (
            format!("the size of what {id} receives and sends"),
            format!("state `request` and `response` on the steps that reach `{id}`"),
        ),
        (Subject::Component(_), "memory") => {
            (format!("what {id} keeps in memory"), format!("state `hot` on data that is `cached_in: {id}`"))
        }
        (Subject::Flow(_), _) if name.starts_with("latency") => (
            format!("the percentiles of {id}, which a fixed number of users runs"),
            format!("compare `{path}.latency.mean`"),
        ),
        (Subject::Connection(..), _) => {
            (format!("what goes over {path}: no step does"), "add such a step".into())
        }
        _ => (format!("{path}.{name}"), "say more of it".into()),
    };
    Missing { what, help, place }
}
