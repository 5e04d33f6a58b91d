use crate::diagnostic::Diagnostic;
use crate::model::Model;
use crate::model::names::Space;
use crate::rules::Case;
use crate::rules::rule::rule;
use crate::spec::arrow::Line;
use crate::spec::flow::{Parallel, Step};
use std::collections::BTreeSet;

rule! {
    /// A step that begins at a component which the flow has not reached.
    ///
    /// ## Why
    /// A flow is one chain of causes: each step begins where an earlier one arrived. A step out of nowhere is a
    /// misspelt name or a missing call, and its latency and availability would be attributed wrongly.
    ///
    /// A consumer may begin by taking from a queue, stream or topic; clients, schedules and outside systems may
    /// begin anything.
    ///
    /// ## Example
    /// ```yaml
    /// components:
    ///   browser: { kind: client }
    ///   app: { kind: service }
    ///   mailer: { kind: service }
    ///   smtp: { kind: external_system }
    /// flows:
    ///   sign_up:
    ///     rate: 10 / s
    ///     steps:
    ///       - browser -> app: POST /users
    ///       - mailer -> smtp: send the welcome mail
    /// #       ^^^^^^ step-without-connection
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// components:
    ///   browser: { kind: client }
    ///   app: { kind: service }
    ///   mailer: { kind: service }
    ///   smtp: { kind: external_system }
    /// flows:
    ///   sign_up:
    ///     rate: 10 / s
    ///     steps:
    ///       - browser -> app: POST /users
    ///       - app ~> mailer: a user signed up
    ///       - mailer -> smtp: send the welcome mail
    /// ```
    "step-without-connection": Warning, Model, Recommended, since "0.1.0", check
}

fn check(model: &Case<'_, '_>, out: &mut Vec<Diagnostic>) {
    if !model.is_sound {
        return;
    }
    for flow in &model.design.flows {
        let mut walk = Walk { model, reached: BTreeSet::new(), out: &mut *out };
        walk.steps(&flow.value.steps);
    }
}

struct Walk<'m, 't> {
    model: &'m Model<'t>,
    reached: BTreeSet<u32>,
    out: &'m mut Vec<Diagnostic>,
}

impl<'t> Walk<'_, 't> {
    /// What any branch reaches counts as reached: the rule is about steps out of nowhere, not about order.
    fn steps(&mut self, steps: &[Line<Step<'t>>]) {
        for step in steps {
            self.arrow(step);
            self.steps(&step.steps);
            let begins = self.reached.is_empty();
            for alternative in &step.either {
                self.branch(&alternative.steps, begins);
            }
            if let Some(Parallel::Branches(branches)) = &step.parallel {
                branches.iter().for_each(|branch| self.branch(branch, begins));
            }
        }
    }

    /// Where a flow begins with several ways, each of them may begin anywhere.
    fn branch(&mut self, steps: &[Line<Step<'t>>], begins: bool) {
        let mut before = BTreeSet::new();
        if begins {
            std::mem::swap(&mut self.reached, &mut before);
        }
        self.steps(steps);
        self.reached.append(&mut before);
    }

    fn arrow(&mut self, step: &Step<'t>) {
        let Some(arrow) = &step.others else { return };
        let index = |name: &str| self.model.names.find(Space::Component, name);
        let hops: Vec<Option<u32>> = arrow.hops.iter().map(|hop| index(hop.to.text)).collect();
        if let Some(from) = index(arrow.from.text) {
            let takes =
                hops.first().copied().flatten().is_some_and(|to| self.has(to, &["buffers", "keeps_log"]));
            let allowed = self.reached.is_empty() || takes || self.model.starts_by_itself(from);
            if !allowed && !self.reached.contains(&from) {
                let name = arrow.from.text;
                let message = format!("this flow has not reached `{name}` before");
                self.out.push(RULE.finding(arrow.from.span, message).help(format!(
                    "draw the step that gets there (`… -> {name}: text`), or begin at a component that was reached"
                )));
            }
            self.reached.insert(from);
        }
        self.reached.extend(hops.into_iter().flatten());
    }

    fn has(&self, component: u32, traits: &[&str]) -> bool {
        let role = self.model.roles.get(component as usize).copied().unwrap_or_default();
        traits.iter().any(|wanted| role.has(wanted))
    }
}
