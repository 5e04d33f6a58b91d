//! How long one expression takes to read and what it allocates: `cargo bench --bench quantity`.

use sysdesign::quantity::{Dimension, Found, Names, Values, parse, parse_check};

#[global_allocator]
static ALLOCATIONS: divan::AllocProfiler = divan::AllocProfiler::system();

fn main() {
    divan::main();
}

struct Design;

impl Names for Design {
    fn dimension_of(&self, name: &str) -> Found<Dimension> {
        match name {
            "dau" | "posts_per_user" | "media_share" => Found::Known(Dimension::NONE),
            "x" => Found::Known(Dimension::DATA),
            _ => Found::Unknown,
        }
    }

    fn closest(&self, _wrong: &str) -> Option<String> {
        None
    }
}

impl Values for Design {
    fn value_of(&self, name: &str) -> Found<f64> {
        match name {
            "dau" | "posts_per_user" | "media_share" | "x" => Found::Known(2.0),
            _ => Found::Unknown,
        }
    }
}

const LITERALS: [&str; 8] =
    ["3", "300 B", "2 ms", "99.95%", "10k rps", "100M / month", "$0.10 / GB / month", "5 years"];
const RANGES: [&str; 3] = ["50..200", "5..20 ms", "99%..99.9%"];
const FORMULAS: [&str; 4] =
    ["dau * posts_per_user", "300 B + media_share * 1 MB", "ceil(x / 64 GB)", "2 / user / day"];

#[divan::bench(args = LITERALS.iter().chain(&RANGES).chain(&FORMULAS))]
fn read(text: &str) -> bool {
    parse(divan::black_box(text)).is_ok()
}

#[divan::bench(args = ["300 B", "300 B + media_share * 1 MB", "ceil(x / 64 GB)"])]
fn read_check_and_calculate(text: &str) -> Option<f64> {
    let expr = parse(divan::black_box(text)).ok()?;
    expr.check(&Design).ok()?;
    expr.central(&Design).ok()
}

#[divan::bench]
fn read_comparison() -> bool {
    parse_check(divan::black_box("flows.redirect.latency.p99 < 50 ms")).is_ok()
}
