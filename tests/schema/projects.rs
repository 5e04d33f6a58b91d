//! The examples of `docs/catalog.md` and `docs/configuration.md`, and catalogues from end to end.

use crate::pages::file;
use crate::schemas::assert_fresh;
use insta::assert_snapshot;
use std::collections::BTreeMap;
use sysdesign::schema::HouseSchema;
use sysdesign::source::FileId;
use sysdesign::workspace::{DesignFiles, Files, Refusal};
use sysdesign::{Diagnostic, Document, Policy, Sources, Workspace, check, config};

const CATALOGUE: &str = include_str!("../../docs/catalog.md");
const CONFIGURATION: &str = include_str!("../../docs/configuration.md");

#[derive(Debug, Default)]
struct Shelf(BTreeMap<&'static str, String>);

impl Files for Shelf {
    fn fetch(&mut self, _: &str, path: &str) -> Result<Document, Refusal> {
        let (name, text) = self.0.get_key_value(path).ok_or(Refusal::Missing)?;
        Ok(document(name, text))
    }
}

fn document(name: &str, text: &str) -> Document {
    Document { identity: name.into(), name: name.into(), bytes: text.into() }
}

/// A design with a catalogue beside it.
fn with_catalogue(design: &str, catalogue: &str) -> Workspace {
    let mut workspace = Workspace::new();
    let mut shelf = Shelf::default();
    shelf.0.insert("our-catalog.yaml", catalogue.to_owned());
    workspace.add_design(document("shop.yaml", design), &mut shelf);
    workspace
}

fn told(sources: &Sources, findings: &[Diagnostic]) -> String {
    let one = |found: &Diagnostic| {
        let at = sources.position(found.span);
        let name = sources.get(found.span.file).name();
        let help = found.help.as_ref().map(|help| format!("\n  help: {help}")).unwrap_or_default();
        let severity = found.severity.name();
        format!("{name}:{}:{}: {severity}: {}{help}\n", at.line, at.column, found.message)
    };
    findings.iter().map(one).collect()
}

fn findings(design: &str, catalogue: &str) -> String {
    let workspace = with_catalogue(design, catalogue);
    let outcome = check::check(&workspace, &workspace.designs()[0], &Policy::default());
    told(&workspace.sources, &outcome.findings)
}

/// A page with the text of one of its blocks replaced.
fn replaced(page: &str, name: &str, text: &str) -> String {
    let mark = format!("<!-- file: {name} -->\n```text\n");
    let (before, after) = page.split_once(&mark).expect("the page has the block");
    let end =
        if after.starts_with("```") { 0 } else { after.find("\n```").expect("the end of the block") + 1 };
    format!("{before}{mark}{text}{}", &after[end..])
}

#[test]
fn the_example_of_a_catalogue_is_used_by_its_design_without_findings() {
    let (design, catalogue) = (file(CATALOGUE, "shop.yaml"), file(CATALOGUE, "our-catalog.yaml"));
    assert_eq!(findings(&design, &catalogue), "");
    // Without the catalogue there would be: the example shows something.
    assert!(findings(&design, "traits: {}\n").contains("robot_fleet"));
}

#[test]
fn the_page_of_catalogues_shows_what_the_program_says() {
    let design = file(CATALOGUE, "shop.yaml");
    let wrong = findings(&design, &file(CATALOGUE, "wrong.yaml"));
    let of_catalogue: String = wrong
        .split_inclusive('\n')
        .scan(false, |inside, line| {
            *inside = line.starts_with("our-catalog") || (*inside && line.starts_with(' '));
            Some(if *inside { line } else { "" })
        })
        .collect();
    let page = replaced(CATALOGUE, "findings", &of_catalogue.replace("our-catalog.yaml", "wrong.yaml"));
    let folder = std::env::temp_dir().join(format!("sysdesign-catalogue-{}", std::process::id()));
    #[expect(clippy::disallowed_methods, reason = "the program reads the example from a file")]
    let shown = {
        std::fs::create_dir_all(&folder).expect("a folder of our own");
        std::fs::write(folder.join("our-catalog.yaml"), file(CATALOGUE, "our-catalog.yaml")).expect("room");
        let run = std::process::Command::new(env!("CARGO_BIN_EXE_sysdesign"))
            .args(["kinds", "picker-9", "--catalog", "our-catalog.yaml"])
            .current_dir(&folder)
            .env("COLUMNS", "80")
            .output()
            .expect("the program runs");
        std::fs::remove_dir_all(&folder).expect("our own folder goes");
        assert_eq!(String::from_utf8_lossy(&run.stderr), "");
        String::from_utf8(run.stdout).expect("text")
    };
    assert_fresh("docs/catalog.md", &replaced(&page, "picker-9", &shown));
}

#[test]
fn a_catalogue_overrides_a_technology_number_by_number() {
    let workspace = with_catalogue(&file(CATALOGUE, "shop.yaml"), &file(CATALOGUE, "our-catalog.yaml"));
    let (catalogue, findings) = check::catalog(&workspace, &workspace.designs()[0]);
    assert_eq!(told(&workspace.sources, &findings), "");
    let ours = catalogue.technology("postgresql").expect("it is built in");
    let built_in = sysdesign::catalog::builtin::shared();
    let theirs = built_in.technology("postgresql").expect("it is built in");
    assert_eq!((ours.name, &ours.kinds, ours.homepage), (theirs.name, &theirs.kinds, theirs.homepage));
    let ours: Vec<(&str, &str)> =
        catalogue.technology_numbers(ours).iter().map(|number| (number.name, number.text)).collect();
    let mut expected: Vec<(&str, &str)> =
        built_in.technology_numbers(theirs).iter().map(|number| (number.name, number.text)).collect();
    let read = expected.iter_mut().find(|(name, _)| *name == "capacity.read").expect("a built-in number");
    assert_ne!(read.1, "9k..14k rps");
    read.1 = "9k..14k rps";
    assert_eq!(ours, expected);
}

#[test]
fn traits_of_an_own_kind_reach_the_model() {
    let workspace = with_catalogue(&file(CATALOGUE, "shop.yaml"), &file(CATALOGUE, "our-catalog.yaml"));
    let (catalogue, _) = check::catalog(&workspace, &workspace.designs()[0]);
    let kind = catalogue.kind("robot_fleet").expect("our own kind");
    assert!(kind.has("external") && kind.has("moves_goods") && !kind.has("holds_state"));
    assert_eq!(catalogue.kinds_with("moves_goods").count(), 1);
}

#[test]
fn mistakes_in_a_catalogue_are_told_at_their_place() {
    let design =
        file(CATALOGUE, "shop.yaml").replace("robot_fleet", "service").replace(", tech: picker-9", "");
    let catalogue = "\
sources:
  bench: { title: Bench, url: https://example.com }
kinds:
  1fleet: { traits: [runs_code] }
  fleet:
    traits: [runs_codes]
    shape: hexagram
technologies:
  ours:
    kind: [queue]
    numbers:
      capacity: { value: 5 ms, source: bensh, basis: guess }
      capacities: { value: 5 rps, source: bench, basis: estimate }
      latency: { value: x + 1 ms, source: bench, basis: estimate }
      price: 5
";
    assert_snapshot!(findings(&design, catalogue), @r"
    our-catalog.yaml:2:12: error: this source has no `date`
      help: add `date: …`
    our-catalog.yaml:4:3: error: `1fleet` cannot be a name here
      help: write `n1fleet`, and say the rest in `name:` or `description:`
    our-catalog.yaml:6:14: error: there is no trait `runs_codes`
      help: did you mean `runs_code`?
    our-catalog.yaml:7:12: error: `hexagram` is not an outline
      help: write one of: person, browser, phone, rectangle, rounded, cylinder, queue, hexagon, cloud, diamond, folder, document
    our-catalog.yaml:9:3: error: there is no built-in technology `ours`, and this one has no `kinds`
      help: say what it is used as: `kinds: [database]`
    our-catalog.yaml:10:5: error: unknown key `kind` in a technology
      help: did you mean `kinds`?
    our-catalog.yaml:12:26: error: this is a time (seconds), but a rate is wanted here
    our-catalog.yaml:12:40: error: there is no source `bensh`
      help: did you mean `bench`?
    our-catalog.yaml:12:54: error: `guess` is not a kind of evidence
      help: write one of: published, documented, sla, list-price, estimate
    our-catalog.yaml:13:7: error: unknown key `capacities` in a list of numbers
      help: did you mean `capacity`?
    our-catalog.yaml:14:25: error: nothing is called `x`
      help: a unit needs a number: write `1 x`
    our-catalog.yaml:15:14: error: expected a number: a map of keys and values, found a number
    ");
}

#[test]
fn a_catalogue_that_is_not_there_is_told_where_it_is_named() {
    let design = file(CATALOGUE, "shop.yaml").replace("our-catalog.yaml", "nowhere.yaml");
    let told = findings(&design, "");
    assert!(told.starts_with("shop.yaml:4:10: error: there is no file `nowhere.yaml`"), "{told}");
}

#[test]
fn a_damaged_catalogue_alone_has_findings_too() {
    let mut workspace = Workspace::new();
    let mut files = DesignFiles::default();
    workspace.load_catalog(document("ours.yaml", "kinds:\n  a: [\n"), &mut files);
    let (_, findings) = check::catalog(&workspace, &files);
    assert!(!findings.is_empty());
}

#[test]
fn the_example_of_a_configuration_is_read_and_does_what_it_says() {
    let (config, findings) =
        config::read(&file(CONFIGURATION, "sysdesign.toml"), FileId(0)).expect("the example is read");
    assert_eq!(findings, []);
    assert_eq!(config.fail_on, Some(config::FailOn::Warning));
    assert_eq!(config.schema.as_deref(), Some("house.schema.json"));
    assert_eq!(config.policy.profile, Some(sysdesign::rules::Profile::Strict));
    assert_eq!(config.policy.severities.len(), 2);
    assert_eq!(config.policy.allows.len(), 1);
}

#[test]
fn the_page_of_the_configuration_shows_what_the_house_schema_says() {
    let house = HouseSchema::compile(&file(CONFIGURATION, "house.schema.json")).expect("it compiles");
    let mut workspace = Workspace::new();
    workspace.add_design(document("shop.yaml", &file(CONFIGURATION, "shop.yaml")), &mut sysdesign::NoFiles);
    let (config, _) = config::read(&file(CONFIGURATION, "sysdesign.toml"), FileId(0)).expect("it is read");
    let outcome = check::check_with(&workspace, &workspace.designs()[0], &config.policy, Some(&house));
    let house: Vec<Diagnostic> =
        outcome.findings.into_iter().filter(|found| found.rule == "house-schema").collect();
    // The configuration makes them warnings: the policy holds for the house schema too.
    assert!(house.iter().all(|found| found.severity == sysdesign::Severity::Warning));
    let page = replaced(CONFIGURATION, "findings", &told(&workspace.sources, &house));
    assert_fresh("docs/configuration.md", &page);
}

#[test]
fn what_one_file_of_a_design_says_the_others_need_not_say() {
    let house = HouseSchema::compile(r#"{ "required": ["owner", "style"] }"#).expect("it compiles");
    let mut workspace = Workspace::new();
    let mut shelf = Shelf::default();
    shelf.0.insert("part.yaml", "owner: ana\ncomponents: { b: service }\n".to_owned());
    let design = "sysdesign: 1\nname: Shop\ninclude: part.yaml\n";
    workspace.add_design(document("shop.yaml", design), &mut shelf);
    let outcome = check::check_with(&workspace, &workspace.designs()[0], &Policy::default(), Some(&house));
    let of_house = outcome.findings.into_iter().filter(|found| found.rule == "house-schema");
    assert_snapshot!(told(&workspace.sources, &of_house.collect::<Vec<_>>()), @"shop.yaml:1:1: error: the project's schema asks for `style` here");
}
