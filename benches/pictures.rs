//! How long pictures take: from a picture to SVG and to PNG. The SVG of a hundred components is to take less than 50 ms.

mod support;

use divan::Bencher;
use sysdesign::diagrams::picture::{Direction, Picture};
use sysdesign::diagrams::theme::Theme;
use sysdesign::diagrams::{Request, draw, find, png, svg};
use sysdesign::rules::Case;
use sysdesign::{Document, NoFiles, Workspace, check};

#[path = "../tests/pictures/samples.rs"]
mod samples;

fn main() {
    divan::main();
}

fn sample(boxes: usize) -> Picture {
    match boxes {
        6 => samples::shop(),
        25 => samples::platform(Direction::LeftRight),
        _ => samples::large(),
    }
}

#[divan::bench(args = [6, 25, 100], sample_count = 10)]
fn svg_of(bencher: Bencher<'_, '_>, boxes: usize) {
    let picture = sample(boxes);
    bencher.bench(|| svg::render(divan::black_box(&picture), &Theme::Adaptive));
}

#[divan::bench(args = [6, 25, 100], sample_count = 10)]
fn png_of(bencher: Bencher<'_, '_>, boxes: usize) {
    let picture = sample(boxes);
    bencher.bench(|| png::render(divan::black_box(&picture), &Theme::Light, 2.0));
}

/// From the model of a design to the SVG of its architecture.
#[divan::bench(args = [10, 100], sample_count = 10)]
fn svg_of_design(bencher: Bencher<'_, '_>, components: usize) {
    let mut workspace = Workspace::new();
    let bytes = support::design(components).into_bytes();
    workspace
        .add_design(Document { identity: "bench".into(), name: "bench.yaml".into(), bytes }, &mut NoFiles);
    let (Some(design), Some(kind)) = (workspace.designs().first(), find("architecture")) else { return };
    let done = check::with_model(&workspace, design, &[], |model| {
        bencher.bench_local(|| {
            let pictures = draw(&Case::new(model, None), kind, &Request::default());
            pictures.first().map(|picture| svg::render(picture, &Theme::Adaptive).len())
        });
    });
    assert!(done.is_ok(), "the generated design has no errors");
}
