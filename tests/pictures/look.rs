//! Writes the samples where somebody can look at them: `PICTURES=/tmp/pictures cargo test --test pictures look`.

use sysdesign::diagrams::picture::{Direction, Picture};
use sysdesign::diagrams::theme::Theme;
use sysdesign::diagrams::{png, svg};

use super::{bodies, charts, samples};

/// All samples, each with a name for its file.
pub fn all() -> Vec<(&'static str, Picture)> {
    vec![
        ("shop", samples::shop()),
        ("platform-lr", samples::platform(Direction::LeftRight)),
        ("platform-tb", samples::platform(Direction::TopBottom)),
        ("large", samples::large()),
        ("sequence", bodies::sequence()),
        ("entities", bodies::entities()),
        ("classes", bodies::classes()),
        ("states", bodies::states()),
        ("requirements", bodies::requirements()),
        ("sankey", charts::sankey()),
        ("lines", charts::lines()),
        ("bars", charts::bars()),
        ("shares", charts::shares()),
        ("spans", charts::spans()),
        ("timeline", charts::timeline()),
        ("mindmap", charts::mindmap()),
        ("table", charts::table()),
        ("c4", bodies::c4()),
        ("use-cases", bodies::use_cases()),
    ]
}

#[test]
fn every_sample_is_drawn() {
    let folder = std::env::var_os("PICTURES").map(std::path::PathBuf::from);
    for (name, picture) in all() {
        let text = svg::render(&picture, &Theme::Adaptive);
        assert!(text.contains(&picture.title), "{name}");
        let Some(folder) = &folder else { continue };
        std::fs::create_dir_all(folder).unwrap();
        std::fs::write(folder.join(format!("{name}.svg")), text).unwrap();
        for (theme, kind) in [(Theme::Light, "light"), (Theme::Dark, "dark")] {
            let dots = png::render(&picture, &theme, 1.0).unwrap();
            std::fs::write(folder.join(format!("{name}-{kind}.png")), dots).unwrap();
        }
    }
}
