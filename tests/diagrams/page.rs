//! `docs/diagrams.md`: its pictures are what the program draws today, and it names and shows every kind.
//!
//! `UPDATE_DOCS=1 cargo test --test diagrams page` repairs both.

use crate::support::root;
use std::process::Command;
use sysdesign::diagrams::ALL;

#[test]
fn the_page_of_diagrams_is_fresh() {
    let path = root().join("docs/diagrams.md");
    let mut table = "\n| kind | shows | |\n| --- | --- | --- |\n".to_owned();
    for kind in ALL {
        let needs = if kind.needs_numbers { "needs numbers" } else { "" };
        table.push_str(&format!("| `{}` | {} | {needs} |\n", kind.name, kind.about));
    }
    table.push('\n');
    // The pictures themselves are held fresh by the gallery.
    let mut gallery = String::new();
    for kind in ALL {
        let shown = kind.about.strip_prefix("C4: ").unwrap_or(kind.about);
        gallery.push_str(&format!("\n### `{0}`\n\n![{shown}](images/diagrams/{0}.svg)\n", kind.name));
    }
    gallery.push('\n');
    let mut page = std::fs::read_to_string(&path).unwrap().replace("\r\n", "\n");
    let is_update = std::env::var_os("UPDATE_DOCS").is_some();
    for (name, fresh) in [("kinds", &table), ("gallery", &gallery)] {
        let (before, rest) = page.split_once(&format!("<!-- {name} -->\n")).expect("the beginning of a part");
        let (written, after) = rest.split_once("<!-- end -->\n").expect("its end");
        if is_update {
            page = format!("{before}<!-- {name} -->\n{fresh}<!-- end -->\n{after}");
        } else {
            assert_eq!(written, fresh, "run `UPDATE_DOCS=1 cargo test --test diagrams page`");
        }
    }
    if is_update {
        std::fs::write(&path, page).unwrap();
    }
    let mut command = Command::new(env!("CARGO_BIN_EXE_sysdesign"));
    command.arg("embed").args((!is_update).then_some("--check")).arg("docs/diagrams.md").current_dir(root());
    let output = command.output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&[output.stdout, output.stderr].concat()));
}
