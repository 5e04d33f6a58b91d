use crate::diagnostic::Diagnostic;
use crate::quantity::{Currency, Dimension, format};
use crate::rules::Case;
use crate::rules::rule::rule;
use crate::source::Span;
use crate::spec::quantities::{Quantity, Written};

rule! {
    /// One instance or node that is larger than the largest machine one can rent.
    ///
    /// ## Why
    /// Growing by larger machines ends where there is none larger. The largest that a public cloud lists has 32 TiB of memory and
    /// 1,920 processors (Amazon EC2 High Memory, u7inh-32tb.480xlarge), no instance has a network of 10 Tbps, and about a
    /// petabyte of disks can be attached to one. What is said of one instance beyond that has to be split over several.
    ///
    /// ## Example
    /// ```yaml
    /// components:
    ///   browser: { kind: client }
    ///   app: { kind: service }
    ///   hot: { kind: cache, memory: 48 TiB, ttl: 1 hour, eviction: lru }
    /// #                             ^^^^^^ vertical-scaling-limit
    /// flows:
    ///   open: { steps: ["browser -> app: GET /", "app -> hot: look up"] }
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// components:
    ///   browser: { kind: client }
    ///   app: { kind: service }
    ///   hot: { kind: cache, shards: 96, memory: 512 GiB, ttl: 1 hour, eviction: lru }
    /// flows:
    ///   open: { steps: ["browser -> app: GET /", "app -> hot: look up"] }
    /// ```
    ///
    /// ## Known false positives
    /// What scales by itself or is run by others is not judged. A node that stands for a whole cluster: say how many machines
    /// it has with `count`.
    "vertical-scaling-limit": Warning, Scale, Recommended, since "0.2.0", check
}

const MEMORY: f64 = 32.0 * 1_099_511_627_776.0;
const STORAGE: f64 = 1e15;
const BANDWIDTH: f64 = 10e12 / 8.0;
const CORES: f64 = 1920.0;

/// A fact of one instance: what it is, where it is said, the most there is, what it measures.
type Fact<'c, 't> = (&'static str, Option<(&'c Written<'t>, Span)>, f64, Dimension);

fn fact<'c, 't, M>(
    what: &'static str,
    stated: &'c Option<Quantity<'t, M>>,
    most: f64,
    dimension: Dimension,
) -> Fact<'c, 't> {
    (what, stated.as_ref().map(|value| (&*value.written, value.span())), most, dimension)
}

fn judge(case: &Case<'_, '_>, name: &str, facts: &[Fact<'_, '_>], out: &mut Vec<Diagnostic>) {
    for (what, stated, most, dimension) in facts {
        let Some((written, span)) = stated else { continue };
        let Some(value) = case.central(written).filter(|value| value > most) else { continue };
        let show = |value: f64| format(value, *dimension, Currency::Usd);
        // Cores are counted, what has a unit is measured.
        let message = match *dimension == Dimension::NONE {
            true => {
                format!("one instance of `{name}` has {value} {what}, and no machine has more than {most}")
            }
            false => format!(
                "one instance of `{name}` has {} of {what}, and no machine has more than {}",
                show(value),
                show(*most)
            ),
        };
        let parts = (value / most * 2.0).ceil();
        let help =
            format!("split it over at least {parts} smaller instances, or say of one instance what one has");
        out.push(RULE.finding(*span, message).help(help));
    }
}

fn check(case: &Case<'_, '_>, out: &mut Vec<Diagnostic>) {
    if !case.is_sound {
        return;
    }
    for (index, entry) in (0..).zip(&case.design.components) {
        let it = &entry.value;
        if case.has(index, "elastic") || case.has(index, "external") {
            continue;
        }
        let facts = [
            fact("memory", &it.memory, MEMORY, Dimension::DATA),
            fact("storage", &it.storage, STORAGE, Dimension::DATA),
            fact("bandwidth", &it.bandwidth, BANDWIDTH, Dimension::BANDWIDTH),
        ];
        judge(case, entry.name.text, &facts, out);
    }
    for node in case.design.deployment.iter().flat_map(|deployment| &deployment.nodes) {
        let it = &node.value;
        let facts = [
            fact("memory", &it.memory, MEMORY, Dimension::DATA),
            fact("storage", &it.storage, STORAGE, Dimension::DATA),
            fact("cores", &it.cores, CORES, Dimension::NONE),
        ];
        judge(case, node.name.text, &facts, out);
    }
}
