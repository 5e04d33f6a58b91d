//! Working out the numbers of a design, within the process.

use serde_json::{Map, Value};
use std::collections::BTreeMap;
use std::path::Path;
use sysdesign::estimate::{Estimate, Options, Reading, Status, Summary};
use sysdesign::report::estimate::{Numbers as Written, json};
use sysdesign::workspace::Refusal;
use sysdesign::{Document, Files, Workspace, check};

/// What came out at one address.
#[derive(Clone, Debug)]
pub struct Number {
    pub status: Status,
    pub value: f64,
    pub summary: Option<Summary>,
}

/// The numbers of a design by address, and what is printed for other programs.
#[derive(Clone, Debug)]
pub struct Numbers {
    pub by_address: BTreeMap<String, Number>,
    pub printed: String,
}

impl Numbers {
    /// The value at an address: NaN where there is no number, infinite where a queue grows without end.
    pub fn of(&self, address: &str) -> f64 {
        self.by_address.get(address).map_or(f64::NAN, |number| number.value)
    }
}

/// The files beside the examples.
struct Beside;

impl Files for Beside {
    #[allow(clippy::disallowed_methods)]
    fn fetch(&mut self, _: &str, path: &str) -> Result<Document, Refusal> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/shop-microservices");
        let bytes = std::fs::read(folder.join(path)).map_err(|_| Refusal::Missing)?;
        Ok(Document { identity: path.to_owned(), name: path.to_owned(), bytes })
    }
}

/// Options for a test: fewer samples, and always the same.
pub const FEW: Options = Options {
    at: None,
    seed: 7,
    samples: 20,
    threads: 1,
    with_traffic_factor: false,
    without_limits: false,
    with_stated: false,
};

/// The numbers of a text, printed as well or not; the errors when it is not sound.
pub fn numbers_of_text(text: &str, options: Options, is_printed: bool) -> Result<Numbers, String> {
    let mut workspace = Workspace::new();
    let document = Document { identity: "a".into(), name: "a.yaml".into(), bytes: text.into() };
    workspace.add_design(document, &mut Beside);
    let files = &workspace.designs()[0];
    let found = check::with_model(&workspace, files, &[], |model| {
        let estimate = Estimate::new(model, options);
        let readings = estimate.readings(None);
        let mut out = Vec::new();
        if is_printed {
            drop(estimate.verdicts());
            let written = Written { estimate: &estimate, readings: &readings, sources: &workspace.sources };
            json::write(&written, &mut out).unwrap();
        }
        let number = |reading: &Reading| Number {
            status: reading.status,
            value: reading.number,
            summary: reading.summary,
        };
        let by_address = readings.iter().map(|reading| (reading.address.clone(), number(reading))).collect();
        Numbers { by_address, printed: String::from_utf8(out).unwrap() }
    });
    found.map_err(|outcome| {
        let said = outcome.findings.iter().map(|found| format!("{}: {}", found.rule, found.message));
        said.chain(outcome.something_else).collect::<Vec<_>>().join("\n")
    })
}

/// The numbers of a design that is sound.
#[track_caller]
pub fn numbers(design: &Value, options: Options) -> Numbers {
    let text = design.to_string();
    numbers_of_text(&text, options, false).unwrap_or_else(|errors| panic!("{errors}\n{text}"))
}

/// The same, and what is printed of them.
#[track_caller]
pub fn printed_numbers(design: &Value, options: Options) -> Numbers {
    let text = design.to_string();
    numbers_of_text(&text, options, true).unwrap_or_else(|errors| panic!("{errors}\n{text}"))
}

/// The examples, each as one design; what they include is put in.
#[allow(clippy::disallowed_methods)]
pub fn examples() -> Vec<(String, Value)> {
    let read = |path: &Path| -> Value {
        let text = std::fs::read_to_string(path).unwrap();
        yaml_serde::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
    };
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples");
    let names = [
        "chat",
        "parking-garage",
        "shop-microservices/shop",
        "shop-monolith",
        "social-timeline",
        "url-shortener",
    ];
    let example = |name: &&str| {
        let path = folder.join(format!("{name}.yaml"));
        let mut design = read(&path);
        let parts = design.as_object_mut().unwrap().shift_remove("include");
        for part in parts.iter().flat_map(|parts| parts.as_array().unwrap()) {
            let part = read(&path.with_file_name(part.as_str().unwrap()));
            for (section, entries) in part.as_object().unwrap() {
                let known =
                    design.as_object_mut().unwrap().entry(section).or_insert(Value::Object(Map::new()));
                known.as_object_mut().unwrap().extend(entries.as_object().unwrap().clone());
            }
        }
        // Variants are designs of their own.
        design.as_object_mut().unwrap().shift_remove("variants");
        ((*name).to_owned(), design)
    };
    names.iter().map(example).collect()
}
