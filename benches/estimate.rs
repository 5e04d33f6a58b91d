//! The numbers of a design by stage. `cargo bench --bench estimate`.
//!
//! `sheet_and_values` is everything but distributions of time; `central` adds those of all flows; `samples` is what a run of
//! `sysdesign estimate` does: twenty thousand samples of everything that is reported, on two threads. `availability` is one flow
//! through many components that share zones and stores.

mod support;

use divan::Bencher;
use support::numbers;
use sysdesign::estimate::{Changes, Estimate, Options, Subject, Value};
use sysdesign::{Document, Model, NoFiles, Workspace, check};

/// As in the program itself.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const COMPONENTS: [usize; 3] = [100, 1_000, 10_000];

fn main() {
    divan::main();
}

/// Does something with the meaning of a text, which is a sound design.
fn with_model(text: &str, work: impl FnOnce(&Model<'_>)) {
    let mut workspace = Workspace::new();
    let document = Document { identity: "bench".into(), name: "bench.yaml".into(), bytes: text.into() };
    workspace.add_design(document, &mut NoFiles);
    let Some(files) = workspace.designs().first() else { return };
    let result = check::with_model(&workspace, files, &[], work).map_err(|outcome| outcome.findings);
    assert_eq!(result, Ok(()), "the generated design is sound");
}

const OPTIONS: Options = Options {
    at: None,
    seed: 0,
    samples: 20_000,
    threads: 2,
    with_traffic_factor: false,
    without_limits: false,
    with_stated: false,
};

fn values(estimate: &Estimate<'_, '_>, is_wanted: impl Fn(&str) -> bool) -> Vec<Value> {
    let all = estimate.addresses(false).into_iter();
    all.filter(|(_, _, name, _)| is_wanted(name)).map(|(.., value)| value).collect()
}

/// How every number follows from the design, and nothing calculated.
#[divan::bench(args = COMPONENTS)]
fn sheet(bencher: Bencher, components: usize) {
    with_model(&numbers::design(components), |model| {
        bencher.bench_local(|| Estimate::new(divan::black_box(model), OPTIONS).sheet.len());
    });
}

/// The same, and all central values but those of distributions of time.
#[divan::bench(args = COMPONENTS)]
fn sheet_and_values(bencher: Bencher, components: usize) {
    with_model(&numbers::design(components), |model| {
        bencher.bench_local(|| Estimate::new(divan::black_box(model), OPTIONS).central(&Changes::new(), &[]));
    });
}

/// All central values that are reported, also the distributions of time of all flows.
#[divan::bench(args = COMPONENTS, sample_count = 5)]
fn central(bencher: Bencher, components: usize) {
    with_model(&numbers::design(components), |model| {
        let estimate = Estimate::new(model, OPTIONS);
        let wanted = values(&estimate, |_| true);
        bencher.bench_local(|| estimate.central(&Changes::new(), divan::black_box(&wanted)));
    });
}

/// What is reported of a design, with its uncertainty.
#[divan::bench(args = [100, 1_000], sample_count = 3)]
fn samples(bencher: Bencher, components: usize) {
    with_model(&numbers::design(components), |model| {
        // What was looked at once is known from then on: each run begins with a sheet of its own.
        bencher
            .with_inputs(|| Estimate::new(model, OPTIONS))
            .bench_local_values(|estimate| divan::black_box(&estimate).readings(None));
    });
}

/// The same without distributions of time.
#[divan::bench(args = [100, 1_000], sample_count = 3)]
fn samples_without_latency(bencher: Bencher, components: usize) {
    with_model(&numbers::design(components), |model| {
        let estimate = Estimate::new(model, OPTIONS);
        let wanted = values(&estimate, |name| !name.starts_with("latency"));
        let central = estimate.central(&Changes::new(), &wanted);
        bencher.bench_local(|| estimate.summaries(&central, divan::black_box(&wanted)));
    });
}

/// The availability of a flow through many components that share zones and stores.
#[divan::bench(args = [20, 200, 400], sample_count = 20)]
fn availability(bencher: Bencher, components: usize) {
    with_model(&numbers::shared(components), |model| {
        bencher.bench_local(|| {
            let estimate = Estimate::new(divan::black_box(model), OPTIONS);
            let wanted = estimate.get(Subject::Flow(0), "availability");
            estimate.central(&Changes::new(), wanted.as_slice())
        });
    });
}
