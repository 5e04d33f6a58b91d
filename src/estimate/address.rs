//! Addresses: from text to whose value it is, and which.

use super::label::Subject;
use crate::model::Model;
use crate::model::addresses::SECTIONS;
use crate::model::names::Space;

/// Whose value an address names, and which of its values; the argument in parentheses is not part of it.
pub fn parse(model: &Model<'_>, address: &str) -> Option<(Subject, &'static str)> {
    let (section, rest) = address.split_once('.')?;
    if section == "assumptions" {
        return Some((Subject::Assumption(model.names.find(Space::Assumption, rest)?), ""));
    }
    let (.., table) = SECTIONS.iter().find(|(name, ..)| *name == section)?;
    let find = |space: Space, id: &str| model.names.find(space, id);
    let (subject, name) = match section {
        "connections" => {
            let mut parts = rest.splitn(3, '.');
            let from = find(Space::Component, parts.next()?)?;
            let to = find(Space::Component, parts.next()?)?;
            (Subject::Connection(from, to), parts.next()?)
        }
        "system" => (Subject::System, rest),
        _ => {
            let (id, name) = rest.split_once('.')?;
            let subject = match section {
                "flows" => Subject::Flow(find(Space::Flow, id)?),
                "apis" => Subject::Api(find(Space::Api, id)?),
                "components" => Subject::Component(find(Space::Component, id)?),
                _ => Subject::Data(find(Space::Data, id)?),
            };
            (subject, name)
        }
    };
    let known = table.iter().find(|known| known.name == name)?;
    Some((subject, known.name))
}

/// The data and the time of `data.link.storage.at(1 year)`, and the time as it is written.
pub fn parse_storage_at<'a>(model: &Model<'_>, address: &'a str) -> Option<(u32, &'a str, f64)> {
    let (before, time) = address.strip_suffix(')')?.split_once('(')?;
    let (Subject::Data(data), "storage.at") = parse(model, before)? else { return None };
    let expr = crate::quantity::parse(time).ok()?;
    let dimension = expr.as_literal().map(|literal| literal.dimension);
    let seconds = expr.central(&crate::quantity::NoNames).ok()?;
    (dimension == Some(crate::quantity::Dimension::TIME)).then_some((data, time, seconds))
}
