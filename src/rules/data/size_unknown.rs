use super::support::touched;
use crate::diagnostic::Diagnostic;
use crate::rules::Case;
use crate::rules::rule::rule;

rule! {
    /// Data of which the design says how many come, but not how large one is.
    ///
    /// ## Why
    /// Storage, bandwidth, memory of caches and most of the bill are a number of records times their size: without the
    /// size none of them can be computed, and the sums for the whole system are too low without anybody noticing. Such
    /// estimates are how designs are compared before they are built (Dean, *Designs, Lessons and Advice from Building Large
    /// Distributed Systems*, LADIS 2009).
    ///
    /// ## Example
    /// ```yaml
    /// rules: { profile: recommended, stage: sketch, size-unknown: warning }
    /// components:
    ///   app: { kind: service, uses: links }
    ///   links: { kind: database }
    /// data:
    ///   link: { stored_in: links, rate: 40 / s, retention: 5 years }
    /// # ^^^^ size-unknown
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// rules: { profile: recommended, stage: sketch, size-unknown: warning }
    /// components:
    ///   app: { kind: service, uses: links }
    ///   links: { kind: database }
    /// data:
    ///   link: { stored_in: links, rate: 40 / s, retention: 5 years, size: 500 B }
    /// ```
    "size-unknown": Warning, Data, Recommended, at Design, on Scalability, since "0.2.0", check
}

fn check(case: &Case<'_, '_>, out: &mut Vec<Diagnostic>) {
    if !case.is_sound {
        return;
    }
    let has_rates = case.design.flows.iter().any(|flow| flow.value.rate.is_some())
        || case.design.apis.iter().any(|api| api.value.rate.is_some());
    for (entry, touched) in case.design.data.iter().zip(touched(case)) {
        let data = &entry.value;
        let is_counted =
            data.rate.is_some() || data.count.is_some() || (has_rates && touched.written.is_some());
        if data.size.is_some() || !data.fields.is_empty() || data.stored_in.is_empty() || !is_counted {
            continue;
        }
        let name = entry.name.text;
        out.push(
            RULE.finding(entry.name.span, format!("how large one `{name}` is, is not known"))
                .help(format!("add `size:` to `{name}`, such as `size: 500 B`, or its `fields:`")),
        );
    }
}
