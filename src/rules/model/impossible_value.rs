use crate::diagnostic::Diagnostic;
use crate::model::Model;
use crate::model::addresses::Addresses;
use crate::model::assumptions::Scope;
use crate::model::quantities::more_than_all;
use crate::quantity::{Expr, Kind};
use crate::rules::Case;
use crate::rules::rule::rule;
use crate::source::Span;
use crate::spec::component::Component;
use crate::spec::component_numbers::Latency;
use crate::spec::component_parts::Replicas;
use crate::spec::quantities::{Check, Quantity, Written};

rule! {
    /// A value that nothing in the world can have.
    ///
    /// ## Why
    /// Availability above 100%, half a replica, a median above the 99th percentile: whatever is computed from
    /// such a value is wrong, so nothing is.
    ///
    /// ## Example
    /// ```yaml
    /// components:
    ///   app: { kind: service, replicas: 0, latency: { p50: 20 ms, p99: 10 ms } }
    /// #                                 ^ impossible-value
    /// #                                                                ^^^^^ impossible-value
    ///   links: { kind: database, availability: 120% }
    /// #                                        ^^^^ impossible-value
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// components:
    ///   app: { kind: service, replicas: 2, latency: { p50: 10 ms, p99: 20 ms } }
    ///   links: { kind: database, availability: 99.9% }
    /// ```
    "impossible-value": Error, Model, Minimal, since "0.1.0", check
}

fn check(model: &Case<'_, '_>, out: &mut Vec<Diagnostic>) {
    let mut look = Look { model, out };
    for component in &model.design.components {
        look.component(&component.value);
    }
    for requirement in &model.design.requirements {
        requirement.value.check.iter().for_each(|check| look.requirement(check));
    }
    for flow in &model.design.flows {
        crate::model::flows::each_step(&flow.value.steps, &mut |step| {
            let retries = step.retries.as_ref().and_then(|retries| retries.attempts.as_ref());
            if let Some(attempts) = retries {
                look.at_least_one("attempts", attempts, "the first try counts: `attempts: 1` means no retry");
            }
        });
    }
}

struct Look<'m, 't> {
    model: &'m Model<'t>,
    out: &'m mut Vec<Diagnostic>,
}

impl Look<'_, '_> {
    fn value<M>(&self, quantity: &Quantity<'_, M>) -> Option<f64> {
        self.model.central(&quantity.written)
    }

    fn shown(written: &Written<'_>) -> String {
        format!("`{}`", written.node.text())
    }

    fn component(&mut self, component: &Component<'_>) {
        match &component.replicas {
            Some(Replicas::Count(count)) => {
                self.at_least_one("replicas", count, "write 1 or more, or `auto`")
            }
            Some(Replicas::Scaling(scaling)) => {
                if let Some(max) = &scaling.max {
                    self.at_least_one("max", max, "write 1 or more");
                }
                self.ordered("min", scaling.min.as_ref(), "max", scaling.max.as_ref());
            }
            _ => {}
        }
        if let Some(shards) = &component.shards {
            self.at_least_one("shards", shards, "write 1 or more");
        }
        for latency in [&component.latency, &component.service_time].into_iter().flatten() {
            self.percentiles(latency);
        }
        if let Some(quorum) = &component.quorum {
            self.ordered("w", quorum.w.as_ref(), "n", quorum.n.as_ref());
            self.ordered("r", quorum.r.as_ref(), "n", quorum.n.as_ref());
        }
    }

    fn at_least_one<M>(&mut self, key: &str, quantity: &Quantity<'_, M>, help: &str) {
        let Some(value) = self.value(quantity) else { return };
        let shown = Self::shown(&quantity.written);
        // Less than nothing has been reported where the value was read.
        if (0.0..1.0).contains(&value) {
            let message = format!("`{key}` is at least 1, and not {shown}");
            self.out.push(RULE.finding(quantity.span(), message).help(help));
        } else if value > 1.0 && value.fract() != 0.0 && quantity.written.expr.as_literal().is_some() {
            // What is computed may have a fraction, and means the next whole number.
            let message = format!("`{key}` is a whole number, and not {shown}");
            let help = format!("write `{}` or `{}`", value.floor(), value.ceil());
            self.out.push(RULE.finding(quantity.span(), message).help(help));
        }
    }

    /// A share that is compared with more than all of it: the comparison never holds, or always.
    fn requirement(&mut self, check: &Check<'_>) {
        let scope = Scope::new(&self.model.names, &self.model.assumed);
        let addresses = Addresses { names: &self.model.names, assumed: &self.model.assumed };
        let is_share = |side: &Expr<'_>| {
            let address = side.names().next().filter(|_| matches!(side.kind, Kind::Name(_)));
            address.and_then(|name| addresses.find(name.text)).is_some_and(|found| found.is_share)
        };
        for comparison in check.check.comparisons() {
            let sides = [(&comparison.left, &comparison.right), (&comparison.right, &comparison.left)];
            for (_, bound) in sides.into_iter().filter(|(side, _)| is_share(side)) {
                let Some(value) = bound.central(&scope).ok().filter(|value| *value > 1.0) else { continue };
                let span = check.node.subspan(bound.range());
                let shown = check.node.sources().text(span);
                let (message, help) = more_than_all(shown, value);
                self.out.push(RULE.finding(span, message).help(help));
            }
        }
    }

    /// The smaller one must not be above the larger one.
    fn ordered<A, B>(
        &mut self,
        small: &str,
        smaller: Option<&Quantity<'_, A>>,
        large: &str,
        larger: Option<&Quantity<'_, B>>,
    ) {
        let (Some(smaller), Some(larger)) = (smaller, larger) else { return };
        let (Some(low), Some(high)) = (self.value(smaller), self.value(larger)) else { return };
        if low > high {
            let (shown, other) = (Self::shown(&smaller.written), Self::shown(&larger.written));
            self.report_order(small, &shown, smaller.span(), large, &other, larger.span());
        }
    }

    fn report_order(&mut self, small: &str, low: &str, at: Span, large: &str, high: &str, other: Span) {
        let message = format!("`{small}` ({low}) is above `{large}` ({high})");
        self.out.push(
            RULE.finding(other, message)
                .label(format!("less than `{small}`"))
                .related(at, format!("`{small}` is said here"))
                .help(format!("swap them, or correct one: `{small}` cannot be above `{large}`")),
        );
    }

    fn percentiles(&mut self, latency: &Latency<'_>) {
        let named = [
            ("min", &latency.min),
            ("p50", &latency.p50),
            ("p90", &latency.p90),
            ("p95", &latency.p95),
            ("p99", &latency.p99),
            ("p999", &latency.p999),
            ("max", &latency.max),
        ];
        let written: Vec<_> =
            named.into_iter().filter_map(|(name, value)| Some((name, value.as_ref()?))).collect();
        for pair in written.windows(2) {
            if let [(small, smaller), (large, larger)] = pair {
                self.ordered(small, Some(smaller), large, Some(larger));
            }
        }
        self.ordered("min", latency.min.as_ref(), "mean", latency.mean.as_ref());
        self.ordered("mean", latency.mean.as_ref(), "max", latency.max.as_ref());
    }
}
