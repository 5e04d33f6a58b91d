//! `sysdesign estimate --sweep`: the numbers for several values of one assumption.

use super::{Exit, output, what_if};
use crate::estimate::sweeps::{self, MOST_STEPS};
use crate::estimate::{Estimate, Status, Subject, Value};
use crate::host::terminal;
use crate::quantity::{self, Kind};
use crate::report::estimate::sweep::{self as report, Look, SweepFormat};

/// What is swept.
#[derive(Debug, Default, clap::Args)]
pub struct SweepArguments {
    /// Compute the numbers for several values of an assumption: `dau=1M..1bn`, or `dau=1M,10M,100M`
    #[arg(long, value_name = "NAME=VALUES")]
    pub sweep: Option<String>,
    /// How many values a range of `--sweep` is divided into, both ends included [default: 9]
    #[arg(long, value_name = "NUMBER", requires = "sweep", value_parser = clap::value_parser!(u32).range(2..=1_000))]
    steps: Option<u32>,
}

/// Computes and prints the wanted values, or those worth a look, at every step.
pub fn run(
    arguments: &SweepArguments,
    estimate: &Estimate<'_, '_>,
    wanted: Option<Vec<(String, Value)>>,
    format: SweepFormat,
) -> Exit {
    let text = arguments.sweep.as_deref().unwrap_or_default();
    let count = arguments.steps.unwrap_or(9) as usize;
    let (name, input, steps) = match plan(estimate, text, count) {
        Ok(plan) => plan,
        Err(message) => {
            let shown: String = text.chars().take(100).collect();
            output::complain(&format!("`--sweep {shown}`: {message}"));
            return Exit::Trouble;
        }
    };
    let wanted = wanted.unwrap_or_else(|| sweeps::worth_a_look(estimate));
    let sweep = sweeps::run(estimate, &name, input, steps, wanted);
    let is_known = |series: &sweeps::Series| series.points.iter().any(|point| point.status == Status::Known);
    if format == SweepFormat::Mermaid && !sweep.series.iter().any(is_known) {
        output::complain("there is nothing to draw: none of the values is known");
        return Exit::Trouble;
    }
    let look = Look { width: terminal::width(), unicode: terminal::unicode() };
    match output::print(|out| report::write(estimate, &sweep, format, look, out)) {
        Ok(()) => Exit::Clean,
        Err(exit) => exit,
    }
}

/// The assumption and the values that it is given.
fn plan(estimate: &Estimate<'_, '_>, text: &str, count: usize) -> Result<(String, Value, Vec<f64>), String> {
    const EXAMPLE: &str = "write an assumption and a range, such as `dau=1M..1bn`";
    let (name, values) = text.split_once('=').ok_or_else(|| EXAMPLE.to_owned())?;
    let (name, values) = (name.trim(), values.trim());
    if name.is_empty() || values.is_empty() {
        return Err(EXAMPLE.to_owned());
    }
    let index = what_if::assumption(estimate.model, name)?;
    let input = estimate.get(Subject::Assumption(index), "");
    let input = input.filter(|input| estimate.sheet.is_known(*input));
    let input = input.ok_or_else(|| format!("the value of `{name}` is not known"))?;
    let wanted = estimate.sheet.dimension(input);
    let same = |dimension| match dimension == wanted {
        true => Ok(()),
        false => Err(format!("`{name}` is {wanted}, and this is {dimension}")),
    };
    let name = name.strip_prefix("assumptions.").unwrap_or(name).to_owned();
    let parts: Vec<&str> = values.split(',').map(str::trim).collect();
    if let [range] = parts.as_slice() {
        let first = |problems: Vec<quantity::Problem>| {
            problems.into_iter().next().map_or_else(String::new, what_if::said)
        };
        let billions = |message: String| match range.ends_with('B') {
            true => format!("{message} (`B` is bytes: a billion is `bn`)"),
            false => message,
        };
        let expr = quantity::parse(range).map_err(first).map_err(billions)?;
        if let Kind::Interval(interval) = &expr.kind {
            same(what_if::quantity(range)?.1)?;
            return Ok((name, input, sweeps::steps(interval.low, interval.high, count)));
        }
    }
    if parts.len() > MOST_STEPS {
        return Err(format!("more than {MOST_STEPS} values"));
    }
    let mut steps = Vec::new();
    for part in parts {
        let (value, dimension) = what_if::quantity(part).map_err(|why| format!("`{part}`: {why}"))?;
        same(dimension)?;
        steps.push(value);
    }
    Ok((name, input, steps))
}
