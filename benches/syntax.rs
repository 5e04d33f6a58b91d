//! Text to tree: the fast path, the general parser, and the usual way through serde for comparison.

mod support;

use divan::Bencher;
use divan::counter::BytesCount;
use sysdesign::source::FileId;
use sysdesign::syntax::scanner::scan;

const COMPONENTS: [usize; 2] = [100, 10_000];

fn main() {
    divan::main();
}

#[divan::bench(args = COMPONENTS)]
fn fast_path(bencher: Bencher, components: usize) {
    let text = support::design(components);
    assert!(scan(FileId(0), &text).is_some(), "the generated design must take the fast path");
    bencher.counter(BytesCount::of_str(&text)).bench(|| scan(FileId(0), divan::black_box(&text)));
}

#[divan::bench(args = COMPONENTS)]
fn serde_value(bencher: Bencher, components: usize) {
    let text = support::design(components);
    assert!(
        yaml_serde::from_str::<yaml_serde::Value>(&text).is_ok(),
        "the generated design must be valid YAML"
    );
    bencher.counter(BytesCount::of_str(&text)).bench(|| {
        yaml_serde::from_str::<yaml_serde::Value>(divan::black_box(&text)).map_err(|error| error.to_string())
    });
}
