//! `rules: own:` rules that a project adds to those of the program.

use super::quantities::{Count, Quantity, read_comparison};
use super::record::{Form, choice, record};
use super::requirement::Quality;
use super::rule_block::SeverityWord;
use super::shape::{Reader, Schemas, Shape};
use super::values::{KeyMap, Name, OneOrMore, Spanned, Text};
use crate::quantity;
use crate::syntax::Node;
use serde_json::{Value, json};

choice! {
    /// What a rule looks at.
    Find = "a section that rules look at";
    /// All components.
    Components = "components",
    /// All flows.
    Flows = "flows",
    /// All APIs.
    Apis = "apis",
    /// All data.
    Data = "data",
    /// All requirements.
    Requirements = "requirements",
    /// All groups, those within groups too.
    Groups = "groups",
}

record! {
    /// What something must be like to be meant. All that is said must hold; of several values one is enough.
    Match = "match", Form::MAP;
    /// Its id; `*` stands for anything.
    /// Example: `legacy-*`
    id: OneOrMore<Text<'t>>,
    /// The kind of a component or group.
    /// Example: `[database, cache]`
    kind: OneOrMore<Name<'t>>,
    /// A trait that the kind of the component has.
    /// Example: `holds_state`
    traits as "trait": OneOrMore<Name<'t>>,
    /// The technology of a component.
    /// Example: `redis`
    tech: OneOrMore<Name<'t>>,
    /// A group that the component is in, at any depth.
    /// Example: `backend`
    group: OneOrMore<Name<'t>>,
    /// A tag that it has.
    /// Example: `core`
    tag: OneOrMore<Name<'t>>,
    /// Keys that are written, all of them.
    /// Example: `[owner]`
    has: OneOrMore<Name<'t>>,
    /// By key, the values of which one stands there.
    /// Example: `{ exposure: public }`
    is: KeyMap<'t, OneOrMore<Text<'t>>>,
    /// What it must not be like.
    /// Example: `{ tag: legacy }`
    not: Option<Box<Match<'t>>>,
}

record! {
    /// Connections that must not be: from any component that is like this to any that is like that.
    Forbidden = "forbidden connection", Form { required: &["from", "to"], ..Form::MAP };
    /// Who calls or sends.
    /// Example: `{ kind: client }`
    from: Option<Match<'t>>,
    /// Who is called or sent to.
    /// Example: `{ trait: holds_state }`
    to: Option<Match<'t>>,
}

/// A comparison over computed values of whatever the rule looks at.
#[derive(Debug)]
pub struct Condition<'t> {
    /// What was written, understood.
    pub check: Box<quantity::Check<'t>>,
    /// Where it stands.
    pub node: Node<'t>,
}

const COMPARISON: &str = "a comparison, such as `utilization < 70%`";

impl<'t> Shape<'t> for Condition<'t> {
    fn read(node: Node<'t>, reader: &mut Reader) -> Option<Self> {
        read_comparison(node, COMPARISON, reader).map(|check| Self { check, node })
    }

    fn schema(_: &mut Schemas) -> Value {
        json!({ "title": "a comparison", "type": "string", "errorMessage": format!("write {COMPARISON}") })
    }
}

record! {
    /// A rule of the project's own: what it looks at, and what must hold there.
    OwnRule = "rule of your own", Form { likely: Some("find"), ..Form::MAP };
    /// What it looks at. Not said where a connection is forbidden.
    /// Example: `components`
    find: Option<Spanned<Find>>,
    /// Which of them are meant; all when nothing is said.
    /// Example: `{ kind: service, not: { tag: legacy } }`
    only as "where": Option<Match<'t>>,
    /// Keys that must be written.
    /// Example: `[owner, links]`
    needs: OneOrMore<Name<'t>>,
    /// By key, the values that may stand there.
    /// Example: `{ tech: [postgresql, redis] }`
    allowed: KeyMap<'t, OneOrMore<Text<'t>>>,
    /// A comparison over computed values that must hold, each named as it stands behind the id in an address.
    /// Example: `utilization < 70%`
    check: Option<Condition<'t>>,
    /// The most calls that may wait for each other in a flow, one inside the other.
    /// Example: `4`
    depth: Option<Quantity<'t, Count>>,
    /// Connections that must not be.
    /// Example: `{ from: { kind: client }, to: { trait: holds_state } }`
    forbid: Option<Forbidden<'t>>,
    /// How much it matters. A warning when nothing is said.
    /// Example: `error`
    severity: Option<Spanned<SeverityWord>>,
    /// Which quality of the system it is about: there its findings count in the score card.
    /// Example: `security`
    quality: Option<Spanned<Quality>>,
    /// What is said when it does not hold. `{id}` stands for what it is about, `{from}` and `{to}` for the ends of a connection,
    /// `{key}` and `{value}` for what is not allowed, and the name of a computed value such as `{utilization}` for its number.
    /// Example: `"{id} is in use to {utilization}, and we promise 70%"`
    message: Option<Text<'t>>,
    /// What to write instead.
    /// Example: `Ask the platform team for a review`
    help: Option<Text<'t>>,
}
