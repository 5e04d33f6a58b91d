//! The whole document: all sections of the language.

use super::api::Api;
use super::assumption::Assumption;
use super::component::Component;
use super::data::Data;
use super::decision::{Decision, OpenQuestion};
use super::deployment::Deployment;
use super::flow::Flow;
use super::group::Group;
use super::record::{Form, choice, record};
use super::requirement::Requirement;
use super::rule_block::RuleBlock;
use super::shape::{Reader, Schemas, Shape, visible_span};
use super::traffic::Traffic;
use super::values::{IdMap, OneOrMore, Spanned, Text};
use super::variant::Variant;
use super::view::View;
use crate::diagnostic::Diagnostic;
use crate::source::Span;
use crate::syntax::{CoreType, Node};
use serde_json::{Value, json};

/// The version of the language that a design is written in.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Version;

impl<'t> Shape<'t> for Spanned<Version> {
    fn read(node: Node<'t>, reader: &mut Reader) -> Option<Self> {
        if node.core_type() == CoreType::Number(1.0) {
            return Some(Spanned { value: Version, span: node.span() });
        }
        let message = match node.core_type() {
            CoreType::Number(_) => {
                format!("this program does not know version {} of the language", node.text())
            }
            _ => format!("expected the version of the language, found {}", super::shape::describe(node)),
        };
        let at = super::shape::visible_span(node);
        let help = "write `sysdesign: 1`, or install a version of this program that knows it";
        reader.report(Diagnostic::error("unsupported-version", at, message).help(help));
        None
    }

    fn schema(_: &mut Schemas) -> Value {
        json!({ "title": "1", "const": 1, "errorMessage": "write `sysdesign: 1`" })
    }
}

choice! {
    /// The overall shape of a system.
    ArchitectureStyle = "an architectural style";
    /// One deployable with everything in it.
    Monolith = "monolith",
    /// One deployable with clear modules.
    ModularMonolith = "modular-monolith",
    /// Clients that talk to a server.
    ClientServer = "client-server",
    /// Layers, each calling only the next.
    Layered = "layered",
    /// The domain inside, adapters around it.
    Hexagonal = "hexagonal",
    /// Many services, each with its own data.
    Microservices = "microservices",
    /// A few services that share infrastructure.
    ServiceOriented = "service-oriented",
    /// Components that announce and react to events.
    EventDriven = "event-driven",
    /// Functions that a platform runs on demand.
    Serverless = "serverless",
    /// Data that passes through stages.
    Pipeline = "pipeline",
    /// Equals that talk to each other.
    PeerToPeer = "peer-to-peer",
    /// A core that plug-ins extend.
    Microkernel = "microkernel",
    /// Data in memory, spread over processing units.
    SpaceBased = "space-based",
}

record! {
    /// A system design: what a system must do, what it is made of, and how requests flow through it.
    Design = "design", Form::MAP;
    /// The version of the language.
    /// Example: `1`
    sysdesign: Option<Spanned<Version>>,
    /// What the system is called.
    /// Example: `URL shortener`
    name: Option<Text<'t>>,
    /// What the system is for, in a sentence.
    /// Example: `Short links that redirect fast and never get lost.`
    summary: Option<Text<'t>>,
    /// Who answers for the design.
    /// Example: `links team`
    owner: Option<Text<'t>>,
    /// The overall shape of the system.
    /// Example: `microservices`
    style: Option<Spanned<ArchitectureStyle>>,
    /// Other files that are part of this design. Their ids and those of this file must differ.
    /// Example: `[data.yaml, flows/checkout.yaml]`
    include: OneOrMore<Text<'t>>,
    /// Files with kinds and technologies of your own.
    /// Example: `[catalog.yaml]`
    catalog: OneOrMore<Text<'t>>,
    /// The numbers that everything else is computed from.
    /// Example: `{ new_links: 100M / month, clicks_per_link: 50..200 }`
    assumptions: IdMap<'t, Assumption<'t>>,
    /// How traffic changes over the day and over the years.
    /// Example: `{ peak: 3x, growth: 40% / year, horizon: 3 years }`
    traffic: Option<Traffic<'t>>,
    /// What the system must do, and how well.
    /// Example: `{ shorten: Users turn a long URL into a short one }`
    requirements: IdMap<'t, Requirement<'t>>,
    /// What is stored.
    /// Example: `{ link: { size: 500 B, stored_in: links } }`
    data: IdMap<'t, Data<'t>>,
    /// What the system is made of.
    /// Example: `{ app: { kind: service, replicas: 6 } }`
    components: IdMap<'t, Component<'t>>,
    /// Components that belong together.
    /// Example: `{ backend: { contains: [app, links] } }`
    groups: IdMap<'t, Group<'t>>,
    /// Where things run.
    /// Example: `{ regions: { eu: { zones: [eu-a, eu-b] } } }`
    deployment: Option<Deployment<'t>>,
    /// What callers can ask for.
    /// Example: `{ create_link: { request: POST /links, handled_by: app } }`
    apis: IdMap<'t, Api<'t>>,
    /// Scenarios: something triggers them, and steps follow.
    /// Example: `{ shorten: { api: create_link, steps: ["browser -> app: POST /links"] } }`
    flows: IdMap<'t, Flow<'t>>,
    /// Why the design is as it is.
    /// Example: `{ use-postgres: Links live in PostgreSQL }`
    decisions: IdMap<'t, Decision<'t>>,
    /// What nobody has answered yet.
    /// Example: `{ expiry: Do links ever expire on request? }`
    open_questions: IdMap<'t, OpenQuestion<'t>>,
    /// Parts of the design worth a picture of their own.
    /// Example: `{ redirects: { include: [app, hot, links] } }`
    views: IdMap<'t, View<'t>>,
    /// Other versions of the design, as what differs.
    /// Example: `{ no_cache: { components: { hot: null } } }`
    variants: IdMap<'t, Variant<'t>>,
    /// How strictly the design is judged, and what is allowed.
    /// Example: `{ profile: strict }`
    rules: Option<RuleBlock<'t>>,
}

/// The keys that the first file of a design must have; included files need not.
pub const HEADER: &[&str] = &["sysdesign", "name"];

impl<'t> Design<'t> {
    /// Whether some flow or API grows differently from the whole: it says so, or runs by the clock.
    pub fn grows_by_parts(&self) -> bool {
        let of_flow = self.flows.iter().filter_map(|flow| flow.value.traffic.as_ref());
        let of_api = self.apis.iter().filter_map(|api| api.value.traffic.as_ref());
        let by_the_clock = self.flows.iter().any(|flow| flow.value.every.is_some());
        by_the_clock || of_flow.chain(of_api).any(|traffic| traffic.growth.is_some())
    }

    /// Whether nothing of the header is there: probably a part of a design, which means little on its own.
    pub fn lacks_header(&self) -> bool {
        HEADER.iter().all(|key| self.node.get(key).is_none())
    }

    /// Reports the keys of the header that the first file lacks.
    pub fn require_header(&self, reader: &mut Reader) {
        let first = self.node.entries().next().map_or(self.node.span(), |(key, _)| key.span());
        if self.lacks_header() {
            let message = "this file has no `sysdesign` and no `name`";
            let help = "begin a design with `sysdesign: 1` and `name: …`; a file that a design includes is checked \
                        together with it: validate that design";
            reader.report(Diagnostic::error("missing-key", first, message).help(help));
            return;
        }
        for key in HEADER.iter().filter(|key| self.node.get(key).is_none()) {
            let help = match *key {
                "sysdesign" => "begin the file with `sysdesign: 1`",
                _ => "say what the system is called: `name: URL shortener`",
            };
            let message = format!("this design has no `{key}`");
            reader.report(Diagnostic::error("missing-key", first, message).help(help));
        }
    }

    /// Takes over all that an included file says. What only one file may say is reported when both do.
    pub fn absorb(&mut self, other: Self, reader: &mut Reader) {
        let mut once = |name: &str, mine: Option<Span>, theirs: Option<Span>| {
            if let (Some(mine), Some(theirs)) = (mine, theirs) {
                let message = format!("`{name}` is said in two files of this design");
                reader.report(
                    Diagnostic::error("duplicate-id", theirs, message)
                        .related(mine, "first said here")
                        .help("say it in one of them"),
                );
            }
        };
        // What an earlier part said stands in another file than the keys of this record.
        let mine = |key: &str, taken: Option<Span>| self.key_span(key).or(taken);
        let taken = self.traffic.as_ref().map(|traffic| visible_span(traffic.node));
        once("traffic", mine("traffic", taken), other.key_span("traffic"));
        let taken = self.deployment.as_ref().map(|deployment| visible_span(deployment.node));
        once("deployment", mine("deployment", taken), other.key_span("deployment"));
        // Rules of a project's own may come from several files, all else that is said of rules from one.
        let says_more = |rules: &RuleBlock<'_>| rules.node.entries().any(|(key, _)| key.text() != "own");
        let taken = self.rules.as_ref().filter(|rules| says_more(rules));
        let taken = taken.map(|rules| visible_span(rules.node));
        once(
            "rules",
            taken,
            other.rules.as_ref().filter(|rules| says_more(rules)).and(other.key_span("rules")),
        );
        self.traffic = self.traffic.take().or(other.traffic);
        self.deployment = self.deployment.take().or(other.deployment);
        self.rules = match (self.rules.take(), other.rules) {
            (Some(mut mine), Some(mut theirs)) => {
                // The block that says more stays.
                if !says_more(&mine) {
                    std::mem::swap(&mut mine, &mut theirs);
                }
                mine.own.absorb(theirs.own);
                Some(mine)
            }
            (mine, theirs) => mine.or(theirs),
        };
        self.summary = self.summary.take().or(other.summary);
        self.owner = self.owner.take().or(other.owner);
        self.style = self.style.take().or(other.style);
        self.catalog.items.extend(other.catalog.items);
        self.assumptions.absorb(other.assumptions);
        self.requirements.absorb(other.requirements);
        self.data.absorb(other.data);
        self.components.absorb(other.components);
        self.groups.absorb(other.groups);
        self.apis.absorb(other.apis);
        self.flows.absorb(other.flows);
        self.decisions.absorb(other.decisions);
        self.open_questions.absorb(other.open_questions);
        self.views.absorb(other.views);
        self.variants.absorb(other.variants);
    }
}
