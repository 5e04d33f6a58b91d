//! Literals and intervals: `5..20 ms`, `99%..99.9%`, `20 ± 5 ms`, `300 ± 10%`.
//!
//! A unit at the end counts for both numbers. A scale word at the end does not: `10..50k` could mean either,
//! so it has to be said.

use super::expr::{Expr, Interval, Kind, Place, Shape};
use super::literal::{Draft, Literal};
use super::math;
use super::problem::{
    DIMENSION_MISMATCH, IMPOSSIBLE_VALUE, INVALID_EXPRESSION, MISSING_UNIT, MIXED_CURRENCIES, Problem,
};
use super::scan::{Parsed, Parser};
use super::units::{Measure, Style};

impl<'t> Parser<'t> {
    /// A literal or an interval that begins at `start`, where a minus may stand. `with_tail` says whether what
    /// it is divided by belongs to it; after a `/` it does not.
    pub(super) fn literal(&mut self, start: usize, negative: bool, with_tail: bool) -> Parsed<Expr<'t>> {
        let mut draft = self.draft(negative, start)?;
        if with_tail {
            self.tail(&mut draft);
        }
        self.skip_space();
        if self.rest().starts_with("..") {
            return self.range(draft, with_tail);
        }
        if self.rest().starts_with('±') || self.rest().starts_with("+-") {
            return self.margin(draft, with_tail);
        }
        self.at = draft.end;
        let literal = self.finish(&draft)?;
        Ok(Expr::new(Kind::Literal(literal), Place::new(draft.start, draft.end)))
    }

    fn finish(&mut self, draft: &Draft<'t>) -> Parsed<Literal<'t>> {
        draft.finish(self.text).or_else(|problem| self.fail(*problem))
    }

    fn range(&mut self, mut low: Draft<'t>, with_tail: bool) -> Parsed<Expr<'t>> {
        let dots = self.at;
        while self.eat(b'.') {}
        if self.at != dots + 2 {
            let problem = Problem::new(INVALID_EXPRESSION, dots..self.at, "a range is written with two dots");
            return self.fail(problem.help("write `5..20`, and `0.5` for a half"));
        }
        let mut high = self.end_of_range(dots)?;
        if with_tail {
            self.tail(&mut high);
        }
        let written = low;
        self.share_units(&mut low, &mut high)?;
        let [from, to] = [self.finish(&low)?, self.finish(&high)?];
        let place = Place::new(low.start, high.end);
        if from.value > to.value {
            let problem = Problem::new(IMPOSSIBLE_VALUE, place.range(), "this range runs backwards");
            let ordered = self.ordered(&written, &high).map_or(String::new(), |range| format!(": `{range}`"));
            return self.fail(problem.help(format!("write the smaller end first{ordered}")));
        }
        let is_share = from.is_share() && to.is_share();
        let (shape, median) = shape_of(from.value, to.value, is_share);
        let interval = Interval {
            low: from.value,
            high: to.value,
            median,
            shape,
            is_share,
            literals: [from, to],
            is_margin: false,
        };
        Ok(Expr::new(Kind::Interval(Box::new(interval)), place))
    }

    fn end_of_range(&mut self, dots: usize) -> Parsed<Draft<'t>> {
        self.skip_space();
        let start = self.at;
        let negative = self.eat(b'-');
        if self.at_literal() {
            return self.draft(negative, start);
        }
        let message = "both ends of a range are numbers";
        let problem = Problem::new(INVALID_EXPRESSION, dots..dots + 2, message);
        self.fail(problem.help("write a range such as `50..200`, and calculate with it afterwards"))
    }

    /// Gives the two ends one unit, or says why they have none in common.
    fn share_units(&mut self, low: &mut Draft<'t>, high: &mut Draft<'t>) -> Parsed<()> {
        let ambiguous = low.scale.is_none()
            && high.scale.is_some()
            && !low.number.is_zero()
            && low.unit.is_none_or(|unit| unit.currency.is_some())
            && low.number.scaled(0) <= high.number.scaled(0);
        if ambiguous {
            let scale = self.scale_text(high);
            let [small, large] = [low.number.text, high.number.text];
            let message = format!("it is not clear whether `{scale}` counts for both ends");
            let problem = Problem::new(INVALID_EXPRESSION, low.start..high.end, message);
            let in_full = high.number.scaled(high.scale.map_or(0, i32::from));
            let both = format!("write `{small}{scale}..{large}{scale}` or `{small}..{in_full}`");
            return self.fail(problem.help(both));
        }
        match (low.unit, high.unit) {
            (None, Some(_)) if low.tail.is_none() => low.unit = high.unit,
            (Some(unit), None) if unit.currency.is_some() && high.tail.is_none() => high.unit = low.unit,
            (Some(unit), None) if unit.currency.is_some() && low.tail.is_none() => high.unit = low.unit,
            _ => {}
        }
        if low.tail.is_none() {
            low.tail = high.tail;
        }
        let dimension = |draft: &Draft| draft.measure().map(|measure| measure.dimension);
        let [below, above] = [low.unit, high.unit].map(|unit| unit.unwrap_or(Measure::NONE));
        let problem = if dimension(low) != dimension(high) && (high.unit.is_none() && high.tail.is_none()) {
            let bare = Problem::new(MISSING_UNIT, high.start..high.end, "the upper end has no unit");
            bare.help("write the unit at the end, where it counts for both, such as `5..20 ms`")
        } else if dimension(low) != dimension(high) {
            let [below, above] =
                [&*low, &*high].map(|draft| dimension(draft).map_or(String::new(), |it| it.to_string()));
            Problem::new(DIMENSION_MISMATCH, high.start..high.end, "the ends of a range need the same unit")
                .label(format!("this is {above}"))
                .related(low.start..low.end, format!("this is {below}"))
        } else if (below.style == Style::Plain) != (above.style == Style::Plain) && high.unit.is_none() {
            let bare = Problem::new(MISSING_UNIT, high.start..high.end, "the upper end has no unit");
            bare.label("the lower end is a share").help("write `%` at the end, where it counts for both")
        } else if below.currency != above.currency {
            Problem::new(MIXED_CURRENCIES, high.start..high.end, "the ends of a range need the same currency")
                .related(low.start..low.end, "another currency")
        } else {
            return Ok(());
        };
        self.fail(problem)
    }

    /// The range with its ends exchanged, as it would be written; `None` when that takes more thought.
    fn ordered(&self, low: &Draft<'t>, high: &Draft<'t>) -> Option<String> {
        let [below, above] = [low.number, high.number];
        if below.scaled(0) > above.scaled(0) && !low.negative && !high.negative {
            // The units stay where they are and the numbers trade places: `20k..5k rps`.
            let between = self.slice(below.start + below.text.len(), above.start);
            let after = self.slice(above.start + above.text.len(), high.end);
            let before = self.slice(low.start, below.start);
            return Some(format!("{before}{}{between}{}{after}", above.text, below.text));
        }
        let whole = |draft: &Draft| self.slice(draft.start, draft.end);
        let movable = low.unit.is_some() || (high.unit.is_none() && high.tail.is_none());
        movable.then(|| format!("{}..{}", whole(high), whole(low)))
    }

    fn scale_text(&self, draft: &Draft<'t>) -> &'t str {
        let end = draft.number.start + draft.number.text.len();
        let after = self.slice(end, draft.end).trim_start();
        let length = after.find(|letter: char| !letter.is_ascii_alphabetic()).unwrap_or(after.len());
        after.get(..length).unwrap_or("")
    }

    fn margin(&mut self, mut middle: Draft<'t>, with_tail: bool) -> Parsed<Expr<'t>> {
        let sign = self.at;
        let _ = self.eat_text("±") || self.eat_text("+-");
        let sign = sign..self.at;
        self.skip_space();
        if !self.at_literal() {
            let problem = Problem::new(INVALID_EXPRESSION, sign, "a margin is a number");
            return self.fail(problem.help("write `300 ± 10%` or `300 ± 20`, and `a + -b` with a space"));
        }
        let mut margin = self.draft(false, self.at)?;
        let style = |draft: &Draft| draft.unit.map_or(Style::Plain, |unit| unit.style);
        let is_relative = style(&margin) == Style::Percent && style(&middle) == Style::Plain;
        if is_relative {
            let [center, part] = [self.finish(&middle)?, self.finish(&margin)?];
            return Ok(spread(center, part, center.value.abs() * part.value));
        }
        if with_tail {
            self.tail(&mut margin);
        }
        if style(&margin) == Style::Nines || style(&middle) == Style::Nines {
            let range = middle.start..margin.end;
            let problem = Problem::new(INVALID_EXPRESSION, range, "nines have no margin");
            return self.fail(problem.help("write a range such as `3..4 nines`"));
        }
        self.share_units(&mut middle, &mut margin)?;
        let [center, part] = [self.finish(&middle)?, self.finish(&margin)?];
        Ok(spread(center, part, part.value))
    }
}

fn spread<'t>(center: Literal<'t>, part: Literal<'t>, margin: f64) -> Expr<'t> {
    let place = Place::new(center.range().start, part.range().end);
    let interval = Interval {
        low: center.value - margin,
        high: center.value + margin,
        median: center.value,
        shape: Shape::Normal,
        is_share: center.is_share(),
        literals: [center, part],
        is_margin: true,
    };
    Expr::new(Kind::Interval(Box::new(interval)), place)
}

fn shape_of(low: f64, high: f64, is_share: bool) -> (Shape, f64) {
    if is_share && 0.0 < low && high < 1.0 {
        (Shape::Logitnormal, math::logit_middle(low, high))
    } else if 0.0 < low && !(is_share && high <= 1.0) {
        (Shape::Lognormal, math::geometric_middle(low, high))
    } else {
        (Shape::Normal, low / 2.0 + high / 2.0)
    }
}
