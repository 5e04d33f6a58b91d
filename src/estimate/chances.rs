//! How often each branch of a group is taken.

use super::builder::Builder;
use super::calls::{Group, Together};
use super::label::Subject;
use super::sheet::Value;
use super::traffic::times;
use crate::quantity::Dimension;

/// How often a group is reached in a run, with its repetitions, and the chance of each branch then.
pub fn per_run<'m, 't>(
    builder: &mut Builder<'m, 't>,
    flow: u32,
    index: usize,
    group: &Group<'m, 't>,
    per_run: Option<Value>,
) -> (Option<Value>, Vec<Option<Value>>) {
    let subject = Subject::Flow(flow);
    let repeated = group.step.times.as_ref().filter(|_| group.together == Together::One);
    let repeated = builder.stated(subject, format_args!("group{index}.times"), repeated);
    let per_run = times(builder, per_run, repeated);
    (per_run, of(builder, subject, &format!("group{index}"), group))
}

/// The chance of each branch, in their order; `None` is always.
pub fn of<'m, 't>(
    builder: &mut Builder<'m, 't>,
    subject: Subject,
    key: &str,
    group: &Group<'m, 't>,
) -> Vec<Option<Value>> {
    let several = group.branches.len() > 1;
    let mut chances: Vec<Option<Value>> = Vec::new();
    for (at, branch) in group.branches.iter().enumerate() {
        chances.push(match several {
            true => builder.stated(subject, format_args!("{key}.{}.chance", at + 1), branch.chance),
            false => builder.stated(subject, format_args!("{key}.chance"), branch.chance),
        });
    }
    if group.together != Together::Either {
        return chances;
    }
    // One alternative may leave its chance out and takes what is left.
    let said: Vec<Value> = chances.iter().flatten().copied().collect();
    let unsaid = chances.iter().filter(|chance| chance.is_none()).count();
    if unsaid > 0 {
        let taken = builder.sheet.sum(&said, Dimension::NONE);
        let rest = builder.sheet.complement(taken);
        let rest = match unsaid {
            1 => rest,
            several => {
                let ways = builder.sheet.given(several as f64, Dimension::NONE);
                builder.sheet.quotient(rest, ways)
            }
        };
        let rest = builder.step(rest, "what the other ways leave");
        chances.iter_mut().filter(|chance| chance.is_none()).for_each(|chance| *chance = Some(rest));
    }
    chances
}
