//! `validate` by stage, next to what other ways of reading the same bytes take.
//!
//! `cargo bench --bench validate`. Each stage does only its own work; `whole` is everything from bytes to
//! findings. `serde_yaml_typed` deserialises the same text into typed structs with serde, which is what a tool
//! without places and without checks would do; `events` is the bare event parse.

mod support;

use divan::Bencher;
use divan::counter::BytesCount;
use std::collections::BTreeMap;
use sysdesign::catalog::builtin;
use sysdesign::source::{SourceFile, Sources};
use sysdesign::{Document, NoFiles, Policy, Workspace, check, model, syntax};

const COMPONENTS: [usize; 4] = [10, 100, 1_000, 10_000];

fn main() {
    divan::main();
}

fn workspace(text: &str) -> Workspace {
    let mut workspace = Workspace::new();
    let document = Document {
        identity: "bench".to_owned(),
        name: "bench.yaml".to_owned(),
        bytes: text.as_bytes().to_vec(),
    };
    workspace.add_design(document, &mut NoFiles);
    workspace
}

/// Bytes to findings.
#[divan::bench(args = COMPONENTS)]
fn whole(bencher: Bencher, components: usize) {
    let text = support::design(components);
    let run = || {
        let workspace = workspace(&text);
        let findings: Vec<_> = workspace
            .designs()
            .iter()
            .flat_map(|design| check::check(&workspace, design, &Policy::default()).findings)
            .collect();
        findings
    };
    assert_eq!(run(), [], "the generated design is clean");
    bencher.counter(BytesCount::of_str(&text)).bench(run);
}

/// Text to tree.
#[divan::bench(args = COMPONENTS)]
fn stage_1_syntax(bencher: Bencher, components: usize) {
    let mut sources = Sources::new();
    let Some(file) = sources.add(SourceFile::new("bench.yaml", support::design(components))) else { return };
    bencher
        .counter(BytesCount::of_str(sources.get(file).text()))
        .bench(|| syntax::parse(divan::black_box(&sources), file));
}

/// Tree to what was written.
#[divan::bench(args = COMPONENTS)]
fn stage_2_spec(bencher: Bencher, components: usize) {
    let workspace = workspace(&support::design(components));
    let Some(files) = workspace.designs().first() else { return };
    bencher.bench(|| check::read(divan::black_box(&workspace), files));
}

/// What was written to what it means.
#[divan::bench(args = COMPONENTS)]
fn stage_3_model(bencher: Bencher, components: usize) {
    let workspace = workspace(&support::design(components));
    let Some(files) = workspace.designs().first() else { return };
    let catalog = builtin::shared();
    bencher
        .with_inputs(|| check::read(&workspace, files).0)
        .bench_values(|design| design.map(|design| model::resolve(design, catalog, true)));
}

/// The meaning to findings.
#[divan::bench(args = COMPONENTS)]
fn stage_4_rules(bencher: Bencher, components: usize) {
    let workspace = workspace(&support::design(components));
    let Some(files) = workspace.designs().first() else { return };
    let Some(design) = check::read(&workspace, files).0 else { return };
    let (model, _) = model::resolve(design, builtin::shared(), true);
    bencher.bench(|| check::run_rules(divan::black_box(&model), &Policy::default()));
}

/// What a run pays once, however small the design.
#[divan::bench]
fn catalogue() {
    divan::black_box(builtin::read());
}

/// The bare events of the YAML parser that the slow path uses.
#[divan::bench(args = COMPONENTS)]
fn events(bencher: Bencher, components: usize) {
    let text = support::design(components);
    bencher
        .counter(BytesCount::of_str(&text))
        .bench(|| granit_parser::Parser::new_from_str(divan::black_box(&text)).filter(Result::is_ok).count());
}

/// What a tool would deserialise that reads designs with serde.
#[derive(serde::Deserialize)]
#[allow(dead_code, reason = "only read, to measure the reading")]
struct TypedDesign {
    sysdesign: u32,
    name: String,
    summary: String,
    assumptions: BTreeMap<String, String>,
    requirements: BTreeMap<String, TypedRequirement>,
    components: BTreeMap<String, TypedComponent>,
    flows: BTreeMap<String, TypedFlow>,
}

#[derive(serde::Deserialize)]
#[allow(dead_code, reason = "only read, to measure the reading")]
struct TypedRequirement {
    text: String,
    check: String,
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(dead_code, reason = "only read, to measure the reading")]
struct TypedComponent {
    kind: String,
    tech: Option<String>,
    replicas: Option<u32>,
    stateless: Option<bool>,
    replication: Option<String>,
    ttl: Option<String>,
    delivery: Option<String>,
    health_check: Option<bool>,
    load_balancing: Option<String>,
    description: Option<String>,
    latency: Option<BTreeMap<String, String>>,
    capacity: Option<BTreeMap<String, String>>,
    zones: Option<Vec<String>>,
    tags: Option<Vec<String>>,
}

#[derive(serde::Deserialize)]
#[allow(dead_code, reason = "only read, to measure the reading")]
struct TypedFlow {
    rate: String,
    steps: Vec<BTreeMap<String, yaml_serde::Value>>,
}

#[divan::bench(args = COMPONENTS)]
fn serde_yaml_typed(bencher: Bencher, components: usize) {
    let text = support::design(components);
    let read = |text| yaml_serde::from_str::<TypedDesign>(text).map_err(|error| error.to_string());
    if let Err(error) = read(&text) {
        // The comparison would be worth nothing.
        assert_eq!(error, "", "serde reads the design");
    }
    bencher.counter(BytesCount::of_str(&text)).bench(|| read(divan::black_box(&text)));
}
