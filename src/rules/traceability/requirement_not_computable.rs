use crate::diagnostic::Diagnostic;
use crate::estimate::readings::Answer;
use crate::rules::Case;
use crate::rules::rule::rule;

rule! {
    /// A requirement whose check cannot be computed.
    ///
    /// ## Why
    /// A check that nobody can answer protects nothing. Mostly a number is missing that somebody knows, or could
    /// estimate: a range will do.
    ///
    /// ## Example
    /// ```yaml
    /// requirements:
    ///   roomy: { check: components.app.utilization < 70% }
    /// #                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ requirement-not-computable
    /// components:
    ///   browser: { kind: client }
    ///   app: { kind: service, replicas: 2 }
    /// flows:
    ///   open: { rate: 100 / s, steps: ["browser -> app: GET /"] }
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// requirements:
    ///   roomy: { check: components.app.utilization < 70% }
    /// components:
    ///   browser: { kind: client }
    ///   app: { kind: service, replicas: 2, capacity: 80..120 rps }
    /// flows:
    ///   open: { rate: 100 / s, steps: ["browser -> app: GET /"] }
    /// ```
    ///
    /// ## When to allow it
    /// While the numbers are still being gathered.
    "requirement-not-computable": Warning, Traceability, Recommended, since "0.1.0", check
}

/// What is missing is listed up to here.
const SHOWN: usize = 3;

fn check(case: &Case<'_, '_>, out: &mut Vec<Diagnostic>) {
    for verdict in case.verdicts() {
        let Answer::NotComputable(missing) = &verdict.answer else { continue };
        let Some(first) = missing.first() else {
            let message = format!("nobody can tell whether `{}` holds", verdict.text);
            let help = "compare values that are computed: `sysdesign estimate FILE` lists them";
            out.push(RULE.finding(verdict.span, message).help(help));
            continue;
        };
        let message = match missing.len() {
            1 => format!("this cannot be computed: {} is not known", first.what),
            count => format!("this cannot be computed: {} and {} more are not known", first.what, count - 1),
        };
        let mut finding = RULE.finding(verdict.span, message);
        for missing in missing.iter().take(SHOWN) {
            if let Some(place) = missing.place {
                finding = finding.related(place, missing.help.clone());
            }
        }
        let mut help = first.help.clone();
        if missing.len() > SHOWN {
            let more = missing.len() - SHOWN;
            help += &format!("; {more} more {} missing", if more == 1 { "is" } else { "are" });
        }
        out.push(finding.help(help));
    }
}
