//! The kinds of diagrams: one file for each, from the model to pictures.

mod architecture;
mod boxes;
mod c4;
mod capacity;
mod classes;
mod cost;
mod data_flow;
mod dependencies;
mod deployment;
mod entities;
mod failures;
mod latency;
mod looks;
mod mindmap;
mod overview;
mod requirements;
mod roadmap;
mod sequence;
mod states;
mod traffic;
mod use_cases;

use super::Context;
pub(super) use boxes::Drawn;

use super::picture::{Body, Picture};

/// A kind of diagram.
#[derive(Debug)]
pub struct Kind {
    /// What the command line calls it.
    pub name: &'static str,
    /// What it shows.
    pub about: &'static str,
    /// Whether it cannot be drawn without computed numbers.
    pub needs_numbers: bool,
    pub(super) draw: fn(&Context<'_, '_, '_>) -> Vec<Picture>,
}

macro_rules! kinds {
    ($($name:literal, $needs:literal, $draw:path, $about:literal;)*) => {
        /// All kinds.
        pub const ALL: &[&Kind] = &[
            $(&Kind { name: $name, about: $about, needs_numbers: $needs, draw: $draw },)*
        ];
    };
}

kinds! {
    "architecture", false, architecture::draw, "components, grouped, and what connects them";
    "c4-context", false, c4::context, "C4: the system, its users and the systems around it";
    "c4-container", false, c4::container, "C4: what runs inside the system";
    "c4-component", false, c4::component, "C4: the modules inside each component";
    "c4-deployment", false, c4::deployment, "C4: what runs on which nodes";
    "sequence", false, sequence::draw, "who says what to whom, for each flow";
    "entities", false, entities::draw, "the records, their keys and how they refer to each other";
    "data-flow", false, data_flow::draw, "which data goes where, with trust boundaries and sensitivity";
    "deployment", false, deployment::draw, "regions, zones and nodes, and what runs in them";
    "requirements", false, requirements::draw, "requirements and what meets them";
    "requirements-matrix", false, requirements::matrix, "requirements by what meets them, as a table";
    "classes", false, classes::draw, "classes and interfaces inside each component";
    "states", false, states::draw, "the states that things go through";
    "use-cases", false, use_cases::draw, "who gets what done";
    "dependencies", false, dependencies::draw, "who depends on whom, in layers, with cycles marked";
    "traffic", true, traffic::draw, "requests at peak, from those who start them to the stores";
    "latency", true, latency::draw, "where the time of each flow goes";
    "capacity", true, capacity::draw, "how use and storage grow over the years";
    "sweep", true, capacity::sweep, "how use and costs change when all traffic is multiplied";
    "cost", true, cost::draw, "what each component costs";
    "failures", true, failures::draw, "what must not fail: single points of failure and pairs, for each flow";
    "mindmap", false, mindmap::draw, "the requirements around the system";
    "roadmap", false, roadmap::draw, "decisions and open questions by date";
}

/// The kind with this name.
pub fn find(name: &str) -> Option<&'static Kind> {
    ALL.iter().copied().find(|kind| kind.name == name)
}

/// A picture of a kind, with the title of the view or of the system.
fn picture(context: &Context<'_, '_, '_>, kind: &str, about: Option<&str>, body: Body) -> Picture {
    let design = &context.case.model().design;
    let system = design.name.map_or("The system", |name| name.text);
    let whole = context.view.title.unwrap_or(system);
    let (name, title) = match about {
        Some(about) => (format!("{kind} of {about}"), format!("{whole}: {about}")),
        None if kind == "architecture" => (kind.to_owned(), whole.to_owned()),
        None => (kind.to_owned(), format!("{whole}: {}", kind.replace('-', " "))),
    };
    let what = find(kind).map_or("", |kind| kind.about);
    let description = match context.view.description {
        Some(said) => said.to_owned(),
        None => format!("{title}: {what}"),
    };
    Picture { name, title, description, body, legend: Vec::new(), notices: Vec::new() }
}

/// The first characters of a long text.
fn shortened(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let kept: String = text.chars().take(most.saturating_sub(1)).collect();
    format!("{}…", kept.trim_end())
}
