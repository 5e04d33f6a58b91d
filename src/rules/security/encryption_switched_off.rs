use super::support::{component, kept_in, role, sensitive, worst};
use crate::diagnostic::Diagnostic;
use crate::rules::Case;
use crate::rules::rule::rule;
use crate::spec::component_parts::YesNoOr;

rule! {
    /// A store of sensitive data whose encryption is switched off.
    ///
    /// ## Why
    /// It is written down that a copy of the disk, a snapshot or somebody on the network is enough to read the data. Encryption
    /// costs little on today's machines (GDPR Article 32(1)(a); CWE-311, missing encryption of sensitive data).
    ///
    /// ## Example
    /// ```yaml
    /// components:
    ///   app: { kind: service, uses: people }
    ///   people: { kind: database, encryption: false }
    /// #                                       ^^^^^ encryption-switched-off
    /// data:
    ///   person: { size: 1 KB, stored_in: people, sensitivity: personal }
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// components:
    ///   app: { kind: service, uses: people }
    ///   people: { kind: database, encryption: true }
    /// data:
    ///   person: { size: 1 KB, stored_in: people, sensitivity: personal }
    /// ```
    ///
    /// ## When to allow it
    /// When what comes in is encrypted already. Better, say so of the fields: `encrypted`.
    "encryption-switched-off": Warning, Security, Minimal, since "0.2.0", check
}

fn check(case: &Case<'_, '_>, out: &mut Vec<Diagnostic>) {
    let is_off = |flag: &YesNoOr<crate::spec::component_parts::Encryption<'_>>| match flag {
        YesNoOr::Flag(flag) => Some(("", *flag)).filter(|_| !flag.value),
        YesNoOr::Facts(facts) => {
            let rest = facts.at_rest.map(|flag| (" at rest", flag));
            let transit = facts.in_transit.map(|flag| (" in transit", flag));
            rest.into_iter().chain(transit).find(|(_, flag)| !flag.value)
        }
    };
    let switched = |index: u32| component(case, index)?.value.encryption.as_deref().and_then(is_off);
    let count = u32::try_from(case.design.components.len()).unwrap_or(u32::MAX);
    if !(0..count).any(|index| switched(index).is_some()) {
        return;
    }
    let levels = sensitive(case);
    let copies = kept_in(case, true);
    for ((index, kept), copied) in (0..).zip(kept_in(case, false)).zip(copies) {
        let Some((whereabouts, flag)) = switched(index) else { continue };
        let Some((data, level)) = worst(&levels, kept.into_iter().chain(copied)) else { continue };
        let (Some(entry), Some(data)) = (component(case, index), case.design.data.get(data as usize)) else {
            continue;
        };
        // A cache in memory has little to rest.
        if whereabouts == " at rest" && !role(case, index).has("durable") {
            continue;
        }
        let (store, data) = (entry.name.text, data.name.text);
        out.push(
            RULE.finding(
                flag.span,
                format!("`{store}` keeps {} without encryption{whereabouts}", level.shown(data)),
            )
            .related(level.span, "what makes it sensitive")
            .help("write `true`, or say of the fields that they are `encrypted` before they get there"),
        );
    }
}
