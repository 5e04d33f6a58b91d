use super::support;
use crate::diagnostic::Diagnostic;
use crate::estimate::calls::{Call, Calls, Item, Together};
use crate::rules::Case;
use crate::rules::rule::rule;
use std::collections::BTreeMap;

rule! {
    /// A flow in which one program asks another one again and again.
    ///
    /// ## Why
    /// Each call costs a round trip, a serialisation and a chance to fail, and they add up because each waits for the one
    /// before. Mostly the callee offers its tables where it should offer what the caller is about to do. Fowler, "Patterns of
    /// Enterprise Application Architecture" (2002), chapter 7, puts a coarse-grained remote facade before such an interface;
    /// the Azure Architecture Center has it as the antipattern "Chatty I/O".
    ///
    /// Counted are the calls of one run that follow each other. Repetitions (`times:`) count once.
    ///
    /// ## Example
    /// ```yaml
    /// components:
    ///   browser: client
    ///   shop: service
    ///   people: service
    /// flows:
    ///   buy:
    ///     steps:
    ///       - browser -> shop: POST /orders
    ///       - shop -> people: the name
    ///       - shop -> people: the address
    ///       - shop -> people: the discount
    ///       - shop -> people: the language
    /// #               ^^^^^^ chatty-flow
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// components:
    ///   browser: client
    ///   shop: service
    ///   people: service
    /// flows:
    ///   buy:
    ///     steps:
    ///       - browser -> shop: POST /orders
    ///       - shop -> people: "name, address, discount and language of a customer"
    /// ```
    ///
    /// ## When to allow it
    /// When what is asked next depends on the answer before, and the callee cannot know what the caller is about to do.
    "chatty-flow": Warning, Architecture, Recommended, on Performance, since "0.2.0", check
}

/// From how many calls on it is reported.
const MANY: usize = 4;

/// The calls of one run that follow each other: none of a branch that may not be taken, or that goes on beside others.
fn in_sequence<'c, 'm, 't>(case: &Case<'m, 't>, calls: &'c Calls<'m, 't>) -> Vec<&'c Call<'m, 't>> {
    let mut found = Vec::new();
    let mut waiting: Vec<Item> = calls.roots.iter().rev().copied().collect();
    while let Some(item) = waiting.pop() {
        match item {
            Item::Call(index) => {
                let Some(call) = calls.calls.get(index) else { continue };
                found.push(call);
                waiting.extend(call.body.iter().rev());
            }
            Item::Group(index) => {
                let Some(group) = calls.groups.get(index).filter(|group| group.together == Together::One)
                else {
                    continue;
                };
                let is_usual = |chance: Option<f64>| chance.is_none_or(|chance| chance >= 0.5);
                for branch in &group.branches {
                    if is_usual(branch.chance.and_then(|chance| case.central(&chance.written))) {
                        waiting.extend(branch.items.iter().rev());
                    }
                }
            }
        }
    }
    found
}

fn check(case: &Case<'_, '_>, out: &mut Vec<Diagnostic>) {
    if !case.is_sound {
        return;
    }
    let runs_code = |index: u32| support::role(case, index).has("runs_code");
    for (calls, flow) in case.calls().iter().zip(&case.design.flows) {
        if calls.calls.len() < MANY {
            continue;
        }
        let mut pairs: BTreeMap<(u32, u32), Vec<&Call<'_, '_>>> = BTreeMap::new();
        for call in in_sequence(case, calls) {
            if call.waits && call.from != call.to && runs_code(call.from) && runs_code(call.to) {
                pairs.entry((call.from, call.to)).or_default().push(call);
            }
        }
        for ((from, to), found) in pairs.into_iter().filter(|(_, found)| found.len() >= MANY) {
            let mut spans = found.iter().rev().filter_map(|call| support::span_of(case, call));
            let Some(last) = spans.next() else { continue };
            let (a, b) = (case.component_name(from), case.component_name(to));
            let message =
                format!("`{a}` calls `{b}` {} times in one run of `{}`", found.len(), flow.name.text);
            let help = format!("let `{b}` answer in one call what `{a}` is about to do");
            let mut finding = RULE.finding(last, message).help(help);
            let mut earlier: Vec<_> = spans.take(5).collect();
            earlier.reverse();
            for span in earlier {
                finding = finding.related(span, "and here");
            }
            out.push(finding);
        }
    }
}
