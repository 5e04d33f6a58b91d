//! How long pictures take: from a picture to SVG and to PNG.

use divan::Bencher;
use sysdesign::diagrams::picture::{Direction, Picture};
use sysdesign::diagrams::theme::Theme;
use sysdesign::diagrams::{png, svg};

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
