//! How use and storage grow over the years, and what happens when all traffic is multiplied.

use super::super::picture::{Body, Chart, Picture};
use super::super::{Context, numbers};
use super::looks;
use crate::estimate::{Changes, Estimate, Options, Subject, Value};
use crate::quantity::YEAR;

/// Components that are looked at: the busiest ones.
const MOST: usize = 6;
/// Years that are looked at when the design names no horizon.
const YEARS: f64 = 3.0;
/// Points of a chart over time.
const POINTS: usize = 7;

/// Use of the busiest components, and storage of all data, over time.
pub(super) fn draw(context: &Context<'_, '_, '_>) -> Vec<Picture> {
    let Some(known) = context.case.numbers() else { return Vec::new() };
    let model = context.case.model();
    let horizon = model.design.traffic.as_ref().and_then(|traffic| traffic.horizon.as_ref());
    let horizon =
        horizon.and_then(|horizon| model.central(&horizon.written)).filter(|it| *it > 0.0 && it.is_finite());
    let horizon = horizon.unwrap_or(YEARS * YEAR);
    let times: Vec<f64> = (0..POINTS).map(|step| horizon * step as f64 / (POINTS - 1) as f64).collect();
    let x: Vec<String> = times.iter().map(|time| years(*time)).collect();
    let mut pictures = Vec::new();
    let grows = model.design.traffic.as_ref().is_some_and(|traffic| traffic.growth.is_some())
        || model.design.grows_by_parts();
    if grows {
        // The time is an option of the numbers, so that each point has a sheet of its own.
        let later: Vec<Estimate<'_, '_>> = times
            .iter()
            .map(|time| {
                Estimate::new(model, Options { at: Some(*time), samples: 0, ..known.estimate.options })
            })
            .collect();
        for component in busiest(context, &known.estimate) {
            let values: Vec<f64> = later.iter().map(|estimate| use_of(estimate, component)).collect();
            pictures.extend(use_chart(context, "capacity", component, "years from now", x.clone(), values));
        }
    }
    for (index, entry) in model.design.data.iter().enumerate() {
        let Ok(data) = u32::try_from(index) else { continue };
        let Some(stored) = known.estimate.stored_after(data, &times) else { continue };
        let bytes: Vec<f64> = stored.iter().map(|stored| stored.bytes).collect();
        let most = bytes.iter().copied().filter(|it| it.is_finite()).fold(0.0, f64::max);
        if most <= 0.0 {
            continue;
        }
        let (unit, name) = bytes_unit(most);
        let name_of_data = entry.value.name.map_or(entry.name.text, |name| name.text);
        let chart = Chart {
            x_title: "years from now".to_owned(),
            x: x.clone(),
            y_title: format!("{name}, with copies"),
            series: vec![(name_of_data.to_owned(), bytes.into_iter().map(|it| it / unit).collect())],
            levels: Vec::new(),
            has_bars: true,
        };
        let about = format!("storage of {}", entry.name.text);
        let mut picture = super::picture(context, "capacity", Some(&about), Body::Chart(chart));
        picture.title = format!("storage of {name_of_data}");
        pictures.push(picture);
    }
    pictures
}

fn years(seconds: f64) -> String {
    let years = format!("{:.1}", seconds / YEAR);
    years.strip_suffix(".0").map_or(years.clone(), str::to_owned)
}

fn bytes_unit(most: f64) -> (f64, &'static str) {
    const UNITS: [(f64, &str); 5] = [(1e15, "PB"), (1e12, "TB"), (1e9, "GB"), (1e6, "MB"), (1e3, "KB")];
    UNITS.into_iter().find(|(size, _)| most >= *size).unwrap_or((1.0, "B"))
}

/// The components with the highest use that is known, in the order of the design.
fn busiest(context: &Context<'_, '_, '_>, estimate: &Estimate<'_, '_>) -> Vec<usize> {
    let central = estimate.central(&Changes::new(), &[]);
    let count = context.case.model().design.components.len();
    let share = |index: usize| numbers::known(estimate, &central, numbers::component(index), "utilization");
    let mut known: Vec<(usize, f64)> = (0..count)
        .filter(|index| context.view.shows(*index))
        .filter_map(|index| Some((index, share(index)?.1)))
        .filter(|(_, share)| *share > 0.0)
        .collect();
    known.sort_by(|a, b| b.1.total_cmp(&a.1));
    known.truncate(MOST);
    let mut found: Vec<usize> = known.into_iter().map(|(index, _)| index).collect();
    found.sort_unstable();
    found
}

fn use_of(estimate: &Estimate<'_, '_>, component: usize) -> f64 {
    let central = estimate.central(&Changes::new(), &[]);
    let value = estimate.get(numbers::component(component), "utilization");
    value.map_or(f64::NAN, |value| central.of(value) * 100.0)
}

fn use_chart(
    context: &Context<'_, '_, '_>,
    kind: &str,
    component: usize,
    x_title: &str,
    x: Vec<String>,
    values: Vec<f64>,
) -> Option<Picture> {
    let entry = context.case.model().design.components.get(component)?;
    if !values.iter().any(|value| value.is_finite()) {
        return None;
    }
    let chart = Chart {
        x_title: x_title.to_owned(),
        x,
        y_title: "% in use".to_owned(),
        series: vec![(looks::title(entry).to_owned(), values)],
        levels: vec![("full".to_owned(), 100.0)],
        has_bars: false,
    };
    let about = format!("use of {}", entry.name.text);
    let mut picture = super::picture(context, kind, Some(&about), Body::Chart(chart));
    picture.title = format!("use of {}", looks::title(entry));
    Some(picture)
}

/// What all traffic is multiplied by.
const FACTORS: [f64; 9] = [0.25, 0.5, 0.75, 1.0, 1.5, 2.0, 3.0, 4.0, 5.0];

/// Use of the busiest components, and costs, when all traffic is multiplied.
pub(super) fn sweep(context: &Context<'_, '_, '_>) -> Vec<Picture> {
    if context.case.numbers().is_none() {
        return Vec::new();
    }
    let model = context.case.model();
    let estimate =
        Estimate::new(model, Options { with_traffic_factor: true, samples: 0, ..Options::default() });
    let Some(factor) = estimate.traffic_factor else { return Vec::new() };
    let x: Vec<String> = FACTORS.iter().map(|factor| format!("{factor}x")).collect();
    let title = "traffic, as a multiple of today's";
    let run = |value: Value, scale: f64| -> Vec<f64> {
        let at = |by: &f64| estimate.central(&Changes::from([(factor, *by)]), &[value]).of(value) * scale;
        FACTORS.iter().map(at).collect()
    };
    let mut pictures = Vec::new();
    for component in busiest(context, &estimate) {
        let Some(value) = estimate.get(numbers::component(component), "utilization") else { continue };
        pictures.extend(use_chart(context, "sweep", component, title, x.clone(), run(value, 100.0)));
    }
    if let Some(cost) = estimate.get(Subject::System, "cost").filter(|cost| estimate.sheet.is_known(*cost)) {
        let values = run(cost, crate::quantity::MONTH);
        if values.iter().any(|value| value.is_finite() && *value > 0.0) {
            let chart = Chart {
                x_title: title.to_owned(),
                x,
                y_title: format!("{} / month", estimate.currency().code()),
                series: vec![("cost".to_owned(), values)],
                levels: Vec::new(),
                has_bars: true,
            };
            let mut picture = super::picture(context, "sweep", Some("cost"), Body::Chart(chart));
            picture.title = "cost of the system".to_owned();
            pictures.push(picture);
        }
    }
    pictures
}
