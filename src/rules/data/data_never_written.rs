use super::support::touched;
use crate::diagnostic::Diagnostic;
use crate::rules::Case;
use crate::rules::rule::rule;

rule! {
    /// Data that flows read and that nothing ever brings into the system.
    ///
    /// ## Why
    /// Somewhere a flow is missing: an import, a sign-up, a job. Its load, its failures and the growth of the store are
    /// missing from the numbers with it.
    ///
    /// ## Example
    /// ```yaml
    /// rules: { profile: recommended, stage: sketch, data-never-written: warning }
    /// components:
    ///   browser: { kind: client }
    ///   app: { kind: service }
    ///   prices: { kind: database }
    /// data:
    ///   price: { size: 100 B, stored_in: prices }
    /// # ^^^^^ data-never-written
    /// flows:
    ///   look:
    ///     steps:
    ///       - browser -> app: GET /prices
    ///       - { app -> prices: select the price, reads: [price] }
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// rules: { profile: recommended, stage: sketch, data-never-written: warning }
    /// components:
    ///   browser: { kind: client }
    ///   app: { kind: service }
    ///   prices: { kind: database }
    /// data:
    ///   price: { size: 100 B, stored_in: prices }
    /// flows:
    ///   look:
    ///     steps:
    ///       - browser -> app: GET /prices
    ///       - { app -> prices: select the price, reads: [price] }
    ///   change:
    ///     steps:
    ///       - browser -> app: POST /prices
    ///       - { app -> prices: insert the price, writes: [price] }
    /// ```
    ///
    /// ## Known false positives
    /// Data that is loaded once and stays as it is. Say how much there is with `count:`, and nothing is reported.
    "data-never-written": Warning, Data, Recommended, at Design, on Consistency, since "0.2.0", check
}

fn check(case: &Case<'_, '_>, out: &mut Vec<Diagnostic>) {
    if !case.is_sound {
        return;
    }
    for (entry, touched) in case.design.data.iter().zip(touched(case)) {
        let data = &entry.value;
        let comes = touched.written.is_some()
            || touched.accepted.is_some()
            || data.rate.is_some()
            || data.count.is_some();
        let Some(read) = touched.read.filter(|_| !comes && !data.stored_in.is_empty()) else { continue };
        let name = entry.name.text;
        out.push(
            RULE.finding(entry.name.span, format!("`{name}` is read, but nothing ever writes it"))
                .related(read, "read here")
                .help(format!(
                    "add `writes: [{name}]` to the step that does, or say `rate:` or `count:` of what is there already"
                )),
        );
    }
}
