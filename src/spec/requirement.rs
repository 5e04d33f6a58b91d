//! `requirements:` what the system must do, and how well.

use super::quantities::Check;
use super::quantities::{Quantity, Share};
use super::record::{Form, choice, record};
use super::rule_block::AllowHere;
use super::values::{List, Name, OneOrMore, Spanned, Text};

choice! {
    /// What a requirement is about.
    Quality = "a quality";
    /// What the system does.
    Functional = "functional",
    /// How fast it answers.
    Performance = "performance",
    /// How often it is there.
    Availability = "availability",
    /// How far it grows.
    Scalability = "scalability",
    /// How well it survives faults.
    Reliability = "reliability",
    /// How fresh and how ordered reads are.
    Consistency = "consistency",
    /// How safely data is kept.
    Durability = "durability",
    /// How it is protected.
    Security = "security",
    /// How it is run, watched and changed.
    Operability = "operability",
    /// What it may cost.
    Cost = "cost",
}

choice! {
    /// How much a requirement matters.
    Priority = "a priority";
    /// The system is of no use without it.
    Must = "must",
    /// Important, but the system works without it.
    Should = "should",
    /// Welcome when it costs little.
    Could = "could",
    /// Ruled out for now.
    Wont = "wont",
}

record! {
    /// Something the system must do (text only) or a quality that it must have (text and a check).
    Requirement = "requirement", Form { shorthand: Some("text"), ..Form::MAP };
    /// What is required, in one sentence. Needed unless there is a check.
    /// Example: `Redirects feel instant`
    text: Option<Text<'t>>,
    /// A comparison over computed values that must hold.
    /// Example: `flows.redirect.latency.p99 < 50 ms`
    check: Option<Check<'t>>,
    /// How probable it must be that the check holds when assumptions are ranges. 90% when nothing is said.
    /// Example: `95%`
    confidence: Option<Quantity<'t, Share>>,
    /// Which quality of the system this is about.
    /// Example: `performance`
    quality: Option<Spanned<Quality>>,
    /// How much it matters.
    /// Example: `must`
    priority: Option<Spanned<Priority>>,
    /// Who asks for it.
    /// Example: `growth team`
    owner: Option<Text<'t>>,
    /// More about it, as long as needed.
    /// Example: `Measured at the edge, for users in Europe.`
    description: Option<Text<'t>>,
    /// Where more is written.
    /// Example: `https://example.com/tickets/12`
    links: OneOrMore<Text<'t>>,
    /// Words to select it by.
    /// Example: `[launch]`
    tags: OneOrMore<Name<'t>>,
    /// Findings about this requirement that are known and accepted, each with a reason.
    /// Example: `[{ rule: requirement-at-risk, reason: The launch is small }]`
    allow: List<AllowHere<'t>>,
}
