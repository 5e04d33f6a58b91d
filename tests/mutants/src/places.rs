//! Where in a file mutants of cargo-mutants lie, as parts of its syntax.

use crate::list::{Mutant, Position};
use proc_macro2::Span;
use std::collections::BTreeMap;
use syn::spanned::Spanned;
use syn::visit::{self, Visit};

/// Bytes of the text, from and to.
pub type Range = (usize, usize);

/// A place that has mutants, and what the changed text is made from.
#[derive(Debug)]
pub enum Place {
    /// The first thing in a body: each mutant returns at once.
    Body(Vec<(u32, String)>),
    /// A body that returns `impl Iterator`, for which mutants need a common type.
    Iterator(Vec<(u32, String)>),
    Binary {
        left: Range,
        operator: Range,
        right: Range,
        mutants: Vec<(u32, String)>,
    },
    /// `!` or `-`, which the mutant leaves out.
    Unary {
        operator: Range,
        operand: Range,
        number: u32,
    },
    /// From the end of a pattern to the arrow: what the guard becomes.
    Arm {
        guard: Option<Range>,
        deleted: Option<u32>,
        holds: Option<u32>,
        fails: Option<u32>,
    },
    /// The use of a constant, in whose value the mutants lie: a constant cannot ask which mutant is on.
    Constant(Vec<(u32, String)>),
    /// Fields that mutants leave out.
    Struct(Vec<(u32, Range)>),
}

pub struct Edit {
    pub range: Range,
    pub place: Place,
}

/// All places of these mutants, outer before inner.
pub fn find(text: &str, mutants: &[&Mutant]) -> Vec<Edit> {
    let file = syn::parse_file(text).expect("Rust");
    let mut lines = vec![0];
    lines.extend(text.match_indices('\n').map(|(at, _)| at + 1));
    let mut at: BTreeMap<(String, Position), Vec<Mutant>> = BTreeMap::new();
    for mutant in mutants {
        at.entry((mutant.genre.clone(), mutant.start)).or_default().push((*mutant).clone());
    }
    let mut finder = Finder { text, lines, at, constants: BTreeMap::new(), edits: Vec::new() };
    file.items.iter().for_each(|item| finder.constant(item));
    finder.visit_file(&file);
    let mut edits = finder.edits;
    edits.sort_by_key(|edit| {
        let (start, end) = edit.range;
        (start, end != start, std::cmp::Reverse(end))
    });
    edits
}

struct Finder<'a> {
    text: &'a str,
    lines: Vec<usize>,
    at: BTreeMap<(String, Position), Vec<Mutant>>,
    /// The constants of the file and the values that mutants give them.
    constants: BTreeMap<String, Vec<(u32, String)>>,
    edits: Vec<Edit>,
}

impl Finder<'_> {
    fn byte(&self, position: Position) -> usize {
        let line = self.lines[position.line - 1];
        let rest = &self.text[line..];
        let column = rest.char_indices().nth(position.column - 1).map_or(rest.len(), |(at, _)| at);
        line + column
    }

    fn range(&self, span: Span) -> Range {
        let of = |at: proc_macro2::LineColumn| self.byte(Position { line: at.line, column: at.column + 1 });
        (of(span.start()), of(span.end()))
    }

    /// The mutants of a kind that begin where something begins.
    fn starting(&self, genre: &str, span: Span) -> Vec<Mutant> {
        let start = Position { line: span.start().line, column: span.start().column + 1 };
        self.at.get(&(genre.to_owned(), start)).cloned().unwrap_or_default()
    }

    fn constant(&mut self, item: &syn::Item) {
        let syn::Item::Const(constant) = item else { return };
        let value = self.range(constant.expr.span());
        let mut mutants = Vec::new();
        for (_, here) in self.at.iter().filter(|((genre, _), _)| genre == "BinaryOperator") {
            for mutant in here {
                let at = self.byte(mutant.start);
                if (value.0..value.1).contains(&at) {
                    let length = self.text[at..].find(' ').unwrap_or(1);
                    let (before, after) = (&self.text[value.0..at], &self.text[at + length..value.1]);
                    mutants.push((mutant.number, format!("{before}{}{after}", mutant.replacement)));
                }
            }
        }
        if !mutants.is_empty() {
            self.constants.insert(constant.ident.to_string(), mutants);
        }
    }

    fn body(&mut self, output: &syn::ReturnType, block: &syn::Block) {
        let inside = self.range(block.brace_token.span.join());
        let first = block.stmts.first().map_or(block.brace_token.span.join(), Spanned::span);
        let mut mutants = self.starting("FnValue", first);
        mutants.extend(self.starting("FnValue", block.brace_token.span.open()));
        mutants.dedup_by_key(|mutant| mutant.number);
        let mutants: Vec<(u32, String)> =
            mutants.into_iter().map(|mutant| (mutant.number, mutant.replacement)).collect();
        if mutants.is_empty() {
            return;
        }
        let is_impl =
            matches!(output, syn::ReturnType::Type(_, ty) if matches!(**ty, syn::Type::ImplTrait(_)));
        let edit = match is_impl {
            true => Edit { range: inside, place: Place::Iterator(mutants) },
            false => Edit { range: (inside.0 + 1, inside.0 + 1), place: Place::Body(mutants) },
        };
        self.edits.push(edit);
    }
}

/// Whether a condition binds names, so that it cannot become part of another expression.
fn binds(expression: &syn::Expr) -> bool {
    match expression {
        syn::Expr::Let(_) => true,
        syn::Expr::Binary(both) => binds(&both.left) || binds(&both.right),
        _ => false,
    }
}

impl<'ast> Visit<'ast> for Finder<'_> {
    fn visit_item_fn(&mut self, function: &'ast syn::ItemFn) {
        self.body(&function.sig.output, &function.block);
        visit::visit_item_fn(self, function);
    }

    fn visit_impl_item_fn(&mut self, function: &'ast syn::ImplItemFn) {
        self.body(&function.sig.output, &function.block);
        visit::visit_impl_item_fn(self, function);
    }

    fn visit_trait_item_fn(&mut self, function: &'ast syn::TraitItemFn) {
        if let Some(block) = &function.default {
            self.body(&function.sig.output, block);
        }
        visit::visit_trait_item_fn(self, function);
    }

    fn visit_item_const(&mut self, constant: &'ast syn::ItemConst) {
        if !self.constants.contains_key(&constant.ident.to_string()) {
            visit::visit_item_const(self, constant);
        }
    }

    fn visit_expr_path(&mut self, path: &'ast syn::ExprPath) {
        let name = path.path.get_ident().map(ToString::to_string).unwrap_or_default();
        if let Some(mutants) = self.constants.get(&name) {
            let place = Place::Constant(mutants.clone());
            self.edits.push(Edit { range: self.range(path.span()), place });
        }
    }

    fn visit_expr_binary(&mut self, both: &'ast syn::ExprBinary) {
        let mutants = self.starting("BinaryOperator", both.op.span());
        if !mutants.is_empty() && !binds(&both.left) && !binds(&both.right) {
            let mutants = mutants.into_iter().map(|mutant| (mutant.number, mutant.replacement)).collect();
            let (left, operator) = (self.range(both.left.span()), self.range(both.op.span()));
            let right = self.range(both.right.span());
            let range = (left.0, right.1);
            self.edits.push(Edit { range, place: Place::Binary { left, operator, right, mutants } });
        }
        visit::visit_expr_binary(self, both);
    }

    fn visit_expr_unary(&mut self, unary: &'ast syn::ExprUnary) {
        if let Some(mutant) = self.starting("UnaryOperator", unary.op.span()).first() {
            let (operator, operand) = (self.range(unary.op.span()), self.range(unary.expr.span()));
            let place = Place::Unary { operator, operand, number: mutant.number };
            self.edits.push(Edit { range: (operator.0, operand.1), place });
        }
        visit::visit_expr_unary(self, unary);
    }

    fn visit_expr_match(&mut self, both: &'ast syn::ExprMatch) {
        // An arm without a guard can only be missing where another takes everything.
        let takes_all = |arm: &syn::Arm| arm.guard.is_none() && matches!(arm.pat, syn::Pat::Wild(_));
        if !both.arms.iter().any(takes_all) {
            for arm in both.arms.iter().filter(|arm| arm.guard.is_none()) {
                let at = arm.span().start();
                let start = Position { line: at.line, column: at.column + 1 };
                self.at.remove(&("MatchArm".to_owned(), start));
            }
        }
        visit::visit_expr_match(self, both);
    }

    fn visit_arm(&mut self, arm: &'ast syn::Arm) {
        let deleted = self.starting("MatchArm", arm.span()).first().map(|mutant| mutant.number);
        let guard = arm.guard.as_ref().map(|(_, guard)| guard);
        let of_guard = guard.map(|guard| self.starting("MatchArmGuard", guard.span())).unwrap_or_default();
        let with = |value: &str| of_guard.iter().find(|it| it.replacement == value).map(|it| it.number);
        let (holds, fails) = (with("true"), with("false"));
        if deleted.or(holds).or(fails).is_some() && !guard.is_some_and(|guard| binds(guard)) {
            let range = (self.range(arm.pat.span()).1, self.range(arm.fat_arrow_token.span()).0);
            let guard = guard.map(|guard| self.range(guard.span()));
            self.edits.push(Edit { range, place: Place::Arm { guard, deleted, holds, fails } });
        }
        visit::visit_arm(self, arm);
    }

    fn visit_expr_struct(&mut self, made: &'ast syn::ExprStruct) {
        let mut fields = Vec::new();
        for pair in made.fields.pairs() {
            let (start, end) = self.range(pair.value().span());
            let end = pair.punct().map_or(end, |comma| self.range(comma.span()).1);
            for mutant in self.starting("StructField", pair.value().span()) {
                fields.push((mutant.number, (start, end)));
            }
        }
        if !fields.is_empty() {
            self.edits.push(Edit { range: self.range(made.span()), place: Place::Struct(fields) });
        }
        visit::visit_expr_struct(self, made);
    }
}
