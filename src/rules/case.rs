//! What a rule looks at: a design that is understood, and its numbers, which are only worked out when a rule asks.

use super::computed::Lazy;
use super::judge;
use super::places::Places;
use super::security::support::{self, Handover};
use crate::estimate::calls::{self, Calls};
use crate::estimate::{Changes, Estimate, Evaluation, Options, Value, Verdict};
use crate::model::Model;
use crate::spec::values::Date;
use crate::spec::visited::hand_out;
use std::cell::OnceCell;
use std::ops::Deref;

/// A design under all rules: the numbers are made once, by the first rule that asks, and not at all when none does.
#[derive(Debug)]
pub struct Case<'m, 't> {
    /// Whether this is a moment rather than the way it is: a variant with other traffic or assumptions, such as the busiest day
    /// of the year. What has to hold for years, or while something else fails, is not asked of it.
    pub is_moment: bool,
    model: &'m Model<'t>,
    today: Option<Date>,
    numbers: OnceCell<Option<Numbers<'m, 't>>>,
    calls: OnceCell<Vec<Calls<'m, 't>>>,
    pub(super) lazy: Lazy<'m, 't>,
    handovers: OnceCell<Vec<Handover>>,
    places: OnceCell<Places<'t>>,
}

/// The numbers of a design.
#[derive(Debug)]
pub struct Numbers<'m, 't> {
    /// How each follows from the others.
    pub estimate: Estimate<'m, 't>,
    /// The central values of what is cheap.
    pub central: Evaluation,
    verdicts: OnceCell<Vec<Verdict>>,
}

impl<'t> Deref for Case<'_, 't> {
    type Target = Model<'t>;

    fn deref(&self) -> &Self::Target {
        self.model
    }
}

impl<'m, 't> Case<'m, 't> {
    /// A design as it is judged on a day. Nothing is calculated yet.
    pub fn new(model: &'m Model<'t>, today: Option<Date>) -> Self {
        Self {
            is_moment: false,
            model,
            today,
            numbers: OnceCell::new(),
            calls: OnceCell::new(),
            handovers: OnceCell::new(),
            places: OnceCell::new(),
            lazy: Lazy::default(),
        }
    }

    /// Where components run.
    pub(super) fn places(&self) -> &Places<'t> {
        self.places.get_or_init(|| Places::new(self.model))
    }

    /// What is called within what, for each flow.
    pub fn calls(&self) -> &[Calls<'m, 't>] {
        let flows = &self.model.design.flows;
        let read = || flows.iter().map(|flow| calls::read(self.model, &flow.value)).collect();
        let all = self.calls.get_or_init(read);
        hand_out(all.len());
        all
    }

    /// The day on which it is judged; `None` when nobody knows it.
    pub fn today(&self) -> Option<Date> {
        self.today
    }

    /// Where all data goes, in all flows.
    pub fn handovers(&self) -> &[Handover] {
        self.handovers.get_or_init(|| support::handovers(self))
    }

    /// The design.
    pub fn model(&self) -> &'m Model<'t> {
        self.model
    }

    /// The numbers; `None` when not everything that is written could be understood.
    pub fn numbers(&self) -> Option<&Numbers<'m, 't>> {
        let make = || self.model.is_sound.then(|| Numbers::new(self.model, None));
        self.numbers.get_or_init(make).as_ref()
    }

    /// Whether anybody has asked for the numbers.
    pub fn has_made_numbers(&self) -> bool {
        self.numbers.get().is_some()
    }

    /// The answers to the checks of all requirements. Without any, no number is made.
    pub fn verdicts(&self) -> &[Verdict] {
        if !self.model.design.requirements.iter().any(|entry| entry.value.check.is_some()) {
            return &[];
        }
        self.numbers().map_or(&[], Numbers::verdicts)
    }
}

impl<'m, 't> Numbers<'m, 't> {
    /// The numbers of today, or those after some seconds.
    pub(super) fn new(model: &'m Model<'t>, at: Option<f64>) -> Self {
        let estimate = Estimate::new(
            model,
            Options { samples: judge::SAMPLES, at, with_stated: true, ..Options::default() },
        );
        let central = estimate.central(&Changes::new(), &[]);
        Self { estimate, central, verdicts: OnceCell::new() }
    }

    /// The answers to the checks of all requirements.
    pub fn verdicts(&self) -> &[Verdict] {
        self.verdicts.get_or_init(|| judge::verdicts(&self.estimate))
    }

    /// The central values, of what is expensive those that are wanted.
    pub fn with(&self, wanted: &[Value]) -> Evaluation {
        self.estimate.central(&Changes::new(), wanted)
    }
}
