//! Rewrites a file so that all its mutants are in it at once.
//!
//! What belongs to one mutant alone stands between `/*M7<*/` and `/*>M*/`, and what is there for several between
//! `/*W7,8<*/` and `/*>W*/`, so that an error of the compiler can be put down to mutants.

use crate::list::Mutant;
use crate::places::{self, Edit, Place, Range};
use std::collections::BTreeSet;
use std::fmt::Write;

/// The text, and the numbers of the mutants in it.
pub fn weave(text: &str, mutants: &[&Mutant]) -> (String, BTreeSet<u32>) {
    let edits = places::find(text, mutants);
    let woven = edits.iter().flat_map(|edit| numbers(&edit.place)).collect();
    let weaver = Weaver { text, edits };
    (weaver.render((0, text.len())), woven)
}

fn numbers(place: &Place) -> Vec<u32> {
    match place {
        Place::Body(mutants)
        | Place::Iterator(mutants)
        | Place::Constant(mutants)
        | Place::Binary { mutants, .. } => mutants.iter().map(|(number, _)| *number).collect(),
        Place::Unary { number, .. } => vec![*number],
        Place::Arm { deleted, holds, fails, .. } => {
            [*deleted, *holds, *fails].into_iter().flatten().collect()
        }
        Place::Struct(fields) => fields.iter().map(|(number, _)| *number).collect(),
    }
}

struct Weaver<'a> {
    text: &'a str,
    edits: Vec<Edit>,
}

fn is_on(number: u32) -> String {
    format!("crate::mutant::is({number})")
}

fn alone(number: u32, text: &str) -> String {
    format!("/*M{number}<*/{text}/*>M*/")
}

impl Weaver<'_> {
    fn render(&self, (from, to): Range) -> String {
        let (mut at, mut out) = (from, String::new());
        let first = self.edits.partition_point(|edit| edit.range.0 < from);
        for edit in &self.edits[first..] {
            let (start, end) = edit.range;
            if start >= to {
                break;
            }
            if start < at || end > to {
                continue;
            }
            out.push_str(&self.text[at..start]);
            let all: Vec<String> = numbers(&edit.place).iter().map(ToString::to_string).collect();
            let new = self.place(edit);
            write!(out, "/*W{}<*/{new}/*>W*/", all.join(",")).expect("a String grows");
            at = end;
        }
        out.push_str(&self.text[at..to]);
        out
    }

    /// What stands in braces, without those.
    fn inside(&self, (from, to): Range) -> String {
        self.render((from + 1, to - 1))
    }

    fn place(&self, edit: &Edit) -> String {
        match &edit.place {
            Place::Body(mutants) => {
                let one = |(number, new): &(u32, String)| {
                    alone(*number, &format!("if {} {{ return {new}; }}", is_on(*number)))
                };
                mutants.iter().map(one).collect()
            }
            Place::Iterator(mutants) => {
                let original = format!("{{ {} }}", self.inside(edit.range));
                let wrap = |rest: String, (number, new): &(u32, String)| {
                    let new = alone(*number, new);
                    format!(
                        "{{ if {} {{ crate::mutant::Either::Mutant({new}) }} else {{ crate::mutant::Either::Original({rest}) }} }}",
                        is_on(*number)
                    )
                };
                mutants.iter().fold(original, wrap)
            }
            Place::Binary { left, operator, right, mutants } => {
                self.binary(*left, *operator, *right, mutants)
            }
            Place::Unary { operator, operand, number } => {
                let (sign, value) = (&self.text[operator.0..operator.1], self.render(*operand));
                match sign {
                    "!" => format!("(!({value}) ^ {})", alone(*number, &is_on(*number))),
                    _ => format!(
                        "(if {} {{ {} }} else {{ {sign}{value} }})",
                        is_on(*number),
                        alone(*number, &value)
                    ),
                }
            }
            Place::Arm { guard, deleted, holds, fails } => {
                let mut all: Vec<String> =
                    deleted.iter().chain(fails).map(|number| format!("!{}", is_on(*number))).collect();
                if let Some(guard) = guard {
                    let guard = self.render(*guard);
                    all.push(match holds {
                        Some(number) => format!("({} || ({guard}))", is_on(*number)),
                        None => format!("({guard})"),
                    });
                }
                format!(" if {} ", all.join(" && "))
            }
            Place::Constant(mutants) => {
                let one = |rest: String, (number, new): &(u32, String)| {
                    format!("(if {} {{ {} }} else {{ {rest} }})", is_on(*number), alone(*number, new))
                };
                mutants.iter().fold(self.text[edit.range.0..edit.range.1].to_owned(), one)
            }
            Place::Struct(fields) => {
                let original = self.without(edit.range, None);
                let one = |rest: String, (number, field): &(u32, Range)| {
                    let new = alone(*number, &self.without(edit.range, Some(*field)));
                    format!("(if {} {{ {new} }} else {{ {rest} }})", is_on(*number))
                };
                fields.iter().fold(original, one)
            }
        }
    }

    /// A struct expression, which is rendered in parts because it is an edit itself.
    fn without(&self, (from, to): Range, left_out: Option<Range>) -> String {
        let brace = from + self.text[from..to].find('{').expect("fields") + 1;
        let head = &self.text[from..brace];
        match left_out {
            Some((start, end)) => format!("{head}{}{}", self.render((brace, start)), self.render((end, to))),
            None => format!("{head}{}", self.render((brace, to))),
        }
    }

    fn binary(&self, left: Range, operator: Range, right: Range, mutants: &[(u32, String)]) -> String {
        let sign = &self.text[operator.0..operator.1];
        let (left, right) = (self.render(left), self.render(right));
        if let [(number, new)] = mutants {
            let on = is_on(*number);
            // Each side is written once: chains of these are long.
            match (sign, new.as_str()) {
                ("&&", "||") => {
                    return format!(
                        "({{ let mutated: bool = {left}; if mutated != {on} {{ {right} }} else {{ mutated }} }})"
                    );
                }
                ("||", "&&") => {
                    return format!(
                        "({{ let mutated: bool = {left}; if mutated == {on} {{ {right} }} else {{ mutated }} }})"
                    );
                }
                _ => {}
            }
        }
        let mut text = String::new();
        for (number, new) in mutants {
            let new = alone(*number, &format!("({left}) {new} ({right})"));
            write!(text, "if {} {{ {new} }} else ", is_on(*number)).expect("a String grows");
        }
        let is_assignment = sign.ends_with('=') && !matches!(sign, "==" | "!=" | "<=" | ">=");
        let text = format!("{text}{{ {left} {sign} {right} }}");
        if is_assignment { format!("{{ {text} }}") } else { format!("({text})") }
    }
}
