use crate::diagnostic::Diagnostic;
use crate::rules::Case;
use crate::rules::hops;
use crate::rules::rule::rule;

rule! {
    /// An even number of voting copies, which survives no more failures than one copy less.
    ///
    /// ## Why
    /// A majority of four is three, so four copies go on without one of them, as three copies do; the fourth costs money and makes every
    /// write wait for one more (Beyer et al., *Site Reliability Engineering*, 2016, chapter 23, "Managing critical state").
    ///
    /// ## Example
    /// ```yaml
    /// rules: { profile: minimal, even-quorum: info }
    /// components:
    ///   browser: { kind: client }
    ///   app: { kind: service }
    ///   locks: { kind: key_value_store, replicas: 4, quorum: { n: 4, w: 3, r: 3 } }
    /// #                                                           ^ even-quorum
    /// flows:
    ///   lock: { rate: 10 / s, steps: ["browser -> app -> locks: take the lock"] }
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// rules: { profile: minimal, even-quorum: info }
    /// components:
    ///   browser: { kind: client }
    ///   app: { kind: service }
    ///   locks: { kind: key_value_store, replicas: 3, quorum: { n: 3, w: 2, r: 2 } }
    /// flows:
    ///   lock: { rate: 10 / s, steps: ["browser -> app -> locks: take the lock"] }
    /// ```
    "even-quorum": Info, Reliability, Strict, on Availability, since "0.2.0", check
}

fn check(case: &Case<'_, '_>, out: &mut Vec<Diagnostic>) {
    for entry in &case.design.components {
        let Some(quorum) = entry.value.quorum.as_deref() else { continue };
        let of = |it: &Option<crate::spec::quantities::Quantity<'_, crate::spec::quantities::Count>>| {
            it.as_ref().and_then(|it| case.central(&it.written))
        };
        let (Some(n), Some(w), Some(r)) = (of(&quorum.n), of(&quorum.w), of(&quorum.r)) else { continue };
        let majority = n / 2.0 + 1.0;
        if n < 2.0 || n % 2.0 != 0.0 || w != majority || r != majority {
            continue;
        }
        let name = entry.name.text;
        let span = quorum.n.as_ref().map_or(entry.name.span, |n| n.span());
        let survives = hops::count(n - majority);
        let message = format!(
            "{} copies of `{name}` go on without {survives} of them, as {} would",
            hops::count(n),
            hops::count(n - 1.0)
        );
        let help = format!(
            "take one copy less (`n: {}`) or one more (`n: {}`)",
            hops::count(n - 1.0),
            hops::count(n + 1.0)
        );
        out.push(RULE.finding(span, message).help(help));
    }
}
