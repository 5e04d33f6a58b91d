//! `diagram`: all pictures of a design as Mermaid. All of a hundred components are to take less than 5 ms.
//!
//! `cargo bench --bench diagrams`

mod support;

use divan::Bencher;
use sysdesign::diagrams::mermaid::{Theme, write};
use sysdesign::diagrams::{ALL, Kind, Request, draw};
use sysdesign::rules::Case;
use sysdesign::{Document, NoFiles, Workspace, check};

fn main() {
    divan::main();
}

fn workspace(components: usize) -> Workspace {
    let mut workspace = Workspace::new();
    let bytes = support::design(components).into_bytes();
    workspace
        .add_design(Document { identity: "bench".into(), name: "bench.yaml".into(), bytes }, &mut NoFiles);
    workspace
}

fn run(bencher: Bencher, components: usize, kinds: &[&'static Kind]) {
    let workspace = workspace(components);
    let Some(design) = workspace.designs().first() else { return };
    let done = check::with_model(&workspace, design, &[], |model| {
        bencher.bench_local(|| {
            let case = Case::new(model, None);
            let pictures = kinds.iter().flat_map(|kind| draw(&case, kind, &Request::default()));
            pictures.map(|picture| write(&picture, Theme::Adaptive).text.len()).sum::<usize>()
        });
    });
    assert!(done.is_ok(), "the generated design has no errors");
}

/// From a model to the text of every picture that needs no computed numbers.
#[divan::bench(args = [10, 100, 1_000])]
fn all_kinds(bencher: Bencher, components: usize) {
    let kinds: Vec<&Kind> = ALL.iter().copied().filter(|kind| !kind.needs_numbers).collect();
    run(bencher, components, &kinds);
}

/// The architecture alone.
#[divan::bench(args = [10, 100, 1_000, 10_000])]
fn architecture(bencher: Bencher, components: usize) {
    let kinds: Vec<&Kind> = ALL.iter().copied().filter(|kind| kind.name == "architecture").collect();
    run(bencher, components, &kinds);
}

/// The text of every picture, when the numbers are known: what they take is the business of `estimate`.
#[divan::bench(args = [10, 100])]
fn all_kinds_with_numbers(bencher: Bencher, components: usize) {
    let workspace = workspace(components);
    let Some(design) = workspace.designs().first() else { return };
    let done = check::with_model(&workspace, design, &[], |model| {
        let case = Case::new(model, None);
        let pictures: Vec<_> = ALL
            .iter()
            .flat_map(|kind| draw(&case, kind, &Request { numbers: true, ..Request::default() }))
            .collect();
        bencher.bench_local(|| {
            pictures.iter().map(|picture| write(picture, Theme::Adaptive).text.len()).sum::<usize>()
        });
    });
    assert!(done.is_ok(), "the generated design has no errors");
}
