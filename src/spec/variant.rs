//! `variants:` named overlays on the same design.

use super::record::{Form, record};
use super::values::{Raw, Text};

record! {
    /// Another version of the design: what differs, in the same words. A key set to nothing (`hot: null`) is taken out.
    Variant = "variant", Form::MAP;
    /// What this version tries.
    /// Example: `Without the cache`
    description: Option<Text<'t>>,
    /// Assumptions that differ.
    /// Example: `{ cache_hits: 0% }`
    assumptions: Option<Raw<'t>>,
    /// Traffic that differs.
    /// Example: `{ peak: 10x }`
    traffic: Option<Raw<'t>>,
    /// Requirements that differ.
    /// Example: `{ fast_redirect: { check: flows.redirect.latency.p99 < 100 ms } }`
    requirements: Option<Raw<'t>>,
    /// Data that differs.
    /// Example: `{ link: { retention: 1 year } }`
    data: Option<Raw<'t>>,
    /// Components that differ.
    /// Example: `{ hot: null }`
    components: Option<Raw<'t>>,
    /// Groups that differ.
    /// Example: `{ stores: { contains: [links] } }`
    groups: Option<Raw<'t>>,
    /// A deployment that differs.
    /// Example: `{ regions: { us: { zones: [us-a, us-b] } } }`
    deployment: Option<Raw<'t>>,
    /// APIs that differ.
    /// Example: `{ follow_link: { rate: 1M / day } }`
    apis: Option<Raw<'t>>,
    /// Flows that differ.
    /// Example: `{ redirect: { steps: ["browser -> app: GET", "app -> links: select"] } }`
    flows: Option<Raw<'t>>,
}

/// The sections that a variant may change.
pub const SECTIONS: &[&str] = &[
    "assumptions",
    "traffic",
    "requirements",
    "data",
    "components",
    "groups",
    "deployment",
    "apis",
    "flows",
];
