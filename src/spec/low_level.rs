//! Low-level design inside a component: modules, states and use cases.

use super::arrow::{Arrow, Arrows, FromArrow, Line};
use super::record::{Form, choice, record};
use super::values::{IdMap, List, Name, OneOrMore, Spanned, Text};

choice! {
    /// What a module is in the code.
    ModuleKind = "a kind of module";
    /// A class.
    Class = "class",
    /// An abstract class.
    Abstract = "abstract",
    /// An interface, trait or protocol.
    Interface = "interface",
    /// A plain record of fields.
    Struct = "struct",
    /// A closed set of values.
    Enum = "enum",
    /// Free functions.
    Functions = "functions",
    /// A package of other modules.
    Package = "package",
}

record! {
    /// A class, interface or package inside a component.
    Module = "module", Form { may_be_empty: true, ..Form::MAP };
    /// What it is in the code.
    /// Example: `interface`
    kind: Option<Spanned<ModuleKind>>,
    /// What it is for.
    /// Example: `Makes short codes`
    description: Option<Text<'t>>,
    /// Its fields and their types.
    /// Example: `{ counter: u64 }`
    fields: IdMap<'t, Text<'t>>,
    /// Its methods, as signatures.
    /// Example: `["next() -> Code", "release(code)"]`
    methods: OneOrMore<Text<'t>>,
    /// The values of an enum.
    /// Example: `[draft, active, expired]`
    values: OneOrMore<Name<'t>>,
    /// The modules that it is a special case of.
    /// Example: `[Generator]`
    extends: OneOrMore<Name<'t>>,
    /// The interfaces that it fulfils.
    /// Example: `[Clock]`
    implements: OneOrMore<Name<'t>>,
    /// The modules that are part of it.
    /// Example: `[Counter]`
    has: OneOrMore<Name<'t>>,
    /// The modules that it calls.
    /// Example: `[Store]`
    uses: OneOrMore<Name<'t>>,
}

record! {
    /// A change from one state to another: `draft -> active: publish`.
    Transition = "transition", Form::MAP;
    /// What must be true for it to happen.
    /// Example: `the owner is verified`
    guard as "when": Option<Text<'t>>,
    /// What happens with it.
    /// Example: `send the welcome mail`
    action as "do": Option<Text<'t>>,
    ; others Arrows<'t>
}

impl<'t> FromArrow<'t> for Transition<'t> {
    const WANTED: &'static str = "a transition: `from -> to: event`";

    fn from_arrow(node: crate::syntax::Node<'t>, arrow: Arrow<'t>) -> Self {
        Self { others: Some(arrow), ..Self::empty(node) }
    }
}

record! {
    /// The states that something goes through.
    StateMachine = "state machine", Form::MAP;
    /// What goes through them.
    /// Example: `The life of a link`
    description: Option<Text<'t>>,
    /// The state that it begins in; the first one named when nothing is said.
    /// Example: `draft`
    initial: Option<Name<'t>>,
    /// The states that it ends in.
    /// Example: `[expired]`
    ends as "final": OneOrMore<Name<'t>>,
    /// The changes of state, each `from -> to: event`.
    /// Example: `["draft -> active: publish", "active -> expired: time is up"]`
    transitions: List<Line<Transition<'t>>>,
}

record! {
    /// Something that an actor gets done with this component.
    UseCase = "use case", Form { required: &["text"], shorthand: Some("text"), ..Form::MAP };
    /// What gets done, in one sentence.
    /// Example: `Shorten a URL`
    text: Option<Text<'t>>,
    /// Who does it.
    /// Example: `visitor`
    actor: OneOrMore<Text<'t>>,
    /// Use cases that are always part of it.
    /// Example: `[sign_in]`
    includes: OneOrMore<Name<'t>>,
    /// Use cases that it adds to.
    /// Example: `[shorten]`
    extends: OneOrMore<Name<'t>>,
    /// The requirements that it meets.
    /// Example: `[shorten]`
    satisfies: OneOrMore<Name<'t>>,
}
