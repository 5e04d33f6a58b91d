//! Model → sheet: what every estimator needs to add its numbers.

use super::label::{Key, Label, Missing, Subject};
use super::sheet::{Draw, Formula, Sheet, Value};
use super::table::{Mixer, Table};
use crate::catalog::{Catalog, Number, Owner, Technology};
use crate::model::Model;
use crate::model::names::Space;
use crate::numerics::random::Spread;
use crate::quantity::{self, Check, Dimension, Expr, Interval, Kind, Operator, Shape};
use crate::source::Span;
use crate::spec::assumption::{Assumption, Likelihood};
use crate::spec::component::Component;
use crate::spec::quantities::{Quantity, Written};
use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use std::hash::BuildHasherDefault;
use std::rc::Rc;

/// What the numbers are asked for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Options {
    /// How many seconds from now: traffic has grown by then.
    pub at: Option<f64>,
    /// What the samples are seeded with.
    pub seed: u64,
    /// How many samples are drawn.
    pub samples: usize,
    /// On how many threads; the numbers do not depend on it.
    pub threads: usize,
    /// Whether all traffic is multiplied by a factor of one that can be changed.
    pub with_traffic_factor: bool,
    /// Whether limits of assumptions are left out of checks: they are sought without themselves.
    pub without_limits: bool,
    /// Whether what is stated is also worked out where it follows from something else, to be compared.
    pub with_stated: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            at: None,
            seed: 0,
            samples: 20_000,
            threads: 1,
            with_traffic_factor: false,
            without_limits: false,
            with_stated: false,
        }
    }
}

/// Collects the numbers of a design.
#[derive(Debug)]
pub struct Builder<'m, 't> {
    /// The design.
    pub model: &'m Model<'t>,
    /// The numbers so far.
    pub sheet: Sheet<'m>,
    /// What is asked for.
    pub options: Options,
    /// What all traffic is multiplied by, when that was asked for.
    pub traffic_factor: Option<Value>,
    /// The limits of assumptions that checks have asked for; those that cannot be found are not sought again.
    pub limits: BTreeMap<u32, Option<f64>>,
    /// The volumes of all data, in their order.
    pub volumes: Vec<super::volumes::Volume>,
    /// The data that each component stores.
    pub stored_in: BTreeMap<u32, Vec<u32>>,
    /// The data that each component keeps copies of, by id, and then all that it keeps in any way.
    pub kept_at: Option<Rc<super::caches::KeptAt<'m>>>,
    /// For each place that components may name, the places that must be up for it to be.
    pub around: Option<Rc<BTreeMap<String, Vec<String>>>>,
    /// The unavailability of each place, when anything is said of that.
    pub places_down: BTreeMap<String, Option<Value>>,
    assumptions: Vec<Option<Value>>,
    /// The facts that have been compiled, by where they are kept.
    compiled: HashMap<usize, Value, BuildHasherDefault<Mixer>>,
    table: Table,
}

/// Where an expression stands: its intervals are inputs of their own, named after the place.
struct Place<'p> {
    name: &'p str,
    stream: &'p str,
    likelihood: Option<Likelihood>,
    intervals: u32,
}

const CHOICE: Formula = Formula {
    model: "one of several values",
    text: "one of several values by their weights",
    exact: true,
    work: 0.0,
    apply: |inputs| match inputs {
        [which, pairs @ ..] => quantity::choose(pairs, *which).unwrap_or(f64::NAN),
        [] => f64::NAN,
    },
};

impl<'p> Place<'p> {
    fn new(name: &'p str) -> Self {
        Self { name, stream: name, likelihood: None, intervals: 0 }
    }

    /// What the next input is called, and what it is seeded with.
    fn next(&mut self) -> (String, String) {
        self.intervals += 1;
        let numbered = |name: &str| match self.intervals {
            1 => name.to_owned(),
            several => format!("{name}#{several}"),
        };
        (numbered(self.name), numbered(self.stream))
    }
}

impl<'m, 't> Builder<'m, 't> {
    /// Nothing yet.
    pub fn new(model: &'m Model<'t>, options: Options) -> Self {
        let count = model.names.all(Space::Assumption).len();
        let mut sheet = Sheet::default();
        let traffic_factor = options.with_traffic_factor.then(|| {
            let one = sheet.given(1.0, Dimension::NONE);
            sheet.named(one, Label::Step("factor on all traffic".into()))
        });
        Self {
            model,
            sheet,
            options,
            traffic_factor,
            limits: BTreeMap::new(),
            volumes: Vec::new(),
            stored_in: BTreeMap::new(),
            around: None,
            kept_at: None,
            places_down: BTreeMap::new(),
            assumptions: vec![None; count],
            compiled: HashMap::default(),
            table: Table::default(),
        }
    }

    /// Gives a value an address.
    pub fn set(&mut self, subject: Subject, name: &'static str, value: Value) -> Value {
        self.sheet.named(value, Label::Address(subject, name));
        self.table.insert(subject, name, value);
        value
    }

    /// The value at an address.
    pub fn get(&self, subject: Subject, name: &'static str) -> Option<Value> {
        self.table.get(subject, name)
    }

    /// Everything that has an address.
    pub fn into_parts(self) -> (Sheet<'m>, Table) {
        (self.sheet, self.table)
    }

    /// A share or count that is taken because nothing is said.
    pub fn assumed(&mut self, number: f64, why: &'static str) -> Value {
        let value = self.sheet.given(number, Dimension::NONE);
        self.sheet.named(value, Label::Assumed(why))
    }

    /// A step on the way that is worth a name.
    pub fn step(&mut self, value: Value, name: impl Into<Cow<'static, str>>) -> Value {
        self.sheet.named(value, Label::Step(name.into()))
    }

    /// Something that nobody has said.
    pub fn lacking(
        &mut self,
        dimension: Dimension,
        what: impl Into<String>,
        help: impl Into<String>,
        place: Option<Span>,
    ) -> Value {
        self.sheet.lacking(Missing { what: what.into(), help: help.into(), place }, dimension)
    }

    /// The value of an assumption.
    pub fn assumption(&mut self, index: u32) -> Value {
        if let Some(Some(known)) = self.assumptions.get(index as usize) {
            return *known;
        }
        let model = self.model;
        let name = model.names.all(Space::Assumption).get(index as usize);
        let id = name.map_or("", |name| name.text);
        let entry = model.design.assumptions.entries.get(index as usize);
        let written = entry.and_then(|entry| Some((&entry.value, entry.value.value.as_ref()?)));
        // The model has broken the cycles: what it does not know is not compiled.
        let is_known = model.assumed.is_known(index);
        let value = match written {
            Some((assumption, value)) if is_known => self.assumption_value(id, assumption, &value.written),
            _ => {
                let (what, help) = (format!("the assumption {id}"), "correct its value".to_owned());
                self.lacking(Dimension::NONE, what, help, name.map(|name| name.span))
            }
        };
        if let Some((_, value_written)) = written {
            let node = value_written.written.node;
            let label = Label::Written { subject: Subject::Assumption(index), key: Cow::Borrowed(""), node };
            self.sheet.named(value, label);
        }
        if let Some(slot) = self.assumptions.get_mut(index as usize) {
            *slot = Some(value);
        }
        self.table.insert(Subject::Assumption(index), "", value);
        value
    }

    fn assumption_value(
        &mut self,
        id: &str,
        assumption: &'m Assumption<'t>,
        written: &'m Written<'t>,
    ) -> Value {
        let name = format!("assumptions.{id}");
        let with = assumption.moves_with.map(|other| format!("assumptions.{}", other.text));
        let likelihood = assumption.distribution.map(|distribution| distribution.value);
        let stream = with.as_deref().unwrap_or(&name);
        let mut place = Place { name: &name, stream, likelihood, intervals: 0 };
        let value = self.expr(&written.expr, &mut place);
        // An assumption that only repeats another is still its own line in a derivation.
        if self.sheet.label(value).is_some() { self.sheet.same(value) } else { value }
    }

    /// A quantity that is written in the design.
    pub fn written(&mut self, subject: Subject, key: impl Key, written: &'m Written<'t>) -> Value {
        // Several estimators ask for the same fact.
        let place = std::ptr::from_ref(written).addr();
        if let Some(known) = self.compiled.get(&place) {
            return *known;
        }
        let key = key.text();
        // Only ranges need a name of their own.
        let name = match written.expr.as_literal() {
            Some(_) => String::new(),
            None => format!("{}.{key}", subject.path(self.model)),
        };
        let value = self.expr(&written.expr, &mut Place::new(&name));
        // A bare reference is better known by the name of what it refers to.
        let label = Label::Written { subject, key, node: written.node };
        let value = self.sheet.named(value, label);
        self.compiled.insert(place, value);
        value
    }

    /// A quantity that may be written in the design.
    pub fn stated<M>(
        &mut self,
        subject: Subject,
        key: impl Key,
        quantity: Option<&'m Quantity<'t, M>>,
    ) -> Option<Value> {
        quantity.map(|quantity| self.written(subject, key, &quantity.written))
    }

    /// A number of the catalogue.
    pub fn cited(&mut self, owner: &'m str, number: &Number<'m, 'm>) -> Value {
        let place = std::ptr::from_ref(number.value).addr();
        if let Some(known) = self.compiled.get(&place) {
            return *known;
        }
        let name = format!("catalog.{owner}.{}", number.name);
        let value = self.expr(number.value, &mut Place::new(&name));
        let cited = super::label::Cited {
            owner,
            name: number.name,
            text: number.text,
            source: number.source,
            basis: number.basis,
            note: number.note,
        };
        let value = self.sheet.named(value, Label::Catalog(Box::new(cited)));
        self.compiled.insert(place, value);
        value
    }

    /// A component by index.
    pub fn component(&self, index: u32) -> Option<&'m Component<'t>> {
        self.model.design.components.entries.get(index as usize).map(|entry| &entry.value)
    }

    /// Where the catalogue may have numbers for a component: its technology, and else its kind.
    pub fn owners(&self, component: u32) -> impl Iterator<Item = Owner<'m, 'm>> + use<'m, 't> {
        let role = self.model.roles.get(component as usize).copied().unwrap_or_default();
        let technology = role.technology.map(|technology: &'m Technology<'m>| Owner::Technology(technology));
        technology.into_iter().chain(role.kind.map(|kind: &'m crate::catalog::Kind<'m>| Owner::Kind(kind)))
    }

    /// What the catalogue says of a component under a name, and whose number that is.
    pub fn found(&self, component: u32, name: &str) -> Option<(Owner<'m, 'm>, Number<'m, 'm>)> {
        let catalog: &'m Catalog<'m> = self.model.catalog;
        self.owners(component).find_map(|owner| Some((owner, catalog.number(owner, name)?)))
    }

    /// The same as a number of the sheet.
    pub fn catalog_number(&mut self, component: u32, name: &str) -> Option<Value> {
        let (owner, number) = self.found(component, name)?;
        Some(self.cited(owner.id(), &number))
    }

    fn expr(&mut self, expr: &'m Expr<'m>, place: &mut Place<'_>) -> Value {
        match &expr.kind {
            Kind::Literal(literal) => {
                let value = self.sheet.given(literal.value, literal.dimension);
                self.sheet.named(value, Label::Literal(literal.text))
            }
            Kind::Interval(interval) => self.interval(interval, place),
            Kind::Name(name) => self.name(name.text, name.may_be_label),
            Kind::Negate(inner) => {
                let inner = self.expr(inner, place);
                let minus = self.sheet.given(-1.0, Dimension::NONE);
                self.sheet.product(&[minus, inner])
            }
            Kind::Sum(chain) => {
                let mut total = self.expr(&chain.first, place);
                for link in &chain.rest {
                    let operand = self.expr(&link.operand, place);
                    let dimension = self.sheet.dimension(total);
                    total = match link.operator {
                        Operator::Subtract if self.is_one(total) => self.sheet.complement(operand),
                        Operator::Subtract => self.sheet.difference(total, operand),
                        _ => self.sheet.sum(&[total, operand], dimension),
                    };
                }
                total
            }
            Kind::Product(chain) => {
                let mut total = self.expr(&chain.first, place);
                for link in &chain.rest {
                    let operand = self.expr(&link.operand, place);
                    total = match link.operator {
                        Operator::Divide => self.sheet.quotient(total, operand),
                        _ => self.sheet.product(&[total, operand]),
                    };
                }
                total
            }
            Kind::Power(power) => {
                let base = self.expr(&power.base, place);
                let exponent = self.expr(&power.exponent, place);
                let fixed = power.exponent.central(&quantity::NoNames).ok();
                let dimension = fixed.and_then(|exponent| self.sheet.dimension(base).power(exponent));
                let function = quantity::Function::find("pow");
                match function {
                    Some(function) => {
                        self.sheet.call(function, &[base, exponent], dimension.unwrap_or_default())
                    }
                    None => base,
                }
            }
            Kind::Call(call) => {
                if call.is_address() {
                    return self.called(call.name.text, &call.arguments);
                }
                let inputs: Vec<Value> =
                    call.arguments.iter().map(|argument| self.expr(argument, place)).collect();
                let first = inputs.first().map_or(Dimension::NONE, |input| self.sheet.dimension(*input));
                match (quantity::Function::find(call.name.text), call.name.text) {
                    (Some(_), "choice") => self.choice(&inputs, first, place),
                    (Some(_), "max") => self.sheet.largest(&inputs),
                    (Some(_), "min") => self.sheet.smallest(&inputs),
                    (Some(_), "sum") => self.sheet.sum(&inputs, first),
                    (Some(_), "ceil") if !inputs.is_empty() => {
                        let input = inputs.first().copied().unwrap_or(Value(0));
                        self.sheet.round_up(input)
                    }
                    (Some(function), "sqrt") => {
                        self.sheet.call(function, &inputs, first.power(0.5).unwrap_or_default())
                    }
                    (Some(function), _) => self.sheet.call(function, &inputs, first),
                    (None, name) => self.unknown_name(name),
                }
            }
        }
    }

    /// One of several values by their weights: which one is an input like a range, and the higher it is, the higher the value.
    fn choice(&mut self, pairs: &[Value], dimension: Dimension, place: &mut Place<'_>) -> Value {
        let (name, stream) = place.next();
        let spread = Spread::Uniform { least: 0.0, most: 1.0 };
        let words = format!("which choice of {}", place.name);
        let draw = Draw { name, stream, spread, median: 0.5, value: Value(0) };
        let which = self.sheet.drawn(draw, Dimension::NONE);
        let which = self.step(which, words);
        let inputs: Vec<Value> = std::iter::once(which).chain(pairs.iter().copied()).collect();
        self.sheet.formula(&CHOICE, &inputs, dimension)
    }

    fn is_one(&self, value: Value) -> bool {
        matches!(self.sheet.op(value), super::sheet::Op::Given(number) if number == 1.0)
    }

    fn interval(&mut self, interval: &Interval<'_>, place: &mut Place<'_>) -> Value {
        let [first, second] = &interval.literals;
        let dimension = if first.dimension.is_none() { second.dimension } else { first.dimension };
        let (name, stream) = place.next();
        let (low, high) = (interval.low, interval.high);
        let normal = Spread::Normal { low, high, cut: interval.is_share };
        let (spread, median) = match (place.likelihood, interval.shape) {
            (Some(Likelihood::Uniform), _) => {
                (Spread::Uniform { least: low, most: high }, f64::midpoint(low, high))
            }
            (Some(Likelihood::Normal), _) => (normal, f64::midpoint(low, high)),
            (Some(Likelihood::Lognormal), _) if low > 0.0 => {
                (Spread::Lognormal { low, high }, (low * high).sqrt())
            }
            (_, Shape::Lognormal) => (Spread::Lognormal { low, high }, interval.median),
            (_, Shape::Logitnormal) => (Spread::Logitnormal { low, high }, interval.median),
            (_, Shape::Normal) => (normal, interval.median),
        };
        if low >= high {
            return self.sheet.given(median, dimension);
        }
        self.sheet.drawn(Draw { name, stream, spread, median, value: Value(0) }, dimension)
    }

    fn name(&mut self, text: &'m str, may_be_label: bool) -> Value {
        let id = text.strip_prefix("assumptions.").unwrap_or(text);
        if let Some(index) = self.model.names.find(Space::Assumption, id) {
            return self.assumption(index);
        }
        match self.at(text) {
            Some(value) => value,
            // What is counted is counted in ones.
            None if may_be_label && !text.contains('.') => self.sheet.given(1.0, Dimension::NONE),
            None => match super::address::parse(self.model, text) {
                Some((subject, name)) => {
                    let missing = super::absent::why(self.model, subject, name);
                    self.sheet.lacking(missing, Dimension::NONE)
                }
                None => self.unknown_name(text),
            },
        }
    }

    fn unknown_name(&mut self, text: &str) -> Value {
        self.lacking(Dimension::NONE, format!("`{text}`"), "correct the name".to_owned(), None)
    }

    /// The value at an address that is written out: `flows.redirect.latency.p99`.
    pub fn at(&self, address: &str) -> Option<Value> {
        let (subject, name) = super::address::parse(self.model, address)?;
        self.table.get(subject, name)
    }

    /// The value at an address with something in parentheses.
    fn called(&mut self, name: &'m str, arguments: &'m [Expr<'m>]) -> Value {
        let parsed = super::address::parse(self.model, name);
        match (parsed, arguments) {
            (Some((Subject::Data(data), "storage.at")), [time]) => {
                let time = self.expr(time, &mut Place::new(name));
                super::volumes::storage_at(self, data, time)
            }
            (Some((Subject::System, "limit")), [assumption]) => {
                super::limit_values::in_check(self, assumption)
            }
            _ => {
                let what = format!("`{name}(…)`");
                self.lacking(Dimension::NONE, what, "correct the address".to_owned(), None)
            }
        }
    }

    /// A time that is asked for from outside, such as `--at "2 years"`.
    pub fn seconds(&mut self, seconds: f64) -> Value {
        self.sheet.given(seconds, Dimension::TIME)
    }

    /// Whether a check holds: 1 or 0.
    pub fn condition(&mut self, check: &'m Check<'t>) -> Value {
        match check {
            Check::Compare(comparison) => {
                let left = self.expr(&comparison.left, &mut Place::new("check"));
                let right = self.expr(&comparison.right, &mut Place::new("check"));
                self.sheet.compare(left, comparison.operator, right)
            }
            Check::All(parts) => {
                let parts: Vec<Value> = parts.iter().map(|part| self.condition(part)).collect();
                self.sheet.smallest(&parts)
            }
            Check::Any(parts) => {
                let parts: Vec<Value> = parts.iter().map(|part| self.condition(part)).collect();
                self.sheet.largest(&parts)
            }
            Check::Not(inner) => {
                let inner = self.condition(inner);
                self.sheet.complement(inner)
            }
        }
    }
}
