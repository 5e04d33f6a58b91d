//! What people see: the report on the examples of every rule, 80 columns wide and without colours.
//!
//! `INSTA_UPDATE=always cargo test --test rules` writes the snapshots anew. Read the difference as somebody who
//! has never seen the program: are these the user's words, are the right characters underlined, would the help
//! work when followed to the letter?

use crate::example::Example;
use crate::{path, rules_to_check};
use std::collections::BTreeSet;
use sysdesign::rules::ALL;

#[test]
fn the_reports_on_all_examples_read_well() {
    let mut settings = insta::Settings::clone_current();
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| {
        for rule in rules_to_check() {
            let blocks = rule.examples("Example");
            let texts: Vec<String> = blocks.iter().map(|block| Example::parse(block).run().text()).collect();
            insta::assert_snapshot!(rule.name, texts.join("\n"));
        }
    });
}

#[test]
fn every_snapshot_belongs_to_a_rule() {
    let folder = std::fs::read_dir(path("tests/rules/snapshots")).expect("the folder of snapshots");
    let names = folder.map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned());
    // Differences that wait to be looked at lie beside the snapshots.
    let found: BTreeSet<String> = names.filter(|name| !name.ends_with(".snap.new")).collect();
    let wanted: BTreeSet<String> = ALL.iter().map(|rule| format!("{}.snap", rule.name)).collect();
    assert_eq!(found, wanted);
}
