//! Which findings count: profile, severities, and what is allowed.

use super::allows::{self, Allow, Index};
use super::own::Facts;
use super::{Category, Profile, Rule, Selection, Stage};
use crate::diagnostic::{Diagnostic, Severity};
use crate::source::Span;
use crate::spec::Design;
use crate::spec::rule_block::{ProfileWord, SeverityWord, StageWord};
use crate::spec::values::Date;

/// What a user asked for. Later layers win: built-in, `sysdesign.toml`, the design, the command line.
#[derive(Clone, Debug, Default)]
pub struct Policy {
    /// How many rules are active; the recommended ones when nothing is said.
    pub profile: Option<Profile>,
    /// How far the design is; told by what it says of itself when nobody does.
    pub stage: Option<Stage>,
    /// Severities by rule name; `None` turns the rule off.
    pub severities: Vec<(String, Option<Severity>)>,
    /// What is allowed.
    pub allows: Vec<Allow>,
    /// What the command line says, which goes before everything else.
    pub selection: Selection,
    /// The rules of the project's own.
    pub own: Vec<Facts>,
    /// The day on which `until` is judged.
    pub today: Option<Date>,
}

fn severity_of(word: SeverityWord) -> Option<Severity> {
    match word {
        SeverityWord::Off => None,
        SeverityWord::Info => Some(Severity::Info),
        SeverityWord::Warning => Some(Severity::Warning),
        SeverityWord::Error => Some(Severity::Error),
    }
}

impl Policy {
    /// This policy with what a design says on top. Names that are no rules are reported.
    pub fn with_design(&self, design: &Design<'_>, out: &mut Vec<Diagnostic>) -> Self {
        let mut policy = self.clone();
        policy.own = Facts::of(design);
        policy.allows.extend(allows::beside_elements(design, &policy.own, out));
        let Some(block) = &design.rules else { return policy };
        policy.profile = match block.profile.map(|profile| profile.value) {
            Some(ProfileWord::Minimal) => Some(Profile::Minimal),
            Some(ProfileWord::Recommended) => Some(Profile::Recommended),
            Some(ProfileWord::Strict) => Some(Profile::Strict),
            None => policy.profile,
        };
        policy.stage = match block.stage.map(|stage| stage.value) {
            Some(StageWord::Sketch) => Some(Stage::Sketch),
            Some(StageWord::Design) => Some(Stage::Design),
            Some(StageWord::Production) => Some(Stage::Production),
            None => policy.stage,
        };
        for (name, word) in &block.others.entries {
            if check_name(name.text, name.span, &policy.own, out) {
                policy.severities.push((name.text.to_owned(), severity_of(word.value)));
            }
        }
        for allow in &block.allow {
            let on = allow.on.map(|on| on.text.to_owned());
            policy.allows.extend(allows::read(allow.rule, allow.reason, allow.until, on, &policy.own, out));
        }
        policy
    }

    /// The severity of a rule under this policy; `None` when it is off.
    pub fn severity(&self, rule: &Rule) -> Option<Severity> {
        if rule.category == Category::Language {
            return Some(rule.severity);
        }
        if self.selection.leaves_out(rule.name, rule.category) {
            return None;
        }
        let said = self.severities.iter().rev().find(|(name, _)| name == rule.name);
        let profile = self.selection.profile.or(self.profile).unwrap_or(Profile::Recommended);
        match said {
            Some((_, Some(severity))) => Some(*severity),
            _ if self.selection.names(rule.name) => Some(rule.severity),
            Some((_, None)) => None,
            None if rule.profile > profile => None,
            None => Some(rule.severity),
        }
    }

    /// The severity of a rule of the project's own; `None` when it is off.
    pub fn severity_of_own(&self, rule: &Facts) -> Option<Severity> {
        if self.selection.leaves_out_own(&rule.name) {
            return None;
        }
        let said = self.severities.iter().rev().find(|(name, _)| *name == rule.name);
        let severity = said.map_or(rule.severity, |(_, severity)| *severity);
        severity.or_else(|| self.selection.names(&rule.name).then_some(Severity::Warning))
    }

    /// How far a design is: as somebody says, or else a design once a requirement can be checked, and a sketch before.
    pub fn stage_of(&self, design: &Design<'_>) -> Stage {
        let is_checked = || design.requirements.iter().any(|entry| entry.value.check.is_some());
        let said = self.selection.stage.or(self.stage);
        said.unwrap_or_else(|| if is_checked() { Stage::Design } else { Stage::Sketch })
    }

    /// Whether a rule is run on a design at some stage. What a user gives a severity is run at every stage.
    pub fn is_active(&self, rule: &Rule, stage: Stage) -> bool {
        let is_named =
            || self.severities.iter().any(|(name, _)| name == rule.name) || self.selection.names(rule.name);
        self.severity(rule).is_some() && (rule.stage <= stage || is_named())
    }

    /// Sets severities and takes out what is off or allowed. `paths` gives the dotted place of a span. Returns
    /// how many findings were silenced; `used` says which allowed ones silenced any.
    pub fn apply(
        &self,
        findings: &mut Vec<Diagnostic>,
        paths: &dyn Fn(Span) -> String,
        used: &mut Vec<bool>,
    ) -> usize {
        used.resize(self.allows.len(), false);
        let mut silenced = 0;
        let index = Index::new(&self.allows);
        findings.retain_mut(|finding| {
            // A rule of the project's own was given its severity when it was run.
            if let Some(rule) = super::find(&finding.rule) {
                if rule.category == Category::Language {
                    return true;
                }
                let Some(severity) = self.severity(rule) else { return false };
                // A stage may judge a finding milder than its rule does; only the user's word overrides it.
                if severity != rule.severity {
                    finding.severity = severity;
                }
            }
            if self.allows.is_empty() {
                return true;
            }
            let path = paths(finding.span);
            let mut silent = false;
            for at in index.covering(&finding.rule, &path) {
                if let (Some(allow), Some(used)) = (self.allows.get(at), used.get_mut(at)) {
                    *used = true;
                    silent |= !self.is_expired(allow);
                }
            }
            silenced += usize::from(silent);
            !silent
        });
        silenced
    }

    /// Whether the command line leaves a rule what it would find: else nobody can tell what is still there.
    fn may_find(&self, name: &str) -> bool {
        let Some(rule) = super::find(name) else { return !self.selection.leaves_out_own(name) };
        let narrowed = self.selection.profile.is_some_and(|profile| rule.profile > profile)
            || self.selection.stage.is_some_and(|stage| rule.stage > stage);
        let is_left_out = self.selection.leaves_out(rule.name, rule.category);
        !is_left_out && (!narrowed || self.selection.names(name))
    }

    fn is_expired(&self, allow: &Allow) -> bool {
        matches!((allow.until, self.today), (Some(until), Some(today)) if until < today)
    }

    /// Findings about what is allowed itself: that it silences nothing, or no longer.
    pub fn review(&self, allow: &Allow, used: bool) -> Option<Diagnostic> {
        if self.is_expired(allow) {
            let until = allow.until.map(|until| until.to_string()).unwrap_or_default();
            let help = "mend what it was allowed for, or decide anew and move the date";
            let at = allow.until_span.unwrap_or(allow.span);
            let message = format!("`{}` was allowed until {until}", allow.rule);
            return Some(super::EXPIRED_ALLOW.finding(at, message).help(help));
        }
        if used || !self.may_find(&allow.rule) {
            return None;
        }
        let place = allow.on.as_deref().map(|on| format!(" on `{on}`")).unwrap_or_default();
        let message = format!("this allows nothing: `{}` finds nothing{place}", allow.rule);
        Some(super::UNUSED_ALLOW.finding(allow.span, message).help("take it out"))
    }
}

/// Whether there is such a rule, and one that users may change; reports it when not.
pub fn check_name(name: &str, span: Span, own: &[Facts], out: &mut Vec<Diagnostic>) -> bool {
    match super::find(name) {
        None if own.iter().any(|rule| rule.name == name) => true,
        None => {
            let message = format!("there is no rule `{name}`");
            let finding = super::UNKNOWN_RULE.finding(span, message);
            let known = super::ALL.iter().map(|rule| rule.name).chain(own.iter().map(|rule| &*rule.name));
            out.push(match crate::suggest::nearest(name, known) {
                Some(near) => finding.meant(name, near),
                None => finding.help("`sysdesign rules` lists them all"),
            });
            false
        }
        Some(rule) if rule.category == Category::Language => {
            let message = format!("`{name}` cannot be changed or allowed");
            let help = "mend what it points at: without that the design cannot be understood";
            out.push(super::UNKNOWN_RULE.finding(span, message).help(help));
            false
        }
        Some(_) => true,
    }
}
