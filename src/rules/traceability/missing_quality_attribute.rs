use crate::diagnostic::Diagnostic;
use crate::rules::Case;
use crate::rules::rule::rule;
use crate::spec::requirement::{Quality, Requirement};

rule! {
    /// A design that states some qualities and says nothing of others that every system has.
    ///
    /// ## Why
    /// What nobody has asked for nobody has thought about: a system that is fast and cheap may lose data, and that is found out
    /// when it does. ISO/IEC 25010 has the qualities of software as a list to go through; Bass, Clements and Kazman, "Software
    /// Architecture in Practice" (4th edition, 2021), has a chapter for most of them.
    ///
    /// A requirement states a quality with `quality:`, or by what its `check` compares. Nothing is reported before three
    /// qualities are stated.
    ///
    /// ## Example
    /// ```yaml
    /// rules: { missing-quality-attribute: info }
    /// requirements:
    /// ^^^^^^^^^^^^ missing-quality-attribute
    ///   quick: { text: Pages appear within 300 ms, quality: performance }
    ///   there: { text: It may be down for an hour a month, quality: availability }
    ///   large: { text: It carries 10 times the traffic of today, quality: scalability }
    ///   safe: { text: Only members see the pages, quality: security }
    ///   robust: { text: It works on without the mail server, quality: reliability }
    /// components:
    ///   browser: client
    ///   app: service
    /// flows:
    ///   open: { satisfies: [quick, there, large, safe, robust], steps: ["browser -> app: GET /"] }
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// rules: { missing-quality-attribute: info }
    /// requirements:
    ///   quick: { text: Pages appear within 300 ms, quality: performance }
    ///   there: { text: It may be down for an hour a month, quality: availability }
    ///   large: { text: It carries 10 times the traffic of today, quality: scalability }
    ///   safe: { text: Only members see the pages, quality: security }
    ///   robust: { text: It works on without the mail server, quality: reliability }
    ///   fresh: { text: A page is at most 1 minute old, quality: consistency }
    ///   kept: { text: At most the pages of 1 day are lost, quality: durability }
    /// components:
    ///   browser: client
    ///   app: service
    /// flows:
    ///   open: { satisfies: [quick, there, large, safe, robust, fresh, kept], steps: ["browser -> app: GET /"] }
    /// ```
    ///
    /// ## When to allow it
    /// When a quality really does not matter, as durability for a system that keeps nothing. Better still is a requirement that
    /// says so.
    "missing-quality-attribute": Info, Traceability, Strict, at Design, since "0.2.0", check
}

/// The qualities that every system has, whether anybody asks for them or not.
const EXPECTED: &[(Quality, &str)] = &[
    (Quality::Performance, "performance"),
    (Quality::Availability, "availability"),
    (Quality::Scalability, "scalability"),
    (Quality::Reliability, "reliability"),
    (Quality::Consistency, "consistency"),
    (Quality::Durability, "durability"),
    (Quality::Security, "security"),
];

/// What a computed value is about, by a part of its address.
const ABOUT: &[(&str, Quality)] = &[
    (".latency", Quality::Performance),
    (".wait", Quality::Performance),
    (".availability", Quality::Availability),
    (".downtime", Quality::Availability),
    (".outage", Quality::Availability),
    (".errors", Quality::Reliability),
    (".utilization", Quality::Scalability),
    (".headroom", Quality::Scalability),
    (".storage", Quality::Scalability),
    (".limit", Quality::Scalability),
    (".capacity", Quality::Scalability),
    (".backlog", Quality::Scalability),
    (".drain", Quality::Scalability),
    (".durability", Quality::Durability),
    (".cost", Quality::Cost),
];

/// From how many on the design is one that states its qualities.
const MANY: usize = 3;

fn qualities(requirement: &Requirement<'_>) -> Vec<Quality> {
    let said = requirement.quality.map(|quality| quality.value);
    let names = requirement.check.iter().flat_map(|check| check.check.names());
    let compared = names.flat_map(|name| {
        ABOUT.iter().filter(move |(part, _)| name.text.contains(part)).map(|(_, quality)| *quality)
    });
    said.into_iter().chain(compared).filter(|quality| *quality != Quality::Functional).collect()
}

fn check(case: &Case<'_, '_>, out: &mut Vec<Diagnostic>) {
    if !case.is_sound {
        return;
    }
    let mut stated: Vec<Quality> =
        case.design.requirements.iter().flat_map(|entry| qualities(&entry.value)).collect();
    stated.sort_unstable();
    stated.dedup();
    let missing = EXPECTED.iter().filter(|(quality, _)| !stated.contains(quality));
    let missing: Vec<&str> = missing.map(|(_, name)| *name).collect();
    if stated.len() < MANY || missing.is_empty() {
        return;
    }
    // The section may stand in another file than the design.
    let first = case.design.requirements.first().map(|entry| entry.name.span);
    let Some(span) = case.design.key_span("requirements").or(first) else { return };
    let message = match missing.as_slice() {
        [one] => format!("no requirement is about {one}"),
        [others @ .., last] => format!("no requirement is about {} or {last}", others.join(", ")),
        [] => return,
    };
    let help = "say what is wanted, also when it is little: a requirement with `quality:` and a number";
    out.push(RULE.finding(span, message).help(help));
}
