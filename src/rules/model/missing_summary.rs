use crate::diagnostic::Diagnostic;
use crate::rules::Case;
use crate::rules::rule::rule;

rule! {
    /// A design that does not say what the system is for.
    ///
    /// ## Why
    /// One sentence tells a reader whether to read on, and it heads every document made from the design.
    ///
    /// ## Example
    /// ```yaml
    /// sysdesign: 1
    /// name: URL shortener
    /// #     ^^^^^^^^^^^^^ missing-summary
    /// components:
    ///   app: { kind: service }
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// sysdesign: 1
    /// name: URL shortener
    /// summary: Short links that redirect fast and never get lost.
    /// components:
    ///   app: { kind: service }
    /// ```
    "missing-summary": Info, Model, Strict, since "0.1.0", check
}

fn check(model: &Case<'_, '_>, out: &mut Vec<Diagnostic>) {
    let (Some(name), None) = (model.design.name, model.design.summary) else { return };
    // A summary that could not be read has been reported.
    if model.design.node.get("summary").is_none() {
        let help = "add `summary:` with one sentence";
        out.push(RULE.finding(name.span(), "the design does not say what the system is for").help(help));
    }
}
