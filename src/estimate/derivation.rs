//! How a value follows from others: the formula in words, the same with numbers, and where each input comes from.

use super::Estimate;
use super::evaluation::Evaluation;
use super::label::{Cited, Label, Subject};
use super::sheet::{Op, Value};
use crate::quantity::{self, Currency, Dimension};
use crate::source::Span;

/// Where a number comes from.
#[derive(Clone, Debug)]
pub enum Origin {
    /// It is calculated.
    Calculated,
    /// It is written in the design, there, so.
    Written(Span, String),
    /// It stands in the catalogue.
    Catalog {
        /// `redis, capacity.read: 80k..180k rps`
        what: String,
        /// Title, address and date of the source.
        source: Option<(String, String, String)>,
        /// What kind of evidence it is.
        basis: &'static str,
        /// Under which conditions it holds.
        note: Option<String>,
    },
    /// It is taken because nothing is said.
    Assumed(&'static str),
    /// Nobody has said it; this is what to write.
    Missing(String),
}

/// A value and what it is made from.
#[derive(Clone, Debug)]
pub struct Derivation {
    /// The node.
    pub value: Value,
    /// What it is called.
    pub name: String,
    /// The number; NaN when it is not known.
    pub number: f64,
    /// What it measures.
    pub dimension: Dimension,
    /// Whether it is a share.
    pub is_share: bool,
    /// The formula with names; empty for what is not calculated.
    pub formula: String,
    /// The formula with numbers.
    pub with_numbers: String,
    /// The model that the formula belongs to.
    pub model: &'static str,
    /// Whether the last step is exact.
    pub is_exact: bool,
    /// Where it comes from.
    pub origin: Origin,
    /// What goes in.
    pub inputs: Vec<Value>,
}

/// How tightly the outermost operation of a text binds.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Binding {
    Sum,
    Product,
    Whole,
}

impl Estimate<'_, '_> {
    /// The currency of the design.
    pub fn currency(&self) -> Currency {
        self.model.seen.currency.map_or(Currency::Usd, |(currency, _)| currency)
    }

    /// A number as people read it.
    pub fn shown(&self, value: Value, number: f64) -> String {
        self.shown_as(number, self.sheet.dimension(value), self.is_share(value))
    }

    /// A number of some dimension as people read it.
    pub fn shown_as(&self, number: f64, dimension: Dimension, is_share: bool) -> String {
        if number.is_nan() {
            "?".to_owned()
        } else if number.is_infinite() {
            "without end".to_owned()
        } else if is_share {
            quantity::format_share(number)
        } else {
            quantity::format(number, dimension, self.currency())
        }
    }

    /// Whether a value is best shown in percent.
    pub fn is_share(&self, value: Value) -> bool {
        match self.sheet.label(value) {
            Some(Label::Address(_, name)) => {
                let tables = crate::model::addresses::SECTIONS.iter().flat_map(|(.., table)| table.iter());
                let is_known = |name: &str| matches!(name, "utilization");
                is_known(name) || tables.into_iter().any(|known| known.name == *name && known.is_share)
            }
            Some(Label::Written { node, .. }) => {
                let text = node.text();
                // Of a choice every other number is a weight.
                let choice = text.strip_prefix("choice(").map(|rest| rest.split(',').next().unwrap_or(rest));
                let text = choice.unwrap_or(text);
                text.contains('%') || text.contains("nines")
            }
            Some(Label::Literal(text)) => text.contains('%'),
            Some(Label::Catalog(cited)) => cited.text.contains('%') || cited.text.contains("nines"),
            Some(Label::Step(name)) => ["unavailab", "share", "over capacity", "in use", "misses", "fail"]
                .iter()
                .any(|word| name.contains(word)),
            _ => false,
        }
    }

    /// What a node is called; `None` for a step that has no name.
    pub fn name(&self, value: Value) -> Option<String> {
        let name = match self.sheet.label(value)? {
            Label::Address(subject, name) => self.address(*subject, name),
            Label::AddressOf(subject, name) => format!("{}.{name}", subject.path(self.model)),
            Label::Written { subject, key, .. } if key.is_empty() => {
                subject.path(self.model).trim_start_matches("assumptions.").to_owned()
            }
            Label::Written { subject: Subject::Flow(flow), key, .. } => self.step_fact(*flow, key),
            Label::Written { subject, key, .. } => format!("{}.{key}", subject.path(self.model)),
            Label::Literal(text) => (*text).to_owned(),
            Label::Catalog(cited) => format!("{} of {}", cited.name, cited.owner),
            Label::Assumed(_) => return None,
            Label::Step(name) => name.to_string(),
            Label::StepOf(what, whose) => format!("{what} {whose}"),
        };
        Some(name)
    }

    /// How a value follows from others.
    pub fn derivation(&self, value: Value, central: &Evaluation) -> Derivation {
        let sheet = &self.sheet;
        let mut inputs = Vec::new();
        let op = sheet.op(value);
        let label = sheet.label(value);
        let is_leaf = matches!(op, Op::Given(_) | Op::Drawn(_) | Op::Missing(_));
        let (formula, with_numbers) = if is_leaf {
            (String::new(), String::new())
        } else {
            self.collect(value, true, &mut inputs);
            let names = self.render(value, true, &|value| self.name(value));
            // A result of a calculation without a name is a number all the same.
            let has_number =
                |value: Value| self.name(value).is_some() || matches!(sheet.op(value), Op::Output(_));
            let numbers = self.render(value, true, &|value| {
                has_number(value).then(|| self.shown(value, central.of(value)))
            });
            (names.0, numbers.0)
        };
        let (model, is_exact) = match op {
            Op::Formula(formula) => (formula.model, formula.exact),
            Op::Output(_) => match sheet.block(value) {
                Some((block, _)) => (block.model(), block.exact()),
                None => ("arithmetic", true),
            },
            Op::Given(_) | Op::Missing(_) | Op::Unknown => ("", true),
            Op::Drawn(_) => ("a range", true),
            _ => ("arithmetic", true),
        };
        let written_here = match label {
            Some(Label::Written { node, .. }) => Some(Origin::Written(node.span(), node.text().to_owned())),
            Some(Label::Catalog(cited)) => Some(catalog_origin(cited)),
            Some(Label::Assumed(why)) => Some(Origin::Assumed(why)),
            _ => None,
        };
        let origin = match (sheet.missing(value), written_here) {
            (Some(missing), _) => Origin::Missing(missing.help.clone()),
            (None, Some(origin)) => origin,
            (None, None) => Origin::Calculated,
        };
        let name = match (sheet.missing(value), label) {
            (Some(missing), _) => missing.what.clone(),
            (None, Some(Label::Assumed(_))) => self.shown(value, central.of(value)),
            _ => self.name(value).unwrap_or_default(),
        };
        let mut derivation = Derivation {
            value,
            name,
            number: central.of(value),
            dimension: sheet.dimension(value),
            is_share: self.is_share(value),
            formula,
            with_numbers,
            model,
            is_exact,
            origin,
            inputs,
        };
        self.put_into_words(&mut derivation, central);
        derivation
    }

    /// The named nodes that a node is made from, through those without a name.
    fn collect(&self, value: Value, is_top: bool, found: &mut Vec<Value>) {
        let label = self.sheet.label(value);
        let is_literal = matches!(label, Some(Label::Literal(_)));
        let is_named = label.is_some() || self.sheet.missing(value).is_some() || self.is_draw(value);
        if !is_top && is_named {
            if !is_literal && !found.contains(&value) {
                found.push(value);
            }
            return;
        }
        for input in self.sheet.inputs(value) {
            self.collect(*input, false, found);
        }
    }

    fn is_draw(&self, value: Value) -> bool {
        matches!(self.sheet.op(value), Op::Drawn(_))
    }

    fn render(
        &self,
        value: Value,
        is_top: bool,
        name: &dyn Fn(Value) -> Option<String>,
    ) -> (String, Binding) {
        if !is_top && let Some(name) = name(value) {
            // `40 / s` divides already.
            let binding = if name.contains(" / ") { Binding::Product } else { Binding::Whole };
            return (name, binding);
        }
        let inputs = self.sheet.inputs(value);
        let part = |value: &Value, least: Binding| {
            let (text, binding) = self.render(*value, false, name);
            if binding < least { format!("({text})") } else { text }
        };
        let joined = |sign: &str, least: Binding| {
            inputs.iter().map(|input| part(input, least)).collect::<Vec<_>>().join(sign)
        };
        let [first, second] = [inputs.first(), inputs.get(1)];
        let two = |sign: &str, left: Binding, right: Binding| match (first, second) {
            (Some(first), Some(second)) => format!("{}{sign}{}", part(first, left), part(second, right)),
            _ => String::new(),
        };
        match self.sheet.op(value) {
            Op::Given(number) => (self.shown_as(number, self.sheet.dimension(value), false), Binding::Whole),
            Op::Drawn(index) => {
                let draw = self.sheet.draws().get(index as usize);
                (draw.map_or(String::new(), |draw| draw.name.clone()), Binding::Whole)
            }
            Op::Missing(_) => ("?".to_owned(), Binding::Whole),
            Op::Unknown => (joined(", ", Binding::Sum), Binding::Whole),
            Op::Same => {
                first.map_or((String::new(), Binding::Whole), |first| self.render(*first, false, name))
            }
            Op::Sum | Op::SumOfKnown => (joined(" + ", Binding::Sum), Binding::Sum),
            Op::Difference => (two(" - ", Binding::Sum, Binding::Product), Binding::Sum),
            Op::Product => (joined(" × ", Binding::Product), Binding::Product),
            Op::Quotient => (two(" / ", Binding::Product, Binding::Whole), Binding::Product),
            Op::Largest => (format!("max({})", joined(", ", Binding::Sum)), Binding::Whole),
            Op::Smallest => (format!("min({})", joined(", ", Binding::Sum)), Binding::Whole),
            Op::RoundUp => (format!("ceil({})", joined(", ", Binding::Sum)), Binding::Whole),
            Op::Complement => (format!("1 - {}", joined("", Binding::Product)), Binding::Sum),
            Op::Call(function) => {
                (format!("{}({})", function.name(), joined(", ", Binding::Sum)), Binding::Whole)
            }
            Op::Compare(comparator) => {
                (two(&format!(" {} ", comparator.sign()), Binding::Sum, Binding::Sum), Binding::Sum)
            }
            Op::Formula(formula) => {
                let mut text = formula.text.to_owned();
                for (at, input) in inputs.iter().enumerate() {
                    let (own, binding) = self.render(*input, false, name);
                    let own = if binding < Binding::Whole { format!("({own})") } else { own };
                    text = text.replace(&format!("{{{at}}}"), &own);
                }
                if text.contains("{…}") {
                    text = text.replace("{…}", &joined(", ", Binding::Sum));
                }
                let is_call = is_call(&text);
                (text, if is_call { Binding::Whole } else { Binding::Sum })
            }
            Op::Output(_) => match self.sheet.block(value) {
                Some((block, which)) => {
                    let what = block.outputs().get(which as usize).copied().unwrap_or_default();
                    (format!("{what}: {}", block.text()), Binding::Sum)
                }
                None => (String::new(), Binding::Whole),
            },
            Op::Block(_) => (String::new(), Binding::Whole),
        }
    }

    /// Everything that is missing below a value, each once.
    pub fn missing(&self, value: Value) -> Vec<super::Missing> {
        let mut found = Vec::new();
        let mut seen = std::collections::BTreeSet::new();
        let mut waiting = vec![value];
        while let Some(value) = waiting.pop() {
            if !seen.insert(value) {
                continue;
            }
            if let Some(missing) = self.sheet.missing(value) {
                found.push(missing.clone());
                continue;
            }
            if !self.sheet.is_known(value) || self.sheet.is_partial(value) {
                waiting.extend(self.sheet.inputs(value));
            }
        }
        found.sort();
        found.dedup();
        found
    }
}

/// Whether a text is one call: `max(a, b / c)`, and not `max(a) / min(b)`.
fn is_call(text: &str) -> bool {
    let Some((name, rest)) = text.split_once('(') else { return false };
    if name.is_empty() || !name.chars().all(|sign| sign.is_ascii_alphanumeric() || sign == '_') {
        return false;
    }
    let mut depth = 1_i32;
    let mut signs = rest.chars();
    for sign in signs.by_ref() {
        depth += match sign {
            '(' => 1,
            ')' => -1,
            _ => 0,
        };
        if depth == 0 {
            break;
        }
    }
    depth == 0 && signs.next().is_none()
}

fn catalog_origin(cited: &Cited<'_>) -> Origin {
    let source =
        cited.source.map(|source| (source.title.to_owned(), source.url.to_owned(), source.date.to_string()));
    Origin::Catalog {
        what: format!("{}, {}: {}", cited.owner, cited.name, cited.text),
        source,
        basis: cited.basis.word(),
        note: cited.note.map(str::to_owned),
    }
}
