//! A picture of every kind, of three designs of different size, as somebody has looked at them and found them good:
//! `UPDATE_EXPECTED=1 cargo test --test diagrams gallery` writes them anew. Those of the smallest are shown in `docs/diagrams.md`.

use crate::support::{pictures_in, root, workspace_of};
use std::path::PathBuf;
use sysdesign::diagrams::theme::Theme;
use sysdesign::diagrams::{ALL, Request, svg};

/// The design, the flow that is drawn of it, and where its pictures are.
const DESIGNS: [(&str, &str, &str); 3] = [
    ("parking-garage.yaml", "pay", "docs/images/diagrams"),
    ("url-shortener.yaml", "redirect", "tests/pictures/golden/url-shortener"),
    ("shop-microservices/shop.yaml", "place_order", "tests/pictures/golden/shop-microservices"),
];

#[test]
fn pictures_of_designs_look_as_they_did() {
    let is_update = std::env::var_os("UPDATE_EXPECTED").is_some();
    let mut others: Vec<String> = Vec::new();
    for (design, flow, folder) in DESIGNS {
        let workspace = workspace_of(&root().join("examples").join(design));
        let folder = root().join(folder);
        let mut drawn: Vec<PathBuf> = Vec::new();
        for kind in ALL {
            let request = Request { flow: Some(flow), ..Request::default() };
            let pictures = pictures_in(&workspace, &[kind], &request);
            // Where there are several, the last but one: use comes after data and costs, and the last is often hardly used.
            let Some(picture) = pictures.iter().rev().nth(1).or(pictures.last()) else { continue };
            let path = folder.join(format!("{}.svg", kind.name));
            let fresh = svg::render(picture, &Theme::Adaptive);
            if is_update {
                std::fs::create_dir_all(&folder).unwrap();
                std::fs::write(&path, &fresh).unwrap();
            }
            if std::fs::read_to_string(&path).unwrap_or_default() != fresh {
                others.push(path.display().to_string());
            }
            drawn.push(path);
        }
        assert!(drawn.len() > 18, "{design}: {drawn:?}");
        for entry in std::fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            assert!(drawn.contains(&path), "nothing is drawn as {}", path.display());
        }
    }
    assert!(
        others.is_empty(),
        "run `UPDATE_EXPECTED=1 cargo test --test diagrams gallery` and look at what has changed: {others:#?}"
    );
}
