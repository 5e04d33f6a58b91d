//! `rules:` how strictly the design is judged, and what is allowed.

use super::own_rule::OwnRule;
use super::record::{Form, OtherKeys, choice, record};
use super::shape::{Reader, Schemas, Shape};
use super::values::{Date, IdMap, List, Name, Spanned, Text};
use crate::suggest::closest;
use crate::syntax::{Node, NodeKind};
use serde_json::{Map as JsonMap, Value};

choice! {
    /// How many rules are active.
    ProfileWord = "a profile";
    /// Only what is certainly wrong.
    Minimal = "minimal",
    /// What a reviewer would say.
    Recommended = "recommended",
    /// Also what may be a matter of taste or stage.
    Strict = "strict",
}

choice! {
    /// How far a design is.
    StageWord = "a stage";
    /// Boxes and arrows: what is there must make sense, nothing is missing yet.
    Sketch = "sketch",
    /// Under review: what flows need to be fast, available and safe is said.
    Design = "design",
    /// About to run: also backups, monitoring, owners.
    Production = "production",
}

choice! {
    /// How much the findings of a rule matter.
    SeverityWord = "a severity";
    /// The rule is not run.
    Off = "off",
    /// Worth knowing.
    Info = "info",
    /// Likely a mistake or a risk.
    Warning = "warning",
    /// The design must not stay like this.
    Error = "error",
}

record! {
    /// A finding that is known and accepted.
    Allow = "allowed finding", Form { required: &["rule", "reason"], ..Form::MAP };
    /// The rule.
    /// Example: `missing-summary`
    rule: Option<Name<'t>>,
    /// The part of the design where it is allowed; everywhere when nothing is said.
    /// Example: `components.app`
    on: Option<Text<'t>>,
    /// Why it is accepted.
    /// Example: `The CDN limits it`
    reason: Option<Text<'t>>,
    /// Until when it is accepted.
    /// Example: `2027-06-01`
    until: Option<Spanned<Date>>,
}

record! {
    /// A finding that is known and accepted, written beside what it is about.
    AllowHere = "finding allowed here", Form { required: &["rule", "reason"], ..Form::MAP };
    /// The rule.
    /// Example: `unused-component`
    rule: Option<Name<'t>>,
    /// Why it is accepted.
    /// Example: `Kept for the migration`
    reason: Option<Text<'t>>,
    /// Until when it is accepted.
    /// Example: `2027-06-01`
    until: Option<Spanned<Date>>,
}

/// Severities by rule name.
#[derive(Debug, Default)]
pub struct Severities<'t> {
    /// Rule and severity, in the order they are written.
    pub entries: Vec<(Name<'t>, Spanned<SeverityWord>)>,
}

impl<'t> OtherKeys<'t> for Severities<'t> {
    fn takes(name: &str) -> bool {
        !name.starts_with("x-")
    }

    fn add(&mut self, key: Node<'t>, value: Node<'t>, reader: &mut Reader) {
        let name = Name { text: key.text(), span: key.span() };
        // A slip in another key shows by its value; with a severity, it is the name of no rule.
        let is_severity = value.kind() == NodeKind::Scalar && SeverityWord::from_word(value.text()).is_some();
        let slip = closest(name.text, ["profile", "stage", "allow", "own"].into_iter());
        if let (Some(near), false) = (slip, is_severity) {
            let keys = RuleBlock::INFO;
            let _ = near;
            reader.unknown_key(key, keys.name, keys.keys, None);
            return;
        }
        if let Some(severity) = Spanned::<SeverityWord>::read(value, reader) {
            self.entries.push((name, severity));
        }
    }

    fn describe(object: &mut JsonMap<String, Value>, schemas: &mut Schemas) {
        object.insert("additionalProperties".into(), Spanned::<SeverityWord>::schema(schemas));
    }
}

record! {
    /// How strictly the design is judged: a profile, severities by rule name, and findings that are accepted.
    RuleBlock = "rules block", Form { may_be_empty: true, ..Form::MAP };
    /// How many rules are active.
    /// Example: `strict`
    profile: Option<Spanned<ProfileWord>>,
    /// How far the design is, which decides what may be missing. When nothing is said: `design` once a requirement has a
    /// `check`, `sketch` before.
    /// Example: `production`
    stage: Option<Spanned<StageWord>>,
    /// Findings that are known and accepted, each with a reason. Beside a component, flow, API, requirement, group or
    /// data, the same key allows what is found there.
    /// Example: `[{ rule: unused-component, on: components.legacy, reason: Kept for the migration }]`
    allow: List<Allow<'t>>,
    /// Rules of your own, by name. A file of them may be shared: designs include it.
    /// Example: `{ owned: { find: components, where: { kind: service }, needs: owner } }`
    own: IdMap<'t, OwnRule<'t>>,
    ; others Severities<'t>
}
