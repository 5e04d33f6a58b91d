use crate::diagnostic::Diagnostic;
use crate::rules::Case;
use crate::rules::rule::rule;

rule! {
    /// A decision that does not say where it stands, in a design where others do.
    ///
    /// ## Why
    /// A reader cannot tell whether it is in force, still discussed, or given up long ago, and has to ask somebody who was
    /// there. Nygard, "Documenting Architecture Decisions" (2011), has the status as one of five parts of a record.
    ///
    /// Nothing is reported while no decision has a status.
    ///
    /// ## Example
    /// ```yaml
    /// rules: { decision-without-status: warning }
    /// components:
    ///   app: service
    /// decisions:
    ///   one-program: { text: The shop stays one program, status: accepted }
    ///   own-search: We run the search ourselves
    /// # ^^^^^^^^^^ decision-without-status
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// rules: { decision-without-status: warning }
    /// components:
    ///   app: service
    /// decisions:
    ///   one-program: { text: The shop stays one program, status: accepted }
    ///   own-search: { text: We run the search ourselves, status: proposed }
    /// ```
    "decision-without-status": Warning, Traceability, Recommended, at Design, since "0.2.0", check
}

fn check(case: &Case<'_, '_>, out: &mut Vec<Diagnostic>) {
    let decisions = &case.design.decisions;
    if !case.is_sound || !decisions.iter().any(|entry| entry.value.status.is_some()) {
        return;
    }
    for entry in decisions.iter().filter(|entry| entry.value.status.is_none()) {
        let message = format!("the decision `{}` does not say whether it is in force", entry.name.text);
        let help = match entry.value.superseded_by {
            Some(_) => "add `status: superseded`",
            None => "add `status: accepted`, or `proposed`, `rejected`, `deprecated` or `superseded`",
        };
        out.push(RULE.finding(entry.name.span, message).help(help));
    }
}
