//! `validate` by stage, next to what other ways of reading the same bytes take.
//!
//! `cargo bench --bench validate`. `process` is the whole program on a file, `process_doing_nothing` its start-up
//! beside that of `true`. Each stage does only its own work; `whole` is everything from bytes to
//! findings. `serde_yaml_typed` deserialises the same text into typed structs with serde, which is what a tool
//! without places and without checks would do; `events` is the bare event parse.

#![allow(clippy::disallowed_methods, reason = "a benchmark writes the files that it times")]

mod support;

use divan::Bencher;
use divan::counter::BytesCount;
use std::collections::BTreeMap;
use std::process::{Command, Stdio};
use sysdesign::catalog::builtin;
use sysdesign::source::{SourceFile, Sources};
use sysdesign::workspace::Refusal;
use sysdesign::{Diagnostic, Document, Files, NoFiles, Policy, Workspace, check, model, syntax};

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

/// The whole program, from start to exit. Its largest memory: `/usr/bin/time -v sysdesign validate FILE`.
#[divan::bench(args = COMPONENTS)]
fn process(bencher: Bencher, components: usize) {
    let text = support::design(components);
    let file = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("bench-{components}.yaml"));
    assert!(std::fs::write(&file, &text).is_ok(), "the design can be written to {}", file.display());
    bencher.counter(BytesCount::of_str(&text)).bench(|| {
        let status = Command::new(env!("CARGO_BIN_EXE_sysdesign"))
            .args(["validate", "--no-config"])
            .arg(&file)
            .stdout(Stdio::null())
            .status();
        assert!(status.is_ok_and(|status| status.success()), "the generated design is clean");
    });
}

/// Start-up: the program that prints its version, and a program that does nothing at all.
#[divan::bench(args = [env!("CARGO_BIN_EXE_sysdesign"), "true"])]
fn process_doing_nothing(bencher: Bencher, program: &str) {
    bencher.bench(|| Command::new(program).arg("--version").stdout(Stdio::null()).status().is_ok());
}

/// Designs too large for one file.
#[divan::bench(args = [10_000, 100_000], sample_count = 5)]
fn whole_in_several_files(bencher: Bencher, components: usize) {
    let files = support::files(components);
    let bytes: usize = files.iter().map(|(_, text)| text.len()).sum();
    bencher.counter(BytesCount::new(bytes)).bench(|| {
        let mut workspace = Workspace::new();
        let mut parts = InMemory(files.clone());
        if let Some((name, text)) = files.first() {
            workspace.add_design(document(name, text), &mut parts);
        }
        let findings = findings(&workspace);
        assert_eq!(findings, [], "the generated design is clean");
    });
}

struct InMemory(Vec<(String, String)>);

impl Files for InMemory {
    fn fetch(&mut self, _: &str, path: &str) -> Result<Document, Refusal> {
        let found = self.0.iter().find(|(name, _)| name == path);
        found.map(|(name, text)| document(name, text)).ok_or(Refusal::Missing)
    }
}

fn document(name: &str, text: &str) -> Document {
    Document { identity: name.to_owned(), name: name.to_owned(), bytes: text.as_bytes().to_vec() }
}

fn findings(workspace: &Workspace) -> Vec<Diagnostic> {
    let check = |design| check::check(workspace, design, &Policy::default()).findings;
    workspace.designs().iter().flat_map(check).collect()
}

/// Bytes to findings.
#[divan::bench(args = COMPONENTS)]
fn whole(bencher: Bencher, components: usize) {
    let text = support::design(components);
    let run = || findings(&workspace(&text));
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
