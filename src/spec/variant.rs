//! `variants:` named overlays on the same design.

use super::api::Api;
use super::assumption::Assumption;
use super::component::Component;
use super::data::Data;
use super::flow::Flow;
use super::group::Group;
use super::record::{Form, record};
use super::requirement::Requirement;
use super::values::{Raw, Text};
use crate::syntax::Patched;

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
pub const SECTIONS: &[Patched] = &[
    section("assumptions", Assumption::INFO.form.shorthand),
    section("traffic", None),
    section("requirements", Requirement::INFO.form.shorthand),
    section("data", Data::INFO.form.shorthand),
    section("components", Component::INFO.form.shorthand),
    section("groups", Group::INFO.form.shorthand),
    section("deployment", None),
    section("apis", Api::INFO.form.shorthand),
    section("flows", Flow::INFO.form.shorthand),
];

const fn section(section: &'static str, shorthand: Option<&'static str>) -> Patched {
    Patched { section, shorthand }
}
