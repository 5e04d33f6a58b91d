use crate::diagnostic::Diagnostic;
use crate::rules::Case;
use crate::rules::rule::rule;

rule! {
    /// An open question that nobody is finding out the answer to.
    ///
    /// ## Why
    /// A question without a name beside it is everybody's, and stays open until its answer is needed. A system that is about
    /// to be run should have no such questions left.
    ///
    /// ## Example
    /// ```yaml
    /// rules: { open-question-without-owner: info }
    /// components:
    ///   app: service
    /// open_questions:
    ///   expiry: Do links ever expire?
    /// # ^^^^^^ open-question-without-owner
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// rules: { open-question-without-owner: info }
    /// components:
    ///   app: service
    /// open_questions:
    ///   expiry: { text: Do links ever expire?, owner: ana, due: 2099-01-15 }
    /// ```
    "open-question-without-owner": Info, Traceability, Strict, at Production, since "0.2.0", check
}

fn check(case: &Case<'_, '_>, out: &mut Vec<Diagnostic>) {
    for entry in case.design.open_questions.iter().filter(|entry| entry.value.owner.is_none()) {
        let message = format!("nobody is finding out the answer to `{}`", entry.name.text);
        let help = "say who does with `owner:`, and until when with `due:`";
        out.push(RULE.finding(entry.name.span, message).help(help));
    }
}
