//! `groups:` components that belong together.

use super::record::{Form, choice, record};
use super::rule_block::AllowHere;
use super::values::{IdMap, List, Name, OneOrMore, Spanned, Text};

choice! {
    /// Why components are in one group.
    GroupKind = "a kind of group";
    /// A software system, in the sense of C4.
    System = "system",
    /// Components that are deployed together.
    Container = "container",
    /// A part of the domain with its own language.
    Context = "context",
    /// What one team owns.
    Team = "team",
    /// A line that untrusted requests must be checked at.
    Boundary = "boundary",
    /// A layer: calls go from upper layers to lower ones.
    Layer = "layer",
    /// A network or subnet.
    Network = "network",
}

record! {
    /// Components that belong together: a system, a bounded context, a team, a trust boundary, a layer.
    Group = "group", Form { likely: Some("contains"), ..Form::MAP };
    /// The name shown in diagrams, when the id is not enough.
    /// Example: `Back end`
    name: Option<Text<'t>>,
    /// Why these belong together.
    /// Example: `context`
    kind: Option<Spanned<GroupKind>>,
    /// What the group is for.
    /// Example: `Everything that serves redirects`
    description: Option<Text<'t>>,
    /// The components, or other groups, in it.
    /// Example: `[app, hot, links]`
    contains: OneOrMore<Name<'t>>,
    /// Groups inside this one.
    /// Example: `{ stores: { contains: [hot, links] } }`
    groups: IdMap<'t, Group<'t>>,
    /// Who answers for it.
    /// Example: `links team`
    owner: Option<Text<'t>>,
    /// Where more is written.
    /// Example: `https://example.com/wiki/backend`
    links: OneOrMore<Text<'t>>,
    /// Words to select it by.
    /// Example: `[core]`
    tags: OneOrMore<Name<'t>>,
    /// Findings about this group that are known and accepted, each with a reason.
    /// Example: `[{ rule: naming-style, reason: The team is called so }]`
    allow: List<AllowHere<'t>>,
}
