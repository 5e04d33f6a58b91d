use crate::diagnostic::Diagnostic;
use crate::rules::Case;
use crate::rules::rule::rule;

rule! {
    /// An open question whose day has passed.
    ///
    /// ## Why
    /// It had to be answered by then because something waits for the answer. Either it was answered, and the design does not say
    /// what follows from it; or it was not, and whatever is about to be built rests on a guess.
    ///
    /// ## Example
    /// ```yaml
    /// components:
    ///   app: service
    /// open_questions:
    ///   expiry: { text: Do links ever expire?, owner: ana, due: 2026-10-01 }
    /// #                                                         ^^^^^^^^^^ open-question-past-due
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// components:
    ///   app: service
    /// decisions:
    ///   links-expire: { text: Links expire after five years, status: accepted, date: 2026-10-01 }
    /// ```
    "open-question-past-due": Warning, Traceability, Recommended, since "0.2.0", check
}

fn check(case: &Case<'_, '_>, out: &mut Vec<Diagnostic>) {
    let Some(today) = case.today() else { return };
    for entry in &case.design.open_questions {
        let Some(due) = entry.value.due.filter(|due| due.value < today) else { continue };
        let who = entry.value.owner.map(|owner| format!(" by {}", owner.text)).unwrap_or_default();
        let message =
            format!("the question `{}` was to be answered{who} until {}", entry.name.text, due.value);
        let help = "write the answer under `decisions:` and take the question out, or set a new day";
        out.push(RULE.finding(due.span, message).help(help));
    }
}
