//! Rules of the project's own, which stand under `rules: own:`.
//!
//! They are data: what to look at, which of it is meant, and what must hold there. Reading one reports what makes no
//! sense in it; running one takes a number of steps that the design and the rule bound.

mod elements;
mod matching;
mod message;
mod running;
mod summary;

use super::Case;
use crate::diagnostic::{Diagnostic, Severity};
use crate::source::Span;
use crate::spec::own_rule::{Find, OwnRule};
use crate::spec::requirement::Quality;
use crate::spec::rule_block::SeverityWord;
use crate::spec::values::Entry;
use matching::Matcher;

/// What there is to know of a rule of the project's own without its design.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Facts {
    /// What users write in `allow`.
    pub name: String,
    /// What it is about, for reports.
    pub summary: String,
    /// What to write instead.
    pub help: String,
    /// What its findings are about.
    pub quality: Option<Quality>,
    /// The severity unless the user sets another; `None` when it is off.
    pub severity: Option<Severity>,
}

impl Facts {
    /// The facts of the rules of a design.
    pub fn of(design: &crate::spec::Design<'_>) -> Vec<Self> {
        let rules = design.rules.iter().flat_map(|block| &block.own);
        rules.map(|entry| Self::of_rule(entry)).collect()
    }

    /// The facts of one rule.
    pub fn of_rule(entry: &Entry<'_, OwnRule<'_>>) -> Self {
        let rule = &entry.value;
        let text = |text: Option<crate::spec::values::Text<'_>>| text.map(|text| text.text.to_owned());
        Self {
            name: entry.name.text.to_owned(),
            summary: text(rule.message)
                .or_else(|| summary::of(rule))
                .unwrap_or_else(|| "A rule of this project's own.".to_owned()),
            help: text(rule.help).unwrap_or_default(),
            quality: rule.quality.map(|quality| quality.value),
            severity: match rule.severity.map(|severity| severity.value) {
                Some(SeverityWord::Off) => None,
                Some(SeverityWord::Info) => Some(Severity::Info),
                Some(SeverityWord::Error) => Some(Severity::Error),
                Some(SeverityWord::Warning) | None => Some(Severity::Warning),
            },
        }
    }
}

/// How many things all rules of a design may look at together.
const MOST_STEPS: usize = 20_000_000;

/// A rule that is being run.
struct Run<'a, 'm, 't> {
    case: &'a Case<'m, 't>,
    entry: &'m Entry<'t, OwnRule<'t>>,
    severity: Severity,
}

impl Run<'_, '_, '_> {
    /// A finding of the rule, with its own words where it has some. `fill` gives what stands for a placeholder.
    fn finding(&self, span: Span, otherwise: String, fill: &dyn Fn(&str) -> Option<String>) -> Diagnostic {
        let rule = &self.entry.value;
        let message = rule.message.map_or(otherwise, |text| message::filled(text.text, fill));
        let name_of_own_rule = self.entry.name.text.to_owned();
        let finding = Diagnostic::new(name_of_own_rule, self.severity, span, message);
        match rule.help {
            Some(help) => finding.help(message::filled(help.text, fill)),
            None => finding,
        }
    }
}

fn invalid(span: Span, message: impl Into<String>, help: impl Into<String>) -> Diagnostic {
    super::INVALID_RULE.finding(span, message).help(help)
}

fn review_rule(case: &Case<'_, '_>, entry: &Entry<'_, OwnRule<'_>>, out: &mut Vec<Diagnostic>) {
    let (name, rule) = (entry.name, &entry.value);
    if super::find(name.text).is_some() {
        let message = format!("there is a rule `{}` already", name.text);
        out.push(invalid(name.span, message, "choose another name: findings are told apart by it"));
    }
    let demands = [
        !rule.needs.is_empty(),
        !rule.allowed.is_empty(),
        rule.check.is_some(),
        rule.depth.is_some(),
        rule.forbid.is_some(),
    ];
    if !demands.contains(&true) && !rule.allowed.lost.everything {
        let keys = ["needs", "allowed", "check", "depth", "forbid"];
        if keys.iter().all(|key| rule.node.get(key).is_none()) {
            let help = "say what must hold: `needs`, `allowed`, `check`, `depth` or `forbid`";
            out.push(invalid(name.span, format!("the rule `{}` demands nothing", name.text), help));
        }
    }
    match (rule.find, &rule.forbid) {
        (None, None) if demands.contains(&true) && rule.node.get("find").is_none() => {
            let message = format!("the rule `{}` does not say what it looks at", name.text);
            out.push(invalid(name.span, message, "add `find: components`, or another section"));
        }
        (Some(find), Some(_)) => {
            let help = "take `find` out, or make two rules of it";
            out.push(invalid(find.span, "`forbid` looks at connections, and at nothing else", help));
        }
        _ => {}
    }
    if let (Some(depth), true) = (&rule.depth, rule.find.is_some_and(|find| find.value != Find::Flows)) {
        out.push(invalid(depth.span(), "only flows have calls within calls", "write `find: flows`"));
    }
    if let Some(find) = rule.find {
        let named = rule.needs.iter().copied().chain(rule.allowed.iter().map(|allowed| allowed.name));
        for key in named.filter(|key| !elements::may_have(find.value, key.text)) {
            out.push(elements::unknown_key(find.value, key));
        }
        if let Some(only) = &rule.only {
            Matcher::review(case, find.value, only, out);
        }
        running::review_check(case, find.value, rule, out);
    }
    if let Some(forbid) = &rule.forbid {
        for end in [&forbid.from, &forbid.to].into_iter().flatten() {
            Matcher::review(case, Find::Components, end, out);
        }
    }
    message::review(rule, out);
}

/// Reports what makes no sense in the rules of a design, and runs the others that are switched on: `severity` says how
/// much one matters, `None` that it is off.
pub fn check(case: &Case<'_, '_>, severity: &dyn Fn(&Facts) -> Option<Severity>, out: &mut Vec<Diagnostic>) {
    let Some(block) = case.model().design.rules.as_ref() else { return };
    let mut steps = 0_usize;
    for entry in &block.own {
        let before = out.len();
        review_rule(case, entry, out);
        let Some(severity) = severity(&Facts::of_rule(entry)) else { continue };
        // What a rule with a mistake would find is not what was meant.
        if out.len() > before || !case.is_sound {
            continue;
        }
        let run = Run { case, entry, severity };
        let size = match entry.value.find {
            Some(find) => elements::all(case.model(), find.value).len(),
            None => case.connections.len(),
        };
        steps = steps.saturating_add(size.saturating_mul(1 + entry.value.node.span().len() / 16));
        if steps > MOST_STEPS {
            let message =
                "the rules of this design look at too much: this one and those after it are not run";
            let help = "write fewer rules, or rules that look at less";
            out.push(Diagnostic::error("limit-exceeded", entry.name.span, message).help(help));
            return;
        }
        running::run(&run, out);
    }
}
