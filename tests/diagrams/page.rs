//! `docs/diagrams.md`: its pictures are what the program draws today, and its table names every kind.
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
    let page = std::fs::read_to_string(&path).unwrap().replace("\r\n", "\n");
    let (before, rest) = page.split_once("<!-- kinds -->\n").expect("the table of kinds");
    let (written, after) = rest.split_once("<!-- end -->\n").expect("its end");
    let is_update = std::env::var_os("UPDATE_DOCS").is_some();
    if is_update {
        std::fs::write(&path, format!("{before}<!-- kinds -->\n{table}<!-- end -->\n{after}")).unwrap();
    } else {
        assert_eq!(written, table, "run `UPDATE_DOCS=1 cargo test --test diagrams page`");
    }
    let mut command = Command::new(env!("CARGO_BIN_EXE_sysdesign"));
    command.arg("embed").args((!is_update).then_some("--check")).arg("docs/diagrams.md").current_dir(root());
    let output = command.output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&[output.stdout, output.stderr].concat()));
}
