use super::support;
use crate::diagnostic::Diagnostic;
use crate::rules::Case;
use crate::rules::cause;
use crate::rules::rule::rule;

rule! {
    /// One message that cannot be handled holds up, or keeps busy, everything behind it.
    ///
    /// ## Why
    /// Where messages are taken in order, the first that always fails is tried again and again, and nothing behind it is reached. Where a
    /// consumer puts a failed message back, the message comes round for ever. A place to put it aside after a few attempts ends both
    /// (Hohpe and Woolf, *Enterprise Integration Patterns*, 2003, "Dead Letter Channel"; Nygard, *Release It!*, 2nd edition, chapter 4).
    ///
    /// ## Example
    /// ```yaml
    /// rules: { profile: minimal, poison-message-risk: warning }
    /// components:
    ///   browser: { kind: client }
    ///   app: { kind: service }
    ///   events: { kind: stream, ordering: per-key }
    /// #                         ^^^^^^^^ poison-message-risk
    ///   worker: { kind: worker }
    /// flows:
    ///   ask: { rate: 10 / s, steps: [browser -> app, app ~> events] }
    ///   work: { on: events, steps: [events ~> worker] }
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// rules: { profile: minimal, poison-message-risk: warning }
    /// components:
    ///   browser: { kind: client }
    ///   app: { kind: service }
    ///   events: { kind: stream, ordering: per-key, dead_letter: failed }
    ///   failed: { kind: queue }
    ///   worker: { kind: worker }
    /// flows:
    ///   ask: { rate: 10 / s, steps: [browser -> app, app ~> events] }
    ///   work: { on: events, steps: [events ~> worker] }
    /// ```
    ///
    /// ## When to allow it
    /// When it is better to stand still than to skip a message, and somebody is called when it does.
    "poison-message-risk": Warning, Reliability, Recommended, at Design, since "0.2.0", check
}

fn check(case: &Case<'_, '_>, out: &mut Vec<Diagnostic>) {
    if !case.is_sound {
        return;
    }
    for (broker, taken) in support::without_dead_letters(case) {
        let name = case.component_name(broker);
        let help = format!(
            "put messages aside that fail a few times: `dead_letter: failed_{name}` on `components.{name}`"
        );
        if let Some(back) = support::put_back(case, broker, &taken) {
            let by = case.component_name(back.by);
            let message = format!(
                "`{by}` puts messages back into `{name}`, so that one that always fails comes round for ever"
            );
            out.push(RULE.finding(back.span, message).help(help));
        } else if support::keeps_order(case, broker) {
            let Some(span) = cause::fact(case, broker, &["dead_letter", "ordering"]) else { continue };
            let message = format!("one message of `{name}` that cannot be handled holds up all behind it");
            let mut finding = RULE.finding(span, message);
            if let Some(first) = taken.first() {
                let by = case.component_name(first.by);
                finding = finding.related(first.span, format!("`{by}` takes them in order here"));
            }
            out.push(finding.help(help));
        }
    }
}
