//! Text to tree: the fast path, the general parser, and the usual way through serde for comparison.

mod support;

use divan::Bencher;
use divan::counter::BytesCount;
use sysdesign::source::{FileId, SourceFile, Sources};
use sysdesign::syntax::parse;
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

/// Checks of characters and of keys that stand twice included.
#[divan::bench(args = COMPONENTS)]
fn general_parser(bencher: Bencher, components: usize) {
    // The fast path leaves documents with a marker to the general parser.
    let text = format!("---\n{}", support::design(components));
    let mut sources = Sources::new();
    let file = sources.add(SourceFile::new("design.yaml", text)).unwrap_or(FileId(0));
    assert!(parse(&sources, file).complete, "the generated design must be valid");
    bencher
        .counter(BytesCount::of_str(sources.get(file).text()))
        .bench(|| parse(divan::black_box(&sources), file));
}

#[divan::bench(args = COMPONENTS)]
fn serde_value(bencher: Bencher, components: usize) {
    let text = support::design(components);
    let read = |text| yaml_serde::from_str::<yaml_serde::Value>(text).map_err(|error| error.to_string());
    assert!(read(&text).is_ok(), "the generated design must be valid YAML");
    bencher.counter(BytesCount::of_str(&text)).bench(|| read(divan::black_box(&text)));
}
