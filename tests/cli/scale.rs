//! Rows H11 to H14, H23, H24, H31 and H37: inputs that are large. What a run costs is seen in what it says and
//! how much of it; a run that hangs is stopped.

use crate::support::{Folder, Run, design, findings};

/// The only finding, as `rule line:column`.
#[track_caller]
fn only(run: Run) -> String {
    let places = run.exits(1).places();
    assert_eq!(places.len(), 1, "{places:?}");
    places[0].clone()
}

#[test]
fn h11_a_file_past_the_limit_is_refused() {
    let text = design("owner: ") + &"x".repeat(16 * 1024 * 1024);
    assert_eq!(only(findings(text)), "limit-exceeded 1:1");
}

#[test]
fn h11_a_line_of_two_megabytes_is_shown_in_part() {
    let text = design(&format!("onwer: {}\n", "x".repeat(2_000_000)));
    let folder = Folder::with(&text);
    let run = folder.run(&["validate", "a.yaml"]).exits(1);
    assert!(run.out.contains("unknown key `onwer`"), "{}", run.out);
    let longest = run.out.lines().map(|line| line.chars().count()).max();
    assert!(longest <= Some(200), "{longest:?}");
}

#[test]
fn h13_depth_is_bounded() {
    for open in ["[", "{a: ", "[[{b: ["] {
        let text = design(&format!("x-deep: {}", open.repeat(100_000)));
        assert!(only(findings(text)).starts_with("limit-exceeded 4:"), "{open}");
    }
}

#[test]
fn h14_depth_is_bounded_without_brackets() {
    for open in ["? ", "- "] {
        let text = design(&format!("x-deep:\n  {}a", open.repeat(100_000)));
        let run = findings(text).exits(1);
        assert!((1..=2).contains(&run.findings().len()), "{}", run.out);
    }
    let steps: String = (0..5_000).map(|depth| format!("{}a:\n", " ".repeat(depth))).collect();
    assert!(
        only(findings(format!("{}x-deep:\n{}", design(""), indented(&steps)))).starts_with("limit-exceeded")
    );
}

fn indented(text: &str) -> String {
    text.lines().map(|line| format!(" {line}\n")).collect()
}

#[test]
fn h23_a_million_items_comments_and_blank_lines_are_read() {
    let items = design(&format!("x-many:\n{}", "  - a\n".repeat(1_000_000)));
    findings(items).exits(0);
    let comments = design(&"# nothing\n".repeat(1_000_000));
    findings(comments).exits(0);
    let blank = design(&"\n".repeat(10_000_000));
    findings(blank).exits(0);
    let keys: String = (0..200_000).map(|key| format!("  k{key}: 1\n")).collect();
    findings(design(&format!("x-keys:\n{keys}"))).exits(0);
}

#[test]
fn h23_more_nodes_than_the_limit_are_refused() {
    let items = design(&format!("x-many: [{}]\n", "a,".repeat(2_100_000)));
    assert!(only(findings(items)).starts_with("limit-exceeded 4:"));
}

#[test]
fn h24_a_key_of_five_thousand_characters_is_refused() {
    let run = findings(design(&format!("{}: 1\n", "k".repeat(5_000)))).exits(1);
    assert_eq!(run.findings().len(), 1, "{:?}", run.places());
    assert!(run.out.lines().all(|line| line.chars().count() < 700), "{}", run.out.len());
}

#[test]
fn h30_a_cycle_of_two_thousand_is_told_once() {
    let count = 2_000;
    let lines: String = (0..count).map(|at| format!("  a{at}: a{} + 1\n", (at + 1) % count)).collect();
    let body = format!("assumptions:\n{lines}components: {{ app: {{ kind: service, replicas: a0 }} }}\n");
    let folder = Folder::with(&design(&body));
    let run = folder.run(&["validate", "a.yaml"]).exits(1);
    assert_eq!(run.out.matches("error[").count(), 1, "{}", run.out);
    assert!(
        run.out.contains("a0 → a1 → a2 → a3 → … → a1998 → a1999 → a0 (1994 more in between)"),
        "{}",
        run.out
    );
    assert!(run.out.len() < 2_000);
}

#[test]
fn h30_groups_and_flows_may_be_long_chains() {
    let count = 2_000;
    let groups: String =
        (0..count).map(|at| format!("  g{at}: {{ contains: [g{}] }}\n", (at + 1) % count)).collect();
    let run = findings(design(&format!("groups:\n{groups}"))).exits(1);
    assert_eq!(run.places(), ["cyclic-group 5:3"]);
    let chain: String = (0..count).map(|at| format!("  a{at}: a{} + 1\n", at + 1)).collect();
    let body = format!(
        "assumptions:\n{chain}  a{count}: 1\ncomponents: {{ app: {{ kind: service, replicas: a0 }} }}\n"
    );
    let run = findings(design(&body));
    assert!(!run.out.contains("error["), "{}", run.out);
}

#[test]
fn h31_ten_thousand_components_are_checked() {
    let count = 10_000;
    let lines: String =
        (0..count - 1).map(|at| format!("  c{at}: {{ kind: service, uses: [c{}] }}\n", at + 1)).collect();
    let last = count - 1;
    let run = findings(design(&format!("components:\n{lines}  c{last}: servise\n")));
    assert_eq!(run.places().iter().filter(|place| place.starts_with("unknown-kind 10004:")).count(), 1);
}

#[test]
fn h31_a_complete_graph_of_a_thousand_components_is_checked() {
    let all: Vec<String> = (0..1_000).map(|at| format!("c{at}")).collect();
    let line = |own: &String| {
        let others: Vec<&str> = all.iter().filter(|other| *other != own).map(String::as_str).collect();
        format!("  {own}: {{ kind: service, uses: [{}] }}\n", others.join(", "))
    };
    let lines: String = all.iter().map(line).collect();
    let run = findings(design(&format!("components:\n{lines}")));
    assert!(!run.out.contains("error["), "{}", &run.out[..run.out.len().min(500)]);
}

fn many_findings() -> Folder {
    let lines: String =
        (0..5_000).map(|at| format!("  c{at}: {{ kind: servise, replicas: -1 }}\n")).collect();
    Folder::with(&design(&format!("components:\n{lines}")))
}

#[test]
fn h37_the_text_shows_a_thousand_findings_and_says_how_many_more() {
    let folder = many_findings();
    let run = folder.run(&["validate", "a.yaml"]).exits(1);
    assert_eq!(run.out.matches("\nerror[").count() + 1, 1_000);
    assert!(run.out.contains("9,000 more"), "{}", run.out.lines().last().unwrap());
    assert!(run.out.contains("10,000 errors"));
}

#[test]
fn h37_machines_get_all_findings_in_the_same_order() {
    let folder = many_findings();
    let run = folder.run(&["validate", "--format", "json", "a.yaml"]).exits(1);
    let answer: serde_json::Value = serde_json::from_str(&run.out).unwrap();
    let found = answer["diagnostics"].as_array().unwrap();
    assert_eq!(found.len(), 10_000);
    let places: Vec<(u64, u64)> =
        found.iter().map(|one| (one["line"].as_u64().unwrap(), one["column"].as_u64().unwrap())).collect();
    assert!(places.is_sorted());
    assert_eq!(folder.run(&["validate", "--format", "json", "a.yaml"]).out, run.out);
}
