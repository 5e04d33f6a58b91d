//! Which quality of a system a check speaks about.

use super::Case;
use crate::estimate::address;
use crate::estimate::readings::Answer;
use crate::spec::quantities::Check;
use crate::spec::requirement::Quality;

/// The qualities of a score card, in its order.
pub const CARD: &[Quality] = &[
    Quality::Performance,
    Quality::Scalability,
    Quality::Availability,
    Quality::Reliability,
    Quality::Consistency,
    Quality::Durability,
    Quality::Security,
    Quality::Operability,
    Quality::Cost,
];

/// How a check came out.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Standing {
    /// It holds.
    Holds,
    /// It holds, but not as surely as it should.
    AtRisk,
    /// It does not hold.
    Fails,
    /// Nobody can tell.
    Unknown,
}

/// A check of a requirement, by the quality that it is about.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Judged {
    /// What it is about.
    pub quality: Quality,
    /// How it came out.
    pub standing: Standing,
}

/// Whether a rule reports how the check of a requirement came out, which a score card counts as that check.
pub fn is_about_checks(rule: &str) -> bool {
    matches!(rule, "requirement-violated" | "requirement-at-risk" | "requirement-not-computable")
}

/// How the checks of a design came out.
pub fn checks(case: &Case<'_, '_>) -> Vec<Judged> {
    let judged = case.verdicts().iter().filter_map(|verdict| {
        let requirement = &case.design.requirements.get(verdict.requirement as usize)?.value;
        let stated = requirement.quality.map(|quality| quality.value);
        let quality = stated.or_else(|| of_check(case, requirement.check.as_ref()?))?;
        let standing = match verdict.answer {
            Answer::Holds(_) => Standing::Holds,
            Answer::AtRisk(..) => Standing::AtRisk,
            Answer::Fails(_) => Standing::Fails,
            Answer::NotComputable(_) => Standing::Unknown,
        };
        Some(Judged { quality, standing })
    });
    judged.collect()
}

/// What the first value that a check names is about.
fn of_check(case: &Case<'_, '_>, check: &Check<'_>) -> Option<Quality> {
    let named = check.check.names().find_map(|name| Some(address::parse(case.model(), name.text)?.1))?;
    let first = named.split('.').next().unwrap_or(named);
    Some(match first {
        "latency" | "wait" | "lag" => Quality::Performance,
        "availability" | "downtime" | "outage" | "outages" => Quality::Availability,
        "errors" | "amplification" => Quality::Reliability,
        "staleness" | "consistency" => Quality::Consistency,
        "durability" | "loss" => Quality::Durability,
        "cost" | "price" => Quality::Cost,
        _ => Quality::Scalability,
    })
}
