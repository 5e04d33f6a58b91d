//! Requirements and what meets them, as a picture and as a table.

use super::super::Context;
use super::super::picture::{Body, Picture, Requirements, Table, Tone, Wanted};
use crate::estimate::readings::Answer;
use crate::model::names::Space;

/// More requirements than this do not fit into one picture.
const MOST: usize = 40;

/// What meets requirements: its id, what it is, and which requirements it says that it meets.
struct Element {
    id: String,
    what: String,
    meets: Vec<usize>,
}

fn elements(context: &Context<'_, '_, '_>) -> Vec<Element> {
    let model = context.case.model();
    let place = |name: &crate::spec::values::Name<'_>| {
        model.names.find(Space::Requirement, name.text).map(|index| index as usize)
    };
    let mut found = Vec::new();
    let is_shown = |flow: usize| context.view.flows.as_ref().is_none_or(|flows| flows.contains(&flow));
    for (_, flow) in model.design.flows.iter().enumerate().filter(|(index, _)| is_shown(*index)) {
        let meets: Vec<usize> = flow.value.satisfies.iter().filter_map(place).collect();
        if !meets.is_empty() {
            let id = format!("flow {}", flow.name.text);
            found.push(Element { id, what: "flow".to_owned(), meets });
        }
    }
    for (index, component) in model.design.components.iter().enumerate() {
        if !context.view.shows(index) {
            continue;
        }
        for case in &component.value.use_cases {
            let meets: Vec<usize> = case.value.satisfies.iter().filter_map(place).collect();
            if !meets.is_empty() {
                let id = format!("use case {} of {}", case.name.text, component.name.text);
                found.push(Element { id, what: "use case".to_owned(), meets });
            }
        }
    }
    for decision in &model.design.decisions {
        let of_section = |text: &str| text.strip_prefix("requirements.").map(str::to_owned);
        let affected = decision.value.affects.iter().filter_map(|name| of_section(name.text));
        let meets: Vec<usize> = affected
            .filter_map(|id| model.names.find(Space::Requirement, &id))
            .map(|index| index as usize)
            .collect();
        if !meets.is_empty() {
            let id = format!("decision {}", decision.name.text);
            found.push(Element { id, what: "decision".to_owned(), meets });
        }
    }
    found
}

fn wanted(context: &Context<'_, '_, '_>) -> Vec<Wanted> {
    let design = &context.case.model().design;
    let verdicts = if context.request.numbers { context.case.verdicts() } else { &[] };
    let one = |(index, entry): (
        usize,
        &crate::spec::values::Entry<'_, crate::spec::requirement::Requirement<'_>>,
    )| {
        let said = &entry.value;
        let check = said.check.as_ref().map(|check| check.node.text().to_owned());
        let text = said.text.map(|text| text.text.to_owned()).or_else(|| check.clone());
        let verdict = verdicts.iter().find(|verdict| verdict.requirement as usize == index);
        let (words, tone) = match verdict.map(|verdict| &verdict.answer) {
            None => (None, Tone::Plain),
            Some(answer) => judged(answer),
        };
        Wanted {
            id: entry.name.text.to_owned(),
            text: text.unwrap_or_default(),
            check,
            quality: said.quality.map(|quality| quality.value.word().to_owned()),
            verdict: words,
            tone,
        }
    };
    design.requirements.iter().enumerate().map(one).collect()
}

fn judged(answer: &Answer) -> (Option<String>, Tone) {
    let share = crate::quantity::format_share;
    let (words, tone) = match answer {
        Answer::Holds(None) => ("holds".to_owned(), Tone::Good),
        Answer::Holds(Some(chance)) => (format!("holds, {} sure", share(*chance)), Tone::Good),
        Answer::Fails(None) => ("does not hold".to_owned(), Tone::Hot),
        Answer::Fails(Some(chance)) => (format!("does not hold, {} likely to", share(*chance)), Tone::Hot),
        Answer::AtRisk(chance, aim) => {
            (format!("at risk: {} sure, {} wanted", share(*chance), share(*aim)), Tone::Warm)
        }
        Answer::NotComputable(_) => ("cannot be computed".to_owned(), Tone::Faint),
    };
    (Some(words), tone)
}

/// Draws them; several pictures when there are very many.
pub(super) fn draw(context: &Context<'_, '_, '_>) -> Vec<Picture> {
    let (wanted, elements) = (wanted(context), elements(context));
    let parts = wanted.len().div_ceil(MOST);
    let mut pictures = Vec::new();
    for (number, chunk) in wanted.chunks(MOST).enumerate() {
        let first = number * MOST;
        let mut drawn = Requirements { requirements: chunk.to_vec(), ..Requirements::default() };
        for element in &elements {
            let met = element.meets.iter().filter_map(|index| index.checked_sub(first));
            let met: Vec<usize> = met.filter(|index| *index < chunk.len()).collect();
            if !met.is_empty() {
                let place = drawn.elements.len();
                drawn.elements.push((element.id.clone(), element.what.clone()));
                drawn.ties.extend(met.into_iter().map(|index| (place, index)));
            }
        }
        let about = (parts > 1).then(|| format!("part {}", number + 1));
        let mut picture =
            super::picture(context, "requirements", about.as_deref(), Body::Requirements(drawn));
        if parts > 1 {
            picture.notices.push(format!("{} requirements are drawn in {parts} pictures", wanted.len()));
        }
        pictures.push(picture);
    }
    pictures
}

/// The same as a table: a row for each requirement, a column for each element.
pub(super) fn matrix(context: &Context<'_, '_, '_>) -> Vec<Picture> {
    let (wanted, elements) = (wanted(context), elements(context));
    if wanted.is_empty() {
        return Vec::new();
    }
    let mut columns = vec!["requirement".to_owned(), "text".to_owned(), "check".to_owned()];
    if context.request.numbers {
        columns.push("verdict".to_owned());
    }
    columns.extend(elements.iter().map(|element| element.id.clone()));
    columns.push("met by".to_owned());
    let row = |(index, wanted): (usize, Wanted)| {
        let mut row = vec![wanted.id, wanted.text, wanted.check.unwrap_or_default()];
        if context.request.numbers {
            row.push(wanted.verdict.unwrap_or_default());
        }
        let meets: Vec<bool> = elements.iter().map(|element| element.meets.contains(&index)).collect();
        let count = meets.iter().filter(|meets| **meets).count();
        row.extend(meets.into_iter().map(|meets| if meets { "●".to_owned() } else { String::new() }));
        row.push(if count == 0 { "nothing".to_owned() } else { count.to_string() });
        row
    };
    let rows = wanted.into_iter().enumerate().map(row).collect();
    vec![super::picture(context, "requirements-matrix", None, Body::Table(Table { columns, rows }))]
}
