//! The tests of the copy, and running them with one mutant on.

use serde_json::Value;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// Tests that run together.
#[derive(Clone, Debug)]
pub struct Item {
    /// The rule whose examples and cases these are, or the module of a program.
    pub name: String,
    program: PathBuf,
    arguments: Vec<String>,
    rule: Option<String>,
    /// Where cases are read, so that new ones need no new copy.
    source: PathBuf,
    /// The mutants whose places these tests reach.
    pub reached: BTreeSet<u32>,
    pub time: Duration,
}

/// Tests of examples and cases, which can be run for one rule.
const BY_RULE: [&str; 5] = [
    "cases::cases_find_exactly_what_their_carets_and_words_say",
    "examples::examples_find_exactly_what_their_carets_say",
    "damaged::only_rules_that_judge_what_stands_in_one_place_go_on_in_a_damaged_design",
    "examples::mended_examples_are_silent_under_all_rules",
    "messages::the_reports_on_all_examples_read_well",
];

/// Modules that look at sources and pages, count work, or take long and judge no finding of a rule.
const LEFT_OUT: [&str; 14] = [
    "rules work",
    "rules sources",
    "rules pages",
    "rules catalogue",
    "rules cases",
    "rules damaged",
    "rules example",
    "rules examples",
    "rules messages",
    "cli docs",
    "cli robustness",
    "cli limits",
    "cli scale",
    "cli sweeps",
];

/// The most that an item may take without a mutant.
const SLOWEST: Duration = Duration::from_secs(25);

/// What is built and run in one go, from what is near to a mutant to what is far.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// `tests/rules`.
    Near,
    /// Reviews, examples, command line.
    Far,
    /// Unit tests, for which everything is compiled once more.
    Units,
}

/// Builds the test programs of the copy: name and path.
pub fn build(copy: &Path, stage: Stage) -> Vec<(String, PathBuf)> {
    let mut command = Command::new("cargo");
    command.args(["test", "--no-run", "--message-format=json"]);
    command.args(match stage {
        Stage::Near => ["--test", "rules"].as_slice(),
        Stage::Far => &["--test", "reviews", "--test", "project", "--test", "cli"],
        Stage::Units => &["--lib"],
    });
    let output = command
        .current_dir(copy)
        .env("CARGO_INCREMENTAL", "0")
        .stderr(Stdio::inherit())
        .output()
        .expect("cargo runs");
    assert!(output.status.success(), "the copy does not build");
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let messages = text.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok());
    let tests = messages.filter(|it| it["profile"]["test"] == true);
    let program =
        |it: Value| Some((it["target"]["name"].as_str()?.to_owned(), it["executable"].as_str()?.into()));
    let kinds = |it: &Value| it["target"]["kind"][0] != "bin";
    tests.filter(kinds).filter_map(program).collect()
}

/// All that can be run.
pub fn items(copy: &Path, source: &Path, programs: &[(String, PathBuf)], rules: &[String]) -> Vec<Item> {
    let item = |name: String, program: &Path, arguments: Vec<String>, rule: Option<String>| Item {
        name,
        program: program.to_owned(),
        arguments,
        rule,
        source: source.to_owned(),
        reached: BTreeSet::new(),
        time: Duration::ZERO,
    };
    let mut items = Vec::new();
    for (name, program) in programs {
        let listed =
            Command::new(program).arg("--list").current_dir(copy).output().expect("a test program runs");
        let listed = String::from_utf8_lossy(&listed.stdout).into_owned();
        let tests: Vec<&str> = listed.lines().filter_map(|line| line.strip_suffix(": test")).collect();
        if name == "rules" {
            let by_rule: Vec<String> = BY_RULE.iter().chain(&["--exact"]).map(ToString::to_string).collect();
            for rule in rules {
                items.push(item(format!("rule {rule}"), program, by_rule.clone(), Some(rule.clone())));
            }
            items.push(item("all rules".into(), program, by_rule, None));
        }
        let module = |test: &str| test.rsplit_once("::").map_or(test, |(module, _)| module).to_owned();
        let modules: BTreeSet<String> = tests.iter().map(|test| module(test)).collect();
        for module in modules {
            let full = format!("{name} {module}");
            if LEFT_OUT.contains(&&*full) || (name == "sysdesign" && !module.starts_with("rules::")) {
                continue;
            }
            // The names of modules can begin alike: a filter of all tests with their whole names is exact.
            let is_here = |test: &&&str| test.rsplit_once("::").map_or(**test, |(of, _)| of) == module;
            let mut arguments: Vec<String> = tests.iter().filter(is_here).map(ToString::to_string).collect();
            arguments.push("--exact".into());
            items.push(item(full, program, arguments, None));
        }
    }
    items
}

pub enum Outcome {
    Passed,
    Failed,
    /// Stopped because of time or memory.
    Stopped,
}

impl Item {
    /// Whether these are the examples and cases of one rule.
    pub fn is_by_rule(&self) -> bool {
        self.rule.is_some()
    }

    /// Runs without a mutant and keeps which places were reached. False when these tests fail or take too long.
    pub fn record(&mut self, copy: &Path, number: usize) -> bool {
        let file = copy.join("target").join(format!("reached-{number}"));
        let _ = std::fs::remove_file(&file);
        let start = Instant::now();
        let mut command = self.command(copy, 60);
        command.env("SYSDESIGN_REACHED", &file);
        let passed = command.status().expect("a test program runs").success();
        self.time = start.elapsed();
        let bytes = std::fs::read(&file).unwrap_or_default();
        let _ = std::fs::remove_file(&file);
        let (numbers, _) = bytes.as_chunks::<4>();
        self.reached = numbers.iter().map(|number| u32::from_le_bytes(*number)).collect();
        passed && self.time < SLOWEST
    }

    /// Runs with a mutant.
    pub fn run(&self, copy: &Path, mutant: u32) -> Outcome {
        let seconds = 5 + 4 * self.time.as_secs();
        let mut command = self.command(copy, seconds);
        command.env("SYSDESIGN_MUTANT", mutant.to_string());
        let status = command.status().expect("a test program runs");
        match status.code() {
            Some(0) => Outcome::Passed,
            Some(101) => Outcome::Failed,
            _ => Outcome::Stopped,
        }
    }

    /// Limits are those of the shell: processor time, so that a busy machine stops nothing, and memory.
    fn command(&self, copy: &Path, seconds: u64) -> Command {
        let mut command = Command::new("sh");
        let limits = format!("ulimit -t {seconds}; ulimit -v 4000000; exec \"$@\"");
        command.args(["-c", &limits, "sh"]).arg(&self.program).arg("-q").args(&self.arguments);
        command.current_dir(copy).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        command.env("INSTA_UPDATE", "no").env("RUST_BACKTRACE", "0");
        // Cases are read from there when a test runs, also when it runs those of all rules.
        command.env("CARGO_MANIFEST_DIR", &self.source);
        if let Some(rule) = &self.rule {
            command.env("SYSDESIGN_ONLY_RULE", rule);
        }
        command
    }
}
