//! `views:` which part of the design a diagram shows.

use super::quantities::{Count, Quantity};
use super::record::{Form, choice, record};
use super::values::{Name, OneOrMore, Spanned, Text};

choice! {
    /// Which way a diagram runs.
    Direction = "a direction";
    /// From left to right.
    LeftRight = "left-right",
    /// From right to left.
    RightLeft = "right-left",
    /// From top to bottom.
    TopBottom = "top-bottom",
    /// From bottom to top.
    BottomTop = "bottom-top",
}

choice! {
    /// How much a diagram shows.
    Detail = "a level of detail";
    /// Groups and what connects them.
    Overview = "overview",
    /// Components and what connects them.
    Normal = "normal",
    /// Also technologies, protocols and facts.
    Full = "full",
}

record! {
    /// A set of components: by id, or by what they have in common. All that is said must hold.
    Selector = "selector", Form { shorthand: Some("id"), ..Form::MAP };
    /// A component or group by its id.
    /// Example: `app`
    id: Option<Name<'t>>,
    /// All components of a kind.
    /// Example: `database`
    kind: Option<Name<'t>>,
    /// All components in a group.
    /// Example: `backend`
    group: Option<Name<'t>>,
    /// All components with a tag.
    /// Example: `core`
    tag: Option<Name<'t>>,
    /// How many connections further the neighbours are taken in.
    /// Example: `1`
    neighbours: Option<Quantity<'t, Count>>,
}

record! {
    /// A part of the design worth a picture of its own.
    View = "view", Form::MAP;
    /// The title over the picture.
    /// Example: `Redirects`
    title: Option<Text<'t>>,
    /// What the picture shows.
    /// Example: `Everything a redirect touches`
    description: Option<Text<'t>>,
    /// What is in it; everything when nothing is said.
    /// Example: `[app, { kind: database }]`
    include: OneOrMore<Selector<'t>>,
    /// What is left out.
    /// Example: `[{ tag: internal }]`
    exclude: OneOrMore<Selector<'t>>,
    /// Which way it runs.
    /// Example: `left-right`
    direction: Option<Spanned<Direction>>,
    /// How much it shows.
    /// Example: `overview`
    detail: Option<Spanned<Detail>>,
    /// Groups that are drawn as one box.
    /// Example: `[backend]`
    collapse: OneOrMore<Name<'t>>,
    /// The flows that it shows.
    /// Example: `[redirect]`
    flows: OneOrMore<Name<'t>>,
}
