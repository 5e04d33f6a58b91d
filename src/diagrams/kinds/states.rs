//! The states that something goes through: a picture for each state machine.

use super::super::Context;
use super::super::picture::{Body, Change, Picture, States};
use super::looks;
use crate::spec::low_level::{StateMachine, Transition};

/// Draws them.
pub(super) fn draw(context: &Context<'_, '_, '_>) -> Vec<Picture> {
    let mut pictures = Vec::new();
    for (index, component) in context.case.model().design.components.iter().enumerate() {
        if !context.view.shows(index) {
            continue;
        }
        for machine in &component.value.states {
            let about = format!("{} in {}", machine.name.text, looks::title(component));
            let body = Body::States(states(&machine.value));
            let mut picture = super::picture(context, "states", Some(&about), body);
            if let Some(said) = machine.value.description {
                picture.description = said.text.to_owned();
            }
            pictures.push(picture);
        }
    }
    pictures
}

fn states(machine: &StateMachine<'_>) -> States {
    let mut drawn = States::default();
    let place = |drawn: &mut States, name: &str| {
        if let Some(found) = drawn.states.iter().position(|(id, _)| id == name) {
            return found;
        }
        drawn.states.push((name.to_owned(), name.to_owned()));
        drawn.states.len() - 1
    };
    let arrows = || machine.transitions.iter().filter_map(|line| line.others.as_ref());
    let initial = machine.initial.or_else(|| arrows().next().map(|arrow| arrow.from));
    if let Some(initial) = initial {
        let to = place(&mut drawn, initial.text);
        drawn.changes.push(Change { from: None, to: Some(to), label: String::new() });
    }
    for line in &machine.transitions {
        let Some(arrow) = &line.others else { continue };
        let mut from = place(&mut drawn, arrow.from.text);
        let count = arrow.hops.len();
        for (at, hop) in arrow.hops.iter().enumerate() {
            let to = place(&mut drawn, hop.to.text);
            let label = if at + 1 == count { label(line) } else { String::new() };
            drawn.changes.push(Change { from: Some(from), to: Some(to), label });
            from = to;
        }
    }
    for end in &machine.ends {
        let from = place(&mut drawn, end.text);
        drawn.changes.push(Change { from: Some(from), to: None, label: String::new() });
    }
    drawn
}

/// `event [condition] / what happens`
fn label(transition: &Transition<'_>) -> String {
    let event = transition.others.as_ref().and_then(|arrow| arrow.text.as_ref()).map(|text| text.text);
    let mut label = event.unwrap_or_default().to_owned();
    if let Some(guard) = transition.guard {
        label += &format!(" [{}]", guard.text);
    }
    if let Some(action) = transition.action {
        label += &format!(" / {}", action.text);
    }
    label.trim().to_owned()
}
