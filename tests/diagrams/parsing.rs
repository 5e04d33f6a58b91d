//! Every picture of every design that the tests know, read by a grammar in Rust: what the real Mermaid says of the same
//! texts is tested where it is installed.

use crate::grammar::read;
use crate::support::{designs, pictures_in, rule_examples, workspace_of};
use sysdesign::diagrams::mermaid::{Theme, write};
use sysdesign::diagrams::picture::Picture;
use sysdesign::diagrams::{ALL, Request};

/// Reads pictures as they are written; answers how many that were.
fn all_read(design: &str, pictures: &[Picture]) -> usize {
    let written = pictures.iter().map(|picture| (picture, write(picture, Theme::Adaptive)));
    let mut count = 0;
    for (picture, written) in written.filter(|(_, written)| !written.is_markdown) {
        if let Err(why) = read(&written.text) {
            panic!("{design}, {}: {why}\n{}", picture.name, written.text);
        }
        count += 1;
    }
    count
}

#[test]
fn every_picture_of_every_design_can_be_read() {
    let designs = designs();
    let mut count = 0;
    for (name, path) in &designs {
        let workspace = workspace_of(path);
        for numbers in [false, true] {
            let request = Request { numbers, ..Request::default() };
            count += all_read(name, &pictures_in(&workspace, ALL, &request));
        }
    }
    assert!(designs.len() > 80 && count > 2_000, "{count} pictures of {} designs", designs.len());
}

#[test]
fn every_picture_of_what_rules_show_can_be_read() {
    let mut count = 0;
    for (name, pictures) in rule_examples() {
        count += all_read(&name, &pictures);
    }
    assert!(count > 1_000, "{count}");
}

#[test]
fn what_mermaid_would_refuse_or_misread_is_refused() {
    let chart = "---\ntitle: \"T\"\n---\nflowchart LR\n  na[\"A\"]:::store\n  nb(\"B\")\n  na --> |\"calls\"| nb\n  \
                 classDef store fill:#fff\n";
    assert_eq!(read(chart), Ok(4));
    for (what, instead) in [
        ("nb(\"B\")", "nb(\"B\"]"),
        ("nb(\"B\")", "end[\"B\"]"),
        ("| nb", "| nc"),
        ("\"calls\"", "\"ca\"lls\""),
        ("\"A\"", "\"a;b\""),
        ("\"A\"", "\"#quot;\""),
        ("\"A\"", "\"<b>A</b>\""),
        ("  nb(\"B\")\n", "  nb(\"B\")\n  click nb href \"https://example.org\"\n"),
        ("  nb(\"B\")\n", "  nb(\"B\")\n  subgraph ga[\"G\"]\n"),
        ("  nb(\"B\")\n", "  nb(\"B\")\n  end\n"),
        ("  nb(\"B\")\n", "  nb(\"B\")\n  na[\"again\"]\n"),
        ("classDef store", "classDef other"),
        ("flowchart LR", "flowchart"),
        ("title: \"T\"", "title: \"T"),
    ] {
        let broken = chart.replace(what, instead);
        assert_ne!(broken, chart, "{what} is there");
        assert!(read(&broken).is_err(), "{broken}");
    }
    let flow = "---\ntitle: \"T\"\n---\nsequenceDiagram\n  participant na as A\n  alt x\n    na->>+na: go\n  else y\n  end\n";
    assert_eq!(read(flow), Ok(5));
    for (what, instead) in
        [("alt x", "opt x"), ("  end\n", ""), (": go", ": "), ("->>+", "-->"), (" as A", " as A;")]
    {
        assert!(read(&flow.replace(what, instead)).is_err(), "{instead}");
    }
}
