//! The README shows what the program really says, and its commands work.

use crate::page::{blocks, rewrite};
use crate::support::{empty_folder, must_be_fresh, read, root, sysdesign};
use std::path::PathBuf;

/// The mistakes that the text asks the reader to make, in the design on the page.
const SESSION: &[(&str, &str)] = &[("app -> links: select", "app -> link: select")];
/// Those of the picture.
const PICTURE: &[(&str, &str)] = &[
    ("< 50 ms", "< 50 MB"),
    ("new_links * clicks_per_link", "new_links + clicks_per_link"),
    ("ttl: 1 day", "tll: 1 day"),
];

fn design_on_the_page() -> String {
    let page = read("README.md");
    let block = blocks(&page).into_iter().find(|block| block.name.as_deref() == Some("design"));
    block.expect("a design in the README").text
}

/// A folder with the design of the page, and with mistakes made in it.
fn folder_with(name: &str, mistakes: &[(&str, &str)]) -> PathBuf {
    let mut text = design_on_the_page();
    for (right, wrong) in mistakes {
        assert_eq!(text.matches(right).count(), 1, "`{right}` does not stand once in the README's design");
        text = text.replace(right, wrong);
    }
    let folder = empty_folder(name);
    std::fs::write(folder.join("shortener.yaml"), text).expect("a file can be written");
    folder
}

#[test]
fn the_design_on_the_page_has_no_findings() {
    let ran =
        sysdesign(&folder_with("readme-design", &[]), &["validate", "--fail-on", "info", "shortener.yaml"]);
    assert_eq!(ran.code, Some(0), "{}", ran.said);
}

#[test]
fn the_session_on_the_page_is_what_the_program_says() {
    let folder = folder_with("readme-session", SESSION);
    let mut sessions = 0;
    let fresh = rewrite(&read("README.md"), |block| {
        (block.name.as_deref() == Some("session")).then(|| {
            sessions += 1;
            let ran = sysdesign(&folder, &["validate", "shortener.yaml"]);
            assert_eq!(ran.code, Some(1), "{}", ran.said);
            format!("$ sysdesign validate shortener.yaml\n{}", ran.said)
        })
    });
    assert_eq!(sessions, 1);
    must_be_fresh("README.md", &fresh);
}

#[test]
fn the_picture_is_what_the_program_shows() {
    let folder = folder_with("readme-picture", PICTURE);
    let ran = sysdesign(&folder, &["validate", "--color", "always", "shortener.yaml"]);
    assert_eq!(ran.code, Some(1), "{}", ran.said);
    let text = format!("\u{1b}[2m$\u{1b}[0m sysdesign validate shortener.yaml\n{}", ran.said);
    let title = "sysdesign validate: three mistakes in a design, each underlined, with what to write instead";
    must_be_fresh("docs/images/validate.svg", &crate::svg::draw(title, &text));
}

#[test]
fn the_pictures_on_the_page_are_what_the_program_draws() {
    let folder = folder_with("readme-drawn", &[]);
    let pictures: [(&str, &[&str]); 2] = [
        ("url-shortener.svg", &["--numbers"]),
        ("url-shortener-redirect.svg", &["sequence", "--flow", "redirect"]),
    ];
    for (name, options) in pictures {
        let arguments = [&["diagram", "shortener.yaml"][..], options, &["-o", name]].concat();
        let ran = sysdesign(&folder, &arguments);
        assert_eq!(ran.code, Some(0), "{}", ran.said);
        let drawn = std::fs::read_to_string(folder.join(name)).expect("a picture");
        must_be_fresh(&format!("docs/images/{name}"), &drawn);
    }
}

#[test]
fn everything_the_page_links_to_is_there() {
    for page in ["README.md", "docs/ci.md", "docs/contributing.md", "CHANGELOG.md"] {
        let text = read(page);
        let folder = root().join(page).parent().expect("a folder").to_owned();
        for link in text.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
            let path = link.split('#').next().unwrap_or("");
            if !path.is_empty() && !path.contains("://") {
                assert!(folder.join(path).exists(), "{page} links to {path}, which is not there");
            }
        }
    }
}

/// The lines of the page that run the program, as arguments.
#[test]
fn the_commands_on_the_page_exist() {
    let page = read("README.md");
    let mut count = 0;
    for block in blocks(&page).iter().filter(|block| block.language == "sh") {
        for line in block.text.lines().filter(|line| !line.starts_with('#')) {
            let program = line.strip_prefix("cargo run --release -- ").or(line.strip_prefix("sysdesign "));
            let Some(arguments) = program else {
                let known = ["cargo test", "cargo install --path ."];
                assert!(known.contains(&line.split("  #").next().unwrap_or("").trim()), "{line}");
                continue;
            };
            count += 1;
            crate::ci_page::must_be_a_command(arguments);
            for path in arguments.split_whitespace().filter(|word| word.starts_with("examples")) {
                assert!(root().join(path).exists(), "{line}");
            }
        }
    }
    assert!(count >= 3, "{count}");
}
